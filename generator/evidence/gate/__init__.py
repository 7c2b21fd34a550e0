"""The gate: `judge` decides whether a text contains a quotation word for word, and `find` returns the places."""

from generator.evidence.gate.token_search import DISTINCT, SHORT, WINDOW, Place, Transcript
from generator.evidence.gate.verdict import Judgement, find, judge, judged_quotation

__all__ = ["DISTINCT", "SHORT", "WINDOW", "Judgement", "Place", "Transcript", "find", "judge", "judged_quotation"]
