"""From what people say on the command line to what a file says: days, money, words, names, parts (EXPERIENCE §2.1, §2.3 `new`).

Nothing here knows a kind of record: the shape of a field and what it means decide how its value is read. What cannot be
understood is handed on as it was said, and the model refuses it with its own reason.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from hazardctl.day import day
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model import fields as f
from hazardctl.model.days import days_of, of_ledger
from hazardctl.model.fact import Fact
from hazardctl.model.fields import Part, facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.shape import Shape, shapes
from hazardctl.model.target import Met
from hazardctl.store.reader import parse
from hazardctl.vocabulary import find, nearest

SAID: Final = {
    **dict.fromkeys(("true", "yes", "y", "是", "有", "对"), "true"),
    **dict.fromkeys(("false", "no", "n", "否", "无", "不"), "false"),
}
TIMES: Final = {"": 1, "元": 1, "yuan": 1, "万": 10_000, "万元": 10_000}
_MONEY: Final = re.compile(r"([\d,]+(?:\.\d+)?)\s*(万元|万|元|yuan|)", re.ASCII)
_GROUPED: Final = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_MOMENT: Final = re.compile(r"(\S+?)[T\s]+(\d\d?:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)", re.ASCII)
_BETWEEN: Final = re.compile(r"\s*[,，;；、]\s*")
_SHORT: Final = re.compile(r"[^\s\[{:=][^\[{:=]*=.*", re.DOTALL)

_NO_REGIONS: Final = Text(
    "本台账还没有属地：在 hazardctl.yaml 写上  regions: [{{key: liulin, name: 柳林镇}}]",
    "this ledger has no regions yet; write into hazardctl.yaml  regions: [{{key: liulin, name: Liulin}}]",
    {"": ""},
)
_NO_WORD: Final = Text("{label}没有“{it}”{near}", "{label}: no word “{it}”{near}")
_NO_PART: Final = Text(
    "{label}“{it}”读不懂，写成 {example}", "{label}: “{it}” cannot be read, write {example}"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Saying:
    """Reads what was said against a ledger and a day; what is no word or no day at all is noted as a fault.

    Attributes:
        ledger: for its words, units, campaigns and key periods.
        today: what 今天 and a bare H1 are read against.
        faults: what could not be understood.
    """

    ledger: Ledger
    today: dt.date
    faults: list[Text] = field(default_factory=list[Text])

    def value(self, model: type[Part], name: str, values: Sequence[str]) -> Raw:
        """Give what a field of a class says, from one value or several."""
        shape, fact = shapes(model)[name], facts(model)[name]
        if shape.part or shape.reader in {f.as_open_map, f.as_numbers}:
            trees = [tree for value in values for tree in self._trees(value, shape, fact)]
            if shape.many:
                return [self._meant(shape, fact, tree) for tree in trees]
            return self._meant(shape, fact, trees[-1]) if trees else None
        if shape.reader is f.as_gainers and number(values[-1]).isdigit():
            return number(values[-1])
        if shape.many:
            return [self._meant(shape, fact, value) for value in listed(values)]
        return self._meant(shape, fact, values[-1])

    def _trees(self, value: str, shape: Shape, fact: Fact) -> Iterator[Raw]:
        """Read a mapping, or a list of them, from `{a: b}` or the short `a=b, c=d`."""
        tree = pairs(value) if _SHORT.fullmatch(value) else flow(value)
        found = tree if isinstance(tree, list) else [tree]
        if all(isinstance(one, dict) for one in found):
            yield from found
        else:
            self.faults.append(_NO_PART.of(label=fact.label, it=value, example=example(shape)))

    def _meant(self, shape: Shape, fact: Fact, said: Raw) -> Raw:
        if isinstance(said, list):
            return [self._meant(shape, fact, one) for one in said]
        if shape.part and isinstance(said, dict):
            return self.part(shape.part, said)
        if isinstance(said, dict):
            return {self._key(fact, key): self._entry(fact, key, value) for key, value in said.items()}
        if said is None:
            return None
        return self._named(fact, said) if fact.words or fact.ref else self._plain(shape, said)

    def part(self, part: type[Part], said: Mapping[str, Raw]) -> dict[str, Raw]:
        """Give what a part of a record says; fields may be called by their labels."""
        known = facts(part)
        labels = {fact.zh: name for name, fact in known.items()}
        tree = {labels.get(key, key): value for key, value in said.items()}
        meant = {name: self._meant(shapes(part)[name], known[name], value) for name, value in tree.items() if name in known}
        others = {key: value for key, value in tree.items() if key not in known}
        if issubclass(part, Met):
            kind = BY_NAME.get(str(meant.get("record")))
            others = {key: self._filter(facts(kind.model) if kind else {}, key, value) for key, value in others.items()}
        return {**meant, **others}

    def _key(self, fact: Fact, key: str) -> str:
        return self.ledger.unit_key(key) if fact.ref == "unit" else key

    def _entry(self, fact: Fact, key: str, value: Raw) -> Raw:
        if fact.words and isinstance(value, str):
            return self._word(fact, value)
        return self._filter(facts(BY_NAME["hazard"].model), key, value)

    def _filter(self, known: Mapping[str, Fact], key: str, value: Raw) -> Raw:
        """Give the key a filter's word stands for, where its field is known; several with `+` are each read."""
        fact = known.get(key)
        if fact is None or not isinstance(value, str):
            return value
        words = self.ledger.words.get(fact.words, {})
        return "+".join(
            find(words, one) or self.ledger.unit_key(one) if fact.words or fact.ref == "unit" else one for one in value.split("+")
        )

    def _named(self, fact: Fact, said: str) -> str:
        if fact.words:
            return self._word(fact, said)
        return self.ledger.unit_key(said) if fact.ref == "unit" else said

    def _word(self, fact: Fact, said: str) -> str:
        words = self.ledger.words.get(fact.words, {})
        key = find(words, said)
        if key is None:
            near = nearest([term.zh for term in words.values()], said) or nearest(list(words), said)
            self.faults.append(_NO_WORD.of(label=fact.label, it=said, near=f"（{near[0]}？）" if near else ""))
            self.faults.extend([_NO_REGIONS] if fact.words == "regions" and not words else [])
        return key or said

    def _plain(self, shape: Shape, said: str) -> str:
        read = READ.get(shape.reader)
        return read(self, said) if read else said

    def moment(self, said: str) -> str:
        """Give a day and time as a file says them; what is none stays as it was said."""
        found = _MOMENT.fullmatch(unicodedata.normalize("NFKC", said).strip())
        return f"{self.day(found[1])}T{found[2].zfill(5)}" if found else said

    def day(self, said: str) -> str:
        """Give a day as a file says it; what is none stays as it was said."""
        try:
            return day(said, today=self.today).isoformat()
        except UsageError:
            return said

    def period(self, said: str) -> str:
        """Give the word that means a period whatever today is; a campaign or key period there is not is a fault."""
        from hazardctl.ops.question import reading
        from hazardctl.period import read

        if days_of(said):
            return said
        try:
            return read(said, reading(self.ledger, self.today)).name
        except UsageError as failure:
            if of_ledger(said):
                self.faults.append(failure.what)
            return said


READ: Final[Mapping[object, Callable[[Saying, str], str]]] = {
    f.as_day: Saying.day,
    f.as_moment: Saying.moment,
    f.as_period: Saying.period,
    f.as_clock: lambda _, said: unicodedata.normalize("NFKC", said).strip().zfill(5),
    f.as_amount: lambda _, said: money(said),
    f.as_flag: lambda _, said: SAID.get(said.strip().lower(), said),
    **dict.fromkeys((f.as_count, f.as_places, f.as_nil, f.as_measured, f.as_number), lambda _, said: number(said)),
}
"""How the values of each type are understood; the others are taken as they are said."""


def listed(values: Sequence[str]) -> Iterator[str]:
    """Take lists apart: people separate names as they please."""
    for value in values:
        yield from (part for part in _BETWEEN.split(value.strip()) if part)


def flow(text: str) -> Raw:
    """Read a value as it stands in a file; None when it is none."""
    parsed = parse(f"x: {text}\n".encode(), places=False)
    return parsed.tree.get("x") if parsed.tree and len(parsed.tree) == 1 and not parsed.findings else None


def pairs(text: str) -> dict[str, Raw]:
    """Read `name=水泵, qty=3`."""
    halves = [part.partition("=") for part in _BETWEEN.split(text.strip()) if part]
    return {name.strip(): value.strip() for name, _, value in halves}


def number(text: str) -> str:
    """Give a number as a file says it: full-width digits folded, `1,317` without its comma."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return folded.replace(",", "") if _GROUPED.fullmatch(folded) else folded


def money(text: str) -> str:
    """Give an amount in yuan: `2万元` is 20000; what is no amount stays as it was said."""
    found = _MONEY.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if not found:
        return text
    amount = Decimal(found[1].replace(",", "")) * TIMES[found[2]]
    return f"{amount.normalize():f}" if amount == amount.to_integral_value() else f"{amount:f}"


def example(shape: Shape) -> str:
    """Show how a part is written: its first fields."""
    names = list(facts(shape.part))[:3] if shape.part else []
    shown = "{" + ", ".join(f"{name}: …" for name in names or ["…"]) + "}"
    return f"[{shown}]" if shape.many else shown
