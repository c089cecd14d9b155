"""HZ120: what looks like one hazard registered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import LIKELY, SOON, digits, folded, likeness
from hazardctl.rules.registry import Fault, rule

MOST: Final = 40
"""Neighbours in time that one record is compared with: a day of a thousand findings at one unit costs no minute."""


@rule(
    "HZ120",
    scope="ledger",
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
def likely_duplicate(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
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
    buckets: dict[tuple[object, ...], list[Entry[Hazard]]] = defaultdict(list)
    for entry in setting.ledger.hazards:
        hazard = entry.record
        if hazard.unit and hazard.description and hazard.id not in setting.ended:
            key = (setting.ledger.unit_key(hazard.unit), folded(hazard.site), digits(hazard.description))
            buckets[key].append(entry)
    for bucket in buckets.values():
        if len(bucket) > 1:
            yield from _within(sorted(bucket, key=lambda entry: (entry.record.found_on, entry.record.id)))


def _within(bucket: Sequence[Entry[Hazard]]) -> Iterator[tuple[Entry[Record], Fault]]:
    same: dict[str, Entry[Hazard]] = {}
    for position, entry in enumerate(bucket):
        text = folded(entry.record.description)
        before = same.get(text)
        near = [before] if before else bucket[max(position - MOST, 0) : position]
        found = _best(entry.record, [other.record for other in near])
        same[text] = entry
        if found:
            yield entry, _fault(entry.record, *found)


def _best(hazard: Hazard, others: Sequence[Hazard]) -> tuple[Hazard, int] | None:
    """Give the hazard most like this one, the latest of several, and by how much."""
    close = [other for other in others if hazard.found_on - other.found_on <= SOON and not _linked(hazard, other)]
    alike = [(likeness(hazard.description, other.description), other.found_on, other.id, other) for other in close]
    best = max(alike, default=None, key=lambda one: one[:3])
    return (best[3], best[0]) if best and best[0] >= LIKELY else None


def _linked(one: Hazard, other: Hazard) -> bool:
    return any(
        this.id in {that.recurrence_of, that.split_from, *that.same_as} or (this.split_from and this.split_from == that.split_from)
        for this, that in ((one, other), (other, one))
    )


def _fault(hazard: Hazard, other: Hazard, alike: int) -> Fault:
    message = Text(
        "疑似重复登记：与 {other} 同单位同部位，描述相似度 {alike}%",
        "possible duplicate of {other}: same unit and place, texts {alike}% alike",
    )
    short = other.id.rpartition("-")[2]
    note = Text("本条: {mine}      {short}: {theirs}", "this: {mine}      {short}: {theirs}")
    return Fault(
        message.of(other=other.id, alike=alike),
        ("description",),
        notes=(note.of(mine=hazard.description, short=short, theirs=other.description),),
    )
