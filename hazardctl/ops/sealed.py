"""The figures of a sealed period, asked again: what was published, what the ledger says today, what moved (DOMAIN §2.1, E7)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.ledger import Ledger, Sealed
from hazardctl.measures import CATALOGUE, REGISTRY, Answer, Book, Known, Question
from hazardctl.measures.digest import digests
from hazardctl.measures.question import Preset
from hazardctl.model.seal import ABSENT, Seal
from hazardctl.ops.question import reading
from hazardctl.period import Period, read
from hazardctl.sheet import Rate

COHORT: Final = ("found", "rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other", "withdrawn", "transferred", "rate")
STOCK: Final = ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing", "rate", "overdue")
DUE: Final = ("total", "met", "late", "unconfirmed", "on_time")
GRADES: Final = ("found", "rectified", "rate")
HEADLINE: Final = (
    *(f"hazards.{part}" for part in COHORT),
    *(f"hazards.{grade}.{part}" for grade in ("general", "major") for part in GRADES),
    *(f"hazards.{grade}.{part}[basis=official]" for grade in ("general", "major") for part in GRADES),
    *(f"stock.{part}" for part in STOCK),
    *(f"due.{part}" for part in DUE),
    "closure.rate",
    "on_spot.rate",
    "first_pass",
    "reopen.rate",
    "repeat.rate",
    "extension.rate",
    "hazards.funds_spent",
    "plan.planned[basis=official]",
    "plan.funds_planned",
)
"""What every report of a period prints of hazards: the cohort, the grades under both bases, the stock, the due set, the rates."""

OF_THE_REGISTER: Final = ("registry.", "coverage")
"""Not sealed: they tell of the register as it stands, where a unit without a day of registration has always been."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A sealed figure that is another one now.

    Attributes:
        sealed: the seal.
        measure: id, with its scope.
        was: what stands: as sealed, or as last restated.
        now: as the ledger answers; `∅` where nothing tells it any more.
        redefined: the program counts the family of the measure otherwise than the one that sealed it.
    """

    sealed: Sealed
    measure: str
    was: str
    now: str
    redefined: bool


def measures() -> tuple[str, ...]:
    """Name what is sealed where it is known: the headline of hazards, and all other families."""
    others = (name for name in CATALOGUE if name not in REGISTRY and not name.startswith(OF_THE_REGISTER))
    return (*HEADLINE, *others)


def published(answer: Answer) -> str | None:
    """Give a figure as a seal says it; None for what cannot be published: missing, counted twice, approximate rates, spreads.

    Examples:
        >>> published(Rate(1299, 1317)), published(Rate(0, 0)), published(Known(told=200, mark="over"))
        ('98.63', '/', 'over 200')
    """
    match answer:
        case Rate():
            return "/" if answer.value is None else f"{answer.value}"
        case Known(missing=False, twice=False):
            return f"{answer.mark} {plain(answer.value)}".strip()
        case _:
            return None


def plain(value: Decimal | int | None) -> str:
    """Write a number without an exponent or places that say nothing."""
    number = Decimal(value or 0)
    return str(int(number)) if number == int(number) else f"{number.normalize():f}"


def figures(book: Book, question: Question, ids: Sequence[str]) -> dict[str, str]:
    """Answer measures as a seal says them; those a scope cannot be asked by, and those that cannot be published, are left out."""
    asked = [one for one in ids if book.askable(question, one)]
    answers = book.known(question, asked)
    return {name: said for name in asked if (said := published(answers[name])) is not None}


def twice(book: Book, question: Question, ids: Sequence[str]) -> list[str]:
    """Name the measures that records and tallies both tell (HZ508), or rival tallies (HZ509)."""
    answers = book.known(question, [one for one in ids if book.askable(question, one)])
    return [name for name, one in answers.items() if isinstance(one, Known) and one.twice]


def period_of(ledger: Ledger, seal: Seal) -> Period:
    """Give the period of a seal.

    Raises:
        UsageError: it names a campaign or key period the ledger no longer has.
    """
    return read(seal.period, reading(ledger, seal.as_of, seal.as_of))


def question_of(ledger: Ledger, seal: Seal) -> Question:
    """Give the question a seal answered.

    Raises:
        UsageError: as `period_of`.
    """
    period = period_of(ledger, seal)
    own = [Clause(period.filter[0], (period.filter[1],))] if period.filter else []
    return Question(
        period.start,
        period.end,
        seal.as_of,
        cast("Preset", seal.preset),
        "asof" if seal.cutoff == "asof" else "period",
        "places" if seal.counting == "places" else "records",
        (*clauses(seal.scope), *own),
        ranges=period.ranges if len(period.ranges) > 1 else None,
    )


def clauses(scope: Mapping[str, str]) -> tuple[Clause, ...]:
    """Give the conditions of a scope as a file says it."""
    return tuple(Clause(key, tuple(value.split("+"))) for key, value in scope.items())


def moved(ledger: Ledger, book: Book) -> Iterator[Moved]:
    """Give every sealed figure that moved and that no restatement explains."""
    for one in ledger.seals:
        yield from moved_in(ledger, book, one)


def moved_in(ledger: Ledger, book: Book, one: Sealed) -> Iterator[Moved]:
    """Give the figures of one seal that moved; all of them where its question cannot be asked any more."""
    seal = one.seal
    known = [name for name in seal.figures if _known(name)]
    try:
        now = figures(book, question_of(ledger, seal), known)
        today = digests(known)
    except UsageError:
        now, today = {}, {}
    for name in seal.figures:
        was, is_ = seal.standing(name), now.get(name, ABSENT)
        if not same(was, is_):
            family = name.partition(".")[0].partition("[")[0]
            yield Moved(one, name, was, is_, seal.definitions.get(family, today.get(family)) != today.get(family))


def same(was: str, now: str) -> bool:
    """Say whether two published figures are one, however many places they are written with."""
    left, right = was.rpartition(" "), now.rpartition(" ")
    return left[0] == right[0] and (left[2] == right[2] or _decimal(left[2]) == _decimal(right[2]) != None)  # noqa: E711


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text[:1].isdigit() else None


def _known(name: str) -> bool:
    return name.partition("[")[0] in CATALOGUE


def behind(before: Ledger, after: Ledger, one: Sealed, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Name, for each measure, the records that entered or left it between two states of the ledger."""
    return {name: tuple(sorted(entered | left)) for name, (entered, left) in differing(before, after, one.seal, names).items()}


def differing(before: Ledger, after: Ledger, seal: Seal, names: Sequence[str]) -> Mapping[str, tuple[set[str], set[str]]]:
    """Give, for each measure of a seal, the ids that entered and that left."""
    old, new = (functools.partial(_members, Book(state), question_of(state, seal)) for state in (before, after))
    return {name: changed(old(name), new(name)) for name in names if _known(name)}


Members = Mapping[str, set[tuple[str, int]]]
"""Side of a figure → who stands behind it, with what it adds."""


def _members(book: Book, question: Question, name: str) -> Members:
    return {side: {(one.id, one.value) for one in found} for side, found in book.members(question, name).items()}


def changed(old: Members, new: Members) -> tuple[set[str], set[str]]:
    """Give who entered and who left any side of a figure; one whose value changed did both."""
    entered = {who for side, found in new.items() for who, _ in found - old.get(side, set())}
    left = {who for side, found in old.items() for who, _ in found - new.get(side, set())}
    return entered, left


Before = Callable[[str], Ledger | None]
"""Gives the ledger as a commit has it; None where git cannot tell."""
