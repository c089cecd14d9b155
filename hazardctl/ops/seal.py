"""`seal`: the figures of a period frozen as they are published, and restated when they moved (DOMAIN §2.1, HZ515)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hazardctl import filters
from hazardctl.errors import ForbiddenError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.measures.digest import digests
from hazardctl.measures.placing import spelled
from hazardctl.model.seal import Sealed
from hazardctl.ops import people, sealed
from hazardctl.ops.changes import Change, diff, write
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import SAY_WHO, WHO, happened, refuse, sound
from hazardctl.ops.keeping import keeper
from hazardctl.ops.question import Asked, Words, about_period
from hazardctl.reports.commands import quoted
from hazardctl.store import seals, status
from hazardctl.store.emit import Value
from hazardctl.store.files import read_file
from hazardctl.store.load import load, unread_line
from hazardctl.store.lock import lock

UNREAD: Final = Text("有 {n} 个文件读不出来，数字不全，没有封存", "{n} files cannot be read: figures without them are not sealed")
LOOK: Final = Text("看原因  hazardctl validate", "see why  hazardctl validate")
NOT_BEGUN: Final = Text("{period} 截至 {day} 还没有开始", "{period} has not begun on {day}")
NOTHING: Final = Text("{period} 没有任何已知的数，没有可封存的", "nothing is known of {period}: there is nothing to seal")
ALREADY: Final = Text("{period} 已于 {day} 封存：{path}", "{period} was sealed on {day}: {path}")
RESTATE: Final = Text(
    "数字变了就追加更正  hazardctl seal {it} --restate --reason 理由", "restate what moved  hazardctl seal {it} --restate --reason WHY"
)
SCOPE: Final = Text("封存的范围写作 键:值，这里是“{it}”", 'the scope of a seal is key:value, not "{it}"')
NO_SEAL: Final = Text("没有封存过“{it}”", 'nothing is sealed as "{it}"')
THERE_ARE: Final = Text("已封存：{all}", "sealed are: {all}")
SEAL_IT: Final = Text("封存  hazardctl seal {it}", "seal it  hazardctl seal {it}")
SEAL: Final = Text("封存 {it}", "seal {it}")
RESTATED: Final = Text("更正 {it} 的公布数", "restate {it}")
NO_REASON: Final = Text("缺少 --reason", "missing: --reason")
ONLY_RESTATE: Final = Text("{option} 只能与 --restate 同用", "{option} goes with --restate only")
AS_SEALED: Final = Text("更正沿用封存时的 {option}，不能另写", "a restatement keeps the {option} of the seal")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, as typed.

    Attributes:
        words: period, filters, as-of day and basis of the question.
        date: the day of the seal or restatement; empty means today.
        by: who seals; empty means the actor of the context.
        reason: why figures moved, for a restatement.
        dry_run: show, write nothing.
        commit: commit what was written; None means as configured.
    """

    words: Words
    date: str = ""
    by: tuple[str, ...] = ()
    reason: str = ""
    dry_run: bool = False
    commit: bool | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was sealed or restated, or would be.

    Attributes:
        name: of the seal: its file without suffix.
        path: relative to the ledger root.
        figures: as they were sealed.
        as_of: day they are as of.
        preset: their basis.
        by: who sealed or restated.
        moved: for a restatement, the figures that moved.
        twice: measures left out because records and tallies both tell them.
        diff: unified diff, for a dry run.
        commit: that was made, or empty.
    """

    name: str
    path: str
    figures: Mapping[str, str]
    as_of: dt.date
    preset: str
    by: tuple[str, ...]
    moved: tuple[sealed.Moved, ...] = ()
    twice: tuple[str, ...] = ()
    diff: str = ""
    commit: str = ""


def seal(context: Context, wish: Wish) -> Done:
    """Freeze the figures of a period as they are published.

    Raises:
        UsageError: a word of the call is off, the period has not begun, or nothing is known of it.
        ForbiddenError: it is sealed already.
        UnreadableError: there is no ledger, or a file of it cannot be read: a seal of partial figures would be a lie.
        LockedError, SystemFailedError: as the store says.
    """
    refuse([ONLY_RESTATE.of(option="--reason")] if wish.reason.strip() else [])
    commit = status.described(context.root)  # before the lock, whose own file git may not know
    with nullcontext() if wish.dry_run else lock(context.root):
        ledger = load(context.root, keeper=keeper(context))
        asked = about_period(context, ledger, wish.words)
        scope = scope_of(ledger, wish.words.filters)
        path = seals.path_of(_name(asked), scope)
        _may(context, ledger, asked, path)
        by, day = _who(context, ledger, wish)
        book = Book(ledger)
        ids = sealed.measures()
        figures = sealed.figures(book, asked.question, ids)
        if not figures:
            raise UsageError(NOTHING.of(period=_name(asked)))
        question = asked.question
        head: dict[str, Value] = {
            "period": _name(asked),
            "as_of": question.as_of,
            "preset": question.preset,
            "cutoff": question.cutoff if question.cutoff != "period" else None,
            "counting": question.counting if question.counting != "records" else None,
            "scope": scope,
            "sealed_on": day,
            "by": by[0] if len(by) == 1 else list(by),
            "commit": commit or None,
            "definitions": digests(figures),
        }
        text = seals.text(head, {name: value_of(said) for name, said in figures.items()})
        change = Change(path, None, text.encode())
        twice = sealed.twice(book, question, ids)
        done = Done(stem(path), path, figures, question.as_of, question.preset, by, twice=tuple(twice))
        return _written(context, ledger, wish, change, done)


def restate(context: Context, wish: Wish) -> Done:
    """Add a line for each sealed figure that moved since it was sealed or last restated.

    Raises:
        UsageError: a word of the call is off, no reason is given, or the period is not sealed.
        UnreadableError: there is no ledger, a file of it cannot be read, or the seal takes no added line.
        ChangedError, LockedError, SystemFailedError: as the store says.
    """
    kept = {"--as-of": wish.words.as_of, "--basis": wish.words.basis}
    faults = [AS_SEALED.of(option=option) for option, said in kept.items() if said]
    reason = wish.reason.strip()
    refuse([*faults, *([] if reason else [NO_REASON])])
    with nullcontext() if wish.dry_run else lock(context.root):
        ledger = load(context.root, keeper=keeper(context))
        one = found(context, ledger, wish.words)
        _whole(ledger)
        by, day = _who(context, ledger, wish)
        moved = tuple(sealed.moved_in(ledger, Book(ledger), one))
        who: Value = by[0] if len(by) == 1 else list(by)
        lines: list[Mapping[str, Value]] = [
            {"date": day, "by": who, "measure": each.measure, "was": value_of(each.was), "now": value_of(each.now), "reason": reason}
            for each in moved
        ]
        done = Done(stem(one.path), one.path, one.seal.figures, one.seal.as_of, one.seal.preset, by, moved)
        if not moved:
            return done
        before = read_file(context.root / one.path, context.root)
        change = Change(one.path, before, seals.with_restatements(before, lines, one.path))
        return _written(context, ledger, wish, change, done)


def found(context: Context, ledger: Ledger, words: Words) -> Sealed:
    """Find a seal by the name of its file, or by its period and scope.

    Raises:
        UsageError: there is none.
    """
    by_name = {stem(one.path): one for one in ledger.seals}
    typed = words.period.strip()
    if typed in by_name and not words.filters:
        return by_name[typed]
    asked = about_period(context, ledger, words)
    name = stem(seals.path_of(_name(asked), scope_of(ledger, words.filters)))
    if name in by_name:
        return by_name[name]
    more = THERE_ARE.of(all=sorted(by_name)) if by_name else SEAL_IT.of(it=quoted(typed or name))
    raise UsageError(NO_SEAL.of(it=name), more)


def scope_of(ledger: Ledger, words: Sequence[str]) -> dict[str, str]:
    """Give the scope of filter words in its one spelling.

    Raises:
        UsageError: a word that is no plain key and value, or a key that stands twice.
    """
    clauses = filters.parse(words)
    found_ = spelled(ledger, "hazards.found", clauses)
    if found_ is None or len(dict(found_)) < len(clauses):
        raise UsageError(SCOPE.of(it=" ".join(words)))
    return {key: "+".join(values) for key, values in found_}


def value_of(said: str) -> Value:
    """Give a published figure as it is written: a number plain, anything else as text."""
    return Decimal(said) if said[:1].isdigit() else said


def stem(path: str) -> str:
    """Give the name of a seal: its file without folder and suffix."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def _name(asked: Asked) -> str:
    return asked.frame.period.name if asked.frame.period else ""


def _may(context: Context, ledger: Ledger, asked: Asked, path: str) -> None:
    """Refuse a second seal, a period that has not begun, and figures that leave files out."""
    for one in ledger.seals:
        if one.path == path:
            raise ForbiddenError(ALREADY.of(period=_name(asked), day=one.seal.sealed_on, path=path), RESTATE.of(it=quoted(stem(path))))
    if (context.root / path).exists():
        raise UnreadableError(Text("{path} 读不出来", "{path} cannot be read").of(path=path), LOOK)
    _whole(ledger)
    if not asked.question.begun:
        raise UsageError(NOT_BEGUN.of(period=_name(asked), day=asked.question.as_of))


def _whole(ledger: Ledger) -> None:
    if ledger.unread:
        raise UnreadableError(UNREAD.of(n=len(ledger.unread)), *map(unread_line, ledger.unread[:5]), LOOK)


def _who(context: Context, ledger: Ledger, wish: Wish) -> tuple[tuple[str, ...], dt.date]:
    faults: list[Text] = []
    by = people.named(ledger.config, wish.by, context.actor)
    if not by:
        faults += [WHO, SAY_WHO]
    sound([("--reason", wish.reason), *(("--by", one) for one in by)], faults)
    day = happened(ledger.config, "--date", wish.date, context.today, faults)
    refuse(faults)
    return by, day


def _written(context: Context, ledger: Ledger, wish: Wish, change: Change, done: Done) -> Done:
    if wish.dry_run:
        return replace(done, diff=diff(change))
    message = SEAL if change.before is None else RESTATED
    written = write(context, ledger.config, [change], message.of(it=done.name), act="seal", commit=wish.commit)
    return replace(done, commit=written.commit)
