"""Where a ledger is read from: the work tree, or a commit as git has it (`--known-at`), without touching the work tree."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

from hazardctl import day
from hazardctl.diagnostics import START, Finding
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.store import git, status
from hazardctl.store.files import Files, RefusedError
from hazardctl.store.layout import SEALS, Found, listed, record_files, seal_file, seal_files
from hazardctl.store.objects import blobs
from hazardctl.store.worktree import Repository

REGULAR: Final = b"100"
FEW: Final = 1_000
"""Paths of a commit that are asked for by name; who asks for more gets the list of all."""
_TREE: Final = ("ls-tree", "-z", "--full-tree")
_NOT_THERE: Final = Text("{it} 当时还没有", "{it} was not there yet")
_NOT_KNOWN: Final = Text("{it} 时仓库里还没有提交", "the repository had no commit on {it}")
_NO_LEDGER: Final = Text("提交 {it} 里没有这本台账", "the commit {it} does not hold this ledger")


class Source(Protocol):
    """Files by their path relative to the ledger root."""

    @property
    def commit(self) -> str:
        """Give the short commit, `+` behind it when files differ from it; empty without git."""
        ...

    def files(self) -> Sequence[Found]:
        """Give every record file and everything else in the record folders, sorted by path."""
        ...

    def seals(self) -> Sequence[Found]:
        """Give every sealed period and everything else in its folder, sorted by path."""
        ...

    def read(self, path: str) -> bytes:
        """Give the bytes of a file; RefusedError when it is no readable file."""
        ...

    def key(self, path: str) -> str:
        """Give the id of the blob at a path, where it is known without reading it; else nothing."""
        ...

    def want(self, paths: Iterable[str]) -> None:
        """Fetch these files in one go, where that is quicker; they will be read soon."""
        ...


@dataclass(frozen=True, slots=True)
class WorkTree:
    """The files as they stand on the disk."""

    root: Path
    _files: Files = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make ready to read."""
        object.__setattr__(self, "_files", Files(self.root))

    @property
    def commit(self) -> str:
        """Give the short commit the work tree stands on."""
        return status.described(self.root)

    def files(self) -> Sequence[Found]:
        """Give what lies in the record folders."""
        return list(record_files(self.root))

    def seals(self) -> Sequence[Found]:
        """Give what lies in the folder of seals."""
        return list(seal_files(self.root))

    def read(self, path: str) -> bytes:
        """Read a file, never through a link."""
        return self._files.read(path)

    def key(self, path: str) -> str:  # noqa: ARG002
        """Give nothing: a file on the disk is known by its bytes alone."""
        return ""

    def want(self, paths: Iterable[str]) -> None:
        """Do nothing: a file is read when it is asked for."""


@dataclass(frozen=True)
class Revision:
    """The files as a commit has them; git hands over objects, the work tree is not looked at.

    Attributes:
        root: the ledger root in the work tree, which says where the ledger lies in the repository.
        oid: full id of the commit, or of a tree.
        within: the repository whose objects are asked; that of the work tree by default.
        top: the folder that stands for the top of the commit; that of the work tree by default.
    """

    root: Path
    oid: str
    within: Repository | None = None
    _asked: dict[str, tuple[bytes, str]] = field(default_factory=dict[str, tuple[bytes, str]], repr=False, compare=False)
    _held: dict[str, bytes] = field(default_factory=dict[str, bytes], repr=False, compare=False)
    top: Path | None = None

    def holds(self, path: str) -> bool:
        """Say whether the commit has a file at a path below the ledger root."""
        if "_tree" in self.__dict__:
            return path in self._tree
        return bool(git.ask(self.root, *_TREE, "-r", "--end-of-options", self.oid, self._prefix + path, within=self.within))

    def paths(self) -> Iterable[str]:
        """Give the path of every file below the ledger root."""
        return self._tree.keys()

    @property
    def commit(self) -> str:
        """Give the short id."""
        return self.oid[:9]

    @functools.cached_property
    def tree(self) -> str:
        """Give git's id of the ledger folder: another one where anything in it is other."""
        inside = f":{self._prefix.removesuffix('/')}" if self._prefix else "^{tree}"
        name = f"{self.oid}{inside}"
        return git.ask(self.root, "rev-parse", "--verify", "--quiet", "--end-of-options", name, within=self.within).decode().strip()

    @functools.cached_property
    def _prefix(self) -> str:
        """Give where the ledger lies in the repository, with a `/` behind it; empty at the top."""
        inside = self.root.relative_to(self.top or git.top(self.root) or self.root).as_posix()
        return "" if inside == "." else f"{inside}/"

    @functools.cached_property
    def _tree(self) -> Mapping[str, tuple[bytes, str]]:
        """Give path below the ledger root → (mode, blob id)."""
        return dict(self._listed([self._prefix.removesuffix("/")] if self._prefix else []))

    def _listed(self, wanted: Sequence[str]) -> Iterator[tuple[str, tuple[bytes, str]]]:
        """Give what the commit has at paths below its top, folders with all that is in them."""
        arguments = (*_TREE, "-r", "--end-of-options", self.oid, *wanted)
        lines = git.ask(self.root, *arguments, patience=git.LONG_PATIENCE, within=self.within).split(b"\0")
        for meta, _, path in (line.partition(b"\t") for line in lines if line):
            parts = meta.split(b" ")
            yield os.fsdecode(path).removeprefix(self._prefix), (parts[0], parts[2].decode())

    def _entries(self, paths: Collection[str]) -> Mapping[str, tuple[bytes, str]]:
        """Give path → (mode, blob id) of those that are there; of few in a large commit nothing else is listed."""
        if "_tree" in self.__dict__ or len(paths) + len(self._asked) > FEW:
            return {path: self._tree[path] for path in paths if path in self._tree}
        missing = [path for path in paths if path not in self._asked]
        if missing:
            self._asked.update((path, (b"", "")) for path in missing)
            self._asked.update(self._listed([self._prefix + path for path in missing]))
        return {path: self._asked[path] for path in paths if self._asked[path][1]}

    def key(self, path: str) -> str:
        """Give the id of the blob; nothing for what is no regular file."""
        mode, oid = self._asked.get(path) or self._tree.get(path, (b"", ""))
        return oid if mode.startswith(REGULAR) else ""

    def keys(self, paths: Collection[str]) -> Mapping[str, str]:
        """Give path → id of the blob, of those of some paths at which there is a regular file."""
        return {path: oid for path, (mode, oid) in self._entries(paths).items() if mode.startswith(REGULAR)}

    def want(self, paths: Iterable[str]) -> None:
        """Fetch the blobs of these paths in one process; each is let go of when it is read."""
        wanted = {oid for oid in self.keys(list(dict.fromkeys(paths))).values() if oid not in self._held}
        self._held.update(blobs(self.root, sorted(wanted), self.within) if wanted else {})

    def fetched(self, path: str) -> bool:
        """Say whether a file was fetched and not read yet."""
        return self._asked.get(path, (b"", ""))[1] in self._held or ("_tree" in self.__dict__ and self.key(path) in self._held)

    def files(self) -> Sequence[Found]:
        """Give what the commit has in the record folders."""
        return self._found

    def among(self, paths: Collection[str]) -> Sequence[Found]:
        """Give what the commit has at some paths in the record folders, as `files` tells it."""
        return listed({path: mode.startswith(REGULAR) for path, (mode, _) in self._entries(paths).items()})

    @functools.cached_property
    def _found(self) -> Sequence[Found]:
        return listed({path: mode.startswith(REGULAR) for path, (mode, _) in self._tree.items()})

    def seals(self) -> Sequence[Found]:
        """Give what the commit has in the folder of seals."""
        inside = sorted(path for path in self._tree if path.rpartition("/")[0] == SEALS and "/." not in path)
        return [seal_file(path, regular=self._tree[path][0].startswith(REGULAR)) for path in inside]

    def read(self, path: str) -> bytes:
        """Give the bytes the commit has for a path."""
        oid = self.keys([path]).get(path)
        if not oid:
            raise RefusedError(Finding("HZ001", _NOT_THERE.of(it=path), place=START))
        self.want([path])
        return self._held.pop(oid)


def known_at(root: Path, text: str, zone: dt.tzinfo, today: dt.date, at: Revision | None = None) -> Revision:
    """Find the commit a person means: a revision, or the last commit of the first-parent chain on a day or before.

    Args:
        root: the ledger root.
        text: a branch, tag, commit id, `HEAD~3`, or a day.
        zone: the ledger's time zone; a day ends at midnight there.
        today: for words such as 昨天.
        at: the commit from which a day is looked for, and the repository that is asked; those of the work tree by default.

    Raises:
        UsageError: no such commit, none so early, or one without this ledger.
        SystemFailedError: no git or no repository.
    """
    asked = day.written(text) or day.named(text, today=today)
    within = at.within if at else None
    oid = _last_on(root, asked, zone, at) if asked else git.rev_parse(root, text, within)
    return _of(Revision(root, oid, within, top=at.top if at else None), text)


def at(root: Path, commit: str) -> Revision:
    """Give the files as a commit has them.

    Raises:
        UsageError: there is no such commit, or it does not hold this ledger.
        SystemFailedError: no git or no repository.
    """
    return _of(Revision(root, git.rev_parse(root, commit)), commit)


def _of(revision: Revision, text: str) -> Revision:
    if not revision.holds("hazardctl.yaml"):
        raise UsageError(_NO_LEDGER.of(it=text))
    return revision


def _last_on(root: Path, asked: dt.date, zone: dt.tzinfo, at: Revision | None) -> str:
    end = dt.datetime.combine(asked + dt.timedelta(days=1), dt.time(), zone)
    arguments = ("rev-list", "--first-parent", "--max-count=1", f"--before={int(end.timestamp()) - 1}", "--end-of-options")
    head, within = (at.oid, at.within) if at else (git.rev_parse(root, "HEAD"), None)
    found = git.ask(root, *arguments, head, "--", patience=git.LONG_PATIENCE, within=within).decode().strip()
    if not found:
        raise UsageError(_NOT_KNOWN.of(it=asked))
    return found
