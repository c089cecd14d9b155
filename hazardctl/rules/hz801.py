"""HZ801: a roll-up that contradicts itself."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ801",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("汇总文件有误", "the roll-up is wrong"),
    why=Text("漏了或重了一个台账，合计就不对", "a ledger left out or listed twice makes every total wrong"),
    repair=Text("改正 rollup.yaml", "put rollup.yaml right"),
)
def bad_rollup() -> None:
    """`rollup.yaml` names each ledger once, by a key of its own, and says nothing the program does not know.

    The store says it while reading; no figure is given over such a file.

    Bad:
        ```yaml
        # file: rollup.yaml
        schema: rollup/1
        ledgers:
          - {key: liulin, source: liulin}
          - {key: liulin, source: shiqiao}  # HZ801
        ---
        # file: liulin/hazardctl.yaml
        schema: config/1
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
        # file: shiqiao/hazardctl.yaml
        schema: config/1
        ```
    """
