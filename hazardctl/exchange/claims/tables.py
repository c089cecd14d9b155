"""The tables of a text: a cell under a name that says its measure is a claim, about what the first cell of its row names.

A table is rows that begin with a bar, as Markdown writes them; those of a document are handed over so. Each cell is said as a sentence
would say it (排查隐患 and 16 as 排查隐患16处) and read by the very wordings of sentences: there is no second list of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_ROW: Final = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_RULE: Final = re.compile(r"^[\s:|-]+$")
_UNIT: Final = re.compile(r"[(（](?P<unit>[^()（）]{1,6})[)）]\s*$")
_COUNTED: Final = re.compile(r"(?:总)?(?:数量?|个数|合计|情况)$")
_FIGURE: Final = re.compile(
    r"(?:超过|近|约|逾)?\d[\d,.]*(?:余|多)?\s*[%％]?(?:[万亿]?元|人次|家次|[处项条个家户次起人份场期支套])?", re.ASCII
)
TOTALS: Final = frozenset({"合计", "总计", "全部", "总数", "total", "all"})
UNITS: Final = ("", "处", "家", "个", "次", "人次", "%", "起", "人", "份", "场", "元", "支")
"""What a number is tried with where neither its cell nor the name above it says what is counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table.

    Attributes:
        line, column: where it begins, from 1.
        sayings: the same as a sentence would say it, the likeliest first; the name of the column and the number are in each.
        label: what the first cell of its row names; empty for the row of totals.
    """

    line: int
    column: int
    sayings: tuple[str, ...]
    label: str


def cells(text: str) -> Iterator[Cell]:
    """Give the figures of every table of a text, in reading order."""
    names: Sequence[str] = ()
    for number, line in enumerate(text.splitlines(), 1):
        found = _ROW.match(line)
        if found is None:
            names = ()
        elif not _RULE.match(line):
            row = list(_parted(found["cells"], found.start("cells")))
            if names:
                yield from _figures(names, row, number)
            elif not any(_FIGURE.fullmatch(cell) for _, cell in row):
                names = [cell for _, cell in row]


def _parted(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Give where each cell begins, from 0, and what stands in it."""
    for part in text.split("|"):
        yield start + len(part) - len(part.lstrip()), unicodedata.normalize("NFKC", part.strip())
        start += len(part) + 1


def _figures(names: Sequence[str], row: Sequence[tuple[int, str]], line: int) -> Iterator[Cell]:
    label = row[0][1] if row and not _FIGURE.fullmatch(row[0][1]) else ""
    for name, (column, cell) in zip(names, row, strict=False):
        if name and _FIGURE.fullmatch(cell):
            yield Cell(line, column + 1, tuple(_sayings(name, cell)), "" if label.strip("：:").lower() in TOTALS else label)


def _sayings(name: str, cell: str) -> Iterator[str]:
    """Say a cell in a sentence: with its own unit, with that in the name of the column, else with each there is."""
    found = _UNIT.search(name)
    bare = _COUNTED.sub("", _UNIT.sub("", name).strip())
    own = not cell[-1].isdigit()
    units = [found["unit"]] if found and not own else [""] if own else UNITS
    between = " " if bare.isascii() else ""
    for unit in units:
        yield f"{bare}{between}{cell}{unit}"
    if not (own or found):
        yield f"{cell}{between}{bare}"
