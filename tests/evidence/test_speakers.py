"""Who said it: names as people write them, beside quotations in short invented reports."""

from __future__ import annotations

import pytest

from generator.evidence.gate import Transcript, find
from generator.evidence.gate.quotation import quotation
from generator.evidence.speakers.person_names import is_author, is_named, near_form
from generator.evidence.speakers.speaker import speaker
from generator.model import Source
from generator.problems import Location
from tests.support import library

PEOPLE = library(
    """
    varga: {name: Ottoline Varga, affiliation_note: none, also: [the institute's head]}
    thrale: {name: Benedek J. Thrale, affiliation_note: none}
    okonjo: {name: Ilse Okonjo-Brandt, affiliation_note: none}
    kiss: {name: "Kiss Márta", family: Kiss, affiliation_note: none}
    tanaka: {name: 田中花子, family: 田中, affiliation_note: none}
    office: {name: Harbour Office, kind: institution, affiliation_note: none}
    """
).experts
WORDS = "the barrier works twice a day"


def told(text: str, who: str = "varga", *, inside: bool = False) -> tuple[bool, str]:
    transcript = Transcript(text)
    (place,) = find(quotation(WORDS), transcript)
    found = speaker(PEOPLE[who], PEOPLE.values(), place, transcript, inside=inside)
    return found.named, found.other


NAMED = [
    f"“{WORDS},” said Ottoline Varga.",
    f"Ottoline M. Varga told us that {WORDS}.",
    f"O. Varga told us that {WORDS}.",
    f"Varga, Ottoline: {WORDS}.",
    f"OTTOLINE VARGA: {WORDS}.",
    f"Ottoline\u00a0Varga told us that {WORDS}.",
    f"The institute's head told us: {WORDS}. Or the institute’s head did.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\n“{WORDS},” said Dr Varga.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\nVarga’s view is that {WORDS}.",
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\nBut Varga said that {WORDS}.",
    f"Ottoline Varga laughed at the rain. “{WORDS}.”",
    f"Ottoline Varga laughed. “{WORDS},” said she at noon.",
    f"The port’s founder, Ottoline Varga, frankly acknowledged that {WORDS}.",
    f"Ottoline Varga called it a place where “{WORDS}.”",
    f"Ottoline Varga, D-P.M., said Tuesday: “{WORDS}.”",
    f"“{WORDS},” said the Rev. Ottoline Varga.",
    f"“{WORDS},” said Marrow attorney Ottoline Varga.",
    f"Ottoline Varga came in late.\n\nIt had rained. “{WORDS},” she said. Benedek Thrale laughed.",
    # with names of no people
    f"Ottoline Varga, an analyst at Marrow Research, disagreed. “{WORDS},” she said.",
    f"Ottoline Varga, who heads Harbour Watch and once worked with Katrin Moor, was blunt.\n\n“{WORDS},” she said.",
    f"Ottoline Varga of the Marrow Dockers’ Union disagreed. “{WORDS},” she said.",
    f"Ottoline Varga criticised the White Pier. “{WORDS},” she said.",
    f"Ottoline Varga told the Marrow Times that South Korea did the same. “{WORDS},” she said.",
]
UNNAMED = [
    f"She told us that {WORDS}.",
    f"Varga told us that {WORDS}.",  # no full name anywhere: it may be another Varga
    f"Ottoline Varga came in.\n\nAt noon it rained.\n\n“{WORDS},” she said.",
    f"Ottoline Vargas told us that {WORDS}.",
    f"The varga told us that {WORDS}.",
    # near a name, and not said to be hers
    f"Ottoline Varga met Katrin Moor. “{WORDS}.”",
    f"Ottoline Varga met the editor, Ms. Moor. “{WORDS}.”",
    f"Ottoline Varga, Katrin Moor and others disagreed. “{WORDS},” she said.",
    f"Ottoline Varga of Marrow met Katrin Moor. “{WORDS},” she said.",
    f"Ottoline Varga met the Liberal Katrin Moor. “{WORDS},” she said. Katrin Moor left.",
    f"Ottoline Varga and the harbour-master met. Moor laughed: “{WORDS}.”\n\nThat was Katrin Moor.",
    f"Ottoline Varga invited them. Another said {WORDS}.",
    f"“{WORDS},” one said. Ottoline Varga laughed.",
    f"“{WORDS},” she said.\n\nThat was Ottoline Varga.",
    f"The rain drummed on Ottoline Varga’s coat. “{WORDS}.”",
    f"Ottoline Varga came in.\n\nThe pier was wet. “{WORDS}.”",
    f"As for a poll suggesting that {WORDS}, Ottoline Varga said that it was old.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_verb_or_the_only_name_nearby_counts(text: str) -> None:
    assert told(text) == (True, "")


@pytest.mark.parametrize("text", UNNAMED)
def test_what_is_no_name_of_theirs_does_not(text: str) -> None:
    assert told(text) == (False, "")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (f"Benedek Thrale said that {WORDS}.", "thrale"),
        (f"Ilse Okonjo\u2011Brandt said that {WORDS}.", "okonjo"),
        (f"Ilse Okonjo-\nBrandt said that {WORDS}.", "okonjo"),
        (f"Kiss Márta said that {WORDS}.", "kiss"),
        (f"Kiss Ma\u0301rta said that {WORDS}.", "kiss"),
        (f"田中花子は言った: {WORDS}。", "tanaka"),
        (f"The Harbour Office said that {WORDS}.", "office"),
    ],
)
def test_names_of_all_kinds(text: str, who: str) -> None:
    assert told(text, who) == (True, "")


def test_an_institution_has_no_family_name() -> None:
    assert told(f"Harbour Office opened.\n\nIt rained.\n\nThe Office said that {WORDS}.", "office") == (False, "")


def test_a_name_inside_the_words_says_nothing_of_who_speaks_unless_they_are_a_reporter_s() -> None:
    text = "They said that as Ottoline Varga knows it works, and that was all."
    transcript = Transcript(text)
    (place,) = find(quotation("as Ottoline Varga knows it works"), transcript)
    assert not speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=False).named
    assert speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=True).named


OTHERS = [
    # a verb of saying with a name, before and behind, in direct and indirect speech, known or not
    (f"Zoltan Varga told us that {WORDS}.", "Zoltan Varga"),
    (f"Ottoline Varga came in.\n\nAt noon it rained.\n\nThen the poet Zoltan Varga said that {WORDS}.", "Zoltan Varga"),
    (f"Ottoline Varga came in. “{WORDS},” said Benedek Thrale.", "Benedek Thrale"),
    (f"“It fails,” said Ottoline Varga. “{WORDS},” said Benedek Thrale.", "Benedek Thrale"),
    (f"Ottoline Varga came in. “{WORDS},” said Mira Lund of the port.", "Mira Lund"),
    (f"Ottoline Varga came in. “{WORDS}.” “Yes,” she said. “It does,” said Mira Lund.", ""),
    (f"Ottoline Varga came in. “You say that {WORDS}?” Mira Lund asked.", "Mira Lund"),
    (f"Ottoline Varga came in. Mira Lund, a pilot from Port Marrow, said: “{WORDS}.”", "Mira Lund"),
    (f"“Listen,” said Mira Lund to Ottoline Varga, “{WORDS}.”", "Mira Lund"),
    (f"“Listen,” said Mira Lund. “{WORDS}. And so on.” Ottoline Varga laughed.", "Mira Lund"),
    (f"Ottoline Varga came in.\n\nBut von Lund said that {WORDS}.", "von Lund"),  # a name, not somebody *of Lund*
    (f"According to Mira Lund, who knows Ottoline Varga, {WORDS}.", "Mira Lund"),
    (f"Ottoline Varga heard Mira Lund. Experts say that {WORDS}.", "Experts"),
    (f"Ottoline Varga war da. „{WORDS}“, sagte Mira Lund.", "Mira Lund"),
    (f"Ottoline Varga est là. « {WORDS} », a déclaré Mira Lund.", "Mira Lund"),
    (f"Оттолине Ottoline Varga. «{WORDS}», — заявила Мира Лунд.", "Мира Лунд"),
    (f"Ottoline Varga在场。林美玲说：“{WORDS}”。", "林美玲"),
    # a pronoun means somebody named before
    (
        f"Benedek Thrale came in late.\n\nIt had rained. “{WORDS},” he said. Ottoline Varga laughed.",
        "Benedek J. Thrale",
    ),
    (
        f"Benedek Thrale came in late.\n\nIt had rained. “Yes,” he said. “{WORDS}.” Ottoline Varga laughed.",
        "Benedek J. Thrale",
    ),
    # a given name that is a pronoun in another language
    (f"Ottoline Varga asked. “No,” answered Ben Lund. “{WORDS}.”", "Ben Lund"),
    (f"Ottoline Varga came in. “{WORDS},” said Ben Lund of the port.", "Ben Lund"),
    # labels
    (f"OTTOLINE VARGA: Yes.\n\nMIRA LUND: {WORDS}.\n\nOTTOLINE VARGA: No.", "MIRA LUND"),
    (f"Ottoline Varga: Yes.\n\nMira Lund (Port Office): Well.\n\n{WORDS}.\n\nOttoline Varga: No.", "Mira Lund"),
    (f"Ottoline Varga — Yes.\n\nMira Lund — {WORDS}.\n\nOttoline Varga — No.", "Mira Lund"),
    (f"Ms. Varga. Yes, Ottoline Varga.\n\nMr. Lund. {WORDS}.\n\nMs. Varga. No.", "Mr. Lund"),
    (f"[Ottoline Varga] Yes.\n\n[Mira Lund] {WORDS}.\n\n[Ottoline Varga] No.", "Mira Lund"),
    (f"**Ottoline Varga:** Yes.\n\n**Mira Lund:** {WORDS}.\n\n**Ottoline Varga:** No.", "Mira Lund"),
    (f"[00:01] Ottoline Varga: Yes.\n\n[00:02] Mira Lund: {WORDS}.\n\n[00:09] Ottoline Varga: No.", "Mira Lund"),
    (f"Ottoline Varga  00:01:10\nYes.\n\nMira Lund  00:01:12\n{WORDS}.\n\nOttoline Varga  00:02\nNo.", "Mira Lund"),
    (f"Ottoline Varga：是。\n\n林美玲：{WORDS}。\n\nOttoline Varga：不。", "林美玲"),
    (f"Benedek Thrale met Ottoline Varga.\n\nThrale: {WORDS}.", "Thrale"),
]


@pytest.mark.parametrize(("text", "other"), OTHERS)
def test_words_of_somebody_else_are_theirs(text: str, other: str) -> None:
    assert told(text)[1] == other


def test_a_clause_behind_words_in_two_paragraphs_counts() -> None:
    transcript = Transcript("Ottoline Varga came in. “The barrier works.\n\nIt works twice a day,” said Mira Lund.")
    (place,) = find(quotation("The barrier works. It works twice a day"), transcript)
    assert speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=False).other == "Mira Lund"


SAID_BY_HER = [
    f"“It fails,” said Benedek Thrale. “{WORDS},” said Ottoline Varga.",
    f"“{WORDS},” said Ottoline Varga. Benedek Thrale laughed.",
    f"Ottoline Varga and Benedek Thrale said that {WORDS}.",
    f"“{WORDS},” said Benedek Thrale and Ottoline Varga.",
    f"“{WORDS},” said former pilot Ottoline Varga, asked by Mira Lund.",
    f"Ottoline Varga came in. Varga, who met Mira Lund, later said that {WORDS}.",
    f"Mira Lund: Who?\n\nOttoline Varga: {WORDS}.\n\nMira Lund: I see.",
    f"Q: Ms Ottoline Varga?\n\nVARGA: {WORDS}.\n\nQ: I see.",
    f"Ottoline Varga (OV) met Mira Lund.\n\nML: Who?\n\nOV: {WORDS}.\n\nML: I see.",
    f"Ottoline: {WORDS}.\n\nMira: I see.\n\nOttoline: Yes. That was Ottoline Varga.",
    f"„{WORDS}“, sagte die Leiterin Ottoline Varga.",
    f"« {WORDS} », a déclaré Mme Ottoline Varga.",
    f"Ottoline Varga表示：“{WORDS}”。",
]


@pytest.mark.parametrize("text", SAID_BY_HER)
def test_words_of_hers_are_hers(text: str) -> None:
    assert told(text) == (True, "")


GIVEN_AWAY = [
    f"Ottoline Varga denied that {WORDS}.",
    f"Ottoline Varga has never denied that {WORDS}.",
    f"Ottoline Varga quoted Mira Lund as saying {WORDS}.",
    f"Ottoline Varga quoted Mira Lund as saying: “{WORDS}.”",
    f"Ottoline Varga criticised Mira Lund, who said that {WORDS}.",
    f"Ottoline Varga criticised ministers who say that {WORDS}.",
    f"Ottoline Varga said she rejected the idea that {WORDS}.",
    f"Ottoline Varga came in. Critics denied that {WORDS}.",
    f"“{WORDS}” is a claim that Ottoline Varga denied.",
    f"“{WORDS}” was dismissed by Ottoline Varga.",
    f"Ottoline Varga hat bestritten, dass {WORDS}.",
    f"Ottoline Varga a nié que {WORDS}.",
    # the source's own words, without a verb of saying
    f"Ottoline Varga laughed at the idea that {WORDS}.",
    f"Ottoline Varga ignored the fact that {WORDS}.",
    f"Ottoline Varga stopped short of saying that {WORDS}.",
    f"Ottoline Varga was accused of saying that {WORDS}.",
    f"Contrary to Ottoline Varga, {WORDS}.",
    f"Ottoline Varga opposed the levy. Still {WORDS}, said her critics.",
    # attributions that are not real
    f"If Ottoline Varga said that {WORDS}, she would be lying.",
    f"Ottoline Varga would be lying if she said that {WORDS}.",
    f"It was not Ottoline Varga who said that {WORDS}.",
    f"Nobody has heard Ottoline Varga say that {WORDS}.",
    f"A parody has Ottoline Varga say: “{WORDS}.”",
    f"Had Ottoline Varga said “{WORDS},” nobody would have minded.",
    # what she says of the words
    f"Ottoline Varga said it was a lie that {WORDS}.",
    f"Ottoline Varga said she did not believe that {WORDS}.",
    f"Ottoline Varga said her opponents believe that {WORDS}.",
    f"Ottoline Varga recalled that somebody had promised that {WORDS}.",
    f"Ottoline Varga warned against believing that {WORDS}.",
    f"Ottoline Varga asked the minister whether {WORDS}.",
    f"Ottoline Varga sagte, niemand glaube, dass es eine Lüge ist, dass {WORDS}.",
    f"Ottoline Varga hat gefragt, ob {WORDS}.",
    # quoted inside her speech
    f"Ottoline Varga said, “A voter told me: ‘{WORDS}.’”",
    f"“A poster says ‘{WORDS}’ now,” said Ottoline Varga.",
    f"“{WORDS},” read a poster behind Ottoline Varga.",
    f"Ottoline Varga否认{WORDS}。",
]
NOT_GIVEN_AWAY = [
    f"Ottoline Varga, who said that {WORDS}, left.",
    f"Ottoline Varga denied the charges and said that {WORDS}.",
    f"Ottoline Varga denied the charges, saying that {WORDS}.",
    f"Ottoline Varga, who denied the charges, said that {WORDS}.",
    f"Officials quoted Ottoline Varga as saying that {WORDS}.",
    f"Ottoline Varga was quoted by the Times as saying that {WORDS}.",
    f"Ottoline Varga denied it. “{WORDS},” she said.",
    f"Ottoline Varga said the disputed report shows that {WORDS}.",
    f"“{WORDS},” said Ottoline Varga, who denied the charge.",
    f"“I deny it,” said Ottoline Varga. “{WORDS}.”",
    f"Ottoline Varga said that {WORDS}, and rejected the rest.",
    f"Ottoline Varga, the director, who said {WORDS}, left.",
    f"“{WORDS},” said the minister, Ottoline Varga.",
    f"Ottoline Varga insisted on Friday, after a meeting that lasted hours, that {WORDS}.",
    f"Ottoline Varga told reporters at noon that {WORDS}.",
    f"Ottoline Varga said that the wall is new and that {WORDS}.",
    f"Ottoline Varga agrees with Mira Lund that {WORDS}.",
    f"Ottoline Varga is convinced that {WORDS}.",
    f"Although it did not rain, Ottoline Varga said that {WORDS}.",
    f"Ottoline Varga told the Times: “{WORDS}.”",
]


@pytest.mark.parametrize("text", GIVEN_AWAY)
def test_words_that_she_denies_or_quotes_are_not_hers(text: str) -> None:
    assert told(text) == (False, "")


@pytest.mark.parametrize("text", NOT_GIVEN_AWAY)
def test_a_verb_that_denies_something_else_gives_no_words_away(text: str) -> None:
    assert told(text) == (True, "")


def test_a_few_lines_that_look_like_labels_make_no_transcript() -> None:
    rest = "\n\n".join(f"The sea was calm on the day of the count, number {n}." for n in range(200))
    text = f"Title: A day\n\nAuthor: A pilot\n\nTitle: Sea\n\n{rest}\n\n“{WORDS},” said Ottoline Varga.\n\n{rest}"
    assert told(text) == (True, "")


@pytest.mark.parametrize(
    "labels",
    [
        "Mira Lund: Yes.\n\nBen Lund: Well.\n\nMira Lund: No." + "\n\nThe sea was calm." * 200,  # far away
        "Mira Lund: Yes.\n\nMira Lund: Well.\n\nMira Lund: No.",  # nobody answers
        "Mira Lund: Yes.\n\nBen Lund: Well.\n\nZoe Lund: No.",  # nobody speaks again
        "Benedek Thrale came in.\n\nThrale: Yes.",  # on another line
    ],
)
def test_labels_that_make_no_transcript_give_nobody_the_words(labels: str) -> None:
    assert told(f"{labels}\n\nBut {WORDS}.") == (False, "")


def test_an_interview_within_a_longer_text_is_a_transcript() -> None:
    rest = "\n\n".join(f"The sea was calm on the day of the count, number {n}." for n in range(200))
    talk = f"Ottoline Varga: Yes.\n\nMira Lund: Well.\n\n{WORDS}.\n\nOttoline Varga: No."
    assert told(f"{rest}\n\n{talk}\n\n{rest}") == (False, "Mira Lund")


DIALOGUE = "Q: Why?\n\nBenedek Thrale: Nobody pays.\n\nQ: Really?\n\nBenedek Thrale: Really.\n\n"
"""An interview that goes before a report about somebody else, or before a turn that reports somebody."""


@pytest.mark.parametrize(
    "text",
    [
        f"Ottoline Varga is less sure. “It costs a lot,” she says. “{WORDS}, I doubt it.”",
        f"Ottoline Varga told us that {WORDS}.",
        f"Ottoline Varga laughed. She told us that {WORDS}.",
        f"Benedek Thrale: As Ottoline Varga said, “{WORDS}.”",
        f"Benedek Thrale: Ottoline Varga told us that {WORDS}.",
    ],
)
def test_words_that_a_turn_reports_are_those_of_the_person_named(text: str) -> None:
    assert told(DIALOGUE + text) == (True, "")
    assert told(DIALOGUE + text, "thrale") != (True, "")


@pytest.mark.parametrize(
    "text",
    [
        f"Benedek Thrale: The letter reads: “{WORDS}.”",
        f"Benedek Thrale: She, the pilot, told us that {WORDS}.",
        f"Ada was at the pier. “It costs a lot,” she says. “{WORDS}.”",
        f"The town was quiet.\n\nIt had a slogan, “{WORDS}.”",
    ],
)
def test_words_that_a_turn_quotes_from_nobody_known_are_nobodys(text: str) -> None:
    assert told(DIALOGUE + text, "thrale") == (False, "")


def test_what_denies_the_words_is_shown() -> None:
    transcript = Transcript(f"Ottoline Varga does not believe that {WORDS}.")
    (place,) = find(quotation(WORDS), transcript)
    told_of = speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=False)
    assert (told_of.named, told_of.away, told_of.unnamed) == (False, "not", "")


def test_a_turn_that_only_reports_is_named() -> None:
    transcript = Transcript(f"{DIALOGUE}Ada was at the pier. “{WORDS},” she says.")
    (place,) = find(quotation(WORDS), transcript)
    assert speaker(PEOPLE["thrale"], PEOPLE.values(), place, transcript, inside=False).turn == "Benedek Thrale"


@pytest.mark.parametrize(
    "text",
    [
        f"But {WORDS}.",
        f"I told them that {WORDS}.",
        f"I told them: “{WORDS}.”",
        f"Wir sagten: „{WORDS}.“",
        f"Benedek Thrale: “Yes. {WORDS}.”",
        f"Benedek Thrale: The town believes that {WORDS}.",
    ],
)
def test_a_turn_that_goes_on_is_its_speakers(text: str) -> None:
    assert told(DIALOGUE + text) == (False, "Benedek Thrale")
    assert told(DIALOGUE + text, "thrale") == (True, "")


UNCLEAR = [
    f"A spokesman for Ottoline Varga said: “{WORDS}.”",
    f"“{WORDS},” said a spokeswoman for Ottoline Varga.",
    f"“{WORDS},” said the lawyer of Ms Varga. That was for Ottoline Varga.",
    f"“{WORDS},” the lawyer of Ottoline Varga said.",
    f"Un porte-parole d’Ottoline Varga a dit que {WORDS}.",
    f"Ottoline Varga met the minister. “{WORDS},” said the minister.",
    f"Ottoline Varga was asked.\n\nQ. Does it?\n\nA. {WORDS}.\n\nQ. I see.",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_a_role_is_not_a_person(text: str) -> None:
    assert told(text) == (False, "")


@pytest.mark.parametrize(
    ("clause", "subject"),
    [
        ("said the minister", "the minister"),
        ("said the prime minister when asked", "the prime minister"),
        ("said another", "another"),
    ],
)
def test_a_role_behind_its_verb_is_shown_as_written(clause: str, subject: str) -> None:
    transcript = Transcript(f"“{WORDS},” {clause}.")
    (place,) = find(quotation(WORDS), transcript)
    assert speaker(PEOPLE["varga"], PEOPLE.values(), place, transcript, inside=False).unnamed == subject


MAY = library("may: {name: Tamsin May, affiliation_note: none}\n").experts["may"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Tamsin May came in.\n\nIt rained.\n\nIn May 2024 it was built: WORDS.", False),
        ("Tamsin May came in.\n\nIt may rain.\n\nIn May it was built: WORDS.", False),
        ("Tamsin May came in.\n\nIt may rain.\n\nMay said that WORDS.", True),
        ("Tamsin May came in.\n\nIt rained.\n\nThe speech of May was: WORDS.", True),
        ("Tamsin May came in, and so did her son Oliver May.\n\nIt rained.\n\nMay said that WORDS.", False),
    ],
)
def test_a_common_word_or_somebody_with_the_same_name_is_not_the_person(text: str, named: bool) -> None:
    transcript = Transcript(text.replace("WORDS", WORDS))
    (place,) = find(quotation(WORDS), transcript)
    assert speaker(MAY, [MAY], place, transcript, inside=False).named == named


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("Ana Garcia", "Ana García dijo", "García"),
        ("Ана Петров", "слова Петрова", "Петрова"),
        ("Ottoline Varga", "Vargas and others", "Vargas"),
        ("Ottoline Varga", "nobody like her", ""),
    ],
)
def test_another_form_of_the_name_is_pointed_out(name: str, text: str, form: str) -> None:
    (who,) = library(f"x: {{name: {name}, affiliation_note: none}}\n").experts.values()
    assert near_form(who, text) == form


def test_a_passage_may_name_somebody() -> None:
    transcript = Transcript("We met Ottoline Varga at noon. Varga laughed.")
    assert is_named(PEOPLE["varga"], PEOPLE.values(), "Varga laughed", transcript)
    assert not is_named(PEOPLE["varga"], PEOPLE.values(), "at noon", transcript)


@pytest.mark.parametrize(
    ("author", "provenance", "own"),
    [
        ({"family": "Varga", "given": "Ottoline"}, "primary", True),
        ({"family": "Varga", "given": "O."}, "primary", True),
        ({"literal": "Ottoline Varga"}, "primary", True),
        ({"family": "Varga", "given": "Zoltan"}, "primary", False),
        ({"family": "Varga", "given": "Ottoline"}, "report", False),
        ("Varga", "primary", False),
    ],
)
def test_a_text_of_their_own(author: object, provenance: str, own: bool) -> None:
    source = Source("x", {"author": [author]}, Location("s"), "X", provenance, None, "X")
    assert is_author(PEOPLE["varga"], source) == own
