"""Checks a cached layout before it becomes part of a PDF.

Somebody else may have written it. It must have the form of `Objects.to_bytes`, and its PDF must not contain active elements: no
script, command, form or file. The text of the pages is not checked.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pikepdf

from generator.render.layout.pdf_binder import bind
from generator.render.layout.pdf_objects import Objects

_FORBIDDEN = frozenset(
    "/JavaScript /JS /Launch /SubmitForm /ImportData /ResetForm /OpenAction /AA /XFA /AcroForm /RichMedia /Rendition /Movie "
    "/Sound /GoToR /GoToE /Hide /Trans /EmbeddedFile /EmbeddedFiles /AF".split()
)
"""Names, as keys or values, of active elements, which our pages never have (ISO 32000-1, 12.6.4); files are attached later."""


def may_be_bound(parts: Mapping[str, bytes]) -> bool:
    """Whether `parts` have the objects of a layout under the name `objects`, without active ones."""
    try:
        objects = Objects.from_bytes(parts["objects"])
        if not 1 <= objects.catalog_number <= len(objects.objects):
            return False
        with pikepdf.open(io.BytesIO(bind(objects)), attempt_recovery=False, suppress_warnings=True) as pdf:
            return not any(map(_acts, [*pdf.objects, pdf.Root]))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, pikepdf.PdfError):
        return False


def _acts(root: Any) -> bool:
    """Whether an object has a name of an active element. Indirect objects are checked on their own."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Name):
            if str(value) in _FORBIDDEN:
                return True
        elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            names = set(value.keys())
            if not _FORBIDDEN.isdisjoint(names):
                return True
            waiting += [inner for name in names if not _elsewhere(inner := value[name])]
        elif isinstance(value, pikepdf.Array):
            waiting += [inner for inner in value if not _elsewhere(inner)]
    return False


def _elsewhere(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect
