"""What a template can reach: plain values and a few functions, by whatever way it asks."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro, StrictUndefined
from jinja2.utils import Namespace
from markupsafe import Markup

from generator.pipeline.brief_steps import problems_of
from generator.pipeline.publish_brief import publish
from generator.project import Project
from generator.render import templating
from generator.render.html import Styles, ordered_citation_groups, render_page
from generator.render.preset import load_preset, preset_names
from generator.render.templating import FILTERS_OFFERED, LOOP, TESTS_OFFERED, Environment, Function, TemplateFault
from generator.starters import starter
from tests.render.pages import formatted, page, preset

RICH = """
title: Does it work?
date: 2025-02-14
status: published
experts: [ann, ben]
selection: Both were asked.
summary: It may [@talk, p. 1]; see [#one].
key_points: [One., Two.]
limits: Some.
facts:
  - id: one
    claim: It ran twice
    cite: "@talk, p. 2"
questions:
  - id: works
    ask: Does it work?
    scale: [Never, Always]
    positions:
      ann: {stance: Never, says: No., quote: not at all, cite: "@talk, p. 3"}
      ben: {gap: no-position-found, searched: reports, until: 2025-02-01}
"""
PLAIN = (str, int, float, bool, type(None))


@pytest.fixture(scope="module")
def values() -> Mapping[str, Any]:
    """All that a page hands to its templates, with sheets and notes."""
    caught: dict[str, Any] = {}
    patch = pytest.MonkeyPatch()
    true = templating.render

    def spy(folders: tuple[Path, ...], given: Mapping[str, object]) -> str:
        caught.update(given)
        return true(folders, given)

    patch.setattr("generator.render.html.render", spy)
    made = page(RICH)
    render_page(made, formatted(ordered_citation_groups(made)), styles=Styles.EMBEDDED)
    notes = caught["back"]
    ordered_citation_groups(made)  # its functions may be called again
    caught |= {"back": notes, "sheets": {"screen": Markup("p {}")}}
    patch.undo()
    return caught


def reached(environment: Environment, value: Any, way: str, seen: dict[int, Any]) -> Iterator[tuple[str, Any]]:
    """Everything that a template comes to from a value, with every name that Python or the value itself knows."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    yield way, value
    names = {*dir(type(value)), *(value if isinstance(value, Mapping) else ()), 0, -1, "0", "__globals__", "gi_frame"}
    for name in sorted(names, key=str):
        for how, ask in (("." + str(name), environment.getattr), (f"[{name!r}]", environment.getitem)):
            with suppress(SecurityError):
                found = ask(value, name)
                if isinstance(found, StrictUndefined) or (isinstance(value, str) and type(found) in (str, Markup)):
                    continue  # a character of a text
                yield from reached(environment, found, way + how, seen)
    if isinstance(value, tuple | list):
        for number in range(len(value)):
            yield from reached(environment, environment.getitem(value, number), f"{way}[{number}]", seen)


def is_plain(value: Any) -> bool:
    if isinstance(value, Mapping):
        return type(value) is dict and all(isinstance(name, str) for name in value)
    return type(value) in (*PLAIN, Markup, tuple)


def test_everything_that_the_page_hands_over_is_plain_or_one_of_its_functions(values: Mapping[str, Any]) -> None:
    environment = templating.environment(preset().folders)
    assert sorted(name for name, value in values.items() if isinstance(value, Function)) == [
        "address",
        "cite",
        "inline",
        "prose",
        "t",
        "unbroken",
    ]
    seen: dict[int, Any] = {}
    found = [pair for name, value in values.items() for pair in reached(environment, value, name, seen)]
    assert len(found) > 150
    assert [(way, type(value)) for way, value in found if not is_plain(value) and not isinstance(value, Function)] == []


def test_no_place_of_this_machine_is_among_them(values: Mapping[str, Any]) -> None:
    environment = templating.environment(preset().folders)
    texts = [v for _, v in reached(environment, values["page"], "page", {}) if isinstance(v, str)]
    assert not [text for text in texts if str(Path(__file__).parents[2]) in text]


def test_functions_answer_with_plain_values(values: Mapping[str, Any]) -> None:
    cell = values["page"]["matrix"]["questions"][0]["tables"][0]["cells"][0]
    answers = [
        values["t"]("page"),
        values["prose"](values["page"]["summary"]),
        values["inline"](cell["words"]["paraphrase"]),
    ]
    assert [type(answer) for answer in answers] == [str, Markup, Markup]


def test_filters_tests_and_globals_are_the_short_list() -> None:
    environment = templating.environment(preset().folders)
    assert set(environment.filters) == set(FILTERS_OFFERED)
    assert set(environment.tests) == set(TESTS_OFFERED)
    assert environment.globals == {"namespace": Namespace}
    for dangerous in ("attr", "format", "groupby", "pprint", "random", "tojson", "urlize", "xmlattr"):
        assert dangerous not in environment.filters


@pytest.mark.parametrize("kind", [LoopContext, Macro, BlockReference, Namespace])
def test_of_jinjas_own_objects_only_loops_and_namespaces_have_names(kind: type) -> None:
    environment = templating.environment(preset().folders)
    one = Namespace() if kind is Namespace else object.__new__(kind)
    for name in {*dir(kind), "_environment", "_func", "_context", "__globals__"} - LOOP:
        with pytest.raises(SecurityError):
            environment.getattr(one, name)


ESCAPES = [
    "{{ page.preset.folders }}",
    "{{ page.__class__ }}",
    "{{ page.items() }}",
    "{{ page.keys }}",
    "{{ page['__class__'] }}",
    "{{ page.title.format(1) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ ('%s' | attr('format'))(1) }}",
    "{{ page.title | attr('__class__') }}",
    "{{ '%s' | format(1) }}",
    "{{ [page.title] | map(attribute='__class__') | list }}",
    "{{ [page.title] | map('attr', '__class__') | list }}",
    "{{ [[page.title]] | map(attribute='0.__class__') | list }}",
    "{{ ['a'] | sort(attribute='__class__') }}",
    "{{ ['a'] | join(attribute='__class__') }}",
    "{{ t.words }}",
    "{{ t.__call__ }}",
    "{{ t.run.__globals__ }}",
    "{{ t('{0.__class__}') }}",
    "{{ prose.__globals__ }}",
    "{{ cite({'cluster': 0}.__class__) }}",
    "{{ prose(page.title) }}",
    "{{ prose({'prose': 99}) }}",
    "{{ prose({'prose': -1}) }}",
    "{{ prose({'prose': true}) }}",
    "{{ cite({'cluster': 10 ** 30}) }}",
    "{{ namespace.__init__.__globals__ }}",
    "{{ namespace.mro() }}",
    "{% set n = namespace(x=1) %}{{ n.__class__ }}",
    "{% set n = namespace(x=1) %}{{ n._Namespace__attrs }}",
    "{% set page.title = 'x' %}",
    "{% set n = namespace(x=1) %}{% set n.x = t %}{{ n.x.run }}",
    "{% for x in 'a' %}{{ loop.__class__ }}{% endfor %}",
    "{% for x in 'a' %}{{ loop._iterable }}{% endfor %}",
    "{% for x in 'a' %}{{ loop.cycle.__func__ }}{% endfor %}",
    "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "{% macro m() %}{% endmacro %}{{ m.__init__ }}",
    "{% macro m() %}{{ caller.__class__ }}{% endmacro %}{% call m() %}{% endcall %}",
    "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "{% macro m() %}{{ kwargs.update(a=1) }}{% endmacro %}{{ m(a=2) }}",
    "{% import 'parts/macros.html.j2' as m with context %}{{ m.__class__ }}",
    "{% import 'parts/macros.html.j2' as m with context %}{{ m._body_stream }}",
    "{{ self.__init__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ self.content.__func__ }}",
    "{{ range(3) }}",
    "{{ lipsum.__globals__ }}",
    "{{ cycler.__init__ }}",
    "{{ joiner }}",
    "{{ dict(a=1) }}",
    "{{ config }}",
    "{{ 'a'.upper() }}",
    "{{ (1).__class__ }}",
    "{{ (1).real }}",
    "{{ [].append(1) }}",
    "{{ ().__class__.__base__ }}",
    "{% include '../../../../../etc/passwd' %}",
    "{% include '/etc/passwd' %}",
    "{{ 1 + 'a' }}",
    "{{ t() }}",
    "{{ t('question_n') }}",
    "{{ t('no such label') }}",
    "{{ page.titel }}",
    "{% if %}",
    "{{ page | nosuch }}",
    "{% nosuch %}",
]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A project with a preset of its own, a copy of `briefing`; gives the preset's folder."""
    for name in ("house", "experts", "sources", "example"):
        path = tmp_path / "briefs" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(starter(f"{name}.yaml"), encoding="utf-8")
    shutil.copytree(preset().folders[0], tmp_path / "templates" / "presets" / "mine")
    example = tmp_path / "briefs" / "example.yaml"
    example.write_text(example.read_text("utf-8") + "preset: mine\n", encoding="utf-8")
    return tmp_path / "templates" / "presets" / "mine"


@pytest.mark.parametrize("written", ESCAPES)
def test_a_way_out_is_a_fault_at_its_line(mine: Path, written: str) -> None:
    body = "{% extends 'parts/page.html.j2' %}\n{% block content %}\n" + written + "\n{% endblock %}\n"
    (mine / "page.html.j2").write_text(body, encoding="utf-8")
    made = page(RICH, design=preset("mine", mine.parents[2]))
    with pytest.raises(TemplateFault) as caught:
        ordered_citation_groups(made)
    assert (caught.value.file, caught.value.line) in ((mine / "page.html.j2", 3), (mine / "page.html.j2", 2))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("written", ["{{ page.titel }}", "{{ page.preset.titel[0].x }}", "{{ page['titel'].x }}"])
def test_what_is_missing_is_named(mine: Path, written: str) -> None:
    (mine / "page.html.j2").write_text(written, encoding="utf-8")
    with pytest.raises(TemplateFault, match="titel"):
        ordered_citation_groups(page(RICH, design=preset("mine", mine.parents[2])))


def test_a_template_that_includes_itself_is_at_fault(mine: Path) -> None:
    (mine / "page.html.j2").write_text("{% include 'page.html.j2' %}", encoding="utf-8")
    with pytest.raises(TemplateFault, match="recursion"):
        ordered_citation_groups(page(RICH, design=preset("mine", mine.parents[2])))


def test_what_the_program_does_wrong_is_not_blamed_on_a_template(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> str:
        raise KeyError("ours")

    monkeypatch.setattr("generator.render.html.render_prose", broken)
    with pytest.raises(KeyError):
        ordered_citation_groups(page(RICH))


def test_a_fault_of_a_template_is_a_problem_of_the_build_and_goes_when_it_is_mended(mine: Path) -> None:
    block = mine / "blocks" / "summary.html.j2"
    block.parent.mkdir()
    block.write_text("<p>\n{{ page.summary.upper() }}\n</p>\n", encoding="utf-8")
    project = Project(mine.parents[2])
    (outcome,) = publish(project, ["example"]).outcomes[:1]
    (problem,) = (one for one in problems_of(outcome.notes) if one.is_error)
    assert (problem.code, problem.place.file, problem.place.line) == (
        "preset-template",
        "templates/presets/mine/blocks/summary.html.j2",
        2,
    )
    block.write_text("<p>fine</p>\n", encoding="utf-8")
    publish(project, ["example"])
    assert "<p>fine</p>" in (project.output / "example.html").read_text("utf-8")


@pytest.mark.parametrize("name", preset_names())
def test_the_programs_own_presets_render(name: str) -> None:
    found, _ = load_preset(name)
    made = page(RICH, design=found)
    assert "Does it work?" in render_page(made, formatted(ordered_citation_groups(made)))


def test_the_documentation_names_every_filter() -> None:
    text = (Path(__file__).parents[2] / "docs" / "presets.md").read_text("utf-8")
    assert " ".join(FILTERS_OFFERED) in " ".join(text.split())
