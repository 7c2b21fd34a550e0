"""Measures the time from saving a fact file until `brief serve` tells the browser to reload the page, and the PDF."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from benchmarks.cost import BRIEF, brief, environment
from benchmarks.floor import processor_seconds, write_pages
from benchmarks.synthetic import SMALL, Shape, fact_file, slug, write_project
from benchmarks.table import Row, seconds

PATIENCE = 60.0


def measure(folder: Path, edits: int = 9) -> Iterator[Row]:
    for kind, shape in (("one page", SMALL), ("eight pages", Shape())):
        project = folder / kind.replace(" ", "-")
        write_project(project, 3, shape)
        brief(project, "lock")
        brief(project, "build")
        write_pages(project, project / "floor")
        alone = processor_seconds(project / "floor")
        page, pdf = (min(times) for times in zip(*_edits(project, edits), strict=True))
        yield Row(f"brief of {kind}: from saving to the new page", seconds(page), "", "150 ms", page <= 0.15)
        ratio = f"{pdf / alone:.2f}x WeasyPrint alone, warm"
        yield Row(f"brief of {kind}: from saving to the new PDF", seconds(pdf), ratio, "one warm render")


def _edits(project: Path, edits: int) -> list[tuple[float, float]]:
    """Number of edits; the first one is a warm-up."""
    with (project / "serve.log").open("wb") as log:
        command = [*BRIEF, "serve", "--port", "0"]
        serve = subprocess.Popen(command, cwd=project, env=environment(), stdout=log, stderr=log)
    try:
        browser = Browser(_port(project / "serve.log"))
        return [_edit(project, number, browser) for number in range(edits + 1)][1:]
    finally:
        serve.terminate()
        serve.wait(10)


def _port(log: Path) -> int:
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", log.read_text())
        if found:
            return int(found[1])
        time.sleep(0.05)
    raise SystemExit(f"brief serve did not say where it listens: {log.read_text()}")


class Browser:
    """Yield the events of the first brief for a browser."""

    def __init__(self, port: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", f"/events?brief={slug(0)}")
        self._news = _told(connection.getresponse())
        self.seen = next(news for news in self._news if news["state"] == "fine")

    def until_other(self, what: str) -> None:
        """Wait for another page or another PDF."""
        before = self.seen[what]
        while self.seen[what] == before:
            self.seen = next(self._news)

    def until_quiet(self) -> None:
        while self.seen["state"] != "fine":
            self.seen = next(self._news)


def _told(response: HTTPResponse) -> Iterator[dict[str, str]]:
    while line := response.readline():
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def _edit(folder: Path, number: int, browser: Browser) -> tuple[float, float]:
    """Return the seconds until the page and until the PDF."""
    file = fact_file(folder, 0)
    text = file.read_text().replace("claim: ", f"claim: Edit {number}. ", 1)
    browser.until_quiet()
    time.sleep(0.5)  # people do not save while the last build is still running
    start = time.perf_counter()
    file.write_text(text)
    browser.until_other("page")
    page = time.perf_counter() - start
    browser.until_other("pdf")
    return page, time.perf_counter() - start
