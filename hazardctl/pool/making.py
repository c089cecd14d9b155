"""Making a pool of ledgers: each under the names and the settings of the pool, and all of them as one."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, TypeVar, cast

from hazardctl.ledger import Entry, Ledger, Shelf, Unread
from hazardctl.model.agreed import agreed
from hazardctl.model.config import Config
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.pool.doubles import Double, double, doubles, outside
from hazardctl.pool.names import MARK, ledger_of, own_name
from hazardctl.pool.shelves import Shelves
from hazardctl.vocabulary import Term

if TYPE_CHECKING:
    from hazardctl.history import Replay
    from hazardctl.model.hazard import Hazard
    from hazardctl.model.record import Record

R = TypeVar("R", bound="Record")
PLACED: Final = frozenset({"hazard", "inspection", "enforcement", "accident", "activity", "resource", "tip", "risk_point"})
"""Kinds whose records, where they say no region, lie in that of their ledger."""


@dataclass(frozen=True)
class _Named(Ledger):
    """A ledger whose records stand under the name of the ledger they are from."""

    rollup: Rollup = field(default_factory=Rollup)

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


@dataclass(frozen=True, slots=True)
class Large:
    """A ledger whose records are read only when they are asked for.

    Attributes:
        ledger: its configuration and the records that give others their names.
        entries: all of them, already under the names of the pool.
        unread: the files that could not be read.
    """

    ledger: Ledger
    entries: Shelf
    unread: tuple[Unread, ...] = ()


def pooled(rollup: Rollup, read: Mapping[str, Ledger], large: Mapping[str, Large] | None = None) -> Pool:
    """Pool ledgers.

    Args:
        rollup: what was said of them; its order decides nothing.
        read: those that could be read, by key.
        large: those of them whose records are not at hand; no hazard of theirs stands in another ledger as well.
    """
    said = by_key(rollup)
    shelves = large or {}
    known = {one.key: read[one.key] for one in said.ledgers if one.key in read}
    config = agreed(said, {key: ledger.config for key, ledger in known.items()})
    twice, left_out = doubles(said, known)
    shares = tuple(_share(one, known[one.key], (config, said), left_out, shelves.get(one.key)) for one in said.ledgers if one.key in known)
    at_hand = all(share.shelf is None for share in shares)
    entries = tuple(entry for share in shares for entry in share.entries) if at_hand else Shelves({share.key: share for share in shares})
    counted = {name for group in twice for name in group[:1]}
    found = {entry.record.id: entry for share in shares if share.shelf is None for entry in share.entries if entry.record.id in counted}
    return Pool(
        config=config,
        entries=entries,
        unread=tuple(unread for share in shares for unread in share.unread),
        commit=" ".join(f"{key}@{ledger.commit or '-'}" for key, ledger in known.items()),
        rollup=said,
        shares=shares,
        doubles=tuple(double(one, known, found) for one in twice),
    )


def by_key(rollup: Rollup) -> Rollup:
    """Give a roll-up with its ledgers in the order of their keys."""
    return rollup.but(ledgers=tuple(sorted(rollup.ledgers, key=lambda one: one.key)))


def settings_of(ledger: Ledger, config: Config) -> Config:
    """Give the settings by which a ledger counts in a pool: those of the pool, with its own people and bands of risk."""
    return config.but(**{name: getattr(ledger.config, name) for name in ("people", "risk_bands", "id_prefixes")})


def renaming(said: Reporter, ledger: Ledger, left_out: Mapping[str, str] | None = None) -> Callable[[Entry[Record]], Entry[Record]]:
    """Give what puts a record under the names of a pool; its path stays.

    Args:
        said: of its ledger.
        ledger: the units and campaigns it may name.
        left_out: hazards that count under another name.
    """
    from hazardctl.model.renamed import renamed

    region, others = said.region or ledger.config.organisation.region, left_out or {}

    def naming(kind: str, text: str) -> str:
        if kind == "unit":
            return f"{said.key}{MARK}{ledger.unit_key(text)}"
        if kind == "campaign":
            text = next((key for key, one in ledger.campaigns.items() if text in {key, one.alias, one.name}), text)
        name = f"{said.key}{MARK}{text}"
        return others.get(name, name)

    def made(entry: Entry[Record]) -> Entry[Record]:
        name = f"{said.key}{MARK}{entry.record.id}"
        return replace(entry, record=renamed(_placed(entry, ledger, region), name, naming))

    return made


def _share(said: Reporter, ledger: Ledger, pool: tuple[Config, Rollup], left_out: Mapping[str, str], large: Large | None) -> Share:
    """Give a ledger under the names and rules of the pool, less the hazards that count in another."""
    (config, rollup), made = pool, renaming(said, ledger, left_out)
    gone = {own_name(name) for name in left_out if ledger_of(name) == said.key}
    kept = (entry for entry in ledger.entries if not (entry.kind.name == "hazard" and entry.record.id in gone))
    unread = ledger.unread if large is None else large.unread
    return Share(
        config=settings_of(ledger, config),
        entries=tuple(replace(made(entry), path=f"{said.key}{MARK}{entry.path}") for entry in kept) if large is None else large.entries,
        unread=tuple(replace(one, path=f"{said.key}{MARK}{one.path}") for one in unread),
        commit=ledger.commit,
        rollup=rollup,
        key=said.key,
        left_out=tuple(outside(name, {said.key: ledger}) for name in sorted(left_out) if ledger_of(name) == said.key),
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
