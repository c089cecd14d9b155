"""Findings of the reader, put together in one place: all of a file, in the order of its lines, and never without end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from hazardctl.diagnostics import START, Finding, Place
from hazardctl.language import Text

UNREADABLE: Final = frozenset({"HZ001", "HZ002", "HZ003"})
"""Codes of the reader after which there is no record to count."""
MOST: Final = 50
"""Findings of one code that a file shows one by one; the last of them says how many more there are."""
MOST_LOOKED_AT: Final = 1_000
"""Matches of one pattern that are looked at, so that a hostile file of 1 MiB costs no minute."""

_MORE: Final = Text("{first}（这种问题本文件另有 {n} 处）", "{first} (and {n} more of this kind in this file)")
_LEFT_OUT: Final = Text(
    "记录无法读取，未计入任何数字（见第 {line} 行）", "the record cannot be read and counts in no figure (see line {line})"
)
_MEND: Final = Text("按本文件的其他提示改好，再运行 hazardctl validate", "mend what the other lines say, then run hazardctl validate")


def place_at(text: str, index: int, length: int = 1) -> Place:
    """Give line and column of a character of a text, counted from 1."""
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Place(line, column, line, column + length)


def placed(pattern: re.Pattern[str], text: str) -> Iterator[tuple[re.Match[str], Place]]:
    """Find a pattern with the place of each match (or of its group), in one pass, at most `MOST_LOOKED_AT` of them."""
    line, counted = 1, 0
    for found in islice(pattern.finditer(text), MOST_LOOKED_AT):
        start, end = found.span(found.lastindex or 0)
        line += text.count("\n", counted, start)
        counted = start
        column = start - text.rfind("\n", 0, start)
        yield found, Place(line, column, line, column + end - start)


def settled(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place, cap each code at `MOST`, and add HZ001 where a record is lost without one."""
    ordered = sorted(findings, key=_order)
    if not ordered:
        return ()
    lost = next((found for found in ordered if found.code in UNREADABLE), None)
    if lost is not None and all(found.code != "HZ001" for found in ordered):
        place = lost.place or START
        ordered.insert(ordered.index(lost) + 1, Finding("HZ001", _LEFT_OUT.of(line=place.line), place=place, repair=_MEND))
    return tuple(_capped(ordered))


def _order(finding: Finding) -> tuple[int, int, str]:
    place = finding.place or START
    return (place.line, place.column, finding.code)


def _capped(findings: list[Finding]) -> Iterable[Finding]:
    totals, seen = Counter(found.code for found in findings), Counter[str]()
    for found in findings:
        seen[found.code] += 1
        if seen[found.code] < MOST or totals[found.code] == MOST == seen[found.code]:
            yield found
        elif seen[found.code] == MOST:
            yield replace(found, message=_MORE.of(first=found.message, n=totals[found.code] - MOST))
