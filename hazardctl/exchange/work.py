"""One row on the bench: its cells, what is asked about it, what is kept of it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.exchange import words
from hazardctl.exchange.dates import Doubt, cell_day
from hazardctl.exchange.desk import Cell, Desk, Question
from hazardctl.exchange.near import SAME, near_people
from hazardctl.language import Text
from hazardctl.ledger import folded
from hazardctl.model.raw import Raw
from hazardctl.vocabulary import nearest

NOBODY: Final = "import"
"""Stands for the person who did an act where the table names nobody: no person is invented (DOMAIN §9.2)."""

UNDECIDED: Final = "?"
_NOTHING: Final = frozenset({"/", "\\", "-", "--", "---", "—", "——", "／"})
_QUOTED_FORMULA: Final = re.compile(r"'[=+\-@＝＋－＠]")
_BETWEEN_NAMES: Final = re.compile(r"[、，,;；/\n]+")
_OF_UNITS: Final = re.compile("单位|部门|机构")
"""In the name of a column of doers: units may stand there as well (核查单位)."""
_TIMES: Final[Mapping[str, int]] = {"yuan": 1, "wan": 10_000, "元": 1, "万元": 10_000, "万": 10_000}

SWAPPED: Final = Text("是单位名，此处应是人：两格写反了？", "the name of a unit where a person belongs: are two cells swapped?")
PERSON: Final = Text("是人名，此处应是{what}：填错了格？", "the name of a person where {what} belongs: is it in the wrong cell?")
A_UNIT: Final = Text("单位", "a unit")
A_DAY: Final = Text("日期", "a day")
A_PERSON: Final = Text("人", "a person")
A_TEXT: Final = Text("文字", "a text")
SHIFTED: Final = Text("是{it}，此处应是{what}：填错了格？", "{it} where {what} belongs: is it in the wrong cell?")
A_STATUS: Final = Text("整改状态", "a status")
PUT_RIGHT: Final = Text("改正这一格，或在映射文件 values: 写明", "put the cell right, or say so under values: in the mapping file")
NOT_LISTED: Final = Text("单位不在册", "not in the register of units")
NEARLY: Final = Text("不在名册，与 {near} 只差一字", "not among the people, and one letter from {near}")
IS_IT: Final = Text("是 {near}？映射文件 values: {column}: 写明", "{near}? say so under values: {column}: in the mapping file")
MAKE_IT: Final = Text("加 --new-units，或先登记", "add --new-units, or register it first")
NEW_ONE: Final = Text("另一家单位则照原样写明", "another unit: say it as it stands")


@dataclass(slots=True)
class Work:
    """A row being read; questions, remarks and what is kept gather here.

    Attributes:
        desk: what all rows share.
        cells: column name → cell.
        found: the day the hazard was found, once it is read.
        unit_key: key of its unit, once it is known.
        target: the field being read, named in questions about a constant.
        questions: what needs a decision.
        remarks: what is imported all the same.
        kept: column name → cell, for `x-import`.
    """

    desk: Desk
    cells: Mapping[str, str]
    found: dt.date | None = None
    unit_key: str = ""
    target: str = ""
    questions: list[Question] = field(default_factory=list[Question])
    remarks: list[Question] = field(default_factory=list[Question])
    kept: dict[str, Raw] = field(default_factory=dict[str, Raw])

    def ask(self, cell: Cell, reason: Text, remedy: Text | None = None, *, final: bool = False, key: str = "") -> None:
        """Note a question."""
        self.questions.append(Question(cell.column or self.target, cell.raw, reason, remedy, final, key))

    def keep(self, cell: Cell) -> None:
        """Keep a cell that fills no field under `x-import`."""
        if cell.column and cell.raw:
            self.kept[cell.column] = cell.raw

    def day(self, cell: Cell, *, deadline: bool = False) -> dt.date | None:
        """Read a day, or ask."""
        read = cell_day(cell.text, self.desk.manner, found=self.found if deadline else None, working=self.desk.working)
        if isinstance(read, Doubt):
            person = read.word and folded(cell.text) in self.desk.people
            reason = PERSON.of(what=A_DAY) if person else read.reason
            self.ask(cell, reason, read.remedy, final=read.final, key="day" if read.word else "")
            return None
        return read

    def word(self, cell: Cell, vocabulary: str) -> str:
        """Give the key of a word, or ask and give the empty string."""
        key = self.desk.word(vocabulary, cell.text)
        if key is None:
            words = self.desk.ledger.words[vocabulary]
            near = nearest([term.key for term in words.values()], cell.text) or list(words)[:12]
            self.ask(cell, Text("不在词表 {it} 内", "not a word of {it}").of(it=vocabulary), in_values(cell, near), key=vocabulary)
        return key or ""

    def unit(self, cell: Cell) -> str:
        """Give the key of a unit by key, name or alias; make it or ask where there is none, ask where there are several."""
        keys = self.desk.ledger.unit_keys(cell.text)
        if len(keys) == 1:
            return keys[0]
        if keys:
            self.ask(
                cell, Text("几个单位同名：{keys}", "several units have this name: {keys}").of(keys=keys), in_values(cell, keys), key="unit"
            )
            return ""
        if folded(cell.text) in self.desk.people:
            self.ask(cell, PERSON.of(what=A_UNIT), PUT_RIGHT, key="unit")
            return ""
        near: Sequence[tuple[str, float]] = () if self.settled(cell) else self.desk.near_units(cell.text)
        if self.desk.made is not None:
            near = [(key, degree) for key, degree in near if degree >= SAME]
            if not near or cell.text in self.desk.plan.new_units:
                return self.desk.made(cell.text)
        self.ask(cell, NOT_LISTED, self._which(cell, [key for key, _ in near]), key="near" if near else "unit")
        return ""

    def _which(self, cell: Cell, near: Sequence[str]) -> Text:
        new = MAKE_IT if self.desk.made is None else NEW_ONE
        if not near:
            return new
        called = [f"{self.desk.ledger.unit_name(key)}({key})" for key in near]
        return Text("{it}；{new}", "{it}; {new}").of(it=IS_IT.of(near=called, column=cell.column or "?"), new=new)

    def settled(self, cell: Cell) -> bool:
        """Say whether the table of values says what a cell means."""
        return cell.raw in self.desk.plan.values.get(cell.column, {})

    def people(self, cells: Sequence[Cell]) -> list[Raw]:
        """Give the people some cells name, each by the one name of the register; ask about a day, a status, a unit, a near-miss."""
        found: list[Raw] = []
        for cell in cells:
            if self.settled(cell):
                found += [self.desk.people.get(folded(str(one)), one) for one in names(cell.text)]
                continue
            if doubt := self._no_person(cell):
                self.ask(cell, doubt, PUT_RIGHT, key="swapped")
                continue
            for one in names(cell.text):
                found.append(known := self.desk.people.get(folded(str(one)), one))
                if known is one and (near := near_people(self.desk.people.values(), str(one))):
                    self.ask(cell, NEARLY.of(near=near), IS_IT.of(near=near, column=cell.column or "?"), key="person")
        return found

    def _no_person(self, cell: Cell) -> Text | None:
        """Say what stands where a person belongs: a unit of the register, a day, a word for how far the work is."""
        if cell.column and not _OF_UNITS.search(cell.column) and self.target != "found_by" and self.desk.ledger.unit_keys(cell.text):
            return SWAPPED
        return self.shifted(cell, A_PERSON)

    def shifted(self, cell: Cell, what: Text = A_TEXT) -> Text | None:
        """Say that a day or a word for how far the work is stands where something else belongs."""
        if not isinstance(cell_day(cell.text, self.desk.manner), Doubt):
            return SHIFTED.of(it=A_DAY, what=what)
        if words.stage(cell.text) and len(cell.text) > 1 and not cell.text.isascii():
            return SHIFTED.of(it=A_STATUS, what=what)
        return None

    def money(self, cell: Cell, meant: str = "") -> str:
        """Give an amount in yuan; the unit stands in the cell, the column name or the target (`meant`), else it is asked."""
        found = re.fullmatch(r"([\d,]+(?:\.\d+)?)\s*(万元|万|元)?", unicodedata.normalize("NFKC", cell.text))
        if not found:
            self.ask(cell, Text("不是金额", "not an amount"), in_values(cell, ()))
            return ""
        name = unicodedata.normalize("NFKC", cell.column)
        stated = found[2] or meant or ("万元" if "万元" in name else "元" if "元" in name or "yuan" in name.lower() else "")
        if not stated:
            target = self.target.removesuffix(".yuan").removesuffix(".wan")
            remedy = Text("映射文件写 {it}.yuan 或 {it}.wan", "write {it}.yuan or {it}.wan in the mapping file").of(it=target)
            self.ask(cell, Text("不知是元还是万元", "yuan or ten thousand yuan?"), remedy)
            return ""
        return amount(found[1], _TIMES[stated])


def amount(digits: str, times: int) -> str:
    """Give digits times a whole number, without a float: `12.5` times 10000 is `125000`."""
    from decimal import Decimal

    value = (Decimal(digits.replace(",", "")) * times).normalize()
    return f"{value:f}"


def in_values(cell: Cell, words: object) -> Text:
    """Say how the table of values in the mapping file settles a word."""
    known = Text("（{words}）", " ({words})").of(words=words) if words else Text("", "")
    return Text("映射文件 values: {column}: 写明含义{known}", "say what it means under values: {column}: in the mapping file{known}").of(
        column=cell.column or "?", known=known
    )


def cleaned(text: str) -> str:
    """Give a cell as it is taken: NFC, ends of line as LF, outer white space off, a lone dash or slash is nothing."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")).strip()
    if text in _NOTHING:
        return ""
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def names(text: str) -> list[Raw]:
    """Split a cell that lists people or words."""
    return [part.strip() for part in _BETWEEN_NAMES.split(text) if part.strip()]


def one_or_many(parts: list[Raw]) -> Raw:
    """Give a single name as itself, several as a list."""
    return parts[0] if len(parts) == 1 else parts
