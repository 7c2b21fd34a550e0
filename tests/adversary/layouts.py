"""Words that follow each other only in the layout of a document, in every language, and passages of two paragraphs, which are true."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from generator.evidence.captures.document_text import extract
from generator.evidence.gate import Transcript, judge
from tests.adversary.campaign import Failure, Tally
from tests.adversary.corpus import Language

LAYOUTS = {
    "heading": ("a.html", "<h2>{one}</h2><p>{other}</p>"),
    "cell": ("a.html", "<table><tr><td>{one}</td><td>{other}</td></tr></table>"),
    "row": ("a.html", "<table><tr><td>1</td><td>{one}</td></tr><tr><td>{other}</td></tr></table>"),
    "item": ("a.html", "<ul><li>{one}<li>{other}</ul>"),
    "caption": ("a.html", "<figure><figcaption>{one}</figcaption></figure><p>{other}</p>"),
    "term": ("a.html", "<dl><dt>{one}<dd>{other}</dl>"),
    "heading_of_text": ("a.txt", "{one}\n\n{other}"),
    "heading_of_markdown": ("a.md", "## {one}\n{other}"),
    "column_of_text": ("a.txt", "{one}\t{other}"),
}
PARAGRAPHS = {
    "paragraphs": ("a.html", "<p>{one}</p><p>{other}</p>"),
    "paragraphs_of_text": ("a.txt", "{one}\n\n{other}"),
    "line_break": ("a.html", "<p>{one}<br>{other}</p>"),
}
_ENDS = regex.compile(r"[\p{STerm}\u037e\uff61]\P{L}*\Z")
_TAIL = regex.compile(r"[^\p{L}\p{M}]+\Z")


@dataclass(frozen=True)
class Case:
    kind: str
    language: str
    file: str
    document: str
    quote: str
    true: bool


def cases(language: Language) -> Iterator[Case]:
    first, *_, last = sorted(language.sentences, key=len)[-4:]
    half = _TAIL.sub("", _half(first, language))
    yield from _laid_out(LAYOUTS, language, half, last, true=False)
    if all(_ENDS.search(sentence) and not sentence[0].islower() for sentence in (first, last)):
        yield from _laid_out(PARAGRAPHS, language, first, last, true=True)


def _half(sentence: str, language: Language) -> str:
    parts: Sequence[str] = sentence.split() if language.spaced else sentence
    return (" " if language.spaced else "").join(parts[: len(parts) // 2])


def _laid_out(
    layouts: dict[str, tuple[str, str]], language: Language, one: str, other: str, *, true: bool
) -> Iterator[Case]:
    quote = f"{one}{' ' if language.spaced else ''}{other}"
    for kind, (file, layout) in layouts.items():
        written = (html.escape(one), html.escape(other)) if file.endswith("html") else (one, other)
        body = layout.format(one=written[0], other=written[1])
        yield Case(kind, language.tag, file, _document(file, body, language), quote, true)


def _document(file: str, body: str, language: Language) -> str:
    around = language.paragraphs[0][0]
    if file.endswith("html"):
        return (
            f"<!doctype html><meta charset=utf-8><body><p>{html.escape(around)}</p>{body}<p>{html.escape(around)}</p>"
        )
    return f"{around}\n\n{body}\n\n{around}\n"


def attack(languages: Sequence[Language], tally: Tally, rng: random.Random, most: int = 0) -> None:
    """Capture documents and judge quotations: all cases, or `most` of them."""
    made = [case for language in languages for case in cases(language)]
    for case in rng.sample(made, most) if most else made:
        text = extract(case.file, case.document.encode()).text
        verdict = judge(case.quote, Transcript(text), language=case.language).verdict
        failure = Failure(case.kind, case.language, f"{case.quote} | {text}", verdict)
        (tally.variants if case.true else tally.mutants)[case.kind] += 1
        if case.true and verdict != "verified":
            tally.refused.append(failure)
        elif not case.true and verdict == "verified":
            tally.verified.append(failure)
