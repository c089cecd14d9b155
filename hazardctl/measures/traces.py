"""Where and when records say that something was done: of which regions, sectors and units, and on which day the last time.

The relations are asked, so a large ledger is not read file by file for it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from hazardctl.ledger import Ledger
from hazardctl.measures.book import Book
from hazardctl.measures.heard import SEEN, STANDING
from hazardctl.measures.question import Question
from hazardctl.measures.relations import FAR, above
from hazardctl.model.kinds import BY_NAME

HAZARD: Final = "hazard"
_OF_HAZARDS: Final = """SELECT {column} AS value,
  MAX(CASE WHEN r.found <= $t AND r.found > COALESCE(e.last_day, 0) THEN r.found ELSE e.last_day END) AS last_day,
  MAX(CASE WHEN r.found <= $t AND ({found}) OR e.inside = 1 THEN 1 ELSE 0 END) AS inside
  FROM hazard r LEFT JOIN (SELECT hazard, MAX(on_day) AS last_day, MAX(CASE WHEN {on_day} THEN 1 ELSE 0 END) AS inside
    FROM event WHERE on_day <= $t GROUP BY hazard) e ON e.hazard = r.key
  WHERE {seen} AND (r.found <= $t OR e.last_day IS NOT NULL) GROUP BY {column}"""
"""Each history is looked through by itself first: they lie in the order of their hazards."""
_REGISTERED: Final = (
    f"SELECT DISTINCT r.id AS id FROM unit r WHERE {SEEN}"
    " AND (r.valid_from IS NULL OR r.valid_from <= $c) AND (r.closed_on IS NULL OR r.closed_on >= $c)"
)
_COLUMNS: Final = {"region": "r.region", "own_region": "r.region", "sector": "r.sector", "unit": "r.unit", "org": "r.found_by_org"}


@dataclass(frozen=True, slots=True)
class Trace:
    """What the records that share a value leave behind.

    Attributes:
        key: the value; empty of records that say nothing there.
        last: the last day up to the as-of day on which something happened.
        within: something happened in the period.
    """

    key: str
    last: dt.date
    within: bool


def traces(ledger: Ledger, book: Book, question: Question, field: str, kinds: Iterable[str] = ()) -> Iterator[Trace]:
    """Give what records left behind that were not withdrawn by the as-of day; a value may come several times.

    Args:
        ledger: whose records.
        book: of that ledger.
        question: its as-of day, after which nothing is seen, and its period.
        field: `region` or `sector`, each with everything above it; `own_region`, the first that a record names; `unit`, those it
            concerns; `org`, the bodies that found, inspected, organised or issued something by it.
        kinds: of records; every kind of work without any.
    """
    ranges = question.ranges or ((question.start, question.end),)
    bound = {f"{name}{number}": day.toordinal() for number, pair in enumerate(ranges) for name, day in zip("ab", pair, strict=True)}
    within = " OR ".join(f"{{day}} BETWEEN $a{number} AND $b{number}" for number in range(len(ranges)))
    bound |= {"t": question.as_of.toordinal(), "far": FAR}
    for kind in (kinds := frozenset(kinds)) or BY_NAME:
        if kind in STANDING:
            continue
        for value, last, inside in book.engine.rows(_sql(kind, field, within), bound):
            for key in _all(ledger, kind, field, str(value or "")):
                yield Trace(key, dt.date.fromordinal(last), bool(inside))


def registered(book: Book, question: Question) -> list[str]:
    """Give the keys of the units in the register on the cut-off day, those withdrawn by the as-of day left out, sorted."""
    bound = {"t": question.as_of.toordinal(), "c": question.c.toordinal(), "far": FAR}
    return sorted(str(key) for (key,) in book.engine.rows(_REGISTERED, bound))


def _sql(kind: str, field: str, within: str) -> str:
    """Write the statement: value, last day, whether any day lies in the period, which `within` says of a `{day}`."""
    if kind == HAZARD:
        found, on_day = within.replace("{day}", "r.found"), within.replace("{day}", "on_day")
        return _OF_HAZARDS.format(column=_COLUMNS[field], found=found, on_day=on_day, seen=SEEN)
    if field == "own_region":
        column, table = "r.place", f"{kind} r"
    else:
        column, table = "f.value", f"{kind} r LEFT JOIN {kind}_of f ON f.owner = r.key AND f.field = '{field}'"
    inside = f"MAX(CASE WHEN {within.replace('{day}', 'r.day')} THEN 1 ELSE 0 END)"
    return (
        f"SELECT {column} AS value, MAX(r.day) AS last_day, {inside} AS inside FROM {table} WHERE {SEEN} AND r.day <= $t GROUP BY {column}"
    )


def _all(ledger: Ledger, kind: str, field: str, value: str) -> tuple[str, ...]:
    """Give a value with everything above it, where the relations hold the value alone."""
    if kind != HAZARD or not value or field not in {"region", "sector"}:
        return (value,)
    return ledger.config.above(value) if field == "region" else above(ledger.words["sectors"], value)
