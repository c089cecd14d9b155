"""What a repository may run here, in words: the program, whether it is trusted, and what that does and does not allow (docs/adr/0025)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text, plain
from hazardctl.sheet import Line, Sheet

TITLE: Final = Text("信任", "trust")
MONITOR: Final = Text("监视程序", "monitor")
STANDS: Final = Text("现状", "now")
NONE: Final = Text("没有设置 core.fsmonitor", "core.fsmonitor is not set")
NOTHING: Final = Text("没有什么要信任", "there is nothing to trust")
TRUSTED: Final = Text(
    "已信任：问 git 哪些文件改了时，这个仓库可以运行自己的这个程序",
    "trusted: when git is asked which files changed, this repository may run this program of its own",
)
NOT_TRUSTED: Final = Text("没有信任，不运行", "not trusted, it does not run")
ANOTHER: Final = Text("信任过的是 {was}，已不作数，不运行", "what was trusted is {was}, which no longer counts: it does not run")
CHANGED: Final = Text(
    "信任之后程序或仓库换过，已不作数，不运行",
    "the program or the repository was replaced since it was trusted, which no longer counts: it does not run",
)
ALLOWS: Final = Text(
    "信任只管 core.fsmonitor 的这个值；hook、filter、diff、签名程序一律不运行，模板与信任无关",
    "trust covers this value of core.fsmonitor alone: no hook, filter, diff or signature program runs; templates have no part in it",
)

REMEMBER: Final = Text(
    "git 还没有记下从何时看起，先运行一次 git status；在那以前逐个看文件",
    "git does not know yet since when it has looked: run git status once; until then every file is looked at",
)


def trusted(value: str, was: str, *, may: bool, remembered: bool) -> Sheet:
    """Lay out how a repository stands.

    Args:
        value: the monitor that its settings name; empty for none.
        was: the one that was trusted; empty for none.
        may: it may run.
        remembered: git knows since when it has looked.
    """
    lines = (
        Line(plain(value) if value else NONE, label=MONITOR),
        Line(_stands(value, was, may=may), label=STANDS),
        *([Line(REMEMBER)] if may and not remembered else []),
        Line(ALLOWS),
    )
    data = {"fsmonitor": value or None, "trusted": may, "was": was or None, "remembered": remembered}
    return Sheet("trust", TITLE, blocks=lines, data=data, compact=True)


def _stands(value: str, was: str, *, may: bool) -> Text:
    if may:
        return TRUSTED
    if was and was != value:
        return ANOTHER.of(was=was)
    if was:
        return CHANGED
    return NOT_TRUSTED if value else NOTHING
