"""Verifies many quotations and yields one answer per request, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from generator.quote.answers import UNCHECKED, Answer, BadRequest
from generator.quote.quote_judge import judge
from generator.quote.requests import MAX_LINE, Malformed, Request, read_line, read_record
from generator.quote.source_texts import NotCaptured, SourceTexts

Asked = Request | Mapping[str, object] | str | bytes
"""A request: ready, as a mapping of fields, or as a line of JSON."""


def verify(requests: Iterable[Asked], texts: SourceTexts | None = None) -> Iterator[Answer | BadRequest]:
    """Answer each request in turn.

    `requests`: mappings with `quote` and either `source` (a key of the project, or a path) or `text`, and optionally
    `language`, `locator` and `speaker`; or the same as lines of JSON. `texts`: where sources are found; the current
    folder unless given. Raises nothing for what a request or a document holds: that is a `BadRequest`.
    """
    texts = texts or SourceTexts()
    for asked in requests:
        yield _answer(asked, texts)


def lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream that are not blank. Of a line beyond the limit only the beginning is given, for its error."""
    while line := stream.readline(MAX_LINE + 1):
        rest = line
        while not rest.endswith(b"\n") and len(rest) > MAX_LINE:
            rest = stream.readline(MAX_LINE + 1)
        if line.strip():
            yield line


def _answer(asked: Asked, texts: SourceTexts) -> Answer | BadRequest:
    try:
        request = _request(asked)
        text = texts.get(request.source) if request.text is None else texts.given(request.text)
    except Malformed as error:
        return BadRequest(str(error))
    except NotCaptured as error:
        return Answer(UNCHECKED, message=str(error))
    return judge(request, text, texts.library)


def _request(asked: Asked) -> Request:
    if isinstance(asked, Request):
        return asked
    return read_line(asked) if isinstance(asked, str | bytes) else read_record(asked)
