"""A digest of what measures count, by family: a seal keeps it, so that a definition that changed since is noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.measures.catalogue import CATALOGUE, scoped
from hazardctl.measures.definition import Computed, Count, Rate, Spread, Sum, terms
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.views import VIEWS

LENGTH: Final = 8


def digests(measures: Iterable[str]) -> dict[str, str]:
    """Give family → digest of the definitions of its measures among those given; the words of a definition do not count.

    Args:
        measures: ids, with or without a scope in brackets.
    """
    families: dict[str, set[str]] = {}
    for text in measures:
        name, _ = scoped(text)
        families.setdefault(name.partition(".")[0], set()).add(name)
    return {family: _digest(sorted(names)) for family, names in sorted(families.items())}


def _digest(names: Iterable[str]) -> str:
    said = "\n".join(part for name in names for part in _said(name))
    return hashlib.blake2b(said.encode(), digest_size=LENGTH // 2).hexdigest()


def _said(name: str) -> Iterator[str]:
    """Say what a measure counts, down to the text of its view."""
    match CATALOGUE[name]:
        case Count(view=view, where=where, value=value, unit=unit):
            yield from (name, VIEWS[view].sql, where, value, unit)
        case Spread(view=view, where=where, value=value):
            yield from (name, VIEWS[view].sql, where, value)
        case Sum(view=view, where=where, value=value, also=also, unit=unit, known=known):
            yield from (name, SOURCES[view].sql, where, value, also, unit, known)
        case Rate(of=of, over=over):
            yield from (name, of, over)
            for side in (of, over):
                for _, part in terms(side):
                    yield from _said(part)
        case Computed():
            yield name
