"""The lines of a text as paragraphs to read in: wrapped lines joined, writing made alike, and where each character stood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.exchange.claims import english
from hazardctl.exchange.claims.spelled import figures

_ALIKE: Final = str.maketrans(
    "檢隱處項個組專級營單領導帶隊罰萬餘訓練應傳發現問題業執條產銷號責總體預協議書難殘礦電氣車輛種錢資協會議約談廠區縣鎮鄉與質災點開辦場舉報獎勵賽過達實際",
    "检隐处项个组专级营单领导带队罚万余训练应传发现问题业执条产销号责总体预协议书难残矿电气车辆种钱资协会议约谈厂区县镇乡与质灾点开办场举报奖励赛过达实际",
)
"""Traditional characters of the words that figures stand with; each is one character, so columns stay."""

_PINYIN: Final = re.compile(r"[(（][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹ' ]{1,60}[)）]")
_BOLD: Final = re.compile(r"\*\*\d[^*\n]{0,12}\*\*")
_ESCAPE: Final = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_PERCENT: Final = re.compile(r"(?<=[\da-z]) ?per ?cent\b", re.IGNORECASE)
_BLANK: Final = re.compile(r"(?<![A-Za-z])[Xx]{1,6}(?= +[A-Za-z])")
"""A figure left out of a sentence in English, whose blanks go too."""
_THOUSANDS: Final = re.compile(r"(?<=\d)，(?=\d{3}(?:，\d{3})*(?!\d))")
"""A full-width comma inside a number."""
_START: Final = re.compile(
    r"\s*(?:#{1,6}\s|[-+]\s|\d{1,2}\\?[.、](?!\d)|[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)"
)
_TABULAR: Final = re.compile(r"\S {2,}\S.*\S {2,}\S|^\s*\||^[\s-]*--")
_ENDED: Final = tuple("。！？；：!?;:】.")
_SENTENCE_END: Final = re.compile(r"$|\s+[A-Z\d\"“(]")
_FULL: Final = 30
"""Characters of a line that may have been wrapped; a shorter one ends where it ends."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph to read in.

    Attributes:
        text: its characters made alike, without spaces, pinyin in brackets, marks of bold print and escapes.
        at: line and column, from 1, of each of them.
        title: it is the first of the text.
    """

    text: str
    at: Sequence[tuple[int, int]] = field(repr=False)
    title: bool = False

    @property
    def heading(self) -> bool:
        """Say whether it is a heading: short, and no sentence."""
        return len(self.text) <= _FULL and not self.text.endswith(_ENDED) and bool(_START.match(self.text)) and not self.title


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Give the paragraphs of a text; tables are no prose and stay out."""
    gathered: list[tuple[str, tuple[int, int]]] = []
    title, open_line = True, False
    for number, line in enumerate(text.splitlines(), 1):
        prose = not _TABULAR.search(line) and bool(line.strip())
        goes_on = prose and open_line and not _START.match(line)
        if gathered and not goes_on:
            yield _paragraph(gathered, title=title)
            gathered, title = [], False
        if prose:
            gathered += _characters(line, number)
            ended = line.rstrip().endswith(_ENDED)
            open_line = not ended and len(line.strip()) >= _FULL and not (title and number == 1)
        else:
            open_line = False
    if gathered:
        yield _paragraph(gathered, title=title)


def _paragraph(gathered: Sequence[tuple[str, tuple[int, int]]], *, title: bool) -> Paragraph:
    return Paragraph("".join(one for one, _ in gathered), [at for _, at in gathered], title)


def _sign(line: str, place: int) -> str | None:
    """Give a comma or a full stop between words of English as the sign it is in Chinese: blanks are left out, and 79, 71 is no number."""
    character, behind = line[place], line[place + 1 :]
    if character == "," and (not behind or behind[0].isspace()):
        return "，"
    if character != "." or not _SENTENCE_END.match(behind):
        return None
    before = line[:place].split()
    last = before[-1] if before else ""
    return None if last.rpartition("(")[2] in english.ABBREVIATED or (len(before) == 1 and last.isdigit()) else "。"


def _characters(line: str, number: int) -> Iterator[tuple[str, tuple[int, int]]]:
    left_out = {place for found in _PINYIN.finditer(line) for place in range(*found.span())}
    for found in _BOLD.finditer(line):  # its marks only: ** alone stands for what is blanked
        left_out |= {found.start(), found.start() + 1, found.end() - 2, found.end() - 1}
    left_out |= {found.start() for found in _ESCAPE.finditer(line)}
    said: dict[int, str] = {}
    for first, end, digits in (*figures(line), *((*found.span(), "%") for found in _PERCENT.finditer(line))):
        left_out |= set(range(first, end))
        said[first] = digits
    left_out -= set(said)
    for found in _BLANK.finditer(line):
        said |= dict.fromkeys(range(*found.span()), "×")
    for place, character in enumerate(line):
        if place in said:
            yield from ((one, (number, place + 1)) for one in said[place])
            continue
        if place in left_out or character.isspace():
            continue
        if (sign := "," if _THOUSANDS.match(line, place) else _sign(line, place)) is not None:
            yield sign, (number, place + 1)
            continue
        alike = unicodedata.normalize("NFKC", character)
        one = alike if len(alike) == 1 and character not in "，：；！？（）" else character
        yield one.translate(_ALIKE), (number, place + 1)
