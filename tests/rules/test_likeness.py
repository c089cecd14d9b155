"""Trap 15: numbers decide before words do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.rules.likeness import LIKELY, folded, likeness


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("疏散通道堆放杂物", "疏散通道内堆放杂物", 80),
        ("Escape route blocked", "Escape route is blocked", 92),
        ("3号车间灭火器过期", "4号车间灭火器过期", 0),
        ("3号车间灭火器过期", "３号车间，灭火器过期。", 100),
        ("漏", "漏", 100),
        ("漏", "电", 0),
        ("", "", 100),
    ],
)
def test_likeness_in_per_cent(one: str, other: str, alike: int) -> None:
    assert likeness(one, other) == alike


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_a_text_is_wholly_like_itself(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 100
    assert likeness(one, one) == 100 >= LIKELY


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
