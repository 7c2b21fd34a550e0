"""Reads BibTeX and BibLaTeX as drafts of CSL entries.

Pandoc converts LaTeX to text and maps BibLaTeX's types and fields to CSL. It receives entries that are written again from the parsed
file, so a bad entry does not affect the others. A second pair of braces protects titles, because pandoc would write "policy in
taiwan". Dates and addresses are not LaTeX and are taken unchanged.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from typing import Any

from generator.cite import pandoc
from generator.cite.draft_conversion import MONTHS, texts
from generator.cite.formats import Draft, Drafts, WrittenField, bad_entry, is_decoded
from generator.cite.formats.bibtex_shapes import Shapes
from generator.cite.formats.bibtex_text import BibEntry, bib_entries
from generator.problems import Problem

_BATCH = 100
_NO_ENTRY = frozenset({"xdata", "control"})
_ALIASES = {"conference": "inproceedings"}
"""Kinds of entries that pandoc does not know by this name (BibLaTeX manual, section 2.1.2)."""
_TITLES = frozenset(
    """title subtitle titleaddon shorttitle booktitle booksubtitle booktitleaddon maintitle mainsubtitle journal
    journaltitle journalsubtitle shortjournal series issuetitle issuesubtitle eventtitle origtitle reprinttitle publisher
    institution school organization howpublished""".split()
)
_DATES = {"date": "issued", "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date"}
_OWN = frozenset({"url", "doi", "year", "month", "day", "court", "authority", "language", *_DATES})
"""Fields that pandoc does not receive."""
_LATEX = re.compile(r"[\\{}$~]|--|``|''")
"""LaTeX marks in text. An abstract without them is not sent to pandoc, which is slow for abstracts."""
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PARENTS = ("crossref", "xdata")


def read_bibtex(text: str, file: str, wanted: Collection[str] | None = None) -> Drafts:
    """Read a whole file, or the entries with the keys in `wanted`. Raises PandocFailed only if pandoc itself fails."""
    parents: dict[str, BibEntry] = {}
    good: list[BibEntry] = []
    for entry in bib_entries(text):
        if wanted is not None and entry.key not in wanted:
            if _is_decoded(entry):
                parents.setdefault(entry.key, entry)
            continue
        problem = _fault(entry, file)
        if problem:
            yield problem
        elif entry.kind not in _NO_ENTRY:
            good.append(entry)
        if entry.closed and entry.key and _is_decoded(entry):
            parents.setdefault(entry.key, entry)
    yield from _converted(good, parents, file)


def _fault(entry: BibEntry, file: str) -> Problem | None:
    name = f"the entry '{entry.key}'" if entry.key else "this entry"
    if not entry.closed:
        return bad_entry(file, entry.line, f"{name} is never closed", "look for a missing bracket or quotation mark")
    if not entry.key:
        return bad_entry(file, entry.line, "this entry has no key", f"write @{entry.kind}{{a-key, ...")
    if entry.kind == "set":
        return bad_entry(file, entry.line, f"{name} is a set of other entries", "cite its members")
    if not _is_decoded(entry):
        return bad_entry(file, entry.line, f"bytes of {name} are not UTF-8", "save the file as UTF-8")
    return None


def _is_decoded(entry: BibEntry) -> bool:
    parts = (part for field in entry.fields for part in (field.name, field.value))
    return all(map(is_decoded, (entry.key, entry.kind, *parts)))


def _converted(entries: Sequence[BibEntry], parents: Mapping[str, BibEntry], file: str) -> Drafts:
    """Convert in batches, several at a time, and yield in the file's order."""
    batches = iter([entries[start : start + _BATCH] for start in range(0, len(entries), _BATCH)])
    processors = len(os.sched_getaffinity(0))
    workers = [pandoc.new_worker() for _ in range(min(processors, 1 + len(entries) // _BATCH))]
    with ThreadPoolExecutor(len(workers)) as pool:
        try:
            waiting: list[tuple[Sequence[BibEntry], Future[list[Any]]]] = []
            shapes = Shapes(_is_sent)
            turn = 0
            while True:
                for batch in islice(batches, 2 * len(workers) - len(waiting)):
                    ask = workers[turn % len(workers)].ask
                    waiting.append(
                        (batch, pool.submit(shapes.convert, batch, partial(_ask_each, ask, parents=parents)))
                    )
                    turn += 1
                if not waiting:
                    return
                batch, future = waiting.pop(0)
                for entry, answer in zip(batch, future.result(), strict=True):
                    yield _finished(entry, answer, parents, file)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.close()


def _ask_each(
    ask: Callable[[dict[str, Any]], Any], entries: Sequence[BibEntry], parents: Mapping[str, BibEntry]
) -> list[dict[str, Any] | str]:
    """Return pandoc's result for each entry, or its error: the batch is halved until the bad entry is found."""
    if not entries:
        return []
    try:
        answer = ask({"do": "convert", "from": "biblatex", "text": _text(entries, parents)})
    except pandoc.RejectedInput as error:
        if len(entries) == 1:
            reason = re.search(r"\n((?:unexpected|expecting)[^\n]*)", str(error))
            return [reason[1] if reason else "pandoc cannot read it"]
        middle = len(entries) // 2
        return [*_ask_each(ask, entries[:middle], parents), *_ask_each(ask, entries[middle:], parents)]
    by_id = {one.get("id"): one for one in json.loads(answer)}
    return [by_id.get(f"e{number}", "pandoc found no entry in it") for number in range(len(entries))]


# ---------------------------------------------------------------- as pandoc is given it


def _text(entries: Sequence[BibEntry], parents: Mapping[str, BibEntry]) -> str:
    """Return the entries with keys e0, e1 and so on, followed by those that they inherit from."""
    needed: dict[str, str] = {}
    for entry in entries:
        _need(entry, parents, needed)
    named = [(f"e{number}", entry) for number, entry in enumerate(entries)]
    named += [(name, parents[key]) for key, name in needed.items()]
    return "\n".join(_written(name, entry, needed) for name, entry in named)


def _need(entry: BibEntry, parents: Mapping[str, BibEntry], needed: dict[str, str]) -> None:
    for key in _inherited(entry):
        if key in parents and key not in needed:
            needed[key] = f"p{len(needed)}"
            _need(parents[key], parents, needed)


def _inherited(entry: BibEntry) -> list[str]:
    return [key.strip() for name in _PARENTS for key in entry.get(name).split(",") if key.strip()]


def _written(name: str, entry: BibEntry, needed: Mapping[str, str]) -> str:
    """Return an entry as pandoc gets it: under a short name, with only the fields that pandoc has to convert."""
    lines = [f"@{_ALIASES.get(entry.kind, entry.kind)}{{{name},"]
    for field in entry.fields:
        if field.name in _PARENTS:
            keys = [needed[key.strip()] for key in field.value.split(",") if key.strip() in needed]
            lines += [f"{field.name} = {{{','.join(keys)}}},"] if keys else []
        elif _is_sent(field) or (field.name == "date" and name.startswith("p")):
            value = _latex(field.value)
            lines.append(
                f"{field.name} = {{{{{value}}}}}," if field.name in _TITLES else f"{field.name} = {{{value}}},"
            )
    return "\n".join((*lines, "}"))


def _is_sent(field: WrittenField) -> bool:
    return field.name not in _OWN and (field.name != "abstract" or _LATEX.search(field.value) is not None)


def _latex(value: str) -> str:
    """Return LaTeX with the author's meaning: a bare % or & is not a comment, `$_2$` is not mathematics."""
    value = re.sub(r"(?<!\\)([%&#])", r"\\\1", value)
    value = re.sub(
        r"\$\s*([_^])\s*(?:\{([^{}$]*)\}|([^\s{}$\\]))\s*\$",
        lambda m: f"\\text{'sub' if m[1] == '_' else 'super'}script{{{m[2] or m[3]}}}",
        value,
    )
    return re.sub(r"(?<=[\s}])AND(?=[\s{])", "and", value)


# ---------------------------------------------------------------- pandoc's result, and the rest


def _finished(
    entry: BibEntry, answer: dict[str, Any] | str, parents: Mapping[str, BibEntry], file: str
) -> Draft | Problem:
    """Return an entry from pandoc's answer, and add what pandoc leaves out: dates, court, abstract, language."""
    if isinstance(answer, str):
        return bad_entry(file, entry.line, f"the entry '{entry.key}' cannot be read: {answer}")
    fields = {name: value for name, value in answer.items() if name not in ("issued", "accessed") and value}
    fields |= _dates(entry, parents) | _address(entry, fields) | {"id": entry.key}
    if (abstract := entry.get("abstract")) and not _LATEX.search(abstract):
        fields["abstract"] = abstract
    authority = entry.get("court") or entry.get("authority")
    fields |= {"authority": _bare(authority)} if authority else {}
    if fields.get("type") == "legal_case" and "authority" not in fields and "publisher" in fields:
        fields["authority"] = fields.pop("publisher")  # BibLaTeX has no field for a court: exports take `institution`
    if "language" not in fields and entry.get("language"):
        fields["language"] = _bare(entry.get("language"))
    if entry.kind in ("misc", "online") and fields.get("publisher") == fields.get("URL", ""):
        fields.pop("publisher", None)
    return Draft(entry.line, fields, [*_lost(fields, entry), *_bad_month(entry), *entry.stray])


def _dates(entry: BibEntry, parents: Mapping[str, BibEntry]) -> dict[str, str]:
    dates = {variable: _bare(entry.get(name)) for name, variable in _DATES.items() if entry.get(name)}
    if "issued" not in dates and (year := _bare(entry.get("year"))):
        dates["issued"] = _year(year, _bare(entry.get("month")), _bare(entry.get("day")))
    for key in _inherited(entry) if "issued" not in dates else ():
        if key in parents and key != entry.key:
            inherited = parents[key]
            written = _bare(inherited.get("date") or inherited.get("year"))
            return dates | ({"issued": written} if written else {})
    return dates


def _year(year: str, month: str, day: str) -> str:
    """Return year, month and day as one text: `2031-03` for numbers and names of months, otherwise with spaces."""
    month = re.sub(r"[~\s]+", " ", month).strip(" ,.")
    number = int(month) if month.isdecimal() else MONTHS.index(month[:3].lower()) + 1 if _is_month(month) else 0
    if not re.fullmatch(r"\d{4}", year) or number > 12:
        return year
    if number:
        return f"{year}-{number:02d}" + (f"-{int(day):02d}" if day.isdecimal() else "")
    return f"{year} {month} {day}".strip()


def _bad_month(entry: BibEntry) -> Iterator[WrittenField]:
    """Yield a month that cannot be used: next to a year that is a range or text, or not a month's number."""
    month, year = _bare(entry.get("month")), _bare(entry.get("year"))
    if month and not entry.get("date") and month not in _year(year, month, "") and _year(year, month, "") == year:
        yield from (field for field in entry.fields if field.name == "month")


def _is_month(word: str) -> bool:
    return word[:3].lower() in MONTHS and word.rstrip(".").isalpha()


def _address(entry: BibEntry, converted: Mapping[str, Any]) -> dict[str, str]:
    """Return `url` and `doi` without LaTeX; an address in `howpublished` if there is no `url`."""
    given = {"URL": plain_url(entry.get("url")), "DOI": plain_url(entry.get("doi"))}
    written = re.search(r"\\url\s*\{([^{}]*)\}", entry.get("howpublished") or entry.get("note"))
    if written and not given["URL"] and "URL" not in converted:
        given["URL"] = plain_url(written[1])
    return {name: value for name, value in given.items() if value}


def plain_url(text: str) -> str:
    r"""Return an address without LaTeX: `\_` is `_`, `\%20` is `%20`, `{\textasciitilde}` and `$\sim$` are `~`."""
    if wrapped := re.match(r"\s*\\(?:url|href)\s*\{([^{}]*)\}", text):
        text = wrapped[1]
    text = re.sub(r"\\textasciitilde|\\~|\$\s*\\sim\s*\$|\\sim(?![a-z])", "~", text)
    text = re.sub(r"\\textunderscore(?![a-z])", "_", text)
    text = re.sub(r"\\([_%&#${}^])", r"\1", text)
    text = re.sub(r"\s+(?!https?:)", "", text.strip())  # a line break within an address
    return re.sub(r"[{}]", "", text.replace("\\-", "").replace("\\/", "/"))


def _bare(text: str) -> str:
    """Return a short text without braces and commands around it."""
    text = re.sub(r"\\text(?:en|em)dash(?![a-z])", "-", text)
    return " ".join(re.sub(r"\\([_%&#$])|[{}]", r"\1", text).split())


# ---------------------------------------------------------------- what was lost

_TOLD_OTHERWISE = {
    "type": "genre", "langid": "language", "language": "language", "edition": "edition", "pubstate": "status",
    "doi": "DOI", "url": "URL", "year": "issued", "month": "issued", "day": "issued", "date": "issued",
    "urldate": "accessed", "eventdate": "event-date", "origdate": "original-date", "court": "authority",
    "authority": "authority", "eprint": "URL", "eprinttype": "URL", "archiveprefix": "URL", "primaryclass": "URL",
    "eprintclass": "URL",
}  # fmt: skip
"""Fields whose words change in conversion (`mar` -> 3); the CSL field only has to exist."""
_MACHINERY = frozenset({"crossref", "xdata", "xref", "options", "ids", "sortkey", "key", "presort", "sorttitle"})


def _lost(entry: Mapping[str, Any], written: BibEntry) -> Iterator[WrittenField]:
    """Yield the fields of which pandoc's entry has less than half of the letters, in whole words."""
    whole = written.get("abstract")  # most of the letters of an entry: left out of the search where it is as it was
    text = " ".join(texts({name: value for name, value in entry.items() if value is not whole}))
    remaining: set[str] = set()
    for field in written.fields:
        if field.name in _MACHINERY or entry.get(_TOLD_OTHERWISE.get(field.name, "")):
            continue
        if field.value is entry.get("abstract") or field.value.strip("{}") in text:
            continue
        remaining = remaining or set(words(text))
        own = words(field.value)
        if sum(len(word) for word in own if word in remaining) * 2 < sum(map(len, own)):
            yield field


_LETTER = re.compile(r"\\(ae|AE|oe|OE|aa|AA|ss|o|O|l|L|i|j)(?![A-Za-z])\s?")
"""Commands that are letters; `\\aa` is an a with a ring."""
_LETTERS = str.maketrans({"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "ı": "i"})


def words(text: str) -> list[str]:
    """Return words without markup, LaTeX commands, accents and case."""
    bare = _LETTER.sub(lambda letter: "a" if letter[1] in ("aa", "AA") else letter[1], text)
    bare = re.sub(r"\\[\"'^`~=.]|\\[A-Za-z]+|</?\w[^<>]*>|[{}]", "", bare)
    folded = bare if bare.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", bare)).translate(_LETTERS)
    return re.findall(r"\w+", folded.casefold())
