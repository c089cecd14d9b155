"""A list of hazards: the columns a person asked for, as they stand on a day (EXPERIENCE 2.3 `list`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.sheet import Cell, Column, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS, nearest

TITLE: Final = Text("隐患 {n} 条（截至 {day}）", "{n} hazards (as of {day})")
NOTHING: Final = Text("没有符合条件的隐患（截至 {day}）", "no hazard fits (as of {day})")
MORE: Final = Text("还有 {n} 条未列出（--limit {limit}）", "{n} more not shown (--limit {limit})")
ALL: Final = Text("可以用：{all}", "there are: {all}")
FLAGS: Final = Text("标志", "Flags")
STANDING: Final = ("id", "responsible", "hazard", "grade", "state", "due", "person")
RIGHT: Final = frozenset({"days"})
FIXED: Final = frozenset({"id", "due", "found_on", "rectified_on", "verified_on", "closed_on"})
DROPS: Final[Mapping[str, int]] = {"person": 2, "grade": 1}
COLUMNS: Final = (
    *STANDING,
    "days",
    "found_on",
    "rectified_on",
    "verified_on",
    "closed_on",
    "number",
    "title",
    "description",
    "unit",
    "site",
    "region",
    "grid",
    "sector",
    "source",
    "category",
    "campaign",
    "found_by",
    "found_by_org",
    "inspection",
    "requirement",
    "interim",
    "flags",
)
"""Every column there is; those of `STANDING` stand when none is asked for."""


@dataclass(frozen=True, slots=True)
class Item:
    """One hazard: what stands in each column for people, and the same for programs."""

    id: str
    cells: Mapping[str, Cell]
    data: Mapping[str, Value]


def chosen(text: str) -> tuple[str, ...]:
    """Read `--columns id,hazard,due`; `all` is every column.

    Raises:
        UsageError: a column that does not exist.
    """
    names = [name.strip().lower().replace("-", "_") for name in text.replace("，", ",").split(",") if name.strip()]
    by_name = {spelling: key for key in COLUMNS for spelling in (key, _heading(key).zh, _heading(key).en.lower())}
    if names == ["all"]:
        return COLUMNS
    for name in names:
        if name not in by_name:
            raise _no_column(name, by_name)
    return tuple(dict.fromkeys(by_name[name] for name in names)) or STANDING


def _no_column(name: str, known: Mapping[str, str]) -> UsageError:
    near = nearest(known, name)
    meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    return UsageError(
        Text("没有名为“{name}”的列", 'there is no column "{name}"').of(name=name),
        *meant,
        ALL.of(all=COLUMNS),
    )


def fields(text: str) -> tuple[str, ...]:
    """Read `--json FIELDS`; nothing names the fields there are.

    Raises:
        UsageError: no field, or one that does not exist.
    """
    if not text.strip(" ,，"):
        raise UsageError(Text("--json 后面要写字段名", "--json needs the names of fields"), ALL.of(all=COLUMNS))
    return chosen(text)


def _heading(key: str) -> Text:
    return FLAGS if key == "flags" else NOUNS[key].heading


def listing(frame: Frame, items: Sequence[Item], columns: Sequence[str], count: int, only: Sequence[str] = ()) -> Sheet:
    """Lay out a list.

    Args:
        frame: as-of day, scope, ledger.
        items: those to show, in the order of the page.
        columns: which stand.
        count: how many there are.
        only: the fields for programs; all without it.
    """
    rows = tuple(tuple(item.cells.get(key) for key in columns) for item in items)
    note = MORE.of(n=count - len(items), limit=len(items)) if count > len(items) else None
    return Sheet(
        name="list",
        title=(TITLE if count else NOTHING).of(n=count, day=frame.as_of),
        blocks=(Table("hazards", tuple(_columns(columns)), rows, note=note),) if items or note else (),
        foot=frames.foot(frame),
        data={
            **frames.stated(frame),
            "kind": "hazard",
            "count": count,
            "hazards": [{key: value for key, value in item.data.items() if not only or key in only} for item in items],
            **frames.unread(frame),
        },
        main="hazards",
        stamp=frames.stamp(frame),
        compact=bool(items),
    )


def _columns(names: Sequence[str]) -> Iterator[Column]:
    for name in names:
        align: Literal["left", "right"] = "right" if name in RIGHT else "left"
        yield Column(name, _heading(name), align, drop=DROPS.get(name, 0), fixed=name in FIXED)
