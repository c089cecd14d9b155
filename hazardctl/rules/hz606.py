"""HZ606: one text for many hazards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

OFTEN: Final = 5


@rule(
    "HZ606",
    scope="ledger",
    severity=Severity.INFO,
    since="0.1",
    title=Text("同一句话反复粘贴", "one text for many hazards"),
    why=Text("各处情况不会一字不差，像是没有到现场看", "no two places are alike to the letter: it reads as if nobody had gone there"),
    repair=Text("写各处自己的情况", "write what is wrong in each place"),
)
def pasted_text(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Nobody describes five hazards or more with the same words.

    The finder is who stands in `found_by`, else who registered it. The finding stands at the fifth record and those after it; the example
    stands for five records like it, and the last of them is reported.

    Bad:
        ```yaml
        # times: 5
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用  # HZ606
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # times: 4
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    written: dict[tuple[str, str], list[Entry[Hazard]]] = defaultdict(list)
    for entry in sorted(setting.ledger.hazards, key=lambda one: (one.record.found_on, one.record.id, one.path)):
        if entry.record.description and entry.record.id not in setting.ended:
            for name in sorted(_finders(setting, entry.record)):
                written[name, folded(entry.record.description)].append(entry)
    told: set[str] = set()
    for (name, _), entries in written.items():
        for number, entry in enumerate(entries[OFTEN - 1 :], OFTEN):
            if entry.path not in told:  # two finders, one finding
                told.add(entry.path)
                message = Text("{name} 第 {n} 次写同样的描述，首见 {id}", "{name} wrote this for the {n}th time, first in {id}")
                yield entry, Fault(message.of(name=name, n=number, id=entries[0].record.id), ("description",))


def _finders(setting: Setting, hazard: Hazard) -> set[str]:
    names = hazard.found_by or next((act.by for act in hazard.history if act.do == "register"), ())
    return {setting.person(name) for name in names if name.strip()}
