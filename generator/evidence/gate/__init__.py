"""Whether a text holds a quotation word for word, and where: `judge` says so, `find` gives the places."""

from generator.evidence.gate.judging import Judgement, judge
from generator.evidence.gate.search import DISTINCT, SHORT, WINDOW, Place, Transcript, find, missing_fragment

__all__ = ["DISTINCT", "SHORT", "WINDOW", "Judgement", "Place", "Transcript", "find", "judge", "missing_fragment"]
