"""`import FILE --update`: an exported workbook that was edited comes back as proposals, three ways and never over the ledger.

What was exported stands on a hidden sheet of the workbook. A cell that differs from it was edited; where the ledger still says
what was exported, the edit is proposed as the act or correction that would record it; where the ledger has learnt something
else since, both are shown and nothing is proposed (EXPERIENCE §8.1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import FINDINGS, FINE, UsageError, reason
from hazardctl.exchange.headers import head
from hazardctl.exchange.table import MOST_BYTES, Row, Table
from hazardctl.exchange.workbook import is_workbook, workbook
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.ops.context import Context
from hazardctl.ops.export_book import BASE
from hazardctl.ops.export_rows import FIELDS, KEYS, text
from hazardctl.ops.export_subject import gathered
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_edits import Edit, compared, plain
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
LEFT: Final = Text("台账里没有了，或读不出：运行 validate", "gone from the ledger, or unreadable by now: run validate")
GONE: Final = Text("导出时有，表里没有了；台账不删除", "exported, and no longer in the table; the ledger deletes nothing")
TWICE: Final = Text("表里出现 {n} 次，哪一行算数不明", "stands {n} times in the table: which row counts is not certain")


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
    ledger, base, language = _sheets(file)
    edited = list(_rows(ledger))
    times = Counter(cells["id"] for _, cells, _ in edited)
    exported = {cells["id"]: cells for _, cells in _based(base)}
    subject = gathered(replace(context, language=language), Words())
    now = {one.id: {key: text(one.cells[key]) for key in KEYS} for one in subject.lines}
    edits: list[Edit] = []
    for row, cells, failed in edited:
        identity = cells["id"]
        why = _unusable(identity, times[identity], exported)
        if why is not None:
            edits.append(Edit(row.line, identity, "id", "", identity, "", why, "fixed"))
        elif identity in now:
            edits += compared(row.line, cells, exported[identity], now[identity], failed)
        elif any(compared(row.line, cells, exported[identity], exported[identity])):
            edits.append(Edit(row.line, identity, "id", identity, identity, "", LEFT, "fixed"))
    edits += [Edit(0, one, "id", one, "", one, GONE, "fixed") for one in exported if not times[one]]
    changed = [(edit.id, edit.key, edit.edited) for edit in edits if edit.kind == "proposed"]
    return Update(file.name, len(exported.keys() & times.keys()), tuple(edits), tuple(proposals(changed, now, subject.ledger)))


def _unusable(identity: str, times: int, exported: Container[str]) -> Text | None:
    """Say why nothing can be read off a row, None where it can; of several rows with one id none is taken to be the right one."""
    if not identity:
        return NEW
    return UNKNOWN if identity not in exported else TWICE.of(n=times) if times > 1 else None


def _sheets(file: Path) -> tuple[Table, Table, Language]:
    """Give the ledger's sheet, the hidden one, and the language they were exported in: a label is compared with a label in it."""
    try:
        data = file.read_bytes()
    except OSError as failure:
        raise UsageError(NOT_OPENED.of(path=str(file), why=reason(failure))) from failure
    if not is_workbook(data) or len(data) > MOST_BYTES:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for language in LANGUAGES:
        try:
            (ledger,), (base,) = (workbook(data, file.name, name.say(language)) for name in (LEDGER, BASE))
        except UsageError:
            continue
        return ledger, base, language
    raise UsageError(NOT_OURS, EXPORT_FIRST)


def _rows(table: Table) -> Iterator[tuple[Row, dict[str, str], Container[str]]]:
    """Give the rows below the names, by key of the column, and the keys of cells whose formula has no value.

    A column that was taken away says nothing.
    """
    names = head(table.rows, merges=table.merges)
    labels = {spelling: field.key for field in FIELDS for spelling in (field.label.zh, field.label.en)}
    at = {labels[name]: position for position, name in enumerate(names.names) if name in labels}
    if "id" not in at:
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for row in table.rows[names.start :]:
        cells = {key: plain(key, row.cells[place] if place < len(row.cells) else "") for key, place in at.items()}
        if any(cells.values()):
            yield row, cells, [key for key, place in at.items() if place in row.failed]


def _based(table: Table) -> Iterator[tuple[Row, dict[str, str]]]:
    keys = table.rows[0].cells if table.rows else ()
    if set(keys) != set(KEYS):
        raise UsageError(NOT_OURS, EXPORT_FIRST)
    for row in table.rows[1:]:
        yield row, {key: row.cells[place] if place < len(row.cells) else "" for place, key in enumerate(keys)}


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
