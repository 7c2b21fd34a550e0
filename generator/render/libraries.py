"""The problem of missing system libraries for PDFs.

This module imports none of them, so it works without them. `generator.pipeline.versions.can_draw` tests for them.
"""

from __future__ import annotations

from typing import Final

from generator.problems import Code, Location, Problem, Severity

COMMAND: Final = "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
"""The package names of Debian 12 and newer, and of Ubuntu 24.04 and newer."""

PDF_LIBRARIES: Final = Code("pdf-libraries", Severity.ERROR)
CODES: Final = (PDF_LIBRARIES,)


MESSAGE: Final = "Pango or HarfBuzz is not installed, so PDFs cannot be laid out"
HINT: Final = f"run `{COMMAND}`, then repeat the command"


def libraries_missing(folder: str) -> Problem:
    """Return the problem, placed at the output folder that lacks the PDFs."""
    return PDF_LIBRARIES.at(Location(folder), f"{MESSAGE}; only HTML was built", HINT)
