"""The stop watch of the stages between files and index runs, and tells every stage."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_every_stage_is_told(repository: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    words = [sys.executable, str(repository / "bench" / "reading.py"), "40", "--runs", "1"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env=environment, encoding="utf-8")
    rows = [line.split(" | ") for line in done.stdout.splitlines() if line.startswith("| ")]
    stages = [row[0].removeprefix("| ") for row in rows[2:]]
    assert stages[0] == "open and read, plain Python"
    assert {"bytes to record, the short way", "fold", "insert and index", "cold index, one process, all of it"} <= set(stages)
    assert all(float(row[1]) > 0 for row in rows[2:])
