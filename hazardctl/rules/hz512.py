"""HZ512: a figure nobody can place."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ512",
    scope="ledger",
    since="0.1",
    title=Text("数字没有范围", "a figure without a scope"),
    why=Text(
        "没有指标、范围和时期的数，和什么都比不了，报表也用不上",
        "without measure, scope and period it compares with nothing and no report finds it",
    ),
    repair=Text("写明 measure、period 和 scope（全部写 {}）", "say measure, period and scope ({} for everything)"),
)
def no_scope(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A figure says its period and its scope (`{}` for everything), and both they and its measure are known to this ledger.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D  # HZ512
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        preset: unknown
        figures:
          - {measure: hazards.found, value: 31}
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
        ```
    """
    for entry, trail, why in setting.figures.unplaced():
        yield entry, Fault(why, trail)
