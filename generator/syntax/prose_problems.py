"""Codes of problems in prose."""

from __future__ import annotations

from generator.problems import Code, Severity

UNSAFE_LINK = Code("unsafe-link", Severity.ERROR)
HEADING_IN_PROSE = Code("heading-in-prose", Severity.ERROR)
HTML_IN_PROSE = Code("html-in-prose", Severity.WARNING)
IMAGE_IN_PROSE = Code("image-in-prose", Severity.ERROR)
BAD_FACT_REFERENCE = Code("bad-fact-reference", Severity.ERROR)
FOREIGN_MARKUP = Code("foreign-markup", Severity.ERROR)
SCARE_SENTENCE = Code("scare-sentence", Severity.ERROR)
CODES = (
    SCARE_SENTENCE,
    BAD_FACT_REFERENCE,
    FOREIGN_MARKUP,
    UNSAFE_LINK,
    HEADING_IN_PROSE,
    HTML_IN_PROSE,
    IMAGE_IN_PROSE,
)
