"""The steps that lay out the page of a brief and bind its PDF. Importing this module loads WeasyPrint."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from generator.engine import Made, Reads, Rejected
from generator.pipeline.brief_steps import notes_of
from generator.pipeline.check_brief import find_preset
from generator.problems import Location, Problem
from generator.render.design_checks import check_length
from generator.render.html import unpacked
from generator.render.layout.pdf import LaidOutPdf, lay_out
from generator.render.layout.pdf_binder import attachments, bind, unpack
from generator.render.layout.pdf_objects import Objects
from generator.render.layout.xmp import DocumentInfo
from generator.render.script_runs import scripts_used
from generator.render.scripts import direction_of
from generator.render.style_sheets import pdf_stylesheets


def make_layout(reads: Reads, printed: bytes, about: bytes, pictures: bytes) -> Made | Rejected:
    """HTML -> laid-out pages. Runs only if the page, or the libraries that draw it, have changed. Nothing gives nothing."""
    if not printed:
        return Made(parts={"objects": b""})
    layout, problems = lay_out_brief(reads, printed, about, pictures)
    if layout is None or any(problem.is_error for problem in problems):
        return Rejected(notes_of(problems))
    return Made(parts={"objects": layout.objects.to_bytes()}, notes=notes_of(problems))


def lay_out_brief(
    reads: Reads, printed: bytes, about: bytes, pictures: bytes, *, judged: bool = False
) -> tuple[LaidOutPdf | None, Sequence[Problem]]:
    """Lay out the page of a brief, and return its problems; with `judged` also the faults that `brief check --layout` reports."""
    reads.value("drawing")
    if scripts_used(printed.decode()):
        reads.value("fonts")
    fields = json.loads(about)
    place = Location(fields["file"])
    preset, problems = find_preset(reads, fields["preset"], place)
    if preset is None:
        return None, problems
    info = fields["info"]
    dates = {name: datetime.date.fromisoformat(info[name]) for name in ("created", "modified")}
    lists = {name: tuple(info[name]) for name in ("authors", "keywords")}
    described = DocumentInfo(**{**info, **dates, **lists})
    sheets = pdf_stylesheets(preset, direction_of(info["language"]))
    layout = lay_out(
        printed.decode(),
        sheets,
        described,
        assets=unpacked(pictures),
        judged=judged,
        least_pages=preset.least_pages,
    )
    faults = [diagnostic.code.at(place, diagnostic.message, diagnostic.hint) for diagnostic in layout.diagnostics]
    faults += check_length(preset, layout.length, layout.outline, place, draft=fields["draft"])
    return layout, faults


def make_pdf(reads: Reads, objects: bytes, about: bytes, attached: bytes) -> Made:
    """Laid-out pages and attachments -> PDF. This is quick, so an edit that is not printed costs no layout."""
    if not objects:
        return Made()
    drawing = json.loads(reads.value("drawing"))
    fields = json.loads(about)
    files, manifest_fields = unpack(attached)
    day = datetime.date.fromisoformat(fields["info"]["modified"])
    enclosed = attachments(files, {**manifest_fields, "versions": manifest_fields["versions"] | drawing}, day)
    return Made(outputs={f"{fields['stem']}.pdf": bind(Objects.from_bytes(objects), enclosed)})
