"""The dashboard in a real browser: nothing is asked for, nothing said, nothing violated, at a desk and on a telephone."""

from __future__ import annotations

from typing import Any

import pytest

from hazardctl.language import LANGUAGES
from hazardctl.ops.dashboard import dashed
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call
from hazardctl.render.html.page import board_page
from tests.boards import PERIOD, sample
from tests.browser import browser

SMALLEST = 13

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Open the page of each language at each width and give what the browser saw."""
    browser.chromium()
    folder = tmp_path_factory.mktemp("pages")
    board = dashed(Call(sample(), Words(PERIOD))).board
    for language in LANGUAGES:
        (folder / f"{language}.html").write_text(board_page(board, language), encoding="utf-8")
    found = browser.looked("look.js", folder, browser.KEPT, ",".join(LANGUAGES))
    assert len(found) == 2 * len(LANGUAGES) * 2
    return found


def where(one: dict[str, Any]) -> str:
    return f"{one['language']} {one['width']} {one['scheme']}"


def test_the_browser_asks_for_nothing_and_complains_of_nothing(looked: list[dict[str, Any]]) -> None:
    assert {where(one): one["said"] for one in looked if one["said"]} == {}


def test_axe_finds_no_violation_with_everything_open(looked: list[dict[str, Any]]) -> None:
    assert {where(one): one["violations"] for one in looked if one["violations"]} == {}


def test_the_page_is_as_wide_as_the_screen(looked: list[dict[str, Any]]) -> None:
    assert {where(one): one["overflow"] for one in looked if one["overflow"] > 0} == {}


def test_no_word_of_a_chart_is_too_small_and_no_two_meet(looked: list[dict[str, Any]]) -> None:
    assert min(one["smallest"] for one in looked) >= SMALLEST
    assert {where(one): one["meeting"] for one in looked if one["meeting"]} == {}


def test_the_filter_leaves_what_has_the_words(looked: list[dict[str, Any]]) -> None:
    for one in looked:
        assert 0 < one["filtered"] < one["rows"]


def test_a_link_to_a_record_opens_it(looked: list[dict[str, Any]]) -> None:
    assert all(one["opened"] for one in looked)
