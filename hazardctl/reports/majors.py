"""What the report on major hazards is made of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hazardctl.language import Text
from hazardctl.reports.told import Told


@dataclass(frozen=True, slots=True)
class Progress:
    """A listing and its progress; `next` is None where no word is owed, `late` how many days it is overdue."""

    level: Text
    level_key: str
    number: str
    last: dt.date
    next: dt.date | None
    late: int | None


@dataclass(frozen=True, slots=True)
class Major:
    """A major hazard as it stands on the as-of day."""

    id: str
    unit: str
    hazard: str
    state: Text
    state_key: str
    found: dt.date
    due: dt.date | None
    days: int | None
    plan: Mapping[str, dt.date | None]
    interim: str
    regulator: dt.date | None
    congress: dt.date | None
    told: dt.date | None
    chain: Sequence[dt.date]
    asked: Sequence[tuple[dt.date, str, dt.date | None]]
    progress: Progress | None = None
    in_cohort: bool = False

    @property
    def done(self) -> int:
        """Count the items of the plan that are done."""
        return sum(1 for day in self.plan.values() if day)


@dataclass(frozen=True, slots=True)
class Visit:
    """A closed major to go back to; `left` counts the days to the end of its window, below 0 past it."""

    id: str
    unit: str
    hazard: Text
    closed: dt.date
    until: dt.date
    left: int


@dataclass(frozen=True, slots=True)
class Sealed:
    """A major closed under a stop order."""

    id: str
    unit: str
    hazard: Text
    closed: dt.date
    order: str
    kind: Text
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Majors:
    """What the report prints: the figures by measure, the hazards as they press, who must go back, what was closed too early."""

    figures: Sequence[Told]
    majors: Sequence[Major]
    visits: Sequence[Visit]
    sealed: Sequence[Sealed]
