"""The verbs of the life cycle: one event appended to each record named (DOMAIN §3.2, RELIABILITY §5.1).

Under the lock every record is read fresh, every act is checked against the transition table and the policy, and only when
all of them may happen is the first one written. The table is asked by replaying the history with the new line in it: an act
dated back is refused where it does not fit itself and where it would unseat a later line.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from typing import cast

from hazardctl.errors import ForbiddenError
from hazardctl.history import Span, replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.ops import people, without_cycle
from hazardctl.ops.acting import Desk, Done, Fresh, Result, fresh, gone
from hazardctl.ops.amending import fact_line
from hazardctl.ops.changes import Change, Written, diff, write
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import SAY_WHO, WHO, Asked, Draft, happened, refuse, sound
from hazardctl.ops.evidence import copies, entries
from hazardctl.ops.lookup import Names, Units, paths, short
from hazardctl.ops.own_fields import ANYWHERE, own_fields
from hazardctl.ops.permission import permit, refusal
from hazardctl.ops.policy import Case
from hazardctl.store.emit import Value, event_line
from hazardctl.store.insert import with_event
from hazardctl.store.load import load_config
from hazardctl.store.lock import lock


def act(context: Context, typed: Sequence[str], asked: Asked) -> Result:
    """Do one act at each record named.

    Raises:
        UsageError: an id, a day, a word of the call is off, or something is missing.
        ForbiddenError: the life cycle or the policy does not allow it; nothing was written.
        UnreadableError: there is no ledger, or a record named cannot be read.
        ChangedError, LockedError, SystemFailedError: as the store says.
    """
    config = load_config(context.root)
    desk = Desk(context, config, asked, Units(context.root, config, index=context.index), Names(context.root, config, "hazard"))
    with nullcontext() if asked.dry_run else lock(context.root):
        found = paths(context.root, config, typed, "" if asked.do in ANYWHERE else "hazard")
        plans = planned(desk, [fresh(context, config, one.path) for one in found])
        done = tuple(one for one, _ in plans)
        changes = [change for _, more in plans for change in more]
        if asked.dry_run:
            return Result(done, copied=tuple(change.path for change in changes if change.before is None))
        written = write(context, config, changes, _message(desk, done), act=asked.do, commit=asked.commit)
    return _result(done, written, changes)


def _result(done: tuple[Done, ...], written: Written, changes: Sequence[Change]) -> Result:
    return Result(done, written.commit, tuple(change.path for change in changes if change.before is None))


Carried = Callable[[], tuple[Done, list[Change]]]


def planned(desk: Desk, records: Sequence[Fresh]) -> list[tuple[Done, list[Change]]]:
    """Check every act before any is written; what is wrong with the words is said at once, and so is every refusal.

    Args:
        desk: the act, and what all records share.
        records: as they stand, or as acts before this one would leave them.

    Returns:
        Of each record what it would be, and the changes that would make it so, its own file last.

    Raises:
        UsageError, ForbiddenError, UnreadableError: as `act`.
    """
    faults: list[Text] = []
    steps = [_drafted(desk, record, faults) for record in records]
    refuse(list(dict.fromkeys(faults)))
    plans: list[tuple[Done, list[Change]]] = []
    refused: list[ForbiddenError] = []
    for step in steps:
        try:
            plans.append(step())
        except ForbiddenError as failure:
            refused.append(failure)
    if refused:
        first, *more = refused
        raise ForbiddenError(first.what, *first.hints, *(text for one in more for text in (one.what, *one.hints)))
    return plans


def _drafted(desk: Desk, record: Fresh, faults: list[Text]) -> Carried:
    if record.kind.name != "hazard":
        return without_cycle.Plan(desk, record, faults).carried_out
    asked, context, folded = desk.asked, desk.context, replay(record.hazard)
    day = happened(desk.config, "--date", asked.date, context.today, faults)
    span = folded.on(day) or folded.spans[0]
    draft = Draft(desk.config, asked, day, context.today, desk.units, desk.names, faults, hazard=record.hazard, replay=folded, span=span)
    texts = [("-m", asked.note), ("--number", asked.number), ("--doc", asked.doc), *_said(asked)]
    sound([*texts, *(("--by", name) for name in asked.by)], faults)
    return functools.partial(_plan, desk, record, draft, _fields(draft, context))


def _said(asked: Asked) -> list[tuple[str, str]]:
    values = [(name, (value,) if isinstance(value, str) else value) for name, value in asked.said.items() if not isinstance(value, bool)]
    return [(f"--{name.replace('_', '-')}", text) for name, texts in values for text in texts]


def _fields(draft: Draft, context: Context) -> dict[str, object]:
    """Put the fields of the event together, in the order they stand on its line."""
    asked = draft.asked
    own = own_fields(draft)
    by = people.named(draft.config, asked.by, context.actor)
    if not by:
        draft.faults += [WHO, SAY_WHO]
    fields: dict[str, object] = {"date": draft.on, "do": asked.do, "by": by[0] if len(by) == 1 else list(by), **own}
    remarks = {"note": asked.note.strip(), "number": asked.number.strip(), "doc": asked.doc.strip()}
    fields |= {name: text for name, text in remarks.items() if text}
    if draft.on < draft.today:
        fields["recorded"] = draft.today
    return fields


def _plan(desk: Desk, record: Fresh, draft: Draft, fields: dict[str, object]) -> tuple[Done, list[Change]]:
    made = copies(desk.context.root, record.hazard, desk.asked.photos, cast("dt.date", fields["date"]), desk.copied)
    desk.copied.update(copy.path for copy in made)
    if made:
        fields = ev.in_order({**fields, "evidence": [copy.path for copy in made]})
    event = ev.event(fields)  # its words were looked at when they were drafted
    pointed = (event.of, *event.into) if isinstance(event, ev.Withdrawn) else ()
    case = Case(desk.config, record.hazard, draft.replay, event, draft.span, gone(desk, desk.names, pointed))
    warnings = permit(case, desk.context.today)
    data = record.data
    lines = [event_line(cast("Mapping[str, Value]", fields))]
    if made:
        data = entries(data, record.hazard, made, event)
    if desk.asked.yuan:
        data, line = _spent(desk, data, fields)
        lines.append(line)
    for line in lines:
        data = with_event(data, line)
    hazard = record.hazard.model_copy(update={"history": (*record.hazard.history, event)})
    if event.date < max((one.date for one in record.hazard.history), default=event.date):
        _later_lines(desk, record, case, hazard)
    after = replay(hazard)
    changes = [*(Change(copy.path, None, copy.data) for copy in made), Change(record.path, record.data, data)]
    return _done(desk, record, draft, case, (after.on(event.date) or after.last), changes, (*draft.warnings, *warnings)), changes


def _later_lines(desk: Desk, record: Fresh, case: Case, hazard: Hazard) -> None:
    """Refuse an act dated back when a line after it would break a rule it keeps now.

    Raises:
        ForbiddenError: `validate` would report an error it does not report now.
    """
    from hazardctl.ops.judgement import LIFE_CYCLE, brought  # a hundred rules: only an act dated back needs them

    kind = BY_NAME["hazard"]
    was, now = (Entry(kind, cast("Record", one), record.path) for one in (record.hazard, hazard))
    found = brought(was, now, Ledger(desk.config), desk.context.today, families=LIFE_CYCLE)
    if found:
        raise refusal(case, [finding.message for finding in found])


def _done(  # noqa: PLR0917 (it lays out what `_plan` found)
    desk: Desk, record: Fresh, draft: Draft, case: Case, after: Span, changes: list[Change], warnings: tuple[Text, ...]
) -> Done:
    who = _who(desk, case.act, after)
    shown = "".join(diff(change) for change in changes) if desk.asked.dry_run else ""
    return Done(record.kind.name, record.hazard.id, record.path, case.act, (draft.span, after), who, shown, tuple(dict.fromkeys(warnings)))


def _spent(desk: Desk, data: bytes, fields: dict[str, object]) -> tuple[bytes, str]:
    """Write what was spent as a fact, with the `correct` line that says so."""
    head = {"date": fields["date"], "by": fields["by"], "reason": desk.asked.note.strip()}
    return fact_line(data, "funds_spent", desk.asked.yuan.strip(), head)


def _who(desk: Desk, event: Event, after: Span) -> Text:
    if event.do in {"assign", "reopen", "extend"} and after.owner:
        unit = desk.units.name(after.owner)
        return (
            Text("{unit}（{person}）", "{unit} ({person})").of(unit=unit, person=after.person)
            if after.person
            else Text("{unit}", "{unit}").of(unit=unit)
        )
    if isinstance(event, ev.Transferred):
        return Text("{to}", "{to}").of(to=event.to)
    return Text("{by}", "{by}").of(by=event.by)


def _message(desk: Desk, done: Sequence[Done]) -> Text:
    from hazardctl.vocabulary import VERBS

    names = [short(one.id) for one in done]
    return Text("{verb} {ids}", "{verb} {ids}").of(verb=VERBS[desk.asked.do].label, ids=names)
