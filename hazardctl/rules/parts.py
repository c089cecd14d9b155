"""What a rule looks at in a record: its parts, the names of other records, and what people wrote in their own words."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Final, cast

from hazardctl.diagnostics import Trail
from hazardctl.model.fields import Part
from hazardctl.model.parts import Field, Holder, Link, fields, links, names_others, parts

__all__ = ["Field", "Holder", "Link", "fields", "links", "names_others", "parts", "texts"]


@functools.cache
def _worded(model: type[Part]) -> tuple[Field, ...]:
    """Give the fields people fill in their own words: neither a key, nor of a vocabulary, nor made by a machine."""
    return tuple(field for field in fields(model) if not (field.nested or field.fact.ref or field.fact.words or field.name in MACHINE))


MACHINE: Final = frozenset({"id", "schema", "sha256", "fingerprint", "credit_code", "path", "url", "date"})


def texts(holder: Holder) -> Iterator[tuple[Trail, str]]:
    """Give what people wrote in their own words directly in a part."""
    for field in _worded(type(holder.value)):
        held = getattr(holder.value, field.attribute)
        if isinstance(held, str):
            if held:
                yield (*holder.trail, field.name), held
        elif isinstance(held, tuple):
            named = enumerate(cast("tuple[object, ...]", held))
            yield from (((*holder.trail, field.name, position), text) for position, text in named if isinstance(text, str))
