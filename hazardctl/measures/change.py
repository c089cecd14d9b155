"""Shares and changes: a part of a whole, and what moved since a year or a period before (DOMAIN §4.2 `share.*`, `delta.*`).

Exact until the end: rounding happens once, on output; a figure that is missing, approximate or counted twice has no share and
no change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from hazardctl.measures.figure import Answer, Known
from hazardctl.measures.question import Question
from hazardctl.period import between, previous, same_last_year
from hazardctl.sheet import Rate

Against = Literal["yoy", "pop"]
"""The same days a year before (同比), or the period before (环比)."""

NUMBER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Change:
    """What moved between two answers.

    Attributes:
        value: the difference; of rates in percentage points (个百分点), rounded half up to their places.
        points: whether it is percentage points.
    """

    value: Decimal
    points: bool = False


def share(part: Answer, whole: Answer, places: int = 2) -> Rate | None:
    """Give a part of a whole as a rate; None where one of them has no exact number."""
    numbers = [_number(one) for one in (part, whole)]
    if numbers[0] is None or numbers[1] is None:
        return None
    scale = 1 if all(one == int(one) for one in numbers if one is not None) else NUMBER
    return Rate(int(numbers[0] * scale), int(numbers[1] * scale), places)


def change(now: Answer, before: Answer) -> Change | None:
    """Give the difference of two answers to one measure; None where one of them has none.

    Examples:
        >>> change(Rate(9, 10), Rate(8, 10)).value, change(Known(7), Known(9)).value
        (Decimal('10.00'), Decimal('-2'))
    """
    if isinstance(now, Rate) and isinstance(before, Rate):
        if not now.denominator or not before.denominator:
            return None
        over = now.denominator * before.denominator
        exact = Decimal(100 * (now.numerator * before.denominator - before.numerator * now.denominator)) / Decimal(over)
        return Change(exact.quantize(Decimal(1).scaleb(-now.places), ROUND_HALF_UP), points=True)
    numbers = [_number(one) for one in (now, before)]
    return None if numbers[0] is None or numbers[1] is None else Change(numbers[0] - numbers[1])


def growth(now: Answer, before: Answer, places: int = 2) -> Decimal | None:
    """Give the difference of two figures as a percentage of the earlier one; None for rates, and where there is no such share.

    Examples:
        >>> growth(Known(7), Known(9)), growth(Known(7), Known(0))
        (Decimal('-22.22'), None)
    """
    numbers = [_number(one) for one in (now, before)]
    if numbers[0] is None or not numbers[1]:
        return None
    return (100 * (numbers[0] - numbers[1]) / numbers[1]).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def earlier(question: Question, against: Against) -> Question | None:
    """Give the question to compare with: the days so far, a year or a period before; None for what has no such days.

    A period that still runs is compared as far as it has come. Judged on the as-of day, the earlier cohort is given as many
    days after its end as this one had.
    """
    if question.ranges is not None or not question.begun:
        return None
    days = between(question.start, question.c)
    found = same_last_year(days) if against == "yoy" else previous(days)
    if found is None:
        return None
    as_of = question.as_of if question.cutoff == "period" else found.end + (question.as_of - question.c)
    return replace(question, start=found.start, end=found.end, as_of=as_of)


def _number(answer: Answer) -> Decimal | None:
    if not isinstance(answer, Known) or not answer.exact or answer.twice or answer.value is None:
        return None
    return Decimal(answer.value)
