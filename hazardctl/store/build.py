"""The careful builder: events to plain data, with a place for every part and everything that is wrong."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator
from typing import Final, cast

from yaml.error import YAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    StreamEndEvent,
)

from hazardctl.diagnostics import Finding, Place, Trail
from hazardctl.language import Text
from hazardctl.model.raw import Raw, Tree
from hazardctl.store import words
from hazardctl.store.characters import HIDDEN, SURROGATE, named
from hazardctl.store.faults import UNREADABLE
from hazardctl.store.stream import Next
from hazardctl.store.trouble import cure_for_line, explained

KEY: Final = "@key"
"""The last part of a trail that means a key itself, not its value."""
MAX_DEPTH: Final = 12
MAX_NODES: Final = 20_000
MAX_TEXT: Final = 8_000

FORBIDDEN_KEYS: Final = frozenset({"on", "off", "yes", "no", "y", "n", "true", "false", "null", "~", ""})
NOTHING: Final = frozenset({"", "~", "null"})
AMBIGUOUS: Final = frozenset(
    cased(word)
    for word in ("y", "n", "yes", "no", "on", "off", "null", ".nan", ".inf", "-.inf", "+.inf")
    for cased in (str, str.upper, str.capitalize, str.title)
) - {"null"}
"""Plain words that a YAML 1.1 reader takes for a truth value, a number or nothing."""
SEXAGESIMAL: Final = re.compile(r"[-+]?\d+(?::[0-5]?\d)+(?:\.\d*)?", re.ASCII)
_COMMENT: Final = re.compile(r"(?:^|[ \t])#")


class StopError(Exception):
    """The rest of the file cannot be judged."""


class Builder:
    """Builds one record from a stream of events."""

    def __init__(self, text: str, following: Next, *, places: bool) -> None:
        """Take the text (for excerpts and comments), its events, and whether positions are wanted."""
        self.text = text
        self.following = following
        self.findings: list[Finding] = []
        self.places: dict[Trail, Place] | None = {} if places else None
        self.quoted: list[tuple[int, int]] = []
        self.nodes = 0
        self.last = (1, 1)  # where the last thing of substance ended

    def record(self) -> Tree | None:
        """Give the record; None when it is unreadable, with at least one finding of `UNREADABLE`."""
        try:
            tree = self._document()
        except StopError:
            return None
        except (YAMLError, ValueError, OverflowError) as failure:
            self.findings.append(explained(failure, self.text))
            return None
        self._comments()
        return None if any(found.code in UNREADABLE for found in self.findings) else tree

    # ------------------------------------------------------------------------------------------------------- document

    def _document(self) -> Tree:
        self.following()  # the start of the stream
        start = self.following()
        if isinstance(start, StreamEndEvent):
            self._say("HZ001", words.NO_RECORD, start, words.RESTORE)
            raise StopError
        if isinstance(start, DocumentStartEvent) and start.explicit:
            self._say("HZ017", words.DOCUMENT_MARK, start, words.DROP_LINE)
        tree = self._top(self.following())
        end = self.following()
        if isinstance(end, DocumentEndEvent) and end.explicit:
            self._say("HZ017", words.DOCUMENT_MARK, end, words.DROP_LINE)
        further = self.following()
        if not isinstance(further, StreamEndEvent):
            self._say("HZ003", words.SECOND_DOCUMENT, further, words.ONE_RECORD)
            raise StopError
        return tree

    def _top(self, event: Event) -> Tree:
        value = self._value(event, 1, ())
        if isinstance(value, dict):
            return value
        lines = self.text.split("\n", self._at(event)[0])
        self._say("HZ001", words.NOT_A_MAPPING, event, cure_for_line(lines[-2] if len(lines) > 1 else lines[-1]) or words.FIELDS)
        raise StopError

    # ----------------------------------------------------------------------------------------------------------- nodes

    def _value(self, event: Event, depth: int, trail: Trail) -> Raw:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._say("HZ001", words.TOO_MANY, event, words.SPLIT, trail)
            raise StopError
        self._plainly(event, trail)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, trail)
        if not isinstance(event, CollectionStartEvent):
            return None  # an alias, refused already
        if depth > MAX_DEPTH:
            self._say("HZ001", words.TOO_DEEP, event, words.FLATTEN, trail)
            raise StopError
        build = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
        value = build(event, depth, trail)
        self._put(trail, event, self.last)
        return value

    def _plainly(self, event: Event, trail: Trail) -> None:
        if isinstance(event, AliasEvent):
            self._say("HZ003", words.ALIAS, event, words.WRITE_OUT, trail)
            return
        node = cast("ScalarEvent | CollectionStartEvent", event)
        if node.anchor is not None:
            self._say("HZ003", words.ANCHOR, event, words.WRITE_OUT, trail)
        if node.tag is not None:
            self._say("HZ003", words.TAG, event, words.DROP_TAG, trail)

    def _scalar(self, event: ScalarEvent, trail: Trail) -> str | None:
        text, (start, end) = event.value, self._span(event)
        self._ended(event)
        self._put(trail, event, self.last)
        self._text(text, event, trail)
        if event.style:
            self.quoted.append((start, end))
            return text
        if text in NOTHING:
            return None
        if text in AMBIGUOUS or SEXAGESIMAL.fullmatch(text):
            self._say("HZ018", words.AMBIGUOUS.of(text=text), event, words.QUOTE.of(text=text), trail)
        return text

    def _text(self, text: str, event: ScalarEvent, trail: Trail) -> None:
        if len(text) > MAX_TEXT:
            self._say("HZ007", words.TOO_LONG.of(n=len(text)), event, words.SHORTEN, trail)
        if text.isprintable():
            return
        start, end = self._span(event)
        written = self.text[start:end]
        for character in dict.fromkeys(HIDDEN.findall(text)):
            if SURROGATE.match(character):
                self._say("HZ001", words.SURROGATE, event, words.RETYPE, trail)
            elif character not in written:
                self._say("HZ019", words.ESCAPED.of(name=named(character)), event, words.RETYPE, trail)

    def _sequence(self, start: CollectionStartEvent, depth: int, trail: Trail) -> list[Raw]:
        items: list[Raw] = []
        history = trail == ("history",)
        self._opened(start)
        previous = 0
        while not isinstance(event := self.following(), CollectionEndEvent):
            items.append(self._value(event, depth + 1, (*trail, len(items))))
            if history:
                previous = self._one_line(event, start, previous, len(items) - 1)
        self._closed(start, event)
        return items

    def _mapping(self, start: CollectionStartEvent, depth: int, trail: Trail) -> dict[str, Raw]:
        pairs: dict[str, Raw] = {}
        folded: set[str] = set()
        self._opened(start)
        while not isinstance(event := self.following(), CollectionEndEvent):
            key = self._key(event, depth, trail)
            if key is None:
                self._value(self.following(), depth + 1, trail)
                continue
            same = unicodedata.normalize("NFC", key)
            if same in folded:
                self._say("HZ002", words.TWICE.of(key=key), event, words.KEEP_ONE, (*trail, key))
            folded.add(same)
            if depth == 1 and "history" in pairs:
                self._say("HZ012", words.HISTORY_LAST.of(key=key), event, words.MOVE_UP, (*trail, key))
            pairs[key] = self._value(self.following(), depth + 1, (*trail, key))
        self._closed(start, event)
        return pairs

    def _key(self, event: Event, depth: int, trail: Trail) -> str | None:
        self.nodes += 1
        self._plainly(event, trail)
        if isinstance(event, CollectionStartEvent):
            self._say("HZ003", words.COMPLEX_KEY, event, words.PLAIN_KEY, trail)
            self.nodes -= 1
            self._value(event, depth + 1, trail)
            return None
        if not isinstance(event, ScalarEvent):
            return None
        key = event.value
        if key == "<<" and not event.style:
            self._say("HZ003", words.MERGE_KEY, event, words.WRITE_OUT, trail)
        if key.lower() in FORBIDDEN_KEYS:
            self._say("HZ004", words.FORBIDDEN_KEY.of(key=key or "(空)"), event, words.OTHER_KEY, (*trail, key, KEY))
        self._text(key, event, (*trail, key, KEY))
        if event.style:
            self.quoted.append(self._span(event))
        self._put((*trail, key, KEY), event, self._end(event))
        return key

    # ---------------------------------------------------------------------------------------------------------- style

    def _one_line(self, event: Event, list_start: CollectionStartEvent, previous: int, index: int) -> int:
        """Report an event of the history that is not one flow mapping on a line of its own; give its last line."""
        line = self._at(event)[0]
        flow = not isinstance(event, MappingStartEvent) or event.flow_style
        if list_start.flow_style or not flow or self.last[0] != line or line <= previous:
            self._say("HZ012", words.ONE_LINE, event, words.HOW_ONE_LINE, ("history", index))
        return self.last[0]

    def _comments(self) -> None:
        """Report comments that swallow the end of a value: a `#` with a letter or digit directly after it."""
        for number, at, line in self.comments():
            before = line[:at].strip()
            if before and line[at + 1 : at + 2].isalnum():
                place = Place(number, at + 1, number, at + 2)
                self.findings.append(Finding("HZ018", words.CUT_OFF, place=place, repair=words.QUOTE_ALL))

    def comments(self) -> Iterator[tuple[int, int, str]]:
        """Give every comment of the text: number of its line from 1, index of its `#` in the line, the line."""
        spans = sorted(self.quoted)
        starts, offset = [start for start, _ in spans], 0
        for number, line in enumerate(self.text.split("\n") if "#" in self.text else (), 1):
            for found in _COMMENT.finditer(line):
                at = found.end() - 1
                inside = bisect(starts, offset + at) - 1
                if inside < 0 or spans[inside][1] <= offset + at:  # else the # stands in quotes or in a block of text
                    yield number, at, line
                    break
            offset += len(line) + 1

    # --------------------------------------------------------------------------------------------------------- places

    def _say(self, code: str, message: Text, event: Event, repair: Text, trail: Trail = ()) -> None:
        place = Place(*self._at(event), *self._end(event))
        self.findings.append(Finding(code, message, trail, place=place, repair=repair))

    def _at(self, event: Event) -> tuple[int, int]:
        mark = event.start_mark
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)

    def _end(self, event: Event) -> tuple[int, int]:
        mark = event.end_mark
        return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)

    def _span(self, event: Event) -> tuple[int, int]:
        start, end = event.start_mark, event.end_mark
        return (start.index, end.index) if start is not None and end is not None else (0, 0)

    def _ended(self, event: Event) -> None:
        self.last = self._end(event)

    def _opened(self, start: CollectionStartEvent) -> None:
        self.last = self._at(start)

    def _closed(self, start: CollectionStartEvent, end: Event) -> None:
        if start.flow_style:  # the end of a block lies after trailing comments: there the last part's end counts
            self.last = self._end(end)

    def _put(self, trail: Trail, event: Event, end: tuple[int, int]) -> None:
        if self.places is not None:
            self.places[trail] = Place(*self._at(event), *end)
