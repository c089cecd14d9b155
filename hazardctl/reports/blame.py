"""Who stands behind a figure: each record, the event that puts it there, and the commit that brought the event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.figures import Figure, equation, told
from hazardctl.reports.frame import Frame, spaced
from hazardctl.sheet import Column, Rate, Sheet, Table, Value
from hazardctl.vocabulary import ACTS, NOUNS

SIDES: Final[Mapping[str, Text]] = {
    "members": Text("编号", "ids"),
    "numerator": Text("分子", "numerator"),
    "denominator": Text("分母", "denominator"),
}
UNCOMMITTED: Final = Text("未提交", "not committed")
N: Final = Text("{side} {n} 条", "{side}: {n}")


@dataclass(frozen=True, slots=True)
class Stood:
    """A record behind a figure.

    Attributes:
        id: of the record.
        short: as people use it.
        event: number of the event from 1; 0 where no event puts it there.
        do: its verb; `day` when; `by` who.
        commit: that brought it, short; empty for what is not committed.
        author: of the commit; `email`, `committed` likewise.
    """

    id: str
    short: str
    event: int = 0
    do: str = ""
    day: dt.date | None = None
    by: tuple[str, ...] = ()
    commit: str = ""
    author: str = ""
    email: str = ""
    committed: dt.date | None = None


def blame(frame: Frame, name: str, label: Text, figure: Figure, sides: Mapping[str, Sequence[Stood]]) -> Sheet:
    """Lay out the records of each side."""
    said = equation(figure) if isinstance(figure, Rate) else plain(str(figure) if isinstance(figure, int) else f"n {figure.n}")
    return Sheet(
        name="blame",
        title=spaced([label, plain(name), said]),
        head=(frames.head(frame),),
        blocks=tuple(_table(side, lines) for side, lines in sides.items()),
        foot=frames.foot(frame, headed=True),
        data={
            **frames.stated(frame),
            "measure": name,
            "name": label,
            "figure": told(figure),
            "records": {side: [_data(one) for one in lines] for side, lines in sides.items()},
            **frames.unread(frame),
        },
        main=next(iter(sides), ""),
        stamp=frames.stamp(frame),
    )


def _table(side: str, lines: Sequence[Stood]) -> Table:
    columns = (
        Column("id", NOUNS["id"].heading, fixed=True),
        Column("event", plain("#"), "right", fixed=True),
        Column("do", Text("事件", "Act"), fixed=True),
        Column("date", NOUNS["date"].heading, fixed=True),
        Column("by", NOUNS["by"].heading),
        Column("commit", Text("提交", "Commit"), fixed=True),
        Column("author", Text("提交人", "Author")),
        Column("committed", Text("提交日", "Committed"), fixed=True, drop=1),
    )
    rows = tuple(
        (
            one.short,
            one.event or None,
            ACTS[one.do].label if one.do else None,
            one.day,
            Text("{by}", "{by}").of(by=list(one.by)),
            one.commit or UNCOMMITTED,
            one.author,
            one.committed,
        )
        for one in lines
    )
    return Table(side, columns, rows, N.of(side=SIDES[side], n=len(rows)))


def _data(one: Stood) -> dict[str, Value]:
    return {
        "id": one.id,
        "event": one.event or None,
        "do": one.do or None,
        "date": one.day,
        "by": list(one.by),
        "commit": one.commit or None,
        "author": one.author or None,
        "email": one.email or None,
        "committed": one.committed,
    }
