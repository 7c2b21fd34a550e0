"""The error for a PDF that cannot be read."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read as a PDF of this generator. The message is one sentence with the reason."""
