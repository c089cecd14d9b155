"""Which facts a record or a part of one lacks, conditions and alternatives considered (DOMAIN §2, column "required")."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.fields import Fact, Part, facts

Needed = tuple[tuple[str, str, Fact], ...]


def lacking(part: Part) -> Iterator[tuple[str, Text]]:
    """Give what is always needed, or needed in this case, and is neither there nor replaced: field names, and their labels.

    Nothing, the empty text and the empty list are absent; 0, false and the empty mapping are said.
    """
    for attribute, name, fact in needed(type(part)):
        held = getattr(part, attribute)
        if not held and _absent(held) and _asked(part, fact) and not any(_stands(getattr(part, other)) for other in fact.instead):
            yield _named(type(part), name, fact)


@functools.cache
def needed(model: type[Part]) -> Needed:
    """Give the facts of a class that may be required: attribute, name in files, meaning."""
    attributes = {info.alias or name: name for name, info in model.model_fields.items()}
    return tuple((attributes[name], name, fact) for name, fact in facts(model).items() if fact.need == "always")


def _absent(value: object) -> bool:
    return value is None or value in ("", ())


def _stands(value: object) -> bool:
    return not _absent(value) and value is not False


def _asked(part: Part, fact: Fact) -> bool:
    field, words = fact.condition
    return not field or getattr(part, field) in words


def _named(model: type[Part], name: str, fact: Fact) -> tuple[str, Text]:
    """Name the field with those that would do in its place."""
    known = facts(model)
    labels = [fact.label, *(known[other].label for other in fact.instead)]
    return " / ".join((name, *fact.instead)), Text(" / ".join(one.zh for one in labels), " / ".join(one.en for one in labels))
