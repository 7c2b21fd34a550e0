"""The whole campaign: `python -m tests.adversary --manuals`, as `make test-gate` runs it."""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

from tests.adversary import contexts, layouts, manuals
from tests.adversary.campaign import Tally, another_text, attack
from tests.adversary.corpus import languages


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often each kind is made of each quotation")
    parser.add_argument("--languages", default="", help="only these, separated by commas")
    parser.add_argument("--manuals", action="store_true", help="attack the manuals of Debian packages too")
    parser.add_argument("--failures", type=Path, help="write every failure into this file")
    options = parser.parse_args()
    tally, began = Tally(), time.monotonic()
    chosen = languages(tuple(filter(None, options.languages.split(","))))
    for language in chosen:
        rng = random.Random(f"adversary {language.tag}")
        attack(language, rng, tally, options.rounds)
        another_text(language, chosen, rng, tally)
    documents = list(manuals.manuals()) if options.manuals else []
    for manual in documents:
        manuals.attack(manual, random.Random(f"adversary {manual.tag} {manual.name}"), tally)
    layouts.attack(chosen, tally, random.Random("adversary layouts"))
    contexts.attack(tally, random.Random("adversary contexts"))
    print(*tally.lines(), sep="\n")
    print(f"{len(chosen)} languages, {len(documents)} manuals, {time.monotonic() - began:.0f} s")
    failures = [*tally.verified, *tally.refused, *tally.misnamed]
    if options.failures:
        options.failures.write_text("".join(f"{failure}\n" for failure in failures), "utf-8")
    else:
        print(*failures[:40], sep="\n")
    return 1 if failures else 0


def _run() -> int:
    try:
        return main()
    except manuals.Missing as missing:
        print(missing, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(_run())
