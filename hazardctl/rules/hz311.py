"""HZ311: an end before its start."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.fields import Part
from hazardctl.rules.case import Case
from hazardctl.rules.parts import Field, fields
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ311",
    kind="",
    since="0.1",
    title=Text("起止颠倒", "an end before its start"),
    why=Text("颠倒的起止圈不住任何一天", "a range that ends before it begins holds no day at all"),
    repair=Text("更正其中一个日期", "correct one of the two days"),
)
def reversed_range(case: Case) -> Iterator[Fault]:
    """What has a first and a last day has them in this order; both are inclusive.

    Bad:
        ```yaml
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        end: 2023-06-30  # HZ311
        ```

    Good:
        ```yaml
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        end: 2024-06-30
        ```
    """
    if case.entry.kind.name == "hazard":
        return
    for holder in case.holders:
        for earlier, later in _ranges(type(holder.value)):
            first, last = getattr(holder.value, earlier.attribute), getattr(holder.value, later.attribute)
            if first and last and last < first:
                message = Text("{a} {last} 早于{b} {first}", "{a} {last} lies before {b} {first}")
                yield Fault(message.of(a=later.fact.label, last=last, b=earlier.fact.label, first=first), (*holder.trail, later.name))


@functools.cache
def _ranges(model: type[Part]) -> tuple[tuple[Field, Field], ...]:
    """Give the pairs of days of a class whose order is fixed, the earlier first."""
    known = {field.name: field for field in fields(model)}
    return tuple((known[field.fact.after], field) for field in known.values() if field.fact.after)
