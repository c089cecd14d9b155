"""What was judged, and what of it a branch brings: the findings that were not there where it began (EXPERIENCE §2.3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hazardctl.between import mark
from hazardctl.diagnostics import Trail
from hazardctl.language import Text
from hazardctl.ledger import Ledger, Unread
from hazardctl.ops.context import Context
from hazardctl.ops.figures import BookFigures
from hazardctl.ops.house import forbidden
from hazardctl.ops.ranging import between
from hazardctl.rules.case import Beyond, Files
from hazardctl.rules.engine import Verdict, check, check_range
from hazardctl.store.attached import Attached
from hazardctl.store.commits import merge_base
from hazardctl.store.held import AttachedAt
from hazardctl.store.load import Progress, resting_collector
from hazardctl.store.source import Source


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


def judgements(context: Context, ledger: Ledger, files: Files | None = None, *, preview: bool = False) -> list[Verdict]:
    """Give every finding of a ledger; the files beside the records are those of the work tree unless others are handed in."""
    with resting_collector():
        return check(ledger, context.today, beyond=beyond_of(context, ledger, files), preview=preview)


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
    now, before = judgements(context, judged, preview=preview), judgements(context, span.before, then, preview=preview)
    new = beyond(Judged(judged, now), Judged(span.before, before))
    known = {(one.path, one.findings) for one in span.before.unread}
    unread = tuple(one for one in span.after.unread if (one.path, one.findings) not in known)
    return Looked(span.after, [*new, *check_range(span, preview=preview)], unread)


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
