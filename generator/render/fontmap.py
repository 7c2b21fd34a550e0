"""The fonts as the layout engine sees them: the packaged ones, and none of the machine's.

WeasyPrint draws with every font that fontconfig finds, by the rules that the machine has for them; a brief would look
different on the next machine, and its bytes would differ. So the engine is given a configuration that begins empty.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration

from generator.render.fetching import Fetcher
from generator.render.fonts import SCHEME, FontFile, coverage, fallbacks, families, font_face_css, script_files


@cache
def font_config() -> Any:
    """The one `FontConfiguration` of this process: it holds these fonts and none of the system's.

    One a document would leak the memory of its fonts.
    """
    config = empty_configuration()
    atexit.register(_discard, config)
    _load(config, (*families(), *fallbacks()))
    return config


_LOADED: set[str] = set()
"""Codes of the scripts whose fonts the configuration has."""


def load_scripts(codes: Iterable[str]) -> None:
    """Give the configuration the fonts of these scripts, where they are installed: they are large, and few pages need them.

    A page is drawn the same whatever other fonts were loaded before: each run names the family that draws it.
    """
    for code in sorted(set(codes) - _LOADED):
        _load(font_config(), [file for file in script_files(code) if file not in families()])
        _LOADED.add(code)


def _load(config: Any, files: Iterable[FontFile]) -> None:
    CSS(string=font_face_css(SCHEME, files), font_config=config, url_fetcher=Fetcher({}))


def _discard(config: Any) -> None:
    """Remove the copies of the fonts that the configuration keeps."""
    if config._folder is not None:
        shutil.rmtree(config._folder, ignore_errors=True)


class KeptConfiguration(FontConfiguration):  # type: ignore[misc]
    """Lives as long as the process: `_discard` removes its folder of fonts, while there is still an interpreter to do it."""

    def __del__(self) -> None:
        pass


def empty_configuration() -> Any:
    """A `FontConfiguration` that knows no font and no rule of this machine.

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
    """Let fonts that fontTools has to write (variable ones) bear this date; otherwise they bear that of the clock."""
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
    """Load the layout engine, the fonts and their coverage, so that the first layout need not."""
    font_config()
    coverage()
