"""A small project whose "fact files" are lists of orders, so that a test shows all that its steps do."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.engine import Made, Reads, Rejected, Report, Step, Target, build

if TYPE_CHECKING:
    from collections.abc import Mapping


def make_page(reads: Reads, path: str) -> Made | Rejected:
    """Obey the lines of a file; it makes `<stem>.html`, and `print` for the PDF."""
    text = reads.file(path).decode()
    stem = Path(path).stem
    orders = [(order, rest) for order, _, rest in (line.partition(" ") for line in text.splitlines())]
    said = {order: [rest for other, rest in orders if other == order] for order, _ in orders}
    for order, rest in orders:
        obey(reads, order, rest)
    if "refuse" in said:
        return Rejected(said["refuse"])
    outputs = {f"{stem}.html": text.encode(), **dict.fromkeys(said.get("write", ()), b"extra")}
    return Made({"print": f"{stem} {' '.join(said.get('print', ()))}".encode()}, outputs, said.get("note", ()))


def obey(reads: Reads, order: str, rest: str) -> None:
    match order:
        case "cite":
            reads.entry("sources", rest)
        case "include":
            try_reading(reads, rest)
        case "option":
            reads.value(rest)
        case "list":
            reads.folder(rest)
        case "crash":
            raise RuntimeError(rest)
        case _:
            misbehave(order, rest)


def misbehave(order: str, rest: str) -> None:
    match order:
        case "eat":
            bytearray(int(rest) << 20)
        case "die-unless":
            if not Path(rest).exists():
                os.kill(os.getpid(), signal.SIGKILL)
        case "wait-for":
            while not Path(rest).exists():
                time.sleep(0.005)


def try_reading(reads: Reads, path: str) -> bytes:
    try:
        return reads.file(path)
    except OSError:
        return b""


def make_pdf(reads: Reads, printed: bytes) -> Made | Rejected:
    stem, _, text = printed.decode().partition(" ")
    if text == "unprintable":
        return Rejected(["cannot be laid out"])
    style = try_reading(reads, "style")
    return Made(outputs={f"{stem}.pdf": b"%PDF " + style + printed})


BRIEF = (Step("page", make_page), Step("pdf", make_pdf, inputs=("page.print",)))


def probe(_: str, content: bytes) -> Mapping[str, str]:
    """`sources` holds lines `key=value`; a line without `=` is ignored, as a broken file's would be."""
    pairs = (line.partition("=") for line in content.decode().splitlines())
    return {key: value for key, sign, value in pairs if sign}


@dataclass
class Workshop:
    root: Path
    brief: tuple[Step, ...] = BRIEF

    def write(self, path: str, *lines: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("".join(f"{line}\n" for line in lines))
        return place

    def read(self, path: str) -> str:
        return (self.root / "out" / path).read_text()

    @property
    def outputs(self) -> list[str]:
        out = self.root / "out"
        return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())

    def build(self, *names: str, steps: tuple[Step, ...] = BRIEF, **options: Any) -> Report:
        targets = [Target(name, steps, (name,)) for name in names]
        settings: dict[str, Any] = {"root": self.root, "out": self.root / "out", "store": self.root / "store"}
        return build(targets, **{**settings, "probe": probe, **options})


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


def story(report: Report) -> str:
    """What became of each target, and which of its steps ran."""
    return "\n".join(f"{each.target}: {each.status} {' '.join(each.ran)}".strip() for each in report.outcomes)


@pytest.fixture(name="story")
def story_fixture() -> Any:
    return story
