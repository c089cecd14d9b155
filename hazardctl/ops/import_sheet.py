"""What an import says: which column maps where, how the rows ended, what waits for a decision."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from hazardctl.exchange.rows import cells_of
from hazardctl.exchange.work import Question
from hazardctl.language import Language, Text, plain
from hazardctl.ops.import_ import HAD_MAP, Result
from hazardctl.ops.import_rows import Fate, Outcome
from hazardctl.sheet import Block, Column, Figures, Line, Sheet, Table, Value
from hazardctl.store import writer

SHOWN: Final = 6
LONGEST: Final = 40
FATES: Final[dict[Fate, Text]] = {
    "imported": Text("导入", "imported"), "duplicate": Text("已在册", "known already"), "asked": Text("需确认", "to decide"),
    "refused": Text("拒绝", "refused"), "skipped": Text("跳过", "skipped"),
}  # fmt: skip
READY: Final = Text("可导入", "ready")
TITLE: Final = Text("导入 {file}", "import of {file}")
FORM: Final = Text(
    "编码 {encoding}，分隔 {delimiter}，表头第 {line} 行，其上标题 {titles} 行，数据 {n} 行",
    "encoding {encoding}, delimiter {delimiter}, column names on line {line}, {titles} title rows above, {n} rows of data",
)
COLUMNS: Final = Text("列对应", "columns")
QUESTIONS: Final = Text("需要决定或改正", "to decide or to put right")
REMARKS: Final = Text("已导入，请核对", "imported, to be looked at")
WOULD_REMARK: Final = Text("可导入，请核对", "ready, to be looked at")
SKIPPED: Final = Text("不是数据的行", "rows that hold no data")
UNITS: Final = Text("新建单位 {n} 个：{names}", "{n} new units: {names}")
RECORDS: Final = Text("共 {n} 条记录", "{n} records")
NOT_WRITTEN: Final = Text("试运行，未写入台账", "dry run: the ledger is as it was")
WRITTEN: Final = Text("已写入 {n} 条{kind}{commit}", "{n} {kind} written{commit}")
NOTHING: Final = Text("没有新的{kind}可写", "there were no new {kind} to write")
MAP_MADE: Final = Text("映射文件已生成：{path}，改好后加 --map 再运行", "mapping file made: {path}; correct it and run again with --map")
MAP_KEPT: Final = Text(
    "映射文件 {path} 已存在，没有改动；用它请加 --map", "the mapping file {path} was there and is untouched; --map uses it"
)
LINES: Final = Text("行", "lines")
COLUMN: Final = Text("列", "column")
FIELD: Final = Text("字段", "field")
VALUE: Final = Text("原值", "value")
REASON: Final = Text("原因", "reason")
REMEDY: Final = Text("怎样解决", "what settles it")


def sheet(result: Result) -> Sheet:
    """Lay the result out."""
    blocks: list[Block] = [_columns(result), _counts(result)]
    questions = [(outcome, question) for outcome in result.outcomes for question in outcome.questions]
    blocks += _grouped("questions", QUESTIONS, questions)
    blocks += _grouped("remarks", WOULD_REMARK if result.asked.dry_run else REMARKS, list(_remarks(result)))
    blocks += _skipped(result)
    if result.units:
        names = [str(getattr(unit.record, "name", unit.record.id)) for unit in result.units]
        blocks.append(Line(UNITS.of(n=len(names), names=[*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])]), "units"))
    title = TITLE.of(file=result.asked.file.name)
    return Sheet("import", title, (_form(result),), tuple(blocks), tuple(_foot(result)), data(result), main="questions")


def _form(result: Result) -> Text:
    rows = sum(outcome.fate != "skipped" for outcome in result.outcomes)
    return FORM.of(
        encoding=result.table.encoding, delimiter=result.table.delimiter_name, line=result.head.line, titles=result.head.titles, n=rows
    )


def _foot(result: Result) -> Iterator[Text]:
    if result.asked.dry_run:
        yield NOT_WRITTEN
    elif result.records:
        yield WRITTEN.of(n=result.records, kind=result.noun, commit=f"  {result.commit[:7]}" if result.commit else "")
    else:
        yield NOTHING.of(kind=result.noun)
    if result.mapping:
        yield (MAP_KEPT if result.mapping_is == HAD_MAP else MAP_MADE).of(path=str(result.mapping))


def _columns(result: Result) -> Table:
    samples = _samples(result)
    rows = tuple((name, _target(result, name), samples.get(name, "")[:24]) for name in result.head.names if name)
    columns = (Column("column", COLUMN), Column("field", FIELD, fixed=True), Column("sample", VALUE, drop=1))
    return Table("columns", columns, rows, title=COLUMNS)


def _target(result: Result, name: str) -> str:
    """Give what a column fills: its own field, and those of `set:` and `events:` that look at it."""
    own = result.plan.columns.get(name, "")
    others = [target for target, source in result.plan.fixed.items() if name in source.named]
    others += [f"{act.do}.{field}" for act in result.plan.events for field, source in act.fields.items() if name in source.named]
    others += [f"when:{act.do}" for act in result.plan.events if name in act.when]
    return own if own and own != "x-import" else " ".join(dict.fromkeys(others)) or own or "x-import"


def _samples(result: Result) -> dict[str, str]:
    found: dict[str, str] = {}
    for outcome in result.outcomes[:50]:
        for name, text in cells_of(result.head, outcome.row).items():
            if text:
                found.setdefault(name, " ".join(text.split()))
    return found


def _counts(result: Result) -> Figures:
    labels = {**FATES, "imported": READY if result.asked.dry_run else FATES["imported"]}
    columns = [Column(fate, label, align="right") for fate, label in labels.items()]
    values = [result.count(fate) for fate in FATES]
    total = Column("rows", Text("共（行）", "rows in all"), align="right")
    return Figures("counts", (*columns, total), (*values, len(result.outcomes)))


def _remarks(result: Result) -> Iterator[tuple[Outcome, Question]]:
    for outcome in result.outcomes:
        yield from ((outcome, remark) for remark in outcome.remarks)
        for record in outcome.ids:
            for mark in result.findings.get(record, ()):
                yield outcome, mark._replace(column=mark.key, raw="")


def _grouped(key: str, title: Text, pairs: Sequence[tuple[Outcome, Question]]) -> list[Block]:
    """Lay questions out, those alike on one line with the lines they stand on; rule findings by their code."""
    groups: dict[tuple[str, str, str], list[tuple[Outcome, Question]]] = {}
    for outcome, question in pairs:
        alike = (question.column, question.raw, question.reason.say("en") if question.raw or not question.key.startswith("HZ") else "")
        groups.setdefault(alike, []).append((outcome, question))
    if not groups:
        return []
    rows = tuple(
        (
            _lines([outcome.row.line for outcome, _ in group]),
            group[0][1].column,
            _cut(group[0][1].raw),
            group[0][1].reason,
            group[0][1].remedy,
        )
        for group in groups.values()
    )
    columns = (
        Column("lines", LINES),
        Column("column", COLUMN),
        Column("raw", VALUE),
        Column("reason", REASON),
        Column("remedy", REMEDY, drop=1),
    )
    return [Table(key, columns, rows, title=title)]


def _lines(lines: Sequence[int]) -> Text:
    several = list(dict.fromkeys(lines))
    shown = [str(line) for line in several[:SHOWN]]
    if len(several) <= SHOWN:
        return Text("{shown}", "{shown}", {"shown": shown})
    return Text("{shown} 等 {n} 行", "{shown} … {n} lines", {"shown": shown, "n": len(several)})


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def _skipped(result: Result) -> list[Block]:
    rows = tuple(
        (outcome.row.line, _cut("".join(cell for cell in outcome.row.cells if cell)), outcome.why)
        for outcome in result.outcomes if outcome.fate == "skipped"
    )  # fmt: skip
    columns = (Column("line", LINES, align="right"), Column("raw", VALUE), Column("reason", REASON))
    return [Table("skipped", columns, rows[:SHOWN], title=SKIPPED)] if rows else []


def data(result: Result) -> dict[str, Value]:
    """Give the same for programs, every row with its end."""
    return {
        "file": result.asked.file.name,
        "kind": result.plan.kind,
        "dry_run": result.asked.dry_run,
        "encoding": result.table.encoding,
        "delimiter": result.table.delimiter_name,
        "header_line": result.head.line,
        "columns": [{"column": name, "field": _target(result, name)} for name in result.head.names if name],
        "counts": {**dict(_numbers(result)), "rows": len(result.outcomes), "records": result.records},
        "units": [unit.record.id for unit in result.units],
        "mapping": str(result.mapping) if result.mapping else None,
        "commit": result.commit,
        "rows": [_row(result, outcome) for outcome in result.outcomes],
    }


def _numbers(result: Result) -> Iterator[tuple[str, int]]:
    for fate in FATES:
        yield fate, result.count(fate)


def _row(result: Result, outcome: Outcome) -> dict[str, Value]:
    marks = [*outcome.remarks, *(mark for record in outcome.ids for mark in result.findings.get(record, ()))]
    return {
        "line": outcome.row.line,
        "outcome": outcome.fate,
        "ids": list(outcome.ids),
        "of": outcome.of or outcome.why,
        "questions": [_said(question) for question in outcome.questions],
        "remarks": [_said(mark) for mark in marks],
    }


def _said(question: Question) -> dict[str, Value]:
    return {"column": question.column, "raw": question.raw, "reason": question.reason, "remedy": question.remedy, "key": question.key}


def keep(root: Path, result: Result, report: Path | None, rejects: Path | None, language: Language) -> None:
    """Write the row report and the rows that were not imported where they were asked for.

    Raises:
        UsageError: the place is a link, a folder, or inside a record folder.
        SystemFailedError: the disk failed.
    """
    if report is not None:
        writer.output(report, report_csv(result, language), root=root)
    if rejects is not None:
        writer.output(rejects, rejects_csv(result), root=root)


def report_csv(result: Result, language: Language) -> bytes:
    """Give the row report: one line a question or remark, one line for a row without any; UTF-8 with a mark, CRLF."""
    head = [Text("行", "line"), Text("结果", "outcome"), Text("记录", "record"), COLUMN, VALUE, REASON, REMEDY]
    body: list[list[Text | str]] = []
    for outcome in result.outcomes:
        fate = FATES[outcome.fate]
        record = plain(" ".join(outcome.ids)) if outcome.ids else outcome.of or plain("")
        marks = [*outcome.questions, *outcome.remarks, *(mark for one in outcome.ids for mark in result.findings.get(one, ()))]
        start: list[Text | str] = [str(outcome.row.line), fate, record]
        body += [[*start, mark.column, mark.raw, mark.reason, mark.remedy or ""] for mark in marks]
        if not marks:
            body.append([*start, "", "", outcome.why or "", ""])
    rows = [[cell.say(language) if isinstance(cell, Text) else cell for cell in row] for row in body]
    return _csv([[name.say(language) for name in head], *rows])


def rejects_csv(result: Result) -> bytes:
    """Give the rows that were not imported under their column names, to be put right and imported again."""
    waiting = [outcome for outcome in result.outcomes if outcome.fate in {"asked", "refused"}]
    names = list(result.head.names)
    rows = [[outcome.row.cells[n] if n < len(outcome.row.cells) else "" for n in range(len(names))] for outcome in waiting]
    return _csv([names, *rows])


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _safe(text: str) -> str:
    """Keep spreadsheets from taking a cell for a formula; the reader of `import` takes the mark off again."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else text
