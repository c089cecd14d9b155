"""What a command would write, shown as a diff or written: new files first, then changed ones, then the commit (RELIABILITY §5.1)."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import ForbiddenError, HazardctlError, SystemFailedError, UsageError
from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.model.evolution import schema_of
from hazardctl.ops.context import Context
from hazardctl.store import git, status, undo, writer
from hazardctl.store.batch import Told
from hazardctl.store.objects import ACT

RECORDS: Final = "Hazardctl-Records"

PARTLY: Final = Text("已写入：{done}；未写入：{rest}", "written: {done}; not written: {rest}")
UNCOMMITTED: Final = Text("已写入但没有提交：{done}", "written, but not committed: {done}")
NEEDS_GIT: Final = Text("--commit 需要 git 仓库，这里没有", "--commit needs a git repository, and there is none here")
WITHOUT: Final = Text("去掉 --commit，或先运行 git init", "leave --commit out, or run git init first")
OLD: Final = Text("{path} 是旧版 {was}，只读不写", "{path} is of the old schema {was}: it is read, not written to")
FIRST: Final = Text("先迁移  hazardctl migrate", "migrate it first  hazardctl migrate")


@dataclass(frozen=True, slots=True)
class Change:
    """A file before and after: `before` is None for a new one."""

    path: str
    before: bytes | None
    after: bytes


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the changes: the commit, or the empty string."""

    commit: str = ""


def of_today(path: str, name: str, stated: str) -> None:
    """Refuse to write to a record of an older schema: a line of today in it would belong to no version.

    Args:
        path: of the file.
        name: of its kind, or `config`.
        stated: what its `schema:` says.

    Raises:
        ForbiddenError: it is older.
    """
    if stated != schema_of(name):
        raise ForbiddenError(OLD.of(path=path, was=stated), FIRST)


def diff(change: Change) -> str:
    """Show a change as a unified diff; what is no text is named with its size."""
    try:
        before, after = (change.before or b"").decode(), change.after.decode()
    except UnicodeDecodeError:
        return f"--- /dev/null\n+++ {change.path} ({len(change.after)} B)\n"
    source = "/dev/null" if change.before is None else change.path
    return "".join(_ended(difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), source, change.path)))


def _ended(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def write(
    context: Context, config: Config, changes: Sequence[Change], message: Text, *, act: str, commit: bool | None, told: Told | None = None
) -> Written:
    """Write all changes, under the lock the caller holds; commit them if asked or configured.

    Args:
        context: the door's.
        config: of the ledger.
        changes: in the order they are written, new files before changed ones.
        message: first line of the commit.
        act: the verb, for its trailer.
        commit: True or False as asked, None as configured.
        told: told (new files synced, new files in all) now and then.

    Raises:
        UsageError: a commit was asked for where there is no git.
        ChangedError, SystemFailedError: as the store says; the hints name what was written.
    """
    wanted = committing(context, config, commit=commit)
    _written(context, changes, told)
    return Written(_committed(context, changes, message, act)) if wanted else Written()


def committing(context: Context, config: Config, *, commit: bool | None) -> bool:
    """Say whether a write would be committed.

    Raises:
        UsageError: a commit was asked for where there is no git.
    """
    wanted = config.commit if commit is None else commit
    if wanted and git.top(context.root) is None:
        if commit:
            raise UsageError(NEEDS_GIT, WITHOUT)
        return False
    return wanted


def _written(context: Context, changes: Sequence[Change], told: Told | None) -> None:
    """Write what is new at once, then file after file; what stands is remembered for `undo`, whatever ends it."""
    done: list[Change] = []
    new = [change for change in changes if change.before is None]
    try:
        writer.create_all([(context.root / change.path, change.after) for change in new], told)
        done += new
        for change in changes:
            if change.before is not None:
                writer.replace(context.root / change.path, change.after, expected=change.before)
                done.append(change)
    except HazardctlError as failure:
        failure.hints = (*failure.hints, *_partly(changes, done))
        raise
    except KeyboardInterrupt as failure:
        failure.args = _partly(changes, done)
        raise
    finally:
        if done:
            _remember(context, done)


def _partly(changes: Sequence[Change], done: Sequence[Change]) -> tuple[Text, ...]:
    """Say which files stand and which do not, where some of them stand."""
    rest = [change.path for change in changes if change not in done]
    return (PARTLY.of(done=[change.path for change in done], rest=rest),) if done else ()


def _committed(context: Context, changes: Sequence[Change], message: Text, act: str) -> str:
    same = set(unchanged(context.root, [change.path for change in changes if change.before is not None]))
    paths = [context.root / change.path for change in changes if change.path not in same]
    if not paths:
        return ""  # what was written is what the last commit has
    try:
        made = git.commit(context.root, paths, message.say(context.language), _trailers(changes, act))
    except SystemFailedError as failure:
        failure.hints = (*failure.hints, UNCOMMITTED.of(done=[change.path for change in changes]))
        raise
    return made


def unchanged(root: Path, paths: Sequence[str]) -> list[str]:
    """Name the files of a write that do not differ from the last commit."""
    top = git.top(root)
    if top is None or git.head(root) is None:
        return []
    changed = [(top / one.rstrip("/")).resolve() for one in status.changed(root)]
    places = {path: (root / path).resolve() for path in paths}
    return [path for path, place in places.items() if not any(place == one or place.is_relative_to(one) for one in changed)]


def _remember(context: Context, done: Sequence[Change]) -> None:
    undo.remember(context.root, [(change.path, change.before, change.after) for change in done])


def _trailers(changes: Sequence[Change], act: str) -> dict[str, str]:
    """Say in words a program finds again what the commit did and to which records."""
    records = [change.path.rpartition("/")[2].removesuffix(".yaml") for change in changes if change.path.endswith(".yaml")]
    return {ACT: act, RECORDS: " ".join(records)}
