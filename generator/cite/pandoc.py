"""Runs a warm `pandoc lua` process that answers requests until the program ends.

A new pandoc process takes 0.2 to 0.5 s, a request to a warm one a fifth of that. The callers and `worker.lua` define requests and
answers. A document is converted to HTML by a process of its own, in pandoc's sandbox, without other files or network.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import subprocess
import tempfile
import threading
import time
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import IO, Any

from generator.cite.styles import folder_of

SCRIPT = Path(__file__).with_name("worker.lua")
LIMIT = 60.0
"""Time limit of one request, in seconds."""
MEMORY = "1g"
"""Limit of pandoc's heap (an option of the Haskell runtime)."""
_STDERR_SHOWN = 4000


class PandocFailed(Exception):
    """Pandoc died, hung or refused a request. `stderr` is the end of its error output."""

    def __init__(self, message: str, stderr: str = "") -> None:
        super().__init__(message)
        self.stderr = stderr


class RejectedInput(PandocFailed):
    """Pandoc works, but cannot process the input."""


class _Broken(Exception):
    """The process died or its pipe closed; a new process gets one more try."""


class PandocWorker:
    """One `pandoc lua` process, started by the first request. It serves one request at a time and is thread-safe."""

    def __init__(self, command: tuple[str, ...], limit: float = LIMIT) -> None:
        self._command = command
        self._limit = limit
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        """Folder for a file that the process creates at its start and would leave when it is killed."""
        self._rest = b""

    @property
    def pid(self) -> int | None:
        """Return the id of the current process, if there is one."""
        return self._process.pid if self._process else None

    def ask(self, request: dict[str, Any]) -> Any:
        """Send `request`; return the answer's `ok`. Raises PandocFailed, and RejectedInput for an input that pandoc cannot process."""
        try:
            line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
        except UnicodeEncodeError:
            raise RejectedInput("it contains bytes that are not text") from None
        with self._lock:
            try:
                answer = json.loads(self._exchange_twice(line))
            except BaseException:  # interrupted: a late answer would be taken for the answer to the next request
                self.close()
                raise
        if "error" in answer:
            raise RejectedInput(str(answer["error"]))
        return answer["ok"]

    def close(self) -> None:
        """End the process; the next request starts a new one."""
        process, stderr = self._process, self._stderr
        self._process, self._stderr, self._rest = None, None, b""
        if process is not None:
            process.kill()
            process.wait()
            _close_pipes(process)
        if stderr is not None:
            stderr.close()
        self._tidy()

    def _exchange_twice(self, line: bytes) -> bytes:
        try:
            return self._exchange(line)
        except _Broken:
            self.close()
        try:
            return self._exchange(line)
        except _Broken as broken:
            stderr = self._error_output()
            self.close()
            raise PandocFailed(f"pandoc ended twice without an answer ({broken})", stderr) from None

    def _exchange(self, line: bytes) -> bytes:
        """Send a request and return the answer, both one line. Raises _Broken if the process ends before."""
        process = self._running()
        deadline = time.monotonic() + self._limit
        assert process.stdin is not None
        assert process.stdout is not None
        reading, writing = process.stdout.fileno(), process.stdin.fileno()
        while line:
            # an answer comes only after a whole request, so writing never waits for reading
            self._wait([], [writing], deadline)
            line = line[_written(writing, line) :]
        while b"\n" not in self._rest:
            self._wait([reading], [], deadline)
            chunk = os.read(reading, 1 << 16)
            if not chunk:
                raise _Broken(f"exit status {process.wait()}")
            self._rest += chunk
        answer, _, self._rest = self._rest.partition(b"\n")
        self._tidy()
        return answer

    def _tidy(self) -> None:
        """Remove the file that the process creates at its start and does not need."""
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            scratch.cleanup()

    def _wait(self, reading: list[int], writing: list[int], deadline: float) -> None:
        if not any(select.select(reading, writing, [], max(0.0, deadline - time.monotonic()))):
            stderr = self._error_output()
            self.close()
            raise PandocFailed(f"pandoc gave no answer within {self._limit:g} s", stderr)

    def _running(self) -> subprocess.Popen[bytes]:
        """Return the process, started again if it has ended. Raises PandocFailed."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process
            self._scratch = tempfile.TemporaryDirectory(prefix="brief-pandoc-", ignore_cleanup_errors=True)
            environment = {**os.environ, "TMPDIR": self._scratch.name}
            try:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=self._stderr,
                    bufsize=0,
                    env=environment,
                )
            except OSError as error:
                self.close()
                raise PandocFailed(f"pandoc cannot be started: {error}") from None
            assert self._process.stdin is not None
            os.set_blocking(self._process.stdin.fileno(), False)
        return self._process

    def _error_output(self) -> str:
        if self._stderr is None:
            return ""
        self._stderr.seek(0)
        return self._stderr.read()[-_STDERR_SHOWN:].decode("utf-8", "replace").strip()


def ask(request: dict[str, Any]) -> Any:
    """Send a request to this process's own worker. Raises PandocFailed."""
    return _worker().ask(request)


@cache
def version() -> str:
    """Return the version of the package that contains pandoc, because its output depends on it. Starts no process."""
    return metadata.version("pypandoc_binary")


def new_worker() -> PandocWorker:
    """Return a further worker, for parallel requests. The caller closes it."""
    return PandocWorker((program(), "+RTS", f"-M{MEMORY}", "-RTS", "lua", str(SCRIPT)))


@cache
def _worker() -> PandocWorker:
    worker = new_worker()
    atexit.register(worker.close)
    return worker


def program() -> str:
    """Return the pandoc of pypandoc_binary; pypandoc's own search would run each candidate."""
    brought = folder_of("pypandoc") / "files" / "pandoc"
    if brought.is_file():
        return str(brought)
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _written(writing: int, line: bytes) -> int:
    try:
        return os.write(writing, line)
    except BrokenPipeError:
        raise _Broken("closed pipe") from None


def _close_pipes(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


CONVERSION_LIMIT = 120.0
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
        done = subprocess.run(command, input=data, capture_output=True, timeout=CONVERSION_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise ValueError(f"it takes more than {CONVERSION_LIMIT:g} s") from None
    except OSError as error:
        raise ValueError(f"pandoc cannot be started: {error}") from None
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ValueError(words[0][:200] if words else f"pandoc ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")
