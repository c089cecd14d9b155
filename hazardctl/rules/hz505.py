"""HZ505: fewer visits than units."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ505",
    scope="ledger",
    since="0.1",
    title=Text("家次少于家数", "fewer visits than units"),
    why=Text("查过的每一家至少有一次", "each unit that was inspected had one visit at least"),
    repair=Text("家数去重，家次不去重；对照原文改正", "units are counted once, visits each time; correct it from the source"),
)
def visits_under_units(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """There are as many visits (家次) as units (家) at least (DOMAIN §4.7 E30).

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: inspections.unit_visits, value: 20}  # HZ505
          - {measure: inspections.units, value: 27}
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
          - {measure: inspections.unit_visits, value: 35}
          - {measure: inspections.units, value: 27}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for said in groups(setting.figures.stated).values():
        visits, units = said.get("inspections.unit_visits"), said.get("inspections.units")
        if visits is not None and units is not None and visits.most is not None and visits.most < units.least:
            message = Text("检查 {visits} 家次，受检 {units} 家", "{visits} visits to {units} units").of(
                visits=visits.number, units=units.number
            )
            yield visits.entry, Fault(message, visits.trail)
