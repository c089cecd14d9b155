"""What was found of a ledger before is used again: only records are judged that changed, or that another day makes different.

The findings are those of a ledger without an index, to the last character: each judgement of a record notes what it was made of
(`hazardctl.rules.noted`), and whatever goes wrong with the index, the ledger is judged as a whole.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import hazardctl
from hazardctl.diagnostics import Diagnostic
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.store.attached import Attached
from hazardctl.store.index import base, wire
from hazardctl.store.index.crew import hands, shared
from hazardctl.store.index.judged import Judged, Judgement
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import now
from hazardctl.store.load import Progress, resting_collector
from hazardctl.store.locating import Told, locate
from hazardctl.store.source import WorkTree

if TYPE_CHECKING:
    from hazardctl.rules.briefs import Brief

MANY: Final = 2_000
"""Records from which on it pays to start further processes."""
CHUNK: Final = 250
TOGETHER: Final = 50
"""Records that are read before the first of them is judged."""
_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode
JUDGES: Final = ("rules", "history", "model", "vocabulary", "measures", "ops", "store")


def found(context: Context, ledger: Ledger, progress: Progress | None = None) -> list[Diagnostic] | None:
    """Give every finding of a ledger with its place; None where its index cannot be used.

    Args:
        context: root and day.
        ledger: as loaded, over its index.
        progress: told (records judged, records to be judged) now and then.
    """
    try:
        return _found(context, ledger, ledger.shelf, progress) if isinstance(ledger.shelf, Kept) else None
    except sqlite3.Error:  # damaged: the next command makes it anew
        base.drop(context.root)
        return None


def _found(context: Context, ledger: Ledger, shelf: Kept, progress: Progress | None) -> list[Diagnostic] | None:
    judged = Judged(shelf, context.today.toordinal(), _judges(ledger))
    papers, time = Attached(context.root), now(base.place(context.root))
    token = hashlib.blake2b(repr((*ledger.strays, *ledger.checked, *ledger.seals)).encode("utf-8", "surrogatepass")).hexdigest()
    changed = {key for key, path, stamp in judged.papers() if papers.stamp(path, time, bytes_too=len(stamp) > 1) != stamp}
    wide = None if changed else judged.wide(token)
    if wide is None:
        pending = judged.pending(changed)
        with resting_collector():
            if pending and not judged.keep(_Judging(context, ledger, papers, time).all(pending, progress)):
                return None
        wide = _wide(context, ledger, judged)
        judged.keep_wide(token, wide)
    return arranged(chain(judged.found(), wide))


def arranged(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Give findings in the order of reports; those of one place and the same words in the order in which rules speak."""
    return sorted(sorted(found, key=_order), key=Diagnostic.key)


def _order(one: Diagnostic) -> tuple[str, str, str, str]:
    """Give the order in which rules speak, as `rules.engine.order` does."""
    return one.path, one.code, str(one.trail), one.message.en


def _judges(ledger: Ledger) -> str:
    """Name the program that judges, as it lies on the disk, and the calendar it asks."""
    place = Path(hazardctl.__file__).parent
    entries = (entry for name in JUDGES for entry in os.scandir(place / name) if entry.name.endswith(".py"))
    files = sorted((entry.path, entry.stat().st_mtime_ns, entry.stat().st_size) for entry in entries)
    spec = find_spec("chinese_calendar") if ledger.config.calendar.name == "cn" else None
    when = Path(spec.origin).stat().st_mtime_ns if spec and spec.origin else 0
    return hashlib.blake2b(repr((files, when)).encode(), digest_size=16).hexdigest()


def _wide(context: Context, ledger: Ledger, judged: Judged) -> list[Diagnostic]:
    """Ask the rules that look at more than one record."""
    from hazardctl.ops.looking import beyond_of
    from hazardctl.rules.case import Setting
    from hazardctl.rules.engine import of_ledger

    setting = Setting(ledger, context.today, beyond=beyond_of(context, ledger))
    setting.briefs, setting.excused = _Briefs(judged), judged.excused()
    return locate(context.root, [Told(*verdict) for verdict in sorted(of_ledger(setting), key=lambda one: one.path)])


@dataclass(frozen=True, slots=True)
class _Briefs:
    """The briefs that an index keeps, as rules want them."""

    judged: Judged

    def groups(self, code: str, least: int = 1) -> Iterator[tuple[str, list[Brief]]]:
        from hazardctl.rules.briefs import Brief

        return ((bucket, [Brief(*row) for row in rows]) for bucket, rows in self.judged.groups(code, least))

    def counted(self, code: str) -> Mapping[str, int]:
        return self.judged.counted(code)


class _Judging:
    """Judging records one by one, many of them on all cores."""

    def __init__(self, context: Context, ledger: Ledger, papers: Attached, now: int) -> None:
        self.context, self.ledger, self.papers, self.now = context, ledger, papers, now

    def all(self, paths: Sequence[str], progress: Progress | None) -> Iterator[Judgement]:
        """Judge records.

        Where more words are compared than there is patience for, who comes too late hangs on who came before: then the loose ones, all
        of which are asked for together, are judged once more in the order of their files and in one process, which counts.
        """
        from hazardctl.rules.case import PATIENCE

        loose: list[str] = []
        compared: dict[tuple[str, str], int] = {}
        for done, one in enumerate(self._first(paths)):
            yield one
            if one.loose:
                loose.append(one.path)
                compared |= one.compared
            if progress and done % 256 == 0:
                progress(done, len(paths))
        if sum(compared.values()) >= PATIENCE:
            yield from self._some(self.ledger, loose)

    def _first(self, paths: Sequence[str]) -> Iterable[Judgement]:
        if len(paths) < MANY or hands() < 2:
            return self._some(self.ledger, paths)
        shelf = cast("Kept", self.ledger.shelf)
        mine = functools.cache(lambda: replace(self.ledger, entries=shelf.twin()))  # made by each process for itself
        from hazardctl.rules.registry import registry

        registry()  # its modules are imported once, before there are several processes
        parts = [paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK)]
        return chain.from_iterable(shared(parts, lambda part: list(self._some(mine(), part))))

    def _some(self, ledger: Ledger, paths: Sequence[str]) -> Iterator[Judgement]:
        if not paths:
            return
        judge, shelf = self._judge(ledger), cast("Kept", ledger.shelf)
        for some in (paths[at : at + TOGETHER] for at in range(0, len(paths), TOGETHER)):
            for path in some:  # first all are read: so reading and judging each find their own code in the cache of the processor
                shelf.opened(path)
            yield from map(judge, some)

    def _judge(self, ledger: Ledger) -> Callable[[str], Judgement]:
        from hazardctl.rules.briefs import briefings
        from hazardctl.rules.case import Beyond
        from hazardctl.rules.engine import by_record
        from hazardctl.rules.noted import Noting

        setting = Noting(ledger, self.context.today, beyond=Beyond(self.papers))
        briefing, judged = briefings(), by_record(setting)
        shelf, source = cast("Kept", ledger.shelf), WorkTree(self.context.root)

        def judge(path: str) -> Judgement:
            setting.clear()
            entry = shelf.entry(path)
            verdicts = judged(entry)
            found = wire.written(locate(self.context.root, [Told(*one) for one in verdicts], source) if verdicts else ())
            briefs = tuple((code, bucket, _JSON(said)) for code, made in briefing.items() for bucket, said in made(entry, setting))
            trace = setting.trace
            papers = {name: self.papers.stamp(name, self.now, bytes_too=bytes_too) for name, bytes_too in trace.files.items()}
            excused = tuple(sorted(position for _, position in setting.excused))
            names, compared = tuple(sorted(trace.names)), dict(trace.compared)
            return Judgement(path, found, excused, trace.first, trace.last, trace.loose, names, papers, briefs, compared)

        return judge
