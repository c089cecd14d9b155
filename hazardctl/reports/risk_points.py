"""What the report on risk points is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hazardctl.language import Text
from hazardctl.reports.told import Told


@dataclass(frozen=True, slots=True)
class Row:
    """A type of risk point, or the total under an empty key: all, then each colour, worst first."""

    key: str
    label: Text
    whole: Told
    colours: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Check:
    """A check row that was not done in its cycle; `since` is the last time, or the day the point was identified."""

    id: str
    row: int
    name: str
    colour: str
    unit: str
    what: str
    method: str
    cycle: Text
    post: str
    owner: str
    since: dt.date
    days: int


@dataclass(frozen=True, slots=True)
class On:
    """The hazards found on a point, those still open, and which controls failed how often."""

    id: str
    name: str
    colour: str
    unit: str
    found: int
    open: int
    controls: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Control:
    """A control that failed: how often, and on how many points."""

    text: str
    failed: int
    points: int


@dataclass(frozen=True, slots=True)
class Bare:
    """A point for which no checks, or no controls, are written down."""

    id: str
    name: str
    colour: str
    unit: str
    no_checks: bool
    no_controls: bool


@dataclass(frozen=True, slots=True)
class Place:
    """A unit: its points, how many of each colour, its checks due, the hazards found on its points."""

    key: str
    name: str
    points: int
    colours: Sequence[int]
    due: int
    hazards: int


@dataclass(frozen=True, slots=True)
class Risk:
    """What the report prints."""

    figures: Sequence[Told]
    rows: Sequence[Row]
    checks: Sequence[Check]
    on: Sequence[On]
    controls: Sequence[Control]
    linked: int
    found: int
    bare: Sequence[Bare]
    places: Sequence[Place]
