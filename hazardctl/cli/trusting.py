"""Trust: what a repository may run on this machine, which is nothing until the user says so."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli.giving import give
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Text

WHAT: Final = {
    "give": Text("准许运行", "let it run"),
    "status": Text("看，什么也不运行", "look, and run nothing"),
    "revoke": Text("收回", "take it back"),
}
NO_SUCH: Final = Text("trust 没有“{it}”", 'trust knows no "{it}"')
THERE_ARE: Final = Text("可用：{all}", "there are: {all}")


def _words(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    language = doors.of(ctx).language
    return [(word, what.say(language)) for word, what in WHAT.items() if word.startswith(incomplete)]


@shown("hazardctl trust status", "hazardctl trust", "hazardctl trust revoke")
def trust(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="give|status|revoke", help=both("准许、看或收回", "let it run, look, or take it back"), autocompletion=_words
        ),
    ] = "give",
    format_: Annotated[str, typer.Option("--format", metavar="text|md|json", help=both("格式", "format"))] = "text",
) -> int:
    """Let this repository run the program that core.fsmonitor names when git is asked which files changed: nothing else, and only here."""
    from hazardctl.ops import trust as run
    from hazardctl.reports.trusted import trusted

    door = doors.of(context)
    if what not in WHAT:
        raise UsageError(NO_SUCH.of(it=what), THERE_ARE.of(all=list(WHAT)))
    here = door.context()
    state = {"give": run.given, "status": run.state, "revoke": run.revoked}[what](here)
    give(door, [trusted(state.value, state.was, may=state.trusted, remembered=state.remembered)], format_)
    return FINE
