"""Stores captures: the texts of sources as they were read, in `captures/`.

    captures/<key>/capture.json     what was captured, when and by which reader, and the SHA-256 of each file
    captures/<key>/text.txt         the extracted text, UTF-8
    captures/<key>/second.txt       the text of a PDF as a second reader read it
    captures/<key>/earlier-*.txt    earlier texts of the source (`earlier_texts.py`)
    captures/<key>/original.pdf     the document, unchanged (original-01.html, ... if there were several)

Reading uses a function that opens files by name, so that a build can record what it has read. A capture whose text does not
match its hash is damaged and never used.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from generator.evidence.captures import earlier_texts
from generator.evidence.captures.document_limits import (
    CAPTURE_LIMIT,
    CAPTURE_UNREADABLE,
    MAX_BYTES,
    MAX_CHARACTERS,
    CannotCapture,
    DocumentText,
    visible,
)
from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript
from generator.problems import Code, Severity
from generator.problems.message_words import counted
from generator.project import Opener
from generator.system.regular_files import refuse_outside

FORMAT = 2
READABLE = (1, 2)
"""Format 1 had no second reading."""
FOLDER = "captures"
MAX_FILES = 500
"""Files of one capture."""

CAPTURE_DAMAGED = Code("capture-damaged", Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it was captured."""

    name: str
    file: str
    media_type: str
    extractor: str
    sha256: str
    bytes: int


@dataclass(frozen=True)
class Capture:
    """The text of one source, and where it came from."""

    key: str
    text: str
    sha256: str
    """SHA-256 of the text in UTF-8, hexadecimal."""
    captured: str
    """ISO date."""
    originals: tuple[Original, ...]
    pages: tuple[str, ...] = ()
    """The label of each page; empty if the document gives it none."""
    notes: tuple[str, ...] = ()
    second: str = ""
    """The text as a second, independent reader read it; empty if there was only one reader."""
    second_sha256: str = ""
    is_second: bool = False
    """Whether `text` is the second reading."""

    @cached_property
    def other(self) -> Capture | None:
        """Return the same capture with the text of the second reader; it keeps the hash of the first."""
        if not self.second:
            return None
        return replace(self, text=self.second, second="", is_second=True)

    @cached_property
    def transcript(self) -> Transcript:
        return Transcript(self.text)

    @property
    def original_sha256(self) -> str:
        """Return the hash of the document; if there are several, of the list of their hashes."""
        if len(self.originals) == 1:
            return self.originals[0].sha256
        return digest("\n".join(original.sha256 for original in self.originals).encode())


@dataclass(frozen=True, slots=True)
class Damage:
    """A capture that exists but cannot be trusted."""

    key: str
    reason: str
    file: str


class Captures:
    """The captures of one project; each is read when it is first needed."""

    def __init__(self, opener: Opener) -> None:
        self.open = opener
        self._read: dict[str, Capture | Damage | None] = {}

    def get(self, key: str) -> Capture | Damage | None:
        """Return the capture of a source; None if there is none."""
        if key not in self._read:
            self._read[key] = read_capture(self.open, key)
        return self._read[key]


# ---------------------------------------------------------------- reading


def read_capture(opener: Opener, key: str) -> Capture | Damage | None:
    """Read the capture of a source; None if there is none. A text is only returned if it has the described hash."""
    folder = capture_folder(key)
    described = f"{folder}/capture.json"
    try:
        description = opener(described)
    except OSError:
        return None
    try:
        capture = _described(json.loads(description))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return Damage(key, f"`capture.json` cannot be read ({error})", described)
    if capture.key != key:
        return Damage(key, f"it is the capture of '{capture.key}'", described)
    return _with_texts(capture, opener, folder)


def _with_texts(capture: Capture, opener: Opener, folder: str) -> Capture | Damage:
    """Return the described capture with its texts, which must have the described hashes; otherwise the damage."""
    texts = []
    for file, sha256 in (("text.txt", capture.sha256), ("second.txt", capture.second_sha256)):
        try:
            text = opener(f"{folder}/{file}") if sha256 else b""
        except OSError:
            reason = "its text is missing" if file == "text.txt" else "its second reading is missing"
            return Damage(capture.key, reason, f"{folder}/capture.json")
        if sha256 and digest(text) != sha256:
            return Damage(capture.key, "its text was changed after it was captured", f"{folder}/{file}")
        texts.append(text.decode("utf-8", "replace"))
    return _filled(capture, *texts)


@lru_cache(maxsize=128)
def _filled(capture: Capture, text: str, second: str) -> Capture:
    """Return the same object for the same content, so that all briefs of a process share its tokens."""
    return replace(capture, text=text, second=second)


def _described(description: dict[str, Any]) -> Capture:
    """Return a capture without its texts. Raises ValueError, KeyError, TypeError or AttributeError for a malformed description."""
    if description["version"] not in READABLE:
        raise ValueError(f"this version does not read format {description['version']}")
    datetime.date.fromisoformat(description["captured"])
    originals = tuple(_known_original(**original) for original in description["originals"])
    pages, notes = tuple(map(str, description["pages"])), tuple(map(str, description["notes"]))
    second = description.get("second") or {"sha256": ""}
    sha256 = description["text"]["sha256"]
    if not sha256 or not isinstance(sha256, str):
        raise ValueError("it does not name a text")
    if not originals:
        raise ValueError("it does not name a document")
    return Capture(
        str(description["key"]), "", sha256, description["captured"], originals, pages, notes, "", str(second["sha256"])
    )


def _known_original(*, bytes: int, **texts: str) -> Original:  # noqa: A002 - the name in the description
    """Raises TypeError if a value has another type than expected."""
    if type(bytes) is not int or set(map(type, texts.values())) != {str}:
        raise TypeError("the description of a document has another form")
    return Original(**texts, bytes=bytes)


# ---------------------------------------------------------------- capturing


def capture(
    folder: Path,
    key: str,
    documents: Iterable[tuple[str, bytes]],
    today: datetime.date,
    read: Callable[[str, bytes], DocumentText] = extract,
) -> Capture:
    """Read and store the text of a source: of one document (name, bytes), or of several in the order in which they are read.

    `folder` is the project's; `read` returns the text of one document. A capture of the same source is replaced.
    Raises CannotCapture, OSError, and what `read` raises.
    """
    documents_read = [(name, data, read(name, data)) for name, data in documents]
    if not documents_read:
        raise CannotCapture(CAPTURE_LIMIT, "there is no document to capture")
    originals = tuple(_original(i, len(documents_read), *one) for i, one in enumerate(documents_read, start=1))
    made = _made(key, [extract for *_, extract in documents_read], originals, today)
    refuse_outside(folder, capture_folder(key))
    _keep(folder / capture_folder(key), made, [data for _, data, _ in documents_read])
    return made


def _made(key: str, extracts: list[DocumentText], originals: tuple[Original, ...], today: datetime.date) -> Capture:
    """Return the capture of documents that were read, joined in order. Raises CannotCapture if it is too long."""
    text = join_texts([one.text for one in extracts])
    second = join_texts([one.second or one.text for one in extracts]) if any(one.second for one in extracts) else ""
    if len(text) > MAX_CHARACTERS:
        raise CannotCapture(
            CAPTURE_LIMIT,
            f"the documents together have more than {MAX_CHARACTERS:,} characters, the limit of a capture",
        )
    paged = all(one.pages for one in extracts)
    pages = tuple(label for one in extracts for label in one.pages) if paged else ()
    notes = tuple(dict.fromkeys(note for one in extracts for note in one.notes))
    hashes = (digest(text.encode()), digest(second.encode()) if second else "")
    return Capture(key, text, hashes[0], today.isoformat(), originals, pages, notes, second, hashes[1])


def join_texts(texts: list[str]) -> str:
    """Join the texts of the documents of a capture. Pages follow pages if every document has pages."""
    paged = all("\f" in text for text in texts)
    return "\f".join([*(text.removesuffix("\f") for text in texts[:-1]), texts[-1]]) if paged else "\n\n".join(texts)


def _original(number: int, of: int, name: str, data: bytes, extract: DocumentText) -> Original:
    ending = PurePath(name).suffix
    ending = ending if re.fullmatch(r"\.\w{1,8}", ending) else ".txt"
    file = f"original{ending}" if of == 1 else f"original-{number:03}{ending}"
    return Original(PurePath(name).name, file, extract.media_type, extract.extractor, digest(data), len(data))


def _keep(folder: Path, made: Capture, data: list[bytes]) -> None:
    """Write the description last, so that a capture whose writing was interrupted counts as damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    if not _holds(folder, made.sha256):
        earlier_texts.keep(folder, _write)
    for original, content in zip(made.originals, data, strict=True):
        _write(folder / original.file, content)
    _write(folder / "text.txt", made.text.encode())
    if made.second:
        _write(folder / "second.txt", made.second.encode())
    _write(folder / "capture.json", describe(made).encode())
    current = {*(original.file for original in made.originals), *(["second.txt"] if made.second else [])}
    for path in (*folder.glob("original*"), folder / "second.txt"):
        if path.name not in current:
            path.unlink(missing_ok=True)


def _holds(folder: Path, sha256: str) -> bool:
    """Whether the text in a folder already is this one."""
    try:
        return digest((folder / "text.txt").read_bytes()) == sha256
    except OSError:
        return False


def describe(made: Capture) -> str:
    """Return the `capture.json` of a capture."""
    fields = ("name", "file", "media_type", "extractor", "sha256", "bytes")
    description = {
        "version": FORMAT,
        "key": made.key,
        "captured": made.captured,
        "text": {"sha256": made.sha256, "characters": len(made.text)},
        "second": {"sha256": made.second_sha256, "characters": len(made.second)} if made.second else None,
        "originals": [{field: getattr(original, field) for field in fields} for original in made.originals],
        "pages": made.pages,
        "notes": made.notes,
    }
    return json.dumps(description, ensure_ascii=False, indent=2) + "\n"


def _write(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.unlink(missing_ok=True)
    try:
        with half.open("xb") as file:  # never through a link that somebody else left under this name
            file.write(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


# ---------------------------------------------------------------- names


def capture_folder(key: str) -> str:
    """Return the folder of the capture of a source, relative to the project's folder, for any key."""
    name = quote(key, safe="")
    return f"{FOLDER}/{'%2E' + name[1:] if name.startswith('.') else name}"


def digest(data: bytes) -> str:
    """Return the SHA-256, hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def documents_in(path: Path) -> list[tuple[str, bytes]]:
    """Return the document at a path, or those of a folder in the order of their names. Raises OSError and CannotCapture."""
    if not path.is_dir():
        return [(path.name, _bytes(path))]
    files = sorted(
        (file for file in path.iterdir() if not file.is_dir() and not file.name.startswith(".")), key=_by_number
    )
    if len(files) > MAX_FILES:
        raise CannotCapture(
            CAPTURE_LIMIT, f"{counted(len(files), 'file')} are more than {MAX_FILES}, the limit of a capture"
        )
    return [(file.name, _bytes(file)) for file in files]


def _bytes(path: Path) -> bytes:
    """Return the content of a regular file. A pipe without a writer is refused too, because the file is opened without waiting."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            reason = f"{visible(path.name)} is not a file but a pipe, a device or a socket"
            raise CannotCapture(CAPTURE_UNREADABLE, reason, "name a document")
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise CannotCapture(
            CAPTURE_LIMIT, f"{visible(path.name)} has more than {MAX_BYTES:,} bytes, the limit of a capture"
        )
    return data


def _by_number(path: Path) -> list[tuple[int, str]]:
    """Sort key: `page-10` comes after `page-9`."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", path.name)]


def matched(folder: Path, keys: Iterable[str]) -> tuple[dict[str, Path], list[Path]]:
    """Return the file or folder in `folder` for each source, by its name without the ending; and the paths that fit no source."""
    keys_by_form = {form: key for key in keys for form in (key, quote(key, safe=""), key.casefold())}
    by_key: dict[str, Path] = {}
    unknown = []
    for path in sorted(folder.iterdir()):
        key = keys_by_form.get(path.name) or keys_by_form.get(path.stem) or keys_by_form.get(path.stem.casefold())
        if key is not None and key not in by_key:
            by_key[key] = path
        elif not path.name.startswith("."):
            unknown.append(path)
    return by_key, unknown
