"""Records of any kind are found by id, key, name or ending, and shown whole, with what names them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.errors import UnreadableError, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.show import shown
from hazardctl.sheet import Sheet
from tests.acting import ASSIGN, REGISTER, WITHDRAW, hazard
from tests.every import every, place


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return every(tmp_path)


def pages(context: Context, ids: list[str], as_of: str = "") -> tuple[Sheet, ...]:
    return shown(context, ids, Words(as_of=as_of)).sheets


def linked(sheet: Sheet) -> dict[tuple[str, str], list[str]]:
    data = sheet.data["linked"]
    assert isinstance(data, list)
    return {(one["kind"], one["field"]): one["ids"] for one in data}


def test_a_record_is_found_by_its_id_its_key_its_name_or_the_end_of_its_id(context: Context) -> None:
    asked = ["JC-20250311-4T7QA", "xx-paper", "6n2vd", "XX食品厂", "8M3YB", "TJ-20250630-8m3yb"]
    wanted = ["JC-20250311-4T7QA", "xx-paper", "ZF-20250312-6N2VD", "xx-food", "TJ-20250630-8M3YB"]
    assert [sheet.data["id"] for sheet in pages(context, asked)] == wanted
    assert [sheet.data["as_of"] for sheet in pages(context, ["6n2vd"], "2025-12-31")] == [dt.date(2025, 12, 31)]


def test_hazards_and_others_stand_in_the_order_asked(context: Context) -> None:
    hazard(context.root, "AAAAA", REGISTER)
    kinds = [sheet.data["kind"] for sheet in pages(context, ["4T7QA", "AAAAA", "xx-food"])]
    assert kinds == ["inspection", "hazard", "unit"]


def test_what_names_nothing_or_several_is_refused_all_at_once(context: Context) -> None:
    with pytest.raises(UsageError) as refused:
        pages(context, ["6n2ve", "C", "xx-papre", ""])
    said = "\n".join(refused.value.lines("zh"))
    assert "没有以“6n2ve”结尾的记录" in said
    assert "xx-paper" in said
    assert refused.value.lines("en") != refused.value.lines("zh")
    other = place(context.root, "tip", id="JB-20250403-5VE8T")
    with pytest.raises(UsageError, match="T stands for 2 records"):
        pages(context, ["T"])
    other.write_text("<<<<<<< ours\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        pages(context, ["5VE8T"])
    assert shown(context, ["6n2vd"], Words()).incomplete


def test_what_names_a_record_is_counted_by_kind_and_field(context: Context) -> None:
    hazard(context.root, "AAAAA", REGISTER, ASSIGN, extra="inspection: JC-20250311-4T7QA\nrisk_point: FX-20250215-1RJ6W\n")
    hazard(context.root, "BBBBB", REGISTER, WITHDRAW, extra="inspection: JC-20250311-4T7QA\n")
    place(context.root, "enforcement", id="ZF-20250313-6N2VE", date="2025-03-13", inspection="JC-20250311-4T7QA")
    outing, unit, point = pages(context, ["4T7QA", "XX纸业有限公司", "1RJ6W"])
    assert linked(outing) == {
        ("hazard", "inspection"): ["YH-20240301-AAAAA"],
        ("enforcement", "inspection"): ["ZF-20250313-6N2VE"],
    }
    assert linked(point) == {("hazard", "risk_point"): ["YH-20240301-AAAAA"]}
    assert linked(unit) == {
        ("hazard", "unit"): ["YH-20240301-AAAAA"],
        ("hazard", "history.assign.to"): ["YH-20240301-AAAAA"],
        ("inspection", "units"): ["JC-20250311-4T7QA"],
        ("enforcement", "unit"): ["ZF-20250313-6N2VE", "ZF-20250312-6N2VD"],
    }
    (earlier,) = pages(context, ["4T7QA"], "2025-03-12")
    assert ("enforcement", "inspection") not in linked(earlier)


def test_a_record_that_is_not_in_an_old_ledger_is_named(context: Context) -> None:
    with pytest.raises(UsageError):
        shown(context, ["nobody"], Words())
