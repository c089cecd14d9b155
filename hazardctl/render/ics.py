"""The days of a sheet as a calendar file: whole days, a reminder the day before, the same bytes each time (icalendar, the extra `ics`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

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
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for day in (one for sheet in sheets for one in sheet.days or ()):
        title = clean(day.title.say(page.language))
        event = Event()
        event.add("uid", f"{day.key}@hazardctl")
        event.add("dtstamp", dt.datetime(day.day.year, day.day.month, day.day.day, tzinfo=dt.UTC))
        event.add("dtstart", day.day)
        event.add("summary", title)
        event.add("description", "\n".join(map(clean, day.text.say(page.language).split("\n"))))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical()
