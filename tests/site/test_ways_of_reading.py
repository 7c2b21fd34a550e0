"""Pages as readers have them: from the disk, on paper, in forced colours; always with the policy that stops what is not the site's own."""

from __future__ import annotations

import io
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from lxml import html
from PIL import Image

from generator.project import Project
from tests.site import site_project as it
from tests.site.browsing import HOST, policies

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

PAGES = ("works", "index", "search", "experts/ann", "sources/talk", "about", "embed/works/positions")


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0L40 20" stroke="#123"/></svg>'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    house = f"{it.HOUSE}evidence_annex: true\nlogo: {{picture: logo.svg, alt: Example Desk}}\n"
    made = it.write(tmp_path_factory.mktemp("site"), works=it.WORKS, costs=it.COSTS, house=house)
    (made.briefs / "logo.svg").write_text(LOGO)
    it.made(made)
    return made


@contextmanager
def from_disk(
    browser: Browser, project: Project, name: str, *, scripts: bool = True
) -> Iterator[tuple[Page, list[str]]]:
    """A page as it is opened from the disk, and what the browser complains of."""
    window = browser.new_page(java_script_enabled=scripts)
    window.set_default_timeout(120_000)
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.goto((project.output / f"{name}.html").as_uri())
    yield window, complaints
    window.close()


def test_every_page_has_the_policy_that_the_documentation_gives_hosts(project: Project) -> None:
    header = policies()["/briefs/"].partition("; frame-ancestors")[0]
    pages = [path for path in it.files(project) if path.endswith(".html")]
    assert len(pages) > 10
    for path in pages:
        tree = html.document_fromstring((project.output / path).read_text("utf-8"))
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "script-src-attr 'none'" in policy
        assert not tree.xpath("//meta[@http-equiv]/preceding::script | //meta[@http-equiv]/preceding::link"), path
        scripts = tree.xpath("//script[@src]")
        assert path.startswith("embed/") or scripts[0].get("data-policy") == header, path
        assert not [one for one in scripts if path.startswith("embed/")]


INJECTED = """() => {
  const script = document.createElement("script");
  script.textContent = "document.title = 'script'";
  document.body.append(script);
  const picture = document.createElement("img");
  picture.setAttribute("onerror", "document.title = 'attribute'");
  picture.src = "missing.png";
  document.body.append(picture);
}"""


@pytest.mark.parametrize("name", PAGES)
def test_pages_from_the_disk_are_whole_and_run_no_script_in_an_attribute(
    project: Project, browser: Browser, name: str
) -> None:
    with from_disk(browser, project, name) as (window, complaints):
        window.evaluate("document.fonts.ready")
        loaded = "[...document.fonts].filter(one => one.status == 'loaded').map(one => one.family).join()"
        assert "Plex" in window.evaluate(loaded)
        assert complaints == []
        window.evaluate(INJECTED)
        window.wait_for_timeout(200)
        assert window.title() != "attribute"
        assert any("Content Security Policy" in one for one in complaints)


@pytest.mark.parametrize("name", ["works", "index", "search", "experts/ann"])
def test_a_host_without_headers_runs_no_script_of_others(project: Project, browser: Browser, name: str) -> None:
    window = browser.new_page()
    window.set_default_timeout(120_000)
    complaints: list[str] = []
    window.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    window.route(f"{HOST}**", lambda route: route.fulfill(path=project.output / route.request.url.removeprefix(HOST)))
    window.goto(f"{HOST}{name}.html")
    assert complaints == []
    title = window.title()
    window.evaluate(INJECTED.replace("missing.png", "index.html"))
    window.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {src: 'https://other.test/x.js'}))"
    )
    window.wait_for_timeout(200)
    assert window.title() == title
    assert len([one for one in complaints if "Content Security Policy" in one]) >= 3
    window.close()


def test_the_search_works_from_the_disk(project: Project, browser: Browser) -> None:
    with from_disk(browser, project, "search") as (window, complaints):
        window.fill("#search-words", "holds works")
        window.wait_for_selector("#search-results mark")
        assert complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_folded_is_printed(project: Project, browser: Browser, scripts: bool) -> None:
    with from_disk(browser, project, "works", scripts=scripts) as (window, _):
        for heading in window.locator("main details.folded[open] > summary").all():
            heading.click()
        folded = window.locator("main details.folded:not([open])")
        assert folded.count() >= 1
        words = folded.evaluate_all("all => all.map(one => one.lastElementChild.textContent).join(' ').split(/\\s+/)")
        document = pypdfium2.PdfDocument(io.BytesIO(window.pdf()))
        printed = "".join(page.get_textpage().get_text_bounded() for page in document)
        document.close()
        assert {word for word in words if word not in printed} == set()


def test_the_logo_keeps_its_white_ground_in_forced_colours(project: Project, browser: Browser) -> None:
    window = browser.new_page(forced_colors="active", color_scheme="dark")
    window.goto((project.output / "works.html").as_uri())
    assert window.evaluate("getComputedStyle(document.querySelector('.logo')).backgroundColor") == "rgb(255, 255, 255)"
    assert window.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    window.close()


@pytest.mark.parametrize("preset", ["note", "report"])
def test_a_band_is_as_wide_as_the_window_and_no_wider_next_to_a_scroll_bar(
    tmp_path: Path, browser: Browser, preset: str
) -> None:
    project = it.write(tmp_path, works=f"preset: {preset}\n" + it.WORKS.replace("status: published", "status: draft"))
    it.made(project)
    barred = browser.browser_type.launch(
        executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
        args=["--no-sandbox"],
        ignore_default_args=["--hide-scrollbars"],
    )
    window = barred.new_page(viewport={"width": 1280, "height": 600})
    window.goto((project.output / "works.html").as_uri())
    bar, wider = window.evaluate("""() => [
      innerWidth - document.documentElement.clientWidth,
      document.documentElement.scrollWidth - document.documentElement.clientWidth,
    ]""")
    assert bar > 0
    assert wider == 0
    picture = Image.open(io.BytesIO(window.screenshot())).convert("RGB")
    band = picture.getpixel((640, 3))
    assert {picture.getpixel((at, 3)) for at in (1, 1270 - bar)} == {band} != {(255, 255, 255)}
    barred.close()
