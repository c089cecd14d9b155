"""`diff`: what lies between two states of the ledger, in words and in the figures of a period (EXPERIENCE §3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from hazardctl import day
from hazardctl.between import Version
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.model.config import Config
from hazardctl.model.flat import flat
from hazardctl.ops.context import Context
from hazardctl.ops.deeds import deeds
from hazardctl.ops.keeping import keeper
from hazardctl.ops.lookup import short
from hazardctl.ops.question import Words, about_period
from hazardctl.ops.ranging import ledger_at
from hazardctl.reports.deeds import Deed
from hazardctl.reports.difference import MEASURES, Difference, difference
from hazardctl.sheet import Sheet
from hazardctl.store.commits import merge_base, needed
from hazardctl.store.index.past import unlike
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import Progress, load, load_config
from hazardctl.store.memory import Memory
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Revision, known_at

HERE: Final = "HEAD"
WORK_TREE: Final = Text("工作区", "work tree")
DECIDING: Final = (
    "measures",
    "deadlines",
    "policy",
    "extension",
    "verifiers",
    "close",
    "calendar",
    "rules",
    "key_periods",
    "fiscal_year_start",
)
"""Settings that decide figures, deadlines or checks."""
ORDER: Final = ("found", "act", "correct", "fact", "record", "settings", "edited", "removed", "deleted", "unread")
TWO_ENDS: Final = Text("写作 A、A..B 或 A...B，这里是“{it}”", "written A, A..B or A...B, not “{it}”")


@dataclass(frozen=True, slots=True)
class Told:
    """The page, and whether a file was left out of its figures."""

    sheet: Sheet
    incomplete: bool


@dataclass(frozen=True, slots=True)
class End:
    """One end of a difference: its name as people call it, and the revision; None for the work tree."""

    name: Text
    revision: Revision | None


def told(context: Context, ends: str, words: Words, progress: Progress | None = None) -> Told:
    """Tell what lies between two states.

    Args:
        context: root and day.
        ends: `A` for what this branch and the work tree bring beyond it, `A..B` for two states as they are, `A...B` from where
            they parted to B; nothing for the work tree beyond the last commit. A day stands for the ledger as known then.
        words: the period whose figures are compared, filters, as-of day, basis.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: no such revision, or a word that means nothing.
        SystemFailedError: git failed.
        UnreadableError: the settings of the work tree are invalid.
    """
    root, memory, kept = context.root, Memory(), keeper(context)
    needed(root)
    left, right = _ends(context, ends)
    settings = Ledger(load_config(root))
    if right.revision:
        after = ledger_at(root, right.revision, settings, memory, keeper=kept, progress=progress)
    else:
        after = load(root, keeper=kept, progress=progress, memory=memory)
    before = ledger_at(root, left.revision, after, memory, keeper=kept, progress=progress) if left.revision else after
    paths = _differing(before, after)
    for end in (left, right):
        if end.revision and before.shelf and after.shelf:
            end.revision.want(paths)
    asked = about_period(context, after, words)
    found = sorted(_deeds(before, after, paths), key=lambda one: (ORDER.index(one.sort), one.id, one.day or context.today))
    books = (Book(before), Book(after))
    late = [_late(book, asked.question.as_of, asked.question.clauses) for book in books]
    it = Difference(
        left=left.name,
        right=right.name,
        deeds=found,
        before=books[0].total(asked.question, MEASURES),
        after=books[1].total(asked.question, MEASURES),
        entered=[short(one) for one in sorted(late[1] - late[0])],
        gone=[short(one) for one in sorted(late[0] - late[1])],
        settings=list(_decided(before.config, after.config)),
        untouched=_untouched(before, after, paths),
        unread=([one.path for one in before.unread], [one.path for one in after.unread]),
    )
    return Told(difference(asked.frame, it), bool(before.unread or after.unread))


def _ends(context: Context, text: str) -> tuple[End, End]:
    root = context.root
    here = End(WORK_TREE, None)
    text = text.strip()
    if "..." in text:
        a, _, b = text.partition("...")
        end = _end(context, b or HERE)
        return End(plain(a or HERE), Revision(root, merge_base(root, a or HERE, end.revision.oid if end.revision else HERE))), end
    if ".." in text:
        a, _, b = text.partition("..")
        if ".." in b:
            raise UsageError(TWO_ENDS.of(it=text))
        return _end(context, a or HERE), _end(context, b or HERE)
    if not text:
        return _end(context, HERE), here
    if _is_day(context, text):
        return _end(context, text), here
    return End(plain(text), Revision(root, merge_base(root, text))), here


def _end(context: Context, text: str) -> End:
    return End(plain(text), known_at(context.root, text, load_config(context.root).zone, context.today))


def _is_day(context: Context, text: str) -> bool:
    return (day.written(text) or day.named(text, today=context.today)) is not None


def _differing(before: Ledger, after: Ledger) -> Sequence[str]:
    """Give the files that may say another thing, in their order: those of other bytes where indexes know them, else all."""
    alike = all(one(before.config) == one(after.config) for one in (attrgetter("timezone"), attrgetter("id_prefixes")))
    if alike and isinstance(before.shelf, Kept) and isinstance(after.shelf, Kept):
        return list(unlike(before.shelf, after.shelf))
    return sorted({path for ledger in (before, after) for path in (*ledger.paths, *(one.path for one in ledger.unread))})


def _untouched(before: Ledger, after: Ledger, paths: Sequence[str]) -> int:
    """Count the hazards that are the very same in both."""
    pairs = ((before.by_path(path), now) for path in paths if (now := after.by_path(path)) and now.kind.name == "hazard")
    touched = sum(was is not now and (was is None or was.record != now.record) for was, now in pairs)
    return after.counts.get("hazard", 0) - touched


def _deeds(before: Ledger, after: Ledger, paths: Sequence[str]) -> Iterator[Deed]:
    old, new = ({one.path: one for one in ledger.unread} for ledger in (before, after))
    for path in paths:
        was, now = before.by_path(path) or old.get(path), after.by_path(path) or new.get(path)
        if was is not now:
            yield from deeds(path, Version(was), Version(now), after)
    yield from deeds(CONFIG_FILE, Version(before.config), Version(after.config), after)


def _late(book: Book, as_of: dt.date, clauses: tuple[Clause, ...]) -> set[str]:
    return {str(row["id"]) for row in book.listing(as_of, (*clauses, Clause("is", ("overdue",), kind="is")))}


def _decided(was: Config, now: Config) -> Iterator[str]:
    old, new = (dict(flat(config)) for config in (was, now))
    for name in dict.fromkeys((*old, *new)):
        if name.split(".")[0] in DECIDING and old.get(name) != new.get(name):
            yield name
