"""A report that does not add up is not printed (DOMAIN §4.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import pytest

from hazardctl.errors import BugError
from hazardctl.language import plain
from hazardctl.period import parse
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.reports.answers import Answers, Dimension, Group, Late, checked
from hazardctl.reports.commands import listing
from hazardctl.reports.figures import Figure
from hazardctl.reports.frame import MOST_UNREAD, Frame, foot
from hazardctl.reports.summary import MOST_LATE, summary
from hazardctl.sheet import Rate

FIGURES: Final[Mapping[str, Figure]] = {
    "hazards.found": 14,
    "hazards.recorded": 15,
    "hazards.rectified": 5,
    "hazards.awaiting": 2,
    "hazards.within_due": 2,
    "hazards.overdue": 3,
    "hazards.no_due": 1,
    "hazards.closed_other": 1,
    "hazards.withdrawn": 0,
    "hazards.transferred": 1,
    "hazards.rate": Rate(5, 14),
    "stock.opening": 1,
    "stock.found": 15,
    "stock.reopened": 1,
    "stock.resolved": 7,
    "stock.resolved_other": 1,
    "stock.withdrawn": 0,
    "stock.transferred": 1,
    "stock.closing": 8,
    "due.total": 11,
    "due.met": 4,
    "due.late": 5,
    "due.unconfirmed": 2,
}
FRAME: Final = Frame("青山镇", "a1b2c3d", dt.date(2024, 6, 30), parse("2024H1", reference=dt.date(2024, 6, 30)))


def answers(**changed: Figure) -> Answers:
    figures = {**FIGURES, **{name.replace("__", "."): figure for name, figure in changed.items()}}
    return Answers(figures, {}, Rate(5, 14))


def test_figures_that_add_up_are_given_back() -> None:
    made = answers()
    assert checked(made) is made


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("hazards__recorded", "I0"),
        ("hazards__awaiting", "I1"),
        ("stock__closing", "I2"),
        ("stock__resolved", "I2"),
        ("due__late", "I3"),
    ],
)
def test_a_broken_identity_is_a_bug_of_ours_and_nothing_is_printed(name: str, what: str) -> None:
    before = FIGURES[name.replace("__", ".")]
    assert isinstance(before, int)
    with pytest.raises(BugError) as caught:
        summary(FRAME, answers(**{name: before + 1}))
    assert what in caught.value.lines("en")[0]


def test_a_part_is_never_more_than_its_whole() -> None:
    with pytest.raises(BugError):
        checked(answers(hazards__rate=Rate(15, 14)))
    with pytest.raises(BugError):
        checked(answers(hazards__rate=Rate(5, 13)))


def test_lines_add_up_to_the_total_unless_a_hazard_may_stand_in_several() -> None:
    group = Group(("fire",), (plain("消防"),), FIGURES)
    once, twice = (Dimension("sector", plain("行业")), Dimension("campaign", plain("行动"), several=True))
    checked(replace(answers(), dimensions=(once,), groups=(group,)))
    with pytest.raises(BugError):
        checked(replace(answers(), dimensions=(once,), groups=(group, group)))
    checked(replace(answers(), dimensions=(twice,), groups=(group, group)))


def test_months_add_up_to_what_was_found() -> None:
    checked(replace(answers(), months=((plain("1月"), "2024-01", 14),)))
    with pytest.raises(BugError):
        checked(replace(answers(), months=((plain("1月"), "2024-01", 13),)))


def late(number: int) -> Late:
    return Late(f"YH-20240101-{number:05}", "XX纸业", "护栏缺失", "general", dt.date(2024, 2, 1), 30, "王五", dt.date(2024, 1, 1))


def test_a_long_overdue_list_says_how_many_more_there_are() -> None:
    many = replace(answers(), overdue=tuple(late(number) for number in range(MOST_LATE + 3)))
    page = rendered(summary(FRAME, many), "text", Page())
    assert "另有 3 项：hazardctl overdue" in page
    assert "不论何时发现" in page
    none = rendered(summary(FRAME, answers()), "text", Page())
    assert "没有逾期未整改的隐患" in none


def test_next_commands_are_talk_and_not_on_the_page() -> None:
    scope = ("sector:消防", "due<2024-07-01; rm x")
    asked = replace(FRAME, scope=scope, as_of=dt.date(2024, 7, 31), preset="official", cutoff="asof", known_at="HEAD~1")
    sheet = summary(asked, replace(answers(), overdue=(late(1),)))
    commands = [command for command, _ in sheet.hints]
    same = "-p 2024H1 --as-of 2024-07-31 --basis official --cutoff asof --known-at 'HEAD~1' sector:消防 'due<2024-07-01; rm x'"
    assert commands[0] == f"hazardctl report {same} -o report.md"
    assert commands[2] == f"hazardctl explain rate {same} -v"
    listed = listing(asked, ["found:2024H1"], today=False)
    assert listed == "hazardctl list found:2024H1 --as-of 2024-07-31 --basis official --known-at 'HEAD~1'"
    assert listing(FRAME, ["is:done"], today=True) == "hazardctl list is:done"
    assert "hazardctl show 00001" in commands
    assert "-o report.md" not in rendered(sheet, "text", Page())


def test_the_foot_says_what_the_figures_leave_out() -> None:
    files = tuple((f"hazards/{number}.yaml", plain("HZ001")) for number in range(MOST_UNREAD + 2))
    frame = replace(FRAME, unread=files, later=2, guessed=(2027,), undefined=("spring",), no_on_spot=True, original_due=True)
    said = [line.say("zh") for line in foot(frame, headed=True)]
    assert "不含当场整改" in said[0]
    assert "期限按最初的期限" in said[0]
    assert "截至日后又作废 2 条，此处仍计" in said
    assert "重点时段未定义日期：spring" in said
    assert f"未能读取 {MOST_UNREAD + 2} 个文件，以上数字不含它们：" in said
    assert said[-1] == "  另有 2 个：hazardctl validate"
    assert frame.flawed
    assert not FRAME.flawed


def test_the_foot_of_a_question_about_a_day_has_no_cut_off() -> None:
    said = foot(replace(FRAME, period=None))[0].say("zh")
    assert "截止方式" not in said
    assert "台账 a1b2c3d" in said
