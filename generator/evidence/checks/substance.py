"""Whether a passage under `support` can support anything: it has content, not only function words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.evidence.checks.walk import walk
from generator.evidence.gate.quotation import count_words
from generator.model import Statement
from generator.problems import Code, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.evidence.checks.subject import Subject

SUPPORT_EMPTY = Code(
    "support-empty",
    Severity.ERROR,
    "a passage too short or empty to support anything",
    "The passage under `support` is what a paraphrase rests on. Fewer than three words, or words such as *that it is in the*, stand "
    "in every text and support nothing. Give the passage that says what `says` says: at least three words, two of them with a "
    "meaning of their own.",
    wrong='voices: [{id: v, who: ann, says: Controls do harm., support: that it is, cite: "@talk, para. 2"}]',
    right='voices: [{id: v, who: ann, says: Controls do harm., support: controls have harmed firms, cite: "@talk, para. 2"}]',
)

CODES = (SUPPORT_EMPTY,)

SHORTEST = 3
"""Words of a passage."""
CONTENT = 2
"""Words in it that are no function words."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_FUNCTION_WORDS = frozenset(
    """
    a an the this that these those there here it its he him his she her hers they them their i me my we us our you your who whom
    whose which what when where why how and or but nor so yet if then than as at by for from in into of off on onto out over to
    under up with without about after before between through during not no is are was were be been being am has have had having
    do does did will would shall should can could may might must also just very more most some any all each such
    der die das den dem des ein eine einen einem einer eines dies diese dieser dieses es er ihn ihm sie ihr ihnen wir uns ich mich
    mir du und oder aber denn dass daß ob wenn als wie wo was wer an auf aus bei bis durch für gegen in im ins mit nach ohne
    seit über um unter von vom vor zu zum zur nicht kein keine ist sind war waren sein wird werden wurde wurden hat haben hatte
    hatten kann können soll sollen muss müssen auch nur noch so sehr
    le la les l un une des du de d ce cet cette ces il elle ils elles on je tu nous vous me te se lui leur y en et ou mais donc or ni car
    que qui quoi dont où si à au aux par pour sur sous dans avec sans entre ne pas est sont était étaient être a ont avait avaient
    été fait peut doit plus très aussi
    el los las una unos unas del al lo su sus que quien como cuando donde y e o u pero si no en por para con sin sobre entre es son
    era eran ser fue fueron ha han había se le les más muy también
    il gli i uno della dello degli delle nel nella che chi come quando dove ed ma se non per con senza tra fra è sono era erano
    essere ha hanno aveva si più molto anche
    de het een dit dat die deze hij zij ze wij en of maar als in op van voor met zonder aan bij naar om te niet geen is zijn was
    waren wordt worden heeft hebben had hadden kan moet ook
    os as um uma do da dos das no na nos nas ao que quem e ou mas se não em por para com sem é são era eram foi foram há tem
    """.split()
)
"""Articles, pronouns, prepositions, conjunctions and auxiliaries of English, German, French, Spanish, Italian, Dutch and
Portuguese, from their grammars. In other languages every word counts as content."""


def check_support(subject: Subject) -> Iterator[Problem]:
    """`support-empty`, at each passage under `support`."""
    for statement in walk(subject.brief, Statement):
        if statement.support and not has_content(statement.support.value):
            message = f"“{statement.support.value.strip()[:60]}” is too little to support anything"
            hint = "give at least three words, two of them with a meaning of their own"
            yield SUPPORT_EMPTY.at(statement.support.place, message, hint)


def has_content(passage: str) -> bool:
    """Whether a passage has words enough, and enough of them are no function words."""
    content = [word for word in _WORD.findall(passage.casefold()) if word not in _FUNCTION_WORDS and len(word) > 1]
    unspaced = len(_UNSPACED.findall(passage)) >= 2 * CONTENT
    return count_words(passage) >= SHORTEST and (unspaced or len(content) >= CONTENT)
