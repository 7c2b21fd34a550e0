"""What ends the reading of a PDF that somebody hands over. Knows nothing of PDFs."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read as a PDF of this generator; the message is one sentence for people that says why."""
