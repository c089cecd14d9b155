"""The tables that authorities file, under their own basis (DOMAIN §6.1, §6.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.measures import Book
from hazardctl.ops.question import Asked, about_period, basis
from hazardctl.ops.reporting.asking import told
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.lines import Asking, lines
from hazardctl.ops.reporting.split import split
from hazardctl.reports.lines import Line
from hazardctl.reports.official import FORMS, PENALTIES, PLACES, SECTORS, TOTAL, Filled, Form, official
from hazardctl.reports.told import tells

DIVIDED: Final = {SECTORS.key: "sector", PLACES.key: "region"}
BASIS: Final = Text("官方统计表只有 official 一种口径", "the official tables know one basis, official")
NO_TABLE: Final = Text("official 没有“{it}”这张表", 'official has no table "{it}"')
TABLES: Final = Text("可以用：{all}", "there are: {all}")
ONE: Final = Text("{key}（{name}）", "{key} ({name})")
NOW: Final = Text("本期 {days}", "this period {days}")
SO_FAR: Final = Text("累计 {days}", "so far this year {days}")
DAYS: Final = Text("{first}..{last}", "{first}..{last}")


def make(call: Call) -> Report:
    """Fill in the tables, or one of them.

    Raises:
        UsageError: a word that means nothing, or another basis.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    forms = _forms(call.options.table)
    if basis(call.words.basis) not in {None, "official"}:
        raise UsageError(BASIS)
    if call.options.as_published:
        from hazardctl.ops.reporting.published import filed  # not on the road of the usual report

        return filed(call, forms)
    ledger = call.opened()
    words = replace(call.words, basis="official")
    asked = about_period(call.context, ledger, words)
    now = about_period(call.context, ledger, replace(words, so_far=False)) if words.so_far else asked
    book = Book(ledger)
    filled = [
        Filled(form, tuple(_periods(book, now, asked)))
        if form is PENALTIES
        else divided(Asking(ledger, book, asked.question, form.ids), form, DIVIDED[form.key])
        for form in forms
    ]
    figures = [one for table in filled for line in table.all for one in line.figures.values()]
    frame = replace(asked.frame, told_by=tells(figures))
    return Report(official(frame, filled), bool(frame.unread), frame.flawed or any(one.flawed for one in filled))


def _forms(text: str) -> Sequence[Form]:
    word = text.strip().casefold()
    if not word:
        return tuple(FORMS.values())
    found = FORMS.get(word) or next((one for one in FORMS.values() if one.name.zh == word), None)
    if found is None:
        raise UsageError(NO_TABLE.of(it=text), TABLES.of(all=[ONE.of(key=one.key, name=one.name) for one in FORMS.values()]))
    return (found,)


def divided(asking: Asking, form: Form, dimension: str) -> Filled:
    """Fill a form in, a line for each sector or place that has anything, with the total asked over everything."""
    by = split(asking.ledger, dimension)
    return Filled(form, lines(asking, by), Line("", TOTAL, (), asking.total()))


def _periods(book: Book, now: Asked, so_far: Asked) -> Iterator[Line]:
    """Give the line of the period, and with `--cumulative` that of the year up to its end."""
    first, last = now.question.start, now.question.end
    scope = f"[period={now.frame.period.name}]" if now.frame.period and now is not so_far else ""
    figures = told(book, now.question, PENALTIES.ids)
    named = {name: replace(one, id=name + scope) for name, one in figures.items()}
    yield Line("period", NOW.of(days=DAYS.of(first=first, last=last)), (), named)
    if now is not so_far:
        days = DAYS.of(first=so_far.question.start, last=so_far.question.end)
        yield Line("cumulative", SO_FAR.of(days=days), (), told(book, so_far.question, PENALTIES.ids))
