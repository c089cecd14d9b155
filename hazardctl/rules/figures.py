"""What the rules about figures look at: the figures that records state, and what the ledger itself answers.

Measures and rules stand on one floor and do not know each other. A rule says here what it needs to know (`Figures`); a use
case that runs the rules fills it from the book of measures (docs/adr/0012). Nothing is asked that no rule asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from hazardctl.diagnostics import Trail
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.stated import Group, Stated


class Owed(NamedTuple):
    """One part of an obligation that fell due.

    Attributes:
        target: the record that laid it down.
        period: name of the part.
        due: the last day.
        met: id of the record that met it; empty where none did.
        late: id and day of a filing of this part that came after the last day; empty where there is none.
        filing: it is a duty to file figures.
    """

    target: Entry[Record]
    period: str
    due: dt.date
    met: str
    late: tuple[str, dt.date] | None
    filing: bool


class Aimed(NamedTuple):
    """A planned figure and what came of it: None where that is not known, or not exactly."""

    target: Entry[Record]
    end: dt.date
    least: Decimal | None
    most: Decimal | None
    actual: Decimal | None


class Moved(NamedTuple):
    """A sealed figure that is another one now, and no restatement says so.

    Attributes:
        path: of the seal.
        trail: where the figure stands in it.
        measure: its id.
        was: as sealed, or as last restated.
        now: as the ledger answers today.
        behind: ids of records that entered or left it since the seal, where git can tell.
        redefined: this version of the program defines the measure otherwise than the one that sealed it.
    """

    path: str
    trail: Trail
    measure: str
    was: str
    now: str
    behind: tuple[str, ...]
    redefined: bool


class Figures(Protocol):
    """What the ledger answers."""

    @property
    def stated(self) -> Sequence[Stated]:
        """Give every figure that a record states which counts today, record by record."""
        ...

    def unplaced(self) -> Iterator[tuple[Entry[Record], Trail, Text]]:
        """Give the figures that are of no measure, scope or period of this ledger, and why."""
        ...

    def items(self, group: Group, measures: Iterable[str]) -> Mapping[str, Decimal]:
        """Give what records, one by one, add up to in a scope and period: exact figures only, and only those that are known."""
        ...

    def counts(self, measure: str) -> bool:
        """Say whether it counts or adds up records, so that a part of its scope cannot give more."""
        ...

    def sides(self, measure: str) -> tuple[str, str] | None:
        """Give the sums of counts (`a + b - c`) a rate is made of; None for any other measure."""
        ...

    def label(self, measure: str) -> Text:
        """Give the name of a measure."""
        ...

    def owed(self) -> Sequence[Owed]:
        """Give the parts of all obligations that fell due by today."""
        ...

    def aims(self) -> Sequence[Aimed]:
        """Give every planned figure."""
        ...

    def moved(self) -> Sequence[Moved]:
        """Give the sealed figures that moved without a restatement."""
        ...


def groups(stated: Iterable[Stated]) -> Mapping[Group, Mapping[str, Stated]]:
    """Sort figures by what they are about: measure → figure, the first where several say the same measure."""
    found: dict[Group, dict[str, Stated]] = {}
    for one in stated:
        if not one.declared:
            found.setdefault(one.group, {}).setdefault(one.measure, one)
    return found


def terms(expression: str) -> Iterator[tuple[int, str]]:
    """Read a sum of measures: `a + b - c`."""
    words = ["+", *expression.split()]
    return ((-1 if sign == "-" else 1, name) for sign, name in zip(words[::2], words[1::2], strict=True))


class Sides(NamedTuple):
    """What is known of the two sides of a rate.

    Attributes:
        of: the numerator, where it is known exactly.
        over: the denominator.
        marked: the approximate figures among the parts.
        absent: the measures that nothing tells.
    """

    of: Decimal | None
    over: Decimal | None
    marked: tuple[Stated, ...]
    absent: tuple[str, ...]


def rates(figures: Figures) -> Iterator[tuple[Stated, Sides]]:
    """Give every rate that is stated, with what is known of its parts."""
    found = groups(figures.stated)
    for one in figures.stated:
        if one.value is not None and not one.declared and (known := sides(figures, one.group, found[one.group], one.measure)) is not None:
            yield one, known


def sides(figures: Figures, group: Group, said: Mapping[str, Stated], rate: str) -> Sides | None:
    """Look for the parts of a rate: beside it in the same source, else among the records; None for what is no rate of counts."""
    made_of = figures.sides(rate)
    if made_of is None:
        return None
    names = list(dict.fromkeys(name for side in made_of for _, name in terms(side)))
    marked = tuple(said[name] for name in names if name in said and said[name].mark and said[name].value is not None)
    known = {name: said[name].exact for name in names if name in said and said[name].exact is not None}
    rest = [name for name in names if name not in known and name not in {one.measure for one in marked}]
    known |= figures.items(group, [name for name in rest if name not in said]) if rest else {}
    absent = tuple(name for name in rest if name not in known)
    of, over = (_added(side, known) for side in made_of)
    return Sides(of, over, marked, absent)


def _added(expression: str, known: Mapping[str, Decimal | None]) -> Decimal | None:
    parts = [(sign, known.get(name)) for sign, name in terms(expression)]
    values = [sign * value for sign, value in parts if value is not None]
    return sum(values, Decimal(0)) if len(values) == len(parts) else None


class Unasked:
    """Answers nothing: the rules are asked without a book of measures."""

    stated: Sequence[Stated] = ()

    def unplaced(self) -> Iterator[tuple[Entry[Record], Trail, Text]]:
        """Give nothing."""
        return iter(())

    def items(self, group: Group, measures: Iterable[str]) -> Mapping[str, Decimal]:
        """Know nothing."""
        del group, measures
        return {}

    def counts(self, measure: str) -> bool:
        """Know no measure."""
        del measure
        return False

    def sides(self, measure: str) -> tuple[str, str] | None:
        """Know no measure."""
        del measure
        return None

    def label(self, measure: str) -> Text:
        """Give the id."""
        return plain(measure)

    def owed(self) -> Sequence[Owed]:
        """Owe nothing."""
        return ()

    def aims(self) -> Sequence[Aimed]:
        """Plan nothing."""
        return ()

    def moved(self) -> Sequence[Moved]:
        """Say that nothing moved."""
        return ()
