"""Putting things right: `correct`, `undo`, `migrate` and `resolve` (EXPERIENCE §2.3, mending)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli import options as opt
from hazardctl.cli.checking import Paths
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINDINGS, FINE
from hazardctl.language import Text

CORRECTED: Final = Text("{id}  {field}   {was} -> {now}", "{id}  {field}   {was} -> {now}")
OF_EVENT: Final = Text("{id}  第 {n} 行 {field}   {was} -> {now}", "{id}  event {n} {field}   {was} -> {now}")
WOULD: Final = Text("将写入 {path}（试运行，未写入）", "would write {path} (dry run, nothing written)")
UNDONE: Final = Text("已撤回 {path}", "taken back: {path}")
OTHERS: Final = Text("另有 {n} 个文件，没有逐个列出", "and {n} more files, not listed")
WOULD_UNDO: Final = Text("将撤回 {path}（试运行，未写入）", "would take back {path} (dry run, nothing written)")
KEPT: Final = Text("未撤回", "nothing was taken back")
RESOLVED: Final = Text("{id}  {state}  {did}", "{id}  {state}  {did}")
REASON: Final = Text("       {it}", "       {it}")
STATES: Final = {"merged": Text("已合并", "merged"), "marked": Text("待定夺", "to decide"), "left": Text("未处理", "left alone")}
ADD: Final = Text("看过之后  git add {paths}", "when you have looked  git add {paths}")
SURE: Final = Text("撤回以上改动？[y/N] ", "take these changes back? [y/N] ")


@opt.writing
@shown(
    "hazardctl correct 3XQ9D --event 4 --set date=2026-03-20 --reason 录入错误",
    "hazardctl correct 7K2QF --set site=卸油区2号位 --reason 笔误",
    "hazardctl correct JC-20260312-T5QP2 --set people=3 --reason 漏记一人",
)
def correct(
    context: typer.Context,
    id: opt.AnyId,
    set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help=both("字段和新值；空值表示删去；可重复", "field and new value; empty takes it out; repeatable"),
        ),
    ] = None,
    event: Annotated[
        int, typer.Option("--event", metavar="N", help=both("更正第几行事件（show 所示）", "number of the event, as show prints it"))
    ] = 0,
    reason: opt.Reason = "",
    *,
    how: opt.How,
) -> int:
    """Put a fact of a record of any kind, or a field of an event, right by a `correct` line (更正)."""
    from hazardctl.cli.outcome import committed, lined, place
    from hazardctl.ops.correct import correct as put_right
    from hazardctl.ops.lookup import short
    from hazardctl.ops.wishes import Wish

    door = doors.of(context)
    wish = Wish(tuple(set or ()), reason, event, how.date, how.by, how.note, how.number, how.doc, how.dry_run, how.commit)
    known = door.context(acting=not how.by)
    done = put_right(known, id, wish)
    for field, was, now in done.changed:
        door.say((OF_EVENT if event else CORRECTED).of(id=short(done.id), n=event, field=field, was=was, now=now))
    if how.dry_run:
        door.say(WOULD.of(path=place(known.root, done.path)))
        lined(done.diff)
    committed(door, done.commit)
    return FINE


@shown("hazardctl undo -n", "hazardctl undo -y")
def undo(context: typer.Context, dry_run: opt.DryRun = False, yes: opt.Yes = False) -> int:
    """Take the last write of this work tree back; the diff comes first."""
    from hazardctl.cli.asking import confirmed
    from hazardctl.cli.outcome import committed, lined, place
    from hazardctl.ops.undo import SHOWN, take_back

    door = doors.of(context)
    known = door.context()
    seen = take_back(known, dry_run=True)
    lined(seen.diff)
    paths, rest = [place(known.root, path) for path in seen.paths[:SHOWN]], len(seen.paths) - SHOWN
    others = [OTHERS.of(n=rest)] if rest > 0 else []
    if dry_run:
        door.say(*(WOULD_UNDO.of(path=path) for path in paths), *others)
        return FINE
    if door.interactive and not yes and not confirmed(SURE.say(door.language)):
        door.tell(KEPT)
        return FINE
    done = take_back(known)
    door.say(*(UNDONE.of(path=path) for path in paths), *others)
    committed(door, done.commit)
    return FINE


@shown("hazardctl migrate -n", "hazardctl migrate --commit")
def migrate(context: typer.Context, paths: Paths = None, dry_run: opt.DryRun = False, commit: opt.Commit = None) -> int:
    """Write files of an older schema in today's; everything else keeps its bytes."""
    from hazardctl.cli.outcome import committed
    from hazardctl.ops.migrate import migrate as run

    door = doors.of(context)
    done = run(door.context(), paths or (), dry=dry_run, commit=commit)
    for text in done.diffs if dry_run else ():
        doors.print_page(text)
    door.say(*done.told(dry=dry_run))
    committed(door, done.commit)
    return FINDINGS if done.left else FINE


@shown("hazardctl resolve", "hazardctl resolve 7K2QF --prefer theirs --add")
def resolve(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID...", help=both("冲突中的记录；不写为全部", "records in conflict; all without any"))
    ] = None,
    *,
    prefer: Annotated[
        str,
        typer.Option(
            "--prefer",
            metavar="ours|theirs",
            help=both("定夺不了的以哪边为准，另一边留作注释", "whose side counts in a dispute; the other stays as a comment"),
        ),
    ] = "",
    add: Annotated[bool, typer.Option("--add", help=both("合好的告诉 git（git add）", "tell git about what is merged (git add)"))] = False,
    driver: Annotated[
        tuple[str, str, str],
        typer.Option("--driver", metavar="BASE OURS THEIRS", help=both("作合并驱动：%O %A %B", "as a merge driver: %O %A %B")),
    ] = ("", "", ""),
    dry_run: opt.DryRun = False,
) -> int:
    """Put records in conflict together by what they mean; what a person has to decide is left between markers."""
    from hazardctl.cli.outcome import place
    from hazardctl.ops.resolve import driven
    from hazardctl.ops.resolve import resolve as put_together

    door = doors.of(context)
    if any(driver):
        return FINE if driven(*map(Path, driver)) else FINDINGS
    known = door.context()
    done = put_together(known, ids or (), prefer=prefer, add=add, dry_run=dry_run)
    for one in done:
        door.say(RESOLVED.of(id=one.id[-5:], state=STATES[one.state], did=one.did))
        door.say(*(REASON.of(it=reason) for reason in one.reasons))
    rest = [place(known.root, one.path) for one in done if one.state == "merged" and not one.reasons and not one.added]
    if rest and not dry_run:
        door.tell(ADD.of(paths=" ".join(rest)))
    return FINDINGS if any(one.state != "merged" or one.reasons for one in done) else FINE
