"""Made-up ledgers put into data sets, and SQLite over the very same Parquet files: one more engine to hold the others against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet

from hazardctl.base import Lite
from hazardctl.measures import kept
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Tree
from hazardctl.store.dataset.writing import Written, write
from hazardctl.store.emit import record_text
from hazardctl.store.layout import Found, listed
from tests import strategies


@dataclass(frozen=True)
class Texts:
    """Files by path, as a `Source`."""

    texts: Mapping[str, bytes]
    commit: str = "0123456789"
    wanted: list[str] = field(default_factory=list[str])

    def files(self) -> Sequence[Found]:
        return listed({path: True for path in sorted(self.texts) if "/" in path})

    def seals(self) -> Sequence[Found]:
        return []

    def read(self, path: str) -> bytes:
        return self.texts[path]

    def key(self, path: str) -> str:  # noqa: ARG002
        return ""

    def want(self, paths: Iterable[str]) -> None:
        self.wanted.extend(paths)


def source(trees: Sequence[Tree], config: Tree | None = None) -> Texts:
    """Write hazards as files would say them, in the order given."""
    order = BY_NAME["hazard"].model.order()
    texts = {f"hazards/{2000 + number}/01/{tree['id']}.yaml": record_text(tree, order).encode() for number, tree in enumerate(trees)}
    return Texts({"hazardctl.yaml": record_text(config or strategies.CONFIG, ()).encode(), **texts})


def put(data: Path, key: str, trees: Sequence[Tree]) -> Written:
    """Put a ledger of hazards into a data set."""
    return write(data, key, Path("nowhere"), source(trees), kept)


def lite(files: Mapping[str, Sequence[Path]], declared: Mapping[str, str]) -> Lite:
    """Give SQLite over Parquet files."""
    base = Lite(sqlite3.connect(":memory:", isolation_level=None))
    for name, columns in declared.items():
        rows = (row for path in files.get(name, ()) for row in pyarrow.parquet.ParquetFile(path).read().to_pylist())
        base.lay(name, columns, (tuple(row.values()) for row in rows))
    return base
