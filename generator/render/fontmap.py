"""Font configuration of the layout engine: packaged fonts only.

WeasyPrint uses every font that fontconfig finds, by the machine's rules, so a brief would look different on another machine, and
its bytes would differ. So the engine gets a configuration that starts empty.
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
