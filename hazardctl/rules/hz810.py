"""HZ810: a period that only some ledgers sealed."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ810",
    scope="rollup",
    kind="",
    severity=Severity.INFO,
    since="0.1",
    title=Text("统计期只有部分台账封存", "a period that only some ledgers sealed"),
    why=Text("没有封存的台账还会变，汇总数随之变动", "what is not sealed may still move, and the total with it"),
    repair=Text("核对后在该台账运行 hazardctl seal", "check it, then run hazardctl seal in that ledger"),
)
def period_sealed_in_part(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """A period that one ledger of the roll-up sealed is sealed in all of them.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}  # HZ810
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        ---
        # file: liulin/seals/2024Q1.yaml
        schema: seal/1
        period: 2024Q1
        as_of: 2024-04-05
        preset: verified
        scope: {}
        sealed_on: 2024-04-06
        by: [孙八]
        figures: {hazards.found: 1}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
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
        # file: liulin/seals/2024Q1.yaml
        schema: seal/1
        period: 2024Q1
        as_of: 2024-04-05
        preset: verified
        scope: {}
        sealed_on: 2024-04-06
        by: [孙八]
        figures: {hazards.found: 1}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ---
        # file: shiqiao/seals/2024Q1.yaml
        schema: seal/1
        period: 2024Q1
        as_of: 2024-04-05
        preset: verified
        scope: {}
        sealed_on: 2024-04-06
        by: [孙八]
        figures: {hazards.found: 1}
        ```
    """
    sealed = {key: {one.seal.period for one in ledger.seals} for key, ledger in rolling.ledgers.items()}
    for period in sorted(set[str]().union(*sealed.values())):
        for key in (key for key, periods in sealed.items() if period not in periods):
            message = Text("{period} 在别的台账已封存，{it}没有", "{period} is sealed in others and not in {it}")
            yield HERE, Fault(message.of(period=period, it=rolling.name(key)), rolling.at(key, "source"))
