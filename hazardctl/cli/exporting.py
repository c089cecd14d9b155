"""Exchanging: `export` (EXPERIENCE §2.3)."""

from __future__ import annotations

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
    "--ledger-key、--ledger、--ledgers-from、--engine 要和 --format parquet 一起用",
    "--ledger-key, --ledger, --ledgers-from and --engine go with --format parquet",
)
HANDED: Final = Text("已导出 {n} 条到 {file}", "{n} hazards written to {file}")


@shown(
    "hazardctl export -o 台账.xlsx",
    "hazardctl export found:2026 -o 2026.sqlite",
    "hazardctl export is:open -o 期限.ics",
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
    incognito: Annotated[
        bool, typer.Option("--incognito", rich_help_panel=ask.OUTPUT, help=both("人名和单位换成代号", "pseudonyms for people and units"))
    ] = False,
    template: Annotated[
        Path | None,
        typer.Option("--template", metavar="FILE.xlsx", rich_help_panel=ask.OUTPUT, help=both("填进上级发来的表", "fill in this workbook")),
    ] = None,
    format_: Annotated[
        str,
        typer.Option("--format", metavar="xlsx|csv|json|ics|sqlite|parquet", rich_help_panel=ask.OUTPUT, help=both("格式", "format")),
    ] = "",
    output: ask.Output = "",
    ledger_key: Annotated[
        str,
        typer.Option(
            "--ledger-key", metavar="KEY", rich_help_panel=DATA_SET, help=both("台账在数据集里的名字", "its name in the data set")
        ),
    ] = "",
    ledger: Annotated[
        list[str] | None,
        typer.Option(
            "--ledger",
            metavar="[NAME=]DIR[@REF]",
            rich_help_panel=DATA_SET,
            help=both("写入哪一本台账，可多次", "a ledger to write; repeatable"),
        ),
    ] = None,
    ledgers_from: Annotated[
        list[Path] | None,
        typer.Option(
            "--ledgers-from", metavar="FILE", rich_help_panel=DATA_SET, help=both("台账清单，每行一本", "a list of ledgers, a line each")
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="spark", rich_help_panel=DATA_SET, help=both("几本一起写：Spark 的任务", "side by side, as tasks of Spark")
        ),
    ] = "",
) -> int:
    """Hand out the hazards as they stand on a day: a workbook with its tables, csv, json, their deadlines, a data base, a data set."""
    from hazardctl.ops.export import Wanted
    from hazardctl.ops.export import export as made
    from hazardctl.ops.question import Words
    from hazardctl.store.writer import output as write

    door, words = doors.of(context), Words(period, tuple(filters or ()), as_of, basis, known_at=known_at)
    if format_.strip().lower() == PARQUET or ledger_key or ledger or ledgers_from or engine:
        typed = (format_, output, ledger_key, tuple(ledger or ()), tuple(ledgers_from or ()), engine)
        return _data_set(door, words, typed, as_is=not (incognito or template))
    here = door.context()
    with reading(door) as progress:
        done = made(here, words, Wanted(output, format_, incognito, template), progress)
    if output:
        write(Path(output), done.data, root=here.root)
        door.tell(HANDED.of(n=done.count, file=output))
    else:
        printed(done.data)
    return FINDINGS if done.incomplete else FINE


def _data_set(door: doors.Door, words: Words, typed: tuple[str, str, str, tuple[str, ...], tuple[Path, ...], str], *, as_is: bool) -> int:
    """Write whole ledgers into a data set."""
    from hazardctl.ops.export_dataset import Where, export, told

    format_, folder, key, ledgers, lists, engine = typed
    if format_.strip().lower() != PARQUET:
        raise UsageError(ONLY_PARQUET)
    here = None if ledgers or lists else door.context()
    part = words.filters or words.period or words.as_of or words.basis or (here is None and words.known_at)
    where = Where(folder, key, ledgers, lists, engine.strip().lower(), whole=not part, plain=as_is)
    with reading(door) as progress:
        done = export(here, words, where, door.today(here.root if here else None), progress)
    lines = told(done, folder)
    door.say(lines[0])
    door.tell(*lines[1:])
    return FINDINGS if any(one.incomplete for one in done) else FINE
