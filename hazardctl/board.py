"""A page of several sheets for a browser: key figures, charts, tables, and the records below them.

Everything on it is a value; words are `Text`. A figure names its measure and its place in the JSON of the report it comes from,
so that a reader, and a test, can look it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from hazardctl.language import Text
from hazardctl.sheet import Block, Cell, Sheet, Tone

Shape = Literal["columns", "line", "bars", "stacked"]
"""Upright columns and lines go along time; bars and stacked bars lie, with the name of each at its left."""

Meaning = Literal["found", "done", "waiting", "open", "late", "rest"]
"""What a colour says: one and the same on every chart and card."""

Look: TypeAlias = Tone | Literal["good", ""]
"""How a key figure looks; its label and its note say the same in words."""

Point: TypeAlias = int | Decimal | None


@dataclass(frozen=True, slots=True)
class Series:
    """The values of one meaning, one a label; None where there is no figure."""

    label: Text
    meaning: Meaning
    values: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing; the same figures stand in a table beside it.

    Attributes:
        key: of the page: letters, figures and hyphens.
        title: heading.
        shape: how it is drawn.
        labels: of the points.
        series: one or more.
        percent: the values are percentages: the axis goes from 0 to 100.
    """

    key: str
    title: Text
    shape: Shape
    labels: Sequence[Text]
    series: Sequence[Series]
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One key figure.

    Attributes:
        label: what it is.
        value: None where it is not known.
        measure: id.
        path: its place in the JSON, as `report/rate` or `report/ages/to_7`.
        note: a line below it.
        tone: of the figure.
    """

    label: Text
    value: Cell
    measure: str
    path: str
    note: Text | None = None
    tone: Look = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: charts side by side, then blocks.

    Attributes:
        key: of the page.
        title: heading.
        charts: drawn one beside the other where there is room.
        blocks: tables and sentences of the sheets.
        filtered: its table has a box to search in.
        folded: the blocks are closed until a person opens them.
    """

    key: str
    title: Text
    charts: Sequence[Chart] = ()
    blocks: Sequence[Block] = ()
    filtered: bool = False
    folded: Text | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A hazard below its unit: a line, and what opens: its facts and its history."""

    id: str
    line: Sequence[Cell]
    facts: Sequence[tuple[Text, Text]]
    history: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its hazards, those that press first."""

    key: str
    name: Text
    line: Text
    late: bool
    items: Sequence[Item]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure counts."""

    measure: str
    name: Text
    words: Text


@dataclass(frozen=True, slots=True)
class Board:
    """The page.

    Attributes:
        title: heading.
        head: lines under it.
        sum: the figures that add up, in words.
        cards: the key figures.
        sections: in reading order.
        units: units with hazards found in the period or open.
        more: what is said where hazards were left out of `units`.
        definitions: of every measure on the page.
        foot: how it was counted.
        sheets: the reports it is made of; their figures are the page's.
    """

    title: Text
    head: Sequence[Text]
    sum: Text | None
    cards: Sequence[Card]
    sections: Sequence[Section]
    units: Sequence[Unit]
    more: Text | None
    definitions: Sequence[Definition]
    foot: Sequence[Text]
    sheets: Sequence[Sheet] = ()
