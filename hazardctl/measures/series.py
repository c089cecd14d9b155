"""A question asked of many stretches of days at once: the views with a row for each thing and stretch.

What `hazardctl.measures.views` says of one period is said here of each stretch of a series, in one statement a view however
many stretches there are. Two relations stand in for the bound days: `stretch`, a row each, with `c`, its last day seen (its key),
`k`, the day its cohort is judged on, and `o`, the eve of its first day; and `stretch_day`, from a day to the `c` of its stretch,
`inside` being 0 on days between the pieces of one. Each row of a view says its stretch, and `seen`, the day it is looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from hazardctl.measures.definition import Count
from hazardctl.measures.question import Question
from hazardctl.measures.relations import Row
from hazardctl.measures.statement import Frame, cell, named
from hazardctl.measures.views import BUCKET, JUDGED, MOVE, MOVED, OPEN_STATES, OWED, VERDICT, VIEWS, Choice, life

STRETCH: Final = "c INTEGER PRIMARY KEY, k INTEGER, o INTEGER UNIQUE"
STRETCH_DAY: Final = "day INTEGER PRIMARY KEY, c INTEGER, inside INTEGER"

COHORT: Final = f"""SELECT h.*, p.*, q.c AS stretch, q.k AS seen, {BUCKET.replace("$k", "q.k").replace("{done}", "p.done")} AS bucket
  FROM hazard h JOIN stretch_day d ON d.day = h.found AND d.inside = 1 JOIN stretch q ON q.c = d.c
  JOIN {{life}} p ON p.hazard = h.key AND p.start <= q.k AND q.k < p.stop WHERE h.entry <= $t"""

DUE: Final = f"""SELECT h.*, p.*, d.c AS stretch, d.c AS seen, {VERDICT}
  FROM hazard h JOIN {{life}} p ON p.hazard = h.key
  JOIN stretch_day d ON d.day = p.deadline AND d.inside = 1 AND p.start <= d.c AND d.c < p.stop
  JOIN {JUDGED} WHERE {OWED}"""

# `CROSS JOIN` keeps the spans outside and looks the few stretches up by their key.
STANDING: Final = """SELECT h.*, p.*, q.c AS stretch, q.c AS seen FROM {life} p CROSS JOIN stretch q JOIN hazard h ON h.key = p.hazard
  WHERE q.c >= p.start AND q.c < p.stop AND h.entry <= q.c AND p.state IN ({open})"""

MOVES: Final = f"""SELECT n.hazard AS mover, d.c AS stretch, {MOVE} FROM {{life}} n JOIN stretch_day d ON d.day = n.start
  WHERE {MOVED}
  UNION ALL SELECT f.key, d.c, 'found' FROM hazard f JOIN stretch_day d ON d.day = f.entry
  UNION ALL SELECT o.hazard, q.c, 'opening' FROM {{life}} o CROSS JOIN stretch q
    WHERE o.counted = 1 AND o.is_open = 1 AND q.o >= o.start AND q.o < o.stop
  UNION ALL SELECT o.hazard, q.c, 'closing' FROM {{life}} o CROSS JOIN stretch q
    WHERE o.counted = 1 AND o.is_open = 1 AND q.c >= o.start AND q.c < o.stop"""
STOCK: Final = f"""SELECT h.*, p.*, m.stretch, m.stretch AS seen, m.line FROM ({MOVES}) m
  JOIN hazard h ON h.key = m.mover JOIN {{life}} p ON p.hazard = h.key AND p.start <= m.stretch AND m.stretch < p.stop"""
BARE: Final = f"SELECT m.mover AS key, m.stretch, m.stretch AS seen, m.line FROM ({MOVES}) m"
"""The same lines without the facts of their hazards, which few measures and no question without a scope look at."""
BARE_COLUMNS: Final = frozenset({"key", "line"})

SERIES: Final[Mapping[str, str]] = {"cohort": COHORT, "due": DUE, "standing": STANDING, "stock": STOCK}
"""View → its text for a series. The standing hazards are those of the last day of each stretch."""
LAST_DAY: Final = "standing"

COUNTED: Final = "SELECT b.stretch, {cells} FROM ({view}) b WHERE {where} GROUP BY b.stretch"


def counted(view: str, counts: Sequence[Count], frame: Frame) -> str:
    """Give the statement that answers every count of a view for every stretch: its `c`, then a whole number for each count."""
    cells = [cell(count, frame) for count in counts]
    bare = view == "stock" and not frame.scope and BARE_COLUMNS.issuperset(name for one in cells for name in named(one))
    return COUNTED.format(
        cells=", ".join(_seen(view, one) for one in cells),
        view=_filled(BARE if bare else SERIES[view], frame.choice),
        where=" AND ".join(f"({_seen(view, part.replace('{day}', 'b.seen'))})" for part in frame.scope) or "1 = 1",
    )


def _filled(sql: str, choice: Choice) -> str:
    return sql.format(life=life(choice), open=OPEN_STATES)


def _seen(view: str, text: str) -> str:
    """Let a condition look at the day of the row where it looks at the day of the view."""
    return text.replace(VIEWS[view].day, "b.seen")


def stretches(questions: Sequence[Question]) -> list[Row]:
    """Give a row a stretch."""
    return [(one.c.toordinal(), one.kappa.toordinal(), (one.start - dt.timedelta(days=1)).toordinal()) for one in questions]


def days(questions: Sequence[Question]) -> Iterator[Row]:
    """Give a row a day of each stretch, as far as the as-of day sees."""
    for one in questions:
        ranges = one.ranges or ((one.start, one.end),)
        for ordinal in range(one.start.toordinal(), one.c.toordinal() + 1):
            day = dt.date.fromordinal(ordinal)
            yield ordinal, one.c.toordinal(), int(any(first <= day <= last for first, last in ranges))
