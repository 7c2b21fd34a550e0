"""The checks: a list of pure functions, each of which finds problems of a brief.

To add one, write a function from `Subject` to problems and add it to `CHECKS`. The quotation gate is separate, because it needs
captures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator.evidence.checks import (
    chart_checks,
    completeness,
    date_checks,
    language_checks,
    matrix_checks,
    page_head_checks,
    reference_checks,
    stated_figures,
    suppressions,
    unprinted_texts,
    wording,
)
from generator.evidence.checks.subject import Subject
from generator.model import Brief, Library
from generator.problems import Location, Problem
from generator.problems.problem import without_derived

CHECKS: tuple[Callable[[Subject], Iterator[Problem]], ...] = (
    reference_checks.check_experts,
    reference_checks.check_sources,
    reference_checks.check_facts,
    reference_checks.check_questions,
    reference_checks.check_statements,
    reference_checks.check_ids,
    reference_checks.check_anchors,
    chart_checks.check_placing,
    reference_checks.check_columns,
    matrix_checks.check_cells,
    completeness.check_citations,
    completeness.check_support,
    completeness.check_statements,
    completeness.check_gaps,
    completeness.check_scales,
    completeness.check_edition,
    matrix_checks.check_matrix,
    page_head_checks.check_answer,
    date_checks.check_affiliations,
    stated_figures.check_contested,
    stated_figures.check_units,
    stated_figures.check_contradictions,
    wording.check_wording,
    language_checks.check_languages,
    matrix_checks.check_balance,
    completeness.check_short_texts,
    page_head_checks.check_key_facts,
    chart_checks.check_charts,
    matrix_checks.check_grid,
    date_checks.check_timeline,
    date_checks.check_review_due,
    date_checks.check_future,
    date_checks.check_reviews,
    unprinted_texts.check_unprinted,
)


def check(subject: Subject, others: Iterable[Problem] = ()) -> tuple[Problem, ...]:
    """Return the problems that `CHECKS` find in one brief and that are not suppressed, in the order of the list.

    `others` are the problems of other stages (the gate's) in the same brief: they can be suppressed too, and come first in the result.
    """
    everything = (*others, *(problem for find in CHECKS for problem in find(subject)))
    problems = without_derived(everything, (*subject.brief.unread, *subject.library.unread))
    return tuple(suppressions.settle(problems, subject.brief, subject.library.house))


def check_library(
    library: Library, briefs: Iterable[Brief], indexed: Iterable[tuple[str, Location]] = ()
) -> tuple[Problem, ...]:
    """Return the problems of the library as a whole, seen from all briefs of the project.

    `indexed` are key and place of the sources in further files.
    """
    all_briefs = tuple(briefs)
    unread = (*library.unread, *(one for brief in all_briefs for one in brief.unread))
    everything = (
        *reference_checks.check_unused(library, all_briefs, indexed),
        *reference_checks.check_numbers(all_briefs),
        *reference_checks.check_house(library),
        *language_checks.check_titles(library, all_briefs),
    )
    problems = without_derived(everything, unread)
    suppressed = {suppression.code for suppression in library.house.suppressed}
    return tuple(
        problem for problem in problems if problem.code not in suppressed or not suppressions.suppressible(problem)
    )
