"""Checking: `validate`, `fmt` (EXPERIENCE §2.3)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli import reading as ask
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Text

FORMATS: Final = "full|concise|json|github|gitlab|sarif|rdjson|junit"
Paths = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help=both("只看这些文件或文件夹", "show these files or folders only"))
]


@shown("hazardctl validate", "hazardctl validate ledger/hazards/2026/06 --format concise")
def validate(
    context: typer.Context,
    paths: Paths = None,
    *,
    format_: Annotated[str, typer.Option("--format", metavar=FORMATS, help=both("格式", "format"))] = "full",
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="error|warning|overdue[:major]",
            help=both("除错误外，什么也算不通过", "what fails the check besides errors"),
        ),
    ] = "error",
    write: Annotated[
        list[str] | None,
        typer.Option("--write", metavar="FORMAT=FILE", help=both("另存一份，可重复", "write another format to a file; repeatable")),
    ] = None,
    since: Annotated[
        str,
        typer.Option("--since", metavar="REF", help=both("只看此后带来的问题，并查历史", "only what was brought since, and the history")),
    ] = "",
    merged_with: Annotated[
        str, typer.Option("--merged-with", metavar="REF", help=both("按与它合并之后的样子检查", "check the merge with it, as it would be"))
    ] = "",
    preview: Annotated[bool, typer.Option("--preview", help=both("预览中的规则也查", "rules in preview are asked as well"))] = False,
    baseline: Annotated[
        bool,
        typer.Option(
            "--baseline/--no-baseline", help=both("基线里的问题不列出（默认）", "what the baseline names is not shown (so by default)")
        ),
    ] = True,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help=both("把现有问题记为基线", "make what is found now the baseline"))
    ] = False,
    fix: Annotated[
        bool, typer.Option("--fix", help=both("改正只关写法的问题，事实不动", "mend what is about layout alone; facts stay"))
    ] = False,
    ledger: ask.Ledgers = None,
    dry_run: opt.DryRun = False,
    yes: opt.Yes = False,
) -> int:
    """Check the whole ledger: every finding with its line, why, and how to mend it."""
    from hazardctl.cli import verdicts
    from hazardctl.ops.validate import Compared
    from hazardctl.ops.validate import validate as run

    door = doors.of(context)
    copies = verdicts.copies(format_, write or ())
    here, ledgers = door.pooling(ledger)
    if ledgers:
        verdicts.alone(paths, since, merged_with, write_baseline, fix)
        return verdicts.pooled(door, here, ledgers, (format_, copies), fail_on, preview=preview)
    if write_baseline:
        verdicts.based(door, here, preview=preview, dry=dry_run)
        return FINE
    if fix and not verdicts.fixed(door, here, paths or (), dry=dry_run, sure=yes):
        return FINE
    with verdicts.reading(door) as told:
        outcome = run(here, paths or (), fail_on, told, preview=preview, baseline=baseline, compared=Compared(since, merged_with))
    verdicts.shown(door, here.root, outcome, format_, copies)
    verdicts.told(door, outcome, fail_on)
    return FINDINGS if outcome.failed else FINE


@shown("hazardctl fmt", "hazardctl fmt --check ledger/hazards/2026/06")
def fmt(
    context: typer.Context,
    paths: Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help=both("只检查，有需要整理的就返回 1", "look only; exit 1 when there is work"))
    ] = False,
    dry_run: opt.DryRun = False,
    commit: opt.Commit = None,
) -> int:
    """Put records in canonical order and spelling; facts and comments stay."""
    from hazardctl.cli.outcome import committed
    from hazardctl.ops.fmt import fmt as run
    from hazardctl.ops.fmt import summary

    door = doors.of(context)
    dry = check or dry_run
    done = run(door.context(), paths or (), dry=dry, commit=commit)
    for text in done.diffs if dry_run else ():
        doors.print_page(text)
    door.say(*(Text("{it}", "{it}").of(it=path) for path in done.changed), *summary(done, dry=dry))
    committed(door, done.commit)
    return FINDINGS if (check and done.changed) or done.unread else FINE
