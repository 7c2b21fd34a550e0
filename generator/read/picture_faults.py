"""What reading a picture gives, and why it may be refused."""

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
    """What the file was: `png`, `jpeg`, `webp` or `svg`, whatever its name says."""
    private: bool = False
    """Whether the file says where it was taken."""
    words: str = ""
    """The text of an SVG."""


class BadPicture(Exception):
    """A file that is no picture, or one that must not be published: what it is, and what to do."""

    def __init__(self, message: str, hint: str = "", *, unsafe: bool = False, large: bool = False) -> None:
        super().__init__(message, hint, unsafe, large)
        self.message, self.hint, self.unsafe, self.large = message, hint, unsafe, large

    def __reduce__(self) -> tuple[object, ...]:
        """For the process that the file is read in: keywords have to arrive as such."""
        return _remade, (self.message, self.hint, self.unsafe, self.large)


def _remade(message: str, hint: str, unsafe: bool, large: bool) -> BadPicture:
    return BadPicture(message, hint, unsafe=unsafe, large=large)
