"""What a cell is to its neighbours: a rate the quotient of two of them, a total the sum of its lines; else a figure of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from hazardctl.sheet import Rate, Table, bare

_NUMBER: Final = re.compile(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?%?", re.ASCII)


def parts_of(table: Table, number: int, place: int) -> tuple[int, int] | None:
    """Find what a rate is the quotient of among its neighbours: the columns that bear its name, found and rectified."""
    at = {column.key: position for position, column in enumerate(table.columns)}
    stem = table.columns[place].key.removesuffix("rate")
    found, done = at.get(f"{stem}found"), at.get(f"{stem}rectified")
    rate, row = bare(table.rows[number][place]), table.rows[number]
    if found is None or done is None or not isinstance(rate, Rate):
        return None
    return (found, done) if (bare(row[found]), bare(row[done])) == (rate.denominator, rate.numerator) else None


def follows(rate: Rate) -> bool:
    """Say whether the quotient as a spreadsheet rounds it is what the report prints: 99.996 % is no 100.00 % in a report."""
    if not rate.denominator:
        return True
    exact = Decimal(rate.numerator) * 100 / Decimal(rate.denominator)
    return exact.quantize(Decimal(1).scaleb(-rate.places), "ROUND_HALF_UP") == rate.value


def adds_up(table: Table, place: int, value: object) -> bool:
    """Say whether the total of a column, in the last line, is the sum of its lines, all of them numbers."""
    lines = [bare(row[place]) for row in table.rows[:-1]]
    numbers = [Decimal(one) for one in lines if isinstance(one, int | Decimal)]
    return bool(lines) and isinstance(value, int | Decimal) and len(numbers) == len(lines) and sum(numbers) == value


def figure(value: object) -> object:
    """Give a figure that a report says in words as the number it is; what is more than a number (余, ∅, /) stays as said."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return value
    plain = value.replace(",", "")
    if plain.endswith("%"):
        places = max(len(plain.partition(".")[2]) - 1, 0)
        return Rate(int(Decimal(plain[:-1]) * 10**places), 100 * 10**places, places)
    return Decimal(plain) if "." in plain else int(plain)
