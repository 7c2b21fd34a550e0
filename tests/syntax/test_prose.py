"""Prose is read for what it cites, quotes and refers to, and rendered without anything dangerous."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import FactReference, Locator, Prose, ProseQuotation, Text
from generator.problems import Location, Problem
from generator.syntax.markdown.prose import read_prose, render_prose


def read_all(value: str) -> tuple[Prose, tuple[Problem, ...]]:
    return read_prose(Text(value, Location("a.yaml", 1, 1), value))


def read(value: str) -> Prose:
    prose, problems = read_all(value)
    assert problems == ()
    return prose


def html(value: str, *, inline: bool = False) -> str:
    prose, _ = read_all(value)
    return render_prose(
        prose,
        lambda index, group: f"<sup>{index}:{'+'.join(c.key for c in group.citations)}</sup>",
        lambda reference: f"<data>{reference.fact}</data>",
        inline=inline,
    )


def quoted(value: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(q.words, q.citation_groups) for q in read(value).quotations]


def under(value: str, place: Location) -> str:
    """The words of the value that a place underlines."""
    return value.splitlines()[place.line - 1][place.column - 1 : place.column - 1 + place.length]


def findings(value: str) -> list[tuple[str, str]]:
    return [(p.code, under(value, p.place)) for p in read_all(value)[1]]


# ---------------------------------------------------------------- citations and facts


def test_groups_and_in_text_citations_are_found_in_order() -> None:
    prose = read("First [see @a, p. 3; @b] then @c [p. 4; @d] and @e, and @f.\n\n- item [-@g]\n")
    assert [[c.key for c in group.citations] for group in prose.citation_groups] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
        ["f"],
        ["g"],
    ]
    assert [group.in_text for group in prose.citation_groups] == [False, True, True, True, False]
    assert prose.citation_groups[1].citations[0].locator == Locator("page", "4")
    assert prose.citation_groups[0].citations[0].prefix == "see"


def test_an_in_text_key_with_a_minus_leaves_the_author_out() -> None:
    group = read("Ann wrote -@a [p. 3].").citation_groups[0]
    assert (group.in_text, group.citations[0].suppress_author, group.citations[0].offset) == (False, True, 11)


def test_each_key_knows_its_offset() -> None:
    value = "> One *two* [@a; @b]\n> three @c [p. 1]\n\n| x | y |\n|---|---|\n| [@d] | a \\| b [@e] |\n"
    keys = [citation for group in read(value).citation_groups for citation in group.citations]
    assert [value[c.offset : c.offset + 2] for c in keys] == ["@a", "@b", "@c", "@d", "@e"]


@pytest.mark.parametrize(
    "value",
    ["mail a@b.c or <a@b.c>", r"\@a", "`@a` and `[@a]`", "@ a", "5 @ 3", "[link](https://example.org/@a)"],
)
def test_what_is_no_citation(value: str) -> None:
    assert read(value).citation_groups == ()


@pytest.mark.parametrize(
    ("value", "keys"), [("@a [@b]", ["a", "b"]), ("@a [x](https://x.y)", ["a"]), ("[@a](see [@b])", ["a", "b"])]
)
def test_brackets_that_do_not_belong_to_a_key(value: str, keys: list[str]) -> None:
    assert [c.key for group in read(value).citation_groups for c in group.citations] == keys


def test_facts_are_found() -> None:
    value = "Costs [#training-cost] more."
    assert read(value).facts == (FactReference("training-cost", Location("a.yaml", 1, 7, 16), 6),)


def test_link_definitions_do_not_swallow_citations() -> None:
    assert len(read("[@a]: https://example.org\n\nmore").citation_groups) == 1


# ---------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Said [@a, pg. 3].", [("unknown-locator", "pg.")]),
        ("Said [@a @b].", [("bad-citation", "@b")]),
        ("Said [@ a].", [("bad-citation", "@ a")]),
        ("Said @a [par. 3].", [("unknown-locator", "par.")]),
        ("> quoted\n> words [@a, pg. 3]", [("unknown-locator", "pg.")]),
        ("[#no fact]", [("bad-fact-reference", "[#no fact]")]),
        ("[see @a](https://x.y)", [("bad-citation", "@a")]),
        ("[x](javascript:alert)", [("unsafe-link", "javascript:alert")]),
        ("[x](JAVASCRIPT:alert)", [("unsafe-link", "JAVASCRIPT:alert")]),
        ("<vbscript:x>", [("unsafe-link", "vbscript:x")]),
        ("[x](data:text/html,y)", [("unsafe-link", "data:text/html,y")]),
        ("[x](file:///etc/passwd)", [("unsafe-link", "file:///etc/passwd")]),
        ("[x](mailto:?bcc=b@example.org)", [("unsafe-link", "mailto:?bcc=b@example.org")]),
        ("[x](MAILTO:a@example.org?bcc=b@example.org)", [("unsafe-link", "MAILTO:a@example.org?bcc=b@example.org")]),
        (
            "[x](mailto:a@example.org%3Fbcc=b@example.org)",
            [("unsafe-link", "mailto:a@example.org%3Fbcc=b@example.org")],
        ),
        ("[x](mailto:a@example.org,b@example.org)", [("unsafe-link", "mailto:a@example.org,b@example.org")]),
        ("[x](report.pdf)", [("unsafe-link", "report.pdf")]),
        ("[x](https://example.org@evil.example/a)", [("unsafe-link", "https://example.org@evil.example/a")]),
        ("[x](https://[::1)", [("unsafe-link", "](")]),
        ("[x](//evil.example)", [("unsafe-link", "//evil.example")]),
        ("[x](&#106;avascript:alert)", [("unsafe-link", "](")]),
        ("a\n\n## Heading\n", [("heading-in-prose", "##")]),
        ("Heading\n===\n", [("heading-in-prose", "H")]),
        ("This is <b>new</b>.", [("html-in-prose", "<b>"), ("html-in-prose", "</b>")]),
        ('x <a href="y">', [("html-in-prose", '<a href="y">')]),
        ("<script>x</script>", [("html-in-prose", "<script>"), ("html-in-prose", "</script>")]),
        ("![alt](x.png)", [("image-in-prose", "![")]),
    ],
)
def test_problems_are_underlined(value: str, expected: list[tuple[str, str]]) -> None:
    assert findings(value) == expected


@pytest.mark.parametrize(
    "value", ["a < b > c", "x <y", "&lt;b&gt;", "[x](#id)", "[x](mailto:a@b.c)", "<https://x.y>", "# "[1:]]
)
def test_harmless_prose_raises_nothing(value: str) -> None:
    assert findings(value) == []


# ---------------------------------------------------------------- quotations


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("He said “it works” [@a].", [("it works", (0,))]),
        ('He said "it works" [@a].', [("it works", (0,))]),
        ('He said:"it works" [@a].', [("it works", (0,))]),
        ("He said ‘it doesn’t work’ [@a].", [("it doesn’t work", (0,))]),
        ("He said 'it doesn't work' [@a].", [("it doesn't work", (0,))]),
        ("‘the experts’ views’ [@a]", [("the experts’ views", (0,))]),
        ("‘chips’ and workers’ rights [@a]", [("chips", (0,))]),
        ("« cela marche » [@a]", [("cela marche", (0,))]),
        ("„es geht“ [@a] und »es geht« [@b]", [("es geht", (0,)), ("es geht", (1,))]),
        ("”det går” [@a]", [("det går", (0,))]),
        ("“he called it ‘new’ once” [@a]", [("he called it ‘new’ once", (0,))]),
        ("“he called it “new” once” [@a]", [("he called it “new” once", (0,))]),
        ("*“it works”* [@a]", [("it works", (0,))]),
        ("“it *really* works” [@a]", [("it really works", (0,))]),
        ("&ldquo;it works&rdquo; [@a]", [("it works", (0,))]),
        (r"\"it works\" [@a]", [("it works", (0,))]),
        ("“it works [@a] well”", [("it works well", (0,))]),
        ("“never closed [@a]", [("never closed", (0,))]),
        ("“one\nline” [@a]", [("one line", (0,))]),
        ("workers’ rights and ’tis the ’90s, isn't it, the '90s", []),
        ('a 5" disk', []),
        ("`“code”`", [("code", ())]),
        ("他说“增长了” [@a]", [("增长了", (0,))]),
        ('他说"增长了"。 [@a]', [("增长了", (0,))]),
        ("彼は「増えた」と『述べた』 [@a]", [("増えた", (0,)), ("述べた", (0,))]),
        ("〝増えた〟と ｢述べた｣ と ＂言った＂ [@a]", [("増えた", (0,)), ("述べた", (0,)), ("言った", (0,))]),
        ("﹁增長﹂與﹃衰退﹄ [@a]", [("增長", (0,)), ("衰退", (0,))]),
        ("❝it works❞ and ‟it does” [@a]", [("it works", (0,)), ("it does", (0,))]),
        ("″it works″ and ‛it does’ [@a]", [("it works", (0,)), ("it does", (0,))]),
        ("''it works'' and ``it does'' [@a]", [("it works", (0,)), ("it does", (0,))]),
        (",,es geht'' [@a]", [("es geht", (0,))]),
        ("‚‚es geht‘‘ and ‘‘it works’’ [@a]", [("es geht", (0,)), ("it works", (0,))]),
        ('he said"it works"and left [@a]', [("it works", (0,))]),
        ("a 6' 2\" man of 5″ and 3,,", []),
    ],
)
def test_quotations_are_told_from_apostrophes(value: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert quoted(value) == expected


@pytest.mark.parametrize(
    ("value", "citation_groups"),
    [
        ("“A one” [@a] and “B two” [@b].", [(0,), (1,)]),
        ("“A one” and “B two” [@a].", [(0,), (0,)]),
        ("“A one.” [@a] Then [@b].", [(0,)]),
        ("“A one”. [@a] Then [@b].", [(0,)]),
        ("Said “A one”, as told by Dr. Example [@a]. Then [@b].", [(0,)]),
        ("@a [p. 3] said “A one”. Then [@b].", [(0,)]),
        ("First [@a]. Then “A one”. Last [@b].", [(0, 1)]),
        ("First [@a].\n\nThen “A one”.", [()]),
    ],
)
def test_each_quotation_knows_the_citations_beside_it(value: str, citation_groups: list[tuple[int, ...]]) -> None:
    assert [q.citation_groups for q in read(value).quotations] == citation_groups


def test_block_quotations() -> None:
    value = "Before [@a].\n\n> These are “the” words,\n> on two lines. [@b]\n\n> Alone.\n"
    first, second = read(value).quotations
    assert (first.words, first.citation_groups, first.block) == ("These are “the” words, on two lines.", (1,), True)
    assert value[first.offset :].startswith("These are")
    assert (second.words, second.citation_groups) == ("Alone.", ())
    assert [q.citation_groups for q in read("He wrote [@a]:\n\n> Words.\n").quotations] == [(0,)]


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ('["so-called"]{.scare}', []),
        ("[“the small yard and fence”]{.scare}", []),
        ("[“the small yard and high fence”]{.scare}", ["scare-sentence"]),
        ("[“It failed. Badly”]{.scare}", ["scare-sentence"]),
        ("[“管制措施已经完全失败了而且没有用”]{.scare}", ["scare-sentence"]),
    ],
)
def test_only_a_term_is_marked_as_nobody_s(value: str, codes: list[str]) -> None:
    assert [problem.code for problem in read_all(value)[1]] == codes


def test_scare_quotes_are_marked_as_such() -> None:
    value = "The [“so-called”]{.scare} fix and “this” [@a]."
    assert [(q.words, q.scare) for q in read(value).quotations] == [("so-called", True), ("this", False)]
    assert html(value) == "<p>The “so-called” fix and “this” <sup>0:a</sup>.</p>"


def test_a_quotation_stands_where_its_mark_does() -> None:
    value = "x *y* [l](https://e.org) “it works” [@a]"
    quotation: ProseQuotation = read(value).quotations[0]
    assert under(value, quotation.place) == "“it works”"
    assert value[quotation.offset] == "“"


def test_plain_has_the_words_alone() -> None:
    value = "One **two** [@a, p. 3], [three](https://x.y) [#four].\n\n- five @b\n"
    assert read(value).plain == "One two, three.\nfive"


# ---------------------------------------------------------------- rendering


@pytest.mark.parametrize(
    ("value", "rendered"),
    [
        ("a [@x; @y] *b* **c** [#f]", "<p>a <sup>0:x+y</sup> <em>b</em> <strong>c</strong> <data>f</data></p>"),
        ("a & b < c \"d\" 'e' -- ...", "<p>a &amp; b &lt; c &quot;d&quot; 'e' -- ...</p>"),
        ("[t](https://x.y/?a=1&b=2)", '<p><a href="https://x.y/?a=1&amp;b=2">t</a></p>'),
        ("[t](javascript:x)", "<p>t</p>"),
        ("<b onclick=x>", "<p>&lt;b onclick=x&gt;</p>"),
        ("# h", "<p>h</p>"),
        ("![a<b](x)", "<p>a&lt;b</p>"),
        ("[@ bad] [@a]", "<p>[@ bad] <sup>0:a</sup></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ],
)
def test_html(value: str, rendered: str) -> None:
    assert html(value) == rendered


def test_tables_have_scoped_headers() -> None:
    assert html("| a | b |\n|---|--:|\n| [@x] | y |").startswith('<table>\n<thead>\n<tr>\n<th scope="col">a</th>')
    assert "<td><sup>0:x</sup></td>" in html("| a | b |\n|---|--:|\n| [@x] | y |")


def test_inline_has_no_blocks() -> None:
    assert html("a *b* [@c]", inline=True) == "a <em>b</em> <sup>0:c</sup>"
    assert html("a\n\n- b\n- c", inline=True) == "a b c"


NASTY = st.sampled_from(
    ["[@a, p. 3]", "@b [p. 4]", "[#f]", "“", "”", "\"", "'", "’", "> ", "- ", "| ", "\n", "\n\n", "[", "]", "(", ")", "{.scare}",
     "javascript:alert(1)", "<script>", "</p>", "![", "](", "*", "_", "`", "\\", "&", "&quot;", "@", ";", "word ", "# ", "\t",
     "\ufffc", "\x00", "[“x”]{.scare}", "|---|---|\n", "<http://x.y>", "https://x.y"]
)  # fmt: skip
HREF = re.compile(r"<a [^>]*href=\"(?!https?://|mailto:|#)", re.IGNORECASE)


@given(st.lists(NASTY, max_size=25).map("".join) | st.text())
def test_no_text_crashes_or_comes_out_dangerous(value: str) -> None:
    prose, problems = read_all(value)
    seen: list[int] = []

    def cite(index: int, _: object) -> str:
        seen.append(index)
        return "[c]"

    for inline in (False, True):
        seen.clear()
        rendered = render_prose(prose, cite, lambda reference: f"[{reference.fact}]", inline=inline)
        assert "<script" not in rendered.lower()
        assert not HREF.search(rendered)
        assert seen == list(range(len(prose.citation_groups)))
    assert all(p.place.line >= 1 for p in problems)
    assert all(i < len(prose.citation_groups) for q in prose.quotations for i in q.citation_groups)


# ---------------------------------------------------------------- each construct is rendered or reported


@pytest.mark.parametrize(
    ("written", "rendered"),
    [
        ("*a* _b_", "<p><em>a</em> <em>b</em></p>"),
        ("**a** __b__", "<p><strong>a</strong> <strong>b</strong></p>"),
        ("`a`", "<p><code>a</code></p>"),
        ("10^6^ tonnes of CO~2~", "<p>10<sup>6</sup> tonnes of CO<sub>2</sub></p>"),
        ("x^<b>^", "<p>x<sup>&lt;b&gt;</sup></p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("a\n\n***\n\nb", "<p>a</p>\n<hr />\n<p>b</p>"),
        ("a  \nb", "<p>a<br />\nb</p>"),
        ("a\n\n    b [@c]", "<p>a</p>\n<p>b <sup>0:c</sup></p>"),
        ("[a](https://example.org)", '<p><a href="https://example.org">a</a></p>'),
        ("<https://example.org>", '<p><a href="https://example.org">https://example.org</a></p>'),
        ("&eacute; &#233;", "<p>é é</p>"),
        ("2^10, 30 ~ 40, a == b, C++ and D++, $5, {a}, 10:30", "<p>2^10, 30 ~ 40, a == b, C++ and D++, $5, {a}, 10:30</p>"),
        ("\\[^1] \\~~a~~ \\^a^ \\{.b}", "<p>[^1] ~~a~~ ^a^ {.b}</p>"),
    ],
)  # fmt: skip
def test_what_is_markup_here_is_rendered(written: str, rendered: str) -> None:
    assert html(written) == rendered
    assert findings(written) == []


@pytest.mark.parametrize(
    ("written", "code", "where"),
    [
        ("It rose.^[By half.]", "foreign-markup", "^[By half.]"),
        ("[see][a]", "foreign-markup", "[see][a]"),
        ("a\n\n[see]: https://example.org", "foreign-markup", "[see]: https:"),
        ("[see [#f]](https://example.org)", "foreign-markup", "]("),
        ("[see](https://example.org page)", "foreign-markup", "]("),
        ("~~no~~", "foreign-markup", "~~no~~"),
        ("==so==", "foreign-markup", "==so=="),
        ("++so++", "foreign-markup", "++so++"),
        ("$$x^2$$", "foreign-markup", "$$x^2$$"),
        ("$x^2$", "foreign-markup", "$x^2$"),
        (r"so $\alpha_1$ is", "foreign-markup", r"$\alpha_1$"),
        ("- [x] done", "foreign-markup", "[x]"),
        ("Term\n: its meaning", "foreign-markup", ": "),
        ("::: note", "foreign-markup", "::: note"),
        ("*[AI]: artificial", "foreign-markup", "*[AI]:"),
        ("word{.class}", "foreign-markup", "{.class}"),
        ("H<sub>2</sub>", "html-in-prose", "<sub>"),
        ("# a", "heading-in-prose", "#"),
        ("a\n===", "heading-in-prose", "a"),
        ("![a](b.png)", "image-in-prose", "!["),
    ],
)
def test_what_is_markup_elsewhere_is_reported_where_it_stands(written: str, code: str, where: str) -> None:
    assert (code, where) in findings(written)


def test_raised_digits_in_a_quotation_are_compared_as_raised_digits() -> None:
    assert quoted("“10^6^ tonnes of CO~2~” [@a]") == [("10⁶ tonnes of CO₂", (0,))]
