"""What rules that compare records know of each: a few plain values, sorted into buckets of records that may have to do with each other.

A rule about the ledger names what it must know of one record (`brief` of its decorator), and then looks at groups. The briefs of
a record depend on what its findings depend on, so an index keeps both alike, and to compare a million records none is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple, Protocol

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Withdrawn, amended
from hazardctl.model.record import Record
from hazardctl.rules.registry import Briefing, registry

ENDED: Final = "ended"
"""The briefs of withdrawn records: the bucket is the day."""


class Brief(NamedTuple):
    """What is known of one record: its file, its id, the bucket, and the data, which JSON can hold."""

    path: str
    id: str
    bucket: str
    said: Any


class Briefs(Protocol):
    """The briefs of a whole ledger."""

    def groups(self, code: str, least: int = 1) -> Iterator[tuple[str, list[Brief]]]:
        """Give the buckets of a rule that hold so many briefs at least, each with them in the order of files."""
        ...

    def counted(self, code: str) -> Mapping[str, int]:
        """Give the buckets of a rule, and how many briefs each holds."""
        ...


def briefings() -> Mapping[str, Briefing]:
    """Give all there is to say of a record: code of the rule → what it must know."""
    return {ENDED: _ended, **{code: rule.brief for code, rule in registry().items() if rule.brief is not None}}


class Spoken:
    """The briefs of a ledger that is at hand."""

    def __init__(self, ledger: Ledger, setting: object) -> None:
        """Take the ledger, and the setting the rules ask."""
        self._ledger, self._setting = ledger, setting

    def groups(self, code: str, least: int = 1) -> Iterator[tuple[str, list[Brief]]]:
        """Give the buckets of a rule that hold so many briefs at least, each with them in the order of files."""
        briefing, setting = briefings()[code], self._setting
        found: dict[str, list[tuple[Entry[Record], Any]]] = {}
        for entry in self._ledger.entries:
            for bucket, said in briefing(entry, setting):
                found.setdefault(bucket, []).append((entry, said))
        for bucket, group in found.items():
            if len(group) >= least:
                yield bucket, [Brief(entry.path, entry.record.id, bucket, said) for entry, said in group]

    def counted(self, code: str) -> Mapping[str, int]:
        """Give the buckets of a rule, and how many briefs each holds."""
        briefing, setting = briefings()[code], self._setting
        return Counter(bucket for entry in self._ledger.entries for bucket, _ in briefing(entry, setting))


def bucket(*parts: object) -> str:
    """Make one bucket of what must be equal."""
    return "\x1f".join(map(str, parts))


def _ended(entry: Entry[Record], _: object) -> Iterable[tuple[str, None]]:
    if not entry.record.withdrawn:
        return ()
    days = [act.date for act in amended(entry.record.history)[0] if isinstance(act, Withdrawn)]
    return [(min(days).isoformat(), None)] if days else ()
