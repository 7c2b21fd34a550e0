"""Writes `docs/languages.md`: what the program knows about each language, and the English labels.

`make docs` runs `python -m scripts.documents.language_page > docs/languages.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from generator.languages import all_languages, own_labels


class Section(NamedTuple):
    """The purpose of one section of a language file."""

    names: tuple[str, ...]
    brings: str
    unknown: str


SECTIONS = (
    Section(
        ("labels",),
        "headings and other fixed words of pages and site",
        "the problem `labels-missing`; you can write them, see below",
    ),
    Section(("secondary",), "“quoted in”, “reported in”", "English"),
    Section(("locators",), "“p.”, “para.” in citations", "English"),
    Section(("negations",), "judging omissions and additions in quotations", "none of them is verified"),
    Section(
        ("conditions",),
        "words such as *if* that begin a condition which a quotation leaves out",
        "`condition-cut` is not reported",
    ),
    Section(
        ("clause_openers",),
        "words such as *believe* behind which *that* may be left out, for main clauses that take a quotation back",
        "only the two words next to the quotation count",
    ),
    Section(
        ("inversions",),
        "verbs that begin a condition at the beginning of a sentence: *Were it lower, …*",
        "such a condition is not reported",
    ),
    Section(
        ("affirming",),
        "words before *that* that affirm what follows although they have a negation: *no doubt*",
        "they count as a negation",
    ),
    Section(
        ("truths",),
        "words that judge a statement, such as *true*, for remarks behind a quotation",
        "only negations and reversals are recognised there",
    ),
    Section(("reversals",), "words such as *failed to* that an ellipsis leaves out", "only negations are searched for"),
    Section(("stand_ins",), "judging replaced pronouns in quotations", "no replacement is verified"),
    Section(("wording",), "loaded verbs, vague attributions and mixed certainty in your text", "not checked"),
    Section(
        ("reporting",),
        "verbs of saying, which show who speaks in a source",
        "the speaker's name must be near the words",
    ),
    Section(
        ("names", "transcripts"), "titles, labels of transcripts, lists of names", "other languages' words are used"
    ),
    Section(("abbreviations",), "full stops that do not end a sentence", "other languages' words are used"),
    Section(
        ("common_words",),
        "warning about texts in another language (`other-language`), in addition to `function-words` and `stand-ins`",
        "texts in it are not recognised; with none of the three, no text in it is judged",
    ),
    Section(("function_words",), "finding passages under `support` without content", "every word counts as content"),
    Section(
        ("amounts",), "“million”, “about”, “per cent”, in addition to CLDR", "CLDR's words; others are `bad-amount`"
    ),
    Section(("numbering",), "months, “table 3”: numbers that are not amounts", "the number is read as an amount"),
    Section(("alphabet",), "letters that have their own place in the alphabet", "they sort as their base letters"),
    Section(
        ("searching",), "endings and articles that a search leaves off words", "a word finds those it is a part of"
    ),
)

HEAD = """# Languages

What the program knows about a language is in one file, `generator/languages/<tag>.yaml`. The program does not guess what is missing; the
third column says what happens instead. Dates, numbers, names of currencies and units, and quotation marks come from CLDR, and number
words from ICU, for every language that they have. `make docs` writes this page.

Verbs of saying, titles, months and qualifiers of amounts of all languages are used for every source, because a source may be in any
language. Negations, stand-ins (pronouns and articles), scales and wording are used only for texts in their own language.

| section | used for | if it is missing | available for |
|---|---|---|---|
"""

LABELS = """
## Labels of your own

*Labels* are the headings and other fixed words of a page. `templates/labels/<language>.yaml` in a project, or `labels/` in a preset's
folder, replaces single labels, or has all labels of another language. A region uses the labels of its language (`de-AT` those of `de`).
The program replaces words in braces, so keep them: `"Question {n}"`. Only these names may be in braces; an unknown or missing name is the
problem `label-places`. A label for one (`..._one`) may leave out `{n}`. A language with more plural forms adds labels: `..._two`,
`..._few`, `..._many`. `comma`, `colon`, `semicolon` and `stop` (the full stop) are printed between parts of a line, with their
spaces; without them, these are `, `, `: `, `; ` and `. `. `list_comma` is printed between the items of a list if that is not the
comma, `space` between sentences and before a bracket; `bracket_open` and `bracket_close` are the brackets. The labels whose names begin
with `site_` are only for the site, in the language of the house style. The English labels are:

"""


def page() -> str:
    """Return the whole page as Markdown."""
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
