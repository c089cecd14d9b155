"""Several ledgers as one: every record under the name of its ledger, `LEDGER:ID`, so that what two of them call alike stays apart.

A pool is a `Ledger` like any other, and every question can be asked of it. Its shares are the ledgers it is made of, under the same
names and the same rules of counting: what only one ledger can tell (a tally, a declaration, a duty) is asked of each of them.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.agreed import agreed
from hazardctl.model.config import Config
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.vocabulary import BUILT_IN, Term

if TYPE_CHECKING:
    from hazardctl.history import Replay
    from hazardctl.model.hazard import Hazard
    from hazardctl.model.record import Record

R = TypeVar("R", bound="Record")
MARK: Final = ":"
ABSENT: Final = "ledger"
"""What an unread file of a pool is when it is a whole ledger."""
PLACED: Final = frozenset({"hazard", "inspection", "enforcement", "accident", "activity", "resource", "tip", "risk_point"})
"""Kinds whose records, where they say no region, lie in that of their ledger."""


def ledger_of(name: str) -> str:
    """Give the key of the ledger a pooled id or path belongs to; empty for any other.

    Examples:
        >>> ledger_of("liulin:YH-20240312-7K2QF")
        'liulin'
    """
    return name.partition(MARK)[0] if MARK in name else ""


def own_name(name: str) -> str:
    """Give what a pooled id is called in its own ledger."""
    return name.partition(MARK)[2] if MARK in name else name


@dataclass(frozen=True, slots=True)
class Double:
    """One hazard that stands in several ledgers (`same_as`): the entry that counts, and the others."""

    counts: Entry[Hazard]
    others: tuple[Entry[Hazard], ...]


@dataclass(frozen=True)
class _Named(Ledger):
    """A ledger whose records stand under the name of the ledger they are from."""

    rollup: Rollup = field(default_factory=lambda: Rollup(schema_="rollup/1"))

    def unit_name(self, text: str) -> str:
        """Give the registered name of a unit, else the text as its own ledger has it."""
        name = super().unit_name(text)
        return own_name(name) if name == text else name

    @functools.cached_property
    def words(self) -> Mapping[str, Mapping[str, Term]]:
        """Give every vocabulary by name; the ledgers are one of them, those that could not be read too."""
        return {**super().words, "ledgers": {one.key: _term(one) for one in self.rollup.ledgers}}


@dataclass(frozen=True)
class Share(_Named):
    """A ledger as part of a pool: a name it does not know may be that of another.

    Attributes:
        key: its own.
        left_out: its hazards that count in another.
    """

    key: str = ""
    left_out: tuple[Entry[Hazard], ...] = ()

    @functools.cached_property
    def found(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found, also of those that count in another ledger."""
        days = [*(super().found or ()), *(entry.record.found_on for entry in self.left_out)]
        return (min(days), max(days)) if days else None


@dataclass(frozen=True)
class Pool(_Named):
    """Ledgers counted together.

    Attributes:
        rollup: what was said of them.
        shares: those that could be read, by key.
        doubles: hazards that stand in more than one of them.
    """

    shares: tuple[Share, ...] = ()
    doubles: tuple[Double, ...] = ()

    def replay(self, entry: Entry[Hazard]) -> Replay:
        """Give the folded history of a hazard, which its own ledger may have folded before."""
        return self._by_key[ledger_of(entry.record.id)].replay(entry)

    @functools.cached_property
    def _by_key(self) -> Mapping[str, Share]:
        return {one.key: one for one in self.shares}


def _term(one: Reporter) -> Term:
    return Term(one.key, one.name or one.key, one.en or one.name or one.key)


def shares_of(ledger: Ledger) -> tuple[Share, ...]:
    """Give the ledgers that a ledger is made of; none for one that is no pool."""
    return ledger.shares if isinstance(ledger, Pool) else ()


def pooled(rollup: Rollup, read: Mapping[str, Ledger]) -> Pool:
    """Pool ledgers.

    Args:
        rollup: what was said of them; its order decides nothing.
        read: those that could be read, by key.
    """
    said = rollup.but(ledgers=tuple(sorted(rollup.ledgers, key=lambda one: one.key)))
    known = {one.key: read[one.key] for one in said.ledgers if one.key in read}
    config = agreed(said, {key: ledger.config for key, ledger in known.items()})
    doubles, left_out = _doubles(said, known)
    shares = tuple(_share(one, known[one.key], config, said, left_out) for one in said.ledgers if one.key in known)
    entries = {entry.record.id: entry for share in shares for entry in share.entries}
    return Pool(
        config=config,
        entries=tuple(entry for share in shares for entry in share.entries),
        unread=tuple(unread for share in shares for unread in share.unread),
        commit=_commits(known),
        rollup=said,
        shares=shares,
        doubles=tuple(_double(one, known, entries) for one in doubles),
    )


def _share(said: Reporter, ledger: Ledger, config: Config, rollup: Rollup, left_out: Mapping[str, str]) -> Share:
    """Give a ledger under the names and rules of the pool, less the hazards that count in another."""
    from hazardctl.model.renamed import renamed

    own = config.but(**{name: getattr(ledger.config, name) for name in ("people", "risk_bands", "id_prefixes")})
    region = said.region or ledger.config.organisation.region

    def naming(kind: str, text: str) -> str:
        if kind == "unit":
            return f"{said.key}{MARK}{ledger.unit_key(text)}"
        if kind == "campaign":
            text = next((key for key, one in ledger.campaigns.items() if text in {key, one.alias, one.name}), text)
        name = f"{said.key}{MARK}{text}"
        return left_out.get(name, name)

    def made(entry: Entry[Record]) -> Iterator[Entry[Record]]:
        name = f"{said.key}{MARK}{entry.record.id}"
        if not (entry.kind.name == "hazard" and name in left_out):
            record = renamed(_placed(entry, ledger, region), name, naming)
            yield replace(entry, record=record, path=f"{said.key}{MARK}{entry.path}")

    return Share(
        config=own,
        entries=tuple(one for entry in ledger.entries for one in made(entry)),
        unread=tuple(replace(one, path=f"{said.key}{MARK}{one.path}") for one in ledger.unread),
        commit=ledger.commit,
        rollup=rollup,
        key=said.key,
        left_out=tuple(_outside(name, {said.key: ledger}) for name in sorted(left_out) if ledger_of(name) == said.key),
    )


def _placed(entry: Entry[R], ledger: Ledger, region: str) -> R:
    """Give the record, in the region of its ledger where neither it nor a unit it names says one."""
    record = entry.record
    if not region or record.region or not (entry.kind.name in PLACED or entry.kind.name == "unit"):
        return record
    named = [text for name in ("unit", "units", "org", "issuer") for text in _texts(getattr(record, name, ""))]
    units = (ledger.units.get(ledger.unit_key(text)) for text in named)
    if any(unit is not None and unit.region for unit in units):
        return record
    return record.model_copy(update={"region": region})


def _texts(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else cast("tuple[str, ...]", value) if isinstance(value, tuple) else ()


def _commits(known: Mapping[str, Ledger]) -> str:
    return " ".join(f"{key}@{ledger.commit or '-'}" for key, ledger in known.items())


# ------------------------------------------------------------------------------------------------- the same hazard in two ledgers


def _doubles(said: Rollup, known: Mapping[str, Ledger]) -> tuple[list[list[str]], dict[str, str]]:
    """Give groups of names that are one hazard, the one that counts first, and for each of the others the one that does.

    The record nearest the ground counts: there the hazard was found and put right, and its place is right. A record that was
    withdrawn counts only where all of them were.
    """
    links = list(_links(known))
    groups: dict[str, set[str]] = {}
    for one, other in links:
        whole = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(whole, whole)
    levels = {one.key: _depth(one, known) for one in said.ledgers}

    def order(name: str) -> tuple[bool, int, str]:
        record = known[ledger_of(name)].by_id[own_name(name)].record
        gone = any(act.do == "withdraw" for act in record.history)
        return gone, -levels[ledger_of(name)], name

    found = sorted({tuple(sorted(group, key=order)) for group in groups.values()})
    return [list(group) for group in found], {name: group[0] for group in found for name in group[1:]}


def _depth(said: Reporter, known: Mapping[str, Ledger]) -> int:
    level = said.level or (known[said.key].config.organisation.level if said.key in known else "")
    order = list(BUILT_IN["levels"])
    return order.index(level) if level in order else -1


def _links(known: Mapping[str, Ledger]) -> Iterator[tuple[str, str]]:
    """Give each pair of names that a record says are one hazard, where both records are there and in different ledgers."""
    holders: dict[str, list[str]] = defaultdict(list)
    saying = [(key, entry.record) for key, ledger in known.items() for entry in ledger.hazards if entry.record.same_as]
    if any(MARK not in text for _, record in saying for text in record.same_as):
        for key, ledger in known.items():
            for name in ledger.hazard_ids:
                holders[name].append(key)
    for key, record in saying:
        for text in record.same_as:
            for other in [ledger_of(text)] if MARK in text else holders[text]:
                if other != key and other in known and _has(known[other], own_name(text)):
                    yield f"{key}{MARK}{record.id}", f"{other}{MARK}{own_name(text)}"


def _has(ledger: Ledger, name: str) -> bool:
    return name in ledger.by_id and ledger.by_id[name].kind.name == "hazard"


def _double(names: Sequence[str], known: Mapping[str, Ledger], entries: Mapping[str, Entry[Record]]) -> Double:
    counts = cast("Entry[Hazard]", entries[names[0]])
    return Double(counts, tuple(_outside(name, known) for name in names[1:]))


def _outside(name: str, known: Mapping[str, Ledger]) -> Entry[Hazard]:
    entry = cast("Entry[Hazard]", known[ledger_of(name)].by_id[own_name(name)])
    return replace(entry, record=entry.record.model_copy(update={"id": name}), path=f"{ledger_of(name)}{MARK}{entry.path}")
