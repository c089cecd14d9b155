"""Pages without the names of people and units: each name is the same pseudonym wherever it stands, and in every export of a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import pseudonym
from hazardctl.ops.question import Words, opened
from hazardctl.sheet import Sheet

T = TypeVar("T")
PEOPLE: Final = frozenset({"by", "person", "found_by", "lead", "approver"})
UNITS: Final = frozenset({"unit", "found_by_org", "to", "with", "supervisor", "org"})
"""Keys of a record, at any depth, whose values name people or units."""
OURS: Final = frozenset({"key", "main", "name", "measure", "align", "tone"})
"""Fields of a sheet that hold words of ours, by which programs find its parts."""
SHORTEST: Final = 2
"""A name of one character stands in too many words to be looked for."""


class Hiding:
    """Hides the names that some records hold."""

    def __init__(self, ledger: Ledger, records: Iterable[Record], also: Iterable[str] = ()) -> None:
        """Gather the names: of people on the list of the ledger and in the records, of the units the records name, and some more."""
        own = ledger.config.organisation.name
        names = set(also) | {name for one in ledger.config.people for name in (one.name, *one.aliases)}
        for record in records:
            for key, value in _named(record.model_dump(by_alias=True)):
                names |= {value} if key in PEOPLE else {value, ledger.unit_name(value)}
        known = sorted((name for name in names if len(name) >= SHORTEST and name != own), key=lambda name: (-len(name), name))
        self._false = {name: pseudonym(name, own) for name in known}
        for key, unit in ((name, ledger.unit_name(name)) for name in known):
            self._false[key] = self._false.get(unit, self._false[key])
        self._any = re.compile("|".join(map(re.escape, known))) if known else None

    def text(self, text: str) -> str:
        """Give a text with pseudonyms for the names in it."""
        return self._any.sub(lambda found: self._false[found[0]], text) if self._any else text

    def page(self, value: T) -> T:
        """Give a sheet, or any part of one, with pseudonyms; what is no word stays as it is."""
        return cast("T", self._hidden(value))

    def _hidden(self, value: Any) -> Any:  # noqa: ANN401 (any part of a sheet)
        match value:
            case str():
                return self.text(value)
            case Text():
                if not value.values:  # data said as it is; what has braces to fill is a sentence of ours
                    return Text(self.text(value.zh), self.text(value.en))
                return Text(value.zh, value.en, {name: self._hidden(one) for name, one in value.values.items()})
            case tuple() | list():
                parts = cast("Iterable[object]", value)
                return tuple(map(self._hidden, parts)) if isinstance(value, tuple) else list(map(self._hidden, parts))
            case Mapping():
                return {key: self._hidden(one) for key, one in cast("Mapping[object, object]", value).items()}
            case _ if is_dataclass(value) and not isinstance(value, type):
                of_sheet: dict[str, object] = {field.name: getattr(value, field.name) for field in fields(value)}
                return replace(value, **{name: self._hidden(part) for name, part in of_sheet.items() if name not in OURS})
            case _:
                return value


def disguised(context: Context, words: Words, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Give sheets with pseudonyms for every name that the ledger they come from holds.

    Raises:
        UsageError, UnreadableError, SystemFailedError: as the reading of the ledger says.
    """
    ledger = opened(context, words)
    hiding = Hiding(ledger, (entry.record for entry in ledger.entries), (unit.name for unit in ledger.units.values()))
    return tuple(map(hiding.page, sheets))


def _named(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, part in cast("Mapping[str, object]", value).items():
                yield from _named(part, name)
        case tuple() | list():
            for part in cast("Iterable[object]", value):
                yield from _named(part, key)
        case str() if value and key in PEOPLE | UNITS:
            yield key, value
        case _:
            pass
