"""Peers: make with pandoc and a PDF program on the same content; builds with nothing to do by make and ninja."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from benchmarks.cost import Cost, least, run

PLAIN = "markdown-raw_html-native_divs-native_spans-fenced_divs-bracketed_spans-link_attributes-header_attributes"
WEASYPRINT = Path(sys.executable).with_name("weasyprint")
TYPST = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def prepare(pages: Sequence[Path], folder: Path) -> None:
    """Write our pages as Markdown, and a Makefile that makes PDFs from it in two ways."""
    folder.mkdir(parents=True, exist_ok=True)
    pandoc = pypandoc.get_pandoc_path()
    for page in pages:
        command = [pandoc, "-f", "html", "-t", PLAIN, "-o", str(folder / f"{page.stem}.md")]
        subprocess.run(command, input=_readable(page.read_text()).encode(), check=True, capture_output=True)
    (folder / "compile_typst.py").write_text(TYPST)
    names = " ".join(page.stem for page in pages)
    (folder / "Makefile").write_text(
        f"names = {names}\n"
        "weasyprint: $(names:=.w.pdf)\n"
        "typst: $(names:=.t.pdf)\n"
        f"%.html: %.md\n\t{pandoc} -s --metadata title=$* $< -o $@\n"
        f"%.w.pdf: %.html\n\t{WEASYPRINT} -q --pdf-variant pdf/ua-1 $< $@\n"
        f"%.typ: %.md\n\t{pandoc} -s -t typst $< -o $@\n"
        f"%.t.pdf: %.typ\n\t{sys.executable} compile_typst.py $< $@\n"
    )


def _readable(html: str) -> str:
    """Convert notes to pandoc's form, and remove links inside the page, because pandoc does not keep their targets."""
    html = re.sub(r'<sup class="note-ref[^"]*">(<a [^>]*role="doc-noteref".*?</a>)</sup>', r"\1", html)
    return re.sub(r'<a (?![^>]*role="doc-)[^>]*href="#[^>]*>(.*?)</a>', r"\1", html, flags=re.DOTALL)


def make_noop(folder: Path, slugs: list[str]) -> tuple[Cost, Cost]:
    """Measure make as people run it, and without its built-in rules, which it otherwise tries for each file."""
    shared = "briefs/house.yaml briefs/experts.yaml briefs/sources.yaml briefs/captures.lock"
    rules = [f"all: {' '.join(f'build/{name}.pdf' for name in slugs)}"]
    for name in slugs:
        rules += [
            f"build/{name}.html: briefs/{name}.yaml {shared}\n\tfalse",
            f"build/{name}.pdf: build/{name}.html\n\tfalse",
        ]
    (folder / "Makefile").write_text("\n".join(rules) + "\n")
    _age(folder, slugs)
    return least(3, lambda: run(["make"], folder)), least(3, lambda: run(["make", "-rR"], folder))


def ninja_noop(folder: Path, slugs: list[str]) -> Cost:
    """Measure ninja. Its first run only touches the files, so that its log has everything as built."""
    shared = "briefs/house.yaml briefs/experts.yaml briefs/sources.yaml briefs/captures.lock"
    rules = [f"build other/{name}.html other/{name}.pdf: made briefs/{name}.yaml | {shared}" for name in slugs]
    (folder / "build.ninja").write_text("\n".join(["rule made\n  command = touch $out", *rules, ""]))
    run(["ninja", "--quiet"], folder)
    return least(3, lambda: run(["ninja"], folder))


def _age(folder: Path, slugs: list[str]) -> None:
    """Set the times as after a build by make: pages after facts, PDFs after pages."""
    import os

    for name in slugs:
        os.utime(folder / "briefs" / f"{name}.yaml", (1, 1))
        os.utime(folder / "build" / f"{name}.html", (2, 2))
        os.utime(folder / "build" / f"{name}.pdf", (3, 3))
    for shared in ("house.yaml", "experts.yaml", "sources.yaml", "captures.lock"):
        os.utime(folder / "briefs" / shared, (1, 1))
