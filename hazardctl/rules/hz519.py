"""HZ519: one register counted two ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

EQUAL: Final = "registry.regions"
NO_MORE: Final = "documents.regions"


@rule(
    "HZ519",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("同一名册两个数", "one register, two numbers"),
    why=Text(
        "乡镇有几个只有一个答案，写成两个就说不清谁漏报",
        "there is one answer to how many townships there are; with two nobody sees who is missing",
    ),
    repair=Text("改正地域表（hazardctl.yaml 的 regions），或改正这个数", "correct the regions in hazardctl.yaml, or the figure"),
)
def registry_mismatch(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Regions of a level are as many as the tree of the configuration has, and no more of them issue papers.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        regions:
          - {key: shili, name: 示例县, level: county}
          - {key: dong, name: 东镇, level: township, parent: shili}
          - {key: xi, name: 西镇, level: township, parent: shili}
        ---
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {level: township}
        preset: unknown
        figures:
          - {measure: registry.regions, value: 3}  # HZ519
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        regions:
          - {key: shili, name: 示例县, level: county}
          - {key: dong, name: 东镇, level: township, parent: shili}
          - {key: xi, name: 西镇, level: township, parent: shili}
        ---
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {level: township}
        preset: unknown
        figures:
          - {measure: registry.regions, value: 2}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for one in setting.figures.stated:
        scope = dict(one.scope)
        if one.measure in {EQUAL, NO_MORE} and "level" in scope and one.value is not None:
            there = _regions(setting, scope)
            many = one.most is not None and one.least == one.most != there
            if there and (many if one.measure == EQUAL else one.least > there):
                message = Text("这里是 {n}，地域表里有 {there}", "{n} here, the tree of regions has {there}")
                yield one.entry, Fault(message.of(n=one.number, there=there), one.trail)


def _regions(setting: Setting, scope: Mapping[str, tuple[str, ...]]) -> int:
    """Count the regions of a level in the tree, or in the part of it below the regions asked."""
    parents = {region.key: region.parent for region in setting.config.regions}
    inside = scope.get("region", ())
    return sum(
        region.level in scope["level"] and (not inside or bool(set(inside) & {*_up(region.key, parents)}))
        for region in setting.config.regions
    )


def _up(key: str, parents: Mapping[str, str]) -> Iterator[str]:
    for _ in range(len(parents)):
        yield key
        key = parents.get(key, "")
