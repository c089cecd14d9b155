"""The days of a sheet as a calendar file: whole days, a reminder the day before, the same bytes each time (icalendar, the extra `ics`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hazardctl.errors import UsageError, lacks
from hazardctl.language import Text
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean
from hazardctl.sheet import Sheet

NONE: Final = Text("“{name}”没有可写进日历的日期", '"{name}" has no days for a calendar')
INSTEAD: Final = Text("可以用：hazardctl remind -o 到期.ics", "there is: hazardctl remind -o due.ics")
PRODUCT: Final = "-//hazardctl//hazardctl//ZH"
BEFORE: Final = dt.timedelta(days=-1)


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write the days of the sheets as one calendar.

    Raises:
        UsageError: a sheet is of a kind that has no days.
        MissingExtraError: the extra `ics` is not installed.
    """
    for sheet in sheets:
        if sheet.days is None:
            raise UsageError(NONE.of(name=sheet.name), INSTEAD)
    try:
        from icalendar import Alarm, Calendar, Event
    except ImportError:
        raise lacks("ics", Text("日历文件", "a calendar file")) from None
    calendar = _filled(Calendar(), {"prodid": PRODUCT, "version": "2.0"})
    for day in (one for sheet in sheets for one in sheet.days or ()):
        title = clean(day.title.say(page.language))
        told = {
            "uid": f"{day.key}@hazardctl",
            "dtstamp": dt.datetime(day.day.year, day.day.month, day.day.day, tzinfo=dt.UTC),
            "dtstart": day.day,
            "summary": title,
            "description": "\n".join(map(clean, day.text.say(page.language).split("\n"))),
            "transp": "TRANSPARENT",
        }
        event = _filled(Event(), told)
        event.add_component(_filled(Alarm(), {"action": "DISPLAY", "description": title, "trigger": BEFORE}))
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _filled(component: Any, told: Mapping[str, object]) -> Any:  # noqa: ANN401 (icalendar types its parts in part only)
    for name, value in told.items():
        component.add(name, value)
    return component
