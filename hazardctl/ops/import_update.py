"""`import FILE --update`: an exported workbook that was edited comes back as proposals, three ways and never over the ledger.

What was exported stands on a hidden sheet of the workbook. A cell that differs from it was edited; where the ledger still says
what was exported, the edit is proposed as the act or correction that would record it; where the ledger has learnt something
else since, both are shown and nothing is proposed (EXPERIENCE §8.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.day import written as day_of
from hazardctl.errors import FINDINGS, FINE, UsageError, reason
from hazardctl.exchange.headers import head
from hazardctl.exchange.table import MOST_BYTES, Row, Table
from hazardctl.exchange.work import cleaned
from hazardctl.exchange.workbook import is_workbook, workbook
from hazardctl.language import Text
from hazardctl.ops.context import Context
from hazardctl.ops.export_book import BASE
from hazardctl.ops.export_rows import FIELDS, KEYS, text
from hazardctl.ops.export_subject import gathered
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_proposals import Proposal, proposals
from hazardctl.ops.question import Words
from hazardctl.sheet import Column, Line, Sheet
from hazardctl.sheet import Table as Grid

NOT_OURS: Final = Text("不是 hazardctl export 导出的工作簿", "this is no workbook that hazardctl export made")
EXPORT_FIRST: Final = Text("先导出：hazardctl export -o 台账.xlsx", "export one first: hazardctl export -o ledger.xlsx")
NOT_OPENED: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
TITLE: Final = Text("{file} 里改了什么", "what was changed in {file}")
COUNTS: Final = Text(
    "{rows} 行；改动 {changed} 处：可提议 {proposed}，台账已如此 {same}，冲突 {conflicts}，不能改 {fixed}",
    "{rows} rows; {changed} cells edited: {proposed} proposed, {same} so already, {conflicts} in conflict, {fixed} not to be edited",
)
NOTHING: Final = Text("没有写入台账；核对后运行上面的命令", "nothing was written: look at the commands and run them")
NEW: Final = Text("新行，没有编号：用 import 导入", "a new row without an id: take it in with import")
UNKNOWN: Final = Text("台账里没有这条", "not in the ledger")
GONE: Final = Text("导出时有，表里没有了；台账不删除", "exported, and no longer in the table; the ledger deletes nothing")
CONFLICT: Final = Text("台账后来改为“{now}”", "the ledger says “{now}” by now")
DERIVED: Final = Text("由程序推算，改了不算", "calculated by the program: an edit means nothing")
TWICE: Final = Text("表里出现两次", "stands twice in the table")
ALREADY: Final = Text("台账已如此", "so in the ledger already")
NO_DAY: Final = Text("不是日期", "not a date")
COMPUTED: Final = frozenset({"id", "region", "days", "state", "basis", "funds", "extended_on", "extension"})


@dataclass(frozen=True, slots=True)
class Edit:
    """A cell that was edited: what was exported, what stands there, what the ledger says now, and what comes of it."""

    line: int
    id: str
    key: str
    base: str
    edited: str
    now: str
    outcome: Text
    kind: str


@dataclass(frozen=True, slots=True)
class Update:
    """What an edited workbook proposes.

    Attributes:
        file: its name.
        rows: rows with an id.
        edits: every cell that was edited, in the order of the table.
        proposals: what would record those that can be, in the order of the records and of the life cycle.
    """

    file: str
    rows: int
    edits: tuple[Edit, ...]
    proposals: tuple[Proposal, ...]

    @property
    def commands(self) -> tuple[str, ...]:
        """Give the commands that would record the proposals."""
        return tuple(one.command for one in self.proposals)

    @property
    def exit_code(self) -> int:
        """Give 1 when an edit cannot be proposed."""
        return FINDINGS if any(edit.kind in {"conflict", "fixed"} for edit in self.edits) else FINE

    def count(self, kind: str) -> int:
        """Count edits of a kind: `proposed`, `same`, `conflict`, `fixed`."""
        return sum(edit.kind == kind for edit in self.edits)


def update(context: Context, file: Path) -> Update:
    """Say what an edited export proposes; nothing is written.

    Raises:
        UsageError: the file cannot be read or is no export of ours.
        MissingExtraError: the extra `excel` is not installed.
        UnreadableError: there is no ledger.
    """
    ledger, base = _sheets(file)
    edited = _rows(ledger)
    exported = {cells["id"]: cells for _, cells in _based(base)}
    subject = gathered(context, Words())
    now = {one.id: {key: text(one.cells[key]) for key in KEYS} for one in subject.lines}
    edits: list[Edit] = []
    seen: set[str] = set()
    for row, cells in edited:
        identity = cells["id"]
        if identity not in exported or identity not in now or identity in seen:
            why = NEW if not identity else TWICE if identity in seen else UNKNOWN
            edits.append(Edit(row.line, identity, "id", "", identity, "", why, "fixed"))
            continue
        seen.add(identity)
        edits += _compared(row.line, cells, exported[identity], now[identity])
    edits += [Edit(0, one, "id", one, "", one, GONE, "fixed") for one in exported if one not in seen]
    changed = [(edit.id, edit.key, bool(edit.base), edit.edited) for edit in edits if edit.kind == "proposed"]
    return Update(file.name, len(seen), tuple(edits), tuple(proposals(changed, subject.ledger)))


def _sheets(file: Path) -> tuple[Table, Table]:
    try:
        data = file.read_bytes()
    except OSError as failure:
        raise UsageError(NOT_OPENED.of(path=str(file), why=reason(failure))) from failure
    if not is_workbook(data) or len(data) > MOST_BYTES:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    found: list[Table] = []
    for name in (LEDGER, BASE):
        for spelling in (name.zh, name.en):
            try:
                found += workbook(data, file.name, spelling)
            except UsageError:
                continue
    if len(found) != 2:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    return found[0], found[1]


def _rows(table: Table) -> Iterator[tuple[Row, dict[str, str]]]:
    """Give the rows below the names, by key of the column; a column that was taken away says nothing."""
    names = head(table.rows, merges=table.merges)
    labels = {spelling: field.key for field in FIELDS for spelling in (field.label.zh, field.label.en)}
    at = {labels[name]: position for position, name in enumerate(names.names) if name in labels}
    if "id" not in at:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for row in table.rows[names.start :]:
        cells = {key: _plain(key, row.cells[place] if place < len(row.cells) else "") for key, place in at.items()}
        if any(cells.values()):
            yield row, cells


def _based(table: Table) -> Iterator[tuple[Row, dict[str, str]]]:
    keys = table.rows[0].cells if table.rows else ()
    if set(keys) != set(KEYS):
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for row in table.rows[1:]:
        yield row, {key: row.cells[place] if place < len(row.cells) else "" for place, key in enumerate(keys)}


def _plain(key: str, cell: str) -> str:
    """Give a cell as the export wrote it: a day in ISO form, a text without outer blanks."""
    plain = cleaned(cell)
    if next(field.looks for field in FIELDS if field.key == key) == "day" and plain:
        try:
            found = day_of(plain)
        except (ValueError, UsageError):
            return plain
        return found.isoformat() if found else plain
    return plain


def _compared(line: int, edited: Mapping[str, str], base: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Edit]:
    for key, cell in edited.items():
        was = cleaned(base[key])
        if cell == was:
            continue
        told = cleaned(now[key])
        outcome, kind = _judged(key, cell, was, told)
        yield Edit(line, base["id"], key, was, cell, told, outcome, kind)


def _judged(key: str, cell: str, was: str, told: str) -> tuple[Text, str]:
    if cell == told:
        return ALREADY, "same"
    if key in COMPUTED:
        return DERIVED, "fixed"
    if told != was:
        return CONFLICT.of(now=told), "conflict"
    if next(field.looks for field in FIELDS if field.key == key) == "day" and cell and not _is_day(cell):
        return NO_DAY, "fixed"
    return Text("见命令", "see the command"), "proposed"


def _is_day(cell: str) -> bool:
    try:
        return day_of(cell) is not None
    except (ValueError, UsageError):
        return False


def sheet(made: Update) -> Sheet:
    """Lay it out."""
    labels = {field.key: field.label for field in FIELDS}
    columns = (
        Column("line", Text("行", "line"), align="right"), Column("id", Text("编号", "id"), fixed=True),
        Column("column", Text("列", "column")), Column("base", Text("导出时", "exported")), Column("edited", Text("表里", "edited")),
        Column("outcome", Text("结果", "outcome")),
    )  # fmt: skip
    rows = tuple((edit.line or None, edit.id, labels[edit.key], edit.base, edit.edited, edit.outcome) for edit in made.edits)
    counts = COUNTS.of(
        rows=made.rows, changed=len(made.edits), proposed=made.count("proposed"), same=made.count("same"), conflicts=made.count("conflict"),
        fixed=made.count("fixed"),
    )  # fmt: skip
    blocks = ([Grid("edits", columns, rows)] if rows else []) + [Line(Text("{it}", "{it}").of(it=one)) for one in made.commands]
    data = {
        "file": made.file,
        "rows": made.rows,
        "edits": [
            {"line": e.line, "id": e.id, "column": e.key, "base": e.base, "edited": e.edited, "now": e.now, "outcome": e.kind}
            for e in made.edits
        ],
        "commands": list(made.commands),
    }
    return Sheet("update", TITLE.of(file=made.file), (counts,), tuple(blocks), (NOTHING,) if made.commands else (), data, main="edits")
