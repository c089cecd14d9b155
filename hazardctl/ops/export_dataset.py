"""`export --format parquet`: whole ledgers into a data set, one after the other or as the tasks of a cluster (DESIGN §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import HazardctlError, UsageError
from hazardctl.language import Text, plain
from hazardctl.measures import kept
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.store.dataset import page
from hazardctl.store.dataset.files import arrow
from hazardctl.store.dataset.writing import write
from hazardctl.store.layout import FOLDERS
from hazardctl.store.load import Progress, find_root, load_config
from hazardctl.store.source import WorkTree, known_at

FORMAT: Final = "parquet"
SPARK: Final = "spark"
_NO_FOLDER: Final = Text("parquet 写成一个文件夹：-o DIR", "parquet is written as a folder: -o DIR")
_NOT_A_FOLDER: Final = Text("{path} 不是文件夹", "{path} is no folder")
_IN_RECORDS: Final = Text("{path} 在台账的记录目录里，换个地方", "{path} lies in a record folder of the ledger: take another place")
_WHOLE: Final = Text(
    "数据集收整本台账，不用筛选、统计期、口径和截至日", "a data set takes the whole ledger: no filter, period, basis or as-of day"
)
_AS_IS: Final = Text("parquet 不用 --incognito 和 --template", "parquet takes no --incognito and no --template")
_TWICE: Final = Text("两本台账都叫“{key}”：{a}，{b}", 'two ledgers are named "{key}": {a}, {b}')
_NAME: Final = Text("写成  名字=DIR", "write  NAME=DIR")
_ENGINE: Final = Text("导出只有 --engine spark", "there is no export engine but spark")
_LIST: Final = Text("读不了清单 {path}：{why}", "the list {path} cannot be read: {why}")
_ONE: Final = Text("--ledger-key 只给一本台账取名；几本时写成  名字=DIR", "--ledger-key names one ledger; of several write  NAME=DIR")
_NO_TASK: Final = Text("没有写成：{why}", "not written: {why}")


@dataclass(frozen=True, slots=True)
class Where:
    """What goes into the data set, as typed.

    Attributes:
        folder: of the data set.
        key: name of the one ledger; of its organisation without.
        ledgers: `DIR`, `NAME=DIR`, either with `@REF` behind it; the ledger here without any.
        lists: files with such words, a line each.
        engine: `spark`, or nothing.
        whole: nothing was typed that asks for a part.
        plain: nothing was typed that changes what is written.
    """

    folder: str
    key: str = ""
    ledgers: tuple[str, ...] = ()
    lists: tuple[Path, ...] = ()
    engine: str = ""
    whole: bool = True
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """A ledger to be written: its words, its name if it was given one, the revision or day, today."""

    typed: str
    key: str
    place: str
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


def export(context: Context | None, words: Words, where: Where, today: dt.date, progress: Progress | None = None) -> tuple[Done, ...]:
    """Write ledgers into a data set; one that cannot be read is told of and hinders no other.

    Args:
        context: of the ledger here; None where others are named.
        words: its `known_at` is that of the ledger here.
        where: what goes where.
        today: for days such as `yesterday` in a revision.
        progress: told of the ledger here: (files read, files in all).

    Raises:
        UsageError: words that mean nothing, or two ledgers of one name.
        MissingExtraError: what writes Parquet, or Spark, is not installed.
        UnreadableError: the ledger here cannot be read.
        SystemFailedError: the disk failed, or Spark does not start.
    """
    folder = _folder(where, context)
    arrow()
    if not where.ledgers and not where.lists:
        assert context is not None  # noqa: S101 (the door brings one)
        return (_written(folder, Task("", where.key, str(context.root), words.known_at, today), progress),)
    if where.key:
        raise UsageError(_ONE)
    tasks = [_task(text, today) for text in (*where.ledgers, *_listed(where.lists))]
    named, failed = _named(tasks)
    if where.engine == SPARK:
        from hazardctl.store.dataset.spark import spread

        return (*failed, *spread(named, lambda task: attempted(folder, task)))
    return (*failed, *(attempted(folder, task) for task in named))


def _folder(where: Where, context: Context | None) -> Path:
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
    if context is not None and folder.resolve().is_relative_to(context.root):
        inside = folder.resolve().relative_to(context.root).parts
        if not inside or inside[0] in FOLDERS:
            raise UsageError(_IN_RECORDS.of(path=where.folder))
    return folder


def _listed(lists: Iterable[Path]) -> list[str]:
    found: list[str] = []
    for path in lists:
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as failure:
            raise UsageError(_LIST.of(path=plain(str(path)), why=plain(str(failure)))) from None
        found += (line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))
    return found


def _task(text: str, today: dt.date) -> Task:
    """Read `NAME=DIR@REF`; what exists as a folder is taken as one, whatever signs are in its name."""
    key, equals, rest = text.partition("=")
    if not equals or Path(text).is_dir():
        key, rest = "", text
    place, at, revision = rest.rpartition("@")
    if not at or Path(rest).is_dir():
        place, revision = rest, ""
    return Task(text, key.strip(), str(Path(place.strip()).absolute()), revision.strip(), today)


def _named(tasks: Sequence[Task]) -> tuple[list[Task], list[Done]]:
    """Give every ledger its name; those without a readable configuration are failures.

    Raises:
        UsageError: two have one name.
    """
    named: dict[str, Task] = {}
    failed: list[Done] = []
    for task in tasks:
        try:
            root = find_root(Path(task.place), task.place)
            key = page.checked(task.key) if task.key else key_of(root)
        except HazardctlError as failure:
            failed.append(_failed(task, failure))
            continue
        if (other := named.setdefault(key, task)) is not task:
            raise UsageError(_TWICE.of(key=key, a=other.typed, b=task.typed), _NAME)
        named[key] = Task(task.typed, key, str(root), task.known_at, task.today)
    return list(named.values()), failed


def key_of(root: Path) -> str:
    """Give the name of a ledger in a data set where none is given: that of its organisation, else of its folder.

    Raises:
        UnreadableError: its configuration cannot be read.
    """
    name = load_config(root).organisation.name or (root.parent if root.name == "ledger" else root).name
    fit = "".join(one if one.isalnum() or one in "-_." else "-" for one in name).strip("-_.")
    return page.checked(fit[: page.MOST_KEY] or "ledger")


def attempted(folder: Path, task: Task) -> Done:
    """Write a ledger, or say why it was not written."""
    try:
        return _written(folder, task)
    except HazardctlError as failure:
        return _failed(task, failure)


def _failed(task: Task, failure: HazardctlError) -> Done:
    zh, en = ("；".join(failure.lines("zh")), "; ".join(failure.lines("en")))
    return Done(task.key or task.typed, failure=(zh, en))


def _written(folder: Path, task: Task, progress: Progress | None = None) -> Done:
    root = Path(task.place)
    source = known_at(root, task.known_at, load_config(root).zone, task.today) if task.known_at else WorkTree(root)
    key = page.checked(task.key) if task.key else key_of(root)
    made = write(folder, key, root, source, kept, known_at=task.known_at, progress=progress)
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
