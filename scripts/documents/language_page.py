"""Writes `docs/languages.md`: what is known of which language, and the English labels to translate.

`python -m scripts.documents.language_page > docs/languages.md`; `make docs` does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.languages import all_languages, own_labels


class Section(NamedTuple):
    """What one section of a language's file is for."""

    names: tuple[str, ...]
    brings: str
    unknown: str


SECTIONS = (
    Section(
        ("labels",),
        "headings, notes and other words of the page, and those of the site",
        "`labels-missing`; write them yourself, see below",
    ),
    Section(("secondary",), "“quoted in”, “reported in”", "English"),
    Section(("locators",), "“p.”, “para.” in citations", "English"),
    Section(("negations",), "omissions and additions in quotations are judged", "none of them is verified"),
    Section(("stand_ins",), "replaced pronouns in quotations are judged", "no replacement is verified"),
    Section(("wording",), "loaded verbs, vague attributions, mixed certainty in your own prose", "not checked"),
    Section(
        ("reporting",),
        "verbs of saying, which show who speaks in a source",
        "the speaker's name must be near the words",
    ),
    Section(
        ("names", "transcripts"), "titles, labels of transcripts, lists of names", "those of other languages count"
    ),
    Section(("abbreviations",), "full stops that end no sentence", "those of other languages count"),
    Section(("function_words",), "passages under `support` that support nothing", "every word counts as content"),
    Section(
        ("amounts",), "“million”, “about”, “per cent”, besides what CLDR has", "CLDR's words; others are `bad-amount`"
    ),
    Section(("numbering",), "months, “table 3”: numbers that are no amounts", "the number is taken for an amount"),
    Section(("alphabet",), "letters that sort as letters of their own", "they sort as their base letters"),
    Section(
        ("searching",), "endings and articles that a search leaves off words", "a word finds those it is a part of"
    ),
)

HEAD = """# Languages

What the program knows of a language is one file, `generator/languages/<tag>.yaml`. What a file does not say is unknown, and never
guessed: the third column says what happens then. Dates, numbers, names of currencies and units, and quotation marks come from CLDR, number
words from ICU, for every language that they know. This page is made by `make docs`.

Whatever may stand in a source counts in every brief: verbs of saying, titles, months, qualifiers of amounts. Negations, stand-ins,
scales and the checks of wording count in the language of the text alone.

| section | brings | where it is unknown | known for |
|---|---|---|---|
"""

LABELS = """
## Labels of your own

`templates/labels/<language>.yaml` in a project, or `labels/` in a preset's folder, replaces the page's own words one by one, or gives
them in a language that the program does not have. A region borrows from its language (`de-AT` from `de`). Words in braces are filled
by the program and have to stay: `"Question {n}"`. Only names can stand in braces; another place, or a missing one, is the problem
`label-places`. A label for one (`..._one`) may leave out `{n}`. A language with more forms of the plural adds them: `..._two`,
`..._few`, `..._many`. Only the site needs the labels whose names begin with `site_`, in the language of the house style. The English
words:

"""


def page() -> str:
    """The whole page as Markdown."""
    return HEAD + "".join(_rows()) + LABELS + "```yaml\n" + "".join(_labels()) + "```\n"


def _rows() -> Iterator[str]:
    for section in SECTIONS:
        names = ", ".join(f"`{name.replace('_', '-')}`" for name in section.names)
        known = [one.name for one in all_languages() if any(getattr(one, name) is not None for name in section.names)]
        yield f"| {names} | {section.brings} | {section.unknown} | {', '.join(sorted(known))} |\n"


def _labels() -> Iterator[str]:
    for name, words in own_labels("en").items():
        yield yaml.safe_dump({name: words}, allow_unicode=True, width=10_000)


if __name__ == "__main__":
    print(page(), end="")
