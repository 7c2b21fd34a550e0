"""The objects of a PDF as bytes that can wait for the file that they will be part of.

Laying pages out is slow and what travels with them in the file is another matter; so the objects that a layout made are kept,
numbered and in the form in which a file holds them. What is written of them is pydyf's affair (`binding.py`).
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pydyf

NAMES = "Names"
"""The entry of the catalog that lists destinations, and in which attachments are entered too (ISO 32000-1, 7.7.4)."""


class Written(pydyf.Object):  # type: ignore[misc]
    """An object of which only its bytes are known any more."""

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
    """All objects of a PDF, without those of its file: no header, no table of where they are."""

    objects: tuple[tuple[bytes, bool], ...]
    """In the order of their numbers, from 1: bytes, and whether they may be written together in a compressed stream."""
    catalog_number: int
    catalog: Mapping[str, bytes]
    names: Mapping[str, bytes]
    """Of the catalog's entry `Names`, which `catalog` does not hold."""
    info: Mapping[str, bytes]
    """The information dictionary, which has no number yet."""

    def to_bytes(self) -> bytes:
        """A line of JSON and then the objects, end to end."""
        header = {
            "catalog": [self.catalog_number, _texts(self.catalog), _texts(self.names)],
            "info": _texts(self.info),
            "objects": [[len(data), compressible] for data, compressible in self.objects],
        }
        return b"\n".join([json.dumps(header).encode(), b"".join(data for data, _ in self.objects)])

    @classmethod
    def from_bytes(cls, kept: bytes) -> Objects:
        """What `to_bytes` gave. Raises ValueError, LookupError, TypeError or AttributeError on anything else."""
        head, _, body = kept.partition(b"\n")
        header = json.loads(head)
        number, catalog, names = header["catalog"]
        objects, start = [], 0
        for size, compressible in header["objects"]:
            objects.append((body[start : start + size], compressible))
            start += size
        return cls(tuple(objects), number, _bytes(catalog), _bytes(names), _bytes(header["info"]))


def taken_from(pdf: pydyf.PDF) -> Objects:
    """The objects of a PDF that is all there but for its file; none are left in it, so that nothing more is done with them."""
    names = pdf.catalog.pop(NAMES, {})
    objects = tuple((squeezed(item).data, bool(item.compressible)) for item in pdf.objects[1:])
    number = pdf.catalog.number
    del pdf.objects[1:]
    return Objects(objects, number, _data(pdf.catalog), _data(names), _data(pdf.info))


def squeezed(item: pydyf.Object) -> pydyf.Object:
    """The same object; a stream is compressed now, once, for pydyf compresses it each time that its bytes are asked for."""
    if isinstance(item, pydyf.Stream) and item.compress:
        item.stream, item.compress = [zlib.compress(_content(item), 9)], False
        item.extra["Filter"] = "/FlateDecode"
    return item


def _content(stream: pydyf.Stream) -> bytes:
    """The bytes of a stream before it is compressed, taken from between the lines that pydyf writes around them."""
    written: bytes = pydyf.Stream(stream.stream).data
    return written[written.index(b"stream\n") + len(b"stream\n") : -len(b"\nendstream")]


def _data(entries: Mapping[str, object]) -> dict[str, bytes]:
    """Values as they are in a file: what pydyf writes between the brackets of an array of one."""
    return {key: pydyf.Array([value]).data[1:-1] for key, value in entries.items()}


def _texts(entries: Mapping[str, bytes]) -> dict[str, str]:
    """Each byte as a character, for JSON."""
    return {key: value.decode("latin-1") for key, value in entries.items()}


def _bytes(entries: Mapping[str, str]) -> dict[str, bytes]:
    return {key: value.encode("latin-1") for key, value in entries.items()}


def numbered(objects: Iterable[tuple[bytes, bool]]) -> list[Written]:
    """Objects for pydyf, numbered from 1."""
    made = []
    for number, (data, compressible) in enumerate(objects, 1):
        item = Written(data, compressible)
        item.number = number
        made.append(item)
    return made
