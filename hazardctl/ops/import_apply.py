"""`import FILE --update --apply`: the proposals of an edited export are recorded, each by the act or correction it names.

Every one is judged by the life cycle as if it were typed; one that is refused stops the rest of its record and no other. What was
written is one commit where commits are asked for, and one step back for `undo`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.errors import FINDINGS, FINE, ForbiddenError, UsageError
from hazardctl.language import Text
from hazardctl.ops.act import act
from hazardctl.ops.changes import Change, recorded
from hazardctl.ops.context import Context
from hazardctl.ops.correct import correct
from hazardctl.ops.drafting import Asked
from hazardctl.ops.import_proposals import Proposal
from hazardctl.ops.import_update import Update, sheet
from hazardctl.ops.people import split
from hazardctl.ops.wishes import Wish
from hazardctl.sheet import Line, Sheet
from hazardctl.store.files import read_file
from hazardctl.store.layout import path_of
from hazardctl.store.load import load_config

NO_REASON: Final = Text("更正和延期要写理由：--reason", "corrections and extensions need a reason: --reason")
REFUSED: Final = Text("没有写入：{command}：{why}", "not written: {command}: {why}")
WRITTEN: Final = Text("已写入 {n} 处，{records} 条记录{commit}", "{n} written, in {records} records{commit}")
MESSAGE: Final = Text("读回 {file}：{n} 处改动", "{n} edits read back from {file}")
FIELDS: Final[Mapping[str, str]] = {"--to": "to", "--person": "person", "--due": "due", "--grade": "grade"}
USUAL: Final[Mapping[str, Mapping[str, str]]] = {
    "verify": {"result": "pass"},
    "extend": {"decision": "granted"},
    "close": {"reason": "rectified"},
}


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the proposals: those written, those refused with the reason, the commit."""

    made: Update
    written: tuple[Proposal, ...]
    refused: tuple[tuple[Proposal, Text], ...]
    commit: str = ""

    @property
    def exit_code(self) -> int:
        """Give 1 when an edit was not taken."""
        return FINDINGS if self.refused or self.made.exit_code else FINE


def applied(context: Context, made: Update, by: str, reason: str, *, commit: bool | None = None) -> Applied:
    """Record the proposals.

    Args:
        context: which ledger, which day, who acts.
        made: the proposals.
        by: who did what the edits tell, where a cell does not say; empty for the actor.
        reason: of corrections and extensions.
        commit: commit what was written; None as configured.

    Raises:
        UsageError: a reason is needed; nothing was written.
        UnreadableError, ChangedError, LockedError, SystemFailedError: as for every act; what was written before stands.
    """
    if not reason.strip() and any(one.reasoned for one in made.proposals):
        raise UsageError(NO_REASON)
    before = {one.id: read_file(context.root / _path(one), context.root) for one in made.proposals}
    written: list[Proposal] = []
    refused: list[tuple[Proposal, Text]] = []
    stopped: set[str] = set()
    for one in made.proposals:
        if one.id in stopped:
            continue
        try:
            _record(context, one, by, reason.strip())
            written.append(one)
        except (ForbiddenError, UsageError) as failure:
            stopped.add(one.id)
            refused.append((one, failure.what))
    done = _kept(context, made, written, before, commit=commit) if written else ""
    return Applied(made, tuple(written), tuple(refused), done)


def _path(one: Proposal) -> str:
    return path_of("hazards", one.id)


def _record(context: Context, one: Proposal, by: str, reason: str) -> None:
    who = split([by]) if by else ()
    if one.verb == "correct":
        correct(context, one.id, Wish(one.sets, reason, one.event, by=who, commit=False))
        return
    said = {FIELDS[option]: text for option, text in one.said.items() if option in FIELDS}
    own = {**said, **USUAL.get(one.verb, {}), **({"reason": one.said.get("--reason", reason)} if one.verb in {"extend", "regrade"} else {})}
    people = split([one.said["--by"]]) if "--by" in one.said else who
    note = one.said.get("-m", reason if one.verb == "rectify" else "")
    act(context, [one.id], Asked(one.verb, own, one.said.get("--date", ""), people, note, commit=False))


def _kept(context: Context, made: Update, written: Sequence[Proposal], before: Mapping[str, bytes], *, commit: bool | None) -> str:
    """Remember everything as one step and commit it where that is asked for."""
    paths = {one.id: _path(one) for one in written}
    changes = [Change(path, before[one], read_file(context.root / path, context.root)) for one, path in paths.items()]
    message = MESSAGE.of(file=made.file, n=len(written))
    return recorded(context, load_config(context.root), changes, message, act="import", commit=commit).commit


def page(told: Applied) -> Sheet:
    """Lay it out: what was edited, what was written, what was not and why."""
    made = sheet(told.made)
    kept = tuple(block for block in made.blocks if not isinstance(block, Line))
    lines = tuple(Line(REFUSED.of(command=one.brief, why=why)) for one, why in told.refused)
    commit = f"  {told.commit[:7]}" if told.commit else ""
    foot = (WRITTEN.of(n=len(told.written), records=len({one.id for one in told.written}), commit=commit),)
    return Sheet(made.name, made.title, made.head, (*kept, *lines), foot, made.data, main=made.main)
