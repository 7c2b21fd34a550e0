"""`brief quote verify` and `brief quote find`, as programs and editors use them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint import HTML

from generator.cli import run
from generator.quote import Answer, BadRequest, SourceTexts, find, verify
from generator.quote.passage_finder import record
from tests.evidence.test_extract import document

REPORT = """\
The ministry met on Tuesday.
“The tariff protects our steel mills,” said Ann Example, a professor. Imports rose by 4.7 per cent.
Ben Sample, a trade lawyer, disagreed. “It costs more than it brings,” he said. Sample spoke after the vote.
"""
TALK = "Chair.\n\nANN EXAMPLE: We shall not sign. Nobody asked us.\n\nBEN SAMPLE: We shall sign [sic] gladly.\n"
Brief = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert run(["init", str(tmp_path / "desk")]) == 0
    desk = tmp_path / "desk"
    sources = (desk / "briefs/sources.yaml").read_text()
    (desk / "briefs/sources.yaml").write_text(
        sources + "  - {id: talk, type: speech, title: A talk, issued: 2024-05-02}\n"
        "  - {id: later, type: article, title: Not captured, issued: 2024-05-02}\n"
    )
    (tmp_path / "report.txt").write_text(REPORT)
    (tmp_path / "talk.txt").write_text(TALK)
    assert run(["-C", str(desk), "capture", "debate-2024", str(tmp_path / "report.txt")]) == 0
    assert run(["-C", str(desk), "capture", "talk", str(tmp_path / "talk.txt")]) == 0
    (desk / "report.txt").write_text(REPORT)
    return desk


@pytest.fixture
def brief(project: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Brief:
    capsysbinary.readouterr()

    def called(*arguments: str) -> tuple[int, str, str]:
        status = run(["-C", str(project), *arguments])
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return called


def asked(project: Path, *requests: object) -> list[dict[str, object]]:
    """What the program answers to requests, or to lines where they are text or bytes."""
    lines = [one if isinstance(one, str | bytes) else json.dumps(one) for one in requests]
    return [json.loads(answer.line()) for answer in verify(lines, SourceTexts(project))]


# ---------------------------------------------------------------- verify


def test_a_file_is_answered_line_by_line_in_order(project: Path, brief: Brief) -> None:
    requests = [
        {"quote": "The tariff protects our steel mills", "source": "debate-2024"},
        {"quote": "The tariff harms our steel mills", "source": "debate-2024"},
        {"quote": "It costs more than it brings", "source": "./report.txt"},
    ]
    (project / "q.jsonl").write_text("".join(json.dumps(one) + "\n\n" for one in requests))
    status, out, _ = brief("quote", "verify", "q.jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (status, [one["verdict"] for one in answers]) == (1, ["verified", "absent", "verified"])
    first = answers[0]
    assert (first["page"], first["paragraph"], first["locator"]) == (None, 2, "para. 2")
    assert first["passage"] == "The tariff protects our steel mills"
    assert len(first["places"]) == 1
    assert answers[1]["difference"]
    assert "[-protects-]{+harms+}" in answers[1]["nearest"]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ('{"quote": "We shall not sign.", "source": "talk"}', 0),
        ('{"quote": "We shall now sign.", "source": "talk"}', 1),
        ('{"quote": "We shall not sign.", "source": "later"}', 1),
        ('{"quote": "We shall not sign.", "source": "tolk"}', 2),
        ("no json", 2),
    ],
)
def test_the_exit_code_tells_the_worst(project: Path, brief: Brief, line: str, status: int) -> None:
    good = '{"quote": "We shall not sign.", "source": "talk"}'
    (project / "q.jsonl").write_text(f"{good}\n{line}\n{good}\n")
    assert brief("quote", "verify", "q.jsonl")[0] == status


def test_wrong_use_is_said(brief: Brief) -> None:
    assert brief("quote", "verify", "nowhere.jsonl")[0] == 2
    assert brief("quote", "verify", ".")[0] == 2
    assert brief("quote")[0] == 2


def test_a_pipe_is_answered_as_it_comes(project: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "generator", "quote", "verify", "-"],
        cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdin
    assert program.stdout
    for words, verdict in (("We shall not sign.", "verified"), ("We shall sign.", "absent")):
        program.stdin.write(json.dumps({"quote": words, "source": "talk"}).encode() + b"\n")
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["verdict"] == verdict  # before the input has ended
    program.stdin.close()
    assert program.wait() == 1
    program.stdout.close()


@pytest.mark.parametrize(
    "line",
    [
        "", "null", "[]", '"words"', "7", "{", "{}", '{"quote": "a"}', '{"source": "talk"}',
        '{"quote": "", "source": "talk"}', '{"quote": "!?", "source": "talk"}', '{"quote": 7, "source": "talk"}',
        '{"quote": ["a"], "source": "talk"}', '{"quote": "a", "source": null}', '{"quote": "a", "source": " "}',
        '{"quote": "a", "source": "talk", "text": "a"}', '{"quote": "a", "sauce": "talk"}',
        '{"quote": "a", "source": "talk", "quote": "b"}', '{"quote": "a", "source": "talk", "locator": "somewhere"}',
        '{"quote": "a", "source": "talk", "locator": "p. 3, p. 4 and more"}',
        '{"quote": "a", "source": "talk", "language": "English, please"}', '{"quote": "\\ud800 a", "source": "talk"}',
        '{"quote": "a", "text": "a \\udfff"}', '{"quote": "a", "source": "ta\\u0000lk"}', '{"quote": "a\x00", "text": "a"}',
        '{"quote": NaN, "source": "talk"}', '{"quote": "a", "source": "/dev/zero"}',
        '{"quote": "a", "source": "' + "x" * 5000 + '"}', '{"quote": "a", "source": "report.txt/x"}',
        "[" * 100_000, '{"a":' * 100_000, "9" * 100_000, '{"quote": "' + "a " * 60_000 + '", "text": "a"}',
        '{"quote": "e' + "\\u0301" * 60 + '", "text": "a"}', b'{"quote": "\xff", "source": "talk"}',
    ],
)  # fmt: skip
def test_a_bad_line_has_its_error_in_its_place(project: Path, line: str | bytes) -> None:
    good = {"quote": "We shall not sign.", "source": "talk"}
    first, bad, last = asked(project, good, line, good)
    assert first == last
    assert list(bad) == ["error"]
    assert 5 < len(str(bad["error"])) < 6000


HERE = SourceTexts(Path(__file__).parent)
ANYTHING = st.text(st.characters(), max_size=40)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.binary(max_size=60) | ANYTHING | st.fixed_dictionaries({"quote": ANYTHING, "text": ANYTHING}, optional={
    "language": ANYTHING, "locator": ANYTHING, "speaker": ANYTHING, "source": ANYTHING}).map(json.dumps), max_size=4))  # fmt: skip
def test_whatever_is_asked_has_one_printable_answer(lines: list[str | bytes]) -> None:
    answers = [answer.line() for answer in verify(lines, HERE)]
    assert len(answers) == len(lines)
    for answer in answers:
        assert answer.isprintable()
        answer.encode()
        record = json.loads(answer)
        assert record.get("verdict") in (None, "verified", "absent", "unchecked")


def test_documents_that_cannot_be_read_are_errors(project: Path) -> None:
    os.mkfifo(project / "pipe")
    (project / "data.bin").write_bytes(b"\x00\x01\x02")
    (project / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (project / "folder").mkdir()
    names = ["pipe", "data.bin", "broken.pdf", "folder"]
    answers = asked(project, *({"quote": "a word", "source": name} for name in names))
    assert [list(one) for one in answers] == [["error"]] * 4


def test_a_damaged_capture_is_an_error_and_a_missing_one_unchecked(project: Path) -> None:
    text = project / "captures/talk/text.txt"
    text.write_text(text.read_text() + "We shall sign.")
    damaged, missing = asked(project, {"quote": "We shall sign.", "source": "talk"}, {"quote": "a", "source": "later"})
    assert "changed after it was captured" in str(damaged["error"])
    assert missing["verdict"] == "unchecked"
    assert "no capture of 'later'" in str(missing["message"])


def test_a_name_that_is_a_key_and_a_file_is_not_guessed(project: Path) -> None:
    (project / "talk").write_text("We shall sign.")
    both, file = asked(project, {"quote": "a", "source": "talk"}, {"quote": "We shall sign.", "source": "./talk"})
    assert "write ./talk" in str(both["error"])
    assert file["verdict"] == "verified"


def test_a_document_is_read_once_a_run(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from generator.pipeline.inputs.document_reader import read_sandboxed
    from generator.quote import source_texts

    read: list[str] = []

    def reading(name: str, data: bytes) -> object:
        read.append(name)
        return read_sandboxed(name, data)

    monkeypatch.setattr(source_texts, "read_sandboxed", reading)

    asked(project, *[{"quote": "It costs more than it brings", "source": "report.txt"}] * 5)
    assert read == ["report.txt"]


@pytest.mark.parametrize("kind", ["rtf", "docx", "html", "pdf"])
def test_documents_are_read_as_brief_capture_reads_them(project: Path, kind: str) -> None:
    """In a child with limits; through pandoc where that is needed."""
    made = {
        "rtf": lambda: rb"{\rtf1\ansi The levy protects the mills, she said.\par}",
        "html": lambda: b"<html><body><p>The levy <del>never </del>protects the mills, she said.</p></body></html>",
        "docx": lambda: document("<w:p><w:r><w:t>The levy protects the mills, she said.</w:t></w:r></w:p>"),
        "pdf": lambda: HTML(string="<p>The levy protects the mills, she said.").write_pdf(),
    }
    (project / f"speech.{kind}").write_bytes(made[kind]())
    true, false = asked(
        project,
        {"quote": "The levy protects the mills", "source": f"speech.{kind}"},
        {"quote": "The levy never protects the mills", "source": f"speech.{kind}"},
    )
    assert (true["verdict"], false["verdict"]) == ("verified", "absent")


def test_words_in_several_places_are_verified_with_all_of_them(project: Path) -> None:
    (answer,) = asked(project, {"quote": "It is late.", "text": "It is late.\n\nNo.\n\nIt is late."})
    assert answer["verdict"] == "verified"
    assert [place["paragraph"] for place in answer["places"]] == [1, 3]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("locator", "verdict", "difference"),
    [
        ("para. 3", "verified", None),
        ("para. 03", "verified", None),
        ("para. 2", "absent", "locator"),
        ("p. 3", "unchecked", "locator"),
    ],
)
def test_a_locator_narrows(project: Path, locator: str, verdict: str, difference: str | None) -> None:
    request = {"quote": "It costs more than it brings", "source": "debate-2024", "locator": locator}
    (answer,) = asked(project, request)
    assert (answer["verdict"], answer["difference"]) == (verdict, difference)


def test_a_locator_leaves_only_the_places_that_it_names(project: Path) -> None:
    request = {"quote": "It is late.", "text": "It is late.\n\nNo.\n\nIt is late.", "locator": "para. 3"}
    (answer,) = asked(project, request)
    assert (answer["paragraph"], len(answer["places"])) == (3, 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("speaker", "verdict"),
    [
        ("example-b", "verified"), ("Ben Sample", "verified"), ("example-a", "absent"), ("Ann Example", "absent"),
        ("Cleo Nobody", "absent"),
    ],
)  # fmt: skip
def test_a_speaker_narrows(project: Path, speaker: str, verdict: str) -> None:
    request = {"quote": "It costs more than it brings", "source": "debate-2024", "speaker": speaker}
    (answer,) = asked(project, request)
    assert (answer["verdict"], answer["difference"]) == (verdict, None if verdict == "verified" else "speaker")


@pytest.mark.parametrize(
    ("quote", "text", "verdict"),
    [
        ("the levy helps", "I do not think that the levy helps.", "unchecked"),
        ("the levy helps", "I doubt the levy helps.", "unchecked"),
        ("help the farms", "The levy failed to help the farms.", "unchecked"),
        ("help to the farms", "The alleged help to the farms came late.", "unchecked"),
        ("the levy helps", "It may rain: the levy helps.", "verified"),
        ("helps the farms", "Ann May helps the farms.", "verified"),
        ("The levy helps", "The levy helps, but some doubt it.", "verified"),
        ("この政策は経済に良い", "この政策は経済に良いとは言っていない。", "unchecked"),
        ("この政策は経済に良い", "この政策は経済に良いと言った。", "verified"),
        ("Die Abgabe hilft dem Hafen", "Die Abgabe hilft dem Hafen in diesem Jahr nicht.", "unchecked"),
        ("Die Abgabe hilft dem Hafen", "Die Abgabe hilft dem Hafen in diesem Jahr, das nicht gut war.", "verified"),
    ],
)
def test_words_that_a_clause_denies_or_doubts_are_not_verified(
    project: Path, quote: str, text: str, verdict: str
) -> None:
    language = "ja" if "。" in text else "de" if "Die" in text else "en"
    (answer,) = asked(project, {"quote": quote, "text": text, "language": language})
    assert (answer["verdict"], answer["difference"]) == (verdict, None if verdict == "verified" else "negation")


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [("help the farms", "unchecked"), ("will not help the farms", "verified"), ("The levy will", "unchecked")],
)
def test_words_next_to_a_negation_are_not_verified(project: Path, quote: str, verdict: str) -> None:
    (answer,) = asked(project, {"quote": quote, "text": "The levy will not help the farms.", "language": "en"})
    assert (answer["verdict"], answer["difference"]) == (verdict, None if verdict == "verified" else "negation")


def test_pages_are_told(project: Path) -> None:
    (answer,) = asked(project, {"quote": "Second page", "text": "First page.\fSecond page."})
    assert (answer["page"], answer["locator"]) == (2, "p. [2]")


def test_characters_that_a_terminal_obeys_are_escaped(project: Path) -> None:
    text = "One\u202e word\x1b[2J more\u2028 here"
    line = next(verify([{"quote": "One other word here", "text": text}], SourceTexts(project))).line()
    assert line.isprintable()
    assert json.loads(line)


def test_the_function_takes_mappings_and_needs_no_project(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The levy failed badly.")
    requests = [{"quote": "The levy failed", "source": "a.txt", "speaker": None}, {"quote": "x"}]
    first, second = verify(requests, SourceTexts(tmp_path))
    assert isinstance(first, Answer)
    assert (first.verdict, first.places[0].paragraph) == ("verified", 1)
    assert isinstance(second, BadRequest)


# ---------------------------------------------------------------- find


def found(project: Path, words: str, by: str = "") -> list[tuple[str, str, str, bool]]:
    source_texts = SourceTexts(project)
    assert source_texts.library
    passages = find(words, source_texts.captured(), source_texts.library, by)
    return [(one.source, one.quote, one.who, one.spoken) for one in passages]


@pytest.mark.parametrize(
    ("words", "passage"),
    [
        ("TARIFF", ("debate-2024", "The tariff protects our steel mills", "example-a", True)),
        ("brings costs", ("debate-2024", "It costs more than it brings", "example-b", True)),
        ("import", ("debate-2024", "Imports rose by 4.7 per cent.", "", False)),
        ("nobody asked", ("talk", "Nobody asked us.", "example-a", True)),
    ],
)
def test_a_passage_is_found_with_its_speaker(project: Path, words: str, passage: tuple[str, str, str, bool]) -> None:
    assert found(project, words) == [passage]


def test_only_what_one_expert_says(project: Path) -> None:
    assert [who for *_, who, _ in found(project, "it", by="example-b")] == ["example-b"]
    assert found(project, "brings", by="example-a") == []


def test_brackets_of_the_source_are_not_offered_as_the_editors(project: Path) -> None:
    assert found(project, "gladly") == []


def test_what_is_found_can_be_pasted_and_checks(project: Path, brief: Brief) -> None:
    source_texts = SourceTexts(project)
    assert source_texts.library
    passages = [
        *find("tariff", source_texts.captured(), source_texts.library),
        *find("costs", source_texts.captured(), source_texts.library),
    ]
    records = "".join(record(passage, i) for i, passage in enumerate(passages))
    file = project / "briefs/example.yaml"
    file.write_text(f"{file.read_text()}\nvoices:\n{records}")
    status, out, err = brief("check", "--format", "json")
    codes = [problem["code"] for problem in json.loads(out) if problem["severity"] == "error"]
    assert (status, codes, err) == (0, [], "")
    file.write_text(file.read_text().replace("more than it brings", "less than it brings"))
    assert "quote-absent" in brief("check", "--format", "json")[1]


def test_the_command_prints_records_and_says_when_there_are_none(brief: Brief) -> None:
    status, out, _ = brief("quote", "find", "steel", "mills", "--source", "debate-2024")
    assert (status, out.splitlines()[0]) == (0, "# debate-2024, para. 2: Ann Example")
    assert "quote: The tariff protects our steel mills" in out
    assert brief("quote", "find", "zebra")[0] == 1
    assert brief("quote", "find", "steel", "--by", "example-x")[0] == 2
    assert brief("quote", "find", "steel", "--source", "talks")[0] == 2
    assert brief("quote", "find", "steel", "--source", "later")[0] == 2
