"""The parts of a record that carry facts, and the names of other records in them: every walk over a record is one of these."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from hazardctl.diagnostics import Trail
from hazardctl.model.fields import Fact, Part, facts
from hazardctl.model.record import Record
from hazardctl.model.shape import shapes


class Holder(NamedTuple):
    """A value with facts, and the trail to it."""

    trail: Trail
    value: Part


class Field(NamedTuple):
    """A fact of a class: its name in Python, its name in files, what it means, whether its value holds parts."""

    attribute: str
    name: str
    fact: Fact
    nested: bool


@functools.cache
def fields(model: type[Part]) -> tuple[Field, ...]:
    """Give the facts of a class."""
    known = facts(model)
    found = ((name, info.alias or name, info.annotation) for name, info in model.model_fields.items())
    return tuple(Field(attribute, name, known[name], _holds_parts(annotation)) for attribute, name, annotation in found if name in known)


@functools.cache
def _nested(model: type[Part]) -> tuple[Field, ...]:
    return tuple(field for field in fields(model) if field.nested and field.name != "history")


def _holds_parts(annotation: Any) -> bool:  # noqa: ANN401 (whatever stands after a colon)
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return True
    return any(_holds_parts(argument) for argument in typing.get_args(annotation))


def parts(record: Record) -> Iterator[Holder]:
    """Give the record and, in the order of its fields, every part of it but the events."""
    return _within(record, (), _nested)


def _within(value: Part, trail: Trail, into: Callable[[type[Part]], tuple[Field, ...]]) -> Iterator[Holder]:
    yield Holder(trail, value)
    for field in into(type(value)):
        held = getattr(value, field.attribute)
        if isinstance(held, Part):
            yield from _within(held, (*trail, field.name), into)
        elif held:
            for position, one in enumerate(held):
                yield from _within(one, (*trail, field.name, position), into)


class Link(NamedTuple):
    """A name of another record.

    Attributes:
        trail: where it stands.
        text: what is written.
        kind: of the record it means.
        field: name of the field it stands in.
    """

    trail: Trail
    text: str
    kind: str
    field: str


@functools.cache
def _linking(model: type[Part]) -> tuple[Field, ...]:
    return tuple(field for field in fields(model) if field.fact.ref)


@functools.cache
def names_others(model: type[Part]) -> bool:
    """Say whether a value of a class, or a part inside it, may name another record."""
    inner = (shape.part for shape in shapes(model).values() if shape.part is not None)
    return bool(_linking(model)) or any(map(names_others, inner))


@functools.cache
def _leading(model: type[Part]) -> tuple[Field, ...]:
    """Give the fields with parts in which another record may be named."""
    inner = {name: shape.part for name, shape in shapes(model).items()}
    return tuple(field for field in _nested(model) if (part := inner[field.name]) is not None and names_others(part))


def naming(record: Record) -> Iterator[Holder]:
    """Give the record and, in the order of its fields, every part of it but the events in which another record may be named."""
    return _within(record, (), _leading)


def named(value: Part) -> list[tuple[Field, str]]:
    """Give each name of another record that stands directly in a part, and the field it stands in."""
    found: list[tuple[Field, str]] = []
    for attribute, field in _naming(type(value)):
        held = getattr(value, attribute)
        if not held:
            continue
        if isinstance(held, str):
            found.append((field, held))
        elif isinstance(held, tuple | Mapping):
            found += [(field, text) for text in cast("tuple[str, ...] | Mapping[str, str]", held)]
    return found


@functools.cache
def _naming(model: type[Part]) -> tuple[tuple[str, Field], ...]:
    return tuple((field.attribute, field) for field in _linking(model))


def links(holder: Holder) -> Iterator[Link]:
    """Give the names of other records that stand directly in a part."""
    return links_in(holder.trail, holder.value, _linking(type(holder.value)))


def links_in(trail: Trail, part: Part, linking: tuple[Field, ...]) -> Iterator[Link]:
    """Give the names of other records that stand in some fields of a part."""
    for field in linking:
        held = getattr(part, field.attribute)
        if isinstance(held, str):
            if held:
                yield Link((*trail, field.name), held, field.fact.ref, field.name)
        elif isinstance(held, tuple):
            for position, text in enumerate(cast("tuple[str, ...]", held)):
                yield Link((*trail, field.name, position), text, field.fact.ref, field.name)
        elif isinstance(held, Mapping):
            for text in cast("Mapping[str, str]", held):
                yield Link((*trail, field.name, text), text, field.fact.ref, field.name)
