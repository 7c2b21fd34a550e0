"""The preview's server, asked over real connections what browsers ask, and what attackers do."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.engine import Ended, Outcome, TargetStatus
from generator.preview.build_state import PreviewState
from generator.preview.builder import PageMade
from generator.preview.server import Server
from generator.preview.watcher import Changed
from generator.project import Project

LONG = 120.0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    for folder in ("briefs", "build/assets", "build/.brief", "elsewhere"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "briefs/chips.yaml").write_text("title: Chips\n")
    (tmp_path / "build/chips.html").write_text("<p>published</p>")
    (tmp_path / "build/chips.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "build/assets/a.css").write_text("p {}")
    (tmp_path / "build/.brief/database").write_text("the engine's own")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "elsewhere/secret.html").write_text("secret")
    (tmp_path / "build/link.html").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "build/folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "build/loop").symlink_to(tmp_path / "build/loop")
    made = Server(PreviewState(Project(tmp_path)))
    thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield made
    made.stop()
    thread.join(LONG)
    assert not thread.is_alive()


def ask(server: Server, path: str, method: str = "GET", host: str | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LONG)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.server_port}")
    connection.endheaders()
    response = connection.getresponse()
    answer = response.status, dict(response.getheaders()), response.read()
    connection.close()
    return answer


def raw(server: Server, request: str) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=LONG) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode())
        return connection.recv(65536)


def events(server: Server, query: str) -> Iterator[Any]:
    """What a stream of news says, as it comes."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=LONG)
    connection.request("GET", f"/events{query}")
    response = connection.getresponse()
    assert response.headers["Content-Type"].startswith("text/event-stream")
    for line in response:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


def test_published_files_are_sent_as_they_are(server: Server) -> None:
    status, headers, body = ask(server, "/build/chips.html")
    assert (status, body) == (200, b"<p>published</p>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask(server, "/build/chips.pdf?x=1#page=2")[1]["Content-Type"] == "application/pdf"
    assert ask(server, "/build/assets/a.css")[2] == b"p {}"


def test_a_page_is_found_without_its_ending(server: Server) -> None:
    assert ask(server, "/build/chips")[2] == b"<p>published</p>"
    assert {ask(server, f"/build/{path}")[0] for path in ("nobody", "link", "loop", "folder/secret", "")} == {404}


def test_the_shell_has_a_list_a_page_a_script_and_a_style_sheet(server: Server) -> None:
    for path in ("/", "/brief/chips", "/preview.js", "/preview.css"):
        assert ask(server, path)[0] == 200, path
    assert ask(server, "/brief/nobody")[0] == 404
    assert ask(server, "/brief/../chips")[0] == 404


def test_head_tells_the_length_and_sends_nothing(server: Server) -> None:
    status, headers, body = ask(server, "/build/chips.html", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "16", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    status, headers, _ = ask(server, "/build/chips.html", method)
    assert (status, headers["Allow"]) == (405, "GET, HEAD")


def test_a_method_that_nobody_knows_is_refused(server: Server) -> None:
    assert ask(server, "/", "BREW")[0] == 501


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", "[::1]:{port}"]
)
@pytest.mark.parametrize("path", ["/", "/build/chips.html", "/events"])
def test_another_hosts_name_is_refused(server: Server, host: str, path: str) -> None:
    status, _, body = ask(server, path, host=host.format(port=server.server_port))
    assert status == 421
    assert b"published" not in body


def test_localhost_is_a_name_of_its_own(server: Server) -> None:
    assert ask(server, "/", host=f"LOCALHOST:{server.server_port}")[0] == 200


def test_no_host_two_hosts_and_an_address_of_another_in_the_request_are_refused(server: Server) -> None:
    mine = f"Host: 127.0.0.1:{server.server_port}\n"
    assert raw(server, "GET / HTTP/1.1\n\n").startswith(b"HTTP/1.1 421")
    assert raw(server, f"GET / HTTP/1.1\n{mine}Host: evil.example\n\n").startswith(b"HTTP/1.1 421")
    assert raw(server, f"GET http://evil.example/ HTTP/1.1\n{mine}\n").startswith(b"HTTP/1.1 421")
    assert raw(server, f"GET //[ HTTP/1.1\n{mine}\n").startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [("cross-site", "no-cors", 421), ("cross-site", "cors", 421), ("same-site", "no-cors", 421),
     ("cross-site", "navigate", 200), ("same-origin", "cors", 200), ("none", "navigate", 200)],
)  # fmt: skip
def test_a_page_of_another_site_gets_nothing_but_its_links_are_followed(
    server: Server, site: str, mode: str, status: int
) -> None:
    head = f"Host: 127.0.0.1:{server.server_port}\nSec-Fetch-Site: {site}\nSec-Fetch-Mode: {mode}\n"
    assert raw(server, f"GET /build/chips.html HTTP/1.1\n{head}\n").startswith(f"HTTP/1.1 {status}".encode())


@pytest.mark.parametrize(
    "path",
    ["/build/../secret.txt", "/build/%2e%2e/secret.txt", "/build/..%2fsecret.txt", "/build/%2e%2e%2fsecret.txt",
     "/build/assets/../../secret.txt", "/build//etc/passwd", "/build/%2fetc%2fpasswd", "/build/..%5csecret.txt",
     "/build/%252e%252e/secret.txt", "/build/chips.html%00.css", "/build/link.html", "/build/folder/secret.html",
     "/build/loop", "/build/.brief/database", "/build/%2ebrief/state", "/build/", "/build/assets", "/secret.txt", "/build",
     "/build/%ff%fe", "/briefs/chips.yaml", "/build/" + "a" * 5000, "/build/assets/"],
)  # fmt: skip
def test_paths_out_of_the_output_folder_lead_nowhere(server: Server, path: str) -> None:
    status, _, body = ask(server, path)
    assert status == 404
    assert b"secret" not in body


@pytest.mark.parametrize("path", ["/", "/build/chips.html", "/build/chips.pdf", "/nowhere"])
def test_every_answer_keeps_other_sites_out(server: Server, path: str) -> None:
    headers = ask(server, path)[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "frame-ancestors" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


def test_published_pages_get_no_script_from_the_preview(server: Server) -> None:
    _, headers, body = ask(server, "/build/chips.html")
    assert b"script" not in body
    assert "script-src 'self';" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_news_of_a_brief_come_as_they_happen(server: Server) -> None:
    news = events(server, "?brief=chips")
    first = next(news)
    assert first["state"] == "waiting"
    assert first["page"] and first["pdf"]
    server.state.tell(PageMade("briefs/chips.yaml", {"chips.html": b"<p>newer</p>"}))
    second = next(news)
    assert second["page"] != first["page"]
    assert second["pdf"] == first["pdf"]
    assert ask(server, "/build/chips.html")[2] == b"<p>newer</p>"
    assert "chips" in server.state.viewed()


def test_a_page_whose_pdf_is_there_is_read_from_the_output_folder_again(server: Server) -> None:
    server.state.tell(PageMade("briefs/chips.yaml", {"chips.html": b"<p>newer</p>"}))
    server.state.tell(Ended(Outcome("briefs/chips.yaml", TargetStatus.BUILT)))
    assert ask(server, "/build/chips.html")[2] == b"<p>published</p>"


def test_problems_are_text_not_markup(server: Server) -> None:
    note: Any = {"severity": "error", "code": "unknown-key", "place": {"file": "briefs/chips.yaml", "line": 1, "column": 1, "length": 5},
            "message": "<script>alert(1)</script>", "hint": "", "marked": ""}  # fmt: skip
    server.state.tell(Ended(Outcome("briefs/chips.yaml", TargetStatus.REJECTED, notes=(note,))))
    message = next(events(server, "?brief=chips"))
    assert message["state"] == "errors"
    assert message["count"] == "1 error"
    assert "error[unknown-key]: <script>alert(1)</script>\n    1 | title: Chips" in message["problems"]
    assert b"innerHTML" not in ask(server, "/preview.js")[2]


def test_the_list_names_every_brief(server: Server) -> None:
    news = events(server, "")
    assert next(news) == [{"slug": "chips", "state": "waiting", "count": "", "notice": ""}]
    (server.state.project.briefs / "more.yaml").write_text("title: More\n")
    server.state.tell(Changed(frozenset({"briefs/more.yaml"})))
    assert [brief["slug"] for brief in next(news)] == ["chips", "more"]


def test_stopping_ends_streams(server: Server) -> None:
    news = events(server, "?brief=chips")
    next(news)
    server.closing.set()
    server.state.tell(Changed(frozenset()))
    assert list(news) == []


def test_a_brief_in_a_folder_is_shown_from_where_its_page_stands(tmp_path: Path) -> None:
    (tmp_path / "briefs/2024").mkdir(parents=True)
    (tmp_path / "briefs/2024/chips.yaml").write_text("title: Chips\n")
    (tmp_path / "build/2024").mkdir(parents=True)
    (tmp_path / "build/2024/chips.html").write_text("<p>published</p>")
    state = PreviewState(Project(tmp_path))
    assert state.facts() == (("chips", "briefs/2024/chips.yaml"),)
    assert (state.view("chips").stem, bool(state.view("chips").page)) == ("2024/chips", True)
    (tmp_path / "briefs/house.yaml").write_text("name: Desk\noutputs: flat\n")
    state.tell(PageMade("briefs/2024/chips.yaml", {"chips.html": b"<p>new</p>"}))
    view = state.view("chips")
    assert (view.stem, view.page) == ("chips", state.view("chips", "briefs/2024/chips.yaml").page)
    state.tell(Ended(Outcome("briefs/2024/chips.yaml", TargetStatus.BUILT)))
    assert state.page("chips.html") is None
