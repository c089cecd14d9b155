"""What a report lays out and a renderer prints: formats plus reports, never formats times reports.

Cells are values, not strings; words are `Text` and are said in one language by the renderer. The head and the foot say
period, as-of day, basis and what could not be read: no renderer for people leaves them out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from hazardctl.language import Text


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as its two parts; the quotient is made on output only (DOMAIN §4.4).

    Attributes:
        numerator: 0 or more; may be a sum of places.
        denominator: 0 means that there is no rate: `/` in text, null in JSON.
        places: decimal places of the percentage.
    """

    numerator: int
    denominator: int
    places: int = 2

    @property
    def value(self) -> Decimal | None:
        """Give the percentage, rounded half up; never 100 unless the parts are equal, never 0 unless nothing is done.

        Examples:
            >>> Rate(1299, 1317).value, Rate(29999, 30000).value, Rate(0, 0).value
            (Decimal('98.63'), Decimal('99.99'), None)
        """
        if self.denominator == 0:
            return None
        step = Decimal(1).scaleb(-self.places)
        exact = (Decimal(self.numerator) * 100 / Decimal(self.denominator)).quantize(step, ROUND_HALF_UP)
        hundred = Decimal(100).quantize(step)
        if exact == hundred and self.numerator < self.denominator:
            return hundred - step
        if exact == 0 and self.numerator > 0:
            return step
        return exact

    def __str__(self) -> str:
        """Give the percentage with its sign, or `/`."""
        value = self.value
        return "/" if value is None else f"{value}%"


Plain: TypeAlias = str | Text | int | Decimal | dt.date | Rate | None
Tone: TypeAlias = Literal["alarm", "warn", "dim"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell that a terminal may colour; the word alone must say what the colour says."""

    value: Plain
    tone: Tone


Cell: TypeAlias = Plain | Mark


def bare(cell: Cell) -> Plain:
    """Give what stands in a cell, without its colour."""
    return cell.value if isinstance(cell, Mark) else cell


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: name in JSON and csv.
        label: heading.
        align: numbers right, words left.
        measure: id of the measure its figures are, or empty.
        drop: 0 stays at any width; else the column leaves a narrow page, higher numbers first.
        fixed: never wrapped or cut (ids, days).
        bar: drawn as a bar of its rate, in text only.
        data: in csv only, as a page for people has no room for it.
        over: what stands over it and its neighbours, where a form has two rows of headings.
    """

    key: str
    label: Text
    align: Literal["left", "right"] = "left"
    measure: str = ""
    drop: int = 0
    fixed: bool = False
    bar: bool = False
    data: bool = False
    over: Text | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        key: name in JSON.
        columns: in reading order.
        rows: one cell a column.
        title: the line above it.
        lead: the line below the title: what is in it.
        total: the last row is the total, which was asked apart and is not the sum of the lines.
        note: the line below it.
        plain: without headings, as a chronicle.
        dots: a zero is printed as a dot in text, so that the figures that matter stand out.
        tall: headings may stand on several lines where the page is too narrow for them.
    """

    key: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: Text | None = None
    total: bool = False
    note: Text | None = None
    plain: bool = False
    dots: bool = False
    lead: Text | None = None
    tall: bool = False

    def shown(self) -> Table:
        """Give the table as a page without bars has it: no bars, nothing that is for programs."""
        keep = [place for place, column in enumerate(self.columns) if not (column.bar or column.data)]
        return replace(
            self, columns=tuple(self.columns[place] for place in keep), rows=tuple(tuple(row[place] for place in keep) for row in self.rows)
        )


def spans(columns: Sequence[Column]) -> Iterator[tuple[Text | None, int]]:
    """Give what stands over columns, each with how many of them; a column of its own stands alone, under nothing.

    Examples:
        >>> a, b = Text("甲", "a"), Column("x", Text("", ""))
        >>> [(over and over.en, wide) for over, wide in spans((b, Column("y", b.label, over=a), Column("z", b.label, over=a), b))]
        [(None, 1), ('a', 2), (None, 1)]
    """
    place = 0
    while place < len(columns):
        over, first = columns[place].over, place
        place += 1
        while over is not None and place < len(columns) and columns[place].over == over:
            place += 1
        yield over, place - first


@dataclass(frozen=True, slots=True)
class Figures:
    """The headline: a row of labelled figures."""

    key: str
    columns: tuple[Column, ...]
    values: tuple[Cell, ...]

    def pairs(self) -> tuple[tuple[Column, Cell], ...]:
        """Give each figure with its label."""
        return tuple(zip(self.columns, self.values, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or what a label at its left speaks of, on a line of its own.

    Attributes:
        text: what it says; parts that belong together are kept together where two or more spaces part them from the rest.
        key: name in JSON.
        label: the word at the left; the labels of lines that follow one another are as wide as the widest.
        indent: spaces before it.
    """

    text: Text
    key: str = ""
    label: Text | None = None
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a chapter (`level` 1) or of a part of one (2)."""

    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture small enough for a page.

    Attributes:
        data: a JPEG file.
        width: in pixels, as is the height.
        height: as above.
        caption: what it shows, in words.
    """

    data: bytes
    width: int
    height: int
    caption: Text


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures side by side, numbered in their order; only a page, a Word file and a PDF have room for them."""

    key: str
    items: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar shows on a day.

    Attributes:
        key: the same for the same matter each time, so that a calendar knows it again.
        day: the whole day.
        title: in a line.
        text: the rest.
    """

    key: str
    day: dt.date
    title: Text
    text: Text


Block: TypeAlias = Table | Figures | Line | Heading | Pictures

Value: TypeAlias = object
"""What JSON holds: text, whole number, null, a day (ISO), a `Rate`, lists and mappings of these."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of blocks.

    Attributes:
        name: of the report, in file names and JSON (`hazardctl/<name>/1`).
        title: heading.
        head: lines under the heading: period, as-of day, ledger, basis.
        blocks: in reading order.
        foot: cut-off, counting, scope, unread files, guesses: printed in every format for people.
        data: the same figures for machines.
        main: key of the table that csv writes.
        hints: likely next commands and what they give; talk, printed on stderr of a terminal only.
        stamp: what each line of a csv states beside its figures, since a csv has neither head nor foot.
        compact: no empty line between the heading and the first block.
        brief: the same in a few lines, for a message.
        days: the same in a calendar; None where it has no room in one.
    """

    name: str
    title: Text
    head: tuple[Text, ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: tuple[Text, ...] = ()
    data: Mapping[str, Value] = field(default_factory=dict[str, Value])
    main: str = ""
    hints: tuple[tuple[str, Text], ...] = ()
    stamp: tuple[tuple[Column, Plain], ...] = ()
    compact: bool = False
    brief: tuple[Text, ...] = ()
    days: tuple[Day, ...] | None = None

    def table(self, key: str) -> Table | Figures | None:
        """Find a block by its key."""
        return next((block for block in self.blocks if isinstance(block, Table | Figures) and block.key == key), None)
