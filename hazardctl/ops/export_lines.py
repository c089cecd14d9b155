"""The rows of an export, as many as the ledger has hazards: made one after the other, and never all of them in memory."""

from __future__ import annotations

import functools
import itertools
import pickle
import tempfile
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from typing import IO, Final, Protocol, cast

from hazardctl.errors import SystemFailedError, reason
from hazardctl.language import Language, Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures.walk import Walk
from hazardctl.model.hazard import Hazard
from hazardctl.ops.export_rows import KEYS, Line, line
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.standing import Row
from hazardctl.store.load import Progress

STEP: Final = 256
"""Rows that are in memory together."""
NO_ROOM: Final = Text("临时文件写不进去：{why}", "a temporary file cannot be written: {why}")


class Lines(Protocol):
    """Rows that can be counted and walked, more than once."""

    def __len__(self) -> int:
        """Count them."""
        ...

    def __iter__(self) -> Iterator[Line]:
        """Give them in the order of their ids."""
        ...


@dataclass(frozen=True)
class Made:
    """The rows of the hazards that fit, made anew by each walk.

    Attributes:
        ledger: as read.
        walk: the hazards.
        language: of the words in them.
        hiding: gives pseudonyms for names; None where they stay.
        progress: told (rows made, rows in all) now and then.
        wanted: ids of those that are made; None for all. They are counted all the same.
    """

    ledger: Ledger
    walk: Walk
    language: Language
    hiding: Hiding | None = None
    progress: Progress | None = None
    wanted: Container[str] | None = None

    @functools.cached_property
    def _count(self) -> int:
        return len(self.walk)

    def __len__(self) -> int:
        """Count them; that is asked once."""
        return self._count

    def __iter__(self) -> Iterator[Line]:
        """Make them, from the files of some hazards at a time."""
        rows, done = (row for row in self.walk if self.wanted is None or str(row["id"]) in self.wanted), 0
        while some := list(itertools.islice(rows, STEP)):
            entries = self.ledger.passing([str(row["path"]) for row in some])
            for row, entry in zip(some, entries, strict=True):
                made = line(self.ledger, cast("Row", row), cast("Entry[Hazard]", entry), self.walk.day, self.language)
                yield replace(made, cells=self.hiding.page(made.cells)) if self.hiding else made
            if self.progress:
                self.progress(done, len(self))
            done += len(some)


class Aside:
    """Rows that are laid aside as they are walked for the first time, so that they need not be made again: many of them in a file."""

    def __init__(self, lines: Lines, *, many: bool) -> None:
        """Take the rows; `many` of them go into a temporary file, which is gone with this."""
        self._lines, self._many = lines, many
        self._few: list[Line] = []
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        """Count them."""
        return len(self._lines)

    def __iter__(self) -> Iterator[Line]:
        """Give them; who walks them first walks all of them."""
        if not self._many:
            self._few = self._few or list(self._lines)
            return iter(self._few)
        return self._laying() if self._file is None else self._laid(self._file)

    def close(self) -> None:
        """Let the file go."""
        if self._file is not None:
            self._file.close()

    def _laying(self) -> Iterator[Line]:
        self._file = tempfile.TemporaryFile(prefix="hazardctl-")  # noqa: SIM115 (it lasts as long as the rows are wanted)
        lines = iter(self._lines)
        while some := list(itertools.islice(lines, STEP)):
            try:
                pickle.dump([_packed(one) for one in some], self._file)
            except OSError as failure:
                raise SystemFailedError(NO_ROOM.of(why=reason(failure))) from failure
            yield from some

    @staticmethod
    def _laid(file: IO[bytes]) -> Iterator[Line]:
        size = file.seek(0, 2)
        file.seek(0)
        while file.tell() < size:
            for name, cells, *rest in pickle.load(file):  # noqa: S301 (nobody else can write into a file without a name)
                yield Line(name, dict(zip(KEYS, cells, strict=True)), *rest)


def _packed(one: Line) -> tuple[object, ...]:
    return (one.id, tuple(one.cells[key] for key in KEYS), one.state, one.grade, one.sector, one.overdue, one.soon)
