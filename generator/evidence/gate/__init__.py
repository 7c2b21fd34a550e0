"""The gate: `judge` decides whether a text contains a quotation word for word, and `find` returns the places."""

from generator.evidence.gate.judging import Judgement, find, judge, judged_quotation
from generator.evidence.gate.search import DISTINCT, SHORT, WINDOW, Place, Transcript

__all__ = ["DISTINCT", "SHORT", "WINDOW", "Judgement", "Place", "Transcript", "find", "judge", "judged_quotation"]
