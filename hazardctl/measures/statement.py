"""The one place where SQL text is joined: one statement a view, not a measure (MEASURES §6).

Nothing a person typed is ever part of the text: scopes and lines arrive as `$names` bound by the book.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.measures.definition import Count, Spread
from hazardctl.measures.dimensions import Dimension
from hazardctl.measures.views import VIEWS, Choice, done, text, unjudged

SOURCE: Final = "SELECT {columns} FROM ({view}) b WHERE {where}"
JUDGED: Final = "SELECT b.*, {sql} AS {name} FROM ({source}) b"
MARKED: Final = "SELECT {cells} FROM ({source}) b{joins}"
ALIKE: Final = "SELECT {cells} FROM ({marked}) b{group}"
COUNTED: Final = "SELECT {cells} FROM ({rows}) b{group}"
LISTED: Final = "SELECT b.id, {value}, b.{moment} FROM ({view}) b{joins} WHERE {where} ORDER BY b.id, b.{moment}"
SPREAD: Final = """WITH v AS (SELECT {lines}v, COUNT(*) AS n
    FROM (SELECT {marked}{value} AS v FROM ({source}) b{joins} WHERE {where}) b GROUP BY {lines}v),
  r AS (SELECT {lines}v, n, SUM(n) OVER ({part}ORDER BY v) AS upto, SUM(n) OVER ({over}) AS whole FROM v)
  SELECT {lines}SUM(n), SUM(n * v), MAX(v), MIN(CASE WHEN 2 * upto >= whole THEN v END),
    MIN(CASE WHEN 2 * upto > whole THEN v END), MIN(CASE WHEN 10 * upto >= 9 * whole THEN v END)
  FROM r{group}"""

LIVED: Final = frozenset({"deadline", "done", "is_open", "was_open"})
"""Columns of a span that depend on what a question chooses."""
_WORDS: Final = re.compile(r"'[^']*'|\$\w+")
_COLUMN: Final = re.compile(r"\b[a-z]\w*")
_THERE: Final = re.compile(r"\b([a-z]\w*) IS (?:NOT )?NULL\b")
_NAMES: Final = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What all statements of one question share.

    Attributes:
        choice: the words chosen from closed lists.
        scope: conditions on the columns of a view, `{day}` standing for the day the view looks at.
        lines: what is grouped by.
        weighed: a hazard weighs its number of places.
    """

    choice: Choice = field(default_factory=Choice)
    scope: tuple[str, ...] = ()
    lines: tuple[Dimension, ...] = ()
    weighed: bool = False


@functools.lru_cache(maxsize=128)
def names(sql: str) -> frozenset[str]:
    """Give the bound names of a statement: some engines refuse to be given others."""
    return frozenset(_NAMES.findall(sql))


def source(view: str, frame: Frame, measures: Iterable[Count | Spread] = (), lines: Iterable[Dimension] = ()) -> str:
    """Give what the statements of a question read of a view: the rows in its scope, with the columns that any of them names.

    It is the same text for all of them, so an engine may evaluate it once (`hazardctl.base.Base.source`). What depends on the basis
    alone is left to `judged`.
    """
    columns = {"key"}.union(*(named(f"{one.where} {_value(one, frame)}") for one in measures))
    for one in lines:
        columns |= {one.column} if one.kind == "column" else {VIEWS[view].moment} if one.kind == "time" else set[str]()
    where, body = conditions(view, frame), ""
    if (later := VIEWS[view].judged) is not None:
        columns = columns - {later.name} | set(later.carried)
        by_basis = LIVED & (columns | named(where))
        body = unjudged(later, frame.choice if by_basis else Choice(pieces=frame.choice.pieces))
    bare = columns <= set(VIEWS[view].bare_columns) and not frame.scope
    return SOURCE.format(columns=", ".join(sorted(columns)), view=body or text(view, frame.choice, bare=bare), where=where)


def judged(source: str, view: str, frame: Frame) -> str:
    """Give the rows of a source with the column that depends on the basis."""
    one = VIEWS[view].judged
    return source if one is None else JUDGED.format(sql=one.sql.format(done=done(frame.choice)), name=one.name, source=source)


def named(condition: str) -> set[str]:
    """Give the columns that a condition or a value names."""
    return set(_COLUMN.findall(_WORDS.sub("", condition)))


def alike(source: str, view: str, counts: Sequence[Count], frame: Frame) -> str:
    """Give what counts are added up from: rows of a view that no line and no condition tells apart are one row.

    There are few of them, however large the ledger, where conditions ask no more of a day than whether there is one. Of a view whose
    conditions look at days themselves every row stays one.

    Args:
        source: the rows, as `judged` gives them.
        view: whose rows they are.
        counts: all that will be counted.
        frame: with the lines of all tables in which they will be.

    Returns:
        Columns: a key a line (`by_sector`), what conditions look at, `n`, the number of rows, and the sum of each value added up.
    """
    facts = {**_keys(frame), **_facts(counts)}
    adds = {_added(value): value for one in counts if (value := _value(one, frame)) != "1"}
    marked = MARKED.format(cells=_cells({**facts, **adds, "n": "1"}), source=source, joins=_joins(view, frame))
    if not VIEWS[view].alike:
        return marked
    sums = {**{name: name for name in facts}, **{name: f"SUM({name})" for name in adds}, "n": "COUNT(*)"}
    return ALIKE.format(cells=_cells(sums), marked=marked, group=" GROUP BY " + ", ".join(facts) if facts else "")


def _keys(frame: Frame) -> dict[str, str]:
    """Give the keys of lines by the columns that hold them."""
    return {f"by_{one.name}": _line(one, number) for number, one in enumerate(frame.lines)}


def _facts(counts: Sequence[Count]) -> dict[str, str]:
    """Give the columns that conditions look at; one of which they ask only whether it is there says no more than that."""
    there = {name for one in counts for name in _THERE.findall(one.where)}
    whole = {name for one in counts for name in named(_THERE.sub("", one.where))}
    return {name: name if name in whole else f"CASE WHEN {name} IS NOT NULL THEN 1 END" for name in sorted(there | whole)}


def _cells(named: Mapping[str, str]) -> str:
    return ", ".join(cell if cell == name else f"{cell} AS {name}" for name, cell in named.items())


def counted(rows: str, counts: Sequence[Count], frame: Frame) -> str:
    """Give the statement that answers counts on each line of a frame: the keys of a line, then a whole number for each count.

    Args:
        rows: as `alike` gives them.
        counts: what is counted, all of one view.
        frame: the lines.
    """
    lines = list(_keys(frame))
    sums = (f"COALESCE(SUM(CASE WHEN {one.where} THEN {_added(_value(one, frame))} END), 0)" for one in counts)
    return COUNTED.format(cells=", ".join([*lines, *sums]), rows=rows, group=" GROUP BY " + ", ".join(lines) if lines else "")


def _added(value: str) -> str:
    return "n" if value == "1" else f"add_{value}"


def spread(source: str, measure: Spread, frame: Frame) -> str:
    """Give the statement of a spread: keys, n, sum, greatest, the two middle values, p90; by ranks, without division.

    Args:
        source: the rows, as `judged` gives them.
        measure: what is spread.
        frame: the lines.
    """
    lines = _keys(frame)
    part = "PARTITION BY " + ", ".join(lines) if lines else ""
    return SPREAD.format(
        lines="".join(f"{name}, " for name in lines),
        marked="".join(f"{cell} AS {name}, " for name, cell in lines.items()),
        value=measure.value,
        source=source,
        joins=_joins(measure.view, frame),
        where=_all(measure.where, f"{measure.value} IS NOT NULL"),
        part=part + " " if part else "",
        over=part,
        group=" GROUP BY " + ", ".join(lines) if lines else "",
    )


def listed(measure: Count | Spread, frame: Frame, line: Sequence[Dimension] = ()) -> str:
    """Give the statement that names the records behind a measure, on one line of a table whose keys are bound as `$line0 …`."""
    inside = Frame(frame.choice, frame.scope, tuple(line), frame.weighed)
    on_line = [f"{_line(one, number)} = $line{number}" for number, one in enumerate(line)]
    return LISTED.format(
        value=_value(measure, frame),
        moment=VIEWS[measure.view].moment,
        view=text(measure.view, frame.choice),
        joins=_joins(measure.view, inside),
        where=conditions(measure.view, frame, measure.where, f"{measure.value} IS NOT NULL", *on_line),
    )


def _value(measure: Count | Spread, frame: Frame) -> str:
    weighs = isinstance(measure, Count) and measure.unit == "record" and frame.weighed and not VIEWS[measure.view].lines
    return "quantity" if weighs else measure.value


def cell(count: Count, frame: Frame) -> str:
    """Give the expression that counts, or adds up, the rows of a view that a measure is about."""
    value = _value(count, frame)
    if value == "1":
        return f"COUNT(CASE WHEN {count.where} THEN 1 END)"
    return f"COALESCE(SUM(CASE WHEN {count.where} THEN {value} END), 0)"


def _line(one: Dimension, number: int) -> str:
    if one.kind == "column":
        return f"b.{one.column}"
    return f"COALESCE(g{number}.{'value' if one.kind == 'facet' else one.column}, '')"


def _joins(view: str, frame: Frame) -> str:
    return "".join(_join(VIEWS[view].moment, one, number) for number, one in enumerate(frame.lines))


def _join(moment: str, one: Dimension, number: int) -> str:
    if one.kind == "facet":
        return f" LEFT JOIN facet g{number} ON g{number}.hazard = b.key AND g{number}.field = '{one.column}'"
    return f" LEFT JOIN day g{number} ON g{number}.day = b.{moment}" if one.kind == "time" else ""


def conditions(view: str, frame: Frame, *more: str) -> str:
    """Join the scope of a question and further conditions; always true without any."""
    return _all(*(part.replace("{day}", VIEWS[view].day) for part in frame.scope), *more)


def _all(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions) or "1 = 1"
