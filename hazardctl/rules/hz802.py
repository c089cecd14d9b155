"""HZ802: a ledger of a roll-up that cannot be read."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.rolling import HERE, Rolling, Where


@rule(
    "HZ802",
    scope="rollup",
    kind="",
    since="0.1",
    title=Text("台账读不到", "a ledger cannot be read"),
    why=Text("读不到的台账不等于没有隐患，合计不完整", "an unread ledger is not one without hazards: the totals are incomplete"),
    repair=Text("改正位置或提交，或先 git clone、git fetch", "put its folder or commit right, or clone or fetch it first"),
)
def ledger_unreadable(rolling: Rolling) -> Iterator[tuple[Where, Fault]]:
    """Every ledger of a roll-up can be read: its folder, its commit, its configuration.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: shiqiao, source: shiqiao}  # HZ802
        ---
        # file: liulin/hazardctl.yaml
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
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ```
    """
    for unread in rolling.pool.unread:
        if unread.path in rolling.order:
            yield HERE, Fault(unread.findings[0].message, rolling.at(unread.path, "source"))
