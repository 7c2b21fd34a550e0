"""Hover: a reference, person, claim, passage, field or code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.editor import cursor
from generator.editor.definitions import Mention, MentionKind, mention, shared_fact
from generator.editor.document_view import View
from generator.editor.source_display import beginning, claim_at, escaped, in_context, place_named, reference
from generator.evidence.verification.verify_claim import CheckedClaim
from generator.model import Expert, Verdict
from generator.problems.message_words import counted
from generator.problems.texts import names, text_of
from generator.read.yaml_nodes import Mapped, Scalar

CITED = 800
"""Most characters shown of a cited paragraph or page."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Markdown, and the offsets of the text that it describes."""

    markdown: str
    start: int
    end: int


def hover(view: View, offset: int) -> Shown | None:
    """Return the description of the word or passage at an offset; None if there is none."""
    named = mention(view, offset)
    if named is not None and (text := _of_mention(view, named)):
        return Shown(text, named.start, named.end)
    return _of_passage(view, offset) if view.kind == "brief" else None


def _of_mention(view: View, named: Mention) -> str:
    """Return Markdown about what is mentioned; empty if nothing is known of it."""
    if named.kind is MentionKind.SOURCE:
        return _source(view, named)
    if named.kind is MentionKind.EXPERT:
        return _expert(view.library.experts.get(named.name))
    if named.kind is MentionKind.FACT and (fact := shared_fact(view, named, named.end)):
        return escaped(fact.claim.text.value)
    if named.kind in (MentionKind.FACT, MentionKind.QUESTION):
        words = {"facts": ("claim", "cite"), "questions": ("ask", "scale")}
        listed, fields = next(item for item in words.items() if item[0].startswith(named.kind.value))
        record = next((record for name, record in view.ids(listed) if name == named.name), None)
        return "\n\n".join(_lines(record, fields)) if record else ""
    if named.kind is MentionKind.FIELD:
        path = view.spot(named.end + 1).path
        if path[-2:-1] == ("silence",):
            return _code(named.name)
        field = cursor.field(view.kind, path)
        return f"**{field.name}**{' (required)' if field.required else ''}\n\n{field.meaning}" if field else ""
    return ""


def _code(name: str) -> str:
    if name not in names():
        return ""
    text = text_of(name)
    return f"**{name}**: {text.title}\n\n{text.explanation}"


def _lines(record: Mapped, fields: Iterable[str]) -> Iterable[str]:
    for field in fields:
        node = record.entries.get(field)
        if isinstance(node, Scalar):
            yield escaped(node.value)
        else:
            items = [item.value for item in getattr(node, "items", ()) if isinstance(item, Scalar)]
            yield escaped(" | ".join(items))


def _source(view: View, named: Mention) -> str:
    """Describe a source: its reference, its capture, and the words at the locator of the mention."""
    source = view.library.sources.get(named.name)
    if source is None:
        further = [file for key, file, _ in view.further_keys if key == named.name]
        return f"in {further[0]}" if further else ""
    capture = view.capture(named.name)
    parts = [reference(view, source)]
    if source.provenance == "report":
        parts.append("Reports what others said: printed as *quoted in*.")
    if capture is None:
        return "\n\n".join([*parts, "There is no capture of it on this computer."])
    layout = capture.transcript.layout
    size = counted(len(layout.paragraphs), "paragraph") if layout.countable else counted(len(layout.pages), "page")
    parts.append(f"Captured {capture.captured}, {size}.")
    place = place_named(capture, named.locator, str(source.csl.get("page", ""))) if named.locator else None
    if place:
        words = beginning(capture.text[place.start : place.end], CITED)
        parts.append(f"**{place.locator}**\n\n> {escaped(words)}")
    return "\n\n".join(parts)


def _expert(expert: Expert | None) -> str:
    if expert is None:
        return ""
    held = [
        f"- {', '.join(filter(None, (one.role, one.organisation)))}{_since(one.start, one.end)}"
        for one in expert.affiliations
    ]
    return "\n\n".join(filter(None, (f"**{escaped(expert.name)}**", "\n".join(held), escaped(expert.affiliation_note))))


def _since(start: object, end: object) -> str:
    return f" ({getattr(start, 'year', '')}–{getattr(end, 'year', '')})" if start or end else ""


def _of_passage(view: View, offset: int) -> Shown | None:
    quoted = claim_at(view, offset)
    if quoted is None:
        return None
    checked, start, end = quoted
    return Shown(_passage(view, checked), start, end)


def _passage(view: View, checked: CheckedClaim) -> str:
    """Return the verdict on a claim, and its passage in context, as Markdown."""
    verdicts = {
        Verdict.VERIFIED: "Verified",
        Verdict.LOCKED: "Verified before; the capture is not on this computer",
        Verdict.ABSENT: "Not in the source in these words",
        Verdict.UNCHECKED: "Cannot be checked",
    }
    verdict = verdicts[checked.verdict]
    if checked.verdict is Verdict.UNCHECKED or checked.match is None:
        why = "; ".join(problem.message for problem in checked.problems) or verdict
        return f"{why[:1].upper()}{escaped(why[1:])}."
    match = checked.match
    source = view.library.sources.get(match.citation.key)
    head = f"{verdict} in {escaped(source.short or source.title) if source else match.citation.key}, {match.places[0]}"
    before, passage, behind = in_context(match.capture, match.places[0].start, match.places[0].end)
    return f"{head}\n\n> {escaped(before)} **{escaped(passage)}** {escaped(behind)}"
