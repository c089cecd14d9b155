"""Time whole commands on made-up ledgers, beside `git status` and every peer that is installed, on the same events.

    python bench/run.py [COUNT ...] [--runs N] [--slow N] [--page FILE]

The commands take turns (A B C A B C), medians are printed, and the ratios within the run are what counts: seconds belong to the
machine. Nothing here fails; it only tells. `reading.py` looks inside a cold reading, `far.py` at Parquet.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from generate import records, write
from goals import GOALS
from page import put
from peers import prepare
from stopwatch import Command, Sample, in_turn

from hazardctl.store import own
from hazardctl.store.answers import TICK

TODAY = "2026-02-28"
PERIOD = "2025H1"
PROGRAM = str(Path(sys.executable).parent / "hazardctl")
ENV = {**os.environ, "HAZARDCTL_TODAY": TODAY, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
PLAIN = ("git", "--no-optional-locks", "-c", "core.fsmonitor=false")
"""Git that looks at every file, and leaves in its index what a monitor noted there."""
WITH_PEERS = 100_000
"""Peers are asked up to this many hazards: above it one of them needs more memory than most machines have."""


class Ledger:
    """A made-up ledger in a repository, and the commands that are timed on it."""

    def __init__(self, count: int, place: Path) -> None:
        """Write `count` hazards below `place` and commit them."""
        self.count, self.folder = count, place / "made"
        write(count, self.folder)
        self._git("init", "--quiet")
        self._git("config", "core.untrackedCache", "true")
        self._git("add", "-A")
        self._git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "-m", "x")
        self.trusting = place / "trusting"
        self._watched()
        self.files = sorted((self.folder / "ledger" / "hazards").rglob("*.yaml"))
        self.notes = 0

    def _git(self, *words: str) -> None:
        subprocess.run(["git", "-C", str(self.folder), *words], check=True)

    def _watched(self) -> None:
        """Have watchman tell git what changed, where it is installed; only a user with another cache folder trusts it."""
        hooks = self.folder / ".git" / "hooks"
        if shutil.which("watchman") and (hooks / "fsmonitor-watchman.sample").exists():
            shutil.copy(hooks / "fsmonitor-watchman.sample", hooks / "query-watchman")
            self._git("config", "core.fsmonitor", ".git/hooks/query-watchman")
            own.key()
            (self.trusting / "hazardctl").mkdir(parents=True)
            shutil.copy(own.cache() / "key", self.trusting / "hazardctl")  # or each would throw the index of the other away
            self._trusting("trust")

    def _trusting(self, *words: str) -> None:
        command = [*self.as_trusting, *self._words(*words)]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=ENV)

    @property
    def as_trusting(self) -> list[str]:
        """Give the words with which a command is started as the user who trusts the repository."""
        return ["env", f"XDG_CACHE_HOME={self.trusting}"]

    def look_on(self) -> None:
        """Have git note since when watchman looks, and ask until the answer is old enough to be kept, outside the time."""
        self._git("update-index", "-q", "--refresh")
        for _ in range(3):
            self._trusting("report", "-p", PERIOD, "--format", "json")
            time.sleep(TICK / 1e9)

    def _words(self, *words: str) -> list[str]:
        return [PROGRAM, "-C", str(self.folder), *words]

    def _quietly(self, *words: str) -> None:
        subprocess.run(self._words(*words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env=ENV)

    def look_back(self) -> None:
        """See that the commit has been asked before, outside the time: for its rows, then for the answer."""
        for _ in range(2):
            self._quietly("report", "-p", PERIOD, "--format", "json", "--known-at", "HEAD")

    def settle(self) -> None:
        """Bring the index up to date, and ask what will be asked again, outside the time."""
        self._quietly("report", "-p", PERIOD, "--format", "json")
        self._quietly("report", "-p", PERIOD)
        self._quietly("validate", "--format", "concise")

    def grow_old(self) -> None:
        """Settle, and ask once more when every file is old enough for its answer to be kept, outside the time."""
        self.settle()
        time.sleep(TICK / 1e9)
        self.settle()

    def note(self, many: int) -> None:
        """Settle, then write a line into so many records."""
        self.settle()
        self.notes += 1
        for file in self.files[: many * 10 : 10]:
            with file.open("a", encoding="utf-8") as out:
                out.write(f"  - {{date: 2026-02-27, do: note, by: 张三, note: 第{self.notes}次}}\n")

    def drop(self) -> None:
        """Throw the index away."""
        self._quietly("index", "drop")

    def commands(self) -> Mapping[str, Command]:
        """Give what is timed: name → command."""
        report = ("report", "-p", PERIOD, "--format", "json")
        add = ("add", "-u", "unit-00000", "-m", "灯不亮", "--site", "{run}", "--date", TODAY, "--by", "张三")
        table = {
            "python -c pass": Command([sys.executable, "-c", "pass"]),
            "hazardctl --version": Command([PROGRAM, "--version"]),
            "git status": Command([*PLAIN, "-C", str(self.folder), "status", "--short"], before=self.grow_old),
            "report, json": Command(self._words(*report)),
            "report, text": Command(self._words("report", "-p", PERIOD)),
            "report, another day each time": Command(self._words(*report, "--as-of", "2025-06-1{run}")),
            "report of the commit": Command(self._words(*report, "--known-at", "HEAD"), before=self.look_back),
            "report after 1 change": Command(self._words(*report, "--as-of", "2025-05-1{run}"), before=lambda: self.note(1)),
            "report after 100 changes": Command(self._words(*report, "--as-of", "2025-04-1{run}"), before=lambda: self.note(100)),
            "list is:overdue": Command(self._words("list", "is:overdue", "--ids"), before=self.settle),
            "show ID": Command(self._words("show", self.files[len(self.files) // 2].stem)),
            "add": Command(self._words(*add)),
            "validate": Command(self._words("validate", "--format", "concise"), before=self.grow_old),
            "cold: index and report": Command(self._words(*report), before=self.drop, slow=True),
            "cold: report, no index": Command(self._words("--no-index", *report), slow=True),
            "cold: validate, no index": Command(self._words("--no-index", "validate", "--format", "concise"), slow=True),
            "report with fsmonitor": Command([*self.as_trusting, *self._words(*report)], before=self.look_on),
        }
        without = ["no index"] if self.count > WITH_PEERS else []
        without += [] if self.trusting.exists() else ["fsmonitor"]
        return {name: command for name, command in table.items() if not any(word in name for word in without)}


def measured(count: int, runs: int, slow: int) -> Mapping[str, Sample]:
    """Make a ledger of `count` hazards and time every command, and every peer, on it."""
    with tempfile.TemporaryDirectory() as place:
        made = Ledger(count, Path(place))
        table = dict(made.commands())
        if count <= WITH_PEERS:
            table |= prepare(list(records(count)), Path(place) / "peers")
        return in_turn(table, ENV, runs, slow)


def table(count: int, found: Mapping[str, Sample], runs: int) -> list[str]:
    """Lay the medians out as a table."""
    floor = found["git status"].wall
    rows = [
        f"\n## {count:,} hazards, {runs} runs\n",
        "| command | wall ms | cpu ms | × git status | MiB |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, one in found.items():
        rows.append(f"| {name} | {one.wall * 1000:,.0f} | {one.cpu * 1000:,.0f} | {one.wall / floor:.2f} | {one.rss:.0f} |")
    return rows


def goals(found: Mapping[int, Mapping[str, Sample]]) -> list[str]:
    """Hold the figures against the goals; a row that this run cannot tell says so."""
    rows = ["\n## Goals / 目标\n", "| # | goal | 目标 | bar | measured |", "| ---: | --- | --- | --- | --- |"]
    return rows + [f"| {goal.number} | {goal.en} | {goal.zh} | {goal.bar} | {goal.told(found)} |" for goal in GOALS]


def main() -> None:
    """Read the words of the call, time, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("counts", type=int, nargs="*", default=[1000, 10_000])
    words.add_argument("--runs", type=int, default=7)
    words.add_argument("--slow", type=int, default=3, help="runs of the commands that take long")
    words.add_argument("--page", type=Path, help="a page with marks, where the tables are written as well")
    said = words.parse_args()
    found: dict[int, Mapping[str, Sample]] = {}
    rows: Sequence[str] = []
    for count in said.counts:
        found[count] = measured(count, said.runs, said.slow)
        rows = [*rows, *table(count, found[count], said.runs)]
        print("\n".join(table(count, found[count], said.runs)), flush=True)
    print("\n".join(goals(found)))
    if said.page:
        put(said.page, "run", [*goals(found), *rows])


if __name__ == "__main__":
    main()
