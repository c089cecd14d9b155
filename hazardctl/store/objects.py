"""What the objects of a repository say, without touching the work tree: trees, files of a past commit, acts to take back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.store.git import LONG_PATIENCE, Repository, ask, rev_parse
from hazardctl.store.status import changed

ACT: Final = "Hazardctl-Act"
"""Trailer of a commit made by a writing command: the verb."""
UNDOES: Final = "Hazardctl-Undoes"
"""Trailer of a commit made by `undo`: the full id of the commit it took back."""
LOOKED_AT: Final = 500
"""Commits among which the last act is looked for."""

_GONE: Final = Text("git 仓库里缺少对象 {oid}，或对象已损坏", "the object {oid} is missing from the repository, or damaged")
_FSCK: Final = Text(
    "运行 git fsck，或重新克隆（浅克隆先 git fetch --unshallow）",
    "run git fsck, or clone anew (after a shallow clone: git fetch --unshallow)",
)


@dataclass(frozen=True, slots=True)
class Act:
    """A commit made by a writing command.

    Attributes:
        commit: its full id.
        verb: what was done, from its trailer.
        subject: its first line.
        files: path relative to the top -> (blob before, blob after); the empty id stands for no file.
        touched_since: those of its files that later commits or the work tree changed: others built on it.
    """

    commit: str
    verb: str
    subject: str
    files: dict[str, tuple[str, str]]
    touched_since: tuple[str, ...]


def blobs(root: Path, oids: Iterable[str], within: Repository | None = None) -> dict[str, bytes]:
    """Give the bytes of objects by their ids, in one process; `within` another repository than that of the work tree.

    Raises:
        SystemFailedError: an object is missing or damaged, or git failed; nothing is left out in silence.
    """
    wanted = list(dict.fromkeys(oids))
    output = ask(root, "cat-file", "--batch", patience=LONG_PATIENCE, said="".join(f"{oid}\n" for oid in wanted).encode(), within=within)
    found: dict[str, bytes] = {}
    at = 0
    for oid in wanted:
        end = output.index(b"\n", at)
        header = output[at:end].split(b" ")
        if header[-1] == b"missing":
            raise SystemFailedError(_GONE.of(oid=oid[:9]), _FSCK)
        start, size = end + 1, int(header[2])
        found[oid] = output[start : start + size]
        at = start + size + 1
    return found


def tree(root: Path, commit: str) -> dict[str, str]:
    """Give path -> blob id of a commit, paths relative to the top; links and submodules are left out."""
    lines = ask(root, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit, patience=LONG_PATIENCE).split(b"\0")
    entries = (line.partition(b"\t") for line in lines if line.startswith(b"100"))
    return {os.fsdecode(path): meta.split(b" ")[2].decode() for meta, _, path in entries}


def last_act(root: Path) -> Act | None:
    """Give the last act of the first-parent chain that was not taken back; None when there is none.

    Raises:
        SystemFailedError: no git or no repository.
        UsageError: there is no commit yet.
    """
    undone: set[str] = set()
    for oid, message in _messages(root):
        trailers = dict(_trailers(message))
        if UNDOES in trailers:
            undone.add(trailers[UNDOES])
        elif ACT in trailers and oid not in undone:
            files = files_of(root, oid)
            since = {*files_of(root, oid, "HEAD"), *changed(root)}
            return Act(oid, trailers[ACT], message.split("\n", 1)[0], files, tuple(sorted(since & files.keys())))
    return None


def files_of(root: Path, old: str, new: str = "") -> dict[str, tuple[str, str]]:
    """Give path -> (blob before, blob after) of one commit, or between two."""
    ends = [old, rev_parse(root, new)] if new else [old]
    arguments = ("diff-tree", "-r", "-z", "--root", "--no-commit-id", "--no-renames", "--no-ext-diff", "--no-textconv", "--end-of-options")
    parts = ask(root, *arguments, *ends, "--", patience=LONG_PATIENCE).split(b"\0")
    files: dict[str, tuple[str, str]] = {}
    for meta, path in zip(parts[::2], parts[1::2], strict=False):
        _, _, before, after, _ = meta.decode().split(" ")
        files[os.fsdecode(path)] = tuple("" if not oid.strip("0") else oid for oid in (before, after))  # type: ignore[assignment]
    return files


def between_trees(root: Path, old: str, new: str, within: Repository | None = None) -> set[str]:
    """Give the paths, below two trees, at which they differ; git looks into no folder that both have.

    Raises:
        SystemFailedError: a tree is missing, or git failed.
    """
    arguments = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--end-of-options", old, new)
    said = ask(root, *arguments, "--", patience=LONG_PATIENCE, within=within)
    return {os.fsdecode(name) for name in said.split(b"\0") if name}


def _messages(root: Path) -> Iterator[tuple[str, str]]:
    arguments = (
        "rev-list",
        "--first-parent",
        f"--max-count={LOOKED_AT}",
        "--no-commit-header",
        "--format=%H%x00%B%x00%x00",
        "--end-of-options",
    )
    output = ask(root, *arguments, rev_parse(root, "HEAD"), "--", patience=LONG_PATIENCE).decode("utf-8", "replace")
    for one in output.split("\0\0\n"):
        oid, _, message = one.partition("\0")
        if oid:
            yield oid, message


def _trailers(message: str) -> Iterator[tuple[str, str]]:
    for line in message.rstrip().rpartition("\n\n")[2].split("\n"):
        name, colon, value = line.partition(": ")
        if colon:
            yield name, value.strip()
