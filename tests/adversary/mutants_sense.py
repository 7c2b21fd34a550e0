"""False quotations: negations, numbers, and the editor's marks that lie."""

from __future__ import annotations

import random
import re
import unicodedata

from tests.adversary.corpus import Language, is_word, safe_border

_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_INNER_MARK = re.compile(r"(?<=\d)[.,٫٬](?=\d)|(?<=\b\d) (?=\d{3}\b)")
_UNITS = {"km²": "km", "m³": "m²", "км²": "км", "м³": "м²", "km": "m", "км": "м", "°C": "°F", "%": "‰", "٪": "‰", "％": "‰",
          "公里": "公尺", "キロ": "メートル", "კმ": "მ", "կմ": "մ", "كم": "م", "กม.": "ม."}  # fmt: skip
_UNIT = re.compile(rf"(?<=\d)( ?)({'|'.join(map(re.escape, _UNITS))})(?![^\W\d_]|[²³])")
_CURRENCY = re.compile(r"[€$₹](?= ?\d)")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def _put(text: str, match: re.Match[str], instead: str) -> str:
    return text[: match.start()] + instead + text[match.end() :]


def _any(pattern: re.Pattern[str] | str, text: str, rng: random.Random) -> re.Match[str] | None:
    found = list(re.finditer(pattern, text))
    return rng.choice(found) if found else None


# ---------------------------------------------------------------- negations


def _denials(text: str, language: Language) -> list[tuple[int, int]]:
    """Where negations stand, away from the ends."""
    spans: list[tuple[int, int]] = []
    for word in sorted(language.negations, key=len, reverse=True):
        edge = r"\b" if language.spaced else ""
        pattern = rf"(?<=[\s\w]){edge}{re.escape(word)}{edge}(?=[\s\w])"
        found = [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
        spans += [span for span in found if not any(a <= span[0] < b for a, b in spans)]
    return [span for span in spans if not (language.spaced and text[span[0] - 1] in "-’'")]


def _instead(text: str, language: Language, rng: random.Random, instead: str) -> str:
    denials = _denials(text, language)
    if not denials:
        return text
    start, end = rng.choice(denials)
    before, after = text[:start], text[end:]
    return (
        before + instead.replace("{}", text[start:end]) + (after if instead or not language.spaced else after.lstrip())
    )


def _word(language: Language, rng: random.Random) -> str:
    return rng.choice([word for word in language.words if not language.denies(word)])


def negation_removed(text: str, language: Language, rng: random.Random) -> str:
    return _instead(text, language, rng, "")


def negation_replaced(text: str, language: Language, rng: random.Random) -> str:
    return _instead(text, language, rng, _word(language, rng))


def negation_bracketed(text: str, language: Language, rng: random.Random) -> str:
    return _instead(text, language, rng, f"[{_word(language, rng)}]")


def negation_replaced_openly(text: str, language: Language, rng: random.Random) -> str:
    return _instead(text, language, rng, f"[{_word(language, rng)}|{{}}]")


def negation_skipped(text: str, language: Language, rng: random.Random) -> str:
    return _instead(text, language, rng, "…" if language.spaced else " … ")


def negation_cut(text: str, language: Language, rng: random.Random) -> str:
    """Where words are not separated: a quotation that begins right after a negation, or ends right before one."""
    if language.spaced:
        return text
    after = [] if language.cuts or language.cut_before else [end for _, end in _denials(text, language)]
    ends = [text[text.index(words) :] for words in language.cuts if words in text] + [text[end:] for end in after]
    starts = [text[: text.index(words)] for words in language.cut_before if words in text]
    return rng.choice([text, *ends, *starts]).strip()


def negation_added(text: str, language: Language, rng: random.Random) -> str:
    pieces = language.pieces(text)
    places = [i for i in range(1, len(pieces)) if is_word(pieces[i]) and is_word(pieces[i - 1])]
    if places:
        word = rng.choice(language.negations)
        alone = rng.choice(language.denies_alone)
        pieces.insert(rng.choice(places), rng.choice((word, word, f"[{alone}]")))
    return language.joined(pieces)


def opposite(text: str, language: Language, rng: random.Random) -> str:
    """The words that deny without the denial, or with it."""
    pairs = [pair for pair in (*language.opposites, *((b, a) for a, b in language.opposites)) if pair[0] in text]
    return text.replace(*rng.choice(pairs)) if pairs else text


def opposite_in_brackets(text: str, language: Language, rng: random.Random) -> str:
    pairs = [pair for pair in language.opposites if pair[0] in text]
    if not pairs:
        return text
    denied, affirmed = rng.choice(pairs)
    return text.replace(denied, rng.choice((f"[{affirmed}]", f"[{affirmed}|{denied}]")))


# ---------------------------------------------------------------- numbers


def digit_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"\d", text, rng)
    if match is None:
        return text
    value = unicodedata.digit(match[0])
    return _put(text, match, chr(ord(match[0]) - value + (value + rng.randint(1, 9)) % 10))


def digit_dropped(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?<=\d)\d|\d(?=\d)", text, rng)
    return _put(text, match, "") if match else text


def digit_added(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"\d", text, rng)
    return _put(text, match, match[0] + rng.choice((match[0], "0"))) if match else text


def number_mark_dropped(text: str, language: Language, rng: random.Random) -> str:
    """4.7 as 47, 1 250 as 1250 with another digit's place lost."""
    match = _any(r"(?<=\d)[.,٫٬](?=\d)", text, rng)
    return _put(text, match, rng.choice(("", " "))) if match else text


def number_mark_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?<=\d)[.,](?=\d)", text, rng)
    return _put(text, match, "," if match[0] == "." else ".") if match else text


def number_mark_moved(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(\d)([.,٫٬])(\d)", text, rng)
    return (
        _put(text, match, match[2] + match[1] + match[3] if match.start() else match[1] + match[3] + match[2])
        if match
        else text
    )


def number_cut(text: str, language: Language, rng: random.Random) -> str:
    """A quotation that begins or ends inside a number."""
    match = _any(_INNER_MARK, text, rng)
    if match is None:
        return text
    return text[: match.start()] if rng.random() < 0.5 else text[match.end() :]


def sign_dropped(text: str, language: Language, rng: random.Random) -> str:
    return re.sub(r"−(?=\d)", "", text)


def sign_changed(text: str, language: Language, rng: random.Random) -> str:
    return re.sub(r"−(?=\d)", rng.choice("+±~"), text)


def sign_added(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?<= )\d", text, rng)
    return _put(text, match, f"−{match[0]}") if match else text


def sign_cut(text: str, language: Language, rng: random.Random) -> str:
    match = re.search(r"−(?=\d)", text)
    return text[match.end() :] if match else text


def unit_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_UNIT, text, rng)
    return _put(text, match, match[1] + _UNITS[match[2]]) if match else text


def unit_dropped(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_UNIT, text, rng)
    return _put(text, match, "") if match else text


def unit_cut(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_UNIT, text, rng)
    return text[: match.start()] if match else text


def unit_skipped(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_UNIT, text, rng)
    return _put(text, match, " … ") if match else text


def per_cent_cut(text: str, language: Language, rng: random.Random) -> str:
    """A quotation that begins after a sign which belongs to the number."""
    match = _any(r"[%€$₹](?= ?\d)", text, rng)
    return text[match.end() :].lstrip() if match else text


def currency_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_CURRENCY, text, rng)
    return _put(text, match, rng.choice([sign for sign in "€$£¥" if sign != match[0]])) if match else text


def currency_dropped(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?:R\$|[€$₹])(?= ?\d)", text, rng)
    return _put(text, match, "") if match else text


def scale_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _scale(text, language)  # behind a number only: in a script without spaces the word may be a part of another
    pairs = [pair for pair in language.scales if match and match[0].strip() == pair[0]]
    return _put(text, match, match[0].replace(*rng.choice(pairs))) if match and pairs else text


def _scale(text: str, language: Language) -> re.Match[str] | None:
    words = "|".join(re.escape(pair[0]) for pair in language.scales)
    return re.search(rf"(?<=\d) ?(?:{words})(?!\w)" if language.spaced else rf"(?<=\d) ?(?:{words})", text)


def scale_cut(text: str, language: Language, rng: random.Random) -> str:
    match = _scale(text, language)
    return text[: match.start()] if match else text


def scale_dropped(text: str, language: Language, rng: random.Random) -> str:
    match = _scale(text, language)
    return _put(text, match, rng.choice(("", " …"))) if match else text


def exponent_flattened(text: str, language: Language, rng: random.Random) -> str:
    match = _any(rf"(?<=\d)[{_RAISED}]", text, rng)
    return _put(text, match, str(_RAISED.index(match[0]))) if match else text


def exponent_changed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(rf"[{_RAISED}]", text, rng)
    return (
        _put(text, match, rng.choice(["", *(raised for raised in _RAISED[2:] if raised != match[0])]))
        if match
        else text
    )


def fraction_changed(text: str, language: Language, rng: random.Random) -> str:
    return re.sub("½", rng.choice(("", "¼", "¾", "1/2", ",5 ½")), text)


def fraction_cut(text: str, language: Language, rng: random.Random) -> str:
    match = re.search("(?<=[0-9])½", text)
    if match is None:
        return text
    return text[: match.start()] if rng.random() < 0.5 else text[match.start() :]


def number_bracketed(text: str, language: Language, rng: random.Random) -> str:
    match = _any(_NUMBER, text, rng)
    return _put(text, match, rng.choice(("[9]", f"[9|{match[0]}]"))) if match else text


# ---------------------------------------------------------------- marks that lie


def bare_bracket(text: str, language: Language, rng: random.Random) -> str:
    """A bracket where the source has another word."""
    pieces = language.pieces(text)
    inner = [i for i in range(1, len(pieces) - 1) if is_word(pieces[i])]
    if inner:
        at = rng.choice(inner)
        pieces[at] = f"[{rng.choice([word for word in language.words if word != pieces[at]])}]"
    return language.joined(pieces)


def wrong_original(text: str, language: Language, rng: random.Random) -> str:
    """`[new|old]` whose old word is not the source's."""
    pieces = language.pieces(text)
    inner = [i for i in range(1, len(pieces) - 1) if is_word(pieces[i])]
    if inner:
        at = rng.choice(inner)
        other = [word for word in language.words if word.casefold() != pieces[at].casefold()]
        pieces[at] = f"[{pieces[at]}|{rng.choice(other)}]"
    return language.joined(pieces)


def wrong_ending(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?<=[^\W\d_]{2})([^\W\d_])(?= )", text, rng)
    return _put(text, match, f"[{match[1]}|{_word(language, rng)[0]}q]") if match and language.spaced else text


def initial_replaced(text: str, language: Language, rng: random.Random) -> str:
    """`[X]he`: another letter than the source's."""
    match = re.match(r"[^\W\d_](?=[^\W\d_])", text)
    return _put(text, match, "[q]" if match[0] not in "qQ" else "[z]") if match else text


def bracket_left_open(text: str, language: Language, rng: random.Random) -> str:
    match = _any(r"(?<=[^\W\d_]) (?=[^\W\d_])", text, rng)
    return _put(text, match, rng.choice((" [", " ] ", " [] ", " | ", " [| "))) if match else text


def name_replaced(text: str, language: Language, rng: random.Random) -> str:
    """Another name in brackets, stated or not."""
    name = language.dialogue[0][0]
    edge = r"\b" if language.spaced else ""
    match = _any(rf"(?<=.){edge}{re.escape(name)}{edge}(?=.)", text, rng)
    other = language.dialogue[1][0]
    return _put(text, match, rng.choice((f"[{other}]", f"[{other}|{name}]"))) if match else text


def parts_reversed(text: str, language: Language, rng: random.Random) -> str:
    pieces = text.split(" ")
    at = [i for i in range(3, len(pieces) - 2) if safe_border(pieces, i, language)]
    if not at or not language.spaced:
        return text
    border = rng.choice(at)
    return f"{' '.join(pieces[border:])} … {' '.join(pieces[:border])}"


def across_speakers(text: str, language: Language, rng: random.Random) -> str:
    """The words of one speaker and those of the next, joined by an ellipsis."""
    (_, first), (_, second) = language.dialogue
    if text not in (first, second) or not language.spaced:
        return text
    head, tail = first.split(" "), second.split(" ")
    a, b = rng.randrange(3, len(head)), rng.randrange(1, len(tail) - 2)
    return f"{' '.join(head[:a])} … {' '.join(tail[b:])}"


MUTATORS = (
    negation_removed, negation_replaced, negation_bracketed, negation_replaced_openly, negation_skipped, negation_cut,
    negation_added, opposite, opposite_in_brackets, digit_changed, digit_dropped, digit_added, number_mark_dropped,
    number_mark_changed, number_mark_moved, number_cut, sign_dropped, sign_changed, sign_added, sign_cut, unit_changed,
    unit_dropped, unit_cut, unit_skipped, per_cent_cut, currency_changed, currency_dropped, scale_changed, scale_cut,
    scale_dropped, exponent_flattened, exponent_changed, fraction_changed, fraction_cut, number_bracketed, bare_bracket,
    wrong_original, wrong_ending, initial_replaced, bracket_left_open, name_replaced, parts_reversed, across_speakers,
)  # fmt: skip
