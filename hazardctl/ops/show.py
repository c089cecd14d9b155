"""Records whole: of hazards alone only their files are read, and those of units and campaigns that name things in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import Final, cast

from hazardctl.errors import UnreadableError, UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.measures import REGISTRY, Book, Question
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.ops import lookup
from hazardctl.ops.context import Context
from hazardctl.ops.named import named
from hazardctl.ops.photos import filed, pictures
from hazardctl.ops.question import Words, about_day, about_period, as_of_day, opened
from hazardctl.reports.answers import COHORT, DUE, STOCK_IN, STOCK_OUT
from hazardctl.reports.facts import NO_COMMITS, page
from hazardctl.reports.linked import linked
from hazardctl.reports.record import Shown, record
from hazardctl.reports.why import Seen, reason
from hazardctl.sheet import Sheet
from hazardctl.store import blame, status
from hazardctl.store.layout import record_files
from hazardctl.store.load import Progress, load_config, load_one
from hazardctl.vocabulary import VERBS

MEASURES: Final = (
    *(f"hazards.{part}" for part in ("found", *COHORT, "withdrawn", "transferred")),
    *(f"due.{part}" for part in (*DUE, "undecided")),
    *(f"stock.{part}" for part in ("opening", *STOCK_IN[1:], *STOCK_OUT, "closing", "overdue")),
)
NAMING: Final = frozenset({"unit", "campaign"})
LIKELY: Final[Mapping[str, tuple[str, ...]]] = {
    "registered": ("assign",),
    "assigned": ("rectify", "extend"),
    "rectifying": ("rectify", "extend"),
    "rectified": ("verify",),
    "verified": ("close",),
    "closed": ("reopen",),
}
"""State → what people do next; each of these the life cycle allows."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The sheets, one a record, in the order asked, and whether a file was left out of what names them."""

    sheets: tuple[Sheet, ...]
    incomplete: bool = False


def shown(context: Context, ids: Sequence[str], words: Words, progress: Progress | None = None, *, photos: bool = False) -> Pages:
    """Show records of any kind.

    Hazards alone are shown from their own files and those that name things in them; what names a record of another kind is
    found in the whole ledger.

    Args:
        context: which ledger, which day.
        ids: full ids or their ends, keys and names of units.
        words: the as-of day, and for hazards a period for the figures; the half-year of that day without one.
        progress: told (files read, files in all) now and then.
        photos: the pictures of hazards are shown, where the page has room for them.

    Raises:
        UsageError: an id that names nothing or several records.
        UnreadableError: a record cannot be read.
        MissingExtraError: pictures are wanted, and the extra `photo` is not installed.
    """
    config = load_config(context.root)
    found = lookup.paths(context.root, config, ids)
    if words.known_at or any(one.kind != "hazard" for one in found):
        ledger = opened(context, words, progress)
        entries = [_of_whole(ledger, one.path, words.known_at) for one in found]
    else:
        entries = [_read(context.root, config, one.path) for one in found]
        others = [one for one in named(context.root, config, [one.record for one in entries]) if isinstance(one, Entry)]
        around = [one for one in others if one.kind.name in NAMING]
        ledger = Ledger(config, (*around, *entries), commit=status.described(context.root, [one.path for one in entries]))
    sheets = tuple(_page(context, ledger, entry, words, photos=photos) for entry in entries)
    return Pages(sheets, bool(ledger.unread) and any(entry.kind.name != "hazard" for entry in entries))


def _page(context: Context, ledger: Ledger, entry: Entry[Record], words: Words, *, photos: bool) -> Sheet:
    if entry.kind.name == "hazard":
        return _sheet(context, ledger, cast("Entry[Hazard]", entry), words, photos=photos)
    frame = about_day(context, ledger, Words(as_of=words.as_of, known_at=words.known_at)).frame
    commits = NO_COMMITS if words.known_at else blame.events(context.root, entry.path)
    found = Book(ledger).naming(entry.kind.name, entry.record.id, frame.as_of)
    return page(entry, ledger, frame, linked((one.kind, one.field, one.id) for one in found), commits)


def _of_whole(ledger: Ledger, path: str, when: str) -> Entry[Record]:
    if entry := ledger.by_path(path):
        return entry
    for unread in ledger.unread:
        if unread.path == path:
            raise _unreadable(unread)
    raise UsageError(Text("{when} 时台账里没有 {path}", "at {when} the ledger had no {path}").of(when=when, path=path))


def _read(root: Path, config: Config, path: str) -> Entry[Record]:
    made = load_one(root, config, path)
    if isinstance(made, Unread):
        raise _unreadable(made)
    return made


def _unreadable(unread: Unread) -> UnreadableError:
    hints = [Text("{code} {what}", "{code} {what}").of(code=one.code, what=one.message) for one in unread.findings]
    return UnreadableError(Text("记录读不出来：{path}", "the record cannot be read: {path}").of(path=unread.path), *hints)


def naming(root: Path, config: Config) -> tuple[Entry[Record], ...]:
    """Read the records that give others their names: units and campaigns."""
    found = (load_one(root, config, file.path) for file in record_files(root) if file.kind in NAMING)
    return tuple(one for one in found if isinstance(one, Entry))


def _sheet(context: Context, ledger: Ledger, entry: Entry[Hazard], words: Words, *, photos: bool) -> Sheet:
    naming = [one for kind in sorted(NAMING) for one in ledger.of(kind)]
    alone = replace(ledger, entries=tuple(sorted([*naming, cast("Entry[Record]", entry)], key=attrgetter("path"))))
    day = as_of_day(context, words.as_of) or context.today
    asked = about_period(context, alone, replace(words, as_of=day.isoformat()))
    files = [filed(context.root, ledger, one, shown=photos) for one in entry.record.evidence]
    seen = Shown(
        entry,
        alone.replay(entry),
        alone,
        replace(asked.frame, scope=()),
        checks={one.path: file.check for one, file in zip(entry.record.evidence, files, strict=True) if one.path},
        commits={} if words.known_at else blame.events(context.root, entry.path),
        why=tuple(_why(alone, entry, replace(asked.question, clauses=(Clause("id", (entry.record.id,)),)))),
        pictures=pictures(files),
    )
    return replace(record(seen), hints=tuple(_hints(seen)))


def _hints(seen: Shown) -> Iterator[tuple[str, Text]]:
    """Name what is likely to be done after everything that is written."""
    short = lookup.short(seen.entry.record.id)
    for verb in LIKELY.get(seen.replay.last.state, ()):
        yield f"hazardctl {verb} {short}", VERBS[verb].label


def _why(ledger: Ledger, entry: Entry[Hazard], question: Question) -> Iterator[tuple[str, Text, Text]]:
    book, replay = Book(ledger), ledger.replay(entry)
    figures = book.total(question, MEASURES)
    for name in MEASURES:
        if not figures[name]:
            continue
        day = question.as_of if name == "stock.overdue" else question.c if name.startswith(("due.", "stock.")) else question.kappa
        span = replay.on(day)
        if span is None:
            continue
        days = [member.day for member in book.members(question, name)["members"]]
        yield name, REGISTRY[name].label, reason(name, Seen(entry.record, span, day, question.preset, replay.withdrawn, days))
