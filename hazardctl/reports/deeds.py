"""What changed in a ledger, one line a deed: found, acted on, corrected, altered; laid out for `diff` and `log` (EXPERIENCE §3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.sheet import Cell, Column, Mark, Table, Value
from hazardctl.vocabulary import NOUNS

NOTHING: Final = Text("", "")
MOVED: Final = Text("{was} -> {now}", "{was} -> {now}")


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that changed.

    Attributes:
        sort: `found`, `act`, `correct`, `fact`, `record` (of another kind), `settings`, `edited`, `removed`, `deleted`, `unread`.
        id: of the record, or the path of what is none.
        label: what was done.
        short: the id as people use it.
        moved: state before and after, where it moved.
        day: it happened on.
        by: who did it.
        what: the rest, in words.
        alarm: it should not be: the past was altered.
    """

    sort: str
    id: str
    short: str
    label: Text
    moved: tuple[Text, Text] | None = None
    day: dt.date | None = None
    by: tuple[str, ...] = ()
    what: Text = NOTHING
    alarm: bool = False


def columns(*before: Column) -> tuple[Column, ...]:
    """Give the columns of a list of deeds, behind others."""
    return (
        *before,
        Column("do", Text("事项", "What was done"), fixed=True),
        Column("id", NOUNS["id"].heading, fixed=True),
        Column("moved", Text("状态", "State")),
        Column("date", NOUNS["date"].heading, fixed=True),
        Column("by", NOUNS["by"].heading),
        Column("what", Text("内容", "What")),
    )


def row(one: Deed, *before: Cell) -> tuple[Cell, ...]:
    """Give the cells of a deed, behind others."""
    moved = MOVED.of(was=one.moved[0], now=one.moved[1]) if one.moved else None
    label: Cell = Mark(one.label, "alarm") if one.alarm else one.label
    return (*before, label, one.short, moved, one.day, Text("{by}", "{by}").of(by=list(one.by)), one.what)


def table(deeds: Sequence[Deed], key: str = "deeds") -> Table:
    """Give the deeds as a chronicle, a line each."""
    return Table(key, columns(), tuple(row(one) for one in deeds), plain=True)


def data(one: Deed) -> dict[str, Value]:
    """Give a deed for programs."""
    return {
        "sort": one.sort,
        "id": one.id,
        "label": one.label,
        "state_before": one.moved[0] if one.moved else None,
        "state_after": one.moved[1] if one.moved else None,
        "date": one.day,
        "by": list(one.by),
        "what": one.what,
        "alarm": one.alarm,
    }


def said(name: str, was: object, now: object) -> Text:
    """Say that a fact was one thing and is another."""
    return Text("{name} {was} -> {now}", "{name} {was} -> {now}").of(name=plain(name), was=plain(str(was)), now=plain(str(now)))
