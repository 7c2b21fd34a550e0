"""Whether what was appended to a PDF signs it and does nothing else.

A signature is written behind the file that it signs, as an incremental update (ISO 32000-2, 7.5.6), and such an update may
replace anything: that the bytes before it are as they were made says nothing of what a reader sees. So every object of the
file as it was made has to be there unchanged, but for the places where a signature has to be entered, and what is new has
to be signature fields that show nothing. Whether the signatures hold is not known here.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from generator.provenance.faults import Unreadable

_END = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\r\n|\n|\r)?")
_FORM_KEYS = frozenset({"/Fields", "/SigFlags"})
_FIELD_KEYS = frozenset({"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/P", "/Rect", "/V", "/Lock", "/SV"})
"""Neither an appearance nor an action."""
_NEW_IN_PAGE = frozenset({"/Annots", "/Tabs"})


def first_revision(pdf: bytes) -> bytes:
    """The PDF as it was before anything was appended: all of it, where nothing was."""
    end = _END.search(pdf)
    return pdf[: end.end()] if end else pdf


def beside_signatures(pdf: bytes, made: bytes) -> tuple[str, ...]:
    """What an update of `made` does that no signature has to, one phrase each. Raises Unreadable."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(made)) as before, pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as after:
            return tuple(_beside(before, after))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"what was appended to it is damaged ({type(error).__name__})") from None


def _beside(before: Any, after: Any) -> Iterator[str]:
    if before.trailer.Root.objgen != after.trailer.Root.objgen or _info(before) != _info(after):
        yield "it has another catalog or another title"
        return
    fields = list(_fields(after))
    allowed = {before.Root.objgen, *(page.objgen for page in before.pages), *_lists_of_annotations(before)}
    for old in before.objects:
        if (
            old is not None
            and _is_own(old)
            and old.objgen not in allowed
            and not _same(old, after.get_object(old.objgen))
        ):
            yield f"object {old.objgen[0]} was replaced"
    if not _same_but(before.Root, after.Root, {"/AcroForm"}):
        yield "its catalog was changed"
    yield from _form(after, fields)
    yield from _pages(before, after, {field.objgen for field in fields})


def _info(opened: Any) -> Any:
    return opened.trailer.Info.objgen if "/Info" in opened.trailer else None


def _is_own(item: Any) -> bool:
    """Not part of how the file lists its objects."""
    return not (_is_stream(item) and str(item.get("/Type")) in ("/XRef", "/ObjStm"))


def _is_stream(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream)


def _same(old: Any, new: Any) -> bool:
    if _is_stream(old) != _is_stream(new):
        return False
    if _is_stream(old):
        return _same_but(old, new, set()) and bytes(old.read_raw_bytes()) == bytes(new.read_raw_bytes())
    return bool(old.unparse(resolved=True) == new.unparse(resolved=True))


def _same_but(old: Any, new: Any, names: set[str]) -> bool:
    """Whether two dictionaries are the same but for what stands under these names."""
    keys = (set(old.keys()) | set(new.keys())) - names
    return all(key in old and key in new and _written(old[key]) == _written(new[key]) for key in keys)


def _written(value: Any) -> str | bytes:
    """As it stands in its container: a reference as such, anything else in full."""
    if hasattr(value, "is_indirect") and value.is_indirect:
        return f"{value.objgen[0]} {value.objgen[1]} R"
    return value.unparse(resolved=True) if hasattr(value, "unparse") else repr(value)


def _fields(after: Any) -> Iterator[Any]:
    yield from after.Root.AcroForm.Fields if "/AcroForm" in after.Root else ()


def _form(after: Any, fields: list[Any]) -> Iterator[str]:
    if not fields:
        yield "it has no signature"
        return
    if set(after.Root.AcroForm.keys()) - _FORM_KEYS:
        yield "a form was added"
    for field in fields:
        shown = field.get("/Rect", [0, 0, 0, 0])
        if str(field.get("/FT")) != "/Sig" or set(field.keys()) - _FIELD_KEYS or any(float(side) for side in shown):
            yield "a field was added that shows or does something"


def _lists_of_annotations(before: Any) -> Iterator[tuple[int, int]]:
    for page in before.pages:
        if "/Annots" in page and page.Annots.is_indirect:
            yield page.Annots.objgen


def _pages(before: Any, after: Any, fields: set[tuple[int, int]]) -> Iterator[str]:
    """Pages are the same but for signature fields among their annotations."""
    for number, (old, new) in enumerate(zip(before.pages, after.pages, strict=True), 1):
        added = [one.objgen for one in new.get("/Annots", ())]
        kept = [one.objgen for one in old.get("/Annots", ())]
        same = old.objgen == new.objgen and _same_but(old.obj, new.obj, set(_NEW_IN_PAGE))
        if not same or [one for one in added if one not in fields] != kept or str(new.get("/Tabs", "/S")) != "/S":
            yield f"page {number} was changed"
