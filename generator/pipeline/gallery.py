"""Gallery of presets: the example of `brief init` in each, with pictures of pages."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from generator.engine import Report
from generator.problems import Problem
from generator.problems.message_words import counted
from generator.project import Project
from generator.render.preset import Preset

PICTURED = 2
"""Most pages of each sample that are drawn."""
_DOTS_PER_INCH = 72
_COLOURS = 64
"""Colours of a picture: enough for text on a plain background, with a third of the bytes."""
_SHARED = ("house", "experts", "sources")


class NoRasteriser(Exception):
    """The package that draws PDF pages is not installed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The example in one preset. `pdf` is None if it could not be made; `problems` or `failure` say why."""

    preset: Preset
    pdf: bytes | None
    problems: tuple[Problem, ...]
    failure: str


def samples(presets: Sequence[Preset], project: Path | None = None) -> Iterator[Sample]:
    """Print the example in each preset. `project` is the folder with further presets.

    Raises BuildError if the system libraries for PDFs are missing.
    """
    from generator.pipeline.brief_steps import NO_LIBRARIES, problems_of
    from generator.pipeline.publish_brief import no_libraries, publish

    with tempfile.TemporaryDirectory(prefix="brief-presets-") as scratch:
        folder = Path(scratch)
        _write_example(folder, presets, project)
        report: Report = publish(Project(folder), [_slug(number) for number in range(len(presets))], site=False)
        outcomes = {outcome.target: outcome for outcome in report.outcomes}
        if NO_LIBRARIES.name in outcomes:
            raise no_libraries()
        for number, preset in enumerate(presets):
            pdf = folder / "build" / f"{_slug(number)}.pdf"
            outcome = outcomes[f"briefs/{_slug(number)}.yaml"]
            failure = outcome.failure.message if outcome.failure else ""
            yield Sample(preset, pdf.read_bytes() if pdf.is_file() else None, problems_of(outcome.notes), failure)


def _slug(number: int) -> str:
    return f"example-{number}"


def _write_example(folder: Path, presets: Sequence[Preset], project: Path | None) -> None:
    """Write a project with the example once for each preset."""
    from generator.starters import starter

    (folder / "briefs").mkdir()
    if project is not None and (project / "templates").is_dir():
        shutil.copytree(project / "templates", folder / "templates")
    for name in _SHARED:
        (folder / "briefs" / f"{name}.yaml").write_text(starter(f"{name}.yaml"), encoding="utf-8")
    for number, preset in enumerate(presets):
        text = f"{starter('example.yaml')}\npreset: {preset.name}\n"
        (folder / "briefs" / f"{_slug(number)}.yaml").write_text(text, encoding="utf-8")


def pictures(pdf: bytes) -> list[bytes]:
    """Return the first pages as PNG. Raises NoRasteriser."""
    try:
        from pypdfium2 import PdfDocument
    except ImportError as error:
        raise NoRasteriser from error
    with PdfDocument(pdf) as document:
        drawn = []
        for number in range(min(PICTURED, len(document))):
            held = io.BytesIO()
            picture = document[number].render(scale=_DOTS_PER_INCH / 72).to_pil().convert("RGB")
            picture.quantize(_COLOURS).save(held, "PNG", optimize=True)
            drawn.append(held.getvalue())
        return drawn


def index(pictured: Sequence[tuple[Preset, Sequence[str]]]) -> str:
    """Return a page with all samples: presets with the file names of their pictures."""
    return _PAGE.format(presets="\n".join(_section(preset, names) for preset, names in pictured))


def _section(preset: Preset, names: Sequence[str]) -> str:
    name, about = escape(preset.name), escape(preset.description)
    shown = "".join(
        f'<a href="{name}.pdf"><img src="{escape(file)}" alt="Page {number} of the example in the preset {name}"></a>\n'
        for number, file in enumerate(names, 1)
    )
    link = f'<p><a href="{name}.pdf">Example in {name} (PDF)</a></p>'
    return f"<section>\n<h2>{name}</h2>\n<p>{about} {escape(room(preset))}.</p>\n{shown}{link}\n</section>"


def room(preset: Preset) -> str:
    """Return the paper and the allowed number of pages: `A4, up to 12 pages`."""
    least, most = preset.least_pages, preset.most_pages
    size = preset.size if preset.size.startswith("A") else f"US {preset.size}"
    if most and least == most:
        return f"{size}, exactly {counted(most, 'page')}"
    if most and least > 1:
        return f"{size}, {least} to {counted(most, 'page')}"
    if most:
        return f"{size}, up to {counted(most, 'page')}"
    return f"{size}, at least {counted(least, 'page')}" if least > 1 else f"{size}, any number of pages"


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Presets</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #17202c; background: #fff; }}
img {{ width: min(24rem, 100%); height: auto; margin: 0 1rem 1rem 0; border: 1px solid #8a94a3; vertical-align: top; }}
section {{ margin: 2.5rem 0; }}
</style>
</head>
<body>
<main>
<h1>Presets</h1>
{presets}
</main>
</body>
</html>
"""
