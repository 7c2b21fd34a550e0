"""Two closed classes of words that the gate treats with care: negations, and words that stand for other words.

Both lists are short because the classes are: they are grammar, not vocabulary. Languages mixed into one set do no harm
here, since every use of them makes the gate stricter or names what was found. Written for English, German, French,
Spanish, Italian, Dutch and Portuguese from their grammars' tables of negative and personal, demonstrative and relative
pronouns; other languages have no stand-ins, so a bracket there may only add words.
"""

from __future__ import annotations

import re

NEGATIONS = frozenset(
    """
    no not never none nobody nothing nowhere neither nor without cannot cant hardly scarcely barely seldom rarely non
    nicht nichts nie niemals niemand nirgends kein keine keinen keinem keiner keines ohne weder kaum
    ne pas jamais rien aucun aucune personne ni sans guère
    nunca jamás nada nadie ningún ninguna ninguno tampoco sin
    non mai niente nulla nessuno nessuna né senza
    niet niets nooit niemand geen zonder
    não nem nada ninguém nenhum nenhuma sem
    """.split()
)

STAND_INS = frozenset(
    """
    i me my mine we us our ours you your yours he him his she her hers it its they them their theirs
    this that these those such who whom whose which here there now then today the a an
    ich mich mir mein wir uns unser er ihn ihm sein sie ihr ihnen es dies diese dieser dieses diesen diesem
    das der die den dem des ein eine einen einem einer eines hier dort da jetzt heute
    je me moi mon ma mes nous notre nos vous votre vos il elle ils elles lui leur leurs son sa ses
    ce cet cette ces cela ceci ça le la les un une ici là maintenant
    yo mi mis nosotros nuestro nuestra él ella ellos ellas su sus este esta estos estas ese esa esos esas
    esto eso el los las aquí allí ahora hoy
    io mio mia noi nostro nostra lui lei loro suo sua questo questa questi queste quello quella il lo gli qui ora oggi
    ik mij mijn wij ons onze hij hem zijn zij haar hun het deze dit die dat de een hier daar nu
    eu meu minha nós nosso nossa ele ela eles elas seu sua este esta isso isto o os as aqui agora hoje
    """.split()
)
"""Without *in*, *to* and the like: those are words of their own, not stand-ins."""

_WORD = re.compile(r"\w+(?:'\w+)*")


def negations(key: str) -> tuple[str, ...]:
    """The negations in a folded text, in order: words of the list, and contractions such as `don't`."""
    found = (word.group().casefold() for word in _WORD.finditer(key))
    return tuple(
        word for word in found if word in NEGATIONS or word.endswith("n't") or word.startswith(("n'", "cannot"))
    )
