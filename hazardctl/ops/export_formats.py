"""The plain formats of `export`: csv, json, a calendar, a data base."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import json as jsons
from typing import Final

from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language, Text, plain
from hazardctl.ops.export_lines import Lines
from hazardctl.ops.export_rows import FIELDS, KEYS, Line, text
from hazardctl.render.ics import document as calendar
from hazardctl.render.page import Page
from hazardctl.sheet import Day, Sheet
from hazardctl.vocabulary import OPEN_STATES

SCHEMA: Final = "hazardctl/export/1"
DUE: Final = Text("{unit}：{what} 整改到期", "{unit}: {what} due")
_TABLES: Final = "CREATE TABLE hazard ({columns}, PRIMARY KEY (id))"
_LOOKS: Final = {"text": "TEXT", "day": "TEXT", "number": "NUMERIC"}


def csv(lines: Lines, language: Language) -> bytes:
    """Give the table as csv: UTF-8 with a mark, CRLF, days in ISO form."""
    names = [field.label.say(language) for field in FIELDS]
    return csv_of(itertools.chain([names], ([text(one.cells[key]) for key in KEYS] for one in lines)))


def json(lines: Lines, as_of: dt.date, commit: str) -> bytes:
    """Give the table as JSON, one object a hazard, empty cells null; amounts are texts, so that no digit is lost."""
    head = {"schema": SCHEMA, "ledger": commit, "as_of": as_of.isoformat(), "count": len(lines), "hazards": ()}
    first, last = _dumped(head).removesuffix("]\n}"), "]\n}\n"
    kept = io.BytesIO(first.encode())
    kept.seek(0, io.SEEK_END)
    for number, one in enumerate(lines):  # a row at a time: texts, numbers and names of so many rows are larger than the file
        row = {**{key: text(one.cells[key]) or None for key in KEYS}, "state_key": one.state, "grade_key": one.grade}
        kept.write(("," * bool(number) + _inside(_dumped(row))).encode())
    kept.write((("\n  " if kept.tell() > len(first.encode()) else "") + last).encode())
    return kept.getvalue()


def _dumped(data: object) -> str:
    return jsons.dumps(data, ensure_ascii=False, indent=2)


def _inside(dumped: str) -> str:
    """Give an object as it stands in a list two levels deep."""
    return "".join(f"\n    {line}" for line in dumped.split("\n"))


def ics(lines: Lines, language: Language) -> bytes:
    """Give the deadlines of open hazards as a calendar, an entry a hazard on its day; the entry's own number is the hazard's id.

    Raises:
        MissingExtraError: the extra `ics` is not installed.
    """
    days = tuple(_day(one, due) for one in lines if (due := _to_meet(one)))
    return calendar([Sheet("export", Text("", ""), days=days)], Page(language))


def _to_meet(one: Line) -> dt.date | None:
    """Give the deadline in force where it is still to be met."""
    due = one.cells["extended"] or one.cells["due"]
    return due if one.state in OPEN_STATES and isinstance(due, dt.date) and not one.cells["rectified_on"] else None


def _day(one: Line, due: dt.date) -> Day:
    described = text(one.cells["description"])
    title = DUE.of(unit=text(one.cells["owner"] or one.cells["unit"]), what=described[:30])
    return Day(one.id, due, title, plain("\n".join((one.id, described, text(one.cells["person"]))).strip()))


def sqlite(lines: Lines, as_of: dt.date) -> bytes:
    """Give the table as a data base: `hazard` with a column for each field, and `about` with the as-of day."""
    import sqlite3

    base = sqlite3.connect(":memory:", isolation_level=None)
    try:
        columns = ", ".join(f"{field.key} {_LOOKS[field.looks]}" for field in FIELDS)
        base.execute(_TABLES.format(columns=f"{columns}, state_key TEXT, grade_key TEXT, overdue INTEGER"))
        base.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT)")
        base.executemany("INSERT INTO about VALUES (?, ?)", [("schema", SCHEMA), ("as_of", as_of.isoformat())])
        marks = ", ".join("?" * (len(KEYS) + 3))
        rows = ([*(text(one.cells[key]) or None for key in KEYS), one.state, one.grade, int(one.overdue)] for one in lines)
        base.executemany(f"INSERT INTO hazard VALUES ({marks})", rows)  # noqa: S608 (question marks only)
        return base.serialize()
    finally:
        base.close()
