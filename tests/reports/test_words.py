"""Small things of the reports: drawings, days, acts in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from hazardctl.history import replay
from hazardctl.ledger import Ledger
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.typed import typed
from hazardctl.reports.acts import in_words, value
from hazardctl.reports.figures import count, levels, rate, short, spread
from hazardctl.reports.frame import word
from hazardctl.reports.listing import chosen, fields
from hazardctl.sheet import Rate


@pytest.mark.parametrize(
    ("numbers", "blocks"), [([14, 9, 16, 12, 15, 13], "▆▁█▄▇▅"), ([0, 0], "▁▁"), ([3, 3, 3], "▄▄▄"), ([], ""), ([5], "▄")]
)
def test_months_are_drawn_between_the_least_and_the_greatest(numbers: list[int], blocks: str) -> None:
    assert "".join(levels(numbers)) == blocks


@pytest.mark.parametrize(
    ("number", "text"),
    [(Decimal("46.4"), "46.4"), (Decimal(24), "24"), (Decimal("21.5"), "21.5"), (Decimal("2.25"), "2.3"), (7, "7"), (None, "/")],
)
def test_days_have_one_place_where_they_need_it(number: Decimal | int | None, text: str) -> None:
    assert short(number) == text


def test_a_figure_that_was_not_asked_is_nothing() -> None:
    assert count({}, "hazards.found") == 0
    assert count({"hazards.found": Rate(1, 2)}, "hazards.found") == 0
    assert rate({"hazards.rate": 3}, "hazards.rate") == Rate(0, 0)
    assert spread({"ttr": 3}, "ttr") is None


def test_a_word_that_no_vocabulary_has_stands_as_it_is() -> None:
    assert word("grades", "major").say("zh") == "重大"
    assert word("grades", "huge").say("en") == "huge"


def test_columns_may_be_none_and_fields_need_a_name() -> None:
    assert chosen(" , ")[0] == "id"
    assert fields("flags, id ,") == ("flags", "id")


def hazard(*lines: dict[str, Any]) -> Hazard:
    body: dict[str, Any] = {
        "id": "YH-20240101-AAAAA",
        "schema": "hazard/1",
        "description": "护栏缺失",
        "found_on": "2024-01-01",
        "grade": "general",
        "history": [
            {"date": "2024-01-01", "do": "register", "by": "李四"},
            *({"date": "2024-01-02", "by": "李四", **line} for line in lines),
        ],
    }
    made = typed(BY_NAME["hazard"], body).record
    assert isinstance(made, Hazard)
    return made


ASSIGN = {"do": "assign", "to": "XX纸业", "due": "2024-01-20"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (
            [{"do": "assign", "to": "XX纸业", "due": "2024-01-20", "number": "青安改〔2024〕1号"}],
            "XX纸业，期限 2024-01-20，青安改〔2024〕1号",
        ),
        ([{"do": "assign", "person": "王五"}], ""),
        ([ASSIGN, {"do": "extend", "decision": "refused", "due": "2024-02-01", "reason": "无理由"}], "不批准，至 2024-02-01，无理由"),
        ([ASSIGN, {"do": "extend", "decision": "requested", "reason": "雨天"}], "申请，雨天"),
        ([{"do": "rectify", "on_spot": "true", "note": "当场清理"}], "当场整改，当场清理"),
        ([{"do": "regrade", "was": "general", "now": "major", "reason": "现场核实"}], "一般 -> 重大，现场核实"),
        (
            [{"do": "withdraw", "reason": "split", "into": ["YH-20240101-BBBBB", "YH-20240101-CCCCC"]}],
            "拆分，拆分为 YH-20240101-BBBBB、YH-20240101-CCCCC",
        ),
        ([{"do": "supervise", "level": "county", "number": "督1号"}], "县级，督1号"),
        ([{"do": "start"}], "（不合流转规则，未计入）"),
        ([{"do": "progress", "note": "已订货"}], "已订货"),
        ([{"do": "correct", "field": "tags", "was": ["a", "b"], "now": None, "reason": "误"}], "tags：a、b -> /，理由 误"),
    ],
)
def test_a_line_of_a_history_in_words(lines: list[dict[str, Any]], said: str) -> None:
    one = hazard(*lines)
    assert in_words(replay(one).acts[-1], one, Ledger()).say("zh") == said


@pytest.mark.parametrize(
    ("raw", "text"),
    [(None, "/"), ("", "/"), ("x", "x"), (["a", ["b"]], "a、b"), ({"a": "b"}, "{'a': 'b'}"), (dt.date(2024, 1, 2), "2024-01-02")],
)
def test_a_corrected_value_stands_on_one_line(raw: object, text: str) -> None:
    assert value(raw) == text
