"""`brief serve` as its users run it, with a real browser in front of it."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.commands.run import brief

LONG = 120.0
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "desk"
    assert brief("init", str(folder), cwd=folder.parent).code == 0
    assert brief("build", cwd=folder).code == 0
    return folder


@pytest.fixture(scope="module")
def address(project: Path) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--port", "0"],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout as lines:
        said = [lines.readline()]
        found = re.search(r"http://127\.0\.0\.1:\d+/", said[0])
        assert found is not None, said
        reader = threading.Thread(target=lambda: said.extend(lines), daemon=True)
        reader.start()
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(LONG) == 130
        reader.join(LONG)
    assert "Traceback" not in "".join(said)


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 600})
        page.set_default_timeout(LONG * 1000)
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        yield page
        browser.close()
        assert errors == []


def shown(page: Page, address: str) -> str:
    """Open the brief's preview and wait for it; the digest of the page that is shown."""
    page.goto(f"{address}brief/example")
    page.wait_for_selector("body[data-page]")
    page.wait_for_selector("#state[data-state=fine]")
    return page.get_attribute("body", "data-page") or ""


def edit(project: Path, old: str, new: str) -> None:
    file = project / "briefs/example.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def test_the_list_leads_to_the_brief(page: Page, address: str) -> None:
    page.goto(address)
    page.click("#briefs a")
    page.wait_for_selector("body[data-page]")
    assert page.url == f"{address}brief/example"
    assert page.frame_locator("#page iframe").locator("h1").count() == 1


def test_an_edit_reloads_the_page_where_it_was_and_then_the_pdf(page: Page, address: str, project: Path) -> None:
    before = shown(page, address)
    pdf = page.get_attribute("#pdf iframe", "src")
    body = page.frame_locator("#page iframe:not(.coming)").locator("html")
    scroll = "html => { const view = html.ownerDocument.defaultView; view.scrollTo({top: 700, behavior: 'instant'}); return view.scrollY }"
    assert body.evaluate(scroll) == 700
    edit(project, "invented tariff", "imagined tariff")
    page.wait_for_selector(f"body:not([data-page='{before}'])")
    body = page.frame_locator("#page iframe:not(.coming)").locator("html")
    assert "imagined tariff" in body.inner_text()
    assert abs(body.evaluate("html => html.ownerDocument.defaultView.scrollY") - 700) < 60
    page.wait_for_selector(f"#pdf iframe:not([src='{pdf}'])", state="attached")
    page.wait_for_selector("#state[data-state=fine]")


def test_problems_lie_over_the_page_until_they_are_mended(page: Page, address: str, project: Path) -> None:
    before = shown(page, address)
    edit(project, "status: draft", "statsu: <img src=x>")
    page.wait_for_selector("#problems:not([hidden])")
    assert "error[unknown-key]: unknown key 'statsu'" in page.inner_text("#problems")
    assert "statsu: <img src=x>" in page.inner_text("#problems")
    assert page.locator("#problems img").count() == 0
    assert page.get_attribute("body", "data-page") == before
    edit(project, "statsu: <img src=x>", "status: draft")
    page.wait_for_selector("#problems", state="hidden")


def test_published_files_know_nothing_of_the_preview(address: str, project: Path) -> None:
    with urllib.request.urlopen(f"{address}build/example.html", timeout=LONG) as answer:
        assert answer.read() == (project / "build/example.html").read_bytes()
    assert "EventSource" not in (project / "build/example.html").read_text("utf-8")


def test_a_port_that_is_taken_is_said_to_be(project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(project, tmp_path / "desk"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = brief("serve", "--port", str(taken.getsockname()[1]), cwd=copy)
    assert ran.code == 2
    assert "cannot listen on 127.0.0.1:" in ran.err
    assert "--port 0" in ran.err
