"""`fmt`: records in canonical order and spelling, facts untouched (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import HazardctlError
from hazardctl.language import Text
from hazardctl.ops.changes import Change, diff, write
from hazardctl.ops.context import Context
from hazardctl.ops.validate import chosen, inside
from hazardctl.store.canonical import canonical
from hazardctl.store.files import read_file
from hazardctl.store.layout import record_files
from hazardctl.store.load import kind_of, load_config
from hazardctl.store.lock import lock
from hazardctl.store.scan import scan
from hazardctl.store.tidy import canonical as tidy
from hazardctl.store.tidy import typed_texts

MESSAGE: Final = Text("整理 {n} 个文件的写法", "put {n} files in order")


@dataclass(frozen=True, slots=True)
class Formatted:
    """What was put in order.

    Attributes:
        looked: how many files were looked at.
        changed: paths of the files that were, or would be, written.
        diffs: of each, when nothing was written.
        unread: path and reason of each file that could not be read and was left alone.
        commit: short commit, or empty.
    """

    looked: int
    changed: tuple[str, ...]
    diffs: tuple[str, ...] = ()
    unread: tuple[tuple[str, Text], ...] = ()
    commit: str = ""


def fmt(context: Context, paths: Sequence[Path] = (), *, dry: bool = False, commit: bool | None = None) -> Formatted:
    """Put records in canonical order and spelling.

    Args:
        context: the ledger root.
        paths: files and folders, absolute or relative to the ledger root; all records when empty.
        dry: look and show, write nothing.
        commit: True or False as asked, None as configured.

    Raises:
        UsageError: a path that is not there.
        ChangedError, LockedError, SystemFailedError: as for every write; files written before stay written.
    """
    wanted = [inside(context.root, path) for path in paths]
    config = load_config(context.root)  # a folder without a sound configuration is no ledger to write into
    held: AbstractContextManager[None] = nullcontext() if dry else lock(context.root)
    with held:
        files = [file.path for file in record_files(context.root) if file.kind and chosen(file.path, wanted)]
        changes, unread = _changes(context.root, files)
        done = Formatted(len(files), tuple(change.path for change in changes), unread=unread)
        if dry or not changes:
            return replace(done, diffs=tuple(diff(change) for change in changes))
        message = MESSAGE.of(n=len(changes))
        return replace(done, commit=write(context, config, changes, message, act="fmt", commit=commit).commit)


def _changes(root: Path, files: Sequence[str]) -> tuple[list[Change], tuple[tuple[str, Text], ...]]:
    """Give what is to be written, and what could not be read."""
    changes: list[Change] = []
    unread: list[tuple[str, Text]] = []
    for path in files:
        try:
            change = _change(root, path)
        except HazardctlError as failure:
            unread.append((path, failure.what))
            continue
        if change is not None:
            changes.append(change)
    return changes, tuple(unread)


def _change(root: Path, path: str) -> Change | None:
    before = read_file(root / path, root)
    kind = kind_of(path)
    order = kind.model.order() if kind else ()
    if in_order(before, order):
        return None
    after = tidy(before, order)
    return Change(path, before, after) if after != before else None


def in_order(data: bytes, order: Sequence[str]) -> bool:
    """Say quickly that a record is as `fmt` writes it; False means that a closer look is needed.

    Almost every record is, and the closer look takes fifty times as long. Where a day or a number of a field of that type stands
    in quotes anywhere, which of them it is is left to it.
    """
    scanned = scan(data)
    tree = canonical(scanned.text) if scanned.text is not None and not scanned.findings else None
    if tree is None or scanned.text is None or not data.endswith(b"\n"):
        return False
    known = [name for name in order if name in tree]
    return known == list(tree) and not any(f'"{value}"' in scanned.text for _, value in typed_texts(tree, ()))


def summary(done: Formatted, *, dry: bool) -> Iterator[Text]:
    """Say what happened: each file left alone and why, then one line for all."""
    for path, why in done.unread:
        yield Text("{path} 读不出来，没有动：{why}", "{path} cannot be read and was left alone: {why}").of(path=path, why=why)
    if dry:
        yield Text("{n} 个文件中有 {m} 个需要整理", "{m} of {n} files to be put in order").of(n=done.looked, m=len(done.changed))
    else:
        yield Text("{n} 个文件中整理了 {m} 个", "{m} of {n} files put in order").of(n=done.looked, m=len(done.changed))
