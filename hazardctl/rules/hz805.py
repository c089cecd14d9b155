"""HZ805: ledgers that count by different rules."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.agreed import CONVENTIONS, differing
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ805",
    scope="rollup",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("各台账口径不一", "the ledgers count by different rules"),
    why=Text(
        "汇总按同一套规则重算，各地自己报的数会与它不同",
        "a roll-up counts all by one rule, and what a town prints by itself differs from it",
    ),
    repair=Text("在 rollup.yaml 里写明用哪一种，或统一各台账的配置", "say in rollup.yaml which holds, or make the ledgers agree"),
)
def conventions_differ(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """Basis, cut-off, counting, calendar, day limits and closing rules are the same in every ledger, or the roll-up says which hold.

    Where it does not, the usual ones hold for all of them.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}  # HZ805
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        measures: {preset: official}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        measures: {preset: closed}
        ```

    Good:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        measures: {preset: official}
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
        measures: {preset: official}
        ---
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        measures: {preset: closed}
        ```
    """
    for name in CONVENTIONS:
        if getattr(rolling.pool.rollup, name):
            continue
        if found := differing(name, rolling.configs):
            parts = [Text("{keys} {value}", "{keys} {value}").of(keys=keys, value=value) for value, keys in found.items()]
            message = Text("{setting}不一：{parts}", "{setting} differs: {parts}").of(setting=name, parts=parts)
            yield HERE, Fault(message, ("ledgers", 0))
