"""A small brief, made once for all tests of a process: with a capture, a lock that lacks its passages, and an annex."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12

from generator.engine import TargetStatus
from generator.evidence.captures.capture_store import capture
from generator.pipeline import publish_brief
from generator.pipeline.pdf_files.pdf_contents import Contents, open_contents
from generator.project import Project
from generator.provenance.rebuild_brief import Remade, remake
from generator.provenance.signatures import sign

FILES = {
    "briefs/house.yaml": "name: Example Desk   # who publishes\nevidence_annex: true\n",
    "briefs/experts.yaml": """
zoe: {name: Zoe Unused, affiliation_note: none given}

# ---- those who are on record
ben: {name: Ben Sample, affiliation_note: none given}
ann:
  name: Ann Example   # as she writes it
  affiliation_note: none given
""",
    "briefs/sources.yaml": """
references:
  - {id: unused, type: book, title: Not cited, issued: 2020}
  # what was said
  - id: talk
    type: speech
    title: A talk   # the title on the slides
    issued: 2024-05-02
""",
    "briefs/works.yaml": """
title: Does it work?   # the question of the day
date: 2024-06-01
status: published
experts: [ann, ben]
selection: Those who spoke.
summary: It is disputed whether it works [@talk, para. 1].
questions:
  - id: works
    ask: Does it work?
    scale: [Badly, Well]
    positions:
      ann: {stance: Well, quote: the harbour works very well indeed, cite: "@talk, para. 2"}
      ben: {gap: no-position-found, searched: one talk, until: 2024-06-01}
""",
}
TALK = "The harbour.\n\nAnn Example said: “the harbour works very well indeed, as it has for years.”\n"
TODAY = datetime.date(2024, 6, 2)


@dataclass(frozen=True)
class Brief:
    folder: Path
    pdf: bytes

    @property
    def contents(self) -> Contents:
        return open_contents(self.pdf)


def project(folder: Path) -> Project:
    """Write the brief's project, with the capture of its source."""
    for path, text in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    capture(folder, "talk", [("talk.txt", TALK.encode())], TODAY)
    return Project(folder)


def build(at: Project, **options: Any) -> bytes:
    """Build it, and return the PDF."""
    report = publish_brief.publish(at, ["works"], **options)
    assert report.outcomes[0].status in (TargetStatus.BUILT, TargetStatus.SKIPPED), report.outcomes
    return (at.output / "works.pdf").read_bytes()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Brief:
    at = project(tmp_path_factory.mktemp("works"))
    return Brief(at.folder, build(at))


@cache
def _remade(pdf: bytes) -> Remade:
    contents = open_contents(pdf)
    return remake(contents.files, contents.manifest.file)


@pytest.fixture(scope="session")
def remade(made: Brief) -> Remade:
    """What its attachments make, made once."""
    return _remade(made.pdf)


# ---------------------------------------------------------------- keys


def certificate(
    name: str,
    key: Any,
    issuer: str,
    signed_by: ec.EllipticCurvePrivateKey,
    *,
    ca: bool,
    year: int = 2024,
    days: int = 36500,
):
    day = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    names = {
        who: x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])
        for who, text in (("subject", name), ("issuer", issuer))
    }
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    return (
        x509.CertificateBuilder()
        .subject_name(names["subject"])
        .issuer_name(names["issuer"])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day + datetime.timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=ca, **usage), critical=True
        )
        .sign(signed_by, hashes.SHA256())
    )


def pem(thing) -> bytes:
    return thing.public_bytes(serialization.Encoding.PEM)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`key.pem` and `cert.pem`, self-signed; `desk.p12`, issued by `root.pem`, and `locked.pem`, with the password "öffne"."""
    folder = tmp_path_factory.mktemp("keys")
    own, root, desk = (ec.generate_private_key(ec.SECP256R1()) for _ in range(3))
    forms = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    password = serialization.BestAvailableEncryption("öffne".encode())
    (folder / "key.pem").write_bytes(own.private_bytes(*forms, serialization.NoEncryption()))
    (folder / "locked.pem").write_bytes(own.private_bytes(*forms, password))
    (folder / "cert.pem").write_bytes(pem(certificate("Own Desk", own, "Own Desk", own, ca=False)))
    issued = certificate("Issued Desk", desk, "A Root", root, ca=False)
    (folder / "root.pem").write_bytes(pem(certificate("A Root", root, "A Root", root, ca=True)))
    (folder / "desk.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"desk", desk, issued, None, password))
    return folder


@pytest.fixture(scope="session")
def signed(made: Brief, keys: Path) -> bytes:
    return sign(made.pdf, keys / "key.pem", keys / "cert.pem")
