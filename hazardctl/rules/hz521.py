"""HZ521: a rate without its parts."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import rates
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ521",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("只有比率没有分子分母", "a rate without its parts"),
    why=Text("没有分子分母的百分之百，谁也核不了", "a hundred per cent of nobody knows what cannot be checked"),
    repair=Text("补上分子和分母", "enter numerator and denominator"),
)
def rate_without_parts(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A stated rate has numerator and denominator beside it, in the source or among the records.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, missing: true}
          - {measure: hazards.rectified, missing: true}
          - {measure: hazards.rate, value: 100, stated: true}  # HZ521
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
          - {measure: hazards.rectified, value: 31}
          - {measure: hazards.rate, value: 100, stated: true}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for stated, known in rates(setting.figures):
        if known.absent:
            names = [setting.figures.label(name) for name in known.absent]
            message = Text("所列 {n}%，缺{names}", "stated {n} %, without {names}").of(n=stated.number, names=names)
            yield stated.entry, Fault(message, stated.trail)
