"""`correct`: a fact in its place, a field of an event by a line alone; nothing that `validate` would reject (DOMAIN §3.2)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.errors import ForbiddenError, UsageError
from hazardctl.history import replay
from hazardctl.ledger import Entry
from hazardctl.ops.correct import correct
from hazardctl.ops.wishes import Wish
from hazardctl.rules.engine import check
from hazardctl.store.load import load
from tests.acting import ASSIGN, RECTIFY, REGISTER, STATES, TODAY, context, hazard, ledger


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return ledger(tmp_path)


def codes(root: Path) -> set[str]:
    return {verdict.finding.code for verdict in check(load(root), TODAY)}


def test_a_fact_is_put_right_where_it_stands(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, extra="remark: 现场照片另存   # 保留\n")
    before = path.read_text(encoding="utf-8")
    done = correct(context(root), "AAAAA", Wish(("site=卸油区2号位",), "笔误"))
    line = "  - {date: 2024-06-30, do: correct, by: 孙八, field: site, was: 一号车间, now: 卸油区2号位, reason: 笔误}\n"
    assert path.read_text(encoding="utf-8") == before.replace("site: 一号车间", "site: 卸油区2号位") + line
    assert done.changed == (("site", "一号车间", "卸油区2号位"),)


def test_a_field_of_an_event_is_put_right_by_a_line_alone(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY)
    before = path.read_text(encoding="utf-8")
    correct(context(root), "AAAAA", Wish(("date=2024/3/12",), "录入错误", event=3))
    line = '  - {date: 2024-06-30, do: correct, by: 孙八, field: date, was: "2024-03-10", now: "2024-03-12", reason: 录入错误, event: 3}\n'
    assert path.read_text(encoding="utf-8") == before + line
    entry = load(root).hazards[0]
    assert isinstance(entry, Entry)
    assert replay(entry.record).last.claimed == dt.date(2024, 3, 12)
    assert "HZ224" not in codes(root)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit=XX食品厂", "unit: xx-food\n"),
        ("sector=消防", "sector: fire\n"),
        ("found_by=李四，王五", "found_by: [李四, 王五]\n"),
        ("quantity=3", "quantity: 3\n"),
        ("interim=停用: 专人值守", 'interim: "停用: 专人值守"\n'),
        ("basis=[{doc: GB 50156-2021}]", "basis: [{doc: GB 50156-2021}]\n"),
        ("found_on=2024/2/28", "found_on: 2024-02-28\n"),
    ],
)
def test_a_new_value_is_read_as_its_field_wants_it(text: str, expected: str, root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    correct(context(root), "AAAAA", Wish((text,), "补正"))
    assert expected in path.read_text(encoding="utf-8")
    assert "HZ224" not in codes(root)


def test_an_item_of_the_plan_is_completed(root: Path) -> None:
    path = hazard(root, "AAAAA", *STATES["assigned"], grade="major")
    correct(context(root), "AAAAA", Wish(("plan.emergency.done_on=2024-03-20",), "预案已修订"))
    assert "  emergency: {text: 修订, done_on: 2024-03-20}\n" in path.read_text(encoding="utf-8")


def test_a_plan_is_written_item_by_item(root: Path) -> None:
    path = hazard(root, "AAAAA", *STATES["assigned"], grade="major")
    before = path.read_text(encoding="utf-8")
    start, end = before.index("plan:"), before.index("history:")
    path.write_text(before[:start] + "".join(line for line in before[start:end].splitlines(True)[1:] if line[0] != " ") + before[end:])
    assert "HZ410" in codes(root)
    for item in ("target", "measures", "funds", "staff", "schedule", "emergency"):
        correct(context(root), "AAAAA", Wish((f"plan.{item}.text=已定", f"plan.{item}.done_on=2024-03-10"), "补方案"))
    assert "HZ410" not in codes(root)
    with pytest.raises(ForbiddenError):
        correct(context(root), "AAAAA", Wish(("plan.funds.done_on=",), "误"))


def test_a_fact_is_taken_out_by_an_empty_value(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    correct(context(root), "AAAAA", Wish(("site=",), "无此部位"))
    assert "\nsite:" not in path.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    before = path.read_bytes()
    done = correct(context(root), "AAAAA", Wish(("site=x1",), "r", dry_run=True))
    assert (path.read_bytes(), "+site: x1" in done.diff, (root / ".lock").exists()) == (before, True, False)


@pytest.mark.parametrize(
    ("sets", "reason", "event"),
    [
        ((), "r", 0),
        (("site",), "r", 0),
        (("=x",), "r", 0),
        (("site=x",), "", 0),
        (("sit=x",), "r", 0),
        (("id=YH-20240301-BBBBB",), "r", 0),
        (("history=[]",), "r", 0),
        (("site=一号车间",), "r", 0),
        (("found_on=昨年",), "r", 0),
        (("quantity=0",), "r", 0),
        (("quantity=三",), "r", 0),
        (("sector=不存在",), "r", 0),
        (("unit=不存在",), "r", 0),
        (("basis=[{doc: x",), "r", 0),
        (("description.x=y",), "r", 0),
        (("grade=较大",), "r", 0),
        (("date=2024-03-12",), "r", 9),
        (("due=2024-03-12",), "r", 1),
        (("do=note",), "r", 1),
        (("site=\x07",), "r", 0),
    ],
)
def test_a_wish_that_cannot_be_read_changes_nothing(sets: tuple[str, ...], reason: str, event: int, root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    before = path.read_bytes()
    with pytest.raises(UsageError):
        correct(context(root), "AAAAA", Wish(sets, reason, event))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "event", "code"),
    [
        ("date=2024-06-11", 4, ""),
        ("date=2024-03-05", 4, "HZ"),
        ("by=王五", 4, "HZ205"),
        ("due=2024-02-01", 2, "HZ302"),
        ("result=", 4, "HZ"),
    ],
)
def test_what_validate_would_reject_is_refused(text: str, event: int, code: str, root: Path) -> None:
    path = hazard(root, "AAAAA", *STATES["verified"])
    before = path.read_bytes()
    if not code:
        correct(context(root), "AAAAA", Wish((text,), "r", event))
        return
    with pytest.raises((ForbiddenError, UsageError)) as failure:
        correct(context(root), "AAAAA", Wish((text,), "r", event))
    assert path.read_bytes() == before
    assert code in str(failure.value) or "no longer fit" in str(failure.value)


def test_what_was_wrong_before_does_not_stand_in_the_way(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY, RECTIFY)
    correct(context(root), "AAAAA", Wish(("site=二号车间",), "笔误"))
    assert "site: 二号车间" in path.read_text(encoding="utf-8")


def test_a_grade_is_not_lowered_by_one_person(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, grade="major")
    with pytest.raises(ForbiddenError):
        correct(context(root), "AAAAA", Wish(("grade=一般",), "误录"))
    correct(context(root), "AAAAA", Wish(("grade=一般",), "误录", by=("孙八", "周九")))
