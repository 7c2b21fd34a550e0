"""What a page says: cells, gaps, affiliations, contested figures, front and back matter."""

from __future__ import annotations

from typing import Any

import pytest

from generator.model import Evidence, Verdict
from generator.problems import Location
from generator.render.page.matrix import split
from tests.render.pages import HEAD, QUESTION, many, page, preset, tree, words

PLACE = Location("briefs/sample.yaml")


def cell(text: str, **shared: Any):
    return page(HEAD + text, **shared).matrix.questions[0].tables[0].cells


def position(more: str, *, cite: str = "@talk, p. 3") -> str:
    return f"""
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Sometimes, Always]
    positions:
      ann: {{stance: Sometimes, cite: "{cite}", {more}}}
      ben: {{gap: declined}}
"""


def test_a_cell_has_stance_words_and_source_in_the_same_order_for_everyone():
    cells = tree(HEAD + position("says: It depends., quote: It does work.")).xpath(
        "//table[contains(@class,'matrix')]//td"
    )
    assert [node.get("class") for node in cells[0] if node.get("class") != "card-head"] == [
        "stance",
        "paraphrase",
        "quote",
        "source",
    ]
    assert words(cells[0].xpath(".//blockquote")[0]) == "“It does work.”1"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("quote: It does work.", "As quoted in newspaper report, 3 May 2024, p.\N{NO-BREAK SPACE}3"),
        ("says: It depends.", "As reported in newspaper report, 3 May 2024, p.\N{NO-BREAK SPACE}3"),
    ],
)
def test_words_that_a_source_reports_are_never_disguised(more, expected):
    said = cell(position(more, cite="@press, p. 3"))[0].words
    assert said.source == expected
    assert said.cluster.citations[0].prefix.startswith("Ann Example, ")


def test_a_primary_source_is_named_plainly_with_its_date():
    said = cell(position("quote: It does work."))[0].words
    assert "quoted" not in said.source
    assert said.source.endswith("2 May 2024, p.\N{NO-BREAK SPACE}3")
    assert not said.cluster.citations[0].prefix


def test_venue_and_own_date_stand_before_the_source():
    said = cell(position("says: It depends., venue: Town hall, date: 2024-04-01"))[0].words
    assert said.said == "Town hall, 1 April 2024"


def test_several_places_have_a_plural_label():
    said = cell(position("says: It depends.", cite="@talk, pp. 3-5"))[0].words
    assert "pp.\N{NO-BREAK SPACE}3" in said.source


def test_brackets_are_the_editors_and_emphasis_is_said_to_be_added():
    said = cell(position("quote: '[T]he plan *does* work', emphasis_added: true, translated_by: the editors"))[0].words
    assert [(run.text, run.kind) for run in said.quote] == [
        ("[T]", "editorial"),
        ("he plan ", "plain"),
        ("does", "emphasis"),
        (" work", "plain"),
    ]
    assert said.marks == "emphasis added; translated by the editors"


def test_the_affiliation_is_the_one_held_when_it_was_said_and_todays_if_it_differs():
    experts = """
    ann:
      name: Ann Example
      affiliations:
        - {role: minister, organisation: Government, from: 2020, until: 2023-06}
        - {role: professor, organisation: University of Examples, from: 2023-07}
    ben: {name: Ben Sample, affiliation_note: none given}
    """
    cells = cell("gaps: columns\n" + position("says: It depends., date: 2022-03"), experts=experts)
    assert (cells[0].head.affiliation, cells[0].head.affiliation_line, cells[0].head.now) == (
        "minister, Government",
        "Minister, Government",
        "now professor, University of Examples",
    )
    assert cells[1].head.affiliation_line == "None given"


def test_an_institutions_column_says_so():
    experts = "ann: {name: Example Agency, kind: institution, affiliation_note: an agency}\nben: {name: Ben Sample}\n"
    assert cell(position("says: It depends."), experts=experts)[0].head.institution == "institution"


GAP = "gap: no-position-found, searched: three reports, until: 2025-02-01"


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("gap: no-position-found", "No position found."),
        ("gap: no-position-found, searched: two reports.", "No position found in two reports."),
        (
            "gap: no-position-found, searched: two reports, until: 2025-02",
            "No position found in two reports, searched until February 2025.",
        ),
        ("gap: declined, note: By letter.", "Declined to answer. By letter."),
        ("gap: not-asked", "Not asked."),
        ("gap: withdrawn", "Position withdrawn."),
    ],
)
def test_a_gap_prints_its_reason_in_words(gap, expected):
    root = tree(HEAD + "gaps: columns\n" + QUESTION.replace(GAP, gap))
    assert not root.xpath("//p[@class='silent-line']")
    assert words(root.xpath("//table[contains(@class,'matrix')]//td[2]//p[@class='gap']")[0]) == expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (
            GAP,
            "No position found in three reports, searched until 1 February 2025: Ben Sample, affiliation not given in the source.",
        ),
        (
            "gap: declined, note: By letter.",
            "Declined to answer: Ben Sample, affiliation not given in the source (By letter).",
        ),
    ],
)
def test_silence_takes_a_line_and_the_columns_go_to_those_who_speak(gap, expected):
    root = tree(HEAD + QUESTION.replace(GAP, gap))
    (table,) = root.xpath("//table[contains(@class,'matrix')]")
    assert [words(cell) for cell in table.xpath(".//tr[@class='heads']/th")] == [
        "Ann Example Professor, University of Examples"
    ]
    (line,) = root.xpath("//p[@class='silent-line']")
    assert words(line) == expected
    assert line.xpath("span[@id='works-ben']")


def test_those_who_are_silent_for_one_reason_share_a_line():
    three = HEAD.replace("[ann, ben]", "[ann, ben, cy]") + QUESTION + f"      cy: {{{GAP}}}\n"
    experts = "ann: {name: Ann One}\nben: {name: Ben Two}\ncy: {name: Cy Three}\n"
    (line,) = tree(three, experts=experts).xpath("//p[@class='silent-line']")
    assert words(line).endswith(": Cy Three; Ben Two.")


def test_a_question_on_which_nobody_speaks_has_no_table():
    text = HEAD + QUESTION.replace('{stance: Sometimes, says: It depends., cite: "@talk, p. 3"}', f"{{{GAP}}}")
    root = tree(text)
    assert not root.xpath("//table[contains(@class,'matrix')]")
    assert "Ann Example" in words(root.xpath("//p[@class='silent-line']")[0])


def test_an_earlier_position_stays_visible_with_its_date():
    more = "says: It depends., earlier: [{stance: Never, says: It does not., date: 2019, cite: '@talk'}]"
    earlier = tree(HEAD + position(more)).xpath("//div[@class='earlier']")[0]
    assert words(earlier).startswith("Earlier, 2019 Never It does not.")


def test_facts_that_a_position_rests_on_are_linked():
    facts = "facts:\n  - {id: one, claim: One., cite: '@talk'}\n  - {id: two, claim: Two., cite: '@talk'}\n"
    node = tree(HEAD + facts + position("says: It depends., rests_on: [two]")).xpath("//p[@class='rests-on']")[0]
    assert words(node) == "Rests on fact 2"
    assert node.xpath("a/@href") == ["#fact-two"]


def test_the_stance_is_drawn_once_for_the_eye_and_said_once_for_the_ear():
    stance = tree(HEAD + QUESTION).xpath("//table[contains(@class,'matrix')]//p[@class='stance']")[0]
    assert words(stance) == "Sometimes"
    dots = stance.xpath("span[@class='dots'][@role='img'][@aria-label='2 of 3']/i")
    assert [dot.get("class") for dot in dots] == [None, "on", None]


# ---- many experts


def test_nine_experts_stand_in_three_tables_of_equal_columns():
    given = many(9)
    tables = tree(given["text"], experts=given["experts"]).xpath("//table[contains(@class,'matrix')]")
    assert [len(table.xpath(".//td")) for table in tables] == [3, 3, 3]
    assert [words(table.xpath(".//span[@class='part']")[0]) for table in tables] == ["e1 to e3", "e4 to e6", "e7 to e9"]


def test_all_columns_of_a_question_have_the_same_width():
    given = many(5)
    tables = tree(given["text"], experts=given["experts"]).xpath("//table[contains(@class,'matrix')]")
    assert [len(table.xpath(".//td")) for table in tables] == [3, 2]
    assert [table.get("style") for table in tables] == [None, "width:66%"]


@pytest.mark.parametrize(("count", "sizes"), [(0, []), (1, [1]), (8, [8]), (9, [5, 4]), (17, [6, 6, 5])])
def test_columns_are_split_into_groups_of_like_size(count, sizes):
    assert [len(group) for group in split(range(count), 8)] == sizes


# ---- facts and figures


FIGURES = """
facts:
  - id: cost
    claim: The cost is disputed.
    figures:
      - {amount: 5.6 million, unit: USD, by: The maker, cite: "@talk"}
      - {amount: under 6 million, unit: USD, by: A commentary, cite: "@press"}
      - {amount: 1.3 billion, unit: USD, by: An analysis, cite: "@press", note: all investment}
"""


@pytest.mark.parametrize("name", ["briefing", "in-focus", "note", "report", "four-column"])
def test_contested_figures_are_printed_with_who_says_each_and_a_common_axis_in_every_preset(name):
    root = tree(HEAD + FIGURES, design=preset(name))
    fact = root.xpath("//li[@id='fact-cost']")[0]
    assert fact.get("class").split()[0] == "contested"
    assert words(fact).endswith("See “Figures that disagree”.")
    rows = root.xpath("//table[contains(@class,'figures')]/tbody/tr[td and th]")
    assert [words(row.xpath(".//*[contains(@class,'value')]")[0]) for row in rows] == [
        "US$5.6 million",
        "under US$6 million",
        "US$1.3 billion",
    ]
    assert all(
        words(row.xpath("th")[0]).startswith(by) for row, by in zip(rows, ("The maker", "A comm", "An an"), strict=True)
    )
    assert words(rows[2].xpath("th")[0]).endswith("all investment")
    assert [row.xpath(".//i/@class") for row in rows] == [["point"], ["below"], ["point"]]


def test_a_preset_without_the_block_of_figures_prints_them_with_their_fact(tmp_path):
    folder = tmp_path / "templates/presets/own"
    folder.mkdir(parents=True)
    (folder / "preset.yaml").write_text("blocks: [facts, notes]\n", "utf-8")
    for name, text in (
        ("page.html.j2", '{% extends "parts/page.html.j2" %}'),
        ("print.css", ""),
        ("screen.css", ""),
        ("paged.css", ""),
    ):
        (folder / name).write_text(text, "utf-8")
    fact = tree(HEAD + FIGURES, design=preset("own", tmp_path)).xpath("//li[@id='fact-cost']")[0]
    assert len(fact.xpath(".//table[contains(@class,'figures')]//*[contains(@class,'value')]")) == 3


def test_the_axis_is_logarithmic_where_figures_lie_more_than_a_decade_apart_and_says_so():
    (fact,) = page(HEAD + FIGURES).facts
    assert fact.axis.title == "Logarithmic scale: each line is ten times the one before"
    assert [tick.words for tick in fact.axis.ticks] == ["US$1M", "US$10M", "US$100M", "US$1B", "US$10B"]
    left = [float(figure.mark.left) for figure in fact.figures if figure.mark.kind == "point"]
    assert 18 < left[0] < 19
    assert 77 < left[1] < 78
    assert fact.verdict == "The figures differ by a factor of 230."


@pytest.mark.parametrize(
    ("amounts", "ticks"),
    [
        (("2", "14"), ["0 t", "5 t", "10 t", "15 t"]),
        (("0.4", "0.9"), ["0 t", "0.2 t", "0.4 t", "0.6 t", "0.8 t", "1 t"]),
        (("6", "9.5"), ["0 t", "2 t", "4 t", "6 t", "8 t", "10 t"]),
        (("21 million", "25 million"), ["0 t", "10M t", "20M t", "30M t"]),
    ],
)
def test_an_axis_of_equal_steps_has_round_labels(amounts, ticks):
    figures = "".join(f"      - {{amount: {one}, unit: t, by: P{one}, cite: '@talk'}}\n" for one in amounts)
    (fact,) = page(f"{HEAD}facts:\n  - id: cost\n    claim: So.\n    figures:\n{figures}").facts
    assert (fact.axis.title, [tick.words for tick in fact.axis.ticks]) == ("Scale in equal steps", ticks)


@pytest.mark.parametrize(
    ("unit", "wide", "narrow"),
    [
        ("t", ["0 t", "2 t", "4 t", "6 t", "8 t", "10 t"], ["0 t", "2 t", "4 t", "6 t", "8 t", "10 t"]),
        ("million", ["0 million", "10 million"], ["0 million", "10 million"]),
        ("florins", ["0 florins", "10 florins"], ["0 florins", "10 florins"]),
        ("gold florins a month", ["0", "2", "4", "6", "8", "10"], ["0", "2", "4", "6", "8", "10"]),
    ],
)
def test_the_labels_of_an_axis_keep_apart_however_long_its_unit_is(unit, wide, narrow):
    figures = f"""
facts:
  - id: cost
    claim: So.
    figures:
      - {{amount: 6, unit: {unit}, by: P, cite: '@talk'}}
      - {{amount: 9.5, unit: {unit}, by: Q, cite: '@talk'}}
"""
    (fact,) = page(HEAD + figures).facts
    assert [tick.words for tick in fact.axis.ticks if tick.words] == wide
    assert [tick.words for tick in fact.axis.ticks if tick.words and not tick.spare] == narrow
    assert fact.axis.title == "Scale in equal steps" + (f" ({unit})" if len(unit) > 10 else "")


def test_what_measures_something_else_is_set_apart_and_not_compared():
    figures = FIGURES.replace("note: all investment", "measures: all investment").replace("under 6", "9")
    figures = figures.replace("by: The maker", "measures: the model, by: The maker")
    figures = figures.replace("by: A commentary", "measures: the model, by: A commentary")
    (fact,) = page(HEAD + figures).facts
    assert [(one.words, len(one.figures)) for one in fact.measures] == [("The model", 2), ("All investment", 1)]
    assert all(figure.mark for one in fact.measures for figure in one.figures)
    assert fact.verdict == ""


@pytest.mark.parametrize(
    ("amount", "kind", "at_end"),
    [("under 2", "below", False), ("over 9", "above", True), ("3 to 5", "range", False), ("9", "point", True)],
)
def test_each_kind_of_amount_has_its_mark_and_its_words_stay_on_the_axis(amount, kind, at_end):
    figures = f"      - {{amount: {amount}, unit: t, by: B, cite: '@talk'}}\n"
    other = "      - {amount: 10, unit: t, by: A, cite: '@talk'}\n"
    third = "      - {amount: 6, unit: t, by: C, cite: '@talk'}\n"
    (fact,) = page(f"{HEAD}facts:\n  - id: c\n    claim: So.\n    figures:\n{other}{third}{figures}").facts
    mark = fact.figures[2].mark
    assert (mark.kind, mark.at_end) == (kind, at_end)
    assert float(mark.indent) <= 60


def test_figures_that_can_both_be_true_are_not_called_contested():
    (fact,) = page(HEAD + FIGURES.partition("      - {amount: 1.3")[0]).facts
    assert not fact.contested
    assert fact.axis is None


def test_figures_in_different_units_have_words_and_no_picture():
    figures = FIGURES + "      - {amount: 9, unit: chips, by: A count, cite: '@talk'}\n"
    (fact,) = page(HEAD + figures).facts
    assert fact.contested
    assert fact.axis is None


def test_the_preferred_figure_is_marked_and_its_reason_printed():
    text = FIGURES.replace("- {amount: 5.6", "- {id: own, amount: 5.6").rstrip()
    text += "\n    preferred: {figure: own, because: It alone is itemised.}\n"
    root = tree(HEAD + text)
    fact = root.xpath("//li[@id='fact-cost']")[0]
    assert "used here" in words(root.xpath("//tr[@class='preferred']")[0])
    assert "Used in this brief: US$5.6 million. It alone is itemised." in words(fact)


# ---- other blocks


def test_voices_stand_under_their_question_and_the_rest_last():
    text = (
        HEAD
        + QUESTION
        + """
voices:
  - {id: general, who: ben, says: It is early., cite: "@press"}
  - {id: bears, who: ben, question: works, quote: It works., cite: "@press"}
"""
    )
    node = tree(text).xpath("//section[@aria-labelledby='voices']")[0]
    assert [words(title) for title in node.xpath("h3")] == ["On question 1: Does it work?", "On the matter as a whole"]
    assert node.xpath(".//tr/@id") == ["voice-bears", "voice-general"]


def test_events_are_in_the_order_of_time():
    text = (
        HEAD
        + "timeline:\n  - {date: 2024-05, event: Later., cite: '@talk'}\n  - {date: 2023, event: First., cite: '@talk'}\n"
    )
    assert [words(node) for node in tree(text).xpath("//section[@aria-labelledby='timeline']//th")] == [
        "2023",
        "May 2024",
    ]


def test_options_say_where_nothing_was_stated():
    text = HEAD + "options:\n  - {id: wait, option: Wait., for: It is cheap., cite: '@talk'}\n"
    cells = tree(text).xpath("//tr[@id='option-wait']/td")
    assert words(cells[0]).endswith("It is cheap.")
    assert words(cells[1]).endswith("None stated in the sources.")


def test_the_method_says_how_experts_were_chosen_and_ordered_and_whose_coding_it_is():
    method = words(tree(HEAD + QUESTION).xpath("//section[@aria-labelledby='method']")[0])
    assert "Both were asked." in method
    assert "Columns are in alphabetical order." in method
    assert "the editors placed every expert" in method
    assert "does not mean that the expert has none" in method


def heads(text: str, **shared: Any) -> list[str]:
    return [cell.head.short for cell in page(text, **shared).matrix.questions[0].tables[0].cells]


def test_columns_are_sorted_as_the_page_says():
    text = (HEAD + "gaps: columns\n" + QUESTION).replace("[ann, ben]", "[ben, ann]")
    given = text.replace("experts:", "order: as-given\norder_reason: Who spoke first.\nexperts:")
    assert heads(text) == sorted(heads(text))
    assert heads(given) == sorted(heads(text), reverse=True)
    assert "the order that the editors gave: Who spoke first." in page(given).method.order


def test_names_without_an_alphabet_stay_as_given_and_the_page_says_so():
    text = (HEAD + "gaps: columns\n" + QUESTION).replace("[ann, ben]", "[ben, ann]")
    experts = "ann: {name: 王小明, family: 王}\nben: {name: 李小红, family: 李}\n"
    assert heads(text, experts=experts) == ["李", "王"]
    assert "the order that the editors gave" in page(text, experts=experts).method.order


def test_passages_are_said_to_be_compared_only_where_all_of_them_were():
    quoted = [Evidence("It works.", "talk", "quote", verdict, PLACE) for verdict in (Verdict.VERIFIED, Verdict.ABSENT)]
    assert "All 2 quoted passages" not in page(HEAD + QUESTION, evidence=quoted).method.quotations
    assert "The 1 quoted passage" in page(HEAD + QUESTION, evidence=quoted[:1]).method.quotations


def test_the_annex_lists_the_evidence_where_the_house_asks_for_it():
    evidence = [Evidence("It works.", "talk", "quote", Verdict.LOCKED, PLACE, "p. 3", "2025-01-02", "ab" * 32)]
    assert not page(HEAD, evidence=evidence).evidence
    root = tree(HEAD, evidence=evidence, house="name: Example Desk\nevidence_annex: true\n")
    source, row = root.xpath("//section[@aria-labelledby='evidence']//tbody/tr")
    assert words(source) == "A talk Capture 2025-01-02 abababababab"
    assert [words(cell) for cell in row] == ["It works.", "p. 3", "verified · quotation"]


def test_the_places_in_the_annex_are_in_the_language_of_the_page():
    evidence = [
        Evidence("It works.", "talk", "quote", Verdict.LOCKED, PLACE, "p. 3, para. 4\u20136", "2025-01-02", "ab" * 32)
    ]
    for language, where in (
        ("en", "p. 3, paras. 4\u20136"),
        ("de", "S. 3, Abs. 4\u20136"),
        ("ar", "ص 3، الفقرات 4\u20136"),
    ):
        head = f"language: {language}\n{HEAD}"
        root = tree(head, evidence=evidence, house="name: Example Desk\nevidence_annex: true\n")
        _, row = root.xpath("//section[@aria-labelledby='evidence']//tbody/tr")
        assert words(row[1]).replace("\u2068", "").replace("\u2069", "") == where


def test_the_annex_names_each_source_once_above_its_passages():
    sources = ("talk", "press", "talk")
    evidence = [Evidence(f"Passage {n}.", source, "quote", Verdict.VERIFIED, PLACE) for n, source in enumerate(sources)]
    root = tree(HEAD, evidence=evidence, house="name: Example Desk\nevidence_annex: true\n")
    groups = [[words(row[0]) for row in body] for body in root.xpath("//table[contains(@class,'evidence')]/tbody")]
    assert [group[1:] for group in groups] == [["Passage 0.", "Passage 2."], ["Passage 1."]]


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_what_is_not_published_is_marked_at_the_head_and_in_the_margins(status):
    root = tree(HEAD.replace("published", status))
    assert words(root.xpath("//p[contains(@class,'notice')]/strong")[0]) == f"{status.capitalize()}."
    assert words(root.xpath("//*[@class='status']")[0]) == status.capitalize()
    assert root.body.get("data-status") == status.capitalize()


def test_a_published_brief_carries_no_mark():
    root = tree(HEAD)
    assert not root.xpath("//p[contains(@class,'notice')]")
    assert root.body.get("data-status") == ""


def test_the_colophon_has_citation_edition_and_corrections():
    more = """
edition: 2
updates: Replaces the first edition.
authors: [{name: Cleo Writer, role: analyst}, {name: Dan Writer}]
corrections: [{date: 2025-03-01, what: A date was wrong.}]
"""
    colophon = words(tree(HEAD + more).xpath("//section[@aria-labelledby='colophon']")[0])
    assert "Cleo Writer, analyst Dan Writer" in colophon
    assert (
        "Cleo Writer and Dan Writer. Does it work? Two answers. Briefing 2025-01, Edition 2, Example Desk, 14 February 2025."
        in colophon
    )
    assert "Edition 2. Replaces the first edition." in colophon
    assert "1 March 2025: A date was wrong." in colophon


def test_sections_without_content_are_left_out():
    ids = tree(HEAD).xpath("//h2/@id")
    assert ids == ["method", "colophon"]


@pytest.mark.parametrize(
    ("title", "measure"),
    [
        ("A short title", ""),
        ("Do chip export controls still work after DeepSeek?", "12.7"),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmütze", ""),
    ],
)
def test_a_title_of_several_lines_is_set_in_lines_of_like_length(title, measure):
    assert page(HEAD.replace("Does it work?", title)).title_measure == measure


def test_only_what_is_sure_to_fit_a_page_is_kept_on_one():
    """A row that may not break and does not fit keeps the layout engine busy for ever."""
    lines = "\n".join(f"        - point {number}" for number in range(100))
    options = "options:\n  - {id: brief, option: Wait., for: Cheap., cite: '@talk'}\n"
    options += f"  - id: many\n    option: Act.\n    cite: '@talk'\n    for: |\n{lines}\n"
    rows = tree(HEAD + options).xpath("//table[contains(@class,'options-table')]/tbody/tr")
    assert [row.get("class") for row in rows] == ["keep", None]


def test_a_long_table_may_break_and_a_short_one_stays_whole():
    kept = [
        page(HEAD + position(f"says: {'It depends. ' * often}")).matrix.questions[0].tables[0].keep
        for often in (1, 400)
    ]
    assert kept == [True, False]


def test_the_page_tells_how_many_cells_hold_what():
    assert page(HEAD + position("says: It depends., quote: It does work.")).matrix.coverage == (
        "1 of 2 cells has a position: quotation and paraphrase (1). "
        "One cell says why there is none: declined to answer (1)."
    )
    empty = HEAD + QUESTION.replace(
        '{stance: Sometimes, says: It depends., cite: "@talk, p. 3"}', "{gap: no-position-found}"
    )
    assert page(empty).matrix.coverage == "2 cells say why there is none: no position found (2)."


FACT = 'facts: [{id: cost, claim: It costs., cite: "@talk", review_by: 2025-12-31}]\n'


def test_as_of_is_printed_beside_facts_only_where_the_house_style_asks_for_it():
    asked = page(HEAD + FACT, house="name: Desk\noverdue: as-of\n").facts[0].as_of
    assert asked == "As of 14 February 2025; due for review by 31 December 2025."
    assert page(HEAD + FACT).facts[0].as_of == ""


def test_a_quotation_has_the_direction_that_its_author_or_its_first_letter_says():
    assert cell(position("quote: 12 שלום, direction: rtl"))[0].words.direction == "rtl"
    assert cell(position("quote: 12 שלום"))[0].words.direction == "rtl"
    assert cell(position("quote: 12 שלום, direction: ltr"))[0].words.direction == ""
    assert cell(position("quote: Surely"))[0].words.direction == ""


def test_no_factor_compares_unlike_quantities():
    unlike = """facts:
  - id: cost
    claim: Costs.
    figures:
      - {amount: 5 million, unit: USD, by: A, measures: cost, cite: '@talk'}
      - {amount: 6 million, unit: USD, by: B, measures: cost, derived: two halves added, cite: '@talk'}
      - {amount: 1 billion, unit: USD, by: C, measures: investment, cite: '@talk'}
"""
    (fact,) = page(HEAD + unlike).facts
    assert (fact.contested, fact.verdict) == (True, "")
    assert [len(measure.figures) for measure in fact.measures] == [2, 1]
    assert fact.figures[1].note == "two halves added"


def test_a_leaflet_writes_the_plural_label_for_several_places():
    root = tree(
        HEAD + 'summary: "It works [@talk, paras. 2 and 4], or not [@talk, para. 3]."\n', design=preset("in-focus")
    )
    found = [words(one) for one in root.xpath("//*[@class='citation']")]
    assert found == ["[1, paras. 2 and 4]", "[1, para. 3]"]


def test_a_leaflet_gives_the_numbers_of_several_sources_in_their_order():
    root = tree(
        HEAD + 'summary: "Two were read [@talk; @press], one again [@talk, p. 2; @press]."\n', design=preset("in-focus")
    )
    found = [words(one) for one in root.xpath("//*[@class='citation']")]
    assert found == ["[1], [2]", "[2, p. 2], [1]"]
