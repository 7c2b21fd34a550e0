"""Copies the host's apt, pip, certificate and name settings into a new root, so that it has the same network access.

Settings are never printed, because they may contain addresses and passwords.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FILES = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/share/ca-certificates",
    "/etc/apt/auth.conf",
    "/etc/apt/auth.conf.d",
)
"""Copied unchanged, if the host has them."""

APT_OPTIONS = ("Acquire::http", "Acquire::https", "Acquire::Check-", "Acquire::Retries")
"""Settings of apt's connections; hooks and caches of the host are not copied."""

PIP_OPTIONS = frozenset(
    {
        "cert",
        "client-cert",
        "default-timeout",
        "extra-index-url",
        "index-url",
        "proxy",
        "retries",
        "timeout",
        "trusted-host",
    }
)
"""Settings of pip's connections; folders and constraints of the host are not copied."""

VARIABLES = ("http_proxy", "https_proxy", "no_proxy")


@dataclass(frozen=True, slots=True)
class Source:
    """One package source of apt: an address, a suite, and the key that signs it (a path, or empty)."""

    address: str
    suite: str
    key: str

    def line(self) -> str:
        """Return it in apt's one-line style."""
        return f"deb {f'[signed-by={self.key}] ' if self.key else ''}{self.address} {self.suite} main\n"


def debian_sources(folder: Path, codename: str, suite: str) -> list[Source]:
    """Return the host's sources for its own Debian release, with `suite` instead of that release; empty on other systems.

    `folder` is /etc/apt, `codename` the host's release. Third parties' archives are left out.
    """
    texts = [
        path.read_text("utf-8")
        for path in (folder / "sources.list", *sorted((folder / "sources.list.d").glob("*.list")))
        if path.is_file()
    ]
    stanzas = [path.read_text("utf-8") for path in sorted((folder / "sources.list.d").glob("*.sources"))]
    found = [source for text in texts for source in _one_line(text)] + [
        source for text in stanzas for source in _deb822(text)
    ]
    return [
        Source(source.address, suite + source.suite.removeprefix(codename), source.key)
        for source in found
        if source.suite in (codename, f"{codename}-updates", f"{codename}-security")
        and re.search(r"/debian(-security)?/?$", source.address)
    ]


def _one_line(text: str) -> Iterator[Source]:
    for match in re.finditer(r"^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s", text, re.MULTILINE):
        key = re.search(r"signed-by=(\S+)", match[1] or "")
        yield Source(match[2], match[3], key[1] if key else "")


def _deb822(text: str) -> Iterator[Source]:
    for stanza in re.split(r"\n\s*\n", text):
        fields = {name.lower(): value.strip() for name, value in re.findall(r"^([\w-]+):(.*)$", stanza, re.MULTILINE)}
        if "deb" in fields.get("types", "").split() and fields.get("enabled", "yes").lower() != "no":
            for address in fields.get("uris", "").split():
                for suite in fields.get("suites", "").split():
                    yield Source(address, suite, fields.get("signed-by", ""))


def pip_options(listing: str) -> dict[str, str]:
    """Return name -> value from the output of `pip config list`; later lines win. Local folders are left out."""
    found = {}
    for match in re.finditer(r"^\S+?\.([\w-]+)='(.*)'$", listing, re.MULTILINE):
        if match[1] in PIP_OPTIONS and "file:" not in match[2]:
            found[match[1]] = match[2]
    return found


def host_codename() -> str:
    """Return the code name of the host's release, such as `bookworm`; empty if unknown."""
    match = re.search(r"^VERSION_CODENAME=\"?(\w+)", Path("/etc/os-release").read_text("utf-8"), re.MULTILINE)
    return match[1] if match else ""


def host_sources(suite: str) -> list[Source]:
    """Return where the host's apt would find `suite`."""
    return debian_sources(Path("/etc/apt"), host_codename(), suite)


def variables() -> dict[str, str]:
    """Return the environment variables that programs need to reach the network."""
    return {name: value for name, value in os.environ.items() if name.lower() in VARIABLES}


def copy(root: Path, suite: str) -> None:
    """Give `root` (an unpacked Debian of `suite`) the host's settings."""
    for path in FILES:
        _copy(path, root)
    _copy_apt(root, suite)
    options = pip_options(_output([sys.executable, "-m", "pip", "config", "list"]))
    if "cert" in options:
        _copy(options["cert"], root)
    lines = [f"{name} = {value}\n" for name, value in options.items()]
    (root / "etc/pip.conf").write_text("".join(["[global]\n", *lines]), "utf-8")


def _copy_apt(root: Path, suite: str) -> None:
    options = [line for line in _output(["apt-config", "dump"]).splitlines() if line.startswith(APT_OPTIONS)]
    (root / "etc/apt/apt.conf.d/50host").write_text("\n".join(options) + "\n", "utf-8")
    for path in re.findall(r'::(?:CAInfo|SslCert|SslKey) "(/[^"]+)"', "\n".join(options)):
        _copy(path, root)
    if sources := host_sources(suite):
        (root / "etc/apt/sources.list").write_text("".join(source.line() for source in sources), "utf-8")
        for source in sources:
            if source.key and not (root / source.key.lstrip("/")).exists():
                _copy(source.key, root)


def _copy(path: str, root: Path) -> None:
    source, target = Path(path), root / path.lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        target.unlink(missing_ok=True)
        shutil.copy(source, target)


def _output(command: list[str]) -> str:
    """Return the output of a program; empty if it does not exist or fails."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
