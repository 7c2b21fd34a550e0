"""No room, no right to write, a file system that falters: old outputs stay whole, and the build is finished once it can be."""

from __future__ import annotations

import errno
import itertools
import os
import resource
from contextlib import contextmanager

import pytest

from generator.engine import CannotWrite, TargetStatus, Waiting, db_format
from tests.engine import mounts
from tests.engine.aftermath import Aftermath

pytestmark = pytest.mark.forks

NAMES = ("x", "y", "z")


def write_all(workshop, version: int, pages: int = 1) -> None:
    """Each target makes two outputs: one of about so many pages of memory, one of some more."""
    workshop.write("style", "y" * 10_000)
    for name in NAMES:
        workshop.write(name, f"print version {version} {'x' * (4000 * pages)}")


@pytest.fixture
def aftermath(workshop):
    """Of builds whose outputs and database lie on a disk that a test may mount."""
    disk = workshop.root / "disk"
    return Aftermath(workshop, *NAMES, out=disk / "out", store=disk / "store")


@pytest.fixture
def saves_often(monkeypatch):
    monkeypatch.setattr(db_format, "PAUSE", 0.0)
    monkeypatch.setattr(db_format, "CHECKPOINT", 0)


def build_in_trouble(aftermath, **options) -> str:
    """All that is said of what could not be written: of the run, or of single targets."""
    try:
        report = aftermath.build(**options)
    except CannotWrite as fault:
        return str(fault)
    return " ".join(outcome.failure.message for outcome in report.outcomes if outcome.failure)


# ------------------------------------------------------------ no room


@pytest.mark.usefixtures("saves_often")
def test_a_disk_that_gets_full_at_any_point(workshop, aftermath):
    """A real one, of 60 pages of memory; each round leaves one page more, until the build fits."""

    def fill_and_build() -> None:
        mounts.own_mounts()
        mounts.small_disk(workshop.root / "disk", 60 * 4096)
        write_all(workshop, 0)
        aftermath.learn()
        aftermath.assert_survived()
        ballast, said = workshop.root / "disk/ballast", []
        for pages in range(60):
            write_all(workshop, pages + 1, pages=2)
            aftermath.learn()
            fill(ballast, pages)
            said.append(build_in_trouble(aftermath, cache=""))
            aftermath.assert_whole()
            ballast.unlink()
            aftermath.assert_survived()
            if not said[-1]:
                break
        assert not said[-1]
        assert all("no space left on device" in message for message in said[:-1])
        assert any("/lock:" in message for message in said), "no room for anything"
        assert any("/database:" in message for message in said), "no room for the database"
        assert any(".html:" in message for message in said), "no room for a page"
        assert any(".pdf:" in message for message in said), "no room for a PDF"

    mounts.in_child(fill_and_build)


def fill(ballast, pages: int) -> None:
    """Leave room for so many pages of memory."""
    free = os.statvfs(ballast.parent).f_bavail - pages
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free * 4096))


def test_a_file_that_is_too_large_breaks_its_target_and_keeps_the_old_outputs(workshop, story):
    """Where no disk can be mounted, a limit on the size of files stands for it: small outputs fit, the large one fails half way."""
    aftermath = Aftermath(workshop, "x", "y")
    workshop.write("x", "print small")
    workshop.write("y", "print small")
    aftermath.learn()
    aftermath.build()
    workshop.write("x", "print large " + "x" * 50_000)
    workshop.write("y", "print other")
    aftermath.learn()
    with file_size_limit(20_000):
        report = aftermath.build(cache="")
    assert [outcome.status for outcome in report.outcomes] == [TargetStatus.BROKEN, TargetStatus.BUILT]
    assert "x.html: file too large" in report.outcomes[0].failure.message
    assert story(aftermath.assert_survived()) == "x: built page pdf\ny: skipped"


def test_half_of_a_target_written_is_not_taken_for_the_whole(workshop, story):
    """The page was written and the PDF was not; then the fact file is put back as it was."""
    workshop.write("style", "y" * 100)
    workshop.write("x", "print small")
    workshop.build("x")
    workshop.write("x", "print " + "x" * 19_950)
    with file_size_limit(20_000):
        report = workshop.build("x", cache="")
    assert "x.pdf: file too large" in report.outcomes[0].failure.message
    workshop.write("x", "print small")
    assert story(workshop.build("x")) == "x: built page pdf"
    assert workshop.read("x.html") == "print small\n"


def test_no_room_for_the_database_ends_the_run_with_a_sentence(workshop, story):
    workshop.write("x", "print small")
    with file_size_limit(200), pytest.raises(CannotWrite, match="database: file too large"):
        workshop.build("x", cache="")
    assert story(workshop.build("x")) == "x: built page pdf"


@contextmanager
def file_size_limit(size: int):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# ------------------------------------------------------------ no right to write


@pytest.mark.parametrize("where", ["out", "."])
def test_a_disk_that_is_read_only(workshop, aftermath, where):
    """Root may not write there either. With the database on it too, the run ends; otherwise its targets break."""

    def build_read_only() -> None:
        mounts.own_mounts()
        folder = workshop.root / "disk" / where
        folder.mkdir(parents=True)
        mounts.make_mount_point(folder)
        write_all(workshop, 0)
        aftermath.learn()
        aftermath.assert_survived()
        write_all(workshop, 1)
        aftermath.learn()
        mounts.set_read_only(folder, True)
        assert "read-only file system" in build_in_trouble(aftermath)
        aftermath.assert_whole()
        mounts.set_read_only(folder, False)
        aftermath.assert_survived()

    mounts.in_child(build_read_only)


def test_a_folder_that_forbids_writing(workshop, aftermath):
    def build_without_right() -> None:
        mounts.obey_modes()
        write_all(workshop, 0)
        aftermath.learn()
        aftermath.assert_survived()
        write_all(workshop, 1)
        aftermath.learn()
        aftermath.out.chmod(0o500)
        assert build_in_trouble(aftermath).count("permission denied") == len(NAMES)
        aftermath.assert_whole()
        aftermath.out.chmod(0o700)
        aftermath.assert_survived()

    mounts.in_child(build_without_right)


def test_an_output_that_cannot_be_written_breaks_its_target_only(workshop, story):
    """A folder stands where the file should be."""
    workshop.write("x", "print hello")
    workshop.write("y", "print hello")
    (workshop.root / "out/x.html").mkdir(parents=True)
    report = workshop.build("x", "y")
    assert story(report) == "x: broken page pdf\ny: built page pdf"
    assert "x.html: is a directory" in report.outcomes[0].failure.message
    (workshop.root / "out/x.html").rmdir()
    assert story(workshop.build("x", "y")) == "x: built page pdf\ny: skipped"


# ------------------------------------------------------------ renames as network drives have them


@pytest.mark.parametrize("problem", [errno.ESTALE, errno.EBUSY, errno.EIO], ids=errno.errorcode.get)
@pytest.mark.parametrize("done", [False, True], ids=["refused", "done, but the answer is lost"])
@pytest.mark.usefixtures("saves_often")
def test_a_rename_that_fails_once(workshop, aftermath, monkeypatch, problem, done):
    """Whichever it is. An answer that is lost comes back as the failure of the second try, after the first has renamed."""
    rename = os.replace
    for number in itertools.count():
        write_all(workshop, number)
        aftermath.learn()
        numbers = itertools.count()

        def falter(source, target, at=number, numbers=numbers) -> None:
            fails = next(numbers) == at
            if done or not fails:
                rename(source, target)
            if fails:
                raise OSError(problem, os.strerror(problem), str(target))

        monkeypatch.setattr(os, "replace", falter)
        said = build_in_trouble(aftermath, cache="")
        monkeypatch.setattr(os, "replace", rename)
        aftermath.assert_survived()
        if not said:
            break
        assert os.strerror(problem).lower() in said
    assert number >= 3 * len(NAMES), "two outputs and a database for each target"


def test_while_a_rename_takes_its_time_outputs_are_whole_and_other_builds_wait(workshop, aftermath, monkeypatch):
    write_all(workshop, 0)
    aftermath.learn()
    aftermath.build()
    write_all(workshop, 1)
    aftermath.learn()
    rename, seen = os.replace, []

    def give_up(event) -> None:
        assert event == Waiting()
        raise TimeoutError("another build is running")

    def dawdle(source, target) -> None:
        aftermath.assert_whole()
        with pytest.raises(TimeoutError, match="another build"):
            aftermath.build(on_event=give_up)
        rename(source, target)
        aftermath.assert_whole()
        seen.append(target)

    monkeypatch.setattr(os, "replace", dawdle)
    aftermath.build()
    monkeypatch.undo()
    assert len(seen) >= 2 * len(NAMES)
    aftermath.assert_survived()
