"""The engine: all findings at once, severities and waivers of the ledger, one record alone."""

from __future__ import annotations

import datetime as dt
import textwrap
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.diagnostics import Severity
from hazardctl.ledger import Entry, Ledger
from hazardctl.rules.engine import check, check_record
from hazardctl.rules.registry import registry
from hazardctl.store.load import load
from tests.rules.pages import TODAY, found, laid, sheets
from tests.strategies import ledgers, loaded

BROKEN = """
    id: YH-20240312-7K2QF
    schema: hazard/1
    description: 漏电
    found_on: 2024-03-12
    unit: 某厂
    sector: 消防
    grade: general
    {more}
    history:
      - {{date: 2024-03-12, do: register, by: 李四}}
      - {{date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-01}}
"""


def block(more: str = "grid: G-1", config: str = "schema: config/1") -> str:
    return f"# file: hazardctl.yaml\n{config}\n---\n{textwrap.dedent(BROKEN).strip().format(more=more)}\n"


def codes(text: str, folder: Path) -> list[str]:
    return [one.code for one in found(folder, sheets(text))]


def test_all_findings_are_reported_at_once(tmp_path: Path) -> None:
    assert set(codes(block(), tmp_path)) >= {"HZ006", "HZ008", "HZ109", "HZ302", "HZ315", "HZ602", "HZ605"}


def test_findings_are_sorted_and_the_same_twice(tmp_path: Path) -> None:
    once = found(tmp_path, sheets(block()))
    assert once == sorted(once, key=lambda one: one.key())
    assert once == found(tmp_path, sheets(block()))


def test_a_ledger_decides_the_severity_and_silence(tmp_path: Path) -> None:
    settings = "schema: config/1\nrules: {HZ302: warning, HZ605: silent, HZ315: error}"
    severities = {one.code: one.severity for one in found(tmp_path, sheets(block(config=settings)))}
    assert severities["HZ302"] is Severity.WARNING
    assert severities["HZ315"] is Severity.ERROR
    assert "HZ605" not in severities


def test_an_unknown_severity_is_a_finding_and_changes_nothing(tmp_path: Path) -> None:
    settings = "schema: config/1\nrules: {HZ302: fatal}"
    severities = {one.code: one.severity for one in found(tmp_path, sheets(block(config=settings)))}
    assert severities["HZ302"] is Severity.ERROR
    assert "HZ015" in severities


@pytest.mark.parametrize(
    ("waiver", "excused"),
    [
        ("{code: HZ302, reason: 上级文件, by: 孙八, until: 2024-06-30}", True),
        ("{code: HZ302, reason: 上级文件, by: 孙八, until: 2024-06-29}", False),
        ("{code: HZ302, reason: 上级文件, by: 孙八}", False),
        ("{code: HZ302, by: 孙八, until: 2024-12-31}", False),
        ("{code: HZ301, reason: 上级文件, by: 孙八, until: 2024-12-31}", False),
    ],
)
def test_a_waiver_with_reason_name_and_day_excuses_its_finding_until_that_day(waiver: str, excused: bool, tmp_path: Path) -> None:
    assert ("HZ302" not in codes(block(f"waivers: [{waiver}]"), tmp_path)) == excused


def test_a_waiver_excuses_findings_that_compare_records_too(tmp_path: Path) -> None:
    waiver = "waivers: [{code: HZ120, reason: 两处, by: 孙八, until: 2024-12-31}]"
    twice = block() + "---\n" + block(waiver).split("---\n")[1].replace("7K2QF", "M3V8K")
    assert "HZ120" not in codes(twice, tmp_path)
    again = block() + "---\n" + block().split("---\n")[1].replace("7K2QF", "M3V8K")
    assert "HZ120" in codes(again, tmp_path / "again")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    files = sheets("# file: hazards/2024/03/YH-20240312-7K2QF.yaml\nid: [")
    diagnostics = found(tmp_path, files)
    assert {(one.code, one.severity) for one in diagnostics} == {("HZ001", Severity.ERROR)}


def test_no_setting_silences_an_unreadable_file(tmp_path: Path) -> None:
    settings = "# file: hazardctl.yaml\nschema: config/1\nrules: {HZ001: silent, HZ007: info}\n---\n"
    broken = settings + "# file: hazards/2024/03/YH-20240312-7K2QF.yaml\nid: [\n---\n"
    wrong = (
        broken
        + "# file: hazards/2024/03/YH-20240312-AAAAA.yaml\nid: YH-20240312-AAAAA\nschema: hazard/1\nfound_on: 2024.3.12\ngrade: general"
    )
    told = {(one.path[-10:-5], one.code, one.severity) for one in found(tmp_path, sheets(wrong)) if one.code in {"HZ001", "HZ007"}}
    assert told == {("7K2QF", "HZ001", Severity.ERROR), ("AAAAA", "HZ007", Severity.ERROR)}


def test_every_finding_says_why_and_points_into_the_file(tmp_path: Path) -> None:
    for one in found(tmp_path, sheets(block())):
        assert one.because is not None
        assert one.excerpt
        assert one.place.line >= 1
        assert one.record == "YH-20240312-7K2QF"


def test_one_record_is_checked_without_the_others(tmp_path: Path) -> None:
    ledger = load(laid(tmp_path, sheets(block())))
    entry = ledger.entries[0]
    alone = check_record(entry, Ledger(ledger.config), TODAY)
    whole = [one for one in check(ledger, TODAY) if registry()[one.finding.code].scope != "ledger"]
    assert {one.finding.code for one in alone} == {one.finding.code for one in whole}
    assert [one.finding.code for one in check_record(entry, ledger, TODAY, {"HZ302"})] == ["HZ302"]


def test_a_silenced_finding_is_silent_for_one_record_too(tmp_path: Path) -> None:
    settings = "schema: config/1\nrules: {HZ302: silent}"
    ledger = load(laid(tmp_path, sheets(block(config=settings))))
    assert "HZ302" not in {one.finding.code for one in check_record(ledger.entries[0], ledger, TODAY)}


@given(ledgers(), st.dates(dt.date(2023, 12, 1), dt.date(2025, 3, 1)))
def test_no_ledger_makes_a_rule_fail_and_two_runs_agree(trees: list, today: dt.date) -> None:  # type: ignore[type-arg]
    ledger = loaded(trees)
    once = check(ledger, today)
    assert once == check(ledger, today)
    for verdict in once:
        for language in ("zh", "en"):
            verdict.finding.message.say(language).encode("gbk")


@given(ledgers(most=3))
def test_a_record_alone_gets_what_it_gets_in_the_ledger(trees: list) -> None:  # type: ignore[type-arg]
    ledger = loaded(trees)
    together = {(one.path, one.finding) for one in check(ledger, TODAY)}
    entry: Entry  # type: ignore[type-arg]
    for entry in ledger.entries:
        assert {(one.path, one.finding) for one in check_record(entry, ledger, TODAY)} <= together


def test_thousands_of_unknown_names_cost_no_minute(tmp_path: Path) -> None:
    units = "".join(f"# file: units/u{n}.yaml\nid: u{n}\nschema: unit/1\nname: 第{n}纸业公司\nkind: enterprise\n---\n" for n in range(300))
    names = ", ".join(f"某某{n}厂" for n in range(2_000))
    one = f"id: ZX-20240301-9RWK4\nschema: campaign/1\nname: 整治\nstart: 2024-03-01\nissuer: u1\norgs: [{names}]\n"
    started = time.process_time()
    told = found(tmp_path, sheets(units + one), "HZ109")
    assert len(told) == 50
    assert told[-1].message.say("en").endswith("(and 1950 more of this kind in this record)")
    assert time.process_time() - started < 20


def test_thousands_of_corrections_cost_no_minute(tmp_path: Path) -> None:
    line = "  - {{date: 2024-03-13, do: correct, by: 李四, event: 1, field: note, was: 第{n}稿, now: 第{m}稿, reason: 笔误}}\n"
    lines = "".join(line.format(n=n, m=n + 1) for n in range(1_000))
    text = "id: YH-20240312-7K2QF\nschema: hazard/1\ndescription: 甲乙丙丁\nfound_on: 2024-03-12\ngrade: general\nhistory:\n"
    text += "  - {date: 2024-03-12, do: register, by: 李四, note: 第0稿}\n" + lines
    started = time.process_time()
    assert not found(tmp_path, sheets(text), "HZ224")
    assert time.process_time() - started < 20
