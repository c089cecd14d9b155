"""From canonical text straight to a record: field by field, line by line, and nothing is read twice that stands in many records.

Most lines of a ledger are in many of its records: who registered on which day, the sector, the grade, the basis. What such a
line says is known from the first time; the rest is read by the canonical reader and made by `hazardctl.model.made`. Whatever
either of them hesitates at goes the long way, through `parse` and `typed`; a property test holds the two ways together
(docs/adr/0014).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Final, Generic, TypeAlias, TypeVar, cast

from hazardctl.model.events import EVENTS, Event
from hazardctl.model.fields import Part
from hazardctl.model.kinds import Kind
from hazardctl.model.made import ODD, OddError, filled, form
from hazardctl.model.record import Record
from hazardctl.store.canonical import NotCanonicalError, body, part

KNOWN: Final = 1 << 12
"""Fields of a class, and lines of histories, whose meaning is kept at hand; many more leave the cache of the processor."""
BROKEN: Final = "\r"
"""Stands between the lines of one field while a text is cut into fields: no text that is read has one."""
HISTORY: Final = f"history:{BROKEN}"
_PAIRS: Final = re.compile(", (?=[a-z_]+: )")
Said: TypeAlias = tuple[str, object]
T = TypeVar("T")


class Known(dict[str, T], Generic[T]):
    """What lines say: read when one is asked for the first time, and all forgotten where that would be too many."""

    def __init__(self, read: Callable[[str], T]) -> None:
        """Take what reads a line."""
        super().__init__()
        self._read = read

    def __missing__(self, line: str) -> T:
        """Read a line."""
        said = self._read(line)
        if len(self) >= KNOWN:
            self.clear()
        self[line] = said
        return said


def direct(kind: Kind, data: bytes) -> Record | None:
    """Give the record of a file in canonical form about which there is nothing to say as a file; None for any other."""
    text = body(data)
    if text is None:
        return None
    *chunks, rest = text.replace("\n ", f"{BROKEN} ").split("\n")
    try:
        return None if rest else _record(kind, chunks)
    except (NotCanonicalError, *ODD):
        return None


def forget() -> None:
    """Forget what was read before, as in a process that begins."""
    _EVENTS.clear()
    _fields.cache_clear()


def _record(kind: Kind, chunks: list[str]) -> Record:
    """Put together what the fields of a record say, its history last."""
    values: dict[str, object] = {}
    if chunks and chunks[-1].startswith(HISTORY):
        lines = chunks.pop()[len(HISTORY) :]
        values["history"] = tuple(map(_EVENTS.__getitem__, lines.split(BROKEN)))
    count = len(values)
    values.update(map(_fields(kind.model).__getitem__, chunks))
    if len(values) != len(chunks) + count or values.get("schema_") != kind.schema:
        raise OddError
    return cast("Record", filled(kind.model, values))


@functools.cache
def _fields(model: type[Part]) -> Known[Said]:
    """Give what the fields of a class say, by their own lines: attribute and value."""
    known = form(model)

    def read(lines: str) -> Said:
        name, _, items = lines.partition(f":{BROKEN}")
        inner = known.lists.get(name) if items else None
        if inner is not None:
            return known.reads[name][0], tuple(_between_braces(inner, _pairs(line)) for line in items.split(BROKEN))
        name, said = part(lines.replace(BROKEN, "\n"))
        if name not in known.reads:
            raise OddError
        attribute, reads = known.reads[name]
        return attribute, reads(said)

    return Known(read)


def _event(line: str) -> Event:
    """Read a line of a history."""
    pairs = _pairs(line)
    usual = pairs[1] if len(pairs) > 1 else ""
    verb = (usual if usual.startswith("do: ") else next((pair for pair in pairs if pair.startswith("do: ")), ""))[4:]
    if verb not in EVENTS:
        raise OddError
    return cast("Event", _between_braces(EVENTS[verb], pairs))


_EVENTS: Final = Known(_event)


def _pairs(line: str) -> list[str]:
    """Cut an item of a list, fields between braces, into its fields."""
    said = line[5:-1]
    if not (line.startswith("  - {") and line.endswith("}")) or "{" in said or "}" in said:
        raise OddError
    if "[" in said or '"' in said:
        return _PAIRS.split(said)  # inside quotes it may cut too often, and then the pieces are no fields
    return said.split(", ")


def _between_braces(model: type[Part], pairs: list[str]) -> Part:
    values = dict(map(_fields(model).__getitem__, pairs))
    if len(values) != len(pairs):
        raise OddError
    return filled(model, values)
