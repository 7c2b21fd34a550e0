"""Fills the pictures of a brief from files, in a limited child process, because pictures are untrusted."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from generator.engine.processes.calls import GivenUp, sandboxed
from generator.engine.processes.worker import Limits
from generator.model import Brief, HouseStyle, Library, PictureFile, Text
from generator.problems import Code, Problem, Severity
from generator.project import FOLDER, HOUSE, Opener, file_beside
from generator.read.raster_pictures import BadPicture, ReadPicture, read_raster
from generator.read.svg_pictures import read_svg
from generator.system.regular_files import reason_of

PICTURE_FILE = Code("picture-file", Severity.ERROR)
PICTURE_UNSAFE = Code("picture-unsafe", Severity.ERROR)
PICTURE_TOO_LARGE = Code("picture-too-large", Severity.ERROR)
PICTURE_PRIVATE = Code("picture-private", Severity.WARNING)

MAX_BYTES = 8 << 20
ENDINGS = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".webp": "webp", ".svg": "svg"}
_LIMITS = Limits(cpu_seconds=30, wall_seconds=60.0, memory_bytes=1 << 30)


def with_pictures(brief: Brief, opener: Opener) -> tuple[Brief, tuple[Problem, ...]]:
    """Return the brief with its pictures filled, and their problems. `opener` returns a file's bytes or raises OSError."""
    if not brief.pictures and not any(person.picture for person in brief.authors):
        return brief, ()
    problems: list[Problem] = []

    def image(name: Text) -> PictureFile | None:
        read, picture_problems = read_picture(name, brief.file, opener)
        problems.extend(picture_problems)
        return read

    pictures = tuple(replace(one, image=image(one.file)) for one in brief.pictures)
    authors = tuple(replace(one, image=image(one.picture)) if one.picture else one for one in brief.authors)
    return replace(brief, pictures=pictures, authors=authors), tuple(problems)


def with_logo(library: Library, opener: Opener) -> tuple[Library, tuple[Problem, ...]]:
    """Return the library with the logo of its house style filled, and its problems."""
    logo = library.house.logo
    if logo is None:
        return library, ()
    image, problems = read_picture(logo.file, HOUSE, opener)
    return replace(library, house=replace(library.house, logo=replace(logo, image=image))), tuple(problems)


def picture_files(brief: Brief, house: HouseStyle) -> tuple[str, ...]:
    """Return the paths of all pictures that a brief prints, in the project."""
    named = [(picture.file, brief.file) for picture in brief.pictures]
    named += [(person.picture, brief.file) for person in brief.authors if person.picture]
    named += [(house.logo.file, HOUSE)] if house.logo else []
    return tuple(dict.fromkeys(file for name, beside in named if (file := file_beside(name.value, beside, ENDINGS))))


def read_picture(name: Text, beside: str, opener: Opener) -> tuple[PictureFile | None, Sequence[Problem]]:
    """Return the picture named in the file `beside` in its published form, or its problems."""
    if not name:
        return None, ()
    file = file_beside(name.value, beside, ENDINGS)
    if not file:
        hint = f"name a .png, .jpg, .webp or .svg file in {FOLDER}/, such as pictures/harbour.jpg"
        return None, [PICTURE_FILE.at(name.place, f"“{name}” is not a file that a picture can be read from", hint)]
    try:
        data = opener(file)
    except OSError as error:
        hint = f"the path is relative to {beside}"
        return None, [PICTURE_FILE.at(name.place, f"cannot open {file}: {reason_of(error)}", hint)]
    if len(data) > MAX_BYTES:
        message = f"{file} has more than {MAX_BYTES:,} bytes"
        return None, [
            PICTURE_TOO_LARGE.at(name.place, message, "save a smaller version: pages print at most 2,000 pixels")
        ]
    return _read(name, file, data)


def _read(name: Text, file: str, data: bytes) -> tuple[PictureFile | None, Sequence[Problem]]:
    """Return the picture in these bytes, and problems of its kind, name and metadata."""
    ending = ENDINGS[posixpath.splitext(file)[1].lower()]
    try:
        read = _decoded(data, ending == "svg")
    except GivenUp:
        return None, [PICTURE_UNSAFE.at(name.place, f"{file} could not be read within the limits", "save it again")]
    except BadPicture as fault:
        code = PICTURE_UNSAFE if fault.unsafe else PICTURE_TOO_LARGE if fault.large else PICTURE_FILE
        return None, [code.at(name.place, f"{file}: {fault.message}", fault.hint)]
    problems: list[Problem] = []
    if read.written != ending:
        hint = f"rename it to .{read.written}" if read.written != "jpeg" else "rename it to .jpg"
        problems.append(
            PICTURE_FILE.at(name.place, f"{file} is a {read.written.upper()} file, but its name says otherwise", hint)
        )
    if read.private:
        problems.append(
            PICTURE_PRIVATE.at(
                name.place, f"{file} says where it was taken", "save it without location, or without any metadata"
            )
        )
    problems += _undrawn(name, file, read.words)
    digest = hashlib.sha256(data).hexdigest()
    return PictureFile(read.kind, read.width, read.height, read.data, digest), problems


@lru_cache(maxsize=16)
def _decoded(data: bytes, vector: bool) -> ReadPicture:
    """Read a file once for all callers in this process."""
    return sandboxed("the picture", read_svg if vector else read_raster, data, limits=_LIMITS, raises=BadPicture)


def _undrawn(name: Text, file: str, words: str) -> list[Problem]:
    """Return a problem for text in an SVG file that the fonts of the page cannot draw."""
    from generator.render.fonts import uncovered

    missing = uncovered(words) if words and not words.isascii() else []
    if not missing:
        return []
    message = f"{file}: its text has “{''.join(missing[:8])}”, which the fonts of the page do not have"
    return [PICTURE_FILE.at(name.place, message, "convert its text to paths")]
