"""HZ509: tallies that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Stated

RIVAL: Final = Text("这里是 {n}，{id} 是 {other}", "{n} here, {other} in {id}")
DECLARED: Final = Text("这里是 {n}，{id} 声明为零", "{n} here, declared nil in {id}")


@rule(
    "HZ509",
    scope="ledger",
    since="0.1",
    title=Text("汇总数互相矛盾", "tallies that contradict each other"),
    why=Text("同一指标、范围、时期和截至日只有一个数是对的", "of one measure, scope, period and day one number is right"),
    repair=Text("核实后作废错的一份", "find out which is right and withdraw the other"),
)
def rival_tallies(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Two sources of one measure, scope, period, basis and as-of day say the same; a declaration of nil is contradicted by no tally.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 31}
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 33}  # HZ509
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 31}
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 31}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    first: dict[tuple[object, ...], Stated] = {}
    for one in setting.figures.stated:
        if one.value is not None and not one.declared:
            known = first.setdefault((one.measure, one.group), one)
            if (known.value, known.mark) != (one.value, one.mark):
                yield one.entry, Fault(RIVAL.of(n=one.number, other=known.number, id=known.entry.record.id), one.trail)
    for nil in (one for one in setting.figures.stated if one.declared):
        for one in setting.figures.stated:
            if one.measure == nil.measure and not one.declared and nil.covers(one) and one.least > 0:
                yield one.entry, Fault(DECLARED.of(n=one.number, id=nil.entry.record.id), one.trail)
