"""What a record tells of itself: ids, days, plans, names."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.model import ids
from hazardctl.model.campaign import Campaign
from hazardctl.model.hazard import PLAN_ITEMS, Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.typed import typed
from hazardctl.model.unit import Unit
from tests.model.samples import hazard, history


def made(**more: Raw) -> Hazard:
    record = typed(BY_NAME["hazard"], hazard(**more)).record
    assert isinstance(record, Hazard)
    return record


def test_the_headline_is_the_title_or_the_beginning_of_the_description() -> None:
    assert made(title="通道占用").headline == "通道占用"
    assert made(description="字" * 30).headline == "字" * 20


def test_a_split_child_exists_from_the_day_of_the_split() -> None:
    lines = history()
    assert isinstance(lines[0], dict)
    lines[0]["recorded"] = "2024-03-18"
    assert made(history=lines).entry == dt.date(2024, 3, 12)
    assert made(history=lines, split_from="YH-20240301-00000").entry == dt.date(2024, 3, 18)
    assert made(split_from="YH-20240301-00000").entry == dt.date(2024, 3, 12)


def test_a_repeat_is_known_by_unit_what_and_site() -> None:
    assert made().repeat_key is None
    assert made(site="仓库", category="object").repeat_key == ("xx-paper", "object", "仓库")
    assert made(site="仓库", basis=[{"doc": "消防法"}]).repeat_key == ("xx-paper", "消防法", "仓库")


def test_the_plan_names_what_is_not_done_by_a_day() -> None:
    plan: Raw = {"target": {"text": "消除", "done_on": "2024-03-13"}, "funds": {"text": "自筹"}}
    found = made(plan=plan).plan
    assert found is not None
    assert list(found.undone(dt.date(2024, 3, 12))) == list(PLAN_ITEMS)
    assert list(found.undone(dt.date(2024, 3, 13))) == list(PLAN_ITEMS[1:])
    assert found.done_on("measures") is None


def test_money_is_exact_and_none_is_nothing() -> None:
    assert made().spent() == 0
    assert made(funds_spent="0.10").spent() + made(funds_spent="0.20").spent() == Decimal("0.30")


def test_a_withdrawal_is_known_from_its_day() -> None:
    lines: list[Raw] = [*history(), {"date": "2024-04-02", "do": "withdraw", "by": ["李四", "孙八"], "reason": "entry_error"}]
    record = made(history=lines)
    assert not record.withdrawn_by(dt.date(2024, 4, 1))
    assert record.withdrawn_by(dt.date(2024, 4, 2))
    assert not made().withdrawn_by(dt.date(2030, 1, 1))


def test_a_record_knows_its_own_day() -> None:
    assert made().day == dt.date(2024, 3, 12)
    campaign = typed(
        BY_NAME["campaign"], {"id": "ZX-20240301-9RWK4", "schema": "campaign/1", "name": "整治", "start": "2024-03-01", "issuer": "a"}
    )
    assert isinstance(campaign.record, Campaign)
    assert campaign.record.day == dt.date(2024, 3, 1)


def test_a_unit_is_in_the_register_from_and_until() -> None:
    tree: dict[str, Raw] = {"id": "xx-paper", "schema": "unit/1", "name": "XX纸业有限公司", "kind": "enterprise"}
    unit = typed(BY_NAME["unit"], {**tree, "valid_from": "2024-01-01", "closed_on": "2024-06-30"}).record
    assert isinstance(unit, Unit)
    assert unit.day is None
    asked = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 6, 30), dt.date(2024, 7, 1)]
    assert [unit.registered_on(day) for day in asked] == [False, True, True, False]


@pytest.mark.parametrize(
    "text", ["YH-20240312-7K2OL", "YH-20240231-7K2QF", "yh-20240312-7K2QF", "YH-20240312-7K2QF ", "Y-20240312-7K2QF", ""]
)
def test_what_is_no_id_is_not_taken_for_one(text: str) -> None:
    assert not ids.is_id(text)
    assert ids.dated(text) is None


def test_an_id_has_a_prefix_and_a_day() -> None:
    assert ids.is_id("YH-20240312-7K2QF")
    assert ids.prefix("YH-20240312-7K2QF") == "YH"
    assert ids.prefix("7K2QF") == ""
    assert ids.dated("YH-20240229-7K2QF") == dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("xx-paper", True),
        ("a", True),
        ("A", False),
        ("a--b", False),
        ("-a", False),
        ("纸", False),
        ("a" * 65, False),
        ("con", False),
        ("com1", False),
        ("con-1", True),
        ("com10", True),
    ],
)
def test_a_slug_is_lower_case_letters_digits_and_hyphens(text: str, good: bool) -> None:
    assert ids.is_slug(text) is good


@given(st.text(ids.ALPHABET, min_size=5, max_size=5))
def test_what_people_type_for_an_ending_is_folded_once(text: str) -> None:
    assert ids.typed_by_hand(text.lower()) == text
    assert ids.typed_by_hand(f"YH-20240312-{text.replace('0', 'o').replace('1', 'l')}") == f"YH-20240312-{text}"
