"""False quotations in every field of a fact file, in tables and in charts: none gets past the check."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.commands.run import brief

EXAMPLES = Path(__file__).parents[2] / "examples"
NOT_PRINTED = frozenset(
    "id cite who date status kind url language table place experts scale stance gap question rests_on edition until review_by picture "
    "in preset emphasis silence topics "
    "introduces grid quote support attributed alterations name amount number unit columns measures".split()
)
"""Fields that are no words, or that are checked for other things."""
MORE: dict[str, Any] = {
    "sections": [{"id": "more", "heading": "More", "text": "The Council will decide.\n"}],
    "boxes": [{"id": "terms", "heading": "Terms", "text": "A charge is a charge."}],
    "tables": [{"id": "counts", "table": "data/counts.csv", "caption": "Cars", "units": "cars", "cite": "@hearing-2025", "note": "All."}],
    "related": [{"title": "A brief", "url": "night-ferry.html", "note": "The same town"}],
    "corrections": [{"date": "2025-06-01", "what": "A number was wrong."}],
    "authors": [{"name": "Ann Example", "role": "analyst", "biography": "Ann Example has followed the matter."}],
    "method": "Six papers were read.",
    "updates": "Adds one paper.",
}  # fmt: skip


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "«{}»", "‘{}’", "״{}״", "&ldquo;{}&rdquo;"])
def test_false_quotations_in_every_field_are_reported(tmp_path: Path, marks: str) -> None:
    desk = Path(shutil.copytree(EXAMPLES, tmp_path / "desk"))
    file = desk / "briefs/harbour-charge.yaml"
    quoted: list[str] = []
    data = _with_quotations({**yaml.safe_load(file.read_text("utf-8")), **MORE}, (), marks, quoted)
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")
    (desk / "briefs/data/counts.csv").write_text("Bridge,Cars\nLantern Bridge,19400\n")
    lines = file.read_text("utf-8").splitlines()
    ran = brief("check", "harbour-charge", "--format", "json", cwd=desk)
    reported = [one["line"] for one in json.loads(ran.out) if one["code"] in ("quote-absent", "quote-uncited")]
    numbers = {number for line in reported for number in re.findall(r"boat number (\d+)", lines[line - 1])}
    assert len(quoted) > 90
    assert [path for number, path in enumerate(quoted) if str(number) not in numbers] == []


def _with_quotations(value: Any, path: tuple[str, ...], marks: str, quoted: list[str]) -> Any:
    """The same data with a false quotation at the end of every text, whose path is added to `quoted`."""
    if isinstance(value, dict):
        return {key: _with_quotations(one, (*path, str(key)), marks, quoted) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_quotations(one, path, marks, quoted) for one in value]
    if not isinstance(value, str) or path[-1] in NOT_PRINTED or "scale" in path:
        return value
    quoted.append(".".join(path))
    return f"{value.rstrip()} {marks.format(f'wolves ate the boat number {len(quoted) - 1} in town')}"


def cells(desk: Path, cell: str) -> Iterator[str]:
    """Yield the codes of the problems of a table with a cell."""
    (desk / "briefs/data/counts.csv").write_text(f"Bridge,Cars\n{cell},19400\n", "utf-8")
    (desk / "briefs/cars.yaml").write_text(
        f"title: Cars\nstatus: draft\ntables: {json.dumps(MORE['tables'])}\n", "utf-8"
    )
    yield from (one["code"] for one in json.loads(brief("check", "cars", "--format", "json", cwd=desk).out))


def test_a_false_quotation_in_a_table_is_reported_and_a_term_is_not(tmp_path: Path) -> None:
    desk = Path(shutil.copytree(EXAMPLES, tmp_path / "desk"))
    assert "quote-absent" in set(cells(desk, "Lantern “wolves ate the boat in our town”"))
    assert not {"quote-absent", "quote-uncited"} & set(cells(desk, "Lantern “Yes” Bridge"))
    assert not {"quote-absent"} & set(cells(desk, "“The Council should introduce the charge now.”"))


def test_a_false_quotation_in_the_role_of_an_expert_is_reported_and_a_term_is_not(tmp_path: Path) -> None:
    desk = Path(shutil.copytree(EXAMPLES, tmp_path / "desk"))
    file = desk / "briefs/experts.yaml"
    experts = yaml.safe_load(file.read_text("utf-8"))
    used = next(one for one in experts if one in (desk / "briefs/harbour-charge.yaml").read_text("utf-8"))
    for words, codes in (("wolves ate the boat in our town", {"quote-uncited"}), ("AI safety", set())):
        experts[used]["affiliations"] = [{"role": f"author of “{words}”", "organisation": f"House of “{words}”"}]
        file.write_text(yaml.safe_dump(experts, allow_unicode=True), "utf-8")
        problems = json.loads(brief("check", "harbour-charge", "--format", "json", cwd=desk).out)
        assert {one["code"] for one in problems if one["file"].endswith("experts.yaml")} == codes
