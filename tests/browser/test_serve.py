"""The served ledger in a real browser: the board, a search typed, a record opened from the list, at a desk and on a telephone."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hazardctl.language import LANGUAGES
from tests.browser import browser

REPOSITORY = Path(__file__).resolve().parents[2]
SEARCH = {"zh": "sector:消防", "en": "sector:fire"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module", params=LANGUAGES)
def walks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    """Serve the sample ledger and walk through its pages."""
    browser.chromium()
    language = str(request.param)
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(REPOSITORY / "ledger", folder / "ledger")
    command = [sys.executable, "-m", "hazardctl", "-C", str(folder), "--lang", language, "serve", "--port", "0", "--as-of", "2023-10-20"]
    command += ["--period", "2023"]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert found, said
        yield browser.looked("visit.js", found[0], browser.KEPT, language, SEARCH[language])
        server.send_signal(signal.SIGINT)
        server.wait(30)


def test_nothing_else_is_asked_for_and_nothing_complains(walks: list[dict[str, Any]]) -> None:
    assert [one["said"] for one in walks] == [[], []]


def test_a_search_leaves_what_fits_and_a_record_opens_from_it(walks: list[dict[str, Any]]) -> None:
    for one in walks:
        assert 0 < one["found"] < one["all"]
        assert one["opened"]


def test_every_page_is_accessible_and_as_wide_as_the_screen(walks: list[dict[str, Any]]) -> None:
    seen = [(one["width"], page) for one in walks for page in one["seen"]]
    assert [page["name"] for _, page in seen] == ["board", "list", "record"] * 2
    assert {(width, page["name"]): page["violations"] for width, page in seen if page["violations"]} == {}
    assert {(width, page["name"]): page["overflow"] for width, page in seen if page["overflow"] > 0} == {}
