"""The rules look at every kind of record, not at hazards alone."""

from __future__ import annotations

import datetime as dt

import pytest

from hazardctl.diagnostics import Trail
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.rules.engine import check
from hazardctl.store.layout import path_of
from tests.model.records import LEAST, least, most

TODAY = dt.date(2026, 12, 31)
ABSENT = {"HZ105", "HZ112", "HZ715"}
"""The made-up records name units, papers and a region that no ledger here has, and waive what they do not need to."""


def found(kind: str, tree: Tree, *others: Tree) -> set[tuple[str, Trail]]:
    """Give the codes and trails of what the rules find in a record, lying in a ledger with others of its kind."""
    entries: list[Entry[Record]] = []
    for one in (tree, *others):
        made = typed(BY_NAME[kind], one)
        assert made.record is not None
        entries.append(Entry(BY_NAME[kind], made.record, path_of(BY_NAME[kind].folder, made.record.id), {}, made.findings))
    verdicts = check(Ledger(entries=tuple(entries)), TODAY)
    return {(verdict.finding.code, verdict.finding.trail) for verdict in verdicts}


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_sound_records_of_every_kind_have_no_findings_but_what_they_name(kind: str) -> None:
    assert {code for code, _ in found(kind, least(kind), most(kind))} <= ABSENT


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("inspection", {"end": "2025-03-17"}, "end"),
        ("activity", {"end": "2025-06-11"}, "end"),
        ("enforcement", {"until": "2025-03-01"}, "until"),
        ("enforcement", {"lifted_on": "2025-03-17"}, "lifted_on"),
        ("document", {"valid_until": "2025-04-04"}, "valid_until"),
        ("resource", {"valid_to": "2020-01-01"}, "valid_to"),
        ("risk_point", {"removed_on": "2025-02-15"}, "removed_on"),
        ("tip", {"verified_on": "2025-04-09"}, "verified_on"),
        ("tip", {"replied_on": "2025-04-09"}, "replied_on"),
    ],
)
def test_days_in_the_wrong_order_are_told_in_every_kind(kind: str, more: dict[str, Raw], field: str) -> None:
    assert ("HZ311", (field,)) in found(kind, {**most(kind), **more})
    assert not {code for code, _ in found(kind, most(kind))} & {"HZ311"}


@pytest.mark.parametrize(
    ("kind", "more", "code", "trail"),
    [
        ("inspection", {"signed": {"xx-paper": "maybe"}}, "HZ008", ("signed", "xx-paper")),
        ("inspection", {"signed": {"XX纸业": "signed"}}, "HZ109", ("signed", "XX纸业")),
        ("inspection", {"signed": {"xx-papier": "signed"}}, "HZ105", ("signed", "xx-papier")),
        ("inspection", {"led_by": {"rank": "king"}}, "HZ008", ("led_by", "rank")),
        ("inspection", {"led_by": {"post": "镇长"}}, "HZ006", ("led_by", "rank")),
        ("inspection", {"approx": {"people": "circa"}}, "HZ008", ("approx", "people")),
        ("inspection", {"campaign": ["JC-20250311-4T7QA"]}, "HZ106", ("campaign", 0)),
        ("inspection", {"region": "nowhere"}, "HZ112", ("region",)),
        ("inspection", {"id": "JC-20250312-4T7QA"}, "HZ104", ("date",)),
        ("target", {"id": "MB-20250102-D6T0N"}, "HZ104", ("period",)),
        ("resource", {"beneficiaries": ["无此单位"]}, "HZ109", ("beneficiaries", 0)),
        ("tally", {"figures": [{"measure": "hazards.found"}]}, "HZ006", ("figures", 0, "value")),
        ("tally", {"date": "2027-01-31"}, "HZ303", ("date",)),
        ("target", {"met_by": {"record": "party"}}, "HZ008", ("met_by", "record")),
        ("tip", {"content": "电话 13800138000"}, "HZ608", ("content",)),
        (
            "activity",
            {"history": [{"date": "2025-05-20", "do": "assign", "by": "李四", "to": "a", "due": "2025-06-01"}]},
            "HZ201",
            ("history", 0, "do"),
        ),
        ("activity", {"history": [{"date": "2025-05-20", "do": "note", "by": "李四"}]}, "HZ006", ("history", 0, "note")),
    ],
)
def test_what_is_wrong_in_a_record_of_another_kind_is_told(kind: str, more: dict[str, Raw], code: str, trail: Trail) -> None:
    assert (code, trail) in found(kind, {**least(kind), **more})


def test_one_number_of_two_issuers_is_no_fault_and_of_one_issuer_is() -> None:
    fine = {**least("enforcement"), "number": "罚〔2025〕1号"}
    other: Tree = {**fine, "id": "ZF-20250313-6N2VD", "date": "2025-03-13"}
    assert "HZ108" in {code for code, _ in found("enforcement", fine, other)}
    assert "HZ108" not in {code for code, _ in found("enforcement", fine, {**other, "org": "qingshan-fire"})}


def test_a_record_is_withdrawn_in_favour_of_one_of_its_own_kind() -> None:
    line: dict[str, Raw] = {
        "date": "2025-03-12",
        "do": "withdraw",
        "by": ["李四", "孙八"],
        "reason": "duplicate",
        "of": "JC-20250318-R5W1K",
    }
    told = found("inspection", {**least("inspection"), "history": [line]}, most("inspection"))
    assert not [code for code, trail in told if trail[:1] == ("history",)]
    wrong: Raw = {**line, "of": "YH-20250318-R5W1K"}
    assert ("HZ106", ("history", 0, "of")) in found("inspection", {**least("inspection"), "history": [wrong]})
