"""How a figure of any family stands on a page: with its mark, as ∅, in 万元, and for programs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hazardctl.language import Text, plain
from hazardctl.measures import Answer, Known, Range, Spread
from hazardctl.reports.told import Told, data, number, source
from hazardctl.sheet import Rate

PLACES = Text("处", "hazards")
YUAN = Text("元", "yuan")
PRINTED: list[tuple[Answer, Text, str, str]] = [
    (Known(items=1317), PLACES, "1317", "1317"),
    (Known(told=200, mark="over"), PLACES, "200余", "over 200"),
    (Known(told=700_000, mark="nearly"), YUAN, "近70", "nearly 70"),
    (Known(items=Decimal("20000.50")), YUAN, "2", "2"),
    (Known(items=Decimal(13_800), mark="about"), YUAN, "约1.38", "about 1.38"),
    (Known(state="missing"), PLACES, "∅", "∅"),
    (Known(state="missing", mark="over"), PLACES, "∅余", "over ∅"),
    (Known(told=0, state="zero"), PLACES, "0", "0"),
    (Known(items=3, told=4), PLACES, "明细3、汇总数4（不相加）", "records 3, tallies 4 (never added)"),
    (Known(items=Decimal("730.485")), Text("公里", "km"), "730.485", "730.485"),
    (Rate(1299, 1317), Text("%", "%"), "98.63%", "98.63%"),
    (Rate(0, 0), Text("%", "%"), "/", "/"),
    (None, Text("%", "%"), "/", "/"),
    (Range(Decimal(2), Decimal(3)), PLACES, "2-3", "2-3"),
    (Range(Decimal(4), Decimal(4)), PLACES, "4", "4"),
    (Range(None, Decimal(0)), PLACES, "不超过0", "at most 0"),
    (Range(Decimal(2)), PLACES, "不少于2", "at least 2"),
    (Spread(3, 12, Decimal(4), 6, 6), PLACES, "4", "4"),
]


@pytest.mark.parametrize(("answer", "unit", "zh", "en"), PRINTED)
def test_a_figure_is_printed_with_its_mark(answer: Answer, unit: Text, zh: str, en: str) -> None:
    told = Told("x", plain("x"), answer, unit)
    assert (number(told).say("zh"), number(told).say("en")) == (zh, en)


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Known(items=3), "明细"),
        (Known(told=3), "汇总数"),
        (Known(told=0, state="zero"), "零报告"),
        (Known(state="missing"), "缺"),
        (Known(state="missing", stated=Decimal(100)), "原文所列 100%"),
        (None, "约数不计率"),
        (Rate(1, 2), ""),
    ],
)
def test_it_says_what_tells_it(answer: Answer, says: str) -> None:
    assert source(Told("x", plain("x"), answer, PLACES)).say("zh") == says


def test_what_strict_refuses() -> None:
    def flawed(answer: Answer) -> bool:
        return Told("x", plain("x"), answer, PLACES).flawed

    assert flawed(Known(state="missing"))
    assert flawed(Known(items=1, told=1))
    assert not flawed(Known(items=1))
    assert not flawed(None)


@pytest.mark.parametrize(
    ("answer", "state", "value"),
    [
        (Known(items=3), "known", 3),
        (Known(items=3, told=4), "twice", None),
        (Known(state="missing"), "missing", None),
        (None, "approximate", None),
        (Rate(1, 2), "known", Rate(1, 2)),
        (Range(Decimal(2), Decimal(3)), "known", {"least": Decimal(2), "most": Decimal(3)}),
        (Spread(1, 4, Decimal(4), 4, 4), "known", {"n": 1, "mean": Decimal("4.0"), "median": Decimal(4), "p90": 4, "max": 4}),
    ],
)
def test_programs_get_state_and_value(answer: Answer, state: str, value: object) -> None:
    body = data(Told("x[y=z]", plain("x"), answer, PLACES))
    assert (body["measure"], body["state"], body["value"]) == ("x[y=z]", state, value)


def test_money_and_its_unit() -> None:
    told = Told("funds.amount", plain("x"), Known(items=Decimal(20_000)), YUAN)
    assert (told.money, told.printed_unit.zh, told.exact) == (True, "万元", Decimal(20_000))
    assert Told("x", plain("x"), Known(state="missing"), YUAN).exact is None
    assert not Told("x", plain("x"), None, PLACES).missing
    assert Told("x", plain("x"), Known(), PLACES).exact == 0
