"""`import FILE --update`: an exported workbook that was edited comes back as proposals, three ways and never over the ledger.

What was exported stands on a hidden sheet of the workbook. A cell that differs from it was edited; where the ledger still says
what was exported, the edit is proposed as the act or correction that would record it; where the ledger has learnt something
else since, both are shown and nothing is proposed (EXPERIENCE §8.1).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import FINDINGS, FINE, UsageError, reason
from hazardctl.exchange.headers import head
from hazardctl.exchange.table import Row, Table
from hazardctl.exchange.workbook import NoSheetError, is_workbook, workbook
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.ops.context import Context
from hazardctl.ops.export_book import BASE
from hazardctl.ops.export_rows import FIELDS, KEYS, text
from hazardctl.ops.export_subject import gathered
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_apart import Rows
from hazardctl.ops.import_edits import Edit, compared, plain
from hazardctl.ops.import_proposals import Proposal, proposals
from hazardctl.ops.question import Words
from hazardctl.sheet import Column, Line, Sheet
from hazardctl.sheet import Table as Grid

MOST_ROWS: Final = 1_000_000
"""Rows that come back: as many as a workbook can have taken out."""
NOT_OURS: Final = Text("不是 hazardctl export 导出的工作簿", "this is no workbook that hazardctl export made")
EXPORT_FIRST: Final = Text("先导出：hazardctl export -o 台账.xlsx", "export one first: hazardctl export -o ledger.xlsx")
NOT_OPENED: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
TITLE: Final = Text("{file} 里改了什么", "what was changed in {file}")
COUNTS: Final = Text(
    "{rows} 行；改动 {changed} 处：可提议 {proposed}，台账已如此 {same}，冲突 {conflicts}，不能改 {fixed}",
    "{rows} rows; {changed} cells edited: {proposed} proposed, {same} so already, {conflicts} in conflict, {fixed} not to be edited",
)
NOTHING: Final = Text("没有写入台账；核对后运行上面的命令", "nothing was written: look at the commands and run them")
APART: Final = Text(
    "{n} 行像是另一条隐患，整行没有照改（--rejects 文件 可把没有收进的行另存）",
    "{n} rows read as other hazards: nothing in them is taken (--rejects FILE keeps the rows that were not)",
)
NEW: Final = Text("新行，没有编号：用 import 导入", "a new row without an id: take it in with import")
UNKNOWN: Final = Text("台账里没有这条", "not in the ledger")
LEFT: Final = Text("台账里没有了，或读不出：运行 validate", "gone from the ledger, or unreadable by now: run validate")
GONE: Final = Text("导出时有，表里没有了；台账不删除", "exported, and no longer in the table; the ledger deletes nothing")
TWICE: Final = Text(
    "第 {lines} 行是同一编号，哪一行算数不明：新隐患清空编号格，再用 import 导入；多余的行删去",
    "lines {lines} have one id, and which one counts is not certain: clear the id of a new hazard and import it, take out what is too much",
)


class Read(NamedTuple):
    """A row of the table: its cells by the key of their column, and the keys of those whose formula has no value."""

    row: Row
    cells: Mapping[str, str]
    failed: Sequence[str]


class Sent(NamedTuple):
    """A workbook that comes back: its name, its language, its columns, its rows, and id → what was exported."""

    file: str
    language: Language
    names: tuple[str, ...]
    rows: Sequence[Read]
    exported: Mapping[str, Mapping[str, str]]


LEFT_ALONE: Final = frozenset({"conflict", "fixed", "apart"})
"""What an edit is that nothing comes of."""


@dataclass(frozen=True, slots=True)
class Update:
    """What an edited workbook proposes.

    Attributes:
        file: its name.
        rows: rows with an id.
        edits: every cell that was edited, in the order of the table.
        proposals: what would record those that can be, in the order of the records and of the life cycle.
        back: the workbook as read.
        edited: line → row of the table, of every row with an edit.
    """

    file: str
    rows: int
    edits: tuple[Edit, ...]
    proposals: tuple[Proposal, ...]
    back: Sent
    edited: Mapping[int, Row]

    @property
    def commands(self) -> tuple[str, ...]:
        """Give the commands that would record the proposals."""
        return tuple(one.command for one in self.proposals)

    @property
    def exit_code(self) -> int:
        """Give 1 when an edit cannot be proposed."""
        return FINDINGS if any(edit.kind in LEFT_ALONE for edit in self.edits) else FINE

    def count(self, kind: str) -> int:
        """Count edits of a kind: `proposed`, `same`, `conflict`, `fixed`, `apart`."""
        return sum(edit.kind == kind for edit in self.edits)


def update(context: Context, file: Path, *, insist: bool = False) -> Update:
    """Say what an edited export proposes; nothing is written.

    Args:
        context: which ledger, which day.
        file: the workbook.
        insist: a row that reads as another hazard is a correction all the same.

    Raises:
        UsageError: the file cannot be read or is no export of ours.
        MissingExtraError: the extra `excel` is not installed.
        UnreadableError: there is no ledger.
    """
    return judged(context, sent(file), insist=insist)


def sent(file: Path) -> Sent:
    """Read a workbook that comes back; the ledger is not asked.

    Raises:
        UsageError, MissingExtraError: as `update`.
    """
    ledger, base, language = _sheets(file)
    names, rows = _rows(ledger)
    return Sent(file.name, language, names, rows, {cells["id"]: cells for _, cells in _based(base)})


def judged(context: Context, back: Sent, *, insist: bool = False) -> Update:
    """Say what a workbook that was read proposes.

    Raises:
        UnreadableError: there is no ledger.
    """
    lines = _lines(back.rows)
    subject = gathered(replace(context, language=back.language), Words())
    now = {one.id: {key: text(one.cells[key]) for key in KEYS} for one in subject.lines}
    rows = Rows(back.exported, subject.ledger)
    edits: list[Edit] = []
    for row, cells, failed in back.rows:
        identity = cells["id"]
        why = _unusable(identity, lines[identity], back.exported)
        if why is not None:
            edits.append(Edit(row.line, identity, "id", "", identity, "", why, "fixed"))
        elif identity in now:
            here = list(compared(row.line, cells, back.exported[identity], now[identity], failed))
            doubt = None if insist else rows.doubt(cells, here)
            edits += [doubt] if doubt else here
        elif any(compared(row.line, cells, back.exported[identity], back.exported[identity])):
            edits.append(Edit(row.line, identity, "id", identity, identity, "", LEFT, "fixed"))
    edits += [Edit(0, one, "id", one, "", one, GONE, "fixed") for one in back.exported if one not in lines]
    changed = [(edit.id, edit.key, edit.edited) for edit in edits if edit.kind == "proposed"]
    touched = {edit.line for edit in edits}
    return Update(
        back.file, len(back.exported.keys() & lines.keys()), tuple(edits), tuple(proposals(changed, now, subject.ledger)), back,
        {row.line: row for row, _, _ in back.rows if row.line in touched},
    )  # fmt: skip


def _lines(edited: Sequence[Read]) -> Mapping[str, Sequence[int]]:
    """Give id → the lines it stands on."""
    found: dict[str, list[int]] = {}
    for row, cells, _ in edited:
        found.setdefault(cells["id"], []).append(row.line)
    return found


def _unusable(identity: str, lines: Sequence[int], exported: Container[str]) -> Text | None:
    """Say why nothing can be read off a row, None where it can; of several rows with one id none is taken to be the right one."""
    if not identity:
        return NEW
    return UNKNOWN if identity not in exported else TWICE.of(lines=list(lines)) if len(lines) > 1 else None


def _sheets(file: Path) -> tuple[Table, Table, Language]:
    """Give the ledger's sheet, the hidden one, and the language they were exported in: a label is compared with a label in it."""
    try:
        data = file.read_bytes()
    except OSError as failure:
        raise UsageError(NOT_OPENED.of(path=str(file), why=reason(failure))) from failure
    if not is_workbook(data):
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for language in LANGUAGES:
        try:
            (ledger,), (base,) = (workbook(data, file.name, name.say(language), MOST_ROWS) for name in (LEDGER, BASE))
        except NoSheetError:
            continue
        return ledger, base, language
    raise UsageError(NOT_OURS, EXPORT_FIRST)


def _rows(table: Table) -> tuple[tuple[str, ...], list[Read]]:
    """Give the names of the columns and the rows below them, cells by key of the column, and the keys of cells that failed.

    A column that was taken away says nothing.
    """
    names = head(table.rows, merges=table.merges)
    labels = {spelling: one.key for one in FIELDS for spelling in (one.label.zh, one.label.en)}
    at = {labels[name]: position for position, name in enumerate(names.names) if name in labels}
    if "id" not in at:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    found: list[Read] = []
    for row in table.rows[names.start :]:
        cells = {key: plain(key, row.cells[place] if place < len(row.cells) else "") for key, place in at.items()}
        if any(cells.values()):
            found.append(Read(row, cells, [key for key, place in at.items() if place in row.failed]))
    return tuple(names.names), found


def _based(table: Table) -> Iterator[tuple[Row, dict[str, str]]]:
    keys = table.rows[0].cells if table.rows else ()
    if set(keys) != set(KEYS):
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for row in table.rows[1:]:
        yield row, {key: row.cells[place] if place < len(row.cells) else "" for place, key in enumerate(keys)}


def sheet(made: Update) -> Sheet:
    """Lay it out."""
    labels = {one.key: one.label for one in FIELDS}
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
    apart = (APART.of(n=made.count("apart")),) if made.count("apart") else ()
    return Sheet(
        "update", TITLE.of(file=made.file), (counts, *apart), tuple(blocks), (NOTHING,) if made.commands else (), data, main="edits"
    )
