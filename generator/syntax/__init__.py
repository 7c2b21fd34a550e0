"""Parses strings of fact files. The only importer of markdown-it."""

from generator.syntax.citations import CODES as _CITATIONS
from generator.syntax.lines import CODES as _LINES
from generator.syntax.lost_words import CODES as _LOST
from generator.syntax.markdown_marks import CODES as _MARKS
from generator.syntax.prose_problems import CODES as _PROSE

CODES = (*_CITATIONS, *_LINES, *_LOST, *_MARKS, *_PROSE)
