"""Editions with addresses of their own: the PDFs that a project keeps in `briefs/editions/`, published unchanged.

The extract of a brief lists the editions that were accepted as PDFs of that brief (`pipeline/edition_files.py`), with the SHA-256 of each
file. Only a file with this digest is published.

Short, because each kind of file of the site has a module of its own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from generator.project import kept_edition
from generator.site import addresses
from generator.system.regular_files import refuse_outside

if TYPE_CHECKING:
    from generator.engine import Made, Reads, Rejected


def make_edition(reads: Reads, slug: str, edition: int, digest: str) -> Made | Rejected:
    """One kept PDF, byte for byte. A file that has changed since it was accepted is not published; the build of the brief reports it."""
    from generator.engine import Made, Rejected

    path = kept_edition(slug, edition)
    try:
        content = reads.file(path)
        refuse_outside(reads.root, path)
    except OSError:
        return Rejected()
    if hashlib.sha256(content).hexdigest() != digest:
        return Rejected()
    return Made(outputs={addresses.edition_file(slug, edition): content})
