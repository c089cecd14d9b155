"""Beyond one machine: ledgers handed out as Parquet, and asked there with the very same statements (DESIGN §5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from hazardctl.base import Base
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import kept
from hazardctl.ops.context import DataSet
from hazardctl.store.dataset.opening import opened as opened_as_ledger

USUAL: Final = "duckdb"
NO_ENGINE: Final = Text("没有引擎“{it}”", 'there is no engine "{it}"')
ENGINES_ARE: Final = Text("可以用：{all}", "there are: {all}")
NO_DATA: Final = Text("--engine 和 --ledger-key 要和 --data DIR 一起用", "--engine and --ledger-key go with --data DIR")
ONE_MOMENT: Final = Text("数据集只有导出那一刻，不能用 --known-at", "a data set knows one moment only: there is no --known-at")
EXPORT_IT: Final = Text(
    "导出那时的台账  hazardctl export --known-at REF --format parquet -o DIR",
    "export the ledger of that time  hazardctl export --known-at REF --format parquet -o DIR",
)


def asked(folder: Path | None, engine: str, keys: Sequence[str] | None) -> DataSet | None:
    """Give the data set that a call names; None where it is about a ledger of files.

    Raises:
        UsageError: there is no such engine, or no data set for it.
    """
    name = engine.strip().lower()
    if name and name not in ENGINES:
        raise UsageError(NO_ENGINE.of(it=engine), ENGINES_ARE.of(all=list(ENGINES)))
    if folder is None:
        if name or keys:
            raise UsageError(NO_DATA)
        return None
    return DataSet(folder, tuple(keys or ()), name or USUAL)


def opened(data: DataSet, known_at: str = "") -> Ledger:
    """Open the ledgers of a data set as one.

    Raises:
        UsageError: a revision was asked for, there is no such ledger, or the ledgers do not add up.
        UnreadableError: there is no data set, or a part of it is damaged or of another version.
        MissingExtraError: the engine is not installed.
    """
    if known_at:
        raise UsageError(ONE_MOMENT, EXPORT_IT)
    return opened_as_ledger(data.folder, data.keys, kept, ENGINES[data.engine or USUAL])


def _duckdb(files: Mapping[str, Sequence[Path]], declared: Mapping[str, str]) -> Base:
    from hazardctl.store.dataset.duck import Duck

    return Duck(files, declared)


def _spark(files: Mapping[str, Sequence[Path]], declared: Mapping[str, str]) -> Base:
    from hazardctl.store.dataset.spark import Spark

    return Spark(files, declared)


ENGINES: Final[Mapping[str, Callable[[Mapping[str, Sequence[Path]], Mapping[str, str]], Base]]] = {"duckdb": _duckdb, "spark": _spark}
