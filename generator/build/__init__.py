"""Run steps, skip what is unchanged: in one process, many, or a cluster. Knows nothing of briefs.

`docs/build.md` says how; the names below are all that the rest of the generator uses.
"""

from generator.build.engine import build
from generator.build.events import Answered, Begun, Ended, Event, Started, Waiting
from generator.build.executor import Executor, Serial
from generator.build.explain import Reason, Why, explain, sentence
from generator.build.faults import BuildFault, Busy, CannotWrite
from generator.build.processes import Forked, Spawned
from generator.build.reads import Reads
from generator.build.report import Outcome, Report, Status
from generator.build.step import Made, Plain, Refused, Step, Target
from generator.build.task import Failure, FailureKind
from generator.build.worker import Limits

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
    "Forked",
    "Limits",
    "Made",
    "Outcome",
    "Plain",
    "Reads",
    "Reason",
    "Refused",
    "Report",
    "Serial",
    "Spawned",
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
