"""Time each stage between the files and the index, in processor time a record, beside the YAML readers others use.

    python bench/reading.py [COUNT] [--folder DIR] [--runs N] [--page FILE]

Everything runs in this process, the stages take turns, and the least of some runs is told: what another process takes away is
no part of it. Ratios within the run count. `ruamel round-trip` reads only some of the files; all others read all of them.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from generate import write
from page import put
from ruamel.yaml import YAML
from yaml import CBaseLoader, load

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import kept
from hazardctl.model.kinds import BY_FOLDER
from hazardctl.model.typed import typed
from hazardctl.store import index
from hazardctl.store import load as loading
from hazardctl.store.canonical import canonical
from hazardctl.store.direct import direct
from hazardctl.store.files import Files
from hazardctl.store.index.filing import Filing, Rows
from hazardctl.store.index.reading import CHUNK
from hazardctl.store.reader import parse
from hazardctl.store.root import find_root

FEW = 100
"""Files that ruamel reads: it takes four milliseconds for each."""


@dataclass(frozen=True)
class Stage:
    """A stage: what it is called, and what is done for how many records."""

    name: str
    work: Callable[[], object]
    records: int


class Made:
    """A ledger on the disk, and what each stage hands to the next."""

    def __init__(self, root: Path) -> None:
        """Read everything once, so that every stage finds what it needs, and the disk is out of the way."""
        self.root = root
        self.config = loading.load_config(root)
        found = sorted(path.relative_to(root).as_posix() for path in root.glob("*/**/*.yaml"))
        self.paths = [path for path in found if path.partition("/")[0] in BY_FOLDER]
        self.datas = [(root / path).read_bytes() for path in self.paths]
        self.kinds = [BY_FOLDER[path.partition("/")[0]] for path in self.paths]
        said = [loading.said(self.config, path, data) for path, data in zip(self.paths, self.datas, strict=True)]
        self.entries = [one for one in said if isinstance(one, Entry)]
        self.rows = self.filled()

    def ledger(self) -> Ledger:
        """Give the ledger with nothing folded yet; its units are known."""
        made = Ledger(self.config, tuple(self.entries))
        made.unit_keys("")
        return made

    def plain(self) -> None:
        """Read every file as Python does."""
        for path in self.paths:
            with open(self.root / path, "rb") as file:  # noqa: PTH123 (the quickest that Python has)
                file.read()

    def files(self) -> None:
        """Read every file as the program does."""
        files = Files(self.root)
        for path in self.paths:
            files.read(path)

    def parts(self) -> None:
        """Parse every record to texts."""
        for data in self.datas:
            canonical(data.decode())

    def direct(self) -> None:
        """Make every record the short way, as if none had been read before."""
        forget()
        for kind, data in zip(self.kinds, self.datas, strict=True):
            direct(kind, data)

    def long(self) -> None:
        """Make every record the long way."""
        for kind, data in zip(self.kinds, self.datas, strict=True):
            tree = parse(data, places=False).tree
            if tree is not None:
                typed(kind, tree, self.config.zone)

    def said(self) -> None:
        """Make every entry, with all findings."""
        forget()
        for path, data in zip(self.paths, self.datas, strict=True):
            loading.said(self.config, path, data)

    def fold(self) -> None:
        """Fold every history."""
        ledger = self.ledger()
        for entry in ledger.hazards:
            ledger.replay(entry)

    def filled(self) -> Rows:
        """Give every row of every relation, histories folded on the way, as the program does: some records at a time."""
        ledger = self.ledger()
        rows: defaultdict[str, list[Any]] = defaultdict(list)
        numbered = list(enumerate(self.entries))
        for some in (numbered[at : at + CHUNK] for at in range(0, len(numbered), CHUNK)):
            for kind in sorted({entry.kind.name for _, entry in some}):
                for table, made in kept.makers(kind).items():
                    for key, entry in some:
                        if entry.kind.name == kind:
                            rows[table] += chain.from_iterable(made(ledger, key, entry))
        return rows

    def put(self) -> None:
        """Put all rows into an empty data base, and index them."""
        base = sqlite3.connect(":memory:", isolation_level=None)
        base.execute("BEGIN")
        for table, columns in kept.tables().items():
            base.execute(f"CREATE TABLE {table} ({columns}){' WITHOUT ROWID' if 'PRIMARY KEY (' in columns else ''}")
        Filing(base, kept).put(self.rows)
        for number, columns in enumerate(kept.indexes()):
            base.execute(f"CREATE INDEX i{number} ON {columns}")
        base.execute("COMMIT")
        base.close()

    def built(self) -> None:
        """Build the whole index with one process."""
        forget()
        index.drop(self.root)
        cores, os.cpu_count = os.cpu_count, lambda: 1
        try:
            loading.load(self.root, keeper=kept)
        finally:
            os.cpu_count = cores

    def yaml(self) -> None:
        """Read every file with PyYAML over libyaml, every scalar a text."""
        for data in self.datas:
            load(data, CBaseLoader)  # noqa: S506 (it makes texts only)

    def ruamel(self) -> None:
        """Read some files with ruamel's round-trip reader."""
        reader = YAML()
        for data in self.datas[: len(self.datas) : max(1, len(self.datas) // FEW)][:FEW]:
            reader.load(data.decode())


def forget() -> None:
    """Forget what lines were read before."""
    from hazardctl.store import direct as module

    module.forget()


def stages(made: Made) -> Sequence[Stage]:
    """Give what is timed, in the order of the road."""
    count = len(made.paths)
    return (
        Stage("open and read, plain Python", made.plain, count),
        Stage("read as the program does", made.files, count),
        Stage("canonical form to texts", made.parts, count),
        Stage("bytes to record, the short way", made.direct, count),
        Stage("bytes to record, the long way", made.long, count),
        Stage("bytes to entry with findings", made.said, count),
        Stage("fold", made.fold, count),
        Stage("fold and rows", made.filled, count),
        Stage("insert and index", made.put, count),
        Stage("cold index, one process, all of it", made.built, count),
        Stage("PyYAML CBaseLoader", made.yaml, count),
        Stage("ruamel.yaml round-trip", made.ruamel, min(count, FEW)),
    )


def timed(made: Made, runs: int) -> Iterator[tuple[str, float]]:
    """Give each stage with the least processor time it took, in microseconds a record."""
    table = stages(made)
    least = dict.fromkeys((one.name for one in table), float("inf"))
    gc.disable()  # as the program does while it reads
    for _ in range(runs):
        for one in table:
            gc.collect()
            start = time.process_time()
            one.work()
            least[one.name] = min(least[one.name], (time.process_time() - start) / one.records * 1e6)
    yield from least.items()


def told(made: Made, runs: int) -> list[str]:
    """Give the table."""
    found = dict(timed(made, runs))
    plain, yaml, ruamel = (found[name] for name in ("open and read, plain Python", "PyYAML CBaseLoader", "ruamel.yaml round-trip"))
    rows = [
        f"\n{len(made.paths)} records, processor time of one process, least of {runs} runs\n",
        "| stage | µs a record | records/s | × plain reading | 1/x of CBaseLoader | 1/x of ruamel |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, cost in found.items():
        rows.append(f"| {name} | {cost:.1f} | {1e6 / cost:,.0f} | {cost / plain:.1f} | {yaml / cost:.1f} | {ruamel / cost:.0f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return [*rows, f"\n{peak} MiB at its peak, everything of every stage at hand at once."]


def main() -> None:
    """Read the words of the call, time, print."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int, nargs="?", default=10_000)
    words.add_argument("--folder", type=Path, help="a ledger that is there already; its index is made anew")
    words.add_argument("--runs", type=int, default=5)
    words.add_argument("--page", type=Path, help="a page with marks, where the table is written as well")
    said = words.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if said.folder is None:
            os.environ["XDG_CACHE_HOME"] = place
            write(said.count, Path(place) / "made", None)
        folder = said.folder or Path(place) / "made"
        root = find_root(folder, str(folder))
        rows = told(Made(root), said.runs)
        sys.stdout.write("\n".join(rows) + "\n")
        if said.page:
            put(said.page, "reading", rows)


if __name__ == "__main__":
    main()
