"""What is known of several ledgers together: each is asked by itself, and numerators and denominators are added (DOMAIN §4.3, M-02).

A tally, a declaration or a duty of one ledger says nothing of another. What some ledgers do not tell is not nil there: the figure is
then at least that of the others, and no rate is made of it. Of things that are counted once (units, teams) each ledger has its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeVar

from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.measures.definition import Sum, parts_of
from hazardctl.measures.duties import Aim, Ask, Duties, Instalment
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Answer, Known, Mark, Part, Range
from hazardctl.measures.known import Answers, Named, Totals
from hazardctl.measures.placing import Spelled
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.sums import Contribution, Sums
from hazardctl.measures.told import Saying, Told
from hazardctl.sheet import Rate

T = TypeVar("T")
OF_THE_TREE: Final = "region"
"""The kind of what is counted of the regions, which all ledgers of a pool share: it is asked once."""


class Together(Answers):
    """The answers of a pool, made of those of its shares."""

    def __init__(self, ledger: Ledger, engine: Engine, totals: Totals, shares: Mapping[str, Answers]) -> None:
        """Take the pool, its relations, how measures of hazards are asked, and the answers of each share by its key."""
        super().__init__(ledger, engine, totals)
        self._shares = shares
        self.told = _Told(ledger, [one.told for one in shares.values()])
        self.duties = _Duties(ledger, self.sums, self._one, [one.duties for one in shares.values()])

    def parts(self, question: Question, names: Sequence[str]) -> dict[str, Known]:
        """Answer the counts and sums that measures are made of, each as the sum over the shares.

        Raises:
            UsageError: a clause names nothing in any of them.
        """
        wanted = tuple(dict.fromkeys(part for name in names for part in parts_of(CATALOGUE[name])))
        common = [name for name in wanted if _of_the_tree(name)]
        own = [name for name in wanted if name not in common]
        self.sums.understood(question, [one for name in own if isinstance(one := CATALOGUE[name], Sum)])
        said = {key: one.parts(question, own) for key, one in self._shares.items()}
        known = {name: added({key: parts[name] for key, parts in said.items()}, self._begun(question, name)) for name in own}
        return {**known, **(super().parts(question, common) if common else {})}

    def run(
        self, questions: Sequence[Question], ids: Iterable[str], said: Sequence[Sequence[Mapping[str, Answer]]]
    ) -> list[dict[str, Answer]]:
        """Answer measures for each of several questions by what each share answers of their counts and sums."""
        wanted = tuple(dict.fromkeys(ids))
        names = dict.fromkeys(part for name in wanted for part in parts_of(CATALOGUE[name]))
        found: list[dict[str, Answer]] = []
        for number, question in enumerate(questions):
            own = {key: one[number] for key, one in zip(self._shares, said, strict=True)}
            known = {key: {name: one for name, one in figures.items() if isinstance(one, Known)} for key, figures in own.items()}
            parts = {name: added({key: one[name] for key, one in known.items()}, self._begun(question, name)) for name in names}
            found.append(self.of_parts(question, wanted, parts))
        return found

    def _begun(self, question: Question, name: str) -> frozenset[str]:
        """Name the shares in which hazards are kept one by one: where none is in the scope, there is none."""
        if name not in REGISTRY:
            return frozenset()
        return frozenset(key for key, one in self._shares.items() if one.begun(question.c))

    def named(self, question: Question, name: str) -> list[Named]:
        """Name what is behind a count or a sum beside hazards, in every share."""
        return [found for one in self._shares.values() for found in one.named(question, name)]

    def _computed(self, question: Question, name: str) -> Answer:
        """Add up what the shares answer: rates by their two sides, plans by their ends."""
        said = {key: one.known(question, [name])[name] for key, one in self._shares.items()}
        rates = [one for one in said.values() if isinstance(one, Rate)]
        known = {key: one for key, one in said.items() if isinstance(one, Known)}
        ranges = [one for one in said.values() if isinstance(one, Range)]
        if rates and all(isinstance(one, Rate) or (isinstance(one, Known) and one.missing and not one.blank) for one in said.values()):
            places = self._ledger.config.measures.places
            return Rate(sum(one.numerator for one in rates), sum(one.denominator for one in rates), places)
        if ranges:
            exact = [Range(one.told, one.told) if one.items is None else Range(Decimal(one.items), Decimal(one.items))
                     for one in known.values() if one.exact]  # fmt: skip
            return Range(*(_end([getattr(one, end) for one in (*ranges, *exact)]) for end in ("least", "most")), ranges[0].unit)
        return added(known) if len(known) == len(said) else None


class _Told(Told):
    """What is told in some share; of the pool itself nothing is."""

    def __init__(self, ledger: Ledger, shares: Sequence[Told]) -> None:
        super().__init__(ledger)
        self._shares = shares

    def of(self, question: Question, measure: str, *, declared: bool = False) -> tuple[Saying, ...]:  # noqa: ARG002
        """Give nothing: no tally is about a pool."""
        return ()

    def keys(self, name: str) -> frozenset[str]:
        """Give every value that some tally or declaration names under a key."""
        return frozenset[str]().union(*(one.keys(name) for one in self._shares))

    def within(self, question: Question) -> tuple[tuple[str, Spelled], ...]:
        """Give each figure told of exactly the days of a question."""
        return tuple(sorted({found for one in self._shares for found in one.within(question)}))

    def tellers(self, question: Question, name: str) -> frozenset[str]:
        """Give every value under a key of the scope of what is told of days that touch those of a question."""
        return frozenset[str]().union(*(one.tellers(question, name) for one in self._shares))


class _Duties(Duties):
    """The targets and obligations of all shares: each is met by the records of its own ledger."""

    def __init__(self, ledger: Ledger, sums: Sums, ask: Ask, shares: Sequence[Duties]) -> None:
        super().__init__(ledger, sums, ask)
        self._shares = shares

    def aims(self, question: Question) -> tuple[Aim, ...]:
        """Give the targets of all shares, each with what came of it there."""
        return self._each(lambda one: one.aims(question))

    def laid_down(self, question: Question, name: str) -> tuple[Contribution, ...]:
        """Name the targets behind a plan or an attainment."""
        return self._each(lambda one: one.laid_down(question, name))

    def instalments(self, question: Question, *, filings: bool = False) -> tuple[Instalment, ...]:
        """Give the parts of the obligations of all shares."""
        return self._each(lambda one: one.instalments(question, filings=filings))

    def behind(self, question: Question, name: str) -> dict[Part, tuple[Contribution, ...]]:
        """Name the records behind a rate or a number of duties."""
        found: dict[Part, tuple[Contribution, ...]] = {}
        for one in self._shares:
            for side, records in one.behind(question, name).items():
                found[side] = (*found.get(side, ()), *records)
        return found

    def _each(self, asked: Callable[[Duties], Sequence[T]]) -> tuple[T, ...]:
        return tuple(found for one in self._shares for found in asked(one))


def added(said: Mapping[str, Known], begun: frozenset[str] = frozenset()) -> Known:
    """Add up what several ledgers tell of one figure.

    Args:
        said: by the key of the ledger.
        begun: ledgers in which nothing told of it means that there is none, once another tells it.
    """
    first = next(iter(said.values()))
    heard = {key: one for key, one in said.items() if not one.missing}
    if not heard:
        return replace(first, blank=any(one.blank for one in said.values()), inherited=all(one.inherited for one in said.values()))
    silent = tuple(key for key, one in said.items() if one.silent or (one.missing and (one.blank or key not in begun)))
    twice = any(one.twice for one in heard.values())
    items = [one.items for one in heard.values() if one.items is not None]
    tallies = [one.told for one in heard.values() if one.told is not None]
    by_items, by_tallies = (sum(numbers[1:], numbers[0]) if numbers else None for numbers in (items, tallies))
    whole = Known(
        items=by_items,
        told=by_tallies,
        mark=_mark([one.mark for one in heard.values()]),
        state="zero" if all(one.state == "zero" for one in heard.values()) else "known",
        unit=first.unit,
        unsaid=sum(one.unsaid for one in heard.values()),
        rival=any(one.rival for one in heard.values()),
        silent=silent,
    )
    if twice or by_items is None or by_tallies is None:
        return whole
    return replace(whole, items=by_items + by_tallies, told=None, tallied=by_tallies or None)


def _mark(marks: Sequence[Mark]) -> Mark:
    """Join marks: exact figures add nothing to one, two of a kind keep it, different ones leave the sum about right."""
    found = {one for one in marks if one}
    return found.pop() if len(found) == 1 else "about" if found else ""


def _end(ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in ends if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(ends) else None


def _of_the_tree(name: str) -> bool:
    one = CATALOGUE[name]
    return isinstance(one, Sum) and SOURCES[one.view].kind == OF_THE_TREE
