"""Accidents with something unsettled, tips not checked, units that have not been let start again, campaigns without their four."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model.accident import Accident, LetOff
from hazardctl.model.campaign import Campaign
from hazardctl.model.document import Document
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.events import Rectified, amended
from hazardctl.model.fact import facts
from hazardctl.model.inspection import Inspection
from hazardctl.model.tip import Tip
from hazardctl.ops.queues.majors import STOP_KINDS
from hazardctl.ops.queues.seen import seen
from hazardctl.ops.standing import Row
from hazardctl.reports.agenda import Item

LISTED: Final = Text("{it}", "{it}")
HAVES: Final = {
    "scheme": Text("方案", "scheme"),
    "outings": Text("检查记录", "outings"),
    "hazards": Text("隐患台账", "hazards"),
    "measures": Text("整改措施", "measures"),
}
DEAD: Final = Text("{kind}，死亡 {n} 人", "{kind}, {n} dead")


def unsettled(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the production accidents of which one of the four no-let-offs has no day yet (M-55)."""
    for one in seen(ledger, "accident", Accident, day):
        open_ = [_label(name) for name in LetOff.model_fields if (on := getattr(one.closure, name, None)) is None or on > day]
        if one.production and open_:
            kind = ledger.label("accident_classes", one.severity)
            what = DEAD.of(kind=kind, n=one.deaths) if one.deaths else kind
            yield Item(one.id, one.unit, what, one.date, (day - one.date).days, LISTED.of(it=open_))


def _label(name: str) -> Text:
    fact = facts(LetOff)[name]
    return Text(fact.zh, fact.en)


def unchecked(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the tips that nobody has checked by a day (M-53)."""
    for one in seen(ledger, "tip", Tip, day):
        if (one.verified_on or dt.date.max) > day and (not one.result or one.verified_on):
            channel = ledger.label("channels", one.channel)
            yield Item(one.id, one.assigned_to or one.unit, plain(one.content), one.date, (day - one.date).days, channel)


def _accepted(ledger: Ledger, day: dt.date) -> Mapping[str, Sequence[dt.date]]:
    """Give the days on which the restart of each unit was accepted."""
    accepted: dict[str, list[dt.date]] = {}
    for outing in seen(ledger, "inspection", Inspection, day):
        if outing.kind == "restart" and outing.last <= day:
            for unit in outing.units:
                accepted.setdefault(ledger.unit_key(unit), []).append(outing.last)
    for paper in seen(ledger, "document", Document, day):
        if paper.kind == "acceptance":
            for unit in (paper.party, *paper.counterparts):
                accepted.setdefault(ledger.unit_key(unit), []).append(paper.date)
    return accepted


def not_let_start(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the units whose stop order was lifted without an acceptance (M-51).

    A stop order is a decision of a kind that stops or seals. What accepts the restart is an outing of kind `restart` to the
    unit, or an acceptance document whose party or counterpart it is, dated on or after the day the order took effect.
    """
    accepted = _accepted(ledger, day)
    for order in seen(ledger, "enforcement", Enforcement, day):
        since, lifted = order.effective_on, order.lifted_on
        if order.kind not in STOP_KINDS or since is None or lifted is None or lifted > day:
            continue
        for key in dict.fromkeys(map(ledger.unit_key, order.against)):
            if all(on < since for on in accepted.get(key, [])):
                kind = ledger.label("enforcement_kinds", order.kind)
                yield Item(order.id, key, kind, lifted, (day - lifted).days, plain(order.number))


def without_the_four(ledger: Ledger, rows: Sequence[Row], first: dt.date, day: dt.date) -> Iterator[Item]:
    """Give the campaigns that ran between two days and lack one of the four: scheme, outings, hazards, measures (M-33, HZ520).

    A measure is what a line of rectification of one of its hazards says was done.

    Args:
        ledger: whose campaigns.
        rows: every hazard of the day.
        first: campaigns that ended before it are passed over.
        day: the day that sees them.
    """
    visited = {name for one in seen(ledger, "inspection", Inspection, day) for name in one.campaign}
    found: dict[str, list[str]] = {}
    for row in rows:
        for name in row["campaign"] if row["state"] != "withdrawn" else ():
            found.setdefault(name, []).append(row["path"])
    for one in seen(ledger, "campaign", Campaign, day):
        if one.end is not None and one.end < first:
            continue
        measures = any(_put_right(ledger, path, day) for path in found.get(one.id, []))
        there = {"scheme": bool(one.doc), "outings": one.id in visited, "hazards": one.id in found, "measures": measures}
        if lacking := [HAVES[name] for name, has in there.items() if not has]:
            yield Item(one.id, one.issuer, plain(one.name), one.end, None, LISTED.of(it=lacking))


def _put_right(ledger: Ledger, path: str, day: dt.date) -> bool:
    """Say whether a line of rectification of a hazard says what was done."""
    entry = ledger.by_path(path)
    history = amended(entry.record.history)[0] if entry else ()
    return any(isinstance(act, Rectified) and act.note != "" and act.date <= day for act in history)
