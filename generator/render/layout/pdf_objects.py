"""Encodes the objects of a PDF as bytes, for the cache.

Layout is slow and independent of attachments. So the objects of a layout are cached, numbered and in their form in the file.
`pdf_binder.py` writes them with pydyf.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pydyf

NAMES = "Names"
"""The entry of the catalog for destinations and attachments (ISO 32000-1, 7.7.4)."""


class WrittenObject(pydyf.Object):  # type: ignore[misc]
    """An object as its bytes."""

    def __init__(self, data: bytes, compressible: bool) -> None:
        super().__init__()
        self._data = data
        self._compressible = compressible

    @property
    def data(self) -> bytes:
        return self._data

    @property
    def compressible(self) -> bool:
        return self._compressible


@dataclass(frozen=True, slots=True)
class Objects:
    """All objects of a PDF, without header and cross-reference table."""

    objects: tuple[tuple[bytes, bool], ...]
    """In the order of their numbers, from 1: bytes, and whether they may be written in a compressed stream with others."""
    catalog_number: int
    catalog: Mapping[str, bytes]
    names: Mapping[str, bytes]
    """Value of the catalog's entry `Names`, which is not in `catalog`."""
    info: Mapping[str, bytes]
    """The information dictionary, which has no number yet."""

    def to_bytes(self) -> bytes:
        """Encode as a line of JSON followed by the objects."""
        header = {
            "catalog": [self.catalog_number, _texts(self.catalog), _texts(self.names)],
            "info": _texts(self.info),
            "objects": [[len(data), compressible] for data, compressible in self.objects],
        }
        return b"\n".join([json.dumps(header).encode(), b"".join(data for data, _ in self.objects)])

    @classmethod
    def from_bytes(cls, content: bytes) -> Objects:
        """Decode what `to_bytes` encoded. Raises ValueError, LookupError, TypeError or AttributeError for anything else."""
        head, _, body = content.partition(b"\n")
        header = json.loads(head)
        number, catalog, names = header["catalog"]
        objects, start = [], 0
        for size, compressible in header["objects"]:
            objects.append((body[start : start + size], compressible))
            start += size
        return cls(tuple(objects), number, _bytes(catalog), _bytes(names), _bytes(header["info"]))


def taken_from(pdf: pydyf.PDF) -> Objects:
    """Take the objects out of a complete PDF that is not written, so nothing else changes them."""
    names = pdf.catalog.pop(NAMES, {})
    objects = tuple((squeezed(item).data, bool(item.compressible)) for item in pdf.objects[1:])
    number = pdf.catalog.number
    del pdf.objects[1:]
    return Objects(objects, number, _data(pdf.catalog), _data(names), _data(pdf.info))


def squeezed(item: pydyf.Object) -> pydyf.Object:
    """Return the object; a stream is compressed now, because pydyf compresses it each time its bytes are requested."""
    if isinstance(item, pydyf.Stream) and item.compress:
        item.stream, item.compress = [zlib.compress(_content(item), 9)], False
        item.extra["Filter"] = "/FlateDecode"
    return item


def _content(stream: pydyf.Stream) -> bytes:
    """Return the uncompressed bytes of a stream, from between the lines that pydyf writes around them."""
    written: bytes = pydyf.Stream(stream.stream).data
    return written[written.index(b"stream\n") + len(b"stream\n") : -len(b"\nendstream")]


def _data(entries: Mapping[str, object]) -> dict[str, bytes]:
    """Return values in their form in a file: what pydyf writes between the brackets of an array of one."""
    return {key: pydyf.Array([value]).data[1:-1] for key, value in entries.items()}


def _texts(entries: Mapping[str, bytes]) -> dict[str, str]:
    """Return each byte as a character, for JSON."""
    return {key: value.decode("latin-1") for key, value in entries.items()}


def _bytes(entries: Mapping[str, str]) -> dict[str, bytes]:
    return {key: value.encode("latin-1") for key, value in entries.items()}


def numbered(objects: Iterable[tuple[bytes, bool]]) -> list[WrittenObject]:
    """Yield objects for pydyf, numbered from 1."""
    made = []
    for number, (data, compressible) in enumerate(objects, 1):
        item = WrittenObject(data, compressible)
        item.number = number
        made.append(item)
    return made
