"""Pages as finished PDFs, from HTML and style sheets at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.render.layout.pdf import LaidOutPdf, lay_out
from generator.render.layout.pdf_binder import AttachedFile, bind
from generator.render.layout.pdf_objects import Objects
from generator.render.layout.xmp import DocumentInfo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from generator.render.layout.layout_diagnostics import Diagnostic


@dataclass(frozen=True)
class Paper:
    data: bytes
    layout: LaidOutPdf

    @property
    def pages(self) -> int:
        return self.layout.pages

    @property
    def length(self) -> float:
        return self.layout.length

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        return self.layout.diagnostics

    @property
    def outline(self):
        return self.layout.outline


def write_pdf(
    html: str,
    stylesheets: Sequence[str],
    about: DocumentInfo,
    attachments: Sequence[AttachedFile] = (),
    *,
    assets: Mapping[str, bytes] | None = None,
) -> Paper:
    """Lay out and bind; what is laid out is kept as bytes in between, as a build does."""
    layout = lay_out(html, stylesheets, about, assets=assets)
    return Paper(bind(Objects.from_bytes(layout.objects.to_bytes()), attachments), layout)
