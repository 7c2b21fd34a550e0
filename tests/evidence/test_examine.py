"""The gate from outside: a fact file, captures and a lock go in; verdicts and problems come out."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from generator.evidence.capture_lock import Lock, read_lock, write_lock
from generator.evidence.captures.capture_store import Captures, capture
from generator.evidence.verification.verify_brief import Examination, examination
from generator.model import Verdict
from tests.support import brief, library, read

EXPERTS = """
varga: {name: Ottoline Varga, affiliation_note: none, also: [the institute's head]}
thrale: {name: Benedek Thrale, affiliation_note: none}
noakes: {name: Philippa Noakes, affiliation_note: none}
"""
SOURCES = """
references:
  - {id: review, type: article-newspaper, title: The review, provenance: report}
  - {id: diary, type: article, title: A diary, provenance: report}
  - {id: speech, type: speech, title: A speech, author: [{family: Varga, given: Ottoline}]}
"""
LIBRARY = library(EXPERTS, SOURCES)
REVIEW = """\
The review of the levy, by our own reporter in Port Marrow.

“The levy would not improve the harbour on its own,” said Ottoline Varga. “It was never designed to.”

The former harbour-master disagrees with her and with everyone else on the panel.

“We were promised a self-cleaning channel and we got a sandbank,” Benedek Thrale told the panel. Thrale wants another gate.

Nobody knows what the ferry will cost. It fell by 12 per cent, and it fell by 12 per cent again.

The report cost €1.9m to print.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    captured(tmp_path, "review", REVIEW)
    return tmp_path


def captured(folder: Path, key: str, text: str) -> None:
    capture(folder, key, [(f"{key}.txt", text.encode())], datetime.date(2025, 2, 14))


def fact_file(statement: str, *, status: str = "published", prose: str = "") -> str:
    return f"""
title: The levy
status: {status}
date: 2025-02-14
experts: [varga, thrale]
summary: >-
  {prose or "A summary."}
questions:
  - id: work
    ask: Does it work?
    scale: ["No", "Yes"]
    positions:
      varga: {{stance: "No", {statement}}}
      thrale: {{gap: declined}}
"""


def examined(folder: Path, statement: str = "says: It fails.", lock: Lock | None = None, **rest: str) -> Examination:
    found = brief(fact_file(statement, **rest))
    return examination(found, LIBRARY, Captures(lambda name: (folder / name).read_bytes()), lock or Lock())


def codes(found: Examination) -> list[str]:
    return [problem.code for problem in found.problems if problem.code != "lock-behind"]


def pinned(found: Examination) -> Lock:
    lock, problems = read_lock(write_lock(found.entries))
    assert not problems
    return lock


NOT_IMPROVE = 'quote: "The levy would not improve the harbour on its own", cite: "@review"'

# ---------------------------------------------------------------- verdicts


def test_a_true_quotation_is_verified_with_its_place(project: Path) -> None:
    found = examined(project, NOT_IMPROVE)
    (one,) = found.evidence
    assert (one.verdict, one.where, one.captured, one.kind) == (Verdict.VERIFIED, "para. 2", "2025-02-14", "quote")
    assert codes(found) == []


def test_a_false_quotation_is_absent_and_shows_what_the_source_says(project: Path) -> None:
    found = examined(project, 'quote: "The levy would improve the harbour on its own", cite: "@review"')
    assert found.evidence[0].verdict is Verdict.ABSENT
    (problem,) = found.problems
    assert problem.code == "quote-absent"
    assert "a word that negates or limits differs" in problem.message
    assert "would [-not-] improve" in problem.marked
    assert "para. 2" in problem.marked


def test_words_of_another_source_are_named(project: Path) -> None:
    captured(project, "diary", "In truth the sea was angry that day, my friends.")
    found = examined(project, 'quote: "the sea was angry that day", cite: "@review"')
    assert found.problems[0].code == "quote-misattributed"
    assert "'diary' contains them word for word" in found.problems[0].message


def test_words_of_an_earlier_text_of_the_source_are_named(project: Path) -> None:
    captured(project, "review", "The levy would improve the harbour.")
    found = examined(project, NOT_IMPROVE)
    assert codes(found) == ["quote-misattributed"]
    (problem,) = found.problems
    assert "its earlier text, captured on" in problem.message
    earlier = next((project / "captures/review").glob("earlier-*.txt"))
    earlier.write_text(earlier.read_text("utf-8") + "x", "utf-8")
    assert codes(examined(project, NOT_IMPROVE)) == ["quote-absent"]
    captured(project, "review", "The levy would improve the harbour.")
    assert len([*(project / "captures/review").glob("earlier-*.txt")]) == 1


def test_one_of_several_sources_is_enough(project: Path) -> None:
    found = examined(project, NOT_IMPROVE.replace("@review", "@diary; @review"))
    assert (found.evidence[0].verdict, found.evidence[0].source) == (Verdict.VERIFIED, "review")


@pytest.mark.parametrize(("status", "severity"), [("published", "error"), ("draft", "warning")])
def test_without_capture_and_lock_it_cannot_be_checked(tmp_path: Path, status: str, severity: str) -> None:
    found = examined(tmp_path, NOT_IMPROVE, status=status)
    assert found.evidence[0].verdict is Verdict.UNCHECKED
    assert [(problem.code, problem.severity) for problem in found.problems] == [("quote-unverified", severity)]


def test_a_bracket_with_a_negation_is_told(project: Path) -> None:
    found = examined(project, 'quote: "It was [never] designed to do it", cite: "@review, para. 2"')
    assert "[never] changes a negation" in found.problems[0].message


def test_fragments_in_the_wrong_order_are_told(project: Path) -> None:
    found = examined(project, 'quote: "It was never designed to … would not improve the harbour", cite: "@review"')
    assert "not in this order" in found.problems[0].message


# ---------------------------------------------------------------- places


def test_a_locator_that_fits(project: Path) -> None:
    assert codes(examined(project, NOT_IMPROVE.replace("@review", "@review, para. 2"))) == []
    assert codes(examined(project, NOT_IMPROVE.replace("@review", "@review, paras. 1-3"))) == []
    assert codes(examined(project, NOT_IMPROVE.replace("@review", "@review, p. 7"))) == []  # nothing is known of pages


def test_a_locator_that_does_not_fit_says_where_the_words_are(project: Path) -> None:
    found = examined(project, NOT_IMPROVE.replace("@review", "@review, para. 3"))
    assert codes(found) == ["locator-mismatch"]
    assert "at para. 2" in found.problems[0].message
    assert found.entries == ()


def test_short_words_need_a_locator(project: Path) -> None:
    assert codes(examined(project, 'quote: never designed to, cite: "@review"')) == ["quote-short"]
    assert codes(examined(project, 'quote: never designed to, cite: "@review, para. 2"')) == []


def test_words_that_stand_twice_need_a_locator_unless_in_one_paragraph(project: Path) -> None:
    assert codes(examined(project, 'support: fell by 12 per cent, cite: "@review"')) == ["speaker-unclear"]
    captured(project, "review", REVIEW + "\nVarga said again: “It was never designed to.”\n")
    found = examined(project, 'quote: It was never designed to, cite: "@review"')
    assert codes(found) == ["quote-ambiguous"]
    assert "para. 2, para. 7" in found.problems[0].message
    assert codes(examined(project, 'quote: It was never designed to, cite: "@review, para. 7"')) == []


def test_a_page_goes_by_the_number_printed_on_it_or_by_its_place_if_marked(tmp_path: Path) -> None:
    pages = ["A cover.", "Ottoline Varga said: it was never meant to work.\n12", "More.\n13", "And more.\n14"]
    captured(tmp_path, "review", "\f".join(pages))
    words = 'quote: it was never meant to work, cite: "@review, p. PAGE"'
    found = {
        page: codes(examined(tmp_path, words.replace("PAGE", page)))
        for page in ("12", "11-13", "[2]", "2", "13", "[12]")
    }
    wrong = ["locator-mismatch"]
    assert found == {"12": [], "11-13": [], "[2]": [], "2": wrong, "13": wrong, "[12]": wrong}
    problem = examined(tmp_path, words.replace("PAGE", "2")).problems[0]
    assert problem.hint == "write: @review, p. 12"


def test_a_page_without_a_printed_number_is_hinted_at_in_brackets(tmp_path: Path) -> None:
    captured(tmp_path, "review", "A cover.\fOttoline Varga: it never worked.\fMore.\fOttoline Varga: it never worked.")
    found = examined(tmp_path, 'quote: it never worked, cite: "@review"')
    assert found.problems[0].hint == "write: @review, p. [2]"
    assert codes(examined(tmp_path, 'quote: it never worked, cite: "@review, p. [4]"')) == []
    assert codes(examined(tmp_path, 'quote: it never worked, cite: "@review, p. [3]"')) == ["locator-mismatch"]


def test_a_negation_cut_off_is_an_error(project: Path) -> None:
    found = examined(project, 'quote: improve the harbour on its own, cite: "@review"')
    assert [(problem.code, problem.severity) for problem in found.problems[:1]] == [("negation-cut", "error")]


# ---------------------------------------------------------------- prose


def test_words_in_marks_are_checked_against_the_citation_beside_them(project: Path) -> None:
    true = examined(project, prose="They got “a sandbank,” as “we were promised” [@review, para. 4].")
    assert codes(true)[:2] == ["quote-absent", "evidence-missing"]
    right = examined(project, prose="They “got a sandbank,” he said [@review, para. 4].")
    assert [one.verdict for one in right.evidence] == [Verdict.VERIFIED]


def test_words_in_marks_without_a_citation_are_an_error_unless_marked(project: Path) -> None:
    assert codes(examined(project, prose="It was a “turning point of the age”."))[0] == "quote-uncited"
    assert "quote-uncited" not in codes(examined(project, prose='It was a ["turning point"]{.scare}.'))


def test_prose_of_a_statement_rests_on_its_citation(project: Path) -> None:
    found = examined(project, 'says: "It would “not improve the harbour on its own”.", cite: "@review"')
    assert found.evidence[0].verdict is Verdict.VERIFIED


# ---------------------------------------------------------------- who said it

SPEAKERS = [
    ("quote: We were promised a self-cleaning channel", ["speaker-other"], "the source names somebody else"),
    ("quote: Nobody knows what the ferry will cost", ["speaker-unclear"], "two paragraphs away"),
    ("quote: It was never designed to", [], "the sentence before names her"),
    ("support: The former harbour-master disagrees with her and with everyone", ["speaker-unclear"], "neither name"),
]


@pytest.mark.parametrize(("words", "expected"), [case[:2] for case in SPEAKERS], ids=[case[2] for case in SPEAKERS])
def test_the_speaker_must_be_named(project: Path, words: str, expected: list[str]) -> None:
    assert codes(examined(project, f'{words}, cite: "@review"')) == expected


@pytest.mark.parametrize(("case", "helps"), [(0, "`also`"), (3, "`attributed`")], ids=["verb", "name"])
def test_the_hint_says_what_helps_against_another_name(project: Path, case: int, helps: str) -> None:
    problem = examined(project, f'{SPEAKERS[case][0]}, cite: "@review"').problems[0]
    assert [word for word in ("`also`", "`attributed`") if word in problem.hint] == [helps]


def test_a_passage_that_names_the_speaker_answers_beside_the_words(project: Path) -> None:
    words = 'quote: Nobody knows what the ferry will cost, cite: "@review", attributed: TIE'
    assert codes(examined(project, words.replace("TIE", '"Benedek Thrale told the panel"'))) == ["speaker-unclear"]
    assert codes(examined(project, words.replace("TIE", "said Ottoline Varga"))) == ["speaker-unclear"]
    introduced = words.replace("TIE", '"said Ottoline Varga", introduces: para. 5')
    assert codes(examined(project, introduced)) == []
    assert codes(examined(project, introduced.replace("para. 5", "para. 4"))) == ["speaker-unclear"]
    assert codes(examined(project, introduced.replace('"@review"', '"@review, para. 5"'))) == []
    assert codes(examined(project, introduced.replace('"@review"', '"@review, para. 2"'))) == ["locator-mismatch"]
    assert "quote-absent" in codes(examined(project, words.replace("TIE", "sighed Ottoline Varga")))


def test_no_passage_makes_words_of_somebody_else_the_speaker_s(project: Path) -> None:
    words = "quote: We were promised a self-cleaning channel, cite: '@review', attributed: said Ottoline Varga"
    assert codes(examined(project, words + ", introduces: para. 4")) == ["speaker-other"]


@pytest.mark.parametrize(("between", "expected"), [("", []), ("It rained all day.\n", ["speaker-unclear"])])
def test_the_passage_that_names_the_speaker_is_next_to_the_words(
    tmp_path: Path, between: str, expected: list[str]
) -> None:
    """Also if the words end their paragraph."""
    text = f"Nobody knows what the ferry will cost\n{between}Ottoline Varga spoke last."
    captured(tmp_path, "review", text)
    words = 'quote: Nobody knows what the ferry will cost, cite: "@review", attributed: Ottoline Varga spoke last'
    assert codes(examined(tmp_path, words)) == expected


@pytest.mark.parametrize(("status", "severity"), [("published", "error"), ("draft", "warning")])
def test_words_of_somebody_unknown_are_an_error_in_a_published_brief(project: Path, status: str, severity: str) -> None:
    captured(project, "review", "Ottoline Varga came. “The levy has cost us a great deal,” said Mira Lund.")
    found = examined(project, 'quote: The levy has cost us a great deal, cite: "@review"', status=status)
    assert [(one.code, one.severity) for one in found.problems if one.code != "lock-behind"] == [
        ("speaker-other", severity)
    ]
    assert "Mira Lund" in found.problems[0].message


WORDS = "The levy has cost us a great deal"
NOT_THEIRS = {
    f"Ottoline Varga came. {WORDS}.": "the source has these words outside quotation marks",
    f"“{WORDS}.” Ottoline Varga and Benedek Thrale laughed.": "“Benedek Thrale” is named near these words",
    f"“{WORDS}.” Benedek Thrale laughed.": "only Benedek Thrale is named near these words, not Ottoline Varga",
    f"“{WORDS},” said Benedek Thrale.": "the source attributes these words to Benedek Thrale, not Ottoline Varga",
    f"The minister said: “{WORDS}.”": "the source attributes these words to “The minister”",
    f"Ottoline Varga denied it: “{WORDS}.”": "“denied” in the source shows that these words are not",
    f"OTTOLINE VARGA: People write to me. “{WORDS}.” That is one letter.": "after “OTTOLINE VARGA”, the source only reports",
    f"“{WORDS}.”": "'review' does not name Ottoline Varga in the paragraph of these words",
}


@pytest.mark.parametrize("text", NOT_THEIRS)
def test_the_problem_says_what_is_against_the_speaker(tmp_path: Path, text: str) -> None:
    captured(tmp_path, "review", text)
    problems = examined(tmp_path, f'quote: {WORDS}, cite: "@review"').problems
    problem = next(one for one in problems if one.code in ("speaker-unclear", "speaker-other"))
    assert problem.message.startswith(NOT_THEIRS[text])


def test_an_own_text_that_quotes_somebody_else_does_not_make_their_words_the_author_s(tmp_path: Path) -> None:
    captured(tmp_path, "speech", "“The levy has cost us a great deal,” said Mira Lund.")
    found = examined(tmp_path, 'quote: The levy has cost us a great deal, cite: "@speech"')
    assert codes(found) == ["speaker-other"]


def test_another_form_of_the_name_is_offered(project: Path) -> None:
    captured(project, "review", "“The levy has cost us a great deal,” said Ottoline Várga.")
    found = examined(project, 'quote: The levy has cost us a great deal, cite: "@review"')
    assert codes(found) == ["speaker-unclear"]
    assert "“Várga”" in found.problems[0].hint


def test_a_person_s_own_text_needs_no_name(tmp_path: Path) -> None:
    captured(tmp_path, "speech", "The levy has never been what it was meant to be.")
    assert codes(examined(tmp_path, 'quote: The levy has never been what it was meant to be, cite: "@speech"')) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Our critics say the levy has cost us a great deal.", ["speaker-not-author"]),
        ("Q: Is it so?\n\nA: It is.\n\nQ: Is it? The levy has cost us a great deal.\n\nA: No.", ["speaker-not-author"]),
        ("Q: Is it so?\n\nA: It is.\n\nQ: Is it?\n\nA: The levy has cost us a great deal.", []),
        ("As we say, the levy has cost us a great deal.", []),
        ("Ms Varga said the levy has cost us a great deal.", []),
        ("Do you think the levy has cost us a great deal?", ["condition-cut"]),
        ("The town is small. The levy has cost us a great deal. Or not?", []),
        ("Nobody in this town believes that the levy has cost us a great deal.", ["negation-cut"]),
    ],
)
def test_an_own_text_has_words_of_others_questions_and_denials(tmp_path: Path, text: str, code: list[str]) -> None:
    captured(tmp_path, "speech", text)
    assert codes(examined(tmp_path, 'quote: "[t]he levy has cost us a great deal", cite: "@speech"')) == code


# ---------------------------------------------------------------- translations, support


def test_a_translation_rests_on_its_original(tmp_path: Path) -> None:
    captured(tmp_path, "speech", "Die Abgabe hat noch nie etwas gebracht.")
    words = 'quote: The levy never brought anything, translated_by: the editors, cite: "@speech"'
    assert codes(examined(tmp_path, words)) == ["translation-unsupported"]
    found = examined(tmp_path, f"{words}, support: Die Abgabe hat noch nie etwas gebracht")
    assert (codes(found), [one.kind for one in found.evidence]) == ([], ["support"])


def test_a_published_position_without_evidence_is_a_warning(project: Path) -> None:
    assert codes(examined(project, 'says: It fails., cite: "@review"')) == ["evidence-missing"]
    assert codes(examined(project, 'says: It fails., cite: "@review"', status="draft")) == []


# ---------------------------------------------------------------- the lock


def test_what_was_verified_passes_on_a_clone_without_captures(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lock, clone = pinned(examined(project, NOT_IMPROVE)), tmp_path_factory.mktemp("clone")
    found = examined(clone, NOT_IMPROVE, lock)
    (one,) = found.evidence
    assert (one.verdict, one.where, one.captured) == (Verdict.LOCKED, "para. 2", "2025-02-14")
    assert found.problems == ()
    retyped = NOT_IMPROVE.replace("The levy would", "“The\u00a0levy would").replace("own", "own”")
    assert examined(clone, retyped, lock).evidence[0].verdict is Verdict.LOCKED


CHANGES = [
    ("not ", ""),
    ("@review", "@diary"),
    ("@review", "@review, para. 2"),
    ("quote", "support"),
    ("The levy", "… levy"),
    (', cite: "@review"', ', cite: "@review", attributed: said Ottoline Varga'),
]


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_what_was_changed_since_is_unverified(
    project: Path, tmp_path_factory: pytest.TempPathFactory, old: str, new: str
) -> None:
    lock, clone = pinned(examined(project, NOT_IMPROVE)), tmp_path_factory.mktemp("clone")
    found = examined(clone, NOT_IMPROVE.replace(old, new), lock)
    assert Verdict.LOCKED not in {one.verdict for one in found.evidence}
    assert "quote-unverified" in codes(found)


def test_another_speaker_is_unverified(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    lock, clone = pinned(examined(project, NOT_IMPROVE)), tmp_path_factory.mktemp("clone")
    text = (
        fact_file(NOT_IMPROVE)
        .replace("varga: {stance", "x: {stance")
        .replace("thrale: {gap: declined}", "varga: {gap: declined}")
    )
    swapped = brief(text.replace("x: {stance", "thrale: {stance"))
    found = examination(swapped, LIBRARY, Captures(lambda name: (clone / name).read_bytes()), lock)
    assert found.evidence[0].verdict is Verdict.UNCHECKED


def test_a_capture_goes_before_the_lock(project: Path) -> None:
    lock = pinned(examined(project, NOT_IMPROVE))
    captured(project, "review", "Another text altogether.")
    assert examined(project, NOT_IMPROVE, lock).evidence[0].verdict is Verdict.ABSENT


def test_a_lock_that_is_behind_is_told_once(project: Path) -> None:
    found = examined(project, NOT_IMPROVE)
    assert [problem.code for problem in found.problems] == ["lock-behind"]
    assert examined(project, NOT_IMPROVE, pinned(found)).problems == ()
    assert examined(project, NOT_IMPROVE, status="draft").problems == ()


def test_what_has_an_error_is_not_pinned(project: Path) -> None:
    found = examined(project, 'quote: We were promised a self-cleaning channel, cite: "@review"')
    assert found.evidence[0].verdict is Verdict.VERIFIED
    assert found.entries == ()


def test_a_damaged_capture_is_reported_and_not_used(project: Path) -> None:
    lock = pinned(examined(project, NOT_IMPROVE))
    (project / "captures/review/text.txt").write_text("The levy would improve the harbour on its own.")
    found = examined(project, NOT_IMPROVE.replace("not ", ""), lock)
    assert codes(found) == ["capture-damaged", "quote-unverified"]
    assert found.problems[0].place.file == "captures/review/text.txt"


def test_beside_a_damaged_capture_the_lock_does_not_count(project: Path) -> None:
    lock = pinned(examined(project, NOT_IMPROVE))
    (project / "captures/review/text.txt").write_text("Another text.")
    assert examined(project, NOT_IMPROVE, lock).evidence[0].verdict is Verdict.UNCHECKED


RELABELLED = [
    (EXPERTS.replace("Ottoline Varga", "Ottokar Varga"), SOURCES),
    (EXPERTS, SOURCES.replace("title: The review", "title: The official report")),
    (EXPERTS, SOURCES.replace("title: The review", "title: The review, issued: 2024-01-01")),
    (EXPERTS, SOURCES.replace("title: The review", "title: The review, author: [{literal: The Ministry}]")),
    (EXPERTS, SOURCES.replace("title: The review, provenance: report", "title: The review")),
]


@pytest.mark.parametrize(("experts", "sources"), RELABELLED)
def test_the_name_of_the_speaker_and_what_the_source_is_are_locked(
    project: Path, tmp_path_factory: pytest.TempPathFactory, experts: str, sources: str
) -> None:
    lock, clone = pinned(examined(project, NOT_IMPROVE)), tmp_path_factory.mktemp("clone")
    captures = Captures(lambda name: (clone / name).read_bytes())
    found = examination(brief(fact_file(NOT_IMPROVE)), library(experts, sources), captures, lock)
    assert codes(found) == ["quote-unverified"]


def test_warnings_survive_on_a_clone_without_captures(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    cut = 'quote: improve the harbour on its own, cite: "@review"'
    lock, clone = pinned(examined(project, cut)), tmp_path_factory.mktemp("clone")
    found = examined(clone, cut, lock)
    assert found.evidence[0].verdict is Verdict.LOCKED
    assert codes(found) == ["negation-cut"]
    assert pinned(found) == lock


def test_words_that_earlier_rules_verified_are_reported_without_captures(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lock, clone = pinned(examined(project, NOT_IMPROVE)), tmp_path_factory.mktemp("clone")
    old = Lock(tuple(replace(entry, rules=entry.rules - 1) for entry in lock.entries))
    found = examined(clone, NOT_IMPROVE, old)
    assert found.evidence[0].verdict is Verdict.LOCKED
    assert [(one.code, one.severity) for one in found.problems] == [("lock-rules", "warning")]
    assert pinned(found) == old
    assert examined(clone, NOT_IMPROVE, old, status="draft").problems == ()
    assert [one.code for one in examined(project, NOT_IMPROVE, old).problems] == ["lock-behind"]
    assert pinned(examined(project, NOT_IMPROVE, old)) == lock


def test_a_lock_that_is_not_believed_says_so_once(tmp_path: Path) -> None:
    found = examined(tmp_path, NOT_IMPROVE, Lock((), believed=False))
    assert found.problems == ()
    assert found.evidence[0].verdict is Verdict.UNCHECKED


def test_a_replacement_that_cannot_be_judged_needs_somebody_who_checked_it(project: Path) -> None:
    quote = 'quote: "the [harbour|levy] would not improve matters", cite: "@review"'
    captured(project, "review", "They say that the levy would not improve matters, and badly.")
    assert "quote-altered" in [problem.code for problem in examined(project, quote).problems]
    checked = quote + ', alterations: "A. Editor: the levy is the harbour levy"'
    assert "quote-altered" not in [problem.code for problem in examined(project, checked).problems]


# ---------------------------------------------------------------- lines of plain text

LINES = [
    ("title: The levy", "title: The levy that “works”"),
    ("title: The levy", "title: The levy\nsubtitle: A tax that 'works' for all"),
    ("title: The levy", "title: The levy\nshort_title: «Works»"),
    ("ask: Does it work?", "ask: Does it “work”?"),
    ('scale: ["No", "Yes"]', "scale: [No such thing, It “works”, 'Yes']"),
    ("{gap: declined}", "{gap: declined, note: Says that it “works”.}"),
]


@pytest.mark.parametrize(("old", "new"), LINES)
def test_words_in_marks_in_a_line_are_a_quotation_too(project: Path, old: str, new: str) -> None:
    text = fact_file(NOT_IMPROVE).replace(old, new)
    found, _ = read(text)
    assert found is not None
    captures = Captures(lambda name: (project / name).read_bytes())
    assert "quote-uncited" in codes(examination(found, LIBRARY, captures, Lock()))


@pytest.mark.parametrize("title", ["The levy would “not improve the harbour”", "Why the “levy would not improve” it"])
def test_a_title_may_quote_what_the_brief_cites(project: Path, title: str) -> None:
    found = brief(fact_file(NOT_IMPROVE).replace("title: The levy", f"title: {title}"))
    captures = Captures(lambda name: (project / name).read_bytes())
    assert codes(examination(found, LIBRARY, captures, Lock())) == []


def test_the_note_of_a_figure_quotes_its_source(project: Path) -> None:
    figure = "facts: [{id: f, claim: C., figures: [{amount: 12%, by: A, note: It “NOTE”, cite: '@review, para. 5'}]}]\n"
    for note, expected in (("fell by 12 per cent", []), ("fell by 21 per cent", ["quote-absent"])):
        found = brief(fact_file(NOT_IMPROVE) + figure.replace("NOTE", note).replace("12%", "'12%'"))
        captures = Captures(lambda name: (project / name).read_bytes())
        assert codes(examination(found, LIBRARY, captures, Lock())) == expected


# ---------------------------------------------------------------- places that are not there


@pytest.mark.parametrize(
    ("locator", "missing"),
    [
        ("para. 6", ""),
        ("para. 7", "7"),
        ("paras. 2 and 99", "99"),
        ("paras. 4-6", ""),
        ("para. \u0663", ""),
        ("para. \u0669", "9"),
        ("paras. 5-12", "12"),
        ("para. 0", "0"),
        ("p. 40", ""),
        ("sec. 9", ""),
    ],
)
def test_a_paraphrase_cites_a_paragraph_that_the_source_has(project: Path, locator: str, missing: str) -> None:
    expected = [f"'review' has no paragraph {missing}: it has 6 paragraphs"] if missing else []
    for found in (
        examined(project, f'says: It fails., cite: "@review, {locator}; @speech, p. 3"'),
        examined(project, prose=f"It fails [@review, {locator}]."),
    ):
        assert [problem.message for problem in found.problems if problem.code == "locator-absent"] == expected


def test_a_locator_may_be_in_the_digits_of_any_script(project: Path) -> None:
    assert codes(examined(project, NOT_IMPROVE.replace("@review", "@review, para. \u0662"))) == []
    assert codes(examined(project, NOT_IMPROVE.replace("@review", "@review, para. \u0663"))) == ["locator-mismatch"]


def test_a_quotation_at_a_place_that_is_not_there_is_one_problem(project: Path) -> None:
    found = examined(project, NOT_IMPROVE.replace("@review", "@review, para. 99"))
    assert codes(found) == ["locator-mismatch"]


@pytest.mark.parametrize(
    ("locator", "message"),
    [
        ("p. 3", ""),
        ("p. 4", "'diary' has no page 4: it has 3 pages"),
        ("p. [3]", ""),
        ("p. [4]", "'diary' has no page 4: it has 3 pages"),
    ],
)
def test_a_paraphrase_cites_a_page_that_the_source_has(project: Path, locator: str, message: str) -> None:
    captured(project, "diary", "\f".join(f"The sea was angry again on this day.\n\n{page}" for page in (1, 2, 3)))
    found = examined(project, prose=f"It fails [@diary, {locator}].")
    assert [problem.message for problem in found.problems if problem.code == "locator-absent"] == [message] * bool(
        message
    )


def test_a_page_is_not_judged_if_the_pages_have_no_numbers(project: Path) -> None:
    captured(project, "diary", "\f".join(["The sea was angry again on this day."] * 3))
    assert "locator-absent" not in codes(examined(project, prose="It fails [@diary, p. 233]."))
