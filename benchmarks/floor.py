"""Measures WeasyPrint alone in one warm process: the lower limit for every full build.

    python -m benchmarks.floor FOLDER     the pages in FOLDER/pages, with FOLDER/sheets, each to a PDF

Prints the processor seconds for all pages after the first, and their number. Fonts and PDF variant with tags are the same; tags are
not repaired, and there is no metadata and no cache.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

from benchmarks.cost import environment, own_cpu
from generator.engine.trace import Reads
from generator.pipeline.check_brief import find_preset
from generator.pipeline.page_step import make_page
from generator.pipeline.publish_brief import world_of
from generator.problems import Location
from generator.project import Project
from generator.render.style_sheets import pdf_stylesheets

COMMAND = (sys.executable, "-m", "benchmarks.floor")


def write_pages(folder: Path, target: Path) -> int:
    """Save the HTML from which the PDFs of a project are made, and the style sheets."""
    project = Project(folder)
    (target / "pages").mkdir(parents=True, exist_ok=True)
    reads = Reads(world_of(project, None))
    for slug, file in project.fact_files():
        made = make_page(reads, slug, file)
        (target / "pages" / f"{slug}.html").write_bytes(made.parts["print"])  # type: ignore[union-attr]
    preset, _ = find_preset(reads, "briefing", Location(""))
    assert preset is not None
    (target / "sheets").mkdir(exist_ok=True)
    for number, text in enumerate(pdf_stylesheets(preset)):
        (target / "sheets" / f"{number}.css").write_text(text)
    return len(project.fact_files())


def processor_seconds(folder: Path) -> float:
    """Return the cost of each page in `FOLDER/pages` after the first, rendered in a separate process."""
    said = subprocess.run(
        [*COMMAND, str(folder)], capture_output=True, text=True, check=True, env=environment()
    ).stdout.split()
    return float(said[0]) / int(said[1])


def render(folder: Path) -> None:
    from weasyprint import CSS, HTML
    from weasyprint.css.counters import CounterStyle

    from generator.render.layout import layout_assets
    from generator.render.layout.layout_assets import ASSETS, Fetcher

    logging.disable(logging.CRITICAL)
    layout_assets.warm()
    counters = CounterStyle()
    known = {"base_url": ASSETS, "url_fetcher": Fetcher({}), "media_type": "print"}
    sheets = [
        CSS(string=path.read_text(), font_config=layout_assets.font_config(), counter_style=counters, **known)
        for path in sorted((folder / "sheets").iterdir())
    ]
    pages = sorted((folder / "pages").iterdir())
    start = 0.0
    for number, page in enumerate(pages):
        if number == 1:
            start = own_cpu()
        HTML(string=page.read_text(), **known).write_pdf(
            folder / "page.pdf",
            stylesheets=sheets,
            font_config=layout_assets.font_config(),
            counter_style=CounterStyle(counters),
            pdf_variant="pdf/a-3a",
            pdf_tags=True,
        )
    print(own_cpu() - start, len(pages) - 1)


if __name__ == "__main__":
    render(Path(sys.argv[1]))
