"""Mistakes in the YAML of a file: each is one problem, where it was made, in words that help."""

# ruff: noqa: E501 - one mistake, one line
from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.mistaken import cases, mistaken

TABLE = r"""
brief ¦ title: Do controls work? ¦ title: "Do controls work? ¦ 1:8 bad-yaml ¦ this quotation mark is never closed ¦ close it, or double a quotation mark that belongs to the text
brief ¦ title: Do controls work? ¦ title: 'Do controls work? ¦ 1:8 bad-yaml ¦ this quotation mark is never closed ¦ close it, or double a quotation mark that belongs to the text
brief ¦ claim: Training was cheap. ¦ claim: "Training was cheap. ¦ 12:12 bad-yaml ¦ this quotation mark is never closed ¦ close it, or double a quotation mark that belongs to the text
brief ¦ claim: Training was cheap. ¦ claim: 'It's cheap.' ¦ 12:15 bad-yaml ¦ this apostrophe ends the quoted text ¦ write it twice: '', or use double quotes around the text
brief ¦ claim: Training was cheap. ¦ claim: "The "small yard" policy" ¦ 12:17 bad-yaml ¦ the quoted text ends here, and more text follows ¦ put the whole value in single quotes, or write \" for a mark inside it
brief ¦ claim: Training was cheap. ¦ claim: "Small yard" is the policy ¦ 12:23 bad-yaml ¦ the quoted text ends here, and more text follows ¦ put the whole value in single quotes, or write \" for a mark inside it
brief ¦   - id: cost⏎ ¦ <<<<<<< HEAD⏎  - id: cost⏎=======⏎  - id: costs⏎>>>>>>> main⏎ ¦ 11:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦   The sources are few.⏎ ¦ <<<<<<< HEAD⏎  The sources are few.⏎=======⏎  The sources are many.⏎>>>>>>> main⏎ ¦ 38:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦ number: 2025-01 ¦ number 2025-01 ¦ 2:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `number: ...`, or indent text further than its key
brief ¦ title: Do ¦ title Do ¦ 1:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `title: ...`, or indent text further than its key
brief ¦ number: 2025-01 ¦ number:2025-01 ¦ 2:8 bad-yaml ¦ the space after the colon is missing ¦ write `number: ...` with an ordinary space
brief ¦     claim: T ¦     claim:T ¦ 12:11 bad-yaml ¦ the space after the colon is missing ¦ write `claim: ...` with an ordinary space
brief ¦   - id: cost ¦   - id:cost ¦ 11:8 bad-yaml ¦ the space after the colon is missing ¦ write `id: ...` with an ordinary space
brief ¦       ann:⏎ ¦       ann⏎ ¦ 24:7 bad-yaml ¦ the colon after this key is missing ¦ write `ann:`
brief ¦       ann:⏎        stance ¦       - ann:⏎        stance ¦ 29:7 bad-yaml ¦ there is a line without a dash among the items of a list, the first of which is in line 24 ¦ begin it with `- `, or remove the dashes there; the indentation of a list has to be the same in each line
brief ¦ title: Do controls work? ¦ title: *One* word ¦ 1:8 bad-yaml ¦ an asterisk at the beginning of a value makes it a YAML alias ¦ put the whole text in quotes: "*...*"
brief ¦ claim: Training was cheap. ¦ claim: *One* ¦ 12:12 bad-yaml ¦ an asterisk at the beginning of a value makes it a YAML alias ¦ put the whole text in quotes: "*...*"
brief ¦ claim: Training was cheap. ¦ claim: **One** is cheap ¦ 12:12 bad-yaml ¦ an asterisk at the beginning of a value makes it a YAML alias ¦ put the whole text in quotes: "*...*"
brief ¦ claim: Training was cheap. ¦ claim: &Co is cheap ¦ 12:12 bad-yaml ¦ YAML reads “&Co” as an anchor, so it would not be printed ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: !Important is cheap ¦ 12:12 bad-yaml ¦ YAML reads text that begins with ! as a tag, so it would not be printed ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: @talk says so ¦ 12:12 bad-yaml ¦ a value cannot begin with @ ¦ put it in quotes, as in `cite: "@key, p. 3"`
brief ¦ claim: Training was cheap. ¦ claim: % of GDP ¦ 12:12 bad-yaml ¦ a value cannot begin with % ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: `code` is cheap ¦ 12:12 bad-yaml ¦ a value cannot begin with ` ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: [@talk] says so ¦ 12:12 bad-yaml ¦ a value that begins with [ is a list in YAML, but text follows it ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: [#cost] says so ¦ 12:12 bad-yaml ¦ a value that begins with [ is a list in YAML, but text follows it ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: {so} it is ¦ 12:12 bad-yaml ¦ a value that begins with { is a mapping in YAML, but text follows it ¦ put the whole text in quotes
brief ¦ claim: Training was cheap. ¦ claim: > 5 million ¦ 12:12 bad-yaml ¦ a value that begins with > is a block of text on the lines below, so nothing may follow it on this line ¦ put the text in quotes, or on the lines below
brief ¦ claim: Training was cheap. ¦ claim: | 5 million ¦ 12:12 bad-yaml ¦ a value that begins with | is a block of text on the lines below, so nothing may follow it on this line ¦ put the text in quotes, or on the lines below
brief ¦ claim: Training was cheap. ¦ claim: - 5 million ¦ 12:12 bad-yaml ¦ text cannot begin with - and a space ¦ put text in quotes, or a list on the lines below
brief ¦ claim: Training was cheap. ¦ claim: ? 5 million ¦ 12:12 bad-yaml ¦ text cannot begin with ? and a space ¦ put text in quotes, or a list on the lines below
brief ¦ claim: Training was cheap. ¦ claim: #1 in chips ¦ 12:12 text-in-comment ¦ YAML reads “#1 in chips” as a comment, so it would not be printed ¦ quote the whole text; or put two spaces before a comment
brief ¦ claim: Training was cheap. ¦ claim: Cheap: it was ¦ 12:17 bad-yaml ¦ a colon followed by a space is not allowed here ¦ put the whole text in quotes, or check the indentation
brief ¦     claim: T ¦ \u00a0\u00a0\u00a0\u00a0claim: T ¦ 12:1 bad-yaml ¦ the indentation contains a NO-BREAK SPACE (U+00A0), which YAML does not read as a space ¦ replace it with ordinary spaces
brief ¦ status: draft ¦ status:\u00a0draft ¦ 4:8 bad-yaml ¦ after the colon is a NO-BREAK SPACE (U+00A0), which YAML does not read as a space ¦ write `status: ...` with an ordinary space
brief ¦     claim: T ¦ \tclaim: T ¦ 12:1 bad-yaml ¦ a tab is used for indentation ¦ use spaces; most editors can convert tabs
brief ¦ status: draft ¦ stat\u200bus: draft ¦ 4:5 invisible-character ¦ there is an invisible character here: ZERO WIDTH SPACE (U+200B) ¦ delete it
brief ¦ status: draft ¦ status： draft ¦ 4:7 bad-yaml ¦ this is not a colon but a FULLWIDTH COLON (U+FF1A) ¦ write an ordinary colon with a space after it
brief ¦ cite: "@talk, p. 2" ¦ cite: @talk, p. 2 ¦ 13:11 bad-yaml ¦ a value cannot begin with @ ¦ put it in quotes, as in `cite: "@key, p. 3"`
brief ¦ number: 2025-01 ¦ number: 12:30 ¦ 2:9 yaml-surprise ¦ YAML may read 12:30 as a number to the base of sixty ¦ write "12:30" in quotes
brief ¦ title: Do controls work? ¦ title：Do controls work? ¦ 1:6 bad-yaml ¦ this is not a colon but a FULLWIDTH COLON (U+FF1A) ¦ write an ordinary colon with a space after it
brief ¦   - id: cost ¦   – id: cost ¦ 11:3 bad-yaml ¦ this is not a hyphen but EN DASH ¦ begin list items with `- `
brief ¦   - id: cost⏎ ¦   - id: price⏎    claim: It is.⏎    cite: "@talk"⏎  • id: cost⏎ ¦ 14:3 bad-yaml ¦ this is not a hyphen but BULLET ¦ begin list items with `- `
brief ¦ limits: |⏎ ¦ - limits: |⏎ ¦ 37:1 bad-yaml ¦ there is a list item among keys, the first of which is in line 1 ¦ remove the dash, or indent the list below its key
brief ¦ summary: Training ¦ summary: The\u00adline  ¦ 7:13 invisible-character ¦ there is an invisible character here: SOFT HYPHEN (U+00AD) ¦ delete it
brief ¦         says: They ¦        says: They ¦ 26:8 bad-yaml ¦ the indentation does not fit the lines above ¦ align it with its neighbours; use spaces
brief ¦         says: They ¦          says: They ¦ 26:10 bad-yaml ¦ 'says' is indented further than 'stance' above, so it continues its value ¦ align the two; or quote the text above
brief ¦     claim: T ¦      claim: T ¦ 12:6 bad-yaml ¦ 'claim' is indented further than 'id' above, so it continues its value ¦ align the two; or quote the text above
brief ¦     claim: T ¦    claim: T ¦ 12:4 bad-yaml ¦ there is a line without a dash among the items of a list, the first of which is in line 11 ¦ begin it with `- `, or remove the dashes there; the indentation of a list has to be the same in each line
brief ¦     cite: "@talk, p. 2" ¦       cite: "@talk, p. 2" ¦ 13:7 bad-yaml ¦ 'cite' is indented further than 'claim' above, so it continues its value ¦ align the two; or quote the text above
brief ¦   - id: cost⏎    claim ¦   - id: cost⏎  claim ¦ 12:3 bad-yaml ¦ there is a line without a dash among the items of a list, the first of which is in line 11 ¦ begin it with `- `, or remove the dashes there; the indentation of a list has to be the same in each line
brief ¦ status: draft ¦ ...⏎status: draft ¦ 4:1 bad-yaml ¦ this line ends the document, and more follows ¦ remove the line `...`
brief ¦ experts: [ann, ben] ¦ experts: [ann, a:] ¦ 5:10 bad-yaml ¦ this bracket is never closed, or a comma is missing in it ¦ close it
brief ¦ experts: [ann, ben] ¦ experts: [ann, ben ¦ 5:10 bad-yaml ¦ this bracket is never closed, or a comma is missing in it ¦ close it
brief ¦ experts: [ann, ben] ¦ experts: ['ann', ben]] ¦ 5:22 bad-yaml ¦ this bracket closes nothing ¦ remove it
brief ¦ amount: 5.6 million ¦ amount: 5.6E+06 ¦ 15:17 yaml-surprise ¦ YAML may read 5.6E+06 as a number in some programs and text in others ¦ write "5.6E+06" in quotes
brief ¦ amount: 5.6 million ¦ amount: #REF! ¦ 15:17 text-in-comment ¦ YAML reads “#REF!” as a comment, so it would not be printed ¦ quote the whole text; or put two spaces before a comment
brief ¦ amount: 5.6 million ¦ amount: 5_600_000 ¦ 15:17 yaml-surprise ¦ YAML may read 5_600_000 as a number without its underscores ¦ write "5_600_000" in quotes
brief ¦ amount: 5.6 million ¦ amount: '5.6 million ¦ 15:17 bad-yaml ¦ this quotation mark is never closed ¦ close it, or double a quotation mark that belongs to the text
brief ¦ amount: 5.6 million ¦ amount: - ¦ 15:17 bad-yaml ¦ text cannot begin with - and a space ¦ put text in quotes, or a list on the lines below
brief ¦ number: 2025-01⏎ ¦ <<<<<<< HEAD⏎number: 2025-01⏎||||||| base⏎number: 1⏎=======⏎number: 2025-02⏎>>>>>>> main⏎ ¦ 2:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦ number: 2025-01⏎ ¦ number: 2025-01⏎=======⏎ ¦ 3:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦ number: 2025-01⏎ ¦ number: 2025-01⏎>>>>>>> main⏎ ¦ 3:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦ number: 2025-01⏎ ¦ number: 2025-01⏎number: 2025-02⏎ ¦ 3:1 duplicate-key ¦ 'number' occurs twice; the first is in line 2 ¦ remove or rename one of them
experts ¦ ann:⏎ ¦ ann:⏎<<<<<<< HEAD⏎ ¦ 2:1 merge-conflict ¦ a merge conflict was not resolved here ¦ keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>
brief ¦ title: Do ¦ title = Do ¦ 1:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `title: ...`, or indent text further than its key
brief ¦ title: Do ¦ - title: Do ¦ 2:1 bad-yaml ¦ there is a line without a dash among the items of a list, the first of which is in line 1 ¦ begin it with `- `, or remove the dashes there; the indentation of a list has to be the same in each line
brief ¦ title: Do ¦ title:⏎Do ¦ 2:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `Do: ...`, or indent text further than its key
brief ¦ title: Do ¦ {title: Do ¦ 1:1 bad-yaml ¦ this bracket is never closed, or a comma is missing in it ¦ close it
brief ¦ title: Do controls work? ¦ title: "C:\Users" ¦ 1:11 bad-yaml ¦ a backslash in double quotes begins an escape sequence, and this one does not exist ¦ double the backslash, or put the text in single quotes
brief ¦ title: Do controls work? ¦ title: "5\% of GDP" ¦ 1:10 bad-yaml ¦ a backslash in double quotes begins an escape sequence, and this one does not exist ¦ double the backslash, or put the text in single quotes
brief ¦ title: Do controls work? ¦ title: Do controls work? # draft ¦ 1:26 text-in-comment ¦ YAML reads “# draft” as a comment, so it would not be printed ¦ quote the whole text; or put two spaces before a comment
brief ¦ title: Do controls work? ¦ title: Do controls: work? ¦ 1:19 bad-yaml ¦ a colon followed by a space is not allowed here ¦ put the whole text in quotes, or check the indentation
brief ¦ title: Do controls work? ¦ title: Do controls⏎: work? ¦ 2:1 bad-yaml ¦ the indentation does not fit the lines above ¦ align it with its neighbours; use spaces
brief ¦ title: Do controls work? ¦ title: Do controls⏎work? ¦ 2:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `key: value`
brief ¦ title: Do controls work? ¦ title: Do controls⏎\twork? ¦ 2:1 bad-yaml ¦ a tab is used for indentation ¦ use spaces; most editors can convert tabs
brief ¦ summary: Training was cheap [@talk, p. 2]. ¦ summary: Training was cheap [@talk, p. 2]⏎  more: text here. ¦ 8:3 bad-yaml ¦ 'more' is indented further than 'summary' above, so it continues its value ¦ align the two; or quote the text above
brief ¦ summary: Training ¦ summary: |⏎Training ¦ 8:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `Training: ...`, or indent text further than its key
brief ¦ summary: Training ¦ summary: >Training ¦ 7:10 bad-yaml ¦ a value that begins with > is a block of text on the lines below, so nothing may follow it on this line ¦ put the text in quotes, or on the lines below
brief ¦ summary: Training ¦ summary: |⏎\tTraining ¦ 8:1 bad-yaml ¦ a tab is used for indentation ¦ use spaces; most editors can convert tabs
brief ¦ summary: Training was ¦ summary: |⏎  Training⏎ was ¦ 9:2 bad-yaml ¦ the indentation does not fit the lines above ¦ align it with its neighbours; use spaces
brief ¦ limits: |⏎  The ¦ limits: |⏎  The⏎The ¦ 39:1 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `The: ...`, or indent text further than its key
brief ¦         stance: Mixed ¦         stance Mixed ¦ 25:9 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `stance: ...`, or indent text further than its key
brief ¦ rests_on: [cost] ¦ rests_on: [#cost] ¦ 28:19 bad-yaml ¦ this bracket is never closed, because the # begins a comment ¦ write ids without the #; put text with a # in quotes
brief ¦ cite: "@talk, p. 2" ¦ cite: [@talk, p. 2] ¦ 13:12 bad-yaml ¦ a value cannot begin with @ ¦ put it in quotes, as in `cite: "@key, p. 3"`
brief ¦ limits: | ¦ limits: |⏎⏎# ¦ 40:3 bad-yaml ¦ the indentation does not fit the lines above ¦ align it with its neighbours; use spaces
brief ¦ status: draft ¦ status: draft⏎language: no ¦ 5:11 yaml-surprise ¦ YAML may read no as a truth value ¦ write true or false; if text is meant, write "no" in quotes
experts ¦ ann:⏎ ¦ ann⏎ ¦ 1:1 bad-yaml ¦ the colon after this key is missing ¦ write `ann:`
experts ¦   name: Ann Example ¦   name Ann Example ¦ 2:3 bad-yaml ¦ this line has no colon, so it is neither a key nor text of the key above ¦ write `name: ...`, or indent text further than its key
experts ¦ ben:⏎ ¦ ann:⏎ ¦ 6:1 duplicate-key ¦ 'ann' occurs twice; the first is in line 1 ¦ remove or rename one of them
experts ¦ name: Ben Sample ¦ name: Ben: Sample ¦ 7:12 bad-yaml ¦ a colon followed by a space is not allowed here ¦ put the whole text in quotes, or check the indentation
experts ¦ name: Ben Sample ¦ name: "Ben Sample ¦ 7:9 bad-yaml ¦ this quotation mark is never closed ¦ close it, or double a quotation mark that belongs to the text
experts ¦ name: Ben Sample ¦ name: 'O'Ben Sample' ¦ 7:11 bad-yaml ¦ this apostrophe ends the quoted text ¦ write it twice: '', or use double quotes around the text
sources ¦   - id: talk ¦   - id: @talk ¦ 2:9 bad-yaml ¦ a value cannot begin with @ ¦ put it in quotes, as in `cite: "@key, p. 3"`
sources ¦   - id: talk ¦   id: talk ¦ 3:5 bad-yaml ¦ 'type' is indented further than 'id' above, so it continues its value ¦ align the two; or quote the text above
sources ¦     title: A talk ¦     title: A talk: on chips ¦ 4:18 bad-yaml ¦ a colon followed by a space is not allowed here ¦ put the whole text in quotes, or check the indentation
sources ¦     issued: 2024-05-02⏎ ¦     issued: 2024-05-02⏎    custom: {a: [}⏎ ¦ 9:13 bad-yaml ¦ this bracket is never closed, or a comma is missing in it ¦ close it
house ¦ series: Briefing ¦ series: @home ¦ 3:9 bad-yaml ¦ a value cannot begin with @ ¦ put it in quotes, as in `cite: "@key, p. 3"`
house ¦ preset: briefing ¦ preset: briefing⏎evidence_annex: yes ¦ 6:17 yaml-surprise ¦ YAML may read yes as a truth value ¦ write true or false; if text is meant, write "yes" in quotes
house ¦ name: Example Desk ¦ name: Example: Desk ¦ 1:14 bad-yaml ¦ a colon followed by a space is not allowed here ¦ put the whole text in quotes, or check the indentation
"""
"""File, right, wrong; place and code, message and hint of the one problem."""


@pytest.mark.parametrize("case", cases(TABLE), ids=lambda case: case[2][:40])
def test_each_mistake_is_one_problem_where_it_was_made(tmp_path: Path, case: tuple[str, ...]) -> None:
    file, right, wrong, *expected = case
    problems = mistaken(tmp_path, file, right, wrong)
    found = [[f"{one.place.line}:{one.place.column} {one.code}", one.message, one.hint or "-"] for one in problems]
    assert found == [expected]
