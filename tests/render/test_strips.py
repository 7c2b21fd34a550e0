"""Position strips: how the experts divide, at first sight."""

from __future__ import annotations

import pytest
from lxml import html as parser

from generator.render.html import Styles
from tests.render.pages import HEAD, QUESTION, many, page, preset, printed, tree, words


def placed(root):
    """Each label of the first strip with the names under it."""
    table = root.xpath("//table[contains(@class,'axis-table')]")[0]
    names = [[words(name) for name in cell.xpath(".//ul[@class='names']/li")] for cell in table.xpath(".//td")]
    return dict(zip([words(head) for head in table.xpath(".//th[@scope='col']")], names, strict=True))


def with_experts(names, stances):
    head = HEAD.replace("[ann, ben]", f"[{', '.join(names)}]")
    cells = "".join(
        f"      {name}: {{stance: {stance}, says: So., cite: '@talk'}}\n"
        if stance
        else f"      {name}: {{gap: declined}}\n"
        for name, stance in zip(names, stances, strict=True)
    )
    return f"{head}\nquestions:\n  - id: q\n    ask: Does it?\n    scale: [Never, Always]\n    positions:\n{cells}"


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_experts_stand_under_the_label_of_their_stance_in_every_preset(name):
    root = tree(HEAD + QUESTION, design=preset(name))
    assert placed(root) == {"Never": [], "Sometimes": ["Example"], "Always": []}
    assert words(root.xpath("//p[@class='silent']")[0]) == "No position found: Sample"


def test_names_lead_to_what_the_expert_said():
    root = tree(HEAD + QUESTION)
    (link,) = root.xpath("//ul[@class='names']//a/@href")
    assert root.xpath(f"//td[@id='{link[1:]}']")


def test_several_in_one_place_have_a_dot_each_and_an_empty_place_has_a_tick():
    experts = "a: {name: Ada One}\nb: {name: Bo Two}\nc: {name: Cy Three}\n"
    root = tree(with_experts(["a", "b", "c"], ["Always", "Always", ""]), experts=experts)
    pins = root.xpath("//span[@class='pins']")
    assert [(len(pin.xpath("i")), len(pin.xpath("b"))) for pin in pins] == [(0, 1), (2, 0)]
    assert placed(root) == {"Never": [], "Always": ["One", "Two"]}


def test_experts_of_one_family_name_are_told_apart():
    experts = "a: {name: Ada Park}\nb: {name: Bo Park}\nc: {name: Cy Three}\n"
    root = tree(with_experts(["a", "b", "c"], ["Always", "Always", "Always"]), experts=experts)
    assert placed(root)["Always"] == ["Ada Park", "Bo Park", "Three"]


def test_each_reason_for_silence_has_a_line():
    experts = "a: {name: Ada One}\nb: {name: Bo Two}\nc: {name: Cy Three}\n"
    text = with_experts(["a", "b", "c"], ["", "", "Never"]).replace("b: {gap: declined}", "b: {gap: not-asked}")
    lines = tree(text, experts=experts).xpath("//p[@class='silent']")
    assert [words(line) for line in lines] == ["Declined to answer: One", "Not asked: Two"]


def test_a_nominal_scale_shows_no_rank():
    text = HEAD + QUESTION.replace("    scale:", "    scale_kind: nominal\n    scale:")
    root = tree(text)
    assert "nominal" in root.xpath("//table[contains(@class,'axis-table')]/parent::div/@class")[0].split()
    assert [len(dots.xpath("i")) for dots in root.xpath("//span[@class='dots']")] == [1, 1, 1, 1]
    assert words(root.xpath("//p[@class='legend']")[0]).startswith("Answers, in no order:")


def test_an_ordinal_scale_shows_the_rank():
    root = tree(HEAD + QUESTION)
    assert "nominal" not in root.xpath("//table[contains(@class,'axis-table')]/parent::div/@class")[0].split()
    assert {len(dots.xpath("i")) for dots in root.xpath("//span[@class='dots']")} == {3}


@pytest.mark.parametrize(("count", "counted"), [(11, False), (12, True)])
def test_many_experts_are_counted(count, counted):
    given = many(count)
    root = tree(given["text"], experts=given["experts"])
    assert [words(number) for number in root.xpath("//span[@class='count']")] == (["12", "0"] if counted else [])
    assert len(root.xpath("//span[@class='pins']/i")) == (0 if counted else count)
    assert len(placed(root)["Never"]) == count


def test_a_strip_has_the_same_bytes_each_time():
    assert printed(page(HEAD + QUESTION)) == printed(page(HEAD + QUESTION))


def test_the_cover_of_a_report_has_the_first_scale_on_paper_only():
    made = page(HEAD + QUESTION, design=preset("report"))
    paper = parser.document_fromstring(printed(made, styles=Styles.ABSENT))
    (cover,) = paper.xpath("//div[contains(@class, 'cover-strip')]")
    assert words(cover.find("p")) == "Does it work?"
    assert [words(one) for one in cover.xpath(".//th")] == ["Never", "Sometimes", "Always"]
    assert [words(one) for one in cover.xpath(".//li")] == ["Example"]
    assert not parser.document_fromstring(printed(made)).xpath("//div[contains(@class, 'cover-strip')]")
