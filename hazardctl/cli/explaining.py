"""`explain`: a measure with its arithmetic and the ids behind it, a rule, a state, a verb (EXPERIENCE §2.3, looking)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import data_of, give, reading, with_fields
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE

if TYPE_CHECKING:
    from hazardctl.ops.blaming import Blamed
    from hazardctl.ops.context import Context
    from hazardctl.ops.question import Words
    from hazardctl.store.load import Progress


@shown("hazardctl explain rate --period H1 -v", "hazardctl explain HZ302")
def explain(
    context: typer.Context,
    *,
    what: Annotated[
        str, typer.Argument(metavar="WHAT", help=both("指标、规则代码、状态或动作", "a measure, a rule code, a state or a verb"))
    ],
    filters: ask.Filters = None,
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    ledger: ask.Ledgers = None,
    basis: ask.Basis = "",
    cutoff: ask.Cutoff = "",
    counting: ask.Counting = "",
    cumulative: ask.Cumulative = False,
    exclude_on_spot: ask.NoOnSpot = False,
    original_due: ask.OriginalDue = False,
    data: ask.Data = None,
    engine: ask.Engine = "",
    ledger_key: ask.LedgerKey = None,
    verbose: ask.Verbose = False,
    blame: Annotated[
        bool,
        typer.Option(
            "--blame",
            rich_help_panel=ask.OUTPUT,
            help=both("每条记录由哪一行、哪个提交计入", "which line and commit puts each record there"),
        ),
    ] = False,
    format_: ask.Format = "",
    output: ask.Output = "",
    fields: ask.Fields = None,
) -> int:
    """Explain a measure: definition, arithmetic, the ids behind it; or a rule, a state, a verb."""
    from hazardctl.ops.explain import explained, is_measure
    from hazardctl.ops.question import Words

    door = doors.of(context)
    if not is_measure(what):
        return _page(door, what)
    here, ledgers = door.pooling(ledger, data_of(data, engine, ledger_key))
    words = Words(
        period, tuple(filters or ()), as_of, basis, cutoff, counting, exclude_on_spot, cumulative, original_due, known_at, ledgers
    )
    with reading(door) as told:
        made = _blamed(here, what, words, told) if blame else explained(here, what, words, verbose=verbose, progress=told)
    give(door, [with_fields(made.sheet, fields)], ask.format_of(format_, fields), output, here.root)
    return FINDINGS if made.incomplete else FINE


def _blamed(here: Context, what: str, words: Words, told: Progress | None) -> Blamed:
    from hazardctl.ops.blaming import blamed  # git is asked about every line

    return blamed(here, what, words, told)


def _page(door: doors.Door, what: str) -> int:
    from hazardctl.ops.explain_code import page

    doors.print_page(page(what, door.language))
    return FINE
