"""The ledger's own history: `diff` and `log` (EXPERIENCE §2.3, looking)."""

from __future__ import annotations

from typing import Annotated

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import give, reading, with_fields
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE


@shown("hazardctl diff origin/main", "hazardctl diff HEAD~5..HEAD -p H1 --format md")
def diff(
    context: typer.Context,
    ends: Annotated[
        str,
        typer.Argument(
            metavar="[A[..B]]",
            help=both("A 以来的改动；A..B 比较两个提交；不写为未提交的", "beyond A; A..B two commits; without: uncommitted"),
        ),
    ] = "",
    filters: ask.Filters = None,
    *,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    basis: ask.Basis = "",
    cutoff: ask.Cutoff = "",
    counting: ask.Counting = "",
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """Say what changed between two states of the ledger, and what it does to the figures; 1 when a file could not be read."""
    from hazardctl.ops.diff import told as difference
    from hazardctl.ops.question import Words

    door = doors.of(context)
    here = door.context()
    with reading(door) as progress:
        made = difference(here, ends, Words(period, tuple(filters or ()), as_of, basis, cutoff, counting), progress)
    give(door, [with_fields(made.sheet, fields)], ask.format_of(format_, fields), output, here.root)
    return FINDINGS if made.incomplete else FINE


@shown("hazardctl log 7K2QF", "hazardctl log -p this-month --by 李强")
def log(
    context: typer.Context,
    ids: opt.Ids = None,
    *,
    period: ask.Period = "",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", rich_help_panel=ask.READING, help=both("谁提交的或经办的", "who committed or did it"))
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", rich_help_panel=ask.OUTPUT, help=both("最多列几个提交", "show at most so many commits"))
    ] = 50,
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """Tell the commits of the ledger in words, the newest first."""
    from hazardctl.ops.log import Wanted, logged

    door = doors.of(context)
    here = door.context()
    sheet = logged(here, opt.ids_of(ids) if ids else (), Wanted(period, by, limit))
    give(door, [with_fields(sheet, fields)], ask.format_of(format_, fields), output, here.root)
    return FINE
