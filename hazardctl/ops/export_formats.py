"""The plain formats of `export`: csv, json, a calendar, a data base."""

from __future__ import annotations

import datetime as dt
import json as jsons
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final

from hazardctl.errors import MissingExtraError
from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language, Text
from hazardctl.ops.export_rows import FIELDS, KEYS, Line, text
from hazardctl.vocabulary import OPEN_STATES

SCHEMA: Final = "hazardctl/export/1"
DUE: Final = Text("{unit}：{what} 整改到期", "{unit}: {what} due")
NO_ICS: Final = Text("写日历的部件没有安装", "what writes calendars is not installed")
INSTALL: Final = Text('安装：pip install "hazardctl[ics]"', 'install it: pip install "hazardctl[ics]"')
_TABLES: Final = "CREATE TABLE hazard ({columns}, PRIMARY KEY (id))"
_LOOKS: Final = {"text": "TEXT", "day": "TEXT", "number": "NUMERIC"}


def csv(lines: Sequence[Line], language: Language) -> bytes:
    """Give the table as csv: UTF-8 with a mark, CRLF, days in ISO form."""
    return csv_of([[field.label.say(language) for field in FIELDS], *([text(one.cells[key]) for key in KEYS] for one in lines)])


def json(lines: Sequence[Line], as_of: dt.date, commit: str) -> bytes:
    """Give the table as JSON, one object a hazard, empty cells null; amounts are texts, so that no digit is lost."""
    rows = [{**{key: text(one.cells[key]) or None for key in KEYS}, "state_key": one.state, "grade_key": one.grade} for one in lines]
    data = {"schema": SCHEMA, "ledger": commit, "as_of": as_of.isoformat(), "count": len(lines), "hazards": rows}
    return (jsons.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def ics(lines: Sequence[Line], language: Language) -> bytes:
    """Give the deadlines of open hazards as a calendar, an entry a hazard on its day; the entry's own number is the hazard's id.

    Raises:
        MissingExtraError: the extra `ics` is not installed.
    """
    try:
        library: Any = import_module("icalendar")
    except ImportError:
        raise MissingExtraError(NO_ICS, INSTALL) from None
    calendar = library.Calendar()
    calendar.add("prodid", "-//hazardctl//deadlines//")
    calendar.add("version", "2.0")
    for one in lines:
        due = one.cells["extended"] or one.cells["due"]
        if one.state not in OPEN_STATES or not isinstance(due, dt.date) or one.cells["rectified_on"]:
            continue
        event = library.Event()
        event.add("uid", f"{one.id}@hazardctl")
        event.add("dtstamp", dt.datetime.combine(due, dt.time(), dt.UTC))  # the clock is not read: same bytes twice
        event.add("dtstart", due)
        event.add("dtend", due + dt.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add(
            "summary", DUE.of(unit=text(one.cells["owner"] or one.cells["unit"]), what=text(one.cells["description"])[:30]).say(language)
        )
        event.add("description", "\n".join((one.id, text(one.cells["description"]), text(one.cells["person"]))).strip())
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def sqlite(lines: Sequence[Line], as_of: dt.date) -> bytes:
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
