"""The engine below the measures: SQLite in memory, its relations made when a statement first reads them.

Nothing but plain statements and bound values passes through here, so another engine takes its place by one more module
(DESIGN §5). Whole numbers and texts come out.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hazardctl.ledger import Ledger
from hazardctl.measures import series, statement
from hazardctl.measures.question import Question
from hazardctl.measures.records import relation
from hazardctl.measures.relations import ROWS, SCHEMA, Row, calendar_rows

if TYPE_CHECKING:
    import sqlite3

Bound: TypeAlias = Mapping[str, int | str]
CALENDAR: Final = "day INTEGER PRIMARY KEY, month, quarter, year"


class Engine:
    """A ledger as relations."""

    def __init__(self, ledger: Ledger) -> None:
        """Open an empty data base in memory; relations follow when a statement reads them."""
        import sqlite3  # not on the road of commands that ask for no figure

        self._ledger = ledger
        self._connection: sqlite3.Connection = sqlite3.connect(":memory:", isolation_level=None)
        weakref.finalize(self, self._connection.close)  # whoever drops the book need not remember to close it
        self._made: set[str] = set()
        self._days: tuple[int, int] | None = None

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        """Run a statement with the bound values that stand in it.

        Args:
            sql: text joined by `hazardctl.measures.statement`.
            bound: values by name; more than the text names are no harm. `s`, `t` and `look_back` say which days a line by time
                may hold.
        """
        for name in sorted(statement.relations(sql)):
            if name == "day":
                self._calendar(int(bound["s"]) - int(bound["look_back"]) - 1, int(bound["t"]))
            elif name in SCHEMA:
                self._make(name, SCHEMA[name], ROWS[name])
            elif made := relation(name):
                self._make(name, made.columns, made.rows)
        return self._connection.execute(sql, {name: bound[name] for name in statement.names(sql)}).fetchall()

    def stretches(self, questions: Sequence[Question]) -> None:
        """Lay out the days of questions that follow one another, for `hazardctl.measures.series`; those of an earlier call go."""
        self._connection.execute("DROP TABLE IF EXISTS stretch")
        self._connection.execute("DROP TABLE IF EXISTS stretch_day")
        self._fill("stretch", series.STRETCH, iter(series.stretches(questions)))
        self._fill("stretch_day", series.STRETCH_DAY, series.days(questions))

    def _make(self, name: str, columns: str, rows: Callable[[Ledger], Iterator[Row]]) -> None:
        if name not in self._made:
            self._made.add(name)
            self._fill(name, columns, rows(self._ledger))

    def _fill(self, name: str, columns: str, rows: Iterator[Row]) -> None:
        """Make a relation if there is none and put rows in, as one transaction, in the order of their key."""
        rowid = " WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}){rowid}")
        first = next(rows, None)
        if first is None:
            return
        marks = ", ".join("?" * len(first))
        self._connection.execute("BEGIN")
        self._connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", itertools.chain([first], rows))
        self._connection.execute("COMMIT")

    def _calendar(self, first: int, last: int) -> None:
        """Make sure that the calendar covers the days a question may put on a line."""
        found = self._connection.execute("SELECT MIN(found) FROM hazard").fetchone()[0]
        first = first if found is None else min(first, found)
        if self._days is None or first < self._days[0] or last > self._days[1]:
            known = self._days or (first, last)
            self._days = (min(first, known[0]), max(last, known[1]))
            self._fill("day", CALENDAR, calendar_rows(*self._days))
