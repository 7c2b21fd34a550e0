"""The parts of `scripts/fresh-machine` that need no machine: the host's settings, the README's commands, what is printed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.freshmachine import cli, settings, steps
from scripts.freshmachine.machine import HOME, Failed, logged, without_addresses
from scripts.freshmachine.settings import Source, debian_sources, pip_options

ROOT = Path(__file__).parents[1]
KEY = "/usr/share/keyrings/archive.gpg"
STANZAS = f"""Types: deb
# a comment
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates bookworm-backports
Components: main
Signed-By: {KEY}

Types: deb
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
"""
LINES = """# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://mirror.example/debian/ bookworm main contrib
deb http://third.example/tools bookworm main
deb-src http://mirror.example/debian bookworm main
"""


@pytest.fixture
def apt(tmp_path: Path) -> Path:
    (tmp_path / "sources.list.d").mkdir()
    return tmp_path


def test_the_hosts_sources_are_taken_with_the_suite_replaced(apt: Path) -> None:
    (apt / "sources.list.d/debian.sources").write_text(STANZAS, "utf-8")
    assert debian_sources(apt, "bookworm", "trixie") == [
        Source("http://mirror.example/debian", "trixie", KEY),
        Source("http://mirror.example/debian", "trixie-updates", KEY),
        Source("http://mirror.example/debian-security", "trixie-security", ""),
    ]


def test_one_line_sources_are_read_and_third_parties_left_out(apt: Path) -> None:
    (apt / "sources.list").write_text(LINES, "utf-8")
    assert debian_sources(apt, "bookworm", "trixie") == [Source("http://mirror.example/debian/", "trixie", "/k.gpg")]
    assert debian_sources(apt, "noble", "trixie") == []


def test_a_source_is_written_as_apt_reads_it() -> None:
    assert Source("http://m.example/debian", "trixie", KEY).line() == (
        f"deb [signed-by={KEY}] http://m.example/debian trixie main\n"
    )


def test_pip_gets_connections_and_no_folders_of_the_host() -> None:
    listing = (
        "global.cert='/etc/ssl/ca.crt'\nglobal.find-links='/srv/wheels'\nglobal.extra-index-url='file:///srv/simple'\n"
        "global.constraint='/c.txt'\nglobal.timeout='15'\n:env:.timeout='180'\nuser.index-url='https://user:word@i.example/simple'\n"
    )
    assert pip_options(listing) == {
        "cert": "/etc/ssl/ca.crt",
        "timeout": "180",
        "index-url": "https://user:word@i.example/simple",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Get:1 http://mirror.example/debian trixie InRelease",
        "Looking in indexes: https://user:word@i.example/simple",
        "HTTPSConnectionPool(host='i.example', port=443)",
        "Could not resolve 'archive.example.org'",
    ],
)
def test_no_address_is_printed(text: str) -> None:
    assert "example" not in without_addresses(text)
    log = io.StringIO()
    done = logged([sys.executable, "-c", f"print({text!r})"], log)
    assert "example" not in done.output + log.getvalue().split("\n", 1)[1]
    assert "- trixie InRelease" in done.output or "http" not in text or "Looking" in text


def test_the_command_that_a_message_names_is_taken_as_it_is_printed() -> None:
    message = "hint: run `sudo apt-get install libpango-1.0-0 libharfbuzz-subset0`, then repeat"
    assert steps.told_command(message) == "apt-get install libpango-1.0-0 libharfbuzz-subset0 -y"
    assert steps.told_command("sudo rm -rf /") == ""


def test_the_readme_gives_the_commands() -> None:
    assert steps.made("make") == "make"
    assert steps.made("make test") == "make test"
    with pytest.raises(Failed, match=r"README\.md"):
        steps.made("make coffee")
    assert steps.environment()["PATH"].startswith(f"{HOME}/")


def test_the_tests_that_a_quick_run_takes_are_there() -> None:
    assert [name for name in steps.QUICK_TESTS if not (ROOT / name).is_file()] == []


def test_every_message_names_the_same_packages_as_the_readme() -> None:
    from generator.render.layout.layout_diagnostics import COMMAND
    from scripts.freshmachine.readme import packages

    libraries = COMMAND.removeprefix("sudo apt-get install ").split()
    assert [name for name in packages() if name.startswith("lib")] == libraries
    script = (ROOT / "scripts/system-packages").read_text("utf-8")
    assert [name for name in libraries if f"want {name}\n" not in script] == []
    assert COMMAND in (ROOT / "docs/problems.md").read_text("utf-8")


def test_a_host_that_cannot_make_one_is_an_error_with_its_reason(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "PROGRAMS", ("no-such-program", "sh"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert cli.main(["trixie"]) == 2
    assert "install no-such-program" in capsys.readouterr().err
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert cli.main(["trixie"]) == 2
    assert "root" in capsys.readouterr().err


def test_the_name_of_a_suite_is_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["../../trixie"])
    assert "suite" in capsys.readouterr().err


def test_the_command_explains_itself() -> None:
    done = subprocess.run([str(ROOT / "scripts/fresh-machine"), "--help"], capture_output=True, text=True, check=True)
    assert "--quick" in done.stdout


def test_settings_are_copied_with_their_modes(tmp_path: Path) -> None:
    secret = tmp_path / "auth.conf"
    secret.write_text("machine m.example", "utf-8")
    secret.chmod(0o600)
    root = tmp_path / "root"
    settings._copy(str(secret), root)
    copy = root / str(secret).lstrip("/")
    assert copy.stat().st_mode & 0o777 == 0o600
