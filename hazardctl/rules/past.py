"""What rules about a range share: which lines of a history were altered, which facts changed, what a `correct` line covers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, cast

from hazardctl.between import Between, Change, Touch, Version
from hazardctl.language import Text
from hazardctl.model.events import Corrected, Event, written
from hazardctl.model.record import Record
from hazardctl.vocabulary import VERBS

ASIDE: Final = frozenset({"id", "schema", "history", "number", "tags", "remark", "waivers"})
"""Facts that other rules watch, or that nobody relies on."""


class Altered(NamedTuple):
    """A line of the history that is not what it was.

    Attributes:
        was: the event before.
        mark: by which it is found again.
        now: the event that took its place; None when it is gone.
        place: position of that event in the history after, else of the line after the gap.
    """

    was: Event
    mark: str
    now: Event | None
    place: int


def altered(before: Version, after: Version) -> Iterator[Altered]:
    """Give the lines of a history that were edited or removed; lines that are there, in whatever layout, are not.

    An edited line is one that is gone while a new one of the same verb stands in its place.
    """
    if before.record is None or after.record is None:
        return
    lost = Counter(before.marks) - Counter(after.marks)
    fresh = Counter(after.marks) - Counter(before.marks)
    new = [place for place, line in enumerate(after.marks) if _taken(fresh, line)]
    for place, line in enumerate(before.marks):
        if not _taken(lost, line):
            continue
        was = before.record.history[place]
        found = next((one for one in new if _stands_for(was, place, after.record.history[one], one)), None)
        if found is None:
            yield Altered(was, line, None, min(place, max(len(after.marks) - 1, 0)))
        else:
            new.remove(found)
            yield Altered(was, line, after.record.history[found], found)


def _taken(counted: Counter[str], line: str) -> bool:
    there = counted[line] > 0
    counted[line] -= there
    return there


def _stands_for(was: Event, place: int, now: Event, new: int) -> bool:
    """Say whether a new line is an old one edited: the same verb at the same place, or of the same day; or the place alone."""
    return (was.do == now.do and (place == new or was.date == now.date)) or (place == new and was.by == now.by and was.date == now.date)


def fields_changed(was: Event, now: Event) -> tuple[str, ...]:
    """Name the fields in which two events differ."""
    old, new = {**written(was), "do": was.do}, {**written(now), "do": now.do}
    return tuple(name for name in {**old, **new} if old.get(name) != new.get(name))


def corrections(change: Change) -> tuple[Corrected, ...]:
    """Give the `correct` lines the range brings."""
    record = change.after.record
    if record is None:
        return ()
    known = change.before.known
    return tuple(
        event for event, line in zip(record.history, change.after.marks, strict=True) if isinstance(event, Corrected) and line not in known
    )


def new_lines(change: Change, span: Between) -> Iterator[tuple[int, Event, Touch]]:
    """Give the lines the range brings that are still there, each with its position and the touch that wrote it.

    An old line that was edited is no new one (HZ702), nor are those of a record that went elsewhere (HZ707).
    """
    record = change.after.record
    if record is None or change.path in span.moves:
        return
    edited = {one.place for one in altered(change.before, change.after) if one.now is not None}
    for place, line in enumerate(change.after.marks):
        if line not in change.before.known and place not in edited and (touch := change.wrote(line)) is not None:
            yield place, record.history[place], touch


def plain(record: Record) -> Mapping[str, object]:
    """Give the facts of a record as JSON knows them, what is absent or at its default left out."""
    made = record.model_dump(by_alias=True, exclude_defaults=True, exclude={"history"})
    return cast("Mapping[str, object]", json.loads(json.dumps(made, ensure_ascii=False, default=str)))


class Moved(NamedTuple):
    """A fact that is not what it was: its names from the top, and its value before and after, as plain data."""

    trail: tuple[str, ...]
    was: object
    now: object

    @property
    def name(self) -> str:
        """Give the fact's name with dots."""
        return ".".join(self.trail)


def facts_changed(before: Record, after: Record) -> Iterator[Moved]:
    """Give the facts whose value was changed or taken away; one that was absent and is there now did not change."""
    old, new = plain(before), plain(after)
    for name in old:
        if name not in ASIDE:
            yield from _moved((name,), old[name], new.get(name))


def _moved(trail: tuple[str, ...], was: object, now: object) -> Iterator[Moved]:
    if was == now:
        return
    if isinstance(was, dict) and isinstance(now, dict):
        old, new = cast("Mapping[str, object]", was), cast("Mapping[str, object]", now)
        for name, value in old.items():
            yield from _moved((*trail, name), value, new.get(name))
    elif isinstance(was, list) and isinstance(now, list) and all(one in now for one in cast("list[object]", was)):
        return  # only added to
    else:
        yield Moved(trail, was, now)


def covered(moved: Moved, lines: tuple[Corrected, ...]) -> bool:
    """Say whether a `correct` line of the range says that a fact changed."""
    return any(line.event is None and line.field.split(".")[0].split("[")[0] == moved.trail[0] for line in lines)


def value(raw: object) -> str:
    """Give a value on one line."""
    match raw:
        case None | "":
            return "/"
        case list():
            return "、".join(value(part) for part in cast("list[object]", raw))
        case dict():
            parts = cast("Mapping[str, object]", raw)
            return "{" + ", ".join(f"{name}: {value(part)}" for name, part in parts.items()) + "}"
        case _:
            return str(raw)


def line_of(event: Event) -> Text:
    """Say which line of a history is meant: its day and its verb."""
    return Text("{day} {verb}", "{day} {verb}").of(day=event.date, verb=VERBS[event.do].label)
