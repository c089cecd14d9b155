"""Waivers and the status of rules: what excuses, for how long, and which rules are on."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from hazardctl.model.config import Config
from hazardctl.rules import engine
from hazardctl.rules.engine import check
from hazardctl.rules.registry import Rule, Status, registry
from hazardctl.store.load import load
from tests.rules.pages import TODAY, found, laid, sheets

RECORD: Final = """id: YH-20240312-7K2QF
schema: hazard/1
description: 消防通道被货物占用
found_on: 2024-03-12
grade: general
waivers:
  - {waiver}
history:
  - {{date: 2024-03-12, do: register, by: 李四}}
  - {{date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-01}}
"""


def told(folder: Path, waiver: str) -> list[str]:
    """Give what HZ715 says of a waiver in a record that breaks HZ302."""
    return [one.message.say("en") for one in found(folder, sheets(RECORD.format(waiver=waiver)), "HZ715")]


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        ("{code: HZ302, reason: 上级文件, by: 孙八, until: 2024-12-31}", []),
        ("{code: HZ302, reason: 上级文件, by: 孙八, until: 2024-06-30}", []),
        ("{code: HZ302, reason: 上级文件, by: 孙八, until: 2024-06-29}", ["the waiver of HZ302 ended on 2024-06-29"]),
        ("{code: HZ301, reason: 上级文件, by: 孙八, until: 2024-12-31}", ["the waiver of HZ301 was not needed"]),
        ("{code: HZ999, reason: 上级文件, by: 孙八, until: 2024-12-31}", ["there is no rule “HZ999”"]),
        ("{code: HZ302, by: 孙八, until: 2024-12-31}", []),
        ("{code: HZ302, reason: 上级文件, until: 2024-12-31}", []),
    ],
)
def test_a_waiver_that_excuses_nothing_is_told(waiver: str, said: list[str], tmp_path: Path) -> None:
    assert told(tmp_path, waiver) == said


def test_what_an_incomplete_waiver_lacks_is_told_by_hz006_and_it_excuses_nothing(tmp_path: Path) -> None:
    text = RECORD.format(waiver="{code: HZ302}")
    codes = [(one.code, one.trail) for one in found(tmp_path, sheets(text))]
    assert {("HZ006", ("waivers", 0, name)) for name in ("reason", "by", "until")} <= set(codes)
    assert "HZ302" in {code for code, _ in codes}


def test_a_withdrawn_record_may_keep_its_waivers(tmp_path: Path) -> None:
    text = RECORD.format(waiver="{code: HZ301, reason: 上级文件, by: 孙八, until: 2024-12-31}")
    text += "  - {date: 2024-03-13, do: withdraw, by: [李四, 王五], reason: entry_error}\n"
    assert not found(tmp_path, sheets(text), "HZ715")


def test_only_the_waiver_that_was_used_counts_as_used(tmp_path: Path) -> None:
    both = "{code: HZ302, reason: 甲, by: 孙八, until: 2024-12-31}\n  - {code: HZ302, reason: 乙, by: 孙八, until: 2024-12-31}"
    (one,) = found(tmp_path, sheets(RECORD.format(waiver=both)), "HZ715")
    assert one.trail == ("waivers", 1, "code")


def with_status(monkeypatch: pytest.MonkeyPatch, code: str, status: Status) -> None:
    """Give a rule another status for the length of a test."""
    made: Mapping[str, Rule] = {**registry(), code: dataclasses.replace(registry()[code], status=status)}
    monkeypatch.setattr(engine, "registry", lambda: made)


@pytest.mark.parametrize(
    ("status", "asked", "on"),
    [
        ("preview", "", False),
        ("preview", "named", True),
        ("preview", "--preview", True),
        ("stable", "", True),
        ("deprecated", "", True),
    ],
)
def test_a_preview_is_off_unless_it_is_asked_for(
    status: Status, asked: str, on: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_status(monkeypatch, "HZ302", status)
    root = laid(tmp_path, sheets(RECORD.format(waiver="{code: HZ301, reason: 甲, by: 孙八, until: 2024-12-31}")))
    if asked == "named":
        (root / "hazardctl.yaml").write_text("schema: config/1\nrules: {HZ302: warning}\n", encoding="utf-8")
    assert ("HZ302" in {one.finding.code for one in check(load(root), TODAY, preview=asked == "--preview")}) == on


def test_a_waiver_of_a_preview_that_is_off_is_not_called_unneeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_status(monkeypatch, "HZ301", "preview")
    root = laid(tmp_path, sheets(RECORD.format(waiver="{code: HZ301, reason: 甲, by: 孙八, until: 2024-12-31}")))
    assert "HZ715" not in {one.finding.code for one in check(load(root), TODAY)}


def test_every_rule_has_a_version_and_a_status_of_the_three() -> None:
    for rule in registry().values():
        assert rule.since
        assert rule.status in {"preview", "stable", "deprecated"}
    assert Config().house_rules == ()
