"""Time whole commands on made-up ledgers, beside `git status` and, where it is installed, hledger on the same events.

    python bench/run.py [COUNT ...] [--runs N] [--page FILE]

The commands take turns (A B C A B C), medians are printed, and ratios within the run are what counts: seconds belong to the
machine. Nothing here fails; it only tells.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from generate import write

PAGE = """<!-- written by bench/run.py --page -->
# Performance / 性能

整个进程的用时，各命令轮流跑，取中位数；同一次运行里的倍数才算数，毫秒属于那台机器。
Whole processes, the commands taking turns, medians; the ratios within one run count, milliseconds belong to the machine.
What dominates and what falls short stands in [docs/guide/large.md](guide/large.md).

"""
TODAY = "2026-02-28"
PERIOD = "2025H1"


def commands(folder: Path, journal: Path, one: str) -> Mapping[str, Sequence[str]]:
    """Give what is timed on a ledger: name → words."""
    program = [str(Path(sys.executable).parent / "hazardctl"), "-C", str(folder)]
    found: dict[str, Sequence[str]] = {
        "git status": ["git", "-C", str(folder), "status", "--short"],
        "python -c pass": [sys.executable, "-c", "pass"],
        "hazardctl --version": [program[0], "--version"],
        "hazardctl show ID": [*program, "show", one],
        "hazardctl list is:overdue": [*program, "list", "is:overdue", "--ids"],
        "hazardctl report (json)": [*program, "report", "-p", PERIOD, "--format", "json"],
        "hazardctl report (text)": [*program, "report", "-p", PERIOD],
        "hazardctl report, another question each time": [*program, "report", "-p", PERIOD, "--format", "json", "--as-of", "{day}"],
        "hazardctl add": [*program, "add", "-u", "unit-00000", "-m", "灯不亮", "--site", "{day}", "--date", TODAY, "--by", "张三"],
        "hazardctl report after the add": [*program, "report", "-p", PERIOD, "--format", "json", "--counting", "places"],
        "hazardctl --no-index report (json)": [*program, "--no-index", "report", "-p", PERIOD, "--format", "json"],
        "hazardctl validate": [*program, "validate", "--format", "concise"],
    }
    if shutil.which("hledger"):
        found["hledger balance"] = ["hledger", "-f", str(journal), "balance"]
        found["hledger check"] = ["hledger", "-f", str(journal), "check"]
    return found


def timed(words: Sequence[str]) -> tuple[float, float]:
    """Run one command; give wall and processor seconds."""
    before, start = os.times(), time.monotonic()
    said = {**os.environ, "HAZARDCTL_TODAY": TODAY}
    subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=said)
    wall, after = time.monotonic() - start, os.times()
    return wall, (after.children_user + after.children_system) - (before.children_user + before.children_system)


def measured(count: int, runs: int) -> list[str]:
    """Make a ledger of `count` hazards and time every command on it; give the rows of a table."""
    with tempfile.TemporaryDirectory() as place:
        folder, journal = Path(place) / "made", Path(place) / "events.journal"
        write(count, folder, journal)
        for said in (
            ["init", "--quiet"],
            ["add", "-A"],
            ["-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x"],
        ):
            subprocess.run(["git", "-C", str(folder), *said], check=True)
        one = next((folder / "ledger" / "hazards").rglob("*.yaml")).stem
        table = commands(folder, journal, one)
        samples: dict[str, list[tuple[float, float]]] = {name: [] for name in table}
        for run in range(runs):
            day = f"2025-06-{run + 1:02}"
            for name, words in table.items():
                samples[name].append(timed([word.replace("{day}", day) for word in words]))
    floor = statistics.median(wall for wall, _ in samples["git status"])
    rows = [f"\n{count} hazards, {runs} runs\n", "| command | wall ms | cpu ms | x git status |", "| --- | ---: | ---: | ---: |"]
    for name, both in samples.items():
        wall, cpu = (statistics.median(values) * 1000 for values in zip(*both, strict=True))
        rows.append(f"| {name} | {wall:.0f} | {cpu:.0f} | {wall / 1000 / floor:.1f} |")
    return rows


def main() -> None:
    """Read the words of the call, time, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("counts", type=int, nargs="*", default=[1000, 10_000])
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--page", type=Path, help="where the tables are written as well")
    said = words.parse_args()
    rows: list[str] = []
    for count in said.counts:
        rows += measured(count, said.runs)
        print("\n".join(rows[-40:]), flush=True)
    if said.page:
        said.page.write_text(PAGE + "\n".join(rows).strip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
