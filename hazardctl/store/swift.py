"""The quick builder: the record when nothing about it is odd, else nothing.

Nearly every record is sound, and then neither positions nor findings are needed. This builder gives up (None) at the first
thing the careful one would have a word about; a property test holds the two together.
"""

from __future__ import annotations

import re
from typing import Final

from yaml.error import YAMLError
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from hazardctl.model.raw import Raw, Tree
from hazardctl.store.build import AMBIGUOUS, FORBIDDEN_KEYS, MAX_DEPTH, MAX_TEXT, NOTHING, SEXAGESIMAL
from hazardctl.store.stream import Next, events

_ODD_KEYS: Final = FORBIDDEN_KEYS | {"<<"}
_ASK: Final = NOTHING | AMBIGUOUS
_CUTTING: Final = re.compile(r"[ \t]#[^\W_]")


class OddError(Exception):
    """Something the careful builder must look at."""


def swift(text: str) -> Tree | None:
    """Give the record of a sound text, None for any other.

    Texts longer than `MAX_TEXT` are left to the careful builder, so that lengths and nodes need no counting here; so are
    escapes, and `#` that may cut a value off.
    """
    if len(text) > MAX_TEXT or "\\" in text or ("#" in text and _CUTTING.search(text)):
        return None
    following = events(text)
    try:
        following()
        start, top = following(), following()
        if type(start) is not DocumentStartEvent or start.explicit or type(top) is not MappingStartEvent:
            return None
        tree = _mapping(top, following, 1)
        end, last = following(), following()
    except (OddError, YAMLError, ValueError, OverflowError):
        return None
    return tree if type(end) is DocumentEndEvent and not end.explicit and type(last) is StreamEndEvent else None


def _mapping(start: MappingStartEvent, following: Next, depth: int) -> dict[str, Raw]:
    if start.anchor is not None or start.tag is not None:
        raise OddError
    pairs: dict[str, Raw] = {}
    while True:
        event = following()
        if type(event) is not ScalarEvent:
            if type(event) is MappingEndEvent and (not start.flow_style or _on_one_line(start, event)):
                return pairs
            raise OddError
        key = event.value
        if key in pairs or key in _ODD_KEYS or not key.isascii() or not key.islower() or event.tag is not None or event.anchor is not None:
            raise OddError
        if depth == 1 and "history" in pairs:
            raise OddError
        event = following()
        if type(event) is ScalarEvent:
            pairs[key] = _scalar(event)
        elif depth == 1 and key == "history":
            pairs[key] = _history(event, following)
        else:
            pairs[key] = _collection(event, following, depth + 1)


def _sequence(start: SequenceStartEvent, following: Next, depth: int) -> list[Raw]:
    if start.anchor is not None or start.tag is not None:
        raise OddError
    items: list[Raw] = []
    while True:
        event = following()
        if type(event) is ScalarEvent:
            items.append(_scalar(event))
        elif type(event) is SequenceEndEvent:
            return items
        else:
            items.append(_collection(event, following, depth + 1))


def _on_one_line(start: Event, end: Event) -> bool:
    return start.start_mark is not None and end.end_mark is not None and start.start_mark.line == end.end_mark.line


def _collection(event: Event, following: Next, depth: int) -> Raw:
    if depth <= MAX_DEPTH:
        if type(event) is MappingStartEvent:
            return _mapping(event, following, depth)
        if type(event) is SequenceStartEvent:
            return _sequence(event, following, depth)
    raise OddError


def _scalar(event: ScalarEvent) -> str | None:
    if event.tag is not None or event.anchor is not None:
        raise OddError
    text = event.value
    if event.style:
        if event.style not in "'\"":
            raise OddError
    elif text in _ASK:
        if text in NOTHING:
            return None
        raise OddError
    elif ":" in text and SEXAGESIMAL.fullmatch(text):
        raise OddError
    return text


def _history(start: Event, following: Next) -> list[Raw]:
    """Build the history where each event is a flow mapping on a line of its own."""
    if type(start) is not SequenceStartEvent or start.flow_style or start.anchor is not None or start.tag is not None:
        raise OddError
    items: list[Raw] = []
    while True:
        event = following()
        if type(event) is SequenceEndEvent:
            return items
        if type(event) is not MappingStartEvent or not event.flow_style:
            raise OddError
        items.append(_mapping(event, following, 3))
