"""From a file before and after to what was done to it, in words: for `diff`, `log` and `show --log`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.between import Version
from hazardctl.history import Act, replay
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.config import Config
from hazardctl.model.events import Corrected
from hazardctl.model.flat import flat, shown
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.ops.lookup import short
from hazardctl.reports.acts import in_words, joined
from hazardctl.reports.deeds import Deed, said
from hazardctl.rules.past import altered, fields_changed, line_of, value
from hazardctl.rules.past import plain as facts_of
from hazardctl.vocabulary import ACTS, KIND_NAMES, VERBS

FOUND: Final = Text("登记", "found")
CHANGED: Final = Text("改动", "changed")
NEW: Final = Text("新增", "new")
SETTINGS: Final = Text("设置", "settings")
EDITED: Final = Text("改写旧行", "EDITED")
REMOVED: Final = Text("删去旧行", "REMOVED")
DELETED: Final = Text("删除记录", "DELETED")
UNREAD: Final = Text("读不出来", "UNREAD")
READABLE: Final = Text("又读得出来", "readable again")
LATE: Final = Text("逾期 {n} 天后完成", "{n} days late")
MORE: Final = Text("另有 {n} 处", "and {n} more")
WIDE: Final = 60
"""Characters of a setting that are shown."""
MOST: Final = 6
"""Facts of one record that are named."""
NAMES: Final = ("title", "description", "name", "topic")


def deeds(path: str, before: Version, after: Version, ledger: Ledger) -> Iterator[Deed]:
    """Say what was done to a file.

    Args:
        path: below the ledger root.
        before: the file before.
        after: the file afterwards.
        ledger: whose words and units name things.
    """
    name = path.rpartition("/")[2].removesuffix(".yaml")
    record = after.record or before.record
    at = record.id if record else name
    match before.content, after.content:
        case (_, Unread() as unread):
            what = Text("{code} {what}", "{code} {what}").of(code=unread.findings[0].code, what=unread.findings[0].message)
            yield Deed("unread", name, short(name), UNREAD, what=what, alarm=True)
        case (Entry() | Unread(), None):
            yield Deed("deleted", at, short(at), DELETED, what=_named(record), alarm=True)
        case (None, Config()):
            yield Deed("settings", path, path, SETTINGS, what=NEW)
        case (Config() as was, Config() as now):
            for what in _settings(was, now):
                yield Deed("settings", path, path, SETTINGS, what=what)
        case (Unread(), Entry()):
            yield Deed("found", at, short(at), READABLE, what=_named(record))
        case (_, Entry() as entry) if isinstance(entry.record, Hazard):
            yield from _hazard(before.record, entry.record, before, after, ledger)
        case (_, Entry() as entry):
            yield from _other(before.record, entry, before, after)
        case _:
            return


def _hazard(was: Record | None, hazard: Hazard, before: Version, after: Version, ledger: Ledger) -> Iterator[Deed]:
    at, tail = hazard.id, short(hazard.id)
    played = replay(hazard)
    if was is None:
        unit = ledger.unit_name(hazard.unit)
        yield Deed(
            "found", at, tail, FOUND, None, hazard.found_on, hazard.found_by or _registrar(hazard), joined([plain(unit), _named(hazard)])
        )
    else:
        yield from _facts(was, hazard, before, after)
        yield from _past(before, after, at, tail)
    edited = _edited(before, after)
    for place, act in enumerate(played.acts):
        if after.marks[act.position] in before.known or act.position in edited or (was is None and act.event.do == "register"):
            continue
        then = played.acts[place + 1].before if place + 1 < len(played.acts) else played.last.state
        moved = (ledger.label("states", act.before), ledger.label("states", then)) if act.before not in {then, "absent"} else None
        what = joined([in_words(act, hazard, ledger), *_late(act, played.on(act.event.date))])
        sort = "correct" if isinstance(act.event, Corrected) else "act"
        yield Deed(sort, at, tail, ACTS[act.event.do].label, moved, act.event.date, act.event.by, what)


def _registrar(hazard: Hazard) -> tuple[str, ...]:
    return next((event.by for event in hazard.history if event.do == "register"), ())


def _late(act: Act, span: object) -> Iterator[Text]:
    due = getattr(span, "due", None)
    if act.event.do == "rectify" and act.fits and due and due < act.event.date:
        yield LATE.of(n=(act.event.date - due).days)


def _other(was: Record | None, entry: Entry[Record], before: Version, after: Version) -> Iterator[Deed]:
    record = entry.record
    kind, tail = KIND_NAMES[entry.kind.name].label, short(record.id)
    if was is None:
        yield Deed("record", record.id, tail, NEW, None, record.day, (), joined([kind, _named(record)]))
        return
    yield from _facts(was, record, before, after)
    yield from _past(before, after, record.id, tail)
    edited = _edited(before, after)
    for place, event in enumerate(record.history):
        if after.marks[place] not in before.known and place not in edited:
            sort = "correct" if isinstance(event, Corrected) else "act"
            yield Deed(sort, record.id, tail, VERBS[event.do].label, None, event.date, event.by, joined([kind, plain(event.note)]))


def _facts(was: Record, record: Record, before: Version, after: Version) -> Iterator[Deed]:
    """Name the facts that changed without a line that says so; those it says so of are told by that line."""
    told = {
        event.field.split(".")[0]
        for event, line in zip(record.history, after.marks, strict=True)
        if isinstance(event, Corrected) and event.event is None and line not in before.known
    }
    old, new = facts_of(was), facts_of(record)
    parts = [
        said(name, value(old.get(name)), value(new.get(name)))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name) and name not in told
    ]
    if parts:
        more = [MORE.of(n=len(parts) - MOST)] if len(parts) > MOST else []
        yield Deed("fact", record.id, short(record.id), CHANGED, what=joined([*parts[:MOST], *more]))


def _past(before: Version, after: Version, at: str, tail: str) -> Iterator[Deed]:
    """Name the old lines that are not what they were."""
    for one in altered(before, after):
        if one.now is None:
            yield Deed("removed", at, tail, REMOVED, None, one.was.date, one.was.by, line_of(one.was), alarm=True)
        else:
            names = list(fields_changed(one.was, one.now))
            what = Text("{line}：{names}", "{line}: {names}").of(line=line_of(one.was), names=names)
            yield Deed("edited", at, tail, EDITED, None, one.was.date, one.was.by, what, alarm=True)


def _edited(before: Version, after: Version) -> frozenset[int]:
    """Give the positions of lines that are old ones edited: they are told as such, and not as new."""
    return frozenset(one.place for one in altered(before, after) if one.now is not None)


def _named(record: Record | None) -> Text:
    if record is None:
        return plain("")
    if isinstance(record, Hazard):
        return plain(record.headline)
    return plain(next((str(found) for name in NAMES if (found := getattr(record, name, ""))), ""))


def _settings(was: Config, now: Config) -> Iterator[Text]:
    old, new = (dict(flat(config)) for config in (was, now))
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield said(name, _cut(shown(old.get(name, "/"))), _cut(shown(new.get(name, "/"))))


def _cut(text: str) -> str:
    return text if len(text) <= WIDE else f"{text[:WIDE]}..."
