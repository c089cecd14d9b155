"""`import`: a table made by others becomes records, or questions; nothing is guessed and nothing dropped (DOMAIN §9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.exchange.desk import Desk, Question
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.pages import Pages, pages
from hazardctl.exchange.rows import body, groups
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Tree
from hazardctl.model.record import Record
from hazardctl.ops.changes import Change, write
from hazardctl.ops.context import Context
from hazardctl.ops.import_asked import Asked, answers, stated, table_of
from hazardctl.ops.import_desk import desk
from hazardctl.ops.import_faults import AT, Faults, called
from hazardctl.ops.import_known import Known, known, place
from hazardctl.ops.import_plan import Judged, offered, planned, refuse_undecided
from hazardctl.ops.import_rows import ODD, Bench, Fate, Outcome, Progress, checked
from hazardctl.ops.import_units import NewUnits, referred
from hazardctl.store.characters import HIDDEN, named
from hazardctl.store.emit import record_text
from hazardctl.store.load import load
from hazardctl.store.lock import lock
from hazardctl.vocabulary import KIND_NAMES

MESSAGE: Final = Text("从 {file} 导入 {n} 条{kind}", "import {n} {kind} from {file}")
HAZARDS: Final = Text("隐患", "hazards")
OTHERS: Final = Text("{kind}", "{kind} records")
STEP: Final = 64


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did, or would do.

    Attributes:
        asked: the call.
        pages: the tables of the file as read, and where their column names stand.
        plan: the mapping that was used.
        outcomes: every row below the names, in file order, rows that hold no data included.
        units: the units made with them.
        findings: id → what the rules say of a record, as remarks.
        mapping: path of the mapping file that was written, or stands there already; None with `--map`.
        mapping_is: `made` or `kept`.
        commit: short commit, or empty.
    """

    asked: Asked
    pages: Pages
    plan: Plan
    outcomes: tuple[Outcome, ...]
    units: tuple[Entry[Record], ...]
    findings: Mapping[str, tuple[Question, ...]]
    mapping: Path | None = None
    mapping_is: str = ""
    commit: str = ""

    def count(self, fate: Fate) -> int:
        """Count the rows that ended so."""
        return sum(outcome.fate == fate for outcome in self.outcomes)

    @property
    def noun(self) -> Text:
        """Name what is imported, several of it."""
        return HAZARDS if self.plan.kind == "hazard" else OTHERS.of(kind=KIND_NAMES[self.plan.kind].label)

    @property
    def records(self) -> int:
        """Count the records made; with `--split-numbered` a row may make several."""
        return sum(len(outcome.ids) for outcome in self.outcomes)

    @property
    def exit_code(self) -> int:
        """Give 1 when a row waits for a decision or is refused."""
        return FINDINGS if self.count("asked") or self.count("refused") else FINE


class _File(NamedTuple):
    """A file as read and understood."""

    pages: Pages
    plan: Plan


def run(context: Context, asked: Asked, progress: Progress | None = None) -> Result:
    """Import a file, or say what would come of it.

    Raises:
        UsageError, UnreadableError, LockedError, ChangedError, SystemFailedError: as `run_all`.
    """
    return run_all(context, [asked], progress)[0]


def run_all(context: Context, asked: Sequence[Asked], progress: Progress | None = None) -> tuple[Result, ...]:
    """Import files as one: each with the columns of its own, its rows judged as if the files before it were in the ledger already.

    Raises:
        UsageError: a file or its mapping cannot be read, two columns claim one field, or a column is not decided.
        UnreadableError, LockedError, ChangedError, SystemFailedError: as the store says; then nothing was written of any file.
    """
    if odd := HIDDEN.search(asked[0].by):
        raise UsageError(ODD.of(it=named(odd[0])))
    asked = [replace(one, called=name) for one, name in zip(asked, called([one.file for one in asked]), strict=True)]
    faults = Faults(several=len(asked) > 1)
    files: list[_File] = []
    for one in asked:
        with faults.of(one.name):
            files.append(_read(one))
    faults.insist()
    with nullcontext() if asked[0].dry_run else lock(context.root):
        return _imported(context, asked, files, faults, progress)


def _read(asked: Asked) -> _File:
    data, plan = table_of(asked.file), stated(asked)
    read = pages(data, asked.file.name, plan, asked.prefer)
    return _File(read, planned(plan, read, answers(asked), mapped=asked.map is not None))


def _imported(
    context: Context, asked: Sequence[Asked], files: Sequence[_File], faults: Faults, progress: Progress | None
) -> tuple[Result, ...]:
    ledger, called, knowns = load(context.root), dict[str, Text](), dict[str, Known]()
    results: list[Result] = []
    made: list[tuple[Entry[Record], Tree]] = []
    for one, file in zip(asked, files, strict=True):
        with faults.of(one.name):
            kind = BY_NAME[file.plan.kind]
            knowns[kind.name] = knowns.get(kind.name) or known(ledger, kind, called)
            result, new = _judged(context, ledger, one, file, knowns[kind.name], progress)
            results.append(result)
            made += new
            ledger = _with(ledger, [entry for entry, _ in new])
            called |= {name: AT.of(file=one.name, place=place(outcome.row)) for outcome in result.outcomes for name in outcome.ids}
            for each in knowns.values():
                each.settle(ledger, [entry for entry, _ in new], called)
    results = list(_mapped_beside(context, results, faults))
    faults.insist()
    if asked[0].dry_run or not any(result.records for result in results):
        return tuple(results)
    message = MESSAGE.of(n=sum(result.records for result in results), file=[one.name for one in asked], kind=results[0].noun)
    changes = [_change(*one) for one in made]
    done = write(context, ledger.config, changes, message, act="import", commit=asked[0].commit, told=progress)
    return tuple(replace(result, commit=done.commit) for result in results)


def _judged(  # noqa: PLR0917 (what a file is judged by)
    context: Context, ledger: Ledger, asked: Asked, file: _File, compared: Known, progress: Progress | None
) -> tuple[Result, list[tuple[Entry[Record], Tree]]]:
    """Judge the rows of one file, and give what would be written of it: the units it needs, then its records."""
    units = NewUnits(context, ledger, file.plan)
    kind = BY_NAME[file.plan.kind]
    bench = Bench(ledger, units, kind, compared, thorough=bool(file.plan.fill_down), prefer=asked.prefer)
    outcomes = _outcomes(file, desk(context, ledger, units, file.plan, asked.by, new_units=asked.new_units), bench, progress)
    new = units.entries({key for tree in bench.made_trees() for key in referred(tree)})
    findings = checked(bench.made, _with(ledger, [entry for entry, _ in new]), context.today, progress)
    result = Result(asked, *file, outcomes, tuple(entry for entry, _ in new), findings)
    return result, [*new, *((one.entry, one.tree) for one in bench.made)]


def _mapped_beside(context: Context, results: Sequence[Result], faults: Faults) -> Iterator[Result]:
    """Write a mapping file for all tables with the same columns, and refuse columns that are not decided."""
    tables = [Judged(one.asked.file, one.pages, one.plan, one.outcomes) for one in results if one.asked.map is None]
    made: dict[object, tuple[Path | None, str]] = {}
    for table in tables:
        if table.columns not in made:
            made[table.columns] = offered(context.root, [one for one in tables if one.columns == table.columns])
    beside = iter([made[table.columns] for table in tables])
    for result in results:
        place, how = (None, "") if result.asked.map else next(beside)
        file = (result.pages, result.plan)
        with faults.of(result.asked.name):
            refuse_undecided(file, place or result.asked.map, mapped=result.asked.map is not None, dry_run=result.asked.dry_run)
        yield replace(result, mapping=place, mapping_is=how)


def _with(ledger: Ledger, entries: Iterable[Entry[Record]]) -> Ledger:
    return replace(ledger, entries=tuple(sorted((*ledger.entries, *entries), key=lambda entry: entry.path)))


def _outcomes(file: _File, desk: Desk, bench: Bench, progress: Progress | None) -> tuple[Outcome, ...]:
    parts = [(page.head, *body(page.head, page.table.rows)) for page in file.pages.read]
    total, done = sum(len(data) for _, data, _ in parts), 0
    found: list[Outcome] = []
    for head, data, others in parts:
        here = [Outcome(row, "skipped", why=why) for row, why in others]
        for group in groups(desk, head, data):
            here += bench.judged(group)
            if progress and done % STEP == 0:
                progress(done, total)
            done += 1 + len(group.more)
        found += sorted(here, key=lambda outcome: outcome.row.line)
    return tuple(found)


def _change(entry: Entry[Record], tree: Tree) -> Change:
    return Change(entry.path, None, record_text(tree, entry.kind.model.order()).encode())
