"""Makes one shell script from a document's steps, and compares its output with the document."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from pathlib import Path

from scripts.documents.steps import Left, Run, Show, Step

_MARK = "\x1e"
_END = "END-OF-THE-TEXT"
PUT = Path(__file__).with_name("put.py")


def script(taken: Iterable[Step], put: str) -> str:
    """Return a bash script that runs the steps and marks the beginning of each in its output.

    `put` is the command that runs `put.py`.
    """
    parts = ["set -e"]
    for step in taken:
        if isinstance(step, Left):
            continue
        parts.append(f"printf '\\036%s\\036' {step.line}")
        if isinstance(step, Run):
            parts.append(step.script)
        elif isinstance(step, Show):
            parts.append(f"{step.command} || :")
        else:
            record = " --record" if step.record else ""
            parts.append(f"{put}{record} {shlex.quote(step.path)} <<'{_END}'\n{step.text}{_END}")
    return "\n".join([*parts, "printf '\\036end\\036'"]) + "\n"


def differences(taken: Iterable[Step], output: str) -> list[str]:
    """Return the differences from the document, one line each: `12: prints something else`, with both texts."""
    printed = dict(re.findall(f"{_MARK}([^{_MARK}]*){_MARK}([^{_MARK}]*)", output))
    shows = [step for step in taken if isinstance(step, Show) and str(step.line) in printed]
    found = [
        f"{step.line}: `{step.command}` prints\n{printed[str(step.line)]}and not\n{step.output}"
        for step in shows
        if not _fits(step.output, printed[str(step.line)])
    ]
    if "end" not in printed:
        last = list(printed)[-1] if printed else "1"
        found.append(f"{last}: fails with\n{printed.get(last, output)}")
    return found


def _fits(shown: str, printed: str) -> bool:
    """Whether a text is the one in a document, in which `…` replaces omitted text."""
    lines = (re.escape(line).replace("…", ".*") for line in shown.rstrip("\n").split("\n"))
    pattern = "".join(r"(?:.*\n)*?" if line == ".*" else f"{line}\\n" for line in lines)
    return re.fullmatch(pattern, printed.rstrip("\n") + "\n") is not None
