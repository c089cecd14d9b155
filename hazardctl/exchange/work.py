"""One row on the bench: its cells, what is asked about it, what is kept of it."""

from __future__ import annotations

import datetime as dt
import functools
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from hazardctl.exchange.dates import Doubt, Manner, cell_day
from hazardctl.exchange.mapping import Plan
from hazardctl.language import Language, Text
from hazardctl.ledger import Ledger
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.vocabulary import find, nearest

NOBODY: Final = "import"
"""Stands for the person who did an act where the table names nobody: no person is invented (DOMAIN §9.2)."""

UNDECIDED: Final = "?"
_NOTHING: Final = frozenset({"/", "\\", "-", "--", "---", "—", "——", "／"})
_QUOTED_FORMULA: Final = re.compile(r"'[=+\-@＝＋－＠]")
_BETWEEN_NAMES: Final = re.compile(r"[、，,;；/\n]+")
_TIMES: Final[Mapping[str, int]] = {"yuan": 1, "wan": 10_000, "元": 1, "万元": 10_000, "万": 10_000}

WorkingDays = Callable[[dt.date, int], dt.date]
Saying = Callable[[type[Part], str, str], tuple[Raw, Sequence[Text]]]


def unsaid(_: type[Part], __: str, text: str) -> tuple[Raw, Sequence[Text]]:
    """Take a value as it was said."""
    return text, ()


class Cell(NamedTuple):
    """A value on its way: the column (empty for a constant), what was written, what it means by the table of values."""

    column: str
    raw: str
    text: str


class Question(NamedTuple):
    """What needs a decision: where, what was written, why, what would settle it.

    Attributes:
        final: no option or mapping settles it, only the cell itself can be put right: the row is refused.
        key: what the question is about, for grouping: `unit`, `grade`, a vocabulary…
    """

    column: str
    raw: str
    reason: Text
    remedy: Text | None = None
    final: bool = False
    key: str = ""


@dataclass(frozen=True)
class Desk:
    """What every row of a file shares.

    Attributes:
        plan: the mapping.
        ledger: whose registry of units, campaigns, regions and words is asked.
        by: who registers and assigns; empty for `import`.
        made: gives the key of a unit that is made on the way for a name; None where no units are made.
        language: of the few notes the importer writes into histories.
        working: adds working days to a day.
        kind: of the records.
        said: reads a field of a class as people say it: the value, and what is wrong with it.
        usual: what holds of a record unless its row says otherwise.
    """

    plan: Plan
    ledger: Ledger
    by: str = ""
    made: Callable[[str], str] | None = None
    language: Language = "zh"
    working: WorkingDays | None = None
    kind: Kind = BY_NAME["hazard"]
    said: Saying = unsaid
    usual: Tree = field(default_factory=dict[str, Raw])
    _found: dict[tuple[str, str], str | None] = field(default_factory=dict[tuple[str, str], str | None])

    @functools.cached_property
    def manner(self) -> Manner:
        """Give how days are read."""
        return self.plan.manner()._replace(zone=self.ledger.config.zone)

    def word(self, vocabulary: str, text: str) -> str | None:
        """Give the key a word means in a vocabulary of the ledger, or None; a table says the same words again and again."""
        if (vocabulary, text) not in self._found:
            self._found[vocabulary, text] = find(self.ledger.words[vocabulary], text)
        return self._found[vocabulary, text]

    def answer(self, name: str) -> str:
        """Give the answer to a question that the mapping or an option has settled, or the empty string."""
        return self.plan.answers.get(name, "")


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
            self.ask(cell, read.reason, read.remedy, final=read.final, key="day" if read.word else "")
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
        if self.desk.made is None:
            self.ask(
                cell,
                Text("单位不在册", "not in the register of units"),
                Text("加 --new-units，或先登记", "add --new-units, or register it first"),
                key="unit",
            )
            return ""
        return self.desk.made(cell.text)

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
