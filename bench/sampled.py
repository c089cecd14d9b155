"""Say where the time of two whole commands goes: a warm report, and the first one, which makes the index.

    python bench/sampled.py [COUNT] [--page FILE]

`py-spy` looks at the stacks again and again; a sample belongs to the innermost module of ours on its stack, or to the imports
where one is under way. `python -X importtime` says what the imports of the warm report are. Shares count, seconds do not.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from page import put
from run import ENV, PERIOD, PROGRAM, Ledger

RATE, SELDOM = 1000, 100
"""Looks a second: at a command of a fraction of a second, and at one of many that has all cores busy."""
ROUNDS = 7
MOST = 12
"""Lines of a table; the rest is one line."""
OURS = re.compile(r"hazardctl/((?:\w+/)*\w+)\.py")
IMPORTING = "_find_and_load"
ELSEWHERE = "Python and libraries, before and after"


def sampled(words: Sequence[str], rate: int = RATE, more: Sequence[str] = ()) -> Counter[str]:
    """Run a command under py-spy and count the samples of each module."""
    with tempfile.NamedTemporaryFile(suffix=".txt") as out:
        spy = ["py-spy", "record", "--rate", str(rate), "--format", "raw", "--output", out.name, *more, "--"]
        subprocess.run([*spy, sys.executable, PROGRAM, *words], env=ENV, capture_output=True, check=False)
        found: Counter[str] = Counter()
        for line in Path(out.name).read_text(encoding="utf-8").splitlines():
            stack, _, count = line.rpartition(" ")
            found[whose(stack)] += int(count)
        return found


def whose(stack: str) -> str:
    """Say to whom a sample belongs."""
    if IMPORTING in stack:
        return "imports"
    ours = OURS.findall(stack)
    return str(ours[-1]) if ours else ELSEWHERE


def imported(words: Sequence[str]) -> Counter[str]:
    """Run a command and count the microseconds of the imports of each room and library."""
    told = subprocess.run([sys.executable, "-X", "importtime", PROGRAM, *words], env=ENV, capture_output=True, text=True, check=False)
    found: Counter[str] = Counter()
    for line in told.stderr.splitlines():
        taken = re.fullmatch(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", line)
        if taken:
            parts = taken[2].split(".")
            found[".".join(parts[: 2 if parts[0] == "hazardctl" else 1])] += int(taken[1])
    return found


def table(title: str, head: str, found: Counter[str]) -> Iterator[str]:
    """Lay out the largest shares."""
    total = found.total()
    yield from (f"\n### {title}\n", f"| {head} | share |", "| --- | ---: |")
    first = found.most_common(MOST)
    yield from (f"| {name} | {count / total:.0%} |" for name, count in first)
    rest = total - sum(count for _, count in first)
    if rest:
        yield f"| {len(found) - len(first)} more | {rest / total:.0%} |"


def profile(count: int) -> Iterator[str]:
    """Make a ledger, and give the tables."""
    with tempfile.TemporaryDirectory() as place:
        made = Ledger(count, Path(place))
        report = ["-C", str(made.folder), "report", "-p", PERIOD, "--format", "json", "--as-of"]
        made.settle()
        warm: Counter[str] = Counter()
        for day in range(1, ROUNDS + 1):
            warm += sampled([*report, f"2025-05-{day:02}"])
        made.drop()
        os.sync()  # the disk is not to be still busy with the files that were just made
        cold = sampled([*report, "2025-06-30"], SELDOM, ["--subprocesses"])
        yield from table(f"A question that was not asked before, index warm, {count:,} hazards", "module", warm)
        yield from table("Its imports", "room or library", imported([*report, "2025-05-31"]))
        yield from table(f"The first question: index and report, all processes, {count:,} hazards", "module", cold)


def main() -> None:
    """Read the words of the call, look, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int, nargs="?", default=100_000)
    words.add_argument("--page", type=Path, help="a page with marks, where the tables are written as well")
    said = words.parse_args()
    if shutil.which("py-spy", path=os.environ["PATH"]) is None:
        sys.exit("py-spy is not installed")
    rows = list(profile(said.count))
    print("\n".join(rows))
    if said.page:
        put(said.page, "profile", rows)


if __name__ == "__main__":
    main()
