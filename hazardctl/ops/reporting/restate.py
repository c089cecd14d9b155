"""`report restate`: which figures moved between two states of knowledge (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from hazardctl.between import Commit
from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.hazard import Hazard
from hazardctl.model.seal import ABSENT
from hazardctl.ops import sealed
from hazardctl.ops.keeping import keeper
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.call import NOT_POOLED, Call, Report
from hazardctl.ops.seal import found
from hazardctl.reports import restate as pages
from hazardctl.reports.restate import Moved, Restate, State, Touched
from hazardctl.store import git
from hazardctl.store.commits import commit_of, commits, touched
from hazardctl.store.load import load
from hazardctl.store.source import Revision, at, known_at
from hazardctl.vocabulary import KIND_NAMES

WHICH: Final = Text("要比较哪两个时候：--between 提交或日期..提交或日期", "which two states: --between REF..REF, commits or days")
OR_SEAL: Final = Text("封存过的统计期可以不写，从封存的提交算起", "a sealed period needs none: it begins at the commit of its seal")
ONE_WAY: Final = Text("--between 和 --known-at 只用一个", "give --between or --known-at, not both")


@dataclass(frozen=True, slots=True)
class _State:
    """A ledger as known at a time: from a commit, or from the work tree where there is none."""

    ledger: Ledger
    revision: Revision | None


def make(call: Call) -> Report:
    """Make the page: the same question asked of two states of the ledger, read without a check-out.

    Raises:
        UsageError: a word that means nothing, no such commit, or no two states named and no seal to begin at.
        UnreadableError: there is no ledger, or its configuration is invalid in one of the states.
        SystemFailedError: no git, or no repository.
    """
    if call.words.known_at:
        raise UsageError(ONE_WAY)
    if call.words.ledgers:
        raise UsageError(NOT_POOLED.of(name="restate"))
    here = call.opened()
    old, new = _states(call, here)
    asked = about_period(call.context, new.ledger, call.words)
    moved = _moved(old.ledger, new.ledger, asked.question)
    touching = _touching(call, here, old, new) if moved else {}
    ids = sorted({one for each in moved for sides in (each.entered, each.left) for side in sides.values() for one in side})
    records = [Touched(one, _headline(new.ledger, old.ledger, one), [commit.short for commit in touching.get(one, ())]) for one in ids]
    counted = Counter(commit.oid for one in ids for commit in touching.get(one, ()))
    listed = {commit.oid: commit for one in ids for commit in touching.get(one, ())}
    rows = [
        pages.Commit(commit.short, commit.name, commit.day, commit.subject, counted[commit.oid])
        for commit in sorted(listed.values(), key=lambda one: (one.day, one.oid), reverse=True)
    ]
    made = Restate(_state(call, here, old), _state(call, here, new), moved, records, rows)
    unread = bool(old.ledger.unread or new.ledger.unread)
    return Report(pages.restate(asked.frame, made), unread, asked.frame.flawed)


def _states(call: Call, here: Ledger) -> tuple[_State, _State]:
    """Read both states; the second is the work tree where none is named, the first the commit of the seal."""
    text = call.options.between.strip()
    first, dots, last = text.partition("..")
    if text and not first.strip():
        raise UsageError(WHICH)
    old = known_at(call.context.root, first.strip(), here.config.zone, call.context.today) if text else _of_seal(call, here)
    new = known_at(call.context.root, last.strip(), here.config.zone, call.context.today) if dots and last.strip() else None
    return _read(call, here, old), _read(call, here, new)


def _of_seal(call: Call, here: Ledger) -> Revision:
    try:
        commit = found(call.context, here, call.words).seal.commit.rstrip("+")
    except UsageError:
        commit = ""
    if not commit:
        raise UsageError(WHICH, OR_SEAL)
    return at(call.context.root, commit)


def _read(call: Call, here: Ledger, revision: Revision | None) -> _State:
    if revision is None:
        return _State(here, None)
    return _State(load(call.context.root, source=revision, keeper=keeper(call.context), progress=call.progress), revision)


def _state(call: Call, here: Ledger, one: _State) -> State:
    if one.revision is None:
        return State("")
    return State(one.revision.commit, commit_of(call.context.root, here.config.zone, one.revision.oid).day)


def _moved(old: Ledger, new: Ledger, question: Question) -> list[Moved]:
    """Ask both states the same question; only for what differs are the records behind it asked."""
    was, now = Book(old), Book(new)
    ids = sealed.measures()
    before, after = sealed.figures(was, question, ids), sealed.figures(now, question, ids)
    found_: list[Moved] = []
    for name in ids:
        one, other = before.get(name, ABSENT), after.get(name, ABSENT)
        if not sealed.same(one, other):
            entered, left = sealed.differing(was, now, question, name)
            found_.append(Moved(name, sealed.label(name), one, other, entered, left))
    return found_


def _touching(call: Call, here: Ledger, old: _State, new: _State) -> dict[str, list[Commit]]:
    """Give record → the commits in between that touched its file, newest first."""
    root, zone = call.context.root, here.config.zone
    if old.revision is None:
        return {}
    head = new.revision.oid if new.revision else git.rev_parse(root, "HEAD")
    found_: dict[str, list[Commit]] = {}
    for one in touched(root, commits(root, zone, head, old.revision.oid, ours=True)):
        found_.setdefault(one.path.rpartition("/")[2].removesuffix(".yaml"), []).insert(0, one.commit)
    return found_


def _headline(new: Ledger, old: Ledger, record: str) -> Text:
    entry = new.by_id.get(record) or old.by_id.get(record)
    if entry is None:
        return plain("")
    if isinstance(entry.record, Hazard):
        return plain(entry.record.headline)
    return KIND_NAMES[entry.kind.name].label
