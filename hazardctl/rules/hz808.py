"""HZ808: a hazard said to stand in a ledger that does not have it."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.pool import ledger_of, own_name
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import Rolling, Where


@rule(
    "HZ808",
    scope="rollup",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("另一台账里没有这条隐患", "the other ledger does not have the hazard"),
    why=Text("两边对不上，可能各计一次", "the two do not meet, and may both be counted"),
    repair=Text("same_as 写成 台账键:隐患编号", "write same_as as LEDGER:ID"),
)
def same_hazard_missing(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """What `same_as` names in a ledger of the roll-up is a hazard there.

    Ledgers outside the roll-up, and those that could not be read, are not looked at.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shili, source: shili}
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
        same_as: ["shili:YH-20240603-8C1WE"]  # HZ808
        history:
          - {date: 2024-06-03, do: register, by: 李四}
        ---
        # file: shili/hazardctl.yaml
        schema: config/1
        ```

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shili, source: shili}
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
        same_as: ["shili:YH-20240603-8C1WE"]
        history:
          - {date: 2024-06-03, do: register, by: 李四}
        ---
        # file: shili/hazardctl.yaml
        schema: config/1
        ---
        # file: shili/hazards/2024/06/YH-20240603-8C1WE.yaml
        id: YH-20240603-8C1WE
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
    """
    for key, ledger in rolling.ledgers.items():
        for entry in ledger.hazards:
            for position, text in enumerate(entry.record.same_as):
                other = rolling.ledgers.get(ledger_of(text))
                if other is not None and (ledger_of(text) == key or own_name(text) not in set(other.hazard_ids)):
                    message = Text("{other}的台账里没有 {it}", "the ledger of {other} has no {it}")
                    said = message.of(other=rolling.name(ledger_of(text)), it=own_name(text))
                    yield Where(key, entry.path, entry.record.id), Fault(said, ("same_as", position))
