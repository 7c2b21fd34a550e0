"""The steps that make a brief from a fact file, and problems as the notes of a step.

Only this module names them. The build engine runs them, and skips those whose inputs have not changed. A step gets all its input
through `Reads`, so no dependency is declared. Steps are named by address: a build with nothing to do imports none of their modules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Any

from generator.engine import Deferred, Reads, Rejected, Step, Target
from generator.engine.plain_data import within
from generator.pipeline.versions import can_draw, versions
from generator.problems import Location, Problem, Severity
from generator.problems.problem import plain

ASSETS = "assets"
"""Folder in the output folder for the style sheets and fonts that pages share."""
LEFT_OUT = "draft-left-out"
"""Name of the code of a draft that is not built. A build with nothing to do counts these without loading what finds them."""


def warm_page() -> None:
    """Load what every page needs. Each process has its own pandoc."""
    import_module("generator.pipeline.page_step")


def warm() -> None:
    """Load what every layout needs, if this machine can lay out PDFs."""
    if can_draw(versions()):
        import_module("generator.render.layout.pdf").warm()


WARM_UPS = (warm, warm_page)
"""Warm-ups of an idle worker. The layout comes first: while one worker makes a page, another gets ready to lay it out."""


def accept_layout(parts: Mapping[str, bytes]) -> bool:
    """Whether a layout from the cache may be bound into a PDF."""
    from generator.render.layout.cached_objects import may_be_bound

    return may_be_bound(parts)


def refuse_pdfs(reads: Reads) -> Rejected:
    """Report once, for all briefs, that no PDF can be laid out on this machine."""
    from generator.render.layout.layout_diagnostics import libraries_missing

    reads.value("drawing")
    return Rejected(notes_of([libraries_missing("build")]))


PAGE = Step("page", Deferred("generator.pipeline.page_step:make_page"), warm=warm_page)
BRIEF = (
    PAGE,
    Step(
        "layout",
        Deferred("generator.pipeline.pdf_steps:make_layout"),
        inputs=("page.print", "page.about", "page.pictures"),
        cached=True,
        warm=warm,
        accepts=accept_layout,
    ),
    Step(
        "pdf",
        Deferred("generator.pipeline.pdf_steps:make_pdf"),
        inputs=("layout.objects", "page.about", "page.attached"),
    ),
)
"""The steps from a fact file to a brief."""
SHARED_ASSETS = Target(ASSETS, (Step("assets", Deferred("generator.pipeline.page_step:make_assets")),))
NO_LIBRARIES = Target("pdf-libraries", (Step("libraries", refuse_pdfs),))

_PROBLEM = {"severity", "code", "place", "message", "hint", "marked"}
_PLACE = {"file", "line", "column", "length"}


def notes_of(problems: Iterable[Problem]) -> list[Any]:
    """Convert problems to notes."""
    return list(map(plain, problems))


def problems_of(notes: Iterable[Any]) -> tuple[Problem, ...]:
    """Convert the notes of a step to problems."""
    return tuple(
        Problem(**{**note, "severity": Severity(note["severity"]), "place": Location(**note["place"])})
        for note in notes
    )


def is_problem(note: Any) -> bool:
    """Whether a note from a database or a cache has the form that `notes_of` gives, for a file of the project."""
    if not isinstance(note, dict) or note.keys() != _PROBLEM or not isinstance(note["place"], dict):
        return False
    place = note["place"]
    texts = [value for key, value in note.items() if key != "place"] + [place.get("file")]
    numbers = [value for key, value in place.items() if key != "file"]
    return (
        place.keys() == _PLACE
        and all(isinstance(text, str) for text in texts)
        and all(type(number) is int for number in numbers)
        and note["severity"] in list(Severity)
        and (place["file"] == "" or within(place["file"]))
    )
