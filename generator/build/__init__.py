"""Run steps, skip what is unchanged: in one process, many, or a cluster. Knows nothing of briefs.

`docs/build.md` says how; the names below are all that the rest of the generator uses. Each is fetched from its module when it is
first asked for, because a build with nothing to do needs few of them, and importing the others would take most of its time.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.build.engine import build
    from generator.build.events import Answered, Begun, Ended, Event, Started, Waiting
    from generator.build.executor import Executor, Serial
    from generator.build.faults import BuildFault, Busy, CannotWrite
    from generator.build.later import Later
    from generator.build.made import Made, Refused
    from generator.build.pool import Pool
    from generator.build.reads import Reads
    from generator.build.reasons import Reason, Why, explain, sentence
    from generator.build.report import Outcome, Report, Status
    from generator.build.step import Plain, Step, Target
    from generator.build.task import Failure, FailureKind
    from generator.build.worker import Limits

_HOMES = {
    "engine": ("build",),
    "events": ("Answered", "Begun", "Ended", "Event", "Started", "Waiting"),
    "executor": ("Executor", "Serial"),
    "faults": ("BuildFault", "Busy", "CannotWrite"),
    "later": ("Later",),
    "made": ("Made", "Refused"),
    "pool": ("Pool",),
    "reads": ("Reads",),
    "reasons": ("Reason", "Why", "explain", "sentence"),
    "report": ("Outcome", "Report", "Status"),
    "step": ("Plain", "Step", "Target"),
    "task": ("Failure", "FailureKind"),
    "worker": ("Limits",),
}
"""The names by the module that defines them; no module may be called like one of them."""

__all__ = [
    "Answered",
    "Begun",
    "BuildFault",
    "Busy",
    "CannotWrite",
    "Ended",
    "Event",
    "Executor",
    "Failure",
    "FailureKind",
    "Later",
    "Limits",
    "Made",
    "Outcome",
    "Plain",
    "Pool",
    "Reads",
    "Reason",
    "Refused",
    "Report",
    "Serial",
    "Started",
    "Status",
    "Step",
    "Target",
    "Waiting",
    "Why",
    "build",
    "explain",
    "sentence",
]


def __getattr__(name: str) -> object:
    """Fetch one of the names (PEP 562); after that the module has it."""
    for home, names in _HOMES.items():
        if name in names:
            found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
