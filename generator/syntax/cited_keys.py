"""Every citation of a record, with the place of its key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model import Cluster, Prose
from generator.model.walk import walk
from generator.syntax.spans import place_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Citation
    from generator.problems import Location


def citations(record: object) -> Iterator[tuple[Citation, Location]]:
    """Yield every citation in `record`, in prose and `cite` fields, with the place of its key."""
    in_prose = {cluster: prose for prose in walk(record, Prose) for cluster in prose.clusters}
    for cluster in walk(record, Cluster):
        for citation in cluster.citations:
            yield citation, _key_place(citation, cluster, in_prose.get(cluster))


def _key_place(citation: Citation, cluster: Cluster, prose: Prose | None) -> Location:
    """Return the place of a key. In a `cite` field, whose text is not stored, it is found by its offset if all is in one line."""
    length = len(citation.key) + 1
    if prose:
        return place_at(prose.text, citation.offset, length)
    first = cluster.citations[0]
    begins = 0 if first.prefix else first.offset - first.suppress_author
    ahead = citation.offset - begins
    if ahead + length > cluster.place.length:
        return cluster.place
    return replace(cluster.place, column=cluster.place.column + ahead, length=length)
