"""The list of what every question costs is whole: no command and no report is left out of it, and each that is asked answers."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.cli.program import COMMANDS
from hazardctl.ops.reporting.names import REPORTS


def test_every_command_and_every_report_is_asked_or_says_why_not(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(repository / "bench"))
    made = runpy.run_path(str(repository / "bench" / "questions.py"))
    asked = {words[0] for words in made["QUESTIONS"].values() if words}
    assert asked | made["NOT_ASKED"].keys() == set(COMMANDS)
    assert not asked & made["NOT_ASKED"].keys()
    told = {words[1] for words in made["QUESTIONS"].values() if words[:1] == ("report",) and words[1] in REPORTS}
    assert told | {"summary"} == set(REPORTS)


def test_the_dearest_stands_first(repository: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    words = [sys.executable, str(repository / "bench" / "questions.py"), "40", "--runs", "1", "--only", "index"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")][2:]
    assert {row[0] for row in rows} == {"git status", "`index status`"}
    walls = [float(row[1]) for row in rows]
    assert walls == sorted(walls, reverse=True)
