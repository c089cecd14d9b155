"""The summary of a period (EXPERIENCE 3.1, 3.2): one cohort line that adds up, the groups, the stock that closes, what is late."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.answers import AGES, Answers, checked
from hazardctl.reports.commands import same
from hazardctl.reports.figures import Figures, count, equation, levels, rate, short, spread
from hazardctl.reports.frame import Frame, column
from hazardctl.reports.groups import any_standing, shown, tables
from hazardctl.reports.overdue import table as late_table
from hazardctl.reports.summary_data import data
from hazardctl.sheet import Block, Cell, Column, Line, Mark, Sheet
from hazardctl.sheet import Figures as Headline
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}事故隐患排查治理情况", "{name}: hazard rectification, {period}")
NOT_BEGUN: Final = Text("统计期尚未开始：截至 {day}，{period}还没有到", "the period has not begun: on {day} {period} is still to come")
SUM: Final = Text("{whole} = {parts}", "{whole} = {parts}")
OFFICIAL: Final = Text("口径 official：一般 {general}，重大 {major}", "basis official: general {general}, major {major}")
MAJOR_CLOSED: Final = Text("重大（销号）", "Major closed")
MOST_LATE: Final = 20
AGE_NAMES: Final = (
    Text("0-7天", "0-7d"),
    Text("8-15天", "8-15d"),
    Text("16-30天", "16-30d"),
    Text("31-90天", "31-90d"),
    Text("90天以上", ">90d"),
)


def summary(frame: Frame, answers: Answers) -> Sheet:
    """Lay out the summary of a period.

    Raises:
        BugError: the figures do not add up.
    """
    checked(answers)
    period = frame.period
    name = period.label if period else Text("", "")
    return Sheet(
        name="report",
        title=TITLE.of(name=frame.organisation, period=name),
        head=(frames.head(frame), *(() if frame.begun else (NOT_BEGUN.of(day=frame.as_of, period=name),))),
        blocks=tuple(_blocks(frame, answers)),
        foot=(*_memo(answers), *frames.foot(frame, headed=True)),
        data=data(frame, answers),
        main=_main(answers),
        hints=tuple(_hints(frame, answers)),
        stamp=frames.stamp(frame),
    )


def _main(answers: Answers) -> str:
    """Name the table that csv writes."""
    if answers.told or answers.parts == "families":
        return "families"
    return "lines" if len(answers.dimensions) > 1 else "groups"


def _blocks(frame: Frame, answers: Answers) -> Iterator[Block]:
    if not answers.told and answers.parts != "families":
        yield from _hazards(frame, answers)
    if answers.work and answers.parts != "groups":
        from hazardctl.reports.work import table as work_table  # most periods of many ledgers have none

        yield work_table(answers.work)


def _hazards(frame: Frame, answers: Answers) -> Iterator[Block]:
    if answers.parts == "groups":
        yield from tables(answers, official=frame.preset == "official")
        return
    yield _headline(answers)
    yield Line(_sums(answers), indent=2)
    yield Line(_other_bases(frame, answers), indent=2)
    if any_standing(answers):
        yield from tables(answers, official=frame.preset == "official")
    yield Line(_stock(answers.total), "stock", NOUNS["stock"].heading)
    if len(answers.months) > 1:
        yield Line(_months(answers), "months", Text("年度发现", "Found by year") if answers.by_year else Text("月度发现", "Found by month"))
    yield Line(_ages(frame, answers), "ages", Text("账龄", "Age of open"))
    yield Line(_time(answers.total), "ttr", Text("用时", "Time to fix"))
    yield from _overdue(frame, answers)


def _headline(answers: Answers) -> Headline:
    total = answers.total
    parts = ("found", *shown(total))
    columns = [_figure(part, f"hazards.{part}") for part in parts]
    columns += [_figure("rate", "hazards.rate"), _figure("on_time", "due.on_time"), Column("major_closed", MAJOR_CLOSED)]
    closed, majors = count(answers.official, "hazards.major.rectified"), count(answers.official, "hazards.major.found")
    values = [_marked(part, count(total, f"hazards.{part}")) for part in parts]
    values += [rate(total, "hazards.rate"), rate(total, "due.on_time"), f"{closed}/{majors}"]
    return Headline("cohort", tuple(columns), tuple(values))


def _marked(part: str, value: int) -> Cell:
    return Mark(value, "alarm") if part == "overdue" and value else value


def _figure(key: str, measure: str) -> Column:
    return column(key, measure=measure)


def _sums(answers: Answers) -> Text:
    total = answers.total
    parts = [str(count(total, f"hazards.{part}")) for part in shown(total)]
    due = rate(total, "due.on_time")
    said = [
        SUM.of(whole=count(total, "hazards.found"), parts=" + ".join(parts)),
        Text("整改率 {n}/{d}", "rate {n}/{d}").of(n=rate(total, "hazards.rate").numerator, d=rate(total, "hazards.rate").denominator),
        Text("按期整改率 {n}/{d}（期内到期 {d} 项）", "on time {n}/{d} ({d} fell due in the period)").of(
            n=due.numerator, d=due.denominator
        ),
    ]
    if undecided := count(total, "due.undecided"):
        said.append(Text("当日到期未定 {n} 项，不在其内", "{n} due on the as-of day, undecided, not among them").of(n=undecided))
    return frames.spaced(said)


def _other_bases(frame: Frame, answers: Answers) -> Text:
    """Give the two rates of the official table, and the project's own rate where another basis was asked."""
    grades = (rate(answers.official, f"hazards.{grade}.rate") for grade in ("general", "major"))
    general, major = map(equation, grades)
    said = [OFFICIAL.of(general=general, major=major)]
    if frame.basis != "verified":
        said.append(Text("口径 verified：{it}", "basis verified: {it}").of(it=equation(answers.verified)))
    return frames.spaced(said)


def _stock(total: Figures) -> Text:
    other = count(total, "stock.resolved_other")
    zh = "期初 {opening} + 新增 {found} + 返回 {reopened} - 整改 {resolved}" + (" - 其他销号 {resolved_other}" if other else "")
    en = "opening {opening} + found {found} + reopened {reopened} - resolved {resolved}" + (
        " - closed otherwise {resolved_other}" if other else ""
    )
    names = ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")
    return Text(
        zh + " - 作废 {withdrawn} - 移送 {transferred} = 期末 {closing}",
        en + " - withdrawn {withdrawn} - moved {transferred} = closing {closing}",
        {name: count(total, f"stock.{name}") for name in names},
    )


def _months(answers: Answers) -> Text:
    blocks = levels([found for _, _, found in answers.months])
    zh = "  ".join(f"{label.zh} {found}{block}" for (label, _, found), block in zip(answers.months, blocks, strict=True))
    en = "  ".join(f"{label.en} {found}{block}" for (label, _, found), block in zip(answers.months, blocks, strict=True))
    return Text("{it}", "{it}").of(it=Text(zh, en))


def _ages(frame: Frame, answers: Answers) -> Text:
    ages = [count(answers.total, f"age.{age}") for age in AGES]
    said = [Text("{age} {n}", "{age} {n}").of(age=age, n=n) for age, n in zip(AGE_NAMES, ages, strict=True)]
    pending = sum(count(answers.total, f"hazards.{part}") for part in ("within_due", "overdue", "no_due"))
    why = Text("（未整改 {n} 项，自发现日起）", "({n} not rectified, since found)")
    if pending != sum(ages):
        why = Text("（截至 {day} 未整改 {n} 项，不论何时发现，自发现日起）", "({n} not rectified on {day}, whenever found; since found)")
    return frames.spaced([*said, why.of(n=sum(ages), day=frame.as_of)])


def _time(total: Figures) -> Text:
    times, waiting = spread(total, "ttr"), count(total, "ttr.censored")
    if times is None:
        return Text("/（尚无已整改的，{waiting} 项未办结）", "/ (none rectified, {waiting} unresolved)").of(waiting=waiting)
    said = Text(
        "整改中位 {median} 天，p90 {p90} 天（n={n}，另有 {waiting} 项未办结未计入）",
        "median {median} days, p90 {p90} (n={n}; {waiting} unresolved not counted)",
    )
    return said.of(median=short(times.median), p90=short(times.p90), n=times.n, waiting=waiting)


def _overdue(frame: Frame, answers: Answers) -> Iterator[Block]:
    cohort, late = count(answers.total, "hazards.overdue"), len(answers.overdue) + answers.more
    title = Text("逾期未整改 {n} 项", "Overdue: {n}")
    if cohort != late:
        title = Text("截至 {day} 逾期未整改 {n} 项，不论何时发现", "Overdue on {day}, whenever found: {n}")
    note = Text("另有 {n} 项：hazardctl overdue", "and {n} more: hazardctl overdue").of(n=late - MOST_LATE) if late > MOST_LATE else None
    if late:
        yield late_table(answers.overdue[:MOST_LATE], title.of(n=late, day=frame.as_of), note)
    elif frame.begun:
        yield Line(Text("没有逾期未整改的隐患", "Nothing is overdue"))


def _memo(answers: Answers) -> Iterator[Text]:
    gone = {part: count(answers.total, f"hazards.{part}") for part in ("withdrawn", "transferred")}
    if any(gone.values()):
        yield frames.WITHOUT.of(**gone)


def _hints(frame: Frame, answers: Answers) -> Iterator[tuple[str, Text]]:
    asked = same(frame)
    yield f"hazardctl report {asked} -o report.md", Text("存成文件", "keep it as a file")
    if answers.overdue and not frame.ledgers:
        yield f"hazardctl show {answers.overdue[0].id[-5:]}", Text("看逾期的一条", "look at one that is overdue")
    yield f"hazardctl explain rate {asked} -v", Text("口径、算式与编号清单", "definition, arithmetic, the ids behind it")
