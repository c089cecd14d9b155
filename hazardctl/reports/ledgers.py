"""The ledgers of a pool side by side, who was last heard of when, and hazards that stand in two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.lines import Figured, Line, body, cells
from hazardctl.reports.told import missing_note
from hazardctl.sheet import Block, Cell, Column, Sheet, Table, Value
from hazardctl.sheet import Line as Sentence
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}各台账情况", "{name}: its ledgers, {period}")
COLUMNS: Final = (
    Figured("found", NOUNS["found"].heading, "hazards.found"),
    Figured("rectified", NOUNS["rectified"].heading, "hazards.rectified"),
    Figured("rate", NOUNS["rate"].heading, "hazards.rate"),
    Figured("on_time", NOUNS["on_time"].heading, "due.on_time"),
    Figured("overdue", NOUNS["overdue"].heading, "hazards.overdue"),
    Figured("major", Text("重大", "Major"), "hazards.major.found"),
    Figured("outings", Text("检查", "Outings"), "inspections.count"),
)
LEDGER: Final = Text("台账", "Ledger")
KEY: Final = Text("键", "Key")
LAST: Final = Text("最近记录", "Last record")
COMMIT: Final = Text("最近提交", "Last commit")
DAYS: Final = Text("未报天数", "Days silent")
MOST: Final = 20
PARTIAL: Final = Text("{it}（缺）", "{it}, partial")
ADDED: Final = Text(
    "合计由各台账的分子、分母相加得出，不是各行比率的平均", "the total adds numerators and denominators; it is no mean of the rates above"
)
SILENT: Final = Text("截至日前超过 {n} 天没有任何记录：", "no record for more than {n} days up to the as-of day:")
SINCE: Final = Text("{name}（最近 {day}，{n} 天）", "{name} (last {day}, {n} days)")
NEVER: Final = Text("{name}（从无记录）", "{name} (never)")
ONCE: Final = Text("同一隐患记在几个台账里，只计一次：{n} 项", "hazards that stand in several ledgers and count once: {n}")
PAIR: Final = Text("{counts} {what}（另见 {others}）", "{counts} {what} (also {others})")
MORE: Final = Text("另有 {n} 项", "and {n} more")


@dataclass(frozen=True, slots=True)
class Heard:
    """A ledger.

    Attributes:
        line: its key, name and figures.
        last: the last day up to the as-of day on which it records that something happened; None where it never does.
        commit: the day of the last commit that touched it; None without git.
        days: from the last day to the as-of day.
        unread: how many of its files could not be read.
        why: it could not be read, and why; None for one that was.
    """

    line: Line
    last: dt.date | None
    commit: dt.date | None
    days: int | None
    unread: int = 0
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Twice:
    """A hazard in several ledgers: the record that counts, the others, what it is."""

    counts: str
    others: tuple[str, ...]
    what: Text


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the table lays out: the ledgers by key, the total, the days after which one is silent, what counts once."""

    ledgers: Sequence[Heard]
    total: Line
    silent_days: int
    twice: Sequence[Twice] = ()

    @property
    def silent(self) -> tuple[Heard, ...]:
        """Give the ledgers that were read and tell nothing of the last days."""
        return tuple(one for one in self.ledgers if one.why is None and (one.days is None or one.days > self.silent_days))


def ledgers(frame: Frame, it: Pooled) -> Sheet:
    """Lay out the ledgers of a pool."""
    period = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="ledgers",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(it)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, it),
        main="ledgers",
        stamp=frames.stamp(frame),
    )


def _blocks(it: Pooled) -> Iterator[Block]:
    columns = (
        Column("ledger_name", LEDGER),
        Column("ledger_key", KEY, data=True),
        *(one.column() for one in COLUMNS),
        Column("last", LAST, fixed=True),
        Column("commit", COMMIT, fixed=True, drop=2),
        Column("silent_days", DAYS, "right", drop=1),
    )
    rows = [_row(one.line, one) for one in it.ledgers]
    whole = all(one.why is None for one in it.ledgers)
    total = it.total if whole else replace(it.total, label=PARTIAL.of(it=it.total.label))
    yield Table("ledgers", columns, (*rows, _row(total, None)), total=True, dots=True, tall=True, note=ADDED)
    if note := missing_note([told for one in it.ledgers for told in one.line.figures.values() if one.why is None]):
        yield Sentence(note)
    if it.silent:
        yield Sentence(SILENT.of(n=it.silent_days))
        for one in it.silent:
            yield Sentence((NEVER if one.last is None else SINCE).of(name=one.line.label, day=one.last, n=one.days), indent=2)
    if it.twice:
        yield Sentence(ONCE.of(n=len(it.twice)))
        for pair in it.twice[:MOST]:
            yield Sentence(PAIR.of(counts=pair.counts, what=pair.what, others=list(pair.others)), indent=2)
        if (more := len(it.twice) - MOST) > 0:
            yield Sentence(MORE.of(n=more), indent=2)


def _row(line: Line, one: Heard | None) -> tuple[Cell, ...]:
    heard = (one.last, one.commit, one.days) if one else (None, None, None)
    return (line.label, line.key, *cells(line, COLUMNS), *heard)


def _data(frame: Frame, it: Pooled) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "lines": [
            {
                **body(one.line, COLUMNS),
                "read": one.why is None,
                "why": one.why,
                "last": one.last,
                "last_commit": one.commit,
                "silent_days": one.days,
                "unread_files": one.unread,
            }
            for one in it.ledgers
        ],
        "total": body(it.total, COLUMNS),
        "silent_after": it.silent_days,
        "silent": [one.line.key for one in it.silent],
        "counted_once": [{"counts": one.counts, "others": list(one.others), "name": one.what} for one in it.twice],
        "measures": {one.key: one.measure for one in COLUMNS},
        **frames.unread(frame),
    }
