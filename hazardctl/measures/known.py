"""What is known: records, tallies and declarations joined into one answer (DOMAIN §4.6 "Known, zero, missing").

Records and tallies are never added: a figure that both tell says so (`Known.twice`), and its value is refused. What nothing
tells is missing. A rate is made of exact parts only; a rate as printed in a source is kept apart from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, Protocol, TypeAlias

from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures.answer import MOVED, RECORDED, Figures
from hazardctl.measures.catalogue import CATALOGUE, OTHERS, scoped
from hazardctl.measures.definition import AnyMeasure, Computed, Count, Rate, Spread, Sum, parts_of, terms
from hazardctl.measures.duties import Duties
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Answer, Known, Part
from hazardctl.measures.figure import Spread as SpreadFigure
from hazardctl.measures.placing import narrowed
from hazardctl.measures.question import Question
from hazardctl.measures.recordscope import has
from hazardctl.measures.roots import roots
from hazardctl.measures.sums import SCALE, Contribution, Sums, askable
from hazardctl.measures.told import Saying, Told
from hazardctl.sheet import Rate as RateFigure

BUCKETS: Final = ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other")
"""What hazards found are divided into: they add up to the found (identity I1)."""

COHORT: Final = ("hazards.", "steps.", "on_spot", "plan.", "depth.")

Named: TypeAlias = tuple[str, Contribution]
"""A measure, and what a record adds to it."""


class Totals(Protocol):
    """How the measures of hazards are asked of the spans."""

    def __call__(self, question: Question, measures: Iterable[str]) -> Figures:
        """Answer measures in all, without lines."""
        ...


class Answers:
    """The answers of one ledger."""

    def __init__(self, ledger: Ledger, engine: Engine, totals: Totals) -> None:
        """Take the ledger, its relations and how measures of hazards are asked."""
        self._ledger = ledger
        self._totals = totals
        self.sums = Sums(ledger, engine)
        self.told = Told(ledger)
        self.duties = Duties(ledger, self.sums, self._one)

    def known(self, question: Question, ids: Iterable[str]) -> dict[str, Answer]:
        """Answer measures, each by its id with or without a scope in brackets; the keys are the ids as they were asked."""
        groups: dict[Question, dict[str, str]] = {}
        asked_ids = tuple(dict.fromkeys(ids))
        for text in asked_ids:
            asked, name = self.narrowed(question, text)
            groups.setdefault(asked, {})[text] = name
        found: dict[str, Answer] = {}
        for asked, names in groups.items():
            answers = self._answered(asked, tuple(dict.fromkeys(names.values())))
            found |= {text: answers[name] for text, name in names.items()}
        return {text: found[text] for text in asked_ids}

    def narrowed(self, question: Question, text: str) -> tuple[Question, str]:
        """Give the question that a scoped id asks, and the id without its scope.

        Raises:
            UsageError: there is no such measure, or its scope means nothing.
        """
        name, clauses = scoped(text)
        return narrowed(self._ledger, question, clauses), name

    def askable(self, clauses: Sequence[Clause], name: str) -> bool:
        """Say whether what a measure counts has every field that clauses ask."""
        one = CATALOGUE[name]
        sums = [part for part in map(CATALOGUE.__getitem__, parts_of(one)) if isinstance(part, Sum)]
        if isinstance(one, Computed):
            return all(clause.kind == "word" and has("target", clause.key) for clause in clauses)
        return all(askable(part, clauses) for part in sums)

    def behind(self, question: Question, name: str) -> dict[Part, tuple[Named, ...]]:
        """Name what is behind a figure beside hazards: other records, tallies, declarations; a rate by its two sides."""
        match CATALOGUE[name]:
            case Rate(of=of, over=over):
                sides: dict[Part, str] = {"numerator": of, "denominator": over}
                return {side: tuple(one for _, part in terms(text) for one in self.named(question, part)) for side, text in sides.items()}
            case Computed() if name.startswith(("obligations.", "filings.")):
                return {side: tuple((name, one) for one in found) for side, found in self.duties.behind(question, name).items()}
            case Computed():
                return {"members": tuple((name, one) for one in self.duties.laid_down(question, name))}
            case _:
                return {"members": tuple(self.named(question, name))}

    def kept(self, question: Question) -> bool:
        """Say whether hazards are kept one by one, so that there is none where none is told."""
        return self._ledger.first_found is not None and self._ledger.first_found <= question.c

    def named(self, question: Question, name: str) -> Iterable[Named]:
        """Name what is behind a count or a sum beside hazards."""
        one = CATALOGUE[name]
        if isinstance(one, Sum):
            yield from ((name, found) for found in self.sums.behind(question, one))
        scale = SCALE[one.unit] if isinstance(one, Sum) else 1
        sayings = self._told(question, name) or self.told.of(question, name, declared=True)
        for saying in sayings:
            yield name, Contribution(saying.record, int((saying.value or 0) * scale), saying.day)

    def _one(self, question: Question, name: str) -> Answer:
        return self._answered(question, (name,))[name]

    def _answered(self, question: Question, names: Sequence[str]) -> dict[str, Answer]:
        return self.of_parts(question, names, self.parts(question, names))

    def parts(self, question: Question, names: Sequence[str]) -> dict[str, Known]:
        """Answer the counts and sums that measures are made of."""
        return self.joined(question, self._items(question, dict.fromkeys(part for name in names for part in parts_of(CATALOGUE[name]))))

    def joined(self, question: Question, items: Mapping[str, Known]) -> dict[str, Known]:
        """Join what records say of counts and sums with what is told."""
        return {name: self._joined(question, name, found) for name, found in items.items()}

    def of_parts(self, question: Question, names: Sequence[str], parts: Mapping[str, Known]) -> dict[str, Answer]:
        """Answer measures by the counts and sums they are made of."""
        return {name: self._answer(question, name, parts) for name in names}

    def _answer(self, question: Question, name: str, parts: Mapping[str, Known]) -> Answer:
        match CATALOGUE[name]:
            case Rate(of=of, over=over):
                return self._rate(question, name, of, over, parts)
            case Spread():
                figure = self._totals(question, [name])[name]
                return figure if isinstance(figure, SpreadFigure) else None
            case Computed():
                return self._computed(question, name)
            case _:
                return parts[name]

    def _items(self, question: Question, names: Iterable[str]) -> dict[str, Known]:
        """Answer sums and counts by what records say."""
        wanted = list(names)
        sums = [one for name in wanted if isinstance(one := CATALOGUE[name], Sum)]
        counts = [one for name in wanted if isinstance(one := CATALOGUE[name], Count)]
        return {**self.sums.answered(question, sums), **self._counted(question, counts)}

    def _counted(self, question: Question, counts: Sequence[Count]) -> dict[str, Known]:
        if not counts:
            return {}
        figures = self._totals(question, dict.fromkeys((RECORDED, *(one.id for one in counts))))
        kept = bool(figures[RECORDED]) or any(self._totals(question, MOVED).values())
        return {one.id: of_items(one, figures[one.id]) if kept else Known(state="missing", unit=noun(one).zh) for one in counts}

    # ------------------------------------------------------------------------------------------------------- items and tallies

    def _joined(self, question: Question, name: str, items: Known) -> Known:
        if sayings := [one for one in self._told(question, name) if not one.stated]:
            return _told(items, sayings)
        if self._blank(question, name):
            return replace(items, state="missing", blank=True, inherited=True)
        if not items.missing:
            return items
        if self._nil(question, name):
            return Known(told=0, state="zero", unit=items.unit)
        return self._derived(question, name) or items

    def _told(self, question: Question, name: str) -> tuple[Saying, ...]:
        if name not in OTHERS and (question.exclude_on_spot or question.counting == "places"):
            return ()
        return self.told.of(question, name)

    def _blank(self, question: Question, name: str) -> bool:
        """Say whether a source leaves the found blank: what derives from it is unknown then, whatever items there are."""
        if not name.startswith(COHORT) or name == "hazards.found":
            return False
        return any(one.value is None for one in self._told(question, "hazards.found") if not one.stated)

    def _nil(self, question: Question, name: str) -> bool:
        """Say whether a declaration says nil of it or of what it is part of, or a tally of the same scope does of the latter."""
        above = roots(name)
        if any(self.told.of(question, one, declared=True) for one in (name, *above)):
            return True
        sayings = [one for root in above if root != name for one in self._told(question, root)]
        return any(one.value == 0 and not one.mark and not one.stated for one in sayings)

    def _derived(self, question: Question, name: str) -> Known | None:
        """Give a part of the found that follows from a tally of the others (I1): the one left over, or nil for all that are.

        The majors under a plan are those found less those done (DOMAIN §4.2).
        """
        if name == "plan.planned":
            majors, done = (self._exact(question, f"hazards.major.{part}") for part in ("found", "rectified"))
            return (
                Known(told=_whole(majors - done), unit=HAZARDS.zh) if majors is not None and done is not None and done <= majors else None
            )
        head, _, part = name.rpartition(".")
        if head not in {"hazards", "hazards.general", "hazards.major"} or part not in BUCKETS:
            return None
        found = self._exact(question, f"{head}.found")
        parts = {one: self._exact(question, f"{head}.{one}") for one in BUCKETS}
        said = [value for value in parts.values() if value is not None]
        if found is None or not said:
            return None
        rest = found - sum(said)
        alone = [one for one, value in parts.items() if value is None] == [part]
        return Known(told=_whole(rest), unit=HAZARDS.zh) if rest == 0 or (alone and rest > 0) else None

    def _exact(self, question: Question, name: str) -> Decimal | None:
        sayings = [one for one in self._told(question, name) if not one.stated]
        values = {one.value for one in sayings if not one.mark}
        return values.pop() if len(values) == 1 and len(sayings) == 1 else None

    # ------------------------------------------------------------------------------------------------------------------ rates

    def _rate(self, question: Question, name: str, of: str, over: str, parts: Mapping[str, Known]) -> Answer:
        """Give a rate of exact parts; "/" where one is approximate, missing where one is, with the rate the source prints."""
        made_of = [parts[part] for _, part in (*terms(of), *terms(over))]
        if any(one.missing or one.silent for one in made_of):
            return self._missing(question, name, blank=any(one.blank for one in made_of))
        if not all(one.exact for one in made_of):
            return None
        return RateFigure(_added(of, parts), _added(over, parts), self._ledger.config.measures.places)

    def _computed(self, question: Question, name: str) -> Answer:
        figure = self.duties.answer(question, name)
        if isinstance(figure, Known):
            if figure.missing and (stated := self.stated(question, name)):
                return replace(figure, stated=stated[0].value, blank=True)
            if sayings := [one for one in self._told(question, name) if not one.stated]:
                return _told(figure, sayings)
        return figure

    def stated(self, question: Question, name: str) -> tuple[Saying, ...]:
        """Give a rate as sources print it, without its parts."""
        return tuple(one for one in self.told.of(question, name) if one.stated and one.value is not None)

    def _missing(self, question: Question, name: str, *, blank: bool) -> Known:
        stated = self.stated(question, name)
        printed = stated[0].value if stated else None
        return Known(state="missing", unit="%", stated=printed, blank=blank or bool(stated), inherited=blank and not stated)


NOUNS: Final[Mapping[str, Text]] = {"fen": Text("元", "yuan"), "day": Text("天", "days"), "line": Text("次", "times")}
HAZARDS: Final = Text("处", "hazards")
PERCENT: Final = Text("%", "%")


def noun(one: AnyMeasure) -> Text:
    """Give the unit of count of a measure: 处 for hazards, 元 for money."""
    if isinstance(one, Sum | Computed):
        return one.noun
    return NOUNS.get(one.unit, HAZARDS) if isinstance(one, Count) else PERCENT


def of_items(one: Count, figure: object) -> Known:
    """Give what records of hazards add up to, as a known figure; money in exact yuan."""
    number = figure if isinstance(figure, int) else 0
    return Known(Decimal(number) / 100 if one.unit == "fen" else number, unit=noun(one).zh)


def _told(items: Known, sayings: Sequence[Saying]) -> Known:
    """Join what records and tallies say; a figure blank in the source is missing, whatever part of it is known."""
    first = sayings[0]
    if first.value is None:
        return replace(items, state="missing", mark=first.mark, blank=True)
    return Known(
        items=None if items.missing else items.items,
        told=_whole(first.value),
        mark=first.mark or items.mark,
        unit=items.unit,
        unsaid=items.unsaid,
        rival=len({(one.value, one.mark) for one in sayings}) > 1,
    )


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def _added(expression: str, parts: Mapping[str, Known]) -> int:
    return sum(sign * int(parts[name].value or 0) for sign, name in terms(expression))
