"""The figures of a sealed period, asked again: what was published, what the ledger says today, what moved (DOMAIN §2.1, E7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.language import plain as plainly
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, REGISTRY, Answer, Book, Known, Question
from hazardctl.measures.definition import Computed, parts_of
from hazardctl.measures.digest import digests
from hazardctl.measures.placing import clauses_of
from hazardctl.measures.question import Preset
from hazardctl.model.seal import ABSENT, Seal, Sealed
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


def label(name: str) -> Text:
    """Give the name of a measure, with the basis or scope in its brackets; the id where there is no such measure."""
    head, scope = _head(name), _bracket(name).strip("[]").replace("basis=", "")
    words = CATALOGUE[head].label if head in CATALOGUE else plainly(head)
    return Text("{name}（{scope}）", "{name} ({scope})").of(name=words, scope=scope) if scope else words


def figures(book: Book, question: Question, ids: Sequence[str]) -> dict[str, str]:
    """Answer measures as a seal says them; those a scope cannot be asked by, and those that cannot be published, are left out."""
    answers = asked(book, question, ids)
    return {name: said for name in ids if name in answers and (said := published(answers[name])) is not None}


def twice(book: Book, question: Question, ids: Sequence[str]) -> list[str]:
    """Name the measures that records and tallies both tell (HZ508), or rival tallies (HZ509)."""
    return [name for name, one in asked(book, question, ids).items() if _twice(one)]


def asked(book: Book, question: Question, ids: Sequence[str]) -> dict[str, Answer]:
    """Answer measures without what is made of figures that are counted twice: the book refuses those as a whole (E22)."""
    names = [one for one in ids if book.askable(question, one)]
    parts = {name: [part + _bracket(name) for part in parts_of(CATALOGUE[_head(name)])] for name in names}
    counted = book.known(question, [part for name in names for part in parts[name]])
    fine = [name for name in names if not any(_twice(counted[part]) for part in parts[name] if part != name)]
    rest = [name for name in fine if name not in counted]
    plans = [name for name in rest if isinstance(CATALOGUE[_head(name)], Computed)]
    found = {**counted, **book.known(question, [name for name in rest if name not in plans])}
    for name in plans:
        with suppress(UsageError):  # a plan of what is counted twice
            found |= book.known(question, [name])
    return {name: found[name] for name in fine if name in found}


def _twice(answer: Answer) -> bool:
    return isinstance(answer, Known) and answer.twice


def _head(name: str) -> str:
    return name.partition("[")[0]


def _bracket(name: str) -> str:
    return name.removeprefix(_head(name))


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
        (*clauses_of(seal.scope), *own),
        ranges=period.ranges if len(period.ranges) > 1 else None,
    )


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
    return _head(name) in CATALOGUE


Sides = Mapping[str, Sequence[str]]
"""Side of a figure → ids of records."""


def differing(before: Book, after: Book, question: Question, name: str) -> tuple[Sides, Sides]:
    """Give the records that came to a figure and those that went, by its sides; one whose value changed did both."""
    old, new = (_members(book, question, name) for book in (before, after))
    return _without(new, old), _without(old, new)


def behind(before: Ledger, after: Ledger, one: Sealed, names: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Name, for each measure of a seal, the records that came or went between two states of the ledger."""
    books, question = (Book(before), Book(after)), question_of(after, one.seal)
    found: dict[str, tuple[str, ...]] = {}
    for name in filter(_known, names):
        sides = differing(*books, question, name)
        found[name] = tuple(sorted({who for side in sides for ids in side.values() for who in ids}))
    return found


def _members(book: Book, question: Question, name: str) -> Mapping[str, set[tuple[str, int]]]:
    return {side: {(one.id, one.value) for one in found} for side, found in book.members(question, name).items()}


def _without(one: Mapping[str, set[tuple[str, int]]], other: Mapping[str, set[tuple[str, int]]]) -> Sides:
    return {side: sorted({who for who, _ in found - other.get(side, set())}) for side, found in one.items()}
