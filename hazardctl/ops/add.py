"""`add`: a hazard registered, and where a deadline is given also handed over (EXPERIENCE §2.3, registering).

What was typed becomes the tree of a record, the one reader's types judge it, the record rules look at it, and then it is
created under a fresh id. Many records at once are all or nothing: every fault of every row is said before anything is
written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.errors import ChangedError, ForbiddenError, UsageError
from hazardctl.history import replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.ops.beside import headed
from hazardctl.ops.changes import Change, write
from hazardctl.ops.context import Context
from hazardctl.ops.deadline import Deadline, deadline
from hazardctl.ops.drafting import refuse
from hazardctl.ops.evidence import Copy, copies, entry
from hazardctl.ops.lookup import Names, Units
from hazardctl.ops.registering import Form, Wanted, tree_of
from hazardctl.rules.engine import check_record
from hazardctl.store.emit import Value, record_text
from hazardctl.store.layout import mint, path_of, taken
from hazardctl.store.load import load_config, load_one
from hazardctl.store.lock import lock

KIND: Final = BY_NAME["hazard"]
BLANK: Final = "00000"
DRAWS: Final = 5
REJECTED: Final = Text("不能登记", "cannot register")
ROW: Final = Text("第 {n} 行：{what}", "line {n}: {what}")
EMPTY: Final = Text("没有可登记的记录", "there is no record to register")
SAYS: Final = Text("{code} {what}", "{code} {what}")


@dataclass(frozen=True, slots=True)
class Added:
    """A hazard that was registered, or would be: its id, path, text, value, the deadline the policy would give."""

    id: str
    path: str
    text: str
    hazard: Hazard
    deadline: Deadline | None
    unit: str
    warnings: tuple[Text, ...] = ()
    copies: tuple[Copy, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """What a command registered, and the commit if one was made."""

    added: tuple[Added, ...]
    commit: str = ""


def add(
    context: Context, wanted: Sequence[Wanted], *, photos: Sequence[Path] = (), dry_run: bool = False, commit: bool | None = None
) -> Registered:
    """Register hazards, all or none.

    Raises:
        UsageError: something is missing, unknown or unreadable; everything at once, with the line where there is one.
        ForbiddenError: the life cycle or a rule is against it.
        LockedError, SystemFailedError: as the store says.
    """
    config = load_config(context.root)
    if not wanted:
        raise UsageError(EMPTY)
    units, names = Units(context.root, config, index=context.index), Names(context.root, config, "hazard")
    forms = [Form(context, config, units, names, one) for one in wanted]
    trees = [tree_of(form) for form in forms]
    _refuse(forms)
    if dry_run:
        return Registered(tuple(_sure(forms, trees, photos, dry_run=True)))
    with lock(context.root):
        left = DRAWS
        while True:
            added = _sure(forms, trees, photos)
            try:
                return Registered(tuple(added), _written(context, config, added, commit=commit))
            except ChangedError:  # a file took the id between the draw and the link
                left -= 1
                if not left:
                    raise


def _sure(forms: Sequence[Form], trees: Sequence[Tree], photos: Sequence[Path], *, dry_run: bool = False) -> list[Added]:
    """Draw ids and lay everything out; what only then shows as wrong is said at once."""
    added = _drawn(forms, trees, photos, dry_run=dry_run)
    _refuse(forms)
    return added


def _refuse(forms: Sequence[Form]) -> None:
    """Say every fault of every record at once, each with its line where the records came from a file."""
    faults = [ROW.of(n=form.wanted.line, what=fault) if form.wanted.line else fault for form in forms for fault in form.faults]
    refuse(faults)


def _written(context: Context, config: Config, added: Sequence[Added], *, commit: bool | None) -> str:
    changes = [Change(copy.path, None, copy.data) for one in added for copy in one.copies]
    changes += [Change(one.path, None, one.text.encode()) for one in added]
    what = added[0].hazard.headline if len(added) == 1 else Text("{n} 条", "{n} records").of(n=len(added))
    message = Text("登记 {ids} {what}", "register {ids} {what}").of(ids=[one.id[-5:] for one in added[:5]], what=what)
    return write(context, config, changes, message, act="add", commit=commit).commit


def _drawn(forms: Sequence[Form], trees: Sequence[Tree], photos: Sequence[Path], *, dry_run: bool) -> list[Added]:
    """Give every record its id and its text."""
    used: set[str] = set()
    added: list[Added] = []
    for form, tree in zip(forms, trees, strict=True):
        root, day = form.context.root, dt.date.fromisoformat(str(tree["found_on"]))
        prefix = form.config.id_prefixes.get("hazard", KIND.prefix)
        record_id = f"{prefix}-{day:%Y%m%d}-{BLANK}" if dry_run else mint(prefix, day, {*taken(root, KIND.folder, day), *used})
        used.add(record_id)
        made = _made(form, {"id": record_id, "schema": KIND.schema, **tree}, photos)
        if made:
            added.append(made)
    return added


def _made(form: Form, tree: Tree, photos: Sequence[Path]) -> Added | None:
    """Judge the tree by the types and the rules, and lay it out as a file."""
    record_id = str(tree["id"])
    path = path_of(KIND.folder, record_id)
    hazard = _typed(form, tree)
    if hazard is None:
        return None
    pictures = copies(form.context.root, hazard, photos, hazard.found_on)
    if pictures:
        by = hazard.history[0].by[0]
        tree = {**tree, "evidence": [entry(one, "register", hazard.found_on, by) for one in pictures]}
        hazard = _typed(form, tree) or hazard
    _judge(form, hazard, path)
    text = record_text(cast("Mapping[str, Value]", tree), KIND.model.order())
    text = headed(form.config, form.context.root, KIND.name, path, text)
    policy = deadline(form.config, hazard, hazard.grade, hazard.history[0].date)
    return Added(record_id, path, text, hazard, policy, form.units.name(hazard.unit), tuple(form.warnings), tuple(pictures))


def _typed(form: Form, tree: Tree) -> Hazard | None:
    made = typed(KIND, tree, form.config.zone)
    form.faults += [SAYS.of(code=finding.code, what=finding.message) for finding in made.findings]
    return cast("Hazard", made.record) if made.record is not None else None


def _judge(form: Form, hazard: Hazard, path: str) -> None:
    """Refuse what the life cycle or a rule on dates calls an error; pass on the rest as a word."""
    if replay(hazard).misfits:
        raise ForbiddenError(REJECTED, *(SAYS.of(code="HZ201", what=act.event.do) for act in replay(hazard).misfits))
    entry_ = Entry(KIND, cast("Record", hazard), path)
    units = [load_one(form.context.root, form.config, path_of("units", key)) for key in {hazard.unit} if form.units.one(key)]
    ledger = Ledger(form.config, tuple(one for one in (*units, entry_) if isinstance(one, Entry)))
    for verdict in check_record(entry_, ledger, form.context.today):
        said = SAYS.of(code=verdict.finding.code, what=verdict.finding.message)
        if verdict.severity is Severity.ERROR and verdict.finding.code[:3] in {"HZ2", "HZ3"}:
            raise ForbiddenError(REJECTED, said)
        if verdict.severity is Severity.ERROR and verdict.finding.code[:3] != "HZ1":
            form.warnings.append(said)
