"""How alike two texts are, for duplicates that were typed twice (HZ120, and `add` before it writes).

Digits decide first: fire extinguishers of workshop 3 and of workshop 4 are two hazards, however alike the words (EXPERIENCE §6,
trap 15). Then pairs of neighbouring characters are counted (Dice), which serves Chinese and English without a word list. In a long
text of spaced words nearly everything may be boilerplate: there two texts differ when each has a word the other lacks (of the
pairs found in a table of New York housing violations six in seven were a kitchen and a bathroom).
"""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
import unicodedata
from collections import Counter
from typing import Final

LIKELY: Final = 80
"""Per cent from which two descriptions of one place are taken for one hazard."""
SOON: Final = dt.timedelta(days=30)
"""Days within which two like hazards of one place are taken for one, registered twice."""
LONG: Final = 12
"""Words from which a text of spaced words is taken for one with boilerplate."""
_DIGITS: Final = re.compile(r"\d+")


class _Letters(dict[int, str]):
    """What stays of each character, by its number: nothing of punctuation; looked up once a character."""

    def __missing__(self, number: int) -> str:
        """Look a character up."""
        one = chr(number)
        kept = self[number] = "" if unicodedata.category(one).startswith("P") else one
        return kept


_LETTERS: Final = _Letters()


@functools.lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Give the form texts are compared in: NFKC, case folded, white space as single blanks, punctuation out."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS).split())


@functools.lru_cache(maxsize=65_536)
def digits(text: str) -> tuple[str, ...]:
    """Give the numbers of a text, in order."""
    return tuple(_DIGITS.findall(unicodedata.normalize("NFKC", text)))


@functools.lru_cache(maxsize=65_536)
def _pairs(text: str) -> tuple[Counter[str], int]:
    found = Counter(map("".join, itertools.pairwise(text)))
    return found, max(len(text) - 1, 0)


def likeness(one: str, other: str) -> int:
    """Give how alike two texts are in per cent, rounded down; 0 when their numbers differ.

    Examples:
        >>> likeness("疏散通道堆放杂物", "疏散通道内堆放杂物"), likeness("3号车间灭火器过期", "4号车间灭火器过期")
        (80, 0)
    """
    if digits(one) != digits(other):
        return 0
    left, right = folded(one), folded(other)
    if left == right:
        return 100
    if _apart(set(left.split(" ")), set(right.split(" "))):
        return 0
    (mine, n), (theirs, m) = _pairs(left), _pairs(right)
    if not n + m:
        return 0
    return 200 * sum((mine & theirs).values()) // (n + m)


def _apart(mine: set[str], theirs: set[str]) -> bool:
    """Say whether two long texts name two things: each has a word of its own."""
    return min(len(mine), len(theirs)) >= LONG and bool(mine - theirs) and bool(theirs - mine)
