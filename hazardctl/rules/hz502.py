"""HZ502: a stock that does not roll forward."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups, terms
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Stated, number

CLOSING: Final = "stock.closing"
FLOWS: Final = "stock.opening + stock.found + stock.reopened - stock.resolved - stock.resolved_other - stock.withdrawn - stock.transferred"
BROKEN: Final = Text("期初 {now}，上期期末 {was}（{id}）", "opens with {now}, the period before closed with {was} ({id})")
UNBALANCED: Final = Text("期末 {closing}，按期初和进出应为 {sum}", "closes with {closing}; opening, in and out give {sum}")


@rule(
    "HZ502",
    scope="ledger",
    since="0.1",
    title=Text("期初与上期期末不符", "the stock does not roll forward"),
    why=Text(
        "上期的期末就是本期的期初，差出来的隐患没有去处", "what one period ends with the next begins with; the difference went nowhere"
    ),
    repair=Text("对照两期原文改正，或作废旧的一份", "correct it from both sources, or withdraw the older one"),
)
def roll_forward(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """The stock a period opens with is the one the period before it closed with, and in one period in and out add up (DOMAIN §4.3 I2).

    Bad:
        ```yaml
        id: TJ-20240331-2JW9D
        schema: tally/1
        date: 2024-03-31
        period: 2024Q1
        scope: {}
        preset: unknown
        figures:
          - {measure: stock.closing, value: 18}
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024Q2
        scope: {}
        preset: unknown
        figures:
          - {measure: stock.opening, value: 16}  # HZ502
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240331-2JW9D
        schema: tally/1
        date: 2024-03-31
        period: 2024Q1
        scope: {}
        preset: unknown
        figures:
          - {measure: stock.closing, value: 18}
        source: {title: 半年小结}
        by: 李四
        ---
        id: TJ-20240630-9XK4C
        schema: tally/1
        date: 2024-06-30
        period: 2024Q2
        scope: {}
        preset: unknown
        figures:
          - {measure: stock.opening, value: 18}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    found = groups(setting.figures.stated)
    closings: dict[tuple[object, ...], tuple[dt.date, Stated]] = {}
    for group, said in found.items():
        yield from _balanced(said)
        closing = said.get("stock.closing")
        if closing is not None and closing.exact is not None:
            key = (group.scope, group.basis, group.days[-1][1] + dt.timedelta(days=1))
            closings[key] = max((group.day, closing), closings.get(key, (group.day, closing)), key=lambda one: one[0])
    for group, said in found.items():
        opening = said.get("stock.opening")
        before = closings.get((group.scope, group.basis, group.days[0][0]))
        if opening is not None and opening.exact is not None and before is not None and before[1].exact != opening.exact:
            values = {"now": opening.number, "was": before[1].number, "id": before[1].entry.record.id}
            yield opening.entry, Fault(BROKEN.of(**values), opening.trail)


def _balanced(said: Mapping[str, Stated]) -> Iterator[tuple[Entry[Record], Fault]]:
    names = [name for _, name in terms(FLOWS)]
    known = {name: value for name in (*names, CLOSING) if name in said and (value := said[name].exact) is not None}
    if len(known) == len(names) + 1 and (total := sum(sign * known[name] for sign, name in terms(FLOWS))) != known[CLOSING]:
        closing = said[CLOSING]
        yield closing.entry, Fault(UNBALANCED.of(closing=closing.number, sum=number(Decimal(total))), closing.trail)
