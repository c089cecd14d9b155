"""Sealing: what was published stays readable, and a figure that moved is restated with a reason (EXPERIENCE §2.3 `seal`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli import reading as ask
from hazardctl.cli.door import Door
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINE
from hazardctl.language import Text

if TYPE_CHECKING:
    from hazardctl.ops.seal import Done

SEALED: Final = Text(
    "{name}  封存 {n} 项数字  截至 {day}  口径 {basis}  {by}", "{name}  {n} figures sealed  as of {day}  basis {basis}  {by}"
)
MOVED: Final = Text("{name}  {measure}  {was} -> {now}", "{name}  {measure}  {was} -> {now}")
STANDS: Final = Text("{name}  公布的数没有变", "{name}  what was published stands")
TWICE: Final = Text("注意  明细和汇总数都有，没有封存：{it}", "note  told by records and by tallies, not sealed: {it}")
MOST: Final = 5


@shown("hazardctl seal 2026H1 --by 周建国", "hazardctl seal 2026H1 --restate --reason 补录六月的两条")
def seal(
    context: typer.Context,
    *,
    period: Annotated[str, typer.Argument(metavar="PERIOD", help=both("统计期，如 2026H1", "the period, such as 2026H1"))],
    filters: ask.Filters = None,
    restate: Annotated[
        bool, typer.Option("--restate", help=both("为变了的数追加更正", "add a restatement for each figure that moved"))
    ] = False,
    reason: opt.Reason = "",
    as_of: ask.AsOf = "",
    basis: ask.Basis = "",
    date: opt.Date = "",
    by: opt.By = None,
    dry_run: opt.DryRun = False,
    commit: opt.Commit = None,
) -> int:
    """Freeze the figures of a period as they are published; what moves later is restated, never overwritten (封存)."""
    from hazardctl.ops.question import Words
    from hazardctl.ops.seal import Wish
    from hazardctl.ops.seal import restate as again
    from hazardctl.ops.seal import seal as freeze

    door = doors.of(context)
    wish = Wish(Words(period, tuple(filters or ()), as_of, basis), date, tuple(by or ()), reason, dry_run, commit)
    known = door.context(acting=not by)
    done = again(known, wish) if restate else freeze(known, wish)
    _told(door, done, restate=restate)
    if dry_run and done.diff:
        from hazardctl.cli.outcome import WOULD, lined, place

        door.say(WOULD.of(path=place(known.root, done.path)))
        lined(done.diff)
    return FINE


def _told(door: Door, done: Done, *, restate: bool) -> None:
    from hazardctl.cli.outcome import committed
    from hazardctl.measures import CATALOGUE

    if done.twice:
        names = [CATALOGUE[one.partition("[")[0]].label for one in done.twice[:MOST]]
        door.tell(TWICE.of(it=names))
    if not restate:
        basis = "verified" if done.preset == "default" else done.preset
        door.say(SEALED.of(name=done.name, n=len(done.figures), day=done.as_of, basis=basis, by=done.by))
    elif done.moved:
        door.say(*(MOVED.of(name=done.name, measure=one.measure, was=one.was, now=one.now) for one in done.moved))
    else:
        door.say(STANDS.of(name=done.name))
    committed(door, done.commit)
