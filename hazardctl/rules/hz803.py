"""HZ803: two ledgers of one region."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.agreed import region_of
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ803",
    scope="rollup",
    kind="",
    since="0.1",
    title=Text("两个台账属于同一地域", "two ledgers of one region"),
    why=Text("同一地域的隐患可能记了两遍", "the hazards of one region may be recorded twice"),
    repair=Text("去掉一个，或写明各自的 region", "leave one out, or say the region of each"),
)
def region_claimed_twice(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """Each ledger of a roll-up is of a region of its own.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}  # HZ803
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        organisation: {name: liulin, region: liulin}
        regions: [{key: liulin, name: liulin}]
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        organisation: {name: liulin, region: liulin}
        regions: [{key: liulin, name: liulin}]
        ```

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        organisation: {name: liulin, region: liulin}
        regions: [{key: liulin, name: liulin}]
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        organisation: {name: shiqiao, region: shiqiao}
        regions: [{key: shiqiao, name: shiqiao}]
        ```
    """
    first: dict[str, str] = {}
    for key, region in ((one.key, region_of(one, rolling.configs)) for one in rolling.pool.rollup.ledgers):
        if region and first.setdefault(region, key) != key:
            message = Text("{it}和{other}都属于“{region}”", "{it} and {other} are both of “{region}”")
            said = message.of(it=rolling.name(key), other=rolling.name(first[region]), region=rolling.pool.region_name(region))
            yield HERE, Fault(said, rolling.at(key, "source"))
