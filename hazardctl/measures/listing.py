"""The list: every hazard of a day with its state, deadline and flags, one row each."""

from __future__ import annotations

import datetime as dt
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
TEXTS: Final = ("headline", "description", "campaigns", "registered_grade")
CHANGING: Final = ("state", "grade", "owner", "person", "supervisor", "cycle", "extensions", "extension_days")
DAYS: Final = ("found", "entry", "due", "due0", "claimed", "passed", "closed", "removed", "withdrawn")
ASKED: Final = ("open", "done", *FLAGS)
OVERDUE: Final = Clause("is", ("overdue",), kind="is")
COLUMNS: Final = (*FACTS, *TEXTS, *CHANGING, *DAYS, *ASKED)


def sql(frame: Frame, most: int | None = None) -> str:
    """Give the statement of a list; flags are the very conditions that a filter asks after `is:`.

    Args:
        frame: preset and scope.
        most: the first so many only, in the order in which overdue ones press: majors, then the longest.
    """
    asked = (f"CASE WHEN {CONDITIONS[name]} THEN 1 ELSE 0 END".replace("{day}", "$t") for name in ASKED)
    columns = ", ".join((*FACTS, *TEXTS, *CHANGING, *DAYS, *asked))
    order = "id, path" if most is None else f"{PRESSING} LIMIT {most}"
    return LISTED.format(columns=columns, view=text("existing", frame.choice), where=conditions("existing", frame), order=order)


def overdue(question: Question) -> Question:
    """Give the question of what is overdue on the as-of day, whenever found, in the same scope."""
    day = question.as_of
    return Question(day, day, day, question.preset, clauses=(*question.clauses, OVERDUE))


def pressing(rows: Rows, frame: Frame, bound: Bound, most: int | None) -> tuple[tuple[dict[str, Value], ...], int]:
    """Give the rows of a list of one day, or the first so many as they press, and how many more there are.

    Args:
        rows: runs a statement.
        frame: preset and scope.
        bound: the values bound in it.
        most: how many are wanted; all without it.
    """
    found = rows(sql(frame, most), bound)
    counted = COUNTED.format(view=text("existing", frame.choice), where=conditions("existing", frame))
    whole = len(found) if most is None or len(found) < most else rows(counted, bound)[0][0]
    return tuple(row(one, dt.date.fromordinal(int(bound["t"]))) for one in found), whole - len(found)


LISTED: Final = "SELECT {columns} FROM ({view}) b WHERE {where} ORDER BY {order}"
COUNTED: Final = "SELECT COUNT(*) FROM ({view}) b WHERE {where}"
PRESSING: Final = "CASE grade WHEN 'major' THEN 0 ELSE 1 END, due, id, path"


def row(values: Sequence[Any], as_of: dt.date) -> dict[str, Value]:
    """Give one row by column.

    Beside `COLUMNS`: `title`, `campaign` as a tuple of ids, `registered_grade` (the grade the record began with), `overdue_days`
    (calendar days, None while not overdue) and `flags` (those that are true, DOMAIN §1.2). Days are dates; `due0` is the first
    deadline of the cycle.
    """
    found: dict[str, Value] = dict(zip(COLUMNS, values, strict=True))
    for name in DAYS:
        day = found[name]
        found[name] = dt.date.fromordinal(day) if isinstance(day, int) else None
    found.update((name, bool(found[name])) for name in ASKED)
    due = found["due"]
    late = (as_of - due).days if found["overdue"] and isinstance(due, dt.date) else None
    return {
        **found,
        "title": found.pop("headline"),
        "campaign": tuple(one for one in str(found.pop("campaigns")).split(SEPARATOR) if one),
        "overdue_days": late,
        "flags": tuple(name for name in FLAGS if found[name]),
    }
