"""`explain MEASURE --blame`: the event that puts each record into a figure, and the commit that brought it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.history import Act, Replay
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import REGISTRY, Book, Member, named
from hazardctl.measures.question import Question
from hazardctl.model.events import Verified
from hazardctl.model.hazard import Hazard
from hazardctl.ops.context import Context
from hazardctl.ops.log import author
from hazardctl.ops.lookup import short
from hazardctl.ops.question import Words, about_period, opened
from hazardctl.reports.blame import Stood, blame
from hazardctl.sheet import Sheet
from hazardctl.store.commits import needed
from hazardctl.store.load import Progress
from hazardctl.store.origins import event_lines, origins

DONE: Final[Mapping[str, tuple[str, str]]] = {
    "default": ("verify", "verify"), "verified": ("verify", "verify"), "rectified": ("rectify", "rectify"),
    "closed": ("close", "close"), "official": ("rectify", "close"),
}  # fmt: skip
"""Basis → the verb by which a general and a major hazard count as rectified."""
VERBS: Final[Mapping[str, tuple[str, ...]]] = {
    "awaiting": ("rectify",), "claimed": ("rectify",), "verified": ("verify",), "closed": ("close",), "closed_other": ("close",),
    "resolved_other": ("close",), "withdrawn": ("withdraw",), "withdrawn_later": ("withdraw",), "transferred": ("transfer",),
    "reopened": ("reopen",), "within_due": ("extend", "assign", "reopen", "verify"), "overdue": ("extend", "assign", "reopen", "verify"),
    "late": ("extend", "assign", "reopen", "verify"), "unconfirmed": ("extend", "assign", "reopen", "verify"), "extended": ("extend",),
}  # fmt: skip
"""Last part of a measure's id → the verbs of which the last one puts a hazard there; `register` for all others."""
ONE_LEDGER: Final = Text(
    "--blame 问的是一个台账的提交，不和 --ledger 一起用", "--blame asks the commits of one ledger and goes with no --ledger"
)
KNOWN_AT: Final = Text(
    "--blame 问的是当前提交，不能与 --known-at 同用", "--blame asks about the commit checked out, and takes no --known-at"
)
BY_FILES: Final = Text("--blame 要读台账的文件，不能由数据集给出", "--blame reads the files of a ledger; a data set cannot give it")
NOT_OURS: Final = Text("{it} 不由隐患的事件组成，没有可追的行", "{it} is not made of events of hazards: there is no line to name")


@dataclass(frozen=True, slots=True)
class Blamed:
    """The sheet, and whether a file was left out of its figures."""

    sheet: Sheet
    incomplete: bool


def blamed(context: Context, what: str, words: Words, progress: Progress | None = None) -> Blamed:
    """Name the event and the commit behind each record of a figure.

    Raises:
        UsageError: no such measure, one that no events stand behind, or a word that means nothing.
        SystemFailedError: git failed.
    """
    if context.data is not None:
        raise UsageError(BY_FILES)
    if words.ledgers:
        raise UsageError(ONE_LEDGER)
    needed(context.root)
    if words.known_at:
        raise UsageError(KNOWN_AT)
    name = named(what)
    if name not in REGISTRY:
        raise UsageError(NOT_OURS.of(it=name))
    ledger = opened(context, words, progress)
    asked = about_period(context, ledger, words)
    book = Book(ledger)
    figure = book.total(asked.question, [name])[name]
    members = book.members(asked.question, name)
    sides: dict[str, Sequence[Stood]] = {side: _stood(context, ledger, asked.question, found) for side, found in members.items()}
    return Blamed(blame(asked.frame, name, REGISTRY[name].label, figure, sides), bool(asked.frame.unread))


def _stood(context: Context, ledger: Ledger, question: Question, members: Sequence[Member]) -> list[Stood]:
    entries = {one.id: cast("Entry[Hazard]", ledger.by_id[one.id]) for one in members if one.id in ledger.by_id}
    found = origins(context.root, ledger.config.zone, {one.path for one in entries.values()})
    lines: list[Stood] = []
    for member in members:
        entry = entries.get(member.id)
        act = _act(ledger.replay(entry), question, member) if entry else None
        if entry is None or act is None:
            lines.append(Stood(member.id, short(member.id)))
            continue
        line = event_lines(context.root, entry.path).get(act.position, b"")
        commit, event = found.get(entry.path, {}).get(line), act.event
        told = (commit.short, author(ledger.config, commit), commit.email, commit.day) if commit else ("", "", "", None)
        lines.append(Stood(member.id, short(member.id), act.position + 1, event.do, event.date, event.by, *told))
    return lines


def _act(replay: Replay, question: Question, member: Member) -> Act | None:
    """Find the event: the last one of the verbs that the count is about, by the day the figure is cut off at."""
    tail = member.measure.rpartition(".")[2]
    until = question.as_of if member.measure.startswith(("stock.", "due.")) else question.kappa
    span = replay.on(until)
    if tail in {"rectified", "resolved", "met"}:
        verbs: tuple[str, ...] = (DONE[question.preset][span is not None and span.grade == "major"],)
    else:
        verbs = VERBS.get(tail, ("register",))
    fitting = [act for act in replay.acts if act.fits and act.event.do in verbs and act.event.date <= until and _counts(act, tail)]
    on_day = [act for act in fitting if tail in {"reopened", "extended"} and act.event.date == member.day]
    first = next((act for act in replay.acts if act.event.do == "register"), replay.acts[0] if replay.acts else None)
    return on_day[-1] if on_day else fitting[-1] if fitting else first


def _counts(act: Act, tail: str) -> bool:
    """Say whether a line is one the count is about: a passed check for what is done, one that sets a deadline for what is late."""
    if isinstance(act.event, Verified):
        return act.event.result == "pass" if tail in {"rectified", "resolved", "met", "verified"} else act.event.due is not None
    return act.event.do != "extend" or act.added > 0
