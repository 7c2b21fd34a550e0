"""PNG, JPEG and WebP files, decoded and written again, and why a picture may be refused.

The result has no metadata (where and with what it was taken), is upright, is in the colours of sRGB, and has no more pixels than a
page can show.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Raster


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A picture as it may be published."""

    kind: str
    """`jpeg`, `png` or `svg`."""
    width: int
    height: int
    data: bytes
    written: str
    """The format of the file: `png`, `jpeg`, `webp` or `svg`, whatever its name says."""
    private: bool = False
    """Whether the file contains the place where it was taken."""
    words: str = ""
    """The text of an SVG."""


class BadPicture(Exception):
    """A file that is not a picture, or must not be published: what is wrong, and what to do."""

    def __init__(self, message: str, hint: str = "", *, unsafe: bool = False, large: bool = False) -> None:
        super().__init__(message, hint, unsafe, large)
        self.message, self.hint, self.unsafe, self.large = message, hint, unsafe, large

    def __reduce__(self) -> tuple[object, ...]:
        """Support pickling, with the keywords, from the process that reads the file."""
        return partial(BadPicture, unsafe=self.unsafe, large=self.large), (self.message, self.hint)


MAX_PIXELS = 60_000_000
"""Pixels of a file, width times height: more than common cameras take."""
_OTHERS = (
    (b"GIF8", 0, "a GIF file"),
    (b"BM", 0, "a BMP file"),
    (b"II*\0", 0, "a TIFF file"),
    (b"MM\0*", 0, "a TIFF file"),
    (b"%PDF", 0, "a PDF file"),
    (b"ftyp", 4, "a HEIC, AVIF or video file"),
    (b"<", 0, "text with markup, such as a web page or an SVG file"),
)
"""What files with another name begin with, and where."""
SHOWN = 2000
"""Pixels of the longer side that are published: 300 to the inch at the width of a page's text."""
_FORMATS = {"PNG": "png", "JPEG": "jpeg", "WEBP": "webp"}
_QUALITY = 88
_LOCATION = 0x8825
"""The tag of the block that says where a picture was taken (Exif 2.32, 4.6.3)."""


def read_raster(data: bytes) -> ReadPicture:
    """Decode a file and encode its pixels again. The same bytes and library give the same result. Raises BadPicture."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opened = Image.open(io.BytesIO(data), formats=list(_FORMATS))
            _refuse(opened)
            private = _LOCATION in opened.getexif()
            upright = ImageOps.exif_transpose(opened)
            picture = _in_srgb(upright)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except BadPicture:
        raise
    except Exception:  # decoders of broken files can raise anything
        raise BadPicture(
            f"it cannot be decoded: {_fault(data)}", "open it in an image program and save it again"
        ) from None
    picture.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
    kind, encoded = _encoded(picture, lossy=_is_lossy(data))
    return ReadPicture(kind, picture.width, picture.height, encoded, _FORMATS[str(opened.format)], private=private)


def _fault(data: bytes) -> str:
    """Return why a file cannot be decoded: what it is instead of a picture, if its first bytes show it."""
    if not data:
        return "it is empty"
    other = next((kind for start, at, kind in _OTHERS if data[at : at + len(start)] == start), "")
    return f"it is {other}" if other else "it is damaged, or not a PNG, JPEG or WebP file"


def _refuse(opened: Raster) -> None:
    if opened.width * opened.height > MAX_PIXELS:
        raise _too_large()
    if getattr(opened, "n_frames", 1) > 1:
        raise BadPicture("it is animated, which a page cannot show", "save one of its frames")


def _too_large() -> BadPicture:
    return BadPicture(
        f"it has more than {MAX_PIXELS // 1_000_000} million pixels", "save it in a smaller size", large=True
    )


def _in_srgb(picture: Raster) -> Raster:
    """Return the pixels in sRGB, with transparency only if some of them have it."""
    from PIL import Image, ImageCms

    profile = picture.info.get("icc_profile")
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    alpha = picture.convert("RGBA").getchannel("A") if transparent else None
    if picture.mode in ("P", "PA", "1"):
        picture = picture.convert("RGB")
    elif picture.mode.startswith(("I", "F")):  # more than eight bits: use the high ones
        picture = picture.point(lambda value: value / 256).convert("L")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        flat = picture.convert("RGB") if picture.mode == "RGBA" else picture
        converted = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        picture = converted or flat
    colours = picture.convert("L" if picture.mode in ("L", "LA") else "RGB")
    colours.info.clear()
    if alpha is None or alpha.getextrema() == (255, 255):
        return colours
    whole: Raster = colours.convert("RGB")
    whole.putalpha(alpha)
    return Image.merge("RGBA", whole.split())


def _is_lossy(data: bytes) -> bool:
    """Whether it is JPEG, or WebP with a lossy bitstream (RFC 9649: the chunk `VP8 `)."""
    return data[:3] == b"\xff\xd8\xff" or (data[:4] == b"RIFF" and b"VP8 " in data[12:64])


def _encoded(picture: Raster, *, lossy: bool) -> tuple[str, bytes]:
    out = io.BytesIO()
    if lossy and picture.mode != "RGBA":
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
        return "jpeg", out.getvalue()
    picture.save(out, "PNG", optimize=True)
    return "png", out.getvalue()
