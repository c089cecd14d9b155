"""What acts are made of: the record as it was read, what all acts of a command share, what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from hazardctl.errors import UnreadableError
from hazardctl.history import Span
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.config import Config
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import Kind
from hazardctl.model.record import Record
from hazardctl.ops.changes import of_today
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import Asked
from hazardctl.ops.lookup import Names, Units
from hazardctl.store.files import read_file
from hazardctl.store.load import load_one, said, unread_line

UNREADABLE: Final = Text("{path} 读不出来，未写入任何文件", "{path} cannot be read; nothing was written")
LOOK: Final = Text("看原因  hazardctl validate {path}", "see why  hazardctl validate {path}")


@dataclass(frozen=True, slots=True)
class Done:
    """One record after an act, or as it would be.

    Attributes:
        kind: of the record.
        id: of the record.
        path: relative to the ledger root.
        event: the line that was added.
        spans: what held before the act, and what holds now; None for a record without a life cycle.
        who: name of the responsible unit and person, or of those who acted.
        diff: unified diff of the file, for a dry run.
        warnings: worth a word.
    """

    kind: str
    id: str
    path: str
    event: Event
    spans: tuple[Span, Span] | None
    who: Text
    diff: str
    warnings: tuple[Text, ...] = ()

    @property
    def before(self) -> Span:
        """Give what held before; of a hazard only."""
        return cast("tuple[Span, Span]", self.spans)[0]

    @property
    def after(self) -> Span:
        """Give what holds now; of a hazard only."""
        return cast("tuple[Span, Span]", self.spans)[1]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did: a record each, the commit if one was made, the files that came with it."""

    done: tuple[Done, ...]
    commit: str = ""
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fresh:
    """A record as it was read under the lock, with the bytes it was read from."""

    path: str
    data: bytes
    entry: Entry[Record]

    @property
    def kind(self) -> Kind:
        """Give the kind of the record."""
        return self.entry.kind

    @property
    def record(self) -> Record:
        """Give the record."""
        return self.entry.record

    @property
    def hazard(self) -> Hazard:
        """Give the record of a hazard; nothing else may be asked for this."""
        return cast("Hazard", self.entry.record)


@dataclass(frozen=True, slots=True)
class Desk:
    """What all acts of one command share."""

    context: Context
    config: Config
    asked: Asked
    units: Units
    names: Names
    copied: set[str] = field(default_factory=set[str])


def fresh(context: Context, config: Config, path: str) -> Fresh:
    """Read the record an act aims at.

    Raises:
        UnreadableError: it cannot be read: no verb writes to it (EXPERIENCE 4.6).
        ForbiddenError: it is of an older schema.
    """
    entry = load_one(context.root, config, path)
    if not isinstance(entry, Entry):
        raise UnreadableError(UNREADABLE.of(path=path), unread_line(entry), LOOK.of(path=path))
    of_today(path, entry.kind.name, entry.record.schema_)
    return Fresh(path, read_file(context.root / path, context.root), entry)


def after(config: Config, one: Fresh, data: bytes) -> Fresh:
    """Give a record as an act would leave it, to be acted upon again before anything is written.

    Args:
        config: of the ledger.
        one: the record before the act.
        data: its bytes after it, which the act has judged.
    """
    return Fresh(one.path, data, cast("Entry[Record]", said(config, one.path, data)))


def gone(desk: Desk, names: Names, pointed: Iterable[str]) -> tuple[str, ...]:
    """Name the records an act points to that are withdrawn themselves."""
    found: Sequence[Fresh] = [fresh(desk.context, desk.config, names.path(one, [])) for one in pointed if one]
    return tuple(one.record.id for one in found if any(act.do == "withdraw" for act in one.record.history))
