"""The same attacks on manuals that Debian packages hold, in HTML and PDF, read as captures are read.

Nothing of them is kept. The attacks here are those that need no knowledge of a language: letters, words, digits, marks.
"""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript
from tests.adversary import mutants_sense as sense
from tests.adversary import mutants_words, variants
from tests.adversary.campaign import Tally, expect, expect_false
from tests.adversary.corpus import Language, languages, safe_border
from tests.adversary.oracle import stands

REFERENCE, HANDBOOK = Path("/usr/share/debian-reference"), Path("/usr/share/doc/debian-handbook/html")
DEVELOPERS = Path("/usr/share/developers-reference")
REFERENCES = ("de", "fr", "es", "it", "id", "pt-br", "ja", "zh-cn")
HANDBOOKS = ("ar-MA", "ca-ES", "cs-CZ", "de-DE", "el-GR", "es-ES", "fa-IR", "fr-FR", "hr-HR", "id-ID", "it-IT", "ja-JP", "ko-KR", "nb-NO",
             "nl-NL", "pl-PL", "pt-BR", "ro-RO", "ru-RU", "sv-SE", "tr-TR", "vi-VN", "zh-CN", "zh-TW")  # fmt: skip
PAGES = range(30, 42)
"""Pages of a PDF."""
MOST = 40_000
"""Characters of a manual's text."""
QUOTATIONS = 12

MUTATORS = (
    *mutants_words.MUTATORS, sense.digit_changed, sense.digit_dropped, sense.digit_added, sense.number_mark_dropped,
    sense.number_mark_changed, sense.sign_added, sense.number_bracketed, sense.bare_bracket, sense.wrong_original,
    sense.wrong_ending, sense.initial_replaced, sense.bracket_left_open, sense.parts_reversed,
)  # fmt: skip
_MARKS = re.compile(r"[\[\]|*_\u2026\u200b-\u200f\ufffd\ue000-\uf8ff]|\.\.|-\s|-\Z|--")
"""What an editor's mark, or a word broken at the end of a line, may look like."""


@dataclass(frozen=True)
class Manual:
    """One document."""

    tag: str
    name: str
    data: bytes


class Missing(Exception):
    """Manuals that are not installed."""


def manuals() -> Iterator[Manual]:
    """All manuals. Raises Missing, which names the packages."""
    _check_installed()
    for tag in REFERENCES:
        yield Manual(tag, "ch03.html", (REFERENCE / f"ch03.{tag}.html").read_bytes())
        yield Manual(tag, "part.pdf", _pages(REFERENCE / f"debian-reference.{tag}.pdf"))
    for tag in HANDBOOKS:
        sections = sorted((HANDBOOK / tag).glob("sect.*.html"), key=lambda path: (-path.stat().st_size, path.name))
        yield Manual(tag, sections[0].name, sections[0].read_bytes())
    for name in ("pkgs.html", "resources.html"):
        yield Manual("ru", name, (DEVELOPERS / "ru" / name).read_bytes())


def _check_installed() -> None:
    wanted = {f"debian-reference-{tag}": REFERENCE / f"ch03.{tag}.html" for tag in REFERENCES}
    wanted |= {"debian-handbook": HANDBOOK, "developers-reference-ru": DEVELOPERS / "ru"}
    missing = [package for package, path in wanted.items() if not path.exists()]
    if missing:
        raise Missing(f"these Debian packages are missing: {' '.join(missing)}; run scripts/system-packages gate")


def _pages(path: Path) -> bytes:
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(path) as pdf:
        del pdf.pages[PAGES.stop :]
        del pdf.pages[: PAGES.start]
        pdf.save(out, static_id=True)
    return out.getvalue()


# ---------------------------------------------------------------- attacks


def attack(manual: Manual, rng: random.Random, tally: Tally) -> None:
    """Make mutants and variants of quotations that are cut out of a manual."""
    text = extract(manual.name, manual.data).text[:MOST]
    transcript = Transcript(text)
    language = _language(manual.tag)
    true = _stretches(text, language, rng)
    language = replace(language, paragraphs=tuple((stretch,) for stretch in true))
    kind_of = "pdf" if manual.name.endswith(".pdf") else "html"
    for quotation in true:
        expect(quotation, f"{kind_of}_unchanged", language, transcript, tally)
        for mutate in MUTATORS:
            mutant = mutate(quotation, language, rng)
            if mutant != quotation and (mutate.__name__ == "word_cut" or not stands(mutant, text)):
                expect_false(mutant, f"{kind_of}_{mutate.__name__}", language, transcript, tally)
        for vary in variants.TYPOGRAPHIC:
            variant = vary(quotation, language, rng)
            if variant != quotation:
                expect(variant, f"{kind_of}_{vary.__name__}", language, transcript, tally)


def _language(tag: str) -> Language:
    """The language of a tag such as `pt-br` or `nb-NO`, as far as it is known here."""
    forms = {"zh-cn": "zh", "zh-CN": "zh", "zh-tw": "zh-Hant", "zh-TW": "zh-Hant"}
    (found,) = languages((forms.get(tag, re.split("[-_]", tag)[0]),))
    return found


def _stretches(text: str, language: Language, rng: random.Random) -> list[str]:
    """Runs of words within one page, away from its head and foot; in scripts without spaces, sentences."""
    pages = ["\n".join(page.split("\n")[4:-4]) if "\f" in text else page for page in text.split("\f")]
    found: list[str] = []
    for _ in range(QUOTATIONS * 30):
        stretch = (_run if language.spaced else _sentence)(rng.choice(pages), language, rng)
        if stretch and not _MARKS.search(stretch) and stretch not in found:
            found.append(stretch)
        if len(found) == QUOTATIONS:
            break
    return found


def _run(page: str, language: Language, rng: random.Random) -> str:
    pieces = page.split()
    length = rng.randint(6, 18)
    if len(pieces) <= length + 2:
        return ""
    start = rng.randrange(1, len(pieces) - length)
    safe = safe_border(pieces, start, language) and safe_border(pieces, start + length, language)
    return " ".join(pieces[start : start + length]) if safe else ""


def _sentence(page: str, language: Language, rng: random.Random) -> str:
    sentences = re.findall(r"(?<=[。！？])\s*(?=\w)[^。！？\f]{10,90}[。！？]", page)
    sentence = rng.choice(sentences).strip() if sentences else ""
    return re.sub(r"(?<=[\u3000-\u9fff])\n(?=[\u3000-\u9fff])", "", sentence).replace("\n", " ")
