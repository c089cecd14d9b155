"""The ledgers of a call: what was said of each, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.store.places import Lying


@dataclass(frozen=True, slots=True)
class Located:
    """A ledger of a roll-up: what was said of it, and where it lies, or why it was not found."""

    said: Reporter
    place: Lying | None = None
    config: Config | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """The ledgers of a call, and where their places are told from.

    Attributes:
        rollup: what was said of them.
        found: sorted by key.
        file: the roll-up; None where the ledgers were named in the call.
        base: the folder that their places begin at.
        order: the place of each in the file or the call, by key.
    """

    rollup: Rollup
    found: tuple[Located, ...]
    file: Path | None
    base: Path
    order: Mapping[str, int]
