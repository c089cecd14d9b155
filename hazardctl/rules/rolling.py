"""What a rule about a roll-up may look at: the ledgers as each is kept, and the pool that is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hazardctl.diagnostics import Finding, Trail
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.pool import MARK, Pool
from hazardctl.rules.registry import Fault, registry


@dataclass(frozen=True, slots=True)
class Rolling:
    """A roll-up that is judged.

    Attributes:
        pool: the ledgers as one, sorted by key.
        ledgers: those that could be read, by key, as each is kept.
        today: the day it is judged on.
        last: the last day up to today on which each records that something happened; None where it never does.
        order: the place of each ledger in the file, by key.
    """

    pool: Pool
    ledgers: Mapping[str, Ledger]
    today: dt.date
    last: Mapping[str, dt.date | None] = field(default_factory=dict[str, "dt.date | None"])
    order: Mapping[str, int] = field(default_factory=dict[str, int])

    @property
    def configs(self) -> Mapping[str, Config]:
        """Give the configuration of each ledger."""
        return {key: ledger.config for key, ledger in self.ledgers.items()}

    def name(self, key: str) -> Text:
        """Give the name of a ledger with its key."""
        name = self.pool.label("ledgers", key)
        return name if name.zh == key else Text("{name}（{key}）", "{name} ({key})").of(name=name, key=key)

    def at(self, key: str, part: str) -> Trail:
        """Give where the roll-up says something of a ledger."""
        return ("ledgers", self.order.get(key, 0), part)


class Where(NamedTuple):
    """A record of one of the ledgers: the key of the ledger and the path in it; both empty for the roll-up itself."""

    ledger: str = ""
    path: str = ""
    record: str = ""


HERE = Where()


def where(pooled_id: str, pooled_path: str) -> Where:
    """Give the place of a record by its name and path in the pool."""
    key, _, path = pooled_path.partition(MARK)
    return Where(key, path, pooled_id)


def check_rollup(rolling: Rolling) -> Iterator[tuple[Where, Finding]]:
    """Ask every rule about roll-ups; give each finding with the record it is about."""
    for rule in registry().values():
        if rule.scope == "rollup":
            pairs: list[tuple[Where, Fault]] = list(rule.check(rolling) or ())
            yield from ((place, rule.finding(fault)) for place, fault in pairs)
