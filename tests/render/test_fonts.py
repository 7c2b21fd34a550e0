"""Which fonts pages get, and that none of the machine's is among them."""

from __future__ import annotations

import hashlib
import re
from io import BytesIO

import fontpkg
import pytest
from fontTools.ttLib import TTFont

from generator.render import fonts, web_fonts
from generator.render.scripts import SCRIPTS


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
    assert fonts.uncovered("ሀ and 日", ["Jpan"]) == ["ሀ"]


def test_the_content_of_a_font_is_found_by_its_name_alone() -> None:
    assert fonts.font_bytes("IBMPlexSerif-Regular.ttf")[:4] == b"\0\1\0\0"
    with pytest.raises(KeyError):
        fonts.font_bytes("../../etc/passwd")


def test_fallbacks_are_named_only_where_a_text_needs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Family:
        version = "9.1"

    file = fonts.FontFile("Noto Sans", 400, "normal", fonts.families()[0].path)
    monkeypatch.setattr(fonts, "fallbacks", lambda: (file,))
    drawn = fonts._drawn
    monkeypatch.setattr(fonts, "_drawn", lambda files: {ord("ሀ")} if files == (file,) else drawn(files))
    monkeypatch.setattr(fontpkg, "families", lambda: {"noto-sans-ethiopic": Family(), "other": Family()})
    assert fonts.font_versions("plain words – and “marks”", []) == {}
    assert fonts.font_versions("words, and ሀ", []) == {"fontpkg-noto-sans-ethiopic": "9.1"}
    assert fonts.font_versions("words", ["Hebr"]).keys() == {"fontpkg-heebo"}


def test_each_script_has_a_static_font_and_of_a_variable_one_the_same_bytes_come_each_time() -> None:
    for script in SCRIPTS:
        files = fonts.script_files(script.code)
        assert {file.weight for file in files} >= ({400, 600} if script.extra != "cjk" else {400}), script.name
    (regular, semibold) = fonts.script_files("Hebr")
    first = semibold.data()
    fonts._instance.cache_clear()
    assert first == semibold.data() != regular.data()
    assert b"fvar" not in first[:400]


def test_a_text_is_drawn_by_slices_and_readers_are_sent_no_megabytes_for_one_script() -> None:
    assert web_fonts.slices("Café – “naïve”") == ("latin",)
    assert web_fonts.slices("Łódź, ≥ 5, Київ, α") == ("cyrl", "extended", "grek", "latin")
    assert web_fonts.slices("مكتب 東京") == ("arab", "latin")


def test_a_slice_is_a_style_sheet_and_the_files_it_names_the_same_bytes_each_time() -> None:
    made = web_fonts.web_fonts("cyrl")
    web_fonts.web_fonts.cache_clear()
    assert web_fonts.web_fonts("cyrl") == made
    css = made.pop("assets/fonts/cyrl.css").decode()
    assert "unicode-range: U+400-52F" in css
    assert {f"assets/fonts/{name}" for name in re.findall(r'url\("([^"]+)"\)', css)} == made.keys()
    for path, data in made.items():
        with TTFont(BytesIO(data)) as font:
            points = set(font.getBestCmap())
        assert (data[:4], path.split(".")[-2]) == (b"wOF2", hashlib.sha256(data).hexdigest()[:8])
        assert ord("Ї") in points
        assert ord("a") not in points


def test_each_family_is_whole_in_its_slices() -> None:
    sent: dict[str, set[int]] = {}
    for name in ("latin", "extended", "cyrl", "grek"):
        for path, data in web_fonts.web_fonts(name).items():
            if "-Regular." in path:
                with TTFont(BytesIO(data)) as font:
                    sent.setdefault(path.partition("-")[0], set()).update(font.getBestCmap())
    for file in fonts.families():
        if file.name in ("IBMPlexSerif-Regular.ttf", "IBMPlexSansCondensed-Regular.ttf"):
            lost = web_fonts.file_points(file) - sent[f"assets/fonts/{file.name.partition('-')[0]}"]
            assert not {chr(point) for point in lost if chr(point).isalnum()}


def test_a_slice_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="klingon"):
        web_fonts.web_fonts("klingon")
