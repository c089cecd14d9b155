"""HZ511: a figure that is blank in its source."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ511",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("数字空缺", "a figure is missing"),
    why=Text("空缺的数不当作零，由它算的数和比率也跟着空缺", "it is never taken for 0, and what is made of it is missing too"),
    repair=Text("向原单位要数，或由负责人声明为零", "ask the source for it, or have it declared nil"),
)
def missing_figure(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A figure that its source leaves blank is supplied, or declared to be nil.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: enforcement.temp_sealed.units, value: 61}
          - {measure: enforcement.fine.amount, missing: true, unit: 万元}  # HZ511
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
          - {measure: enforcement.temp_sealed.units, value: 61}
          - {measure: enforcement.fine.amount, missing: true, unit: 万元}
        source: {title: 半年小结}
        by: 李四
        ---
        id: SM-20240701-8ATX3
        schema: declaration/1
        date: 2024-07-01
        by: 孙八
        period: 2024H1
        scope: {}
        measure: enforcement.fine.amount
        value: 0
        ```
    """
    supplied = {(one.measure, one.scope, one.days) for one in setting.figures.stated if one.value is not None}
    nil = [one for one in setting.figures.stated if one.declared]
    for one in setting.figures.stated:
        blank = one.value is None and (one.measure, one.scope, one.days) not in supplied
        if blank and not any(other.measure == one.measure and other.covers(one) for other in nil):
            message = Text("{measure}在来源中空缺", "{measure} is blank in the source").of(measure=setting.figures.label(one.measure))
            yield one.entry, Fault(message, one.trail)
