"""The three forms a measure can have (MEASURES §5): a count, a rate of two sums of counts, a spread.

A definition holds words and predicates and nothing that runs. The predicates are SQL over the columns of one view
(`hazardctl.measures.views`); they are ours, never a user's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from hazardctl.language import Text

ViewName = Literal["cohort", "standing", "stock", "due", "acts", "recurrence", "extensions", "wordings"]
Unit = Literal["record", "place", "line", "fen", "day"]
"""What a count adds up. `record` becomes places (处) under `--counting places`; money is whole fen; days are calendar days."""


@dataclass(frozen=True, slots=True)
class Words:
    """What every measure says of itself.

    Attributes:
        id: as in reports, JSON and `explain`.
        zh: name in Chinese.
        en: name in English.
        definition: what is counted, in words.
    """

    id: str
    zh: str
    en: str
    definition: Text

    @property
    def label(self) -> Text:
        """Give the name in both languages."""
        return Text(self.zh, self.en)

    @property
    def family(self) -> str:
        """Give the part of the id before the last point, which measures of one table share."""
        return self.id.rpartition(".")[0] or self.id


@dataclass(frozen=True, slots=True)
class Count(Words):
    """A number of rows of a view, or a sum over them.

    Attributes:
        view: whose rows.
        where: which of them.
        value: what each adds; 1 counts them.
        unit: what is added up.
    """

    view: ViewName
    where: str
    value: str = "1"
    unit: Unit = "record"


@dataclass(frozen=True, slots=True)
class Rate(Words):
    """One sum of counts over another; the quotient is made on output only.

    Attributes:
        of: ids of counts joined by ` + ` and ` - `: the numerator.
        over: likewise: the denominator.
    """

    of: str
    over: str


@dataclass(frozen=True, slots=True)
class Spread(Words):
    """How a number of days lies over the rows of a view: n, sum, median, p90 and the greatest.

    Attributes:
        view: whose rows.
        where: which of them.
        value: the days of one row; rows where it is null are left out.
    """

    view: ViewName
    where: str
    value: str


@dataclass(frozen=True, slots=True)
class Sum(Words):
    """A number of records other than hazards, of distinct things in them, or of what they add up to (DOMAIN §4.6).

    Attributes:
        noun: unit of count: 家, 次, 人, 元.
        view: whose rows (`hazardctl.measures.sources`).
        where: which of them.
        value: what each adds; `1` counts rows, `DISTINCT x` counts the different x that are not empty.
        also: a column of numbers added to the count of distinct things: totals of records that do not list them.
        unit: `fen` and `micro` (millionths) are made exact decimals on the way out.
        known: rows that make the figure known, nil included.
        mark: column that says the value is approximate, or empty.
    """

    noun: Text
    view: str
    where: str
    value: str = "1"
    also: str = ""
    unit: Literal["one", "fen", "micro"] = "one"
    known: str = "1 = 1"
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Computed(Words):
    """A figure that no one statement answers: plans, obligations, filings (`hazardctl.measures.duties`).

    Attributes:
        noun: unit of count.
    """

    noun: Text


Measure: TypeAlias = Count | Rate | Spread
AnyMeasure: TypeAlias = Measure | Sum | Computed


def terms(expression: str) -> tuple[tuple[int, str], ...]:
    """Read a sum of count ids.

    Examples:
        >>> terms("stock.opening + stock.found - stock.withdrawn")
        ((1, 'stock.opening'), (1, 'stock.found'), (-1, 'stock.withdrawn'))
    """
    words = ["+", *expression.split()]
    return tuple((-1 if sign == "-" else 1, name) for sign, name in zip(words[::2], words[1::2], strict=True))


def parts_of(measure: AnyMeasure) -> tuple[str, ...]:
    """Give the ids of the counts and sums a measure is made of."""
    match measure:
        case Count() | Sum():
            return (measure.id,)
        case Rate():
            return tuple(name for side in (measure.of, measure.over) for _, name in terms(side))
        case _:
            return ()
