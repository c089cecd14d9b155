"""What an import leaves beside the ledger: the row report, and the rows that were not imported with the reason why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from hazardctl.exchange.aliases import ADDED, LINE, WHY
from hazardctl.exchange.delimited import csv_of
from hazardctl.exchange.pages import Page
from hazardctl.language import Language, Text, plain
from hazardctl.ops.import_ import Result
from hazardctl.ops.import_rows import Outcome
from hazardctl.ops.import_sheet import COLUMN, FATES, REASON, REMEDY, VALUE
from hazardctl.render.workbook import Leaf, plain_workbook
from hazardctl.store import writer

REJECTS: Final = Text("未导入的行", "not imported")
FILE: Final = Text("文件", "file")
HIDDEN: Final = Text("隐藏行", "a hidden row")
REPORT: Final = Text("逐行报告", "row report")
_HEAD: Final = (Text("工作表", "sheet"), Text("行", "line"), Text("结果", "outcome"), Text("记录", "record"), COLUMN, VALUE, REASON, REMEDY)


def keep(root: Path, results: Sequence[Result], report: Path | None, rejects: Path | None, language: Language) -> None:
    """Write the row report and the rows that were not imported where they were asked for: csv, or a workbook by the file's ending.

    Raises:
        UsageError: the place is a link, a folder, or inside a record folder.
        SystemFailedError: the disk failed.
        MissingExtraError: a workbook is asked for and the extra `excel` is not installed.
    """
    if report is not None:
        rows = _reported(results, language)
        writer.output(report, plain_workbook([Leaf(REPORT.say(language), rows)]) if is_book(report) else csv_of(rows), root=root)
    if rejects is not None:
        leaves = [leaf for result in results for leaf in _leaves(result, language, several=len(results) > 1)]
        writer.output(rejects, plain_workbook(leaves) if is_book(rejects) else _delimited(results[0], language), root=root)


def _reported(results: Sequence[Result], language: Language) -> list[list[str]]:
    """Give the row report of one file, or of several behind their names; a sheet has its column where one of them has sheets."""
    if len(results) == 1:
        return report_rows(results[0], language)
    sheets = any(page.table.sheet for result in results for page in result.pages.read)
    bodies = [[[result.asked.name, *row] for row in report_rows(result, language, sheets=sheets)[1:]] for result in results]
    return [[name.say(language) for name in (FILE, *(_HEAD if sheets else _HEAD[1:]))], *(row for body in bodies for row in body)]


def _leaves(result: Result, language: Language, *, several: bool) -> list[Leaf]:
    """Give the rows that were not imported; of several files behind the name of theirs, and none of a file that has none."""
    leaves = reject_leaves(result, language)
    if not several:
        return leaves
    stem = result.asked.file.stem
    return [leaf._replace(name=stem if leaf.name == REJECTS.say(language) else f"{stem} {leaf.name}") for leaf in leaves]


def is_book(path: Path) -> bool:
    """Say whether a file is to be a workbook, by its ending."""
    return path.suffix.lower() == ".xlsx"


def _delimited(result: Result, language: Language) -> bytes:
    """Write the rows as a text file; of one table as it came, so that the mapping file of the one fits the other."""
    first, *others = result.pages.read
    rows = reject_rows(result, language)
    return csv_of(rows) if others else csv_of([*_titles(first), *rows], first.table.delimiter or ",")


def report_rows(result: Result, language: Language, *, sheets: bool = False) -> list[list[str]]:
    """Give the row report: one line a question or remark, one line for a row without any; the sheet where there is one, or as asked."""
    head = _HEAD if sheets or any(page.table.sheet for page in result.pages.read) else _HEAD[1:]
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


def reject_leaves(result: Result, language: Language) -> list[Leaf]:
    """Give the rows that were not imported as the sheets they came from: the titles above them, the names on the line they stood on.

    So a mapping file made for the one fits the other. The cells that are asked about are marked.
    """
    waiting = _waiting(result)
    pairs = [(page, [one for one in waiting if one.row.sheet == page.table.sheet]) for page in result.pages.read]
    return [_leaf(result, *pair, language) for pair in [pair for pair in pairs if pair[1]] or pairs[:1]]


def _leaf(result: Result, page: Page, waiting: Sequence[Outcome], language: Language) -> Leaf:
    titles, names = _titles(page), [name for name in page.head.names if name and name not in ADDED]
    lines = [[*_cells(result, one, names), str(one.row.line), _why(one, names, language)] for one in waiting]
    marked = {
        (len(titles) + 1 + at, place)
        for at, one in enumerate(waiting)
        for question in one.questions
        for place, name in enumerate(names)
        if name in question.column.split("、")
    }
    rows = [*titles, [*names, LINE.say(language), WHY.say(language)], *lines]
    return Leaf(page.table.sheet or REJECTS.say(language), rows, len(titles), marked)


def _titles(page: Page) -> list[Sequence[str]]:
    """Give what stands above the column names, line for line."""
    above = {row.line: row.cells for row in page.table.rows[: page.head.start]}
    return [above.get(line, ()) for line in range(1, page.head.first or page.head.line)]


def reject_rows(result: Result, language: Language) -> list[list[str]]:
    """Give the rows that were not imported as one table, with their lines and the reason, to be put right and imported again.

    Where several sheets have a column for one field under different names, the first name stands for them.
    """
    alike = _alike(result)
    names = list(dict.fromkeys(alike.values()))
    several = len(result.pages.read) > 1
    body: list[list[str]] = []
    for one in _waiting(result):
        own = result.pages.of(one.row).head.names
        back = {alike[name]: name for name in own if name in alike}
        cells = _cells(result, one, [back.get(name, "") for name in names])
        body.append([*cells, f"{one.row.sheet}!{one.row.line}" if several else str(one.row.line), _why(one, own, language)])
    return [[*names, LINE.say(language), WHY.say(language)], *body]


def _alike(result: Result) -> dict[str, str]:
    """Give column name → the name its cells stand under in one table of all sheets."""
    found: dict[str, str] = {}
    for page in result.pages.read:
        here = {*page.head.names} - {"", *ADDED}
        others = {result.plan.columns.get(name, ""): name for name in dict.fromkeys(found.values()) if name not in here}
        for name in sorted(here - found.keys(), key=page.head.names.index):
            target = result.plan.columns.get(name, "")
            found[name] = others.pop(target, name) if target not in {"", "x-import", "derived", "?"} else name
    return found


def _waiting(result: Result) -> list[Outcome]:
    return [outcome for outcome in result.outcomes if outcome.fate in {"asked", "refused"}]


def _cells(result: Result, outcome: Outcome, names: Sequence[str]) -> Iterator[str]:
    """Give the cells of a row as written; what repeats the row above only where each row is a record of its own."""
    row, head = outcome.row, result.pages.of(outcome.row).head
    dropped = row.repeated if result.plan.kind != "hazard" else frozenset[int]()
    own = {name: row.cells[n] for n, name in enumerate(head.names) if name and n < len(row.cells) and n not in dropped}
    return (own.get(name, "") for name in names)


def _why(outcome: Outcome, names: Sequence[str], language: Language) -> str:
    """Say why a row was not imported, each reason behind the columns of its own table."""
    said: list[str] = []
    for question in outcome.questions:
        columns = [name for name in question.column.split("、") if name in names]
        said.append(f"{'、'.join(columns) or question.column}：{question.reason.say(language)}".lstrip("："))
    return "；".join(dict.fromkeys(said)) or (outcome.of.say(language) if outcome.of else "")
