"""Names that are nearly the same: a unit of the register under another legal form, a person with one letter off (DOMAIN §9.2).

Units are compared by the pairs of letters they share, without their legal form (bigram Dice, EXPERIENCE §5.1); names whose numbers
differ are never near: `3号车间` is not `4号车间`. People's names are too short for that: of three letters one may differ.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from hazardctl.ledger import folded

SAME: Final = 0.75
"""From here on two names may well be one unit: it is asked about even where new units are made."""
LIKE: Final = 0.4
MOST: Final = 3
_FORMS: Final = re.compile(r"(?:有限责任|股份有限|集团有限|有限)?(?:公司|集团)|个体工商户|\((?:有限合伙|个体)\)|,?(?:co|ltd|inc|llc)\b\.?")
_DIGITS: Final = re.compile(r"\d+")
_WHOLE: Final = 0.6
_PERSON: Final = 3
_LATIN: Final = 0.85


def core(name: str) -> str:
    """Give what is left of a unit's name without its legal form; the name itself where nothing is.

    Examples:
        >>> core("顺发加油站有限责任公司"), core("有限公司")
        ('顺发加油站', '有限公司')
    """
    whole = folded(name)
    return _FORMS.sub("", whole) or whole


class Register:
    """Names to compare with; each has a key."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of name and key."""
        self._cores: list[tuple[str, str, int]] = []
        self._with: dict[str, list[int]] = defaultdict(list)
        for name, key in names:
            plain = core(name)
            pairs = _pairs(plain)
            for pair in pairs:
                self._with[pair].append(len(self._cores))
            self._cores.append((plain, key, pairs.total()))

    def near(self, text: str) -> Sequence[tuple[str, float]]:
        """Give the keys of the names most like a text, best first, each with how alike they are from 0 to 1."""
        plain = core(text)
        pairs = _pairs(plain)
        shared = Counter(place for pair in pairs for place in self._with.get(pair, ()))
        best: dict[str, float] = {}
        for place, count in shared.items():
            name, key, total = self._cores[place]
            if _DIGITS.findall(name) == _DIGITS.findall(plain):
                degree = max(2 * count / (total + pairs.total()), _contained(name, plain))
                best[key] = max(best.get(key, 0.0), degree)
        found = sorted(((key, degree) for key, degree in best.items() if degree >= LIKE), key=lambda pair: (-pair[1], pair[0]))
        return found[:MOST]


def _contained(one: str, other: str) -> float:
    """Give how much of the longer name the shorter one is, where it stands in it whole and is most of it."""
    short, long = sorted((one, other), key=len)
    share = len(short) / len(long)
    return SAME if short in long and share >= _WHOLE else 0.0


def _pairs(text: str) -> Counter[str]:
    """Give the pairs of neighbouring letters, with where the name begins and ends."""
    framed = f"^{text}$"
    return Counter(framed[index : index + 2] for index in range(len(framed) - 1))


def near_people(names: Iterable[str], text: str) -> list[str]:
    """Give the people whose name a text nearly is: one letter off in three or more; two letters are too few to tell.

    Examples:
        >>> near_people(["李晓强", "王五"], "李小强"), near_people(["王五"], "王六")
        (['李晓强'], [])
    """
    wanted = folded(text)
    return [name for name in names if _off_by_one(folded(name), wanted)][:MOST]


def _off_by_one(name: str, wanted: str) -> bool:
    if name.isascii() and wanted.isascii():
        return len(wanted) > _PERSON and difflib.SequenceMatcher(None, name, wanted).ratio() >= _LATIN
    if len(wanted) < _PERSON or len(name) != len(wanted):
        return False
    return sum(one != other for one, other in zip(name, wanted, strict=True)) == 1
