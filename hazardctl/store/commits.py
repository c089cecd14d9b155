"""The commits of a range and what each did to the files of a ledger: two processes, however many commits (RELIABILITY §5.8).

Everything is told by objects: which blob stood at a path before and after a commit. No rename is guessed, no mail map
read, no text compared by git.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.between import Commit
from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.language import Text
from hazardctl.store import git
from hazardctl.store.objects import UNDOES, blobs

FORMAT: Final = f"%H%x00%P%x00%an%x00%ae%x00%ct%x00%(trailers:key={UNDOES},valueonly,unfold,separator=%x2C)%x00%s"
MANY: Final = 1_000
"""Paths in one question."""
_OID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SIGNED: Final = re.compile(rb"^gpgsig(?:-sha256)? ", re.MULTILINE)

_NEEDED: Final = Text("这里要问 git 的历史，{path} 不在 git 仓库里", "this asks git about the past, and {path} lies in no git repository")
_MAKE_ONE: Final = Text("先运行 git init，或用 hazardctl init 新建", "run git init first, or make a ledger with hazardctl init")
_NO_BASE: Final = Text("“{it}”和当前提交没有共同的祖先", "“{it}” and the commit checked out have no common ancestor")
_SHALLOW: Final = Text(
    "这是浅克隆，缺少更早的提交，无法证明“{it}”以来的历史",
    "this clone is shallow: without the earlier commits nothing can be proved since “{it}”",
)
_DEEPEN: Final = Text("git fetch --unshallow；CI 里设 fetch-depth: 0", "git fetch --unshallow; in CI set fetch-depth: 0")


class Blobs(NamedTuple):
    """A file in a commit: the blob in each parent and the blob in the commit; the empty id stands for no file."""

    commit: Commit
    path: str
    befores: tuple[str, ...]
    after: str


def needed(root: Path) -> None:
    """Insist on a repository.

    Raises:
        UsageError: the ledger lies in none.
    """
    if git.top(root) is None:
        raise UsageError(_NEEDED.of(path=str(root)), _MAKE_ONE)


def inside(root: Path) -> str:
    """Give where the ledger lies in its repository, with `/` behind it; empty at the top."""
    top = git.top(root) or root
    below = root.relative_to(top).as_posix()
    return "" if below == "." else f"{below}/"


def merge_base(root: Path, named: str, head: str = "HEAD") -> str:
    """Give the commit where two lines of work parted.

    Raises:
        UsageError: there is no such revision, or the two have nothing in common.
        SystemFailedError: the clone is shallow and the place is missing; no git, no repository.
    """
    ends = [git.rev_parse(root, named), git.rev_parse(root, head)]
    try:
        return git.ask(root, "merge-base", "--end-of-options", *ends, patience=git.LONG_PATIENCE).decode().split()[0]
    except git.GitFailedError as failure:
        if failure.code != 1:
            raise
    if is_shallow(root):
        raise SystemFailedError(_SHALLOW.of(it=named), _DEEPEN)
    raise UsageError(_NO_BASE.of(it=named))


def is_shallow(root: Path) -> bool:
    """Say whether earlier commits are missing from this clone."""
    return git.ask(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def commits(root: Path, zone: dt.tzinfo, head: str, base: str = "", *, paths: Sequence[str] = (), ours: bool = False) -> tuple[Commit, ...]:
    """Give the commits that are in `head` and not in `base`, oldest first, parents before children.

    Args:
        root: the ledger root.
        zone: of the ledger, in which a commit has its day.
        head: full id.
        base: full id; empty for the whole history.
        paths: only commits that touch one of these files of the ledger.
        ours: only commits that touch the ledger.
    """
    prefix = inside(root)
    wanted = [f"{prefix}{path}" for path in paths] or ([prefix] if ours and prefix else [])
    arguments = ("rev-list", "--topo-order", "--no-commit-header", f"--format={FORMAT}", "--end-of-options", head)
    said = git.ask(root, *arguments, *([f"^{base}"] if base else []), "--", *wanted, patience=git.LONG_PATIENCE)
    lines = said.decode("utf-8", "replace").split("\n")
    return tuple(_commit(line.split("\0", 6), zone) for line in reversed(lines) if line)


def commit_of(root: Path, zone: dt.tzinfo, oid: str) -> Commit:
    """Give one commit by its full id."""
    arguments = ("rev-list", "--no-walk", "--no-commit-header", f"--format={FORMAT}", "--end-of-options", oid, "--")
    return _commit(git.ask(root, *arguments).decode("utf-8", "replace").rstrip("\n").split("\0", 6), zone)


def _commit(parts: Sequence[str], zone: dt.tzinfo) -> Commit:
    oid, parents, name, email, at, undoes, subject = parts
    day = dt.datetime.fromtimestamp(int(at or 0), zone).date()
    return Commit(oid, tuple(parents.split()), name, email, day, subject, undoes=undoes.split(",")[0])


def signed(root: Path, oids: Iterable[str]) -> frozenset[str]:
    """Give those commits that carry a signature; whose it is, and whether it is good, is not asked."""
    return frozenset(oid for oid, data in blobs(root, oids).items() if _SIGNED.search(data.partition(b"\n\n")[0]))


def touched(root: Path, listed: Iterable[Commit], paths: Sequence[str] = ()) -> Iterator[Blobs]:
    """Give what each commit did to the files of the ledger, in the order given.

    A commit where branches met is told only where it differs from all of its parents.

    Args:
        root: the ledger root.
        listed: the commits.
        paths: below the ledger root; all of the ledger without any.
    """
    known = {commit.oid: commit for commit in listed}
    prefix = inside(root)
    wanted = [f"{prefix}{path}" for path in paths] or ([prefix] if prefix else [])
    arguments = ("diff-tree", "--stdin", "-r", "-z", "-c", "--root", "--no-renames", "--no-ext-diff", "--no-textconv")
    asked = "".join(f"{oid}\n" for oid in known).encode()
    said = git.ask(root, *arguments, "--", *wanted, patience=git.LONG_PATIENCE, said=asked) if known else b""
    parts = iter(said.split(b"\0"))
    now: Commit | None = None
    for part in parts:
        text = part.decode("ascii", "replace").strip()
        if text.startswith(":") and now:
            befores, after = _sides(text)
            yield Blobs(now, os.fsdecode(next(parts)).removeprefix(prefix), befores, after)
        elif _OID.fullmatch(text):
            now = known[text]


def _sides(meta: str) -> tuple[tuple[str, ...], str]:
    """Take `::mode mode mode oid oid oid MM` apart; what is no regular file counts as none."""
    parents = len(meta) - len(meta.lstrip(":"))
    parts = meta.lstrip(":").split(" ")
    modes, oids = parts[: parents + 1], parts[parents + 1 : 2 * parents + 2]
    regular = [oid if mode.startswith("100") else "" for mode, oid in zip(modes, oids, strict=True)]
    return tuple(regular[:-1]), regular[-1]


def deletions(root: Path, zone: dt.tzinfo, head: str, paths: Sequence[str]) -> dict[str, Blobs]:
    """Give the last deletion up to `head` of a file at each path, for the paths where there was one."""
    prefix, found = inside(root), dict[str, Blobs]()
    for some in (paths[at : at + MANY] for at in range(0, len(paths), MANY)):
        wanted = [f"{prefix}{path}" for path in some]
        arguments = ("rev-list", "--full-history", "--no-commit-header", f"--format={FORMAT}", "--end-of-options", head, "--", *wanted)
        lines = git.ask(root, *arguments, patience=git.LONG_PATIENCE).decode("utf-8", "replace").split("\n")
        listed = [_commit(line.split("\0", 6), zone) for line in reversed(lines) if line]
        found |= {one.path: one for one in touched(root, listed, some) if not one.after and any(one.befores)}
    return found
