"""Checks that incremental updates of a PDF add signature fields and nothing else.

A signature is appended to the file that it signs, as an incremental update (ISO 32000-2, 7.5.6), and such an update may replace
any object. So unchanged bytes before it do not show what a reader sees. Two checks must both find nothing:

- every object of the original file is unchanged, except where a signature must be entered, and every new object is a field without
  appearance, or the signature in it;
- the layout of the update (`check_update_layout.py`): readers that parse it in another way find the same objects.

Whether the signatures are valid is not checked here: `generator/provenance/signatures.py` does.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any

from generator.pipeline.pdf_files.check_update_layout import layout_fault
from generator.pipeline.pdf_files.pdf_contents import Unreadable

_FORM_KEYS = frozenset({"/Fields", "/SigFlags"})
_FIELD_KEYS = frozenset({"/Type", "/Subtype", "/FT", "/T", "/TU", "/F", "/P", "/Rect", "/V"})
"""Keys of a field without appearance and action."""
_SIGNATURE_KEYS = frozenset(
    {"/Type", "/Filter", "/SubFilter", "/ByteRange", "/Contents", "/M", "/Name", "/Reason", "/Location", "/ContactInfo"}
)
_NEW_IN_PAGE = frozenset({"/Annots", "/Tabs"})
_TRAILER_KEYS = frozenset({"/Size", "/Root", "/Info", "/ID", "/Prev"})
_XREF_KEYS = frozenset({"/Type", "/W", "/Index", "/Filter", "/Length"})
"""Keys of a cross-reference stream, which is a trailer too. A hybrid file (/XRefStm) looks different in different readers."""

ObjectId = tuple[int, int]


def beside_fields(pdf: bytes, made: bytes, names: Collection[str] | None = None) -> tuple[str, ...]:
    """Return what an update of `made` changes beyond adding signature fields, one phrase each.

    `names` has the names of the fields that may be added; None for any. Raises Unreadable.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(made)) as before, pikepdf.open(io.BytesIO(pdf), attempt_recovery=False) as after:
            changes = tuple(_Update(before, after, names).beside())
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError) as error:
        raise Unreadable(f"the data added to it is damaged ({type(error).__name__})") from None
    return changes or tuple(filter(None, [layout_fault(pdf, made)]))


class _Update:
    """A file in two versions: original and updated."""

    def __init__(self, before: Any, after: Any, names: Collection[str] | None) -> None:
        self.before = before
        self.after = after
        self.names = names
        self.fields = list(after.Root.AcroForm.Fields) if "/AcroForm" in after.Root else []

    def beside(self) -> Iterator[str]:
        yield from self._trailer()
        yield from self._replaced()
        yield from self._form()
        yield from self._pages()
        yield from self._added()

    def _trailer(self) -> Iterator[str]:
        old, new = self.before.trailer, self.after.trailer
        allowed = _TRAILER_KEYS | (_XREF_KEYS if str(new.get("/Type")) == "/XRef" else frozenset())
        if old.Root.objgen != new.Root.objgen or _info(self.before) != _info(self.after):
            yield "it has another catalog or another title"
        elif set(new.keys()) - allowed or ("/ID" in old and bytes(old.ID[0]) != bytes(new.ID[0])):
            yield "its trailer was changed"
        if not _same_but(self.before.Root, self.after.Root, {"/AcroForm"}):
            yield "its catalog was changed"

    def _replaced(self) -> Iterator[str]:
        allowed = {self.before.Root.objgen, *(page.objgen for page in self.before.pages), *self._lists_of_annotations()}
        for old in filter(_is_own, self.before.objects):
            if old.objgen not in allowed and not _same(old, self.after.get_object(old.objgen)):
                yield f"object {old.objgen[0]} was replaced"

    def _lists_of_annotations(self) -> Iterator[ObjectId]:
        for page in self.before.pages:
            if "/Annots" in page and page.Annots.is_indirect:
                yield page.Annots.objgen

    def _form(self) -> Iterator[str]:
        if not self.fields:
            yield "it has no signature"
            return
        if set(self.after.Root.AcroForm.keys()) - _FORM_KEYS:
            yield "a form was added"
        names = [str(field.get("/T", "")) for field in self.fields]
        if len(set(names)) != len(names):
            yield "two fields have the same name"
        for field, name in zip(self.fields, names, strict=True):
            yield from self._field(field, name)

    def _field(self, field: Any, name: str) -> Iterator[str]:
        shown = [float(side) for side in field.get("/Rect", (0, 0, 0, 0))]
        if not _is_signature_field(field) or any(shown):
            yield "a field with an appearance or an action was added"
        elif "/V" not in field:
            yield "an empty signature field was added"
        elif not field.V.is_indirect or not _is_plain_signature(field.V) or not self._may_be(name):
            yield "a signature field with an invalid signature was added"

    def _may_be(self, name: str) -> bool:
        return self.names is None or name in self.names

    def _pages(self) -> Iterator[str]:
        """Compare pages; signature fields among their annotations may be new."""
        fields = {field.objgen for field in self.fields if field.is_indirect}
        for number, (old, new) in enumerate(zip(self.before.pages, self.after.pages, strict=True), 1):
            before, now = (list(page.get("/Annots", ())) for page in (old, new))
            same = old.objgen == new.objgen and _same_but(old.obj, new.obj, set(_NEW_IN_PAGE))
            others = [_written(one) for one in now if not (one.is_indirect and one.objgen in fields)]
            if not same or others != [_written(one) for one in before] or str(new.get("/Tabs", "/S")) != "/S":
                yield f"page {number} was changed"

    def _added(self) -> Iterator[str]:
        """Check that each new object is part of a signature or of the cross-reference data."""
        old = {one.objgen for one in self.before.objects if one is not None}
        parts = set(self._parts())
        for new in filter(_is_own, self.after.objects):
            if new.objgen not in old and new.objgen not in parts:
                yield f"object {new.objgen[0]} was added, which belongs to no signature"

    def _parts(self) -> Iterator[ObjectId]:
        form = self.after.Root.get("/AcroForm")
        if form is None:
            return
        lists = (page.obj["/Annots"] for page in self.after.pages if "/Annots" in page)
        for part in (form, form.Fields, *self.fields, *lists):
            yield part.objgen
        yield from (field.V.objgen for field in self.fields if "/V" in field)


def _is_signature_field(field: Any) -> bool:
    kinds = (str(field.get("/FT")), str(field.get("/Subtype")), str(field.get("/Type", "/Annot")))
    return field.is_indirect and kinds == ("/Sig", "/Widget", "/Annot") and not set(field.keys()) - _FIELD_KEYS


def _is_plain_signature(signature: Any) -> bool:
    import pikepdf

    nested = (signature[key] for key in set(signature.keys()) - {"/ByteRange"})
    return (
        str(signature.get("/Type", "/Sig")) == "/Sig"
        and {"/ByteRange", "/Contents"} <= set(signature.keys()) <= _SIGNATURE_KEYS
        and not any(isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream) for value in nested)
    )


def _info(opened: Any) -> Any:
    return opened.trailer.Info.objgen if "/Info" in opened.trailer else None


def _is_own(item: Any) -> bool:
    """Whether an object is not part of the cross-reference data."""
    return item is not None and not (_is_stream(item) and str(item.get("/Type")) in ("/XRef", "/ObjStm"))


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
    """Whether two dictionaries are equal apart from these keys."""
    keys = (set(old.keys()) | set(new.keys())) - names
    return all(key in old and key in new and _written(old[key]) == _written(new[key]) for key in keys)


def _written(value: Any) -> str | bytes:
    """Return an object as it is written in its container: a reference as such, anything else in full."""
    if hasattr(value, "is_indirect") and value.is_indirect:
        return f"{value.objgen[0]} {value.objgen[1]} R"
    return value.unparse(resolved=True) if hasattr(value, "unparse") else repr(value)
