"""What is late and what soon will be: a list to chase people with (EXPERIENCE 3.6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.answers import Late
from hazardctl.reports.frame import Frame, column, word
from hazardctl.sheet import Block, Cell, Column, Line, Mark, Sheet, Table, Tone, Value

TITLE: Final = Text("逾期未整改 {n} 项（截至 {day}，期限当日不算逾期）", "Overdue: {n} (as of {day}; the due day itself is not overdue)")
NOTHING: Final = Text("没有逾期未整改的隐患（截至 {day}）", "nothing is overdue (as of {day})")
SOON: Final = Text("{within} 天内到期 {n} 项", "Due within {within} days: {n}")
SOON_NOTE: Final = Text(
    "{within} 天内到期 {n} 项：hazardctl overdue --within {within}d", "{n} due within {within} days: hazardctl overdue --within {within}d"
)
UNDATED: Final = Text("未定期限 {n} 项（没有期限，谈不上逾期）", "Without a deadline: {n} (nothing to be late for)")
LEFT: Final = Text("剩余天数", "Days left")
AGE: Final = Text("已过天数", "Days open")


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses on a day.

    Attributes:
        late: overdue, majors first, then the longest.
        soon: due on the as-of day or within `within` days of it.
        undated: not claimed and without a deadline.
        within: the days ahead.
        asked: they were asked for; else only their number is told.
    """

    late: Sequence[Late]
    soon: Sequence[Late]
    undated: Sequence[Late]
    within: int
    asked: bool = False


def overdue(frame: Frame, pressing: Pressing) -> Sheet:
    """Lay out the list."""
    late, soon, undated = pressing.late, pressing.soon, pressing.undated
    return Sheet(
        name="overdue",
        title=(TITLE if late else NOTHING).of(n=len(late), day=frame.as_of),
        blocks=tuple(_blocks(pressing)),
        foot=frames.foot(frame),
        data={
            **frames.stated(frame),
            "overdue": data(late),
            "due_soon": data(soon),
            "due_soon_days": pressing.within,
            "no_due": data(undated),
            **frames.unread(frame),
        },
        main="overdue",
        stamp=frames.stamp(frame),
        compact=bool(late),
    )


def _blocks(pressing: Pressing) -> Iterator[Block]:
    told = {"n": len(pressing.soon), "within": pressing.within}
    note = SOON_NOTE.of(**told) if pressing.soon and not pressing.asked else None
    if pressing.late:
        yield table(pressing.late, note=note)
    elif note:
        yield Line(note)
    if pressing.asked and pressing.soon:
        yield _listed(pressing.soon, "due_soon", SOON.of(**told), LEFT)
    elif pressing.asked:
        yield Line(SOON.of(**told))
    if pressing.undated:
        yield _listed(pressing.undated, "no_due", UNDATED.of(n=len(pressing.undated)), AGE)


def table(late: Sequence[Late], title: Text | None = None, note: Text | None = None) -> Table:
    """Give the table of overdue hazards."""
    return replace(_listed(late, "overdue", title, column("days").label), note=note)


def _listed(late: Sequence[Late], key: str, title: Text | None, days: Text) -> Table:
    columns = (
        column("id", fixed=True),
        column("responsible"),
        column("hazard"),
        column("grade"),
        column("due", fixed=True),
        Column("days", days, "right"),
        column("person", drop=1),
        *([Column("phone", Text("电话", "Phone"), fixed=True)] if any(one.phone for one in late) else []),
    )
    tone: Tone = "alarm" if key == "overdue" else "warn"
    return Table(key, columns, tuple(_row(one, tone)[: len(columns)] for one in late), title)


def _row(one: Late, tone: Tone) -> tuple[Cell, ...]:
    name = word("grades", one.grade)
    grade: Cell = Mark(name, "alarm") if one.grade == "major" else name
    days: Cell = None if one.days is None else Mark(one.days, tone)
    return (one.id, one.unit, one.hazard, grade, one.due, days, one.person, one.phone)


def data(late: Sequence[Late]) -> list[Value]:
    """Give the hazards for programs."""
    return [
        {
            "id": one.id,
            "responsible": one.unit,
            "hazard": one.hazard,
            "grade": one.grade,
            "due": one.due,
            "days": one.days,
            "person": one.person,
            "found_on": one.found,
        }
        for one in late
    ]
