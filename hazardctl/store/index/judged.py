"""What was found of each record, kept beside its rows: to check a ledger again only what changed is looked at (docs/adr/0009).

A judgement hangs on the file of its record, on the days between which it is the same, on the records and names it asked for, and
on the files beside the records that it looked at. The data base itself lets go of it: a file that goes or comes takes with it
what was judged of it, and what was judged with a look at it. The tables are made when something is first judged, so a ledger
that is only asked for figures does not pay for them.
"""

from __future__ import annotations

import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final, TypeAlias

from hazardctl.diagnostics import Diagnostic
from hazardctl.store.index import base, wire
from hazardctl.store.index.shelf import Kept

Row: TypeAlias = tuple[str, str, str, Any]
"""A brief: path, id, bucket, data."""
TOGETHER: Final = 500
"""Judgements that are written at one go."""
_STEM: Final = "substr({it}.path, length({it}.folder) + 2, length({it}.path) - length({it}.folder) - 6)"
_OF_FILE: Final = " ".join(f"DELETE FROM {table} WHERE key = OLD.key;" for table in ("judged", "leaning", "paper", "brief"))
_LEANS: Final = "DELETE FROM judged WHERE key IN (SELECT key FROM leaning WHERE name IN ({names}));"
_BRIEF: Final = "code TEXT, bucket TEXT, key INTEGER, place INTEGER, said TEXT"
TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS judged (key INTEGER PRIMARY KEY, first INTEGER, last INTEGER, state TEXT, excused TEXT, said TEXT)",
    "CREATE TABLE IF NOT EXISTS leaning (name TEXT, key INTEGER, PRIMARY KEY (name, key)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS leaning_by_key ON leaning (key)",
    "CREATE TABLE IF NOT EXISTS paper (key INTEGER, path TEXT, stamp TEXT, PRIMARY KEY (key, path)) WITHOUT ROWID",
    f"CREATE TABLE IF NOT EXISTS brief ({_BRIEF}, PRIMARY KEY (code, bucket, key, place)) WITHOUT ROWID",
    "CREATE INDEX IF NOT EXISTS brief_by_key ON brief (key)",
    "CREATE TABLE IF NOT EXISTS judging (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TRIGGER IF NOT EXISTS judged_gone AFTER DELETE ON file BEGIN "
    + _OF_FILE
    + _LEANS.format(names=f"OLD.id, {_STEM.format(it='OLD')}")
    + " END",
    "CREATE TRIGGER IF NOT EXISTS judged_come AFTER INSERT ON file BEGIN "
    + _LEANS.format(names=f"NEW.id, {_STEM.format(it='NEW')}")
    + " END",
    "CREATE TRIGGER IF NOT EXISTS judged_unnamed AFTER DELETE ON unit_name BEGIN " + _LEANS.format(names="OLD.name") + " END",
    "CREATE TRIGGER IF NOT EXISTS judged_named AFTER INSERT ON unit_name BEGIN " + _LEANS.format(names="NEW.name") + " END",
)
_PENDING: Final = (
    "SELECT f.path, f.key FROM file f LEFT JOIN judged j ON j.key = f.key"
    " WHERE f.readable = 1 AND (j.key IS NULL OR j.first > ? OR j.last < ? OR j.state NOT IN ('', ?)) ORDER BY f.path"
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of one record by itself, and what that hangs on.

    Attributes:
        path: of its file.
        found: its findings as the index writes them.
        excused: positions of its waivers that excused something.
        first: first day, as a whole number, on which the same is found; `last` the last one.
        loose: it holds only until any record changes.
        names: what it asked for by name.
        papers: path of a file beside the records → what it was like then.
        briefs: code, bucket and data, as JSON, of what rules that compare records must know.
        compared: vocabulary and word → words it was compared with; not kept.
    """

    path: str
    found: str
    excused: tuple[int, ...]
    first: int
    last: int
    loose: bool
    names: tuple[str, ...]
    papers: Mapping[str, str]
    briefs: tuple[tuple[str, str, str], ...]
    compared: Mapping[tuple[str, str], int]


class Judged:
    """The judgements an index keeps, as of one day.

    Attributes:
        shelf: the records.
        day: as a whole number.
        made_by: the program and the calendar that judge; what others judged is of no use.
    """

    def __init__(self, shelf: Kept, day: int, made_by: str) -> None:
        """Take the records of an index, the day, and who judges."""
        self.shelf, self.day, self.made_by = shelf, day, made_by

    def _rows(self, sql: str, *bound: object) -> list[tuple[Any, ...]]:
        return self.shelf.database.execute(sql, bound).fetchall()

    def _known(self) -> bool:
        """Say whether there are judgements of this program."""
        try:
            rows = self._rows("SELECT value FROM judging WHERE name = 'made_by'")
        except sqlite3.OperationalError:  # nothing was judged yet
            return False
        return bool(rows) and rows[0][0] == self.made_by

    def papers(self) -> Iterator[tuple[int, str, str]]:
        """Give key of the record, path and stamp of every file beside the records that was looked at."""
        return iter(self._rows("SELECT key, path, stamp FROM paper")) if self._known() else iter(())

    def pending(self, changed: Iterable[int] = ()) -> list[str]:
        """Give the files of the records that are to be judged, in their order.

        Args:
            changed: keys of records whose files beside them are not what they were.

        Where any is, so are all loose ones: what they found hangs on one another.
        """
        if not self._known():
            return [str(path) for (path,) in self._rows("SELECT path FROM file WHERE readable = 1 ORDER BY path")]
        again = set(changed)
        paths = {str(path) for path, _ in self._rows(_PENDING, self.day, self.day, self.shelf.state)}
        if again:
            paths |= {str(path) for path, key in self._rows("SELECT path, key FROM file WHERE readable = 1") if key in again}
        if paths:
            paths |= {str(path) for (path,) in self._rows("SELECT path FROM file JOIN judged USING (key) WHERE state != ''")}
        return sorted(paths)

    def found(self) -> Iterator[Diagnostic]:
        """Give every finding of records by themselves; all have been judged."""
        rows = self.shelf.database.execute("SELECT path, id, said FROM judged JOIN file USING (key) WHERE said != '' ORDER BY path")
        for path, record, said in rows:
            yield from wire.read(said, path, record)

    def excused(self) -> set[tuple[str, int]]:
        """Give path and position of the waivers that excused something."""
        rows = self._rows("SELECT path, excused FROM judged JOIN file USING (key) WHERE excused != ''")
        return {(path, int(position)) for path, positions in rows for position in positions.split(",")}

    def wide(self, token: str) -> list[Diagnostic] | None:
        """Give what else was found, if it was judged over the very same records and `token` is the same."""
        rows = self._rows("SELECT value FROM judging WHERE name = ?", self._named(token)) if self._known() else []
        return list(wire.read(rows[0][0])) if rows else None

    def _named(self, token: str) -> str:
        return f"{self.shelf.state} {self.day} {token}"

    def keep(self, judgements: Iterable[Judgement]) -> bool:
        """Keep judgements in place of older ones, and look at the data base anew; say whether that was possible.

        It is not where another command writes, or where records changed meanwhile.
        """
        try:
            with closing(self._other()) as other, base.writing(other):
                if base.changes(other) != self.shelf.state:
                    return False
                self._prepare(other)
                rest = iter(judgements)
                while some := list(itertools.islice(rest, TOGETHER)):
                    self._put(other, some)
            return self.shelf.renewed()
        except sqlite3.Error:
            return False

    def keep_wide(self, token: str, found: Sequence[Diagnostic]) -> None:
        """Keep what else was found."""
        try:
            with closing(self._other()) as other, base.writing(other):
                if base.changes(other) == self.shelf.state:
                    other.execute("DELETE FROM judging WHERE name != 'made_by'")
                    other.execute("INSERT INTO judging VALUES (?, ?)", (self._named(token), wire.written(found, paths=True)))
        except (sqlite3.Error, UnicodeEncodeError):
            return

    def _other(self) -> sqlite3.Connection:
        path = self.shelf.database.execute("PRAGMA database_list").fetchone()[2]
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        other.execute("PRAGMA synchronous = OFF")
        other.execute("PRAGMA cache_size = -65536")
        return other

    def _prepare(self, other: sqlite3.Connection) -> None:
        for statement in TABLES:
            other.execute(statement)
        if not self._known():
            for table in ("judged", "leaning", "paper", "brief", "judging"):
                other.execute(f"DELETE FROM {table}")
            other.execute("INSERT INTO judging VALUES ('made_by', ?)", (self.made_by,))

    def _put(self, other: sqlite3.Connection, judgements: Sequence[Judgement]) -> None:
        some = {one.path: one for one in judgements}.values()  # of two of one record the later one counts
        wanted = json.dumps([one.path for one in some], ensure_ascii=False)
        keys = dict(other.execute("SELECT path, key FROM file WHERE path IN (SELECT value FROM json_each(?))", (wanted,)).fetchall())
        both = [(keys[one.path], one) for one in some]
        among = ",".join(map(str, keys.values()))
        for table in ("leaning", "paper", "brief"):  # what hangs on a judgement that was let go is still there
            known = other.execute(f"SELECT DISTINCT key FROM {table} WHERE key IN ({among})").fetchall()
            other.executemany(f"DELETE FROM {table} WHERE key = ?", known)
        state = self.shelf.state
        rows = [(key, one.first, one.last, state if one.loose else "", _listed(one.excused), one.found) for key, one in both]
        other.executemany("INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?, ?, ?)", rows)
        other.executemany("INSERT OR IGNORE INTO leaning VALUES (?, ?)", [(name, key) for key, one in both for name in one.names])
        papers = [(key, path, stamp) for key, one in both for path, stamp in one.papers.items()]
        other.executemany("INSERT INTO paper VALUES (?, ?, ?)", papers)
        briefs = [(code, bucket, key, place, said) for key, one in both for place, (code, bucket, said) in enumerate(one.briefs)]
        other.executemany("INSERT INTO brief VALUES (?, ?, ?, ?, ?)", sorted(briefs))

    def groups(self, code: str, least: int = 1) -> Iterator[tuple[str, list[Row]]]:
        """Give the buckets of a rule that hold so many briefs at least, each with them in the order of files."""
        enough = " AND bucket IN (SELECT bucket FROM brief WHERE code = ?1 GROUP BY bucket HAVING COUNT(*) >= ?2)" if least > 1 else ""
        sql = f"SELECT path, id, bucket, said FROM brief JOIN file USING (key) WHERE code = ?1{enough} ORDER BY bucket, path, place"
        rows = self.shelf.database.execute(sql, (code, least) if enough else (code,))
        for bucket, group in itertools.groupby(rows, key=itemgetter(2)):
            yield bucket, [(path, record, bucket, json.loads(said)) for path, record, _, said in group]

    def counted(self, code: str) -> Mapping[str, int]:
        """Give the buckets of a rule, and how many briefs each holds."""
        return dict(self._rows("SELECT bucket, COUNT(*) FROM brief WHERE code = ? GROUP BY bucket", code))


def _listed(positions: Iterable[int]) -> str:
    return ",".join(map(str, positions))
