"""Whatever is edited, removed or tampered with, in whatever order: building what changed gives what building all gives."""

from __future__ import annotations

import shutil

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.engine import Step, TargetStatus

NAMES = ("x", "y")
ORDERS = (
    "print one",
    "print two",
    "print unprintable",
    "cite rise",
    "cite fall",
    "include part",
    "include x",
    "list parts",
    "option version",
    "note hm",
    "refuse no",
    "crash oh",
)
OUTPUTS = [f"out/{name}.{kind}" for name in NAMES for kind in ("html", "pdf", "css")]

writes = st.one_of(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(ORDERS), max_size=3)),
    st.tuples(st.just("x"), st.just(["write x.css", "print one"])),
    st.tuples(st.just("sources"), st.lists(st.sampled_from(["rise=1", "rise=2", "fall=1", "fall=2"]), max_size=2)),
    st.tuples(st.sampled_from(["part", "style", "parts/a", "parts/b", *OUTPUTS]), st.just(["a"]) | st.just(["b"])),
)
removals = st.tuples(st.sampled_from(["x", "sources", "part", "style", "parts/a", *OUTPUTS]), st.none())
deeds = st.lists(st.tuples(writes | removals, st.sampled_from(["", "build", "build x", "new version"])), max_size=12)

GOOD = (TargetStatus.BUILT, TargetStatus.SKIPPED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(deeds=deeds, kept=st.booleans())
def test_building_what_changed_gives_what_building_all_gives(workshop, deeds, kept):
    for path in workshop.root.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    steps = tuple(Step(step.name, step.function, step.inputs, cached=kept) for step in workshop.brief)
    version = 0
    for (path, lines), then in deeds:
        if lines is None:
            (workshop.root / path).unlink(missing_ok=True)
        else:
            workshop.write(path, *lines)
        version += then == "new version"
        if then.startswith("build"):
            names = then.split()[1:] or NAMES
            workshop.build(*names, steps=steps, prune=names == NAMES, values={"version": str(version)})
    values = {"version": str(version)}
    little = workshop.build(*NAMES, steps=steps, values=values)
    fresh = {"out": workshop.root / "fresh", "store": workshop.root / "fresh-store"}
    whole = workshop.build(*NAMES, steps=steps, values=values, **fresh)
    assert [each.status in GOOD for each in little.outcomes] == [each.status in GOOD for each in whole.outcomes]
    assert [each.notes for each in little.outcomes] == [each.notes for each in whole.outcomes]
    good = [each.target for each in little.outcomes if each.status in GOOD]
    assert contents(workshop.root / "out", good) == contents(workshop.root / "fresh", good)
    again = workshop.build(*NAMES, steps=steps, values=values)
    assert not [each for each in again.outcomes if each.ran and each.status is not TargetStatus.BROKEN]


def contents(folder, names) -> dict[str, str]:
    """Of the outputs of some targets; what somebody else put there in place of a missing output does not count."""
    kinds = ("html", "pdf")
    paths = [folder / f"{name}.{kind}" for name in names for kind in kinds]
    return {path.name: path.read_text() for path in paths}
