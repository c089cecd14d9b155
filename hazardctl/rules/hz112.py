"""HZ112: a region outside the tree."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.campaign import Campaign
from hazardctl.rules.case import Case, Setting
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ112",
    kind="",
    fields=("region", "regions"),
    since="0.1",
    title=Text("属地不在地域表内", "a region outside the tree"),
    why=Text("不在表内的属地，哪一行地域合计都不会有它", "it would fall out of every line of a table by region"),
    repair=Text("改正属地，或在 hazardctl.yaml 的 regions 里补上", "correct it, or add it to regions in hazardctl.yaml"),
)
def unknown_region(case: Case) -> Iterator[Fault]:
    """Every region is a key of the region tree in the configuration.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        regions: [{key: qingshan-east, name: 东村}]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        region: dongcun  # HZ112
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        regions: [{key: qingshan-east, name: 东村}]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        region: qingshan-east
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    known = case.setting.regions
    if case.record.region and case.record.region not in known:
        yield _fault(case.record.region, ("region",), case.setting)
    if isinstance(case.record, Campaign):
        for position, region in enumerate(case.record.regions):
            if region not in known:
                yield _fault(region, ("regions", position), case.setting)


def _fault(region: str, trail: tuple[str | int, ...], setting: Setting) -> Fault:
    near = setting.meant("region keys", sorted(setting.regions), region)
    repair = Text("是不是 {it}？", "did you mean {it}?").of(it=near) if near else None
    return Fault(Text("属地“{it}”不在地域表内", "the region “{it}” is not in the tree").of(it=region), trail, repair)
