"""The views: one row for each thing counted, with the facts of its hazard and the one span that decides its line (MEASURES §4).

The text is portable SQL (SQLite, DuckDB, Spark): whole-number days, no division, no dates, every value bound as `$name`. Only
words of our own closed lists are ever written into it.

Days bound: `$s` first day of the period, `$c` = min(e, T), `$t` = T, `$k` = κ, `$o` = min(s − 1, T) the eve of the period,
`$far` no end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.history import OPEN
from hazardctl.language import Text
from hazardctl.measures.relations import WAS, WAS_MAJOR, WAS_OPEN

STEPS: Final[Mapping[str, str]] = {
    "default": "passed",
    "official": "CASE grade WHEN 'major' THEN closed ELSE claimed END",
    "rectified": "claimed",
    "verified": "passed",
    "closed": "closed",
}
"""Preset → the date that makes a hazard count as done (DOMAIN §4.1 Basis)."""

_BEFORE: Final = {
    **{name: f"NULLIF(was & {bit}, 0)" for name, bit in WAS.items()},
    "grade": f"CASE WHEN (was & {WAS_MAJOR}) > 0 THEN 'major' END",
}
"""Column that decides whether a hazard counts as done → the same of the span before."""
_NAMES: Final = re.compile(rf"\b(?:{'|'.join(_BEFORE)})\b")

DEADLINES: Final[Mapping[str, str]] = {"current": "due", "original": "due0"}

OPEN_STATES: Final = ", ".join(f"'{state}'" for state in OPEN)
FOUND: Final = "bucket NOT IN ('withdrawn', 'transferred')"
OVERDUE: Final = "is_open = 1 AND claimed IS NULL AND due < $t"


@dataclass(frozen=True, slots=True)
class Choice:
    """The words that a question chooses from closed lists.

    Attributes:
        preset: key of `STEPS`.
        due: key of `DEADLINES`.
        removed_counts: a closing for another reason counts as done (`other_reasons_count_as_rectified`, E18).
        pieces: number of ranges of the period, bound as `$from0 $to0 …`; 0 for one stretch.
    """

    preset: str = "default"
    due: str = "current"
    removed_counts: bool = False
    pieces: int = 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A column of a view that alone depends on the basis: counts lay down the rows without it, which are the same for every basis.

    Attributes:
        name: of the column.
        sql: its expression over columns of the rows; `{done}` stands for the step that counts.
        rows: the text of the view without it.
        carried: columns of the rows that are always laid down, so that questions which differ in their basis read the same.
    """

    name: str
    sql: str
    rows: str
    carried: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """A view.

    Attributes:
        sql: its text, with `{words}` in braces for the closed choices.
        day: the day its hazards are seen on, a bound name: what `is:overdue` means there.
        moment: the column whose month is the month of a row.
        note: what its measures are counted over, in words.
        lines: its rows are lines of histories: they never weigh places.
        alike: its measures tell rows apart by few things, so that rows which are alike for them are counted together first.
        bare: its rows with `bare_columns` alone, where that costs a fraction; read when neither lines nor scope ask more.
        bare_columns: the columns of `bare`.
        judged: the column that depends on the basis, where it is one alone.
    """

    sql: str
    day: str
    moment: str
    note: Text
    lines: bool = False
    alike: bool = False
    bare: str = ""
    bare_columns: tuple[str, ...] = ()
    judged: Judged | None = None


LIFE: Final = """(SELECT span.*, {deadline} AS deadline, {done} AS done,
    CASE WHEN state IN ({open}) AND {done} IS NULL THEN 1 ELSE 0 END AS is_open,
    CASE WHEN was IS NULL OR (was & {was_open}) > 0 AND {was_done} IS NULL THEN 1 ELSE 0 END AS was_open FROM span)"""

BUCKET: Final = """CASE WHEN withdrawn <= $t THEN 'withdrawn' WHEN state = 'transferred' THEN 'transferred'
    WHEN {done} IS NOT NULL THEN 'rectified' WHEN removed IS NOT NULL THEN 'closed_other'
    WHEN claimed IS NOT NULL THEN 'awaiting' WHEN due IS NULL THEN 'no_due'
    WHEN due >= $k THEN 'within_due' ELSE 'overdue' END"""

FOUND_THEN: Final = """SELECT h.*, p.* FROM hazard h JOIN {life} p ON p.hazard = h.key AND p.start <= $k AND $k < p.stop
  WHERE h.found BETWEEN $s AND $c AND {in_found} AND h.entry <= $t"""
FOUND_COLUMNS: Final = (
    *("withdrawn", "state", "removed", "claimed", "due", "passed", "closed", "grade"),  # what any basis looks at
    *("found", "cycle_start", "sector"),  # what the usual tables do
)
COHORT: Final = f"SELECT f.*, {BUCKET} AS bucket FROM ({FOUND_THEN}) f"

EXISTING: Final = """SELECT h.*, p.* FROM hazard h JOIN {life} p ON p.hazard = h.key AND p.start <= $t AND $t < p.stop
  WHERE h.entry <= $t"""

STANDING: Final = EXISTING + " AND p.state IN ({open})"

MOVE: Final = """CASE WHEN n.is_open = 1 THEN 'reopened'
    WHEN n.state IN ('withdrawn', 'transferred') THEN n.state WHEN n.done IS NOT NULL THEN 'resolved' ELSE 'resolved_other' END AS line"""
MOVED: Final = "n.counted = 1 AND n.is_open <> n.was_open"
# What is open is in an open state: said again, for the index on states, of whose entries the days leave few to be looked at further.
OPEN_THEN: Final = "o.state IN ({{open}}) AND o.start <= {day} AND {day} < o.stop AND o.counted = 1 AND o.is_open = 1"
MOVES: Final = f"""SELECT n.hazard AS mover, n.start AS on_day, {MOVE} FROM {{life}} n
  WHERE {MOVED} AND n.start BETWEEN $s AND $c
  UNION ALL SELECT key, entry, 'found' FROM hazard WHERE entry BETWEEN $s AND $c
  UNION ALL SELECT o.hazard, $s, 'opening' FROM {{life}} o WHERE {OPEN_THEN.format(day="$o")}
  UNION ALL SELECT o.hazard, $c, 'closing' FROM {{life}} o WHERE {OPEN_THEN.format(day="$c")}"""

STOCK: Final = (
    "SELECT h.*, p.*, m.on_day, m.line FROM ("
    + MOVES
    + ") m JOIN hazard h ON h.key = m.mover JOIN {life} p ON p.hazard = h.key AND p.start <= $c AND $c < p.stop"
)

VERDICT: Final = """CASE WHEN l.claimed IS NULL AND p.deadline = $t THEN 'undecided'
    WHEN l.claimed IS NULL OR l.claimed > l.deadline THEN 'late' WHEN l.done IS NULL THEN 'unconfirmed' ELSE 'met' END AS verdict"""
# What judges a deadline never begins before the span that has it: said for the index on (hazard, start).
JUDGED: Final = """{life} l ON l.hazard = p.hazard AND l.cycle = p.cycle AND l.start BETWEEN p.start AND $t
    AND ($t < l.stop OR l.stop = l.cycle_stop)"""
OWED: Final = """COALESCE(h.withdrawn, $far) > $t AND h.entry <= $t AND p.state <> 'transferred'
    AND COALESCE(p.removed, $far) > p.deadline"""
DUE: Final = f"""SELECT h.*, p.*, {VERDICT}
  FROM hazard h JOIN {{life}} p ON p.hazard = h.key AND p.start <= $c AND $c < p.stop
  JOIN {JUDGED}
  WHERE {OWED} AND p.deadline BETWEEN $s AND $c AND {{in_due}}"""

ACTS: Final = """SELECT h.*, p.*, e.on_day, e.act, e.outcome, e.days FROM hazard h
  JOIN {life} p ON p.hazard = h.key AND p.start <= $c AND $c < p.stop JOIN event e ON e.hazard = h.key
  WHERE e.fits = 1 AND e.on_day <= $t AND h.entry <= $t AND COALESCE(h.withdrawn, $far) > $t"""

RECURRENCE: Final = (
    "SELECT b.*, r.prior_closed FROM ("
    + COHORT
    + """) b LEFT JOIN (SELECT a.key AS again, MAX(e.on_day) AS prior_closed FROM hazard a
    JOIN hazard o ON o.repeat_key = a.repeat_key AND o.found < a.found AND o.entry <= $t AND COALESCE(o.withdrawn, $far) > $t
    JOIN event e ON e.hazard = o.key AND e.act = 'close' AND e.fits = 1 AND e.on_day <= a.found
    WHERE a.found BETWEEN $s AND $c GROUP BY a.key) r ON r.again = b.key"""
)

EXTENSIONS: Final = (
    "SELECT b.*, e.on_day, e.days FROM ("
    + COHORT
    + ") b JOIN event e ON e.hazard = b.key AND e.act = 'extend' AND e.days > 0 AND e.on_day <= $k"
)

WORDINGS: Final = (
    "SELECT b.*, COUNT(*) OVER (PARTITION BY x.wording) AS alike FROM (" + COHORT + ") b JOIN words x ON x.hazard = b.key WHERE b." + FOUND
)

_COHORT_NOTE: Final = Text(
    "对象为区间内发现的隐患，按截止日终了时的状态判定；截至日前作废的不计，截止日前移送的不计",
    "hazards found in the period, judged at the end of the cut-off day; withdrawn by the as-of day or transferred by the cut-off: left out",
)

VIEWS: Final[Mapping[str, View]] = {
    "cohort": View(COHORT, "$k", "found", _COHORT_NOTE, alike=True, judged=Judged("bucket", BUCKET, FOUND_THEN, FOUND_COLUMNS)),
    "existing": View(EXISTING, "$t", "found", Text("截至日在册的全部隐患", "every hazard that exists on the as-of day")),
    "standing": View(
        STANDING,
        "$t",
        "found",
        Text("截至日尚未销号、作废、移送的隐患，不论何时发现", "hazards not closed, withdrawn or transferred, whenever found"),
    ),
    "stock": View(
        STOCK,
        "$c",
        "on_day",
        Text(
            "不论何时发现；区间内每次进出存量各计一次，分行按截止日的状态",
            "whenever found; every entry into and exit from the open stock in the period counts; lines by the state on the cut-off day",
        ),
        alike=True,
        bare=f"SELECT mover AS key, on_day, line FROM ({MOVES}) m",
        bare_columns=("key", "on_day", "line"),
    ),
    "due": View(
        DUE,
        "$c",
        "deadline",
        Text(
            "整改期限落在区间内的隐患，按截止日所在的一轮判定；作废的不计，此前移送或因其他原因销号的不计",
            "hazards whose deadline lies in the period, judged by the cycle of the cut-off day; withdrawn, moved or removed: left out",
        ),
        alike=True,
    ),
    "acts": View(
        ACTS,
        "$c",
        "on_day",
        Text("区间内流转记录的行数，作废隐患的不计", "lines of histories dated in the period; of withdrawn hazards: none"),
        lines=True,
    ),
    "recurrence": View(RECURRENCE, "$k", "found", _COHORT_NOTE),
    "extensions": View(
        EXTENSIONS,
        "$k",
        "on_day",
        Text(
            "区间内发现的隐患截止日前获批的延期，逐次计", "extensions granted by the cut-off day to hazards found in the period, one by one"
        ),
        lines=True,
    ),
    "wordings": View(WORDINGS, "$k", "found", _COHORT_NOTE),
}


def text(name: str, choice: Choice, *, bare: bool = False) -> str:
    """Give the text of a view for the words a question chose; without the facts of its hazards where they are not asked."""
    view = VIEWS[name]
    return _filled(view.bare if bare else view.sql, choice)


def unjudged(judged: Judged, choice: Choice) -> str:
    """Give the text of a view without the column that depends on the basis."""
    return _filled(judged.rows, choice)


def _filled(sql: str, choice: Choice) -> str:
    return sql.format(
        life=life(choice),
        done="done",
        open=OPEN_STATES,
        in_found=within("h.found", choice.pieces),
        in_due=within("p.deadline", choice.pieces),
    )


def done(choice: Choice) -> str:
    """Give the day that makes a hazard count as done."""
    step = STEPS[choice.preset]
    return f"COALESCE({step}, removed)" if choice.removed_counts else f"({step})"


def life(choice: Choice) -> str:
    """Give the spans with the deadline, the done date, and whether they and those before them are open, as a question means it.

    It is a sub-query, never a CTE (MEASURES §3).
    """
    step = done(choice)
    return LIFE.format(
        deadline=DEADLINES[choice.due],
        done=step,
        open=OPEN_STATES,
        was_open=WAS_OPEN,
        was_done=_NAMES.sub(lambda name: _BEFORE[name[0]], step),
    )


def within(column: str, pieces: int) -> str:
    """Give the condition that a day lies in one of the pieces of a period; always true for a period of one piece."""
    if not pieces:
        return "1 = 1"
    return "(" + " OR ".join(f"{column} BETWEEN $from{n} AND $to{n}" for n in range(pieces)) + ")"
