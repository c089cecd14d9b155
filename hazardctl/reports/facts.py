"""A record of any kind, whole: each fact in words, its history, its file (EXPERIENCE §3.5 for kinds that have no life cycle).

Nothing here knows a kind: labels, vocabularies and references come from the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, cast

from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Event, amended
from hazardctl.model.fact import Fact
from hazardctl.model.fields import Part, facts
from hazardctl.model.ids import short
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.model.target import Met
from hazardctl.reports.acts import joined, plainly
from hazardctl.reports.frame import Frame, limits, sources, spaced, unread
from hazardctl.reports.linked import Linked
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
MOST: Final = 8
COLUMNS: Final = (
    Column("event", plain("#"), "right", fixed=True),
    Column("date", NOUNS["date"].heading, fixed=True),
    Column("do", Text("事件", "Act"), fixed=True),
    Column("by", NOUNS["by"].heading),
    Column("what", Text("内容", "What")),
)
LINKS: Final = (
    Column("kind", Text("种类", "Kind")),
    Column("field", Text("字段", "Field")),
    Column("count", Text("条数", "Records"), "right"),
    Column("ids", NOUNS["id"].heading),
)
NAMED: Final = Text("提到它的记录", "records that name it")
MORE: Final = Text("{ids} …", "{ids} …")


NO_COMMITS: Final[Mapping[int, str]] = MappingProxyType({})


def page(
    entry: Entry[Record], ledger: Ledger, frame: Frame, links: Sequence[Linked] = (), commits: Mapping[int, str] = NO_COMMITS
) -> Sheet:
    """Lay out one record as of a day: its facts in the order of its file, what names it, the lines of its history.

    Args:
        entry: the record and its file.
        ledger: whose words, units and regions name things.
        frame: the as-of day, the commit, what could not be read.
        links: what names the record.
        commits: position of a line in the history → short commit that wrote it.
    """
    record, day = entry.record, frame.as_of
    name = called(record)
    off = [WITHDRAWN.of(day=day) for day in _withdrawals(record, day)]
    return Sheet(
        name="show",
        title=spaced([plain(record.id), KIND_NAMES[entry.kind.name].heading, *([plain(name)] if name else []), *off]),
        blocks=tuple(_blocks(entry, ledger, day, links, commits)),
        foot=(sources(frame), *limits(frame)),
        data=_data(entry, frame, links, commits),
        main="history",
        compact=True,
    )


def called(record: Record) -> str:
    """Give what a record is called by; empty where it has no name."""
    return next((str(getattr(record, field)) for field in FIRST if getattr(record, field, "")), "")


def _withdrawals(record: Record, day: dt.date) -> Iterator[dt.date]:
    return (act.date for _, act in _acts(record, day) if act.do == "withdraw")


def _acts(record: Record, day: dt.date) -> list[tuple[int, Event]]:
    """Give the lines up to a day with their positions, in the order of their days."""
    return sorted(((at, act) for at, act in enumerate(amended(record.history)[0]) if act.date <= day), key=lambda one: one[1].date)


def _blocks(entry: Entry[Record], ledger: Ledger, day: dt.date, links: Sequence[Linked], commits: Mapping[int, str]) -> Iterator[Block]:
    for label, text in said(entry.record, ledger):
        yield Line(text, label=label, indent=2)
    if rows := [_row(at, act, entry.record, ledger, commits) for at, act in _acts(entry.record, day)]:
        columns = (*COLUMNS, *([Column("commit", Text("提交", "Commit"), fixed=True, drop=1)] if commits else []))
        yield Table("history", columns, tuple(rows), NOUNS["history"].heading, plain=True)
    if links:
        yield Table("linked", LINKS, tuple(_link(one) for one in links), NAMED, plain=True)
    yield Line(plain(entry.path), label=NOUNS["file"].heading)


def _row(at: int, act: Event, record: Record, ledger: Ledger, commits: Mapping[int, str]) -> tuple[Cell, ...]:
    by, what = Text("{by}", "{by}").of(by=list(act.by)), plainly(act, record.history[at], ledger)
    row: tuple[Cell, ...] = (at + 1, act.date, ACTS[act.do].label, by, what)
    return (*row, commits.get(at, "")) if commits else row


def _link(one: Linked) -> tuple[Cell, ...]:
    ids = IT.of(it=[short(record) for record in one.ids[:MOST]])
    return (KIND_NAMES[one.kind].label, one.label, len(one.ids), MORE.of(ids=ids) if len(one.ids) > MOST else ids)


def said(part: Part, ledger: Ledger) -> Iterator[tuple[Text, Text]]:
    """Give each fact that is there with its label, in words: one line for each part of a list."""
    for name, fact in facts(type(part)).items():
        value = _stated(part, name)
        for one in cast("tuple[object, ...]", value) if _parts(value) else (value,):
            if one is not None:
                yield fact.label, approximate(part, name).of(it=words(one, fact, ledger))
    if isinstance(part, Met):
        known: Mapping[str, Fact] = facts(BY_NAME[part.record].model) if part.record in BY_NAME else {}
        yield from (_filter(name, value, known, ledger) for name, value in part.filters.items())


def _stated(part: Part, name: str) -> object:
    """Give the value of a fact; None where nothing is said beyond what is assumed."""
    attribute, info = next((key, info) for key, info in type(part).model_fields.items() if name in {key, info.alias})
    value: object = getattr(part, attribute)
    return None if name in ASIDE or value in ("", (), {}) or value == info.default else value


def approximate(part: Part, name: str) -> Text:
    """Give the sentence a number stands in: 约, 近, 余, or the number alone."""
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


def _data(entry: Entry[Record], frame: Frame, links: Sequence[Linked], commits: Mapping[int, str]) -> dict[str, Value]:
    record, day = entry.record, frame.as_of
    return {
        "ledger": frame.commit,
        "known_at": frame.known_at or None,
        "as_of": day,
        "id": record.id,
        "kind": entry.kind.name,
        "path": entry.path,
        "withdrawn": next(_withdrawals(record, day), None),
        "facts": record.model_dump(by_alias=True, exclude_defaults=True, exclude={"history"}),
        "history": [_act(at, act, commits) for at, act in _acts(record, day)],
        "linked": [{"kind": one.kind, "field": one.field, "count": len(one.ids), "ids": list(one.ids)} for one in links],
        "unread": unread(frame)["unread"],
    }


def _act(at: int, act: Event, commits: Mapping[int, str]) -> dict[str, Value]:
    written = act.model_dump(by_alias=True, exclude_defaults=True)
    return {"event": at + 1, **written, "do": act.do, "commit": commits.get(at)}
