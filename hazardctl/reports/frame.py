"""What every output states beside its figures (DOMAIN §4.4): period, as-of day, basis, cut-off, scope, what it left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.period import Period
from hazardctl.sheet import Column, Plain, Value
from hazardctl.vocabulary import BUILT_IN, NOUNS

MOST_UNREAD: Final = 20
STEPS: Final[Mapping[str, Text]] = {
    "default": Text("复查合格才计已整改", "rectified means verified"),
    "verified": Text("复查合格才计已整改", "rectified means verified"),
    "official": Text("一般隐患整改完成、重大隐患销号才计已整改", "rectified means claimed for general hazards, closed for major ones"),
    "rectified": Text("责任单位报整改完成即计已整改", "rectified means claimed by the responsible unit"),
    "closed": Text("销号才计已整改", "rectified means closed"),
}
"""The basis in words for each grade."""

CUTOFF: Final = {"period": Text("截止方式 period（按统计期末的状态）", "cut-off period (as things stood at its end)"),
                 "asof": Text("截止方式 asof（按截至日的状态）", "cut-off asof (as things stood on the as-of day)")}  # fmt: skip
COUNTING: Final = {"records": Text("计数 records（一条记一）", "counting records (each is one)"),
                   "places": Text("计数 places（按处数）", "counting places (each weighs its number of places)")}  # fmt: skip
WITHOUT: Final = Text("另有作废 {withdrawn}、移送 {transferred}，不计入发现", "not in found: withdrawn {withdrawn}, moved {transferred}")
POOLED: Final = Text("汇总 {n} 个台账", "{n} ledgers together")
OF_EACH: Final = Text("台账 {all}", "ledgers {all}")
LOST: Final = Text("未能读取 {n} 个台账，合计不完整：", "ledgers that could not be read: {n}; the totals are incomplete:")
UNREAD: Final = Text("未能读取 {n} 个文件，以上数字不含它们：", "{n} files could not be read; the figures above leave them out:")
ONE_UNREAD: Final = Text("  {path}：{why}", "  {path}: {why}")
FROM: Final[Mapping[frozenset[str], Text]] = {
    frozenset({"items"}): Text("数据 明细", "from items"),
    frozenset({"tallies"}): Text("数据 汇总数", "from tallies"),
    frozenset({"items", "tallies"}): Text("数据 明细与汇总数（不相加）", "from items and tallies, never added"),
    frozenset(): Text("数据 无", "from nothing"),
    frozenset({"items", "tallies", "pooled"}): Text(
        "数据 明细与汇总数（同一台账内不相加）", "from items and tallies, never added within one ledger"
    ),
}
"""What tells the figures of a page."""

GUESSED: Final = Text(
    "{years} 年工作日安排尚未公布，按周一至周五推算（HZ308）", "no notice of working days for {years} yet: counted Monday to Friday (HZ308)"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What a figure depends on.

    Attributes:
        organisation: whose ledger it is.
        commit: short commit of the ledger, `+` behind it when files differ from it; empty without git.
        as_of: T.
        period: P, or None where a question is about a day only.
        preset: the basis.
        cutoff: `period` or `asof`.
        counting: `records` or `places`.
        scope: the filter words, as typed.
        no_on_spot: hazards rectified on the spot are left out.
        original_due: the first deadline of a cycle stands in for the one in force.
        working: days overdue are working days.
        known_at: the revision or day whose knowledge was asked; empty for the work tree.
        removed_counts: closings for another reason count as rectified, as the ledger is configured (E18).
        unread: (path, why) of each file that could not be read.
        later: hazards of the period withdrawn after the as-of day.
        guessed: years without a published calendar on which a figure depends.
        undefined: key periods asked for that have no days in the year.
        told_by: `items` where records tell figures, `tallies` where tallies do.
        ledgers: of a pool those that were read: key, name, commit.
        absent: of a pool the keys of those that were not; they stand among the unread.
        named: of a pool what stood behind `--ledger`.
    """

    organisation: str
    commit: str
    as_of: dt.date
    period: Period | None = None
    preset: str = "default"
    cutoff: str = "period"
    counting: str = "records"
    scope: tuple[str, ...] = ()
    no_on_spot: bool = False
    original_due: bool = False
    working: bool = False
    known_at: str = ""
    removed_counts: bool = False
    unread: tuple[tuple[str, Text], ...] = ()
    later: int = 0
    guessed: tuple[int, ...] = ()
    undefined: tuple[str, ...] = ()
    told_by: frozenset[str] = frozenset({"items"})
    ledgers: tuple[tuple[str, Text, str], ...] = ()
    absent: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def basis(self) -> str:
        """Give the name of the basis; `default` is said as what it means."""
        return "verified" if self.preset == "default" else self.preset

    @property
    def begun(self) -> bool:
        """Say whether the period has begun by the as-of day."""
        return self.period is None or self.period.begun(self.as_of)

    @property
    def flawed(self) -> bool:
        """Say whether the figures leave something out or rest on a guess, which `--strict` refuses."""
        return bool(self.unread or self.guessed or self.undefined)


def head(frame: Frame) -> Text:
    """Give the line under the heading: period, as-of day, ledger, basis."""
    parts = [days(frame.period)] if frame.period else []
    parts += [Text("截至 {day}", "as of {day}").of(day=frame.as_of), _ledger(frame), _basis(frame)]
    return spaced(parts)


def sources(frame: Frame) -> Text:
    """Give the as-of day and the ledger, for a page about one record."""
    return spaced([Text("截至 {day}", "as of {day}").of(day=frame.as_of), _ledger(frame)])


def _ledger(frame: Frame) -> Text:
    if frame.ledgers:
        return POOLED.of(n=len(frame.ledgers))
    return Text("台账 {commit}", "ledger {commit}").of(commit=frame.commit or Text("（未用 git）", "(not in git)"))


def _basis(frame: Frame) -> Text:
    return Text("口径 {basis}（{words}）", "basis {basis} ({words})").of(basis=frame.basis, words=STEPS[frame.preset])


def days(period: Period) -> Text:
    """Give the days of a period, piece by piece."""
    pieces = [f"{start}..{end}" for start, end in period.ranges]
    return Text("区间 {days}", "period {days}").of(days=pieces)


def spaced(parts: list[Text]) -> Text:
    """Join groups with a gap that a narrow page may break at."""
    template = "   ".join(f"{{p{number}}}" for number in range(len(parts)))
    return Text(template, template, {f"p{number}": part for number, part in enumerate(parts)})


def foot(frame: Frame, *, headed: bool = False) -> tuple[Text, ...]:
    """Give the last lines: how it was counted, over what, and what is not in it.

    Args:
        frame: what the figures depend on.
        headed: the line under the heading stands, which says ledger and basis.
    """
    source = [] if headed else [_ledger(frame), _basis(frame)]
    return (spaced([*source, *_counted(frame)]), *limits(frame))


def _counted(frame: Frame) -> Iterator[Text]:
    if frame.period:
        yield CUTOFF[frame.cutoff]
    yield COUNTING[frame.counting]
    scope = plain(" ".join(frame.scope)) if frame.scope else Text("全部", "everything")
    yield Text("范围 {scope}", "scope {scope}").of(scope=scope)
    if frame.period and len(frame.period.ranges) > 1:
        days = {"a": frame.period.start, "b": frame.period.end}
        yield Text("存量按 {a}..{b} 连续计", "stock from {a} to {b} without gaps").of(**days)
    if frame.no_on_spot:
        yield Text("不含当场整改", "without those rectified on the spot")
    if frame.original_due:
        yield Text("期限按最初的期限", "deadlines as first set")
    if frame.working:
        yield Text("逾期天数按工作日", "days overdue are working days")
    if frame.known_at:
        yield Text("按 {it} 时台账所记", "as the ledger knew it at {it}").of(it=frame.known_at)
    if frame.removed_counts:
        yield Text("按配置，因其他原因销号的计入已整改", "closings for another reason count as rectified, by configuration")
    yield FROM[frame.told_by | ({"pooled"} if frame.ledgers and len(frame.told_by) > 1 else frozenset())]


def limits(frame: Frame) -> tuple[Text, ...]:
    """Give what is not in a page, or rests on a guess."""
    return tuple(_missing(frame))


def _missing(frame: Frame) -> Iterator[Text]:
    if frame.later:
        yield Text("截至日后又作废 {n} 条，此处仍计", "{n} withdrawn after the as-of day, still counted here").of(n=frame.later)
    if frame.guessed:
        yield GUESSED.of(years=list(frame.guessed))
    if frame.undefined:
        yield Text("重点时段未定义日期：{keys}", "key periods without days in this year: {keys}").of(keys=list(frame.undefined))
    if frame.ledgers:
        yield OF_EACH.of(all=[Text("{name} {commit}", "{name} {commit}").of(name=name, commit=it or "-") for _, name, it in frame.ledgers])
    if frame.absent:
        yield LOST.of(n=len(frame.absent))
        yield from (ONE_UNREAD.of(path=path, why=why) for path, why in frame.unread if path in frame.absent)
    files = [one for one in frame.unread if one[0] not in frame.absent]
    if files:
        yield UNREAD.of(n=len(files))
        for path, why in files[:MOST_UNREAD]:
            yield ONE_UNREAD.of(path=path, why=why)
        if (more := len(files) - MOST_UNREAD) > 0:
            yield Text("  另有 {n} 个：hazardctl validate", "  and {n} more: hazardctl validate").of(n=more)


def stated(frame: Frame) -> dict[str, Value]:
    """Give the same for programs (EXPERIENCE 4.3)."""
    said: dict[str, Value] = {
        "ledger": frame.commit,
        "known_at": frame.known_at or None,
        "as_of": frame.as_of,
        "basis": frame.basis,
        "cutoff": frame.cutoff,
        "counting": frame.counting,
        "scope": {
            "filters": list(frame.scope),
            "exclude_on_spot": frame.no_on_spot,
            "due": "original" if frame.original_due else "current",
        },
    }
    if frame.ledgers:
        said["ledgers"] = [{"key": key, "name": name, "commit": it or None} for key, name, it in frame.ledgers]
        said["absent"] = list(frame.absent)
    if frame.period:
        period: dict[str, Value] = {"name": frame.period.name, "from": frame.period.start, "to": frame.period.end, "begun": frame.begun}
        if len(frame.period.ranges) > 1:
            period["ranges"] = [{"from": start, "to": end} for start, end in frame.period.ranges]
        said["period"] = period
    return said


def unread(frame: Frame) -> dict[str, Value]:
    """Give what was left out, for programs."""
    return {
        "unread": [{"path": path, "why": why} for path, why in frame.unread],
        "withdrawn_later": frame.later,
        "guessed_years": list(frame.guessed),
        "undefined_periods": list(frame.undefined),
    }


def stamp(frame: Frame) -> tuple[tuple[Column, Plain], ...]:
    """Give what each line of a csv states."""
    period = frame.period.name if frame.period else None
    said: dict[str, Plain] = {
        "period": period,
        "as_of": frame.as_of,
        "basis": frame.basis,
        "cutoff": frame.cutoff,
        "counting": frame.counting,
        "scope": " ".join(frame.scope),
        "ledger": frame.commit,
    }
    return tuple((column(key), value) for key, value in said.items() if key != "period" or period)


def column(key: str, *, right: bool = False, measure: str = "", drop: int = 0, fixed: bool = False, data: bool = False) -> Column:
    """Give a column headed by a noun of the vocabulary."""
    return Column(key, NOUNS[key].heading, "right" if right else "left", measure, drop, fixed, data=data)


def word(vocabulary: str, key: str) -> Text:
    """Give the name of a built-in word, or the word itself."""
    term = BUILT_IN[vocabulary].get(key)
    return term.label if term else plain(key)
