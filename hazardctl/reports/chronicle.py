"""The commits of a ledger in words: what each did to which record, who stands for it (EXPERIENCE §2.3 `log`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import deeds as lines
from hazardctl.reports.deeds import Deed
from hazardctl.reports.frame import spaced
from hazardctl.sheet import Column, Line, Sheet, Table, Value

TITLE: Final = Text("台账的历史：{n} 个提交", "the history of the ledger: {n} commits")
ONE: Final = Text("台账的历史：1 个提交", "the history of the ledger: 1 commit")
OF: Final = Text("{id} 的历史：{n} 个提交", "the history of {id}: {n} commits")
NOTHING: Final = Text("没有提交", "no commits")
MORE: Final = Text("另有 {n} 处（--format json 或 csv 为全部）", "and {n} more (all of them with --format json or csv)")
MOST: Final = 40
"""Deeds of one commit that a page for people shows."""
CUT: Final = Text("只列最新的 {n} 个；更多用 --limit", "the newest {n} only; --limit shows more")


@dataclass(frozen=True, slots=True)
class Entry:
    """A commit: its short id, its day, its author as the ledger names them, their e-mail, its first line, and what it did."""

    commit: str
    day: dt.date
    author: str
    email: str
    subject: str
    deeds: Sequence[Deed]


def chronicle(entries: Sequence[Entry], record: str = "", cut: int = 0) -> Sheet:
    """Lay out the commits, one line a deed.

    Args:
        entries: newest first.
        record: the one record that was asked about, or empty.
        cut: there are more commits than these; 0 when there are not.
    """
    n = len(entries)
    title = NOTHING if not n else OF.of(id=record, n=n) if record else ONE if n == 1 else TITLE.of(n=n)
    return Sheet(
        name="log",
        title=title,
        blocks=(*(_block(one) for one in entries), *([Line(CUT.of(n=cut))] if cut else []), _all(entries)),
        data={"record": record or None, "commits": [_data(one) for one in entries], "more": bool(cut)},
        main="log",
    )


def _block(one: Entry) -> Table:
    title = spaced([plain(one.commit), plain(one.day.isoformat()), plain(one.author), plain(one.subject)])
    more = len(one.deeds) - MOST
    return replace(lines.table(one.deeds[:MOST], one.commit), title=title, note=MORE.of(n=more) if more > 0 else None)


def _all(entries: Sequence[Entry]) -> Table:
    """Give every deed with its commit, for csv."""
    names = (("commit", "提交", "Commit"), ("day", "提交日", "Committed"), ("author", "提交人", "Author"))
    columns = lines.columns(*(Column(key, Text(zh, en)) for key, zh, en in names))
    rows = tuple(lines.row(deed, one.commit, one.day, one.author) for one in entries for deed in one.deeds)
    return Table("log", tuple(replace(column, data=True) for column in columns), rows)


def _data(one: Entry) -> dict[str, Value]:
    return {
        "commit": one.commit,
        "day": one.day,
        "author": plain(one.author),
        "email": one.email,
        "subject": one.subject,
        "deeds": [lines.data(deed) for deed in one.deeds],
    }
