"""Each line that does not fit has exactly one name, and none is passed over in silence."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

from hazardctl.history import move
from hazardctl.ledger import Ledger
from hazardctl.rules.engine import check
from tests.rules.pages import TODAY, found, sheets
from tests.strategies import ledgers, loaded

NAMES = ("HZ201", "HZ202", "HZ203", "HZ204", "HZ301")
DATES = ("HZ301", "HZ304")


def named(lines: str, folder: Path) -> list[tuple[str, int]]:
    """Give code and number of the line for each finding about the life cycle, lines counted from 1 within the history."""
    head = "id: YH-20240312-7K2QF\nschema: hazard/1\ndescription: 消防通道被占用\nfound_on: 2024-03-12\ngrade: general\nhistory:\n"
    body = textwrap.indent(textwrap.dedent(lines).strip(), "  ")
    return [(one.code, one.place.line - 6) for one in found(folder, sheets(head + body), *NAMES, "HZ304", "HZ317")]


def line(day: str, verb: str, more: str = "") -> str:
    return f"- {{date: 2024-{day}, do: {verb}, by: 李四{more}}}\n"


REGISTER = line("03-12", "register")
ASSIGN = line("03-12", "assign", ", to: xx, due: 2024-03-27")
RECTIFY = line("03-18", "rectify", ", note: 好了")
PASSED = line("03-19", "verify", ", result: pass")
CLOSE = line("03-20", "close", ", reason: rectified")


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (REGISTER + ASSIGN + RECTIFY + PASSED + CLOSE, []),
        (REGISTER + ASSIGN + CLOSE, [("HZ201", 3)]),
        (REGISTER + ASSIGN + RECTIFY + CLOSE, [("HZ204", 4)]),
        (REGISTER + REGISTER + ASSIGN, [("HZ201", 2)]),
        (ASSIGN + RECTIFY, [("HZ202", 1)]),
        (ASSIGN + REGISTER + RECTIFY, [("HZ202", 1)]),
        (REGISTER + line("03-13", "withdraw", ", reason: not_a_hazard") + RECTIFY, [("HZ203", 3)]),
        (REGISTER + line("03-13", "transfer", ", to: 县局, reason: 职责") + ASSIGN.replace("03-12", "03-14"), [("HZ203", 3)]),
        (REGISTER + ASSIGN + RECTIFY + line("03-14", "verify", ", result: pass"), [("HZ301", 4)]),
        # The deadline was set on the 20th by a slip: what follows is in order, the slip alone is named.
        (REGISTER + line("03-25", "assign", ", to: xx, due: 2024-03-27") + RECTIFY + PASSED + CLOSE, [("HZ301", 3)]),
        # Two branches both closed: the second closing is one too many.
        (REGISTER + ASSIGN + RECTIFY + PASSED + CLOSE + CLOSE, [("HZ201", 6)]),
        (REGISTER + line("03-13", "release", ", number: 1号"), [("HZ201", 2)]),
        (REGISTER + line("03-15", "note", ", note: 甲") + line("03-14", "note", ", note: 乙"), [("HZ317", 3)]),
        (REGISTER + line("03-05", "assign", ", to: xx, due: 2024-03-27"), [("HZ304", 2)]),
    ],
)
def test_each_fault_has_its_one_name(lines: str, names: list[tuple[str, int]], tmp_path: Path) -> None:
    assert named(lines, tmp_path) == names


def test_a_missing_result_is_named_as_such_and_not_as_a_misfit(tmp_path: Path) -> None:
    assert named(REGISTER + ASSIGN + RECTIFY + line("03-19", "verify"), tmp_path) == []


def test_the_message_names_the_state_and_what_fits(tmp_path: Path) -> None:
    head = "id: YH-20240312-7K2QF\nschema: hazard/1\ndescription: 消防通道被占用\nfound_on: 2024-03-12\ngrade: general\nhistory:\n"
    (one,) = found(tmp_path, sheets(head + textwrap.indent(REGISTER + ASSIGN + CLOSE, "  ")), "HZ201")
    assert one.message.say("zh") == "“已交办”状态下不能销号"
    assert one.message.say("en") == "close does not fit: the hazard is assigned"
    assert one.repair is not None
    assert "整改完成" in one.repair.say("zh")
    assert "release" not in one.repair.say("en")


def _explained(ledger: Ledger) -> Counter[tuple[str, int]]:
    told = [one for one in check(ledger, TODAY, {*NAMES, "HZ006", "HZ008", "HZ304"}) if one.finding.trail[:1] == ("history",)]
    return Counter((one.path, int(one.finding.trail[1])) for one in told if len(one.finding.trail) > 1)


@given(ledgers())
def test_a_history_that_does_not_fit_is_never_passed_over(trees: list) -> None:  # type: ignore[type-arg]
    ledger = loaded(trees)
    paths = {path for path, _ in _explained(ledger)}
    for path, replay in ledger.replays.items():
        if replay.misfits:
            assert path in paths


@given(ledgers())
def test_without_disorder_of_days_every_misfit_has_exactly_one_name(trees: list) -> None:  # type: ignore[type-arg]
    ledger = loaded(trees)
    told = [one for one in check(ledger, TODAY, {*NAMES, "HZ304"}) if len(one.finding.trail) > 1]
    by_line = Counter((one.path, one.finding.trail[1]) for one in told)
    disordered = {one.path for one in told if one.finding.code in {*DATES, "HZ202"}}
    for path, replay in ledger.replays.items():
        if path in disordered:
            continue
        for act in replay.misfits:
            if move(act.event) not in {"verify:", "register"}:
                assert by_line[path, act.position] == 1, act


def test_what_is_said_to_fit_is_never_what_was_just_refused(tmp_path: Path) -> None:
    head = "id: YH-20240312-7K2QF\nschema: hazard/1\ndescription: 消防通道被占用\nfound_on: 2024-03-12\ngrade: general\nhistory:\n"
    lines = REGISTER + line("03-13", "release", ", number: 1号") + line("03-14", "verify", ", result: pass")
    refused = found(tmp_path, sheets(head + textwrap.indent(lines, "  ")), "HZ201")
    repairs = [str(one.repair) for one in refused]
    assert len(repairs) == 2
    assert all("assign" in words and "release" not in words for words in repairs)
    assert all("'register'" not in words for words in repairs)


def test_the_repair_of_a_date_counts_the_lines_from_one(tmp_path: Path) -> None:
    head = "id: YH-20240312-7K2QF\nschema: hazard/1\ndescription: 消防通道被占用\nfound_on: 2024-03-12\ngrade: general\nhistory:\n"
    lines = REGISTER + ASSIGN + RECTIFY + line("03-14", "verify", ", result: pass")
    (one,) = found(tmp_path, sheets(head + textwrap.indent(lines, "  ")), "HZ301")
    assert one.repair is not None
    assert one.repair.values["n"] == 4
