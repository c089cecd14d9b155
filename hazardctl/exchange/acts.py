"""The history of a hazard out of the cells of its row (DOMAIN §9.2).

A table has columns where a ledger has lines: from the days and words of a row come the acts that must have happened. A word
without its day leaves the hazard open and is told, unless somebody says that the deadline may stand for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final

from hazardctl.exchange import words
from hazardctl.exchange.aliases import TOLD
from hazardctl.exchange.facts import Filled
from hazardctl.exchange.mapping import Template
from hazardctl.exchange.work import NOBODY, Cell, Question, Work, names, one_or_many
from hazardctl.language import Text
from hazardctl.model.events import EVENTS, in_order
from hazardctl.model.fields import facts as meanings
from hazardctl.model.raw import Raw

Line = dict[str, Raw]
ByVerb = Mapping[str, Mapping[str, Sequence[Cell]]]

_DAYS: Final = frozenset({"date", "due", "recorded"})
_DEADLINES: Final = frozenset({"due"})
_PEOPLE: Final = frozenset({"by", "with", "evidence", "into"})
_USUAL: Final[Mapping[str, Mapping[str, str]]] = {
    "extend": {"decision": "granted"}, "verify": {"result": "pass"}, "close": {"reason": "rectified"},
}  # fmt: skip
_CHAIN: Final = ("rectify", "verify", "close")
_OTHERS: Final = tuple(verb for verb in EVENTS if verb not in {"register", "assign", "extend", *_CHAIN})
SUPPLIED: Final = Text("导入：原表没有整改日期，按复查或销号日期记", "import: the table has no day of rectification, the day of the check or closing stands here")
ASSUMED: Final = Text("导入：原表没有日期，按整改期限记（--assume-due）", "import: the table has no day, the deadline stands here (--assume-due)")
_NO_DAY: Final = Text("没有日期，仍按未办结导入", "no day for it: imported as not done yet")
_ASSUME: Final = Text("--assume-due，或补上日期", "--assume-due, or fill in the day")


def history(work: Work, filled: Filled) -> list[Raw]:
    """Give the lines of the history, in date order; cells of acts that did not come about are kept under `x-import`."""
    if work.found is None:
        return []
    by_verb = {verb: fields for verb in EVENTS if (fields := _of(verb, filled))}
    told = {name: filled[name][0] for name in TOLD if name in filled}
    chosen = [line for template in work.desk.plan.events if (line := _templated(work, template))]
    extended = _extension(work, by_verb.get("extend", {}))
    done = _chain(work, by_verb, told, chosen)
    others = [line for verb in _OTHERS if verb in by_verb and (line := _dated(work, verb, by_verb[verb]))]
    later = sorted([*chosen, *extended, *done, *others], key=_when)
    assigned = _assignment(work, by_verb.get("assign", {}), told, later)
    register: Line = {"date": work.found.isoformat(), "do": "register", "by": _registrar(work, filled)}
    return [in_order(line) for line in sorted([register, *assigned, *later], key=_when)]  # type: ignore[misc]


def _when(line: Line) -> str:
    return str(line["date"])


def _of(verb: str, filled: Filled) -> Mapping[str, Sequence[Cell]]:
    start = f"history.{verb}."
    return {target.removeprefix(start): cells for target, cells in filled.items() if target.startswith(start)}


def _registrar(work: Work, filled: Filled) -> Raw:
    finders = [name for cell in filled.get("found_by", ()) for name in names(cell.text)]
    return work.desk.by or (one_or_many(finders) if finders else NOBODY)


def fields_of(work: Work, verb: str, given: Mapping[str, Sequence[Cell]]) -> Line:
    """Read the fields of one act; those that cannot be read are asked about and left out."""
    line: Line = {"do": verb}
    for name, cells in given.items():
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
            work.remarks.append(Question("、".join(template.when), "", Text("{do}：{why}", "{do}: {why}").of(do=template.do, why=_NO_DAY)))
        return None
    line = fields_of(work, template.do, given)
    if template.do == "assign":
        line.setdefault("to", work.unit_key)
    return line if "date" in line else None


def _dated(work: Work, verb: str, given: Mapping[str, Sequence[Cell]]) -> Line | None:
    """Make an act that nothing but its own column dates."""
    if "date" not in given:
        _keep(work, given)
        return None
    line = fields_of(work, verb, given)
    return line if "date" in line else None


def _keep(work: Work, given: Mapping[str, Sequence[Cell]]) -> None:
    for cells in given.values():
        for cell in cells:
            work.keep(cell)


def _extension(work: Work, given: Mapping[str, Sequence[Cell]]) -> list[Line]:
    """Make the granted extension; its own day is seldom in a table and is asked for."""
    if "due" not in given:
        _keep(work, given)
        return []
    line = fields_of(work, "extend", given)
    if "date" not in line and "date" not in given:
        cell = given["due"][0]
        remedy = Text("映射文件给出 history.extend.date，或用列表 [新期限, 原期限] 作 history.assign.due",
                      "map history.extend.date, or give history.assign.due as the list [new, original]")  # fmt: skip
        work.ask(cell, Text("不知哪天批准延期", "the day of the extension is not known"), remedy)
    return [line] if "date" in line else []


def _assignment(work: Work, given: Mapping[str, Sequence[Cell]], told: Mapping[str, Cell], later: Sequence[Line]) -> list[Line]:
    """Make the assignment: named by its columns, or implied by what happened later or by a status that is not done yet.

    Without a day of its own it is dated on the day found, or on the first later act where that is earlier still.
    """
    plan = work.desk.plan
    if any(line["do"] == "assign" for line in later) and not given:
        return []
    implied = any(line["do"] not in {"note", "supervise", "correct"} and not line.get("on_spot") for line in later if not _follows_spot(line, later))
    waits = {"status", "rectified", "result"} & {*plan.columns.values(), *plan.fixed}
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


def _chain(work: Work, by_verb: ByVerb, told: Mapping[str, Cell], chosen: Sequence[Line]) -> list[Line]:
    """Make claim, check and closing from their days and from the words that tell how far the work is."""
    given = {verb: dict(by_verb.get(verb, {})) for verb in _CHAIN}
    said = _told(work, told)
    if said.stage == "" and not any(given[verb].get("date") for verb in _CHAIN):
        for verb in _CHAIN:
            _keep(work, given[verb])
        return []
    if said.note:
        given["rectify"]["note"] = [*given["rectify"].get("note", []), said.note]
    lines = {verb: fields_of(work, verb, given[verb]) for verb in _CHAIN}
    if said.contradicts(lines):
        work.ask(said.cell, Text("状态与日期矛盾", "the status and the days disagree"), final=True)
        return []
    made = _Chain(work, lines, said, by_verb).made()
    for verb in _CHAIN:
        if verb not in {str(line["do"]) for line in made} and not any(line["do"] == verb for line in chosen):
            _keep(work, {name: cells for name, cells in by_verb.get(verb, {}).items() if name != "date"})
    return made


class _Said:
    """What the words of a row tell: how far the work is, on the spot or not, and a sentence on what was done."""

    def __init__(self) -> None:
        self.cell = Cell("", "", "")
        self.stage = ""
        self.on_spot = False
        self.note: Cell | None = None

    def tell(self, cell: Cell, stage: str) -> None:
        """Take a word; of two the one further on counts."""
        if stage == words.ON_SPOT:
            self.on_spot, stage = True, "rectified"
        if self.stage == "" or words.STAGES.index(stage) > words.STAGES.index(self.stage):
            self.cell, self.stage = cell, stage

    def reached(self, stage: str) -> bool:
        """Say whether the words tell of that stage or one beyond."""
        return self.stage != "" and words.STAGES.index(self.stage) >= words.STAGES.index(stage)

    def contradicts(self, lines: Mapping[str, Line]) -> bool:
        """Say whether the words tell of work not done while a day tells that it is."""
        passed = lines["verify"].get("result") == "pass" and "date" in lines["verify"]
        done = ("date" in lines["rectify"] and lines["verify"].get("result") == "pass") or passed or "date" in lines["close"]
        return self.stage in {"registered", "assigned", "rectifying"} and done


def _told(work: Work, told: Mapping[str, Cell]) -> _Said:
    said = _Said()
    for name, cell in told.items():
        stage = _stage(name, cell.text)
        if name == "on_spot":
            said.on_spot = said.on_spot or stage == "rectified"
            if stage == "rectified":
                said.tell(cell, "rectified")
        elif stage:
            said.tell(cell, stage)
        elif name == "result":
            said.note = cell
        if not stage and name != "result":
            known = Text("写明它是哪一步：{known}", "say which stage it means: {known}").of(known=(*words.STAGES, words.ON_SPOT))
            work.ask(cell, Text("不识得的状态", "a status we do not know"), known, key="status")
    return said


def _stage(name: str, text: str) -> str:
    match name:
        case "rectified":
            return words.ticked(text, "rectified")
        case "closed":
            return words.ticked(text, "closed")
        case "on_spot":
            stage = words.ticked(text, "rectified")
            return "rectified" if stage == words.ON_SPOT else stage
        case _:
            return words.stage(text)


class _Chain:
    """Claim, check and closing of one row, with the days that the words leave open."""

    def __init__(self, work: Work, lines: Mapping[str, Line], said: _Said, by_verb: ByVerb) -> None:
        self.work, self.said = work, said
        self.claim, self.check, self.closing = (dict(lines[verb]) for verb in _CHAIN)
        self.failed = self.check.get("result") == "fail"
        self.unreadable = any("date" in by_verb.get(verb, {}) and "date" not in lines[verb] for verb in _CHAIN)
        self.assumed = self._assumed(by_verb)

    def _assumed(self, by_verb: ByVerb) -> str:
        """Give the deadline where somebody said that it may stand for a missing day."""
        cells = by_verb.get("assign", {}).get("due")
        if self.work.desk.answer("assume_due") != "true" or not cells:
            return ""
        day = Work(self.work.desk, self.work.cells, self.work.found).day(cells[0], deadline=True)
        return day.isoformat() if day else ""

    def made(self) -> list[Line]:
        """Give the lines, up to the first whose day is not known."""
        if self.unreadable or not self._claimed():
            return []
        if not self._checked():
            return [self.claim]
        if self.failed or not self._closed():
            return [self.claim, self.check]
        return [self.claim, self.check, self.closing]

    def _claimed(self) -> bool:
        if self.said.on_spot:
            return self._on_spot()
        if "date" in self.claim:
            return True
        if "date" in self.check or "date" in self.closing:
            self.claim["date"] = self.check.get("date") or self.closing["date"]
            self.claim.setdefault("note", SUPPLIED.say(self.work.desk.language))
            return True
        if self.said.reached("rectified") and self.assumed:
            self.claim["date"] = self.assumed
            self.claim.setdefault("note", ASSUMED.say(self.work.desk.language))
            return True
        if self.said.reached("rectifying"):
            self._told_without_day()
        return False

    def _on_spot(self) -> bool:
        found = self.work.found.isoformat() if self.work.found else ""
        if self.claim.setdefault("date", found) != found:
            self.work.ask(self.said.cell, Text("当场整改，日期却不是发现当天", "done on the spot, yet not on the day found"), final=True)
            return False
        self.claim["on_spot"] = "true"
        return True

    def _checked(self) -> bool:
        if self.failed and "date" not in self.check:
            self._told_without_day()
            return False
        if "date" not in self.check and "date" in self.closing:
            self.check["date"] = self.closing["date"]
        if "date" not in self.check and self.said.reached("verified"):
            self._assume(self.check)
        return "date" in self.check

    def _closed(self) -> bool:
        if "date" not in self.closing and self.said.reached("closed"):
            self._assume(self.closing)
        return "date" in self.closing

    def _assume(self, line: Line) -> None:
        if not self.assumed:
            self._told_without_day()
            return
        line["date"] = max(self.assumed, str(self.claim["date"]), str(self.check.get("date", "")))
        line.setdefault("note", ASSUMED.say(self.work.desk.language))

    def _told_without_day(self) -> None:
        cell = self.said.cell
        self.work.remarks.append(Question(cell.column, cell.raw, _NO_DAY, _ASSUME, key="no-day"))
