"""Templates and style sheets have no words and no punctuation of their own: both come from the language files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from lxml import html as parser

from generator.render.template_folders import template_roots

ROOT = next(folder for folder in template_roots() if (folder / "presets").is_dir())
TEMPLATES = sorted(ROOT.glob("**/*.j2"))
SHEETS = sorted(ROOT.glob("**/*.css"))
NEUTRAL = " ·–→←#"
"""Signs between parts that are the same in every language, or in every language of a direction."""
NAMES = {"DOI", "PDF"}
NUMBERS = {",", ",\\00a0", " / ", ".", "#"}
"""Contents of style sheets between numerals, before an address, and as a leader."""
_SPOKEN = "//@*[name() = 'aria-label' or name() = 'alt' or name() = 'title']"
_EXPRESSION = "\N{OBJECT REPLACEMENT CHARACTER}"
_SUBNUMBER = f"{_EXPRESSION}.{_EXPRESSION}"
"""`1.2`."""
_ATTRIBUTES = re.compile(rf' [a-z-]+="{_EXPRESSION}"')
"""What a macro prints inside a tag."""
_CONTENT = re.compile(r"\bcontent:([^;}]*)")
_TEXT = re.compile(r'"([^"]*)"')


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_words_and_marks_of_its_own(template: Path) -> None:
    assert [text for text in _texts(template.read_text("utf-8")) if _own(text)] == []


_ATTRIBUTE = re.compile(r"""'[^'{}]*="[^'{}]*'(?! \| safe)""")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_an_attribute_in_an_expression_is_a_whole_literal_that_is_not_escaped(template: Path) -> None:
    """Otherwise its quotation marks become a part of its value. An attribute with a value from elsewhere is outside the expression."""
    expressions = re.findall(r"\{\{.*?\}\}", template.read_text("utf-8"), re.DOTALL)
    assert [one for one in expressions if _ATTRIBUTE.search(one)] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_style_sheet_prints_no_marks_of_its_own(sheet: Path) -> None:
    texts = _TEXT.findall("".join(_CONTENT.findall(sheet.read_text("utf-8"))))
    assert [text for text in texts if text.strip() and text not in NUMBERS] == []


def test_the_rule_sees_marks_in_text_attributes_and_expressions() -> None:
    for wrong in (
        "<p>{{ a }}: {{ b }}</p>",
        "<p>{{ a }} ({{ b }})</p>",
        '<p aria-label="{{ a }}, {{ b }}"></p>',
        '<p>{{ ", " if a else "" }}</p>',
        '<p>{{ a ~ "; " ~ b }}</p>',
        '<p>{{ a | join(", ") }}</p>',
        "<p>Source {{ a }}</p>",
    ):
        assert any(_own(text) for text in _texts(wrong)), wrong
    assert not any(_own(text) for text in _texts('<p{{ \' class="a"\' | safe }}>{{ t("a") }} · {{ b }}</p>'))


def _own(text: str) -> str:
    """Return what is in a text besides expressions, numerals, neutral signs and names."""
    text = _ATTRIBUTES.sub("", text).replace(_SUBNUMBER, "")
    rest = "".join(sign for sign in text if sign not in NEUTRAL + _EXPRESSION and not sign.isspace())
    return "" if rest in NAMES or rest.isdigit() else rest


def _texts(source: str) -> Iterator[str]:
    """The texts and spoken attributes that a template can print, with a sign for each expression."""
    outputs = Environment().parse(source).find_all(nodes.Output)
    markup = "".join(_printed(node) for output in outputs for node in output.nodes)
    root = parser.document_fromstring(f"<html><body>{markup}</body></html>")
    yield from root.xpath("//text()[not(ancestor::script or ancestor::style or ancestor::pre)]")
    yield from root.xpath(_SPOKEN)


def _printed(node: nodes.Node | None) -> str:
    """What is known of the markup that a node prints."""
    match node:
        case nodes.TemplateData():
            return node.data
        case nodes.Const(value=str(text)):
            return text
        case nodes.CondExpr():
            return _printed(node.expr1) + _printed(node.expr2)
        case nodes.Concat():
            return "".join(map(_printed, node.nodes))
        case nodes.Add() | nodes.Or() | nodes.And():
            return _printed(node.left) + _printed(node.right)
        case nodes.Filter(name="join"):
            return _EXPRESSION.join(["", *map(_printed, node.args), ""])
        case nodes.Filter(name="trim" | "lower" | "safe"):
            return _printed(node.node)
        case _:
            return _EXPRESSION
