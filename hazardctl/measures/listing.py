"""The list: every hazard of a day with its state, deadline and flags, one row each."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from hazardctl.base import Bound
from hazardctl.filters import Clause
from hazardctl.measures.question import Question
from hazardctl.measures.relations import SEPARATOR
from hazardctl.measures.scope import CONDITIONS
from hazardctl.measures.statement import Frame, conditions
from hazardctl.measures.views import text
from hazardctl.vocabulary import FLAGS

Rows: TypeAlias = Callable[[str, Bound], list[Any]]
Value: TypeAlias = str | int | bool | dt.date | tuple[str, ...] | None

FACTS: Final = ("id", "path", "unit", "found_by_org", "region", "sector", "source", "category", "site", "grid", "number", "quantity")
TEXTS: Final = ("inspection", "headline", "own_title", "description", "requirement", "interim", "finders", "campaigns", "registered_grade")
CHANGING: Final = ("state", "grade", "owner", "person", "supervisor", "cycle", "extensions", "extension_days")
DAYS: Final = ("found", "entry", "due", "due0", "claimed", "passed", "closed", "removed", "withdrawn")
ASKED: Final = ("open", "done", *FLAGS)
OVERDUE: Final = Clause("is", ("overdue",), kind="is")
COLUMNS: Final = (*FACTS, *TEXTS, *CHANGING, *DAYS, *ASKED)
SEVERAL: Final = {"campaign": "campaigns", "found_by": "finders"}
"""Field with several values → the column that holds them all."""


PRESSING: Final = ("id", "headline", "description", "unit", "owner", "person", "state", "grade", "found", "due", "claimed", "overdue")
"""What the list of overdue hazards needs of each, in which a large ledger has thousands."""


def sql(frame: Frame, columns: Sequence[str] = COLUMNS, most: int | None = None) -> str:
    """Give the statement of a list; flags are the very conditions that a filter asks after `is:`.

    Args:
        frame: preset and scope.
        columns: what is wanted of each.
        most: the first so many only, in the order in which overdue ones press: majors, then the longest.
    """
    named = (f"CASE WHEN {CONDITIONS[name]} THEN 1 ELSE 0 END".replace("{day}", "$t") if name in ASKED else name for name in columns)
    view, where = text("existing", frame.choice), conditions("existing", frame)
    if columns is PRESSING:
        where = CHOSEN.format(view=view, where=where)
    return LISTED.format(columns=", ".join(named), view=view, where=where, order="id, path" if most is None else f"{ORDER} LIMIT {most}")


def overdue(question: Question) -> Question:
    """Give the question of what is overdue on the as-of day, whenever found, in the same scope."""
    day = question.as_of
    return Question(day, day, day, question.preset, clauses=(*question.clauses, OVERDUE))


def first(rows: Rows, frame: Frame, bound: Bound, most: int | None) -> tuple[tuple[dict[str, Value], ...], int]:
    """Give the rows of a list of one day, or the first so many as they press, and how many more there are.

    Args:
        rows: runs a statement.
        frame: preset and scope.
        bound: the values bound in it.
        most: how many are wanted; all without it.
    """
    found = rows(sql(frame, PRESSING, most), bound)
    whole = len(found) if most is None or len(found) < most else number(rows, frame, bound)
    return tuple(row(one, dt.date.fromordinal(int(bound["t"])), PRESSING) for one in found), whole - len(found)


def number(rows: Rows, frame: Frame, bound: Bound) -> int:
    """Count the rows of a list."""
    return int(rows(COUNTED.format(view=text("existing", frame.choice), where=conditions("existing", frame)), bound)[0][0])


LISTED: Final = "SELECT {columns} FROM ({view}) b WHERE {where} ORDER BY {order}"
CHOSEN: Final = "key IN (SELECT key FROM ({view}) b WHERE {where})"
"""Which hazards press is told by an index alone; the rest of their rows is fetched for those few."""
COUNTED: Final = "SELECT COUNT(*) FROM ({view}) b WHERE {where}"
ORDER: Final = "CASE grade WHEN 'major' THEN 0 ELSE 1 END, due, id, path"


def counted(frame: Frame, by: Sequence[str]) -> str:
    """Give the statement that counts the rows of a list by some of its columns; a day says only whether there is one."""
    asked = [f"{name} IS NOT NULL" if name in DAYS else CONDITIONS[name].replace("{day}", "$t") if name in ASKED else name for name in by]
    groups = ", ".join(f"CASE WHEN {one} THEN 1 ELSE 0 END" if one not in by else one for one in asked)
    return f"SELECT {groups}, COUNT(*) FROM ({text('existing', frame.choice)}) b WHERE {conditions('existing', frame)} GROUP BY {groups}"


@functools.cache
def _turned(columns: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the columns that are days, and those that are true or not."""
    return tuple(name for name in columns if name in DAYS), tuple(name for name in columns if name in ASKED)


def row(values: Sequence[Any], as_of: dt.date, columns: Sequence[str] = COLUMNS) -> dict[str, Value]:
    """Give one row by column.

    Beside the columns asked: `title` where the headline was, `overdue_days` (calendar days, None while not overdue) where `overdue` and
    `due` were, in the place of `campaigns` and `finders` `campaign` and `found_by`, tuples of ids and names, and, where all were asked,
    `flags` (those that are true, DOMAIN §1.2). `title` is the short name, `own_title` what the record has in its place for one.
    `registered_grade` is the grade the record began with. Days are dates; `due0` is the first deadline of the cycle.
    """
    found: dict[str, Value] = dict(zip(columns, values, strict=True))
    days, asked = _turned(tuple(columns))
    for name in days:
        if isinstance(day := found[name], int):
            found[name] = dt.date.fromordinal(day)
    for name in asked:
        found[name] = bool(found[name])
    if "headline" in found:
        found["title"] = found.pop("headline")
    if "overdue" in asked and "due" in days:
        due = found["due"]
        found["overdue_days"] = (as_of - due).days if found["overdue"] and isinstance(due, dt.date) else None
    for name, column in SEVERAL.items():
        if column in found:
            found[name] = tuple(one for one in str(found.pop(column)).split(SEPARATOR) if one)
    if columns is COLUMNS:
        found["flags"] = tuple(name for name in FLAGS if found[name])
    return found
