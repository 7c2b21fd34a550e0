"""Web server of the preview, for browsers on this machine only.

It answers GET and HEAD requests for its own name with files of the output folder, and sends events about them. Another site that
points its name to 127.0.0.1 ("DNS rebinding") is refused, and so is every path that leaves the folder. Published pages are sent
unchanged; the page around them reloads them.
"""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from dataclasses import asdict
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from threading import Event
from typing import NamedTuple
from urllib.parse import parse_qs, unquote

from generator.preview.build_state import PreviewState

HOST = "127.0.0.1"
PING = 15.0
"""Seconds between keep-alive messages of an event stream, which detect a closed one."""
PAUSE = 0.1
"""Seconds between two lists of all briefs, because they may change hundreds of times a second."""

COMMON = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; object-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""Published pages load only files of the site. Self-contained pages include their styles."""
PDF_POLICY = "frame-ancestors 'self'"
"""No stricter, because browsers show PDFs with pages of their own, to which the policy also applies."""
TYPES = {".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
         ".ttf": "font/ttf", ".woff2": "font/woff2", ".pdf": "application/pdf"}  # fmt: skip


class Reply(NamedTuple):
    status: HTTPStatus
    kind: str
    """Media type."""
    body: bytes
    policy: str = PAGE_POLICY


class Server(ThreadingHTTPServer):
    """Listens on 127.0.0.1 from its creation. `serve_forever` answers each connection in a thread of its own."""

    daemon_threads = True

    def __init__(self, state: PreviewState, port: int = 0) -> None:
        """Raises OSError if the port is taken."""
        self.state = state
        self.closing = Event()
        super().__init__((HOST, port), Handler)
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))
        if self.server_port == 80:
            self.hosts |= {HOST, "localhost"}

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}/"

    def stop(self) -> None:
        """Accept no more connections, and end the event streams."""
        self.closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore errors, because browsers often close connections early."""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "brief"
    sys_version = ""
    timeout = 60.0
    error_content_type = "text/plain; charset=utf-8"
    error_message_format = "%(code)d %(message)s\n"

    def do_GET(self) -> None:
        if self._refused():
            return
        path, _, query = self.path.partition("#")[0].partition("?")
        if path == "/events" and self.command == "GET":
            self._stream(parse_qs(query).get("brief", [""])[0])
        else:
            self._send(answer(self.server.state, path))

    do_HEAD = do_GET  # noqa: N815

    def _not_allowed(self) -> None:
        self.close_connection = True  # a request body is not read
        self._send(_plain(HTTPStatus.METHOD_NOT_ALLOWED), Allow="GET, HEAD")

    do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_CONNECT = do_TRACE = _not_allowed  # noqa: N815

    def _refused(self) -> bool:
        """Whether the request is not meant for this server, or a page of another site makes it (W3C Fetch Metadata).

        Such a page could not read the answer, but occupy the server with streams that do not end. A link from another site is followed.
        """
        hosts = self.headers.get_all("Host", [])
        mine = len(hosts) == 1 and hosts[0].lower() in self.server.hosts and self.path.startswith("/")
        if self.headers.get("Sec-Fetch-Site", "") in ("cross-site", "same-site"):
            mine &= self.headers.get("Sec-Fetch-Mode", "") == "navigate"
        if not mine:
            self.close_connection = True
            self._send(_plain(HTTPStatus.MISDIRECTED_REQUEST))
        return not mine

    def _send(self, reply: Reply, **more: str) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Content-Security-Policy", reply.policy)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _stream(self, slug: str) -> None:
        """Stream the state of one brief, or of all, as server-sent events (html.spec.whatwg.org, "Server-sent events")."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        state = self.server.state
        if slug:
            with state.viewer(slug):
                self._stream_state(lambda: asdict(state.view(slug)))
        else:
            self._stream_state(lambda: [_line(state, *fact) for fact in state.facts()], pause=PAUSE)

    def _stream_state(self, snapshot: Callable[[], object], pause: float = 0.0) -> None:
        count, sent = -1, ""
        while not self.server.closing.is_set():
            count = self.server.state.wait(count, PING)
            text = json.dumps(snapshot())
            self.wfile.write(f"data: {text}\n\n".encode() if text != sent else b": still here\n\n")
            sent = text
            self.server.closing.wait(pause)

    def end_headers(self) -> None:
        for name, value in COMMON.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Log nothing, because the terminal shows what happens to the briefs."""


# ---------------------------------------------------------------- routes


def answer(state: PreviewState, path: str) -> Reply:
    """Return the response for the path of a request."""
    if path == "/":
        return _shell("index.html")
    if path in ("/preview.css", "/preview.js"):
        return _shell(path[1:])
    if path.startswith("/brief/") and path.removeprefix("/brief/") in dict(state.facts()):
        return _shell("brief.html")
    if path.startswith("/build/"):
        file = f"{path}index.html" if path.endswith("/") else path  # as static hosts do
        return _published(state, unquote(file.removeprefix("/build/"), errors="replace"))
    return _plain(HTTPStatus.NOT_FOUND)


def _published(state: PreviewState, path: str) -> Reply:
    """Return a page or file of the output folder, from the last build or from disk."""
    content = state.page(path)
    if content is None:
        content = read_within(state.project.output, path)
    if content is None and not Path(path).suffix:
        return (
            _published(state, f"{path}.html") if path else _plain(HTTPStatus.NOT_FOUND)
        )  # as hosts for pretty addresses do
    if content is None:
        return _plain(HTTPStatus.NOT_FOUND)
    suffix = Path(path).suffix
    kind = TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    policy = PDF_POLICY if suffix == ".pdf" else PAGE_POLICY
    return Reply(HTTPStatus.OK, kind, content, policy)


def read_within(folder: Path, path: str) -> bytes | None:
    """Return the bytes of a file in a folder; None if it is missing, hidden, or a link leads outside."""
    parts = path.split("/")
    if any(part == "" or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        return None
    try:
        home, place = folder.resolve(strict=True), (folder / path).resolve(strict=True)
        return place.read_bytes() if place.is_relative_to(home) and place.is_file() else None
    except (OSError, RuntimeError):  # the latter for links that lead in a circle, before Python 3.13
        return None


def _shell(name: str) -> Reply:
    kind = TYPES[Path(name).suffix]
    return Reply(HTTPStatus.OK, kind, (files("generator.preview") / "shell" / name).read_bytes(), SHELL_POLICY)


def _plain(status: HTTPStatus) -> Reply:
    return Reply(status, "text/plain; charset=utf-8", f"{status} {status.phrase}\n".encode())


def _line(state: PreviewState, slug: str, file: str) -> dict[str, str]:
    """Return the line of a brief in the list."""
    view = state.view(slug, file)
    return {"slug": slug, "state": view.state, "count": view.count, "notice": view.notice}
