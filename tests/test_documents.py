"""Reading from a document what its reader is told to do, doing it, and comparing what is printed."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

import pytest

from scripts.documents.cli import documents, follow
from scripts.documents.put import replaced
from scripts.documents.steps import BadDocument, Left, Put, Run, Show, Step, steps

ROOT = Path(__file__).parents[1]


def told(folder: Path, text: str, section: str = "") -> tuple[Step, ...]:
    path = folder / "guide.md"
    path.write_text(dedent(text), "utf-8")
    return steps(path, section)


def followed(folder: Path, text: str) -> list[str]:
    return follow(told(folder, text), folder, Path(sys.prefix))


@pytest.mark.parametrize("document", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_document_can_be_read(document: Path) -> None:
    assert all(step.reason for step in steps(document) if isinstance(step, Left))


def test_blocks_are_steps_and_other_blocks_are_not(tmp_path: Path) -> None:
    assert told(
        tmp_path,
        """\
        # Guide

        1. In a list:

           ```sh
           cd here
             two
           ```

        <!-- run: by hand -->

        ```console
        $ one
        first
        $ two
        ```

        ```yaml
        not: a step
        ```

        ```text file=a/b.txt
        words
        ```

        ```sh no-run: needs root
        sudo reboot
        ```
        """,
    ) == (
        Run(5, "cd here\n  two\n"),
        Run(10, "by hand"),
        Show(13, "one", "first\n"),
        Show(15, "two", ""),
        Put(22, "a/b.txt", "words\n", record=False),
        Left(26, "sudo reboot\n", "needs root"),
    )


def test_a_section_ends_where_the_next_of_its_level_begins(tmp_path: Path) -> None:
    text = "# G\n\n## One\n\n```sh\n1\n```\n\n### Below\n\n```sh\n2\n```\n\n## Two\n\n```sh\n3\n```\n"
    assert [step.script for step in told(tmp_path, text, "One") if isinstance(step, Run)] == ["1\n", "2\n"]
    with pytest.raises(BadDocument, match="no section 'Three'"):
        told(tmp_path, text, "Three")


@pytest.mark.parametrize(
    "text",
    ["```\nbrief check\n```\n", "Run:\n\n    brief check --strict\n", "```\nwords\n$ brief check\n```\n", "```sh norun\nmake\n```\n"],
    ids=["a bare block", "an indented block", "a prompt", "an unknown word"],
)  # fmt: skip
def test_commands_in_a_block_that_would_not_be_run_are_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadDocument, match=r"guide\.md:\d"):
        told(tmp_path, text)


def test_steps_share_one_shell(tmp_path: Path) -> None:
    text = "```sh\nmkdir in && cd in\nX=5\n```\n\n```text file=f.txt\na 'b' $X\n```\n\n```console\n$ cat f.txt; echo $X\na 'b' $X\n5\n```\n"
    assert followed(tmp_path, text) == []


def test_what_is_printed_has_to_be_what_the_document_shows(tmp_path: Path) -> None:
    (difference,) = followed(tmp_path, "```console\n$ printf 'one\\ntwo\\n'\none\n```\n")
    assert difference.startswith("2: `printf")
    assert "two" in difference
    assert followed(tmp_path, "```console\n$ printf 'one\\ntwo\\nthree\\n'\none\n…\n```\n") == []
    assert followed(tmp_path, "```console\n$ echo it took 5 s; false\nit took … s\n```\n") == []


def test_a_command_that_fails_is_named_with_what_it_printed(tmp_path: Path) -> None:
    (difference,) = followed(tmp_path, "```sh\ntrue\n```\n\n```sh\necho why; false\ntouch after\n```\n")
    assert difference == "5: fails with\nwhy\n"
    assert not (tmp_path / "after").exists()


def test_nothing_of_the_environment_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OF_MINE", "1")
    assert followed(tmp_path, "```console\n$ echo $OF_MINE$PYTHONPATH; echo $LANG\n\nC.UTF-8\n```\n") == []


def test_a_record_takes_the_place_of_the_one_that_begins_alike() -> None:
    text = "a:\n  x:\n    old: 1\n    - 2\n\n  y: 3\n"
    assert replaced(text, "  x:\n    new: 1\n") == "a:\n  x:\n    new: 1\n\n  y: 3\n"
    with pytest.raises(ValueError, match="z"):
        replaced(text, "  z:\n")
