"""What an import says: which column maps where, how the rows ended, what waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.exchange.desk import Question
from hazardctl.exchange.pages import Page
from hazardctl.language import Text, plain
from hazardctl.ops.import_ import Result
from hazardctl.ops.import_plan import HAD_MAP
from hazardctl.ops.import_rows import Fate, Outcome
from hazardctl.sheet import Block, Column, Figures, Line, Sheet, Table, Value

SHOWN: Final = 6
LONGEST: Final = 40
FATES: Final[dict[Fate, Text]] = {
    "imported": Text("导入", "imported"), "merged": Text("并入", "merged"),
    "duplicate": Text("已在册", "known already"), "asked": Text("需确认", "to decide"),
    "refused": Text("拒绝", "refused"), "skipped": Text("跳过", "skipped"),
}  # fmt: skip
READY: Final = Text("可导入", "ready")
TITLE: Final = Text("导入 {file}", "import of {file}")
FORM: Final = Text(
    "编码 {encoding}，分隔 {delimiter}，表头第 {line} 行，其上标题 {titles} 行，数据 {n} 行",
    "encoding {encoding}, delimiter {delimiter}, column names on line {line}, {titles} title rows above, {n} rows of data",
)
FORM_OF_SHEET: Final = Text(
    "工作表“{sheet}”（{encoding}），表头第 {line} 行，其上标题 {titles} 行，数据 {n} 行{merges}{hidden}",
    "sheet “{sheet}” ({encoding}), column names on line {line}, {titles} title rows above, {n} rows of data{merges}{hidden}",
)
MERGES: Final = Text("，合并单元格 {n} 处（已向下填充）", ", {n} merged cells (filled down)")
HIDDEN: Final = Text("，隐藏行 {n} 行（{lines}），照常读", ", {n} hidden rows ({lines}), read like the others")
HIDDEN_COLUMNS: Final = Text("，隐藏列：{names}", ", hidden columns: {names}")
LEFT: Final = Text("没有读的工作表：{names}（要读用 --sheet）", "sheets not read: {names} (--sheet reads one)")
HIDDEN_SHEETS: Final = Text("没有读的隐藏工作表：{names}（要读用 --sheet）", "hidden sheets, not read: {names} (--sheet reads one)")
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
    blocks += grouped("questions", QUESTIONS, list(questions(result)))
    blocks += grouped("remarks", WOULD_REMARK if result.asked.dry_run else REMARKS, list(remarks(result)))
    blocks += _skipped(result)
    blocks += new_units([result])
    title = TITLE.of(file=result.asked.name)
    return Sheet("import", title, tuple(_forms(result)), tuple(blocks), tuple(_foot(result)), data(result), main="questions")


def new_units(results: Sequence[Result]) -> list[Block]:
    """Name the units that are made with the records."""
    names = [str(getattr(unit.record, "name", unit.record.id)) for result in results for unit in result.units]
    return [Line(UNITS.of(n=len(names), names=[*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])]), "units")] if names else []


def _forms(result: Result) -> Iterator[Text]:
    """Say of every table how it was read, and which sheets hold none."""
    lines = [(outcome.row.sheet, outcome.row.line) for outcome in result.outcomes if outcome.fate != "skipped"]
    for page in result.pages.read:
        here = [line for sheet, line in lines if sheet == page.table.sheet]
        form = FORM_OF_SHEET if page.table.sheet else FORM
        yield form.of(
            encoding=page.table.encoding, delimiter=page.table.delimiter_name, sheet=page.table.sheet, titles=page.head.titles,
            line=_stretch(page.head.first or page.head.line, page.head.line), n=len(here), merges=_merges(page),
            hidden=_hidden(result, page),
        )  # fmt: skip
    yield from unread(result)


def unread(result: Result) -> Iterator[Text]:
    """Name the sheets that were not read."""
    for said, names in ((LEFT, result.pages.left), (HIDDEN_SHEETS, result.pages.hidden)):
        if names:
            yield said.of(names=[f"“{name}”" for name in names])


def _stretch(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _merges(page: Page) -> Text:
    count = len(page.table.merges)
    return MERGES.of(n=count) if count else plain("")


def _hidden(result: Result, page: Page) -> Text:
    """Say which rows and columns a person who opens the workbook does not see."""
    lines = [str(outcome.row.line) for outcome in result.outcomes if outcome.row.hidden and outcome.row.sheet == page.table.sheet]
    names = [f"“{name}”" for place, name in enumerate(page.head.names) if place in page.table.hidden and name]
    rows = HIDDEN.of(n=len(lines), lines=[*lines[:SHOWN], *(["…"] if len(lines) > SHOWN else [])]) if lines else plain("")
    return Text("{rows}{names}", "{rows}{names}").of(rows=rows, names=HIDDEN_COLUMNS.of(names=names) if names else plain(""))


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
    rows = tuple((name, target_of(result, name), samples.get(name, "")[:24]) for name in result.pages.names if name)
    columns = (Column("column", COLUMN), Column("field", FIELD, fixed=True), Column("sample", VALUE, drop=1))
    return Table("columns", columns, rows, title=COLUMNS)


def target_of(result: Result, name: str) -> str:
    """Give what a column fills: its own field, and those of `set:` and `events:` that look at it."""
    own = result.plan.columns.get(name, "")
    others = [target for target, source in result.plan.fixed.items() if name in source.named]
    others += [f"{act.do}.{field}" for act in result.plan.events for field, source in act.fields.items() if name in source.named]
    others += [f"when:{act.do}" for act in result.plan.events if name in act.when]
    return own if own and own != "x-import" else " ".join(dict.fromkeys(others)) or own or "x-import"


def _samples(result: Result) -> dict[str, str]:
    found: dict[str, str] = {}
    for outcome in result.outcomes[:50]:
        for name, text in result.pages.of(outcome.row).cells(outcome.row).items():
            if text:
                found.setdefault(name, " ".join(text.split()))
    return found


def _counts(result: Result) -> Figures:
    labels = {**FATES, "imported": READY if result.asked.dry_run else FATES["imported"]}
    shown: list[Fate] = [fate for fate in FATES if fate != "merged" or result.count(fate)]
    columns = [Column(fate, labels[fate], align="right") for fate in shown]
    values = [result.count(fate) for fate in shown]
    total = Column("rows", Text("共（行）", "rows in all"), align="right")
    return Figures("counts", (*columns, total), (*values, len(result.outcomes)))


def questions(result: Result) -> Iterator[tuple[str, Question]]:
    """Give what is asked about, each with the place of its row."""
    return ((_place(result, outcome), question) for outcome in result.outcomes for question in outcome.questions)


def remarks(result: Result) -> Iterator[tuple[str, Question]]:
    """Give what should be looked at, each with the place of its row."""
    for outcome in result.outcomes:
        marks = (mark._replace(column=mark.key, raw="") for record in outcome.ids for mark in result.findings.get(record, ()))
        yield from ((_place(result, outcome), one) for one in (*outcome.remarks, *marks))


def _place(result: Result, outcome: Outcome) -> str:
    """Give the line of a row, behind its sheet where several are read."""
    line = str(outcome.row.line)
    return f"{outcome.row.sheet}!{line}" if len(result.pages.read) > 1 else line


def grouped(key: str, title: Text, pairs: Sequence[tuple[str, Question]]) -> list[Block]:
    """Lay questions out, those alike on one line with the places they stand at; rule findings by their code."""
    groups: dict[tuple[str, str, str], list[tuple[str, Question]]] = {}
    for place, question in pairs:
        alike = (question.column, question.raw, question.reason.say("en") if question.raw or not question.key.startswith("HZ") else "")
        groups.setdefault(alike, []).append((place, question))
    if not groups:
        return []
    rows = tuple(
        (
            _lines([place for place, _ in group]),
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


def _lines(lines: Sequence[str]) -> Text:
    several = list(dict.fromkeys(lines))
    shown = several[:SHOWN]
    if len(several) <= SHOWN:
        return Text("{shown}", "{shown}", {"shown": shown})
    return Text("{shown} 等 {n} 行", "{shown} … {n} lines", {"shown": shown, "n": len(several)})


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST else f"{flat[: LONGEST - 1]}…"


def _skipped(result: Result) -> list[Block]:
    rows = tuple(
        (_place(result, outcome), _cut("".join(cell for cell in outcome.row.cells if cell)), outcome.why)
        for outcome in result.outcomes if outcome.fate == "skipped"
    )  # fmt: skip
    columns = (Column("line", LINES, align="right"), Column("raw", VALUE), Column("reason", REASON))
    return [Table("skipped", columns, rows[:SHOWN], title=SKIPPED)] if rows else []


def data(result: Result) -> dict[str, Value]:
    """Give the same for programs, every row with its end."""
    first = result.pages.read[0]
    return {
        "file": result.asked.name,
        "kind": result.plan.kind,
        "dry_run": result.asked.dry_run,
        "encoding": first.table.encoding,
        "delimiter": first.table.delimiter_name,
        "header_line": first.head.line,
        "sheets": [page.table.sheet for page in result.pages.read if page.table.sheet],
        "columns": [{"column": name, "field": target_of(result, name)} for name in result.pages.names if name],
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
        "sheet": outcome.row.sheet or None,
        "line": outcome.row.line,
        "hidden": outcome.row.hidden,
        "outcome": outcome.fate,
        "ids": list(outcome.ids),
        "of": outcome.of or outcome.why,
        "questions": [_said(question) for question in outcome.questions],
        "remarks": [_said(mark) for mark in marks],
    }


def _said(question: Question) -> dict[str, Value]:
    return {"column": question.column, "raw": question.raw, "reason": question.reason, "remedy": question.remedy, "key": question.key}
