"""The deadline a ledger's policy sets, in calendar or working days (DOMAIN §2.1 `deadlines`, §5.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hazardctl.calendar import Calendar, configured
from hazardctl.language import Text
from hazardctl.model.config import Config

if TYPE_CHECKING:
    from hazardctl.model.hazard import Hazard

GUESSED: Final = Text(
    "{years} 年的工作日安排尚未公布，按周一至周五计", "the working days of {years} are not published yet: counted Monday to Friday"
)


def calendar_of(config: Config) -> Calendar:
    """Give the working calendar of a ledger."""
    return configured(config.calendar.name, config.calendar.overrides)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day the policy sets: how many days of which kind, and the years whose working days were guessed."""

    day: dt.date
    days: int
    working: bool
    guessed: frozenset[int] = frozenset()


def deadline(config: Config, hazard: Hazard, grade: str, start: dt.date) -> Deadline | None:
    """Count the configured deadline from a day; None when no rule matches (DOMAIN §2.1 `deadlines`)."""
    rule = config.deadlines.rule(grade, hazard.sector, hazard.source)
    if rule is None:
        return None
    working = rule.count == "working"
    guessed: frozenset[int] = frozenset()
    if working:
        counted = calendar_of(config).add(start, rule.days)
        day, guessed = counted.day, counted.guessed_years
    else:
        day = start + dt.timedelta(days=rule.days)
    if config.deadlines.roll == "next_working_day":
        rolled = calendar_of(config).roll(day)
        day, guessed = rolled.day, guessed | rolled.guessed_years
    return Deadline(day, rule.days, working, guessed)
