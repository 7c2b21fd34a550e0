"""Verifies and finds quotations outside briefs, for `brief quote` and Python.

    from generator.quote import verify

    for answer in verify([{"quote": "The levy failed badly", "source": "report.pdf"}]):
        print(answer.verdict, answer.page)

`verify` takes the requests of `brief quote verify`, as mappings or as lines of JSON, and yields one `Answer` or `BadRequest` for
each, in the same order. `find` yields the passages that `brief quote find` lists.
"""

from __future__ import annotations

from generator.quote.passage_finder import Passage, find
from generator.quote.quote_judge import verify
from generator.quote.requests import Answer, BadRequest, PlaceFound, Request
from generator.quote.source_texts import SourceTexts

__all__ = ["Answer", "BadRequest", "Passage", "PlaceFound", "Request", "SourceTexts", "find", "verify"]
