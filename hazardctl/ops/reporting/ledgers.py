"""The ledgers of a pool side by side: what each tells, when it was last heard of, and what could not be read (DOMAIN §12.2 M-02)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Answer, Book, Known, Question
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.ops import pooling
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.asking import of, told_or_nil
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.pool import Pool, Share, pooled
from hazardctl.reports.ledgers import COLUMNS, Heard, Pooled, Twice, ledgers
from hazardctl.reports.lines import Line
from hazardctl.reports.told import Told, tells
from hazardctl.vocabulary import NOUNS

ALONE: Final = "ledger"
"""The key of a ledger that is asked alone and says no region."""
IDS: Final = tuple(one.measure for one in COLUMNS)


def make(call: Call) -> Report:
    """Make the table of the ledgers.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: the roll-up is invalid, or no ledger can be read.
        BugError: the figures do not add up; nothing is printed.
    """
    pool = _pool(call.opened())
    asked = about_period(call.context, pool, call.words)
    question, book = asked.question, Book(pool)
    here = pooling.listed(call.context, call.words.ledgers, call.words.known_at)
    commits = pooling.last_commits(here, pool.config.zone)
    last = pooling.last_heard(pool, book, question.as_of)
    found = {share.key: _heard(pool, share, book, question, (last[share.key], commits.get(share.key))) for share in pool.shares}
    why = {key: text for key, text in asked.frame.unread if key in asked.frame.absent}
    lines = tuple(found.get(one.key) or _absent(pool, one.key, why[one.key]) for one in pool.rollup.ledgers)
    total = Line("", NOUNS["total"].heading, (), told_or_nil(book, question, IDS))
    figures = [told for line in (*(one.line for one in lines), total) for told in line.figures.values()]
    it = Pooled(lines, total, pool.rollup.silent_days, tuple(_doubles(pool, question)))
    frame = replace(asked.frame, told_by=tells(figures))
    flawed = frame.flawed or any(told.flawed for told in figures) or bool(it.silent)
    return Report(ledgers(frame, it), bool(frame.unread), flawed)


def _pool(ledger: Ledger) -> Pool:
    """Give a pool as it is, and one ledger as a pool of itself."""
    if isinstance(ledger, Pool):
        return ledger
    own = ledger.config.organisation
    key = own.region or ALONE
    return pooled(Rollup(ledgers=(Reporter(key=key, name=own.name, source="."),)), {key: ledger})


def _heard(pool: Pool, share: Share, book: Book, question: Question, days: tuple[dt.date | None, dt.date | None]) -> Heard:
    asked = replace(question, clauses=(*question.clauses, Clause("ledger", (share.key,))))
    last, commit = days
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
