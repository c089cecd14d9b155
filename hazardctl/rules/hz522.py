"""HZ522: a class of accident made of a sum."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups
from hazardctl.rules.registry import Fault, rule

CLASS: Final = "accidents.class."


@rule(
    "HZ522",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("事故等级不能按合计定", "a class of accident made of a sum"),
    why=Text("等级是每一起事故的，几起的伤亡加起来定不了级", "a class belongs to one accident; the dead of several do not make one"),
    repair=Text("逐起登记事故，等级由程序推算", "record the accidents one by one; the program computes the class of each"),
)
def class_from_sum(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A tally of several accidents states no class above general for some of them: it cannot be told from their sum (DOMAIN §2.8).

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: accidents.count, value: 3}
          - {measure: accidents.deaths, value: 4}
          - {measure: accidents.class.larger, value: 1}  # HZ522
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: accidents.count, value: 3}
          - {measure: accidents.deaths, value: 4}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for said in groups(setting.figures.stated).values():
        count = said.get("accidents.count")
        for name, one in said.items():
            if name.startswith(CLASS) and name != f"{CLASS}general" and one.least > 0 and count is not None and one.least < count.least:
                message = Text("{n} 起事故中有 {it} 起{name}，按合计推不出来", "{it} of {n} accidents: {name}, which no sum can tell")
                yield one.entry, Fault(message.of(n=count.number, it=one.number, name=setting.figures.label(name)), one.trail)
