"""What prose may say of figures."""

from __future__ import annotations

import pytest

from tests.evidence.checks.findings import codes, findings

CONTESTED = """
title: Costs
facts:
  - id: cost
    claim: What the run cost is disputed.
    figures:
      - {id: low, amount: 5.6 million, unit: USD, by: DeepSeek, cite: "@talk"}
      - {amount: 1.3 billion, unit: USD, by: later analysis, cite: "@press"}
"""


@pytest.mark.parametrize(
    "summary",
    [
        "The run cost $5.6 million [#cost].",
        "It cost about 6 million dollars, far less than others [#cost].",
        "It was cheap. [#cost] The run cost 5.6 million dollars [#cost; see the table].".replace("; see the table", ""),
        "The run cost 5.6 million dollars. [#cost]",
        "DeepSeek's model cost 5.6 million dollars to train [#cost].",
    ],
)
def test_one_side_of_a_dispute_is_not_stated_flatly(summary):
    found = findings(CONTESTED + f'summary: "{summary}"\n', "contested-flat")
    assert len(found) == 1
    assert "the figures of “cost” disagree" in found[0].message
    assert found[0].place.line == 9


@pytest.mark.parametrize(
    "summary",
    [
        "DeepSeek puts the run at $5.6 million [#cost].",
        "Estimates go from $5.6 million to $1.3 billion [#cost].",
        "Some count $5.6 million and others $1.3 billion [#cost].",
        "DeepSeek’s own figure is 5.6 million dollars [#cost].",
        "According to DeepSeek, the run cost $5.6 million [#cost].",
        "A later analysis found 1.3 billion dollars [#cost].",
        "The reports agree that it cost less than 2 billion dollars [#cost].",
        "Nobody disputes “the run cost $5.6 million” [@talk] [#cost].",
        "What it cost is disputed [#cost]. Others spent $5.6 million on lunch.",
    ],
)
def test_saying_whose_figure_it_is_will_do(summary):
    assert not findings(CONTESTED + f"summary: '{summary}'\n", "contested-flat")


def test_in_a_language_without_a_list_the_name_is_enough():
    welsh = CONTESTED.replace("illion", "iliwn") + "language: cy\nsummary: DeepSeek $5.6 million [#cost].\n"
    assert not findings(welsh, "contested-flat")


def test_a_preferred_figure_may_be_stated():
    preferred = CONTESTED + "    preferred: {figure: low, because: It is documented.}\n"
    assert not findings(preferred + "summary: The run cost $5.6 million [#cost].\n", "contested-flat")
    assert findings(preferred + "summary: The run cost $1.3 billion [#cost].\n", "contested-flat")


def test_the_claim_of_a_contested_fact_takes_no_side_either():
    flat = CONTESTED.replace("What the run cost is disputed.", "The run cost $5.6 million.")
    assert findings(flat, "contested-flat")[0].place.column == 25


def test_a_paraphrase_of_who_gives_the_figure_is_attributed_by_its_cell():
    who = 'voices: [{id: v, who: WHO, says: "The run cost $5.6 million [#cost].", cite: "@talk"}]\n'
    by_ann = CONTESTED.replace("by: DeepSeek", "by: Ann Example")
    assert not findings(by_ann + who.replace("WHO", "ann"), "contested-flat")
    assert findings(by_ann + who.replace("WHO", "ben"), "contested-flat")


FACT = """
title: Costs
facts:
  - {id: cost, claim: The cost., figures: [{amount: 5.6 million, unit: USD, by: DeepSeek, cite: "@talk"}]}
"""


@pytest.mark.parametrize(
    "summary",
    [
        "It cost $6.5 million [#cost].",
        "It cost $6.5 million [@talk] [#cost].",
        "It cost 56 million [#cost].",
        "As we saw [#cost], it cost $6.5 million.",
    ],
)
def test_a_number_beside_a_fact_is_one_of_its_figures(summary):
    found = findings(FACT + f'summary: "{summary}"\n', "figure-contradiction")
    assert [problem.hint for problem in found] == ["the fact says 5.6 million"]
    assert found[0].place.column > 10


@pytest.mark.parametrize(
    "summary",
    [
        "It cost $5.6 million [#cost].",
        "It cost about $6 million [#cost].",
        "It cost less than $6 million [#cost].",
        "In 2025 it cost $5.6 million on 2,048 chips over 2 months [#cost].",
        "It cost $5.6 million [#cost], while others spent $65 billion [@talk].",
        "Others spent $65 billion [@talk], while it cost $5.6 million [#cost].",
        "Others spent $65 billion. It was cheap [#cost].",
        "All 4 of them agree [#cost].",
        "They said “$65 billion” of it [@talk] [#cost].",
    ],
)
def test_other_numbers_are_left_alone(summary):
    assert "figure-contradiction" not in codes(FACT + f"summary: '{summary}'\n")
