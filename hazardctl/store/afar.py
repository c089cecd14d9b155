"""A ledger whose hazards are read when somebody asks for them: most files are hazards, and nobody needs all of them at once.

Whoever judges a large ledger file by file looks at one record, at the units, papers and outings around it, and now and then at
another hazard it names. All that are no hazards are at hand; a hazard is found by the name of its file, which is its id.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self, overload

from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.store.load import resting_collector

if TYPE_CHECKING:
    from hazardctl.model.record import Record

AFAR: Final = "hazard"
"""The kind that is read when asked for."""
AT_HAND: Final = 1_000
"""Hazards that were asked for and are kept."""
Reads = Callable[[str], "Entry[Record] | Unread"]


def stem(path: str) -> str:
    """Give the name of a file without folder and ending: the id of its record, unless it lies where it does not belong."""
    return path.rpartition("/")[2].removesuffix(".yaml")


@dataclass(frozen=True)
class Afar(Ledger):
    """A ledger whose hazards are read when asked for.

    Attributes:
        near: every record that is no hazard.
        far: the files of hazards, sorted.
        reads: gives what a file says.
    """

    near: Sequence[Entry[Record]] = field(default=(), compare=False)
    far: Sequence[str] = field(default=(), compare=False)
    reads: Reads = field(default=lambda path: Unread(path, AFAR, ()), compare=False)

    def __post_init__(self) -> None:
        """Put the entries in the place of all."""
        object.__setattr__(self, "entries", _All(self))

    def turn_to(self, path: str) -> Entry[Record] | Unread:
        """Give what a file says, and forget the history that was folded last."""
        self._replayed.clear()
        return self._nearby.get(path) or self.reads(path)

    @functools.cached_property
    def asked(self) -> Reads:
        """Give what a file says; the last ones asked for are kept."""
        return functools.lru_cache(AT_HAND)(self.reads)

    @functools.cached_property
    def _nearby(self) -> Mapping[str, Entry[Record]]:
        return {entry.path: entry for entry in self.near}

    @functools.cached_property
    def whole(self) -> tuple[Entry[Record], ...]:
        """Read all hazards: give every record, sorted by path."""
        with resting_collector():
            read = [one for one in map(self.reads, self.far) if isinstance(one, Entry)]
        return tuple(sorted((*self.near, *read), key=lambda entry: entry.path))

    def of(self, kind: str) -> Iterator[Entry[Record]]:
        """Give the entries of a kind."""
        return (entry for entry in (self.whole if kind == AFAR else self.near) if entry.kind.name == kind)

    @functools.cached_property
    def named(self) -> Mapping[str, Sequence[str]]:
        """Give the files of hazards by their names, sorted: more than one where one lies twice."""
        found: dict[str, list[str]] = {}
        for path in self.far:
            found.setdefault(stem(path), []).append(path)
        return found

    @functools.cached_property
    def lost(self) -> frozenset[str]:
        """Give the names of the files that cannot be read; whether a hazard is one of them is seen when it is asked for."""
        return _Lost(self)

    @functools.cached_property
    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id the first by path. A hazard is looked for in files of that name."""
        return _ById(self)

    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file."""
        one = self._nearby.get(path) or (self.asked(path) if path in self._there else None)
        return one if isinstance(one, Entry) else None

    @functools.cached_property
    def _there(self) -> frozenset[str]:
        return frozenset(self.far)

    @property
    def paths(self) -> Sequence[str]:
        """Give the files of all records, in their order."""
        return sorted([*self._nearby, *self.far])

    @property
    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""
        return Counter(entry.kind.name for entry in self.near) + Counter({AFAR: len(self.far)})


class _All(Sequence["Entry[Record]"]):
    """Every record; who walks them reads them all."""

    def __init__(self, ledger: Afar) -> None:
        self._ledger = ledger

    def __len__(self) -> int:
        return len(self._ledger.near) + len(self._ledger.far)

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        return self._ledger.whole[index]


class _ById(Mapping[str, "Entry[Record]"]):
    def __init__(self, ledger: Afar) -> None:
        self._ledger, self._named = ledger, ledger.named
        self._near: dict[str, Entry[Record]] = {}
        for entry in ledger.near:
            self._near.setdefault(entry.record.id, entry)

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 (as of a mapping)
        near = self._near.get(key)
        for path in self._named.get(key, ()):
            if near is not None and near.path < path:
                break
            one = self._ledger.asked(path)
            if isinstance(one, Entry) and one.record.id == key:
                return one
        return near or default

    def __getitem__(self, key: str) -> Entry[Record]:
        found: Entry[Record] | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(entry.record.id for entry in self._ledger.whole))

    def __len__(self) -> int:
        return len({entry.record.id for entry in self._ledger.whole})


class _Lost(frozenset[str]):
    _asked: Reads
    _named: Mapping[str, Sequence[str]]

    def __new__(cls, ledger: Afar) -> Self:
        made = super().__new__(cls, (stem(one.path) for one in ledger.unread))
        made._asked, made._named = ledger.asked, ledger.named
        return made

    def __contains__(self, key: object) -> bool:
        if key in self._named:
            return super().__contains__(key) or any(isinstance(self._asked(path), Unread) for path in self._named[str(key)])
        return super().__contains__(key)
