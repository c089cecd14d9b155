"""The loaded ledger, a value: every record that could be read, what could not, and the configuration (DESIGN §4)."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar, cast

from hazardctl.diagnostics import Finding
from hazardctl.history import Replay, replay
from hazardctl.language import Text, plain
from hazardctl.model.campaign import Campaign
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record
from hazardctl.model.seal import Seal
from hazardctl.model.unit import Unit
from hazardctl.vocabulary import BUILT_IN, Term

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True)
class Entry(Generic[R_co]):
    """A record that was read.

    Attributes:
        kind: of its folder.
        record: the frozen value.
        path: relative to the ledger root, with `/`.
        extras: the `x-` fields, untouched.
        findings: what the reader said of it; the record counts all the same.
    """

    kind: Kind
    record: R_co
    path: str
    extras: Mapping[str, Raw] = field(default_factory=dict[str, Raw])
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file in a record folder that could not be read as a record, and why; it is named in every report."""

    path: str
    kind: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal, and the path of its file relative to the ledger root."""

    path: str
    seal: Seal


@dataclass(frozen=True)
class Ledger:
    """A ledger as read at one moment.

    Attributes:
        config: its configuration.
        entries: every record that could be read, sorted by path.
        unread: every file that could not.
        strays: findings about files and folders that are no records (HZ010, HZ016), by path.
        commit: short commit of the work tree, `+` behind it when files differ from it, or empty without git.
        checked: findings on the configuration file itself.
        seals: what was published of sealed periods, sorted by path.
    """

    config: Config = field(default_factory=Config)
    entries: tuple[Entry[Record], ...] = ()
    unread: tuple[Unread, ...] = ()
    strays: tuple[tuple[str, Finding], ...] = ()
    commit: str = ""
    checked: tuple[Finding, ...] = ()
    seals: tuple[Sealed, ...] = ()

    def of(self, kind: str) -> Iterator[Entry[Record]]:
        """Give the entries of a kind."""
        return iter(self._kinds.get(kind, ()))

    @functools.cached_property
    def _kinds(self) -> Mapping[str, list[Entry[Record]]]:
        found: dict[str, list[Entry[Record]]] = {}
        for entry in self.entries:
            found.setdefault(entry.kind.name, []).append(entry)
        return found

    @functools.cached_property
    def hazards(self) -> tuple[Entry[Hazard], ...]:
        """Give the hazards, sorted by path."""
        return cast("tuple[Entry[Hazard], ...]", tuple(self.of("hazard")))

    @functools.cached_property
    def first_found(self) -> dt.date | None:
        """Give the day the first hazard was found; None in a ledger without hazards."""
        return min((entry.record.found_on for entry in self.hazards), default=None)

    @functools.cached_property
    def units(self) -> Mapping[str, Unit]:
        """Give the units by key."""
        return {entry.record.id: cast("Unit", entry.record) for entry in self.of("unit")}

    @functools.cached_property
    def campaigns(self) -> Mapping[str, Campaign]:
        """Give the campaigns by id."""
        return {entry.record.id: cast("Campaign", entry.record) for entry in self.of("campaign")}

    @functools.cached_property
    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id (HZ102) the first by path."""
        found: dict[str, Entry[Record]] = {}
        for entry in self.entries:
            found.setdefault(entry.record.id, entry)
        return found

    @functools.cached_property
    def replays(self) -> Mapping[str, Replay]:
        """Give the folded history of each hazard, by path of its file: two files with one id are two hazards until mended."""
        return {entry.path: replay(entry.record) for entry in self.hazards}

    @functools.cached_property
    def _unit_names(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for key, unit in self.units.items():
            for name in {folded(name) for name in (unit.name, *unit.aliases) if name}:
                found[name] = (*found.get(name, ()), key)
        return found

    def unit_keys(self, text: str) -> tuple[str, ...]:
        """Give the keys a text stands for: itself when it is a key, else every unit of that name or alias (HZ109)."""
        return (text,) if text in self.units else self._unit_names.get(folded(text), ())

    def unit_key(self, text: str) -> str:
        """Give the one key a text stands for, or the text itself: two spellings of one unit are one line."""
        keys = self.unit_keys(text)
        return keys[0] if len(keys) == 1 else text

    def unit_name(self, text: str) -> str:
        """Give the registered name of a unit, or the text itself where it is not registered."""
        unit = self.units.get(self.unit_key(text))
        return unit.name if unit and unit.name else text

    def region_name(self, key: str) -> str:
        """Give the name of a region, or the key itself."""
        return next((region.name for region in self.config.regions if region.key == key and region.name), key)

    def region_of(self, hazard: Hazard) -> str:
        """Give a hazard's region, else that of its unit."""
        unit = self.units.get(self.unit_key(hazard.unit))
        return hazard.region or (unit.region if unit else "")

    @functools.cached_property
    def words(self) -> Mapping[str, Mapping[str, Term]]:
        """Give every vocabulary by name: the built-in words, the ledger's own, and its regions."""
        found: dict[str, Mapping[str, Term]] = dict(BUILT_IN)
        for name, added in self.config.vocabularies.added().items():
            own = {key: Term(key, word.zh, word.en or word.zh, word.parent) for key, word in added.items()}
            found[name] = {**found.get(name, {}), **own}
        found["regions"] = {one.key: Term(one.key, one.name, one.name, one.parent) for one in self.config.regions}
        return found

    def label(self, vocabulary: str, word: str) -> Text:
        """Give a word's name in both languages, or the word itself where the vocabulary does not have it."""
        term = self.words.get(vocabulary, {}).get(word)
        return term.label if term else plain(word)

    def prefixes(self) -> Mapping[str, str]:
        """Give prefix → kind, as configured."""
        return {self.config.id_prefixes.get(name, kind.prefix): name for name, kind in BY_NAME.items()}


def folded(text: str) -> str:
    """Fold a name for comparison: NFKC, case, white space out (RELIABILITY U5)."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
