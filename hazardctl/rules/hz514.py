"""HZ514: no accidents, and nobody declares it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity, Trail
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.days import days_of
from hazardctl.model.document import Document
from hazardctl.model.record import Record
from hazardctl.model.tally import Tally
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Scope, Stated

ROOTS: Final = frozenset({"accidents.count", "accidents.deaths"})
NONE: Final = re.compile(
    r"(?:无|零|未发生)(?:生产|安全|各类|任何|一起)*(?:责任|亡人)?事故|\bno accidents\b|\baccident-free\b", re.IGNORECASE
)
UNDECLARED: Final = Text("写的是没有事故，没有零报告声明", "it says there were no accidents, and none is declared")


@rule(
    "HZ514",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("无事故没有声明", "no accidents, undeclared"),
    why=Text("没有记录不等于没有事故，要有人签字负责", "no record is not the same as no accident: somebody signs for it"),
    repair=Text("补零报告声明  hazardctl new declaration", "have it declared  hazardctl new declaration"),
)
def zero_undeclared(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Who states that there were no accidents has a declaration of nil for the period and scope (DOMAIN §6.3 rule 5).

    A figure of 0 says so, and so do the words of a title or remark.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: accidents.count, value: 0}  # HZ514
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: accidents.count, value: 0}
        source: {title: 半年小结}
        by: 李四
        ---
        id: SM-20240701-8ATX3
        schema: declaration/1
        date: 2024-07-01
        by: 孙八
        period: 2024H1
        scope: {}
        measure: accidents.count
        value: 0
        ```
    """
    nil = [one for one in setting.figures.stated if one.declared and one.measure in ROOTS]
    for said in (*_figures(setting), *_words(setting)):
        if not any(one.covers(said) and one.measure in {said.measure, "accidents.count"} for one in nil):
            yield said.entry, Fault(UNDECLARED, said.trail)


def _figures(setting: Setting) -> Iterator[Stated]:
    return (one for one in setting.figures.stated if one.measure in ROOTS and one.exact == 0 and not one.declared)


def _words(setting: Setting) -> Iterator[Stated]:
    """Give the titles and remarks that say there were none, as figures of their period."""
    scopes = {one.entry.record.id: (one.scope, one.days) for one in setting.figures.stated}
    for kind in ("tally", "document"):
        for entry in setting.ledger.of(kind):
            record = entry.record
            place = scopes.get(record.id) or _year(record)
            if place is None or record.id in setting.ended:
                continue
            for trail, text in _texts(record):
                if NONE.search(text):
                    yield Stated(entry, trail, "accidents.count", *place, place[1][-1][1])


def _year(record: Record) -> tuple[Scope, tuple[tuple[dt.date, dt.date], ...]] | None:
    """Give the scope and period of a document that files no figures."""
    if not isinstance(record, Document):
        return None
    days = days_of(record.period or (str(record.year) if record.year else ""))
    return ((), (days,)) if days else None


def _texts(record: Record) -> Iterator[tuple[Trail, str]]:
    yield ("remark",), record.remark
    if isinstance(record, Tally) and record.source is not None:
        yield ("source", "title"), record.source.title
        yield ("source", "place"), record.source.place
    elif isinstance(record, Document):
        yield ("title",), record.title
