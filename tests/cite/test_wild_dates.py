"""Dates as they are in the wild."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cite.csl_yaml import entry_text
from generator.cite.draft_conversion import wild_date
from generator.read.entries import read_text

CIRCA: dict[str, Any] = {"date-parts": [[1999]], "circa": True}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2031", "2031"),
        ("2031-3", "2031-03"),
        ("2031-03-05", "2031-03-05"),
        ("20310305", "2031-03-05"),
        ("2031/03/05", "2031-03-05"),
        ("2031/03/05/", "2031-03-05"),
        ("2031///", "2031"),
        ("2031/2032", "2031/2032"),
        ("2031-03-05/2031-03-07", "2031-03-05/2031-03-07"),
        ("1999--2001", "1999/2001"),
        ("1999–2001", "1999/2001"),
        ("2031-03-05T10:00:00Z", "2031-03-05"),
        ("2031/04/05/10:00:00", "2031-04-05"),
        ("March 2031", "2031-03"),
        ("5 March 2031", "2031-03-05"),
        ("March 5, 2031", "2031-03-05"),
        ("2031 Mar 5", "2031-03-05"),
        ("2031 Mar-Apr", "2031-03/2031-04"),
        ("1996 nov # '' 14-15''", "1996-11-14/1996-11-15"),
        ("4–5 May 2031", "2031-05-04/2031-05-05"),
        ("2031 Spring", {"literal": "2031 Spring"}),
        ("~1999", CIRCA),
        ("1999~", CIRCA),
        ("1999?", CIRCA),
        ("c. 1999", CIRCA),
        ("ca. 1999", CIRCA),
        ("[1999]", CIRCA),
        ("{2031}", "2031"),
        ("n.d.", None),
        ("", None),
        ({"raw": "2031-03-05"}, "2031-03-05"),
        ({"literal": "5 March 2031"}, "2031-03-05"),
        ({"date-parts": [["2031", "3"]]}, "2031-03"),
        ({"date-parts": [[2031], [2032]]}, "2031/2032"),
        ({"date-parts": [[1999]], "circa": True}, CIRCA),
        ({"date-parts": [[None]]}, None),
        ([{"year": 2031, "month": 3}], "2031-03"),
    ],
)
def test_dates_that_csl_has(written: Any, value: Any) -> None:
    found = wild_date(written)
    assert (found.value, found.remark, found.status) == (value, "", "")


@pytest.mark.parametrize("written", ["in press", "forthcoming", "(In press)", "to appear", "submitted"])
def test_what_is_no_date_but_a_status(written: str) -> None:
    found = wild_date(written)
    assert found.value is None
    assert found.status == written.strip("()").lower()


@pytest.mark.parametrize(
    ("written", "value", "remark"),
    [
        ("2014-12-31/", "2014-12-31", "has no end"),
        ("2014-12-31/..", "2014-12-31", "has no end"),
        ("2020-02-30", {"literal": "2020-02-30"}, "is not a date of the calendar"),
        ("2020-13", {"literal": "2020-13"}, "is not a date of the calendar"),
        ("03/04/2031", {"literal": "03/04/2031"}, "is not a date that CSL supports"),
        ("last year", {"literal": "last year"}, "is not a date that CSL supports"),
        ("2014a", "2014", "has a letter"),
        ("2031/03/05/draft", "2031-03-05", "contains “draft”"),
        ({"date-parts": [[2020, 2, 30]]}, {"literal": "2020-02-30"}, "is not a date of the calendar"),
        ({"date-parts": [[2014, 12, 31], [0]]}, "2014-12-31", "has no end"),
        ({"date-parts": [[-44, 3, 15]]}, {"literal": "-44-3-15"}, "is not a date that CSL supports"),
        ({"date-parts": [["x"]]}, {"literal": "[['x']]"}, "is not a date"),
    ],
)
def test_dates_that_change_on_the_way_are_told(written: Any, value: Any, remark: str) -> None:
    found = wild_date(written)
    assert found.value == value
    assert remark in found.remark


@settings(deadline=None)
@given(st.text() | st.from_regex(r"\d{0,4}[-/~ ]?\d{0,2}[-/]?\d{0,2}/?", fullmatch=True))
def test_whatever_is_written_the_reader_takes_what_comes_of_it(written: str) -> None:
    found = wild_date(written)
    entry = {"id": "a", "type": "book"} | ({"issued": found.value} if found.value else {})
    assert not read_text(entry_text(entry, 2), "x", 2)[1]
