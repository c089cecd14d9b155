"""The agenda of a meeting, derived from facts: what is late, what waits for somebody, which duty was not done (M-36 and others)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.listing import PRESSING
from hazardctl.model.hazard import Hazard
from hazardctl.model.target import Target
from hazardctl.ops.question import Asked, about_period
from hazardctl.ops.queues import affairs, hazards, majors, papers
from hazardctl.ops.queues.seen import short
from hazardctl.ops.reporting import agenda_queues as queues
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.standing import Row, late
from hazardctl.period import between
from hazardctl.reports.agenda import BY_UNIT, Agenda, Item, Queue, Unit, agenda
from hazardctl.reports.figures import count
from hazardctl.vocabulary import OPEN_STATES, nearest

SCOPES: Final = {
    "undrilled": "documents.count",
    "expiring": "documents.count",
    "rosters": "documents.count",
    "accidents": "accidents.count",
    "tips": "tips.received",
    "restart": "enforcement.times",
    "campaigns": "campaigns.count",
    "duties_missed": "obligations.due",
    "duties_due": "obligations.due",
}
"""Queue → measure whose records a filter leaves; the others hold hazards."""
OPEN: Final = Clause("state", tuple(sorted(OPEN_STATES)))
CLOSED: Final = (Clause("grade", ("major",)), Clause("state", ("closed",)))
ROW: Final = (*PRESSING, "path", "due_soon", "closed", "withdrawn")
LONG_AGO: Final = dt.date(1900, 1, 1)
NO_TABLE: Final = Text("议程里没有“{it}”", 'the agenda has no "{it}"')
MEANT: Final = Text("是不是想写 {near}？", "did you mean {near}?")
TABLES: Final = Text("可以用：{all}", "there are: {all}")


@dataclass(frozen=True, slots=True)
class _Meeting:
    """What every queue is asked against."""

    ledger: Ledger
    book: Book
    asked: Asked
    rows: Sequence[Row]

    @property
    def question(self) -> Question:
        """Give the question."""
        return self.asked.question

    @property
    def day(self) -> dt.date:
        """Give the as-of day."""
        return self.asked.question.as_of


def make(call: Call) -> Report:
    """Make the agenda.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    wanted = _wanted(call.options.table)
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    book = Book(ledger)
    rows = _rows(book, asked.question)
    meeting = _Meeting(ledger, book, asked, rows)
    overdue, guessed = late(ledger, [row for row in rows if row["overdue"]], meeting.day, working=call.options.working)
    made: dict[str, Iterable[Item]] = {
        "overdue": (Item(one.id, one.unit, plain(one.hazard), one.due, one.days, plain(one.person)) for one in overdue),
        **{key: find(meeting) for key, find in FINDERS.items()},
        **_by_hazard(meeting, [queue.key for queue in wanted if queue.key in OF_HAZARDS]),
    }
    left_out = [queue for queue in wanted if not _askable(meeting, queue)]
    found = [(_ruled(ledger, queue), tuple(_in_scope(meeting, queue, made[queue.key]))) for queue in wanted if queue not in left_out]
    sheet = agenda(
        replace(asked.frame, guessed=tuple(sorted(guessed)), working=call.options.working),
        Agenda(
            units=() if call.options.table else tuple(_units(meeting)),
            queues=tuple((queue, items) for queue, items in found if items),
            left_out=tuple(left_out),
            alone=bool(call.options.table),
        ),
    )
    return Report(sheet, bool(asked.frame.unread), asked.frame.flawed or bool(guessed))


def _rows(book: Book, question: Question) -> Sequence[Row]:
    """Give what may wait for anybody: the open hazards, and the major ones that were closed."""
    found: list[Row] = []
    for clauses in ((OPEN,), CLOSED):
        found += book.listing(question.as_of, (*question.clauses, *clauses), question.preset, ROW)
    return sorted(found, key=lambda row: (row["id"], row["path"]))


def _by_hazard(meeting: _Meeting, wanted: Sequence[str]) -> dict[str, list[Item]]:
    """Give the queues of open hazards: each record is read, and its history folded, once for all of them."""
    found: dict[str, list[Item]] = {key: [] for key in wanted}
    standing = (row["path"] for row in meeting.rows if wanted and row["state"] in OPEN_STATES)
    for entry in filter(None, (_entry(meeting.ledger, path) for path in standing)):
        for key in wanted:
            found[key] += OF_HAZARDS[key](meeting.ledger, [entry], meeting.day)
    return found


def _entry(ledger: Ledger, path: str) -> Entry[Hazard] | None:
    return cast("Entry[Hazard] | None", ledger.by_path(path))


def _wanted(text: str) -> Sequence[Queue]:
    if not text:
        return queues.QUEUES
    key = text.strip().casefold().replace("-", "_")
    found = [queue for queue in queues.QUEUES if key in {queue.key, queue.title.zh}]
    if not found:
        keys = [queue.key for queue in queues.QUEUES]
        near = nearest(keys, key)
        raise UsageError(NO_TABLE.of(it=text), *([MEANT.of(near=near)] if near else []), TABLES.of(all=keys))
    return found


def _ruled(ledger: Ledger, queue: Queue) -> Queue:
    """Put the limit of the policy into the rule."""
    policy = ledger.config.policy
    limits = {
        "due_soon": policy.due_soon_days,
        "duties_due": policy.due_soon_days,
        "to_verify": policy.review_days,
        "to_close": policy.close_days,
        "look_backs": policy.look_back_days,
        "expiring": papers.AHEAD,
    }
    return replace(queue, rule=queue.rule.of(n=limits[queue.key])) if queue.key in limits else queue


def _askable(meeting: _Meeting, queue: Queue) -> bool:
    return queue.key not in SCOPES or meeting.book.askable(meeting.question, SCOPES[queue.key])


def _in_scope(meeting: _Meeting, queue: Queue, items: Iterable[Item]) -> Iterator[Item]:
    """Keep what the filters leave, each with the name of its unit, the longest waiting first."""
    if queue.key.startswith("duties"):
        ids = None  # asked with the filters
    elif queue.key in SCOPES:
        ever = replace(meeting.question, start=LONG_AGO, end=meeting.day, ranges=None)
        ids = {one.id for one in meeting.book.members(ever, SCOPES[queue.key])["members"]} if meeting.question.clauses else None
    else:
        ids = {row["id"] for row in meeting.rows}
    kept = [replace(one, unit=meeting.ledger.unit_name(one.unit)) for one in items if ids is None or one.id in ids]
    yield from kept if queue.key in {"overdue", "due_soon"} else sorted(kept, key=_waiting)


def _waiting(one: Item) -> tuple[int, dt.date, str, str]:
    return (-(one.days or 0), one.day or dt.date.max, one.id, one.more.say("en"))


def _units(meeting: _Meeting) -> Iterator[Unit]:
    """Give the responsible units with anything open, the most overdue first."""
    figures = meeting.book.figures(meeting.question, BY_UNIT, ["responsible"])
    lines = [Unit(keys[0], meeting.ledger.unit_name(keys[0]), found) for keys, found in figures.items() if keys]
    yield from sorted(lines, key=lambda one: (-count(one.figures, "stock.overdue"), -count(one.figures, "stock.open"), one.key))


def _due_soon(meeting: _Meeting) -> Iterator[Item]:
    soon, _ = late(meeting.ledger, [row for row in meeting.rows if row["due_soon"]], meeting.day)
    for one in sorted(soon, key=lambda one: (one.due or dt.date.max, one.id)):
        yield Item(one.id, one.unit, plain(one.hazard), one.due, one.days, plain(one.person))


def _progress(ledger: Ledger, entries: Iterable[Entry[Hazard]], day: dt.date) -> Iterator[Item]:
    ahead = ledger.config.policy.due_soon_days
    for one in majors.progress(ledger, entries, day):
        if one.next is not None and (one.next - day).days <= ahead:
            level = ledger.label("supervise_levels", one.level)
            said = Text("{level} {number}", "{level} {number}").of(level=level, number=one.number)
            unit = one.span.owner or one.hazard.unit
            yield Item(one.hazard.id, unit, short(one.hazard), one.next, (day - one.next).days, said)


def _look_backs(meeting: _Meeting) -> Iterator[Item]:
    for one in majors.look_backs(meeting.ledger, meeting.rows, meeting.day):
        past = (meeting.day - one.until).days
        yield Item(one.id, one.unit, plain(one.hazard), one.until, past, plain(one.closed.isoformat()))


def _missed(meeting: _Meeting) -> Iterator[Item]:
    yield from _instalments(meeting, meeting.question)


def _coming(meeting: _Meeting) -> Iterator[Item]:
    """Give what falls due after the as-of day; a record dated after it is not there yet."""
    later = meeting.day + dt.timedelta(days=meeting.ledger.config.policy.due_soon_days)
    ahead = replace(meeting.question, as_of=later, end=max(meeting.question.end, later))
    yield from (one for one in _instalments(meeting, ahead) if one.days is not None and one.days < 0)


def _instalments(meeting: _Meeting, question: Question) -> Iterator[Item]:
    for part in meeting.book.instalments(question):
        target = meeting.ledger.by_id[part.target].record
        if isinstance(target, Target) and (part.on is None or part.on > meeting.day):
            due = part.last + dt.timedelta(days=target.due_days)
            which = between(part.first, part.last).label
            yield Item(target.id, target.responsible, plain(target.name), due, (meeting.day - due).days, which)


Finder = Callable[[_Meeting], Iterator[Item]]
Plain = Callable[[Ledger, dt.date], Iterator[Item]]


def _plainly(find: Plain) -> Finder:
    return lambda meeting: find(meeting.ledger, meeting.day)


def _campaigns(meeting: _Meeting) -> Iterator[Item]:
    rows = meeting.book.listing(meeting.day, columns=("path", "state", "campaigns")) if meeting.ledger.ids("campaign") else ()
    return affairs.without_the_four(meeting.ledger, rows, meeting.question.start, meeting.day)


FINDERS: Final[dict[str, Finder]] = {
    "due_soon": _due_soon,
    "look_backs": _look_backs,
    "duties_missed": _missed,
    "duties_due": _coming,
    "campaigns": _campaigns,
    "undrilled": _plainly(papers.undrilled),
    "expiring": _plainly(papers.expiring),
    "accidents": _plainly(affairs.unsettled),
    "tips": _plainly(affairs.unchecked),
    "restart": _plainly(affairs.not_let_start),
    "rosters": _plainly(papers.rosters),
}
OF_HAZARDS: Final[dict[str, Callable[[Ledger, Sequence[Entry[Hazard]], dt.date], Iterator[Item]]]] = {
    "progress": _progress,
    "requests": hazards.requests,
    "to_verify": hazards.to_verify,
    "to_close": hazards.to_close,
    "problems": hazards.problems,
}
"""Queues that the record of each open hazard is looked at for."""
