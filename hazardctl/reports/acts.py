"""One line of a history in words: what an act says beside its day, its verb and its people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.history import Act
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model import events as ev
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard

MISFIT: Final = Text("（不合流转规则，未计入）", "(does not fit the life cycle, not counted)")
DUE: Final = Text("期限 {due}", "due {due}")
MOVED: Final = Text("{old} -> {new}", "{old} -> {new}")


def in_words(act: Act, hazard: Hazard, ledger: Ledger) -> Text:
    """Say what a line says, with its document number, its remark, what was put right in it, and whether it counts."""
    event = act.event
    parts = [*_own(act, hazard, ledger), *_common(event), *_corrected(hazard.history[act.position], event)]
    return joined([*parts, *([] if act.fits else [MISFIT])])


def plainly(event: Event, before: Event, ledger: Ledger) -> Text:
    """Say the same of a line of a record without a life cycle.

    Args:
        event: the line as it stands.
        before: as it was written.
        ledger: whose words name things.
    """
    match event:
        case ev.Withdrawn():
            own = list(_withdrawn(event, ledger))
        case ev.Corrected():
            own = list(_correction(event))
        case _:
            own = []
    return joined([*own, *_common(event), *_corrected(before, event)])


def joined(parts: list[Text]) -> Text:
    """Join what is said with the comma of the language; what says nothing is left out."""
    parts = [part for part in parts if part.say("zh")]
    values: Mapping[str, object] = {f"p{number}": part for number, part in enumerate(parts)}
    names = [f"{{p{number}}}" for number in range(len(parts))]
    return Text("，".join(names), ", ".join(names), values)


def _own(act: Act, hazard: Hazard, ledger: Ledger) -> Iterator[Text]:  # noqa: C901, PLR0912 (one arm a verb)
    match act.event:
        case ev.Registered():
            yield from _registered(hazard, ledger)
        case ev.Assigned() as event:
            yield from _handed(event.to, event.person, ledger)
            yield from _due(event)
        case ev.Extended() as event:
            yield from _extended(act, event, ledger)
        case ev.Rectified() as event if event.on_spot:
            yield Text("当场整改", "on the spot")
        case ev.Verified() as event:
            yield from _verified(event, ledger)
        case ev.Closed() as event:
            yield ledger.label("close_reasons", event.reason or "rectified")
        case ev.Reopened() as event:
            yield from _handed(event.to, event.person, ledger)
            yield from _due(event)
            yield plain(event.reason)
        case ev.Transferred() as event:
            yield Text("移送 {to}", "to {to}").of(to=ledger.unit_name(event.to))
            yield plain(event.reason)
        case ev.Regraded() as event:
            yield MOVED.of(old=ledger.label("grades", event.was), new=ledger.label("grades", event.now))
            yield plain(event.reason)
        case ev.Withdrawn() as event:
            yield from _withdrawn(event, ledger)
        case ev.Corrected() as event:
            yield from _correction(event)
        case ev.Supervised() as event:
            yield ledger.label("supervise_levels", event.level)
        case _:
            return


def _registered(hazard: Hazard, ledger: Ledger) -> Iterator[Text]:
    if hazard.source:
        yield ledger.label("sources", hazard.source)
    for campaign in hazard.campaign:
        known = ledger.campaigns.get(campaign)
        yield plain(known.name if known and known.name else campaign)


def _handed(to: str, person: str, ledger: Ledger) -> Iterator[Text]:
    if to:
        name = ledger.unit_name(to)
        yield Text("{to}（{person}）", "{to} ({person})").of(to=name, person=person) if person else plain(name)


def _due(event: ev.Assigned | ev.Reopened) -> Iterator[Text]:
    if event.due:
        yield DUE.of(due=event.due)


def _extended(act: Act, event: ev.Extended, ledger: Ledger) -> Iterator[Text]:
    if act.added and event.due:
        yield MOVED.of(old=event.due.fromordinal(event.due.toordinal() - act.added), new=event.due)
    else:
        yield ledger.label("decisions", event.decision)
        if event.due:
            yield Text("至 {due}", "to {due}").of(due=event.due)
    yield plain(event.reason)
    if event.interim:
        yield Text("管控：{it}", "interim: {it}").of(it=event.interim)


def _verified(event: ev.Verified, ledger: Ledger) -> Iterator[Text]:
    result = ledger.label("results", event.result)
    yield Text("{result}：{reason}", "{result}: {reason}").of(result=result, reason=event.reason) if event.reason else result
    if event.due:
        yield DUE.of(due=event.due)


def _withdrawn(event: ev.Withdrawn, ledger: Ledger) -> Iterator[Text]:
    yield ledger.label("withdraw_reasons", event.reason)
    if event.of:
        yield Text("保留 {of}", "{of} stays").of(of=event.of)
    if event.into:
        yield Text("拆分为 {into}", "split into {into}").of(into=list(event.into))


def _correction(event: ev.Corrected) -> Iterator[Text]:
    where = Text("事件 {n} ", "event {n} ").of(n=event.event) if event.event else plain("")
    said = Text("{where}{field}：{was} -> {now}", "{where}{field}: {was} -> {now}")
    yield said.of(where=where, field=event.field, was=value(event.was), now=value(event.now))
    yield Text("理由 {reason}", "because {reason}").of(reason=event.reason)


def value(raw: object) -> str:
    """Give a corrected value, whatever its shape, on one line."""
    match raw:
        case None | "":
            return "/"
        case list():
            return "、".join(value(part) for part in raw)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            return str(raw)


def _common(event: Event) -> Iterator[Text]:
    if event.number:
        yield plain(event.number)
    if event.note:
        yield plain(event.note)
    if event.recorded and event.recorded != event.date:
        yield Text("{day} 补录", "written down {day}").of(day=event.recorded)


def _corrected(before: Event, after: Event) -> Iterator[Text]:
    """Show the fields of this line that a later line put right, with what stood there."""
    if before == after:
        return
    old, new = ev.written(before), ev.written(after)
    for name in new | old:
        if old.get(name) != new.get(name):
            yield Text("已更正 {name}（原 {was}）", "corrected {name} (was {was})").of(name=name, was=value(old.get(name)))
