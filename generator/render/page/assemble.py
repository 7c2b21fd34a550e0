"""Assembles all views of a page from a brief.

Problems were found before. A draft with problems is still printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator.model import Brief, Evidence, Library, Option, Question, Voice
from generator.model.walk import cells, placed_names
from generator.render.labels import Labels, load_labels
from generator.render.page import front_matter, section_views
from generator.render.page.chart_views import chart_views, event_views, figure_numbers, timeline_view
from generator.render.page.fact_views import OptionView, VoiceGroup, VoiceView
from generator.render.page.facts import fact_links, fact_views, key_figures
from generator.render.page.front_matter import evidence_line, newest
from generator.render.page.house_colours import house_css, house_css_dark, house_series
from generator.render.page.machine_metadata import metadata
from generator.render.page.matrix import matrix
from generator.render.page.page_views import Page
from generator.render.page.people import foreign_sources, foreign_words, head
from generator.render.page.section_views import table_views
from generator.render.page.statement import is_short, said_on, words
from generator.render.page.views import Link
from generator.render.preset import Preset
from generator.render.printed_texts import printed_form
from generator.render.scripts import direction_of

_FIRST = {"options": ("options",), "facts": ("figures", "facts", "charts", "summary")}
"""Blocks that come first, by the brief's `emphasis`."""


def build_page(
    brief: Brief,
    library: Library,
    preset: Preset,
    *,
    evidence: Sequence[Evidence] = (),
    pdf: str | None = None,
    links: Mapping[str, str] | None = None,
) -> Page:
    """Return everything that `preset` prints of `brief`, in its language.

    `evidence` has the verdicts of its quotations: the method counts them, and the annex lists them if the house style
    has one. `pdf` is the PDF's address relative to the page: `<slug>.pdf` by default, "" for none. `links` has the addresses of
    other briefs from `pipeline.brief_links`.
    """
    labels = load_labels(preset.folders, brief.language)
    form, whole = printed_form(brief, preset), brief
    brief, evidence = form.brief, form.evidence(tuple(evidence), whole)
    house = library.house
    preset = _ordered(preset, brief.emphasis)
    people = _on_record(whole, brief if "positions" in preset.blocks else replace(brief, questions=()), library)
    method = front_matter.method(brief, library, evidence, labels)
    annex = bool(evidence) and house.evidence_annex
    unprinted = {
        "rules": bool(method.house) and not preset.rules,
        "evidence": annex and "evidence" not in preset.blocks,
    }
    facts = fact_views(brief, house, labels)
    tables = table_views(brief, library, labels)
    charts = chart_views(brief, library, labels, house_series(house.colours, preset.colours))
    return Page(
        slug=brief.slug,
        language=brief.language,
        title=brief.title.value.strip(),
        title_measure=front_matter.title_measure(brief.title.value.strip()),
        subtitle=brief.subtitle.strip(),
        masthead=front_matter.masthead(
            brief, house, labels, f"{brief.slug}.pdf" if pdf is None else pdf, newest(brief, library, labels)
        ),
        running=front_matter.running(brief, house, labels),
        notices=front_matter.notices(brief, labels),
        contents=_contents(brief, preset, labels, contested=any(fact.contested for fact in facts)),
        answer=brief.answer,
        evidence_line=evidence_line(brief, library, labels),
        key_figures=key_figures(brief, preset, labels),
        summary=brief.summary,
        key_points=tuple(point.text for point in brief.key_points),
        facts=facts,
        tables=tables,
        charts=charts,
        matrix=matrix(brief, library, preset, labels),
        voices=_voices(brief, library, labels),
        timeline=event_views(brief, labels),
        timeline_picture=timeline_view(brief, labels, preset.colours),
        options=tuple(_option(option, {fact.id: fact.number for fact in facts}, people) for option in brief.options),
        limits=brief.limits,
        method=method if preset.rules else replace(method, house=None),
        colophon=front_matter.colophon(brief, library, labels),
        evidence=front_matter.evidence_annex(evidence, library, labels) if house.evidence_annex else (),
        metadata=metadata(brief, library, labels),
        preset=preset,
        labels=labels,
        fact_numbers={fact.id: fact.number for fact in facts},
        figure_numbers=figure_numbers(brief),
        direction=direction_of(brief.language),
        foreign=foreign_words(brief, library),
        source_languages=foreign_sources(brief, library),
        left_out=form.line(
            labels, attached=pdf != "", parts_of_house=[name for name, gone in unprinted.items() if gone]
        ),
        up="../" * brief.stem.count("/"),
        brief_links=links or {},
        sections=section_views.sections(brief, after=False),
        sections_after=section_views.sections(brief, after=True),
        pictures=section_views.pictures(brief, library, labels),
        pull_quotes=section_views.pull_quotes(brief, library, labels),
        boxes=section_views.boxes(brief),
        placed_tables={table.id: table for table in tables if table.placed},
        files=section_views.files(brief) | front_matter.files(brief, house),
        house_css=house_css(house.colours),
        house_css_dark=house_css_dark(house.colours),
        stem=brief.stem,
    )


def _contents(brief: Brief, preset: Preset, labels: Labels, *, contested: bool) -> tuple[Link, ...]:
    """Return links to the printed sections that are not empty, without the summary, which is at the top."""
    filled = {
        "overview": brief.questions,
        "figures": contested,
        "facts": brief.facts,
        "tables": any(f"table:{table.id}" not in placed_names(brief) for table in brief.tables),
        "charts": any(f"chart:{chart.id}" not in placed_names(brief) for chart in brief.charts),
        "positions": brief.questions,
        "voices": brief.voices,
        "timeline": brief.timeline,
        "options": brief.options,
        "limits": brief.limits,
        "method": True,
        "about": True,
        "colophon": True,
    }
    links: list[Link] = []
    for name in preset.blocks:
        if name in ("sections", "sections-after"):
            links += [
                Link(one.heading, f"#section-{one.id}") for one in brief.sections if one.after == (name != "sections")
            ]
        elif filled.get(name):
            links.append(Link(labels(name), f"#{name}"))
    return tuple(links)


def _option(option: Option, numbers: dict[str, int], people: Mapping[str, Link]) -> OptionView:
    return OptionView(
        option.id,
        option.option,
        option.in_favour,
        option.against,
        option.cite,
        fact_links([text.value for text in option.rests_on], numbers),
        tuple(people[text.value] for text in option.supported_by if text.value in people),
        tuple(people[text.value] for text in option.opposed_by if text.value in people),
        is_short(option.option, option.in_favour, option.against),
    )


def _on_record(whole: Brief, printed: Brief, library: Library) -> dict[str, Link]:
    """Return people by the name that options use, with the place of their words if these are printed."""
    experts = library.experts
    here = _said(printed).keys()
    return {
        name: Link(experts[who].name if who in experts else who, href if name in here else "")
        for name, (who, href) in _said(whole).items()
    }


def _said(brief: Brief) -> dict[str, tuple[str, str]]:
    """Return people and the places of their words, by the name that options use."""
    statements = {f"{question.id}.{who}": (who, f"#{question.id}-{who}") for question, who, _ in cells(brief)}
    return statements | {voice.id: (voice.statement.who, f"#voice-{voice.id}") for voice in brief.voices}


def _ordered(preset: Preset, emphasis: str) -> Preset:
    """Return the preset with the blocks of this emphasis first. For positions nothing changes, because they come first anyway.

    A design that begins with the summary, such as a report, still does: its table of contents begins with it.
    """
    opening = [name for name in preset.blocks[:1] if name == "summary"]
    first = [name for name in (*opening, *_FIRST.get(emphasis, ())) if name in preset.blocks]
    first = list(dict.fromkeys(first))
    return replace(preset, blocks=(*first, *(name for name in preset.blocks if name not in first)))


def _voices(brief: Brief, library: Library, labels: Labels) -> tuple[VoiceGroup, ...]:
    """Group voices by their question, in the order of the questions; voices without a question come last."""
    groups = [
        _group(labels("voices_on", number=number, ask=question.ask.value.strip()), question, brief, library, labels)
        for number, question in enumerate(brief.questions, 1)
    ]
    title = labels("voices_general") if any(group.voices for group in groups) else ""
    groups.append(_group(title, None, brief, library, labels))
    return tuple(group for group in groups if group.voices)


def _group(title: str, question: Question | None, brief: Brief, library: Library, labels: Labels) -> VoiceGroup:
    question_ids = {one.id for one in brief.questions}
    voices = [voice for voice in brief.voices if _asked(voice, question_ids) == (question.id if question else "")]
    href = f"#question-{question.id}" if question else ""
    return VoiceGroup(title, href, tuple(_voice(voice, library, labels) for voice in voices))


def _asked(voice: Voice, question_ids: set[str]) -> str:
    return voice.question.value if voice.question and voice.question.value in question_ids else ""


def _voice(voice: Voice, library: Library, labels: Labels) -> VoiceView:
    statement = voice.statement
    expert = library.experts.get(statement.who)
    statement_words = words(statement, expert.name if expert else statement.who, library, labels)
    who = head(statement.who, said_on(statement, library), library, labels)
    return VoiceView(voice.id, who, statement_words, is_short(statement_words, who.name, who.affiliation, who.now))
