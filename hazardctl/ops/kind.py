"""Which kind of record a person means, by its name in either language."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.model.kinds import BY_FOLDER, BY_NAME, Kind
from hazardctl.vocabulary import KIND_NAMES, find


def parted(words: Sequence[str]) -> tuple[Kind, tuple[str, ...]]:
    """Part the name of a kind from the filters behind it: only the first word may be one; hazards without it.

    Examples:
        >>> parted(["检查", "date:2026H1"])[0].name, parted(["is:overdue"])[0].name
        ('inspection', 'hazard')
    """
    found = named(words[0]) if words else None
    return (found, tuple(words[1:])) if found else (BY_NAME["hazard"], tuple(words))


def named(word: str) -> Kind | None:
    """Find a kind by its name in either language, or by that of its folder; None for any other word."""
    key = find({name: KIND_NAMES[name] for name in BY_NAME}, word)
    return BY_NAME[key] if key else BY_FOLDER.get(word.strip().casefold().replace("-", "_"))
