"""What an index keeps of a record: its rows in every relation that questions are asked of (DESIGN §6).

A row depends on the file of its record, on the configuration, and on the units the record names: nothing else. What the models
say is imported when a row is made; an index that is up to date is asked without them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures.relations import ROWS, SCHEMA, Row
from hazardctl.model.kinds import BY_NAME, Kind

if TYPE_CHECKING:
    from hazardctl.model.record import Record

Rows: TypeAlias = Callable[[Ledger, int, Entry[Any]], Iterator[Row]]

INDEXES: Final[Sequence[str]] = (
    "hazard (found, key)",
    "hazard (entry)",
    "hazard (repeat_key, found) WHERE repeat_key IS NOT NULL",
    "span (state, stop, start, counted, grade, due, claimed, passed, closed, removed)",  # tells alone what is open on a day
    "span (start, counted, state, grade, claimed, passed, closed, removed, was)",  # tells alone what came and went on a day
    "span (due, start, stop, cycle, state, removed)",  # tells alone whose deadline counts
    "event (act, on_day)",
    "facet (field, value, hazard)",
    *(f"{kind}_links (target, value, owner)" for kind in BY_NAME),
    *(f"{kind}_links (owner)" for kind in BY_NAME),  # by the owner the rows of a record are taken out again
    *(f"{kind}_maps (owner)" for kind in BY_NAME if kind != "hazard"),
)
"""What makes the statements of a large ledger quick."""


@functools.cache
def makers(kind: str) -> Mapping[str, Rows]:
    """Give relation → the rows that a record of a kind has in it."""
    from hazardctl.measures.records import EXTRA, OF_ALL

    if kind == "hazard":
        return {**ROWS, **_made([f"{kind}_links"])}
    names = [kind, *(f"{kind}_{end}" for end in OF_ALL), *_parts(BY_NAME[kind]), *(name for name, one in EXTRA.items() if one.kind == kind)]
    return _made(names)


def _made(names: Sequence[str]) -> Mapping[str, Rows]:
    from hazardctl.measures.records import relation

    return {name: one.rows for name in names if (one := relation(name)) is not None}


def _parts(kind: Kind) -> Iterator[str]:
    from hazardctl.model.shape import shapes

    return (f"{kind.name}_{name}" for name, shape in shapes(kind.model).items() if shape.part is not None and shape.many)


def tables() -> Mapping[str, str]:
    """Give every relation made of records: name → its columns as SQL declares them."""
    from hazardctl.measures.records import relation

    found: dict[str, str] = {}
    for kind in BY_NAME:
        for name in makers(kind):
            made = relation(name)
            found[name] = SCHEMA.get(name, made.columns if made else "")
    return found


def indexes() -> Sequence[str]:
    """Give what is to be indexed beside the keys: a relation and its columns."""
    return INDEXES


def relations_of(kind: str) -> Sequence[str]:
    """Name the relations in which records of a kind have rows; the first column of each is the key of the record."""
    return tuple(makers(kind))


def rows(ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[tuple[str, Iterator[Row]]]:
    """Give the rows of a record, relation by relation.

    Args:
        ledger: for its units and its configuration.
        key: by which the rows know the record.
        entry: as read.
    """
    return ((name, made(ledger, key, entry)) for name, made in makers(entry.kind.name).items())
