"""How a work tree stands: its commit, and what differs from it, by one `git status` that may run while other things are done.

`status` alone reads the tree, so every filter driver that the configuration names is switched off for it (RELIABILITY 5.6). A monitor that
tells git which files changed runs only where the user trusts the repository with it (docs/adr/0025).
"""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import SystemFailedError
from hazardctl.store import trust
from hazardctl.store.git import SHORT, Asked, GitFailedError, ask, asked, head, repository
from hazardctl.store.worktree import mentions, settings_of

_FILTER: Final = re.compile(r"filter\.(.+)\.[^.]+", re.DOTALL)
_OID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ARGUMENTS: Final = ("status", "--porcelain=v2", "-z", "--branch", "--no-renames", "--untracked-files=normal", "--ignore-submodules=all")
_CLOSELY: Final = ("diff-files", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
"""Which files have another size or other times than git's index has of them, whatever they say."""
_STRICT: Final = ("core.trustctime=true", "core.checkStat=default", "core.untrackedCache=keep")
"""Every time that the file system keeps is compared; git's own memory of untracked names is used where there is one."""


class Found(NamedTuple):
    """What git found.

    Attributes:
        commit: full id; empty before the first commit.
        paths: relative to the top, of what differs from the commit, untracked folders with a `/` behind them.
        sure: nothing had to be left out.
    """

    commit: str
    paths: tuple[str, ...]
    sure: bool = True


class Standing:
    """One look at a work tree; git is looking meanwhile, and its answer is waited for when it is asked for.

    Attributes:
        root: the folder it is about.
        began: when the look began, by a clock that only counts.
        closely: line endings count, so that `touched` is asked as well.
    """

    def __init__(self, root: Path, paths: Sequence[str] = (), *, alone: bool = False) -> None:
        """Start git, about `paths` below the folder if any are named; where it cannot be started, that is said when asked.

        With `alone` git looks at every file itself, whatever the repository is trusted with.
        """
        self.root = root
        self.began = time.monotonic_ns()
        self._alone = alone
        self._asked = _begun(root, _ARGUMENTS, paths, alone=alone)
        self._closely: Asked | SystemFailedError | None = None
        self.closely = False

    def look_closely(self) -> None:
        """Start git a second time, for the answer of `touched`; once is enough."""
        if not self.closely:
            self._closely = _begun(self.root, _CLOSELY, alone=self._alone)
        self.closely = True

    @property
    def spoken(self) -> bool:
        """Say whether git's answer need not be waited for."""
        return "found" in vars(self) or not isinstance(self._asked, Asked) or self._asked.spoken

    def close(self) -> None:
        """End it, if nobody waited for the answers."""
        self.look_away()
        if isinstance(self._asked, Asked) and "found" not in vars(self):
            self._asked.leave()

    def look_away(self) -> None:
        """End the second look, if nobody waited for its answer."""
        if isinstance(self._closely, Asked) and "touched" not in vars(self):
            self._closely.leave()
        self.closely = False

    @functools.cached_property
    def found(self) -> Found:
        """Give what git found in the whole work tree.

        Raises:
            SystemFailedError: git failed, or was too slow.
        """
        if isinstance(self._asked, SystemFailedError):
            raise self._asked
        if self._asked is None:
            return Found(head(self.root) or "", ("",), sure=False)
        lines = self._asked.answer().decode("utf-8", "surrogateescape").split("\0")
        oid = next((line.removeprefix("# branch.oid ") for line in lines if line.startswith("# branch.oid ")), "")
        return Found(oid if _OID.fullmatch(oid) else "", tuple(_path(line) for line in lines if line and not line.startswith("#")))

    @functools.cached_property
    def touched(self) -> tuple[str, ...] | None:
        """Give the paths, relative to the top, that have another size or other times than git's index has of them.

        None where git was not asked. What is not among them was not written since git last looked, line endings included.

        Raises:
            SystemFailedError: git failed, or was too slow.
        """
        if isinstance(self._closely, SystemFailedError):
            raise self._closely
        if self._closely is None:
            return None
        return tuple(path for path in self._closely.answer().decode("utf-8", "surrogateescape").split("\0") if path)

    @functools.cached_property
    def below(self) -> tuple[str, ...]:
        """Give those of the paths that lie below the folder, or hold it."""
        here = repository(self.root)
        inside = self.root.absolute().relative_to(here.top).as_posix() if here else "."
        prefix = "" if inside == "." else f"{inside}/"
        held = (prefix if path.endswith("/") and prefix.startswith(path) else path for path in self.found.paths)
        return tuple(path for path in held if path.startswith(prefix) or not path)

    @property
    def described(self) -> str:
        """Give the short commit, with `+` behind it when files below the folder differ from it; empty where git failed."""
        try:
            return f"{self.found.commit[:SHORT]}{'+' if self.below else ''}" if self.found.commit else ""
        except SystemFailedError:
            return ""


def _begun(root: Path, words: Sequence[str], paths: Sequence[str] = (), *, alone: bool) -> Asked | SystemFailedError | None:
    """Start git; None where it may not be asked: the name of a filter with `=` in it cannot be switched off, so nothing is run."""
    try:
        names = _filters(root)
        wanted = ["--", *(f":(literal){root.absolute() / path}" for path in paths)] if paths else []
        off = [f"filter.{name}.{part}" for name in names for part in ("clean=", "smudge=", "process=", "required=false")]
        if any("=" in name for name in names):
            return None
        here = None if alone else repository(root)
        monitor = trust.monitor(here) if here else ""
        return asked(root, *words, *wanted, settings=[*_STRICT, *off, *(trust.settings(monitor) if monitor else ())])
    except SystemFailedError as failure:
        return failure


_ahead: Final[dict[Path, Standing]] = {}
"""Looks that were begun before they were asked for."""


def look_ahead(root: Path, *, closely: bool = False) -> None:
    """Begin a look at a work tree, and a second one for `touched`: the next `standing` of it takes them up."""
    _ahead[root] = Standing(root)
    if closely:
        _ahead[root].look_closely()


def begun(root: Path) -> Standing | None:
    """Give the look at a work tree that was begun ahead, for the answers of `found`; the next `standing` takes it up all the same."""
    one = _ahead.get(root)
    return None if one is None or one.closely else one


def leave() -> None:
    """End the looks that nobody took up."""
    while _ahead:
        _ahead.popitem()[1].close()


def standing(root: Path, *, closely: bool = False) -> Standing:
    """Give a look at a work tree, begun now or ahead of now; with a second one for `touched`, or without."""
    one = _ahead.pop(root, None) or Standing(root)
    (one.look_closely if closely else one.look_away)()
    return one


def described(root: Path, paths: Sequence[str] = ()) -> str:
    """Give the short commit of the work tree, with `+` behind it when files below `root` differ from it; of `paths`, if any are named.

    Empty without git, outside a repository, before the first commit, and when git fails: a report goes on without it.
    """
    return Standing(root, paths).described if paths else standing(root).described


def dirty(root: Path) -> bool:
    """Say whether anything below `root` differs from the last commit, new files included."""
    return bool(Standing(root).below)


def changed(root: Path) -> tuple[str, ...]:
    """Give the paths below `root`, relative to the top, that differ from the last commit."""
    return Standing(root).below


def agreed(root: Path) -> bool:
    """Say whether git finds the same with the monitor that is trusted here as when it looks at every file."""
    looks = (Standing(root), Standing(root, alone=True))
    for one in looks:
        one.look_closely()
    told, seen = ((one.found, one.touched) for one in looks)
    return told == seen


def _path(line: str) -> str:
    """Give the path of an entry of porcelain v2: behind one field for untracked files, behind eight for the others."""
    return line.split(" ", 1)[1] if line.startswith("?") else line.split(" ", 10 if line.startswith("u") else 8)[-1]


def _filters(root: Path) -> Sequence[str]:
    """Name every filter driver of the repository; git is not asked where its settings cannot name one."""
    here = repository(root)
    if here is not None and not mentions(settings_of(here), b"filter", b"include"):
        return ()
    lines = _settings(root, r"^filter\.")
    return tuple(dict.fromkeys(found[1] for line in lines if (found := _FILTER.fullmatch(line.partition("\n")[0])) is not None))


def _settings(root: Path, pattern: str) -> list[str]:
    try:
        return ask(root, "config", "-z", "--get-regexp", pattern).decode("utf-8", "surrogateescape").split("\0")
    except GitFailedError as failure:
        if failure.code == 1:  # no such setting
            return []
        raise
