"""Values of a class made without pydantic, where nothing about them is odd: the very values pydantic would make, or none.

It reads with the same functions (`hazardctl.model.fields`) and takes the classes' own word for what they hold; what is missed,
unknown, too much or wrongly written it leaves to pydantic, which says what is wrong. A property test holds the two together
(docs/adr/0014).
"""

from __future__ import annotations

import functools
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from hazardctl.model import fields
from hazardctl.model.fields import Part
from hazardctl.model.raw import Raw
from hazardctl.model.shape import shape_of

Reads: TypeAlias = Callable[[Raw], object]
"""Gives the value of a field; raises OddError or PydanticCustomError."""

_LENGTH: Final = len("2024-03-12")
_put: Final = object.__setattr__


class OddError(Exception):
    """Something pydantic must look at."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is known of a class before any value of it is made.

    Attributes:
        defaults: attribute → value where nothing is said, in the order of declaration; None where there must be something.
        reads: name in files → attribute, and what reads it.
        lists: name in files → the class of the parts that a list there holds.
        required: the attributes without a default.
    """

    defaults: Mapping[str, object]
    reads: Mapping[str, tuple[str, Reads]]
    lists: Mapping[str, type[Part]]
    required: frozenset[str]


@functools.cache
def form(model: type[Part]) -> Form:
    """Give the form of a class."""
    required = frozenset(name for name, info in model.model_fields.items() if info.is_required())
    reads = {info.alias or name: (name, _reads(info)) for name, info in model.model_fields.items() if name != "history"}
    defaults = {name: None if info.is_required() else info.get_default() for name, info in model.model_fields.items()}
    shaped = {info.alias or name: shape_of(info) for name, info in model.model_fields.items()}
    lists = {name: one.part for name, one in shaped.items() if name in reads and one.many and one.part is not None and _closed(one.part)}
    return Form(defaults, reads, lists, required)


def filled(model: type[Part], values: Mapping[str, object]) -> Part:
    """Give a value of a class from its attributes, already read; those not named are at their defaults.

    Raises:
        OddError: one that has no default is not named.
    """
    known = form(model)
    if not known.required <= values.keys():
        raise OddError
    one = model.__new__(model)
    _put(one, "__dict__", {**known.defaults, **values})  # as a value comes out of a pickle: nothing is validated a second time
    _put(one, "__pydantic_fields_set__", set(values))
    _put(one, "__pydantic_extra__", None)
    _put(one, "__pydantic_private__", None)
    return one


def made(model: type[Part], said: Raw) -> Part:
    """Make a value of a class from what a file says.

    Raises:
        OddError: pydantic must look at it.
        PydanticCustomError: likewise.
    """
    if not isinstance(said, dict):
        raise OddError
    values: dict[str, object] = {}
    reads = form(model).reads
    for name, raw in said.items():
        if name not in reads:
            raise OddError
        attribute, read = reads[name]
        values[attribute] = read(raw)
    return filled(model, values)


def _reads(info: Any) -> Reads:  # noqa: ANN401 (pydantic's FieldInfo)
    shape = shape_of(info)
    if shape.part is not None and not _closed(shape.part):
        return _odd
    if shape.part is not None:
        return functools.partial(_parts if shape.many else made, shape.part)
    if shape.reader is fields.as_day:
        return _day
    if shape.reader is fields.as_moment:
        return _odd
    if shape.reader is not None:
        return shape.reader
    return functools.partial(_one_of, frozenset(typing.get_args(info.annotation)))


def _closed(part: type[Part]) -> bool:
    """Say whether a class takes the fields it names and no others."""
    return part.model_config.get("extra") == "forbid"


def _parts(part: type[Part], said: Raw) -> tuple[Part, ...]:
    if not isinstance(said, list):
        raise OddError
    return tuple(made(part, one) for one in said)


def _day(said: Raw) -> object:
    """Read a day; a time of day, which is longer, needs the zone of the ledger."""
    if not isinstance(said, str) or len(said) != _LENGTH:
        raise OddError
    return fields.as_day(said, cast("ValidationInfo", None))


def _odd(_: Raw) -> object:
    raise OddError


def _one_of(words: frozenset[str], said: Raw) -> object:
    if not isinstance(said, str) or said not in words:
        raise OddError
    return said


ODD: Final = (OddError, PydanticCustomError)
"""What is raised by all of these."""
