"""Kinds of problem with what stands in prose."""

from __future__ import annotations

from generator.problems import Code, Severity

UNSAFE_LINK = Code(
    "unsafe-link",
    Severity.ERROR,
    "a link that must not be published",
    "Links in prose lead to the web (`https:`, `http:`), to an address (`mailto:`) or to a place in the brief (`#id`). "
    "Others can run code in the reader's browser, or name a file that the reader does not have.",
    wrong="summary: See [the report](file:///home/me/report.pdf).",
    right="summary: See [the report](https://example.org/report.pdf).",
)
HEADING_IN_PROSE = Code(
    "heading-in-prose",
    Severity.ERROR,
    "a heading inside prose",
    "The generator makes the headings of a brief, so that its outline is the same for everyone and screen readers can "
    "follow it. A heading inside prose would break that outline. Write it as a sentence, or in **bold**.",
    wrong="summary: |\n  # Background\n\n  Controls began in 2022.",
    right="summary: Controls began in 2022.",
)
HTML_IN_PROSE = Code(
    "html-in-prose",
    Severity.WARNING,
    "HTML inside prose",
    "Prose is Markdown; HTML in it is printed as the characters that it consists of. Use Markdown's own marks.",
    wrong="summary: This is <b>new</b>.",
    right="summary: This is **new**.",
)
IMAGE_IN_PROSE = Code(
    "image-in-prose",
    Severity.ERROR,
    "an image inside prose",
    "Briefs are made of words and tables; images in prose are not supported. Say in words what the image shows, and link "
    "to it.",
    wrong="summary: The fall is steep ![exports since 2022](chart.png).",
    right="summary: The fall is [steep](https://example.org/chart).",
)
BAD_FACT_REFERENCE = Code(
    "bad-fact-reference",
    Severity.ERROR,
    "a reference to a fact that cannot be read",
    "`[#id]` stands for a fact of this brief. An id is one word of letters, digits, `-`, `_` and `.`; anything else in "
    "such brackets would be printed as it is written.",
    wrong="summary: The run was cheap [#training cost].",
    right="summary: The run was cheap [#training-cost].",
)
FOREIGN_MARKUP = Code(
    "foreign-markup",
    Severity.ERROR,
    "markup of another dialect of Markdown",
    "Prose is CommonMark with tables, citations, footnotes (`[^1]`), `10^6^` and `CO~2~`. What other dialects have besides (struck, "
    "inserted or highlighted words, footnotes inside a sentence, formulas, boxes to tick, definitions, attributes) would be printed as "
    "the characters that it consists of. Write it in words; where the characters themselves are meant, put a backslash before the first.",
    wrong="summary: It rose by ~~a third~~ half.",
    right="summary: It rose by half.",
)
SCARE_SENTENCE = Code(
    "scare-sentence",
    Severity.ERROR,
    "a sentence marked as nobody's words",
    "`{.scare}` takes quotation marks out of the check, for a word or a term at a distance: at most five words, and no sentence. "
    "Longer words in quotation marks are somebody's, or would be read so. Cite them, or leave out the marks.",
    wrong='summary: They hold that ["the controls have failed. Nobody doubts it"]{.scare}.',
    right='summary: They speak of ["smart"]{.scare} controls.',
)
CODES = (
    SCARE_SENTENCE,
    BAD_FACT_REFERENCE,
    FOREIGN_MARKUP,
    UNSAFE_LINK,
    HEADING_IN_PROSE,
    HTML_IN_PROSE,
    IMAGE_IN_PROSE,
)
