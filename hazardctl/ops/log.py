"""`log`: the commits of the ledger in words, the newest first (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hazardctl.between import GONE, Commit
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.ops import lookup
from hazardctl.ops.context import Context
from hazardctl.ops.deeds import deeds
from hazardctl.ops.question import reading
from hazardctl.ops.ranging import Reader, is_ours
from hazardctl.ops.show import naming
from hazardctl.period import read
from hazardctl.reports.chronicle import Entry, chronicle
from hazardctl.reports.deeds import Deed
from hazardctl.sheet import Sheet
from hazardctl.store import commits as git
from hazardctl.store.git import rev_parse
from hazardctl.store.load import load_config

BAD_LIMIT: Final = Text("--limit 至少为 1", "--limit is 1 or more")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked, as typed.

    Attributes:
        period: committed within it; any time without one.
        by: name of who committed it, or of who did what it says.
        limit: at most so many commits.
    """

    period: str = ""
    by: str = ""
    limit: int = 50


def logged(context: Context, ids: Sequence[str], wanted: Wanted) -> Sheet:
    """Tell commits in words.

    Args:
        context: root and day.
        ids: records by the ends of their ids; the whole ledger without any.
        wanted: which commits.

    Raises:
        UsageError: an id or a period that means nothing, no commit yet.
        SystemFailedError: git failed.
    """
    if wanted.limit < 1:
        raise UsageError(BAD_LIMIT)
    root = context.root
    git.needed(root)
    config = load_config(root)
    paths = [one.path for one in lookup.paths(root, config, ids)] if ids else []
    ledger = Ledger(config, tuple(naming(root, config)))
    within = read(wanted.period, reading(ledger, context.today)) if wanted.period else None
    listed = git.commits(root, config.zone, rev_parse(root, "HEAD"), paths=paths, ours=True)
    chosen = [one for one in reversed(listed) if within is None or within.start <= one.day <= within.end]
    by = config.named(wanted.by)
    found: list[Entry] = []
    for entry in _entries(root, ledger, chosen, paths):
        if not by or by == entry.author or any(by in map(config.named, deed.by) for deed in entry.deeds):
            found.append(entry)
        if len(found) > wanted.limit:
            break
    record = Path(paths[0]).stem if len(paths) == 1 else ""
    return chronicle(found[: wanted.limit], record, wanted.limit if len(found) > wanted.limit else 0)


STRIDE: Final = 8
"""Commits that are looked at in one go at first, and then ever twice as many: who asks for the last few reads no more."""


def _entries(root: Path, ledger: Ledger, chosen: Sequence[Commit], paths: Sequence[str]) -> Iterator[Entry]:
    reader = Reader(root, ledger.config)
    at, stride = 0, STRIDE
    while some := chosen[at : at + stride]:
        at, stride = at + stride, 2 * stride
        files: dict[str, list[git.Blobs]] = {}
        for one in git.touched(root, some, paths):
            if is_ours(one.path):
                files.setdefault(one.commit.oid, []).append(one)
        reader.fetch([(one.path, oid) for blobs in files.values() for one in blobs for oid in (*one.befores, one.after)])
        for commit in some:
            done = [deed for one in files.get(commit.oid, ()) for deed in _told(reader, ledger, one)]
            if done:
                yield Entry(commit.short, commit.day, author(ledger.config, commit), commit.email, commit.subject, done)


def _told(reader: Reader, ledger: Ledger, one: git.Blobs) -> Iterator[Deed]:
    """Say what a commit did to a file; where branches met, beyond what any of them had."""
    befores = [reader.version(one.path, oid) for oid in one.befores] or [GONE]
    yield from deeds(one.path, max(befores, key=lambda version: len(version.marks)), reader.version(one.path, one.after), ledger)


def author(config: Config, commit: Commit) -> str:
    """Give the author's name as the ledger has it by their e-mail, else as the commit has it."""
    person = config.person(commit.email)
    return person.name if person else commit.name
