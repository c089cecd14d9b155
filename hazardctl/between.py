"""What lies between two states of a ledger: the files that differ, and the commits that made them differ (DOMAIN §7.8).

The later state is a commit or the work tree. A rule about a range is handed a `Change`, a file before and after with every
commit that touched it, and the `Between` around it; it never asks git itself.
"""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.config import Config
from hazardctl.model.events import Event, written
from hazardctl.model.record import Record
from hazardctl.model.seal import Seal

SHORT: Final = 7
CONFIGURATION: Final = "configuration"
"""What the settings of a ledger are called where kinds of record are named."""
UNCOMMITTED: Final = Text("尚未提交", "not committed yet")
BY_COMMIT: Final = Text("提交 {commit}，{name}，{day}", "commit {commit}, {name}, {day}")


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit of the range.

    Attributes:
        oid: its full id.
        parents: their full ids.
        name: of the author as the commit has it, never as a mail map shows it; `email` likewise.
        day: it was committed on, in the ledger's time zone.
        subject: its first line.
        signed: it carries a signature; whose is not asked.
        undoes: the commit that `hazardctl undo` took back by it, or empty.
    """

    oid: str
    parents: tuple[str, ...]
    name: str
    email: str
    day: dt.date
    subject: str = ""
    signed: bool = False
    undoes: str = ""

    @property
    def short(self) -> str:
        """Give the short id."""
        return self.oid[:SHORT]


@dataclass(frozen=True)
class Version:
    """A file at one moment: a record, one that cannot be read, the configuration, or nothing."""

    content: Entry[Record] | Unread | Config | None

    @property
    def record(self) -> Record | None:
        """Give the record, where there is one that can be read."""
        return self.content.record if isinstance(self.content, Entry) else None

    @functools.cached_property
    def marks(self) -> tuple[str, ...]:
        """Give what makes each line of the history itself; of what is no record, nothing."""
        return tuple(mark(event) for event in self.record.history) if self.record else ()

    @functools.cached_property
    def known(self) -> frozenset[str]:
        """Give the same for look-ups."""
        return frozenset(self.marks)

    @property
    def gone(self) -> bool:
        """Say whether there is no file."""
        return self.content is None


GONE: Final = Version(None)


@dataclass(frozen=True, slots=True)
class Touch:
    """One commit's hand on a file.

    Attributes:
        commit: None for what is not committed yet.
        befores: the file in each parent: one version, or several where branches met.
        after: the file in the commit.
    """

    commit: Commit | None
    befores: tuple[Version, ...]
    after: Version

    def adds(self, line: str) -> bool:
        """Say whether a line of the history is in none of the parents and in the commit."""
        return line in self.after.known and all(line not in before.known for before in self.befores)

    def drops(self, line: str) -> bool:
        """Say whether a line of the history is in a parent and not in the commit."""
        return line not in self.after.known and any(line in before.known for before in self.befores)

    def added(self) -> list[int]:
        """Give the positions of the lines that none of the parents had."""
        return [place for place, line in enumerate(self.after.marks) if self.adds(line)]

    @property
    def who(self) -> Text:
        """Say which commit it was."""
        return said(self.commit)


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs, or that differed in between.

    Attributes:
        path: below the ledger root.
        before: at the beginning of the range; `after` at its end.
        touches: the commits that touched it, oldest first, and the work tree last.
    """

    path: str
    before: Version
    after: Version
    touches: tuple[Touch, ...] = ()

    @property
    def kind(self) -> str:
        """Give the kind of record it is about, or `configuration`."""
        versions = (self.after, self.before, *(touch.after for touch in self.touches))
        content = next((version.content for version in versions if version.content is not None), None)
        if isinstance(content, Config):
            return CONFIGURATION
        if isinstance(content, Entry):
            return content.kind.name
        return content.kind if content else ""

    @property
    def pair(self) -> tuple[Record, Record] | None:
        """Give the record before and after, where it could be read both times."""
        before, after = self.before.record, self.after.record
        return (before, after) if before and after else None

    def ended(self) -> Text:
        """Say which commit took the file away."""
        return said(next((touch.commit for touch in reversed(self.touches) if touch.after.gone), None))

    def lost(self, line: str) -> Text:
        """Say which commit took a line of the history away, or altered it."""
        return said(next((touch.commit for touch in reversed(self.touches) if touch.drops(line)), None))

    def wrote(self, line: str) -> Touch | None:
        """Give the touch that brought a line of the history; of several the last."""
        return next((touch for touch in reversed(self.touches) if touch.adds(line)), None)


@dataclass(frozen=True)
class Between:
    """A range.

    Attributes:
        before: the ledger at its beginning; `after` at its end.
        changes: the files that differ or were touched, sorted by path; the configuration among them.
        commits: of the range, oldest first, merges included.
        today: the day it is judged on.
        deleted: path of a new file → the commit before the range that deleted a file there, and what that file was.
    """

    before: Ledger
    after: Ledger
    changes: tuple[Change, ...] = ()
    commits: tuple[Commit, ...] = ()
    today: dt.date = dt.date.max
    deleted: Mapping[str, tuple[Commit, Version]] = field(default_factory=dict[str, tuple[Commit, Version]])

    @functools.cached_property
    def config(self) -> Config:
        """Give the configuration that judges: that of the beginning, so that a branch cannot relax what judges it."""
        return self.before.config

    @functools.cached_property
    def seals(self) -> tuple[Seal, ...]:
        """Give the periods that are sealed at the end."""
        return tuple(one.seal for one in self.after.seals)

    @functools.cached_property
    def restated(self) -> frozenset[str]:
        """Give the sealed periods for which the range brings a restatement."""
        known = {one.path: len(one.seal.restatements) for one in self.before.seals}
        return frozenset(one.seal.period for one in self.after.seals if 0 <= known.get(one.path, -1) < len(one.seal.restatements))

    @functools.cached_property
    def undone(self) -> frozenset[str]:
        """Give the commits of the range that take back another one of it."""
        known = {commit.oid for commit in self.commits}
        return frozenset(commit.oid for commit in self.commits if commit.undoes in known)

    @functools.cached_property
    def moves(self) -> Mapping[str, str]:
        """Give new path → old path of the records that went elsewhere: the same id, or the same history under another one."""
        gone = [change for change in self.changes if change.after.gone and change.before.record]
        by_id = {change.before.record.id: change.path for change in gone if change.before.record}
        by_history = {change.before.marks: change.path for change in gone if change.before.marks}
        found: dict[str, str] = {}
        for change in self.changes:
            if change.before.gone and (record := change.after.record):
                old = by_id.get(record.id) or by_history.get(change.after.marks)
                found |= {change.path: old} if old else {}
        return found

    def author(self, commit: Commit) -> str:
        """Give the one name of a commit's author, by e-mail; empty where the configuration does not know it."""
        person = self.config.person(commit.email)
        return person.name if person and commit.email in person.emails else ""

    def of(self, kind: str) -> Iterator[Change]:
        """Give the changes of a kind of record; of all kinds for the empty word, of the configuration for its own."""
        for change in self.changes:
            if change.kind == kind or (not kind and change.kind != CONFIGURATION):
                yield change


def said(commit: Commit | None) -> Text:
    """Say which commit it was: id, author, day."""
    return BY_COMMIT.of(commit=commit.short, name=plain(commit.name), day=commit.day) if commit else UNCOMMITTED


def mark(event: Event) -> str:
    """Give an event as canonical text: two lines that say the same are the same line, however they are laid out."""
    return json.dumps({**written(event), "do": event.do}, ensure_ascii=False, sort_keys=True, default=str)
