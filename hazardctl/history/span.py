"""What a folded history is made of: stretches of days, the lines as folded, and the two together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from hazardctl.history.moves import OPEN

if TYPE_CHECKING:
    from hazardctl.model.events import Event

END: Final = dt.date.max
"""No end: the last span of every history stops here."""


class Span(NamedTuple):
    """A stretch of days on which nothing changed: `start <= day < stop` finds the state at the end of a day.

    Attributes:
        start: first day of the stretch; the first span begins on the day found.
        stop: first day of the next stretch, or `END`.
        counted: False on the days of a split child before the split.
        state: one of the eight states of DOMAIN §1.1.
        grade: in force, after regradings.
        owner: responsible unit; `person`, `supervisor` likewise, empty while nobody was named.
        cycle: 1, then one more for each reopening; from `cycle_start` to before `cycle_stop`.
        due: deadline in force; `due0` the first of the cycle; None without one.
        claimed: R, the day of the standing claim; `on_spot` when it was made on the spot.
        passed: V, the day of the standing pass.
        closed: Z, the day of the closing with reason rectified.
        removed: X, the day of a closing with another reason.
        first_verdict: `pass` or `fail` of the first verification ever, or empty.
        returned: the last verification failed and no new claim was made.
        extensions: extensions granted so far in all cycles, `extension_days` the calendar days they added;
            `extended` those of this cycle.
        listed: under supervision, not released.
        fingerprint: of the facts as the last passed verification saw them, or empty where it carried none.
    """

    start: dt.date
    stop: dt.date
    counted: bool
    state: str
    grade: str
    owner: str
    person: str
    supervisor: str
    cycle: int
    cycle_start: dt.date
    cycle_stop: dt.date
    due: dt.date | None
    due0: dt.date | None
    claimed: dt.date | None
    on_spot: bool
    passed: dt.date | None
    closed: dt.date | None
    removed: dt.date | None
    first_verdict: str
    returned: bool
    extensions: int
    extension_days: int
    extended: int
    listed: bool
    fingerprint: str

    @property
    def open(self) -> bool:
        """Say whether the state is one of the five open ones."""
        return self.state in OPEN

    def overdue_on(self, day: dt.date) -> bool:
        """Say whether the hazard is overdue on a day of this span: open, no standing claim, due before it."""
        return self.open and self.claimed is None and self.due is not None and self.due < day


class Act(NamedTuple):
    """One line of a history as folded.

    Attributes:
        position: in the file, from 0.
        event: as it stands, corrections laid over it.
        fits: whether it fits the transition table where it stands.
        before: the state it met.
        added: calendar days a granted extension moved the deadline by; 0 for every other line.
    """

    position: int
    event: Event
    fits: bool
    before: str
    added: int


@dataclass(frozen=True, slots=True)
class Replay:
    """A folded history.

    Attributes:
        spans: in time order, without gaps from the day found to `END`; never empty.
        acts: every line in folded order (date, then position in the file).
        withdrawn: the day of the withdrawal, or None.
        unmatched: positions of `correct` lines that name no event or make none (HZ224).
    """

    spans: tuple[Span, ...]
    acts: tuple[Act, ...]
    withdrawn: dt.date | None
    unmatched: tuple[int, ...]

    @property
    def misfits(self) -> tuple[Act, ...]:
        """Give the lines that do not fit the transition table where they stand (HZ201)."""
        return tuple(act for act in self.acts if not act.fits)

    def on(self, day: dt.date) -> Span | None:
        """Give the span a day lies in; None before the hazard was found."""
        for span in reversed(self.spans):
            if span.start <= day:
                return span
        return None

    @property
    def last(self) -> Span:
        """Give the state after everything that is written."""
        return self.spans[-1]
