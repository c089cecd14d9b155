"""Judging a large ledger without its index, on all cores: each process reads the files it judges, and keeps none of them.

What a rule looks up of other records is read when it is looked up (`hazardctl.store.afar`); what rules that compare records must
know of each comes back from the processes as briefs. The findings are those of one process that reads everything first, to the
last character; where that is not certain, there is none (docs/adr/0028).
"""

from __future__ import annotations

import functools
import pickle
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from hazardctl.diagnostics import Diagnostic
from hazardctl.ledger import Entry, Unread
from hazardctl.ops.context import Context
from hazardctl.ops.judging import arranged
from hazardctl.ops.looking import Looked, beyond_of
from hazardctl.rules.briefs import Brief, briefings
from hazardctl.rules.case import PATIENCE, Beyond, Setting
from hazardctl.rules.engine import Verdict, by_record, of_ledger
from hazardctl.rules.registry import registry
from hazardctl.store import noting
from hazardctl.store.afar import AFAR, Afar, stem
from hazardctl.store.attached import Attached
from hazardctl.store.index.crew import hands, shared
from hazardctl.store.load import Progress, load_config, loaded, resting_collector, seals_of
from hazardctl.store.locating import Told, locate
from hazardctl.store.source import WorkTree

MANY: Final = 2_000
"""Files from which on it pays to start further processes."""
CHUNK: Final = 100
Row = tuple[str, str, str, Any]
"""A brief: path, id, bucket, data."""


class Doubtful(NamedTuple):
    """A record of which a word was compared with all there are: patience for that ends somewhere, wherever the ledger is judged."""

    path: str
    found: Sequence[Diagnostic]
    excused: frozenset[tuple[str, int]]


@dataclass(slots=True)
class Part:
    """What was found in some files.

    Attributes:
        found: findings of records by themselves.
        excused: path and position of the waivers that excused one.
        doubtful: the same of records whose words were compared.
        compared: vocabulary and word → words it was compared with.
        unread: the files that could not be read.
        astray: a hazard is not called what its file is called.
        briefs: code → rows, pickled: a rule takes out its own when it is asked.
    """

    found: list[Diagnostic] = field(default_factory=list[Diagnostic])
    excused: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    doubtful: list[Doubtful] = field(default_factory=list[Doubtful])
    compared: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    unread: list[Unread] = field(default_factory=list[Unread])
    astray: bool = False
    briefs: dict[str, bytes] = field(default_factory=dict[str, bytes])


def swept(context: Context, progress: Progress | None = None) -> tuple[Looked, list[Diagnostic]] | None:
    """Judge the work tree of a large ledger, and give its findings with their places.

    None where it is small, there is one core, or it must be read as a whole.

    Args:
        context: root and day.
        progress: told (files judged, files in all) now and then.

    Raises:
        UnreadableError: the configuration is invalid.
        SystemFailedError: the disk failed.
    """
    source = WorkTree(context.root)
    files = source.files()
    readable = [(file.path, file.kind) for file in files if file.kind]
    if len(readable) < MANY or hands() < 2:
        return None
    noting.unsure()  # the processes look at files nobody notes
    config = load_config(context.root, source)
    reads = functools.partial(loaded, source, config)
    with resting_collector():
        near = [reads(path) for path, kind in readable if kind != AFAR]
        ledger = Afar(
            config,
            unread=tuple(one for one in near if isinstance(one, Unread)),
            near=tuple(one for one in near if isinstance(one, Entry)),
            far=tuple(path for path, kind in readable if kind == AFAR),
            reads=reads,
        )
        gathered = _gathered(context, ledger, [path for path, _ in readable], progress)
        if gathered is None:
            return None
        seals, wrong = seals_of(source, config)
        strays = [(file.path, file.finding) for file in files if file.finding is not None]
        lost = {one.path for one in gathered.unread}
        told = replace(
            ledger, unread=tuple(gathered.unread), far=tuple(path for path in ledger.far if path not in lost), strays=(*strays, *wrong),
            commit=source.commit, seals=seals,
        )  # fmt: skip
        return Looked(told, (), told.unread), _together(context, told, gathered)


def _gathered(context: Context, ledger: Afar, paths: Sequence[str], progress: Progress | None) -> _Gathered | None:
    """Let all processes judge; None where a hazard lies in a file of another name, and is not found by its own."""
    mine = functools.cache(lambda: _Judge(context, ledger))  # made by each process for itself
    gathered = _Gathered()
    _ = registry(), ledger.named, ledger.by_id, ledger.units, ledger.unit_spellings  # once, before there are several processes
    parts = [paths[at : at + CHUNK] for at in range(0, len(paths), CHUNK)]
    for number, part in enumerate(shared(parts, lambda some: mine().part(some)), 1):
        if part.astray:
            return None
        gathered.add(part)
        if progress:
            progress(min(number * CHUNK, len(paths)), len(paths))
    return gathered


def _together(context: Context, ledger: Afar, gathered: _Gathered) -> list[Diagnostic]:
    """Ask what asks for all records, and give every finding in its order."""
    setting = Setting(ledger, context.today, beyond=beyond_of(context, ledger))
    setting.briefs = gathered
    verdicts: list[Verdict] = []
    found, doubtful = gathered.found, gathered.doubtful
    if sum(gathered.compared.values()) >= PATIENCE:  # who came too late for it hangs on who came before
        again = by_record(setting)
        verdicts += [one for entry in map(ledger.by_path, [one.path for one in doubtful]) if entry for one in again(entry)]
    else:
        found += [one for record in doubtful for one in record.found]
        setting.excused.update(*(one.excused for one in doubtful))
    setting.excused |= gathered.excused
    told = [Told(*one) for one in (*verdicts, *of_ledger(setting))]
    return arranged([*found, *locate(context.root, told)])


class _Gathered:
    """What all processes found, and the briefs as rules want them."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.excused: set[tuple[str, int]] = set()
        self.doubtful: list[Doubtful] = []
        self.compared: dict[tuple[str, str], int] = {}
        self.unread: list[Unread] = []
        self._briefs: dict[str, list[bytes]] = {}

    def add(self, part: Part) -> None:
        self.found += part.found
        self.excused |= part.excused
        self.doubtful += part.doubtful
        self.compared |= part.compared
        self.unread += part.unread
        for code, rows in part.briefs.items():
            self._briefs.setdefault(code, []).append(rows)

    def _rows(self, code: str) -> Iterator[Row]:
        for rows in self._briefs.get(code, ()):
            yield from pickle.loads(rows)  # noqa: S301 (made by a process of ours a moment ago)

    def groups(self, code: str, least: int = 1) -> Iterator[tuple[str, list[Brief]]]:
        found: dict[str, list[Row]] = {}
        for row in self._rows(code):
            found.setdefault(row[2], []).append(row)
        return ((bucket, [Brief(*row) for row in rows]) for bucket, rows in found.items() if len(rows) >= least)

    def counted(self, code: str) -> Mapping[str, int]:
        return Counter(bucket for _, _, bucket, _ in self._rows(code))


class _Judge:
    """One process, judging."""

    def __init__(self, context: Context, ledger: Afar) -> None:
        self.ledger, self.setting = ledger, _Sweeping(ledger, context)
        self.judged = by_record(self.setting)
        self.briefings = briefings()
        self.root, self.source = context.root, WorkTree(context.root)

    def part(self, paths: Sequence[str]) -> Part:
        """Do one thing after the other for all files, so that each finds its own code in the cache of the processor."""
        done, setting = Part(), self.setting
        read = self.ledger.turn_to(paths)
        entries = [one for one in read if isinstance(one, Entry)]
        done.unread = [one for one in read if isinstance(one, Unread)]
        done.astray = any(one.kind.name == AFAR and one.record.id != stem(one.path) for one in entries)
        doubtful: dict[str, frozenset[tuple[str, int]]] = {}
        judged: list[Verdict] = []
        for entry in entries:
            setting.excused.clear()
            setting.compared.clear()
            judged += self.judged(entry)
            if setting.compared:
                doubtful[entry.path] = frozenset(setting.excused)
                done.compared |= setting.compared
            else:
                done.excused |= setting.excused
        located = locate(self.root, [Told(*one) for one in judged], self.source)
        done.found = [one for one in located if one.path not in doubtful]
        of = {path: [one for one in located if one.path == path] for path in doubtful}
        done.doubtful = [Doubtful(path, of[path], excused) for path, excused in doubtful.items()]
        for code, briefing in self.briefings.items():
            rows: list[Row] = [(one.path, one.record.id, bucket, said) for one in entries for bucket, said in briefing(one, setting)]
            if rows:
                done.briefs[code] = pickle.dumps(rows, pickle.HIGHEST_PROTOCOL)
        return done


class _Sweeping(Setting):
    """A setting of which one record after the other asks.

    Attributes:
        compared: what was asked of the words of the record at hand: vocabulary and word → words it is compared with.
    """

    def __init__(self, ledger: Afar, context: Context) -> None:
        super().__init__(ledger, context.today, beyond=Beyond(Attached(context.root)))
        self.compared: dict[tuple[str, str], int] = {}
        self._lost = ledger.lost

    def meant(self, what: str, words: Collection[str], text: str) -> list[str]:
        self.compared[what, text] = len(words)
        return super().meant(what, words, text)

    @property
    def unread(self) -> frozenset[str]:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self._lost
