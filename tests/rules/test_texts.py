"""What the rules about texts take for a fault, and what they let pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.rules.hz603 import problems
from hazardctl.rules.hz608 import MAYBE, PERSONAL
from tests.rules.pages import found, sheets

RECORD = """id: YH-20240312-7K2QF
schema: hazard/1
description: {text}
found_on: 2024-03-12
grade: general
history:
  - {{date: 2024-03-12, do: register, by: 李四}}
"""
OPINION = """id: WJ-20240428-6NGYK
schema: document/1
date: 2024-04-28
kind: review_opinion
title: 复查意见书
issuer: a
previous: WJ-20240312-1FJ7A  # HZ412
---
id: WJ-20240312-1FJ7A
schema: document/1
date: 2024-03-12
kind: {kind}
title: 文书
issuer: a
"""


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("护坡下沉、燃气供应合同到期", 2),
        ("1、灭火器过期 2、疏散门上锁 3、应急灯不亮", 3),
        ("（1）灭火器过期（2）疏散门上锁", 2),
        ("一是通道堵塞；二是台账缺失", 2),
        ("①线路老化②插座松动", 2),
        ("灭火器、消火栓均已过期", 1),
        ("电线老化、裸露", 1),
        ("消防通道被货物占用，无法通行", 1),
        ("3号车间配电箱未上锁", 1),
        ("压力表 0.5 MPa，超出 0.4 MPa", 1),
        ("1号、2号储罐", 1),
        ("", 1),
    ],
)
def test_problems_are_counted_where_they_are_numbered_or_joined(text: str, n: int) -> None:
    assert problems(text) == n


@pytest.mark.parametrize(
    "text",
    ["隐患锟斤拷", "描述\ufffd损坏", "图\ue123标缺失", "隐患鈥滃湪", "护栏Ã©Ã¨缺失", "培訓记录缺失会议报告對应", "Пp通道", "思想?yún)R报"],
)
def test_damaged_and_mixed_texts_are_found(text: str, tmp_path: Path) -> None:
    assert found(tmp_path, sheets(RECORD.format(text=text)), "HZ607")


@pytest.mark.parametrize(
    "text", ["培訓紀錄缺失", "μm 级粉尘", "φ20 钢筋锈蚀", "Стена 开裂", "是否合格?待查", "café 招牌松动", "绗缝机护罩缺失"]
)
def test_other_scripts_and_marks_are_not(text: str, tmp_path: Path) -> None:
    assert not found(tmp_path, sheets(RECORD.format(text=text)), "HZ607")


@pytest.mark.parametrize(("kind", "wrong"), [("order", False), ("on_site_decision", False), ("coercive_order", False), ("notice", True)])
def test_an_opinion_follows_an_order_of_the_three_kinds(kind: str, wrong: bool, tmp_path: Path) -> None:
    assert [one.place.line for one in found(tmp_path, sheets(OPINION.format(kind=kind)), "HZ412")] == ([7] if wrong else [])


@given(st.from_regex(PERSONAL), st.text(max_size=3))
def test_the_quick_look_misses_nothing_personal(text: str, before: str) -> None:
    found = PERSONAL.search(before + text)
    assert found is None or any(one.search(before + text) for one in MAYBE)
