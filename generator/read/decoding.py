"""The bytes of a file -> its text, or the reason why it is none: another encoding, or another kind of file."""

from __future__ import annotations

import re

from generator.problems import Code, Location, Problem, Severity

NOT_UTF8 = Code("not-utf8", Severity.ERROR)
OTHER_KIND = Code("other-kind-of-file", Severity.ERROR)
CODES = (NOT_UTF8, OTHER_KIND)

_IMPORT = "`brief import FILE` makes sources of it"
_CAPTURE = "write the content as YAML text; `brief capture` keeps documents as evidence"
_KINDS = (
    (re.compile(rb"PK\x03\x04"), "a ZIP archive, such as a Word or Excel file", _CAPTURE),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an old Word or Excel file", _CAPTURE),
    (re.compile(rb"%PDF-"), "a PDF", _CAPTURE),
    (re.compile(rb"\{\\rtf"), "a Rich Text file", _CAPTURE),
    (re.compile(rb"(?i)\s*<(?:!doctype html|html|\?xml)"), "a web page or XML", _CAPTURE),
    (re.compile(rb"(?:\s|%[^\n]*\n)*@[A-Za-z]+\s*\{"), "a BibTeX bibliography", _IMPORT),
    (re.compile(rb"\s*TY  - "), "an RIS bibliography", _IMPORT),
    (
        re.compile(rb"version https://git-lfs"),
        "a pointer of Git LFS, without the content",
        "fetch it with `git lfs pull`",
    ),
)
_LONE_RETURN = re.compile(r"\r(?!\n)")
"""The line end of old Macs."""
_MARK = b"\xef\xbb\xbf"
"""The byte order mark of UTF-8, which some programs write."""


def decode(data: bytes, file: str) -> str | Problem:
    """Return the text without a byte order mark, its lines ending in LF or CR LF; or the problem that it is none."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (b"\0" in data[:4] and not data.startswith(b"PK")):
        hint = "save the file as UTF-8, not as “Unicode” or “Unicode text”"
        return NOT_UTF8.at(Location(file), "the file is UTF-16 or UTF-32 text", hint)
    begin = data[:1000].removeprefix(_MARK)
    for pattern, what, hint in _KINDS:
        if pattern.match(begin):
            return OTHER_KIND.at(Location(file), f"this is not YAML but {what}", hint)
    try:
        return _LONE_RETURN.sub("\n", data.removeprefix(_MARK).decode("utf-8"))
    except UnicodeDecodeError as error:
        return _other_encoding(data, error.start, file)


def _other_encoding(data: bytes, at: int, file: str) -> Problem:
    before = data[:at].removeprefix(_MARK).decode("utf-8", "replace")
    place = Location(file, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    byte = data[at : at + 1]
    letter = byte.decode("windows-1252", "ignore")
    meant = f"; in Windows-1252 it is {letter}" if letter.isprintable() and letter else ""
    return NOT_UTF8.at(place, f"byte 0x{byte.hex()} is not UTF-8{meant}", "save the file as UTF-8")
