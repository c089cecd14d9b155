"""`validate` over a roll-up: the findings of every ledger, and those that only all of them together show (HZ8xx)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import START, Diagnostic, Review, Severity
from hazardctl.errors import UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.context import Context
from hazardctl.ops.figures import BookFigures
from hazardctl.ops.house import forbidden
from hazardctl.ops.pooled_places import Listed, Located
from hazardctl.ops.pooling import last_heard, listed, read, together
from hazardctl.ops.validate import Outcome, about, failed, files
from hazardctl.rules.case import Beyond
from hazardctl.rules.engine import check
from hazardctl.rules.registry import registry
from hazardctl.rules.rolling import Rolling, check_rollup
from hazardctl.store.attached import Attached
from hazardctl.store.load import Progress
from hazardctl.store.locating import Told, locate
from hazardctl.store.places import read_rollup, rollup_at
from hazardctl.store.source import WorkTree

NOT_OVERDUE: Final = ("error", "warning")
_FAIL_ON: Final = Text("汇总检查的 --fail-on 可用 {words}", "over a roll-up --fail-on takes {words}")
_NONE: Final = Text("列出的台账都读不到", "none of the ledgers listed can be read")


def validated(
    context: Context, texts: Sequence[str], fail_on: str = "error", progress: Progress | None = None, *, preview: bool = False
) -> Outcome:
    """Judge a roll-up: each of its ledgers, and all of them together.

    Args:
        context: its root is the folder that relative paths begin at.
        texts: folders and `REPO@REF`, or one roll-up.
        fail_on: what fails the check besides errors: `warning`.
        progress: told (files read, files in all) of each ledger now and then.
        preview: rules in preview are on.

    Raises:
        UsageError: a ledger is listed twice, or what fails the check is no word of the two.
    """
    if fail_on not in NOT_OVERDUE:
        raise UsageError(_FAIL_ON.of(words=NOT_OVERDUE))
    if (file := _file(context, texts)) is not None and (wrong := read_rollup(file)[1]):
        rule = registry()["HZ801"]
        said = (replace(one, because=rule.why, repair=one.repair or rule.repair) for one in wrong)
        found = locate(file.parent, (Told(file.name, "", one, Severity.ERROR) for one in said), WorkTree(file.parent))
        return Outcome(Review(tuple(found), {}, (), context.today.isoformat(), about=about(found, Ledger())), 0, failed=True)
    here = listed(context, texts)
    ledgers, lost = read(here, progress)
    pool = together(here, ledgers, lost)
    if not ledgers and here.file is None:
        raise UnreadableError(_NONE, *(one.findings[0].message for one in lost))
    rolling = Rolling(pool, ledgers, context.today, last_heard(pool, Book(pool), context.today), here.order)
    found = sorted([*_of_rollup(here, rolling), *_of_each(here, ledgers, context, preview=preview)], key=Diagnostic.key)
    counted = sum((Counter(files(ledger)) for ledger in ledgers.values()), Counter[str]())
    prefixes = {one.said.key: _prefix(here, one) for one in here.found}
    unread = tuple(f"{prefixes[key]}{one.path}" for key, ledger in ledgers.items() for one in ledger.unread)
    kinds = {kind: counted[kind] for kind in BY_NAME if counted[kind]}
    review = Review(tuple(found), kinds, unread, context.today.isoformat(), pool.commit, about=about(found, pool))
    return Outcome(review, 0, failed(found, fail_on) or bool(unread) or bool(lost))


def _file(context: Context, texts: Sequence[str]) -> Path | None:
    return next((path for text in texts if (path := rollup_at(context.root, text)) is not None), None)


def _of_rollup(here: Listed, rolling: Rolling) -> Iterator[Diagnostic]:
    """Give the findings about the ledgers together, each where the file or the record says it."""
    places = {one.said.key: one for one in here.found}
    for where, finding in check_rollup(rolling):
        severity = finding.severity or registry()[finding.code].severity
        told = Told(where.path, where.record, finding, severity)
        yield from _placed(here, places.get(where.ledger), told)


def _placed(here: Listed, one: Located | None, told: Told) -> Iterator[Diagnostic]:
    if one is not None and one.place is not None:
        yield from (replace(it, path=_prefix(here, one) + it.path) for it in locate(one.place.root, [told], one.place.source))
    elif here.file is not None:
        yield from locate(here.base, [replace(told, path=here.file.name)])
    else:
        place = told.finding.trail[1] if len(told.finding.trail) > 1 else 0
        name = next((key for key, order in here.order.items() if order == place), "")
        yield Diagnostic(name, START, told.finding.code, told.severity, told.finding.message, because=told.finding.because,
                         repair=told.finding.repair)  # fmt: skip


def _of_each(here: Listed, ledgers: Mapping[str, Ledger], context: Context, *, preview: bool) -> Iterator[Diagnostic]:
    """Give what `validate` finds in each ledger alone; the files beside the records are looked at in work trees only."""
    for one in here.found:
        ledger = ledgers.get(one.said.key)
        if ledger is None or one.place is None:
            continue
        files = Attached(one.place.root) if one.place.revision is None else None
        beyond = Beyond(files, forbidden(ledger, context.today), BookFigures(ledger, context.today, one.place.root))
        verdicts = check(ledger, context.today, beyond=beyond, preview=preview)
        found = locate(one.place.root, (Told(*verdict) for verdict in verdicts), one.place.source)
        yield from (replace(it, path=_prefix(here, one) + it.path) for it in found)


def _prefix(here: Listed, one: Located) -> str:
    """Give what stands before a path of a ledger: its folder, from the folder of the roll-up, or the commit it is read from."""
    if one.place is None or one.place.revision is not None:
        return f"{one.said.source}:"
    try:
        return f"{one.place.root.relative_to(here.base.resolve()).as_posix()}/"
    except ValueError:
        return f"{one.place.root.as_posix()}/"
