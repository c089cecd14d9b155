"""A ledger written into a data set, record by record: each file is read once and no record is kept (DESIGN §5).

It leans on nothing but a `Source`, so a work tree, a revision of it and a ledger in another repository are written alike, and a
cluster may write thousands of them side by side.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.base import columns
from hazardctl.diagnostics import Finding
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.model.kinds import KINDS
from hazardctl.model.record import Record
from hazardctl.shelf import Entry, Unread
from hazardctl.store import atomic
from hazardctl.store.dataset import page, tables
from hazardctl.store.dataset.files import Files, arrow, sweep
from hazardctl.store.dataset.page import NONE, PAGES, Page
from hazardctl.store.files import RefusedError
from hazardctl.store.index import Keeper
from hazardctl.store.layout import Found
from hazardctl.store.load import Progress, load_config, said, seals_of
from hazardctl.store.lock import lock
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Source

CHUNK: Final = 1_000
"""Records after which what was worked out about them is forgotten."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of a ledger: its name, its records, its hazards, and the files that could not be read."""

    key: str
    records: int
    hazards: int
    unread: tuple[tuple[str, str], ...]


def write(
    data: Path, key: str, root: Path, source: Source, keeper: Keeper, *, known_at: str = "", progress: Progress | None = None
) -> Written:
    """Write a ledger into a data set, in the place of what stands there under its name.

    Args:
        data: the folder of the data set; made if it is not there.
        key: name of the ledger in it.
        root: the ledger root, for messages about its configuration.
        source: where its files are read from.
        keeper: the relations that questions are asked of.
        known_at: the revision or day that the source is of, as typed.
        progress: told (files done, files in all) now and then.

    Raises:
        UnreadableError: the configuration cannot be read.
        MissingExtraError: what writes Parquet is not installed.
        LockedError: another export into the data set does not end.
        SystemFailedError: the disk failed; the old export stands.
    """
    arrow()
    config = load_config(root, source)
    with atomic.spoken(data):
        (data / PAGES).mkdir(parents=True, exist_ok=True)
    declared = tables.tables(keeper)
    every = {name: columns(text) for name, text in declared.items()}
    with Files(data, key, every) as files:
        made = _Ledger(config, source, keeper, key)
        made.read(files, progress)
        seals, wrong = seals_of(source, config)
        written = Page(
            key,
            page.form(declared),
            source.commit,
            known_at,
            source.read(CONFIG_FILE).decode(),
            tuple((one.path, source.read(one.path).decode()) for one in seals),
            tuple(page.said(one.path, one.kind, one.findings[0]) for one in made.unread),
            tuple(page.said(path, "", finding) for path, finding in (*made.strays, *wrong)),
            files.files(),
        )
        with lock(data / PAGES):
            page.written(data, written)
            sweep(data, key, declared, (one.path for found in written.files.values() for one in found))
    unread = tuple((one.path, one.code) for one in written.unread)
    return Written(key, made.records, made.hazards, unread)


class _Ledger:
    """The records of a source on their way into files."""

    def __init__(self, config: Config, source: Source, keeper: Keeper, key: str) -> None:
        self._config, self._source, self._keeper = config, source, keeper
        self._first = page.number(key)
        self.unread: list[Unread] = []
        self.strays: list[tuple[str, Finding]] = []
        self.records = self.hazards = 0

    def read(self, files: Files, progress: Progress | None) -> None:
        """Read everything: the units first, which the rows of others lean on."""
        found = self._source.files()
        self.strays = [(one.path, one.finding) for one in found if one.finding is not None]
        readable = [one for one in found if one.kind]
        self._source.want(one.path for one in readable)
        units = tuple(entry for entry, _ in self._entries([one for one in readable if one.kind == "unit"]))
        self.unread.clear()
        done = 0
        for kind in KINDS:
            mine = [one for one in readable if one.kind == kind.name]
            numbered = enumerate(self._entries(mine), self._first)
            while chunk := list(itertools.islice(numbered, CHUNK)):
                ledger = Ledger(self._config, units)  # its histories go with it
                for number, (entry, data) in chunk:
                    day = entry.record.day
                    files.add(str(day.year) if day else NONE, self._keeper.rows(ledger, number, entry))
                    files.add(str(day.year) if day else NONE, tables.rows(number, entry, data))
                self.records += len(chunk)
                self.hazards += len(chunk) if kind.name == "hazard" else 0
                if progress:
                    progress(done + len(chunk), len(readable))
                done += len(chunk)
            files.end()

    def _entries(self, found: list[Found]) -> Iterator[tuple[Entry[Record], bytes]]:
        for one in found:
            try:
                data = self._source.read(one.path)
            except RefusedError as refusal:
                self.unread.append(Unread(one.path, one.kind, (refusal.finding,)))
                continue
            entry = said(self._config, one.path, data)
            if isinstance(entry, Entry):
                yield entry, data
            else:
                self.unread.append(entry)
