"""The gate's promise, put to the test: of thousands of false quotations it verifies none, of thousands of true ones it
refuses none. Each mutant is made from a quotation that is verified first.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator

from generator.evidence.gate import Transcript, find
from generator.evidence.gate.quotation import quotation
from generator.evidence.gate.vocabulary import vocabulary

Mutator = Callable[[str, random.Random], str]

SPARE_WORDS = ("certainly", "not", "the", "often", "never", "Varga", "no", "and", "1987", "better")
OPPOSITES = {
    "worse": "better", "cheaper": "dearer", "fell": "rose", "rose": "fell", "first": "last", "before": "after",
    "without": "with", "nobody": "everybody", "nothing": "everything", "more": "less", "less": "more", "older": "younger",
    "wrong": "right", "doubled": "halved", "little": "much", "accepted": "rejected", "hardly": "plainly",
    "not": "now", "never": "always", "promised": "refused", "shallow": "deep", "ends": "begins",
}  # fmt: skip
UNITS = {"per", "cent", "million", "years", "metres", "euros", "year"}
RATIOS = ("three in five", "2012 and 2016", "€3.8m a year")
"""Numbers in the text that nothing can be left out of or put into."""
NEGATIONS = {"not", "no", "never", "nobody", "nothing", "hardly", "without"}
CONTENT = re.compile(r"[^\W\d_]{4,}")


def stretches(transcript: Transcript, rng: random.Random, number: int) -> list[str]:
    """Quotations of 5 to 26 words, cut out of the text at spaces, but not inside a number or between it and its unit."""
    paragraphs = [block.split() for block in transcript.text.split("\n\n")]
    found: list[str] = []
    while len(found) < number:
        words = rng.choice(paragraphs)
        length = rng.randint(5, 26)
        if len(words) > length:
            start = rng.randrange(len(words) - length)
            apart = {re.sub(r"\W", "", words[at]) for at in (start, start + length)} & UNITS
            around = " ".join(words[max(0, start - 2) : start + length + 2])
            one_word = words[start].endswith(
                "."
            )  # a footnote mark that a printer adds behind it would be next to the border
            if not apart and not one_word and not any(ratio in around for ratio in RATIOS):
                found.append(" ".join(words[start : start + length]))
    return found


def verified(text: str, transcript: Transcript) -> bool:
    return bool(find(quotation(text), transcript, "en"))


# ---------------------------------------------------------------- mutants


def word_dropped(text: str, rng: random.Random) -> str:
    words = text.split()
    del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


def word_added(text: str, rng: random.Random) -> str:
    words = text.split()
    words.insert(rng.randrange(1, len(words)), rng.choice(SPARE_WORDS))
    return " ".join(words)


def unseen(text: str, rng: random.Random) -> str:
    return text.replace(" ", rng.choice((" \u200b", "\u202e ", " \u2066", "\u200f ", "\ufeff ")), 1)


def words_swapped(text: str, rng: random.Random) -> str:
    words = text.split()
    i = rng.randrange(len(words) - 1)
    words[i], words[i + 1] = words[i + 1], words[i]
    return " ".join(words)


def word_repeated(text: str, rng: random.Random) -> str:
    words = text.split()
    i = rng.choice([i for i, word in enumerate(words) if word != "–"])
    return " ".join([*words[:i], words[i], *words[i:]])


def opposite(text: str, rng: random.Random) -> str:
    known = [word for word in OPPOSITES if re.search(rf"\b{word}\b", text)]
    return re.sub(rf"\b{(word := rng.choice(known))}\b", OPPOSITES[word], text, count=1) if known else text


def negated(text: str, rng: random.Random) -> str:
    verbs = list(re.finditer(r"\b(?:is|was|were|has|have|would|could|will|does|did|be|it|they)\b", text))
    if not verbs:
        return text
    at = rng.choice(verbs).end()
    return text[:at] + rng.choice((" not", "n't", "n’t", " never", " [not]", " [hardly]")) + text[at:]


def affirmed(text: str, rng: random.Random) -> str:
    """A negation out: where it is inside, where the editor puts another word for it, and where a dash hides it."""
    denials = list(re.finditer(r"\b(?:not|never|nobody|nothing|hardly|without|no)\b", text))
    denials = [match for match in denials if match.start() > 0 and match.end() < len(text)]
    if not denials:
        return text
    match = rng.choice(denials)
    instead = rng.choice(("", "[really]", "[indeed]", "–", "now"))
    return f"{text[: match.start()].rstrip()} {instead} {text[match.end() :].lstrip()}"


def digit_changed(text: str, rng: random.Random) -> str:
    digits = [match.start() for match in re.finditer(r"\d", text)]
    if not digits:
        return text
    at = rng.choice(digits)
    return text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1 :]


def digit_dropped(text: str, rng: random.Random) -> str:
    digits = [match.start() for match in re.finditer(r"(?<=.)\d(?=.)", text)]
    return text[: (at := rng.choice(digits))] + text[at + 1 :] if digits else text


def number_bracketed(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=\w )\d[\d.,]*(?= \w)", lambda m: f"[{int(re.sub(r'[.,]', '', m[0]) or 1) + 1}]", text, count=1)


def letter_changed(text: str, rng: random.Random) -> str:
    letters = [match.start() for match in re.finditer(r"[a-z]", text)]
    at = rng.choice(letters)
    return text[:at] + chr((ord(text[at]) - 96) % 26 + 97) + text[at + 1 :]


def case_changed(text: str, rng: random.Random) -> str:
    letters = [match.start() for match in re.finditer(r"[a-z]", text)]
    at = rng.choice(letters)
    return text[:at] + text[at].upper() + text[at + 1 :]


def ends_cut(text: str, rng: random.Random) -> str:
    first, last = text.split()[0], text.split()[-1]
    if rng.random() < 0.5 and len(first) > 2 and first[:2].isalpha():
        return text[1:]
    return text[:-1] if len(last) > 2 and last[-2:].isalpha() else text


def content_bracketed(text: str, rng: random.Random) -> str:
    """A bracket in place of a word that has a meaning of its own."""
    words = [
        m
        for m in CONTENT.finditer(text)
        if m[0].casefold() not in vocabulary("en").stand_ins and m.start() > 0 and m.end() < len(text)
    ]
    words = [m for m in words if text[m.start() - 1] == " " and text[m.end()] == " "]
    if not words:
        return text
    match = rng.choice(words)
    return f"{text[: match.start()]}[{rng.choice(('wonderful', 'useless', 'our plan'))}]{text[match.end() :]}"


def prefixed(text: str, rng: random.Random) -> str:
    match = rng.choice(list(CONTENT.finditer(text)))
    return f"{text[: match.start()]}{rng.choice(('un', '[un]', 'non-', '[in]', 'dis'))}{text[match.start() :]}"


def comma_moved(text: str, rng: random.Random) -> str:
    words = text.split()
    i = rng.randrange(len(words) - 1)
    words[i] = words[i][:-1] if words[i].endswith(",") else f"{words[i]},"
    return " ".join(words)


def hyphen_moved(text: str, rng: random.Random) -> str:
    hyphens = [match.start() for match in re.finditer(r"(?<=\w)-(?=\w)", text)]
    if hyphens:
        at = rng.choice(hyphens)
        return text[:at] + rng.choice(("", " ")) + text[at + 1 :]
    spaces = [match.start() for match in re.finditer(r"(?<=\w) (?=\w)", text)]
    return text[: (at := rng.choice(spaces))] + rng.choice(("-", "", "—")) + text[at + 1 :]


def fragments_swapped(text: str, rng: random.Random) -> str:
    words = text.split()
    half = len(words) // 2
    first, second = " ".join(words[half:]), " ".join(words[:half])
    return f"{first} … {second}" if len(words) >= 10 else text


def middle_left_out(text: str, rng: random.Random) -> str:
    words = text.split()
    if len(words) < 8:
        return text
    start = rng.randrange(2, len(words) - 4)
    return " ".join(words[:start] + words[start + rng.randint(2, 4) :])


MUTATORS: tuple[Mutator, ...] = (
    word_dropped, word_added, words_swapped, word_repeated, opposite, negated, affirmed, digit_changed, digit_dropped,
    number_bracketed, letter_changed, case_changed, ends_cut, content_bracketed, prefixed, comma_moved, hyphen_moved,
    fragments_swapped, middle_left_out, unseen,
)  # fmt: skip


def mutants(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for mutate in MUTATORS:
        for _ in range(3):
            mutant = mutate(text, rng)
            if mutant != text:
                yield mutate.__name__, mutant


def test_no_mutant_is_verified(harbour: Transcript, quarry: Transcript, count) -> None:
    rng = random.Random(20)
    true = stretches(harbour, rng, 160)
    made = {mutant: name for text in true for name, mutant in mutants(text, rng)}
    made |= dict.fromkeys(stretches(quarry, rng, 250), "another source")
    made |= dict.fromkeys(sentences_joined(harbour, rng, 400), "sentences joined")
    made = {mutant: name for mutant, name in made.items() if not stands(mutant, harbour)}
    passed = [(name, mutant) for mutant, name in made.items() if verified(mutant, harbour)]
    assert all(verified(text, harbour) for text in true)
    assert passed == []
    assert len(made) > 5_000
    assert set(made.values()) >= {mutate.__name__ for mutate in MUTATORS}
    count(f"quotation gate: {len(made):,} mutants, {len(passed)} verified")


def stands(text: str, transcript: Transcript) -> bool:
    """Whether a mutation has by chance made other words of the source: found with nothing of the gate's."""
    source, at = f" {' '.join(transcript.text.split())} ", 0
    for part in text.split(" … "):
        at = source.find(f" {part} ", at)
        if at < 0:
            return False
        at += len(part)
    return True


def sentences_joined(transcript: Transcript, rng: random.Random, number: int) -> list[str]:
    """The end of one sentence and the beginning of another, with nothing to say what was left out."""
    sentences = re.split(r"(?<=[.”]) ", " ".join(transcript.text.split()))
    joined: list[str] = []
    while len(joined) < number:
        i, j = sorted(rng.sample(range(len(sentences)), 2))
        if j - i > 1:
            joined.append(f"{' '.join(sentences[i].split()[-6:])} {' '.join(sentences[j].split()[:6])}")
    return joined


# ---------------------------------------------------------------- harmless variants

LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}


def straight(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def curly(text: str, rng: random.Random) -> str:
    return text.translate(str.maketrans("“”’", "„“´"))


def nested(text: str, rng: random.Random) -> str:
    return "“" + text.translate(str.maketrans("“”", "‘’")) + "”" if "“" not in text[1:-1] + text[:1] else text


def guillemets(text: str, rng: random.Random) -> str:
    return text.replace("“", "«\u202f").replace("”", "\u202f»")


def dashes(text: str, rng: random.Random) -> str:
    return text.replace(" – ", rng.choice(("—", " — ", "\u2009–\u2009", " -- ", "---", " ― ", " - ")))


def hyphens(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", rng.choice("\u2010\u2011"), text)


def soft_hyphens(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=\w{3})(?=\w{3})", lambda _: rng.choice(("", "\u00ad")), text)


def invisible(text: str, rng: random.Random) -> str:
    return re.sub(" ", lambda _: rng.choice((" ", " \u200b", "\u200e ", " \ufeff", "\u2060 ")), text)


def spaces(text: str, rng: random.Random) -> str:
    return re.sub(" ", lambda _: rng.choice((" ", "  ", "\u00a0", "\u202f", "\t", "\u2009", " \u00a0")), text)


def line_breaks(text: str, rng: random.Random) -> str:
    return re.sub(" ", lambda _: rng.choice((" ", "\n", "\r\n", " \n   ", "\n\n")), text)


def ligatures(text: str, rng: random.Random) -> str:
    for letters, ligature in LIGATURES.items():
        text = text.replace(letters, ligature)
    return text


def decomposed(text: str, rng: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def capital(text: str, rng: random.Random) -> str:
    return f"[{text[0].swapcase()}]{text[1:]}" if text[:2].isalpha() and text[0].isascii() else text


def sic(text: str, rng: random.Random) -> str:
    words = text.split()
    words.insert(rng.randrange(1, len(words)), rng.choice(("[sic]", "[emphasis added]", "[SIC!]")))
    return " ".join(words)


def inserted(text: str, rng: random.Random) -> str:
    words = text.split()
    apart = [i for i in range(1, len(words)) if re.sub(r"\W", "", words[i]) not in UNITS]
    at = rng.choice([i for i in apart if words[i : i + 2] != ["a", "year"]])
    words.insert(at, rng.choice(("[of the town]", "[sc. the levy]", "[in the spring]")))
    return " ".join(words)


DECIDING = ("can", "could", "may", "might", "should", "would", "stop", "wrong")
"""Words that decide whether something is so; to leave them out is no harmless omission."""


def omission(text: str, rng: random.Random) -> str:
    words = text.split()
    if len(words) < 10 or any(ratio in text for ratio in RATIOS):
        return text
    i = rng.randrange(4, len(words) - 5)
    if not words[i].isalpha() or {re.sub(r"\W", "", word).lower() for word in words[i - 1 : i + 3]} & {
        *UNITS,
        *NEGATIONS,
        *DECIDING,
    }:
        return text
    mark = rng.choice(("…", "...", ". . .", "[…]", "[...]", "(…)", "[ . . . ]", ".\u00a0.\u00a0."))
    return f"{' '.join(words[:i])} {mark} {' '.join(words[i + rng.randint(0, 1) :])}"


def around(text: str, rng: random.Random) -> str:
    return rng.choice(("… {}", "{} …", "… {} …", "...{}...", "[…] {}")).format(text)


VARIANTS: tuple[Mutator, ...] = (
    straight, curly, nested, guillemets, dashes, hyphens, soft_hyphens, spaces, line_breaks, ligatures,
    decomposed, capital, sic, inserted, omission, around,
)  # fmt: skip
SETTINGS = (straight, guillemets, dashes, hyphens, soft_hyphens, invisible, spaces, line_breaks, ligatures, decomposed)
"""What can happen to the capture as well."""


def test_no_harmless_variant_is_refused(harbour: Transcript, count) -> None:
    rng = random.Random(21)
    true = stretches(harbour, rng, 140)
    made = {variant: name for text in true for name, variant in variants(text, rng)}
    refused = [(name, variant) for variant, name in made.items() if not verified(variant, harbour)]
    captures = [Transcript(typeset(harbour.text, rng)) for _ in range(12)]
    captured = [(text, capture) for capture in captures for text in rng.sample(true, 50)]
    refused += [("capture", text) for text, capture in captured if not verified(text, capture)]
    total = len(made) + len(captured)
    assert refused == []
    assert total > 5_000
    assert set(made.values()) >= {vary.__name__ for vary in VARIANTS}
    count(f"quotation gate: {total:,} harmless variants, {len(refused)} refused")


def variants(text: str, rng: random.Random) -> Iterator[tuple[str, str]]:
    for vary in VARIANTS:
        for _ in range(3):
            variant = vary(text, rng)
            if variant != text:
                yield vary.__name__, variant
                twice = rng.choice(VARIANTS[:-4])(variant, rng)
                yield vary.__name__, twice


def typeset(text: str, rng: random.Random) -> str:
    """The same text as another extractor would give it: other typography, words broken at line ends, footnote marks."""
    broken = re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", lambda _: "-\n" if rng.random() < 0.1 else "", text)
    noted = re.sub(r"(?<=[a-z]{4})\. ", lambda _: rng.choice((". ", ".[12] ", ".¹² ", ".* ")), broken)
    for setting in rng.sample(SETTINGS, 4):
        noted = setting(noted, rng)
    return noted
