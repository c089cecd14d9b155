"""What questions are asked of: relations, and statements over them. SQLite's stands here; another engine is one more class.

Nothing but plain statements, bound values, whole numbers and texts passes through (DESIGN §5).
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

if TYPE_CHECKING:
    import sqlite3

Bound: TypeAlias = Mapping[str, int | str]
_PARTS: Final = re.compile(r",\s*(?![^(]*\))")
_KEY: Final = "PRIMARY KEY"
_NUMBERS: Final = itertools.count()
SOURCES: Final = 8
"""Sub-queries whose rows are held at a time: about the views of one question."""
_READS: Final = re.compile(r"\b(?:FROM|JOIN) (\w+)")


class Base(Protocol):
    """Relations that hold the rows of records, and room for more."""

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        """Run a statement.

        Args:
            sql: portable text (MEASURES §6), a bound value being `$name`.
            bound: a value for each name in the text, and no other.
        """
        ...

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        """Run a statement and give its rows one by one."""
        ...

    def lay(self, name: str, columns: str, rows: Iterable[Sequence[object]], /) -> None:
        """Put rows that no record holds into a relation of this session, making it if there is none; a key that is there stays."""
        ...

    def drop(self, name: str) -> None:
        """Throw a relation of this session away, if there is one."""
        ...

    def source(self, part: str, bound: Bound, /) -> str:
        """Give what statements may read in place of a sub-query that several of them share.

        Args:
            part: text of the sub-query, without brackets.
            bound: a value for each name in the text, and no other.

        Returns:
            The sub-query in brackets, or the name of a relation of this session that holds its rows.
        """
        ...


class Lite:
    """Relations in SQLite."""

    def __init__(self, connection: sqlite3.Connection, *, temporary: bool = False, state: str = "") -> None:
        """Take the data base.

        Args:
            connection: with the rows of the records, or empty.
            temporary: what is laid is of this session; the file knows nothing of it.
            state: a statement whose answer is another one when the rows in the file are others, `{base}` standing for the data base;
                empty where others may not read the file.
        """
        self._connection = connection
        self._made = "TEMP TABLE" if temporary else "TABLE"
        self.state = state
        self._sources: dict[tuple[object, ...], str] = {}

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        """Run a statement."""
        return self._connection.execute(sql, bound).fetchall()

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        """Run a statement and give its rows one by one."""
        return self._connection.execute(sql, bound)

    def lay(self, name: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows into a relation, as one transaction, in the order of their key."""
        self._create(name, columns)
        coming = iter(rows)
        first = next(coming, None)
        if first is None:
            return
        marks = ", ".join("?" * len(first))
        own = not self._connection.in_transaction
        if own:
            self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", itertools.chain([first], coming))  # noqa: S608
        if own:
            self._connection.execute("COMMIT")

    def _create(self, name: str, columns: str) -> None:
        rowid = " WITHOUT ROWID" if f"{_KEY} (" in columns else ""
        self._connection.execute(f"CREATE {self._made} IF NOT EXISTS {name} ({columns}){rowid}")

    def take(self, name: str, declared: str, other: Base, shift: int) -> bool:
        """Put what a relation holds in the file of another data base into one of this session, without a look at each row.

        Args:
            name: of the relation in both.
            declared: its columns as SQL declares them.
            other: where the rows stand.
            shift: is added to the key of each row, its first column.

        Returns:
            Whether that could be done: not where there is no file, or somebody else has just changed what is in it.
        """
        if not isinstance(other, Lite) or not other.state or self._connection.in_transaction:
            return False
        from sqlite3 import OperationalError  # not on the road of commands that ask for no figure

        self._create(name, declared)
        try:
            self._connection.execute("ATTACH ? AS theirs", (f"{Path(other.file).as_uri()}?mode=ro",))
        except OperationalError:  # it was thrown away meanwhile; who has it open reads it still
            return False
        try:
            return self._copied(name, declared, other, shift)
        except OperationalError:
            self._connection.execute("ROLLBACK")
            return False
        finally:
            self._connection.execute("DETACH theirs")

    def _copied(self, name: str, declared: str, other: Lite, shift: int) -> bool:
        first, *more = (one.name for one in columns(declared))
        self._connection.execute("BEGIN")
        same = self.rows(other.state.format(base="theirs"), {}) == other.rows(other.state.format(base="main"), {})
        if same:
            kept = ", ".join([f"{first} + {shift}", *more])
            self._connection.execute(f"INSERT OR IGNORE INTO {name} SELECT {kept} FROM theirs.{name} ORDER BY 1")  # noqa: S608
        self._connection.execute("COMMIT")
        return same

    @property
    def file(self) -> str:
        """Give where the data base lies."""
        return next(str(path) for _, name, path in self._connection.execute("PRAGMA database_list") if name == "main")

    def drop(self, name: str) -> None:
        """Throw a relation away."""
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")

    def source(self, part: str, bound: Bound) -> str:
        """Lay the rows of a sub-query down when it is first asked; the relations it reads stay as they are while it is held."""
        asked = (part, *sorted(bound.items()))
        name = self._sources.pop(asked, "")
        if not name:
            name = f"source_{next(_NUMBERS)}"
            self._connection.execute(f"CREATE {self._made} {name} AS {part}", bound)
        self._sources[asked] = name
        if len(self._sources) > SOURCES:
            self.drop(self._sources.pop(next(iter(self._sources))))
        return name


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and whether it holds whole numbers; else it holds texts."""

    name: str
    whole: bool


def columns(declared: str) -> tuple[Column, ...]:
    """Give the columns of a relation that is declared as SQL.

    Examples:
        >>> columns("hazard INTEGER, field TEXT, PRIMARY KEY (hazard, field)")
        (Column(name='hazard', whole=True), Column(name='field', whole=False))
    """
    parts = (part.split() for part in _PARTS.split(declared) if not part.startswith(_KEY))
    return tuple(Column(words[0], words[1] == "INTEGER") for words in parts)


def keys(declared: str) -> tuple[str, ...]:
    """Give the columns that make the key of a relation.

    Examples:
        >>> keys("day INTEGER PRIMARY KEY, month TEXT"), keys("hazard INTEGER, start INTEGER, PRIMARY KEY (hazard, start)")
        (('day',), ('hazard', 'start'))
        >>> keys("hazard INTEGER, field TEXT")
        ()
    """
    for part in _PARTS.split(declared):
        if part.startswith(_KEY):
            return tuple(part[len(_KEY) :].strip(" ()").split(", "))
        if part.endswith(_KEY):
            return (part.split()[0],)
    return ()


@functools.lru_cache(maxsize=128)
def reads(sql: str) -> frozenset[str]:
    """Give the relations a statement reads.

    Examples:
        >>> sorted(reads("SELECT 1 FROM hazard h JOIN span p ON p.hazard = h.key"))
        ['hazard', 'span']
    """
    return frozenset(_READS.findall(sql))
