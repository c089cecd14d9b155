"""HZ809: a ledger that nothing was heard of for long."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ809",
    scope="rollup",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("台账久未更新", "nothing was heard of a ledger for long"),
    why=Text("没有记录不等于没有隐患", "no record is not the same as no hazard"),
    repair=Text("催报；确实没有的，登记一条零报告", "ask for it; where there was nothing, a declaration says so"),
)
def ledger_silent(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """Every ledger records something in each `silent_days` (31 unless the roll-up says otherwise), counted up to today.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        silent_days: 14
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}  # HZ809
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        ---
        # file: liulin/hazards/2024/06/YH-20240624-7K2QF.yaml
        id: YH-20240624-7K2QF
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-24
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        history:
          - {date: 2024-06-24, do: register, by: 李四}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ---
        # file: shiqiao/hazards/2024/06/YH-20240603-8C1WE.yaml
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

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        silent_days: 31
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        ---
        # file: liulin/hazards/2024/06/YH-20240624-7K2QF.yaml
        id: YH-20240624-7K2QF
        schema: hazard/1
        description: 消防通道堵塞
        found_on: 2024-06-24
        source: supervision
        found_by_org: liulin-office
        unit: xx-paper
        site: 一层
        sector: fire
        grade: general
        history:
          - {date: 2024-06-24, do: register, by: 李四}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ---
        # file: shiqiao/hazards/2024/06/YH-20240603-8C1WE.yaml
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
    for key, last in rolling.last.items():
        days = None if last is None else (rolling.today - last).days
        if days is None:
            yield HERE, Fault(Text("{it}从无记录", "{it} has no record at all").of(it=rolling.name(key)), rolling.at(key, "source"))
        elif days > rolling.pool.rollup.silent_days:
            message = Text("{it}最近一条记录在 {day}，已 {n} 天", "the last record of {it} is of {day}, {n} days ago")
            yield HERE, Fault(message.of(it=rolling.name(key), day=last, n=days), rolling.at(key, "source"))
