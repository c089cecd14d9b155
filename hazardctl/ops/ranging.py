"""A range of commits as rules want it: the ledger before and after, the files that differ, who touched them (DOMAIN §7.8).

Records that did not change are read once; of those that did, each blob once. Cost grows with what changed, not with the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hazardctl.between import GONE, Between, Change, Commit, Touch, Version
from hazardctl.errors import UnreadableError
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.ops.context import Context
from hazardctl.store import commits as git
from hazardctl.store.git import rev_parse
from hazardctl.store.index import Keeper
from hazardctl.store.load import Progress, kind_of, load, loaded, read_config
from hazardctl.store.memory import Memory, hashed
from hazardctl.store.objects import blobs
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Revision, Source, WorkTree


@dataclass
class Reader:
    """Reads any version of any file of a ledger, each once.

    Attributes:
        root: the ledger root.
        config: what ids and times are read by.
        memory: records by blob.
    """

    root: Path
    config: Config
    memory: Memory = field(default_factory=Memory)
    _versions: dict[tuple[str, str], Version] = field(default_factory=dict[tuple[str, str], Version])

    def fetch(self, wanted: Sequence[tuple[str, str]]) -> None:
        """Read versions by path and blob id, all missing ones in one process."""
        missing = [(path, oid) for path, oid in dict.fromkeys(wanted) if oid and (path, oid) not in self._versions]
        data = blobs(self.root, [oid for _, oid in missing]) if missing else {}
        for path, oid in missing:
            self._versions[path, oid] = self._made(_Blob(self.root, oid, _held=data), path)

    def version(self, path: str, oid: str) -> Version:
        """Give a version by its blob; the empty id is no file."""
        if not oid:
            return GONE
        self.fetch([(path, oid)])
        return self._versions[path, oid]

    def on_disk(self, path: str) -> Version:
        """Give a file as it stands in the work tree."""
        return self._made(WorkTree(self.root), path) if (self.root / path).is_file() else GONE

    def _made(self, source: Source, path: str) -> Version:
        if path == CONFIG_FILE:
            return Version(read_config(self.root, source)[0])
        return Version(self.memory.read(source, self.config, path, loaded))


class _Blob(Revision):
    """A source of one file: a blob at hand, by its own id."""

    def key(self, path: str) -> str:  # noqa: ARG002
        """Give the id of the blob, whatever the path."""
        return self.oid

    def read(self, path: str) -> bytes:  # noqa: ARG002
        """Give its bytes."""
        return self._held[self.oid]


def between(context: Context, since: str, progress: Progress | None = None) -> Between:
    """Look at what the work tree and its commits bring beyond a revision.

    Args:
        context: root and day.
        since: a revision; the range begins where it and the commit checked out parted.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: there is no such revision, or nothing in common with it.
        SystemFailedError: git failed, or a clone too shallow to prove anything.
        UnreadableError: the configuration of the work tree is invalid.
    """
    root = context.root
    git.needed(root)
    base, head, memory = git.merge_base(root, since), rev_parse(root, "HEAD"), Memory()
    after = load(root, progress=progress, memory=memory)
    old, new = Revision(root, base), Revision(root, head)
    before = ledger_at(root, old, after, memory)
    zone = after.config.zone
    listed = git.commits(root, zone, head, base)
    if before.config.require_signatures:
        signed = git.signed(root, [commit.oid for commit in listed])
        listed = tuple(replace(commit, signed=commit.oid in signed) for commit in listed)
    reader = Reader(root, after.config, memory)
    changes = tuple(_changes(reader, old, new, listed, after))
    fresh = [one.path for one in changes if one.before.gone and not one.after.gone]
    deleted = {path: (one.commit, reader.version(path, one.befores[0])) for path, one in git.deletions(root, zone, base, fresh).items()}
    return Between(before, after, changes, listed, context.today, deleted)


def ledger_at(
    root: Path, source: Revision, otherwise: Ledger, memory: Memory, *, keeper: Keeper | None = None, progress: Progress | None = None
) -> Ledger:
    """Read the ledger of a commit, over its index where there is a keeper of one.

    Where there was none, or none that could be read, it is an empty one with the settings of another.
    """
    if not source.holds(CONFIG_FILE):
        return Ledger(otherwise.config, commit=source.commit)
    try:
        return load(root, source=source, memory=memory, keeper=keeper, progress=progress)
    except UnreadableError:
        return Ledger(otherwise.config, commit=source.commit)


def is_ours(path: str) -> bool:
    """Say whether a path is a record or the configuration."""
    return path == CONFIG_FILE or (path.endswith(".yaml") and "/." not in path and kind_of(path) is not None)


def _changes(reader: Reader, old: Revision, new: Revision, listed: Sequence[Commit], after: Ledger) -> Iterator[Change]:
    by_path: dict[str, list[git.Blobs]] = {}
    for one in git.touched(reader.root, listed):
        if is_ours(one.path):
            by_path.setdefault(one.path, []).append(one)
    loose = _uncommitted(reader.root, new, after)
    paths = sorted({*by_path, *loose})
    everything = [one for path in paths for one in by_path.get(path, ())]
    reader.fetch([(one.path, oid) for one in everything for oid in (*one.befores, one.after)])
    was, now = old.keys(paths), new.keys(paths)
    reader.fetch([(path, blobs.get(path, "")) for path in paths for blobs in (was, now)])
    for path in paths:
        touches = [
            Touch(one.commit, tuple(reader.version(path, oid) for oid in one.befores) or (GONE,), reader.version(path, one.after))
            for one in by_path.get(path, ())
        ]
        last = reader.version(path, now.get(path, ""))
        if path in loose:
            standing = reader.on_disk(path)
            touches.append(Touch(None, (last,), standing))
            last = standing
        yield Change(path, reader.version(path, was.get(path, "")), last, tuple(touches))


def _uncommitted(root: Path, head: Revision, after: Ledger) -> set[str]:
    """Give the files whose bytes in the work tree are not those of the last commit, compared by us and not by git."""
    tree = WorkTree(root)
    here = {*(entry.path for entry in after.entries), *(one.path for one in after.unread), CONFIG_FILE}
    there = {path for path in head.paths() if is_ours(path)}
    return (here ^ there) | {path for path in here & there if hashed(tree, path) != head.key(path)}
