"""`validate --merged-with`: a merge judged before it is made, conflicts explained record by record (DOMAIN §7.8 HZ714)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import Finding, Severity
from hazardctl.errors import UnreadableError
from hazardctl.language import Text
from hazardctl.ledger import Ledger, Unread
from hazardctl.model.config import Config
from hazardctl.ops.context import Context
from hazardctl.ops.looking import Judged, Looked, beyond, judgements
from hazardctl.ops.ranging import is_ours, ledger_at
from hazardctl.ops.reconciling import Reconciled, reconciled
from hazardctl.rules.engine import SEVERITIES, Verdict
from hazardctl.rules.hz714 import merge_breaks
from hazardctl.store import git, status
from hazardctl.store.commits import inside, needed
from hazardctl.store.layout import Found
from hazardctl.store.load import Progress, kind_of, load
from hazardctl.store.memory import Memory
from hazardctl.store.merging import Merge, Stages, merge
from hazardctl.store.objects import blobs
from hazardctl.store.root import CONFIG_FILE
from hazardctl.store.source import Revision, Source

CODE: Final = merge_breaks.code
BREAKS: Final = Text("合并后才出现：{code} {what}", "only after the merge: {code} {what}")
TOGETHER: Final = Text("git 会报冲突，合得来（{did}）", "git will call it a conflict, and the two go together ({did})")
APART: Final = Text("合并冲突，要人决定（{did}）", "a conflict a person has to decide ({did})")
ONE_SIDE: Final = Text("合并冲突：一边删去了它", "a conflict: one side took the file away")
UNREADABLE: Final = Text("合并冲突，读不懂两边的记录", "a conflict, and the two sides cannot be read")
SETTINGS: Final = Text("设置有合并冲突，合并后的台账读不出来", "the settings are in conflict; the merged ledger could not be read")
RESOLVE: Final = Text("合并时运行 hazardctl resolve {id}", "run hazardctl resolve {id} when you merge")
DECIDE: Final = Text(
    "先在一个分支上改好；或合并时 hazardctl resolve {id}，再定夺标出的几行",
    "settle it on one branch first; or hazardctl resolve {id} when you merge, then decide",
)
DIRTY: Final = Text("有未提交的改动，不在这次预演里", "there are changes not committed, and the trial leaves them out")


@dataclass(frozen=True)
class Patched:
    """A source with some of its files replaced, or left out where there are no bytes."""

    inner: Revision
    files_: Mapping[str, bytes | None]
    left_out: set[str] = field(default_factory=set[str])

    @property
    def commit(self) -> str:
        """Give nothing: no commit holds this."""
        return ""

    def files(self) -> Sequence[Found]:
        """Give the files but those left out."""
        return [one for one in self.inner.files() if self.files_.get(one.path, b"") is not None]

    def seals(self) -> Sequence[Found]:
        """Give those of the merge; what stands in conflict is no file of ours."""
        return [one for one in self.inner.seals() if self.files_.get(one.path, b"") is not None]

    def read(self, path: str) -> bytes:
        """Give the bytes of a file."""
        return self.files_.get(path) or self.inner.read(path)

    def key(self, path: str) -> str:
        """Give the blob of a file that was not replaced."""
        return "" if path in self.files_ else self.inner.key(path)

    def want(self, paths: Iterable[str]) -> None:
        """Fetch the files that were not replaced."""
        self.inner.want(path for path in paths if path not in self.files_)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A file git cannot merge: where it is, and what came of putting its two sides together; None where that is not possible."""

    path: str
    stages: Stages
    made: Reconciled | None


def merged(context: Context, ref: str, progress: Progress | None = None, *, preview: bool = False) -> Looked:
    """Judge the merge of the commit checked out with another one.

    Findings that neither side has wear the code HZ714; every file in conflict is explained.

    Raises:
        UsageError: there is no such revision, or no repository.
        UnreadableError: the settings of this side are invalid.
        SystemFailedError: no git, or one older than 2.38.
    """
    root, memory = context.root, Memory()
    needed(root)
    ours, theirs = git.rev_parse(root, "HEAD"), git.rev_parse(root, ref)
    mine = load(root, source=Revision(root, ours), progress=progress, memory=memory)
    other = ledger_at(root, Revision(root, theirs), mine, memory)
    notes = (DIRTY,) if status.dirty(root) else ()
    with merge(root, ours, theirs) as made:
        found = tuple(conflicts(root, mine.config, made))
        source = Patched(Revision(root, made.tree, made.within), {one.path: _bytes(one) for one in found})
        told = [verdict for one in found for verdict in _told(one, mine.config)]
        if CONFIG_FILE in source.files_:
            return Looked(mine, told, (), Revision(root, ours), notes)
        ledger = load(root, source=source, memory=memory)
        ledger = _with(ledger, [one.path for one in found if source.files_[one.path] is None])
        verdicts = judgements(context, ledger, preview=preview)
        new = beyond(Judged(ledger, verdicts), Judged(mine, judgements(context, mine, preview=preview)))
        if new:
            new = beyond(Judged(ledger, new), Judged(other, judgements(context, other, preview=preview)))
        source.want({verdict.path for verdict in verdicts})
    shown = [_broken(one, ledger.config) if one in new else one for one in verdicts]
    return Looked(ledger, [*told, *shown], tuple(one for one in ledger.unread if one.findings), _Shown(source, Revision(root, ours)), notes)


@dataclass(frozen=True, slots=True)
class _Shown:
    """Where lines are shown from: the merge, and our own side for what stands in conflict."""

    merge: Patched
    ours: Source
    commit: str = ""

    def files(self) -> Sequence[Found]:
        """Give those of the merge."""
        return self.merge.files()

    def seals(self) -> Sequence[Found]:
        """Give those of the merge."""
        return self.merge.seals()

    def read(self, path: str) -> bytes:
        """Give the bytes that are shown."""
        return self.ours.read(path) if path in self.merge.files_ else self.merge.read(path)

    def key(self, path: str) -> str:
        """Give the blob in the merge."""
        return self.merge.key(path)

    def want(self, paths: Iterable[str]) -> None:
        """Fetch from the merge."""
        self.merge.want(paths)


def conflicts(root: Path, config: Config, made: Merge) -> Iterator[Conflict]:
    """Give the files of the ledger that git cannot merge."""
    prefix = inside(root)
    for path, stages in made.conflicts.items():
        if path.startswith(prefix) and is_ours(path.removeprefix(prefix)):
            yield conflict(root, config, path.removeprefix(prefix), stages)


def conflict(root: Path, config: Config, path: str, stages: Stages) -> Conflict:
    """Put the two sides of a file together, where both are records that can be read."""
    kind = kind_of(path)
    if not (stages.ours and stages.theirs) or kind is None:
        return Conflict(path, stages, None)
    data = blobs(root, [oid for oid in (stages.base, stages.ours, stages.theirs) if oid])
    try:
        return Conflict(path, stages, reconciled(kind, config, data.get(stages.base, b""), data[stages.ours], data[stages.theirs]))
    except UnreadableError:
        return Conflict(path, stages, None)


def _bytes(one: Conflict) -> bytes | None:
    return one.made.data() if one.made and one.made.clean else None


def _with(ledger: Ledger, left_out: Sequence[str]) -> Ledger:
    """Count the files in conflict as unread, so that what names them does not dangle; their own finding says why."""
    more = [Unread(path, kind.name, ()) for path in left_out if (kind := kind_of(path))]
    return replace(ledger, unread=(*ledger.unread, *more))


def _told(one: Conflict, config: Config) -> Iterator[Verdict]:
    record = one.path.rpartition("/")[2].removesuffix(".yaml")
    if one.path == CONFIG_FILE:
        yield _verdict(one.path, "", Finding(CODE, SETTINGS, because=merge_breaks.why), Severity.ERROR, config)
    elif one.made is None:
        message = UNREADABLE if one.stages.ours and one.stages.theirs else ONE_SIDE
        yield _verdict(
            one.path, record, Finding(CODE, message, because=merge_breaks.why, repair=DECIDE.of(id=record)), Severity.ERROR, config
        )
    else:
        message = (TOGETHER if one.made.clean else APART).of(did=one.made.summary)
        repair = (RESOLVE if one.made.clean else DECIDE).of(id=record)
        severity = Severity.WARNING if one.made.clean else Severity.ERROR
        finding = Finding(CODE, message, ("history", one.made.first), because=merge_breaks.why, repair=repair, notes=one.made.reasons)
        yield _verdict(one.path, record, finding, severity, config)


def _broken(one: Verdict, config: Config) -> Verdict:
    inner = one.finding
    finding = Finding(
        CODE, BREAKS.of(code=inner.code, what=inner.message), inner.trail, inner.place, inner.because, inner.repair, None, None, inner.notes
    )
    return _verdict(one.path, one.record, finding, one.severity, config)


def _verdict(path: str, record: str, finding: Finding, severity: Severity, config: Config) -> Verdict:
    return Verdict(path, record, finding, SEVERITIES.get(config.rules.get(CODE, "")) or severity)
