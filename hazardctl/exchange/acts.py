"""The history of a hazard out of the cells of its row (DOMAIN §9.2).

A table has columns where a ledger has lines: from the days and words of a row come the acts that must have happened. A word
without its day leaves the hazard open and is told, unless somebody says that the deadline may stand for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from hazardctl.exchange.aliases import TOLD
from hazardctl.exchange.chain import NO_DAY, Told, chain
from hazardctl.exchange.desk import Cell, Question
from hazardctl.exchange.facts import Filled
from hazardctl.exchange.lines import CHAIN, Given, Line, fields_of, keep
from hazardctl.exchange.mapping import Template
from hazardctl.exchange.targets import PREFIX, event_fields
from hazardctl.exchange.words import stage
from hazardctl.exchange.work import NOBODY, Work, names, one_or_many
from hazardctl.language import Text
from hazardctl.model.events import EVENTS, in_order
from hazardctl.model.raw import Raw

_OTHERS: Final = tuple(verb for verb in EVENTS if verb not in {"register", "assign", "extend", *CHAIN})
_WHEN_EXTENDED: Final = Text("不知哪天批准延期", "the day of the extension is not known")
_MAP_EXTENSION: Final = Text(
    "映射文件给出 history.extend.date，或 set: history.assign.due: [新期限, 原期限]",
    "map history.extend.date, or set: history.assign.due: [new, original]",
)
_WAITING: Final = frozenset({"status", "rectified", "result", "closed"})
_NOT_IMPLYING: Final = frozenset({"note", "supervise", "correct"})


def history(work: Work, filled: Filled) -> list[Raw]:
    """Give the lines of the history, in date order; cells of acts that did not come about are kept under `x-import`."""
    if work.found is None:
        return []
    by_verb = _by_verb(filled)
    told = [(name, cell) for name in TOLD for cell in filled.get(name, ())]
    for _, cell in told:
        work.keep(cell)  # what a word tells is calculated from then on; the word itself is not lost
    chosen = [line for template in work.desk.plan.events if (line := _templated(work, template))]
    extended = _extension(work, by_verb.get("extend", {}))
    done = chain(work, by_verb, told, chosen)
    others = [line for verb in _OTHERS if verb in by_verb and (line := _dated(work, verb, by_verb[verb]))]
    later = sorted([*chosen, *extended, *done, *others], key=_when)
    assigned = _assignment(work, by_verb.get("assign", {}), told, later)
    register: Line = {"date": work.found.isoformat(), "do": "register", "by": _registrar(work, filled)}
    return [_laid_out(line) for line in (register, *sorted([*assigned, *later], key=_when))]


def _laid_out(line: Line) -> Raw:
    """Give the fields of a line in the order they stand in files."""
    own = {name: line[name] for name in ("do", *event_fields(str(line["do"]))) if name in line}
    return cast("Line", in_order(own))


def _when(line: Line) -> str:
    return str(line["date"])


def _by_verb(filled: Filled) -> Mapping[str, Given]:
    found: dict[str, dict[str, Sequence[Cell]]] = {}
    for target, cells in filled.items():
        if target.startswith(PREFIX):
            _, verb, name = target.split(".", 2)
            found.setdefault(verb, {})[name] = cells
    return found


def _registrar(work: Work, filled: Filled) -> Raw:
    finders = [name for cell in filled.get("found_by", ()) for name in names(cell.text)]
    return work.desk.by or (one_or_many(finders) if finders else NOBODY)


def _templated(work: Work, template: Template) -> Line | None:
    """Make the act of a line of `events:`, where its conditions hold and its day is there."""
    if not template.fits(work.cells):
        return None
    given: dict[str, Sequence[Cell]] = {}
    for name, source in template.fields.items():
        column, raw = source.taken(work.cells)
        if raw:
            given[name] = (Cell(column, raw, work.desk.plan.meant(column, raw)),)
    if "date" not in given:
        if template.when:
            work.remarks.append(Question("、".join(template.when), "", Text("{do}：{why}", "{do}: {why}").of(do=template.do, why=NO_DAY)))
        return None
    line = fields_of(work, template.do, given)
    if template.do == "assign":
        line.setdefault("to", work.unit_key)
    return line if "date" in line else None


def _dated(work: Work, verb: str, given: Given) -> Line | None:
    """Make an act that nothing but its own column dates."""
    if "date" not in given:
        keep(work, given)
        return None
    line = fields_of(work, verb, given)
    return line if "date" in line else None


def _extension(work: Work, given: Given) -> list[Line]:
    """Make the granted extension; its own day is seldom in a table and is asked for."""
    if "due" not in given:
        keep(work, given)
        return []
    line = fields_of(work, "extend", given)
    if "date" not in line and "date" not in given:
        cell = given["due"][0]
        work.ask(cell, _WHEN_EXTENDED, _MAP_EXTENSION)
    return [line] if "date" in line else []


def _assignment(work: Work, given: Given, told: Sequence[Told], later: Sequence[Line]) -> list[Line]:
    """Make the assignment: named by its columns, or implied by what happened later or by a status that is not done yet.

    Without a day of its own it is dated on the day found, or on the first later act where that is earlier still.
    """
    plan = work.desk.plan
    if any(line["do"] == "assign" for line in later) and not given:
        return []
    implied = any(line["do"] not in _NOT_IMPLYING and not line.get("on_spot") for line in later if not _follows_spot(line, later))
    waits = _WAITING & {*plan.columns.values(), *plan.fixed} and not any(stage(cell.text) == "registered" for _, cell in told)
    if not (given or implied or (waits and not later)):
        return []
    line = fields_of(work, "assign", given)
    line.setdefault("to", work.unit_key)
    if "date" not in line:
        line["date"] = min([work.found.isoformat() if work.found else "", *(_when(one) for one in later)])
    return [line]


def _follows_spot(line: Line, lines: Sequence[Line]) -> bool:
    """Say whether an act belongs to a claim made on the spot, which needs no assignment."""
    return line["do"] in {"verify", "close"} and any(one.get("on_spot") for one in lines)
