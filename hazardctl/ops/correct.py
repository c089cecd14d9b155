"""`correct`: a fact put right in its place, a field of an event by a line alone; the old value stays readable (DOMAIN §3.2).

What the change would make of the record is judged before it is written: a value that cannot be read, a history that no
longer fits, an error that `validate` would report and does not report now, and the change is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from hazardctl.errors import ForbiddenError, UsageError
from hazardctl.history import replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model import events as ev
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record
from hazardctl.model.typed import Typed, typed
from hazardctl.ops import people
from hazardctl.ops.acting import Fresh, fresh
from hazardctl.ops.amending import SAME, fact, line_of
from hazardctl.ops.changes import Change, diff, write
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import SAY_WHO, WHO, happened, sound
from hazardctl.ops.judgement import brought
from hazardctl.ops.lookup import paths, short
from hazardctl.ops.named import named
from hazardctl.ops.wishes import Desk, Wish
from hazardctl.store.emit import Value, event_line
from hazardctl.store.insert import with_event
from hazardctl.store.load import load_config
from hazardctl.store.lock import lock
from hazardctl.store.reader import parse

NO_SET: Final = Text("缺少 --set 字段=值", "missing: --set FIELD=VALUE")
NO_REASON: Final = Text("缺少 --reason", "missing: --reason")
NO_FIELD: Final = Text("没有字段“{it}”", "there is no field “{it}”")
FIXED: Final = Text("{it} 不能更正", "{it} cannot be corrected")
REJECTED: Final = Text("不能更正：改后 {id} 通不过校验", "cannot correct: {id} would no longer pass validate")
SAYS: Final = Text("{code} {what}", "{code} {what}")
MISFIT: Final = Text("第 {n} 行不再符合流程", "event {n} would no longer fit the life cycle")
LOWERED: Final = Text(
    "重大改一般要两人签署（--by 甲,乙），或用 hazardctl regrade",
    "from major to general takes two names (--by A,B), or use hazardctl regrade",
)


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of it: record, path, (field, old, new) of each, the diff for a dry run, the commit."""

    id: str
    path: str
    changed: tuple[tuple[str, str, str], ...]
    diff: str = ""
    commit: str = ""


def correct(context: Context, record: str, wish: Wish) -> Corrected:
    """Put facts of one record right, or fields of one of its events.

    Raises:
        UsageError: no such record, field or event, a value that cannot be read, a reason or a name missing.
        ForbiddenError: `validate` would reject what came out.
        UnreadableError, ChangedError, LockedError, SystemFailedError: as for every act.
    """
    config = load_config(context.root)
    with lock(context.root) if not wish.dry_run else _unlocked():
        (one,) = paths(context.root, config, [record])
        put, change = corrected(context, config, fresh(context, config, one.path), wish)
        if wish.dry_run:
            return replace(put, diff=diff(change))
        names = [name for name, _, _ in put.changed]
        message = Text("更正 {id} {fields}", "correct {id} {fields}").of(id=short(put.id), fields=names)
        written = write(context, config, [change], message, act="correct", commit=wish.commit)
    return replace(put, commit=written.commit)


def corrected(context: Context, config: Config, found: Fresh, wish: Wish) -> tuple[Corrected, Change]:
    """Give what a correction would make of a record, and the change that would write it.

    Args:
        context: which ledger, which day, who acts.
        config: of the ledger.
        found: the record as it stands, or as acts before this one would leave it.
        wish: the correction.

    Raises:
        UsageError, ForbiddenError: as `correct`.
    """
    desk = Desk(context, config, found, wish)
    head = _head(desk)
    pairs = [desk.pair(text) for text in wish.sets]
    desk.insist()
    data, lines = _changed(desk, pairs, head)
    _judge(desk, _neighbours(desk, data), data)
    told = tuple((line["field"], _said(line.get("was")), _said(line.get("now"))) for line in lines)
    return Corrected(found.record.id, found.path, cast("Any", told)), Change(found.path, found.data, data)


class _unlocked:  # noqa: N801 (it stands where a function stands)
    def __enter__(self) -> None:
        """Lock nothing: a dry run writes nothing, not even a lock."""

    def __exit__(self, *_: object) -> None:
        """Unlock nothing."""


def _head(desk: Desk) -> dict[str, object]:
    wish, context = desk.wish, desk.context
    by = people.named(desk.config, wish.by, context.actor)
    if not wish.sets:
        desk.faults.append(NO_SET)
    if not wish.reason.strip():
        desk.faults.append(NO_REASON)
    if not by:
        desk.faults += [WHO, SAY_WHO]
    texts = [("--reason", wish.reason), ("-m", wish.note), ("--number", wish.number), ("--doc", wish.doc), *(("--by", one) for one in by)]
    sound(texts, desk.faults)
    day = happened(desk.config, "--date", wish.date, context.today, desk.faults)
    return {"date": day, "do": "correct", "by": by[0] if len(by) == 1 else list(by), "reason": wish.reason.strip()}


def _changed(desk: Desk, pairs: Sequence[tuple[str, Raw]], head: dict[str, object]) -> tuple[bytes, list[dict[str, Any]]]:
    data, lines, wish = desk.found.data, list[dict[str, Any]](), desk.wish
    for name, value in pairs:
        if (
            name == "grade"
            and not wish.event
            and value == "general"
            and desk.tree.get("grade") == "major"
            and len(people.named(desk.config, wish.by, "")) < 2
        ):
            raise ForbiddenError(LOWERED)
        if wish.event:
            line = _event_line(desk, name, value, head)
        else:
            data, line = fact(data, name, value, head)
        if cast("dt.date", line["date"]) < desk.context.today:
            line["recorded"] = desk.context.today
        line |= {key: text.strip() for key, text in (("note", wish.note), ("number", wish.number), ("doc", wish.doc)) if text.strip()}
        line = ev.in_order(line)
        data = with_event(data, event_line(cast("Mapping[str, Value]", line)))
        lines.append(line)
    return data, lines


def _event_line(desk: Desk, name: str, value: Raw, head: dict[str, object]) -> dict[str, Any]:
    number = desk.wish.event
    standing = ev.written(ev.amended(desk.found.record.history)[0][number - 1])
    if name == "do":
        raise UsageError(FIXED.of(it=name))
    was = _plain(standing.get(name))
    if was == value:
        raise UsageError(SAME.of(it=name))
    return {**line_of(head, name, was, value), "event": number}


def _plain(value: object) -> Raw:
    """Give a typed value as it would stand in a file."""
    match value:
        case None | str():
            return value
        case bool():
            return "true" if value else "false"
        case dt.date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(part) for part in cast("Sequence[object]", value)]
        case dict():
            return {str(key): _plain(part) for key, part in cast("Mapping[object, object]", value).items()}
        case _:
            return str(value)


def _judge(desk: Desk, ledger: Ledger, data: bytes) -> None:
    """Refuse what cannot be read any more, no longer fits, or brings an error `validate` does not report now."""
    before, after = _typed(desk, desk.found.data), _typed(desk, data)
    old = {(finding.code, finding.trail) for finding in before.findings}
    wrong = [finding for finding in after.findings if (finding.code, finding.trail) not in old]
    if after.record is None or wrong:
        hints = [SAYS.of(code=finding.code, what=finding.message) for finding in wrong]
        raise UsageError(REJECTED.of(id=short(desk.found.record.id)), *hints)
    unfit = _unfit(desk.found.record, after.record)
    found = () if unfit else brought(_entry(desk, before), _entry(desk, after), ledger, desk.context.today)
    errors = [SAYS.of(code=finding.code, what=finding.message) for finding in found]
    if unfit or errors:
        raise ForbiddenError(REJECTED.of(id=short(after.record.id)), *unfit, *errors)


def _unfit(before: Record, after: Record) -> list[Text]:
    """Name the lines of a hazard's history that would no longer fit its life cycle."""
    if not (isinstance(before, Hazard) and isinstance(after, Hazard)):
        return []
    already = {act.position for act in replay(before).misfits}
    return [MISFIT.of(n=act.position + 1) for act in replay(after).misfits if act.position not in already]


def _typed(desk: Desk, data: bytes) -> Typed:
    return typed(desk.found.kind, parse(data, places=False).tree or {}, desk.config.zone)


def _entry(desk: Desk, one: Typed) -> Entry[Record]:
    return Entry(desk.found.kind, cast("Record", one.record), desk.found.path, one.extras, one.findings)


def _neighbours(desk: Desk, data: bytes) -> Ledger:
    """Give what the rules look up for this record: the records it names or named."""
    after = _typed(desk, data).record
    entries = named(desk.context.root, desk.config, [desk.found.record, *([after] if after is not None else [])])
    return Ledger(
        desk.config, tuple(one for one in entries if isinstance(one, Entry)), tuple(one for one in entries if isinstance(one, Unread))
    )


def _said(value: object) -> str:
    match value:
        case None:
            return "-"
        case list():
            return "、".join(_said(part) for part in cast("list[object]", value))
        case dict():
            return event_line(cast("Mapping[str, Value]", value))
        case _:
            return str(value)
