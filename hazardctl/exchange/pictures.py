"""A photograph made small enough for a page: turned upright, nothing kept of where and by which device it was taken (Pillow)."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from hazardctl.errors import lacks
from hazardctl.language import Text

SIDE: Final = 960
"""Pixels of the longer side."""
QUALITY: Final = 80
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


@dataclass(frozen=True, slots=True)
class Small:
    """A JPEG file and its size in pixels."""

    data: bytes
    width: int
    height: int


def needed() -> None:
    """Insist on what reads pictures.

    Raises:
        MissingExtraError: the extra `photo` is not installed.
    """
    try:
        import_module("PIL")
    except ImportError:
        raise lacks("photo", Text("照片缩略图", "pictures on a page")) from None


def small(data: bytes) -> Small | None:
    """Give a picture small; None for what is no picture, is broken, or would be too large unpacked. The same bytes each time.

    Raises:
        MissingExtraError: the extra `photo` is not installed.
    """
    needed()
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                opened.draft("RGB", (2 * SIDE, 2 * SIDE))
                upright = ImageOps.exif_transpose(opened)
                upright.thumbnail((SIDE, SIDE))
                laid = Image.new("RGB", upright.size, "white")
                clear = upright.convert("RGBA")
                laid.paste(clear, mask=clear.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    out = io.BytesIO()
    laid.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Small(out.getvalue(), *laid.size)
