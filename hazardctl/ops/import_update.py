"""`import FILE --update`: an exported workbook that was edited comes back as proposals, three ways and never over the ledger.

What was exported stands on a hidden sheet of the workbook. A cell that differs from it was edited; where the ledger still says
what was exported, the edit is proposed as the act or correction that would record it; where the ledger has learnt something
else since, both are shown and nothing is proposed (EXPERIENCE §8.1).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import FINDINGS, FINE
from hazardctl.exchange.table import Row
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import KEYS, text
from hazardctl.ops.export_subject import gathered
from hazardctl.ops.import_apart import Rows
from hazardctl.ops.import_edits import LABELS, Edit, compared
from hazardctl.ops.import_faults import Faults, called
from hazardctl.ops.import_proposals import Proposal, proposals
from hazardctl.ops.import_sent import Sent, sent
from hazardctl.ops.import_together import settled
from hazardctl.ops.question import Words
from hazardctl.sheet import Column, Line, Sheet, Value
from hazardctl.sheet import Table as Grid

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


LEFT_ALONE: Final = frozenset({"conflict", "fixed", "apart"})
"""What an edit is that nothing comes of."""


Now = Mapping[str, Mapping[str, str]]
"""Id → key of a column → what the ledger says."""


@dataclass(frozen=True, slots=True)
class Update:
    """What edited workbooks propose.

    Attributes:
        backs: the workbooks as read.
        rows: rows with an id.
        edits: every cell that was edited, in the order of the workbooks and their tables.
        proposals: what would record those that can be, in the order of the records and of the life cycle.
        edited: number of the workbook and line → row of the table, of every row with an edit.
    """

    backs: tuple[Sent, ...]
    rows: int
    edits: tuple[Edit, ...]
    proposals: tuple[Proposal, ...]
    edited: Mapping[tuple[int, int], Row]

    @property
    def files(self) -> tuple[str, ...]:
        """Give the names of the workbooks."""
        return tuple(one.file for one in self.backs)

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


def update(context: Context, *files: Path, insist: bool = False) -> Update:
    """Say what edited exports propose; nothing is written.

    Args:
        context: which ledger, which day.
        files: the workbooks.
        insist: a row that reads as another hazard is a correction all the same.

    Raises:
        UsageError: a file cannot be read or is no export of ours.
        MissingExtraError: the extra `excel` is not installed.
        UnreadableError: there is no ledger.
    """
    return judged(context, sent_all(files), insist=insist)


def sent_all(files: Sequence[Path]) -> tuple[Sent, ...]:
    """Read the workbooks that come back; the ledger is not asked.

    Raises:
        UsageError, MissingExtraError: as `update`; of several files what is wrong with each.
    """
    faults, found = Faults(several=len(files) > 1), list[Sent]()
    for file, name in zip(files, called(files), strict=True):
        with faults.of(name):
            found.append(sent(file, name))
    faults.insist()
    return tuple(found)


def judged(context: Context, backs: Sequence[Sent], *, insist: bool = False) -> Update:
    """Say what workbooks that were read propose together.

    Raises:
        UnreadableError: there is no ledger.
    """
    wanted = {read.cells["id"] for back in backs for read in back.rows}
    now: dict[Language, Now] = {}
    ledger = Ledger()
    for back in backs:
        if back.language not in now:
            ledger, now[back.language] = _said(context, back.language, wanted)
    edits = [edit for number, back in enumerate(backs) for edit in _edits(number, back, now[back.language], ledger, insist=insist)]
    edits = settled(edits, backs, ledger, LABELS) if len(backs) > 1 else edits
    changed = [(edit.id, edit.key, edit.edited) for edit in edits if edit.kind == "proposed"]
    touched = {(edit.of, edit.line) for edit in edits}
    return Update(
        tuple(backs), sum(len(back.exported.keys() & back.lines.keys()) for back in backs), tuple(edits),
        tuple(proposals(changed, now[backs[0].language], ledger)),
        {(of, read.row.line): read.row for of, back in enumerate(backs) for read in back.rows if (of, read.row.line) in touched},
    )  # fmt: skip


def _said(context: Context, language: Language, wanted: Container[str]) -> tuple[Ledger, Now]:
    """Read the ledger, and give what it says of some hazards in the words of a language: a label is compared with a label in it."""
    subject = gathered(replace(context, language=language), Words(), wanted=wanted)
    return subject.ledger, {one.id: {key: text(one.cells[key]) for key in KEYS} for one in subject.lines}


def _edits(of: int, back: Sent, now: Now, ledger: Ledger, *, insist: bool) -> Iterator[Edit]:
    rows = Rows(back.exported, ledger)
    for row, cells, failed in back.rows:
        identity = cells["id"]
        why = _unusable(identity, back)
        if why is not None:
            yield Edit(row.line, identity, "id", "", identity, "", why, "fixed", of)
        elif identity in now:
            here = list(compared(row.line, cells, back.exported[identity], now[identity], failed))
            doubt = None if insist else rows.doubt(cells, here)
            yield from (replace(edit, of=of) for edit in ([doubt] if doubt else here))
        elif any(compared(row.line, cells, back.exported[identity], back.exported[identity])):
            yield Edit(row.line, identity, "id", identity, identity, "", LEFT, "fixed", of)
    yield from (Edit(0, one, "id", one, "", one, GONE, "fixed", of) for one in back.exported if one not in back.lines)


def _unusable(identity: str, back: Sent) -> Text | None:
    """Say why nothing can be read off a row, None where it can; of several rows with one id none is taken to be the right one."""
    if not identity:
        return NEW
    lines = back.lines[identity]
    return UNKNOWN if identity not in back.exported else TWICE.of(lines=list(lines)) if len(lines) > 1 else None


def sheet(made: Update) -> Sheet:
    """Lay it out."""
    several = len(made.backs) > 1
    columns = (
        *([Column("file", Text("文件", "file"))] if several else []),
        Column("line", Text("行", "line"), align="right"), Column("id", Text("编号", "id"), fixed=True),
        Column("column", Text("列", "column")), Column("base", Text("导出时", "exported")), Column("edited", Text("表里", "edited")),
        Column("outcome", Text("结果", "outcome")),
    )  # fmt: skip
    rows = tuple(
        (*([made.files[edit.of]] if several else []), edit.line or None, edit.id, LABELS[edit.key], edit.base, edit.edited, edit.outcome)
        for edit in made.edits
    )
    counts = COUNTS.of(
        rows=made.rows, changed=len(made.edits), proposed=made.count("proposed"), same=made.count("same"), conflicts=made.count("conflict"),
        fixed=made.count("fixed"),
    )  # fmt: skip
    blocks = ([Grid("edits", columns, rows)] if rows else []) + [Line(Text("{it}", "{it}").of(it=one)) for one in made.commands]
    apart = (APART.of(n=made.count("apart")),) if made.count("apart") else ()
    return Sheet(
        "update", TITLE.of(file=list(made.files)), (counts, *apart), tuple(blocks), (NOTHING,) if made.commands else (), _data(made),
        main="edits",
    )  # fmt: skip


def _data(made: Update) -> Mapping[str, Value]:
    several = len(made.backs) > 1
    return {
        "file": made.files[0],
        **({"files": list(made.files)} if several else {}),
        "rows": made.rows,
        "edits": [
            {
                **({"file": made.files[e.of]} if several else {}),
                "line": e.line, "id": e.id, "column": e.key, "base": e.base, "edited": e.edited, "now": e.now, "outcome": e.kind,
            }
            for e in made.edits
        ],
        "commands": list(made.commands),
    }  # fmt: skip
