"""The one sanitiser of terminal text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.render.terminal import clean
from tests.payloads import EVERY


@pytest.mark.parametrize("text", ["卸油区静电接地报警器失效", "柳安改〔2024〕17号", "Wang Fang", "√ × … “引号” ①", "\\x1b", ""])
def test_what_people_can_see_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb", "a\\nb"),
        ("a\tb\rc", "a\\x09b\\x0dc"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202e", "\\u202e"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("\ufeff\u200b", "\\ufeff\\u200b"),
    ],
)
def test_what_a_terminal_could_obey_is_shown_by_its_number(text: str, shown: str) -> None:
    assert clean(text) == shown


@pytest.mark.parametrize("payload", EVERY)
def test_no_payload_keeps_a_character_that_acts(payload: str) -> None:
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in clean(payload))


@given(st.text())
def test_any_text_becomes_one_line_that_every_encoding_of_unicode_can_carry(text: str) -> None:
    shown = clean(text)
    shown.encode("utf-8")
    assert len(shown.splitlines()) <= 1
    assert all(unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in shown)
    assert clean(shown) == shown
