"""From the clauses of a filter to conditions on a view over records other than hazards; every word is bound, never written.

Any field of the kind may be asked (DOMAIN §4.1); a region means everything below it, a sector likewise, a unit those it is
about, a key period its days. In a view with a row for each unit the unit of the row is asked, not the whole record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger, folded
from hazardctl.measures.dimensions import LEDGERS
from hazardctl.measures.names import Names, refuse
from hazardctl.measures.question import Question
from hazardctl.measures.relations import column
from hazardctl.measures.scope import Scope
from hazardctl.measures.sources import SOURCES, Source
from hazardctl.model.ids import typed_by_hand
from hazardctl.model.kinds import BY_NAME
from hazardctl.pool import Pool, Share
from hazardctl.vocabulary import KIND_NAMES, find

if TYPE_CHECKING:
    from hazardctl.model.fact import Fact
    from hazardctl.model.fields import Part
    from hazardctl.model.record import Record
    from hazardctl.model.shape import Reader

FACETS: Final = frozenset({"region", "sector", "unit", "unit_type", "campaign", "org", "item", "ledger"})
OF_UNIT: Final = frozenset({"region", "sector", "unit", "unit_type"})
ALSO: Final = {"party": "counterparts"}
COMPUTED: Final = {("risk_point", "grade"): "colour", ("accident", "class"): "severity"}
YES: Final = {"true": 1, "yes": 1, "1": 1, "是": 1, "false": 0, "no": 0, "0": 0, "否": 0}
OF_REGIONS: Final = ("name", "level", "parent")


class Asking:
    """The conditions of one question on the views of records."""

    def __init__(self, ledger: Ledger, question: Question, made: Scope) -> None:
        """Take the ledger, the question and what values are bound in."""
        self.ledger = ledger
        self.question = question
        self.made = made

    def conditions(self, source: Source, clauses: Sequence[Clause]) -> tuple[list[str], list[str]]:
        """Give the conditions on a view, and those on the visits of its units where it has them.

        Raises:
            UsageError: the kind has no such field, or the value names nothing.
        """
        own = [one for one in clauses if not source.visits or has(source.kind, one.key)]
        visits = [self._said(one, SOURCES["inspections"]) for one in clauses if one not in own]
        return [self._said(one, source) for one in own], visits

    def _said(self, clause: Clause, source: Source) -> str:
        condition = self.condition(clause, source)
        return f"CASE WHEN {condition} THEN 0 ELSE 1 END = 1" if clause.negated else condition

    def condition(self, clause: Clause, source: Source) -> str:
        """Give the condition of one clause on a view, its negation apart."""
        key = clause.key
        if clause.kind in {"is", "text"} or not has(source.kind, key):
            raise unknown(source.kind, key)
        if key in {"key", "period", "date"}:
            return self.between("day", self._days(clause))
        if key == "id":
            return self.within("id", clause.values)
        values = [found for value in clause.values for found in meant(self.ledger, source.kind, key, value)]
        if (own := dict(source.rows).get(key)) is not None:
            return self.within(own, values)
        if key in FACETS:
            return self._of_unit(key, values, source) if source.who and key in OF_UNIT else self._facet(source.kind, key, values)
        return self.field(source.kind, key, values)

    def field(self, kind: str, key: str, values: Sequence[str]) -> str:
        """Say that a field of a kind, or of the one part it holds, has one of some values."""
        from hazardctl.measures.records import columns

        if kind == "region":
            return self.within(key, values)
        name = COMPUTED.get((kind, key), column(key))
        plain = {one.name: one.reader for one in columns(BY_NAME[kind].model)}
        if name not in plain and name != COMPUTED.get((kind, key)):
            return self._facet(kind, key, values)
        asked = self.read(name, plain.get(name), values)
        return f"({asked} OR {self._facet(kind, ALSO[key], values)})" if key in ALSO else f"({asked})"

    def read(self, name: str, reader: Reader | None, values: Sequence[str]) -> str:
        """Say that a column holds one of some values, written as its type is written."""
        from hazardctl.measures.records import DAYS, SCALED, WHOLE

        if reader in DAYS:
            return self.between(name, [days for value in values for days in Names(self.ledger, self.question.as_of).days(value)])
        if reader is not None and reader in SCALED:
            return self.within(name, (_scaled(value, SCALED[reader]) for value in values))
        return self.within(name, map(_number, values) if reader in WHOLE else values)

    def _of_unit(self, key: str, values: Sequence[str], source: Source) -> str:
        """Ask the unit of the row, unless the record says its own region or sector."""
        if key == "unit":
            return self.within("who", values)
        held = f"g.field = '{key}' AND {self.within('g.value', values)}"
        of_unit = f"who IN (SELECT u.id FROM unit u JOIN unit_of g ON g.owner = u.key WHERE {held})"
        own = {"region": "region", "sector": "own_sector"}.get(key)
        return of_unit if own is None else f"({self._facet(source.kind, key, values)} AND ({own} <> '' OR {of_unit}))"

    def _days(self, clause: Clause) -> list[tuple[dt.date | None, dt.date | None]]:
        names = Names(self.ledger, self.question.as_of)
        if clause.key != "key":
            return [days for value in clause.values for days in names.days(value)]
        return [days for value in clause.values for days in key_days(names, value, self.question)]

    def within(self, name: str, values: Iterable[str | int]) -> str:
        """Say that a column holds one of some values."""
        return f"{name} IN ({', '.join(self.made.bind(value) for value in values)})"

    def _facet(self, kind: str, name: str, values: Iterable[str]) -> str:
        return f"key IN (SELECT owner FROM {kind}_of WHERE field = '{name}' AND {self.within('value', values)})"

    def between(self, name: str, ranges: Iterable[tuple[dt.date | None, dt.date | None]]) -> str:
        """Say that a column holds a day of one of some ranges."""
        parts = (
            " AND ".join(f"{name} {sign} {self.made.bind(day.toordinal())}" for sign, day in ((">=", days[0]), ("<=", days[1])) if day)
            for days in ranges
        )
        return " OR ".join(f"({part})" for part in parts) or "1 = 0"


def has(kind: str, key: str) -> bool:
    """Say whether a kind of record can be asked by a key."""
    if key in {"id", "region"}:
        return True
    if key == "ledger":
        return kind != "region"
    if kind == "region":
        return key in OF_REGIONS
    from hazardctl.measures.records import columns
    from hazardctl.model.shape import shapes

    own = shapes(BY_NAME[kind].model)
    flat = {one.name for one in columns(BY_NAME[kind].model)}
    about = "unit" in own or "units" in own or kind in {"unit", "target"}
    of_unit = {"unit": about or "party" in own, "unit_type": about, "sector": about or "sector" in own}
    special = {"campaign": "campaign" in own or kind == "campaign", "item": kind == "resource", "org": "org" in own or "issuer" in own}
    dated = key in {"key", "period"} and kind != "unit" and bool(BY_NAME[kind].model.own_date)
    known = of_unit | special
    return known[key] if key in known else dated or key in own or column(key) in flat or (kind, key) in COMPUTED


def key_days(names: Names, value: str, question: Question) -> Sequence[tuple[dt.date, dt.date]]:
    """Give the days of a key period inside the period asked; `all` means every key period, each day once.

    Raises:
        UsageError: the configuration has no such key period.
    """
    if value[:4].isdigit():  # of a stated year
        return names.key_period(value)
    return names.within(value, question.start, question.c)


def meant(ledger: Ledger, kind: str, key: str, value: str) -> tuple[str, ...]:
    """Give the keys a value names in a field of a kind.

    Raises:
        UsageError: it names nothing that the vocabulary, the register or a record has.
    """
    try:
        return _meant(ledger, kind, key, value)
    except UsageError:
        if isinstance(ledger, Share):
            return (value,)  # it names something in another ledger of the pool, and nothing here
        raise


def _meant(ledger: Ledger, kind: str, key: str, value: str) -> tuple[str, ...]:
    match key:
        case "ledger":
            return (_word(ledger, kind, LEDGERS, "ledger", value),)
        case "region":
            return (_word(ledger, kind, "regions", "region", value),)
        case "sector":
            return (_word(ledger, kind, "sectors", "sector", value),)
        case "unit_type":
            return (_word(ledger, "unit", "unit_types", "types", value),)
        case "campaign":
            return campaign(ledger, value)
        case "unit" | "org":
            return unit(ledger, value)
        case _:
            pass
    fact = fact_of(kind, key)
    return (value,) if fact is None else meant_by(ledger, kind, key, fact, value)


def meant_by(ledger: Ledger, kind: str, key: str, fact: Fact, value: str, *, of_unit: bool = True) -> tuple[str, ...]:
    """Give the keys a value names in a field with a meaning: units, the ids of records, words of a vocabulary.

    Args:
        ledger: whose register, words and records are asked.
        kind: of the record.
        key: of the field.
        fact: what it means.
        value: as typed.
        of_unit: whether a value that names a unit is one; in a mapping it is the key that does.

    Raises:
        UsageError: it names nothing that the vocabulary or a record has.
    """
    if fact.words:
        return (_word(ledger, kind, fact.words, key, value),)
    if fact.ref == "unit":
        return unit(ledger, value) if of_unit else (value,)
    if fact.ref and value not in ledger.by_id:
        end = typed_by_hand(value)
        found = tuple(one for one in ledger.ids(fact.ref) if end and one.endswith(end))
        return found or (value,)
    return (value,)


def fact_of(kind: str, key: str) -> Fact | None:
    """Give what a field of a kind means, or a field of the one part it holds; None where there is none."""
    if kind not in BY_NAME:
        return None
    from hazardctl.measures.records import columns
    from hazardctl.model.fact import facts
    from hazardctl.model.shape import shapes

    model: type[Part] = BY_NAME[kind].model
    trail = next((one.trail for one in columns(model) if one.name == column(key)), (key,))
    for step in trail[:-1]:
        model = shapes(model)[step].part or model
    return facts(model).get(trail[-1])


def campaign(ledger: Ledger, value: str) -> tuple[str, ...]:
    """Give the id of the campaign a text names: id, short name or name; in a pool that of each ledger; else the text."""
    if value in ledger.campaigns:
        return (value,)
    named = [key for key, one in ledger.campaigns.items() if value in {one.alias, one.name} or folded(value) == folded(one.alias)]
    return tuple(named) if len(named) == 1 or (named and isinstance(ledger, Pool)) else (value,)


def unit(ledger: Ledger, value: str) -> tuple[str, ...]:
    """Give the units a text names: by key, name or alias, else by a part of one name only; else the text itself."""
    if keys := ledger.unit_keys(value):
        return (*keys, value)
    held = [key for key, one in ledger.units.items() if any(folded(value) in folded(name) for name in (one.name, *one.aliases))]
    return (held[0],) if len(held) == 1 else (value,)


def _word(ledger: Ledger, kind: str, vocabulary: str, key: str, value: str) -> str:
    words = ledger.words.get(vocabulary, {})
    found = value if value in words else find(words, value)
    if found is not None:
        return found
    if any(_says(entry.record, key, value) for entry in ledger.of(kind)):
        return value  # a word outside the vocabulary is a finding of the record, and still counted
    return refuse(value, [spelling for term in words.values() for spelling in term.spellings()])


def _says(record: Record, key: str, value: str) -> bool:
    from hazardctl.measures.records import attribute

    said: object = getattr(record, attribute(type(record), key), "")
    return value in said if isinstance(said, tuple) else said == value


def _scaled(value: str, scale: int) -> int:
    try:
        return int(Decimal(value) * scale)
    except InvalidOperation:
        raise UsageError(Text("“{it}”不是数", '"{it}" is no number').of(it=value)) from None


def _number(value: str) -> int:
    number = YES.get(folded(value))
    if number is not None:
        return number
    if not value.isdecimal():
        raise UsageError(Text("“{it}”不是数，也不是 true 或 false", '"{it}" is neither a number nor true or false').of(it=value))
    return int(value)


def unknown(kind: str, key: str) -> UsageError:
    """Give the error of a key that a kind of record cannot be asked by."""
    from hazardctl.model.shape import shapes

    label = KIND_NAMES[kind].label if kind in KIND_NAMES else Text("地域", "region")
    known = sorted({*FACETS, *(shapes(BY_NAME[kind].model) if kind in BY_NAME else OF_REGIONS)})
    return UsageError(
        Text("{kind}没有“{it}”这一项", '{kind}: there is no "{it}" to ask by').of(kind=label, it=key),
        Text("可以用：{keys}", "there are: {keys}").of(keys=[one for one in known if has(kind, one)]),
    )
