"""Which columns a table of another kind of records may have: names and labels of the model, and what tables call the like (DOMAIN §9.1).

Nothing here knows a kind: a new one can be imported as soon as it has a model.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.exchange.aliases import DERIVED, KEPT, NAMES, OF_KINDS
from hazardctl.model import fields as f
from hazardctl.model.fact import Fact, facts
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.shape import Shape, shapes
from hazardctl.vocabulary import KIND_NAMES

ASIDE: Final = frozenset({"id", "schema", "history", "waivers", "approx", "external_ids"})
LIKE: Final[Mapping[str, str]] = {"units": "unit", "inspectors": "found_by", "org": "found_by_org"}
"""Field → the fact of a hazard that tables call by the same names."""
KEYS: Final = ("id", "key", "键", "标识")
ROW: Final = ("序号", "项次", "行号", "No.", "#")
SOURCE: Final = ("原编号", "系统编号", "记录编号")
MONEY: Final = frozenset({f.as_amount})
UNITS_OF_MONEY: Final = ("yuan", "wan")


@functools.cache
def targets(kind: str) -> frozenset[str]:
    """Give every target a mapping may name, but `external_ids.KEY`, which is free."""
    model = BY_NAME[kind].model
    own = [name for name, _, _ in _fields(model)]
    money = [f"{name}.{unit}" for name, _, shape in _fields(model) if shape.reader in MONEY for unit in UNITS_OF_MONEY]
    return frozenset({*own, *money, *(["id"] if BY_NAME[kind].slug else []), *KEPT})


@functools.cache
def joined(kind: str) -> frozenset[str]:
    """Give the targets that several columns may fill together."""
    return frozenset({"remark", *(name for name, _, shape in _fields(BY_NAME[kind].model) if shape.many and shape.part is None)})


@functools.cache
def spellings(kind: str) -> Mapping[str, str]:
    """Give column name → target; a label of the model goes before what tables call the like."""
    found: dict[str, str] = {}
    for name, target in _spelt(kind):
        found.setdefault(name, target)
    return found


def _spelt(kind: str) -> Iterator[tuple[str, str]]:
    model = BY_NAME[kind].model
    known = list(_fields(model))
    if BY_NAME[kind].slug:
        yield from ((name, "id") for name in KEYS)
    for name, fact, _ in known:
        yield from ((spelling, name) for spelling in (name, fact.zh, fact.en))
    for name, fact, shape in known:
        yield from ((spelling, name) for spelling in _also(fact, shape))
    yield from ((name, target) for target, names in OF_KINDS.get(kind, {}).items() for name in names)
    yield from ((name, "external_ids.row") for name in ROW)
    yield from ((name, "external_ids.source") for name in (*SOURCE, f"{KIND_NAMES[kind].zh}编号", f"{kind}_id", f"{kind} no"))
    for name, _, _ in known:
        like = "found_on" if name == model.own_date else LIKE.get(name, name)
        yield from ((spelling, name) for spelling in NAMES.get(like, ()))
    yield from ((name, DERIVED) for name in NAMES[DERIVED])


def _also(fact: Fact, shape: Shape) -> Iterator[str]:
    """Give what a label is called as well: 时间 for 日期, an amount without its unit."""
    if fact.zh.endswith("日期") and shape.reader is f.as_day:
        yield fact.zh.removesuffix("日期") + "时间"
    if shape.reader in MONEY:
        yield from (fact.zh.partition("（")[0], fact.en.partition(",")[0])


def _fields(model: type[Part], head: str = "", label: tuple[str, str] = ("", "")) -> Iterator[tuple[str, Fact, Shape]]:
    """Give the fields a cell may fill: those of the record, and by a dotted name those of the parts a field holds."""
    for name, shape in shapes(model).items():
        fact = facts(model)[name]
        if not head and name in ASIDE:
            continue
        yield head + name, Fact(label[0] + fact.zh, label[1] + fact.en, fact.need, fact.words, fact.ref), shape
        if shape.part is not None:
            yield from _fields(shape.part, f"{head}{name}.", (f"{label[0]}{fact.zh}/", f"{label[1]}{fact.en}/"))
