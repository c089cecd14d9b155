"""How many cells of a terminal a text takes, and how it is broken into lines.

East Asian characters take two cells. Texts come here sanitised: nothing in them is invisible or moves the cursor.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

ID: Final = r"[A-Z]{2}-\d{8}-[0-9A-Z]{5}"
# A word is what is never torn apart while it fits a line: Latin, digits, ids, dates; other characters stand alone.
_WORD: Final = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
_GAP: Final = re.compile(r"( {2,})")
_NEVER_FIRST: Final = frozenset(")，。；：、！？）】》”’%〕…")
_NEVER_LAST: Final = frozenset("(（【《“‘〔")


def width(text: str) -> int:
    """Give the number of cells a text takes."""
    return len(text) if text.isascii() else _width(text)


@lru_cache(maxsize=65_536)
def _width(text: str) -> int:
    import wcwidth

    # Sums of single characters are never less than what a terminal does with a cluster, so a line may only be too short.
    return sum(max(wcwidth.wcwidth(character), 0) for character in text)


def padded(text: str, columns: int, align: str = "left") -> str:
    """Fill a text with spaces to a number of cells; one that is wider stays as it is."""
    space = " " * max(columns - width(text), 0)
    return space + text if align == "right" else text + space


def wrapped(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many cells.

    A break is sought first where two or more spaces part two groups, then at a space, then between two characters of
    which one is wide. Only a word longer than a line is torn, and never within an id that fits.
    """
    return [text] if width(text) <= columns else list(_wrapped(text, columns))


def narrowest(text: str) -> int:
    """Give the cells of the widest piece of a text that no line break may part.

    Examples:
        >>> narrowest("出动次数(次)"), narrowest("Orders to correct")
        (4, 7)
    """
    return max((width(piece.strip()) for word in text.split() for piece in _characters(word, width(word))), default=0)


@lru_cache(maxsize=8_192)  # a long list names the same units and faults again and again
def _wrapped(text: str, columns: int) -> tuple[str, ...]:
    lines: list[str] = []
    current = ""
    groups = _GAP.split(text)
    for position in range(0, len(groups), 2):
        gap = groups[position - 1] if current else ""
        if width(current) + width(gap) + width(groups[position]) <= columns:
            current += gap + groups[position]
            continue
        if current:
            lines.append(current)
        *full, current = _broken(groups[position], columns)
        lines += full
    return (*lines, current)


def _broken(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    current, taken = "", 0
    for piece in _pieces(text, columns):
        if current and taken + width(piece.rstrip()) > columns:
            lines.append(current.rstrip())
            current, taken = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 (a line begins with no space)
        current += piece
        taken += width(piece)
    return [*lines, current.rstrip()]


def _pieces(text: str, columns: int) -> Iterator[str]:
    """Give the parts between which a line may break; short words of any script stay whole."""
    for word in re.findall(r"\s*\S+\s?|\s+", text):
        if width(word) <= columns // 2:
            yield word
        else:
            yield from _characters(word, columns)


def _characters(text: str, columns: int) -> Iterator[str]:
    held = ""
    for found in _WORD.finditer(text):
        piece = found[0]
        if not held or not _may_part(held[-1], piece[0]):
            held += piece
            continue
        yield from [held] if len(held) == 1 else _torn(held, columns)
        held = piece
    yield from _torn(held, columns)


def _may_part(last: str, first: str) -> bool:
    if first == " " or first in _NEVER_FIRST or last in _NEVER_LAST or unicodedata.combining(first):
        return False
    return last == " " or _wide(last) or _wide(first)


@lru_cache(maxsize=8_192)
def _wide(character: str) -> bool:
    return width(character) > 1


def _torn(piece: str, columns: int) -> Iterator[str]:
    """Tear a word that is longer than a line: after a slash, around an id, and where nothing else helps anywhere."""
    if width(piece) <= columns:
        if piece:
            yield piece
        return
    parts = [part for part in re.split(rf"({ID})|(?<=/)", piece) if part]
    for part in parts:
        while width(held := part) > columns:
            cut = _cut(held, columns)
            yield held[:cut]
            part = held[cut:]  # noqa: PLW2901 (what is left of it)
        yield part


def _cut(text: str, columns: int) -> int:
    taken = 0
    for position, character in enumerate(text):
        taken += width(character)
        if taken > columns and position:
            return position
    return len(text)
