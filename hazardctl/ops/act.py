"""The verbs of the life cycle: one event appended to each record named (DOMAIN §3.2, RELIABILITY §5.1).

Under the lock every record is read fresh, every act is checked against the transition table and the policy, and only when
all of them may happen is the first one written. The table is asked by replaying the history with the new line in it: an act
dated back is refused where it does not fit itself and where it would unseat a later line.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Final, cast

from hazardctl.errors import ForbiddenError, UnreadableError
from hazardctl.history import Replay, Span, replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import events as ev
from hazardctl.model.config import Config
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.ops import people
from hazardctl.ops.amending import fact_line
from hazardctl.ops.changes import Change, Written, diff, of_today, write
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import SAY_WHO, WHO, Asked, Draft, happened, refuse, sound
from hazardctl.ops.evidence import copies, entries
from hazardctl.ops.lookup import Names, Units, hazards, short
from hazardctl.ops.own_fields import own_fields
from hazardctl.ops.permission import permit, refusal
from hazardctl.ops.policy import Case
from hazardctl.store.emit import Value, event_line
from hazardctl.store.insert import with_event
from hazardctl.store.load import load_config, load_one, unread_line
from hazardctl.store.lock import lock
from hazardctl.store.reader import read_file

UNREADABLE: Final = Text("{path} 读不出来，未写入任何文件", "{path} cannot be read; nothing was written")
LOOK: Final = Text("看原因  hazardctl validate {path}", "see why  hazardctl validate {path}")


@dataclass(frozen=True, slots=True)
class Done:
    """One record after an act, or as it would be.

    Attributes:
        id: of the record.
        path: relative to the ledger root.
        event: the line that was added.
        before: what held before the act; `after` what holds now.
        who: name of the responsible unit and person, or of those who acted.
        diff: unified diff of the file, for a dry run.
        warnings: worth a word.
    """

    id: str
    path: str
    event: Event
    before: Span
    after: Span
    who: Text
    diff: str
    warnings: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command did: a record each, the commit if one was made, the files that came with it."""

    done: tuple[Done, ...]
    commit: str = ""
    copied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A hazard as it was read under the lock, with the bytes it was read from."""

    path: str
    data: bytes
    hazard: Hazard
    replay: Replay


@dataclass(frozen=True, slots=True)
class Desk:
    """What all acts of one command share."""

    context: Context
    config: Config
    asked: Asked
    units: Units
    names: Names
    copied: set[str] = field(default_factory=set[str])


def act(context: Context, typed: Sequence[str], asked: Asked) -> Result:
    """Do one act at each record named.

    Raises:
        UsageError: an id, a day, a word of the call is off, or something is missing.
        ForbiddenError: the life cycle or the policy does not allow it; nothing was written.
        UnreadableError: there is no ledger, or a record named cannot be read.
        ChangedError, LockedError, SystemFailedError: as the store says.
    """
    config = load_config(context.root)
    prefix = config.id_prefixes.get("hazard", "YH")
    desk = Desk(context, config, asked, Units(context.root, config), Names(context.root, prefix))
    with nullcontext() if asked.dry_run else lock(context.root):
        records = [read(context, config, path) for path in hazards(context.root, config, typed)]
        plans = _planned(desk, records)
        done = tuple(one for one, _ in plans)
        changes = [change for _, more in plans for change in more]
        if asked.dry_run:
            return Result(done, copied=tuple(change.path for change in changes if change.before is None))
        written = write(context, config, changes, _message(desk, done), act=asked.do, commit=asked.commit)
    return _result(done, written, changes)


def _result(done: tuple[Done, ...], written: Written, changes: Sequence[Change]) -> Result:
    return Result(done, written.commit, tuple(change.path for change in changes if change.before is None))


def read(context: Context, config: Config, path: str) -> Read:
    """Read the record an act aims at.

    Raises:
        UnreadableError: it cannot be read: no verb writes to it (EXPERIENCE 4.6).
        ForbiddenError: it is of an older schema.
    """
    entry = load_one(context.root, config, path)
    if not isinstance(entry, Entry):
        raise UnreadableError(UNREADABLE.of(path=path), unread_line(entry), LOOK.of(path=path))
    hazard = cast("Hazard", entry.record)
    of_today(path, entry.kind.name, hazard.schema_)
    return Read(path, read_file(context.root / path, context.root), hazard, replay(hazard))


def _planned(desk: Desk, records: Sequence[Read]) -> list[tuple[Done, list[Change]]]:
    """Check every act before any is written; what is wrong with the words is said at once, and so is every refusal."""
    faults: list[Text] = []
    drafts = [_drafted(desk, record, faults) for record in records]
    refuse(list(dict.fromkeys(faults)))
    plans: list[tuple[Done, list[Change]]] = []
    refused: list[ForbiddenError] = []
    for record, (draft, fields) in zip(records, drafts, strict=True):
        try:
            plans.append(_plan(desk, record, draft, fields))
        except ForbiddenError as failure:
            refused.append(failure)
    if refused:
        first, *more = refused
        raise ForbiddenError(first.what, *first.hints, *(text for one in more for text in (one.what, *one.hints)))
    return plans


def _drafted(desk: Desk, record: Read, faults: list[Text]) -> tuple[Draft, dict[str, object]]:
    asked, context = desk.asked, desk.context
    day = happened(desk.config, "--date", asked.date, context.today, faults)
    span = record.replay.on(day) or record.replay.spans[0]
    draft = Draft(desk.config, asked, record.hazard, record.replay, span, day, context.today, desk.units, desk.names, faults)
    texts = [("-m", asked.note), ("--number", asked.number), ("--doc", asked.doc), *_said(asked)]
    sound([*texts, *(("--by", name) for name in asked.by)], faults)
    return draft, _fields(draft, context)


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


def _plan(desk: Desk, record: Read, draft: Draft, fields: dict[str, object]) -> tuple[Done, list[Change]]:
    made = copies(desk.context.root, record.hazard, desk.asked.photos, cast("dt.date", fields["date"]), desk.copied)
    desk.copied.update(copy.path for copy in made)
    if made:
        fields = ev.in_order({**fields, "evidence": [copy.path for copy in made]})
    event = ev.event(fields)  # its words were looked at when they were drafted
    case = Case(desk.config, record.hazard, record.replay, event, draft.span, _gone(desk, event))
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


def _later_lines(desk: Desk, record: Read, case: Case, hazard: Hazard) -> None:
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
    desk: Desk, record: Read, draft: Draft, case: Case, after: Span, changes: list[Change], warnings: tuple[Text, ...]
) -> Done:
    who = _who(desk, case.act, after)
    shown = "".join(diff(change) for change in changes) if desk.asked.dry_run else ""
    return Done(record.hazard.id, record.path, case.act, draft.span, after, who, shown, tuple(dict.fromkeys(warnings)))


def _spent(desk: Desk, data: bytes, fields: dict[str, object]) -> tuple[bytes, str]:
    """Write what was spent as a fact, with the `correct` line that says so."""
    head = {"date": fields["date"], "by": fields["by"], "reason": desk.asked.note.strip()}
    return fact_line(data, "funds_spent", desk.asked.yuan.strip(), head)


def _gone(desk: Desk, event: Event) -> tuple[str, ...]:
    """Name the records an act points to that are withdrawn themselves."""
    if not isinstance(event, ev.Withdrawn):
        return ()
    pointed = [one for one in (event.of, *event.into) if one]
    records = [read(desk.context, desk.config, desk.names.path(one, [])) for one in pointed]
    return tuple(one.hazard.id for one in records if one.replay.withdrawn)


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
