"""HZ120: what looks like one hazard registered twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief, bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import LIKELY, SOON, digits, folded, likeness
from hazardctl.rules.registry import Fault, rule

MOST: Final = 40
"""Neighbours in time that one record is compared with: a day of a thousand findings at one unit costs no minute."""


def _words(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, list[Any]]]:
    hazard = entry.record
    if isinstance(hazard, Hazard) and hazard.unit and hazard.description:
        place = bucket(setting.ledger.unit_key(hazard.unit), folded(hazard.site), *digits(hazard.description))
        links = [one for one in (hazard.recurrence_of, hazard.split_from, *hazard.same_as) if one]
        yield place, [hazard.found_on.toordinal(), hazard.description, links, hazard.split_from]


@rule(
    "HZ120",
    scope="ledger",
    brief=_words,
    kind="hazard",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("疑似重复登记", "possible duplicate"),
    why=Text("同一隐患登记两次，发现数多一条，整改率也跟着变", "one hazard registered twice is one too many found, and moves the rate"),
    repair=Text(
        "若是同一条  hazardctl withdraw 本条 --reason duplicate --of 那条；若是再次出现，写 recurrence_of",
        "if they are one  hazardctl withdraw THIS --reason duplicate --of THAT; if it came back, set recurrence_of",
    ),
)
def likely_duplicate(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """No other hazard of the same unit and place, found within 30 days, has almost the same words.

    Numbers decide first: workshop 3 and workshop 4 are two places however alike the words. A link between the two records
    (`recurrence_of`, `split_from`, `same_as`) or a withdrawal answers the question.

    Bad:
        ```yaml
        id: YH-20240520-8R5TC
        schema: hazard/1
        description: 疏散通道内堆放杂物
        found_on: 2024-05-20
        unit: fuxing
        site: 一楼
        grade: general
        history:
          - {date: 2024-05-20, do: register, by: 李四}
        ---
        id: YH-20240605-Q4M9D
        schema: hazard/1
        description: 疏散通道堆放杂物  # HZ120
        found_on: 2024-06-05
        unit: fuxing
        site: 一楼
        grade: general
        history:
          - {date: 2024-06-05, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240520-8R5TC
        schema: hazard/1
        description: 3号车间灭火器过期
        found_on: 2024-05-20
        unit: fuxing
        site: 一楼
        grade: general
        history:
          - {date: 2024-05-20, do: register, by: 李四}
        ---
        id: YH-20240605-Q4M9D
        schema: hazard/1
        description: 4号车间灭火器过期
        found_on: 2024-06-05
        unit: fuxing
        site: 一楼
        grade: general
        history:
          - {date: 2024-06-05, do: register, by: 李四}
        ```
    """
    for _, group in setting.briefs.groups("HZ120", 2):
        standing = [_Hazard(one, *one.said) for one in group if one.id not in setting.ended]
        yield from _within(sorted(standing, key=lambda one: (one.found_on, one.brief.id)))


class _Hazard(NamedTuple):
    """What is compared: the day it was found as a whole number, its words, the records it names."""

    brief: Brief
    found_on: int
    description: str
    links: Sequence[str]
    split_from: str


def _within(hazards: Sequence[_Hazard]) -> Iterator[tuple[Brief, Fault]]:
    same: dict[str, _Hazard] = {}
    for position, one in enumerate(hazards):
        text = folded(one.description)
        before = same.get(text)
        found = _best(one, [before] if before else hazards[max(position - MOST, 0) : position])
        same[text] = one
        if found:
            yield one.brief, _fault(one, *found)


def _best(hazard: _Hazard, others: Sequence[_Hazard]) -> tuple[_Hazard, int] | None:
    """Give the hazard most like this one, the latest of several, and by how much."""
    close = [other for other in others if hazard.found_on - other.found_on <= SOON.days and not _linked(hazard, other)]
    alike = [(likeness(hazard.description, other.description), other.found_on, other.brief.id, other) for other in close]
    best = max(alike, default=None, key=lambda one: one[:3])
    return (best[3], best[0]) if best and best[0] >= LIKELY else None


def _linked(one: _Hazard, other: _Hazard) -> bool:
    together = bool(one.split_from) and one.split_from == other.split_from
    return together or one.brief.id in other.links or other.brief.id in one.links


def _fault(hazard: _Hazard, other: _Hazard, alike: int) -> Fault:
    message = Text(
        "疑似重复登记：与 {other} 同单位同部位，描述相似度 {alike}%",
        "possible duplicate of {other}: same unit and place, texts {alike}% alike",
    )
    note = Text("本条: {mine}      {short}: {theirs}", "this: {mine}      {short}: {theirs}")
    short = other.brief.id.rpartition("-")[2]
    return Fault(
        message.of(other=other.brief.id, alike=alike),
        ("description",),
        notes=(note.of(mine=hazard.description, short=short, theirs=other.description),),
    )
