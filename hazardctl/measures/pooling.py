"""What is known of several ledgers together: each is asked by itself, and numerators and denominators are added (DOMAIN §4.3, M-02).

A tally, a declaration or a duty of one ledger says nothing of another. What some ledgers do not tell is not nil there: the figure is
then at least that of the others, and no rate is made of it. Of things that are counted once (units, teams) each ledger has its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeAlias, TypeVar

from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.measures.definition import Sum, parts_of
from hazardctl.measures.duties import Aim, Ask, Duties, Instalment
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Answer, Known, Mark, Part, Range
from hazardctl.measures.known import Answers, Named, Totals, noun
from hazardctl.measures.placing import Spelled
from hazardctl.measures.question import Question
from hazardctl.measures.recordscope import meant
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.sums import Contribution, Sums
from hazardctl.measures.told import Saying, Told
from hazardctl.sheet import Rate

T = TypeVar("T")
Chosen: TypeAlias = Callable[[Question], tuple[Question, Mapping[str, Answers]]]
"""Gives the shares that a question is about, and the question as it is asked of each."""
Answered: TypeAlias = Sequence[Mapping[str, Answer]]
LEDGER: Final = "ledger"
_ANY: Final = Question(dt.date.min, dt.date.min, dt.date.min)
OF_THE_TREE: Final = "region"
"""The kind of what is counted of the regions, which all ledgers of a pool share: it is asked once."""


class Together(Answers):
    """The answers of a pool, made of those of its shares."""

    def __init__(self, ledger: Ledger, engine: Engine, totals: Totals, shares: Mapping[str, Answers]) -> None:
        """Take the pool, its relations, how measures of hazards are asked, and the answers of each share by its key."""
        super().__init__(ledger, engine, totals)
        self._shares = shares
        self.told = _Told(ledger, self.chosen)
        self.duties = _Duties(ledger, self.sums, self._one, self.chosen)

    def chosen(self, question: Question) -> tuple[Question, Mapping[str, Answers]]:
        """Give the shares that a question is about, and the question as it is asked of each: no record says its ledger by itself."""
        keys, rest = set(self._shares), list[Clause]()
        for clause in question.clauses:
            if clause.key == LEDGER and clause.kind == "word":
                named = {one for value in clause.values for one in meant(self._ledger, "tally", LEDGER, value)}
                keys = keys - named if clause.negated else keys & named
            else:
                rest.append(clause)
        return replace(question, clauses=tuple(rest)), {key: one for key, one in self._shares.items() if key in keys}

    def known(self, question: Question, ids: Iterable[str]) -> dict[str, Answer]:
        """Answer measures as `Book.known` does; a pool of one ledger says what that one says, rates that a source states too."""
        asked, shares = self.chosen(question)
        if len(self._shares) == len(shares) == 1:
            (one,) = shares.values()
            return one.known(asked, ids)
        return super().known(question, ids)

    def kept(self, question: Question) -> bool:
        """Say whether hazards are kept one by one in every ledger that a question is about."""
        asked, shares = self.chosen(question)
        return bool(shares) and all(one.kept(asked) for one in shares.values())

    def parts(self, question: Question, names: Sequence[str]) -> dict[str, Known]:
        """Answer the counts and sums that measures are made of, each as the sum over the shares.

        Raises:
            UsageError: a clause names nothing in any of them.
        """
        wanted = tuple(dict.fromkeys(part for name in names for part in parts_of(CATALOGUE[name])))
        common = [name for name in wanted if _of_the_tree(name)]
        own = [name for name in wanted if name not in common]
        asked, shares = self.chosen(question)
        self.sums.understood(asked, [one for name in own if isinstance(one := CATALOGUE[name], Sum)])
        said = {key: one.parts(asked, own) for key, one in shares.items()}
        known = {name: _added(name, {key: parts[name] for key, parts in said.items()}, self._begun(asked, name)) for name in own}
        return {**known, **(super().parts(question, common) if common else {})}

    def run(
        self, questions: Sequence[Question], ids: Iterable[str], series: Callable[[str, Sequence[Question], Sequence[str]], Answered]
    ) -> list[dict[str, Answer]]:
        """Answer measures for each of several questions by what each share answers of their counts and sums.

        Args:
            questions: as `Book.series` takes them.
            ids: likewise.
            series: asks them of a share.
        """
        wanted = tuple(dict.fromkeys(ids))
        names = dict.fromkeys(part for name in wanted for part in parts_of(CATALOGUE[name]))
        found: list[dict[str, Answer]] = []
        chosen = [self.chosen(question) for question in questions]
        said = {key: series(key, [asked for asked, _ in chosen], tuple(names)) for key in (chosen[0][1] if chosen else ())}
        for number, question in enumerate(questions):
            own = {key: one[number] for key, one in said.items()}
            known = {key: {name: one for name, one in figures.items() if isinstance(one, Known)} for key, figures in own.items()}
            parts = {name: _added(name, {key: one[name] for key, one in known.items()}, self._begun(question, name)) for name in names}
            found.append(self.of_parts(question, wanted, parts))
        return found

    def _begun(self, question: Question, name: str) -> frozenset[str]:
        """Name the shares in which hazards are kept one by one: where none is in the scope, there is none."""
        if name not in REGISTRY:
            return frozenset()
        return frozenset(key for key, one in self._shares.items() if one.kept(question))

    def named(self, question: Question, name: str) -> list[Named]:
        """Name what is behind a count or a sum beside hazards, in every share."""
        asked, shares = self.chosen(question)
        return [found for one in shares.values() for found in one.named(asked, name)]

    def _computed(self, question: Question, name: str) -> Answer:
        """Add up what the shares answer: rates by their two sides, plans by their ends."""
        asked, shares = self.chosen(question)
        said = {key: one.known(asked, [name])[name] for key, one in shares.items()}
        rates = [one for one in said.values() if isinstance(one, Rate)]
        known = {key: one for key, one in said.items() if isinstance(one, Known)}
        ranges = [one for one in said.values() if isinstance(one, Range)]
        if rates and all(isinstance(one, Rate) or (isinstance(one, Known) and one.missing and not one.blank) for one in said.values()):
            places = self._ledger.config.measures.places
            return Rate(sum(one.numerator for one in rates), sum(one.denominator for one in rates), places)
        if ranges:
            exact = [Range(number, number) for one in known.values() if one.exact and (number := _decimal(one)) is not None]
            least, most = (_end([getattr(one, end) for one in (*ranges, *exact)]) for end in ("least", "most"))
            return Range(least, most, ranges[0].unit)
        return _added(name, known) if len(known) == len(said) else None


class _Told(Told):
    """What is told in some share; of the pool itself nothing is."""

    def __init__(self, ledger: Ledger, chosen: Chosen) -> None:
        super().__init__(ledger)
        self._chosen = chosen

    def of(self, question: Question, measure: str, *, declared: bool = False) -> tuple[Saying, ...]:  # noqa: ARG002
        """Give nothing: no tally is about a pool."""
        return ()

    def keys(self, name: str) -> frozenset[str]:
        """Give every value that some tally or declaration names under a key."""
        return frozenset[str]().union(*(one.told.keys(name) for one in self._chosen(_ANY)[1].values()))

    def within(self, question: Question) -> tuple[tuple[str, Spelled], ...]:
        """Give each figure told of exactly the days of a question."""
        asked, shares = self._chosen(question)
        return tuple(sorted({found for one in shares.values() for found in one.told.within(asked)}))

    def tellers(self, question: Question, name: str) -> frozenset[str]:
        """Give every value under a key of the scope of what is told of days that touch those of a question."""
        asked, shares = self._chosen(question)
        return frozenset[str]().union(*(one.told.tellers(asked, name) for one in shares.values()))


class _Duties(Duties):
    """The targets and obligations of all shares: each is met by the records of its own ledger."""

    def __init__(self, ledger: Ledger, sums: Sums, ask: Ask, chosen: Chosen) -> None:
        super().__init__(ledger, sums, ask)
        self._chosen = chosen

    def aims(self, question: Question) -> tuple[Aim, ...]:
        """Give the targets of all shares, each with what came of it there."""
        return self._each(question, lambda one, asked: one.aims(asked))

    def laid_down(self, question: Question, name: str) -> tuple[Contribution, ...]:
        """Name the targets behind a plan or an attainment."""
        return self._each(question, lambda one, asked: one.laid_down(asked, name))

    def instalments(self, question: Question, *, filings: bool = False) -> tuple[Instalment, ...]:
        """Give the parts of the obligations of all shares."""
        return self._each(question, lambda one, asked: one.instalments(asked, filings=filings))

    def behind(self, question: Question, name: str) -> dict[Part, tuple[Contribution, ...]]:
        """Name the records behind a rate or a number of duties."""
        found: dict[Part, tuple[Contribution, ...]] = {}
        asked, shares = self._chosen(question)
        for one in shares.values():
            for side, records in one.duties.behind(asked, name).items():
                found[side] = (*found.get(side, ()), *records)
        return found

    def _each(self, question: Question, ask: Callable[[Duties, Question], Sequence[T]]) -> tuple[T, ...]:
        asked, shares = self._chosen(question)
        return tuple(found for one in shares.values() for found in ask(one.duties, asked))


def _added(name: str, said: Mapping[str, Known], begun: frozenset[str] = frozenset()) -> Known:
    return added(said, begun) if said else Known(state="missing", unit=noun(CATALOGUE[name]).zh)


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
    found: set[Mark] = {one for one in marks if one}
    if not found:
        return ""
    return found.pop() if len(found) == 1 else "about"


def _decimal(one: Known) -> Decimal | None:
    return None if one.twice or one.value is None else Decimal(one.value)


def _end(ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [one for one in ends if one is not None]
    return sum(known, Decimal(0)) if len(known) == len(ends) else None


def _of_the_tree(name: str) -> bool:
    one = CATALOGUE[name]
    return isinstance(one, Sum) and SOURCES[one.view].kind == OF_THE_TREE
