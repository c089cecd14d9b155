"""The one name of each line that does not fit the life cycle: exactly one code per fault (DOMAIN §7.3, §7.4).

A line that fits in the order of the file, and only its date puts it in the wrong place, is a matter of dates (HZ301). What
follows a withdrawal or transfer is HZ203, a closing of what nobody re-inspected HZ204, a `register` line that comes late HZ202
(said of the first line), everything else HZ201.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from hazardctl.history import MOVES, Act, move
from hazardctl.language import Text
from hazardctl.model.events import Event, Supervised
from hazardctl.rules.case import Case
from hazardctl.vocabulary import VERBS

PAST: Final[Mapping[str, str]] = {
    "register": "registered", "assign": "assigned", "start": "started", "extend": "extended", "progress": "reported on",
    "rectify": "rectified", "verify": "verified", "close": "closed", "reopen": "reopened", "transfer": "transferred",
    "regrade": "regraded", "withdraw": "withdrawn", "correct": "corrected", "note": "noted", "supervise": "listed", "release": "released",
}  # fmt: skip
OVER: Final = frozenset({"withdrawn", "transferred"})


class Misfit(NamedTuple):
    """A line and its code; `needs` is the earlier line of the file whose date comes too late for it (HZ301)."""

    act: Act
    code: str
    needs: Act | None = None


def misfits(case: Case) -> Iterator[Misfit]:
    """Give every line that needs a finding, in folded order."""
    file_order = sorted(case.replay.acts, key=lambda act: act.position)
    sound = _sound(file_order)
    swapped = list(_swapped(file_order, sound))
    yield from swapped
    started = any(act.event.do == "register" and act.fits for act in case.replay.acts)
    for act in case.replay.misfits:
        by_date_alone = act.position in sound and swapped
        unreadable = move(act.event) not in MOVES  # its missing or unknown result is the fault (HZ006, HZ008)
        late_register = act.event.do == "register" and not started
        if not (by_date_alone or unreadable or late_register):
            yield Misfit(act, _code(act))


def _code(act: Act) -> str:
    if act.before in OVER:
        return "HZ203"
    if move(act.event) == "close" and act.before == "rectified":
        return "HZ204"
    return "HZ201"


def _sound(file_order: Sequence[Act]) -> frozenset[int]:
    """Give the positions that fit when the lines are taken in the order of the file, whatever their dates."""
    state, listed, removed, fitting = "absent", False, False, set[int]()
    if not (file_order and file_order[0].event.do == "register"):
        state = "registered"
    for act in file_order:
        states, target = MOVES.get(move(act.event), (frozenset[str](), None))
        if state not in states or (act.event.do == "release" and not listed) or (act.event.do == "reopen" and removed):
            continue
        fitting.add(act.position)
        listed = isinstance(act.event, Supervised) if act.event.do in {"supervise", "release"} else listed
        removed = move(act.event) == "close:other" or (removed and act.event.do != "reopen")
        state = target or state
    return frozenset(fitting)


def _swapped(file_order: Sequence[Act], sound: frozenset[int]) -> Iterator[Misfit]:
    """Find each line that is dated before the line it needs, where that makes one of the two a misfit."""
    needed: Act | None = None
    for act in file_order:
        if act.position not in sound:
            continue
        if needed is not None and act.event.date < needed.event.date and not (act.fits and needed.fits):
            yield Misfit(act, "HZ301", needed)
        if MOVES[move(act.event)][1] is not None:
            needed = act


def fitting(before: str) -> tuple[Text, ...]:
    """Name the acts that fit a state whatever else is so: `register` comes first or never, `release` needs a hazard listed."""
    verbs = dict.fromkeys(row.partition(":")[0] for row, (states, _) in MOVES.items() if before in states)
    return tuple(VERBS[verb].label for verb in verbs if verb not in {"register", "release"})


def said(act: Event) -> Text:
    """Give the name of an act."""
    return VERBS[act.do].label
