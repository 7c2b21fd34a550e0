"""Which fonts pages get, and that none of the machine's is among them."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from pathlib import Path

import fontpkg
import pytest

from generator.render import fonts


def test_both_families_come_as_static_files_in_the_weights_that_pages_use() -> None:
    found = {(file.family, file.weight, file.style) for file in fonts.families()}
    for family in ("IBM Plex Serif", "IBM Plex Sans Condensed"):
        for weight in (400, 600, 700):
            assert (family, weight, "normal") in found
            assert (family, weight, "italic") in found
    assert all(file.path.suffix == ".ttf" and file.path.is_file() for file in fonts.families())


def test_font_faces_name_the_files_below_the_given_base() -> None:
    css = fonts.font_face_css("assets/fonts/")
    assert 'url("assets/fonts/IBMPlexSerif-Italic.ttf") format("truetype")' in css
    assert css.count("@font-face") == len(fonts.families())
    assert str(fonts.families()[0].path.parent) not in css


def test_a_missing_package_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> fontpkg.Family:
        raise fontpkg.FamilyNotInstalled(name)

    monkeypatch.setattr(fontpkg, "family", missing)
    with pytest.raises(fonts.FontsMissingError, match="pip install fontpkg-ibm-plex-serif"):
        fonts.families.__wrapped__()


def test_a_package_without_the_needed_styles_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    family = fontpkg.family("IBM Plex Serif")
    bare = fontpkg.Family(family.name, family.slug, family.version, family.license, family.files[:1])
    monkeypatch.setattr(fontpkg, "family", lambda name: bare)
    with pytest.raises(fonts.FontsMissingError, match="lacks regular, italic or bold"):
        fonts.families.__wrapped__()


def test_what_no_font_can_draw_is_named_and_what_needs_no_glyph_is_not() -> None:
    assert fonts.uncovered("naïve “quote” – 5 €, soft\N{SOFT HYPHEN}hyphen, join\N{ZERO WIDTH JOINER}er\n\t") == []
    assert fonts.uncovered("♥ and 日 and ♥") == ["♥", "日"]


def test_the_content_of_a_font_is_found_by_its_name_alone() -> None:
    assert fonts.font_bytes("IBMPlexSerif-Regular.ttf")[:4] == b"\0\1\0\0"
    with pytest.raises(KeyError):
        fonts.font_bytes("../../etc/passwd")


def test_making_the_configuration_leaves_the_environment_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf")
    fonts._empty_configuration()
    assert os.environ["FONTCONFIG_FILE"] == "/nowhere/fonts.conf"
    monkeypatch.delenv("FONTCONFIG_FILE")
    fonts._empty_configuration()
    assert "FONTCONFIG_FILE" not in os.environ


def test_a_forked_child_that_ends_leaves_its_parents_fonts_alone() -> None:
    config = fonts.font_config()
    child = os.fork()
    if child == 0:
        del config
        atexit._run_exitfuncs()
        os._exit(0)
    os.waitpid(child, 0)
    assert any(config._folder.iterdir())


def test_the_copies_of_the_fonts_are_removed_at_the_end(tmp_path: Path) -> None:
    program = "from generator.render.fonts import font_config; print(font_config()._folder)"
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
