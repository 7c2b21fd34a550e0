"""`brief publish`, and what `brief check` and `brief build` say when a published edition is changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import run

LOCK = "briefs/editions.lock"
BRIEF, EXPERTS, SOURCES, HOUSE = (f"briefs/{name}.yaml" for name in ("example", "experts", "sources", "house"))
MORE = """\
timeline:
  - {date: 2024-05-02, event: The report appears, cite: "@debate-2024, para. 1"}
  - {date: 2024-04-01, event: The tariff begins, cite: "@debate-2024, para. 1"}
options:
  - {id: keep, option: Keep the tariff., cite: "@debate-2024, para. 2", rests_on: [cost]}
voices:
  - {id: cleo, who: example-a, says: Trade should be fair., cite: "@debate-2024, para. 2"}
"""
LATER = "from: 2019, to: 2025}\n    - {role: dean, organisation: Elsewhere, from: 2026}"
OTHER = "\n  - {id: other, type: book, title: Other, issued: 2020, provenance: primary}\n"


class Desk:
    """A project with one published brief, and the command in it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: str) -> tuple[int, str]:
        """The exit code of a command, and all that it says."""
        code = run(arguments)
        said = "".join(self._capsys.readouterr())
        assert code != 3, said
        assert "Traceback" not in said
        return code, said

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), "utf-8")

    def changes(self, *names: str) -> set[str]:
        """What `brief check` says has changed: place, field and kind of change."""
        _, said = self.run("check", *names)
        found = re.findall(r"^(\S+?:\d+):\d+: error\[edition-changed\]: (.*)$", said, re.MULTILINE)
        return {f"{place} {what}" for place, what in found}

    def line(self, file: str, text: str) -> str:
        lines = (self.folder / file).read_text("utf-8").splitlines()
        return f"{file}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.chdir(tmp_path)
    made = Desk(tmp_path, capsys)
    assert made.run("init")[0] == 0
    made.edit(BRIEF, "status: draft", "status: published")
    made.edit(BRIEF, "limits:", f"{MORE}limits:")
    return made


@pytest.fixture
def published(desk: Desk) -> Desk:
    code, said = desk.run("publish", "--no-pdf")
    assert (code, "example: edition 1 recorded" in said) == (0, True), said
    assert desk.changes() == set()
    return desk


def test_a_project_that_records_nothing_is_left_alone(desk: Desk) -> None:
    assert "edition" not in desk.run("check")[1]
    assert desk.run("publish", "--check") == (
        1,
        "example: edition 1 is not in the record, or differs from it; run 'brief publish example'\n",
    )
    assert not (desk.folder / LOCK).exists()


def test_what_is_recorded_is_listed_and_recorded_once(published: Desk) -> None:
    before = (published.folder / LOCK).read_bytes()
    assert published.run("publish", "--no-pdf") == (0, "nothing to record: everything is recorded already\n")
    assert published.run("publish", "--check") == (0, "every published edition is in the record\n")
    assert "example: edition 1, recorded 20" in published.run("publish", "--list", "example")[1]
    assert (published.folder / LOCK).read_bytes() == before
    assert "example 1 questions/keep/example-a/says " in before.decode()


CHANGES: dict[str, tuple[str, str, str, str]] = {
    "title": (BRIEF, "invented tariff stay?", "invented tariff go?", "`title` has changed"),
    "subtitle": (BRIEF, "subtitle: Two views side by side\n", "", "`subtitle` was removed"),
    "summary": (BRIEF, "disagree about", "agree about", "`summary` has changed"),
    "date": (BRIEF, "date: 2024-06-01", "date: 2024-06-02", "`date` has changed"),
    "authors": (BRIEF, "limits: One", "authors: [{name: Ann Author}]\nlimits: One", "`authors` was added"),
    "stance": (BRIEF, "stance: End it now", "stance: Phase it out", "`questions/keep/example-b/stance` has changed"),
    "says": (BRIEF, "until trade is fair", "for ever", "`questions/keep/example-a/says` has changed"),
    "locator": (BRIEF, 'cite: "@debate-2024, para. 3"', 'cite: "@debate-2024, para. 2"', "`questions/keep/example-b/cite` has changed"),
    "scale": (BRIEF, "[End it now, Phase it out, Keep it]", "[End it now, Cut it, Keep it]", "`questions/keep/scale` has changed"),
    "ask": (BRIEF, "ask: Should the", "ask: Must the", "`questions/keep/ask` has changed"),
    "figure": (BRIEF, "amount: 2 million", "amount: 3 million", "`facts/cost/figures` has changed"),
    "fact": (BRIEF, "    claim: The report puts", "    claim: The paper puts", "`facts/cost/claim` has changed"),
    "note": (BRIEF, "    figures:", "    note: It is rough.\n    figures:", "`facts/cost/note` was added"),
    "second fact": (
        BRIEF,
        "questions:",
        '  - {id: jobs, claim: There are jobs., cite: "@debate-2024, para. 1"}\nquestions:',
        "`facts/jobs` was added",
    ),
    "event": (BRIEF, "The tariff begins", "The tariff ends", "`timeline/2024-04-01/event` has changed"),
    "option": (BRIEF, "rests_on: [cost]}", "rests_on: []}", "`options/keep/rests_on` was removed"),
    "voice": (BRIEF, "Trade should be fair", "Trade is fair", "`voices/cleo/says` has changed"),
    "expert": (EXPERTS, "role: professor", "role: lecturer", "`experts.yaml/example-a`, which example prints, has changed"),
    "name": (EXPERTS, "Ben Sample", "Ben Samples", "`experts.yaml/example-b`, which example prints, has changed"),
    "source": (SOURCES, "Two views on", "Three views on", "`sources.yaml/debate-2024`, which example prints, has changed"),
    "provenance": (SOURCES, "provenance: report", "provenance: primary", "`sources.yaml/debate-2024`, which example prints, has changed"),
    "method": (HOUSE, "no answer is suggested", "answers are suggested", "`house.yaml/method`, which example prints, has changed"),
    "publisher": (HOUSE, "Example Policy Desk", "Other Desk", "`house.yaml/name`, which example prints, has changed"),
    "draft": (BRIEF, "status: published", "status: draft", "edition 1 is published, so the brief cannot be a draft again"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_of_a_published_edition_is_reported_by_field(published: Desk, change: str) -> None:
    file, old, new, what = CHANGES[change]
    before = (published.folder / file).read_bytes()
    published.edit(file, old, new)
    (found,) = published.changes()
    place, _, said = found.partition(" ")
    assert said.startswith(what), said
    assert place.startswith(f"{file}:")
    (published.folder / file).write_bytes(before)
    assert published.changes() == set()


def test_the_place_is_the_fields_own(published: Desk) -> None:
    published.edit(BRIEF, "number: 2024-01", "number: 2024-02")
    published.edit(BRIEF, "until trade is fair", "for ever")
    published.edit(HOUSE, "series: Briefing", "series: Paper")
    number, says, series = (
        published.line(*where) for where in ((BRIEF, "number:"), (BRIEF, "for ever"), (HOUSE, "series:"))
    )
    assert published.changes() == {
        f"{number} `number` has changed since edition 1 was published",
        f"{says} `questions/keep/example-a/says` has changed since edition 1 was published",
        f"{series} `house.yaml/series`, which example prints, has changed since edition 1 was published",
    }


def _wrapped(text: str) -> str:
    return text.replace("The two people in the report disagree", "The two people\n  in the report\n  disagree")


def _literal(text: str) -> str:
    return text.replace("summary: >\n", "summary: |\n")


def _reversed(text: str) -> str:
    """The keys of the file in another order, and another indentation of a list."""
    parts = re.split(r"(?m)^(?=[a-z_]+:)", text)
    return parts[0] + "".join(reversed(parts[1:]))


HARMLESS: dict[str, tuple[str, Callable[[str], str]]] = {
    "comment": (BRIEF, lambda text: f"# a comment\n{text}"),
    "wrapping": (BRIEF, _wrapped),
    "literal block": (BRIEF, _literal),
    "order of keys": (BRIEF, _reversed),
    "quotes": (BRIEF, lambda text: text.replace("title: Should the invented tariff stay?", 'title: "Should the invented  tariff stay?"')),
    "ends of lines": (BRIEF, lambda text: text.replace("\n", "\r\n")),
    "byte order mark": (BRIEF, lambda text: "\ufeff" + text),
    "order of dated events": (
        BRIEF,
        lambda text: re.sub(r"(  - \{date: 2024-05-02.*\n)(  - \{date: 2024-04-01.*\n)", r"\2\1", text),
    ),
    "review date": (BRIEF, lambda text: text.replace("  - id: cost\n", "  - id: cost\n    review_by: 2999-01-01\n")),
    "withdrawal": (BRIEF, lambda text: text.replace("status: published", "status: withdrawn")),
    "page design": (HOUSE, lambda text: text.replace("preset: briefing", "preset: report")),
    "a later post": (EXPERTS, lambda text: text.replace("from: 2019}", LATER)),
    "another expert": (EXPERTS, lambda text: text + "cleo: {name: Cleo Other, affiliation_note: none}\n"),
    "another source": (SOURCES, lambda text: text.rstrip() + OTHER),
    "keywords of a source": (SOURCES, lambda text: text.replace("    issued:", "    keyword: tariffs\n    issued:", 1)),
    "where the house is found": (HOUSE, lambda text: text + "site: https://desk.example/\ncontact: {email: a@desk.example}\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMLESS)
def test_what_no_reader_reads_is_no_change(published: Desk, name: str) -> None:
    file, edit = HARMLESS[name]
    path = published.folder / file
    old = path.read_bytes().decode()
    path.write_bytes(edit(old).encode())
    assert path.read_bytes().decode() != old
    assert published.changes() == set()


def test_moving_a_brief_to_a_folder_is_no_change(published: Desk) -> None:
    (published.folder / "briefs/2024").mkdir()
    (published.folder / BRIEF).rename(published.folder / "briefs/2024/example.yaml")
    code, said = published.run("check")
    assert (code, "edition-" in said) == (0, False), said


def test_a_changed_edition_is_not_built_until_it_is_corrected_or_a_new_one(published: Desk) -> None:
    published.edit(BRIEF, "until trade is fair", "for ever")
    code, said = published.run("build", "--jobs", "1")
    assert (code, "edition-changed" in said) == (1, True)
    assert not (published.folder / "build/example.html").exists()
    assert published.run("publish", "--no-pdf")[0] == 1
    published.edit(BRIEF, "limits:", "corrections: [{date: 2024-07-01, what: The position was cut short.}]\nlimits:")
    assert published.changes() == set()
    code, said = published.run("check")
    assert (code, "note[edition-unrecorded]" in said) == (0, True)
    assert published.run("publish", "--no-pdf") == (
        0,
        f"example: edition 1 recorded with 1 correction\n{LOCK} written; commit it\n",
    )
    assert "edition-unrecorded" not in published.run("check")[1]
    published.edit(BRIEF, "for ever", "for a year")
    assert len(published.changes()) == 1
    published.edit(BRIEF, "status: published", "status: published\nedition: 2\nupdates: A new statement.")
    assert published.changes() == set()
    assert "example: edition 2 recorded with 1 correction" in published.run("publish", "--no-pdf")[1]
    assert published.run("publish", "--list")[1].count("example: edition") == 2


def test_a_correction_is_only_added_to(published: Desk) -> None:
    published.edit(BRIEF, "limits:", "corrections:\n  - {date: 2024-07-01, what: First.}\nlimits:")
    assert published.run("publish", "--no-pdf")[0] == 0
    published.edit(BRIEF, "corrections:\n", "corrections:\n  - {date: 2024-07-01, what: Second.}\n")
    assert published.changes() == set()
    published.edit(BRIEF, "what: First.", "what: Another.")
    (found,) = published.changes()
    assert "`corrections/2024-07-01" in found
    published.edit(BRIEF, "  - {date: 2024-07-01, what: Another.}\n", "")
    assert any("corrections/2024-07-01" in one for one in published.changes())


def test_a_record_that_went_or_came_is_one_change(published: Desk) -> None:
    published.edit(BRIEF, '  - {date: 2024-04-01, event: The tariff begins, cite: "@debate-2024, para. 1"}\n', "")
    (found,) = published.changes()
    assert found.endswith("`timeline/2024-04-01` was removed since edition 1 was published")


def test_the_order_of_facts_is_read_and_counts(desk: Desk) -> None:
    second = '  - {id: jobs, claim: There are jobs., cite: "@debate-2024, para. 1"}\n'
    desk.edit(BRIEF, "questions:", f"{second}questions:")
    assert desk.run("publish", "--no-pdf")[0] == 0
    desk.edit(BRIEF, second, "")
    desk.edit(BRIEF, "facts:\n", f"facts:\n{second}")
    (found,) = desk.changes()
    assert found.endswith("`facts` has changed since edition 1 was published")


def test_an_edition_never_goes_back(published: Desk) -> None:
    published.edit(BRIEF, "status: published", "status: published\nedition: 2\nupdates: New.")
    assert published.run("publish", "--no-pdf")[0] == 0
    published.edit(BRIEF, "edition: 2\n", "edition: 1\n")
    (found,) = published.changes()
    assert (
        found == f"{published.line(BRIEF, 'edition:')} edition 2 has been published, so the brief cannot be edition 1"
    )


def test_a_draft_of_the_next_edition_may_change(published: Desk) -> None:
    published.edit(BRIEF, "status: published", "status: draft\nedition: 2\nupdates: New.")
    published.edit(BRIEF, "until trade is fair", "for ever")
    assert published.changes() == set()


# ---------------------------------------------------------------- what is not recorded


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status: published", "status: draft", "nothing was recorded: 'example' is a draft"),
        ("status: published", "status: withdrawn", "nothing was recorded: 'example' is withdrawn"),
        ("date: 2024-06-01", "date: 2999-06-01", "error[future-date]"),
        ("date: 2024-06-01\n", "", "error[date-missing]"),
        ("stance: Keep it", "stance: Keep", "error[unknown-stance]"),
        ("says: The tariff should stay", 'quote: The tariff should stay\n        says: It', "error[quote-unverified]"),
        ("status: published", "status: published\nedition: 0", "error["),
        ("status: published", "status: published\nedition: 2", "error[edition-unexplained]"),
        ("title: ", "title: [", "error["),
    ],
)  # fmt: skip
def test_what_cannot_be_published_is_not_recorded(desk: Desk, old: str, new: str, said: str) -> None:
    desk.edit(BRIEF, old, new)
    code, found = desk.run("publish", "example")
    assert (code, said in found, "nothing was recorded" in found) == (1, True, True), found
    assert not (desk.folder / LOCK).exists()


def test_a_quotation_that_the_lock_does_not_have_is_not_published(desk: Desk) -> None:
    text = "A first paragraph.\n\nAnn Example said: “The tariff should stay until trade is fair.”\n\nBen Sample said other things.\n"
    (desk.folder / "report.txt").write_text(text, "utf-8")
    assert desk.run("capture", "debate-2024", "report.txt")[0] == 0
    desk.edit(
        BRIEF, "says: The tariff should stay until trade is fair.", "quote: The tariff should stay until trade is fair."
    )
    code, said = desk.run("publish", "--no-pdf")
    if "quote-" in said:  # the gate's own findings come first
        assert code == 1
    assert "lock-behind" in said
    assert "nothing was recorded" in said


def test_drafts_are_passed_over_where_none_is_named(desk: Desk) -> None:
    desk.edit(BRIEF, "status: published", "status: draft")
    assert desk.run("publish", "--no-pdf") == (0, "nothing to record: no brief is published\n")


def test_wrong_use_is_said(published: Desk) -> None:
    for arguments, said in {
        ("publish", "exampel"): "did you mean 'example'?",
        ("publish", "--list", "--check"): "use only one of",
        ("publish", "--forget", "example", "example"): "use only one of",
        ("publish", "--forget", "exampel"): "no edition of 'exampel' is recorded: did you mean 'example'?",
    }.items():
        code, found = published.run(*arguments)
        assert (code, said in found) == (2, True), found


# ---------------------------------------------------------------- the record itself


def test_a_brief_that_is_gone_is_reported_and_can_be_forgotten(published: Desk) -> None:
    (published.folder / BRIEF).rename(published.folder / "briefs/other.yaml")
    _, said = published.run("check")
    assert f"{LOCK}:2:1: warning[edition-gone]: edition 1 of 'example' is published" in said
    assert "note[edition-unrecorded]: edition 1 is published, but it is not in the record" in said
    assert published.run("publish", "--forget", "example") == (0, "example: 1 edition removed from the record\n")
    assert "edition-gone" not in published.run("check")[1]


def _swapped(text: str) -> str:
    title, summary = (re.search(rf"example 1 {name} (\w+)", text)[1] for name in ("title", "summary"))
    return text.replace(title, summary)


DAMAGE: dict[str, tuple[Callable[[str], str], str]] = {
    "conflict": (lambda text: text.replace("example 1 date", "<<<<<<< HEAD\nexample 1 date"), "the conflict markers of a git merge"),
    "digest": (_swapped, "edition 1 of 'example' was changed after it was written"),
    "line removed": (lambda text: re.sub(r"example 1 title .*\n", "", text), "edition 1 of 'example' was changed"),
    "line added": (lambda text: text + f"example 1 zzz {'0' * 32}\n", "edition 1 of 'example' was changed"),
    "first line removed": (lambda text: re.sub(r"example 1 20.*\n", "", text), "this line is not an entry of an edition"),
    "corrections": (lambda text: text.replace("corrections=0", "corrections=9"), "edition 1 of 'example' was changed"),
    "day": (lambda text: re.sub(r" 20\d\d-\d\d-\d\d ", " 2026-02-30 ", text), "edition 1 of 'example' was changed"),
    "edition": (lambda text: text.replace("example 1 2", "example 2 2"), "this line is not an entry of an edition"),
    "twice": (lambda text: text + text, "edition 1 of 'example' occurs twice"),
    "sorted": (lambda text: "\n".join(sorted(text.splitlines(), reverse=True)), "the first line is not that of an editions.lock"),
    "words": (lambda text: text + "and now?\n", "this line is not an entry of an edition"),
    "version": (lambda text: text.replace("editions.lock 1:", "editions.lock 7:"), "has format 7, and this version reads format 1"),
    "bytes": (lambda text: "\0\x1b[2J" + text, "the first line is not that of an editions.lock"),
    "cut": (lambda text: text[: len(text) // 2], "edition 1 of 'example' was changed"),
    "header": (lambda text: text.partition("\n")[2], "the first line is not that of an editions.lock"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_record_is_an_error_and_nothing_is_built(published: Desk, name: str) -> None:
    damage, message = DAMAGE[name]
    path = published.folder / LOCK
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    for command in ("check", "publish"):
        code, said = published.run(command)
        assert (code, message in said, "error[editions-damaged]" in said) == (1, True, True), said
        assert "\x1b" not in said


def test_a_record_that_is_no_file_is_an_error(published: Desk) -> None:
    (published.folder / LOCK).unlink()
    (published.folder / LOCK).mkdir()
    for command in ("check", "publish"):
        code, said = published.run(command)
        assert (code, "error[editions-damaged]: the file cannot be read" in said) == (1, True), said


def test_git_may_merge_the_records_of_two_branches(published: Desk) -> None:
    path = published.folder / LOCK
    ours = path.read_text("utf-8")
    (published.folder / BRIEF).rename(published.folder / "briefs/other.yaml")
    published.edit("briefs/other.yaml", "number: 2024-01", "number: 2024-02")
    path.unlink()
    assert published.run("publish", "--no-pdf")[0] == 0
    path.write_text((ours + path.read_text("utf-8")).replace("\n", "\r\n"), "utf-8", newline="")
    code, said = published.run("publish", "--list")
    assert (code, said.count("edition 1, recorded")) == (0, 2)


def test_shared_facts_and_tables_are_part_of_an_edition(desk: Desk) -> None:
    facts = "facts:\n  - {id: ports, claim: There are ports., cite: '@debate-2024, para. 1'}\n"
    (desk.folder / "briefs/facts.yaml").write_text(facts + facts.partition("\n")[2].replace("ports", "ships"), "utf-8")
    (desk.folder / "briefs/costs.csv").write_text("Year,Tariff\n2023,low\n2024,high\n", "utf-8")
    tables = 'tables: [{id: costs, table: costs.csv, caption: The tariff, cite: "@debate-2024, para. 1"}]'
    desk.edit(BRIEF, "limits:", f"uses: [ports]\n{tables}\nlimits:")
    code, said = desk.run("publish", "--no-pdf")
    assert code == 0, said
    desk.edit("briefs/facts.yaml", "There are ships", "There are no ships")
    assert desk.changes() == set()
    desk.edit("briefs/facts.yaml", "There are ports", "There are no ports")
    desk.edit("briefs/costs.csv", "2024,high", "2024,low")
    assert {one.partition(" ")[2] for one in desk.changes()} == {
        "`facts/shared:ports/claim` has changed since edition 1 was published",
        "`tables/costs/rows` has changed since edition 1 was published",
    }


def test_two_briefs_of_one_number_are_not_published(desk: Desk) -> None:
    (desk.folder / "briefs/other.yaml").write_bytes((desk.folder / BRIEF).read_bytes())
    code, said = desk.run("publish", "--no-pdf")
    assert (code, "error[number-twice]" in said, "nothing was recorded" in said) == (1, True, True)


def test_an_empty_record_is_kept_and_asks_for_editions(published: Desk) -> None:
    assert published.run("publish", "--forget", "example")[0] == 0
    assert "note[edition-unrecorded]" in published.run("check")[1]
    assert published.run("publish", "--list") == (0, "no edition is recorded\n")
    (published.folder / LOCK).write_bytes(b"")
    assert "edition" not in published.run("check")[1]


def test_the_pdf_of_an_edition_is_kept_with_its_record(desk: Desk) -> None:
    code, said = desk.run("publish")
    assert (code, said) == (
        0,
        "example: edition 1 recorded\nbriefs/editions.lock, briefs/editions/example-1.pdf written; commit them\n",
    )
    kept = desk.folder / "briefs/editions/example-1.pdf"
    first = kept.read_bytes()
    assert desk.run("build", "--jobs", "1")[0] == 0
    for place in ("build/example.pdf", "build/editions/example-1.pdf"):
        assert (desk.folder / place).read_bytes() == first
    assert desk.run("publish") == (0, "nothing to record: everything is recorded already\n")

    kept.unlink()
    assert "briefs/editions/example-1.pdf written; commit it" in desk.run("publish")[1]
    assert kept.read_bytes() == first

    desk.edit(BRIEF, "limits:", "corrections: [{date: 2024-07-01, what: A word was wrong.}]\nlimits:")
    assert desk.run("publish")[0] == 0
    corrected = kept.read_bytes()
    assert corrected != first, "a corrected edition is that edition"

    desk.edit(BRIEF, "status: published", "status: published\nedition: 2\nupdates: New.")
    assert desk.run("publish")[0] == 0
    assert kept.read_bytes() == corrected
    assert (kept.parent / "example-2.pdf").is_file()


def test_nothing_is_recorded_while_a_file_is_not_the_edition_that_its_name_says(desk: Desk) -> None:
    kept = desk.folder / "briefs/editions/example-1.pdf"
    kept.parent.mkdir()
    kept.write_bytes(b"notes")
    code, said = desk.run("publish")
    assert (code, "nothing was recorded" in said) == (1, True)
    assert "briefs/editions/example-1.pdf:1:1: error[edition-file]" in said
    assert kept.read_bytes() == b"notes"
    assert not (desk.folder / LOCK).exists()
