"""`export --format parquet`: whole ledgers into a data set, one after the other or as the tasks of a cluster (DESIGN §5)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import HazardctlError, UsageError
from hazardctl.language import Text, plain
from hazardctl.measures import kept
from hazardctl.ops.context import Context
from hazardctl.ops.pooling import listed
from hazardctl.ops.question import Words
from hazardctl.store.dataset import page
from hazardctl.store.dataset.files import arrow
from hazardctl.store.dataset.writing import write
from hazardctl.store.layout import FOLDERS
from hazardctl.store.load import Progress, load_config
from hazardctl.store.places import lying

FORMAT: Final = "parquet"
SPARK: Final = "spark"
_NO_FOLDER: Final = Text("parquet 写成一个文件夹：-o DIR", "parquet is written as a folder: -o DIR")
_NOT_A_FOLDER: Final = Text("{path} 不是文件夹", "{path} is no folder")
_IN_RECORDS: Final = Text("{path} 在台账的记录目录里，换个地方", "{path} lies in a record folder of the ledger: take another place")
_WHOLE: Final = Text(
    "数据集收整本台账，不用筛选、统计期、口径和截至日", "a data set takes the whole ledger: no filter, period, basis or as-of day"
)
_AS_IS: Final = Text("parquet 不用 --incognito 和 --template", "parquet takes no --incognito and no --template")
_ENGINE: Final = Text("导出只有 --engine spark", "there is no export engine but spark")
_ONE: Final = Text(
    "--ledger-key 只给一本台账取名；几本时写在 rollup.yaml 里", "--ledger-key names one ledger; of several a rollup.yaml does"
)
_NO_TASK: Final = Text("没有写成：{why}", "not written: {why}")


@dataclass(frozen=True, slots=True)
class Where:
    """What goes into the data set, as typed.

    Attributes:
        folder: of the data set.
        key: name of the one ledger; that of its region or folder without.
        engine: `spark`, or nothing.
        whole: nothing was typed that asks for a part.
        plain: nothing was typed that changes what is written.
    """

    folder: str
    key: str = ""
    engine: str = ""
    whole: bool = True
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """A ledger to be written: its name, the folder that its place begins at, its place, the revision or day, today."""

    key: str
    base: Path
    source: str
    known_at: str
    today: dt.date


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a ledger: its name and records, the files nobody could read, or why it was not written."""

    key: str
    records: int = 0
    hazards: int = 0
    unread: tuple[tuple[str, str], ...] = ()
    failure: tuple[str, str] | None = None

    @property
    def incomplete(self) -> bool:
        """Say whether something is missing."""
        return bool(self.unread) or self.failure is not None


def export(context: Context, words: Words, where: Where, progress: Progress | None = None) -> tuple[Done, ...]:
    """Write ledgers into a data set; one that cannot be read is told of and hinders no other.

    Args:
        context: of the ledger here, or of the folder that the places of ledgers begin at.
        words: `ledgers` names those that are written, the ledger here without; `known_at` the revision or day.
        where: what goes where.
        progress: told of each ledger written here: (files read, files in all).

    Raises:
        UsageError: words that mean nothing, or a ledger that is listed twice.
        MissingExtraError: what writes Parquet, or Spark, is not installed.
        UnreadableError: the ledger here, or the roll-up, cannot be read.
        SystemFailedError: the disk failed, or Spark does not start.
    """
    folder = _folder(where, context, words)
    arrow()
    here = listed(context, words.ledgers or [str(context.root)])
    tasks = [Task(where.key or one.said.key, here.base, one.said.source, words.known_at, context.today) for one in here.found]
    if not words.ledgers:
        return (_written(folder, tasks[0], progress),)
    if where.key:
        raise UsageError(_ONE)
    if where.engine == SPARK:
        from hazardctl.store.dataset.spark import spread

        return tuple(spread(tasks, functools.partial(attempted, folder)))
    return tuple(attempted(folder, task, progress) for task in tasks)


def _folder(where: Where, context: Context, words: Words) -> Path:
    if not where.whole:
        raise UsageError(_WHOLE)
    if not where.plain:
        raise UsageError(_AS_IS)
    if where.engine not in {"", SPARK}:
        raise UsageError(_ENGINE)
    if not where.folder:
        raise UsageError(_NO_FOLDER)
    folder = Path(where.folder).absolute()
    if folder.exists() and not folder.is_dir():
        raise UsageError(_NOT_A_FOLDER.of(path=where.folder))
    if not words.ledgers and folder.resolve().is_relative_to(context.root):
        inside = folder.resolve().relative_to(context.root).parts
        if not inside or inside[0] in FOLDERS:
            raise UsageError(_IN_RECORDS.of(path=where.folder))
    return folder


def attempted(folder: Path, task: Task, progress: Progress | None = None) -> Done:
    """Write a ledger, or say why it was not written."""
    try:
        return _written(folder, task, progress)
    except HazardctlError as failure:
        return Done(task.key, failure=("；".join(failure.lines("zh")), "; ".join(failure.lines("en"))))


def _written(folder: Path, task: Task, progress: Progress | None) -> Done:
    key = page.checked(task.key)
    place = lying(task.base, task.source)
    if task.known_at:
        place = place.known_at(task.known_at, load_config(place.root, place.source).zone, task.today)
    made = write(folder, key, place.root, place.source, kept, known_at=task.known_at, progress=progress)
    return Done(made.key, made.records, made.hazards, made.unread)


def told(done: Sequence[Done], folder: str) -> list[Text]:
    """Say what was written, and everything that was not."""
    lines = [
        WRITTEN.of(
            path=folder,
            n=sum(1 for one in done if one.failure is None),
            records=sum(one.records for one in done),
            hazards=sum(one.hazards for one in done),
        )
    ]
    for one in done:
        if one.failure is not None:
            zh, en = one.failure
            lines.append(Text("{key}：{what}", "{key}: {what}").of(key=plain(one.key), what=_NO_TASK.of(why=Text(zh, en))))
        lines += (UNREAD.of(key=plain(one.key), path=plain(path), what=what) for path, what in one.unread)
    return lines


WRITTEN: Final = Text(
    "已写入 {path}：台账 {n} 本，记录 {records} 条，其中隐患 {hazards} 条",
    "written to {path}: ledgers {n}, records {records}, of them hazards {hazards}",
)
UNREAD: Final = Text("{key}：读不出 {path}（{what}）", "{key}: {path} cannot be read ({what})")
