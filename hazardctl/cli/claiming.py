"""The claims of a work summary, checked (EXPERIENCE §2.3 `claims check`)."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import reading as ask
from hazardctl.cli.giving import give, reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UnreadableError, UsageError
from hazardctl.language import Text

NO_SUCH: Final = Text("claims 没有“{it}”", 'claims knows no "{it}"')
WRITE: Final = Text("写作 hazardctl claims check 文件", "write hazardctl claims check FILE")


@shown(
    "hazardctl claims check 上半年总结.txt",
    "hazardctl claims check 总结.docx -p 2026H1 --format json",
    "hazardctl claims check 总结.md --no-ledger",
)
def claims(
    context: typer.Context,
    *,
    what: Annotated[str, typer.Argument(metavar="check", help=both("核对", "check"))],
    file: Annotated[str, typer.Argument(metavar="FILE", help=both("总结：txt、md 或 docx", "the summary: txt, md or docx"))],
    period: ask.Period = "",
    as_of: ask.AsOf = "",
    known_at: ask.KnownAt = "",
    basis: ask.Basis = "",
    no_ledger: Annotated[
        bool,
        typer.Option("--no-ledger", rich_help_panel=ask.READING, help=both("只核对文中的算术", "check the arithmetic of the text only")),
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "-v", "--verbose", rich_help_panel=ask.OUTPUT, help=both("说出有多少个数没有核对", "say how many numbers are no figures")
        ),
    ] = False,
    format_: ask.Format = "",
    output: ask.Output = "",
) -> int:
    """Find the figures of a text, and hold them against each other and against the ledger; 1 when one is contradicted."""
    from hazardctl.ops.claims import alone, checked
    from hazardctl.ops.question import Words

    if what != "check":
        raise UsageError(NO_SUCH.of(it=what), WRITE)
    door = doors.of(context)
    try:
        here = None if no_ledger else door.context()
    except UnreadableError:  # no ledger here: the text can still be held against itself
        here = None
    if here is None:
        made = alone(file, talkative=verbose)
    else:
        with reading(door) as told:
            made = checked(here, file, Words(period, as_of=as_of, known_at=known_at, basis=basis), talkative=verbose, progress=told)
    give(door, [made.sheet], format_, output, here.root if here else None)
    return FINDINGS if made.contradicted or made.incomplete else FINE
