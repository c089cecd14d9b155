"""`doctor`: is everything in order here? Observed, expected, and the command that repairs (EXPERIENCE §2.3).

Nothing is written, not even a lock. What cannot be read is never healthy.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from hazardctl import calendar
from hazardctl.errors import HazardctlError, MissingExtraError, SystemFailedError, UnreadableError
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops import people
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.machine import Around, machine
from hazardctl.ops.trust import SET_IT
from hazardctl.reports.health import Check, State, of
from hazardctl.store import batch, git, gitcare, lock, status, trust
from hazardctl.store.files import read_file
from hazardctl.store.index import condition
from hazardctl.store.load import Progress, load, read_config
from hazardctl.store.root import CONFIG_FILE

MANY: Final = 5_000
"""Files from which `git status` is worth helping."""
VERY_MANY: Final = 50_000
"""Files from which it is worth a program that watches them."""
MIGRATE: Final = plain("hazardctl migrate")
VALIDATE: Final = plain("hazardctl validate")
NONE: Final = Text("没有", "none")


def doctor(context: Context | None, around: Around, lost: UnreadableError | None = None, progress: Progress | None = None) -> list[Check]:
    """Look at the machine, and at the ledger where there is one.

    Args:
        context: of the ledger; None where none was found.
        around: what the door knows of the machine.
        lost: why none was found.
        progress: told (files done, files in all) now and then.
    """
    found = list(machine(around))
    if context is None:
        why = lost.what if lost else NONE
        make = Text("hazardctl init，或用 -C 指明", "hazardctl init, or name it with -C")
        return [*found, of("ledger", ("台账", "ledger"), why, plain(CONFIG_FILE), ("wrong", make))]
    root = context.root
    config, findings = read_config(root)
    found += [of("ledger", ("台账", "ledger"), str(root), plain(CONFIG_FILE)), _settings(len(findings))]
    found += list(_repository(root))
    found += list(_writing(root))
    if config is not None:
        found += [_calendar(config, context.today), _actor(context, config)]
        found += list(_records(context, progress))
    return found


def _settings(wrong: int) -> Check:
    label = ("配置", "settings")
    if not wrong:
        return of("settings", label, Text("有效", "valid"), Text("有效", "valid"))
    return of("settings", label, Text("{n} 处不对", "{n} faults", {"n": wrong}), Text("有效", "valid"), ("wrong", VALIDATE))


def _calendar(config: Config, today: dt.date) -> Check:
    label = ("工作日历", "calendar")
    expected = Text("含 {year} 年", "with the year {year}", {"year": today.year})
    if config.calendar.name == calendar.PLAIN:
        return of("calendar", label, Text("周一至周五", "Monday to Friday"), Text("按配置", "as configured"))
    try:
        years = sorted(calendar.notices().years)
    except MissingExtraError as failure:
        return of("calendar", label, failure.what, expected, ("wrong", plain('pip install "hazardctl[cn]"')))
    observed = Text("公布了 {a} 至 {b} 年", "published for {a} to {b}", {"a": years[0], "b": years[-1]})
    repair = Text("pip install -U chinesecalendar，或写 calendar.overrides", "pip install -U chinesecalendar, or write calendar.overrides")
    return of("calendar", label, observed, expected, None if today.year in years else ("note", repair))


def _actor(context: Context, config: Config) -> Check:
    label = ("经办人", "who acts")
    name = context.actor or people.of_this_machine(context.root)
    expected = Text("人员名单里的人", "somebody among the people")
    if name and (config.person(name) or not config.people):
        return of("actor", label, name, expected)
    repair = Text("设 HAZARDCTL_ACTOR，或在 people 里写上邮箱", "set HAZARDCTL_ACTOR, or write the e-mail address among the people")
    return of("actor", label, name or Text("不知道", "unknown"), expected, ("note", repair))


# ---------------------------------------------------------------------------------------------------------------------- git


def _repository(root: Path) -> Iterator[Check]:
    label = ("仓库", "repository")
    top = git.top(root)
    if top is None:
        repair = Text("git init；不用 git 也行，只是没有 log、diff、undo", "git init; without it there is no log, diff or undo")
        yield of("repository", label, NONE, plain("git"), ("note", repair))
        return
    try:
        changed = status.changed(root)
        yield of("repository", label, str(top), plain("git"))
        observed = Text("{n} 处未提交", "{n} paths are not committed", {"n": len(changed)})
        yield of(
            "worktree",
            ("工作区", "work tree"),
            observed,
            Text("都已提交", "all committed"),
            ("note", plain("git status")) if changed else None,
        )
        yield _attributes(root)
        yield _ours(changed)
    except SystemFailedError as failure:
        yield of("repository", label, failure.what, plain("git"), ("wrong", plain("git status")))


def _attributes(root: Path) -> Check:
    """Look at what git does to a record: its line ends, and who merges it."""
    label, expected = ("git 属性", "attributes"), Text("text eol=lf，无 merge=union", "text eol=lf, no merge=union")
    said = gitcare.attributes(root, root / "hazards" / "2024" / "01" / "YH-20240101-00000.yaml", "text", "eol", "merge")
    shown = plain(" ".join(f"{name}={value}" for name, value in said.items()))
    driver = said["merge"]
    if driver == "union":
        repair = Text("从 .gitattributes 删去 merge=union", "take merge=union out of .gitattributes")
        return of("attributes", label, shown, expected, ("wrong", repair))
    if driver not in {"unspecified", "set", "unset", "text", "binary"} and not gitcare.setting(root, f"merge.{driver}.driver"):
        return of(
            "attributes", label, shown, expected, ("note", plain(f'git config merge.{driver}.driver "hazardctl resolve --driver %O %A %B"'))
        )
    if said["eol"] != "lf":
        return of(
            "attributes",
            label,
            shown,
            expected,
            ("note", Text(".gitattributes 加一行 *.yaml text eol=lf", "add a line *.yaml text eol=lf to .gitattributes")),
        )
    return of("attributes", label, shown, expected)


def _ours(changed: Sequence[str]) -> Check:
    """Look for our own files among those git would take in: the lock, and what an interrupted write left."""
    label, expected = ("忽略", "ignored"), Text(".lock 与 .*.tmp 不入库", ".lock and .*.tmp stay out")
    seen = [path for path in changed if path.rpartition("/")[2] == lock.NAME or path.endswith(".tmp")]
    if not seen:
        return of("ignored", label, expected, expected)
    repair = Text(".gitignore 加两行：.lock 和 .*.tmp", "add two lines to .gitignore: .lock and .*.tmp")
    return of("ignored", label, Text("没有忽略 {it}", "not ignored: {it}", {"it": seen[:3]}), expected, ("note", repair))


# ------------------------------------------------------------------------------------------------------------------ writing


def _writing(root: Path) -> Iterator[Check]:
    label = ("写入锁", "lock")
    held = lock.holder(root)
    free = Text("空闲", "free")
    match held:
        case None:
            yield of("lock", label, free, free)
        case "":
            repair = Text("检查文件夹和 {it} 的权限", "look at the rights of the folder and of {it}", {"it": lock.NAME})
            yield of("lock", label, Text("写不了", "cannot be taken"), free, ("wrong", repair))
        case _:
            observed = Text("进程 {pid} 正在写", "process {pid} is writing", {"pid": held})
            yield of("lock", label, observed, free, ("note", Text("等它结束", "wait until it has ended")))
    left = len(batch.interrupted(root))
    observed = Text("{n} 个", "{n}", {"n": left})
    finish = Text("下一次写入会接着完成", "the next write finishes them")
    yield of("interrupted", ("中断的写入", "interrupted"), observed, plain("0"), ("note", finish) if left else None)


# ------------------------------------------------------------------------------------------------------------------ records


def _records(context: Context, progress: Progress | None) -> Iterator[Check]:
    kept = keeper(context)
    yield _index(context)
    try:
        ledger = load(context.root, keeper=kept, progress=progress)
    except HazardctlError as failure:
        yield of("records", ("记录", "records"), failure.what, Text("都读得出", "all can be read"), ("wrong", VALIDATE))
        return
    unread, strays, entries = len(ledger.unread), len(ledger.strays), len(ledger.entries)
    observed = Text("{n} 条，读不出 {unread}，不是记录的 {strays}", "{n}, unreadable {unread}, no records {strays}")
    state: State = "wrong" if unread else "note"
    worth = (state, VALIDATE) if unread or strays else None
    yield of(
        "records", ("记录", "records"), observed.of(n=entries, unread=unread, strays=strays), Text("都读得出", "all can be read"), worth
    )
    yield _schemas(ledger)
    if entries > MANY and git.top(context.root) is not None:
        cached = gitcare.setting(context.root, "core.untrackedcache") in {"true", "keep"}
        observed = Text("{n} 个文件，{it}", "{n} files, {it}").of(n=entries, it=Text("已开", "on") if cached else Text("未开", "off"))
        repair = plain("git config core.untrackedCache true")
        yield of(
            "untracked",
            ("未跟踪缓存", "untracked cache"),
            observed,
            Text("开，git status 快", "on: git status is quicker"),
            None if cached else ("note", repair),
        )
    yield from _watched(context.root, entries)


def _watched(root: Path, entries: int) -> Iterator[Check]:
    """Look at the program that tells git which files changed: whether one is worth while, may run, and tells the truth."""
    label, expected = ("文件监视", "file monitor"), Text("不逐个看文件", "no look at every file")
    here = git.repository(root)
    if here is None:
        return
    try:
        value, _, trusted, remembered = trust.state(here)
        agreed = not trusted or status.agreed(root)
    except SystemFailedError:  # told above, as the repository
        return
    if trusted and not remembered:
        observed = Text("{it}，git 还没有记下从何时看起", "{it}, and git does not know yet since when it has looked", {"it": value})
        yield of("fsmonitor", label, observed, expected, ("note", plain("git status")))
    elif trusted:
        observed = plain(value) if agreed else Text("{it} 与逐个看文件的结果不同", "{it} tells otherwise than the files", {"it": value})
        yield of("fsmonitor", label, observed, expected, None if agreed else ("wrong", plain("hazardctl trust revoke")))
    elif value:
        observed = Text("已设 {it}，没有信任，不运行", "{it} is set and not trusted: it does not run", {"it": value})
        yield of("fsmonitor", label, observed, expected, ("note", plain("hazardctl trust")))
    elif entries > VERY_MANY:
        observed = Text("{n} 个文件，未开", "{n} files, off", {"n": entries})
        yield of("fsmonitor", label, observed, expected, ("note", SET_IT))


def _index(context: Context) -> Check:

    label, expected = ("索引", "index"), Text("没有或现行", "none, or of today")
    if not context.index:
        return of("index", label, Text("不用（--no-index）", "not used (--no-index)"), expected)
    state = condition.state(context.root, read_file(context.root / CONFIG_FILE, context.root))
    if state.size is None:
        return of("index", label, Text("没有，下一次查询时建立", "none; the next question makes one"), expected)
    observed = Text("{n} 个文件，{size} KiB", "{n} files, {size} KiB", {"n": state.files, "size": state.size // 1024})
    return of("index", label, observed, expected, None if state.current else ("note", plain("hazardctl index rebuild")))


def _schemas(ledger: Ledger) -> Check:
    """Count the records of an older schema; while every kind is at version 1 there can be none, and no record is asked."""
    label, expected = ("记录版本", "schemas"), Text("现行版本", "of today")
    old: Counter[str] = Counter()
    if any(kind.schema != f"{kind.name}/1" for kind in BY_NAME.values()):
        old.update(entry.record.schema_ for entry in ledger.entries if entry.record.schema_ != entry.kind.schema)
    if not old:
        return of("schemas", label, expected, expected)
    observed = Text("旧版：{it}", "old: {it}", {"it": [f"{name} {count}" for name, count in sorted(old.items())]})
    return of("schemas", label, observed, expected, ("note", MIGRATE))
