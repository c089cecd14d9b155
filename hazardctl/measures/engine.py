"""The engine below the measures: a ledger as relations, made when a statement first reads them where no index holds them.

Nothing but plain statements and bound values passes through here: what runs them is a `hazardctl.base.Base` (DESIGN §5).
"""

from __future__ import annotations

import hashlib
import weakref
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from hazardctl.base import Base, Bound, Lite, reads
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import series, statement
from hazardctl.measures.meanwhile import Meanwhile
from hazardctl.measures.question import Question
from hazardctl.measures.relations import REGIONS, ROWS, SCHEMA, Row, calendar_rows, regions

APART: Final = 100_000_000
"""How far the keys of two ledgers of a pool lie apart: more than any of them has records."""
CALENDAR: Final = "day INTEGER PRIMARY KEY, month TEXT, quarter TEXT, year TEXT"
T = TypeVar("T")


class Engine:
    """A ledger as relations."""

    def __init__(self, ledger: Ledger, shares: Sequence[Engine] = ()) -> None:
        """Take the relations of the index, where the rows of the records stand already, else make an empty data base in memory.

        Args:
            ledger: whose records.
            shares: the engines of the ledgers it is made of, whose rows are its own.
        """
        self._ledger, self._shares = ledger, shares
        self._kept = ledger.shelf is not None
        self._base = _empty(self) if ledger.shelf is None else ledger.shelf.base
        self._made: set[str] = set()
        self._days: tuple[int, int] | None = None
        self._stretches = ""

    def rows(self, sql: str, bound: Bound, shared: Sequence[str] = ()) -> list[Any]:
        """Run a statement with the bound values that stand in it.

        Args:
            sql: text joined by `hazardctl.measures.statement`.
            bound: values by name; more than the text names are no harm. `s`, `t` and `look_back` say which days a line by time
                may hold.
            shared: sub-queries of the text that other statements of the question read too, an inner one before what reads it;
                the base may evaluate each once.
        """
        used = _used(sql, bound)
        shelf = self._ledger.shelf
        laid_out = self._stretches if reads(sql) & {"stretch", "stretch_day"} else ""
        question = hashlib.blake2b(repr((sql, used, laid_out)).encode(), digest_size=16).digest() if shelf is not None else b""
        if shelf is not None and (known := shelf.remembered(question)) is not None:
            return known
        self._prepare(sql, bound)
        for part in self._placed(shared, bound):
            sql = sql.replace(*part)
        rows = self._base.rows(sql, _used(sql, bound))
        if shelf is not None:
            shelf.remember(question, rows)
        return rows

    def meanwhile(self, work: Callable[[Engine], T]) -> Callable[[], T] | None:
        """Begin something on a second connection, in a thread of its own; give what waits for it, None where that is not to be had.

        Args:
            work: asks the engine that it is given, and no other.
        """
        shelf = self._ledger.shelf
        other = shelf.beside() if shelf is not None else None
        if shelf is None or other is None:
            return None
        engine = Engine(replace(self._ledger, entries=other))
        doing = Meanwhile(lambda: work(engine))

        def done() -> T:
            found = doing.done()
            shelf.join(other)
            return found

        return done

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        """Run a statement and give its rows one by one: they may be as many as there are records, so none of them is remembered."""
        self._prepare(sql, bound)
        return self._base.each(sql, _used(sql, bound))

    def _placed(self, shared: Sequence[str], bound: Bound) -> Iterator[tuple[str, str]]:
        """Give the text of each shared sub-query, outer ones first, and what stands in its place."""
        placed: list[tuple[str, str]] = []
        for part in shared:
            inner = part
            for one in reversed(placed):
                inner = inner.replace(*one)
            placed.append((f"({part})", self._base.source(inner, _used(inner, bound))))
        return reversed(placed)

    def _prepare(self, sql: str, bound: Bound) -> None:
        """Make the relations that a statement reads and that are not there yet."""
        for name in sorted(reads(sql)):
            if name == "day":
                self._calendar(int(bound["s"]) - int(bound["look_back"]) - 1, int(bound["t"]))
            else:
                self.stand(name)

    def stretches(self, questions: Sequence[Question]) -> None:
        """Lay out the days of questions that follow one another, for `hazardctl.measures.series`; those of an earlier call go."""
        for name, columns, rows in (
            ("stretch", series.STRETCH, iter(series.stretches(questions))),
            ("stretch_day", series.STRETCH_DAY, series.days(questions)),
        ):
            self._base.drop(name)
            self._base.lay(name, columns, rows)
        self._stretches = repr([(tuple(one.days()), one.ranges) for one in questions])

    def _make(self, name: str) -> None:
        if name in REGIONS:
            self._base.lay(name, *regions(name, self._ledger))
        elif name in SCHEMA:
            self._laid_down(name, SCHEMA[name], "hazard", ROWS[name])
        elif self._shares or not self._kept:
            from hazardctl.measures.records import relation  # what the models say is not on the road of who asks an index

            if (made := relation(name)) is not None:
                self._laid_down(name, made.columns, made.kind, made.rows)

    def _laid_down(self, name: str, columns: str, kind: str, rows: Callable[[Ledger, int, Entry[Any]], Iterator[Row]]) -> None:
        """Make a relation of records: of all shares of a pool, of the records at hand, or none where it stands in the index."""
        for number, share in enumerate(self._shares):
            self._of_share(name, columns, share, number * APART)
        if not self._shares and not self._kept:
            self._base.lay(name, columns, self._of_records(kind, rows))

    def _of_records(self, kind: str, rows: Callable[[Ledger, int, Entry[Any]], Iterator[Row]]) -> Iterator[Row]:
        return (row for key, entry in enumerate(self._ledger.of(kind)) for row in rows(self._ledger, key, entry))

    def _of_share(self, name: str, columns: str, share: Engine, apart: int) -> None:
        """Lay the rows of a share down, under keys of its own."""
        share.stand(name)
        if not (isinstance(self._base, Lite) and self._base.take(name, columns, share.base, apart)):
            self._base.lay(name, columns, ((row[0] + apart, *row[1:]) for row in share.whole(name)))

    @property
    def base(self) -> Base:
        """Give where the relations stand."""
        return self._base

    def stand(self, name: str) -> None:
        """See that a relation of records is there."""
        if name not in self._made:
            self._made.add(name)
            self._make(name)

    def whole(self, name: str) -> Iterator[Any]:
        """Give every row of a relation of records, in the order of their keys; the first column is the key of the record."""
        self.stand(name)
        return self._base.each(f"SELECT * FROM {name} ORDER BY 1", {})

    def _calendar(self, first: int, last: int) -> None:
        """Make sure that the calendar covers the days a question may put on a line."""
        earliest = "SELECT MIN(found) FROM hazard"
        self._prepare(earliest, {})
        found = self._base.rows(earliest, {})[0][0]
        first = first if found is None else min(first, found)
        if self._days is None or first < self._days[0] or last > self._days[1]:
            known = self._days or (first, last)
            self._days = (min(first, known[0]), max(last, known[1]))
            self._base.lay("day", CALENDAR, calendar_rows(*self._days))


def _used(sql: str, bound: Bound) -> Bound:
    return {name: bound[name] for name in sorted(statement.names(sql))}


def _empty(owner: object) -> Base:
    import sqlite3  # not on the road of commands that ask for no figure

    # whichever thread drops the last reference closes it, and that may be one that only asks git
    connection = sqlite3.connect(":memory:", uri=True, isolation_level=None, check_same_thread=False)
    weakref.finalize(owner, connection.close)  # whoever drops the book need not remember to close it
    return Lite(connection)
