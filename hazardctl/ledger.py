"""The loaded ledger, a value: every record that could be read, what could not, and the configuration (DESIGN §4)."""

from __future__ import annotations

import datetime as dt
import functools
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from hazardctl.diagnostics import Finding
from hazardctl.language import Text, plain
from hazardctl.model.config import Config
from hazardctl.model.kinds import BY_NAME
from hazardctl.shelf import Entry, Shelf, Unread
from hazardctl.vocabulary import BUILT_IN, Term

if TYPE_CHECKING:
    from hazardctl.history import Replay
    from hazardctl.model.campaign import Campaign
    from hazardctl.model.hazard import Hazard
    from hazardctl.model.record import Record
    from hazardctl.model.seal import Sealed
    from hazardctl.model.unit import Unit

__all__ = ["Entry", "Ledger", "Shelf", "Unread", "folded"]


@dataclass(frozen=True)
class Ledger:
    """A ledger as read at one moment.

    Attributes:
        config: its configuration.
        entries: every record that could be read, sorted by path; a `Shelf` where they are read only when asked for.
        unread: every file that could not.
        strays: findings about files and folders that are no records (HZ010, HZ016), by path.
        commit: short commit of the work tree, `+` behind it when files differ from it, or empty without git.
        checked: findings on the configuration file itself.
        seals: what was published of sealed periods, sorted by path.
    """

    config: Config = field(default_factory=Config)
    entries: Sequence[Entry[Record]] = ()
    unread: tuple[Unread, ...] = ()
    strays: Sequence[tuple[str, Finding]] = ()
    commit: str = ""
    checked: tuple[Finding, ...] = ()
    seals: Sequence[Sealed] = ()

    @functools.cached_property
    def shelf(self) -> Shelf | None:
        """Give the entries where they are read only when asked for."""
        return self.entries if isinstance(self.entries, Shelf) else None

    def of(self, kind: str) -> Iterator[Entry[Record]]:
        """Give the entries of a kind."""
        return iter(self.shelf.of(kind) if self.shelf is not None else [entry for entry in self.entries if entry.kind.name == kind])

    @functools.cached_property
    def hazards(self) -> Sequence[Entry[Hazard]]:
        """Give the hazards, sorted by path."""
        return cast("Sequence[Entry[Hazard]]", self.shelf.of("hazard") if self.shelf is not None else tuple(self.of("hazard")))

    @functools.cached_property
    def hazard_ids(self) -> Sequence[str]:
        """Give the ids of the hazards."""
        return self.ids("hazard")

    def ids(self, kind: str) -> Sequence[str]:
        """Give the ids of a kind, in the order of their files."""
        return self.shelf.ids(kind) if self.shelf is not None else [entry.record.id for entry in self.of(kind)]

    @functools.cached_property
    def found(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found; None in a ledger without hazards."""
        if self.shelf is not None:
            return self.shelf.days()
        days = [entry.record.found_on for entry in self.hazards]
        return (min(days), max(days)) if days else None

    @property
    def first_found(self) -> dt.date | None:
        """Give the day the first hazard was found; None in a ledger without hazards."""
        return self.found[0] if self.found else None

    @functools.cached_property
    def units(self) -> Mapping[str, Unit]:
        """Give the units by key."""
        if self.shelf is not None:
            return cast("Mapping[str, Unit]", _Records(self.shelf, "unit"))
        found: dict[str, Unit] = {}
        for entry in self.of("unit"):
            found.setdefault(entry.record.id, cast("Unit", entry.record))
        return found

    @functools.cached_property
    def campaigns(self) -> Mapping[str, Campaign]:
        """Give the campaigns by id."""
        if self.shelf is not None:
            return cast("Mapping[str, Campaign]", _Records(self.shelf, "campaign"))
        return {entry.record.id: cast("Campaign", entry.record) for entry in self.of("campaign")}

    @functools.cached_property
    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id (HZ102) the first by path."""
        if self.shelf is not None:
            return self.shelf.by_id()
        found: dict[str, Entry[Record]] = {}
        for entry in self.entries:
            found.setdefault(entry.record.id, entry)
        return found

    @property
    def paths(self) -> Sequence[str]:
        """Give the files of all records, in their order."""
        return self.shelf.paths() if self.shelf is not None else [entry.path for entry in self.entries]

    @property
    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""
        return self.shelf.counts() if self.shelf is not None else Counter(entry.kind.name for entry in self.entries)

    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file; None where it holds no readable record."""
        return self.shelf.by_path(path) if self.shelf is not None else self._by_path.get(path)

    def passing(self, paths: Sequence[str]) -> Iterator[Entry[Record] | None]:
        """Give the entries of files one after the other; none is held for its own sake, there may be as many as there are files."""
        return self.shelf.passing(paths) if self.shelf is not None else map(self.by_path, paths)

    @functools.cached_property
    def _by_path(self) -> Mapping[str, Entry[Record]]:
        return {entry.path: entry for entry in self.entries}

    @functools.cached_property
    def replays(self) -> Mapping[str, Replay]:
        """Give the folded history of each hazard, by path of its file: two files with one id are two hazards until mended."""
        return {entry.path: self.replay(entry) for entry in self.hazards}

    def replay(self, entry: Entry[Hazard]) -> Replay:
        """Give the folded history of a hazard; of a ledger whose records are not at hand only the last is kept."""
        if self.shelf is not None and entry.path not in self._replayed:
            self._replayed.clear()
        found = self._replayed.get(entry.path)
        if found is None:
            from hazardctl.history.fold import replay

            found = self._replayed[entry.path] = replay(entry.record)
        return found

    @functools.cached_property
    def _replayed(self) -> dict[str, Replay]:
        return {}

    @functools.cached_property
    def unit_spellings(self) -> Mapping[str, tuple[str, ...]]:
        """Give folded name or alias → keys of the units so called."""
        if self.shelf is not None:
            return self.shelf.unit_names()
        found: dict[str, tuple[str, ...]] = {}
        for key, unit in self.units.items():
            for name in {folded(name) for name in (unit.name, *unit.aliases) if name}:
                found[name] = (*found.get(name, ()), key)
        return found

    def unit_keys(self, text: str) -> tuple[str, ...]:
        """Give the keys a text stands for: itself when it is a key, else every unit of that name or alias (HZ109)."""
        return (text,) if text in self.units else self.unit_spellings.get(folded(text), ())

    def unit_key(self, text: str) -> str:
        """Give the one key a text stands for, or the text itself: two spellings of one unit are one line."""
        keys = self.unit_keys(text)
        return keys[0] if len(keys) == 1 else text

    def unit_name(self, text: str) -> str:
        """Give the registered name of a unit, or the text itself where it is not registered."""
        return self.registered(self.unit_key(text)) or text

    def registered(self, key: str) -> str:
        """Give the registered name of a unit by its key; empty where there is none."""
        if self.shelf is not None:
            return self.shelf.name_of(key)
        unit = self.units.get(key)
        return unit.name if unit else ""

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


class _Records(Mapping[str, "Record"]):
    """The records of a kind by id, each read when it is asked for."""

    def __init__(self, shelf: Shelf, kind: str) -> None:
        self._order = shelf.ids(kind)
        self._ids = frozenset(self._order)
        self._entries = shelf.by_id()

    def __getitem__(self, key: str) -> Record:
        if key not in self._ids:
            raise KeyError(key)
        return self._entries[key].record

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(self._order))

    def __len__(self) -> int:
        return len(self._ids)


def folded(text: str) -> str:
    """Fold a name for comparison: NFKC, case, white space out (RELIABILITY U5)."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
