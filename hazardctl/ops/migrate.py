"""`migrate`: files of an older schema written in today's, every byte that says the same left alone (docs/guide/migrate.md)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Finding
from hazardctl.errors import HazardctlError, UnreadableError
from hazardctl.language import Text
from hazardctl.model.evolution import brought, schema_of
from hazardctl.model.migrations import CONFIG
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops.changes import Change, diff, write
from hazardctl.ops.context import Context
from hazardctl.ops.validate import chosen, inside
from hazardctl.store.files import read_file
from hazardctl.store.insert import readable
from hazardctl.store.layout import record_files
from hazardctl.store.load import load_config
from hazardctl.store.lock import lock
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.roundtrip import edit_facts, renamed

MOVED: Final = Text("{path}  {was} -> {now}", "{path}  {was} -> {now}")
LEFT: Final = Text("{path} 没有动：{why}", "{path} was left alone: {why}")
WOULD: Final = Text("{n} 个文件中有 {m} 个需要迁移", "{m} of {n} files to be migrated")
DONE: Final = Text("{n} 个文件中迁移了 {m} 个", "{m} of {n} files migrated")
MESSAGE: Final = Text("迁移 {n} 个文件到 {now}", "migrate {n} files to {now}")


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was migrated, or would be.

    Attributes:
        looked: how many files were looked at.
        moved: path, schema before and schema after of each file that was old.
        diffs: of each, when nothing was written.
        left: path and reason of each file that was left alone though it is not of today.
        commit: the commit that was made, or the empty string.
    """

    looked: int
    moved: tuple[tuple[str, str, str], ...]
    diffs: tuple[str, ...] = ()
    left: tuple[tuple[str, Text], ...] = ()
    commit: str = ""

    def told(self, *, dry: bool) -> Iterator[Text]:
        """Say what happened: a line a file, then one for all."""
        yield from (MOVED.of(path=path, was=was, now=now) for path, was, now in self.moved)
        yield from (LEFT.of(path=path, why=why) for path, why in self.left)
        yield (WOULD if dry else DONE).of(n=self.looked, m=len(self.moved))


def migrate(context: Context, paths: Sequence[Path] = (), *, dry: bool = False, commit: bool | None = None) -> Migrated:
    """Bring records and the configuration to today's schemas.

    Args:
        context: the ledger root.
        paths: files and folders, absolute or relative to the ledger root; the whole ledger when empty.
        dry: look and show, write nothing.
        commit: True or False as asked, None as configured.

    Raises:
        UsageError: a path that is not there; a commit was asked for where there is no git.
        UnreadableError: the configuration is invalid.
        ChangedError, LockedError, SystemFailedError: as for every write; the hints name what was written.
    """
    wanted = [inside(context.root, path) for path in paths]
    config = load_config(context.root)
    with nullcontext() if dry else lock(context.root):
        files = [(CONFIG_FILE, CONFIG), *((one.path, one.kind) for one in record_files(context.root) if one.kind)]
        files = [(path, name) for path, name in files if chosen(path, wanted)]
        changes, moved, left = _planned(context.root, files)
        if dry or not changes:
            return Migrated(len(files), moved, tuple(diff(change) for change in changes), left)
        message = MESSAGE.of(n=len(changes), now=sorted({now for _, _, now in moved}))
        made = write(context, config, changes, message, act="migrate", commit=commit)
    return Migrated(len(files), moved, (), left, made.commit)


Plan = tuple[list[Change], tuple[tuple[str, str, str], ...], tuple[tuple[str, Text], ...]]


def _planned(root: Path, files: Sequence[tuple[str, str]]) -> Plan:
    """Work out every change before any is written."""
    changes: list[Change] = []
    moved: list[tuple[str, str, str]] = []
    left: list[tuple[str, Text]] = []
    for path, name in files:
        try:
            data = read_file(root / path, root)
            was = str(readable(data).get("schema"))
            after = in_todays(name, data)
        except HazardctlError as failure:
            left.append((path, failure.what))
            continue
        if after != data:
            changes.append(Change(path, data, after))
            moved.append((path, was, schema_of(name)))
    return changes, tuple(moved), tuple(left)


def in_todays(name: str, data: bytes) -> bytes:
    """Give the bytes of a file in today's schema; what says the same in both keeps its bytes.

    Args:
        name: of the kind, or `config`.
        data: the file as read.

    Raises:
        UnreadableError: it cannot be read, is of a newer schema, or is laid out in a way that cannot be changed alone.
    """
    tree = readable(data)
    said = brought(name, tree, looked=True)
    if isinstance(said, Finding):
        raise UnreadableError(said.message, *([said.repair] if said.repair else []))
    if said is tree:
        return data
    now: Tree = {**said, "schema": schema_of(name)}
    data = renamed(data, _new_names(tree, now))
    tree = readable(data)
    gone: dict[str, Raw] = {key: None for key in tree if key not in now}
    return edit_facts(data, {**gone, **{key: value for key, value in now.items() if tree.get(key) != value}})


def _new_names(before: Tree, after: Tree) -> dict[str, str]:
    """Find the fields that only have another name: gone here, new there, with one and the same value."""
    gone = [key for key in before if key not in after and before[key] is not None]
    new = [key for key in after if key not in before]
    pairs = {key: [other for other in new if after[other] == before[key]] for key in gone}
    return {
        key: others[0] for key, others in pairs.items() if len(others) == 1 and sum(others[0] in found for found in pairs.values()) == 1
    }
