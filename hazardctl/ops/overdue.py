"""The overdue list, and what falls due soon; a gate for CI (EXPERIENCE 3.6)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.day import length
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.measures.listing import PRESSING
from hazardctl.ops.contacts import Phones, called, phones
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words, about_day, foretold, opened
from hazardctl.ops.standing import Row, late
from hazardctl.reports.answers import Late
from hazardctl.reports.overdue import Pressing, overdue
from hazardctl.sheet import Sheet
from hazardctl.store.load import Progress

FAILING: Final = ("any", "major")
LONGER: Final = re.compile(r"(\d{1,4})d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Overdue:
    """The sheet, whether a file was left out, and whether what `--fail-on` names was met."""

    sheet: Sheet
    incomplete: bool
    failing: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked beside the filters, as typed.

    Attributes:
        within: `7d`: also what falls due in so many days.
        fail_on: `any`, `major`, or `30d` for more than so many days.
        working: days overdue are working days.
        contacts: a file of telephone numbers, outside the ledger.
    """

    within: str = ""
    fail_on: str = ""
    working: bool = False
    contacts: Path | None = None


def listed(context: Context, words: Words, wanted: Wanted, progress: Progress | None = None) -> Overdue:
    """List what is overdue on a day.

    Args:
        context: which ledger, which day.
        words: filters and the as-of day.
        wanted: what is asked beside them.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: a word that means nothing, or the file of contacts has no names and numbers.
    """
    days, gate = days_ahead(wanted.within), _gate(wanted.fail_on)

    def made(ledger: Ledger) -> Overdue:
        asked = about_day(context, ledger, words)
        day = asked.question.as_of
        ahead = ledger.config.policy.due_soon_days if days is None else days
        rows = Book(ledger).listing(day, (*asked.question.clauses, Clause("is", ("open",), kind="is")), "closed", PRESSING)
        pending = [row for row in rows if row["claimed"] is None]
        found, guessed = late(ledger, [row for row in pending if row["overdue"]], day, working=wanted.working)
        soon, _ = late(ledger, [row for row in pending if falls_due(row, day, ahead)], day)
        undated, _ = late(ledger, [row for row in pending if row["due"] is None], day)
        known: Phones = phones(wanted.contacts, context.root, ledger) if wanted.contacts else {}
        found, soon, undated = (called(part, known) for part in (found, soon, undated))
        frame = replace(asked.frame, guessed=tuple(sorted(guessed)), working=wanted.working)
        sheet = overdue(frame, Pressing(found, _soonest(soon), undated, ahead, asked=days is not None))
        return Overdue(sheet, bool(frame.unread), _fails(found, gate))

    return foretold(context, words, made) or made(opened(context, words, progress))


def falls_due(row: Row, day: dt.date, ahead: int) -> bool:
    """Say whether a hazard falls due on a day or in the days after it."""
    due: dt.date | None = row["due"]
    return due is not None and 0 <= (due - day).days <= ahead


def _soonest(soon: Sequence[Late]) -> tuple[Late, ...]:
    return tuple(sorted(soon, key=lambda one: (one.days or 0, one.grade != "major", one.id)))


def days_ahead(text: str) -> int | None:
    """Read `--within`; None where nothing was typed.

    Raises:
        UsageError: it is no number of calendar days.
    """
    if not text:
        return None
    found = length(text)
    if found is None or found.working:
        raise UsageError(Text("--within 写作 7d（自然日），不是“{it}”", '--within is written 7d (calendar days), not "{it}"').of(it=text))
    return found.days


def _gate(text: str) -> str:
    word = text.strip().lower().removeprefix("overdue:")
    if word and word not in FAILING and not LONGER.fullmatch(word):
        raise UsageError(
            Text("--fail-on 没有“{it}”", '--fail-on knows no "{it}"').of(it=text),
            Text("写 any、major，或 30d（逾期超过 30 天）", "write any, major, or 30d (more than 30 days overdue)"),
        )
    return word


def _fails(found: Sequence[Late], gate: str) -> bool:
    if not gate:
        return False
    if gate in FAILING:
        return any(gate == "any" or one.grade == "major" for one in found)
    limit = int(gate.removesuffix("d"))
    return any((one.days or 0) > limit for one in found)
