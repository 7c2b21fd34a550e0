"""Quotations whose words are all in a text that was written around them, and that are true or false because of it.

A template has the text, and the words in it that are quoted stand between `<` and `>`. `{name}` is the person to whom the brief gives them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from generator.quote import Answer, SourceTexts, verify
from tests.adversary.campaign import Failure, Tally

PEOPLE = (("Ottoline Varga", "Mira Lund"), ("Benedek Thrale", "Ottokar Noakes"), ("Pia Quill", "Tove Marrow"))
CLAUSES = (
    "the tidal levy will pay for the outer wall",
    "small ports in the north gain most from the barrier",
    "every ferry on the lower river is older than the pier",
    "the harbour council has two plans for the inner basin",
)

TURNS = "Q: Why now?\n\n{name}: Nobody pays.\n\nQ: Really?\n\n{name}: Really.\n\n"
TURNS_OF_ANOTHER = TURNS.replace("{name}", "{other}")

NOT_HERS = (
    "{name} laughed at the idea that <{clause}>.",
    "{name} ignored the fact that <{clause}>.",
    "{name} has never heard that <{clause}>.",
    "{name} is unaware that <{clause}>.",
    "{name} wants her readers to believe that <{clause}>.",
    "{name} stopped short of saying that <{clause}>.",
    "{name} was accused of saying that <{clause}>.",
    "{name} sued the paper for writing that <{clause}>.",
    "{name} did not say that <{clause}>.",
    "{name} no longer says that <{clause}>.",
    "{name} denied that <{clause}>.",
    "{name} asked the pilots whether <{clause}>.",
    "{name} wondered if <{clause}>.",
    "{name} warned against believing that <{clause}>.",
    "{name} said it was a lie that <{clause}>.",
    "{name} said she did not believe that <{clause}>.",
    "{name} said nobody could show that <{clause}>.",
    "{name} said her opponents believe that <{clause}>.",
    "{name} recalled that others had promised that <{clause}>.",
    "{name} quoted {other} as saying that <{clause}>.",
    "{name} cited a report: “<{clause}>.”",
    "{name} read out a letter: “<{clause}>.”",
    "{name} said, “A pilot told me: ‘<{clause}>.’”",
    "If {name} said that <{clause}>, the town would laugh.",
    "Had {name} said “<{clause}>,” the town would have laughed.",
    "Nobody has heard {name} say that <{clause}>.",
    "It was not {name} who said that <{clause}>.",
    "Rumour has it that {name} said <{clause}>.",
    "A parody has {name} say: “<{clause}>.”",
    "Contrary to {name}, <{clause}>.",
    "{name} opposed the plan. Still <{clause}>, said her critics.",
    "{name} spoke first. {other} then said <{clause}>.",
    "“<{clause}>,” {other} told {name}.",
    "“<{clause}>,” said a spokeswoman for {name}.",
    "“<{clause}>,” said the brother of {name}.",
    "“<{clause}>,” say critics of {name}.",
    "“<{clause}>,” read a poster behind {name}.",
    "“<{clause}>” is a claim that {name} disputed.",
    "According to a critic of {name}, <{clause}>.",
    "{name} met {other}. “<{clause}>.”",
    "{other} laughed with {name}: “<{clause}>.”",
    "{name} thanked the guests. Another said <{clause}>.",
    "{name} thanked the guests.\n\nThe pier was wet. “<{clause}>.”",
    "The rain fell on the coat of {other} and {name}’s hat. “<{clause}>.”",
    "As for a poll suggesting that <{clause}>, {name} said that it was old.",
    "{name} bestritt, dass <{clause}>.",
    "{name} fragte den Rat, ob <{clause}>.",
    "{name} lachte über den Gedanken, dass <{clause}>.",
    "{name} sagte, niemand glaube, dass <{clause}>.",
    "{name} sagte, {other} glaube, dass <{clause}>.",
    "„<{clause}>“, sagte der Bruder von {name}.",
    "{name} a nié que <{clause}>.",
    "« <{clause}> », a dit le frère d’{name}.",
    "«<{clause}>», ha detto il fratello di {name}.",
    "{name} a ri de l’idée que <{clause}>.",
    TURNS + "{other} is less sure. “It costs a lot,” she says. “<{clause}>, I doubt it.”",
    TURNS + "{other} laughed.\n\nShe would begin with the ferries: “<{clause}>.”",
    TURNS + "{other} told us that <{clause}>.",
    TURNS + "{other} laughed. She told us that <{clause}>.",
    TURNS + "{name}: {other} told us that <{clause}>.",
    TURNS + "{name}: As {other} said, “<{clause}>.”",
    TURNS + "{name}: The letter reads: “<{clause}>.”",
    TURNS_OF_ANOTHER + "But <{clause}>.",
)
HERS = (
    "{name} said <{clause}>.",
    "{name} said that <{clause}>.",
    "{name}, the director, said that <{clause}>.",
    "{name}, the director, who said <{clause}>, has left.",
    "{name} told reporters at noon that <{clause}>.",
    "{name} insisted on Friday, after a meeting that lasted hours, that <{clause}>.",
    "{name} said that the wall is new and that <{clause}>.",
    "{name} denied the charge and said that <{clause}>.",
    "{name} was quoted as saying that <{clause}>.",
    "{name} agrees with {other} that <{clause}>.",
    "{name} is convinced that <{clause}>.",
    "Although it rained, {name} said that <{clause}>.",
    "{name} told the Herald: “<{clause}>.”",
    "As {name} put it, “<{clause}>.”",
    "{name}’s view is that “<{clause}>”.",
    "{name} spoke at noon. “<{clause}>,” she said.",
    "“<{clause}>,” said {name}.",
    "“<{clause}>,” {name} said.",
    "“<{clause}>,” {name} told {other}.",
    "“<{clause}>,” said the minister, {name}.",
    "“<{clause}>,” said the Rev. {name}.",
    "“<{clause}>,” said Marrow attorney {name}.",
    "{name}, D-P.M., said Tuesday: “<{clause}>.”",
    "{name} described the plan in four words: “<{clause}>.”",
    "The port’s founder, {name}, frankly acknowledged that <{clause}>.",
    "According to {name}, <{clause}>.",
    "In the words of {name}, <{clause}>.",
    "<{clause}>, according to {name}.",
    "{name}: <{clause}>.",
    "{name} sagte, dass <{clause}>.",
    "„<{clause}>“, sagte {name}.",
    "« <{clause}> », a déclaré {name}.",
    "»<{clause}>,« siger {name}.",
    "”<{clause}>”, sanoi {name}.",
    "„<{clause}>” – mondta {name}.",
    TURNS + "But <{clause}>.",
    TURNS + "{name}: “<{clause}>.”",
    TURNS + "{name}: I told them: “<{clause}>.”",
    TURNS + "{name}: I believe that <{clause}>.",
    TURNS_OF_ANOTHER + "{name} is less sure. “It costs a lot,” she says. “<{clause}>, I doubt it.”",
    TURNS_OF_ANOTHER + "{name} told us that <{clause}>.",
    TURNS_OF_ANOTHER + "{other}: As {name} said, “<{clause}>.”",
)

NOUNS = ("the bank", "the harbour council", "the ministry of ports")
ACTS = ("raise the levy on ferries", "close the inner basin", "rebuild the old pier")
TURNED = (
    ("{noun} failed to {act} this year", "{noun} … {act} this year"),
    ("{noun} refused to {act} this year", "{noun} … {act} this year"),
    ("{noun} is unable to {act} this year", "{noun} is … to {act} this year"),
    ("it is unlikely that {noun} will {act}", "it is … that {noun} will {act}"),
    ("it is false that {noun} will {act}", "it is … that {noun} will {act}"),
    ("they doubt that {noun} will {act}", "they … that {noun} will {act}"),
    ("the members of {noun} might {act} this year", "the members of {noun} … {act} this year"),
    ("{noun} can-\nnot {act} this year", "{noun} … {act} this year"),
    ("{noun} will ne-\nver {act} again", "{noun} will … {act} again"),
    ("{noun} no\u00b9 longer wants to {act}", "{noun} … wants to {act}"),
    ("{noun} will not {act} this year", "{act} this year"),
    ("{noun} failed to {act} this year", "{act} this year"),
    ("{noun} has no intention of trying to {act} this year", "{act} this year"),
    ("not one of the towns near {noun} will {act}", "{noun} will {act}"),
    ("they doubt that {noun} will {act}", "{noun} will {act}"),
    ("they do not think that {noun} will {act}", "{noun} will {act}"),
    ("the alleged plan of {noun} to {act} is old", "plan of {noun} to {act}"),
    ("this: did {noun} {act} last year? Yes", "did {noun} {act} last year"),
    ("Myth of the year\n\n{noun} will {act}, they say", "Myth of the … will {act}"),
)
KEPT = (
    ("{noun}, which failed before, will {act}", "{noun} … will {act}"),
    ("{noun} and the town will {act}", "{noun} … will {act}"),
    ("{noun} will {act}, but not now", "{noun} will {act}"),
    ("{noun} will, we hear, {act} this year", "{noun} will … {act} this year"),
    ("who asked {noun} to {act}?", "{noun} to {act}"),
)

TAKEN_BACK = {
    "en": (
        "Nobody on the lower river seriously believes that <{clause}>.",
        "It is far from clear that <{clause}>.",
        "It would be naive of the town to assume that <{clause}>.",
        "The minister would have us believe that <{clause}>.",
        "The claim that <{clause}> is false.",
        "The old notion that <{clause}> has been refuted.",
        "That <{clause}> is doubtful.",
        "Let us suppose for a moment that <{clause}>.",
        "I wish that <{clause}>.",
        "Few pilots would say that <{clause}>.",
        "Few pilots on the river believe <{clause}>.",
        "Nobody at the port had claimed <{clause}>.",
        "There is no real proof <{clause}>.",
        "Contrary to reports that <{clause}>, nothing changed.",
        "Perhaps, <{clause}>.",
        "The town is old. Supposedly, <{clause}>.",
        "I have retracted my statement that <{clause}>.",
        "It was an error to hold that <{clause}>.",
        "The motion, That <{clause}>, was negatived.",
        "The claim <{clause}> is false.",
        "I do not deny much, but I doubt that <{clause}>.",
        "There is no doubt in their minds, but not in mine, that <{clause}>.",
        "None of this is true: (a) the pier is old; (b) <{clause}>.",
        "We reject these claims:\n- The pier is old.\n- <{clause}>.",
        "The report does not say:\n1. The pier is\n   old.\n2. <{clause}>.",
        "It is wrong to say: <{clause}>.",
        "Myth: <{clause}>.",
        "MYTH\n\n<{clause}>.",
        "<{clause}>. False.",
        "<{clause}>. That is not true.",
        "<{clause}> (not confirmed).",
        "<{clause}> [disputed].",
        "<{clause}> \u2013 a myth.",
    ),
    "de": (
        "Es ist ein Märchen, dass <{clause}>.",
        "Niemand am Fluss glaubt, dass <{clause}>.",
        "Angenommen, <{clause}>.",
        "Kaum jemand glaubt, <{clause}>.",
        "Die Behauptung, <{clause}>, ist falsch.",
        "Falsch ist: <{clause}>.",
        "<{clause}>. Das ist nicht wahr.",
        "Ich hoffe, dass <{clause}>.",
    ),
    "fr": (
        "Personne ici ne croit vraiment que <{clause}>.",
        "Supposons un instant que <{clause}>.",
        "Aucune de ces phrases n’est vraie : a) le quai est vieux ; b) <{clause}>.",
        "<{clause}>. C’est faux.",
        "<{clause}> (faux).",
    ),
    "it": ("L’idea che <{clause}> è falsa.", "Falso: <{clause}>.", "<{clause}>. Non è vero."),
    "nl": ("Niemand gelooft, <{clause}>.", "Het idee dat <{clause}> is onjuist.", "<{clause}>. Dat is niet waar."),
    "pl": ("Nie sądzę, żeby <{clause}>.", "Mit: <{clause}>.", "<{clause}>. To nieprawda."),
    "uk": ("Ніхто не стверджує: <{clause}>.", "<{clause}>. Це неправда."),
    "pt": ("Falso: <{clause}>.", "<{clause}>. Não é verdade."),
    "es": ("Es un error pensar que <{clause}>.", "Mito: <{clause}>.", "<{clause}>. Eso es falso."),
    "zh": ("谣言：<{clause}>。", "<{clause}>（错误）。", "<{clause}>。这是错的。"),
    "ru": ("Никто здесь не верит, что <{clause}>.", "Предположим на минуту, что <{clause}>."),
    "el": ("Κανείς εδώ δεν πιστεύει ότι <{clause}>.", "Αμφιβάλλω πολύ ότι <{clause}>."),
    "fi": ("Kukaan ei enää usko, että <{clause}>.", "Oletetaan hetki, että <{clause}>."),
    "hu": ("Senki sem hiszi már, hogy <{clause}>.", "Erősen kétlem, hogy <{clause}>."),
    "he": ("איש כאן אינו מאמין כי <{clause}>.", "נניח לרגע כי <{clause}>."),
    "hi": ("कोई यहाँ नहीं मानता कि <{clause}>।",),
    "vi": ("Không ai ở đây tin rằng <{clause}>.", "Tôi nghi ngờ rất nhiều rằng <{clause}>."),
    "ar": ("لا أحد هنا يصدق أن <{clause}>.", "من الخطأ القول أن <{clause}>."),
    "ja": ("<{clause}>というのは嘘だ。", "<{clause}>という主張は誤りである。"),
}
ADDED = ("fail to", "allegedly", "only", "pretend to", "perhaps", "refuse to", "almost")
LEFT_SO = {
    "en": (
        "It has long been known that <{clause}>.",
        "The council was not here last year, but it says that <{clause}>.",
        "The council was not here. Everybody knows that <{clause}>.",
        "The news that <{clause}> is old.",
        "Few pilots are rich, but all of them believe <{clause}>.",
        "There was no wind. Many on the river think <{clause}>.",
        "I see no ferry, and <{clause}>.",
        "No, <{clause}>.",
        "It may rain, <{clause}>.",
        "There is no doubt that <{clause}>.",
        "I am not surprised that <{clause}>.",
        "Nobody denies that <{clause}>.",
        "Let there be no misunderstanding: <{clause}>.",
        "We reject the plan. These are the facts: <{clause}>.",
        "We reject these claims:\n- The pier is old.\n\nThe rest is known. <{clause}>.",
        "They were not asked, so they wrote: “<{clause}>.”",
        "<{clause}>. They do not.",
        "<{clause}>. Nobody came.",
        "<{clause}> (see note 4).",
        "<{clause}> (no. 4).",
        "<{clause}> (No 12).",
        "No levy in the north this year\n\n<{clause}>.",
        "<{clause}> – they say so.",
    ),
    "de": (
        "Er war nicht hier, sah aber, dass <{clause}>.",
        "Alle am Fluss wissen, dass <{clause}>.",
        "Es gibt keinen Zweifel, dass <{clause}>.",
        "Er sagte, <{clause}>.",
    ),
    "fr": ("On sait depuis longtemps que <{clause}>.",),
    "fi": ("Kaikki täällä tietävät, että <{clause}>.",),
    "hi": ("सब यहाँ जानते हैं कि <{clause}>।",),
    "ja": ("<{clause}>と市は言う。",),
}

FIGURES = (("3", "40"), ("12", "15"), ("250", "900"))
MISCOUNTED = (
    ("it sold less than {a} boats in May", "{a} boats in May"),
    ("it sold up to {a} boats in May", "{a} boats in May"),
    ("it needs at least {a} boats in May", "{a} boats in May"),
    ("it fell to - {a} degrees in May", "{a} degrees in May"),
    ("it fell to ({a}) degrees in May", "{a}) degrees in May"),
    ("it took {a} hours {b} minutes to cross", "it took {a} hours"),
    ("it took {a} years and {b} months to build", "{b} months to build"),
    ("it is {a}ft {b}in long at the pier", "it is {a}ft"),
    ("it grew by {a} p.p. in one year", "it grew by {a}"),
    ("it grew by {a} per cent\u00b9 in one year", "it grew by {a} per"),
    ("it grew by {a} km\u00b9 in one year", "it grew by {a}"),
    ("it is {a} / {b} of the harbour", "it is {a}"),
    ("it has {a} × 10^{b} cells in it", "10^{b} cells in it"),
    ("nearly {a} out of every {b} boats left", "nearly {a}"),
    ("under Article {a}(2) the port leaves", "under Article {a}"),
    ("it costs {a} euros a month to moor", "it costs {a} euros"),
    ("it costs {a} euros at most to moor", "it costs {a} euros"),
    ("it sold between {a} and {b} boats in May", "{b} boats in May"),
    ("it sold a maximum of {a} boats in May", "{a} boats in May"),
    ("it rose by {a} per cent in spring and by {b} per cent in autumn", "it rose by … {b} per cent in autumn"),
    ("it rose by {a} per cent in spring and by {b} per cent in autumn", "it rose by {a} per cent … in autumn"),
)
COUNTED = (
    ("it sold about {a} boats in May", "{a} boats in May"),
    ("it sold less than {a} boats in May", "less than {a} boats in May"),
    ("it costs {a} euros a month to moor", "it costs {a} euros a month"),
    ("it failed — {a} boats left in May", "{a} boats left in May"),
    ("of {a} boats and {b} ferries few are new", "{a} boats and {b} ferries"),
    ("it took {a} hours {b} minutes to cross", "it took {a} hours {b} minutes"),
    ("it rose by {a} per cent in May, by {b} in June, and fell", "it rose by {a} per cent in May, … and fell"),
)


@dataclass(frozen=True)
class Case:
    """One request and whether it is true."""

    kind: str
    quote: str
    text: str
    true: bool
    speaker: str = ""
    language: str = "en"


def cases() -> Iterator[Case]:
    for true, templates in ((False, NOT_HERS), (True, HERS)):
        for template, (name, other), clause in product(templates, PEOPLE, CLAUSES):
            before, rest = template.split("<")
            inside, after = (part.format(name=name, other=other, clause=clause) for part in rest.split(">"))
            text = before.format(name=name, other=other, clause=clause) + inside + after
            yield Case("voice_given" if true else "voice_taken", inside, text, true, name)
    yield from _own_texts()
    pairs: Sequence[tuple[str, str]]
    for true, pairs in ((False, TURNED), (True, KEPT)):
        for (text, quote), noun, act in product(pairs, NOUNS, ACTS):
            yield Case("sense_kept" if true else "sense_turned", *_filled(quote, text, noun=noun, act=act), true)
    for true, pairs in ((False, MISCOUNTED), (True, COUNTED)):
        for (text, quote), (a, b) in product(pairs, FIGURES):
            yield Case("amount_kept" if true else "amount_cut", *_filled(quote, text, a=a, b=b), true)


def _own_texts() -> Iterator[Case]:
    """Yield clauses of a person's own text that its main clause takes back or leaves as they are, and words in brackets."""
    for true, sentences in ((False, TAKEN_BACK), (True, LEFT_SO)):
        for language, clause in product(sentences, CLAUSES):
            for sentence in sentences[language]:
                text = sentence.format(clause=clause).translate({ord("<"): None, ord(">"): None})
                yield Case("clause_left" if true else "clause_taken_back", clause, text, true, language=language)
    for true, (word, text) in product((False, True), product(ADDED, NOUNS)):
        quote = f"{text} will [{'in May' if true else word}] leave the harbour"
        yield Case("bracket_kept" if true else "bracket_turned", quote, f"Later {text} will leave the harbour.", true)


def _filled(quote: str, text: str, **words: str) -> tuple[str, str]:
    return quote.format(**words), f"They write of the harbour that {text.format(**words)}.\n"


def attack(tally: Tally, rng: random.Random, most: int = 0) -> None:
    """Ask `brief quote verify` about all cases, or about `most` of them."""
    made = list(cases())
    texts = SourceTexts()
    for case in rng.sample(made, most) if most else made:
        request = {"quote": case.quote, "text": case.text, "language": case.language}
        (answer,) = verify([request | ({"speaker": case.speaker} if case.speaker else {})], texts)
        verdict = answer.verdict if isinstance(answer, Answer) else str(answer)
        failure = Failure(case.kind, case.language, f"{case.quote} | {case.text}", verdict)
        (tally.variants if case.true else tally.mutants)[case.kind] += 1
        if case.true and verdict != "verified":
            tally.refused.append(failure)
        elif not case.true and verdict == "verified":
            tally.verified.append(failure)
