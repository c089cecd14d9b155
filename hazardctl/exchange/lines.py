"""One line of a history out of cells: every field of an act read as its verb asks (DOMAIN §3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hazardctl.exchange import words
from hazardctl.exchange.desk import Cell
from hazardctl.exchange.targets import PREFIX
from hazardctl.exchange.work import NOBODY, Work, names, one_or_many
from hazardctl.model.events import EVENTS
from hazardctl.model.fields import facts as meanings
from hazardctl.model.raw import Raw

Line = dict[str, Raw]
Given = Mapping[str, Sequence[Cell]]
"""Field of an act → the cells that fill it."""

CHAIN: Final = ("rectify", "verify", "close")
_DAYS: Final = frozenset({"date", "due", "recorded"})
_DEADLINES: Final = frozenset({"due"})
_WHO: Final = frozenset({"by", "person"})
_PEOPLE: Final = frozenset({"with", "evidence", "into"})
_USUAL: Final[Mapping[str, Mapping[str, str]]] = {
    "extend": {"decision": "granted"},
    "verify": {"result": "pass"},
    "close": {"reason": "rectified"},
}


def fields_of(work: Work, verb: str, given: Given) -> Line:
    """Read the fields of one act; those that cannot be read are asked about and left out."""
    line: Line = {"do": verb}
    for name, cells in given.items():
        work.target = f"{PREFIX}{verb}.{name}"
        value = _field(work, verb, name, cells)
        if value:
            line[name] = value
    for name, value in _USUAL.get(verb, {}).items():
        line.setdefault(name, value)
    line.setdefault("by", (work.desk.by if verb == "assign" else "") or NOBODY)
    return line


def _field(work: Work, verb: str, name: str, cells: Sequence[Cell]) -> Raw:
    cell = cells[0]
    if name in _DAYS:
        day = work.day(cell, deadline=name in _DEADLINES)
        return day.isoformat() if day else None
    if name in _WHO:
        return one_or_many(work.people(cells)) if name == "by" else "；".join(map(str, work.people(cells)))
    if name in _PEOPLE:
        return one_or_many([one for each in cells for one in names(each.text)])
    if name == "on_spot":
        return "true" if words.said(cell.text) in words.YES else None
    if verb == "verify" and name == "result" and (result := words.result(cell.text)):
        return result
    fact = meanings(EVENTS[verb]).get("with_" if name == "with" else name)
    if fact is not None and fact.ref == "unit":
        return work.unit(cell)
    if fact is not None and fact.words:
        return work.word(cell, fact.words) or None
    return "；".join(each.text for each in cells)


def keep(work: Work, given: Given) -> None:
    """Keep the cells of an act that did not come about."""
    for cells in given.values():
        for cell in cells:
            work.keep(cell)
