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


def test_in_boilerplate_the_words_decide() -> None:
    text = "section 27 paint with light colored paint to the satisfaction of this department the ceiling in the {} of the first storey"
    assert likeness(text.format("kitchen"), text.format("bathroom")) == 0
    assert likeness(text.format("kitchen"), text.format("kitchen south")) > LIKELY
    assert likeness("Escape route blocked", "Escape route is blocked") > LIKELY
    assert likeness("escape route is blocked by goods", "escape route is blocked by boxes") > LIKELY
