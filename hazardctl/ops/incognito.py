"""Pages without the names of people and units: each name is the same pseudonym wherever it stands, and in every export of a ledger."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar, cast

from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words, opened
from hazardctl.sheet import Sheet

T = TypeVar("T")
PEOPLE: Final = frozenset({"by", "person", "found_by", "lead", "approver", "inspectors", "signers", "cert"})
UNITS: Final = frozenset({"unit", "found_by_org", "to", "with", "supervisor", "org", "orgs", "units", "party", "counterparts", "issuer"})
"""Keys of a record, at any depth, whose values name people or units."""
OURS: Final = frozenset({"key", "main", "name", "measure", "align", "tone"})
"""Fields of a sheet that hold words of ours, by which programs find its parts, where they hold no `Text`."""
DIGITS: Final = 8
"""Of a pseudonym: among ten thousand names two that are alike are less likely than one in eighty."""
SHORTEST: Final = 2
"""A name of one character stands in too many words to be looked for."""
TELLING: Final = 6
"""An address as long as this is that of one place; a shorter one may be the name of a town."""


class Hiding:
    """Hides the names that a ledger holds."""

    def __init__(self, ledger: Ledger, also: Iterable[str] = ()) -> None:
        """Gather the names: of people on its list and in its records, of its units and those its records name, and some more."""
        own = ledger.config.organisation.name
        one_of = {name: name for name in also}
        for record in (entry.record for entry in ledger.entries):
            for key, value in _named(record.model_dump(by_alias=True)):
                one_of[value] = value if key in PEOPLE else ledger.unit_name(value)
        for key, unit in ledger.units.items():
            address = unit.address if len(unit.address) >= TELLING else ""
            one_of |= dict.fromkeys((key, unit.id, unit.name, *unit.aliases, unit.credit_code, address), unit.name or key)
        for one in ledger.config.people:
            one_of |= dict.fromkeys((one.name, *one.aliases, one.cert), one.name)
        words = {own, *(word for vocabulary in ledger.words.values() for word in vocabulary)}
        self._false = {name: pseudonym(of, own) for name, of in one_of.items() if len(name) >= SHORTEST and not {name, of} & words}
        self._heads: dict[str, list[str]] = {}
        for name in sorted(self._false, key=lambda name: (-len(name), name)):
            self._heads.setdefault(name[:SHORTEST], []).append(name)
        firsts = "".join(sorted({head[0] for head in self._heads}))
        self._first = re.compile(f"[{re.escape(firsts)}]") if firsts else None

    def text(self, text: str) -> str:
        """Give a text with pseudonyms for the names in it, the longest first."""
        done, parts = 0, list[str]()
        for found in self._first.finditer(text) if self._first else ():
            at = found.start()
            name = next((name for name in self._heads.get(text[at : at + SHORTEST], ()) if _stands(name, text, at)), "")
            if name and at >= done:
                parts += (text[done:at], self._false[name])
                done = at + len(name)
        return "".join((*parts, text[done:])) if parts else text

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
                words = {name: part for name, part in of_sheet.items() if name not in OURS or isinstance(part, Text)}
                return replace(value, **{name: self._hidden(part) for name, part in words.items()})
            case _:
                return value


def disguised(context: Context, words: Words, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """Give sheets with pseudonyms for every name that the ledger they come from holds.

    Raises:
        UsageError, UnreadableError, SystemFailedError: as the reading of the ledger says.
    """
    return tuple(map(Hiding(opened(context, words)).page, sheets))


def pseudonym(name: str, organisation: str) -> str:
    """Give what stands for a name: the same in every output of an organisation."""
    digest = hashlib.blake2b(name.encode(), key=organisation.encode()[:64], digest_size=DIGITS // 2).hexdigest().upper()
    return f"〔{digest}〕"


def _stands(name: str, text: str, at: int) -> bool:
    """Say whether a name stands in a text at a place: one in Latin letters, as the key of a unit, is no part of a longer word."""
    end = at + len(name)
    if not text.startswith(name, at):
        return False
    return not name.isascii() or not (_goes_on(text[at - 1 : at]) or _goes_on(text[end : end + 1]))


def _goes_on(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in "-_") and bool(sign)


def _named(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    match value:
        case Mapping():
            for name, part in cast("Mapping[str, object]", value).items():
                yield from _named(part, key if key == "signers" and name == "name" else name)
        case tuple() | list():
            for part in cast("Iterable[object]", value):
                yield from _named(part, key)
        case str() if value and key in PEOPLE | UNITS:
            yield key, value
        case _:
            pass
