"""HZ804: one record in two ledgers."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.ids import is_id
from hazardctl.pool import ledger_of, own_name
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import Rolling, Where, where


@rule(
    "HZ804",
    scope="rollup",
    kind="",
    since="0.1",
    title=Text("同一记录在两个台账里", "one record in two ledgers"),
    why=Text("会被计两遍", "it is counted twice"),
    repair=Text(
        "作废其中一份；两级各记的同一隐患写 same_as",
        "withdraw one of them; a hazard that two levels keep says so in same_as",
    ),
)
def record_in_two_ledgers(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """No dated id stands in two ledgers, unless `same_as` says that both mean one hazard, which is then counted once.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        ---
        # file: liulin/hazards/2024/06/YH-20240603-7K2QF.yaml
        id: YH-20240603-7K2QF
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-03
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        history:
          - {date: 2024-06-03, do: register, by: 李四}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ---
        # file: shiqiao/hazards/2024/06/YH-20240603-7K2QF.yaml
        id: YH-20240603-7K2QF  # HZ804
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-03
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        history:
          - {date: 2024-06-03, do: register, by: 李四}
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
        ---
        # file: liulin/hazards/2024/06/YH-20240603-7K2QF.yaml
        id: YH-20240603-7K2QF
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-03
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        history:
          - {date: 2024-06-03, do: register, by: 李四}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ---
        # file: shiqiao/hazards/2024/06/YH-20240603-7K2QF.yaml
        id: YH-20240603-7K2QF
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-03
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        same_as: ["liulin:YH-20240603-7K2QF"]
        history:
          - {date: 2024-06-03, do: register, by: 李四}
        ```
    """
    first: dict[str, str] = {}
    for entry in rolling.pool.entries:
        name = own_name(entry.record.id)
        if not is_id(name):
            continue
        other = first.setdefault(name, entry.record.id)
        if other != entry.record.id:
            message = Text("{it} 也在{other}的台账里", "{it} stands in the ledger of {other} as well")
            yield where(entry.record.id, entry.path), Fault(message.of(it=name, other=rolling.name(ledger_of(other))), ("id",))
