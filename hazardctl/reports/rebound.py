"""What came back: the rates, where it came back most, from which cause, and each case with what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports import told as figures
from hazardctl.reports.figures import Figures, count, rate
from hazardctl.reports.frame import Frame, column
from hazardctl.reports.told import Told
from hazardctl.sheet import Block, Cell, Column, Rate, Sheet, Table, Value
from hazardctl.sheet import Figures as Headline
from hazardctl.sheet import Line as Sentence
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}反弹和重复隐患", "{name}: what came back, {period}")
HEAD: Final = ("reopen.lines", "reopen.closings", "reopen.rate", "repeat.found", "repeat.rate", "first_pass.checked", "first_pass")
LINE: Final = (
    "hazards.found",
    "reopen.lines",
    "reopen.closings",
    "reopen.rate",
    "repeat.found",
    "repeat.rate",
    "first_pass.checked",
    "first_pass.passed",
    "first_pass",
)
HEADINGS: Final[Mapping[str, Text]] = {
    "reopen.lines": Text("反弹", "Reopened"),
    "reopen.closings": Text("观察期内销号", "Closings looked back on"),
    "reopen.rate": Text("反弹率", "Reopening rate"),
    "repeat.found": Text("重复隐患", "Repeated"),
    "repeat.rate": Text("重复率", "Repeat rate"),
    "first_pass.checked": Text("复查过", "Checked"),
    "first_pass": Text("一次合格率", "First pass"),
}
FAILED: Final = Text("首次不合格", "Failed at first")
FOUND: Final = Text("发现", "Found")
SHARE: Final = Text("占反弹和重复", "Of all that came back")
BY: Final = Text("按{what}", "By {what}")
MOST: Final = Text("最多：{name}，反弹 {reopened} 次、重复 {repeated} 项", "most: {name}, reopened {reopened}, repeated {repeated}")
MOST_LINES: Final = 30
LEFT: Final = Text("另有 {n} 行：--format json", "and {n} more lines: --format json")
SEVERAL: Final = Text("一条隐患可以属于几行", "a hazard may stand in several lines")
CAUSES: Final = Text("按原因类别", "By category of cause")
PAIRS: Final = Text("反弹和重复：先后对照，{n} 起", "Earlier and later: {n}")
NOTHING: Final = Text("本期没有反弹、重复隐患和复查不合格", "nothing was reopened, repeated or failed in the period")
HOW: Final[Mapping[str, Text]] = {
    "reopened": Text("反弹", "reopened"),
    "stated": Text("重复（注明）", "repeat, as stated"),
    "alike": Text("重复（同单位同类同部位）", "repeat: same unit, kind, site"),
}
RULE: Final = Text(
    "反弹率的分母是本期及此前一个观察期内以整改合格销号的次数；首次不合格为第一次复查不合格的，以后合格也不改变",
    "reopenings are over the closings of the period and one look-back window before; failed at first stays so, whatever happened later",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table, and its part of all that came back."""

    key: str
    label: Text
    figures: Figures
    share: Rate

    @property
    def reopened(self) -> int:
        """Count the reopenings."""
        return count(self.figures, "reopen.lines")

    @property
    def repeated(self) -> int:
        """Count the repeats."""
        return count(self.figures, "repeat.found")

    @property
    def failed(self) -> int:
        """Count the hazards that failed at their first check."""
        return count(self.figures, "first_pass.checked") - count(self.figures, "first_pass.passed")

    def of(self, whole: int) -> Line:
        """Give the line with its part of so many that came back."""
        return Line(self.key, self.label, self.figures, Rate(self.reopened + self.repeated, whole))


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of a dimension; `several`: a hazard may stand on more than one."""

    key: str
    label: Text
    several: bool
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Pair:
    """Earlier and later; `settled` is None where the ledger does not know when the earlier one was closed."""

    how: str
    earlier: str
    settled: dt.date | None
    later: str
    on: dt.date
    unit: str
    site: str
    hazard: str

    @property
    def days(self) -> int | None:
        """Count the days between."""
        return None if self.settled is None else (self.on - self.settled).days


@dataclass(frozen=True, slots=True)
class Rebound:
    """What the report prints."""

    figures: Sequence[Told]
    groups: Sequence[Group]
    causes: Group
    pairs: Sequence[Pair]


def rebound(frame: Frame, made: Rebound) -> Sheet:
    """Lay out the report on what came back."""
    name = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="rebound",
        title=TITLE.of(name=frame.organisation, period=name),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(made)),
        foot=(RULE, *frames.foot(frame, headed=True)),
        data=_data(frame, made),
        main="pairs",
        stamp=frames.stamp(frame),
    )


def _blocks(made: Rebound) -> Iterator[Block]:
    shown = [told for told in made.figures if told.id in HEADINGS]
    heads = tuple(Column(told.id, HEADINGS[told.id], measure=told.id) for told in shown)
    yield Headline("figures", heads, tuple(figures.number(told) for told in shown))
    if not (made.causes.lines or any(group.lines for group in made.groups)):
        yield Sentence(NOTHING)
    for group in made.groups:
        if group.lines:
            yield _table(f"by_{group.key}", BY.of(what=Text(group.label.zh, group.label.en.lower())), group)
    if made.causes.lines:
        yield _table("causes", CAUSES, made.causes, share=True)
    if made.pairs:
        yield _pairs(made.pairs)


def _table(key: str, title: Text, group: Group, *, share: bool = False) -> Table:
    notes = [*([] if share else _notes(group)), *([SEVERAL] if group.several else [])]
    note = frames.spaced(notes) if notes else None
    columns = [
        Column("name", group.label),
        Column("found", FOUND, "right", "hazards.found", 3),
        Column("reopened", HEADINGS["reopen.lines"], "right", "reopen.lines"),
        Column("reopen_rate", HEADINGS["reopen.rate"], "right", "reopen.rate", 2),
        Column("repeated", HEADINGS["repeat.found"], "right", "repeat.found"),
        Column("repeat_rate", HEADINGS["repeat.rate"], "right", "repeat.rate", 2),
        Column("failed", FAILED, "right"),
        Column("first_pass", HEADINGS["first_pass"], "right", "first_pass", 1),
    ]
    if share:
        columns.append(Column("share", SHARE, "right"))
    return Table(key, tuple(columns), tuple(_row(line, share=share) for line in group.lines[:MOST_LINES]), title, note=note, dots=True)


def _notes(group: Group) -> list[Text]:
    """Name the line with the most, where there are several, and say how many are left out."""
    first = max(group.lines, key=lambda line: line.reopened + line.repeated)
    told = [MOST.of(name=first.label, reopened=first.reopened, repeated=first.repeated)] if first.reopened + first.repeated else []
    left = len(group.lines) - MOST_LINES
    return [*(told if len(group.lines) > 1 else []), *([LEFT.of(n=left)] if left > 0 else [])]


def _row(line: Line, *, share: bool) -> tuple[Cell, ...]:
    cells: list[Cell] = [line.label, count(line.figures, "hazards.found"), line.reopened, rate(line.figures, "reopen.rate")]
    cells += [line.repeated, rate(line.figures, "repeat.rate"), line.failed, rate(line.figures, "first_pass")]
    return (*cells, line.share) if share else tuple(cells)


def _pairs(pairs: Sequence[Pair]) -> Table:
    columns = (
        Column("earlier", Text("先前", "Earlier"), fixed=True),
        Column("settled", Text("销号或合格", "Settled"), fixed=True),
        Column("later", Text("其后", "Later"), fixed=True),
        Column("on", Text("再现", "Came back"), fixed=True),
        Column("days", Text("相隔天数", "Days between"), "right"),
        Column("how", Text("情形", "How")),
        Column("unit", NOUNS["unit"].heading, drop=1),
        Column("site", NOUNS["site"].heading, drop=2),
        Column("hazard", column("hazard").label, drop=3),
    )
    rows = tuple((one.earlier, one.settled, one.later, one.on, one.days, HOW[one.how], one.unit, one.site, one.hazard) for one in pairs)
    return Table("pairs", columns, rows, PAIRS.of(n=len(rows)))


def _data(frame: Frame, made: Rebound) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "figures": [figures.data(told) for told in made.figures],
        "groups": [{"by": group.key, "lines": [_line(line) for line in group.lines]} for group in made.groups],
        "causes": [{**_line(line), "share": line.share} for line in made.causes.lines],
        "pairs": [
            {"how": one.how, "earlier": one.earlier, "settled_on": one.settled, "later": one.later, "came_back_on": one.on,
             "days": one.days, "unit": one.unit, "site": one.site, "hazard": one.hazard}
            for one in made.pairs
        ],
        "measures": {"found": "hazards.found", "reopened": "reopen.lines", "closings": "reopen.closings", "reopen_rate": "reopen.rate",
                     "repeated": "repeat.found", "repeat_rate": "repeat.rate", "checked": "first_pass.checked",
                     "passed": "first_pass.passed", "first_pass": "first_pass"},
        **frames.unread(frame),
    }  # fmt: skip


def _line(line: Line) -> dict[str, Value]:
    return {
        "key": line.key,
        "name": line.label,
        "found": count(line.figures, "hazards.found"),
        "reopened": line.reopened,
        "closings": count(line.figures, "reopen.closings"),
        "reopen_rate": rate(line.figures, "reopen.rate"),
        "repeated": line.repeated,
        "repeat_rate": rate(line.figures, "repeat.rate"),
        "checked": count(line.figures, "first_pass.checked"),
        "passed": count(line.figures, "first_pass.passed"),
        "first_pass": rate(line.figures, "first_pass"),
    }
