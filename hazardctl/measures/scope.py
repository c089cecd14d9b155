"""From the clauses of a filter to conditions on the columns of a view; every word of theirs is bound, never written (MEASURES §6).

A condition on something that changes (grade, state, responsible unit, deadline) means the day that decides the line: κ in a
cohort, T in the stock of the day, c in the roll-forward and the due set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger, folded
from hazardctl.measures.dimensions import ALSO, DIMENSIONS
from hazardctl.measures.names import Names
from hazardctl.measures.views import OPEN_STATES

STANDING: Final = f"state IN ({OPEN_STATES})"
PENDING: Final = f"{STANDING} AND claimed IS NULL"

CONDITIONS: Final[Mapping[str, str]] = {
    "open": "is_open = 1",
    "overdue": PENDING + " AND due < {day}",
    "due_soon": PENDING + " AND due BETWEEN {day} AND {day} + $due_soon_days",
    "to_verify": "state = 'rectified'",
    "to_close": "state = 'verified'",
    "done": "done IS NOT NULL AND state NOT IN ('withdrawn', 'transferred')",
    "major": "grade = 'major'",
    "listed": "listed = 1",
    "stopped": STANDING + " AND stop_order NOT IN ('', 'none')",
    "suspect": "suspect = 1",
    "returned": STANDING + " AND returned = 1",
    "reopened": "cycle > 1",
    "extended": "extended > 0",
    "undated": PENDING + " AND due IS NULL",
    "withdrawn": "withdrawn <= $t",
    "transferred": "state = 'transferred'",
    "closed": "state = 'closed'",
}
"""What each word after `is:` asks of a row (DOMAIN §1.2); `open` and `done` are those of the basis."""

DAYS: Final[Mapping[str, str]] = {"found": "found", "due": "due", "rectified": "claimed", "closed": "COALESCE(closed, removed)"}
PLAIN: Final = ("grid", "site", "number", "inspection", "local_grade", "recurrence_of")
"""Facts asked for as they are written."""


@dataclass(slots=True)
class Scope:
    """Conditions, and what their names stand for.

    Attributes:
        conditions: all must hold; `{day}` stands for the day the view looks at.
        bound: values by name, without the `$`.
    """

    conditions: list[str] = field(default_factory=list[str])
    bound: dict[str, int | str] = field(default_factory=dict[str, int | str])

    def bind(self, value: int | str) -> str:
        """Take a value in and give the name that stands for it in the text."""
        name = f"f{len(self.bound)}"
        self.bound[name] = value
        return "$" + name


def scope(clauses: Sequence[Clause], ledger: Ledger, as_of: dt.date) -> Scope:
    """Make conditions of clauses.

    Args:
        clauses: all must hold.
        ledger: whose units, regions, words and campaigns the values name.
        as_of: the day that words such as `本月` in a date clause are read on.

    Raises:
        UsageError: a key that hazards do not have, or a value that names nothing here.
    """
    made, known = Scope(), Names(ledger, as_of)
    for clause in clauses:
        condition = _CONDITION[clause.kind](clause, known, made)
        # Not `NOT (…)`: an unknown value would satisfy neither the clause nor its negation.
        made.conditions.append(f"CASE WHEN {condition} THEN 0 ELSE 1 END = 1" if clause.negated else condition)
    return made


def _word(clause: Clause, known: Names, made: Scope) -> str:
    key = ALSO.get(clause.key, clause.key)
    if key == "key":
        return _between("found", [days for value in clause.values for days in known.key_period(value)], made)
    if key == "id":
        return _in("id", [one for value in clause.values for one in known.ids(value)], made)
    one = DIMENSIONS.get(key)
    if one is not None and one.kind != "time":
        values = [found for value in clause.values for found in known.of(one, value)]
        # Region and sector stand on a hazard once, and in the facet with everything above them.
        facet = one.kind == "facet" or one.name in {"region", "sector"}
        return _facet(one.column, values, made) if facet else _in(one.column, values, made)
    if key in PLAIN:
        return _in(key, clause.values, made)
    raise UsageError(
        Text("隐患没有“{it}”这一项", 'hazards have no "{it}"').of(it=clause.key),
        Text("可以用：{keys}", "there are: {keys}").of(
            keys=[*(d for d, at in DIMENSIONS.items() if at.kind != "time"), *PLAIN, "key", "id"]
        ),
    )


def _range(clause: Clause, known: Names, made: Scope) -> str:
    return _between(DAYS[clause.key], [days for value in clause.values for days in known.days(value)], made)


def _is(clause: Clause, _: Names, __: Scope) -> str:
    return _any(CONDITIONS[value] for value in clause.values)


def _text(clause: Clause, _: Names, made: Scope) -> str:
    return _any(f"key IN (SELECT hazard FROM words WHERE instr(text, {made.bind(folded(value))}) > 0)" for value in clause.values)


_CONDITION: Final[Mapping[str, Callable[[Clause, Names, Scope], str]]] = {"word": _word, "range": _range, "is": _is, "text": _text}


def _in(column: str, values: Iterable[str], made: Scope) -> str:
    return f"{column} IN ({', '.join(made.bind(value) for value in values)})"


def _facet(name: str, values: Iterable[str], made: Scope) -> str:
    return f"key IN (SELECT hazard FROM facet WHERE field = '{name}' AND {_in('value', values, made)})"


def _between(column: str, ranges: Iterable[tuple[dt.date | None, dt.date | None]], made: Scope) -> str:
    return _any(
        " AND ".join(f"{column} {sign} {made.bind(day.toordinal())}" for sign, day in ((">=", first), ("<=", last)) if day is not None)
        for first, last in ranges
    )


def _any(conditions: Iterable[str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions) or "1 = 0"
