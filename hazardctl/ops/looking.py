"""What was judged, and what of it a branch brings: the findings that were not there where it began (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.between import mark
from hazardctl.diagnostics import Trail
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.document import Document
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.ops.figures import BookFigures
from hazardctl.ops.house import forbidden
from hazardctl.ops.ranging import between
from hazardctl.rules.case import Beyond, Files
from hazardctl.rules.engine import Verdict, check, check_range
from hazardctl.rules.parts import named
from hazardctl.store.attached import Attached
from hazardctl.store.commits import merge_base
from hazardctl.store.held import AttachedAt
from hazardctl.store.load import Progress, resting_collector
from hazardctl.store.source import Source

UNITS: Final = BY_NAME["unit"].folder + "/"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was judged.

    Attributes:
        ledger: the one the findings are about.
        verdicts: the findings.
        unread: the files that could not be read, and that count here.
        source: where the lines of the findings stand; the work tree by default.
        notes: what is to be known beside them.
    """

    ledger: Ledger
    verdicts: Sequence[Verdict]
    unread: tuple[Unread, ...]
    source: Source | None = None
    notes: tuple[Text, ...] = ()


def judgements(
    context: Context, ledger: Ledger, files: Files | None = None, *, preview: bool = False, but: Collection[str] = ()
) -> list[Verdict]:
    """Give every finding of a ledger.

    Args:
        context: root and day.
        ledger: as loaded.
        files: those beside the records; of the work tree unless others are handed in.
        preview: rules in preview are on.
        but: files whose records are not judged by themselves.
    """
    with resting_collector():
        return check(ledger, context.today, beyond=beyond_of(context, ledger, files), preview=preview, but=but)


def beyond_of(context: Context, ledger: Ledger, files: Files | None = None) -> Beyond:
    """Give what rules ask for beyond the records: the files beside them, the figures, what the house forbids."""
    figures = BookFigures(ledger, context.today, context.root)
    return Beyond(files or Attached(context.root), forbidden(ledger, context.today), figures)


def brought(context: Context, since: str, progress: Progress | None = None, *, preview: bool = False) -> Looked:
    """Give the findings of the work tree that were not there where it and a revision parted, and those about the range itself.

    Severities are those of the beginning of the range: a branch cannot silence what judges it.
    """
    span = between(context, since, progress)
    judged = replace(span.after, config=span.after.config.but(rules=span.config.rules))
    then = AttachedAt(context.root, merge_base(context.root, since))
    alike = unmoved(span.before, judged)
    now = judgements(context, judged, preview=preview, but=alike)
    before = judgements(context, span.before, then, preview=preview, but=alike)
    new = beyond(Judged(judged, now), Judged(span.before, before))
    known = {(one.path, one.findings) for one in span.before.unread}
    unread = tuple(one for one in span.after.unread if (one.path, one.findings) not in known)
    return Looked(span.after, [*new, *check_range(span, preview=preview)], unread)


def unmoved(before: Ledger, after: Ledger) -> frozenset[str]:
    """Give the files whose records have the same findings by themselves in two ledgers, which may differ in little.

    It is the same record under the same settings, it names nobody that differs, no waiver and no file beside it, and its id is its own.
    Of a mistyped unit all units are asked: where one of them differs, there is no such file.
    """
    was = {entry.path: entry for entry in before.entries}
    same = [entry for entry in after.entries if was.get(entry.path) is entry]
    paths = {entry.path for entry in same}
    moved = [entry for ledger in (before, after) for entry in ledger.entries if entry.path not in paths]
    unread = [{one.path for one in ledger.unread} for ledger in (before, after)]
    units = {entry.path for entry in moved if entry.kind.name == "unit"} | {one for one in unread[0] ^ unread[1] if one.startswith(UNITS)}
    if units or before.config != after.config:
        return frozenset()
    names = {entry.record.id for entry in moved} | {one.rpartition("/")[2].removesuffix(".yaml") for one in unread[0] | unread[1]}
    own = Counter(entry.record.id for entry in after.entries)
    return frozenset(entry.path for entry in same if own[entry.record.id] == 1 and _alike(entry, names))


def _alike(entry: Entry[Record], moved: Collection[str]) -> bool:
    record = entry.record
    beside = [one.path for one in record.evidence] if isinstance(record, Hazard) else [record.path] if isinstance(record, Document) else ()
    return not any(beside) and not record.waivers and record.id not in moved and named(record).isdisjoint(moved)


@dataclass(frozen=True, slots=True)
class Judged:
    """A ledger with its findings."""

    ledger: Ledger
    verdicts: Sequence[Verdict]

    def named(self, verdict: Verdict) -> tuple[object, ...]:
        """Give what makes a finding itself, wherever its line moves: code, record or file, part; an event is known by what it says."""
        trail: Trail = verdict.finding.trail
        entry = self.ledger.by_id.get(verdict.record)
        if len(trail) > 1 and trail[0] == "history" and entry and entry.path == verdict.path:
            place = trail[1]
            if isinstance(place, int) and place < len(entry.record.history):
                return verdict.finding.code, verdict.record, mark(entry.record.history[place]), trail[2:]
        return verdict.finding.code, verdict.record or verdict.path, "", trail


def beyond(found: Judged, *known: Judged) -> list[Verdict]:
    """Give the findings of one ledger that are in none of the others: the same code on the same part of the same record is one."""
    left = [Counter(map(one.named, one.verdicts)) for one in known]
    new: list[Verdict] = []
    for verdict in found.verdicts:
        name = found.named(verdict)
        if not any(counted[name] > 0 for counted in left):
            new.append(verdict)
        for counted in left:
            counted[name] -= 1
    return new
