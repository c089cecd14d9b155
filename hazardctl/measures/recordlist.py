"""Lists of records that have no life cycle: what they can be asked by, and which of them a scope leaves (EXPERIENCE §2.3 `list`).

The conditions are those of the measures (`hazardctl.measures.recordscope`); a list may also ask for words in the texts, for
what stands after `is:`, for the fields of the parts a record holds (`checks.cycle`) and the entries of its mappings
(`signed.KEY`).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from hazardctl.base import Bound
from hazardctl.filters import Clause, Grammar
from hazardctl.ledger import Ledger, folded
from hazardctl.measures.engine import Engine
from hazardctl.measures.names import Names, refuse
from hazardctl.measures.question import Question
from hazardctl.measures.records import DAYS
from hazardctl.measures.recordscope import COMPUTED, FACETS, Asking, fact_of, has, meant_by, unit
from hazardctl.measures.relations import FAR, column
from hazardctl.measures.scope import Scope
from hazardctl.measures.sources import Source, standing, text
from hazardctl.model import fields
from hazardctl.model.fact import facts
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.shape import Shape, shapes
from hazardctl.vocabulary import BUILT_IN

BODIES: Final = frozenset({"unit", "org"})
MAPS: Final = frozenset({fields.as_open_map, fields.as_numbers})
BESIDE: Final = frozenset({"id", "schema", "approx", "waivers"})
OWN_DAY: Final = ("date", "found")
"""What the record's own day may be asked by, whatever its field is called."""
LAPSED: Final = "lapsed = 1"
CONDITIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "": {"withdrawn": "withdrawn <= $t"},
    "risk_point": {"check_due": f"key IN (SELECT x.key FROM ({text('checks', 0)}) x WHERE x.{LAPSED})"},
}
"""Kind (empty: every kind) → word after `is:` → what it asks of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record in a list: its id, and the fields that are computed and not stored."""

    id: str
    computed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DueCheck:
    """A check row whose cycle has passed.

    Attributes:
        id: of the record.
        row: its place among the rows of the record.
        checked: the last day it was looked at, or the day the point was identified.
        due: the last day of the cycle.
    """

    id: str
    row: int
    checked: dt.date
    due: dt.date


@dataclass(frozen=True, slots=True)
class Naming:
    """A record that names another: its kind, the field (`units`, `checks.unit`, `history.assign.to`), its id."""

    kind: str
    field: str
    id: str


@functools.cache
def grammar(kind: str) -> Grammar:
    """Give what records of a kind can be asked by, read off the model."""
    own = shapes(BY_NAME[kind].model)
    labels = facts(BY_NAME[kind].model)
    plain = [name for name, shape in own.items() if name not in BESIDE and (shape.part is None and shape.reader not in MAPS)]
    inner = [f"{name}.{one}" for name, shape in own.items() if shape.part is not None for one in _inner(shape)]
    keys = [key for key in (*plain, *sorted(FACETS), "key", "id") if key == "date" or has(kind, key)]
    days = {name for name, shape in own.items() if shape.reader in DAYS} | {BY_NAME[kind].model.own_date}
    known = BUILT_IN["record_conditions"]
    return Grammar(
        keys=tuple(dict.fromkeys([*keys, *inner, "is"])),
        ranges=frozenset(days - {""}),
        conditions={word: known[word] for asked in ("", kind) for word in CONDITIONS.get(asked, {})},
        also={**_own_day(kind), **{folded(labels[name].zh): name for name in plain if name in keys}},
        open=frozenset(name for name, shape in own.items() if shape.reader in MAPS),
    )


def _inner(shape: Shape) -> Sequence[str]:
    return [one for one, held in shapes(shape.part).items() if held.part is None] if shape.part else []


def _own_day(kind: str) -> Mapping[str, str]:
    own = BY_NAME[kind].model.own_date
    return dict.fromkeys(OWN_DAY, own) if own else {}


class Listing(Asking):
    """The conditions of a list."""

    def __init__(self, ledger: Ledger, engine: Engine, question: Question, made: Scope) -> None:
        """Take the ledger, the engine its relations lie in, the question and what values are bound in."""
        super().__init__(ledger, question, made)
        self._engine = engine

    def condition(self, clause: Clause, source: Source) -> str:
        """Give the condition of one clause, its negation apart.

        Raises:
            UsageError: the kind has no such field, or the value names nothing.
        """
        kind = source.kind
        match clause.kind:
            case "is":
                known = {**CONDITIONS[""], **CONDITIONS.get(kind, {})}
                return " OR ".join(f"({known[word]})" for word in clause.values)
            case "text":
                asked = (f"instr(text, {self.made.bind(folded(value))}) > 0" for value in clause.values)
                return f"key IN (SELECT owner FROM {kind}_words WHERE {' OR '.join(asked)})"
            case _:
                head, _, rest = clause.key.partition(".")
                shape = shapes(BY_NAME[kind].model).get(head)
                if clause.key == BY_NAME[kind].model.own_date:
                    names = Names(self.ledger, self.question.as_of)
                    return self.between("day", [days for value in clause.values for days in names.days(value)])
                if shape is not None and (rest or shape.reader in MAPS):
                    return self._inside(kind, head, rest, shape, clause.values)
                fact = fact_of(kind, clause.key)
                if clause.key in BODIES or (fact is not None and fact.ref == "unit"):
                    self._insist(kind, clause.values)
                return super().condition(clause, source)

    def _inside(self, kind: str, head: str, rest: str, shape: Shape, values: Sequence[str]) -> str:
        """Ask a field of the parts a record holds, or an entry of one of its mappings."""
        if shape.reader in MAPS:
            fact = facts(BY_NAME[kind].model)[head]
            meant = [found for value in values for found in meant_by(self.ledger, kind, head, fact, value, of_unit=False)]
            name = self.ledger.unit_key(rest) if fact.ref == "unit" else rest
            entry = f" AND name = {self.made.bind(name)}" if rest else ""
            return f"key IN (SELECT owner FROM {kind}_maps WHERE field = '{head}' AND {self.within('value', meant)}{entry})"
        part = cast("type[Part]", shape.part)  # the grammar lets no other name through
        fact = facts(part)[rest]
        if fact.ref == "unit":
            self._insist(kind, values)
        meant = [found for value in values for found in meant_by(self.ledger, kind, f"{head}.{rest}", fact, value)]
        if not shape.many:
            return self.field(kind, f"{head}_{column(rest)}", meant)
        reader = shapes(part)[rest].reader
        asked = self.read(column(rest), reader, meant)
        return f"key IN (SELECT owner FROM {kind}_{head} WHERE {asked})"

    def _insist(self, kind: str, values: Sequence[str]) -> None:
        """Refuse a unit that is neither in the register nor named by a record of the kind."""
        for value in values:
            if self.ledger.unit_keys(value) or unit(self.ledger, value) != (value,):
                continue
            asked = f"SELECT 1 FROM {kind}_links WHERE target = 'unit' AND value = $value LIMIT 1"
            if not self._engine.rows(asked, {"value": value}):
                refuse(value, [name for one in self.ledger.units.values() for name in (one.id, one.name, *one.aliases)])


class Lists:
    """The lists of one ledger."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        """Take the ledger and the engine its relations lie in."""
        self._ledger, self._engine = ledger, engine

    def rows(self, kind: str, as_of: dt.date, clauses: Sequence[Clause]) -> tuple[Row, ...]:
        """Give the records of a kind that exist on a day and fit; withdrawn ones only where the clauses ask for them.

        Raises:
            UsageError: a clause that the kind cannot be asked by.
        """
        named = {field: name for (of, field), name in COMPUTED.items() if of == kind and field in facts(BY_NAME[kind].model)}
        body, where, bound = self._asked(standing(kind), as_of, clauses)
        cells = ", ".join(("b.id", *(f"b.{name}" for name in named.values())))
        found = self._engine.rows(f"SELECT {cells} FROM ({body}) b WHERE {where} ORDER BY b.id, b.key", bound)
        return tuple(Row(row[0], dict(zip(named, map(_text, row[1:]), strict=True))) for row in found)

    def due_checks(self, as_of: dt.date, clauses: Sequence[Clause]) -> tuple[DueCheck, ...]:
        """Give the check rows of risk points whose cycle has passed without a record."""
        view, where, bound = self._asked(standing("risk_point"), as_of, clauses)
        lapsed = f"SELECT x.id, x.check_row, x.checked, x.checked + x.cycle_days FROM ({text('checks', 0)}) x WHERE x.{LAPSED}"
        kept = f"x.key IN (SELECT b.key FROM ({view}) b WHERE {where})"
        found: list[Any] = self._engine.rows(f"{lapsed} AND {kept} ORDER BY x.id, x.key, x.check_row", bound)
        return tuple(DueCheck(who, row, dt.date.fromordinal(checked), dt.date.fromordinal(due)) for who, row, checked, due in found)

    def naming(self, kind: str, record_id: str, as_of: dt.date) -> tuple[Naming, ...]:
        """Give what names a record, kind by kind, as of a day: withdrawn records and later ones are left out.

        Args:
            kind: of the record that is named.
            record_id: its id; of a unit its key, whatever name is written.
            as_of: the day.
        """
        bound: Bound = {"kind": kind, "id": record_id, "t": as_of.toordinal(), "far": FAR}
        found: list[Naming] = []
        for one in BY_NAME.values():
            seen = "r.found <= $t" if one.name == "hazard" else "1 = 1" if one.model.planned else "COALESCE(r.day, 0) <= $t"
            rows = self._engine.rows(
                f"SELECT DISTINCT l.field, r.id FROM {one.name}_links l JOIN {one.name} r ON r.key = l.owner"
                f" WHERE l.target = $kind AND l.value = $id AND COALESCE(l.on_day, 0) <= $t AND {seen} AND COALESCE(r.withdrawn, $far) > $t"
                " ORDER BY l.field, r.id",
                bound,
            )
            found += (Naming(one.name, field, who) for field, who in rows if (one.name, who) != (kind, record_id))
        return tuple(found)

    def _asked(self, source: Source, as_of: dt.date, clauses: Sequence[Clause]) -> tuple[str, str, Bound]:
        question = Question(*self._days(source.kind, as_of), as_of, clauses=tuple(clauses))
        made = Scope()
        conditions, _ = Listing(self._ledger, self._engine, question, made).conditions(source, question.clauses)
        if not any(clause.kind == "is" and "withdrawn" in clause.values for clause in clauses):
            conditions.append("COALESCE(withdrawn, $far) > $t")
        bound = {name: day.toordinal() for name, day in question.days()}
        return source.sql, " AND ".join(f"({one})" for one in conditions) or "1 = 1", {**bound, "far": FAR, "look_back": 0, **made.bound}

    def _days(self, kind: str, as_of: dt.date) -> tuple[dt.date, dt.date]:
        """Give the first and last day of the records of a kind, the as-of day among them: between them lie its key periods."""
        ((first, last),) = self._engine.rows(f"SELECT MIN(day), MAX(day) FROM {kind}", {})
        found = [as_of, *(dt.date.fromordinal(day) for day in (first, last) if day is not None)]
        return min(found), max(found)


def _text(value: object) -> str:
    return "" if value is None else str(value)
