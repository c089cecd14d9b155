"""Pages for a browser: the dashboard in one file, and the ledger served on this machine (EXPERIENCE §2.3, §8.7)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Text

SUFFIXES: Final = (".html", ".htm")
WHERE: Final = Text("看板写到哪个文件？", "which file is the dashboard to be?")
TRY: Final = Text("加上 -o 看板.html", "add -o dashboard.html")
ONLY_HTML: Final = Text("看板是网页，“{it}”不是 .html 文件", 'a dashboard is a page: "{it}" is no .html file')
WRITTEN: Final = Text("{path}   {size} KB   {sum}", "{path}   {size} KB   {sum}")


@shown("hazardctl dashboard -o 看板.html", "hazardctl dashboard --period H1 sector:消防 -o 消防.html")
def dashboard(
    context: typer.Context,
    *,
    filters: ask.Filters = None,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    basis: ask.Basis = "",
    cutoff: ask.Cutoff = "",
    counting: ask.Counting = "",
    cumulative: ask.Cumulative = False,
    exclude_on_spot: ask.NoOnSpot = False,
    original_due: ask.OriginalDue = False,
    incognito: ask.Incognito = False,
    output: Annotated[
        str,
        typer.Option(
            "-o", "--output", metavar="FILE", rich_help_panel=ask.OUTPUT, help=both("写到哪个 .html 文件", "the .html file to write")
        ),
    ] = "",
) -> int:
    """Write the dashboard of a period as one file; 1 when a file of the ledger could not be read."""
    if not output:
        raise UsageError(WHERE, TRY)
    if not output.lower().endswith(SUFFIXES):
        raise UsageError(ONLY_HTML.of(it=output), TRY)
    from hazardctl.ops.dashboard import dashed
    from hazardctl.ops.question import Words
    from hazardctl.ops.reporting.call import Call
    from hazardctl.render.html.page import board_page
    from hazardctl.store.writer import output as write

    door = doors.of(context)
    here = door.context()
    asked = Words(period, tuple(filters or ()), as_of, basis, cutoff, counting, exclude_on_spot, cumulative, original_due, known_at)
    with reading(door) as told:
        made = dashed(Call(here, asked, progress=told), incognito=incognito)
    page = board_page(made.board, door.language).encode("utf-8", "backslashreplace")
    write(Path(output), page, root=here.root)
    door.say(WRITTEN.of(path=output, size=-(-len(page) // 1024), sum=made.board.sum or made.board.title))
    return FINDINGS if made.incomplete else FINE


@shown("hazardctl serve", "hazardctl serve --port 8700 --period 2026H1")
def serve(
    context: typer.Context,
    *,
    filters: ask.Filters = None,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    basis: ask.Basis = "",
    incognito: ask.Incognito = False,
    port: Annotated[
        int, typer.Option("--port", metavar="N", rich_help_panel=ask.OUTPUT, help=both("端口，默认 8700", "port; 8700 if not given"))
    ] = 8700,
) -> int:
    """Serve the ledger to a browser of this machine, read only, until Ctrl-C."""
    from hazardctl.ops.question import Words
    from hazardctl.web.app import Asked
    from hazardctl.web.server import served

    door = doors.of(context)
    asked = Asked(Words(period, tuple(filters or ()), as_of, basis), door.language, incognito)
    served(door.context, asked, port, door.say)
    return FINE
