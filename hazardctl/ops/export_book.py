"""The workbook of the ledger (EXPERIENCE §8.1): what it is, the hazards, what is overdue, the tables, and the words it uses.

Figures come from the sheets of the reports; where the table to file can be counted from the rows beside it, its cells are
formulas with the value the report gave, and a value that rows and report do not share is written as a value.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any, Final

from hazardctl.errors import HazardctlError
from hazardctl.language import Text
from hazardctl.ops.export_forms import FORMS, form
from hazardctl.ops.export_lines import Aside, Lines
from hazardctl.ops.export_rows import FIELDS, KEYS, Line, text
from hazardctl.ops.export_subject import Subject
from hazardctl.ops.export_tables import COUNTED, DONE, HEADER, LEDGER, NO, YES, Counted, bulletin, chart, formulas, stacked
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.call import Call, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.workbook import MOST_ROWS, Writer, fits
from hazardctl.render.xlsx import laid
from hazardctl.reports import frame as frames
from hazardctl.sheet import Sheet
from hazardctl.store.load import Progress

ABOUT: Final = Text("说明", "About")
OVERDUE: Final = Text("逾期清单", "Overdue")
OFFICIAL: Final = Text("统计表", "Official")
BULLETIN: Final = Text("乡镇通报", "Bulletin")
LEAGUE: Final = Text("排名", "League")
TREND: Final = Text("趋势", "Trend")
AGEING: Final = Text("账龄", "Ageing")
WORDS: Final = Text("字典", "Words")
BASE: Final = Text("导出时", "As exported")
TITLE: Final = Text("{name}隐患台账", "{name}: ledger of hazards")
UNDER: Final = Text("截至 {day}，共 {n} 条，口径 {basis}", "as of {day}, {n} hazards, basis {basis}")
MADE: Final = Text(
    "本工作簿由台账导出。改动请在台账里做，或改好后用 hazardctl import 本文件 --update 查看改了什么。",
    "exported from the ledger: change it there, or edit here and see what was changed with hazardctl import THIS FILE --update",
)
STAMP: Final = Text("填报单位（盖章）：", "stamp:")
PAGE: Final = Text("第 {page} 页　共 {pages} 页", "page {page} of {pages}")
DAY: Final = Text("截至 {day}", "as of {day}")
MANY: Final = 5_000
"""Hazards from which on the long sheets are written row by row."""
LONG: Final = frozenset({LEDGER, OVERDUE, BASE})
STEP: Final = 256
SHEETS: Final = (ABOUT, LEDGER, OVERDUE, OFFICIAL, BULLETIN, LEAGUE, TREND, AGEING, WORDS, BASE)
REPORTED: Final[Sequence[tuple[Text, str]]] = (
    (OFFICIAL, "official"), (BULLETIN, "bulletin"), (LEAGUE, "league"), (TREND, "trend"), (AGEING, "ageing")
)  # fmt: skip
DRAWN: Final[Mapping[str, Sequence[str]]] = {
    "official": ("general_found", "major_found"),
    "ageing": ("to_7", "to_15", "to_30", "to_90", "over_90"),
}
"""Report → the columns of its first table that are drawn as stacked bars."""
LISTS: Final[Mapping[str, str]] = {"grade": "grades", "source": "sources", "sector": "sectors", "state": "states"}


def book(subject: Subject, progress: Progress | None = None) -> bytes:
    """Make the workbook.

    Args:
        subject: what is exported.
        progress: told (rows written, rows in all) now and then.

    Raises:
        UsageError: there are more hazards than a sheet has rows.
        MissingExtraError: the extra `excel` is not installed.
    """
    fits(len(subject.lines), HEADER + 1)
    many = len(subject.lines) > MANY
    with Writer(large=many) as writer, closing(Aside(subject.lines, many=many)) as lines:
        say, subject = subject.language, replace(subject, lines=lines)
        names = {name.say(say): writer.sheet(name.say(say), long=name in LONG) for name in SHEETS}
        lists = _words(writer, names[WORDS.say(say)], subject)
        counted = Counted(subject)
        _ledger(writer, names[LEDGER.say(say)], subject, lists, counted, progress=progress)
        _overdue(writer, names[OVERDUE.say(say)], subject)
        _reports(writer, names, subject, counted)
        mark = _base(names[BASE.say(say)], subject, progress)
        _about(writer, names[ABOUT.say(say)], subject, mark)
        names[LEDGER.say(say)].activate()
        return writer.closed()


def _about(writer: Writer, sheet: Any, subject: Subject, mark: str) -> None:  # noqa: ANN401
    frame, say = subject.asked.frame, subject.language
    period = about_period(subject.context, subject.ledger, subject.words).frame
    lines: list[tuple[Text, str]] = [
        (Text("单位", "organisation"), frame.organisation),
        (Text("截至", "as of"), subject.as_of.isoformat()),
        (Text("统计表的统计期", "period of the tables"), frames.head(period).say(say)),
        (Text("口径", "basis"), str(frame.basis)),
        (Text("台账提交", "commit of the ledger"), frame.commit or "-"),
        (Text("筛选", "filters"), _filters(subject) or "-"),
        (Text("条数", "hazards"), str(len(subject.lines))),
        (Text("内容校验", "hash of the content"), mark),
        (
            Text("人名和单位", "people and units"),
            (Text("已用代号", "pseudonyms") if subject.hiding else Text("原名", "as they are")).say(say),
        ),
    ]
    sheet.write_string(0, 0, TITLE.of(name=frame.organisation).say(say), writer.look("title"))
    for row, (label, value) in enumerate(lines, 2):
        sheet.write_string(row, 0, label.say(say), writer.look("head"))
        sheet.write_string(row, 1, value, writer.look("text"))
    notes = [MADE.say(say), *(one.say(say) for one in frames.foot(frame))]
    for row, note in enumerate(notes, len(lines) + 3):
        sheet.write_string(row, 0, note, writer.look("note"))
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 60)
    writer.printed(sheet, *_foot(subject))


def _filters(subject: Subject) -> str:
    typed = " ".join(subject.words.filters)
    return subject.hiding.text(typed) if subject.hiding else typed


def _foot(subject: Subject) -> tuple[str, str, str]:
    say = subject.language
    return STAMP.say(say), PAGE.say(say), DAY.of(day=subject.as_of).say(say)


def _columns(subject: Subject) -> list[tuple[str, int]]:
    extra = [(name.say(subject.language), 9) for name in (COUNTED, DONE)]
    return [*((field.label.say(subject.language), field.width) for field in FIELDS), *extra]


def _each(lines: Lines, progress: Progress | None, before: int = 0) -> Iterator[tuple[int, Line]]:
    """Give the rows with their numbers, and tell how far they are: as many stand on the ledger's sheet as on the hidden one."""
    for number, one in enumerate(lines):
        yield number, one
        if progress and number % STEP == 0:
            progress(before + number, 2 * len(lines))


def _ledger(
    writer: Writer,
    sheet: Any,  # noqa: ANN401
    subject: Subject,
    lists: Mapping[str, str],
    counted: Counted,
    *,
    progress: Progress | None,
) -> None:
    say, columns, count = subject.language, _columns(subject), len(subject.lines)
    under = UNDER.of(day=subject.as_of, n=count, basis=subject.asked.frame.basis)
    writer.titled(sheet, TITLE.of(name=subject.asked.frame.organisation).say(say), under.say(say), len(columns))
    writer.names(sheet, HEADER, columns)
    for number, one in _each(subject.lines, progress):
        row = HEADER + 1 + number
        for column, field in enumerate(FIELDS):
            writer.cell(sheet, row, column, one.cells[field.key])
        for column, counts in enumerate(counted.sides(one), len(FIELDS)):
            writer.cell(sheet, row, column, (YES if counts else NO).say(say))
    last = HEADER + max(count, 1)
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.autofilter(HEADER, 0, last, len(columns) - 1)
    sheet.repeat_rows(HEADER)
    for key, source in lists.items():
        column, end = KEYS.index(key), min(last + 200, MOST_ROWS - 1)
        sheet.data_validation(HEADER + 1, column, end, column, {"validate": "list", "source": source, "error_type": "warning"})
    _colours(writer, sheet, subject, last)
    writer.printed(sheet, *_foot(subject))


def _colours(writer: Writer, sheet: Any, subject: Subject, last: int) -> None:  # noqa: ANN401
    """Colour rows by what stands in them: late ones red, majors bold, closed ones green; those due soon by their day."""
    label, width = subject.ledger.label, len(FIELDS) - 1
    days, grade, state, due = (writer.column(KEYS.index(key)) for key in ("days", "grade", "state", "due"))
    extended, done = writer.column(KEYS.index("extended")), writer.column(KEYS.index("rectified_on"))
    first = HEADER + 2
    closed, major = (label(*one).say(subject.language) for one in (("states", "closed"), ("grades", "major")))
    soon = subject.as_of + dt.timedelta(days=subject.ledger.config.policy.due_soon_days)
    day, ahead = (f"DATE({one.year},{one.month},{one.day})" for one in (subject.as_of, soon))
    in_force = f"MAX(${due}{first},${extended}{first})"
    near = f'=AND(${done}{first}="",${state}{first}<>"{closed}",{in_force}>={day},{in_force}<={ahead})'
    rules = [(f"=${days}{first}>0", "red"), (near, "amber")]
    for formula, look in rules:
        sheet.conditional_format(HEADER + 1, 0, last, width, {"type": "formula", "criteria": formula, "format": writer.tint(look)})
    for column, formula, look in ((state, f'=${state}{first}="{closed}"', "green"), (grade, f'=${grade}{first}="{major}"', "alarm")):
        area = f"{column}{first}:{column}{last + 1}"
        sheet.conditional_format(area, {"type": "formula", "criteria": formula, "format": writer.tint(look)})


def _overdue(writer: Writer, sheet: Any, subject: Subject) -> None:  # noqa: ANN401
    keys = ("id", "unit", "description", "grade", "owner", "person", "due", "extended", "days", "state")
    fields = [FIELDS[KEYS.index(key)] for key in keys]
    late = sorted((one for one in subject.lines if one.overdue), key=lambda one: (one.grade != "major", -_days(one), one.id))
    say = subject.language
    under = Text("截至 {day}，逾期 {n} 项", "as of {day}, {n} overdue").of(day=subject.as_of, n=len(late))
    writer.titled(sheet, OVERDUE.say(say), under.say(say), len(fields))
    writer.names(sheet, HEADER, [(field.label.say(say), field.width) for field in fields])
    for row, one in enumerate(late, HEADER + 1):
        for column, field in enumerate(fields):
            writer.cell(sheet, row, column, one.cells[field.key])
    sheet.freeze_panes(HEADER + 1, 1)
    sheet.autofilter(HEADER, 0, HEADER + max(len(late), 1), len(fields) - 1)
    writer.printed(sheet, *_foot(subject))


def _days(one: Line) -> int:
    days = one.cells["days"]
    return days if isinstance(days, int) else 0


def _reports(writer: Writer, names: Mapping[str, Any], subject: Subject, counted: Counted) -> None:
    say = subject.language
    for name, key in REPORTED:
        sheet = names[name.say(say)]
        try:
            made = _made(subject, key)
        except HazardctlError as failure:
            writer.prose(sheet, 0, [failure.what.say(say)])
            continue
        tables = laid(writer, sheet, made, say)
        if key == "official" and (place := tables.get("a")):
            formulas(writer, sheet, made, place, subject=subject, counted=counted)
        if key == "bulletin":
            bulletin(writer, sheet, made, tables["bulletin"])
        if key in DRAWN:
            stacked(writer, sheet, made, tables, (name.say(say), DRAWN[key]))
        if key == "trend":
            chart(writer, sheet, made, tables, name.say(say))
        writer.printed(sheet, *_foot(subject))


def _made(subject: Subject, key: str) -> Sheet:
    """Make one of the reports of the ledger that was read."""
    made = form(subject, key) if key in FORMS else report(REPORTS[key], Call(subject.context, subject.words, read=subject.ledger)).sheet
    return subject.hiding.page(made) if subject.hiding else made


def _words(writer: Writer, sheet: Any, subject: Subject) -> Mapping[str, str]:  # noqa: ANN401
    """Write the words that cells are picked from, and give the list of each column."""
    say, lists = subject.language, dict[str, str]()
    for column, (key, vocabulary) in enumerate(LISTS.items()):
        label = FIELDS[KEYS.index(key)].label.say(say)
        words = [term.label.say(say) for term in subject.ledger.words[vocabulary].values()]
        writer.names(sheet, 0, [(label, 16)], column)
        for row, word in enumerate(words, 1):
            writer.cell(sheet, row, column, word)
        letter = writer.column(column)
        lists[key] = f"='{WORDS.say(say)}'!${letter}$2:${letter}${len(words) + 1}"
    sheet.protect()
    return lists


def _base(sheet: Any, subject: Subject, progress: Progress | None) -> str:  # noqa: ANN401
    """Keep what was exported on a hidden sheet, so that edits can be told from what the ledger has learnt since.

    Returns:
        A hash of what the rows say, in 16 hex digits.
    """
    said = hashlib.sha256()
    for column, key in enumerate(KEYS):
        sheet.write_string(0, column, key)
    for number, one in _each(subject.lines, progress, len(subject.lines)):
        cells = [text(one.cells[key]) for key in KEYS]
        for column, cell in enumerate(cells):
            sheet.write_string(number + 1, column, cell)
        said.update(("\n" * bool(number) + "\t".join(cells)).encode())
    sheet.protect()
    sheet.very_hidden()
    return said.hexdigest()[:16]
