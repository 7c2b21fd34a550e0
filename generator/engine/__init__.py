"""Runs build steps and skips those that are up to date.

`docs/build.md` describes the engine. The rest of the generator uses only the names below.
"""

from generator.engine.engine import build
from generator.engine.errors import BuildError, CannotWrite
from generator.engine.executor import Executor, LazyExecutor, Serial
from generator.engine.plain_data import Plain
from generator.engine.processes.pool import Pool
from generator.engine.processes.worker import Limits
from generator.engine.report import (
    Answered,
    Begun,
    Ended,
    Event,
    Outcome,
    Reason,
    Report,
    Started,
    TargetStatus,
    Waiting,
    Why,
    explain,
    sentence,
)
from generator.engine.step import Deferred, Failure, FailureKind, Made, Rejected, Step, Target
from generator.engine.trace import Reads

__all__ = [
    "Answered",
    "Begun",
    "BuildError",
    "CannotWrite",
    "Deferred",
    "Ended",
    "Event",
    "Executor",
    "Failure",
    "FailureKind",
    "LazyExecutor",
    "Limits",
    "Made",
    "Outcome",
    "Plain",
    "Pool",
    "Reads",
    "Reason",
    "Rejected",
    "Report",
    "Serial",
    "Started",
    "Step",
    "Target",
    "TargetStatus",
    "Waiting",
    "Why",
    "build",
    "explain",
    "sentence",
]
