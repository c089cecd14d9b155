"""Completion: the script of a shell, and the words offered while somebody types (EXPERIENCE 4.12).

Ids come from file names, what stands beside them from the heads of a few files: no record is read, nothing heavy is imported.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from hazardctl.cli.described import MOST, described
from hazardctl.cli.door import PROGRAM
from hazardctl.cli.lazy import both
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.vocabulary.term import Term

SHELLS: Final = ("bash", "zsh", "fish", "powershell")
COMPLETE: Final = "_HAZARDCTL_COMPLETE"
ENDING: Final = 5

ALONE: Final = """    case "$COMP_TYPE" in
        37|42) COMPREPLY=( "${COMPREPLY[@]%%  *}" ) ;;
    esac
    return 0
"""
"""In the script of bash: keys that put each candidate into the line in turn, or all of them, take what stands before two spaces."""

Offered = str | tuple[str, str]
"""A word, or a word and what it means."""


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
    script = get_completion_script(prog_name=PROGRAM, complete_var=COMPLETE, shell=shell)
    typer.echo(script.replace("    return 0\n", ALONE, 1) if shell == "bash" else script)
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


def _files(context: Any, folder: str) -> Iterator[Path]:  # noqa: ANN401 (Typer's context)
    try:
        root = _root(context)
        for place, folders, files in os.walk(root / folder) if root else ():
            folders.sort(reverse=True)
            for name in sorted(files, reverse=True):
                if name.endswith(".yaml") and not name.startswith("."):
                    yield Path(place, name)
    except OSError:
        return


def hazard_ids(ctx: typer.Context, incomplete: str) -> list[Offered]:
    """Offer the ids of hazards, newest first; an ending such as `7K2` is completed to its five characters."""
    return _completed(list(_files(ctx, "hazards")), incomplete)


def record_ids(ctx: typer.Context, incomplete: str) -> list[Offered]:
    """Offer the ids of records of every kind, hazards first, and the keys of units."""
    from hazardctl.vocabulary.kinds import PREFIXES

    files = [file for _, folder in PREFIXES.values() for file in _files(ctx, folder)]
    keys = [file for file in files if file.stem == file.stem.lower()]
    ids = _completed([file for file in files if file.stem != file.stem.lower()], incomplete)
    return [*ids, *_described([(file.stem, file) for file in keys if file.stem.startswith(incomplete)])]


def _completed(files: list[Path], incomplete: str) -> list[Offered]:
    """Complete a whole id or, once something is typed, the end of one."""
    wanted = incomplete.upper()
    names = [(file.stem, file) for file in files]
    names = [*names, *((name[-ENDING:], file) for name, file in names)] if wanted else names
    return _described([(incomplete + _as_typed(name[len(wanted) :], incomplete), file) for name, file in names if name.startswith(wanted)])


def _described(names: list[tuple[str, Path]]) -> list[Offered]:
    """Put what a record is about beside its id, where a person can read through the list.

    Bash shows what is offered and knows no descriptions: of several candidates it takes what they have in common, so that the
    words behind an id never get into the line; a single one is given alone, and keys that walk through them get the ids (`ALONE`).
    """
    bash = os.environ.get(COMPLETE, "").endswith("_bash")
    if len(names) > MOST or (bash and len(names) == 1):
        return [name for name, _ in names]
    told = ((name, described(file)) for name, file in names)
    if bash:
        return [f"{name}  {about}" if about else name for name, about in told]
    return [(name, about) if about else name for name, about in told]


def _as_typed(rest: str, begun: str) -> str:
    """Go on in the case somebody began in: shells compare letter by letter."""
    return rest.lower() if begun and begun == begun.lower() and begun != begun.upper() else rest


def unit_keys(ctx: typer.Context, incomplete: str) -> list[Offered]:
    """Offer the keys of units."""
    return _described(sorted((file.stem, file) for file in _files(ctx, "units") if file.stem.startswith(incomplete)))


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
