"""HZ411: closed while production is still stopped by order."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.enforcement import STOP_KINDS
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ411",
    scope="ledger",
    since="0.1",
    title=Text("停产查封未解除就销号", "closed while a stop is in force"),
    why=Text(
        "停产停用是因为这处隐患；恢复之前要经审查同意（安全生产法第六十五条）",
        "production was stopped because of this hazard; it may resume only when the authority agrees (安全生产法 art. 65)",
    ),
    repair=Text("先办解除，补 lifted_on 和解除文书，再销号", "have the stop lifted first (lifted_on, lift_doc), then close"),
)
def closed_under_stop(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """On the day a hazard is closed no stop, seal or power cut that was ordered because of it is in force any more.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-13, do: verify, by: 李四, result: pass}
          - {date: 2024-03-14, do: close, by: 孙八, reason: rectified}  # HZ411
        ---
        id: ZF-20240312-W2C6S
        schema: enforcement/1
        date: 2024-03-12
        kind: temp_sealed
        org: shili-fire
        unit: xx-paper
        hazards: [YH-20240312-7K2QF]
        effective_on: 2024-03-12
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-13, do: verify, by: 李四, result: pass}
          - {date: 2024-03-14, do: close, by: 孙八, reason: rectified}
        ---
        id: ZF-20240312-W2C6S
        schema: enforcement/1
        date: 2024-03-12
        kind: temp_sealed
        org: shili-fire
        unit: xx-paper
        hazards: [YH-20240312-7K2QF]
        effective_on: 2024-03-12
        lifted_on: 2024-03-14
        ```
    """
    for decision in setting.decisions:
        if decision.kind not in STOP_KINDS:
            continue
        for entry in filter(None, map(setting.hazard, decision.hazards)):
            for act in setting.replay(entry).acts:
                if act.fits and act.event.do == "close" and decision.in_force(act.event.date):
                    message = Text("销号时 {it} 仍在生效", "{it} was still in force at the closing").of(it=decision.id)
                    yield entry, Fault(message, ("history", act.position, "date"))
