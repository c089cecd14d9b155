"""A merge as it would be, made in a throw-away repository that borrows the objects (RELIABILITY G12).

No merge driver, attribute or setting of the real repository applies there, nothing is written into it, and neither the work
tree nor the index is touched.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.store import git
from hazardctl.store.worktree import Repository, repository

NEEDED: Final = (2, 38)
_VERSION: Final = re.compile(rb"git version (\d+)\.(\d+)")
_TOO_OLD: Final = Text("预演合并需要 git 2.38 以上，这里是 {it}", "trying a merge needs git 2.38 or later, and this is {it}")
_UPDATE: Final = Text("升级 git，或合并之后再运行 hazardctl validate", "update git, or run hazardctl validate after the merge")
_SHA256: Final = 64


@dataclass(frozen=True, slots=True)
class Stages:
    """A file that git could not merge: the blobs of the common ancestor and of both sides; empty where there is none."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merge:
    """What git makes of a merge.

    Attributes:
        tree: the id of the merged tree; files in conflict hold markers there.
        conflicts: path relative to the top → its three stages.
        within: the repository that holds the tree, while it lasts.
    """

    tree: str
    conflicts: dict[str, Stages]
    within: Repository


@contextmanager
def merge(root: Path, ours: str, theirs: str) -> Generator[Merge]:
    """Merge two commits, by their full ids, where nobody sees it.

    Raises:
        SystemFailedError: git is older than 2.38, or failed.
    """
    version = _VERSION.match(git.ask(root, "version"))
    if version is None or tuple(map(int, version.groups())) < NEEDED:
        raise SystemFailedError(_TOO_OLD.of(it=b".".join(version.groups()).decode() if version else "?"), _UPDATE)
    with tempfile.TemporaryDirectory(prefix="hazardctl-") as place:
        within = _borrowing(Path(place), root, len(ours))
        arguments = ("merge-tree", "--write-tree", "-z", "--no-messages", "--end-of-options", ours, theirs)
        try:
            said = git.ask(root, *arguments, patience=git.LONG_PATIENCE, within=within)
        except git.GitFailedError as failure:
            if failure.code != 1:
                raise
            said = failure.output
        tree, *entries = said.split(b"\0")
        yield Merge(tree.decode().strip(), _stages(entries), within)


def unmerged(root: Path) -> dict[str, Stages]:
    """Give the files of the index that are in conflict, paths relative to the top."""
    return _stages(git.ask(root, "ls-files", "--unmerged", "-z").split(b"\0"))


def _stages(entries: list[bytes]) -> dict[str, Stages]:
    """Read mode, id, stage and, behind a tab, the path; what is no regular file has no stage."""
    found: dict[str, list[str]] = {}
    for entry in entries:
        meta, tab, path = entry.partition(b"\t")
        if tab:
            mode, oid, stage = meta.decode().split(" ")
            found.setdefault(os.fsdecode(path), ["", "", ""])[int(stage) - 1] = oid if mode.startswith("100") else ""
    return {path: Stages(*stages) for path, stages in sorted(found.items())}


def _borrowing(place: Path, root: Path, digits: int) -> Repository:
    """Make an empty bare repository by hand that finds its objects in another one."""
    for folder in ("objects/info", "objects/pack", "refs/heads", "tree"):
        (place / folder).mkdir(parents=True)
    (place / "HEAD").write_bytes(b"ref: refs/heads/none\n")
    extension = "[extensions]\n\tobjectformat = sha256\n" if digits == _SHA256 else ""
    (place / "config").write_text(
        f"[core]\n\trepositoryformatversion = {1 if extension else 0}\n\tbare = true\n{extension}", encoding="utf-8"
    )
    (place / "objects/info/alternates").write_bytes(os.fsencode(_objects(root)) + b"\n")
    return Repository(place / "tree", place)


def _objects(root: Path) -> Path:
    """Give the folder of the objects; several work trees share that of the first."""
    found = repository(root)
    folder = found.folder if found else root
    shared = folder / "commondir"
    if shared.is_file():
        folder = (folder / shared.read_text(encoding="utf-8").strip()).resolve()
    return (folder / "objects").absolute()
