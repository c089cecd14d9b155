"""The tables of a file, each with its column names: one of a text file, one a sheet of a workbook (DOMAIN §9.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from hazardctl.errors import UsageError
from hazardctl.exchange.headers import DEEPEST, LEAST, Head, head, score
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.merged import repeated
from hazardctl.exchange.rows import cells_of
from hazardctl.exchange.table import Row, Table, table
from hazardctl.exchange.workbook import is_workbook, workbook
from hazardctl.language import Text

OURS: Final = ("说明", "About")
"""The sheet that our own workbook begins with; of such a one the ledger is read, the others are calculated from it."""


_NOTHING: Final = Text("工作簿里没有内容", "there is nothing in the workbook")
_ONLY_HIDDEN: Final = Text("有隐藏的工作表：{names}（要读用 --sheet）", "there are hidden sheets: {names} (--sheet reads one)")


class Page(NamedTuple):
    """A table and where its column names stand."""

    table: Table
    head: Head

    def cells(self, row: Row) -> dict[str, str]:
        """Give column name → cell of a row."""
        return cells_of(self.head, row)


class Pages(NamedTuple):
    """The tables that are read, the preferred one first, the sheets that hold none, and those that are hidden."""

    read: tuple[Page, ...]
    left: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Give every column name, once."""
        return tuple(dict.fromkeys(name for page in self.read for name in page.head.names))

    def of(self, row: Row) -> Page:
        """Give the table a row comes from."""
        return next(page for page in self.read if page.table.sheet == row.sheet)


def pages(data: bytes, name: str, plan: Plan, prefer: str = "") -> Pages:
    """Read a file.

    Args:
        data: the whole file.
        name: of the file.
        plan: what a person stated of it: sheet, line of the names, encoding, delimiter, kind of the records.
        prefer: sheet whose rows go before those of others.

    Raises:
        UsageError: as `table`, `workbook` and `head` say, or a preferred sheet that is not read.
        MissingExtraError: it is a workbook and the extra `excel` is not installed.
    """
    if not is_workbook(data):
        read = table(data, encoding=plan.encoding, delimiter=plan.delimiter)
        return Pages((Page(read, head(read.rows, plan.header, plan.kind)),))
    tables, hidden = workbook(data, name, plan.sheet)
    if not tables:
        raise UsageError(_NOTHING, *([_ONLY_HIDDEN.of(names=list(hidden))] if hidden else []))
    wanted = tables if plan.sheet else _wanted(tables, plan)
    found = tuple(_page(one, plan) for one in wanted)
    return Pages(_preferred(found, prefer) if prefer else found, tuple(one.sheet for one in tables if one not in wanted), hidden)


def _wanted(tables: Sequence[Table], plan: Plan) -> tuple[Table, ...]:
    """Give the sheets whose first rows hold names we know; the first sheet where none does."""
    if tables and tables[0].sheet in OURS and len(tables) > 1:
        return (tables[1],)
    found = tuple(one for one in tables if _known(one.rows, plan.kind))
    return found or tuple(tables[:1])


def _known(rows: Iterable[Row], kind: str) -> bool:
    filled = [row for row in rows if not row.blank][:DEEPEST]
    return any(score(row, kind) >= LEAST for row in filled)


def _page(read: Table, plan: Plan) -> Page:
    names = head(read.rows, plan.header, plan.kind, read.merges)
    return Page(replace(read, rows=repeated(read.rows, read.merges, names.start)), names)


def _preferred(read: Sequence[Page], prefer: str) -> tuple[Page, ...]:
    if prefer not in {page.table.sheet for page in read}:
        raise UsageError(
            Text("没有读“{it}”这张表", "no sheet “{it}” is read").of(it=prefer),
            Text("读了：{names}", "read: {names}").of(names=[page.table.sheet for page in read]),
        )
    return tuple(sorted(read, key=lambda page: page.table.sheet != prefer))
