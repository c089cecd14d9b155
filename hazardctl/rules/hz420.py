"""HZ420: power cut without a day's notice."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.enforcement import Enforcement
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ420",
    kind="enforcement",
    severity=Severity.WARNING,
    fields=("kind",),
    since="0.1",
    title=Text("停止供电没有提前一天通知", "power cut without a day's notice"),
    why=Text(
        "停止供电应提前二十四小时书面通知，紧急情形除外（安全生产法第七十条）",
        "a power cut is announced in writing 24 hours before, emergencies apart (安全生产法 art. 70)",
    ),
    repair=Text("补 notified_at；紧急情形用 waivers 写明理由", "add notified_at; an emergency is a waiver with its reason"),
)
def no_24h_notice(case: Case) -> Iterator[Fault]:
    """A power cut states when the unit was told, no later than the day before it takes effect.

    Bad:
        ```yaml
        id: ZF-20240312-W2C6S
        schema: enforcement/1
        date: 2024-03-12
        kind: stop_supply
        org: shili-emergency
        unit: xx-paper
        effective_on: 2024-03-12
        notified_at: 2024-03-12T08:00  # HZ420
        ```

    Good:
        ```yaml
        id: ZF-20240312-W2C6S
        schema: enforcement/1
        date: 2024-03-12
        kind: stop_supply
        org: shili-emergency
        unit: xx-paper
        effective_on: 2024-03-14
        notified_at: 2024-03-12T08:00
        ```
    """
    cut = case.record
    if not isinstance(cut, Enforcement) or cut.kind != "stop_supply":
        return
    if cut.notified_at is None:
        yield Fault(Text("没有写通知时间", "when the unit was told is missing"), ("kind",))
    elif cut.effective_on is not None and cut.notified_at.date() >= cut.effective_on:
        message = Text("{day} 停电，{at} 才通知", "cut on {day}, told on {at}")
        yield Fault(message.of(day=cut.effective_on, at=f"{cut.notified_at:%Y-%m-%d %H:%M}"), ("notified_at",))
