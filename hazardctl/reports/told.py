"""A figure on a page: with its 余/近/约, as ∅ when nothing tells it, money in 万元 (DOMAIN §4.4, §4.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol, TypeAlias, runtime_checkable

from hazardctl.language import Text, plain
from hazardctl.reports.figures import Spread, short, told_spread
from hazardctl.sheet import Rate, Value

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
DECLARED: Final = Text("零报告", "declared")
NOTHING: Final = Text("缺", "missing")
NO_RATE: Final = Text("约数不计率", "approximate: no rate")
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
        return isinstance(self.answer, Known) and self.answer.missing

    @property
    def flawed(self) -> bool:
        """Say whether it is missing or counted twice, which `--strict` refuses."""
        return isinstance(self.answer, Known) and (self.answer.missing or self.answer.twice)

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
        if not isinstance(self.answer, Known) or self.answer.missing or self.answer.twice:
            return None
        value = self.answer.told if self.answer.items is None else self.answer.items
        return 0 if value is None else value


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
        return TWICE.of(items=_plainly(answer.items, money=told.money), told=_plainly(answer.told, money=told.money))
    it = MISSING if answer.missing else _plainly(told.exact, money=told.money)
    return MARKED[answer.mark].of(it=it)


def _range(answer: Range) -> Text:
    least, most = (None if end is None else _plainly(end, money=False) for end in (answer.least, answer.most))
    if least is None or most is None:
        return AT_MOST.of(most=most) if least is None else AT_LEAST.of(least=least)
    return plain(least) if least == most else RANGE.of(least=least, most=most)


def _plainly(value: int | Decimal | None, *, money: bool) -> str:
    if value is None:
        return MISSING
    if money:
        value = (Decimal(value) / 10_000).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if isinstance(value, int):
        return str(value)
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


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
            return BY_ITEMS if told.answer.told is None else BY_TALLY
        case _:
            return plain("")


def data(told: Told) -> dict[str, Value]:
    """Give a figure for programs, with the id of its measure; numbers that are no whole numbers as text, money in yuan."""
    body: dict[str, Value] = {"measure": told.id, "name": told.label, "unit": told.unit}
    match told.answer:
        case None:
            return {**body, "state": "approximate", "value": None}
        case Rate():
            return {**body, "state": "known", "value": told.answer}
        case Known():
            answer = told.answer
            value = None if answer.missing or answer.twice else told.exact
            counted = {"items": answer.items, "told": answer.told} if answer.twice else {}
            return {**body, "state": "twice" if answer.twice else answer.state, "value": value, "mark": answer.mark,
                    "source": source(told), "stated": answer.stated, **counted}  # fmt: skip
        case Range():
            return {**body, "state": "known", "value": {"least": told.answer.least, "most": told.answer.most}}
        case Spread():
            return {**body, "state": "known", "value": told_spread(told.answer)}
