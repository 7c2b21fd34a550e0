"""Converts documents to HTML with pandoc in its sandbox."""

from __future__ import annotations

import subprocess

from generator.cite.pandoc import MEMORY, program

LIMIT = 120.0
"""Time limit for one document, in seconds."""


def document_html(kind: str, data: bytes) -> str:
    """Return the HTML of a document. `kind` is pandoc's name of its format. Raises ValueError with the reason."""
    command = [
        program(),
        "+RTS",
        f"-M{MEMORY}",
        "-RTS",
        "--sandbox",
        "--from",
        kind,
        "--to",
        "html",
        "--mathml",
        "--wrap=none",
    ]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(f"it takes more than {LIMIT:g} s") from None
    except OSError as error:
        raise ValueError(f"pandoc cannot be started: {error}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(words[0][:200] if words else f"pandoc ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
