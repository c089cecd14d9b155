"""What was true just before each act of a hazard: what the rules about acts compare it with.

The fold of `hazardctl.history` answers for the ends of days; two acts of one day need the moment between them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from hazardctl.history import Act
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard

NOBODY: frozenset[str] = frozenset()
People = Callable[[tuple[str, ...]], frozenset[str]]
"""Gives the people of a line, each by one name."""


class Standing(NamedTuple):
    """What holds between two acts.

    Attributes:
        grade: in force.
        cycle_start: first day of the cycle: the day found, or of the reopening.
        due: deadline in force.
        listed: under supervision.
        extensions: granted in this cycle.
        rectifiers: who claimed in this cycle, by their one name; `verifiers` who passed it.
        passed: day of the standing pass; `closed` of the closing.
        request: position of the extension request that has no answer yet, or None.
    """

    grade: str
    cycle_start: dt.date
    due: dt.date | None = None
    listed: bool = False
    extensions: int = 0
    rectifiers: frozenset[str] = NOBODY
    verifiers: frozenset[str] = NOBODY
    passed: dt.date | None = None
    closed: dt.date | None = None
    request: int | None = None


class Step(NamedTuple):
    """One act: its position in the file, the event as it stands, whether it fits, the state and the standing before it."""

    position: int
    act: Event
    fits: bool
    state: str
    before: Standing


def steps(hazard: Hazard, acts: Iterable[Act], people: People) -> tuple[Step, ...]:
    """Give the acts in folded order with what stood before each; a misfit changes nothing.

    Args:
        hazard: the record.
        acts: its replayed history.
        people: gives those of a line.
    """
    found: list[Step] = []
    now = Standing(hazard.grade, hazard.found_on)
    for position, act, fits, state, _ in acts:
        found.append(Step(position, act, fits, state, now))
        if fits and (change := CHANGES.get(act.do)):
            now = change(now, act, position, people)
    return tuple(found)


def after(now: Standing, act: Event, position: int, people: People) -> Standing:
    """Give what holds after an act that fits (DOMAIN §3.2)."""
    change = CHANGES.get(act.do)
    return change(now, act, position, people) if change else now


def _assigned(now: Standing, act: Any, _position: int, _people: People) -> Standing:  # noqa: ANN401 (of the verb's own class)
    return now._replace(due=min(now.due or act.due, act.due)) if act.due else now


def _rectified(now: Standing, act: Any, _position: int, people: People) -> Standing:  # noqa: ANN401
    return now._replace(rectifiers=now.rectifiers | people(act.by))


def _verified(now: Standing, act: Any, _position: int, people: People) -> Standing:  # noqa: ANN401
    if act.result == "pass":
        return now._replace(passed=act.date, verifiers=people(act.by))
    return now._replace(due=act.due) if act.due else now


def _closed(now: Standing, act: Any, _position: int, _people: People) -> Standing:  # noqa: ANN401
    return now._replace(closed=act.date)


def _reopened(now: Standing, act: Any, _position: int, _people: People) -> Standing:  # noqa: ANN401
    return Standing(now.grade, act.date, act.due, now.listed)


def _regraded(now: Standing, act: Any, _position: int, _people: People) -> Standing:  # noqa: ANN401
    return now._replace(grade=act.now) if act.now in {"general", "major"} else now


def _listed(now: Standing, act: Any, _position: int, _people: People) -> Standing:  # noqa: ANN401
    return now._replace(listed=act.do == "supervise")


def _extended(now: Standing, act: Any, position: int, _people: People) -> Standing:  # noqa: ANN401
    if act.decision == "requested":
        return now._replace(request=position)
    if act.decision == "granted" and act.due and now.due and act.due > now.due:
        return now._replace(due=act.due, extensions=now.extensions + 1, request=None)
    return now._replace(request=None)


Change = Callable[[Standing, Any, int, People], Standing]
CHANGES: Final[Mapping[str, Change]] = {
    "assign": _assigned, "extend": _extended, "rectify": _rectified, "verify": _verified, "close": _closed, "reopen": _reopened,
    "regrade": _regraded, "supervise": _listed, "release": _listed,
}  # fmt: skip
"""What an act changes, by its verb; the others change nothing that is kept here."""
