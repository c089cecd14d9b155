"""Exchanging: `export` (EXPERIENCE §2.3)."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import printed, reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.question import Words

DATA_SET: Final = both("数据集（parquet）", "data set (parquet)")
PARQUET: Final = "parquet"
ONLY_PARQUET: Final = Text(
    "--ledger-key、--ledger、--engine 要和 --format parquet 一起用",
    "--ledger-key, --ledger and --engine go with --format parquet",
)
WRONG: Final = Text("有 {n} 个佐证文件与登记不符、缺失或读不出", "{n} files of evidence are changed, missing or cannot be read")
EXPORTING: Final = Text("导出", "exporting")
HANDED: Final = Text("已导出 {n} 条到 {file}", "{n} hazards written to {file}")


@shown(
    "hazardctl export -o 台账.xlsx",
    "hazardctl export found:2026 -o 2026.sqlite",
    "hazardctl export is:open -o 期限.ics",
    "hazardctl export 7K2QF -o 佐证.html",
    "hazardctl export --template 上级表.xlsx -o 报送.xlsx",
    "hazardctl export --format parquet -o 数据集",
)
def export(
    context: typer.Context,
    filters: ask.Filters = None,
    *,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    basis: ask.Basis = "",
    known_at: ask.KnownAt = "",
    incognito: ask.Incognito = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE.xlsx", rich_help_panel=ask.OUTPUT, help=both("填进上级发来的表", "fill in this workbook")),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="xlsx|csv|json|ics|sqlite|html|parquet", rich_help_panel=ask.OUTPUT, help=both("格式", "format")),
    ] = "",
    output: ask.Output = "",
    ledger_key: Annotated[
        str,
        typer.Option(
            "--ledger-key", metavar="KEY", rich_help_panel=DATA_SET, help=both("台账在数据集里的名字", "its name in the data set")
        ),
    ] = "",
    ledger: ask.Ledgers = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="spark", rich_help_panel=DATA_SET, help=both("几本一起写：Spark 的任务", "side by side, as tasks of Spark")
        ),
    ] = "",
) -> int:
    """Hand out the hazards as they stand on a day: a workbook, csv, json, their deadlines, a data base, evidence; or a data set."""
    from hazardctl.ops.export import Wanted
    from hazardctl.ops.export import export as made
    from hazardctl.ops.question import Words
    from hazardctl.render.progress import progress
    from hazardctl.store.writer import output as write

    door, words = doors.of(context), Words(period, tuple(filters or ()), as_of, basis, known_at=known_at)
    if format_.strip().lower() == PARQUET or ledger_key or ledger or engine:
        return _data_set(door, words, (format_, output, ledger_key, engine), ledger, as_is=not (incognito or template))
    here = door.context()
    with progress(sys.stderr, EXPORTING.say(door.language), shown=sys.stderr.isatty()) as told:
        done = made(here, words, Wanted(output, format_, incognito, template), told)
    if output:
        write(Path(output), done.data, root=here.root)
        door.tell(HANDED.of(n=done.count, file=output))
    else:
        printed(done.data)
    if done.wrong:
        door.tell(WRONG.of(n=done.wrong))
    return FINDINGS if done.incomplete or done.wrong else FINE


def _data_set(door: doors.Door, words: Words, typed: tuple[str, str, str, str], ledger: list[str] | None, *, as_is: bool) -> int:
    """Write whole ledgers into a data set."""
    from hazardctl.ops.export_dataset import Where, export, told

    format_, folder, key, engine = typed
    if format_.strip().lower() != PARQUET:
        raise UsageError(ONLY_PARQUET)
    here, ledgers = door.pooling(ledger)
    part = words.filters or words.period or words.as_of or words.basis
    where = Where(folder, key, engine.strip().lower(), whole=not part, plain=as_is)
    with reading(door) as progress:
        done = export(here, replace(words, ledgers=ledgers), where, progress)
    lines = told(done, folder)
    door.say(lines[0])
    door.tell(*lines[1:])
    return FINDINGS if any(one.incomplete for one in done) else FINE
