"""Major hazards one by one: how each stands, its plan by item, what was reported, its listing, its deadlines, who must go back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame, column, word
from hazardctl.reports.majors import Major, Majors, Sealed, Visit
from hazardctl.reports.told import Told, number
from hazardctl.reports.told import data as told_data
from hazardctl.sheet import Block, Cell, Column, Figures, Line, Mark, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS

LOOK: Final = Text("看这一条", "look at this one")
TITLE: Final = Text("{name} {period}重大事故隐患治理情况", "{name}: major hazards, {period}")
COHORT: Final = ("hazards.major.found", "hazards.major.rectified", "hazards.major.rate", "hazards.major.overdue", "depth.major")
STOCK: Final = ("stock.open[grade=major]", "stock.overdue[grade=major]")
PLAN: Final = ("plan.planned", *(f"plan.{item}" for item in ("target", "funds", "staff", "schedule", "emergency")), "plan.funds_planned")
SHORT: Final[Mapping[str, Text]] = {
    "hazards.major.found": Text("发现", "Found"),
    "hazards.major.rectified": Text("已整改", "Rectified"),
    "hazards.major.rate": Text("整改率", "Rate"),
    "hazards.major.overdue": Text("逾期", "Overdue"),
    "depth.major": Text("占排查隐患", "Of all found"),
    "stock.open[grade=major]": Text("存量", "Open"),
    "stock.overdue[grade=major]": Text("存量逾期", "Open, overdue"),
    "plan.planned": Text("列入治理计划", "Under a plan"),
    "plan.target": Text("目标落实", "Target set"),
    "plan.funds": Text("经费落实", "Money set"),
    "plan.staff": Text("机构人员落实", "Staff set"),
    "plan.schedule": Text("时限落实", "Time set"),
    "plan.emergency": Text("预案落实", "Contingency set"),
    "plan.funds_planned": Text("治理资金（万元）", "Money, 10k yuan"),
}
ITEMS: Final[Mapping[str, Text]] = {
    "target": Text("目标", "Target"),
    "measures": Text("措施", "Measures"),
    "funds": Text("经费", "Money"),
    "staff": Text("人员", "Staff"),
    "schedule": Text("时限", "Time"),
    "emergency": Text("预案", "Contingency"),
}
OPEN_ITEM: Final = Text("未落实", "open")
NOT_YET: Final = Text("未报", "none")
NOT_TOLD: Final = Text("未通报", "none")
NO_CONTROL: Final = Text("未写", "none")
COUNTED: Final = Text("本期发现 {cohort} 项、存量 {stock} 项，合列 {n} 项", "found in the period {cohort}, open {stock}; all of them: {n}")
NOTHING: Final = Text("本期没有发现重大隐患，存量中也没有", "no major hazard was found in the period, and none is open")
PLAN_TITLE: Final = Text("治理方案六项：落实的日期", "The six items of the plan: the day each was done")
DUTIES_TITLE: Final = Text("管控和报告", "Control and reports")
DUTIES_NOTE: Final = Text(
    "报告对象含“职工、职代会、工会”的为向职工大会报告，其余为向监管部门报告（安全生产法第四十一条）",
    "a report to the staff, its union or congress is one to the workers' congress, any other one to the regulator (安全生产法 art. 41)",
)
PROGRESS_TITLE: Final = Text("挂牌督办：{n} 项，每季度至少报一次进展", "Listed: {n}; progress is due once a quarter")
PROGRESS_NOTE: Final = Text(
    "挂牌、进展、延期、整改、复查、反弹都算一次；92 天内没有即为欠报",
    "a listing, progress, extension, claim, check or reopening counts; after 92 days without one a word is owed",
)
CHAIN_TITLE: Final = Text("延期：期限的变动", "Extensions: how the deadline moved")
VISITS_TITLE: Final = Text("待回头看 {n} 项", "To go back to: {n}")
VISITS_NOTE: Final = Text(
    "销号（整改合格）以后没有“回头看”检查去过该单位的；应在观察期内去",
    "closed as rectified, and no revisit of the unit since; due within the look-back window",
)
SEALED_TITLE: Final = Text("停产停业决定生效中销号 {n} 项", "Closed while a stop order was in force: {n}")
SEALED_NOTE: Final = Text(
    "销号当天点名该隐患的决定尚未解除（安全生产法第六十五条）",
    "on the day of the closing an order naming the hazard stood (安全生产法 art. 65)",
)


def major(frame: Frame, made: Majors) -> Sheet:
    """Lay out the report on major hazards."""
    name = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="major",
        title=TITLE.of(name=frame.organisation, period=name),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(made)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, made),
        main="majors",
        hints=tuple(
            (f"hazardctl show {one.id[-5:]}", Text("看这一条", "look at this one")) for one in made.majors[:1] if not frame.ledgers
        ),
        stamp=frames.stamp(frame),
    )


def _blocks(made: Majors) -> Iterator[Block]:
    yield _headline("cohort", made.figures, (*COHORT, *STOCK))
    yield _headline("planned", made.figures, PLAN)
    if not made.majors:
        yield Line(NOTHING)
    else:
        cohort = sum(1 for one in made.majors if one.in_cohort)
        open_ = next(told.exact for told in made.figures if told.id == STOCK[0])
        yield Line(COUNTED.of(cohort=cohort, stock=open_ or 0, n=len(made.majors)))
        yield _listed(made.majors)
        yield _plans(made.majors)
        yield _duties(made.majors)
        yield from _progress([one for one in made.majors if one.progress])
        yield from _chains([one for one in made.majors if len(one.chain) > 1 or one.asked])
    if made.visits:
        yield _visits(made.visits)
    if made.sealed:
        yield _sealed(made.sealed)


def _headline(key: str, figures: Sequence[Told], wanted: Sequence[str]) -> Figures:
    kept = [told for told in figures if told.id in wanted]
    columns = tuple(Column(told.id, SHORT[told.id], measure=told.id) for told in kept)
    return Figures(key, columns, tuple(number(told) for told in kept))


ID: Final = Column("id", NOUNS["id"].heading, fixed=True)


def _listed(majors: Sequence[Major]) -> Table:
    columns = (
        ID,
        column("responsible"),
        column("hazard"),
        column("state"),
        column("due", fixed=True),
        Column("days", Text("逾期天数", "Days late"), "right"),
        Column("listed", Text("挂牌", "Listed"), drop=1),
        Column("found_on", NOUNS["found_on"].heading, fixed=True, data=True),
        Column("in_period", Text("本期发现", "Found in the period"), data=True),
        Column("plan", Text("方案落实项数", "Plan items done"), "right", data=True),
    )
    return Table("majors", columns, tuple(_row(one) for one in majors))


def _row(one: Major) -> tuple[Cell, ...]:
    days: Cell = None if one.days is None else Mark(one.days, "alarm")
    listed: Cell = one.progress.level if one.progress else plain("")
    in_period = Text("是", "yes") if one.in_cohort else Text("否", "no")
    return (one.id, one.unit, one.hazard, one.state, one.due, days, listed, one.found, in_period, one.done)


def _plans(majors: Sequence[Major]) -> Table:
    columns = (
        ID,
        Column("done", Text("落实", "Done"), "right"),
        *(Column(item, label, drop=drop) for drop, (item, label) in zip((0, 4, 0, 3, 2, 1), ITEMS.items(), strict=True)),
    )
    rows = tuple(
        (one.id, f"{one.done}/{len(ITEMS)}", *(one.plan[item] or Mark(OPEN_ITEM, "warn") for item in ITEMS)) for one in majors
    )  # fmt: skip
    return Table("plan", columns, rows, PLAN_TITLE)


def _duties(majors: Sequence[Major]) -> Table:
    columns = (
        ID,
        Column("interim", NOUNS["interim"].heading),
        Column("regulator", Text("报监管部门", "Regulator")),
        Column("congress", Text("报职工大会", "Congress")),
        Column("told", Text("通报职工", "Staff told"), drop=1),
    )
    rows = tuple(
        (
            one.id,
            one.interim or Mark(NO_CONTROL, "warn"),
            one.regulator or Mark(NOT_YET, "warn"),
            one.congress or Mark(NOT_YET, "warn"),
            one.told or Mark(NOT_TOLD, "warn"),
        )
        for one in majors
    )
    return Table("duties", columns, rows, DUTIES_TITLE, note=DUTIES_NOTE)


def _progress(majors: Sequence[Major]) -> Iterator[Table]:
    columns = (
        ID,
        Column("level", Text("督办层级", "Level")),
        column("number"),
        Column("last", Text("最近一次", "Last"), fixed=True),
        Column("next", Text("下次不晚于", "Next by"), fixed=True),
        Column("late", Text("欠报天数", "Days owed"), "right"),
    )
    rows: list[tuple[Cell, ...]] = [
        (one.id, it.level, it.number, it.last, it.next, None if it.late is None else Mark(it.late, "alarm"))
        for one in majors
        if (it := one.progress)
    ]
    if rows:
        yield Table("progress", columns, tuple(rows), PROGRESS_TITLE.of(n=len(rows)), note=PROGRESS_NOTE)


def _chains(majors: Sequence[Major]) -> Iterator[Table]:
    columns = (ID, Column("chain", Text("期限", "Deadlines")), Column("asked", Text("申请和批复", "Asked and answered")))
    rows = tuple((one.id, _arrows(one.chain), _said(one)) for one in majors)
    if rows:
        yield Table("extensions", columns, rows, CHAIN_TITLE)


def _arrows(days: Sequence[dt.date]) -> Text:
    return plain(" -> ".join(day.isoformat() for day in days))


def _said(one: Major) -> Text:
    said = Text("{day} {decision}至 {due}", "{day} {decision} to {due}")
    parts = [said.of(day=day, decision=word("decisions", decision), due=due) for day, decision, due in one.asked]
    return Text("{parts}", "{parts}").of(parts=parts)


def _visits(visits: Sequence[Visit]) -> Table:
    columns = (
        ID,
        column("unit"),
        column("hazard"),
        column("closed_on", fixed=True),
        Column("until", Text("不晚于", "By"), fixed=True),
        Column("left", Text("剩余天数", "Days left"), "right"),
    )
    rows = tuple(
        (one.id, one.unit, one.hazard, one.closed, one.until, Mark(one.left, "alarm") if one.left < 0 else one.left) for one in visits
    )  # fmt: skip
    return Table("look_backs", columns, rows, VISITS_TITLE.of(n=len(rows)), note=VISITS_NOTE)


def _sealed(sealed: Sequence[Sealed]) -> Table:
    columns = (
        ID,
        column("unit"),
        column("hazard"),
        column("closed_on", fixed=True),
        Column("kind", Text("决定", "Order")),
        Column("order", Text("决定编号", "Order id"), fixed=True),
        Column("since", Text("生效", "In force from"), fixed=True),
    )
    rows = tuple((one.id, one.unit, one.hazard, one.closed, one.kind, one.order, one.since) for one in sealed)
    return Table("under_stop", columns, rows, SEALED_TITLE.of(n=len(rows)), note=SEALED_NOTE)


def _data(frame: Frame, made: Majors) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "figures": [told_data(told) for told in made.figures],
        "majors": [_told(one) for one in made.majors],
        "look_backs": [
            {"id": one.id, "unit": one.unit, "hazard": one.hazard, "closed_on": one.closed, "until": one.until, "days_left": one.left}
            for one in made.visits
        ],
        "closed_under_stop": [
            {"id": one.id, "unit": one.unit, "hazard": one.hazard, "closed_on": one.closed, "order": one.order, "since": one.since}
            for one in made.sealed
        ],
        **frames.unread(frame),
    }


def _told(one: Major) -> dict[str, Value]:
    it = one.progress
    listed = {"level": it.level_key, "number": it.number, "last": it.last, "next": it.next, "days_late": it.late} if it else None
    return {
        "id": one.id,
        "responsible": one.unit,
        "hazard": one.hazard,
        "state": one.state_key,
        "found_on": one.found,
        "in_period": one.in_cohort,
        "due": one.due,
        "days": one.days,
        "plan": dict(one.plan),
        "plan_done": one.done,
        "interim": one.interim,
        "reported_to_regulator": one.regulator,
        "reported_to_congress": one.congress,
        "staff_told": one.told,
        "listed": listed,
        "deadlines": list(one.chain),
        "extensions": [{"date": day, "decision": decision, "due": due} for day, decision, due in one.asked],
    }
