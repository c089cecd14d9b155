"""Which errors of `validate` a change would bring to one record that it does not have now (EXPERIENCE §2.3 `correct`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import cast

from hazardctl.diagnostics import Finding, Severity, Trail
from hazardctl.language import spoken
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.record import Record
from hazardctl.rules.engine import check_record

LIFE_CYCLE = frozenset({"HZ2", "HZ3"})
"""Families of rules that one record answers alone: its life cycle and its days."""


def brought(
    before: Entry[Record], after: Entry[Record], neighbours: Ledger, today: dt.date, *, families: Collection[str] = ()
) -> tuple[Finding, ...]:
    """Give the errors a record would have after a change and does not have before it.

    Args:
        before: the record as it stands.
        after: as it would be.
        neighbours: what the rules look up: configuration, units, the records it names.
        today: the day it is judged on.
        families: the first three characters of the codes that count; all when empty.
    """
    old = _errors(before, neighbours, today)
    new = _errors(after, neighbours, today)
    return tuple(
        finding
        for key, finding in new.items()
        if key not in old and (not families or finding.code[:3] in families) and not any(_smaller(finding, other) for other in old.values())
    )


def _smaller(new: Finding, old: Finding) -> bool:
    """Say whether a finding on the facts lacks no more than another did: a plan that is written item by item gets better."""
    if new.code != old.code or new.message.en != old.message.en or new.trail[:1] == ("history",):
        return False
    return all(_parts(value) <= _parts(old.message.values.get(name)) for name, value in new.message.values.items())


def _parts(value: object) -> set[str]:
    return {spoken(part, "en") for part in cast("list[object]", value)} if isinstance(value, list) else {spoken(value, "en")}


def _errors(entry: Entry[Record], neighbours: Ledger, today: dt.date) -> dict[tuple[str, Trail, str], Finding]:
    others = tuple(one for one in neighbours.entries if one.path != entry.path)
    ledger = Ledger(neighbours.config, (*others, entry), neighbours.unread)
    found = (verdict.finding for verdict in check_record(entry, ledger, today) if verdict.severity is Severity.ERROR)
    return {(finding.code, finding.trail, finding.message.en): finding for finding in found}
