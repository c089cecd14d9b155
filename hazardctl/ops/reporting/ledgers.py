"""The ledgers of a pool side by side: what each tells, when it was last heard of, and what could not be read (DOMAIN §12.2 M-02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.measures import Answer, Book, Known, Question
from hazardctl.ops import pooling
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.asking import of, told_or_nil
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.traces import last_heard
from hazardctl.pool import Pool, Share
from hazardctl.reports.ledgers import COLUMNS, Heard, Pooled, Twice, ledgers
from hazardctl.reports.lines import Line
from hazardctl.reports.told import Told, tells
from hazardctl.vocabulary import NOUNS

ONE_ONLY: Final = Text("这张表要几个台账：用 --ledger 写明，或给一个 rollup.yaml", "this table is about several ledgers")
SAY_WHICH: Final = Text(
    "hazardctl report ledgers --ledger towns/a --ledger towns/b", "hazardctl report ledgers --ledger towns/a --ledger towns/b"
)
IDS: Final = tuple(one.measure for one in COLUMNS)


def make(call: Call) -> Report:
    """Make the table of the ledgers.

    Raises:
        UsageError: there is one ledger only, or a word that means nothing.
        UnreadableError: the roll-up is invalid, or no ledger can be read.
        BugError: the figures do not add up; nothing is printed.
    """
    pool = call.opened()
    if not isinstance(pool, Pool):
        raise UsageError(ONE_ONLY, SAY_WHICH)
    asked = about_period(call.context, pool, call.words)
    question, book = asked.question, Book(pool)
    here = pooling.listed(call.context, call.words.ledgers, call.words.known_at)
    commits = pooling.last_commits(here, pool.config.zone)
    found = {share.key: _heard(pool, share, book, question, commits.get(share.key)) for share in pool.shares}
    why = {key: text for key, text in asked.frame.unread if key in asked.frame.absent}
    lines = tuple(found.get(one.key) or _absent(pool, one.key, why[one.key]) for one in pool.rollup.ledgers)
    total = Line("", NOUNS["total"].heading, (), told_or_nil(book, question, IDS))
    figures = [told for line in (*(one.line for one in lines), total) for told in line.figures.values()]
    it = Pooled(lines, total, pool.rollup.silent_days, tuple(_doubles(pool, question)))
    frame = replace(asked.frame, told_by=tells(figures))
    flawed = frame.flawed or any(told.flawed for told in figures) or bool(it.silent)
    return Report(ledgers(frame, it), bool(frame.unread), flawed)


def _heard(pool: Pool, share: Share, book: Book, question: Question, commit: dt.date | None) -> Heard:
    asked = replace(question, clauses=(*question.clauses, Clause("ledger", (share.key,))))
    last = last_heard(share, question)
    line = Line(share.key, pool.label("ledgers", share.key), (f"ledger:{share.key}",), told_or_nil(book, asked, IDS))
    return Heard(line, last, commit, None if last is None else (question.as_of - last).days, len(share.unread))


def _absent(pool: Pool, key: str, why: Text) -> Heard:
    """Give the line of a ledger that could not be read: nothing of it is known, which is not nil."""
    missing: Answer = Known(state="missing")
    figures: dict[str, Told] = {name: of(name, missing) for name in IDS}
    return Heard(Line(key, pool.label("ledgers", key), (f"ledger:{key}",), figures), None, None, None, why=why)


def _doubles(pool: Pool, question: Question) -> Iterator[Twice]:
    for one in pool.doubles:
        if one.counts.record.entry <= question.as_of:
            yield Twice(one.counts.record.id, tuple(other.record.id for other in one.others), plain(one.counts.record.headline))
