"""Numbers that English spells out, put into figures before a text loses its blanks: twelve drills, one hundred and five units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ONES: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIMES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_WORD: Final = "|".join(sorted({**_ONES, **_TENS, **_TIMES}, key=len, reverse=True))
_FIRST: Final = "|".join(sorted({**_ONES, **_TENS}, key=len, reverse=True))
_SPELLED: Final = re.compile(
    rf"(?<![\w-])(?:{_FIRST})(?:(?: and |[ -])(?:{_WORD}))*(?![\w-])|(?<![\w-])(?:a|an) (?:hundred|thousand)(?![\w-])", re.IGNORECASE
)
_NO_COUNT: Final = re.compile(r"(?:\b(?:no|any|each|every|some|this|that|the|number|at|in|article|which) )$", re.IGNORECASE)
_GOES_ON: Final = re.compile(r" (?:of|another|or|by|to|more|at|is|was|who|that|which)\b|[.,;]|$", re.IGNORECASE)


def figures(line: str) -> Iterator[tuple[int, int, str]]:
    """Give where a number in words begins and ends, and its digits; `one` counts only where it stands before what it counts.

    Examples:
        >>> list(figures("Twelve drills, one hundred and five units, one of them"))
        [(0, 6, '12'), (15, 35, '105')]
    """
    for found in _SPELLED.finditer(line):
        words = found[0].lower().replace("-", " ").replace(" and ", " ").split()
        if words == ["one"] and (_NO_COUNT.search(line, 0, found.start()) or _GOES_ON.match(line, found.end())):
            continue
        if (value := _value(words)) is not None:
            yield found.start(), found.end(), str(value)


def _value(words: list[str]) -> int | None:
    """Give what words add up to; None where they are no number, as `two three`."""
    whole = part = 0
    room = _TIMES["million"] * 1000
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            if times == 100:
                part = (part or 1) * 100
            else:
                whole, part = whole + (part or 1) * times, 0
            room = times
        elif word not in {"a", "an"}:
            value = _ONES[word] if word in _ONES else _TENS[word]
            if value >= room:
                return None
            part += value
            room = 10 if word in _TENS else 1
    return whole + part
