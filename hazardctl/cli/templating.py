"""The sentences of the work summary: list them, take some to change, check one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import give, hinted
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINE


@shown("hazardctl template", "hazardctl template campaign sector")
def template(
    context: typer.Context,
    *,
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION]...", help=both("印出这几节随程序的写法；all 为全部", "print these sections as shipped; all for every one")
        ),
    ] = None,
    format_: ask.Format = "",
    output: ask.Output = "",
) -> int:
    """List the sections of the work summary, or print some; faults in the ledger's own are told."""
    from hazardctl.ops.templates import listed, text

    door = doors.of(context)
    if sections:
        doors.print_page(text(sections, door.language))
        return FINE
    here = door.context()
    sheet = listed(here)
    give(door, [sheet], format_, output, here.root)
    hinted(door, sheet, format_, output)
    return FINE
