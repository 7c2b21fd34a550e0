"""Earlier editions in addition to the latest: PDFs that the project keeps as they were published, each at an address that never changes.

`briefs/editions/SLUG-N.pdf` is published as `editions/SLUG-N.pdf`. Such a PDF holds its whole brief, and `brief verify` makes it again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.project import KEPT_EDITIONS
from generator.site import addresses

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.engine import Made, Reads

_NAME = re.compile(r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<edition>[1-9][0-9]{0,3})\.pdf")


def kept_editions(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By slug, the numbers of the editions among the names of files, in order; other names are left alone."""
    editions: dict[str, list[int]] = {}
    for name in names:
        if match := _NAME.fullmatch(name):
            editions.setdefault(match["slug"], []).append(int(match["edition"]))
    return {slug: tuple(sorted(numbers)) for slug, numbers in editions.items()}


def make_edition(reads: Reads, slug: str, edition: int) -> Made:
    """One kept PDF, byte for byte. A link that leads out of the project is not followed."""
    from pathlib import Path

    from generator.engine import Made
    from generator.system.regular_files import refuse_outside

    path = f"{KEPT_EDITIONS}/{slug}-{edition}.pdf"
    content = reads.file(path)
    refuse_outside(Path(reads.root), path)
    return Made(outputs={addresses.edition_file(slug, edition): content})
