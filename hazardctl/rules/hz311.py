"""HZ311: an end before its start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.campaign import Campaign, Phase
from hazardctl.model.unit import Unit
from hazardctl.rules.case import Case
from hazardctl.rules.parts import Holder
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
        first, last, name = _range(holder)
        if first and last and last < first:
            message = Text("{last} 早于开始的 {first}", "{last} lies before the start, {first}").of(first=first, last=last)
            yield Fault(message, (*holder.trail, name))


def _range(holder: Holder) -> tuple[dt.date | None, dt.date | None, str]:
    match holder.value:
        case Campaign() | Phase():
            return holder.value.start, holder.value.end, "end"
        case Unit():
            return holder.value.valid_from, holder.value.closed_on, "closed_on"
        case _:
            return None, None, ""
