"""Changing PDFs as somebody might who has other things in mind."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import pikepdf


def with_attachments(pdf: bytes, change: Mapping[str, bytes | None]) -> bytes:
    """With these attachments replaced or added; None takes one out."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for name, data in change.items():
            if data is None:
                del opened.attachments[name]
            else:
                opened.attachments[name] = pikepdf.AttachedFileSpec(opened, data, filename=name)
        return saved(opened)


def with_manifest(pdf: bytes, change: Callable[[Any], object]) -> bytes:
    """With what `change` does to the manifest."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = json.loads(opened.attachments["manifest.json"].get_file().read_bytes())
    change(said)
    return with_attachments(pdf, {"manifest.json": json.dumps(said).encode()})


def saved(opened: pikepdf.Pdf, **options: Any) -> bytes:
    out = io.BytesIO()
    opened.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()
