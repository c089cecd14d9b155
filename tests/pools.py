"""Pools of small ledgers for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hazardctl.ledger import Ledger
from hazardctl.model.raw import Tree
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.pool import Pool, pooled
from tests import strategies

NAMES = ("liulin", "qingshan", "shiqiao", "tangkou")


def together(ledgers: Mapping[str, Ledger], **said: object) -> Pool:
    """Pool ledgers under their keys, in the order given."""
    reporters = tuple(Reporter(key=key, name=f"{key}镇", source=key) for key in ledgers)
    return pooled(Rollup(ledgers=reporters, **said), ledgers)  # type: ignore[arg-type]


def dealt(trees: Sequence[Tree], places: Sequence[int]) -> dict[str, Ledger]:
    """Deal hazards out to ledgers: the n-th goes where the n-th number says."""
    keys = sorted(set(places))
    found = {NAMES[key]: [tree for tree, place in zip(trees, places, strict=False) if place == key] for key in keys}
    return {key: strategies.loaded(some) for key, some in found.items()}
