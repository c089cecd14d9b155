"""Beyond one machine: the half-year report over 1 and 10 million hazards in Parquet, by DuckDB and by Spark (issue 5, goal 15).

    python bench/far.py /tmp/far --spark          # everything: about 20 minutes and 5 GB
    python bench/far.py /tmp/far --millions 1 2   # a smaller pair

A real ledger of 100,000 hazards is generated (`bench/generate.py`), written to a data set by `hazardctl export`, and its Parquet
files are copied as further ledgers by DuckDB: keys are shifted to the number of the new ledger, names of units and what
recurrences are told by get its number behind them, so that copies are different ledgers of one province. Facts, days and histories
are those of the generated ledger; ids of hazards repeat from copy to copy. What is timed is the whole command, as a user calls it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from hazardctl.base import columns
from hazardctl.measures import kept
from hazardctl.store.dataset import page, tables
from hazardctl.store.dataset.page import File

HERE = Path(__file__).parent
EACH = 100_000
"""Hazards of one ledger."""
TODAY = "2026-02-28"
QUESTION = ("--period", "2025H1", "--as-of", "2025-06-30")
NAMES = {"hazard": ("unit", "repeat_key"), "span": ("owner",), "unit": ("id",), "unit_file": ("id",), "unit_called": ("unit",)}
"""Relation → columns with names of units, which get the number of their copy."""
OF_UNITS = {"unit_of": "field = 'unit'", "hazard_links": "target = 'unit'"}
"""Relation → which of its rows have the name of a unit as their value."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one call cost: wall seconds, seconds of all cores, most memory in MiB."""

    wall: float
    cpu: float
    memory: float


def call(words: Sequence[str], **more: str) -> tuple[Cost, bytes]:
    """Call the program and say what it cost."""
    begun = time.perf_counter()
    environ = {**os.environ, "HAZARDCTL_TODAY": TODAY, **more}
    with subprocess.Popen(
        [sys.executable, "-m", "hazardctl", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
    ) as one:
        out = one.stdout.read() if one.stdout else b""
        _, status, used = os.wait4(one.pid, 0)
        one.returncode = os.waitstatus_to_exitcode(status)
    if one.returncode:
        sys.exit(f"hazardctl {' '.join(words)}: exit {one.returncode}")
    return Cost(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), out


def made(folder: Path, base: Path | None) -> Path:
    """Give the data set of the one ledger that is copied, making it unless it is there."""
    data = folder / "one"
    if not (data / page.PAGES).is_dir():
        ledger = base or folder / "ledger"
        if not ledger.is_dir():
            subprocess.run([sys.executable, str(HERE / "generate.py"), str(EACH), str(ledger)], check=True)
        cost, _ = call(["-C", str(ledger), "export", "--format", "parquet", "-o", str(data), "--ledger-key", key(0)])
        print(f"export of {EACH:,} hazards: {cost.cpu:.0f} s of one core, {cost.memory:.0f} MiB", file=sys.stderr)
    return data


def key(number: int) -> str:
    """Name the ledger of a copy."""
    return f"county-{number:04}"


def copied(one: Path, data: Path, count: int) -> None:
    """Make a data set of so many copies of a ledger."""
    if (data / page.PAGES).is_dir():
        return
    (data / page.PAGES).mkdir(parents=True)
    first = page.read(page.place(one, key(0)))
    declared = tables.tables(kept)
    for number in range(count):
        copier = Copier(one, data, number)
        files = {
            relation: tuple(copier.copied(relation, declared[relation], file) for file in found) for relation, found in first.files.items()
        }
        page.written(data, replace(first, key=key(number), files=files, commit=""))


@dataclass(frozen=True, slots=True)
class Copier:
    """Copies a ledger of one data set into another one, as a ledger with a number."""

    one: Path
    data: Path
    number: int

    def copied(self, relation: str, declared: str, file: File) -> File:
        """Copy a data file."""
        year = file.path.rpartition("/")[0].rpartition("=")[2]
        place = self.data / page.folder(relation, key(self.number), year)
        place.mkdir(parents=True, exist_ok=True)
        made_at = place / "part-new.parquet"
        told = ", ".join(self._column(relation, column.name, first=at == 0) for at, column in enumerate(columns(declared)))
        duckdb.execute(
            f"COPY (SELECT {told} FROM read_parquet('{self.one / file.path}', hive_partitioning = false))"
            f" TO '{made_at}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)"
        )
        with made_at.open("rb") as content:
            digest = hashlib.file_digest(content, lambda: hashlib.blake2b(digest_size=6)).hexdigest()
        final = made_at.rename(place / f"part-{digest}.parquet")
        return File(final.relative_to(self.data).as_posix(), file.rows)

    def _column(self, relation: str, name: str, *, first: bool) -> str:
        if first:
            return f"{name} + {page.number(key(self.number)) - page.number(key(0))} AS {name}"
        if name in NAMES.get(relation, ()):
            return f"CASE WHEN {name} = '' THEN '' ELSE {name} || '-{self.number}' END AS {name}"
        if name == "value" and relation in OF_UNITS:
            return f"CASE WHEN {OF_UNITS[relation]} THEN value || '-{self.number}' ELSE value END AS value"
        return name


def size(data: Path) -> str:
    """Say how large a data set is."""
    found = [path.stat().st_size for path in data.rglob("*.parquet")]
    return f"{sum(found) / 1e6:,.0f} MB in {len(found):,} files"


def main() -> None:
    """Make what is missing, time it, print a table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--base", type=Path, help="a ledger made by bench/generate.py")
    words.add_argument("--millions", type=int, nargs=2, default=(1, 10))
    words.add_argument("--runs", type=int, default=3)
    words.add_argument("--spark", action="store_true")
    told = words.parse_args()
    told.folder.mkdir(parents=True, exist_ok=True)
    one = made(told.folder, told.base)
    sets = {millions: told.folder / f"{millions}m" for millions in told.millions}
    for millions, data in sets.items():
        copied(one, data, millions * 1_000_000 // EACH)
    engines = ["duckdb", *(["spark"] if told.spark else [])]
    costs: dict[tuple[str, int], list[Cost]] = {}
    said: dict[int, set[bytes]] = {}
    for run in range(told.runs):
        for engine in engines if run == 0 else engines[:1]:  # Spark once: its minutes do not waver by more than the rest tells
            for millions, data in sets.items():
                cost, out = call(
                    ["report", *QUESTION, "--data", str(data), "--engine", engine],
                    PYSPARK_SUBMIT_ARGS="--driver-memory 6g pyspark-shell",
                )
                costs.setdefault((engine, millions), []).append(cost)
                said.setdefault(millions, set()).add(out)
                print(engine, millions, cost, file=sys.stderr)
    small, large = told.millions
    print(f"| engine | hazards | wall s | cpu s | most MiB | wall, {large} M / {small} M |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for engine in engines:
        walls = {millions: statistics.median(one.wall for one in costs[engine, millions]) for millions in sets}
        for millions in sets:
            found = costs[engine, millions]
            cpu, memory = statistics.median(one.cpu for one in found), max(one.memory for one in found)
            ratio = f"{walls[large] / walls[small]:.1f}" if millions == large else ""
            print(f"| {engine} | {millions} M | {walls[millions]:.1f} | {cpu:.1f} | {memory:.0f} | {ratio} |")
    for millions, data in sets.items():
        same = "the same bytes from every call" if len(said[millions]) == 1 else "THE ANSWERS DIFFER"
        print(f"\n{millions} M: {size(data)}; {same}.")


if __name__ == "__main__":
    main()
