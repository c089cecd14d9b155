"""The shape of every command's cost: what it does at ten times the records (issue of speed; PERFORMANCE §7 rows 8 to 10).

Nothing is timed. A command is held against itself at a tenth of the records, in calls of Python functions and in files opened:
a command that became super-linear, or that reads the ledger to touch one record, fails on any machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
SMALL, LARGE = 1_000, 10_000
TODAY: Final = "2026-02-28"
VALIDATE: Final = ("validate", "--format", "concise")
REPORT: Final = ("report", "-p", "2025H1", "--format", "json")
SAME, LINEAR, FEW = 1.3, 11.5, 12
"""How much more ten times the records may cost: nothing to speak of (names and folders are looked through), or ten times."""
COSTS: Final[Mapping[str, tuple[float, float, tuple[str, ...]]]] = {
    "report, the index cold": (LINEAR, LINEAR, REPORT),
    "report, the same question": (SAME, SAME, REPORT),
    "report, another question": (SAME, SAME, (*REPORT, "--as-of", "2025-06-11")),
    "list, all of it": (LINEAR, SAME, ("list", "--columns", "all", "--format", "json")),
    "list, the first few": (LINEAR, SAME, ("list", "--limit", "20")),  # each is looked at to find them, none is opened
    "overdue": (LINEAR, SAME, ("overdue",)),
    "show": (SAME, SAME, ("show", "{id}")),
    # What its unit has open is read, for one that may be the same: the large ledger has half as many again of it.
    "add": (SAME, 1.5 * SAME, ("add", "-u", "unit-00000", "-m", "灯不亮", "--site", "东门", "--date", TODAY, "--by", "张三")),
    "an act": (SAME, SAME, ("note", "{id}", "-m", "已通报", "--by", "张三", "--date", TODAY)),
    "validate, the index cold": (LINEAR, LINEAR, VALIDATE),
    "validate, nothing changed": (2 * SAME, SAME, VALIDATE),  # ten times the findings are printed
    "report of a commit, its index cold": (LINEAR, SAME, (*REPORT, "--known-at", "HEAD")),
    "report of a commit": (SAME, SAME, (*REPORT, "--known-at", "HEAD", "--as-of", "2025-06-11")),
    "the official tables": (SAME, SAME, ("report", "official", "-p", "2025H1")),
    "the league": (SAME, SAME, ("report", "league", "-p", "2025H1")),
    "explain": (LINEAR, SAME, ("explain", "due.late", "-p", "2025")),  # its records are counted, none is opened
    "explain, every record": (LINEAR, SAME, ("explain", "hazards.rate", "-p", "2025", "-v")),
    # Every pair is told, and read for it; there are twenty times as many: the more hazards a unit has, the more of them repeat another.
    "rebound": (LINEAR, 2 * LINEAR, ("report", "rebound", "-p", "2025")),
    "new": (SAME, SAME, ("new", "unit", "试验厂", "--dry-run")),
    "template": (SAME, SAME, ("template",)),
    "seal": (SAME, SAME, ("seal", "2025H1", "--by", "张三", "--dry-run")),
    "fmt": (LINEAR, LINEAR, ("fmt", "--check")),
    "diff of a commit that changed nothing": (SAME, SAME, ("diff", "HEAD..HEAD", "-p", "2025H1")),
    "report after a change": (SAME, SAME, (*REPORT, "--as-of", "2025-06-12")),
    "report without the index": (LINEAR, LINEAR, ("--no-index", *REPORT)),
    "validate without the index": (LINEAR, LINEAR, ("--no-index", *VALIDATE)),
}


def changed(ledger: Path, number: str) -> None:
    """Write a line into a record."""
    (path,) = (ledger / "ledger" / "hazards").rglob(f"{number}.yaml")
    with path.open("a", encoding="utf-8") as out:
        out.write("  - {date: 2026-02-27, do: note, by: 张三, note: 已通报}\n")


def cost(ledger: Path, *words: str) -> Mapping[str, int]:
    """Run a command on a ledger and count."""
    env = {**os.environ, "HAZARDCTL_TODAY": TODAY, "PYTHONPATH": str(ROOT)}
    told = subprocess.run(
        [sys.executable, str(HERE / "counted.py"), "-C", str(ledger), *words], env=env, capture_output=True, text=True, check=False
    )
    assert told.stdout, told.stderr
    found: Mapping[str, int] = json.loads(told.stdout)
    return found


def made(count: int, place: Path) -> tuple[Path, str]:
    """Make a ledger in a repository; give it and the id of one of its hazards."""
    subprocess.run([sys.executable, str(ROOT / "bench" / "generate.py"), str(count), str(place)], check=True)
    for words in (("init", "-q"), ("add", "-A"), ("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "x")):
        subprocess.run(["git", "-C", str(place), *words], check=True)
    return place, sorted((place / "ledger" / "hazards").rglob("*.yaml"))[count // 2].stem


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_command_costs_more_than_its_work(tmp_path: Path) -> None:
    small, large = (made(count, tmp_path / str(count)) for count in (SMALL, LARGE))
    told, wrong = [], []
    for name, (most, most_files, words) in COSTS.items():
        if name.endswith("after a change"):
            for ledger, one in (small, large):
                changed(ledger, one)
        few, many = (cost(ledger, *(word.replace("{id}", one) for word in words)) for ledger, one in (small, large))
        growth = many["calls"] / few["calls"]
        line = f"{name}: {few['calls']} -> {many['calls']} calls ({growth:.2f}), {few['opened']} -> {many['opened']} files"
        told.append(line)
        if growth > most or many["opened"] > max(most_files * few["opened"], FEW):
            wrong.append(line)
    sys.stdout.write("\n".join(told))
    assert not wrong, "\n".join(wrong)
