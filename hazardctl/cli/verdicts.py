"""What `validate` does around its findings: copies in other formats, the baseline, repairs of layout."""

from __future__ import annotations

import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hazardctl.cli import door as doors
from hazardctl.cli.asking import confirmed
from hazardctl.cli.door import Door
from hazardctl.cli.outcome import lined
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.context import Context
    from hazardctl.ops.validate import Outcome
    from hazardctl.store.load import Progress

READING: Final = Text("读取台账", "reading the ledger")
BAD_WRITE: Final = Text("--write 写作 格式=文件，这里是“{it}”", "--write is FORMAT=FILE, not “{it}”")
OVERDUE: Final = Text("逾期未整改 {n} 项，按 --fail-on {how} 算不通过", "{n} overdue: --fail-on {how} fails the check")
BASELINE: Final = Text("基线 {path} 记下 {n} 条", "{n} findings are the baseline now, in {path}")
WOULD: Final = Text("基线将记下 {n} 条（试运行，未写入）", "{n} findings would be the baseline (dry run, nothing written)")
TOGETHER: Final = Text(
    "汇总检查不用文件路径、--since、--merged-with、--write-baseline、--fix：到各台账里单独运行",
    "several ledgers are checked as they stand: paths, --since, --merged-with, --write-baseline and --fix go with one ledger",
)
NOT_ASKED: Final = Text("--fix 会改写文件，这里不能询问：加 -y", "--fix rewrites files and nobody can be asked here: add -y")
SHOW: Final = Text("先看会改什么  hazardctl validate --fix -n", "see first what it would do: hazardctl validate --fix -n")
SURE: Final = Text("按以上改写这些文件？[y/N] ", "rewrite these files so? [y/N] ")
KEPT: Final = Text("没有改写", "nothing was rewritten")
FILE_WIDTH: Final = 100


def copies(format_: str, write: Sequence[str]) -> list[tuple[str, Path]]:
    """Read the words of `--write`, and refuse a format there is not before anything is done.

    Raises:
        UsageError: no such format, or not FORMAT=FILE.
    """
    from hazardctl.render.findings import known

    known(format_)
    found: list[tuple[str, Path]] = []
    for text in write:
        name, _, file = text.partition("=")
        if not (name and file):
            raise UsageError(BAD_WRITE.of(it=text))
        found.append((known(name), Path(file)))
    return found


@contextmanager
def reading(door: Door) -> Generator[Progress | None]:
    """Show how far the reading is, where a person is looking."""
    from hazardctl.render.progress import progress

    with progress(sys.stderr, READING.say(door.language), shown=sys.stderr.isatty()) as told:
        yield told


def shown(door: Door, root: Path, outcome: Outcome, format_: str, files: Sequence[tuple[str, Path]]) -> None:
    """Print the findings, and write the copies first: a full disk must not hide behind a long page."""
    from hazardctl.render.findings import rendered
    from hazardctl.render.page import Page
    from hazardctl.store.writer import output

    for name, file in files:
        output(file, rendered(outcome.review, name, Page(door.language, FILE_WIDTH)).encode(), root=root)
    page = Page(door.language, door.width, colour=format_ == "full" and door.coloured(sys.stdout))
    doors.print_page(rendered(outcome.review, format_, page))


def told(door: Door, outcome: Outcome, fail_on: str) -> None:
    """Say what is to be known beside the findings."""
    door.tell(*outcome.notes)
    if outcome.overdue:
        door.tell(OVERDUE.of(n=outcome.overdue, how=fail_on))


def alone(*asked: object) -> None:
    """Refuse what is about one ledger where several are checked together.

    Raises:
        UsageError: one of these was asked.
    """
    if any(asked):
        raise UsageError(TOGETHER)


def pooled(
    door: Door, here: Context, ledgers: Sequence[str], form: tuple[str, Sequence[tuple[str, Path]]], fail_on: str, *, preview: bool
) -> int:
    """Check several ledgers together, print the findings and give the exit code."""
    from hazardctl.ops.pooling_check import validated

    with reading(door) as told:
        outcome = validated(here, ledgers, fail_on, told, preview=preview)
    shown(door, here.root, outcome, *form)
    return FINDINGS if outcome.failed else FINE


def based(door: Door, here: Context, *, preview: bool, dry: bool) -> None:
    """Write the baseline, or show what would be in it."""
    from hazardctl.ops.validate import write_baseline
    from hazardctl.store.baseline import FILE

    with reading(door) as told:
        done = write_baseline(here, told, preview=preview, dry=dry)
    if dry:
        lined(done.diff)
    door.say((WOULD if dry else BASELINE).of(n=done.n, path=FILE))


def fixed(door: Door, here: Context, paths: Sequence[Path], *, dry: bool, sure: bool) -> bool:
    """Mend the layout, after showing how; say whether it was done.

    Raises:
        UsageError: nobody can be asked, and nobody said yes beforehand.
    """
    from hazardctl.ops.fix import fix
    from hazardctl.ops.fmt import summary

    if not (dry or sure or door.interactive):
        raise UsageError(NOT_ASKED, SHOW)
    if dry or not sure:
        with reading(door) as told:
            seen = fix(here, paths, told, dry=True)
        for text in seen.diffs:
            lined(text)
        if dry or (seen.changed and not confirmed(SURE.say(door.language))):
            door.tell(*(summary(seen, dry=True) if dry else [KEPT]))
            return False
    with reading(door) as told:
        door.tell(*summary(fix(here, paths, told), dry=False))
    return True
