"""Which steps run, and why; each test asserts the story of a build as text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from generator.engine import (
    Begun,
    BuildError,
    Deferred,
    Ended,
    Made,
    Reads,
    Rejected,
    Started,
    Step,
    Target,
    build,
    db_format,
    explain,
)
from generator.engine.stat import UNSTABLE
from generator.engine.trace import World


def test_builds_everything_once_and_then_nothing(workshop, story):
    workshop.write("x", "print hello")
    workshop.write("y", "print world")
    assert story(workshop.build("x", "y")) == "x: built page pdf\ny: built page pdf"
    assert story(workshop.build("x", "y")) == "x: skipped\ny: skipped"
    assert workshop.outputs == ["x.html", "x.pdf", "y.html", "y.pdf"]


def test_builds_only_what_changed(workshop, story):
    workshop.write("x", "print hello")
    workshop.write("y", "print world")
    workshop.build("x", "y")
    workshop.write("y", "print all")
    assert story(workshop.build("x", "y")) == "x: skipped\ny: built page pdf"


def test_a_page_that_prints_the_same_costs_no_pdf(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    workshop.write("x", "print hello", "a word that is not printed")
    assert story(workshop.build("x")) == "x: built page"
    assert "not printed" in workshop.read("x.html")


def test_a_later_step_runs_alone_if_the_cache_has_what_it_takes(workshop, story):
    kept = (Step("page", workshop.brief[0].function, cached=True), workshop.brief[1])
    workshop.write("x", "print hello")
    workshop.build("x", steps=kept)
    workshop.write("style", "bold")
    report = workshop.build("x", steps=kept)
    assert story(report) == "x: built pdf"
    assert explain(report) == "x: built\n  pdf: style appeared"
    assert "bold" in workshop.read("x.pdf")


def test_an_unchanged_step_runs_again_if_what_it_made_is_needed_and_gone(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    workshop.write("style", "bold")
    report = workshop.build("x")
    assert story(report) == "x: built page pdf"
    assert explain(report) == "x: built\n  page: unchanged, but pdf needs what it makes\n  pdf: style appeared"


def make_parts(reads: Reads, path: str) -> Made:
    first, second = reads.file(path).splitlines()
    return Made({"first": first, "second": second})


def join(_: Reads, first: bytes, second: bytes) -> Made:
    return Made(outputs={"joined": first + second})


def test_of_the_parts_that_a_step_takes_the_changed_one_is_named(workshop):
    steps = (Step("parts", make_parts), Step("join", join, inputs=("parts.first", "parts.second")))
    workshop.write("x", "one", "two")
    workshop.build("x", steps=steps)
    workshop.write("x", "one", "three")
    report = workshop.build("x", steps=steps)
    assert explain(report) == "x: built\n  parts: x changed\n  join: parts.second changed"
    assert workshop.read("joined") == "onethree"


def test_a_step_may_be_given_by_its_address(workshop, story):
    workshop.write("x", "print hello")
    steps = (Step("page", Deferred("tests.engine.conftest:make_page")), workshop.brief[1])
    assert story(workshop.build("x", steps=steps)) == "x: built page pdf"
    assert story(workshop.build("x", steps=steps)) == "x: skipped"
    assert "hello" in workshop.read("x.html")


def copy_all(reads: Reads, folder: str) -> Made:
    return Made(outputs={name: reads.peek(f"{folder}/{name}") for name in reads.folder(folder)})


def test_a_step_gets_the_names_in_a_folder_and_bytes_of_which_it_records_nothing(workshop, story):
    workshop.write("texts/b", "two")
    workshop.write("texts/a", "one")
    steps = (Step("copy", copy_all),)
    workshop.build("texts", steps=steps)
    assert [workshop.read(name) for name in workshop.outputs] == ["one\n", "two\n"]
    workshop.write("texts/a", "three")
    assert story(workshop.build("texts", steps=steps)) == "texts: skipped"
    workshop.write("texts/c", "four")
    assert story(workshop.build("texts", steps=steps)) == "texts: built copy"


def tell_root(reads: Reads, _: str) -> Made:
    return Made(outputs={"root": reads.root.encode()})


def test_a_step_knows_the_folder_that_its_paths_are_relative_to(workshop):
    workshop.build("x", steps=(Step("tell", tell_root),))
    assert workshop.read("root") == str(workshop.root.resolve())


def test_a_process_warms_itself_once_for_all_targets(workshop):
    times = []
    steps = (Step("page", workshop.brief[0].function, warm=lambda: times.append(1)),)
    for name in ("x", "y"):
        workshop.write(name, "print hello")
    workshop.build("x", "y", steps=steps)
    assert len(times) == 1


def test_only_entries_that_were_read_count(workshop, story):
    workshop.write("x", "cite rise")
    workshop.write("y", "cite fall")
    workshop.write("sources", "rise=1", "fall=1", "idle=1")
    workshop.build("x", "y")
    workshop.write("sources", "fall=2", "rise=1", "idle=7")
    report = workshop.build("x", "y")
    assert story(report) == "x: skipped\ny: built page"
    assert explain(report).splitlines()[2] == "  page: entry sources#fall changed"
    assert story(workshop.build("x", "y")) == "x: skipped\ny: skipped"


def test_an_entry_looked_for_in_vain_counts_when_it_appears(workshop, story):
    workshop.write("x", "cite rise")
    workshop.build("x")
    workshop.write("sources", "fall=1")
    assert story(workshop.build("x")) == "x: skipped"
    workshop.write("sources", "rise=1")
    report = workshop.build("x")
    assert "entry sources#rise appeared" in explain(report)
    (workshop.root / "sources").unlink()
    assert "entry sources#rise is gone" in explain(workshop.build("x"))


def test_entries_of_a_target_that_failed_meanwhile_are_not_forgotten(workshop, story):
    """`y` breaks while the file of entries changes; the new file must not count as the one that `y` knows."""
    workshop.write("x", "cite rise")
    workshop.write("y", "cite rise")
    workshop.write("sources", "rise=1")
    workshop.build("x", "y")
    workshop.write("sources", "rise=2")
    good = workshop.write("y", "cite rise").stat()
    workshop.write("y", "crash")
    assert story(workshop.build("x", "y")) == "x: built page\ny: broken page"
    os.utime(workshop.write("y", "cite rise"), ns=(good.st_atime_ns, good.st_mtime_ns))
    assert story(workshop.build("x", "y")) == "x: skipped\ny: built page"


def test_the_probe_is_asked_once_for_a_changed_file_and_never_for_an_unchanged_one(workshop):
    asked = []

    def counting(path: str, content: bytes) -> dict[str, str]:
        asked.append(path)
        return dict(line.split("=") for line in content.decode().split())

    for name in "xyz":
        workshop.write(name, "cite rise", "cite fall")
    workshop.write("sources", "rise=1", "fall=1")
    workshop.build("x", "y", "z", probe=counting)
    assert asked == ["sources"]
    workshop.build("x", "y", "z", probe=counting)
    assert asked == ["sources"]
    workshop.write("sources", "rise=1", "fall=1", "new=1")
    workshop.build("x", "y", "z", probe=counting)
    assert asked == ["sources", "sources"]


def test_files_that_appear_and_vanish_count(workshop, story):
    workshop.write("x", "include part", "list parts")
    workshop.build("x")
    workshop.write("part", "here")
    assert "part appeared" in explain(workshop.build("x"))
    (workshop.root / "part").unlink()
    assert "part is gone" in explain(workshop.build("x"))
    workshop.write("parts/one")
    assert "folder parts changed" in explain(workshop.build("x"))
    assert story(workshop.build("x")) == "x: skipped"


def test_values_from_outside_count(workshop, story):
    workshop.write("x", "option generator version")
    workshop.build("x", values={"generator version": "1", "unused": "1"})
    assert story(workshop.build("x", values={"generator version": "1", "unused": "2"})) == "x: skipped"
    report = workshop.build("x", values={"generator version": "2"})
    assert explain(report) == "x: built\n  page: generator version changed"


def test_a_value_that_was_not_given_is_a_mistake_in_the_program(workshop):
    workshop.write("x", "option nonesuch")
    (outcome,) = workshop.build("x").outcomes
    assert outcome.status == "broken"
    assert outcome.failure.message == "MissingValue: nonesuch"


def test_a_note_that_the_caller_does_not_know_is_a_mistake_in_the_program(workshop):
    workshop.write("x", "print hello", "note odd")
    (outcome,) = workshop.build("x", is_note=lambda note: note != "odd").outcomes
    assert outcome.failure.message == "step page left a note of a shape that is not known here"
    assert workshop.outputs == []


def test_a_step_that_returns_something_else_is_a_mistake_in_the_program(workshop):
    workshop.write("x", "print hello")
    (outcome,) = workshop.build("x", steps=(Step("page", lambda reads, path: path),)).outcomes
    assert outcome.failure.message == "TypeError: a step must return Made or Rejected, not str"


def test_a_step_without_memory_says_so(workshop):
    def eat(reads: Reads, path: str) -> Made:
        raise MemoryError

    (outcome,) = workshop.build("x", steps=(Step("page", eat),)).outcomes
    assert (outcome.failure.kind, outcome.failure.message) == ("memory", "it needed more memory than it may use")


def test_an_unsaved_text_is_read_in_place_of_the_file_and_never_taken_for_it(tmp_path):
    (tmp_path / "x").write_text("saved")
    reads = Reads(World(str(tmp_path), unsaved={"x": b"unsaved", "new": b"only here"}))
    assert (reads.file("x"), reads.file("new")) == (b"unsaved", b"only here")
    assert {path: stat for path, (stat, _) in reads.stats.items()} == {"x": UNSTABLE, "new": UNSTABLE}


def test_other_steps_or_values_make_another_target(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    report = workshop.build("x", steps=(workshop.brief[0],))
    assert story(report) == "x: built"
    assert workshop.outputs == ["x.html"]


def test_force_runs_every_step(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    report = workshop.build("x", force=True)
    assert story(report) == "x: built page pdf"
    assert "asked for" in explain(report)


def test_an_altered_or_missing_output_is_made_again(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    good = workshop.read("x.pdf")
    (workshop.root / "out/x.pdf").write_text("tampered with")
    report = workshop.build("x")
    assert story(report) == "x: built page pdf"
    assert "output x.pdf missing or altered" in explain(report)
    assert workshop.read("x.pdf") == good
    (workshop.root / "out/x.html").unlink()
    assert story(workshop.build("x")) == "x: built page"


def test_an_output_that_was_only_touched_is_not_made_again(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    os.utime(workshop.root / "out/x.pdf", (1, 1))
    assert story(workshop.build("x")) == "x: skipped"


def written(path):
    """Return what changes when a file is written; reading it changes the time of access alone."""
    stat = path.stat()
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def test_the_database_keeps_the_files_that_targets_read_whatever_their_names(workshop):
    workshop.write("a#1", "text")
    workshop.write("x", "include a#1", "cite rise")
    workshop.write("y", "include b")
    workshop.write("sources", "rise=1")
    workshop.build("x", "y")
    assert set(db_format.load(workshop.root / "store/database").inputs) == {"a#1", "sources", "x", "y"}
    workshop.build("x")
    assert set(db_format.load(workshop.root / "store/database").inputs) == {"a#1", "sources", "x"}


def test_finished_targets_are_saved_while_the_build_goes_on(workshop, monkeypatch):
    monkeypatch.setattr(db_format, "PAUSE", 0.0)
    saved = []

    def look(event: object) -> None:
        if isinstance(event, Started):
            saved.append(set(db_format.load(workshop.root / "store/database").identities))

    for name in "xy":
        workshop.write(name, "print hello")
    workshop.build("x", "y", on_event=look)
    assert saved == [set(), set(), {"x"}, {"x"}]


def test_outputs_that_come_out_the_same_are_not_touched(workshop):
    workshop.write("x", "print hello")
    workshop.build("x")
    before = written(workshop.root / "out/x.html")
    report = workshop.build("x", force=True)
    assert written(workshop.root / "out/x.html") == before
    assert report.outcomes[0].outputs == ()


def draw_in_style(reads: Reads, printed: bytes) -> Made | Rejected:
    style = reads.file("style")
    return Rejected(["no such style"]) if style == b"odd\n" else Made(outputs={"x.pdf": style + printed})


def test_a_target_rejected_in_its_last_step_is_built_when_what_that_step_read_is_mended(workshop, story):
    """Its earlier step is unchanged, and is no reason to call the target rejected."""
    steps = (workshop.brief[0], Step("pdf", draw_in_style, inputs=("page.print",)))
    workshop.write("x", "print hello")
    workshop.write("style", "plain")
    assert story(workshop.build("x", steps=steps)) == "x: built page pdf"
    workshop.write("style", "odd")
    assert story(workshop.build("x", steps=steps)) == "x: rejected page pdf"
    assert story(workshop.build("x", steps=steps)) == "x: rejected"
    workshop.write("style", "bold")
    assert story(workshop.build("x", steps=steps)) == "x: built page pdf"
    assert workshop.read("x.pdf") == "bold\nx hello"


def test_rejected_content_is_told_again_but_not_tried_again(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    good = workshop.read("x.html")
    workshop.write("x", "refuse no source")
    first = workshop.build("x")
    again = workshop.build("x")
    assert story(first) == "x: rejected page"
    assert story(again) == "x: rejected"
    assert first.outcomes[0].notes == again.outcomes[0].notes == ("no source",)
    assert not again.ok
    assert workshop.read("x.html") == good
    workshop.write("x", "print mended")
    assert story(workshop.build("x")) == "x: built page pdf"


def test_a_target_rejected_late_keeps_all_its_last_good_outputs(workshop, story):
    workshop.write("x", "print hello")
    workshop.build("x")
    workshop.write("x", "print unprintable")
    assert story(workshop.build("x")) == "x: rejected page pdf"
    assert story(workshop.build("x")) == "x: rejected"
    assert "hello" in workshop.read("x.html")
    assert "hello" in workshop.read("x.pdf")
    workshop.write("x", "print hello")
    assert story(workshop.build("x")) == "x: built page pdf"


def test_broken_targets_are_tried_on_each_run_and_the_others_go_on(workshop, story):
    workshop.write("x", "crash some bug")
    workshop.write("y", "print hello")
    report = workshop.build("x", "y")
    assert story(report) == "x: broken page\ny: built page pdf"
    assert report.outcomes[0].failure.message == "RuntimeError: some bug"
    assert "make_page" in report.outcomes[0].failure.detail
    assert story(workshop.build("x", "y")) == "x: broken page\ny: skipped"


def test_notes_of_a_good_target_are_told_again(workshop, story):
    workshop.write("x", "note lopsided")
    assert workshop.build("x").outcomes[0].notes == ("lopsided",)
    report = workshop.build("x")
    assert story(report) == "x: skipped"
    assert report.outcomes[0].notes == ("lopsided",)
    assert report.ok


def test_vanished_targets_take_their_outputs_with_them(workshop):
    workshop.write("x", "write deep/down/x.css")
    workshop.write("y", "print hello")
    workshop.write("out/theirs.html", "not ours")
    workshop.build("x", "y")
    report = workshop.build("y")
    assert sorted(report.removed) == ["deep/down/x.css", "x.html", "x.pdf"]
    assert workshop.outputs == ["theirs.html", "y.html", "y.pdf"]
    assert not (workshop.root / "out/deep").exists()
    assert workshop.build("y").removed == ()


def test_altered_outputs_of_vanished_targets_are_left_and_reported_once(workshop):
    workshop.write("x", "print hello")
    workshop.build("x")
    (workshop.root / "out/x.html").write_text("edited by hand")
    report = workshop.build()
    assert (report.removed, report.left) == (("x.pdf",), ("x.html",))
    assert workshop.build().left == ()
    assert workshop.outputs == ["x.html"]


def test_a_partial_build_takes_nothing_away(workshop, story):
    workshop.write("x", "print hello")
    workshop.write("y", "print hello")
    workshop.build("x", "y")
    assert workshop.build("y", prune=False).removed == ()
    assert story(workshop.build("x", "y")) == "x: skipped\ny: skipped"


def test_outputs_that_a_target_makes_no_more_are_taken_away(workshop):
    workshop.write("x", "write extra.css")
    workshop.build("x")
    workshop.write("x", "print hello")
    workshop.build("x")
    assert workshop.outputs == ["x.html", "x.pdf"]


def test_such_outputs_are_left_if_they_were_altered(workshop):
    workshop.write("x", "write extra.css")
    workshop.build("x")
    (workshop.root / "out/extra.css").write_text("edited by hand")
    workshop.write("x", "print hello")
    assert workshop.build("x").left == ("extra.css",)
    assert "extra.css" in workshop.outputs


def test_a_renamed_target_may_make_the_same_output(workshop, story):
    workshop.write("x", "write same.css")
    workshop.build("x")
    workshop.write("y", "write same.css")
    assert story(workshop.build("y")) == "y: built page pdf"
    assert workshop.outputs == ["same.css", "y.html", "y.pdf"]


def test_two_targets_cannot_make_the_same_output(workshop):
    workshop.write("x", "write same.css")
    workshop.write("y", "write same.css")
    failures = [each.failure for each in workshop.build("x", "y").outcomes]
    assert failures[0] is None
    assert failures[1].message == "output same.css is already made by x"


@pytest.mark.parametrize("path", ["../outside", "/outside", "a/../../b", "a//b", "."])
def test_outputs_stay_in_the_output_folder(workshop, path):
    workshop.write("x", f"write {path}")
    (outcome,) = workshop.build("x").outcomes
    assert outcome.failure.message == f"output {path} is not in the output folder"
    assert workshop.outputs == []


def test_a_target_that_reads_another_version_of_a_file_is_built_again(workshop, story):
    """A file is edited while the build runs: what was read counts, not what is there afterwards."""
    workshop.write("x", "print hello")

    def edit_behind(event) -> None:
        if isinstance(event, Started) and event.step == "pdf":
            workshop.write("x", "print changed meanwhile")

    workshop.build("x", on_event=edit_behind)
    assert "hello" in workshop.read("x.html")
    assert story(workshop.build("x")) == "x: built page pdf"
    assert "meanwhile" in workshop.read("x.html")


def test_tells_what_happens_as_it_happens(workshop):
    workshop.write("x", "print hello")
    workshop.build("x")
    workshop.write("y", "print hello")
    events: list[Any] = []
    workshop.build("x", "y", on_event=events.append)
    begun, started, answered, _, _, ended = events
    assert (begun, started) == (Begun(total=2, unchanged=1), Started("y", "page"))
    assert answered.answer.result.parts == {"print": b"y hello"}
    assert isinstance(ended, Ended)
    assert ended.outcome.target == "y"


def test_a_part_that_is_taken_and_not_made_is_a_mistake_in_the_program(workshop):
    workshop.write("x", "print hello")
    steps = (workshop.brief[0], Step("pdf", workshop.brief[1].function, inputs=("page.nonesuch",)))
    (outcome,) = workshop.build("x", steps=steps).outcomes
    assert outcome.failure.message == "step page did not make nonesuch, which later steps take"


def make_more(reads: Reads, path: str) -> Made:
    """In place of `make_page` of an older program, which made no part `more`."""
    return Made({"print": b"x " + reads.file(path), "more": b"x more"})


def test_a_step_that_makes_a_new_part_runs_again_for_it(workshop, story, monkeypatch):
    workshop.write("x", "print hello")
    make_page, make_pdf = (step.function for step in workshop.brief)
    monkeypatch.setattr(make_more, "__qualname__", make_page.__qualname__)
    monkeypatch.setattr(make_more, "__module__", make_page.__module__)
    workshop.build("x")
    steps = (Step("page", make_more), Step("pdf", make_pdf, inputs=("page.more",)))
    assert story(workshop.build("x", steps=steps)) == "x: built page pdf"


def make_odd_notes(_: Reads, __: str) -> Made:
    return Made(notes=[{1, 2}])  # type: ignore[list-item]


def test_notes_that_the_database_cannot_hold_are_a_mistake_in_the_program(workshop):
    (outcome,) = workshop.build("x", steps=(Step("odd", make_odd_notes),)).outcomes
    assert "not JSON serializable" in outcome.failure.message


def test_file_names_that_are_not_text_are_listed(workshop, story):
    (workshop.root / "parts").mkdir()
    Path(os.fsdecode(os.fsencode(workshop.root) + b"/parts/caf\xe9")).touch()
    workshop.write("x", "list parts")
    assert workshop.build("x").ok
    assert story(workshop.build("x")) == "x: skipped"


def test_two_targets_of_one_name_end_the_run(workshop):
    with pytest.raises(BuildError, match="two targets are called x"):
        workshop.build("x", "x")


def count_calls(reads: Reads, folder: str, request: str) -> Made:
    def compute() -> bytes:
        with Path(folder).open("a") as calls:
            calls.write(f"{request}\n")
        return request.upper().encode()

    return Made(outputs={"answer": reads.cached("loud", request.encode(), compute, bytes.isupper)})


def test_a_request_is_computed_once_whoever_asks(workshop):
    calls = workshop.root / "calls"

    def ask(request: str, **options) -> None:
        target = Target("t", (Step("ask", count_calls),), (str(calls), request))
        build([target], root=workshop.root, out=workshop.root / "out", store=workshop.root / "store", **options)

    ask("a")
    ask("b")
    ask("a")
    assert workshop.read("answer") == "A"
    assert calls.read_text() == "a\nb\n"
    ask("a", cache="", force=True)
    assert calls.read_text() == "a\nb\na\n"


def test_kept_results_come_back_from_the_cache_if_their_trace_holds(workshop, story):
    kept = (workshop.brief[0], Step("pdf", workshop.brief[1].function, inputs=("page.print",), cached=True))
    workshop.write("x", "print one")
    workshop.build("x", steps=kept)
    workshop.write("x", "print two")
    workshop.build("x", steps=kept)
    workshop.write("x", "print one")
    assert story(workshop.build("x", steps=kept)) == "x: built page"
    assert "one" in workshop.read("x.pdf")
    workshop.write("x", "print two")
    workshop.write("style", "bold")
    assert story(workshop.build("x", steps=kept)) == "x: built page pdf"


def test_a_lost_database_costs_no_pdf_while_the_cache_is_there(workshop, story):
    kept = (workshop.brief[0], Step("pdf", workshop.brief[1].function, inputs=("page.print",), cached=True))
    workshop.write("x", "print one")
    workshop.build("x", steps=kept)
    (workshop.root / "store/database").unlink()
    assert story(workshop.build("x", steps=kept)) == "x: built page"


def test_nothing_is_written_by_a_build_with_nothing_to_do(workshop):
    workshop.write("x", "print hello", "note hm")
    os.utime(workshop.root / "x", (1, 1))
    workshop.build("x")
    settle(workshop)
    before = written(workshop.root / "store/database")
    workshop.build("x")
    assert written(workshop.root / "store/database") == before


def settle(workshop) -> None:
    """Builds until stats may be trusted: a few hundredths of a second after the files were written."""
    for _ in range(200):
        before = (workshop.root / "store/database").stat().st_ino
        workshop.build("x")
        if (workshop.root / "store/database").stat().st_ino == before:
            return
    pytest.fail("the database is written by each build")


def test_a_report_lists_the_outputs_in_a_folder_that_are_as_made(workshop):
    """Also those of targets that this build leaves out, but none that was changed and not made again."""
    for name in "xyz":
        workshop.write(name, f"write kept/{name}")
    everything = {"kept/x", "kept/y", "kept/z"}
    assert set(workshop.build("x", "y", "z", intact_below="kept").intact) == everything
    assert set(workshop.build("x", prune=False, intact_below="kept").intact) == everything
    for name in "yz":
        workshop.write(f"out/kept/{name}", "changed by hand")
    assert set(workshop.build("x", prune=False, intact_below="kept").intact) == {"kept/x"}
    assert set(workshop.build("x", "y", prune=False, intact_below="kept").intact) == {"kept/x", "kept/y"}
    (workshop.root / "out/kept/z").unlink()
    workshop.write("z", "write kept/z", "refuse it")
    assert set(workshop.build("x", "y", "z", intact_below="kept").intact) == {"kept/x", "kept/y"}


def test_no_output_behind_a_link_is_listed_as_made(workshop):
    workshop.write("x", "write kept/x")
    workshop.build("x")
    (workshop.root / "out/kept").rename(workshop.root / "elsewhere")
    (workshop.root / "out/kept").symlink_to(workshop.root / "elsewhere")
    assert workshop.build("x", intact_below="kept").intact == {}
