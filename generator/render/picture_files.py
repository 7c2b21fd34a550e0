"""Pictures of a page as files: their published paths, and their addresses for the layout engine."""

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
    """Return the published paths of a page's pictures by name, relative to the output folder."""
    return {name: f"{FOLDER}/{page.stem}/{_named(name, file)}" for name, file in page.files.items()}


def published(page: Page) -> dict[str, bytes]:
    """Return the files that are published with a page, by their paths in the output folder."""
    return {path: page.files[name].data for name, path in published_at(page).items()}


def asset_names(page: Page) -> dict[str, str]:
    """Return the addresses of the pictures in the page for the PDF, by name."""
    return {name: f"pictures/{_named(name, file)}" for name, file in page.files.items()}


def data_addresses(page: Page) -> dict[str, str]:
    """Return addresses that contain the pictures (RFC 2397), by name."""
    return {
        name: f"data:{_TYPES[file.kind]};base64,{b64encode(file.data).decode()}" for name, file in page.files.items()
    }


def packed(page: Page) -> bytes:
    """Encode the files of the page for the PDF, for the layout step."""
    files = {address: b64encode(page.files[name].data).decode() for name, address in asset_names(page).items()}
    return json.dumps(files, sort_keys=True).encode()


def unpacked(packed: bytes) -> dict[str, bytes]:
    """Decode what `packed` encoded: bytes by address."""
    return {address: b64decode(data) for address, data in json.loads(packed).items()}


def _named(name: str, file: PictureFile) -> str:
    return f"{name}.{_ENDINGS[file.kind]}"
