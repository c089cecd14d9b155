"""The fold: line after line of a history, until only spans of days are left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, assert_never, cast

from hazardctl.history.moves import MOVES, NOWHERE, move
from hazardctl.history.span import END, Act, Replay, Span
from hazardctl.model import events as ev
from hazardctl.model.events import AnyEvent, Event
from hazardctl.model.hazard import Hazard

GUARDED: Final = frozenset({"release", "reopen"})
"""The verbs that ask for more than a state."""


@dataclass(slots=True)
class _Standing:
    """What is true while the fold runs; one field for each of `Span` that an act can change."""

    grade: str
    cycle_start: dt.date
    state: str = "absent"
    owner: str = ""
    person: str = ""
    supervisor: str = ""
    cycle: int = 1
    due: dt.date | None = None
    due0: dt.date | None = None
    claimed: dt.date | None = None
    on_spot: bool = False
    passed: dt.date | None = None
    closed: dt.date | None = None
    removed: dt.date | None = None
    first_verdict: str = ""
    returned: bool = False
    extensions: int = 0
    extension_days: int = 0
    extended: int = 0
    listed: bool = False
    fingerprint: str = ""
    spans: list[Span] = field(default_factory=list[Span])
    held: tuple[object, ...] = ()
    """What the last of them says beside its days."""


def replay(hazard: Hazard) -> Replay:
    """Fold a history, in date order, lines of one day in file order; a misfit is kept and noted, never raised."""
    history, unmatched = ev.amended(hazard.history)
    order = sorted(range(len(history)), key=[act.date for act in history].__getitem__)  # a stable sort keeps lines of one day
    now = _Standing(grade=hazard.grade, cycle_start=hazard.found_on)
    if not (order and history[order[0]].do == "register"):
        now.state = "registered"  # the hazard exists from the day it was found, whatever the lines say
    acts: list[Act] = []
    withdrawn, entry = None, hazard.entry
    day = hazard.found_on
    for position in order:
        act = history[position]
        if act.date > day:
            _span(now, day, act.date, entry)
            day = act.date
        before, days = now.state, now.extension_days
        fits = _step(now, act)
        if fits and act.do == "withdraw":
            withdrawn = act.date
        acts.append(Act._make((position, act, fits, before, now.extension_days - days)))
    _span(now, day, END, entry)
    return Replay(_with_cycle_stops(now.spans), tuple(acts), withdrawn, unmatched)


def allowed(replayed: Replay, act: Event) -> bool:
    """Say whether an act dated on or after everything written would fit."""
    span = replayed.last
    return span.state in MOVES.get(move(act), NOWHERE)[0] and _open_to(span.removed, act, listed=span.listed)


def next_verbs(span: Span) -> tuple[str, ...]:
    """Name the verbs the table allows in a state, in the order of the table; `register` is never one."""
    found = [row.partition(":")[0] for row, (states, _) in MOVES.items() if span.state in states]
    if not span.listed:
        found = [verb for verb in found if verb != "release"]
    if span.removed is not None:
        found = [verb for verb in found if verb != "reopen"]
    return tuple(dict.fromkeys(found))


def _open_to(removed: dt.date | None, act: Event, *, listed: bool) -> bool:
    """Say whether more than the state lets an act happen: a release needs a listing, a reopening no other end than rectified."""
    return (act.do != "release" or listed) and (act.do != "reopen" or removed is None)


def _step(now: _Standing, act: Event) -> bool:
    """Take an act in where it fits, and say whether it did."""
    states, state = MOVES.get(move(act), NOWHERE)
    fits = now.state in states and (act.do not in GUARDED or _open_to(now.removed, act, listed=now.listed))
    if fits:
        _change(now, cast("AnyEvent", act))
        now.state = state or now.state
    return fits


def _change(now: _Standing, act: AnyEvent) -> None:  # noqa: C901 (one arm a verb: the type checker points here when one is missing)
    match act:  # those of every loop first
        case ev.Registered():
            pass
        case ev.Assigned():
            _assigned(now, act)
        case ev.Rectified():
            now.claimed, now.on_spot, now.returned = act.date, act.on_spot, False
        case ev.Verified():
            _verified(now, act)
        case ev.Closed():
            now.closed = act.date if now.state == "verified" and act.reason in {"", "rectified"} else None
            now.removed = None if now.closed else act.date
        case ev.Extended():
            _extended(now, act)
        case ev.Reopened():
            _reopened(now, act)
        case ev.Regraded():
            now.grade = act.now if act.now in {"general", "major"} else now.grade
        case ev.Supervised():
            now.listed = True
        case ev.Released():
            now.listed = False
        case ev.Started() | ev.Progressed() | ev.Transferred() | ev.Withdrawn() | ev.Corrected() | ev.Noted():
            pass
        case _:
            assert_never(act)


def _assigned(now: _Standing, act: ev.Assigned) -> None:
    now.owner, now.person = act.to or now.owner, act.person
    now.supervisor = act.supervisor or now.supervisor
    if act.due and (now.due is None or act.due < now.due):  # never later: that would be a silent extension (HZ210)
        now.due = act.due
        now.due0 = now.due0 or act.due


def _extended(now: _Standing, act: ev.Extended) -> None:
    if act.decision == "granted" and act.due and now.due and act.due > now.due:
        now.extensions += 1
        now.extended += 1
        now.extension_days += (act.due - now.due).days
        now.due = act.due


def _verified(now: _Standing, act: ev.Verified) -> None:
    now.first_verdict = now.first_verdict or act.result
    if act.result == "pass":
        now.passed, now.fingerprint = act.date, act.fingerprint
        return
    now.claimed, now.on_spot, now.returned = None, False, True
    if act.due:
        now.due = act.due
        now.due0 = now.due0 or act.due


def _reopened(now: _Standing, act: ev.Reopened) -> None:
    now.cycle += 1
    now.cycle_start = act.date
    now.owner, now.person = act.to or now.owner, act.person or now.person
    now.due = now.due0 = act.due
    now.claimed = now.passed = now.closed = None
    now.on_spot = now.returned = False
    now.extended = 0


def _span(now: _Standing, start: dt.date, stop: dt.date, entry: dt.date) -> None:
    """Write the stretch from `start` to `stop`, in two pieces where a split child enters within it."""
    if start < entry < stop:
        _span(now, start, entry, entry)
        _span(now, entry, stop, entry)
        return
    held = (
        start >= entry, now.state if now.state != "absent" else "registered", now.grade, now.owner, now.person, now.supervisor,
        now.cycle, now.cycle_start, END, now.due, now.due0, now.claimed, now.on_spot, now.passed, now.closed, now.removed,
        now.first_verdict, now.returned, now.extensions, now.extension_days, now.extended, now.listed, now.fingerprint,
    )  # fmt: skip
    if held == now.held:  # nothing but the days differs
        now.spans[-1] = now.spans[-1]._replace(stop=stop)
    else:
        now.spans.append(Span._make((start, stop, *held)))
        now.held = held


def _with_cycle_stops(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Give each span the first day of the next cycle; a cycle that began and ended on one day left no span and no trace."""
    if spans[-1].cycle == 1:
        return tuple(spans)
    done: list[Span] = []
    stop, following = END, spans[-1]
    for span in reversed(spans):
        stop = following.start if following.cycle != span.cycle else stop
        done.append(span if stop is END else span._replace(cycle_stop=stop))
        following = span
    return tuple(reversed(done))
