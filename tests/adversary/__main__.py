"""The whole campaign: `python -m tests.adversary [--rounds N] [--languages de,fr] [--failures FILE]`."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from tests.adversary.campaign import Tally, another_text, attack
from tests.adversary.corpus import languages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=4, help="how often each kind is made of each quotation")
    parser.add_argument("--languages", default="", help="only these, separated by commas")
    parser.add_argument("--failures", type=Path, help="write every failure into this file")
    options = parser.parse_args()
    tally, began = Tally(), time.monotonic()
    chosen = languages(tuple(filter(None, options.languages.split(","))))
    for language in chosen:
        rng = random.Random(f"adversary {language.tag}")
        attack(language, rng, tally, options.rounds)
        another_text(language, chosen, rng, tally)
    print(*tally.lines(), sep="\n")
    print(f"{len(chosen)} languages, {time.monotonic() - began:.0f} s")
    failures = [*tally.verified, *tally.refused]
    if options.failures:
        options.failures.write_text("".join(f"{failure}\n" for failure in failures), "utf-8")
    else:
        print(*failures[:40], sep="\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
