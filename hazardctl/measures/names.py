"""What the words of a filter name in this ledger: units, regions, campaigns, people, words of a vocabulary, days.

A value that names nothing is refused with what may have been meant: an empty table for a slip of the pen would read as "none".
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NoReturn

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger, folded
from hazardctl.measures.dimensions import Dimension
from hazardctl.model.ids import typed_by_hand
from hazardctl.period import KeyPeriod, OpenRange, Reading, key_period, open_ranges, read, within
from hazardctl.pool import shares_of
from hazardctl.vocabulary import find, nearest

ALL: Final = "all"
PEOPLE: Final = frozenset({"person", "found_by"})


class Names:
    """The names of one ledger, as read on one day."""

    def __init__(self, ledger: Ledger, as_of: dt.date) -> None:
        """Take the ledger, and the day that words such as `本月` are read on."""
        self._ledger = ledger
        self._as_of = as_of

    def of(self, one: Dimension, value: str) -> tuple[str, ...]:
        """Give the keys a value names in a dimension; a free text names itself.

        Raises:
            UsageError: it names nothing, or several things.
        """
        return self._here(value, functools.partial(self._of, one))

    def _here(self, value: str, found: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
        """Give what a value names here; in one ledger of a pool what names nothing may name something in another."""
        try:
            return found(value)
        except UsageError:
            from hazardctl.pool import Share  # not on the road of a value that names something

            if isinstance(self._ledger, Share):
                return (value,)
            raise

    def _of(self, one: Dimension, value: str) -> tuple[str, ...]:
        match one.words:
            case "units":
                return self._units(value)
            case "campaigns":
                return self._campaigns(value)
            case "":
                return (self._ledger.config.named(value),) if one.name in PEOPLE else (value,)
            case _:
                return (self._term(one, value),)

    def ids(self, value: str) -> tuple[str, ...]:
        """Give the ids a value means: the id, or all that end so.

        Raises:
            UsageError: no hazard has such an id.
        """
        return self._here(value, self._ids)

    def _ids(self, value: str) -> tuple[str, ...]:
        end = typed_by_hand(value)
        known = self._ledger.hazard_ids
        found = tuple(one for one in known if one == value) or tuple(one for one in known if one.endswith(end))
        return found or refuse(value, known)

    def days(self, value: str) -> tuple[OpenRange, ...]:
        """Give the ranges of days that a date clause says."""
        return open_ranges(value, self.reading())

    def key_period(self, value: str) -> Sequence[tuple[dt.date, dt.date]]:
        """Give the days of a key period, of every year for a bare key: a record is in it by its date (DOMAIN §5.1)."""
        bare = [one for one in self.key_periods() if value in {ALL, one.id, one.label.zh}]
        if not bare:
            return read(f"key:{value}", self.reading()).ranges
        found = self._ledger.found
        return within(bare, *found) if found else ()

    def within(self, value: str, first: dt.date, last: dt.date) -> Sequence[tuple[dt.date, dt.date]]:
        """Give the days of a key period between two days.

        Raises:
            UsageError: the configuration has no such key period.
        """
        bare = [one for one in self.key_periods() if value in {ALL, one.id, one.label.zh}]
        return within(bare, first, last) if bare else refuse(value, [one.id for one in self.key_periods()])

    def reading(self) -> Reading:
        """Give what period words are read against."""
        return Reading(
            self._as_of,
            self._ledger.config.fiscal_year_start,
            self._ledger.campaigns.values(),
            self.key_periods(),
            self._ledger.first_found,
        )

    def key_periods(self) -> tuple[KeyPeriod, ...]:
        """Give the key periods of the configuration."""
        return tuple(
            key_period(one.id, Text(one.zh or one.id, one.en or one.zh or one.id), one.ranges, one.every)
            for one in self._ledger.config.key_periods
        )

    def _units(self, value: str) -> tuple[str, ...]:
        """Give the units of a key, name or alias; else a text that records use; else the only one whose name holds the text."""
        if keys := self._ledger.unit_keys(value):
            return (*keys, value)  # a record that writes a name two units share stays under that name
        written = self._written_units()
        if value in written:
            return (value,)
        names = {key: (unit.name, *unit.aliases) for key, unit in self._ledger.units.items()} | {text: (text,) for text in written}
        held = sorted(key for key, spellings in names.items() if any(folded(value) in folded(name) for name in spellings))
        if len(held) > 1:
            raise UsageError(
                Text("“{it}”可以指多个单位", '"{it}" may mean several units').of(it=value),
                Text("请写明其中一个：{found}", "write one of: {found}").of(found=[self._ledger.unit_name(key) for key in held]),
            )
        return tuple(held) or refuse(value, [name for spellings in names.values() for name in spellings])

    def _written_units(self) -> frozenset[str]:
        """Give the units that records name and the register does not have."""
        said = self._said("hazard", "unit") | self._said("hazard", "found_by_org") | self._said("span", "owner")
        return frozenset(text for text in said if text and not self._ledger.unit_keys(text))

    def _said(self, relation: str, column: str) -> set[str]:
        """Give what stands in a column of a relation of hazards; nobody reads a hundred thousand files for a slip of the pen."""
        shelf = self._ledger.shelf
        if shelf is not None:
            return {str(text) for (text,) in shelf.base.rows(f"SELECT DISTINCT {column} FROM {relation}", {}) if text}
        from hazardctl.measures.relations import SCHEMA, hazards, spans

        rows = {"hazard": hazards, "span": spans}[relation]
        place = [part.split()[0] for part in SCHEMA[relation].split(", ")].index(column)
        return {str(row[place]) for entry in self._ledger.hazards for row in rows(self._ledger, 0, entry) if row[place]}

    def _campaigns(self, value: str) -> tuple[str, ...]:
        """Give the campaign of an id, a name or an alias; in a pool each ledger may keep it under an id of its own."""
        from hazardctl.measures.relations import SEPARATOR

        campaigns = self._ledger.campaigns
        if value in campaigns or any(value in said.split(SEPARATOR) for said in self._said("hazard", "campaigns")):
            return (value,)
        named = [key for key, one in campaigns.items() if value in {one.alias, one.name}]
        found = named or [key for key in campaigns if len(value) >= 3 and key.endswith(typed_by_hand(value))]
        if len(found) == 1 or (named and shares_of(self._ledger)):
            return tuple(found)
        return refuse(value, [one.alias or one.name or key for key, one in campaigns.items()])

    def _term(self, one: Dimension, value: str) -> str:
        words = self._ledger.words.get(one.words, {})
        found = value if value in words else find(words, value)
        if found is not None:
            return found
        if (column := _column(one)) and value in self._said("hazard", column):
            return value  # a word outside the vocabulary is a finding of the record, and still a line of its table
        return refuse(value, [spelling for term in words.values() for spelling in term.spellings()])


def _column(one: Dimension) -> str:
    """Give the column in which a hazard says a word itself; empty where none does."""
    from hazardctl.measures.relations import FACTS

    return "registered_grade" if one.column == "grade" else one.column if one.column in FACTS else ""


def refuse(value: str, known: Iterable[str]) -> NoReturn:
    """Refuse a value that names nothing in this ledger.

    Raises:
        UsageError: always; the nearest names there are stand below.
    """
    near = nearest(known, value)
    hints = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    raise UsageError(Text("台账里没有“{it}”", 'this ledger has no "{it}"').of(it=value), *hints)
