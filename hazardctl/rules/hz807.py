"""HZ807: one hazard that stands differently in two ledgers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.history import replay
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import Rolling, Where, where

WHAT: Final = (Text("状态", "state"), Text("级别", "grade"), Text("发现日期", "found on"))
PART: Final = Text("{what} {mine}，那边 {theirs}", "{what} {mine}, there {theirs}")


@rule(
    "HZ807",
    scope="rollup",
    since="0.1",
    title=Text("同一隐患两边说法不一", "one hazard stands differently in two ledgers"),
    why=Text(
        "只计一处，另一处的状态就没人看见",
        "one of them counts, and nobody sees how it stands in the other",
    ),
    repair=Text("两边核对，补记或更正", "compare the two and record or correct what is missing"),
)
def same_hazard_differs(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """A hazard that two levels keep (`same_as`) has one state, one grade and one day of discovery in both.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin, level: township}
          - {key: shili, source: shili, level: county}
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
        same_as: ["shili:YH-20240603-8C1WE"]  # HZ807
        history:
          - {date: 2024-06-03, do: register, by: 李四}
          - {date: 2024-06-03, do: rectify, by: 赵六, on_spot: true, note: 当场清理}
          - {date: 2024-06-03, do: verify, by: 王五, result: pass}
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

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin, level: township}
          - {key: shili, source: shili, level: county}
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
          - {date: 2024-06-03, do: rectify, by: 赵六, on_spot: true, note: 当场清理}
          - {date: 2024-06-03, do: verify, by: 王五, result: pass}
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
          - {date: 2024-06-03, do: rectify, by: 赵六, on_spot: true, note: 当场清理}
          - {date: 2024-06-03, do: verify, by: 王五, result: pass}
        ```
    """
    for double in rolling.pool.doubles:
        mine = _standing(double.counts, rolling)
        for other in double.others:
            theirs = _standing(other, rolling)
            both = zip(WHAT, mine, theirs, strict=True)
            parts = [PART.of(what=what, mine=one, theirs=two) for what, one, two in both if str(one) != str(two)]
            if parts:
                message = Text("与 {other} 不一：{parts}", "not as in {other}: {parts}").of(other=other.record.id, parts=parts)
                yield where(double.counts.record.id, double.counts.path), Fault(message, ("same_as",))


def _standing(entry: Entry[Hazard], rolling: Rolling) -> tuple[Text, Text, Text]:
    span = replay(entry.record).on(rolling.today)
    state, grade = (span.state, span.grade) if span else ("", entry.record.grade)
    return (
        rolling.pool.label("states", state),
        rolling.pool.label("grades", grade),
        Text("{day}", "{day}").of(day=entry.record.found_on),
    )
