"""What an import leaves beside the ledger: the row report, and the rows that were not imported with the reason why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language, Text, plain
from hazardctl.ops.import_ import Result
from hazardctl.ops.import_rows import Outcome
from hazardctl.ops.import_sheet import COLUMN, FATES, REASON, REMEDY, VALUE
from hazardctl.render.workbook import plain_workbook
from hazardctl.store import writer

WHY: Final = Text("未导入原因", "why not imported")
"""A column that `import` passes over when the rows come back."""
REJECTS: Final = Text("未导入的行", "not imported")
HIDDEN: Final = Text("隐藏行", "a hidden row")
REPORT: Final = Text("逐行报告", "row report")
_HEAD: Final = (Text("工作表", "sheet"), Text("行", "line"), Text("结果", "outcome"), Text("记录", "record"), COLUMN, VALUE, REASON, REMEDY)


def keep(root: Path, result: Result, report: Path | None, rejects: Path | None, language: Language) -> None:
    """Write the row report and the rows that were not imported where they were asked for: csv, or a workbook by the file's ending.

    Raises:
        UsageError: the place is a link, a folder, or inside a record folder.
        SystemFailedError: the disk failed.
        MissingExtraError: a workbook is asked for and the extra `excel` is not installed.
    """
    if report is not None:
        writer.output(report, _file(report, report_rows(result, language), REPORT.say(language)), root=root)
    if rejects is not None:
        writer.output(rejects, _file(rejects, reject_rows(result, language), REJECTS.say(language)), root=root)


def _file(path: Path, rows: Sequence[Sequence[str]], name: str) -> bytes:
    return plain_workbook(name, rows) if path.suffix.lower() == ".xlsx" else csv_of(rows)


def report_rows(result: Result, language: Language) -> list[list[str]]:
    """Give the row report: one line a question or remark, one line for a row without any; the sheet where there is one."""
    head = _HEAD if any(page.table.sheet for page in result.pages.read) else _HEAD[1:]
    body: list[list[Text | str]] = []
    for outcome in result.outcomes:
        record = plain(" ".join(outcome.ids)) if outcome.ids else outcome.of or plain("")
        marks = [*outcome.questions, *outcome.remarks, *(mark for one in outcome.ids for mark in result.findings.get(one, ()))]
        whole: list[Text | str] = [outcome.row.sheet, str(outcome.row.line), FATES[outcome.fate], record]
        start = whole[len(_HEAD) - len(head) :]
        body += [[*start, mark.column, mark.raw, mark.reason, mark.remedy or ""] for mark in marks]
        if outcome.row.hidden:
            body.append([*start, "", "", HIDDEN, ""])
        if not marks and not (outcome.row.hidden and outcome.why is None):
            body.append([*start, "", "", outcome.why or "", ""])
    rows = [[cell.say(language) if isinstance(cell, Text) else cell for cell in row] for row in body]
    return [[name.say(language) for name in head], *rows]


def reject_rows(result: Result, language: Language) -> list[list[str]]:
    """Give the rows that were not imported under their column names and with the reason, to be put right and imported again."""
    names = [name for name in result.pages.names if name]
    waiting = [outcome for outcome in result.outcomes if outcome.fate in {"asked", "refused"}]
    return [[*names, WHY.say(language)], *([*_cells(result, outcome, names), _why(outcome, language)] for outcome in waiting)]


def _cells(result: Result, outcome: Outcome, names: Sequence[str]) -> Iterator[str]:
    """Give the cells of a row as written; what repeats the row above only where each row is a record of its own."""
    row, head = outcome.row, result.pages.of(outcome.row).head
    dropped = row.repeated if result.plan.kind != "hazard" else frozenset[int]()
    own = {name: row.cells[n] for n, name in enumerate(head.names) if name and n < len(row.cells) and n not in dropped}
    return (own.get(name, "") for name in names)


def _why(outcome: Outcome, language: Language) -> str:
    said = (f"{question.column}：{question.reason.say(language)}".lstrip("：") for question in outcome.questions)
    return "；".join(dict.fromkeys(said)) or (outcome.of.say(language) if outcome.of else "")
