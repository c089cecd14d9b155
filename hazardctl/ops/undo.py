"""`undo`: the last write of this work tree taken back, by its bytes or by a new commit (EXPERIENCE §2.3).

Nothing that somebody built on is taken back: the files must still be what that write left, and no other record may name
one that would disappear.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import ChangedError, ForbiddenError, UsageError
from hazardctl.language import Text
from hazardctl.ops.changes import RECORDS, unchanged
from hazardctl.ops.context import Context
from hazardctl.ops.lookup import short
from hazardctl.store import git, undo, writer
from hazardctl.store.layout import record_files
from hazardctl.store.lock import lock
from hazardctl.store.objects import UNDOES, blobs, last_act

NO_GIT: Final = Text("undo 需要 git 仓库：上一次写入记在 .git 里", "undo needs a git repository: the last write is kept in its .git folder")
NOTHING: Final = Text("没有可以撤回的写入", "there is no write to take back")
BUILT_ON: Final = Text("上一次写入的文件后来又被改过，不能撤回", "the files of the last write were changed since; it cannot be taken back")
CHANGED: Final = Text("改过：{paths}", "changed: {paths}")
NAMED: Final = Text("{path} 引用了 {id}，不能撤回", "{path} names {id}; it cannot be taken back")
COMMITTED: Final = Text("{path} 已另行提交，不能撤回", "{path} was committed meanwhile; it cannot be taken back here")
REVERT: Final = Text("用 git revert 撤回那次提交", "take that commit back with git revert")
MORE: Final = Text("那次提交不止这一步，不能撤回", "that commit holds more than the act; it cannot be taken back here")
TAKEN_BACK: Final = Text("撤回 {ids}", "take back {ids}")
MANY: Final = Text("撤回 {ids} 等 {n} 条", "take back {ids} and others, {n} in all")
NAMED_AT_MOST: Final = 5
"""Records that the first line of a commit names; its trailer names all."""


SHOWN: Final = 20
"""Files of which the difference is shown."""
_NAME: Final = re.compile(rb"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
"""What may be an id or a key."""
MAKING: Final = frozenset({"add", "new", "import"})
"""Verbs whose commits make files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the write: path relative to the ledger root, bytes before it (None: it was made) and now."""

    path: str
    before: bytes | None
    now: bytes


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the paths, a diff of the first files, and the commit that did it or the empty string."""

    paths: tuple[str, ...]
    diff: str
    commit: str = ""


def take_back(context: Context, *, dry_run: bool = False) -> Undone:
    """Take the last write of this work tree back.

    Raises:
        UsageError: no git here, or nothing to take back.
        ChangedError: a file is no longer what that write left.
        ForbiddenError: another record names one that would disappear, or the write was committed by other means.
        LockedError, SystemFailedError: as the store says.
    """
    root = context.root
    if git.top(root) is None:
        raise UsageError(NO_GIT)
    with nullcontext() if dry_run else lock(root):
        files, commit = _last(root)
        _unnamed(root, files)
        shown = "".join(_diff(one) for one in files[:SHOWN])
        paths = tuple(one.path for one in files)
        if dry_run:
            return Undone(paths, shown)
        for one in reversed(files):
            if one.before is None:
                writer.remove(root / one.path, expected=one.now)
            else:
                writer.replace(root / one.path, one.before, expected=one.now)
        made = _commit(context, files, commit) if commit else ""
        undo.forget(root)
    return Undone(paths, shown, made)


def _last(root: Path) -> tuple[list[Kept], str]:
    """Give the files of the last write and the commit that holds it, or the empty string."""
    changes = undo.remembered(root)
    if changes:
        files = [Kept(one.path, one.before, (root / one.path).read_bytes()) for one in changes]
        return files, _holding(root, [one.path for one in changes])
    if undo.pending(root):
        raise ChangedError(BUILT_ON)
    act = last_act(root) if git.head(root) else None
    if act is None:
        raise UsageError(NOTHING)
    if act.touched_since:
        raise ChangedError(BUILT_ON, CHANGED.of(paths=act.touched_since))
    if act.verb not in MAKING and not all(before for before, _ in act.files.values()):
        raise ForbiddenError(MORE, REVERT)  # the commit brought the whole file along, not this act alone
    return _of_commit(root, act.files), act.commit


def _holding(root: Path, paths: Sequence[str]) -> str:
    """Give our commit that holds a write, or the empty string while it is not committed.

    Raises:
        ForbiddenError: it stands in a commit we did not make: its lines are no longer only here.
    """
    committed = unchanged(root, paths)
    if not committed:
        return ""
    act, top = last_act(root), (git.top(root) or root).resolve()
    ours = {top / path for path in act.files} if act and not act.touched_since else set[Path]()
    if act is None or not {(root / path).resolve() for path in paths} <= ours:
        raise ForbiddenError(COMMITTED.of(path=committed[0]), REVERT)
    return act.commit


def _of_commit(root: Path, files: dict[str, tuple[str, str]]) -> list[Kept]:
    top = (git.top(root) or root).resolve()
    known = blobs(root, [before for before, _ in files.values() if before])
    kept: list[Kept] = []
    for path, (before, _) in files.items():
        place = top / path
        if place.is_relative_to(root.resolve()):
            relative = place.relative_to(root.resolve()).as_posix()
            kept.append(Kept(relative, known.get(before) if before else None, place.read_bytes()))
    return kept


def _unnamed(root: Path, files: Sequence[Kept]) -> None:
    """Refuse to remove a record that another one names."""
    made = {_id(one.path).encode() for one in files if one.before is None and one.path.endswith(".yaml")}
    own = {one.path for one in files}
    for found in record_files(root) if made else ():
        if found.kind and found.path not in own:
            data = (root / found.path).read_bytes()
            named = made.intersection(_NAME.findall(data))
            if named:
                raise ForbiddenError(NAMED.of(path=found.path, id=min(named).decode()))


def _id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")


def _commit(context: Context, files: Sequence[Kept], commit: str) -> str:
    records = [_id(one.path) for one in files if one.path.endswith(".yaml")]
    many = len(records) > NAMED_AT_MOST
    message = (MANY if many else TAKEN_BACK).of(ids=[short(record) for record in records[:NAMED_AT_MOST]], n=len(records))
    paths = [context.root / one.path for one in files]
    return git.commit(context.root, paths, message.say(context.language), {UNDOES: commit, RECORDS: " ".join(records)})


def _diff(one: Kept) -> str:
    target = "/dev/null" if one.before is None else one.path
    return "".join(difflib.unified_diff(_lines(one.now), _lines(one.before or b""), one.path, target))


def _lines(data: bytes) -> list[str]:
    try:
        return data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return [f"({len(data)} B)\n"]
