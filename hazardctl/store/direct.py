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
from typing import Final, TypeAlias, cast

from hazardctl.model.events import EVENTS, Event
from hazardctl.model.fields import Part
from hazardctl.model.kinds import Kind
from hazardctl.model.made import ODD, OddError, filled, form
from hazardctl.model.record import Record
from hazardctl.store.canonical import NotCanonicalError, body, part

KNOWN: Final = 1 << 10
"""Fields of a class, and lines of histories, whose meaning is kept at hand; many more leave the cache of the processor."""
HISTORY: Final = "history:\n"
_NEXT: Final = re.compile(r"\n(?! )")
_LINE: Final = re.compile(r"  - \{((?:[^{}]*, )?do: ([a-z]+)(?:, [^{}]*)?)\}")
_PAIRS: Final = re.compile(", (?=[a-z_]+: )")
Says: TypeAlias = Callable[[str], tuple[str, object]]


def direct(kind: Kind, data: bytes) -> Record | None:
    """Give the record of a file in canonical form about which there is nothing to say as a file; None for any other."""
    text = body(data)
    if text is None:
        return None
    *chunks, rest = _NEXT.split(text)
    try:
        return None if rest else _record(kind, chunks)
    except (NotCanonicalError, *ODD):
        return None


def _record(kind: Kind, chunks: list[str]) -> Record:
    """Put together what the fields of a record say, its history last."""
    says = _fields(kind.model)
    values: dict[str, object] = {}
    if chunks and chunks[-1].startswith(HISTORY):
        lines = chunks.pop()[len(HISTORY) :]
        values["history"] = tuple(map(_event, lines.split("\n")))
    count = len(values)
    values.update(map(says, chunks))
    if len(values) != len(chunks) + count or values.get("schema_") != kind.schema:
        raise OddError
    return cast("Record", filled(kind.model, values))


@functools.cache
def _fields(model: type[Part]) -> Says:
    """Give what reads a field of a class from its own lines, to attribute and value."""
    reads = form(model).reads

    @functools.lru_cache(KNOWN)
    def says(lines: str) -> tuple[str, object]:
        name, said = part(lines)
        if name not in reads:
            raise OddError
        attribute, read = reads[name]
        return attribute, read(said)

    return says


@functools.lru_cache(KNOWN)
def _event(line: str) -> Event:
    """Read a line of a history: fields between braces."""
    found = _LINE.fullmatch(line)
    if found is None or found[2] not in EVENTS:
        raise OddError
    model = EVENTS[found[2]]
    pairs = _PAIRS.split(found[1])  # inside quotes it may cut too often, and then the pieces are no fields
    values = dict(map(_fields(model), pairs))
    if len(values) != len(pairs):
        raise OddError
    return cast("Event", filled(model, values))
