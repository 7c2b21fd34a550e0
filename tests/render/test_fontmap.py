"""The layout engine's fonts: made without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.render.layout import layout_assets

if TYPE_CHECKING:
    import pytest


def test_making_the_configuration_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf")
    layout_assets.empty_configuration()
    assert os.environ["FONTCONFIG_FILE"] == "/nowhere/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    layout_assets.empty_configuration()
    assert "FONTCONFIG_FILE" not in os.environ


def test_the_copies_of_the_fonts_are_removed_at_the_end(tmp_path: Path) -> None:
    program = "from generator.render.layout.layout_assets import font_config; print(font_config()._folder)"
    ran = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(Path.cwd())},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.startswith(str(tmp_path))
    assert ran.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_what_is_dated_is_dated_and_the_environment_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    with layout_assets.dated(datetime(2025, 2, 14, tzinfo=UTC)):
        assert os.environ["SOURCE_DATE_EPOCH"] == "1739491200"
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"
