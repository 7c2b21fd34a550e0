"""Whether a text holds a quotation word for word, and where: `judge` says so, `find` gives the places."""

from generator.evidence.gate.judging import Judgement, find, judge, judged_quotation
from generator.evidence.gate.search import DISTINCT, SHORT, WINDOW, Place, Transcript

__all__ = ["DISTINCT", "SHORT", "WINDOW", "Judgement", "Place", "Transcript", "find", "judge", "judged_quotation"]
