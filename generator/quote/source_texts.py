"""Texts of sources for `brief quote`: captures, documents and texts in requests.

Each is read once. A document is read as `brief capture` reads it, and nothing is stored on disk.
"""

from __future__ import annotations

import datetime
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.evidence.captures.capture_store import Capture, Captures, Damage, digest, documents_in, join_texts
from generator.evidence.captures.document_limits import MAX_CHARACTERS, CannotCapture
from generator.model import Library, Source
from generator.pipeline.inputs.document_reader import read_sandboxed
from generator.pipeline.inputs.load_project import load_library
from generator.problems.message_words import did_you_mean
from generator.project import NoProject, Project, find_project
from generator.quote.requests import Malformed

RECENT = 16
"""Most texts of requests that are cached; many requests often have the same text."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of one source, ready for searching."""

    name: str
    """Its name in the request."""
    capture: Capture
    source: Source | None = None
    """The project's entry for it."""


class NotCaptured(Exception):
    """A source of the project whose text is not on this machine."""


class SourceTexts:
    """The texts that requests name. Paths are relative to `folder`, and the project is searched from there upwards."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = (folder or Path()).absolute()
        self.library, self._captures = _project(self.folder)
        self._read: dict[str, SourceText | Malformed | NotCaptured] = {}
        self._recent: dict[str, SourceText] = {}

    def get(self, source: str) -> SourceText:
        """Return the text of a source, by its key or by the path of a document. Raises Malformed and NotCaptured."""
        if source not in self._read:
            try:
                self._read[source] = self._get(source)
            except (Malformed, NotCaptured) as error:
                self._read[source] = error
        text = self._read[source]
        if isinstance(text, Exception):
            raise text
        return text

    def given(self, text: str) -> SourceText:
        """Return the text of a request."""
        if text not in self._recent:
            while len(self._recent) >= RECENT:
                del self._recent[next(iter(self._recent))]
            self._recent[text] = SourceText("the text", _capture("", text, ()))
        return self._recent[text]

    def captured(self, keys: Iterable[str] = ()) -> list[SourceText]:
        """Return the captures of the project's sources, or of the given keys, by key; damaged ones are left out."""
        texts = []
        for key in sorted(keys or self._sources()):
            capture = self._captures.get(key) if self._captures else None
            if isinstance(capture, Capture):
                texts.append(SourceText(key, capture, self._sources().get(key)))
        return texts

    def _sources(self) -> dict[str, Source]:
        return dict(self.library.sources) if self.library else {}

    def _get(self, source: str) -> SourceText:
        """Return the text of a source of the project, or of a file. Raises Malformed if it is both or neither."""
        capture = self._captures.get(source) if self._captures else None
        is_key = capture is not None or source in self._sources()
        path = _path(self.folder, source)
        if is_key and path is not None:
            raise Malformed(f"'{source}' is a key and a file; write ./{source} for the file")
        if is_key:
            return self._keyed(source, capture)
        if path is None:
            hint = did_you_mean(source, self._sources()) if self._sources() else ""
            raise Malformed(f"'{source}' is neither a source of the project nor a file; {hint}".rstrip("; "))
        return SourceText(source, read_document(path, source))

    def _keyed(self, key: str, capture: Capture | Damage | None) -> SourceText:
        if capture is None:
            raise NotCaptured(f"there is no capture of '{key}' here")
        if isinstance(capture, Damage):
            raise Malformed(f"the capture of '{key}' is not used: {capture.reason}")
        return SourceText(key, capture, self._sources().get(key))


def read_document(path: Path, name: str) -> Capture:
    """Read a document, or the documents of a folder, as `brief capture` does. Raises Malformed."""
    try:
        _check_regular(path)
        read = [read_sandboxed(file, data) for file, data in documents_in(path)]
    except CannotCapture as refused:
        raise Malformed(f"'{name}' cannot be read: {refused.message}") from None
    except (OSError, ValueError) as error:
        raise Malformed(f"'{name}' cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if not read:
        raise Malformed(f"'{name}' cannot be read: the folder contains no document")
    text = join_texts([one.text for one in read])
    second = join_texts([one.second or one.text for one in read]) if any(one.second for one in read) else ""
    if len(text) > MAX_CHARACTERS:
        raise Malformed(f"'{name}' has more than {MAX_CHARACTERS:,} characters")
    return _capture(name, text, tuple(label for one in read for label in one.pages), second)


def _capture(name: str, text: str, pages: tuple[str, ...], second: str = "") -> Capture:
    today = datetime.date.today().isoformat()
    return Capture(name, text, digest(text.encode("utf-8", "surrogatepass")), today, (), pages, (), second)


def _check_regular(path: Path) -> None:
    """Raise OSError for a pipe or a device, which may never end."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError("it is neither a file nor a folder")


def _path(folder: Path, source: str) -> Path | None:
    """Return the path that a source names; None if nothing is there."""
    try:
        path = folder / source
        path.stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise Malformed(f"'{source[:60]}' cannot be read: {error.strerror}") from None
    return path


def _project(folder: Path) -> tuple[Library | None, Captures | None]:
    """Return the library and the captures of the project around a folder, if there is one."""
    try:
        project: Project = find_project(folder)
    except NoProject:
        return None, None
    return load_library(project.open)[0], Captures(project.open)
