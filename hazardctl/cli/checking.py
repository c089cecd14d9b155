"""Checking: `validate`, `fmt` (EXPERIENCE §2.3)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Text

READING: Final = Text("读取台账", "reading the ledger")
BAD_WRITE: Final = Text("--write 写作 格式=文件，这里是“{it}”", "--write is FORMAT=FILE, not “{it}”")
OVERDUE: Final = Text("逾期未整改 {n} 项，按 --fail-on {how} 算不通过", "{n} overdue: --fail-on {how} fails the check")
FILE_WIDTH: Final = 100

Paths = Annotated[
    list[Path] | None, typer.Argument(metavar="PATH...", help=both("只看这些文件或文件夹", "show these files or folders only"))
]


@shown("hazardctl validate", "hazardctl validate ledger/hazards/2026/06 --format concise")
def validate(
    context: typer.Context,
    paths: Paths = None,
    *,
    format_: Annotated[str, typer.Option("--format", metavar="full|concise|json", help=both("格式", "format"))] = "full",
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
) -> int:
    """Check the whole ledger: every finding with its line, why, and how to mend it."""
    from hazardctl.ops.validate import validate as run
    from hazardctl.render.findings import known, rendered
    from hazardctl.render.page import Page
    from hazardctl.render.progress import progress
    from hazardctl.store.writer import output

    door = doors.of(context)
    copies = [_copy(text) for text in write or ()]
    for name in (format_, *(name for name, _ in copies)):
        known(name)
    here = door.context()
    with progress(sys.stderr, READING.say(door.language), shown=sys.stderr.isatty()) as told:
        outcome = run(here, paths or (), fail_on, told, since=since, merged_with=merged_with)
    for name, file in copies:
        output(file, rendered(outcome.review, name, Page(door.language, FILE_WIDTH)).encode(), root=here.root)
    page = Page(door.language, door.width, colour=format_ == "full" and door.coloured(sys.stdout))
    doors.print_page(rendered(outcome.review, format_, page))
    door.tell(*outcome.notes)
    if outcome.overdue:
        door.tell(OVERDUE.of(n=outcome.overdue, how=fail_on))
    return FINDINGS if outcome.failed else FINE


def _copy(text: str) -> tuple[str, Path]:
    name, _, file = text.partition("=")
    if not (name and file):
        raise UsageError(BAD_WRITE.of(it=text))
    return name, Path(file)


@shown("hazardctl fmt", "hazardctl fmt --check ledger/hazards/2026/06")
def fmt(
    context: typer.Context,
    paths: Paths = None,
    check: Annotated[
        bool, typer.Option("--check", help=both("只检查，有需要整理的就返回 1", "look only; exit 1 when there is work"))
    ] = False,
    dry_run: opt.DryRun = False,
) -> int:
    """Put records in canonical order and spelling; facts and comments stay."""
    from hazardctl.ops.fmt import fmt as run
    from hazardctl.ops.fmt import summary

    door = doors.of(context)
    dry = check or dry_run
    done = run(door.context(), paths or (), dry=dry)
    for text in done.diffs if dry_run else ():
        doors.print_page(text)
    door.say(*(Text("{it}", "{it}").of(it=path) for path in done.changed), *summary(done, dry=dry))
    return FINDINGS if (check and done.changed) or done.unread else FINE
