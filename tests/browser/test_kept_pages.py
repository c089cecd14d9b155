"""The pages that are kept and printed, in a real browser: reports, reminders, records, the evidence pack."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.language import LANGUAGES
from tests.boards import SAMPLE
from tests.browser import browser

CALLS: Final = {
    "summary": "report -p 2023",
    "official": "report official -p 2023",
    "league": "report league -p 2023",
    "remind": "remind --within 30d",
    "record": "show 7XYQ0",
    "list": "list",
    "pack": "export sector:消防",
}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_axe_finds_no_violation_and_nothing_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    browser.chromium()
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    root = tmp_path / "ledger"
    shutil.copytree(SAMPLE, root)
    names = [f"{name}-{language}" for name in CALLS for language in LANGUAGES]
    for name in names:
        key, language = name.split("-")
        assert called(["-C", str(root), "--lang", language, *CALLS[key].split(), "-o", str(tmp_path / f"{name}.html")]) == 0
    found = browser.looked("judge.js", tmp_path, ",".join(names))
    assert len(found) == 4 * len(names)
    for fault in ("said", "violations"):
        assert {f"{one['name']} {one['width']} {one['scheme']}": one[fault] for one in found if one[fault]} == {}
    assert [one["name"] for one in found if one["overflow"] > 0] == []
