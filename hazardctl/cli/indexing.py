"""The index: `index status`, `index rebuild`, `index drop`."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from hazardctl.cli import door as doors
from hazardctl.cli.giving import reading
from hazardctl.cli.lazy import both, shown
from hazardctl.errors import FINE, UsageError
from hazardctl.language import Text

WHAT: Final = ("status", "rebuild", "drop")
NO_SUCH: Final = Text("index 没有“{it}”", 'index knows no "{it}"')
THERE_ARE: Final = Text("可用：{all}", "there are: {all}")
NONE: Final = Text("没有索引；下一次查询时建立   {path}", "no index; the next question makes one   {path}")
SMALL: Final = Text(
    "没有索引，也用不着：不到 {least} 个文件的台账直接读",
    "no index, and none is needed: a ledger of fewer than {least} files is read without one",
)
STANDS: Final = Text("索引   {n} 个文件，{size} KiB   {path}", "index   {n} files, {size} KiB   {path}")
JUDGED: Final = Text("       已存 {n} 条记录的检查结果", "        the findings of {n} records are kept")
COMMITS: Final = Text("提交   {n} 个有索引，{size} KiB", "commits {n} have an index, {size} KiB")
OLD: Final = Text("由别的版本或配置建立，下一次查询时重建", "made by another version or configuration; the next question makes it anew")
DROPPED: Final = Text("已删除索引；数字不受影响", "the index is gone; no figure depends on it")
NOTHING: Final = Text("本来就没有索引", "there was no index")


@shown("hazardctl index status", "hazardctl index rebuild")
def index(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="status|rebuild|drop", help=both("看、重建或删除", "look, make anew or throw away"))
    ] = "status",
) -> int:
    """Look at the index, make it anew, or throw it away; no figure depends on it."""
    from hazardctl.ops import index as run

    door = doors.of(context)
    if what not in WHAT:
        raise UsageError(NO_SUCH.of(it=what), THERE_ARE.of(all=WHAT))
    here = door.context()
    if what == "drop":
        door.say(DROPPED if run.dropped(here) else NOTHING)
        return FINE
    with reading(door) as told:
        state = run.rebuilt(here, told) if what == "rebuild" else run.state(here)
    if state.size is None:
        door.say(NONE.of(path=str(state.path)) if run.wanted(here) else SMALL.of(least=run.LEAST))
    else:
        more = [*([JUDGED.of(n=state.judged)] if state.judged else []), *([] if state.current else [OLD])]
        door.say(STANDS.of(n=state.files, size=state.size // 1024, path=str(state.path)), *more)
    if (past := run.commits(here)).commits:
        door.say(COMMITS.of(n=past.commits, size=past.size // 1024))
    return FINE
