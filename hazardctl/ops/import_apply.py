"""`import FILE --update --apply`: the proposals of an edited export are recorded, each by the act or correction it names.

Every one is judged by the life cycle as if it were typed, upon what those before it make of its record; one that is refused stops
the rest of its record and no other. What is left is written together: one commit where commits are asked for, one step back for
`undo`. A dry run goes the same road and ends before the writing, so that what it says is what would happen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from hazardctl.errors import FINDINGS, FINE, ForbiddenError, UsageError
from hazardctl.language import Text, plain
from hazardctl.model.config import Config
from hazardctl.ops.act import planned
from hazardctl.ops.acting import Desk, Fresh, after, fresh
from hazardctl.ops.changes import Change, committing, write
from hazardctl.ops.context import Context
from hazardctl.ops.correct import corrected
from hazardctl.ops.drafting import Asked
from hazardctl.ops.import_proposals import Proposal
from hazardctl.ops.import_update import Update, judged, sent_all, sheet
from hazardctl.ops.lookup import Names, Units
from hazardctl.ops.people import split
from hazardctl.ops.wishes import Wish
from hazardctl.sheet import Line, Sheet, Value
from hazardctl.store.layout import path_of
from hazardctl.store.load import load_config
from hazardctl.store.lock import lock

NO_REASON: Final = Text("更正和延期要写理由：--reason", "corrections and extensions need a reason: --reason")
WRITTEN: Final = Text("已写入 {n} 处，{records} 条记录{commit}", "{n} written, in {records} records{commit}")
WOULD: Final = Text(
    "将写入 {n} 处，{records} 条记录（试运行，未写入）", "{n} would be written, in {records} records (dry run, nothing written)"
)
REFUSED: Final = Text("没有写入：{command}：{why}", "not written: {command}: {why}")
WOULD_REFUSE: Final = Text("不会写入：{command}：{why}", "would not be written: {command}: {why}")
WAITS: Final = Text("前一步没有写入，这一步也不写", "the step before it is not written, so this one is not either")
NOTED: Final = Text("注意：{command}：{what}", "note: {command}: {what}")
MESSAGE: Final = Text("读回 {file}：{n} 处改动", "{n} edits read back from {file}")
FIELDS: Final[Mapping[str, str]] = {"--to": "to", "--person": "person", "--due": "due", "--grade": "grade"}
USUAL: Final[Mapping[str, Mapping[str, str]]] = {
    "verify": {"result": "pass"},
    "extend": {"decision": "granted"},
    "close": {"reason": "rectified"},
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that is not written: why not, and how to put it right."""

    proposal: Proposal
    why: Text
    hints: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the proposals, or would.

    Attributes:
        made: the proposals.
        written: those that are written.
        refused: those that are not.
        noted: what is worth a word about those that are written.
        dry_run: nothing was written.
        commit: made of it, or the empty string.
    """

    made: Update
    written: tuple[Proposal, ...]
    refused: tuple[Refused, ...]
    noted: tuple[tuple[Proposal, Text], ...] = ()
    dry_run: bool = False
    commit: str = ""

    @property
    def exit_code(self) -> int:
        """Give 1 when an edit was not taken."""
        return FINDINGS if self.refused or self.made.exit_code else FINE

    @property
    def records(self) -> int:
        """Count the records that are written to."""
        return len({one.id for one in self.written})


def applied(
    context: Context,
    files: Sequence[Path],
    by: str,
    reason: str,
    *,
    commit: bool | None = None,
    dry_run: bool = False,
    insist: bool = False,
) -> Applied:
    """Record what edited exports propose.

    Args:
        context: which ledger, which day, who acts.
        files: the workbooks.
        by: who did what the edits tell, where a cell does not say; empty for the actor.
        reason: of corrections and extensions.
        commit: commit what was written; None as configured.
        dry_run: say what would be written, and write nothing.
        insist: a row that reads as another hazard is a correction all the same.

    Raises:
        UsageError: a file is no export of ours, a reason is needed, or a commit is asked for where there is no git; nothing was
            written.
        MissingExtraError, UnreadableError, ChangedError, LockedError, SystemFailedError: as for every act.
    """
    backs = sent_all(files)  # others may write to the ledger meanwhile
    with nullcontext() if dry_run else lock(context.root):
        made = judged(context, backs, insist=insist)
        if not reason.strip() and any(one.reasoned for one in made.proposals):
            raise UsageError(NO_REASON)
        drafts = _Drafts(context, load_config(context.root), by, reason.strip())
        told = replace(drafts.judged(made), dry_run=dry_run)
        if not told.written:
            return told
        if dry_run:
            committing(context, drafts.config, commit=commit)
            return told
        message = MESSAGE.of(file=list(made.files), n=len(told.written))
        done = write(context, drafts.config, drafts.changes(), message, act="import", commit=commit)
    return replace(told, commit=done.commit)


class _Drafts:
    """The records as the proposals so far would leave them."""

    def __init__(self, context: Context, config: Config, by: str, reason: str) -> None:
        self.context, self.config, self.reason = context, config, reason
        self.who = split([by]) if by else ()
        self.units, self.names = Units(context.root, config, index=context.index), Names(context.root, config, "hazard")
        self.read: dict[str, Fresh] = {}
        self.records: dict[str, Fresh] = {}

    def judged(self, made: Update) -> Applied:
        """Judge every proposal upon those before it."""
        written: list[Proposal] = []
        refused: list[Refused] = []
        noted: list[tuple[Proposal, Text]] = []
        stopped: set[str] = set()
        for one in made.proposals:
            if one.id in stopped:
                refused.append(Refused(one, WAITS))
                continue
            try:
                noted += [(one, warning) for warning in self._taken(one)]
                written.append(one)
            except (ForbiddenError, UsageError) as failure:
                stopped.add(one.id)
                refused.append(Refused(one, failure.what, failure.hints))
        return Applied(made, tuple(written), tuple(refused), tuple(noted))

    def changes(self) -> Sequence[Change]:
        """Give what is to be written, a record each."""
        return [Change(one.path, self.read[name].data, one.data) for name, one in self.records.items()]

    def _taken(self, one: Proposal) -> Sequence[Text]:
        """Take a proposal upon its record, and give what is worth a word."""
        if one.id not in self.read:
            self.read[one.id] = fresh(self.context, self.config, path_of("hazards", one.id))
        found = self.records.get(one.id, self.read[one.id])
        change, warnings = self._corrected(found, one) if one.verb == "correct" else self._acted(found, one)
        self.records[one.id] = after(self.config, found, change.after)
        return warnings

    def _corrected(self, found: Fresh, one: Proposal) -> tuple[Change, Sequence[Text]]:
        wish = Wish(one.sets, self.reason, one.event, by=self.who)
        return corrected(self.context, self.config, found, wish)[1], ()

    def _acted(self, found: Fresh, one: Proposal) -> tuple[Change, Sequence[Text]]:
        said = {FIELDS[option]: text for option, text in one.said.items() if option in FIELDS}
        why = {"reason": one.said.get("--reason", self.reason)} if one.verb in {"extend", "regrade"} else {}
        people = split([one.said["--by"]]) if "--by" in one.said else self.who
        note = one.said.get("-m", self.reason if one.verb == "rectify" else "")
        asked = Asked(one.verb, {**said, **USUAL.get(one.verb, {}), **why}, one.said.get("--date", ""), people, note)
        ((done, changes),) = planned(Desk(self.context, self.config, asked, self.units, self.names), [found])
        return changes[-1], done.warnings


def page(told: Applied) -> Sheet:
    """Lay it out: what was edited, what is written, what is not and why."""
    made = sheet(told.made)
    lines = [Line(plain(one.brief)) for one in told.written]
    lines += [Line(NOTED.of(command=one.brief, what=what)) for one, what in told.noted]
    for one in told.refused:
        lines.append(Line((WOULD_REFUSE if told.dry_run else REFUSED).of(command=one.proposal.brief, why=one.why)))
        lines += [Line(hint, indent=4) for hint in one.hints]
    grids = [block for block in made.blocks if not isinstance(block, Line)]
    commit = f"  {told.commit[:7]}" if told.commit else ""
    foot = (WOULD if told.dry_run else WRITTEN).of(n=len(told.written), records=told.records, commit=commit)
    return Sheet(made.name, made.title, made.head, (*grids, *lines), (foot,), {**made.data, **_data(told)}, main=made.main)


def _data(told: Applied) -> Mapping[str, Value]:
    return {
        "dry_run": told.dry_run,
        "written": [one.brief for one in told.written],
        "refused": [{"command": one.proposal.brief, "why": one.why, "hints": list(one.hints)} for one in told.refused],
        "notes": [{"command": one.brief, "what": what} for one, what in told.noted],
        "commit": told.commit,
    }
