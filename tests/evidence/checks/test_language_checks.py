"""Whether texts are in the language that the page says they are in."""

from __future__ import annotations

import pytest

from generator.evidence.checks import check_library
from tests.evidence.checks.findings import findings
from tests.support import brief, library

GERMAN = "Die Regeln sind zu streng und gelten nicht für alle, die im Hafen arbeiten."
SENTENCES = {
    "en": "The rules are too strict and do not apply to all of those who work at the harbour.",
    "de": GERMAN,
    "fr": "Les règles sont trop strictes et ne valent pas pour tous ceux qui travaillent dans le port.",
    "es": "Las reglas son demasiado estrictas y no valen para todos los que trabajan en el puerto.",
    "it": "Le regole sono troppo severe e non valgono per tutti quelli che lavorano nel porto.",
    "pt": "As regras são demasiado severas e não valem para todos os que trabalham no porto.",
    "nl": "De regels zijn te streng en gelden niet voor alle mensen die in de haven werken.",
    "pl": "Zasady są zbyt surowe i nie obowiązują wszystkich, którzy pracują w porcie, także na statkach.",
    "uk": "Правила занадто суворі, і вони діють не для всіх, хто працює в порту, але їх або змінять, або скасують.",
    "ru": "Правила слишком строгие, и они действуют не для всех, кто работает в порту, но их или изменят, или отменят.",
    "sv": "Reglerna är för stränga och gäller inte för alla som arbetar i hamnen och på båtarna.",
    "ar": "القواعد صارمة جدا ولا تسري على كل الذين يعملون في الميناء من الصباح إلى المساء.",
    "hi": "नियम बहुत सख्त हैं और बंदरगाह में काम करने वाले सभी लोगों पर लागू नहीं होते हैं।",
    "he": "הכללים נוקשים מדי והם אינם חלים על כל מי שעובד בנמל.",
    "ja": "規則は厳しすぎて、港で働くすべての人に適用されるわけではない。",
}


def found(text, **known):
    return findings(text, "other-language", known=library(**known) if known else None)


@pytest.mark.parametrize("tag", SENTENCES)
def test_a_sentence_is_reported_in_every_language_but_its_own(tag):
    for expected in SENTENCES:
        problems = found(f"title: T\nlanguage: {expected}\nlimits: |\n  {SENTENCES[tag]}\n")
        assert [problem.place.line for problem in problems] == ([4] if expected != tag else []), expected


def test_the_language_and_what_to_do_are_named():
    (problem,) = found(f"title: A title\nsubtitle: More\nsummary: |\n  This is the first. {GERMAN}\n")
    assert (problem.place.line, problem.place.column, problem.place.length) == (4, 22, len(GERMAN))
    assert problem.message == "this sentence is in German, and the brief in English"
    assert problem.hint == "translate it; if these are words of a source, put them in quotation marks and cite it"


def test_a_brief_whose_language_was_forgotten_is_one_problem():
    text = f"title: Gelten die Regeln auch für die Fähren in der Nacht?\nsummary: {GERMAN}\nlimits: {GERMAN}\n"
    (problem,) = found(text)
    assert (problem.place.line, problem.hint) == (1, "add `language: de` to the brief")
    assert "language is English" in problem.message
    assert found(text + "language: de\n") == []


QUOTED = "title: T\nvoices:\n  - {id: v, who: ann, quote: '%s', cite: '@talk'%s}\n"
IN_GERMAN = "references:\n  - {id: talk, type: speech, title: A talk, language: de-AT}\n"


def test_a_quotation_needs_a_language():
    (problem,) = found(QUOTED % (GERMAN, ""))
    assert (problem.place.line, problem.hint) == (3, "write `language: de` in the source")
    assert found(QUOTED % (GERMAN, ", language: de")) == []
    assert found(QUOTED % (GERMAN, ""), sources=IN_GERMAN) == []
    (wrong,) = found(QUOTED % (GERMAN, ", language: fr"))
    assert wrong.hint == "write `language: de` in the quotation"


def test_a_translated_quotation_is_in_the_language_of_the_brief():
    assert found(QUOTED % (SENTENCES["en"], ", translated_by: the editors"), sources=IN_GERMAN) == []
    (problem,) = found(QUOTED % (GERMAN, ", translated_by: the editors"), sources=IN_GERMAN)
    assert "read aloud and hyphenated as English" in problem.message


def test_a_quotation_in_prose_needs_the_language_of_its_source():
    text = f"title: T\nlimits: She said “{GERMAN[:-1]}” [@talk, p. 2] and left.\n"
    (problem,) = found(text)
    assert problem.hint == "write `language: de` in the source"
    assert found(text, sources=IN_GERMAN) == []


def test_a_title_without_a_language_is_shown_at_its_source_once():
    source = "references:\n  - {id: talk, type: speech, title: Über die Regeln und was sie für den Hafen bedeuten%s}\n"
    briefs = [brief(QUOTED % (GERMAN, "")), brief("title: U\nlimits: See [@talk].\n")]
    known = library(sources=source % "")
    problems = [one for one in check_library(known, briefs) if one.code == "other-language"]
    assert [(one.place.file, one.hint) for one in problems] == [
        ("briefs/sources.yaml", "add `language: de` to the source")
    ]
    assert found(QUOTED % (GERMAN, ""), sources=source % "") == []
    known = library(sources=source % ", language: de")
    assert not [one for one in check_library(known, briefs) if one.code == "other-language"]


@pytest.mark.parametrize(
    "words",
    [
        "Charles de Gaulle, Ursula von der Leyen, Vincent van den Berg.",
        "Universidad Nacional de Educación a Distancia de la Rioja.",
        "Le Monde and the Frankfurter Allgemeine have reported on “die Würde des Menschen”.",
        "Мария Петровна Примерова, Иван Иванович Образцов.",
        "The Ministry (وزارة الشؤون الخارجية) and the party 日本共産党 have answered.",
        "debian/po/de.po debian/po/en.po de.c la.c el.c https://de.example.org/la/de/los",
        "Nein, danke.",
    ],
)
def test_names_addresses_and_a_few_words_are_in_any_language(words):
    assert found(f"title: T\nlimits: |\n  {words}\n") == []


def test_languages_without_words_are_not_judged():
    assert found(f"title: T\nlanguage: eu\nlimits: {GERMAN}\n") == []
    assert found(f"title: T\nlanguage: eu\nlimits: {SENTENCES['uk']}\n") != []


@pytest.mark.parametrize("tag", ["sr", "sr-Latn", "uz"])
def test_a_language_may_have_several_scripts(tag):
    assert found(f"title: T\nlanguage: {tag}\nlimits: Pravila su prestroga i ne važe za sve koji rade u luci.\n") == []
