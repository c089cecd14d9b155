"""What a console of another encoding shows: a word for the sign of a missing figure, escapes for what people typed."""

from __future__ import annotations

import io
import sys

import pytest

from hazardctl.cli import streams
from hazardctl.language import Language
from hazardctl.render.page import Page
from hazardctl.render.terminal import lacking, spelled
from hazardctl.render.text import rendered
from tests.render import pages


def printed(monkeypatch: pytest.MonkeyPatch, encoding: str, language: Language, text: str) -> str:
    """Print a text on a stream of an encoding and give what arrived."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    streams.careful(language)
    sys.stdout.write(text)
    sys.stdout.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize(
    ("encoding", "language", "text", "arrives"),
    [
        ("utf-8", "zh", "罚款∅万元", "罚款∅万元"),
        ("gbk", "zh", "罚款∅万元", "罚款（缺）万元"),
        ("gbk", "en", "fined ∅", "fined n/a"),
        ("ascii", "zh", "∅", "n/a"),
        ("gbk", "zh", "钢筋∅12、∅ 8", "钢筋\\u220512、\\u2205 8"),
        ("gbk", "zh", "𠮷𠮷∅", "\\U00020bb7\\U00020bb7（缺）"),
    ],
)
def test_a_missing_figure_is_read_on_any_console(
    monkeypatch: pytest.MonkeyPatch, encoding: str, language: Language, text: str, arrives: str
) -> None:
    assert printed(monkeypatch, encoding, language, text) == arrives


def test_only_encoding_is_mended() -> None:
    streams.careful("zh")
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", streams.HANDLER)


def test_the_stand_in_is_laid_out_and_not_put_in_later() -> None:
    page = Page("zh", 40, instead=lacking("gbk", "zh"))
    text = rendered(pages.poisoned("∅"), page)
    text.encode("gbk")
    assert "（缺）" in text
    assert spelled("∅", lacking("no-such-encoding", "zh")) == "∅"
