"""Workbooks of ours that come back: what was exported, and the rows in which something else stands by now.

A workbook may hold as many rows as the ledger has hazards, of which a few were edited. What was exported is kept packed, and of
the rows those that say something else; the others are counted.
"""

from __future__ import annotations

import itertools
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import UsageError
from hazardctl.exchange.headers import head
from hazardctl.exchange.scroll import Scroll
from hazardctl.exchange.table import Row
from hazardctl.exchange.work import cleaned
from hazardctl.exchange.workbook import is_workbook
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.ops.export_book import BASE
from hazardctl.ops.export_rows import FIELDS, KEYS
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_asked import table_of
from hazardctl.ops.import_edits import LABELS, Edit, plain
from hazardctl.render.workbook import Writer

MOST_ROWS: Final = 1_000_000
"""Rows that come back: as many as a workbook can have taken out."""
MOST_BYTES: Final = 512 * 2**20
"""Bytes of such a workbook."""
LOOK: Final = 100
"""Rows among which the column names stand."""
NOT_OURS: Final = Text("不是 hazardctl export 导出的工作簿", "this is no workbook that hazardctl export made")
EXPORT_FIRST: Final = Text("先导出：hazardctl export -o 台账.xlsx", "export one first: hazardctl export -o ledger.xlsx")
NO_SHEET: Final = Text("没有工作表“{it}”", "there is no sheet “{it}”")
NO_ID: Final = Text("工作表“{sheet}”里没有“{it}”一列", "the sheet “{sheet}” has no column “{it}”")
NAME_BACK: Final = Text("改了名就改回导出时的名字", "if its name was changed, give it the one it was exported under")
NO_BASE: Final = Text("隐藏的工作表“{it}”没有了，比不出改了什么", "the hidden sheet “{it}” is gone: what was edited can no longer be told")
EXPORT_ANEW: Final = Text(
    "重新导出一份，把改动填进去；新隐患用 import 导入", "export again and fill the edits in; new hazards come in with import"
)


class Read(NamedTuple):
    """A row of the table: its cells by the key of their column, and the keys of those whose formula has no value."""

    row: Row
    cells: Mapping[str, str]
    failed: Sequence[str]


class Exported(Mapping[str, Mapping[str, str]]):
    """Id → what was exported of it, by the keys of the columns."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take the rows of the hidden sheet, the first of which names its columns.

        Raises:
            UsageError: they are none of ours.
        """
        lines = iter(rows)
        names = next(lines, Row(0, ())).cells
        if set(names) != set(KEYS):
            raise UsageError(NOT_OURS, EXPORT_FIRST)
        places, own = [names.index(key) for key in KEYS], names.index("id")
        self._packed: dict[str, bytes] = {}
        for row in lines:
            if row.cells:
                cells = [*row.cells, *[""] * (len(names) - len(row.cells))]
                self._packed[cells[own]] = marshal.dumps([cells[place] for place in places])

    def row(self, identity: str) -> list[str]:
        """Give the cells of a row, in the order of `KEYS`."""
        cells: list[str] = marshal.loads(self._packed[identity])  # noqa: S302 (packed above)
        return cells

    def __getitem__(self, identity: str) -> Mapping[str, str]:
        """Give the cells of a row by the keys of their columns."""
        return dict(zip(KEYS, self.row(identity), strict=True))

    def __contains__(self, identity: object) -> bool:
        """Say whether a hazard was exported."""
        return identity in self._packed

    def __iter__(self) -> Iterator[str]:
        """Give the ids, in the order of the sheet."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Count them."""
        return len(self._packed)


class Sent(NamedTuple):
    """A workbook that comes back.

    Attributes:
        file: what it is called.
        language: in which it was exported.
        names: of its columns.
        at: key of a column → its position.
        rows: that say something else than was exported, in the order of the table.
        lines: id → the lines it stands on.
        exported: id → what was exported.
    """

    file: str
    language: Language
    names: tuple[str, ...]
    at: Mapping[str, int]
    rows: Sequence[Read]
    lines: Mapping[str, Sequence[int]]
    exported: Exported

    def place(self, edit: Edit) -> str:
        """Say where the cell of an edit stands: file, sheet and cell."""
        return f"{self.file} {LEDGER.say(self.language)}!{Writer.column(self.at[edit.key])}{edit.line}"


def sent(file: Path, called: str = "") -> Sent:
    """Read a workbook that comes back; the ledger is not asked.

    Args:
        file: the workbook.
        called: what it is called in every message; its name without it.

    Raises:
        UsageError: the file cannot be read or is no export of ours.
        MissingExtraError: the extra `excel` is not installed.
    """
    data = table_of(file, MOST_BYTES)
    if not is_workbook(data):
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    scroll = Scroll(data, MOST_ROWS)
    language = _language(scroll.names)
    exported = Exported(scroll.roll(BASE.say(language), plain=True).rows)
    return _back(scroll, called or file.name, language, exported)


def _language(sheets: Sequence[str]) -> Language:
    """Give the language a workbook was exported in, by the names of its two sheets.

    Raises:
        UsageError: they are not there, or one of them is not.
    """
    found: dict[Language, tuple[bool, bool]] = {one: (LEDGER.say(one) in sheets, BASE.say(one) in sheets) for one in LANGUAGES}
    for language, there in found.items():
        if all(there):
            return language
    for language, (ledger, base) in found.items():
        if base:
            raise UsageError(NO_SHEET.of(it=LEDGER.say(language)), NAME_BACK)
        if ledger:
            raise UsageError(NO_BASE.of(it=BASE.say(language)), EXPORT_ANEW)
    raise UsageError(NOT_OURS, EXPORT_FIRST)


def _back(scroll: Scroll, file: str, language: Language, exported: Exported) -> Sent:
    """Read the table; a column that was taken away says nothing."""
    roll = scroll.roll(LEDGER.say(language))
    first = tuple(itertools.islice(roll.rows, LOOK))
    names = head(first, merges=roll.merges)
    labels = {spelling: one.key for one in FIELDS for spelling in (one.label.zh, one.label.en)}
    at = {labels[name]: position for position, name in enumerate(names.names) if name in labels}
    if "id" not in at:
        raise UsageError(NO_ID.of(sheet=LEDGER.say(language), it=LABELS["id"]), NAME_BACK)
    table = _Table(at, exported)
    for row in itertools.chain(first[names.start :], roll.rows):
        table.take(row)
    if table.missed:  # a row that says what was exported, and another one with its id
        table.take_again(row for row in scroll.roll(LEDGER.say(language)).rows if row.line in table.missed)
    return Sent(file, language, tuple(names.names), at, table.rows, table.lines, exported)


class _Table:
    """The rows of the table, as they are read."""

    def __init__(self, at: Mapping[str, int], exported: Exported) -> None:
        self._at, self._exported = at, exported
        order = {key: place for place, key in enumerate(KEYS)}
        self._same = [(at[key], order[key]) for key in at]
        self.rows: list[Read] = []
        self.lines: dict[str, list[int]] = {}
        self.missed: set[int] = set()
        self._kept: set[int] = set()

    def take(self, row: Row) -> None:
        """Take a row: what says what was exported, cell for cell, is only counted."""
        cells = row.cells
        if not cells:
            return
        width, own = len(cells), self._at["id"]
        identity = plain("id", cells[own]) if own < width else ""
        known = self._exported.row(identity) if identity in self._exported else None
        as_it_was = known is not None and all((cells[place] if place < width else "") == known[of] for place, of in self._same)
        made = None if as_it_was else self._read(row)
        if made and not any(made.cells.values()):
            return
        before = self.lines.setdefault(identity, [])
        before.append(row.line)
        if made and (known is None or len(before) > 1 or self._edited(made)):
            self._keep(made)
        elif len(before) > 1:
            self._keep(self._read(row))
        if len(before) == 2 and identity in self._exported:
            self.missed |= {before[0]} - self._kept

    def take_again(self, rows: Iterable[Row]) -> None:
        """Take rows that were only counted."""
        self.rows = sorted([*self.rows, *map(self._read, rows)], key=lambda read: read.row.line)

    def _keep(self, read: Read) -> None:
        self.rows.append(read)
        self._kept.add(read.row.line)

    def _edited(self, read: Read) -> bool:
        base = self._exported[read.cells["id"]]
        return any(cell != cleaned(base[key]) for key, cell in read.cells.items())

    def _read(self, row: Row) -> Read:
        cells = {key: plain(key, row.cells[place] if place < len(row.cells) else "") for key, place in self._at.items()}
        return Read(row, cells, [key for key, place in self._at.items() if place in row.failed])
