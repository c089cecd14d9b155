"""HZ109: a typed name that is no unit, or several."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model import ids
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ109",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("单位名称对不上", "a unit's name that matches none, or several"),
    why=Text("同一单位的两种写法会成为两行，合计就拆开了", "two spellings of one unit become two lines, and its total is split"),
)
def name_for_unit(case: Case) -> Iterator[Fault]:
    """Where a name stands in place of a unit's key, it is the name or an alias of exactly one registered unit.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        unit: XX纸  # HZ109
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        unit: XX纸业有限公司
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        ```
    """
    ledger = case.setting.ledger
    ours = ledger.config.organisation.name  # one spelling, ours: it splits nothing, and need not be registered
    for link in case.links:
        if link.kind != "unit" or link.text in ledger.units or _key(link.text):
            continue
        keys = ledger.unit_keys(link.text)
        if len(keys) > 1:
            message = Text("“{it}”是 {keys} 共同的名称", "“{it}” is the name of {keys}").of(it=link.text, keys=keys)
            yield Fault(message, link.trail, Text("写单位的键", "write the unit's key"))
        elif not keys and link.text != ours:
            near = case.setting.meant("unit names", case.setting.unit_names, link.text)
            repair = Text("是不是 {it}？", "did you mean {it}?").of(it=near) if near else None
            message = Text("没有名为“{it}”的单位", "no unit is called “{it}”").of(it=link.text)
            yield Fault(
                message,
                link.trail,
                repair or Text("登记这个单位  hazardctl new unit {it}", "register it  hazardctl new unit {it}").of(it=link.text),
            )


def _key(text: str) -> bool:
    """Say whether the text was meant as a key: then HZ105 speaks of it."""
    return ids.is_id(text) or (ids.is_slug(text) and not text.replace("-", "").isdigit())
