"""Pages in a browser, as a host serves them with the headers of docs/site.md. What the browser refuses is a complaint."""

from __future__ import annotations

import mimetypes
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Route

HOST = "https://site.test/"
DOCUMENT = Path(__file__).parents[2] / "docs/site.md"
WIDTHS = (320, 768, 1280, 1920)
NARROW, WIDE = 768, 1920


def policies() -> dict[str, str]:
    """The policies that docs/site.md tells hosts to send, by location."""
    text = DOCUMENT.read_text("utf-8")
    found = re.findall(r'location (\S+) \{[^}]*?add_header Content-Security-Policy "([^"]+)"', text)
    return dict(found)


@contextmanager
def opened(browser: Browser, folder: Path, path: str, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page of a built site, and what the browser complains of: what is refused, missing or thrown."""
    context = browser.new_context(**options)
    context.set_default_timeout(120_000)
    if options.get("java_script_enabled", True):
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=HOST)
    window = context.new_page()
    complaints: list[str] = []
    window.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    window.on("pageerror", lambda error: complaints.append(str(error)))
    headers = policies()

    def serve(route: Route) -> None:
        name = unquote(route.request.url.split("?")[0].split("#")[0]).removeprefix(HOST)
        policy = headers["/briefs/embed/" if name.startswith("embed/") else "/briefs/"]
        kind = mimetypes.guess_type(name)[0] or ""
        if (folder / name).is_file():
            route.fulfill(path=folder / name, headers={"Content-Security-Policy": policy, "Content-Type": kind})
        else:
            route.fulfill(status=404)

    window.route(f"{HOST}**", serve)
    window.goto(HOST + path)
    yield window, complaints
    context.close()
