"""Open hazards of one unit that read like a new one (EXPERIENCE §5.1: bigram Dice; §6, trap 15)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from hazardctl.history import Span, replay
from hazardctl.ledger import Entry
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.index import glance
from hazardctl.store.layout import files_of
from hazardctl.store.load import load, load_one
from hazardctl.vocabulary import OPEN_STATES

ENOUGH: Final = 0.6
_STATES: Final = ", ".join(repr(state) for state in sorted(OPEN_STATES))
_OPEN: Final = f"EXISTS (SELECT 1 FROM span WHERE hazard = file.key AND start <= ? AND stop > ? AND +state IN ({_STATES}))"  # noqa: S608 (words of ours)
"""How an index says that a hazard is open on a day; `+` keeps SQLite from looking through all that are open."""
_DIGITS: Final = re.compile(r"\d+")
_SKIPPED: Final = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Like:
    """An open hazard of the same unit, how it stands today, and how alike the descriptions are, 0 to 1."""

    hazard: Hazard
    span: Span
    likeness: float

    @property
    def percent(self) -> int:
        """Give the likeness in whole percent, rounded down: 100 only for equal texts."""
        return int(self.likeness * 100)


def likeness(one: str, other: str) -> float:
    """Compare two texts by the pairs of letters they share; 0 where their numbers differ.

    Examples:
        >>> likeness("3号车间灭火器过期", "4号车间灭火器过期"), likeness("通道堵塞", "通道堵塞。")
        (0.0, 1.0)
    """
    first, second = (_SKIPPED.sub("", unicodedata.normalize("NFKC", text).casefold()) for text in (one, other))
    if _DIGITS.findall(first) != _DIGITS.findall(second):
        return 0.0
    if first == second:
        return 1.0
    pairs, others = _pairs(first), _pairs(second)
    total = pairs.total() + others.total()
    return 2 * (pairs & others).total() / total if total else 0.0


def _pairs(text: str) -> Counter[str]:
    return Counter(text[index : index + 2] for index in range(len(text) - 1))


def similar(context: Context, config: Config, unit: str, description: str) -> list[Like]:
    """Give the open hazards of a unit whose description is at least 60 percent alike, the most alike first."""
    found: list[Like] = []
    for hazard in _of_unit(context, config, unit):
        degree = likeness(hazard.description, description)
        span = replay(hazard).on(context.today) if degree >= ENOUGH else None
        if span is not None and span.open:
            found.append(Like(hazard, span, degree))
    return sorted(found, key=lambda one: (-one.likeness, one.hazard.id))


def _of_unit(context: Context, config: Config, unit: str) -> Iterator[Hazard]:
    """Give the hazards of a unit: an index says where they may be, else only files that hold its key are read as records."""
    for path in _places(context, unit):
        entry = load_one(context.root, config, path)
        if isinstance(entry, Entry) and cast("Hazard", entry.record).unit == unit:
            yield cast("Hazard", entry.record)


def _places(context: Context, unit: str) -> Iterable[str]:
    day = context.today.toordinal()
    if context.index and (known := glance.hazards_naming(context.root, unit, _OPEN, day, day)) is not None:
        return known
    keeps = keeper(context)
    shelf = load(context.root, keeper=keeps).shelf if keeps else None
    return (one.path for one in shelf.naming("hazard", unit)) if shelf is not None else _holding(context.root, unit.encode())


def _holding(root: Path, wanted: bytes) -> Iterator[str]:
    for found in files_of(root, "hazard"):
        with suppress(RefusedError):
            if wanted in read_file(root / found.path, root):
                yield found.path
