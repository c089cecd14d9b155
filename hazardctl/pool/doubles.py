"""One hazard that stands in the ledgers of two levels (`same_as`): it is counted once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.pool.names import MARK, ledger_of, own_name
from hazardctl.vocabulary import BUILT_IN

if TYPE_CHECKING:
    from hazardctl.model.hazard import Hazard
    from hazardctl.model.record import Record


@dataclass(frozen=True, slots=True)
class Double:
    """One hazard that stands in several ledgers (`same_as`): the entry that counts, and the others."""

    counts: Entry[Hazard]
    others: tuple[Entry[Hazard], ...]


def doubles(said: Rollup, known: Mapping[str, Ledger]) -> tuple[list[list[str]], dict[str, str]]:
    """Give groups of names that are one hazard, the one that counts first, and for each of the others the one that does.

    The record nearest the ground counts: there the hazard was found and put right, and its place is right. A record that was
    withdrawn counts only where all of them were.
    """
    links = list(_links(known))
    groups: dict[str, set[str]] = {}
    for one, other in links:
        whole = groups.get(one, {one}) | groups.get(other, {other})
        groups |= dict.fromkeys(whole, whole)
    levels = {one.key: _depth(one, known) for one in said.ledgers}

    def order(name: str) -> tuple[bool, int, str]:
        record = known[ledger_of(name)].by_id[own_name(name)].record
        gone = any(act.do == "withdraw" for act in record.history)
        return gone, -levels[ledger_of(name)], name

    found = sorted({tuple(sorted(group, key=order)) for group in groups.values()})
    return [list(group) for group in found], {name: group[0] for group in found for name in group[1:]}


def _depth(said: Reporter, known: Mapping[str, Ledger]) -> int:
    level = said.level or (known[said.key].config.organisation.level if said.key in known else "")
    order = list(BUILT_IN["levels"])
    return order.index(level) if level in order else -1


def _links(known: Mapping[str, Ledger]) -> Iterator[tuple[str, str]]:
    """Give each pair of names that a record says are one hazard, where both records are there and in different ledgers."""
    holders: dict[str, list[str]] = defaultdict(list)
    saying = [(key, entry.record) for key, ledger in known.items() for entry in ledger.hazards if entry.record.same_as]
    if any(MARK not in text for _, record in saying for text in record.same_as):
        for key, ledger in known.items():
            for name in ledger.hazard_ids:
                holders[name].append(key)
    for key, record in saying:
        for text in record.same_as:
            for other in [ledger_of(text)] if MARK in text else holders[text]:
                if other != key and other in known and _has(known[other], own_name(text)):
                    yield f"{key}{MARK}{record.id}", f"{other}{MARK}{own_name(text)}"


def _has(ledger: Ledger, name: str) -> bool:
    return name in ledger.by_id and ledger.by_id[name].kind.name == "hazard"


def double(names: Sequence[str], known: Mapping[str, Ledger], entries: Mapping[str, Entry[Record]]) -> Double:
    """Give a group of names as the entry that counts and the others."""
    counts = cast("Entry[Hazard]", entries[names[0]])
    return Double(counts, tuple(outside(name, known) for name in names[1:]))


def outside(name: str, known: Mapping[str, Ledger]) -> Entry[Hazard]:
    """Give a hazard that counts in another ledger, under its name in the pool."""
    entry = cast("Entry[Hazard]", known[ledger_of(name)].by_id[own_name(name)])
    return replace(entry, record=entry.record.model_copy(update={"id": name}), path=f"{ledger_of(name)}{MARK}{entry.path}")
