"""Photographs made small: upright, without what the camera wrote, the same bytes each time; what is no picture is none."""

from __future__ import annotations

import io
import sys
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image

from hazardctl.errors import MissingExtraError
from hazardctl.exchange.pictures import SIDE, small


def photo(size: tuple[int, int] = (1600, 900), form: str = "JPEG", mode: str = "RGB", **saved: Any) -> bytes:  # noqa: ANN401 (what Pillow takes)
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(out, form, **saved)
    return out.getvalue()


def taken() -> Image.Exif:
    """Give what a telephone writes into a picture it took lying on its side."""
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "SECRETCAM", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 12.0, 5.0)})
    return exif


def test_a_picture_is_small_upright_and_keeps_nothing_of_the_camera() -> None:
    data = photo(exif=taken())
    assert b"SECRETCAM" in data
    made = small(data)
    assert made is not None
    assert (made.width, made.height) == (540, SIDE)
    assert b"SECRETCAM" not in made.data
    with Image.open(io.BytesIO(made.data)) as opened:
        assert opened.format == "JPEG"
        assert not opened.getexif()
    assert small(data) == made


@pytest.mark.parametrize(("form", "mode"), [("PNG", "RGBA"), ("GIF", "P"), ("WEBP", "RGB"), ("BMP", "RGB"), ("TIFF", "L")])
def test_other_kinds_are_pictures_too_and_what_is_clear_becomes_white(form: str, mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 20), (200, 30, 30, 0) if mode == "RGBA" else 90).save(out, form)
    made = small(out.getvalue())
    assert made is not None
    assert (made.width, made.height) == (40, 20)
    with Image.open(io.BytesIO(made.data)) as opened:
        assert mode != "RGBA" or opened.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7", photo()[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 40, photo(form="PDF")])
def test_what_is_no_picture_is_none(data: bytes) -> None:
    assert small(data) is None


def test_a_picture_that_would_fill_the_memory_is_none() -> None:
    data = photo((400, 400))
    for most in (100_000, 50_000):  # a warning of Pillow, then an error
        with patch.object(Image, "MAX_IMAGE_PIXELS", most):
            assert small(data) is None


def test_a_missing_extra_is_one_line() -> None:
    data = photo()
    with patch.dict(sys.modules, {"PIL": None}), pytest.raises(MissingExtraError) as caught:
        small(data)
    assert len(caught.value.lines("zh")) == 1
    assert "hazardctl[photo]" in caught.value.lines("en")[0]
