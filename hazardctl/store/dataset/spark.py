"""The relations of a data set asked through Spark: on this machine, or on the cluster that a call was submitted to."""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from hazardctl.base import Bound, columns, reads
from hazardctl.errors import SystemFailedError, lacks
from hazardctl.language import Text

T = TypeVar("T")
R = TypeVar("R")
WHAT: Final = Text("Spark ", "Spark")
HERE: Final[Mapping[str, str]] = {
    "spark.master": "local[*]",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "4",
}
"""Settings where nobody set a master: everything runs in this process tree."""
_NAMES: Final = re.compile(r"\$(\w+)")
_LOST: Final = Text("Spark 没有做完：{why}", "Spark did not finish: {why}")
_NO_JAVA: Final = Text("Spark 启动不了：{why}", "Spark does not start: {why}")
_JAVA: Final = Text("装上 Java 17 或更新版本，设好 JAVA_HOME", "install Java 17 or later and set JAVA_HOME")


def session() -> Any:  # noqa: ANN401 (pyspark's types are not installed where it is not)
    """Give the session of this process, starting Spark if it does not run yet.

    Raises:
        MissingExtraError: pyspark is not installed.
        SystemFailedError: it does not start: there is no Java, or the cluster does not answer.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # read once, when Spark starts
    try:
        settings: Any = importlib.import_module("pyspark").SparkConf()
        sessions: Any = importlib.import_module("pyspark.sql").SparkSession
    except ImportError:
        raise lacks("spark", WHAT) from None
    builder = sessions.builder.appName("hazardctl")
    if not settings.contains("spark.master"):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        for name, value in HERE.items():
            if not settings.contains(name):
                builder = builder.config(name, value)
    try:
        made = builder.getOrCreate()
    except Exception as failure:  # pyspark has many
        raise SystemFailedError(_NO_JAVA.of(why=str(failure).strip().partition("\n")[0]), _JAVA) from failure
    made.sparkContext.setLogLevel("ERROR")
    return made


class Spark:
    """Relations in Parquet files; each is a view of a session of its own once a statement reads it."""

    def __init__(self, files: Mapping[str, Sequence[Path]], declared: Mapping[str, str]) -> None:
        """Take the files of each relation and its columns.

        Raises:
            MissingExtraError: pyspark is not installed.
            SystemFailedError: Spark does not start.
        """
        self._session = session().newSession()
        self._files, self._declared = files, declared
        self._seen: set[str] = set()
        self._laid: dict[str, dict[tuple[object, ...], None]] = {}

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        """Run a statement; `$name` is spelled `:name`, the one change of its text."""
        for name in sorted(reads(sql) & self._declared.keys() - self._seen):
            self._look(name)
        found = self._session.sql(_NAMES.sub(r":\1", sql), args=dict(bound))
        return [tuple(row) for row in found.collect()]

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        """Run a statement and give its rows one by one."""
        return iter(self.rows(sql, bound))

    def _look(self, name: str) -> None:
        self._seen.add(name)
        paths = [f"file://{path.absolute()}" for path in self._files.get(name, ())]
        shape = _shape(self._declared[name])
        frame = self._session.read.schema(shape).parquet(*paths) if paths else self._session.createDataFrame([], shape)
        frame.createOrReplaceTempView(name)

    def lay(self, name: str, declared: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows into a relation of this session."""
        held = self._laid.setdefault(name, {})
        held.update(dict.fromkeys(map(tuple, rows)))
        self._session.createDataFrame(list(held), _shape(declared)).createOrReplaceTempView(name)

    def drop(self, name: str) -> None:
        """Throw a relation of this session away."""
        self._laid.pop(name, None)
        self._session.catalog.dropTempView(name)

    def source(self, part: str, bound: Bound) -> str:  # noqa: ARG002
        """Leave a sub-query where it stands."""
        return f"({part})"


def _shape(declared: str) -> str:
    return ", ".join(f"`{one.name}` {'BIGINT' if one.whole else 'STRING'}" for one in columns(declared))


def spread(tasks: Sequence[T], work: Callable[[T], R]) -> list[R]:
    """Do a piece of work for each task, as Spark sees fit: on the cores here, or on the machines of the cluster.

    Args:
        tasks: values that can be sent to another machine.
        work: likewise; it raises nothing.

    Raises:
        MissingExtraError: pyspark is not installed.
        SystemFailedError: Spark does not start, or a machine was lost for good.
    """
    if not tasks:
        return []
    context = session().sparkContext
    try:
        found: list[R] = context.parallelize(list(tasks), len(tasks)).map(work).collect()
    except Exception as failure:  # pyspark has many
        raise SystemFailedError(_LOST.of(why=str(failure).strip().partition("\n")[0])) from failure
    return found
