"""One hazard as a paper sees it on its day: the state it is in, and the lines of its history that the paper is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from hazardctl.history import Act, Span
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.document import Document
from hazardctl.model.hazard import Hazard
from hazardctl.ops.notices.kinds import Paper
from hazardctl.rules.hz412 import ORDERS
from hazardctl.vocabulary import STATES

E = TypeVar("E", bound=ev.Event)
PAPERS: Final = ("rectify_notice", *ORDERS)
"""Papers that a printed one may follow: a township's notice as well (EXPERIENCE §8.3)."""
ABOUT: Final[Mapping[str, type[ev.Event]]] = {
    "notice": ev.Assigned, "order": ev.Assigned, "reinspect": ev.Verified, "extension": ev.Extended, "listing": ev.Supervised,
}  # fmt: skip
"""Kind of paper → the lines it is about; an acceptance is about the whole treatment."""

OPEN: Final = ("assigned", "rectifying")
NOT_ASSIGNED: Final = Text("{id} {state}，不在整改期内，不能发{title}", "{id} is {state}, nobody is rectifying it: no {title}")
NOT_MAJOR: Final = Text("{id} 没有挂牌督办，不能发{title}", "{id} is not listed: no {title}")
NOT_VERIFIED: Final = Text("{id} 还没有复查，不能发{title}", "{id} was not reviewed yet: no {title}")
NO_ORDER: Final = Text("{id} 查不到先前的通知书或指令书，不能发{title}（HZ412）", "{id} has no earlier notice or order: no {title} (HZ412)")
NOT_ASKED: Final = Text("{id} 没有申请过延期，不能发{title}", "{id} has no extension asked for: no {title}")
NOT_DONE: Final = Text("{id} {state}，没有验收合格，不能发{title}", "{id} is {state}, it did not pass: no {title}")
WITHDRAWN: Final = Text("{id} 已作废，不能发{title}", "{id} is withdrawn: no {title}")
NOT_THERE: Final = Text("{id} 在 {day} 还没有登记", "{id} was not in the ledger on {day}")


@dataclass(frozen=True, slots=True)
class Before:
    """The paper before: its record and kind where it has one, its title, number and day."""

    id: str
    kind: str
    title: Text
    number: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class Subject:
    """A hazard on the day of a paper."""

    ledger: Ledger
    entry: Entry[Hazard]
    day: dt.date

    @property
    def hazard(self) -> Hazard:
        """Give its facts."""
        return self.entry.record

    @property
    def span(self) -> Span:
        """Give what holds on the day; what held first where the day lies before."""
        replayed = self.ledger.replay(self.entry)
        return replayed.on(self.day) or replayed.spans[0]

    @property
    def unit(self) -> str:
        """Give the key of the unit that answers for it."""
        return self.span.owner or self.hazard.unit

    def last(self, kind: type[E]) -> E | None:
        """Give the last line of a kind that fits, up to the day."""
        return next(self._lines(kind), None)

    def act(self, kind: type[ev.Event]) -> Act | None:
        """Give the same with its place in the file."""
        fitting = (act for act in reversed(self.ledger.replay(self.entry).acts) if act.fits and act.event.date <= self.day)
        return next((act for act in fitting if isinstance(act.event, kind)), None)

    def due_before(self, event: ev.Event) -> dt.date | None:
        """Give the deadline in force right before a line."""
        replayed = self.ledger.replay(self.entry)
        earlier = [span for span in replayed.spans if span.start < event.date and span.cycle == self.span.cycle]
        return earlier[-1].due if earlier else self.span.due0

    def before(self) -> Before | None:
        """Find the last notice or order up to the review, or to the day: a recorded paper, else the number of the assignment."""
        verdict = self.last(ev.Verified)
        until = verdict.date if verdict else self.day
        papers = [
            one
            for entry in self.ledger.of("document")
            if isinstance(one := entry.record, Document) and one.kind in PAPERS and self.hazard.id in one.hazards and one.date <= until
        ]
        if papers:
            one = max(papers, key=lambda paper: (paper.date, paper.id))
            return Before(one.id, one.kind, Text("{it}", "{it}").of(it=one.title), one.number, one.date)
        line = next((one for one in self._lines(ev.Assigned) if one.number and one.date <= until), None)
        return Before("", "", Text("整改通知书", "notice to rectify"), line.number, line.date) if line else None

    def refusal(self, paper: Paper) -> Text | None:
        """Say why the life cycle does not allow a paper; None where it does."""
        told = {"id": self.hazard.id, "state": STATES[self.span.state].label, "title": paper.title, "day": self.day}
        if self.day < self.hazard.entry:
            return NOT_THERE.of(**told)
        if self.span.state == "withdrawn":
            return WITHDRAWN.of(**told)
        found = {
            "notice": None if self.span.state in OPEN else NOT_ASSIGNED,
            "order": None if self.span.state in OPEN else NOT_ASSIGNED,
            "reinspect": NOT_VERIFIED if self.last(ev.Verified) is None else NO_ORDER if self.before() is None else None,
            "extension": None if self.last(ev.Extended) else NOT_ASKED,
            "listing": None if self.span.listed and self.last(ev.Supervised) else NOT_MAJOR,
            "acceptance": None if self.span.passed or self.span.closed else NOT_DONE,
        }[paper.key]
        return found.of(**told) if found else None

    def _lines(self, kind: type[E]) -> Iterator[E]:
        for act in reversed(self.ledger.replay(self.entry).acts):
            if act.fits and act.event.date <= self.day and isinstance(act.event, kind):
                yield act.event
