"""What a rule looks at in a record: its parts, the names of other records, and what people wrote in their own words.

A class has many fields and a record says few of them, so every walk goes over what is said. Which that are, sorted by what rules
look for, is made once for all parts that say the same (`Said`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, cast

from hazardctl.diagnostics import Trail
from hazardctl.model.events import amended
from hazardctl.model.fields import Part
from hazardctl.model.parts import Field, Link, fields, links_in
from hazardctl.model.record import Record

__all__ = ["Field", "Holder", "Link", "Said", "fields", "holder", "links", "named", "parts", "texts"]

MACHINE: Final = frozenset({"id", "schema", "sha256", "fingerprint", "credit_code", "path", "url", "date"})
NOBODY_CHOSE: Final = frozenset({"", "regions"})
SHAPES: Final = 1 << 14
"""Sets of fields that are remembered."""


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """The fields that a part of a record says, in the order of its class; all that say the same share one.

    Attributes:
        names: of all of them, as files write them.
        inner: those that hold parts, but the history.
        linking: those that name other records.
        coded: those of a vocabulary; regions have a rule of their own (HZ112).
        worded: those people fill in their own words: neither a key, nor of a vocabulary, nor made by a machine.
    """

    names: frozenset[str]
    inner: tuple[Field, ...]
    linking: tuple[Field, ...]
    coded: tuple[Field, ...]
    worded: tuple[Field, ...]


@functools.lru_cache(SHAPES)
def _said(model: type[Part], attributes: frozenset[str]) -> Said:
    there = [field for field in fields(model) if field.attribute in attributes]
    return Said(
        frozenset(info.alias or name for name, info in model.model_fields.items() if name in attributes),
        tuple(one for one in there if one.nested and one.name != "history"),
        tuple(one for one in there if one.fact.ref),
        tuple(one for one in there if one.fact.words not in NOBODY_CHOSE),
        tuple(one for one in there if not (one.nested or one.fact.ref or one.fact.words or one.name in MACHINE)),
    )


class Holder(NamedTuple):
    """A value with facts, the trail to it, and which of them it says."""

    trail: Trail
    value: Part
    said: Said


def holder(trail: Trail, value: Part) -> Holder:
    """Look at one part; a field that it does not say is at its default, of which no rule has anything to say."""
    return Holder(trail, value, _said(type(value), frozenset(value.__pydantic_fields_set__)))


def parts(record: Record) -> list[Holder]:
    """Give the record and, in the order of its fields, every part of it but the events."""
    found: list[Holder] = []
    _within(holder((), record), found)
    return found


def _within(one: Holder, found: list[Holder]) -> None:
    found.append(one)
    for field in one.said.inner:
        held = getattr(one.value, field.attribute)
        if isinstance(held, Part):
            _within(holder((*one.trail, field.name), held), found)
        elif held:
            for position, part in enumerate(held):
                _within(holder((*one.trail, field.name, position), part), found)


def links(one: Holder) -> Iterator[Link]:
    """Give the names of other records that stand directly in a part."""
    return links_in(one.trail, one.value, one.said.linking)


def named(record: Record) -> frozenset[str]:
    """Give the names of other records that a record says: by no other name does a rule about it alone ask for any."""
    holders = [*parts(record), *(holder((), act) for act in amended(record.history)[0])]
    return frozenset(link.text for one in holders if one.said.linking for link in links(one))


def texts(one: Holder) -> Iterator[tuple[Trail, str]]:
    """Give what people wrote in their own words directly in a part."""
    for field in one.said.worded:
        held = getattr(one.value, field.attribute)
        if isinstance(held, str):
            if held:
                yield (*one.trail, field.name), held
        elif isinstance(held, tuple):
            named = enumerate(cast("tuple[object, ...]", held))
            yield from (((*one.trail, field.name, position), text) for position, text in named if isinstance(text, str))
