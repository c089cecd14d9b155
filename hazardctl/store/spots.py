"""Places of the parts of a record in canonical form, looked up when they are asked for.

A finding asks for one place of a file; the careful reader must note four hundred to give it. In a text that the canonical
reader has accepted a trail leads to its line at once, and only that line is taken apart. A property test holds that every
place is the one the careful reader notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.diagnostics import Place, Trail
from hazardctl.store.build import KEY
from hazardctl.store.canonical import canonical
from hazardctl.store.reader import parse
from hazardctl.store.scan import scan

_SCALAR: Final = re.compile(r'"[^"]*"|[^,\[\]{}"]+')
_ITEM: Final = "  - "
_INDENT: Final = "  "

Found = dict[Trail, Place]


def places_of(data: bytes) -> Mapping[Trail, Place]:
    """Give the places of a record: on demand where it is in canonical form, else all of them by the careful reader."""
    scanned = scan(data)
    sound = scanned.text is not None and not scanned.findings and not scanned.text.startswith("#") and canonical(scanned.text) is not None
    return Spots(scanned.text or "") if sound else parse(data).places


class Spots(Mapping[Trail, Place]):
    """Trail → place, as `Parsed.places`, of a text that `canonical` has accepted."""

    def __init__(self, text: str) -> None:
        """Take the text; nothing is looked at but where its fields begin."""
        self._lines = text.removesuffix("\n").split("\n")
        self._heads = {line.partition(":")[0]: number for number, line in enumerate(self._lines) if not line.startswith(_INDENT)}
        self._found: dict[int, Found] = {}

    def __getitem__(self, trail: Trail) -> Place:
        """Give the place of a part, of a key where the trail ends in `KEY`; KeyError where the file has no such part."""
        if not trail:
            return Place(1, 1, len(self._lines), len(self._lines[-1]) + 1)
        number = self._line_of(trail)
        return self._on(number, str(trail[0]))[trail]

    def __iter__(self) -> Iterator[Trail]:
        """Give every trail of the record."""
        yield ()
        for key, head in self._heads.items():
            for number in (head, *self._below(head)):
                yield from self._on(number, key)

    def __len__(self) -> int:
        """Count the trails."""
        return sum(1 for _ in self)

    def _line_of(self, trail: Trail) -> int:
        head = self._heads[trail[0]]  # type: ignore[index]
        if len(trail) == 1 or trail[1] == KEY or not self._lines[head].endswith(":"):
            return head
        below = self._below(head)
        if isinstance(trail[1], int):
            return below[trail[1]] if trail[1] < len(below) else head
        return next((number for number in below if self._lines[number].startswith(f"{_INDENT}{trail[1]}:")), head)

    def _below(self, head: int) -> range:
        """Give the lines of a block below the line of its field."""
        last = head
        while last + 1 < len(self._lines) and self._lines[last + 1].startswith(_INDENT):
            last += 1
        return range(head + 1, last + 1)

    def _on(self, number: int, key: str) -> Found:
        """Give the places on a line of a field, taken apart once."""
        if number not in self._found:
            line, found = self._lines[number], Found()
            if number == self._heads[key]:
                self._field(number, key, found)
            elif line.startswith(_ITEM):
                self._flow(number, len(_ITEM), (key, number - self._heads[key] - 1), found)
            else:
                self._pair(number, len(_INDENT), (key,), found)
            self._found[number] = found
        return self._found[number]

    def _field(self, number: int, key: str, found: Found) -> None:
        below = self._below(number)
        if not below:
            self._pair(number, 0, (), found)
            return
        found[key, KEY] = Place(number + 1, 1, number + 1, len(key) + 1)
        found[(key,)] = Place(below[0] + 1, len(_INDENT) + 1, below[-1] + 1, len(self._lines[below[-1]]) + 1)

    def _pair(self, number: int, at: int, trail: Trail, found: Found) -> int:
        """Take `key: value` apart and give the index behind it."""
        end = self._lines[number].index(":", at)
        mine = (*trail, self._lines[number][at:end])
        found[*mine, KEY] = Place(number + 1, at + 1, number + 1, end + 1)
        return self._flow(number, end + 2, mine, found)

    def _flow(self, number: int, at: int, trail: Trail, found: Found) -> int:
        """Take a value on one line apart and give the index behind it."""
        line, end = self._lines[number], at
        match line[at]:
            case "{":
                end += 1
                while line[end] != "}":
                    end = self._pair(number, end + (2 if line[end] == "," else 0), trail, found)
                end += 1
            case "[":
                items = 0
                while line[end] != "]":
                    end = self._flow(number, end + (1 if end == at else 2), (*trail, items), found)
                    items += 1
                end += 1
            case _:
                scalar = _SCALAR.match(line, at)
                end = scalar.end() if scalar else at
        found[trail] = Place(number + 1, at + 1, number + 1, end + 1)
        return end
