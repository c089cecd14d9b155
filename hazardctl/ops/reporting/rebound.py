"""What came back in a period: reopened, repeated, failed at the first check; where, and from which cause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Dimension, Question, dimension
from hazardctl.measures.asker import Tables
from hazardctl.ops.question import about_period
from hazardctl.ops.queues import recurrence as queues
from hazardctl.ops.reporting.asking import told_or_nil
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.labels import label
from hazardctl.ops.standing import Row
from hazardctl.reports.figures import count
from hazardctl.reports.rebound import HEAD, LINE, Group, Line, Pair, Rebound, rebound
from hazardctl.sheet import Rate

USUAL: Final = ("unit", "site")
CAUSE: Final = "category"
NONE: Final = "none"
MOST: Final = 3
SORTS: Final = ("name", "reopened", "repeated", "failed")
TOO_MANY: Final = Text("最多按三项分组", "at most three groupings at once")
NO_SORT: Final = Text("不能按“{it}”排序", 'there is no sorting by "{it}"')
SORTED_BY: Final = Text("可以用：{all}", "there are: {all}")


def make(call: Call) -> Report:
    """Make the report on what came back.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    dimensions, (key, turned) = _dimensions(call.options.groups), _sorting(call.options.sort)
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    question, book = asked.question, Book(ledger)
    figures = told_or_nil(book, question, HEAD)
    tables = book.tables(question, {(): LINE, **{(one.name,): LINE for one in (*dimensions, dimension(CAUSE))}})
    made = Rebound(
        figures=tuple(figures.values()),
        groups=tuple(_group(ledger, tables, one, key, turned=turned) for one in dimensions),
        causes=_group(ledger, tables, dimension(CAUSE), "", turned=False),
        pairs=tuple(_pairs(ledger, book, question)),
    )
    flawed = asked.frame.flawed or any(one.flawed for one in figures.values())
    return Report(rebound(asked.frame, made), bool(asked.frame.unread), flawed)


def _dimensions(groups: Sequence[str]) -> tuple[Dimension, ...]:
    named = [part for group in groups for part in group.replace("，", ",").split(",") if part.strip()]
    found = () if named == [NONE] else tuple(dict.fromkeys(dimension(name) for name in named or USUAL))
    if len(found) > MOST:
        raise UsageError(TOO_MANY)
    return found


def _sorting(text: str) -> tuple[str, bool]:
    key = text.strip().lower().lstrip("-")
    if key and key not in SORTS:
        raise UsageError(NO_SORT.of(it=text), SORTED_BY.of(all=SORTS))
    return key, text.strip().startswith("-")


def _group(ledger: Ledger, tables: Tables, one: Dimension, key: str, *, turned: bool) -> Group:
    """Give the lines of a dimension on which anything came back, the most first unless another order is asked."""
    total = tables[()][()]
    whole = count(total, "reopen.lines") + count(total, "repeat.found")
    lines = [Line(keys[0], label(ledger, one, keys[0]), found, Rate(0, whole)) for keys, found in tables[one.name,].items()]
    lines = [line.of(whole) for line in lines if line.reopened or line.repeated or line.failed]
    return Group(one.name, one.label, one.many, sorted(lines, key=lambda line: _place(line, key), reverse=turned))


def _place(line: Line, key: str) -> tuple[int, int, str]:
    if key in SORTS[1:]:
        return -int(getattr(line, key)), 0, line.key
    return (0, 0, line.key) if key else (-line.reopened - line.repeated, -line.failed, line.key)


def _pairs(ledger: Ledger, book: Book, question: Question) -> list[Pair]:
    lines = [(one.id, one.day) for one in book.members(question, "reopen.lines")["members"]]
    ids = [one.id for one in book.members(question, "repeat.found")["members"]]
    rows = cast("Sequence[Row]", book.listing(question.as_of)) if ids else ()
    found = [*queues.reopened(ledger, lines), *queues.repeated(ledger, rows, ids)]
    return [
        Pair(one.how, one.earlier, one.settled, one.later.id, one.on, ledger.unit_name(one.later.unit), one.later.site, one.later.headline)
        for one in sorted(found, key=lambda one: (one.on, one.later.id))
    ]
