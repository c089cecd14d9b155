"""Claim, check and closing of a row: their days, and the words that tell how far the work is (DOMAIN §9.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from hazardctl.exchange import words
from hazardctl.exchange.desk import Cell, Question
from hazardctl.exchange.lines import CHAIN, Given, Line, fields_of, keep
from hazardctl.exchange.work import Work
from hazardctl.language import Text

_NOT_DONE: Final = frozenset({"registered", "assigned", "rectifying"})
ByVerb = Mapping[str, Given]
Told = tuple[str, Cell]
"""A target of `aliases.TOLD`, and a cell that tells how far the work is."""

SUPPLIED: Final = Text(
    "导入：原表没有整改日期，按复查或销号日期记",
    "import: the table has no day of rectification, the day of the check or closing stands here",
)
ASSUMED: Final = Text(
    "导入：原表没有日期，按整改期限记（--assume-due）", "import: the table has no day, the deadline stands here (--assume-due)"
)
NOT_TOLD: Final = Text("导入：原表未写整改情况", "import: the table does not say what was done")
NO_DAY: Final = Text("没有日期，仍按未办结导入", "no day for it: imported as not done yet")
_ASSUME: Final = Text("加 --assume-due，或补上日期", "add --assume-due, or fill in the day")
_DISAGREE: Final = Text("进度前后矛盾", "what the row says of its progress disagrees")
_OTHER_DAY: Final = Text("当场整改，日期却不是发现当天", "done on the spot, yet not on the day found")
_UNKNOWN: Final = Text("不识得的状态", "a status we do not know")
_STAGES: Final = Text("写明它是哪一步：{known}", "say which stage it means: {known}")


def chain(work: Work, by_verb: ByVerb, told: Sequence[Told], chosen: Sequence[Line]) -> list[Line]:
    """Make claim, check and closing from their days and from the words that tell how far the work is."""
    given = {verb: dict(by_verb.get(verb, {})) for verb in CHAIN}
    said = _told(work, told)
    if said.stage == "" and not any(given[verb].get("date") for verb in CHAIN):
        for verb in CHAIN:
            keep(work, given[verb])
        return []
    if said.notes:
        given["rectify"]["note"] = [*given["rectify"].get("note", []), *said.notes]
    lines = {verb: fields_of(work, verb, given[verb]) for verb in CHAIN}
    if said.contradicts(lines):
        work.ask(said.cell, _DISAGREE, final=True)
        return []
    made = _Chain(work, lines, said, by_verb).made()
    for verb in CHAIN:
        if verb not in {str(line["do"]) for line in made} and not any(line["do"] == verb for line in chosen):
            keep(work, {name: cells for name, cells in by_verb.get(verb, {}).items() if name != "date"})
    return made


class _Said:
    """What the words of a row tell: how far the work is, on the spot or not, and a sentence on what was done."""

    def __init__(self) -> None:
        self.cell = Cell("", "", "")
        self.stage = ""
        self.on_spot = False
        self.not_closed = False
        self.disagrees = False
        self.notes: list[Cell] = []

    def tell(self, cell: Cell, stage: str) -> None:
        """Take a word; of two the one further on counts, unless one says done and the other not done."""
        if stage == words.ON_SPOT:
            self.on_spot, stage = True, "rectified"
        self.disagrees |= self.stage != "" and (self.stage in _NOT_DONE) != (stage in _NOT_DONE)
        if self.stage == "" or words.STAGES.index(stage) > words.STAGES.index(self.stage):
            self.cell, self.stage = cell, stage

    def reached(self, stage: str) -> bool:
        """Say whether the words tell of that stage or one beyond."""
        return self.stage != "" and words.STAGES.index(self.stage) >= words.STAGES.index(stage)

    def contradicts(self, lines: Mapping[str, Line]) -> bool:
        """Say whether the words tell of work not done while a day tells that it is."""
        passed = lines["verify"].get("result") == "pass" and "date" in lines["verify"]
        done = ("date" in lines["rectify"] and lines["verify"].get("result") == "pass") or passed or "date" in lines["close"]
        closed = "date" in lines["close"] or self.stage == "closed"
        return self.disagrees or (self.stage in _NOT_DONE and done) or (self.not_closed and closed)


def _told(work: Work, told: Sequence[Told]) -> _Said:
    said = _Said()
    for name, cell in told:
        stage = _stage(name, work.desk.stage(cell.text))
        match name:
            case "on_spot" if stage in {"rectified", words.ON_SPOT}:
                said.tell(cell, words.ON_SPOT)
            case "on_spot" if stage:
                pass  # 限期整改 says when it is to be done, not how far it is
            case "closed" if stage == "assigned":
                said.not_closed, said.cell = True, cell
            case _ if stage:
                said.tell(cell, stage)
            case "result":
                said.notes.append(cell)
            case _:
                work.ask(cell, _UNKNOWN, _STAGES.of(known=(*words.STAGES, words.ON_SPOT)), key="status")
    return said


def _stage(name: str, text: str) -> str:
    match name:
        case "rectified":
            return words.ticked(text, "rectified")
        case "closed":
            return words.ticked(text, "closed")
        case "on_spot":
            return words.ticked(text, words.ON_SPOT)
        case _:
            return words.stage(text)


class _Chain:
    """Claim, check and closing of one row, with the days that the words leave open."""

    def __init__(self, work: Work, lines: Mapping[str, Line], said: _Said, by_verb: ByVerb) -> None:
        self.work, self.said = work, said
        self.claim, self.check, self.closing = (dict(lines[verb]) for verb in CHAIN)
        self.failed = self.check.get("result") == "fail"
        self.unreadable = any("date" in by_verb.get(verb, {}) and "date" not in lines[verb] for verb in CHAIN)
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
        self.claim.setdefault("note", NOT_TOLD.say(self.work.desk.language))
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
            self.work.ask(self.said.cell, _OTHER_DAY, final=True)
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
        self.work.remarks.append(Question(cell.column, cell.raw, NO_DAY, _ASSUME, key="no-day"))
