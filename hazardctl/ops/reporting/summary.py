"""The summary of a period: load, ask, lay out (DESIGN §9)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Dimension, Figures, Question, dimension
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.question import Asked, about_period
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.labels import label
from hazardctl.ops.standing import late
from hazardctl.period import Period, parts
from hazardctl.reports import answers as forms
from hazardctl.reports.answers import AGES, COHORT, DUE, STOCK_IN, STOCK_OUT, Answers, Group
from hazardctl.reports.figures import count, rate
from hazardctl.reports.summary import MOST_LATE, summary
from hazardctl.sheet import Rate

if TYPE_CHECKING:
    from hazardctl.measures.asker import Tables
    from hazardctl.reports.told import Told
    from hazardctl.reports.work import Block

LINE: Final = (*(f"hazards.{part}" for part in ("found", *COHORT)), "hazards.rate", "due.total", "due.met", "due.on_time")
TOTAL: Final = (
    *LINE,
    *(f"hazards.{part}" for part in ("recorded", "withdrawn", "transferred", "withdrawn_later")),
    *(f"due.{part}" for part in (*DUE, "undecided")),
    *(f"stock.{part}" for part in (*STOCK_IN, *STOCK_OUT, "closing", "rate")),
    *(f"age.{age}" for age in AGES),
    "ttr",
    "ttr.censored",
)
GRADES: Final = (*(f"hazards.{grade}.{part}" for grade in ("general", "major") for part in ("found", "rectified", "rate")), "plan.planned")
MOST_MONTHS: Final = 24
MOST_DIMENSIONS: Final = 2
USUAL: Final = ("sector",)
NO_GROUPS: Final = "none"
SORTS: Final = ("name", "found", *COHORT, "rate", "on_time")
KEPT: Final = ("hazards.recorded", *(f"stock.{part}" for part in (*STOCK_IN, *STOCK_OUT)), "due.total")
HELD_APART: Final = frozenset({"hazard", "unit"})
"""Kinds whose records are no other work."""
TABLES: Final = {"groups": Text("分组", "groups"), "families": Text("各项工作", "families")}


def make(call: Call) -> Report:
    """Make the summary of a period.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    if call.options.as_published:
        from hazardctl.ops.reporting.published import published  # not on the road of the usual report

        return published(call)
    dimensions = _dimensions(call.options.groups)
    parts_ = _table(call.options.table)
    key, turned = _sorting(call.options.sort)
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    book = Book(ledger)
    if call.options.brief:
        return _brief(call, ledger, book, asked)
    tables = book.begun(asked.question, _tables(asked, dimensions))
    rows, more = book.overdue(asked.question, _most(call))
    overdue, guessed = late(ledger, rows, asked.question.as_of, working=call.options.working)
    made = _answers(book, ledger, asked, dimensions, tables())
    made = replace(made, groups=_sorted(made.groups, dimensions, ledger, key, turned=turned))
    kept = any(count(made.total, name) for name in KEPT)
    blocks = _work(ledger, book, asked.question, kept=kept)
    made = replace(made, overdue=overdue, more=more, work=blocks, kept=kept, parts=parts_)
    figures = [one for block in blocks for one in block.rows]
    frame = replace(
        asked.frame,
        later=count(made.total, "hazards.withdrawn_later"),
        guessed=tuple(sorted(guessed)),
        working=call.options.working,
        told_by=_told_by(figures) | ({"items"} if kept or not figures else set()),
    )
    return Report(summary(frame, made), bool(frame.unread), frame.flawed or any(one.flawed for one in figures))


def _work(ledger: Ledger, book: Book, question: Question, *, kept: bool) -> tuple[Block, ...]:
    """Give what is known of the other work; nothing is asked, or imported, where no record speaks of any."""
    if not any(ledger.ids(kind) for kind in BY_NAME if kind not in HELD_APART):
        return ()
    from hazardctl.ops.reporting.work import work

    return work(ledger, book, question, kept=kept)


def _told_by(figures: Sequence[Told]) -> frozenset[str]:
    if not figures:
        return frozenset()
    from hazardctl.reports.told import tells

    return tells(figures)


def _most(call: Call) -> int | None:
    """Say how many of the overdue are wanted: those on the page, unless days off in all of their calendars are to be told of."""
    return MOST_LATE if (call.page or call.options.brief) and not call.options.working else None


def _brief(call: Call, ledger: Ledger, book: Book, asked: Asked) -> Report:
    """Make the message of a period: its figures, those of its year so far, the overdue."""
    from hazardctl.ops.reporting.asking import told_or_nil
    from hazardctl.reports.chat import FIGURES, brief, chat

    question, period = asked.question, asked.frame.period
    rows, more = book.overdue(question, _most(call))
    overdue, guessed = late(ledger, rows, question.as_of, working=call.options.working)
    frame = replace(asked.frame, guessed=tuple(sorted(guessed)), working=call.options.working)
    figures = told_or_nil(book, question, FIGURES)
    year = about_period(call.context, ledger, replace(call.words, as_of=question.as_of.isoformat(), so_far=True)).question
    so_far = None if period is None or year.start == period.start else told_or_nil(book, year, FIGURES)
    flawed = any(one.flawed for one in figures.values())
    return Report(brief(frame, chat(frame, figures, so_far, overdue, more)), bool(frame.unread), frame.flawed or flawed)


def _table(text: str) -> str:
    """Read which part of the page is asked for; nothing for all of it."""
    word = text.strip().casefold()
    found = next((key for key, label in TABLES.items() if word in {key, label.zh}), None)
    if word and found is None:
        raise UsageError(
            Text("summary 没有“{it}”这张表", 'summary has no table "{it}"').of(it=text),
            Text("可以用：{all}", "there are: {all}").of(all=list(TABLES)),
        )
    return found or ""


def _dimensions(groups: Sequence[str]) -> tuple[Dimension, ...]:
    named = [part for group in groups for part in group.replace("，", ",").split(",") if part.strip()]
    if named == [NO_GROUPS]:
        return ()
    found = tuple(dict.fromkeys(dimension(name) for name in named or USUAL))
    if len(found) > MOST_DIMENSIONS:
        raise UsageError(Text("最多按两项分组", "at most two groupings at once"))
    return found


def _sorting(text: str) -> tuple[str, bool]:
    key = text.strip().lower().replace("-", "_").lstrip("_")
    if key and key not in SORTS:
        raise UsageError(
            Text("不能按“{it}”排序", 'there is no sorting by "{it}"').of(it=text), Text("可以用：{all}", "there are: {all}").of(all=SORTS)
        )
    return key, text.strip().startswith("-")


def _tables(asked: Asked, dimensions: Sequence[Dimension]) -> Mapping[tuple[str, ...], Sequence[str]]:
    """Give what the page has tables of: their dimensions → what stands in them."""
    official = GRADES if asked.question.preset == "official" else ()
    by, every = [one.name for one in dimensions], _step(asked.question, asked.frame.period)
    tables: dict[tuple[str, ...], list[str]] = {(): [*TOTAL, *official]}
    for names, wanted in ((by, (*LINE, *official)), *(([name], LINE) for name in by if len(by) > 1), ([every], ["hazards.found"])):
        if names and all(names):
            tables.setdefault(tuple(names), []).extend(wanted)
    return tables


def _answers(book: Book, ledger: Ledger, asked: Asked, dimensions: Sequence[Dimension], found: Tables) -> Answers:
    question, period = asked.question, asked.frame.period
    by, every = [one.name for one in dimensions], _step(question, period)
    margins = [_margin(found[one.name,], ledger, one) for one in dimensions] if len(by) > 1 else [(), ()]
    return Answers(
        total=found[()][()],
        official=book.total(asked.under("official"), GRADES),
        verified=_rate(book.total(asked.under("default"), ["hazards.rate"])),
        dimensions=[forms.Dimension(one.name, _lower(one.label), one.many, one.kind == "time") for one in dimensions],
        groups=_groups(found[tuple(by)], dimensions, ledger, period) if by else [],
        rows=margins[0],
        columns=margins[1],
        months=_months(found[every,], question, period, every) if period and every else [],
        by_year=bool(period) and every != "month",
    )


def _rate(figures: Figures) -> Rate:
    return rate(figures, "hazards.rate")


def _lower(label: Text) -> Text:
    return Text(label.zh, label.en.lower())


def _margin(lines: Mapping[tuple[str, ...], Figures], ledger: Ledger, dimension: Dimension) -> list[Group]:
    return _sorted(_groups(lines, [dimension], ledger, None), [dimension], ledger, "", turned=False)


def _groups(
    lines: Mapping[tuple[str, ...], Figures], dimensions: Sequence[Dimension], ledger: Ledger, period: Period | None
) -> list[Group]:
    kept = {key: figures for key, figures in lines.items() if key}
    if len(dimensions) == 1 and dimensions[0].kind == "time" and period:
        kept = {**{(name,): {} for name in _stretches(period, dimensions[0].name)}, **kept}
    return [
        Group(key, tuple(label(ledger, one, part) for one, part in zip(dimensions, key, strict=True)), figures)
        for key, figures in kept.items()
    ]


def _stretches(period: Period, every: str) -> list[str]:
    """Name every month, quarter or year of the period, so that one without hazards has its line too."""
    names = {"month": "{0.year:04}-{0.month:02}", "quarter": "{0.year:04}Q{1}", "year": "{0.year:04}"}
    unit = {"month": "month", "quarter": "quarter", "year": "year"}[every]
    return [names[every].format(one.start, (one.start.month + 2) // 3) for one in parts(period, unit)]  # type: ignore[arg-type]


def _sorted(groups: Sequence[Group], dimensions: Sequence[Dimension], ledger: Ledger, key: str, *, turned: bool) -> list[Group]:
    """Put the lines in order: as a vocabulary has its words, time as it runs, everything else by what was found."""
    ordered = sorted(groups, key=lambda group: tuple(_place(ledger, one, part) for one, part in zip(dimensions, group.keys, strict=True)))
    if not key and len(dimensions) == 1 and _free(dimensions[0]):
        key = "found"
    if key and key != "name":
        ordered.sort(key=lambda group: _figure(group, key), reverse=not turned)
    elif turned:
        ordered.reverse()
    return ordered


def _free(one: Dimension) -> bool:
    return one.kind != "time" and one.words in {"", "units", "campaigns"}


def _place(ledger: Ledger, one: Dimension, key: str) -> tuple[bool, int, str]:
    words = list(ledger.words.get(one.words, {}))
    return (not key, words.index(key) if key in words else len(words), key)


def _figure(group: Group, key: str) -> int:
    if key in {"rate", "on_time"}:
        found = rate(group.figures, "hazards.rate" if key == "rate" else "due.on_time")
        return -1 if found.denominator == 0 else found.numerator * 1_000_000 // found.denominator
    return count(group.figures, f"hazards.{key}")


def _step(question: Question, period: Period | None) -> str:
    """Say what the found are counted by: month, year where there are many months; nothing where there are many years."""
    seen = _seen(question, period) if period else None
    return "" if seen is None else next((one for one in ("month", "year") if len(_stretches(seen, one)) <= MOST_MONTHS), "")


def _seen(question: Question, period: Period) -> Period:
    return replace(period, end=min(period.end, max(question.as_of, period.start)), ranges=())


def _months(lines: Mapping[tuple[str, ...], Figures], question: Question, period: Period, every: str) -> list[tuple[Text, str, int]]:
    """Give what was found in each month, or each year."""
    seen = _seen(question, period)
    several = period.start.year != seen.end.year
    return [(_month(name, several=several), name, count(lines.get((name,), {}), "hazards.found")) for name in _stretches(seen, every)]


def _month(name: str, *, several: bool) -> Text:
    if len(name) == len("2024") or several:
        return Text(name, name)
    month = dt.date.fromisoformat(f"{name}-01").month
    return Text(f"{month}月", str(month))
