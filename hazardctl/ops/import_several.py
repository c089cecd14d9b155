"""What an import of several files says: a line a file, which columns they agree on, and what waits, by file and line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.exchange.desk import Question
from hazardctl.language import Text, plain
from hazardctl.ops.import_ import Result
from hazardctl.ops.import_faults import AT
from hazardctl.ops.import_plan import HAD_MAP
from hazardctl.ops.import_rows import Fate
from hazardctl.ops.import_sheet import (
    COLUMN,
    COLUMNS,
    FATES,
    FIELD,
    MAP_KEPT,
    MAP_MADE,
    NOT_WRITTEN,
    NOTHING,
    QUESTIONS,
    READY,
    REMARKS,
    WOULD_REMARK,
    WRITTEN,
    data,
    grouped,
    new_units,
    questions,
    remarks,
    target_of,
    unread,
)
from hazardctl.sheet import Block, Cell, Column, Sheet, Table, Value

TITLE: Final = Text("导入 {n} 个文件", "import of {n} files")
FILE: Final = Text("文件", "file")
FILES: Final = Text("各文件", "files")
TOTAL: Final = Text("合计", "all")
ROWS: Final = Text("行", "rows")
RECORDS: Final = Text("记录", "records")
FOR_SEVERAL: Final = Text("（{n} 个文件的列相同，共用这一个）", " ({n} files have the same columns: one for all of them)")
EVERY: Final = Text("全部", "all")
SHOWN: Final = 4
COUNTED: Final[Sequence[Fate]] = ("imported", "merged", "duplicate", "asked", "refused", "skipped")


def sheet(results: Sequence[Result]) -> Sheet:
    """Lay the results out."""
    dry = results[0].asked.dry_run
    pairs = [[(f"{result.asked.name}:{place}", one) for place, one in questions(result)] for result in results]
    marks = [[(f"{result.asked.name}:{place}", one) for place, one in remarks(result)] for result in results]
    blocks: list[Block] = [_files(results), _columns(results)]
    blocks += grouped("questions", QUESTIONS, _all(pairs))
    blocks += grouped("remarks", WOULD_REMARK if dry else REMARKS, _all(marks))
    blocks += new_units(results)
    return Sheet("imports", TITLE.of(n=len(results)), (), tuple(blocks), tuple(_foot(results)), _data(results), main="questions")


def _all(parts: Sequence[Sequence[tuple[str, Question]]]) -> list[tuple[str, Question]]:
    return [pair for part in parts for pair in part]


def _files(results: Sequence[Result]) -> Table:
    labels = {**FATES, "imported": READY if results[0].asked.dry_run else FATES["imported"]}
    columns = (
        Column("file", FILE), Column("rows", ROWS, align="right"), *(Column(fate, labels[fate], align="right") for fate in COUNTED),
        Column("records", RECORDS, align="right"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(result.asked.name, *_numbers([result])) for result in results]
    rows.append((TOTAL, *_numbers(results)))
    return Table("files", columns, tuple(rows), title=FILES, total=True)


def _numbers(results: Sequence[Result]) -> tuple[int, ...]:
    fates = (sum(result.count(fate) for result in results) for fate in COUNTED)
    return (sum(len(result.outcomes) for result in results), *fates, sum(result.records for result in results))


def _columns(results: Sequence[Result]) -> Table:
    """Say which column fills which field in which files; alike ones stand once."""
    found: dict[tuple[str, str], list[str]] = {}
    for result in results:
        for name in filter(None, result.pages.names):
            found.setdefault((name, target_of(result, name)), []).append(result.asked.name)
    rows = tuple((*pair, _named(names, len(results))) for pair, names in found.items())
    return Table("columns", (Column("column", COLUMN), Column("field", FIELD, fixed=True), Column("files", FILE)), rows, title=COLUMNS)


def _named(names: Sequence[str], all_: int) -> Text:
    shown = [*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])]
    return EVERY if len(names) == all_ else Text("{it}", "{it}").of(it=shown)


def _foot(results: Sequence[Result]) -> Iterator[Text]:
    first, made = results[0], sum(result.records for result in results)
    if first.asked.dry_run:
        yield NOT_WRITTEN
    elif made:
        yield WRITTEN.of(n=made, kind=first.noun, commit=f"  {first.commit[:7]}" if first.commit else "")
    else:
        yield NOTHING.of(kind=first.noun)
    for result in results:
        yield from (AT.of(file=result.asked.name, place=said) for said in unread(result))
    places = Counter((str(result.mapping), result.mapping_is) for result in results if result.mapping)
    for (path, how), count in places.items():
        of_all = FOR_SEVERAL.of(n=count) if count > 1 else plain("")
        yield Text("{it}{of}", "{it}{of}").of(it=(MAP_KEPT if how == HAD_MAP else MAP_MADE).of(path=path), of=of_all)


def _data(results: Sequence[Result]) -> dict[str, Value]:
    """Give the same for programs: every file as an import of one file gives it."""
    names = ("rows", *COUNTED, "records")
    return {
        "dry_run": results[0].asked.dry_run,
        "counts": dict(zip(names, _numbers(results), strict=True)),
        "commit": results[0].commit,
        "files": [{"schema": "hazardctl/import/1", **data(result)} for result in results],
    }
