"""The result of reading a picture, and the reasons for refusing it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture as it may be published."""

    kind: str
    """`jpeg`, `png` or `svg`."""
    width: int
    height: int
    data: bytes
    written: str
    """The format of the file: `png`, `jpeg`, `webp` or `svg`, whatever its name says."""
    private: bool = False
    """Whether the file contains the place where it was taken."""
    words: str = ""
    """The text of an SVG."""


class BadPicture(Exception):
    """A file that is not a picture, or must not be published: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "", *, unsafe: bool = False, large: bool = False) -> None:
        super().__init__(message, hint, unsafe, large)
        self.message, self.hint, self.unsafe, self.large = message, hint, unsafe, large

    def __reduce__(self) -> tuple[object, ...]:
        """Support pickling, with the keywords, from the process that reads the file."""
        return _remade, (self.message, self.hint, self.unsafe, self.large)


def _remade(message: str, hint: str, unsafe: bool, large: bool) -> BadPicture:
    return BadPicture(message, hint, unsafe=unsafe, large=large)
