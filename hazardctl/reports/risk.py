"""Risk points by type and colour, what was not checked, which hazards stood on them, which points have nothing written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame, column, word
from hazardctl.reports.risk_points import Bare, Check, Control, Place, Risk, Row
from hazardctl.reports.told import Told, number
from hazardctl.reports.told import data as told_data
from hazardctl.sheet import Block, Cell, Column, Figures, Line, Mark, Sheet, Table, Tone, Value
from hazardctl.vocabulary import BUILT_IN, NOUNS

TITLE: Final = Text("{name} {period}双重预防情况", "{name}: risk points and their hazards, {period}")
HEADINGS: Final = {
    "risk_points.count": Text("风险点", "Risk points"),
    "risk_points.checks_due": Text("到期未查", "Checks due"),
    "hazards.found": Text("排查隐患", "Hazards found"),
}
COLOURS: Final = {"red": Text("红", "Red"), "orange": Text("橙", "Orange"), "yellow": Text("黄", "Yellow"), "blue": Text("蓝", "Blue")}
TONES: Final[dict[str, Tone]] = {"red": "alarm", "orange": "warn"}
TYPE: Final = Text("类型", "Type")
NAME: Final = Text("名称", "Name")
COLOUR: Final = Text("等级", "Grade")
DUE: Final = Text("到期未查", "Checks due")
UNSTATED: Final = Text("（未填）", "(not stated)")
BY_TYPE: Final = Text("风险点分类分级", "By type and grade")
CHECKS_TITLE: Final = Text("到期未查 {n} 项", "Checks due: {n}")
CHECKS_NOTE: Final = Text(
    "周期已过，而没有点名该风险点（名称或点位）的检查，也没有不分部位查过该单位的检查；自最近一次或辨识之日起算",
    "the cycle has passed without an outing that names the point or its place, or one to its unit that names no part;"
    " days since the last one, or since it was identified",
)
ON_TITLE: Final = Text("风险点上的隐患：{linked}/{found} 项写明了风险点", "Hazards on risk points: {linked} of {found} name one")
CONTROLS_TITLE: Final = Text("失效的管控措施", "Controls that failed")
BARE_TITLE: Final = Text("没有排查项或管控措施的风险点 {n} 处", "Points without checks or controls: {n}")
PLACES_TITLE: Final = Text("按单位", "By unit")
ALL_CHECKED: Final = Text("没有到期未查的排查项", "no check is due")
NOTHING: Final = Text("台账里没有风险点", "this ledger has no risk points")


def risk(frame: Frame, made: Risk) -> Sheet:
    """Lay out the report on risk points."""
    name = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="risk",
        title=TITLE.of(name=frame.organisation, period=name),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(made)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, made),
        main="checks",
        stamp=frames.stamp(frame),
    )


def _blocks(made: Risk) -> Iterator[Block]:
    heads = tuple(Column(told.id, HEADINGS[told.id], measure=told.id) for told in made.figures)
    yield Figures("figures", heads, tuple(number(told) for told in made.figures))
    if made.rows:
        yield _types(made.rows)
    else:
        yield Line(NOTHING)
    if made.checks:
        yield _checks(made.checks)
    elif made.rows:
        yield Line(ALL_CHECKED)
    if made.on or made.found:
        yield _on(made)
    if made.controls:
        yield _controls(made.controls)
    if made.bare:
        yield _bare(made.bare)
    if len(made.places) > 1:
        yield _places(made.places)


def _types(rows: Sequence[Row]) -> Table:
    heads = (Column(colour, label, "right", f"risk_points.count[grade={colour}]") for colour, label in COLOURS.items())
    columns = (Column("type", TYPE), Column("points", NOUNS["total"].heading, "right", "risk_points.count"), *heads)
    body = tuple(
        (row.label if row.key else NOUNS["total"].heading, number(row.whole), *(_cell(row, told) for told in row.colours)) for row in rows
    )
    return Table("types", columns, body, BY_TYPE, total=not rows[-1].key, dots=True)


def _cell(row: Row, told: Told) -> Cell:
    """Give a count; of a type whose points are kept one by one, none of a colour is nil."""
    return 0 if told.missing and row.whole.exact is not None and _kept(row) else number(told)


def _kept(row: Row) -> bool:
    return any(not told.missing for told in row.colours)


def _colour(key: str) -> Cell:
    label = word("risk_grades", key) if key in BUILT_IN["risk_grades"] else UNSTATED
    return Mark(label, TONES[key]) if key in TONES else label


def _checks(checks: Sequence[Check]) -> Table:
    columns = (
        column("id", fixed=True),
        Column("name", NAME),
        Column("colour", COLOUR),
        column("unit", drop=4),
        Column("what", Text("排查内容", "Check")),
        Column("method", Text("方法", "How"), drop=6),
        Column("cycle", Text("周期", "Cycle")),
        Column("post", Text("岗位", "Post"), drop=5),
        Column("owner", Text("责任岗位", "Answers"), drop=3),
        Column("since", Text("上次", "Since"), fixed=True, drop=2),
        Column("days", Text("已过天数", "Days"), "right"),
    )
    rows = tuple(
        (one.id, one.name, _colour(one.colour), one.unit, one.what, one.method, one.cycle, one.post, one.owner, one.since, one.days)
        for one in checks
    )
    return Table("checks", columns, rows, CHECKS_TITLE.of(n=len(rows)), note=CHECKS_NOTE)


def _on(made: Risk) -> Table:
    columns = (
        column("id", fixed=True),
        Column("name", NAME),
        Column("colour", COLOUR),
        column("unit", drop=1),
        Column("found", Text("发现", "Found"), "right"),
        Column("open", Text("未销号", "Not closed"), "right"),
        Column("controls", Text("失效措施", "Failed controls")),
    )
    rows = tuple(
        (
            one.id,
            one.name,
            _colour(one.colour),
            one.unit,
            one.found,
            one.open,
            Text("{it}", "{it}").of(it=[_times(*it) for it in one.controls]),
        )
        for one in made.on
    )
    return Table("on", columns, rows, ON_TITLE.of(linked=made.linked, found=made.found), dots=True)


def _times(text: str, often: int) -> Text:
    return plain(text) if often == 1 else Text("{text} {n} 次", "{text} {n} times").of(text=text, n=often)


def _controls(controls: Sequence[Control]) -> Table:
    columns = (
        Column("control", Text("管控措施", "Control")),
        Column("failed", Text("失效次数", "Failed"), "right"),
        Column("points", Text("涉及风险点", "Risk points"), "right"),
    )
    return Table("controls", columns, tuple((one.text, one.failed, one.points) for one in controls), CONTROLS_TITLE)


def _bare(bare: Sequence[Bare]) -> Table:
    yes, no = Text("缺", "none"), Text("有", "there")
    columns = (
        column("id", fixed=True),
        Column("name", NAME),
        Column("colour", COLOUR),
        column("unit", drop=1),
        Column("checks", Text("排查项", "Checks")),
        Column("controls", Text("管控措施", "Controls")),
    )
    rows = tuple(
        (one.id, one.name, _colour(one.colour), one.unit, yes if one.no_checks else no, yes if one.no_controls else no) for one in bare
    )  # fmt: skip
    return Table("bare", columns, rows, BARE_TITLE.of(n=len(rows)))


def _places(places: Sequence[Place]) -> Table:
    columns = (
        Column("unit", NOUNS["unit"].heading),
        Column("points", HEADINGS["risk_points.count"], "right"),
        *(Column(colour, label, "right") for colour, label in COLOURS.items()),
        Column("due", DUE, "right"),
        Column("hazards", Text("隐患", "Hazards"), "right"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (plain(one.name) if one.name else UNSTATED, one.points, *one.colours, one.due, one.hazards) for one in places
    )
    return Table("places", columns, rows, PLACES_TITLE, dots=True)


def _data(frame: Frame, made: Risk) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "figures": [told_data(told) for told in made.figures],
        "types": [told_data(told) for row in made.rows for told in (row.whole, *row.colours) if not told.missing],
        "checks": [
            {"risk_point": one.id, "row": one.row + 1, "name": one.name, "grade": one.colour, "unit": one.unit, "what": one.what,
             "method": one.method, "cycle": one.cycle, "post": one.post, "owner": one.owner, "since": one.since, "days": one.days}
            for one in made.checks
        ],
        "hazards": {
            "found": made.found,
            "linked": made.linked,
            "points": [
                {"risk_point": one.id, "name": one.name, "grade": one.colour, "unit": one.unit, "found": one.found, "open": one.open,
                 "failed_controls": [{"control": text, "times": often} for text, often in one.controls]}
                for one in made.on
            ],
        },
        "failed_controls": [{"control": one.text, "times": one.failed, "points": one.points} for one in made.controls],
        "bare": [
            {"risk_point": one.id, "name": one.name, "grade": one.colour, "unit": one.unit, "no_checks": one.no_checks,
             "no_controls": one.no_controls}
            for one in made.bare
        ],
        "units": [
            {"unit": one.key, "name": one.name, "points": one.points, **dict(zip(COLOURS, one.colours, strict=True)),
             "checks_due": one.due, "hazards": one.hazards}
            for one in made.places
        ],
        **frames.unread(frame),
    }  # fmt: skip
