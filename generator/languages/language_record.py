"""The words of one language: a frozen record, with one section for each use.

A section that a language's file does not have is None. None means *unknown*, never *there are none*: a caller has to become
stricter, or to leave out a check and report that. An empty section is known to be empty. If a text may be in any language (sources quote
each other), the words of all languages are used together; each section says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LoadedVerb:
    """A verb of saying that takes sides."""

    words: tuple[str, ...]
    """Its forms."""
    instead: str
    """A neutral verb."""
    implies: str
    """What the verb implies, as the end of a message: `a fault`."""
    of: str = ""
    """`people`: only a known expert's name or a pronoun before it counts, because companies *reveal* products. Otherwise any name does."""


@dataclass(frozen=True, slots=True)
class LoadedVerbs:
    """When a verb of saying takes sides: after a name or a pronoun, or before the word that begins the reported words."""

    source: str
    """The source of the rule."""
    pronouns: tuple[str, ...]
    articles: tuple[str, ...]
    """Words that make a noun of the word after them."""
    between: tuple[str, ...]
    """Words that may be between the name and the verb."""
    before: tuple[str, ...]
    """Words that begin the reported words."""
    verbs: tuple[LoadedVerb, ...]


@dataclass(frozen=True, slots=True)
class VagueAttributions:
    """Attributions to nobody in particular: `who` at the beginning of a clause, or anywhere after `which`, and then a verb."""

    source: str
    who: tuple[str, ...]
    """Words for people in general: `critics`."""
    which: tuple[str, ...]
    """Words before them that name nobody either: `some`."""
    clause: tuple[str, ...]
    """Words that begin a clause."""
    verbs: tuple[str, ...]
    whole: tuple[str, ...]
    """Whole phrases."""


@dataclass(frozen=True, slots=True)
class MixedCertainty:
    """Phrases of confidence and of likelihood, which should not be in one sentence."""

    source: str
    confidence: tuple[str, ...]
    likelihood: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributing:
    """Words that attribute a number to somebody. Without one, a name near a figure does not attribute it."""

    source: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """The phrases that the wording checks find in the editor's prose. They can have alternatives in brackets, as in regular expressions.

    Case does not matter. Each list states the source of its rule.
    """

    loaded_verb: LoadedVerbs
    vague_attribution: VagueAttributions
    mixed_certainty: MixedCertainty
    contested_flat: Attributing


@dataclass(frozen=True, slots=True)
class Reporting:
    """Words that show in a text who speaks. Those of all languages are used together."""

    verbs: tuple[str, ...]
    """Forms of verbs of saying that are rarely nouns. A name as their subject decides who speaks."""
    prepositions: tuple[str, ...] = ()
    """Words that precede the speaker's name without a verb."""
    between: tuple[str, ...] = ()
    """Words that may be between a name and its verb."""
    endings: tuple[str, ...] = ()
    """Endings of adverbs, which may be between name and verb too."""
    pronouns: tuple[str, ...] = ()
    """Subjects that name nobody."""
    own_pronouns: tuple[str, ...] = ()
    """Those with which a speaker names themselves: `I`, `we`."""
    openers: tuple[str, ...] = ()
    """Words that begin a sentence before its subject."""
    articles: tuple[str, ...] = ()
    """Words that make a common noun of the next word, or are somebody unknown themselves: `the`, `another`."""
    that: tuple[str, ...] = ()
    """Words after a verb that begin its object, so that no subject follows."""
    complementizers: tuple[str, ...] = ()
    """Words directly before a reported clause: `that`."""
    asking: tuple[str, ...] = ()
    """Words directly before a reported question: `whether`."""
    unreal: tuple[str, ...] = ()
    """Words that make the clause of a verb of saying, or what it reports, unreal or untrue: *if she said*, *said it was a lie that*."""
    clauses: tuple[str, ...] = ()
    """Conjunctions that begin a clause whose subject follows its verb."""
    of: tuple[str, ...] = ()
    """Prepositions that connect a name with another noun: `the office of Ann Example`."""
    of_articles: tuple[str, ...] = ()
    """Articles that may be between such a preposition and the name."""
    affiliation: tuple[str, ...] = ()
    """Prepositions between a person's name and that of their organisation or place: `Ann Example of Harbour Watch`."""
    definite: tuple[str, ...] = ()
    """Articles that names of organisations and places may have, and names of people do not: `the White House`."""
    others: tuple[str, ...] = ()
    """Forms of verbs that give the words after them to somebody else or to nobody: `denied`, `quoted`."""
    passive: tuple[str, ...] = ()
    """Words before such a form that make it a passive or an adjective: `was quoted`, `the disputed`."""
    relative: tuple[str, ...] = ()
    """Relative pronouns for people: *criticised Ben Sample, who said*."""
    quoted_as: tuple[str, ...] = ()
    """Words between a verb such as *quoted* and such a form: `as` of *was quoted as saying*."""
    nouns: tuple[str, ...] = ()
    """Nouns for what somebody says: *her view is that*."""
    participles: tuple[str, ...] = ()
    """Forms of verbs of saying that give words to the subject of another verb: *denied it, saying*."""
    topic: tuple[str, ...] = ()
    """In scripts without spaces, signs between subject and verb that belong to neither."""


@dataclass(frozen=True, slots=True)
class NameWords:
    """Parts of people's names and what joins names. Those of all languages are used together."""

    titles: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    """Small words inside a name: `van`, `de la`."""
    joining: tuple[str, ...] = ()
    """Conjunctions between the names of one subject: `said Ann Example and Ben Sample`."""
    conjunctions: tuple[str, ...] = ()
    """Conjunctions in a list that consists of names only."""


@dataclass(frozen=True, slots=True)
class Transcripts:
    """Labels that transcripts put before somebody's words. Those of all languages are used together."""

    turns: tuple[str, ...] = ()
    """Question and answer, written out and as one letter."""
    answers: tuple[str, ...] = ()
    """Those of `turns` that begin an answer."""
    roles: tuple[str, ...] = ()
    """Roles in a conversation that name nobody; phrases as in regular expressions."""
    titles: tuple[str, ...] = ()
    """Titles before a name that ends with a full stop: `Mr. EXAMPLE.`"""
    presiding: tuple[str, ...] = ()
    """Words for the presiding officer in the record of a parliament; phrases as in regular expressions."""
    particles: tuple[str, ...] = ()
    """Small words inside a label, in addition to those of names."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How amounts are written in words. Scales are used in their own language; everything else in every language."""

    scales: Mapping[str, int] | None = None
    """Words for powers of ten, in addition to CLDR's: `million: 6`."""
    units: Mapping[str, str] | None = None
    """Words for units, by the stored unit: an ISO 4217 code, `%`, or other words."""
    qualifiers: Mapping[str, tuple[str, ...]] | None = None
    """The written forms of `about`, `under`, `over`, `at least`, `at most` before an amount. The first form is printed."""
    behind: Mapping[str, tuple[str, ...]] | None = None
    """The same for words after an amount: `or more`."""
    ranges: tuple[str, ...] = ()
    """Words that begin a range: `between`, `from`."""
    range_and: tuple[str, ...] = ()
    """Words between the two numbers of such a range."""
    range_to: tuple[str, ...] = ()
    """Words between two numbers that make a range without a word before it."""
    rates: tuple[str, ...] = ()
    """Words that continue a unit: `US$5 per tonne`."""
    stop: tuple[str, ...] = ()
    """Words that do not begin a unit."""
    close_percent: bool = False
    """Whether the per cent sign follows the number without a space."""
    scale_words: tuple[str, ...] = ()
    """Further words that belong to the number before them, for the borders of quotations."""
    behind_number: tuple[str, ...] = ()
    """Phrases that belong to the number before them, for the borders of quotations: `basis points`, `v. Chr.`"""
    before: tuple[str, ...] = ()
    """Words that belong to the number after them, for the borders of quotations: `minus`."""
    fractions: tuple[str, ...] = ()
    """Words for parts of one after a number, for the borders of quotations: `two thirds`, `three and a half`."""
    not_units: tuple[str, ...] = ()
    """Abbreviations of units that are usually other words."""
    digits: tuple[str, ...] = ()
    """Signs for digits and numbers in scripts without spaces."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """What shows that a number is part of a date, a name or a numbering, not an amount. Used in every language."""

    months: tuple[str, ...] = ()
    """Names of months and their abbreviations."""
    words: tuple[str, ...] = ()
    """Words before a number that numbers something, as in regular expressions: `tables?`."""
    before: tuple[str, ...] = ()
    """Signs that make an ordinal of the number after them."""
    month_signs: tuple[str, ...] = ()
    """Signs after the number of a month or day."""
    year_signs: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    """Endings of the number of a day: `5th`."""
    of: tuple[str, ...] = ()
    """Words between the number of a day and its month."""
    lengths: tuple[str, ...] = ()
    """Ends of words for lengths, whose squares and cubes are amounts and not footnote marks."""
    references: tuple[str, ...] = ()
    """Words after whose full stop or comma a number is not a footnote mark: `para.12`."""


@dataclass(frozen=True, slots=True)
class Locators:
    """Words for places inside a source, by the terms of CSL 1.0.2."""

    printed: Mapping[str, str] | None = None
    """What is printed if the citation style does not decide it."""
    several: Mapping[str, str] | None = None
    """The same for more than one place, if it differs."""
    written: Mapping[str, tuple[str, ...]] | None = None
    """What authors may write; the first form is used in hints. Used in every language."""
    slips: Mapping[str, str] | None = None
    """Common mistakes, with the intended forms."""
    no_labels: tuple[str, ...] = ()
    """Words before a number in a printed citation that are not a label. Used in every language."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Letters with marks that are letters of their own in the order of names (CLDR's tailorings)."""

    after_z: str = ""
    """Those that follow the whole alphabet, in their order."""
    after_base: str = ""
    """Those that follow their base letter and everything that begins with it."""


@dataclass(frozen=True, slots=True)
class Searching:
    """What the site's search removes from a word, so that its forms are recognised as one.

    Without this section, a word finds all words that contain it. One beginning and one ending are removed, the longest first, if at least
    four letters remain, or three in a language with beginnings.
    """

    beginnings: tuple[str, ...] = ()
    """Articles and prepositions that are joined to the word."""
    endings: tuple[str, ...] = ()
    letters: Mapping[str, str] | None = None
    """Letters that replace each other in spelling."""


@dataclass(frozen=True, slots=True)
class Language:
    """The words of one language."""

    tag: str
    """BCP 47 tag."""
    name: str = ""
    """The language's name in English."""
    labels: Mapping[str, str] | None = None
    """The words of the page, by name. The program fills `{places}`."""
    secondary: Mapping[str, str] | None = None
    """How a citation says that a source quotes, paraphrases or reports somebody: `quoted`, `paraphrased`, `reported`."""
    locators: Locators | None = None
    abbreviations: frozenset[str] | None = None
    """Words whose full stop does not end a sentence, as they are written. Those of all languages are used together."""
    negations: tuple[str, ...] | None = None
    """Words that make a statement its opposite, or state that there is none of something, in lower case.

    `x*` is the beginning of a word, `*x` its end, `*x*` any part. In scripts without spaces an entry is a sequence of characters.
    If they are unknown, no omission and no addition in a quotation is verified.
    """
    reversals: tuple[str, ...] | None = None
    """Words that make what they govern untrue, unreal or uncertain, in the form of `negations`: *failed*, *unlikely*, *might*."""
    conditions: tuple[str, ...] | None = None
    """Words, or several in a row, that begin a condition or an exception: *if*, *as long as*, *but only*."""
    inversions: frozenset[str] | None = None
    """Verbs that begin a condition if they begin a sentence: *Were the levy lower, ...*."""
    clause_openers: frozenset[str] | None = None
    """Words behind which a clause may follow without a word such as *that*: *few believe | prices fell*, *no proof | prices fell*."""
    affirming: tuple[str, ...] | None = None
    """Words before *that* that affirm what follows although one of them is a negation or a reversal: *no doubt*, *nobody denies*."""
    truths: frozenset[str] | None = None
    """Words that judge a statement, with a negation before them: *true*, *correct*, *so*."""
    verb_last: bool = False
    """Whether a verb may follow what it governs, so that a reversal concerns the words before the verb too."""
    negation_signs: tuple[str, ...] | None = None
    """Single characters that are a negation, but too common inside words to be searched for."""
    stand_ins: tuple[str, ...] | None = None
    """Words that represent others: pronouns, articles, adverbs of place and time. An editor may replace them by what they
    represent. If they are unknown, no replacement in a quotation is verified."""
    inflections: tuple[str, ...] = ()
    """Sets of endings of the forms of one word, `-` for no ending: `- s ed ing`. An editor may replace one by another of its set."""
    capital_nouns: bool = False
    """Whether common nouns have a capital, so that a capital does not show a name."""
    function_words: frozenset[str] | None = None
    """Articles, prepositions, conjunctions, auxiliaries: words without a meaning of their own. Used together."""
    common_words: frozenset[str] | None = None
    """The commonest articles, prepositions, conjunctions, pronouns and auxiliaries, by which a text in this language is recognised,
    in addition to `function_words` and `stand_ins`. If all three are missing, no text is recognised, and none in it is judged."""
    wording: Wording | None = None
    reporting: Reporting | None = None
    names: NameWords | None = None
    transcripts: Transcripts | None = None
    amounts: Amounts | None = None
    numbering: Numbering | None = None
    alphabet: Alphabet | None = None
    searching: Searching | None = None
