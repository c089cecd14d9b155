"""The lines of a grouped report: one dimension as a table with bars, two as a cross table (EXPERIENCE 3.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hazardctl.language import Text
from hazardctl.reports.answers import COHORT, Answers, Dimension, Group
from hazardctl.reports.figures import Figures, count, rate
from hazardctl.reports.frame import column
from hazardctl.sheet import Cell, Column, Table
from hazardctl.vocabulary import NOUNS

TOTAL: Final = NOUNS["total"].heading
SHORT: Final[Mapping[str, Text]] = {
    "within_due": Text("限期", "Due"),
    "no_due": Text("未定期限", "No due"),
    "closed_other": Text("非整改销号", "Other"),
}
"""Headings where the full name of a part would take too much room."""
SEVERAL: Final = Text(
    "一条隐患可以属于几行，各行相加可能多于合计", "a hazard may stand in several lines: they may add up to more than the total"
)
CROSS: Final = Text("{a}与{b}：已整改/发现", "{a} by {b}: rectified/found")
ALWAYS: Final = ("rectified", "awaiting", "within_due", "overdue")
OFFICIAL: Final = (
    ("hazards.general.found", Text("排查一般", "General")),
    ("hazards.general.rectified", Text("已整改", "Rectified")),
    ("hazards.general.rate", Text("整改率", "Rate")),
    ("hazards.major.found", Text("排查重大", "Major")),
    ("hazards.major.rectified", Text("整改销号", "Closed")),
    ("hazards.major.rate", Text("整改率", "Rate")),
    ("plan.planned", Text("列入治理计划", "Planned")),
)


def tables(answers: Answers, *, official: bool) -> Iterator[Table]:
    """Give the tables of the groups; none without a dimension."""
    match list(answers.dimensions):
        case [one]:
            yield _official(one, answers) if official else _cohort(one, answers)
        case [first, second]:
            yield _cross(first, second, answers)
            yield _long(answers)
        case _:
            return


def shown(figures: Figures) -> tuple[str, ...]:
    """Name the parts of the cohort line that stand on a page: two of them only where they are not zero."""
    return tuple(part for part in COHORT if part in ALWAYS or count(figures, f"hazards.{part}"))


def _cohort(one: Dimension, answers: Answers) -> Table:
    parts = ("found", *shown(answers.total))
    figures = [_part(part) for part in parts]
    bar = Column("bar", Text("", ""), bar=True)
    columns = (*_names((one,)), *figures, column("rate", right=True, measure="hazards.rate"), bar, *_further())
    rows = [_cohort_row(group.keys, group.labels, group.figures, parts) for group in _standing(one, answers)]
    rows.append(_cohort_row(("",), (TOTAL,), answers.total, parts))
    note = SEVERAL if answers.several else None
    return Table("groups", columns, tuple(rows), total=True, note=note, dots=True)


def any_standing(answers: Answers) -> bool:
    """Say whether any line has something to show."""
    return any(_standing(one, answers) for one in answers.dimensions)


def _standing(one: Dimension, answers: Answers) -> list[Group]:
    """Leave out lines without a hazard found, which only a deadline of another period brought here; time keeps its gaps."""
    return [group for group in answers.groups if one.running or count(group.figures, "hazards.found")]


def _part(part: str) -> Column:
    made = column(part, right=True, measure=f"hazards.{part}")
    return Column(part, SHORT[part], "right", made.measure) if part in SHORT else made


def _names(dimensions: Sequence[Dimension]) -> tuple[Column, ...]:
    """Give the columns of the names, and for programs the keys behind them."""
    named = tuple(Column(one.key, _heading(one.label)) for one in dimensions)
    return (*named, *(Column(f"{one.key}_key", Text(f"{one.label.zh}键", f"{one.label.en} key"), data=True) for one in dimensions))


def _heading(label: Text) -> Text:
    return Text(label.zh, label.en[:1].upper() + label.en[1:])


def _further() -> tuple[Column, ...]:
    return (
        column("on_time", right=True, measure="due.on_time", data=True),
        column("due_total", right=True, measure="due.total", data=True),
    )


def _cohort_row(keys: Sequence[str], labels: Sequence[Text], figures: Figures, parts: Sequence[str]) -> tuple[Cell, ...]:
    done = rate(figures, "hazards.rate")
    counts = [count(figures, f"hazards.{part}") for part in parts]
    return (*labels, *keys, *counts, done, done, rate(figures, "due.on_time"), count(figures, "due.total"))


def _official(one: Dimension, answers: Answers) -> Table:
    rights: list[Column] = [Column(name, label, "right", name) for name, label in OFFICIAL]
    rows = [(*group.labels, *group.keys, *_official_row(group.figures)) for group in _standing(one, answers)]
    rows.append((TOTAL, "", *_official_row(answers.total)))
    return Table("groups", (*_names((one,)), *rights), tuple(rows), total=True, note=SEVERAL if answers.several else None, dots=True)


def _official_row(figures: Figures) -> tuple[Cell, ...]:
    return tuple(rate(figures, name) if name.endswith(".rate") else count(figures, name) for name, _ in OFFICIAL)


def _cross(first: Dimension, second: Dimension, answers: Answers) -> Table:
    cells = {group.keys: _done(group.figures) for group in answers.groups}
    columns = (
        Column(first.key, _heading(first.label)),
        *(Column(f"c{number}", group.labels[0], "right") for number, group in enumerate(answers.columns)),
        column("total", right=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (row.labels[0], *(cells.get((row.keys[0], top.keys[0]), ".") for top in answers.columns), _done(row.figures))
        for row in answers.rows
    ]
    rows.append((TOTAL, *(_done(top.figures) for top in answers.columns), _done(answers.total)))
    title = CROSS.of(a=first.label, b=second.label)
    return Table("cross", columns, tuple(rows), title, total=True, note=SEVERAL if answers.several else None)


def _done(figures: Figures) -> str:
    found = count(figures, "hazards.found")
    return f"{count(figures, 'hazards.rectified')}/{found}" if found else "."


def _long(answers: Answers) -> Table:
    """Give the lines one below the other, for csv."""
    parts = ("found", *COHORT)
    plain = [*_names(answers.dimensions), *(_part(part) for part in parts), column("rate", right=True, measure="hazards.rate"), *_further()]
    columns = tuple(Column(one.key, one.label, one.align, one.measure, data=True) for one in plain)
    rows = [_without_bar(_cohort_row(group.keys, group.labels, group.figures, parts)) for group in answers.groups]
    rows.append(_without_bar(_cohort_row(("", ""), (TOTAL, TOTAL), answers.total, parts)))
    return Table("lines", columns, tuple(rows), total=True)


def _without_bar(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return (*row[:-3], *row[-2:])


def lines(groups: Sequence[Group], dimensions: Sequence[Dimension], *, official: bool) -> list[dict[str, object]]:
    """Give the lines for programs."""
    return [_line(group, dimensions, official=official) for group in groups]


def _line(group: Group, dimensions: Sequence[Dimension], *, official: bool) -> dict[str, object]:
    place = {one.key: {"key": key, "name": label} for one, key, label in zip(dimensions, group.keys, group.labels, strict=True)}
    figures = {part: count(group.figures, f"hazards.{part}") for part in ("found", *COHORT)}
    rates = {"rate": rate(group.figures, "hazards.rate"), "on_time": rate(group.figures, "due.on_time")}
    grades: dict[str, object] = {}
    if official:
        grades = {
            name.removeprefix("hazards.").replace(".", "_"): value
            for (name, _), value in zip(OFFICIAL, _official_row(group.figures), strict=True)
        }
    return {**place, **figures, **rates, **grades}
