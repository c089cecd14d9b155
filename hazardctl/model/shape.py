"""What the values of a field look like: who reads them, what parts they hold, how a file writes them."""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import PlainValidator
from pydantic.fields import FieldInfo

from hazardctl.model.fields import Part, as_text, facts

Reader = Callable[..., object]


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a field's value.

    Attributes:
        reader: the function of `fields` that reads a value; None for parts and closed choices.
        part: the class of the parts it holds, or None.
        many: whether it holds a list of them.
    """

    reader: Reader | None
    part: type[Part] | None
    many: bool


@functools.cache
def shapes(model: type[Part]) -> Mapping[str, Shape]:
    """Give the shape of each field with a meaning, by its name in files, in the order of declaration; `history` has none."""
    known = facts(model)
    named = ((info.alias or name, info) for name, info in model.model_fields.items())
    return {name: shape_of(info) for name, info in named if name in known and name != "history"}


def shape_of(info: FieldInfo) -> Shape:
    """Give the shape of a field from what pydantic knows of it."""
    return _shape([*info.metadata, *_inside(info.annotation)], many=isinstance(info.default, tuple))


def _shape(marks: list[object], *, many: bool) -> Shape:
    reader = next((mark.func for mark in marks if isinstance(mark, PlainValidator)), None) or (as_text if str in marks else None)
    part = next((mark for mark in marks if isinstance(mark, type) and issubclass(mark, Part)), None)
    return Shape(typing.cast("Reader | None", reader), part, many)


def _inside(annotation: Any) -> Iterator[object]:  # noqa: ANN401 (whatever stands after a colon)
    """Give the readers and the classes of parts in an annotation, and `str` where one stands, outermost first."""
    if isinstance(annotation, type) and issubclass(annotation, Part | str):
        yield annotation
    yield from typing.cast("tuple[object, ...]", getattr(typing.cast("object", annotation), "__metadata__", ()))
    for argument in typing.get_args(annotation):
        yield from _inside(argument)


def held_by(model: type[Part], name: str) -> tuple[type[Part] | None, str]:
    """Give the class that holds a dotted field, and the last part of its name; None where no class says what stands there."""
    holder: type[Part] | None = model
    *inner, last = name.split(".")
    for step in inner:
        holder = shapes(holder)[step].part if holder is not None and step in shapes(holder) else None
    return (holder, last) if holder is not None and last in shapes(holder) else (None, last)
