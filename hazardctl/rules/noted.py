"""What a judgement of one record was made of: the days on which it holds, the names it asked for, the files beside the records.

The index keeps what was found of a record, and it may be used again only while everything holds that it was made of. No rule
says what it depends on: it would be forgotten one day. A rule asks a `Setting` for all it knows, so the setting notes what is
asked (the trace of a build system). What cannot be noted makes a judgement *loose*: it holds until any record changes.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar, cast

from hazardctl.calendar import Calendar
from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.campaign import Campaign
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.rules.case import Beyond, Files, Setting

V = TypeVar("V")
FIRST: Final = dt.date.min.toordinal()
MANY: Final = 1 << 14
"""Names that are remembered."""
LAST: Final = dt.date.max.toordinal()


@dataclass(slots=True)
class Trace:
    """What one judgement asked for.

    Attributes:
        first: the first day on which the answers are the same, as a whole number; `last` the last one.
        names: ids of records, keys and names of units; each as it was asked, and folded as names are.
        files: path of a file beside the records → whether its bytes were asked for too.
        loose: something was asked that depends on more than these.
        compared: vocabulary and word → words it was compared with (`Setting.meant`).
    """

    first: int = FIRST
    last: int = LAST
    names: set[str] = field(default_factory=set[str])
    files: dict[str, bool] = field(default_factory=dict[str, bool])
    loose: bool = False
    compared: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def clear(self) -> None:
        """Begin anew."""
        self.first, self.last, self.loose = FIRST, LAST, False
        self.names.clear()
        self.files.clear()
        self.compared.clear()

    def asked(self, name: str) -> None:
        """Note a name."""
        self.names.update(_both(name))


@functools.lru_cache(MANY)
def _both(name: str) -> tuple[str, str]:
    """Give a name as it was asked, and folded; the same few come again and again."""
    return name, folded(name)


class Today(dt.date):
    """A day that notes how it is compared: with an order alone, the answer holds for all days on one side.

    Any other question (how many days since, which weekday, the day in words) holds on this day alone.
    """

    _trace: Trace

    @classmethod
    def of(cls, day: dt.date, trace: Trace) -> Today:
        """Make one of a plain day."""
        made = cls(day.year, day.month, day.day)
        made._trace = trace
        return made

    def _above(self, day: dt.date, *, itself: bool) -> bool:
        """Say whether today lies after a day (`itself`: or on it), and note the side."""
        mine, border = dt.date.toordinal(self), dt.date.toordinal(day) + (not itself)
        trace = self._trace
        if mine >= border:
            trace.first = max(trace.first, border)
            return True
        trace.last = min(trace.last, border - 1)
        return False

    def __gt__(self, other: dt.date) -> bool:
        """Compare."""
        return self._above(other, itself=False)

    def __ge__(self, other: dt.date) -> bool:
        """Compare."""
        return self._above(other, itself=True)

    def __lt__(self, other: dt.date) -> bool:
        """Compare."""
        return not self._above(other, itself=True)

    def __le__(self, other: dt.date) -> bool:
        """Compare."""
        return not self._above(other, itself=False)

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 (any part of a day)
        """Give a part of the day; it holds today alone."""
        if not name.startswith("_"):
            self._pinned()
        return super().__getattribute__(name)

    def _pinned(self) -> None:
        self._trace.first = self._trace.last = dt.date.toordinal(self)


def _pinning(name: str) -> Callable[..., Any]:
    plain = getattr(dt.date, name)

    def asked(self: Today, *others: object) -> Any:  # noqa: ANN401 (whatever a day answers)
        self._pinned()  # pyright: ignore[reportPrivateUsage]
        return plain(self, *others)

    return asked


_ASKED: Final = "eq ne hash sub rsub add radd str repr format reduce"
for _name in (f"__{word}__" for word in _ASKED.split()):
    setattr(Today, _name, _pinning(_name))


class _Noting(Mapping[str, V]):
    """A mapping whose keys are noted when they are asked for; who walks it asks for all."""

    def __init__(self, held: Mapping[str, V], trace: Trace) -> None:
        self._held, self._trace = held, trace
        self._found: dict[str, V | None] = {}

    def __getitem__(self, key: str) -> V:
        found: V | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 (as of a mapping)
        """Give a value, which is looked up once; what is held stands still while records are judged."""
        self._trace.asked(key)
        if key not in self._found:
            if len(self._found) >= MANY:
                self._found.clear()
            self._found[key] = self._held.get(key)
        return self._found[key] or default

    def __contains__(self, key: object) -> bool:
        self._trace.asked(str(key))
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        self._trace.loose = True
        return iter(self._held)

    def __len__(self) -> int:
        self._trace.loose = True
        return len(self._held)


class _Unread(frozenset[str]):
    """The ids of unreadable files, each noted when it is asked for."""

    trace: Trace

    def __contains__(self, key: object) -> bool:
        self.trace.asked(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.trace.loose = True
        return super().__iter__()


class _Noted:
    """A ledger as rules about one record see it: what is asked by name is noted, who asks for more makes the judgement loose."""

    def __init__(self, ledger: Ledger, trace: Trace) -> None:
        self._ledger, self._trace = ledger, trace
        self.config, self.words, self.label, self.prefixes = ledger.config, ledger.words, ledger.label, ledger.prefixes
        self.by_id: Mapping[str, Entry[Record]] = _Noting(ledger.by_id, trace)
        self.units: Mapping[str, Unit] = _Noting(ledger.units, trace)
        self.campaigns: Mapping[str, Campaign] = _Noting(ledger.campaigns, trace)
        self.replay = ledger.replay

    def unit_keys(self, text: str) -> tuple[str, ...]:
        self._trace.asked(text)
        return self._ledger.unit_keys(text)

    def unit_key(self, text: str) -> str:
        self._trace.asked(text)
        return self._ledger.unit_key(text)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (any part of a ledger)
        self._trace.loose = True
        return getattr(self._ledger, name)


@dataclass(frozen=True, slots=True)
class _Files:
    """The files beside the records, each noted when it is asked for."""

    files: Files
    trace: Trace

    def holds(self, path: str) -> bool:
        self.trace.files.setdefault(path, False)
        return self.files.holds(path)

    def sha256(self, path: str) -> str | None:
        self.trace.files[path] = True
        return self.files.sha256(path)


class Noting(Setting):
    """A setting that notes what is asked of it, for one record at a time.

    Attributes:
        trace: what was asked since it was cleared.
    """

    def __init__(self, ledger: Ledger, today: dt.date, *, beyond: Beyond) -> None:
        """Take the ledger, the day it is judged on, and what lies beyond."""
        self.trace = trace = Trace()
        files = _Files(beyond.files, trace) if beyond.files else None
        super().__init__(cast("Ledger", _Noted(ledger, trace)), Today.of(today, trace), beyond=replace(beyond, files=files))
        self._plain = Setting(ledger, today)
        self._said = _Unread(one.path.rpartition("/")[2].removesuffix(".yaml") for one in ledger.unread)
        self._said.trace = trace

    def clear(self) -> None:
        """Begin with another record."""
        self.trace.clear()
        self.excused.clear()

    def meant(self, what: str, words: Collection[str], text: str) -> list[str]:
        """Give what a word means; what was asked for before counts too, for patience ends somewhere."""
        self.trace.loose, self.trace.compared[what, text] = True, len(words)
        return super().meant(what, words, text)

    @property
    def unread(self) -> frozenset[str]:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Give the ids of the files that could not be read."""
        return self._said

    @property
    def calendar(self) -> Calendar | None:  # pyright: ignore[reportIncompatibleVariableOverride]
        """Give the working days of the ledger, which no day changes."""
        return self._plain.calendar

    def hazard(self, record_id: str) -> Entry[Hazard] | None:
        """Give the hazard of an id."""
        found = self.ledger.by_id.get(record_id)
        return cast("Entry[Hazard]", found) if found and isinstance(found.record, Hazard) else None
