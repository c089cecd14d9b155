"""Where the ledgers of a roll-up lie: a folder, or a commit of a repository of this machine, `REPO@REF`, bare ones too.

Nothing is fetched, checked out or written, and nothing that lies in them runs: git is asked through the wrapper alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Finding, Place
from hazardctl.errors import SystemFailedError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.model.rolled import rolled
from hazardctl.model.rollup import Rollup
from hazardctl.store import git
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.locating import nearest
from hazardctl.store.reader import parse
from hazardctl.store.root import CONFIG_FILE, FOLDER, find_root
from hazardctl.store.source import Revision, Source, WorkTree, known_at
from hazardctl.store.spots import places_of
from hazardctl.store.worktree import Repository, repository

FILE: Final = "rollup.yaml"
AT: Final = "@"
HEAD: Final = "HEAD"
_NOWHERE: Final = Text("{it} 处没有文件夹，也没有 git 仓库", "there is neither a folder nor a git repository at {it}")
_CLONE: Final = Text("远程仓库先 git clone（可用 --bare）到本机", "clone a remote repository to this machine first (--bare will do)")
_NO_LEDGER: Final = Text("提交 {it} 里没有台账（找不到 hazardctl.yaml）", "the commit {it} holds no ledger (hazardctl.yaml not found)")
_WRONG: Final = Text("汇总文件无效：{it}", "the roll-up is invalid: {it}")


@dataclass(frozen=True, slots=True)
class Lying:
    """Where a ledger lies.

    Attributes:
        root: the ledger root.
        revision: the commit it is read from; None for the work tree.
    """

    root: Path
    revision: Revision | None = None

    @property
    def source(self) -> Source:
        """Give where its files are read from."""
        return self.revision or WorkTree(self.root)

    def known_at(self, text: str, zone: dt.tzinfo, today: dt.date) -> Lying:
        """Give the same ledger as git knew it at a revision or on a day.

        Raises:
            UsageError: there is no such commit, or none so early.
            SystemFailedError: no git or no repository.
        """
        return replace(self, revision=known_at(self.root, text, zone, today, self.revision))

    def last_commit(self, zone: dt.tzinfo) -> dt.date | None:
        """Give the day of the last commit that touched the ledger; None without git or before the first."""
        within, top = (self.revision.within, self.revision.top) if self.revision else (None, None)
        with suppress(SystemFailedError, UsageError):
            oid = self.revision.oid if self.revision else git.rev_parse(self.root, HEAD)
            inside = self.root.relative_to(top or git.top(self.root) or self.root).as_posix()
            arguments = ("rev-list", "--max-count=1", "--no-commit-header", "--format=%ct", "--end-of-options", oid, "--", inside)
            said = git.ask(self.root, *arguments, patience=git.LONG_PATIENCE, within=within).strip()
            return dt.datetime.fromtimestamp(int(said), zone).date() if said else None
        return None


def lying(base: Path, text: str) -> Lying:
    """Find a ledger by what somebody wrote: a folder, or `REPO@REF`.

    Args:
        base: the folder a relative path begins at.
        text: as written.

    Raises:
        UnreadableError: there is no ledger there.
        UsageError: the repository has no such commit.
        SystemFailedError: no git, or it failed.
    """
    place = base / text
    if place.is_dir() and not _bare(place):
        return Lying(find_root(base, str(place)))
    name, mark, ref = text.rpartition(AT)
    folder = (base / name) if mark and not place.is_dir() else place
    within = Repository(folder, folder) if _bare(folder) else repository(folder) if folder.is_dir() else None
    if within is None:
        raise UnreadableError(_NOWHERE.of(it=text), _CLONE)
    top, folder = within.top.resolve(), folder.resolve()
    oid = git.rev_parse(folder, ref if mark and not place.is_dir() else HEAD, within)
    for root in (folder, folder / FOLDER):
        revision = Revision(root, oid, within, top=top)
        if revision.holds(CONFIG_FILE):
            return Lying(root, revision)
    raise UnreadableError(_NO_LEDGER.of(it=text))


def _bare(folder: Path) -> bool:
    """Say whether a folder is a repository without a work tree."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def read_rollup(path: Path) -> tuple[Rollup | None, tuple[Finding, ...]]:
    """Read a roll-up, or say everything that is wrong with it, each finding with its place."""
    try:
        data = read_file(path, path.parent)
        parsed = parse(data, places=False)
    except RefusedError as refusal:
        return None, (replace(refusal.finding, code="HZ801"),)
    if parsed.tree is None:
        return None, tuple(replace(one, code="HZ801") for one in parsed.findings)
    made, findings = rolled(parsed.tree)
    spots = places_of(data)
    return made, tuple(replace(one, place=one.place or nearest(spots, one.trail)) for one in findings)


def load_rollup(path: Path) -> Rollup:
    """Read a roll-up.

    Raises:
        UnreadableError: it cannot be read or contradicts itself; every finding is a hint.
    """
    made, findings = read_rollup(path)
    if made is not None and not findings:
        return made
    raise UnreadableError(_WRONG.of(it=str(path)), *_said(path, findings))


def _said(path: Path, findings: tuple[Finding, ...]) -> Iterator[Text]:
    for one in findings:
        place = one.place or Place(1, 1)
        at = f"{path.name}:{place.line}:{place.column}: {one.code}"
        yield Text("{at} {what}", "{at} {what}", {"at": at, "what": one.message})


def rollup_at(base: Path, text: str) -> Path | None:
    """Give the roll-up a text names: the file, or the folder it lies in; None where it names none."""
    place = base / text
    if place.is_file():
        return place
    return place / FILE if (place / FILE).is_file() and not (place / CONFIG_FILE).is_file() else None
