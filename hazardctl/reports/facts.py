"""A record of any kind, whole: each fact in words, its history, its file (EXPERIENCE §3.5 for kinds that have no life cycle).

Nothing here knows a kind: labels, vocabularies and references come from the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final, cast

from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Event, amended
from hazardctl.model.fact import Fact
from hazardctl.model.fields import Part, facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.model.target import Met
from hazardctl.reports.acts import joined
from hazardctl.reports.frame import spaced
from hazardctl.sheet import Block, Cell, Column, Line, Sheet, Table, Value
from hazardctl.vocabulary import ACTS, KIND_NAMES, NOUNS

ASIDE: Final = frozenset({"id", "schema", "history", "waivers", "approx"})
FIRST: Final = ("name", "title", "subject", "content")
"""What a record may be called by, in this order."""
APPROX: Final[Mapping[str, Text]] = {
    "over": Text("{it}余", "over {it}"),
    "nearly": Text("近{it}", "nearly {it}"),
    "about": Text("约{it}", "about {it}"),
}
WITHDRAWN: Final = Text("已作废（{day}）", "withdrawn on {day}")
IT: Final = Text("{it}", "{it}")
FLAGS: Final = (Text("否", "no"), Text("是", "yes"))
COLUMNS: Final = (
    Column("date", Text("日期", "Date"), fixed=True),
    Column("do", Text("", "")),
    Column("by", Text("", "")),
    Column("note", Text("", "")),
)


def page(entry: Entry[Record], ledger: Ledger, day: dt.date) -> Sheet:
    """Lay out one record as of a day: its facts in the order of its file, then the lines of its history."""
    record = entry.record
    name = next((str(getattr(record, field)) for field in FIRST if getattr(record, field, "")), "")
    off = [WITHDRAWN.of(day=day) for day in _withdrawals(record, day)]
    return Sheet(
        name="show",
        title=spaced([plain(record.id), KIND_NAMES[entry.kind.name].heading, *([plain(name)] if name else []), *off]),
        blocks=tuple(_blocks(entry, ledger, day)),
        data=_data(entry, day),
        main="history",
        compact=True,
    )


def _withdrawals(record: Record, day: dt.date) -> Iterator[dt.date]:
    return (act.date for act in _acts(record, day) if act.do == "withdraw")


def _acts(record: Record, day: dt.date) -> list[Event]:
    """Give the lines up to a day, in the order of their days."""
    return sorted((act for act in amended(record.history)[0] if act.date <= day), key=lambda act: act.date)


def _blocks(entry: Entry[Record], ledger: Ledger, day: dt.date) -> Iterator[Block]:
    for label, text in said(entry.record, ledger):
        yield Line(text, label=label, indent=2)
    acts = _acts(entry.record, day)
    if acts:
        yield Table("history", COLUMNS, tuple(_row(act) for act in acts), NOUNS["history"].heading, plain=True)
    yield Line(plain(entry.path), label=NOUNS["file"].heading)


def _row(act: Event) -> tuple[Cell, ...]:
    return (act.date, ACTS[act.do].label, plain("、".join(act.by)), plain(act.note))


def said(part: Part, ledger: Ledger) -> Iterator[tuple[Text, Text]]:
    """Give each fact that is there with its label, in words: one line for each part of a list."""
    for name, fact in facts(type(part)).items():
        value = _stated(part, name)
        for one in cast("tuple[object, ...]", value) if _parts(value) else (value,):
            if one is not None:
                yield fact.label, _approximate(part, name).of(it=words(one, fact, ledger))
    if isinstance(part, Met):
        known: Mapping[str, Fact] = facts(BY_NAME[part.record].model) if part.record in BY_NAME else {}
        yield from (_filter(name, value, known, ledger) for name, value in part.filters.items())


def _stated(part: Part, name: str) -> object:
    """Give the value of a fact; None where nothing is said beyond what is assumed."""
    attribute, info = next((key, info) for key, info in type(part).model_fields.items() if name in {key, info.alias})
    value: object = getattr(part, attribute)
    return None if name in ASIDE or value in ("", (), {}) or value == info.default else value


def _approximate(part: Part, name: str) -> Text:
    stated: Mapping[str, str] | str = getattr(part, "approx", {})
    sign = stated.get(name, "") if isinstance(stated, Mapping) else stated if name == "value" else ""
    return APPROX.get(sign, IT)


def _filter(name: str, value: str, known: Mapping[str, Fact], ledger: Ledger) -> tuple[Text, Text]:
    """Say a filter by the label of the field it narrows, and its words."""
    fact = known.get(name)
    if fact is None:
        return plain(name), plain(value)
    return fact.label, IT.of(it=[_named(one, fact, ledger) for one in value.split("+")])


def _parts(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(one, Part) for one in cast("tuple[object, ...]", value))


def words(value: object, fact: Fact, ledger: Ledger) -> Text:
    """Say a value of a fact: the name of a word or a unit, yes or no, a part with its labels."""
    match value:
        case Part():
            return joined([_labelled(label, text) for label, text in said(value, ledger)])
        case bool():
            return FLAGS[value]
        case str():
            return _named(value, fact, ledger)
        case tuple():
            return IT.of(it=[words(one, fact, ledger) for one in cast("tuple[object, ...]", value)])
        case Mapping():
            pairs = [_pair(key, one, fact, ledger) for key, one in cast("Mapping[str, object]", value).items()]
            return joined([_labelled(label, text) for label, text in pairs])
        case _:
            return IT.of(it=value)


def _labelled(label: Text, text: Text) -> Text:
    return Text("{label} {text}", "{label} {text}").of(label=label, text=text)


def _pair(key: str, value: object, fact: Fact, ledger: Ledger) -> tuple[Text, Text]:
    if fact.ref or fact.words or not isinstance(value, str):
        return plain(ledger.unit_name(key) if fact.ref == "unit" else key), words(value, fact, ledger)
    return _filter(key, value, facts(BY_NAME["hazard"].model), ledger)


def _named(value: str, fact: Fact, ledger: Ledger) -> Text:
    if fact.words:
        return ledger.label(fact.words, value)
    return plain(ledger.unit_name(value) if fact.ref == "unit" else value)


def _data(entry: Entry[Record], day: dt.date) -> dict[str, Value]:
    record = entry.record
    return {
        "as_of": day,
        "id": record.id,
        "kind": entry.kind.name,
        "path": entry.path,
        "withdrawn": next(_withdrawals(record, day), None),
        "facts": record.model_dump(by_alias=True, exclude_defaults=True, exclude={"history"}),
        "history": [{**act.model_dump(by_alias=True, exclude_defaults=True), "do": act.do} for act in _acts(record, day)],
    }
