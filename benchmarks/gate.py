"""Measures the speed of the quotation gate: 10,000 quotations and 1,000 captures of 5,000 words, on one core.

    python benchmarks/gate.py [--captures 1000] [--quotations 10000]

The texts are invented words with the punctuation of real ones. Half of the quotations are true, of 5 to 40 words; some are
false, some have an ellipsis or a bracket; an ellipsis that leaves out a number, or joins two speakers, is refused. Prints
processor seconds for each stage, for half of the captures and for all, so that growth is visible. The exit code is 1 if all
of them take longer than ten seconds.
"""

from __future__ import annotations

import argparse
import random
import time

from generator.evidence.gate import Transcript, find
from generator.evidence.gate.quotation import quotation

LIMIT = 10.0
SYLLABLES = ("ba", "ko", "ri", "ten", "sul", "mar", "vé", "dra", "pon", "lis", "qua", "ger", "tho", "nim", "ost", "wel")


def invented_text(rng: random.Random, lexicon: list[str], words: int = 5_000) -> str:
    """Paragraphs of sentences with commas, curly quotation marks, dashes, hyphens and numbers."""
    paragraphs: list[str] = []
    written = 0
    while written < words:
        sentences = []
        for _ in range(rng.randint(2, 6)):
            chosen = rng.choices(lexicon, k=rng.randint(6, 28))
            chosen[0] = chosen[0].capitalize()
            chosen[rng.randrange(len(chosen))] = str(rng.randint(2, 2_000))
            sentence = " ".join(chosen)
            sentence = rng.choice(
                ("{}.", "“{},” she said.", "{} – or not.", "{}; it was the city’s well-known view.")
            ).format(sentence)
            sentences.append(sentence)
            written += len(chosen)
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def quotations(rng: random.Random, texts: list[str], number: int) -> list[tuple[int, str, bool]]:
    """Number of the text, the words, and whether they are in it."""
    made = []
    split = [text.split() for text in texts]
    for i in range(number):
        at = i % len(texts)
        words = split[at]
        start = rng.randrange(len(words) - 45)
        chosen = words[start : start + rng.randint(5, 40)]
        kind = i % 10
        if kind < 3:  # false: a word in the middle is replaced
            chosen[len(chosen) // 2] = "elsewhere"
        elif kind == 3 and len(chosen) > 8:
            chosen[4:5] = ["…"]
        elif kind == 4:
            chosen.insert(2, "[of the city]")
        made.append((at, " ".join(chosen), kind >= 3))
    return made


def run(captures: int, number: int, rng: random.Random) -> float:
    lexicon = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(8_000)]
    texts = [invented_text(rng, lexicon) for _ in range(captures)]
    asked = quotations(rng, texts, number)
    start = time.process_time()
    transcripts = [Transcript(text) for text in texts]
    for transcript in transcripts:
        assert transcript.readings
        assert transcript.layout
    folded = time.process_time()
    verified = [bool(find(quotation(words), transcripts[at], "en")) for at, words, _ in asked]
    ended = time.process_time()
    wrong = sum(found and not true for found, (_, _, true) in zip(verified, asked, strict=True))
    missed = sum(true and not found for found, (_, _, true) in zip(verified, asked, strict=True))
    print(
        f"{number:,} quotations, {captures:,} captures: folding {folded - start:.2f} s, finding {ended - folded:.2f} s, "
        f"whole {ended - start:.2f} s; {wrong} falsely verified, {missed} refused although each word is there"
    )
    assert not wrong
    return ended - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--captures", type=int, default=1_000)
    parser.add_argument("--quotations", type=int, default=10_000)
    given = parser.parse_args()
    run(given.captures // 2, given.quotations // 2, random.Random(1))
    seconds = run(given.captures, given.quotations, random.Random(1))
    return 1 if seconds > LIMIT else 0


if __name__ == "__main__":
    raise SystemExit(main())
