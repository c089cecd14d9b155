"""Exchanging: `export` (EXPERIENCE §2.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import printed, reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Text

WRONG: Final = Text("有 {n} 个佐证文件与登记不符、缺失或读不出", "{n} files of evidence are changed, missing or cannot be read")
HANDED: Final = Text("已导出 {n} 条到 {file}", "{n} hazards written to {file}")


@shown(
    "hazardctl export -o 台账.xlsx",
    "hazardctl export found:2026 -o 2026.sqlite",
    "hazardctl export is:open -o 期限.ics",
    "hazardctl export 7K2QF -o 佐证.html",
    "hazardctl export --template 上级表.xlsx -o 报送.xlsx",
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
        typer.Option("--format", metavar="xlsx|csv|json|ics|sqlite|html", rich_help_panel=ask.OUTPUT, help=both("格式", "format")),
    ] = "",
    output: ask.Output = "",
) -> int:
    """Hand out the hazards as they stand on a day: a workbook, csv, json, their deadlines, a data base, or their evidence as a page."""
    from hazardctl.ops.export import Wanted
    from hazardctl.ops.export import export as made
    from hazardctl.ops.question import Words
    from hazardctl.store.writer import output as write

    door = doors.of(context)
    here = door.context()
    words = Words(period, tuple(filters or ()), as_of, basis, known_at=known_at)
    with reading(door) as progress:
        done = made(here, words, Wanted(output, format_, incognito, template), progress)
    if output:
        write(Path(output), done.data, root=here.root)
        door.tell(HANDED.of(n=done.count, file=output))
    else:
        printed(done.data)
    if done.wrong:
        door.tell(WRONG.of(n=done.wrong))
    return FINDINGS if done.incomplete or done.wrong else FINE
