"""The baseline: an old ledger begins to be checked with a clean page; what was there is counted, what is new fails."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.diagnostics import Diagnostic, Finding, Place, Severity, field, fingerprints
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.rules.engine import ASKED_ALWAYS, SEVERITIES
from hazardctl.rules.registry import registry
from hazardctl.store.baseline import FILE, Known
from hazardctl.store.locating import Told, locate

STALE: Final = "HZ715"
GONE: Final = Text("基线里的 {code} {about} 已经没有了", "{code} {about} of the baseline is gone")
DELETE: Final = Text(
    "删去这一行，或重写  hazardctl validate --write-baseline", "delete the line, or write it anew: hazardctl validate --write-baseline"
)


class Sorted(NamedTuple):
    """The findings a baseline does not name, how many it names, and its lines whose finding is gone."""

    new: list[Diagnostic]
    known: int
    gone: list[Known]


def told_apart(found: Sequence[Diagnostic], baseline: Iterable[Known], ledger: Ledger) -> Sorted:
    """Tell the findings of a baseline from new ones.

    Args:
        found: every finding of the whole ledger.
        baseline: as read.
        ledger: what it was found in. What makes a file unreadable is never taken as known; and while one is, nothing is called
            gone: it may be hidden with that file.
    """
    unread = {one.path for one in ledger.unread}
    known = {one.fingerprint: one for one in baseline}
    new: list[Diagnostic] = []
    met: set[str] = set()
    for one, name in zip(found, fingerprints(found), strict=True):
        if name in known and one.path not in unread:
            met.add(name)
        else:
            new.append(one)
    judged = {one.code for one in ledger.config.house_rules} | {code for code, rule in registry().items() if rule.scope in ASKED_ALWAYS}
    gone = [one for name, one in known.items() if name not in met and (one.code in judged or one.code not in registry())]
    return Sorted(new, len(met), [] if unread else gone)


def stale(root: Path, gone: Iterable[Known], config: Config) -> list[Diagnostic]:
    """Tell the lines of the baseline whose finding is gone, as what they are: excuses for nothing (HZ715)."""
    rule = registry()[STALE]
    severity = SEVERITIES.get(config.rules.get(STALE, "")) or rule.severity
    told = [
        Told(FILE, "", Finding(STALE, GONE.of(code=one.code, about=one.about), (), Place(one.line, 1), rule.why, DELETE), severity)
        for one in gone
    ]
    return [] if severity is Severity.SILENT else locate(root, told)


def baseline_of(found: Sequence[Diagnostic], ledger: Ledger) -> list[Known]:
    """Give the baseline that names everything found, but what makes a file unreadable and what is stale of itself."""
    unread = {one.path for one in ledger.unread}
    named = zip(found, fingerprints(found), strict=True)
    return [Known(name, one.code, _about(one)) for one, name in named if one.path not in unread and one.code != STALE]


def _about(one: Diagnostic) -> str:
    return " ".join(part for part in (one.record or one.path.rpartition("/")[2], field(one)) if part)
