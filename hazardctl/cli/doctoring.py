"""Is everything in order here? `doctor` (EXPERIENCE §2.3)."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from hazardctl.cli import door as doors
from hazardctl.cli.giving import give, reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UnreadableError


@shown("hazardctl doctor", "hazardctl doctor --format json")
def doctor(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", metavar="text|md|csv|json", help=both("格式", "format"))] = "text",
) -> int:
    """Look at the machine and the ledger: what is so, what should be so, and what repairs it; 1 when something is wrong."""
    from hazardctl.ops.doctor import doctor as run
    from hazardctl.ops.machine import Around
    from hazardctl.reports.health import health

    door = doors.of(context)
    try:
        here, lost = door.context(), None
    except UnreadableError as failure:
        here, lost = None, failure
    with reading(door) as told:
        checks = run(here, Around(sys.stdout.encoding, door.width), lost, told)
    give(door, [health(checks)], format_)
    return FINDINGS if any(one.state == "wrong" for one in checks) else FINE
