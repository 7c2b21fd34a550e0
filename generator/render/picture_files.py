"""The pictures of a page as files: where they are published, and how they reach the layout engine."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from generator.model import PictureFile

if TYPE_CHECKING:
    from generator.render.page.views import Page

FOLDER = "assets/pictures"
"""Relative to the output folder; each brief has a folder in it. No brief is in a folder called `assets`."""
_ENDINGS = {"jpeg": "jpg", "png": "png", "svg": "svg"}
_TYPES = {"jpeg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}


def published_at(page: Page) -> dict[str, str]:
    """By name, where the pictures of a page are published, relative to the output folder."""
    return {name: f"{FOLDER}/{page.stem}/{_named(name, file)}" for name, file in page.files.items()}


def published(page: Page) -> dict[str, bytes]:
    """The files that are published beside a page, by their paths in the output folder."""
    return {path: page.files[name].data for name, path in published_at(page).items()}


def asset_names(page: Page) -> dict[str, str]:
    """By name, the addresses that the page for the PDF names them by."""
    return {name: f"pictures/{_named(name, file)}" for name, file in page.files.items()}


def data_addresses(page: Page) -> dict[str, str]:
    """By name, addresses that hold the pictures themselves (RFC 2397)."""
    return {
        name: f"data:{_TYPES[file.kind]};base64,{b64encode(file.data).decode()}" for name, file in page.files.items()
    }


def packed(page: Page) -> bytes:
    """The files of the page for the PDF, for the step that lays it out."""
    files = {address: b64encode(page.files[name].data).decode() for name, address in asset_names(page).items()}
    return json.dumps(files, sort_keys=True).encode()


def unpacked(packed: bytes) -> dict[str, bytes]:
    """What was packed: bytes by address."""
    return {address: b64decode(data) for address, data in json.loads(packed).items()}


def _named(name: str, file: PictureFile) -> str:
    return f"{name}.{_ENDINGS[file.kind]}"
