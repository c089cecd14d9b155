"""The filter language: words in, clauses out (EXPERIENCE 2.1, DOMAIN 4.1). What a clause means in columns is decided above.

Words are joined by AND, commas by OR, `not:` negates: `unit:顺发 grade:major not:is:overdue due:..2026-06-30`. In the brackets
of a measure the same keys stand with `=`, joined by `,` (and) and `+` (or): `sector=chem+fireworks,grade=major`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from hazardctl.day import FORMS, folded, written
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.vocabulary import CONDITIONS, Term, find, nearest

ClauseKind = Literal["word", "range", "is", "text"]

RANGES: Final = frozenset({"found", "due", "closed", "rectified", "period"})  # `period` only in brackets
ORIGINAL: Final = ("original",)  # `[due=original]` asks for the first deadline, not for a day
KEYS: Final = (
    "unit",
    "to",
    "responsible",
    "region",
    "grid",
    "sector",
    "source",
    "grade",
    "state",
    "is",
    "campaign",
    "key",
    "person",
    "found_by",
    "found",
    "due",
    "rectified",
    "closed",
    "number",
    "category",
    "site",
    "tag",
    "id",
    "unit_type",
    "regulator_industry",
    "regulator_local",
    "regulator_general",
    "risk_point",
    "ledger",
)
NOT: Final = "not"
TEXT: Final = "description"

_COMPARED: Final = re.compile(r"(?P<key>[a-z_.]+)\s*(?P<sign><=|>=|<|>)(?P<day>.*)", re.ASCII)
_NAME: Final = re.compile(r"[a-z_]+", re.ASCII)
_COMMA: Final = re.compile("[,，]")
DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Grammar:
    """What may be asked of one kind of record.

    Attributes:
        keys: before the colon.
        ranges: those of them that ask for days.
        conditions: what may stand after `is:`.
        also: further spellings of a key, folded.
        open: keys behind which a dot and any name may stand.
    """

    keys: tuple[str, ...] = KEYS
    ranges: frozenset[str] = RANGES
    conditions: Mapping[str, Term] = field(default_factory=lambda: CONDITIONS)
    also: Mapping[str, str] = field(default_factory=dict[str, str])
    open: frozenset[str] = frozenset()

    def key(self, text: str) -> str:
        """Give the key a text names.

        Raises:
            UsageError: there is none; the nearest ones are named.
        """
        if text in self.keys or text.partition(".")[0] in self.open:
            return text
        if text in self.also:
            return self.also[text]
        near = nearest([*self.keys, *self.also], text)
        meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
        keys = Text("可以用：{keys}；不带冒号的词在文字中查找", "there are: {keys}; a word without a colon searches the texts")
        raise UsageError(Text("没有名为“{key}”的筛选项", 'there is no filter "{key}"').of(key=text), *meant, keys.of(keys=self.keys))


HAZARDS: Final = Grammar()


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition on a record.

    Attributes:
        key: one of `KEYS`, `description` for a bare word; in brackets also any other field of the kind counted.
        values: one of them must fit. As typed, but trimmed; after `is` the keys of `vocabulary.CONDITIONS`.
        negated: the condition must not hold.
        kind: `word`: equals (or names) the value; `range`: a date in the period that the value says
            (`hazardctl.period.open_ranges`); `is`: a condition of the record; `text`: part of the description.
    """

    key: str
    values: tuple[str, ...]
    negated: bool = False
    kind: ClauseKind = "word"


def parse(words: Sequence[str], grammar: Grammar = HAZARDS) -> tuple[Clause, ...]:
    """Read the filter words of a command; all clauses must hold.

    Args:
        words: as typed.
        grammar: what may be asked; that of hazards without it.

    Raises:
        UsageError: an unknown key or condition (with the nearest known ones), a missing value, a comparison without a date.

    Examples:
        >>> parse(["sector:消防,工贸", "not:is:逾期"])[1]
        Clause(key='is', values=('overdue',), negated=True, kind='is')
    """
    return tuple(_clause(word.strip(), grammar) for word in words if word.strip())


def bracket(text: str) -> tuple[Clause, ...]:
    """Read the scope of a measure, without its brackets: `sector=chem+fireworks,grade=major`.

    Any field may stand here; whether the kind counted has it is asked by the measure.

    Raises:
        UsageError: a part that is not `key=value`.
    """
    return tuple(_scope(part.strip()) for part in _COMMA.split(text) if part.strip())


def _clause(word: str, grammar: Grammar, *, negated: bool = False) -> Clause:
    found = _COMPARED.fullmatch(folded(word))
    if found and (found["key"] in grammar.keys or written(found["day"]) is not None):
        return _comparison(grammar, found, negated=negated)
    head, colon, rest = word.replace("：", ":", 1).partition(":")
    if not colon:
        return Clause(TEXT, (word,), negated, "text")
    key = folded(head)
    if key == NOT:
        if not rest.strip():
            raise _no_value(word)
        return _clause(rest.strip(), grammar, negated=not negated)
    return _of(grammar.key(key), _COMMA.split(rest), word, grammar, negated=negated)


def _scope(part: str) -> Clause:
    key, equals, rest = part.partition("=")
    key = folded(key)
    if not equals or not _NAME.fullmatch(key):
        raise UsageError(
            Text("“{part}”不是筛选条件", '"{part}" is not a filter').of(part=part),
            Text("方括号中写作 sector=chem+fireworks,grade=major", "inside brackets write sector=chem+fireworks,grade=major"),
        )
    return _of(key, rest.split("+"), part, HAZARDS)


def _of(key: str, values: Sequence[str], word: str, grammar: Grammar, *, negated: bool = False) -> Clause:
    said = tuple(value.strip() for value in values if value.strip())
    if not said:
        raise _no_value(word)
    if key == "is":
        return Clause(key, tuple(_condition(value, grammar.conditions) for value in said), negated, "is")
    return Clause(key, said, negated, "range" if key in grammar.ranges and said != ORIGINAL else "word")


def _comparison(grammar: Grammar, found: re.Match[str], *, negated: bool) -> Clause:
    key, sign, text = grammar.key(found["key"]), found["sign"], found["day"]
    day = written(text)
    if day is None or key not in grammar.ranges:
        raise UsageError(
            Text("“{key}{sign}{text}”不是日期比较", '"{key}{sign}{text}" does not compare a date').of(key=key, sign=sign, text=text),
            Text("范围写作 due:..2026-06-30，两端都含", "write a range as due:..2026-06-30, both ends included"),
            FORMS,
        )
    days = {"<": f"..{day - DAY}", "<=": f"..{day}", ">": f"{day + DAY}..", ">=": f"{day}.."}
    return Clause(key, (days[sign],), negated, "range")


def _condition(word: str, conditions: Mapping[str, Term]) -> str:
    if (key := find(conditions, word)) is not None:
        return key
    spellings = [spelling for term in conditions.values() for spelling in term.spellings()]
    near = nearest(spellings, word)
    meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    labels = [term.label for term in conditions.values()]
    raise UsageError(
        Text("is: 后面不能写“{word}”", '"{word}" cannot stand after is:').of(word=word),
        *meant,
        Text("可以写：{labels}", "there are: {keys}").of(labels=labels, keys=list(conditions)),
    )


def _no_value(word: str) -> UsageError:
    return UsageError(
        Text("筛选条件“{word}”没有值", 'the filter "{word}" has no value').of(word=word),
        Text("写作 unit:顺发 或 due:..2026-06-30", "write unit:顺发 or due:..2026-06-30"),
    )
