"""What is promised after every fault: each output is whole, old or new; the database is right; the next build finishes the job."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Protocol

from generator.engine import Report, TargetStatus, atomic, db_format

if TYPE_CHECKING:
    from pathlib import Path


class Workshop(Protocol):
    @property
    def root(self) -> Path: ...

    def build(self, *names: str, **options: Any) -> Report: ...


class Aftermath:
    """Knows what outputs may look like, because each version was also built where nothing goes wrong."""

    def __init__(self, workshop: Workshop, *names: str, **options: Any) -> None:
        """`options` are for every build of these targets, above all `out` and `store`."""
        self._workshop = workshop
        self._names = names
        self._options = options
        self.out: Path = options.get("out", workshop.root / "out")
        self.store: Path = options.get("store", workshop.root / "store")
        self._versions: list[dict[str, bytes]] = []

    def build(self, **options: Any) -> Report:
        return self._workshop.build(*self._names, **{**self._options, **options})

    def learn(self) -> None:
        """What is to be read now is one more version that outputs may be of, and the one that the next build has to make."""
        fresh = self._workshop.root / "fresh"
        assert self.build(out=fresh / "out", store=fresh / "store", cache="").ok
        self._versions.append(contents(fresh / "out"))
        shutil.rmtree(fresh)

    def assert_whole(self) -> None:
        for path, content in contents(self.out).items():
            assert content in [version.get(path) for version in self._versions], path

    def assert_survived(self, **options: Any) -> Report:
        """Gives the report of the build that finished the job."""
        self.assert_whole()
        return self.assert_finished(**options)

    def assert_finished(self, **options: Any) -> Report:
        """As above, where outputs may be of a version that was never at rest."""
        database = self.store / "database"
        assert not database.exists() or not db_format.load(database).changed, "the database is damaged"
        report = self.build(**options)
        assert report.ok, [outcome.failure for outcome in report.outcomes]
        assert contents(self.out) == self._versions[-1]
        again = self.build(**options)
        assert {outcome.status for outcome in again.outcomes} == {TargetStatus.SKIPPED}
        for folder in (self.out, self.store):
            assert not list(folder.rglob(f"{atomic.PREFIX}*"))
        return report


def contents(folder: Path) -> dict[str, bytes]:
    """Of all outputs, by path. Names with a dot before them are no outputs: unfinished files, the engine's own folder."""
    paths = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if "/." not in f"/{name}"}
