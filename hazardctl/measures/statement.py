"""The one place where SQL text is joined: one statement a view, not a measure (MEASURES §6).

Nothing a person typed is ever part of the text: scopes and lines arrive as `$names` bound by the book.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from hazardctl.measures.definition import Count, Spread
from hazardctl.measures.dimensions import DIMENSIONS, Dimension
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.views import VIEWS, Choice, text

SOURCE: Final = "SELECT {columns} FROM ({view}) b WHERE {where}"
COUNTED: Final = "SELECT {lines}{cells} FROM ({source}) b{joins}{group}"
LISTED: Final = "SELECT b.id, {value}, b.{moment} FROM ({view}) b{joins} WHERE {where} ORDER BY b.id, b.{moment}"
SPREAD: Final = """WITH v AS (SELECT {lines}{value} AS v FROM ({source}) b{joins} WHERE {where}),
  r AS (SELECT {keys}v, ROW_NUMBER() OVER ({part}ORDER BY v) AS i, COUNT(*) OVER ({over}) AS n FROM v)
  SELECT {keys}COUNT(*), SUM(v), MAX(v), SUM(CASE WHEN 2 * i BETWEEN n AND n + 2 THEN v END),
    COUNT(CASE WHEN 2 * i BETWEEN n AND n + 2 THEN 1 END), MIN(CASE WHEN 10 * i >= 9 * n THEN v END)
  FROM r{group}"""

_WORDS: Final = re.compile(r"'[^']*'|\$\w+")
_COLUMN: Final = re.compile(r"\b[a-z]\w*")
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


def names(sql: str) -> frozenset[str]:
    """Give the bound names of a statement: some engines refuse to be given others."""
    return frozenset(_NAMES.findall(sql))


def source(view: str, frame: Frame) -> str:
    """Give what the counts and spreads of a question read of a view: the rows in its scope, with the columns that any of them names.

    It is the same text for all of them, so an engine may evaluate it once (`hazardctl.base.Base.source`).
    """
    if VIEWS[view].bare and not (frame.scope or frame.lines or frame.weighed):
        return text(view, frame.choice, bare=True)
    return SOURCE.format(columns=", ".join(_columns(view)), view=text(view, frame.choice), where=conditions(view, frame))


@functools.cache
def _columns(view: str) -> Sequence[str]:
    lines = {one.column for one in DIMENSIONS.values() if one.kind == "column"}
    return sorted({"key", "quantity", VIEWS[view].moment} | named(view) | lines)


def named(view: str) -> frozenset[str]:
    """Give the columns of a view that its measures name."""
    measures = (one for one in REGISTRY.values() if isinstance(one, Count | Spread) and one.view == view)
    return frozenset(name for one in measures for name in _COLUMN.findall(_WORDS.sub("", f"{one.where} {one.value}")))


def counted(view: str, counts: Sequence[Count], frame: Frame) -> str:
    """Give the statement that answers every count of a view: the keys of a line, then a whole number for each count."""
    lines = [_line(one, number) for number, one in enumerate(frame.lines)]
    return COUNTED.format(
        lines="".join(line + ", " for line in lines),
        cells=", ".join(cell(count, frame) for count in counts),
        source=source(view, frame),
        joins=_joins(view, frame),
        group=" GROUP BY " + ", ".join(lines) if lines else "",
    )


def spread(measure: Spread, frame: Frame) -> str:
    """Give the statement of a spread: keys, n, sum, greatest, sum and number of the middle values, p90; by ranks, without division."""
    keys = [f"l{number}" for number in range(len(frame.lines))]
    part = "PARTITION BY " + ", ".join(keys) if keys else ""
    return SPREAD.format(
        lines="".join(f"{_line(one, number)} AS l{number}, " for number, one in enumerate(frame.lines)),
        keys="".join(key + ", " for key in keys),
        value=measure.value,
        source=source(measure.view, frame),
        joins=_joins(measure.view, frame),
        where=_all(measure.where, f"{measure.value} IS NOT NULL"),
        part=part + " " if part else "",
        over=part,
        group=" GROUP BY " + ", ".join(keys) if keys else "",
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
