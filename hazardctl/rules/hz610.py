"""HZ610: ten thousands written as yuan."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.record import Record
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

MONEY: Final = ("amount", "cost", "reward", "loss", "funds_planned", "funds_spent")
LEAST: Final = Decimal(10)
"""Yuan below which a fine, a fund or a loss is not believed."""
UNIT: Final = Decimal(10_000)
WAN: Final = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\s*万")


@functools.cache
def _money(model: type[Record]) -> tuple[str, ...]:
    """Name the fields of a class that hold an amount."""
    return tuple(name for name in MONEY if name in model.model_fields)


@rule(
    "HZ610",
    kind="",
    severity=Severity.WARNING,
    fields=MONEY,
    since="0.1",
    title=Text("万元写成了元", "ten thousands written as yuan"),
    why=Text("金额一律以元记；按万元填就少算一万倍", "money is stored in yuan: a figure in ten thousands is ten thousand times too small"),
    repair=Text("按元改写，如 2 万元写 20000", "write it in yuan: 20000 for 2万元"),
)
def money_unit(case: Case) -> Iterator[Fault]:
    """An amount is in yuan: none is below 10, and none equals a figure that the record's own words give in 万元.

    Bad:
        ```yaml
        id: ZF-20240313-8H4MR
        schema: enforcement/1
        date: 2024-03-13
        kind: fine
        org: shili-emergency
        unit: xx-paper
        amount: 2  # HZ610
        ```

    Good:
        ```yaml
        id: ZF-20240313-8H4MR
        schema: enforcement/1
        date: 2024-03-13
        kind: fine
        org: shili-emergency
        unit: xx-paper
        amount: 20000
        ```
    """
    said = ((name, getattr(case.record, name)) for name in _money(type(case.record)))
    amounts = {name: amount for name, amount in said if isinstance(amount, Decimal) and 0 < amount < UNIT}
    if amounts:
        in_words = {Decimal(figure) for figure in WAN.findall(case.said)}
        for name, amount in amounts.items():
            if amount < LEAST or amount in in_words:
                yield Fault(Text("{it} 元像是 {it} 万元", "{it} yuan looks like {it} ten thousands").of(it=amount), (name,))
