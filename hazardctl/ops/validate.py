"""`validate`: the whole ledger is read and judged; the findings of some paths are shown (EXPERIENCE §2.3)."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, overload

from hazardctl.diagnostics import About, Diagnostic, Review, Severity
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.baseline import baseline_of, stale, told_apart
from hazardctl.ops.changes import Change, diff
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.looking import Looked, brought, judgements
from hazardctl.ops.merging import merged
from hazardctl.rules.engine import house_finding
from hazardctl.rules.registry import registry
from hazardctl.store.baseline import FILE, read, text
from hazardctl.store.load import Progress, load
from hazardctl.store.locating import Told, locate
from hazardctl.store.lock import lock
from hazardctl.store.root import FOLDER
from hazardctl.store.writer import output

FAIL_ON: Final = ("error", "warning", "overdue", "overdue:major")
BAD_FAIL_ON: Final = Text("--fail-on 可用 {words}，这里是“{it}”", "--fail-on takes {words}, not “{it}”")
NO_PATH: Final = Text("没有 {it}", "there is no {it}")
ONE_OF: Final = Text("--since 和 --merged-with 只能用一个", "use --since or --merged-with, not both")
OUTSIDE: Final = Text("{it} 不在台账 {root} 内", "{it} is not inside the ledger {root}")


@dataclass(frozen=True, slots=True)
class Compared:
    """What the ledger is compared with.

    Attributes:
        since: a revision: only what was brought since it is shown, and the rules about ranges are asked.
        merged_with: a revision: the merge with it is judged, as it would be.
    """

    since: str = ""
    merged_with: str = ""


ALONE: Final = Compared()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found, how many overdue hazards fail the check as asked, whether it fails (exit code 1), what else is to be known."""

    review: Review
    overdue: int
    failed: bool
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the baseline: how many findings it names, and how it differs from the one before."""

    n: int
    diff: str


def validate(
    context: Context,
    paths: Sequence[Path] = (),
    fail_on: str = "error",
    progress: Progress | None = None,
    *,
    preview: bool = False,
    baseline: bool = True,
    compared: Compared = ALONE,
) -> Outcome:
    """Judge a ledger.

    Args:
        context: root and day.
        paths: files and folders whose findings are shown, absolute or relative to the ledger root; all when empty.
        fail_on: what fails the check besides errors, a word of `FAIL_ON`.
        progress: told (files done, files in all) now and then.
        preview: rules in preview are on.
        baseline: what the baseline of the ledger names is counted and not shown.
        compared: with which revision.

    Raises:
        UsageError: an unknown word in `fail_on`; a path that is not there, or not in the ledger; no such revision; both revisions.
        UnreadableError: the configuration or the baseline is invalid.
        SystemFailedError: a revision was named and git cannot help.
    """
    if fail_on not in FAIL_ON:
        raise UsageError(BAD_FAIL_ON.of(words=FAIL_ON, it=fail_on))
    wanted = [inside(context.root, path) for path in paths]
    if compared == ALONE and not preview and (kept := _kept(context, progress)) is not None:
        seen, found = kept
    else:
        seen = _looked(context, compared, progress, preview=preview)
        found = locate(context.root, [Told(*verdict) for verdict in seen.verdicts], seen.source)
    ledger = seen.ledger
    known = 0
    if baseline and (before := read(context.root)):
        found, known, gone = told_apart(found, before, ledger)
        if compared == ALONE:
            found = sorted([*found, *stale(context.root, gone, ledger.config)], key=Diagnostic.key)
    prefix = prefix_of(context.root)
    shown = tuple(replace(one, path=prefix + one.path) for one in found if chosen(one.path, wanted))
    unread = tuple(prefix + one.path for one in seen.unread if chosen(one.path, wanted))
    looked = _Paths(ledger, prefix, wanted)
    review = Review(shown, files(ledger), unread, context.today.isoformat(), ledger.commit, known, looked, about(shown, ledger))
    overdue = _overdue(ledger, context.today, fail_on, wanted)
    return Outcome(review, overdue, failed(shown, fail_on) or overdue > 0 or bool(unread), seen.notes)


def _kept(context: Context, progress: Progress | None) -> tuple[Looked, list[Diagnostic]] | None:
    """Use again what the index keeps of the ledger as it stands, or judge a large one file by file; None for what else there is."""
    keeps = keeper(context)
    ledger = load(context.root, keeper=keeps, progress=progress, exact=True) if keeps else Ledger()
    if ledger.shelf is not None:
        from hazardctl.ops.judging import found

        known = found(context, ledger, progress)
        if known is not None:
            return Looked(ledger, (), ledger.unread), known
    from hazardctl.ops.sweeping import swept

    return swept(context, progress)


def _looked(context: Context, compared: Compared, progress: Progress | None, *, preview: bool) -> Looked:
    """Judge the merge, what was brought since a revision, or the ledger as it stands."""
    if compared.since and compared.merged_with:
        raise UsageError(ONE_OF)
    if compared.merged_with:
        return merged(context, compared.merged_with, progress, preview=preview)
    if compared.since:
        return brought(context, compared.since, progress, preview=preview)
    ledger = load(context.root, progress=progress)
    return Looked(ledger, judgements(context, ledger, preview=preview), ledger.unread)


def judged(context: Context, ledger: Ledger, *, preview: bool = False) -> list[Diagnostic]:
    """Give every finding of a ledger with its place, whatever a baseline says of it."""
    return locate(context.root, [Told(*verdict) for verdict in judgements(context, ledger, preview=preview)])


def write_baseline(context: Context, progress: Progress | None = None, *, preview: bool = False, dry: bool = False) -> Written:
    """Name everything that is found now in the baseline, in place of the one before.

    Args:
        context: root and day.
        progress: as in `validate`.
        preview: as in `validate`.
        dry: show the difference, write nothing.

    Raises:
        UnreadableError: the configuration is invalid.
        LockedError, SystemFailedError: as for every write.
    """
    ledger = load(context.root, progress=progress)
    known = baseline_of(judged(context, ledger, preview=preview), ledger)
    place = context.root / FILE
    before = place.read_bytes() if place.is_file() else None
    change = Change(FILE, before, text(known))
    if not dry:
        with lock(context.root):
            output(place, change.after)
    return Written(len(known), diff(change))


def inside(root: Path, path: Path) -> str:
    """Give a path relative to the ledger root; the empty text means all of it."""
    try:
        place = next((one for one in (path.absolute(), root / path) if one.exists()), None)
    except (ValueError, OSError):  # no file can be called so
        place = None
    if place is None:
        raise UsageError(NO_PATH.of(it=str(path)))
    try:
        inner = place.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        if root.resolve().is_relative_to(place.resolve()):
            return ""
        raise UsageError(OUTSIDE.of(it=str(path), root=str(root))) from None
    return "" if inner == "." else inner


class _Paths(Sequence[str]):
    """Every file looked at, sorted; listed when somebody asks."""

    def __init__(self, ledger: Ledger, prefix: str, wanted: Collection[str]) -> None:
        self._ledger, self._prefix, self._wanted = ledger, prefix, wanted

    @functools.cached_property
    def _all(self) -> Sequence[str]:
        names = (*self._ledger.paths, *(one.path for one in self._ledger.unread))
        return sorted(self._prefix + name for name in names if chosen(name, self._wanted))

    def __len__(self) -> int:
        return len(self._all)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        return self._all[index]


def chosen(path: str, wanted: Collection[str]) -> bool:
    """Say whether a path lies at or below one of those wanted; all do when none is named."""
    return not wanted or any(not one or path == one or path.startswith(f"{one}/") for one in wanted)


def prefix_of(root: Path) -> str:
    """Give what stands before a path of the ledger to make it relative to the repository, as forges and editors want it."""
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), None)
    if top is None:
        return f"{FOLDER}/" if root.name == FOLDER else ""
    inner = root.relative_to(top).as_posix()
    return "" if inner == "." else f"{inner}/"


def files(ledger: Ledger) -> dict[str, int]:
    """Give how many files of each kind there are, unread ones included, in the order of kinds."""
    counted = Counter(ledger.counts) + Counter(unread.kind for unread in ledger.unread)
    return {kind: counted[kind] for kind in BY_NAME if counted[kind]}


def about(found: Sequence[Diagnostic], ledger: Ledger) -> dict[str, About]:
    """Describe the rules behind the findings, those of the house among them."""
    said = {one.code: house_finding(one) for one in ledger.config.house_rules}
    house = {code: About(code, one.message, one.because or one.message) for code, one in said.items()}
    codes = sorted({one.code for one in found})
    ours = {code: About(rule.name, rule.title, rule.why, rule.repair, rule.severity) for code in codes if (rule := registry().get(code))}
    return {code: about for code in codes if (about := ours.get(code) or house.get(code))}


def failed(found: Sequence[Diagnostic], fail_on: str) -> bool:
    """Say whether findings fail a check: errors, and warnings where they are asked to."""
    fatal = {Severity.ERROR, Severity.WARNING} if fail_on == "warning" else {Severity.ERROR}
    return any(one.severity in fatal for one in found)


def _overdue(ledger: Ledger, today: dt.date, fail_on: str, wanted: Collection[str]) -> int:
    """Look at the hazards themselves: a ledger may have silenced the finding (HZ315) and still insist in CI."""
    if not fail_on.startswith("overdue"):
        return 0
    from hazardctl.measures import Book

    rows = Book(ledger).listing(today, (Clause("is", ("overdue",), kind="is"),), "closed")
    grades = {"major"} if fail_on.endswith(":major") else {"major", "general"}
    return sum(row["claimed"] is None and row["grade"] in grades and chosen(str(row["path"]), wanted) for row in rows)
