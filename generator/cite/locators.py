"""How a place inside a source is handed to pandoc, so that its label prints rightly in every style and language.

Pandoc recognises a label by the words of the style's own locale ("p.", "S.", "стр.") and knows only
some of CSL's labels.
So each of those gets one more word, the same in all languages, that no style prints; the rest is handed over as
a value with its abbreviation in it, which styles print where they print a page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Locator

KNOWN_TO_PANDOC = (
    "book", "chapter", "column", "figure", "folio", "issue", "line", "note", "opus", "page", "paragraph", "part",
    "section", "sub-verbo", "verse", "volume",
)  # fmt: skip
"""CSL labels that pandoc 3.9 understands."""

ABBREVIATIONS = {
    "en": {
        "act": "act", "appendix": "app.", "article-locator": "art.", "canon": "can.", "elocation": "loc.",
        "equation": "eq.", "rule": "r.", "scene": "sc.", "slide": "slide", "supplement": "supp.", "table": "table",
        "timestamp": "", "title-locator": "tit.", "version": "v.",
    },
    "de": {
        "act": "Akt", "appendix": "Anh.", "article-locator": "Art.", "canon": "Kan.", "elocation": "Pos.",
        "equation": "Gl.", "rule": "Regel", "scene": "Szene", "slide": "Folie", "supplement": "Beil.",
        "table": "Tab.", "timestamp": "", "title-locator": "Tit.", "version": "Version",
    },
    "fr": {
        "act": "acte", "appendix": "ann.", "article-locator": "art.", "canon": "can.", "elocation": "empl.",
        "equation": "éq.", "rule": "règle", "scene": "sc.", "slide": "diapo.", "supplement": "suppl.",
        "table": "tabl.", "timestamp": "", "title-locator": "tit.", "version": "version",
    },
    "es": {
        "act": "acto", "appendix": "ap.", "article-locator": "art.", "canon": "can.", "elocation": "pos.",
        "equation": "ec.", "rule": "regla", "scene": "esc.", "slide": "diap.", "supplement": "supl.",
        "table": "tabla", "timestamp": "", "title-locator": "tít.", "version": "versión",
    },
}  # fmt: skip
"""What is printed for the labels that pandoc does not know, by language. A time stamp has no label."""

_SIGNS = {"¶": "paragraph", "¶¶": "paragraph", "§": "section", "§§": "section", "article": "article-locator"}
_MARK = "brief-locator-"


def handed_over(locator: Locator | None, language: str) -> str:
    """Give what stands between pandoc's braces: `brief-locator-page 3`, `art. 5`, or nothing."""
    if locator is None:
        return ""
    value = locator.value.replace("{", "").replace("}", "").strip()
    label = _SIGNS.get(locator.label, locator.label)
    if label in KNOWN_TO_PANDOC:
        return f"{_MARK}{label} {value}"
    spelled = ABBREVIATIONS.get(language[:2], ABBREVIATIONS["en"])
    return f"{spelled.get(label, label)} {value}".strip()


def taught(csl: str) -> str:
    """Give the style with one more word for each label that pandoc knows.

    CSL lets a term have several forms; styles print a locator's long, short or symbol form, never its verb form.
    """
    terms = "".join(f'<term name="{label}" form="verb-short">{_MARK}{label}</term>' for label in KNOWN_TO_PANDOC)
    start = csl.find("</info>")
    if start < 0:
        return csl
    end = start + len("</info>")
    return f"{csl[:end]}<locale><terms>{terms}</terms></locale>{csl[end:]}"
