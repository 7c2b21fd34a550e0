"""Reading words that name something in a record around them: a stance on its question's scale, a figure of its fact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from generator.model.kinds import Form
from generator.problems import Code, Severity
from generator.problems.suggestions import did_you_mean
from generator.read.nodes import Scalar
from generator.read.reading import UNREAD, At, Reading, Record
from generator.read.value_readers import READERS as OF_ONE_VALUE
from generator.read.value_readers import read_words

UNKNOWN_STANCE = Code("unknown-stance", Severity.ERROR, rests_on=("scale", "stance"))
MISSING_STANCE = Code("missing-stance", Severity.ERROR, rests_on=("scale", "stance"))
UNKNOWN_FIGURE = Code("unknown-figure", Severity.ERROR, rests_on=("figures.id", "figures.amount"))
CODES = (UNKNOWN_STANCE, MISSING_STANCE, UNKNOWN_FIGURE)


def missing_stance(record: Record, reading: Reading) -> None:
    """Report a position without a stance, unless its question has no scale, which is a problem of its own."""
    scale = _scale(record)
    if len(scale) >= 2:
        hint = f"add `stance:` with one of: {', '.join(scale)}"
        reading.problems.append(MISSING_STANCE.at(record.place, "this position has no stance", hint))


def _stance(node: Scalar, at: At, reading: Reading) -> Any:
    written = " ".join(read_words(node, at, reading).value.split())
    scale = _scale(at.record)
    if written in scale:
        return scale.index(written)
    if len(scale) >= 2:
        hint = did_you_mean(written, scale if reading.hints else ())
        message = f"'{written}' is not on this question's scale"
        reading.problems.append(UNKNOWN_STANCE.at(node.place, message, hint))
    return UNREAD


def _scale(record: Record) -> tuple[str, ...]:
    return record.around("scale") or ()


def _figure(node: Scalar, at: At, reading: Reading) -> Any:
    named = OF_ONE_VALUE[Form.ID](node, at, reading).value
    ids = [figure.id for figure in at.record.around("figures") or ()]
    if named in ids:
        return ids.index(named)
    hint = did_you_mean(named, [one for one in ids if one and reading.hints]) or "give the figure an `id`"
    reading.problems.append(UNKNOWN_FIGURE.at(at.place, f"no figure has the id '{named}'", hint))
    return UNREAD


READERS: Mapping[Form, Callable[[Scalar, At, Reading], Any]] = {
    Form.STANCE: _stance,
    Form.FIGURE: _figure,
}
