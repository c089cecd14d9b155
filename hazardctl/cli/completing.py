"""Completion: the script of a shell, and the words offered while somebody types (EXPERIENCE 4.12).

Ids come from file names: no record is read, nothing heavy is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from hazardctl.cli.lazy import PROGRAM, both
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.vocabulary.term import Term

SHELLS: Final = ("bash", "zsh", "fish", "powershell")
COMPLETE: Final = "_HAZARDCTL_COMPLETE"
ENDING: Final = 5


def prepare() -> None:
    """Make Typer's completion ready: it would load rich to strip markup that our help texts do not have."""
    from typer import _completion_classes as classes  # pyright: ignore[reportPrivateUsage]

    setattr(classes, "_sanitize_help_text", _one_line)  # noqa: B010 (a private name, replaced on purpose)
    classes.completion_init()


def _one_line(text: str) -> str:
    return text


def completion(
    shell: Annotated[str, typer.Argument(metavar="bash|zsh|fish", help=both("命令行外壳", "the shell"))],
) -> int:
    """Print the script that a shell loads: `hazardctl completion bash > ~/.bash_completion.d/hazardctl`."""
    from typer._completion_shared import get_completion_script  # pyright: ignore[reportPrivateUsage]

    if shell not in SHELLS:
        raise UsageError(
            Text("没有 {it} 的补全脚本", "no completion script for {it}", {"it": shell}),
            Text("可用：{all}", "there are: {all}", {"all": SHELLS}),
        )
    typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=COMPLETE, shell=shell))
    return FINE


def _root(context: Any) -> Path | None:  # noqa: ANN401 (Typer's context)
    """Find the ledger the call would use, by its configuration file alone."""
    given = context.find_root().params.get("directory") or os.environ.get("HAZARDCTL_LEDGER")
    start = Path(given) if given else Path.cwd()
    for folder in [start] if given else [start, *start.parents]:
        for place in (folder, folder / "ledger"):
            if (place / "hazardctl.yaml").is_file():
                return place
        if (folder / ".git").exists():
            return None
    return None


def _names(context: Any, folder: str) -> Iterator[str]:  # noqa: ANN401 (Typer's context)
    try:
        root = _root(context)
        for _, folders, files in os.walk(root / folder) if root else ():
            folders.sort(reverse=True)
            for name in sorted(files, reverse=True):
                if name.endswith(".yaml") and not name.startswith("."):
                    yield name.removesuffix(".yaml")
    except OSError:
        return


def hazard_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of hazards, newest first; an ending such as `7K2` is completed to its five characters."""
    return _completed(list(_names(ctx, "hazards")), incomplete)


def record_ids(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the ids of records of every kind, hazards first, and the keys of units."""
    from hazardctl.vocabulary.kinds import PREFIXES

    names = [name for _, folder in PREFIXES.values() for name in _names(ctx, folder)]
    keys = [name for name in names if name == name.lower()]
    return [*_completed([name for name in names if name != name.lower()], incomplete), *(one for one in keys if one.startswith(incomplete))]


def _completed(names: list[str], incomplete: str) -> list[str]:
    """Complete a whole id or, once something is typed, the end of one."""
    wanted = incomplete.upper()
    names = [*names, *(name[-ENDING:] for name in names)] if wanted else names
    return [incomplete + _as_typed(name[len(wanted) :], incomplete) for name in names if name.startswith(wanted)]


def _as_typed(rest: str, begun: str) -> str:
    """Go on in the case somebody began in: shells compare letter by letter."""
    return rest.lower() if begun and begun == begun.lower() and begun != begun.upper() else rest


def unit_keys(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the keys of units."""
    return sorted(name for name in _names(ctx, "units") if name.startswith(incomplete))


def words_of(vocabulary: str) -> Any:  # noqa: ANN401 (Typer takes any callable)
    """Make the completion of an enumeration: keys with their names beside them."""

    def offered(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from hazardctl.cli import door
        from hazardctl.vocabulary import BUILT_IN

        language = door.of(ctx).language
        words: dict[str, Term] = dict(BUILT_IN[vocabulary])
        return [(key, term.label.say(language)) for key, term in words.items() if key.startswith(incomplete)]

    return offered


def report_names(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Offer the names of reports, as the first word after `report`."""
    from hazardctl.cli import door
    from hazardctl.ops.reporting.names import REPORTS

    language = door.of(ctx).language
    return [(one.key, one.about.say(language)) for one in REPORTS.values() if one.key.startswith(incomplete)]
