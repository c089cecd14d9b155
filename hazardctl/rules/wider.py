"""Which scope is part of which: one with more conditions, or with a sector or region below (DOMAIN §4.7 E29)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.rules.case import Setting
from hazardctl.rules.stated import Scope
from hazardctl.vocabulary import Term

TREES: Final[Mapping[str, str]] = {"region": "regions", "sector": "sectors"}
"""Keys whose values have others above them, and their vocabulary."""
MOST_STEPS: Final = 20
MOST_KEYS: Final = 6


def wider(scope: Scope, setting: Setting) -> Iterator[Scope]:
    """Give the scopes a scope is part of and not the same as: keys left out, single values lifted up their tree."""
    if len(scope) > MOST_KEYS:
        return
    choices = [[None, *((key, (value,)) for value in _above(key, values, setting)), (key, values)] for key, values in scope]
    for picked in itertools.product(*choices):
        found = tuple(one for one in picked if one is not None)
        if found != scope:
            yield found


def _above(key: str, values: tuple[str, ...], setting: Setting) -> Iterator[str]:
    """Give what stands above one value, nearest first; a tree that goes round in a circle ends somewhere."""
    words: Mapping[str, Term] = setting.words(TREES[key]) if key in TREES else {}
    value = values[0] if len(values) == 1 else ""
    for _ in range(MOST_STEPS):
        value = words[value].parent if value in words else ""
        if not value:
            return
        yield value


def within(part: Scope, whole: Scope, setting: Setting) -> bool:
    """Say whether a scope is part of another: each of its conditions is met, by a narrower value at least."""
    said = dict(part)
    return part != whole and all(
        key in said and all(value in values or any(one in values for one in _above(key, (value,), setting)) for value in said[key])
        for key, values in whole
    )
