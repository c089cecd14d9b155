"""What is read of a ledger, file by file: entries, what could not be read, and the shelf they stand on."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from hazardctl.base import Base
from hazardctl.diagnostics import Finding
from hazardctl.model.kinds import Kind
from hazardctl.model.raw import Raw

if TYPE_CHECKING:
    from hazardctl.model.record import Record

R_co = TypeVar("R_co", bound="Record", covariant=True)


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


class Shelf(Sequence["Entry[Record]"], ABC):
    """The entries of a ledger whose files are read only when a record is asked for (the index, DESIGN §6).

    It is a sequence like any other: what walks all of it reads all files. The methods below answer without that. A record
    has a key, a whole number, by which the relations of `base` know it.
    """

    base: Base

    @abstractmethod
    def remembered(self, question: bytes) -> list[list[int | str | None]] | None:
        """Give the rows that a statement gave before, over the very same records; None where it was not asked."""

    @abstractmethod
    def remember(self, question: bytes, rows: Sequence[Sequence[int | str | None]]) -> None:
        """Keep the rows that a statement gave, until a record changes."""

    def beside(self) -> Shelf | None:
        """Give the same records over a connection of their own, for another thread; None where that is not to be had, or not worth it."""
        return None

    def join(self, other: Shelf) -> None:
        """Take back what `beside` gave: the answers that were kept there are kept here."""

    @abstractmethod
    def of(self, kind: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind, sorted by path; each is read when it is asked for."""

    @abstractmethod
    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id the first by path."""

    @abstractmethod
    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file."""

    def passing(self, paths: Sequence[str]) -> Iterator[Entry[Record] | None]:
        """Give the entries of files one after the other, to whoever wants none of them again: they need not be kept at hand."""
        return map(self.by_path, paths)

    @abstractmethod
    def unit_names(self) -> Mapping[str, tuple[str, ...]]:
        """Give folded name or alias → keys of the units so called."""

    @abstractmethod
    def name_of(self, unit: str) -> str:
        """Give the registered name of a unit by its key; empty where there is none."""

    @abstractmethod
    def ids(self, kind: str) -> Sequence[str]:
        """Give the ids of a kind, in the order of their files."""

    def naming(self, kind: str, name: str) -> Sequence[Entry[Record]]:  # noqa: ARG002
        """Give the entries of a kind whose rows lean on a unit of that key or name, and maybe others, sorted by path."""
        return self.of(kind)

    @abstractmethod
    def paths(self) -> Sequence[str]:
        """Give the files of all records, in their order."""

    @abstractmethod
    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""

    @abstractmethod
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found; None without hazards."""
