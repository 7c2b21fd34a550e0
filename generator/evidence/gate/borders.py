"""Where a quotation may begin and end: between tokens that do not belong together.

A number belongs together with everything that gives it its value: sign, currency, unit, per cent, scale word, fraction,
exponent, digit groups, range, day of a month. In scripts without spaces between words, the characters of one word of ICU's
dictionaries belong together, and a negation belongs to the characters next to it.
"""

from __future__ import annotations

import regex

from generator.evidence.gate.tokens import DENSE_LETTER, Tokens
from generator.evidence.gate.vocabulary import Vocabulary, per_cent_words, vocabulary
from generator.languages import Amounts, Numbering, together

_NUMBER = regex.compile(r"\p{N}")
_WORD = regex.compile(r"[\w\p{N}]")
_BEFORE_NUMBER = regex.compile(
    r"[\u2212\xb1+~\u2248<>\u2264\u2265\xa7\u2116#\u2197\u2198\p{Sc}]|\p{Lu}{0,3}\p{Sc}|\p{Lu}{1,3}\$"
)
_AFTER_NUMBER = regex.compile(
    r"[%\u2030\u2031\u066a\xb0\u2032-\u2034+\xd7\xb7*^\xb1\u2103\u2109\u2126\u2103\p{Sc}]|\p{No}.*|\d+[/\u2044]\d+|\u2044"
)
_GROUP = regex.compile(r"\p{Nd}{3}(?:[.,\u066b]\p{Nd}+)?")
_GROUPED = regex.compile(r"(?:[^\p{N}]*)\p{Nd}{1,3}")
_DAY = regex.compile(r"(?:[12]?\d|3[01])(?:st|nd|rd|th)?")
_SIGN = regex.compile(r"\p{Sc}")
_GLUED_SIGNS = frozenset("-\u2212.,")
_JOINT_SIGN = regex.compile(r"[\p{Pd}~\u301c\uff5e\u2026/\u2044\xd7+]|\.{3}")
_KOREAN_SCALE = regex.compile(r"\p{Nd}[^\p{L}]*[\ucc9c\ubc31\ub9cc\uc5b5\uc870]+")
"""A part of a number, which the next part follows after a space: `1\uc5b5 370\ub9cc`."""
_KOREAN_NUMBER = regex.compile(
    r"[\uc77c\uc774\uc0bc\uc0ac\uc624\uc721\uce60\ud314\uad6c\uc2ed\ubc31\ucc9c\ub9cc\uc5b5]+[\uc2ed\ubc31\ucc9c\ub9cc\uc5b5\uc870]"
)
"""A number in Hangul that ends in a scale: `\uc624\ubc31\ub9cc`."""
_PARTS_OF = ("\u5206\u4e4b", "\u5206\u306e", "\ubd84\uc758")
"""What joins the two numbers of a fraction in Chinese, Japanese and Korean."""
_OPERATORS = "\xd7\xb7*/\xf7^"
_MINUS = "-\u2013\u2212"
"""What may be a minus before a number; an em dash is not."""
_YEAR = regex.compile(r"(?:1[0-9]|20)\d\d")
_LANGUAGES = ("ja", "zh", "th", "lo", "km", "my")
_SIGNS = frozenset("-\u2212\u2013~<>\u2248\u2264\u2265+\xb1")
_FOREIGN = regex.compile(r"\p{Lu}{0,3}\p{Sc}")
LONGEST_PHRASE = 5
"""Tokens of a phrase after a number that are compared."""
SHORT_WORD = 3
"""Letters of a word between two numbers that is taken for a preposition in a language whose prepositions are not known."""
MOST_PARTICLES = 3
"""Words without a meaning of their own between the two numbers of a ratio: `three out of every four`."""
_DENSE_AMOUNT = 4
"""Characters in which the number of an amount is searched for before a limit: `40\u5186 \u4ee5\u4e0b`."""
LONGEST = 12
"""Characters of the longest negation or unit of such a script."""
CONTEXT = 40
"""Tokens on either side of a run of characters that ICU's dictionary gets."""


def may_cut(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a quotation may begin before the token at index `at`, or end there."""
    if at <= 0 or at >= len(tokens.exact):
        return True
    return not (_belongs(tokens, at, words) or _within_range(tokens, at, words) or _within_ratio(tokens, at, words))


def _belongs(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether the tokens on both sides of an index are one number, or one word."""
    before, after = tokens.exact[at - 1], tokens.exact[at]
    if _NUMBER.search(before) and _continues(tokens, at, words):
        return True
    if _NUMBER.search(after) and _leads(tokens, at, words):
        return True
    if _spelled(before, after, words) or _is_per_cent(before, after) or _is_foreign(tokens, at):
        return True
    if _is_compound(tokens, at, words) or _is_dense_amount(tokens, at, words):
        return True
    if at > 1 and _is_of_month(before, after, words) and _DAY.fullmatch(tokens.exact[at - 2]):
        return True
    if _with_fraction(tokens, at, words) or _in_phrase(tokens, at, words) or _is_signed(tokens, at, words):
        return True
    if DENSE_LETTER.match(before) and DENSE_LETTER.match(after):
        both_digits = before in together(Amounts).digits and after in together(Amounts).digits
        return both_digits or not _between_words(tokens, at)
    if DENSE_LETTER.match(after) and _NUMBER.search(before) and _is_dense_unit(tokens, at):
        return True
    return tokens.glued(at) and bool(DENSE_LETTER.search(before + after) and _NUMBER.search(before + after))


def _continues(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether what follows a number belongs to it."""
    before, after = tokens.exact[at - 1], tokens.exact[at]
    beyond = tokens.exact[at + 1] if at + 1 < len(tokens.exact) else ""
    if _is_per_cent(after, beyond):
        return True
    if _AFTER_NUMBER.fullmatch(after) or words.unit(after) or words.number(after):
        return True
    if (after in "-\u2013\u2212" or _is_ratio(before, after)) and _NUMBER.match(beyond):
        return True
    if after == "(" and tokens.glued(at):
        return True  # `Article 50(2)`
    if _KOREAN_SCALE.fullmatch(before) and _NUMBER.match(after):
        return True
    if beyond.casefold() in words.currencies and after[0].isupper():
        return True
    if _DAY.fullmatch(before) and (after.casefold() in words.months or _is_of_month(after, beyond, words)):
        return True
    return bool(_GROUPED.fullmatch(before) and _GROUP.fullmatch(after))


def _leads(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether what precedes a number belongs to it."""
    before, after = tokens.exact[at - 1], tokens.exact[at]
    earlier = tokens.exact[at - 2] if at > 1 else ""
    if (
        _BEFORE_NUMBER.fullmatch(before)
        or (before == "%" and tokens.glued(at))
        or (before in _GLUED_SIGNS and tokens.glued(at))
    ):
        return True
    if (before in "-\u2013" or before in _OPERATORS or _is_ratio(earlier, before)) and _NUMBER.search(earlier):
        return True
    if (before in "-\u2013" and tokens.text[tokens.starts[at - 1]] in _MINUS) or _in_brackets(tokens, at):
        return True
    if before in together(Amounts).before or (before.isupper() and len(before) == 3 and words.unit(before)):
        return True
    if _DAY.fullmatch(after) and before.casefold() in words.months:
        return True
    return bool(words.number(before))


def _is_of_month(word: str, beyond: str, words: Vocabulary) -> bool:
    """Whether a word joins the number before it to a month: `5th of May`, `3. Oktober`."""
    return (word == "." or word in together(Numbering).of) and beyond.casefold() in words.months


def _with_fraction(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether an index is inside `two thirds` or `three and a half`."""
    for start in range(max(0, at - 3), at):
        if _is_number(tokens.exact[start], words):
            behind = [token.casefold() for token in tokens.exact[start + 1 : start + 4]]
            length = next((i for i, token in enumerate(behind) if token in words.fractions), None)
            if length is not None and start + 1 + length >= at and (length == 0 or behind[0] in _ands(words)):
                return True
    return False


def _in_phrase(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a number is before an index, and on both sides of it one phrase that belongs to the number: `basis points`."""
    for start in range(max(1, at - LONGEST_PHRASE), at + 1):
        known = words.phrases.get(tokens.exact[start].casefold(), ())
        if known and (_counts(tokens.exact[start - 1], words) or (start > 1 and _measured(tokens, start - 2, words))):
            line = tuple(token.casefold() for token in tokens.exact[start : start + LONGEST_PHRASE])
            if any(line[: len(phrase)] == phrase and at < start + len(phrase) for phrase in known):
                return True
    return False


def _is_ratio(number: str, sign: str) -> bool:
    """Whether a sign after a number compares it with the next, as in `3 : 1`; after a year a colon is punctuation."""
    return sign in ":x/" and not _YEAR.fullmatch(number)


def _in_brackets(tokens: Tokens, at: int) -> bool:
    """Whether a number is alone in brackets, which is a loss in accounts: `(5)`."""
    return tokens.exact[at - 1] == "(" and tokens.exact[at + 1 : at + 2] == (")",)


def is_limited(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether words before an index limit the amount after it, as in `less than 5`, so that no quotation begins between them."""
    for start in range(max(0, at - LONGEST_PHRASE), at):
        for phrase in words.limits.get(tokens.exact[start].casefold(), ()):
            end = start + len(phrase)
            line = tuple(token.casefold() for token in tokens.exact[start:end])
            if at <= end and line == phrase and _begins_amount(tokens, end, words):
                return True
    return False


def _begins_amount(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    first, second = (*tokens.exact[at : at + 2], "", "")[:2]
    if not first:
        return False
    if _is_number(first, words) or first in together(Amounts).digits or words.magnitude(first):
        return True
    return bool(_NUMBER.match(second)) and (_BEFORE_NUMBER.fullmatch(first) is not None or words.unit(first))


def _is_compound(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether an index is inside an amount of two units: `5 feet 11 inches`, `two years and six months`."""
    if _NUMBER.search(tokens.exact[at - 1]) and _NUMBER.match(tokens.exact[at]):
        return not _YEAR.fullmatch(tokens.exact[at - 1])  # `5ft 11in`
    second = at + 1 if tokens.exact[at].casefold() in _ands(words) else at
    end = second - 1 if tokens.exact[second - 1].casefold() in _ands(words) else second
    if end < 2 or second + 2 > len(tokens.exact):
        return False
    low, high = (_measured(tokens, start, words) for start in (end - 2, second))
    return bool(low and high and low != high)


def _measured(tokens: Tokens, at: int, words: Vocabulary) -> str:
    """Return the unit of the amount at an index; "" if the two tokens there are none."""
    number, unit = tokens.exact[at : at + 2]
    is_unit = words.unit(unit) and not words.magnitude(unit)
    return unit.casefold() if is_unit and _is_number(number, words) else ""


def _is_dense_amount(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether an index is inside a fraction or an amount in the characters of Chinese, Japanese or Korean: `\u767e\u5206\u4e4b\u4e94`."""
    before, after = tokens.exact[at - 1], tokens.exact[at]
    digits = together(Amounts).digits
    if after in digits or _NUMBER.match(after):
        return "".join(tokens.exact[max(0, at - 3) : at]).endswith(_PARTS_OF)
    if _KOREAN_NUMBER.fullmatch(before):
        return words.unit(after)
    if before in digits:
        return _is_dense_unit(tokens, at)
    number = any(_NUMBER.search(token) or token in digits for token in tokens.exact[max(0, at - _DENSE_AMOUNT) : at])
    return number and "".join(tokens.exact[at : at + LONGEST]).startswith(words.dense_limits)


def _is_signed(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether a sign or word before an index belongs to the number or amount after it: `minus five`, `-$5`."""
    before, after = tokens.exact[at - 1], tokens.exact[at]
    if before in together(Amounts).before and words.number(after):
        return True
    currency = "".join(tokens.exact[at : at + 2]) if after.isalpha() else after
    beyond = tokens.exact[at + 2 if after.isalpha() else at + 1 :][:1]
    if not _FOREIGN.fullmatch(currency) or not beyond or not _NUMBER.match(beyond[0]):
        return False
    return before in together(Amounts).before or (before in _SIGNS and tokens.glued(at))


def _within_ratio(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether an index is inside `one in five`, `5 out of 1,000`, `half a million` or `hundreds of thousands`."""
    for low in range(max(0, at - MOST_PARTICLES - 1), at):
        if not (_counts(tokens.exact[low], words) or tokens.exact[low].casefold() in words.ones):
            continue
        for high in range(max(low + 2, at), min(low + MOST_PARTICLES + 2, len(tokens.exact))):
            between = tokens.exact[low + 1 : high]
            if not all(_is_particle(token, words) for token in between):
                break
            if _is_part(tokens.exact[low], tokens.exact[high], words):
                return True
    return False


def _is_part(low: str, high: str, words: Vocabulary) -> bool:
    return _counts(high, words) and not (_YEAR.fullmatch(low) or _YEAR.fullmatch(high))


def _is_particle(token: str, words: Vocabulary) -> bool:
    """Whether a word can join two numbers to one: a preposition or an article, or any short word if these are not known."""
    if not token.isalpha() or not token.islower() or token in _ands(words) or DENSE_LETTER.match(token):
        return False
    if words.unit(token) or words.number(token):
        return False
    return len(token) <= SHORT_WORD if words.particles is None else token in words.particles


def _counts(token: str, words: Vocabulary) -> bool:
    return _is_number(token, words) or words.magnitude(token)


def _within_range(tokens: Tokens, at: int, words: Vocabulary) -> bool:
    """Whether an index is between the ends of a range: after the first, or after the word that joins them.

    `10 to 20 million` has one scale word for both.
    """
    return any(_is_range(tokens, middle, words) for middle in (at, at - 1))


def _is_range(tokens: Tokens, middle: int, words: Vocabulary) -> bool:
    """Whether a token makes a range of the numbers before and after it.

    Words for `to` and `or` always do. An `and`, a sign, and any word of a language whose words for this are unknown do so if the
    second number has a unit or scale word, which may also belong to the first.
    """
    if not 1 <= middle < len(tokens.exact) - 1:
        return False
    low, joint, high = tokens.exact[middle - 1], tokens.exact[middle].casefold(), tokens.exact[middle + 1]
    is_opened = middle > 1 and tokens.exact[middle - 2].casefold() in together(Amounts).ranges
    ends_in_one = high.casefold() in words.ones and words.number(low)
    if not (_is_number(low, words) and (_is_number(high, words) or ends_in_one)):
        return False
    if joint in words.ranges or (is_opened and joint in _ands(words)):
        return True
    if low.isalpha() and (joint in _ands(words) or (words.conjunctions is None and joint.isalpha())):
        return True  # `one hundred and five`
    unknown = words.conjunctions is None and joint.isalpha() and not _YEAR.fullmatch(low)
    if not (unknown or _JOINT_SIGN.fullmatch(joint) or joint in _ands(words)):
        return False
    return middle + 2 < len(tokens.exact) and _belongs(tokens, middle + 2, words)


def _ands(words: Vocabulary) -> frozenset[str]:
    return words.conjunctions or frozenset()


def _is_number(token: str, words: Vocabulary) -> bool:
    return _NUMBER.search(token) is not None or words.number(token)


def _is_per_cent(before: str, after: str) -> bool:
    """Whether two words are one unit, `per cent` in any language."""
    return f"{before} {after}".casefold() in per_cent_words()


def _is_foreign(tokens: Tokens, at: int) -> bool:
    """Whether letters joined to a currency sign name the country: `US$`."""
    return tokens.glued(at) and _SIGN.match(tokens.exact[at]) is not None and tokens.exact[at - 1].isalpha()


def _spelled(before: str, after: str, words: Vocabulary) -> bool:
    """Whether two words belong to one spelled number: `five million`, `million euros`, `per cent` after anything."""
    folded = after.casefold()
    if not _WORD.match(before) or DENSE_LETTER.match(after):
        return False
    scale = before.casefold() in words.scales
    if words.number(before) or scale:
        return words.number(after) or words.unit(after)
    return len(after) > (3 if after.isascii() else 2) and folded in words.scales and not before[0].isupper()


def _is_dense_unit(tokens: Tokens, at: int) -> bool:
    """Whether a unit or scale word of a script without spaces begins at index `at`."""
    line = "".join(tokens.exact[at : at + LONGEST])
    return any(line.startswith(vocabulary(language).dense_units) for language in _LANGUAGES)


def _between_words(tokens: Tokens, at: int) -> bool:
    """Whether ICU's dictionary has a word border here and no negation is next to it. A space is a border."""
    if not tokens.joined(at):
        return True
    before, after = "".join(tokens.exact[max(0, at - LONGEST) : at]), "".join(tokens.exact[at : at + LONGEST])
    if any(before.endswith(words.dense) or after.startswith(words.dense) for words in map(vocabulary, _LANGUAGES)):
        return False
    low, high = at, at + 1
    while low > max(0, at - CONTEXT) and tokens.joined(low) and DENSE_LETTER.match(tokens.exact[low - 1]):
        low -= 1
    while (
        high < min(len(tokens.exact), at + CONTEXT) and tokens.joined(high) and DENSE_LETTER.match(tokens.exact[high])
    ):
        high += 1
    return len("".join(tokens.exact[low:at])) in _dictionary_borders("".join(tokens.exact[low:high]))


def _dictionary_borders(run: str) -> set[int]:
    from icu4py.breakers import WordBreaker

    return {border for segment in WordBreaker(run, "ja").segments() for border in segment}
