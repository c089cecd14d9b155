"""Several ledgers asked together: which they are, where each lies, and what could not be read (DOMAIN §12.2 M-02).

A ledger that cannot be read is never nil: it stays in the list, its figures are missing, and whatever is reported says so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Finding
from hazardctl.errors import HazardctlError, SystemFailedError, UnreadableError, UsageError
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger, Unread
from hazardctl.measures import Book, heard
from hazardctl.model.config import Config
from hazardctl.model.rollup import Reporter, Rollup
from hazardctl.ops.context import Context
from hazardctl.ops.pooled_places import Listed, Located
from hazardctl.ops.pooling_large import entangled, shelved
from hazardctl.pool import ABSENT, Large, Pool, pooled
from hazardctl.store.git import rev_parse
from hazardctl.store.load import Progress, load, load_config
from hazardctl.store.places import HEAD, load_rollup, lying, rollup_at

LOST: Final = "HZ802"
_ALONE: Final = Text("汇总文件 {it} 要单独用，不和别的 --ledger 一起", "a roll-up stands alone: {it} goes with no other --ledger")
_TWICE: Final = Text("“{it}”列了两次，会被计两遍", "“{it}” is listed twice and would be counted twice")
_NONE: Final = Text("列出的台账都读不到", "none of the ledgers listed can be read")
_LINE: Final = Text("{it}：{why}", "{it}: {why}")
_EXPECTED: Final = (UnreadableError, UsageError, SystemFailedError)
_ODD: Final = re.compile(r"[^a-z0-9]+")


def listed(context: Context, texts: Sequence[str], known_at: str = "") -> Listed:
    """Find the ledgers of a call.

    Args:
        context: its root is the folder that relative paths begin at.
        texts: folders and `REPO@REF`, or one roll-up.
        known_at: a revision or a day: each as git knew it then.

    Raises:
        UsageError: a ledger is listed twice, or a roll-up beside others.
        UnreadableError: the roll-up is invalid.
    """
    files = [(text, path) for text in texts if (path := rollup_at(context.root, text)) is not None]
    if files and len(texts) > 1:
        raise UsageError(_ALONE.of(it=files[0][0]))
    if files:
        rollup, base = load_rollup(files[0][1]), files[0][1].parent
    else:
        rollup, base = Rollup(ledgers=tuple(Reporter(key="", source=text) for text in texts)), context.root
    found = [_located(one, base, context, known_at) for one in rollup.ledgers]
    _once(found)
    if not files:
        found = list(_keyed(found))
    order = {one.said.key: place for place, one in enumerate(found)}
    found.sort(key=lambda one: one.said.key)
    said = rollup.but(ledgers=tuple(one.said for one in found))
    return Listed(said, tuple(found), files[0][1] if files else None, base, order)


def _located(said: Reporter, base: Path, context: Context, known_at: str) -> Located:
    try:
        place = lying(base, said.source)
        if known_at:
            place = place.known_at(known_at, load_config(place.root, place.source).zone, context.today)
        config = load_config(place.root, place.source)
    except _EXPECTED as failure:
        return Located(said, why=_why(failure))
    return Located(_named(said, config), place, config)


def _why(failure: HazardctlError) -> Text:
    return failure.what


def _named(said: Reporter, config: Config) -> Reporter:
    """Give what was said of a ledger, and what it says of itself where nothing was."""
    own = config.organisation
    named = {"name": said.name or own.name, "level": said.level or own.level, "region": said.region or own.region}
    return said.but(**named)


def _once(found: Sequence[Located]) -> None:
    """Refuse a ledger that is listed twice: the same place, the same commit, or a work tree beside the commit it stands on."""
    read_from = {one.place.root.resolve() for one in found if one.place and one.place.revision}
    seen: set[object] = set()
    for one in found:
        where = set(_places(one, read_from))
        if where & seen:
            raise UsageError(_TWICE.of(it=one.said.source))
        seen |= where


def _places(one: Located, read_from: Collection[Path]) -> Iterator[object]:
    """Give where a ledger lies; for a work tree, of which a commit is listed too, also the commit it stands on."""
    if one.place is None:
        yield one.said.source
        return
    root, revision = one.place.root.resolve(), one.place.revision
    yield root, revision.oid if revision else ""
    if revision is None and root in read_from:
        with suppress(SystemFailedError, UsageError):
            yield root, rev_parse(root, HEAD)


def _keyed(found: Sequence[Located]) -> Iterator[Located]:
    """Give each ledger a key: its region, else the name of its folder; where two would be alike, a number behind it."""
    regions = Counter(one.said.region for one in found)
    used: Counter[str] = Counter()
    for one in sorted(found, key=lambda one: one.said.source):
        region = one.said.region
        key = _slug(region if region and regions[region] == 1 else _folder(one.said.source))
        used[key] += 1
        yield replace(one, said=one.said.but(key=key if used[key] == 1 else f"{key}-{used[key]}"))


def _folder(source: str) -> str:
    path = Path(source.rpartition("@")[0] or source)
    name = path.name if path.name not in {"", ".", "..", "ledger"} else path.absolute().resolve().parent.name
    return name.removesuffix(".git")


def _slug(text: str) -> str:
    return _ODD.sub("-", text.lower()).strip("-") or ABSENT


def opened(context: Context, texts: Sequence[str], known_at: str = "", progress: Progress | None = None) -> Pool:
    """Read the ledgers of a call and pool them.

    Args:
        context: as in `listed`.
        texts: as in `listed`.
        known_at: as in `listed`.
        progress: told (files read, files in all) of each ledger now and then.

    Raises:
        UsageError: as in `listed`.
        UnreadableError: the roll-up is invalid, or no ledger can be read.
    """
    here = listed(context, texts, known_at)
    shelves = shelved(context, here, progress)
    found, lost = read(here, progress, frozenset(shelves))
    if again := entangled(found, shelves):
        more, gone = read(here, progress, frozenset(one.said.key for one in here.found) - again)
        found, lost = {**found, **more}, [*lost, *gone]
        shelves = {key: one for key, one in shelves.items() if key not in again}
    found |= {key: one.ledger for key, one in shelves.items()}
    if not found:
        raise UnreadableError(_NONE, *(_LINE.of(it=one.path, why=one.findings[0].message) for one in lost))
    return together(here, found, lost, shelves)


def together(here: Listed, found: Mapping[str, Ledger], lost: Sequence[Unread], shelves: Mapping[str, Large] | None = None) -> Pool:
    """Pool ledgers; those that could not be read stand before the files that could not."""
    pool = pooled(here.rollup, found, shelves)
    return replace(pool, unread=(*lost, *pool.unread))


def read(here: Listed, progress: Progress | None = None, but: frozenset[str] = frozenset()) -> tuple[dict[str, Ledger], list[Unread]]:
    """Read the ledgers of a call, as each is kept, by key; and give those that could not be read.

    Args:
        here: the ledgers.
        progress: told (files read, files in all) of each now and then.
        but: the keys of those that are not read.
    """
    found: dict[str, Ledger] = {}
    lost: list[Unread] = []
    for one in (one for one in here.found if one.said.key not in but):
        try:
            if one.place is None:
                lost.append(_lost(one.said.key, one.why or plain("")))
            else:
                found[one.said.key] = load(one.place.root, source=one.place.revision, progress=progress)
        except _EXPECTED as failure:
            lost.append(_lost(one.said.key, _why(failure)))
    return found, lost


def last_heard(pool: Pool, book: Book, as_of: dt.date) -> dict[str, dt.date | None]:
    """Give the last day up to a day on which each ledger of a pool records that something happened; None where it never does.

    A hazard that counts in another ledger tells of its own all the same.
    """
    found: dict[str, dt.date | None] = {}
    for share in pool.shares:
        days = [day for one in share.left_out for day in (one.record.found_on, *(act.date for act in one.record.history)) if day <= as_of]
        last = heard.last_heard(book.shares[share.key], as_of)
        found[share.key] = max([*days, *([last] if last else [])], default=None)
    return found


def _lost(key: str, why: Text) -> Unread:
    return Unread(key, ABSENT, (Finding(LOST, why),))


def last_commits(here: Listed, zone: dt.tzinfo) -> dict[str, dt.date]:
    """Give the day of the last commit that touched each ledger, where git knows one."""
    found = ((one.said.key, one.place.last_commit(zone)) for one in here.found if one.place is not None)
    return {key: day for key, day in found if day is not None}
