"""The checks: a list of pure functions, each of which finds problems of a brief.

To add one, write a function from `Subject` to problems and add it to `CHECKS` with the codes that it may find; `check`, the
list of codes and the tests use that list. The quotation gate is separate, because it needs captures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.evidence import review_record as lock
from generator.evidence.checks import (
    answer,
    chart_checks,
    completeness,
    date_checks,
    matrix_balance,
    references,
    stated_figures,
    support,
    suppressions,
    wording,
)
from generator.evidence.checks.subject import Check, Subject
from generator.problems.problem import without_derived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.model import Brief, Library
    from generator.problems import Code, Location, Problem

__all__ = ["CHECKS", "CODES", "Check", "Subject", "check", "check_library"]

CHECKS: tuple[Check, ...] = (
    Check("experts exist", (references.UNKNOWN_EXPERT,), references.check_experts),
    Check("sources exist", (references.UNKNOWN_SOURCE,), references.check_sources),
    Check("facts exist", (references.UNKNOWN_FACT,), references.check_facts),
    Check("questions exist", (references.UNKNOWN_QUESTION,), references.check_questions),
    Check("statements exist", (references.UNKNOWN_STATEMENT,), references.check_statements),
    Check("ids are unique", (references.DUPLICATE_ID,), references.check_ids),
    Check("anchors are unique", (references.DUPLICATE_ID,), references.check_anchors),
    Check(
        "figures are placed once",
        (chart_checks.PLACEMENT_UNKNOWN, chart_checks.FIGURE_UNPLACED, chart_checks.FIGURE_TWICE),
        chart_checks.check_placing,
    ),
    Check("each expert has one column", (references.EXPERT_TWICE,), references.check_columns),
    Check("no cell is blank", (completeness.BLANK_CELL, completeness.CELL_WITHOUT_COLUMN), completeness.check_cells),
    Check("nothing is uncited", (completeness.UNCITED,), completeness.check_citations),
    Check("support has content", (support.SUPPORT_EMPTY,), support.check_support),
    Check("positions say something", (completeness.EMPTY_POSITION,), completeness.check_statements),
    Check("gaps have a search", (completeness.GAP_UNSEARCHED,), completeness.check_gaps),
    Check(
        "questions have scales", (completeness.SCALE_MISSING, completeness.SCALE_REPEATED), completeness.check_scales
    ),
    Check(
        "editions have an update note",
        (completeness.EDITION_UNEXPLAINED, completeness.DATE_MISSING),
        completeness.check_edition,
    ),
    Check(
        "the selection and the order are explained",
        (completeness.SELECTION_MISSING, completeness.ORDER_UNSTATED),
        completeness.check_matrix,
    ),
    Check(
        "the answer comes first",
        (answer.ANSWER_MISSING, answer.ANSWER_UNSUPPORTED, answer.ANSWER_LONG),
        answer.check_answer,
    ),
    Check(
        "affiliations cover the statements",
        (date_checks.AFFILIATION_MISSING,),
        date_checks.check_affiliations,
    ),
    Check("disputed figures are not stated flatly", (stated_figures.CONTESTED_FLAT,), stated_figures.check_contested),
    Check("figures of one measure can be compared", (stated_figures.FIGURES_INCOMPARABLE,), stated_figures.check_units),
    Check(
        "numbers next to a fact are its own",
        (stated_figures.FIGURE_CONTRADICTION,),
        stated_figures.check_contradictions,
    ),
    Check(
        "wording is neutral",
        (wording.LOADED_VERB, wording.VAGUE_ATTRIBUTION, wording.MIXED_CERTAINTY),
        wording.check_wording,
    ),
    Check("columns have similar length", (matrix_balance.LOPSIDED,), matrix_balance.check_balance),
    Check(
        "short texts can replace full ones",
        (completeness.SHORT_UNEVEN, completeness.SHORT_ALONE),
        completeness.check_short_texts,
    ),
    Check("key figures are few and cited", (answer.KEY_HEADLINE, answer.KEY_FACTS_MANY), answer.check_key_facts),
    Check(
        "charts can be drawn",
        (
            chart_checks.CHART_NUMBER,
            chart_checks.CHART_SHAPE,
            chart_checks.CHART_UNITS,
            chart_checks.CHART_TOO_MANY,
        ),
        chart_checks.check_charts,
    ),
    Check("grids are large enough", (matrix_balance.GRID_SMALL,), matrix_balance.check_grid),
    Check("timeline entries are events", (date_checks.REPORT_DATE,), date_checks.check_timeline),
    Check("facts are reviewed in time", (date_checks.REVIEW_OVERDUE,), date_checks.check_review_due),
    Check("nothing is dated in the future", (date_checks.FUTURE_DATE,), date_checks.check_future),
    Check(
        "facts behind positions are reviewed",
        (support.SUSPECT, support.UNREVIEWED),
        support.check_reviews,
    ),
)

CODES: tuple[Code, ...] = (
    *(code for check in CHECKS for code in check.codes),
    *references.CODES,
    *lock.CODES,
    *suppressions.CODES,
)


def check(subject: Subject, others: Iterable[Problem] | None = None) -> tuple[Problem, ...]:
    """Return the problems that `CHECKS` find in one brief and that are not suppressed, in the order of the list.

    `others` are the problems of other stages (the gate's) in the same brief, if these have run: they can be suppressed too, and come
    first in the result. Without them, an unused suppression is only reported for a code of this list.
    """
    everything = (*(others or ()), *(problem for one in CHECKS for problem in one.function(subject)))
    problems = without_derived(everything, (*subject.brief.unread, *subject.library.unread))
    judged = None if others is not None else frozenset(code.name for code in CODES)
    return tuple(suppressions.settle(problems, subject.brief, subject.library.house, judged))


def check_library(
    library: Library, briefs: Iterable[Brief], indexed: Iterable[tuple[str, Location]] = ()
) -> tuple[Problem, ...]:
    """Return the problems of the library as a whole, seen from all briefs of the project.

    `indexed` are key and place of the sources in further files.
    """
    all_briefs = tuple(briefs)
    unread = (*library.unread, *(one for brief in all_briefs for one in brief.unread))
    everything = (
        *references.check_unused(library, all_briefs, indexed),
        *references.check_numbers(all_briefs),
        *references.check_house(library),
    )
    problems = without_derived(everything, unread)
    suppressed = {suppression.code for suppression in library.house.suppressed}
    return tuple(
        problem for problem in problems if problem.code not in suppressed or not suppressions.suppressible(problem)
    )
