"""The HTML of a citation as Markdown, whoever wrote the source."""

from __future__ import annotations

import pytest

from generator.editor.source_display import markdown

FRAGMENTS = {
    "Ann Example, <em>A Title</em>.": "Ann Example, *A Title*.",
    '<a href="https://example.org/a_b">https://example.org/a_b</a>': "<https://example.org/a_b>",
    '<a href="https://example.org">here</a>': "here <https://example.org>",
    '<a href="https://example.org/&gt;[x](y)">here</a>': "here <https://example.org/%3E[x](y)>",
    "a &lt;b&gt; *c* [d](e) &amp; f": "a \\<b\\> \\*c\\* \\[d\\](e) & f",
    "x &#xE000;9&#xE000; &#xE001;y": "x \ue0009\ue000 \ue001y",
    "x \x000\x00 \x01": "x \ufffd0\ufffd \ufffd",
}


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_reference_in_markdown(fragment: str) -> None:
    assert markdown(fragment) == FRAGMENTS[fragment]
