"""A figure explained: what it means, how it was made, who is in it, what it would be on another basis (EXPERIENCE 3.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.figures import Figure, equation, short, told
from hazardctl.reports.frame import Frame, spaced
from hazardctl.sheet import Block, Cell, Column, Line, Rate, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS

ROUNDED: Final = Text(
    "{n} / {d} = {value}（四舍五入；分母为 0 记“/”；分子小于分母时不写 100%）",
    '{n} / {d} = {value} (rounded half up; "/" for nothing over nothing; never 100% unless equal)',
)
SPREAD: Final = Text(
    "{n} 个值，合计 {total}，平均 {mean}，中位 {median}，p90 {p90}，最大 {greatest}（p90：从小到大第 0.9n 个，不足一个进一）",
    "{n} values, sum {total}, mean {mean}, median {median}, p90 {p90}, greatest {greatest} (p90: the ceil(0.9 n)-th value)",
)
SIDES: Final[Mapping[str, Text]] = {
    "members": Text("编号", "ids"),
    "numerator": Text("分子", "numerator"),
    "denominator": Text("分母", "denominator"),
}
VERBOSE: Final = Text("编号清单加 -v", "add -v for the ids")


@dataclass(frozen=True, slots=True)
class Part:
    """A record behind a figure: what it adds, the day that puts it there, its short name."""

    id: str
    value: int
    day: dt.date
    hazard: str
    measure: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What is said of a measure.

    Attributes:
        id: of the measure.
        label: its name.
        definition: in words.
        over: what it is counted over, in words.
        formula: of a rate: the ids its two parts are made of.
        figure: the answer.
        sides: `members`, or `numerator` and `denominator`, each with its records.
        commands: side → a list command that gives the same records, where there is one.
        difference: what lies between numerator and denominator: (name, how many).
        others: other bases and the figure under them.
        money: the figure is fen.
        said: the answer in words, where it is more than a number: what tallies tell, what is missing.
        data: that answer for programs.
    """

    id: str
    label: Text
    definition: Text
    over: Text
    formula: tuple[str, str] | None
    figure: Figure
    sides: Mapping[str, Sequence[Part]]
    commands: Mapping[str, str]
    difference: Sequence[tuple[Text, int]] = ()
    others: Sequence[tuple[str, Text]] = ()
    money: bool = False
    said: Text | None = None
    data: Value = None


def measure(frame: Frame, it: Explained, *, verbose: bool) -> Sheet:
    """Lay out the explanation; `verbose` lists the records behind every side."""
    return Sheet(
        name="explain",
        title=spaced([it.label, plain(it.id), *_head(frame)]),
        blocks=(*_lines(it, verbose=verbose), *(_tables(it) if verbose else ()), _records(it)),
        foot=frames.foot(frame),
        data=_data(frame, it),
        main="records",
        stamp=frames.stamp(frame),
        compact=True,
    )


def _head(frame: Frame) -> Iterator[Text]:
    yield Text("口径 {basis}", "basis {basis}").of(basis=frame.basis)
    if frame.period:
        yield frames.days(frame.period)
    yield Text("截至 {day}", "as of {day}").of(day=frame.as_of)


def _lines(it: Explained, *, verbose: bool) -> Iterator[Block]:
    yield _line(Text("定义", "means"), it.definition)
    yield _line(Text("对象", "over"), it.over)
    if it.formula:
        yield _line(Text("公式", "formula"), plain(" / ".join(f"({side})" if " " in side else side for side in it.formula)))
    yield _line(Text("算式", "sum"), _sum(it))
    for side, parts in it.sides.items():
        said = [_many(it, parts), *([plain(it.commands[side])] if side in it.commands else [])]
        yield _line(SIDES[side], spaced(said))
    if it.difference:
        yield _line(Text("差额", "difference"), _difference(it, verbose=verbose))
    if it.others:
        yield _line(
            Text("别的口径", "other bases"), spaced([Text("{name} {it}", "{name} {it}").of(name=name, it=text) for name, text in it.others])
        )


def _many(it: Explained, parts: Sequence[Part]) -> Text:
    """Say how many stand on a side of a rate; where they count with their sign or weight, what they add up to."""
    if isinstance(it.figure, Rate) and _weighed(parts):
        return Text("{sum}（{n} 笔相加）", "{sum} ({n} lines added up)").of(sum=sum(one.value for one in parts), n=len(parts))
    return Text("{n} 项", "{n}").of(n=len(parts))


def _line(label: Text, text: Text) -> Line:
    return Line(text, label=label, indent=2)


def _sum(it: Explained) -> Text:
    if it.said is not None:
        return it.said
    figure = it.figure
    if isinstance(figure, Rate):
        return ROUNDED.of(n=figure.numerator, d=figure.denominator, value=str(figure))
    if isinstance(figure, int):
        return Text("{n} 元", "{n} yuan").of(n=f"{figure / 100:.2f}") if it.money else plain(str(figure))
    return SPREAD.of(
        n=figure.n,
        total=figure.total,
        mean=short(Decimal(figure.total) / figure.n if figure.n else None),
        median=short(figure.median),
        p90=short(figure.p90),
        greatest=short(figure.greatest),
    )


def _difference(it: Explained, *, verbose: bool) -> Text:
    whole = sum(n for _, n in it.difference)
    parts = [Text("{name} {n}", "{name} {n}").of(name=name, n=n) for name, n in it.difference]
    template = " + ".join(f"{{p{number}}}" for number in range(len(parts)))
    added = Text(template, template, {f"p{number}": part for number, part in enumerate(parts)})
    said = Text("{whole} 项 = {added}", "{whole} = {added}").of(whole=whole, added=added)
    return said if verbose else spaced([said, VERBOSE])


def _tables(it: Explained) -> Iterator[Table]:
    for side, parts in it.sides.items():
        title = Text("{side} {n}", "{side}: {n}").of(side=SIDES[side], n=_many(it, parts))
        weighed = _weighed(parts)
        yield Table(side, _columns(weighed=weighed), tuple(_row(one, weighed=weighed) for one in parts), title)


def _columns(*, weighed: bool) -> tuple[Column, ...]:
    values = [Column("value", Text("计", "Adds"), "right")] if weighed else []
    return (
        Column("id", NOUNS["id"].heading, fixed=True),
        Column("day", NOUNS["date"].heading, fixed=True),
        *values,
        Column("hazard", NOUNS["hazard"].heading),
    )


def _weighed(parts: Sequence[Part]) -> bool:
    return any(one.value != 1 for one in parts)


def _row(one: Part, *, weighed: bool) -> tuple[Cell, ...]:
    return (one.id, one.day, *([one.value] if weighed else []), one.hazard)


def _records(it: Explained) -> Table:
    """Give every side in one table, for csv."""
    names = ("side", "id", "date", "days", "title")
    labels = (Text("部分", "Part"), NOUNS["id"].heading, NOUNS["date"].heading, Text("计", "Adds"), NOUNS["hazard"].heading)
    columns = tuple(Column(name, label, data=True) for name, label in zip(names, labels, strict=True))
    rows = tuple((SIDES[side], one.id, one.day, one.value, one.hazard) for side, parts in it.sides.items() for one in parts)
    return Table("records", columns, rows)


def _data(frame: Frame, it: Explained) -> dict[str, Value]:
    formula: Value = {"numerator": it.formula[0], "denominator": it.formula[1]} if it.formula else None
    sides = {
        side: [{"id": one.id, "value": one.value, "day": one.day, "measure": one.measure} for one in parts]
        for side, parts in it.sides.items()
    }
    return {
        **frames.stated(frame),
        "measure": it.id,
        "name": it.label,
        "definition": it.definition,
        "over": it.over,
        "formula": formula,
        "figure": told(it.figure) if it.said is None else it.data,
        "records": sides,
        "difference": [{"name": name, "n": n} for name, n in it.difference],
        "other_bases": [{"basis": name, "figure": text} for name, text in it.others],
        **frames.unread(frame),
    }


def other(figure: Figure) -> Text:
    """Say a figure under another basis, short."""
    if isinstance(figure, Rate):
        return equation(figure)
    if isinstance(figure, int):
        return plain(str(figure))
    return Text("n {n}，中位 {median}", "n {n}, median {median}").of(n=figure.n, median=short(figure.median))
