"""A figure on a page: with its 余/近/约, as ∅ when nothing tells it, money in 万元 (DOMAIN §4.4, §4.6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol, TypeAlias, TypeGuard, runtime_checkable

from hazardctl.language import Text, plain
from hazardctl.reports.figures import Spread, short, told_spread
from hazardctl.sheet import Cell, Rate, Value

MISSING: Final = "∅"
WAN: Final = Text("万元", "10k yuan")
YUAN: Final = "元"
MARKED: Final[Mapping[str, Text]] = {
    "": Text("{it}", "{it}"),
    "over": Text("{it}余", "over {it}"),
    "nearly": Text("近{it}", "nearly {it}"),
    "about": Text("约{it}", "about {it}"),
}
TWICE: Final = Text("明细{items}、汇总数{told}（不相加）", "records {items}, tallies {told} (never added)")
RANGE: Final = Text("{least}-{most}", "{least}-{most}")
AT_LEAST: Final = Text("不少于{least}", "at least {least}")
AT_MOST: Final = Text("不超过{most}", "at most {most}")
BY_ITEMS: Final = Text("明细", "records")
BY_TALLY: Final = Text("汇总数", "tally")
BY_BOTH: Final = Text("明细，其中汇总数 {told}", "records, {told} of it by tallies")
DECLARED: Final = Text("零报告", "declared")
NOTHING: Final = Text("缺", "missing")
NO_RATE: Final = Text("约数不计率", "approximate: no rate")
MISSED: Final = Text("{sign} 为没有记录、汇总数或零报告的数，共 {n} 个", "{sign}: nothing tells the figure, {n} in all")
STATED: Final = Text("原文所列 {it}%", "stated as {it}%")


@runtime_checkable
class Known(Protocol):
    """A figure that records, tallies or declarations tell, or nothing; the measures' own class has these."""

    @property
    def items(self) -> int | Decimal | None:
        """Give what records add up to."""
        ...

    @property
    def told(self) -> int | Decimal | None:
        """Give what a tally says."""
        ...

    @property
    def mark(self) -> str:
        """Give `over`, `nearly`, `about`, or nothing."""
        ...

    @property
    def state(self) -> str:
        """Give `known`, `zero` or `missing`."""
        ...

    @property
    def stated(self) -> Decimal | None:
        """Give the rate that a source prints without its parts."""
        ...

    @property
    def missing(self) -> bool:
        """Say whether nothing tells it."""
        ...

    @property
    def twice(self) -> bool:
        """Say whether it is counted twice."""
        ...

    @property
    def blank(self) -> bool:
        """Say whether it is missing although something speaks of it."""
        ...

    @property
    def inherited(self) -> bool:
        """Say whether it is blank only because what it derives from is."""
        ...

    @property
    def silent(self) -> tuple[str, ...]:
        """Name the ledgers of a pool that do not tell it."""
        ...

    @property
    def tallied(self) -> int | Decimal | None:
        """Give what of a pooled figure tallies of some ledgers tell."""
        ...


@runtime_checkable
class Range(Protocol):
    """A planned figure."""

    @property
    def least(self) -> Decimal | None:
        """Give the lower end."""
        ...

    @property
    def most(self) -> Decimal | None:
        """Give the upper end."""
        ...


Answer: TypeAlias = Known | Rate | Range | Spread | None


def is_known(answer: Answer) -> TypeGuard[Known]:
    """Say whether an answer is a number that something tells or that is missing; a table asks it of each cell, many times."""
    return hasattr(answer, "state")  # a fifth of the time of `isinstance`, which looks for every attribute of the protocol


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a report.

    Attributes:
        id: of its measure, with its scope in brackets.
        label: name of the measure.
        answer: what the ledger answers; None is a rate with an approximate part.
        unit: unit of count, as 家, 次, 人; 元 for money.
    """

    id: str
    label: Text
    answer: Answer
    unit: Text

    @property
    def missing(self) -> bool:
        """Say whether it prints ∅."""
        return is_known(self.answer) and self.answer.missing

    @property
    def by_tally(self) -> bool:
        """Say whether a tally or a declaration tells it, or a source leaves it blank."""
        return is_known(self.answer) and (self.answer.told is not None or self.answer.stated is not None)

    @property
    def flawed(self) -> bool:
        """Say whether it is missing, untold by some ledger, or counted twice, which `--strict` refuses."""
        return is_known(self.answer) and (self.answer.missing or bool(self.answer.silent) or self.answer.twice)

    @property
    def money(self) -> bool:
        """Say whether it is money, which is printed in 万元."""
        return self.unit.zh == YUAN

    @property
    def printed_unit(self) -> Text:
        """Give the unit it is printed in."""
        return WAN if self.money else self.unit

    @property
    def exact(self) -> int | Decimal | None:
        """Give the number where it is known once, whatever its mark; None otherwise."""
        if not is_known(self.answer) or self.answer.missing or self.answer.twice:
            return None
        value = self.answer.told if self.answer.items is None else self.answer.items
        return 0 if value is None else value

    @property
    def certain(self) -> int | Decimal | None:
        """Give the number where it is known once, by every ledger, and neither over, nearly nor about; None otherwise."""
        return self.exact if is_known(self.answer) and not (self.answer.mark or self.answer.silent) else None


def number(told: Told) -> Text:
    """Give the figure without its unit: 1317, 200余, 近70, ∅, 98.63%, /, 2-3.

    Money stands in 万元 with two places, as far as they say something (2.00 is 2).
    """
    match told.answer:
        case None:
            return plain("/")
        case Rate():
            return plain(str(told.answer))
        case Known():
            return _known(told, told.answer)
        case Range():
            return _range(told.answer)
        case Spread():
            return plain(short(told.answer.median))


def _known(told: Told, answer: Known) -> Text:
    if answer.twice and not answer.missing:
        return TWICE.of(items=printed(answer.items, money=told.money), told=printed(answer.told, money=told.money))
    it = MISSING if answer.missing else printed(told.exact, money=told.money)
    marked = MARKED[answer.mark].of(it=it)
    return AT_LEAST.of(least=marked) if answer.silent and not answer.missing else marked


def _range(answer: Range) -> Text:
    least, most = (None if end is None else printed(end, money=False) for end in (answer.least, answer.most))
    if least is None or most is None:
        return AT_MOST.of(most=most) if least is None else AT_LEAST.of(least=least)
    return plain(least) if least == most else RANGE.of(least=least, most=most)


def printed(value: int | Decimal | None, *, money: bool) -> str:
    """Give a number as it stands on a page; money in 万元 with two places, as far as they say something."""
    if value is None:
        return MISSING
    if money:
        value = (Decimal(value) / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if isinstance(value, int):
        return str(value)
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def cell(told: Told, places: int | None = None) -> Cell:
    """Give a figure as a cell: a bare number where it is one, so that a spreadsheet can add it up; a rate at its own places."""
    if isinstance(told.answer, Rate):
        return _rounded(told.answer, places)
    if told.certain is None:
        return number(told)
    return (Decimal(printed(told.certain, money=True)) or 0) if told.money else told.certain


def _rounded(rate: Rate, places: int | None) -> Rate:
    return rate if places is None else Rate(rate.numerator, rate.denominator, places)


def source(told: Told) -> Text:
    """Say what tells a figure: records, a tally, a declaration, or nothing."""
    match told.answer:
        case None:
            return NO_RATE
        case Known():
            if told.answer.missing:
                return STATED.of(it=f"{told.answer.stated:f}") if told.answer.stated is not None else NOTHING
            if told.answer.state == "zero":
                return DECLARED
            if told.answer.tallied is not None:
                return BY_BOTH.of(told=printed(told.answer.tallied, money=told.money))
            return BY_ITEMS if told.answer.told is None else BY_TALLY
        case _:
            return plain("")


def data(told: Told, places: int | None = None) -> dict[str, Value]:
    """Give a figure for programs, with the id of its measure; numbers that are no whole numbers as text, money in yuan.

    Args:
        told: the figure.
        places: decimal places of a percentage, where a table fixes them.
    """
    body: dict[str, Value] = {"measure": told.id, "name": told.label, "unit": told.unit}
    match told.answer:
        case None:
            return {**body, "state": "approximate", "value": None}
        case Rate():
            return {**body, "state": "known", "value": _rounded(told.answer, places)}
        case Known():
            answer = told.answer
            value = None if answer.missing or answer.twice else told.exact
            counted = {"items": answer.items, "told": answer.told} if answer.twice else {}
            return {**body, "state": "twice" if answer.twice else answer.state, "value": value, "mark": answer.mark,
                    "source": source(told), "stated": answer.stated, **counted, **_of_pool(answer)}  # fmt: skip
        case Range():
            return {**body, "state": "known", "value": {"least": told.answer.least, "most": told.answer.most}}
        case Spread():
            return {**body, "state": "known", "value": told_spread(told.answer)}


def _of_pool(answer: Known) -> dict[str, Value]:
    """Give what only a figure of several ledgers has: those that do not tell it, and what tallies tell of it."""
    return {
        **({"silent": list(answer.silent)} if answer.silent else {}),
        **({"tallied": answer.tallied} if answer.tallied is not None else {}),
    }


def tells(figures: Iterable[Told]) -> frozenset[str]:
    """Say what tells the figures of a page: `items`, `tallies`, both, or nothing."""
    known = [one.answer for one in figures if is_known(one.answer) and not one.missing]
    items = {"items"} if any(one.items is not None for one in known) else set[str]()
    tallied = any(one.told is not None or one.tallied is not None for one in known)
    return frozenset(items | ({"tallies"} if tallied else set[str]()))


def missing_note(figures: Sequence[Told]) -> Text | None:
    """Say how many figures nothing tells; None where each is told."""
    n = sum(1 for one in figures if one.missing)
    return MISSED.of(sign=MISSING, n=n) if n else None
