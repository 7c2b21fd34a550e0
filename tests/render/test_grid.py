"""The agreement grid: on request, from five experts and four questions on, with the words of every cell."""

from __future__ import annotations

from tests.render.pages import HEAD, tree, words

IDS = [f"e{number}" for number in range(1, 6)]
EXPERTS = "\n".join(f"{one}: {{name: Expert {one.upper()}, affiliation_note: none given}}" for one in IDS)


def brief(experts=IDS, questions=4, wanted="grid: true\n"):
    text = HEAD.replace("[ann, ben]", f"[{', '.join(experts)}]") + wanted + "questions:\n"
    for number in range(1, questions + 1):
        text += f"  - id: q{number}\n    ask: Question {number}?\n    scale: [Never, Always]\n    positions:\n"
        for one in experts:
            gap = "{gap: declined}" if (one, number) == ("e2", 3) else "{stance: Always, says: Yes., cite: '@talk'}"
            text += f"      {one}: {gap}\n"
    return text


def grids(text):
    found = tree(text, experts=EXPERTS).xpath("//table[@class='grid-table keep']")
    return [[[words(cell) for cell in row] for row in table.findall(".//tr")] for table in found]


def test_it_has_a_row_for_each_expert_and_the_words_of_each_cell():
    (grid,) = grids(brief())
    assert grid[0] == ["Expert", "1 Question 1?", "2 Question 2?", "3 Question 3?", "4 Question 4?"]
    assert [row[0] for row in grid[1:]] == ["E1", "E2", "E3", "E4", "E5"]
    assert grid[2][1:] == ["Always", "Always", "Declined to answer", "Always"]


def test_more_questions_than_fit_are_split_over_tables_of_like_size():
    assert [len(grid[0]) for grid in grids(brief(questions=7))] == [5, 4]


def test_nobody_gets_one_without_asking_or_for_a_small_brief():
    assert grids(brief(wanted="")) == []
    assert grids(brief(experts=IDS[:4])) == []
    assert grids(brief(questions=3)) == []
