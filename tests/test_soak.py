"""`scripts/soak.py`: it passes on a good `brief watch`, and it notices a lost edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.synthetic import SMALL, fact_file, write_project
from scripts import soak
from tests.commands.run import brief


def test_a_short_run_loses_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = soak.main([str(tmp_path), "--briefs", "2", "--minutes", "0.01"])
    assert (code, capfd.readouterr().out.count("outputs are the same")) == (0, 1)


def test_a_page_without_the_last_edit_is_wrong_and_so_is_one_without_a_fact_file(tmp_path: Path) -> None:
    project = write_project(tmp_path, 3, SMALL)
    assert brief("build", "--no-site", cwd=project).code == 0
    desk = soak.Desk(project, 2, seed=1)
    assert list(desk.wrong()) == ["invented-00002 (deleted)"]
    (project / "build/invented-00000.html").write_text("<title>an older text</title>", "utf-8")
    (project / "build/invented-00002.html").unlink()
    assert list(desk.wrong()) == [fact_file(project, 0).stem]
