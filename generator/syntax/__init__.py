"""Parses strings of fact files. The only importer of markdown-it."""

from generator.syntax.citations import CODES as _CITATIONS
from generator.syntax.lines import CODES as _LINES
from generator.syntax.markdown_marks import CODES as _FOOTNOTES
from generator.syntax.markdown_marks import CODES as _PLACEMENTS
from generator.syntax.prose_problems import CODES as _PROSE

CODES = (*_CITATIONS, *_FOOTNOTES, *_LINES, *_PLACEMENTS, *_PROSE)
