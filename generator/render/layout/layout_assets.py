"""What the layout engine may load: packaged fonts and the given assets, nothing else.

WeasyPrint uses every font that fontconfig finds, by the machine's rules, so a brief would look different on another machine, and
its bytes would differ. So the engine gets a configuration that starts empty.

It opens no file of this machine and no network address.

In such a font glyphs have their own names (CIDs, Adobe Technical Note 5176). A PDF names glyphs by their CIDs, and WeasyPrint 70
writes their indices instead, which is right for TrueType outlines only. So the embedded font gets CIDs that are its indices.
"""

from __future__ import annotations

import atexit
import io
import mimetypes
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pydyf
from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from generator.render.fonts import (
    SCHEME,
    FontFile,
    coverage,
    fallbacks,
    families,
    font_bytes,
    font_face_css,
    script_files,
)


@cache
def font_config() -> Any:
    """Return the only `FontConfiguration` of this process, with these fonts and none of the system's.

    A new one for each document would leak the memory of its fonts.
    """
    config = empty_configuration()
    atexit.register(_discard, config)
    _load(config, (*families(), *fallbacks()))
    return config


_LOADED: set[str] = set()
"""Codes of the scripts whose fonts are in the configuration."""


def load_scripts(codes: Iterable[str]) -> None:
    """Add the installed fonts of these scripts to the configuration. They are large, and few pages need them.

    Fonts that were added before do not change a page, because each run names its family.
    """
    for code in sorted(set(codes) - _LOADED):
        _load(font_config(), [file for file in script_files(code) if file not in families()])
        _LOADED.add(code)


def _load(config: Any, files: Iterable[FontFile]) -> None:
    CSS(string=font_face_css(SCHEME, files), font_config=config, url_fetcher=Fetcher({}))


def _discard(config: Any) -> None:
    """Remove the configuration's copies of fonts."""
    if config._folder is not None:
        shutil.rmtree(config._folder, ignore_errors=True)


class KeptConfiguration(FontConfiguration):  # type: ignore[misc]
    """A configuration for the whole process. `_discard` removes its folder of fonts before the interpreter ends."""

    def __del__(self) -> None:
        pass


def empty_configuration() -> Any:
    """A `FontConfiguration` without the fonts and rules of this machine.

    fontconfig reads its configuration from the file that an environment variable names, at the moment when the object
    is made; so the variable is set for that moment only.
    """
    with tempfile.TemporaryDirectory(prefix="brief-fonts-") as folder:
        rules = Path(folder, "fonts.conf")
        rules.write_text(f"<fontconfig><cachedir>{folder}</cachedir></fontconfig>", encoding="utf-8")
        with _environment("FONTCONFIG_FILE", str(rules)):
            return KeptConfiguration()


@contextmanager
def dated(moment: datetime) -> Iterator[None]:
    """Set the date of fonts that fontTools writes (variable ones); otherwise they would have the current time."""
    with _environment("SOURCE_DATE_EPOCH", str(int(moment.timestamp()))):
        yield


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    """Set one variable of the environment while the block runs."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def warm() -> None:
    """Load the layout engine, the fonts and their coverage before the first layout."""
    font_config()
    coverage()


ASSETS = "https://assets.invalid/"
"""The base address of a page: `<img src="chart.png">` asks for `https://assets.invalid/chart.png`.

Relative addresses are only joined to schemes that Python knows; the domain is one that never exists (RFC 2606)."""

_TYPES = mimetypes.MimeTypes()
"""Python's own types, because those of the machine differ between machines."""


class RefusedError(ValueError):
    """A page asked for a file that is not among its assets."""


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves `assets` by their names and fonts by their file names; refuses everything else.

    WeasyPrint asks only a subclass of `URLFetcher` for every resource. The base class's way of opening addresses
    is never used, because both of its methods are overridden here.
    """

    def __init__(self, assets: Mapping[str, bytes], types: Mapping[str, str] | None = None) -> None:
        super().__init__(allowed_protocols=())
        self._assets = dict(assets)
        self._types = dict(types or {})

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return the response for `url`. Raises RefusedError, which WeasyPrint logs."""
        if url.startswith(SCHEME):
            return self._font(url)
        name = unquote(url.removeprefix(ASSETS))
        if not url.startswith(ASSETS) or name not in self._assets:
            raise RefusedError("it is not among the page's assets")
        kind = self._types.get(name) or _TYPES.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})

    def open(self, url: object, data: object = None, timeout: object = None) -> URLFetcherResponse:
        return self.fetch(getattr(url, "full_url", str(url)))

    def _font(self, url: str) -> URLFetcherResponse:
        try:
            return URLFetcherResponse(url, font_bytes(unquote(url.removeprefix(SCHEME))), {"Content-Type": "font/ttf"})
        except KeyError:
            raise RefusedError("no font package has this file") from None


def straighten_fonts(objects: Iterable[Any]) -> None:
    """Change the embedded OpenType fonts among the objects of a PDF, before they are written."""
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/OpenType":
            item.stream = [with_own_indices(b"".join(item.stream))]


def with_own_indices(font: bytes) -> bytes:
    """Return the font with the indices of its glyphs as CIDs; a font without CIDs does not change."""
    from fontTools.ttLib import TTFont

    opened = TTFont(io.BytesIO(font), recalcTimestamp=False, recalcBBoxes=False)
    top = opened["CFF "].cff.topDictIndex[0] if "CFF " in opened else None
    if top is None or not hasattr(top, "ROS"):
        return font
    names = [".notdef", *(f"cid{index:05d}" for index in range(1, len(top.charset)))]
    strings = top.CharStrings
    strings.charStrings = {names[index]: index for index in strings.charStrings.values()}
    top.charset = names
    opened.setGlyphOrder(names)
    written = io.BytesIO()
    opened.save(written)
    return written.getvalue()
