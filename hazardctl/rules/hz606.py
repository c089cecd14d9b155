"""HZ606: one text for many hazards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief, bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

OFTEN: Final = 5


def _text(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, str]]:
    hazard = entry.record
    if isinstance(hazard, Hazard) and hazard.description:
        for name in sorted(_finders(setting, hazard)):
            yield bucket(name, folded(hazard.description)), hazard.found_on.isoformat()


@rule(
    "HZ606",
    scope="ledger",
    brief=_text,
    severity=Severity.INFO,
    since="0.1",
    title=Text("同一句话反复粘贴", "one text for many hazards"),
    why=Text("各处情况不会一字不差，像是没有到现场看", "no two places are alike to the letter: it reads as if nobody had gone there"),
    repair=Text("写各处自己的情况", "write what is wrong in each place"),
)
def pasted_text(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
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
    told: set[str] = set()
    for name, standing in _written(setting):
        for number, one in enumerate(standing[OFTEN - 1 :], OFTEN):
            if one.path not in told:  # two finders, one finding
                told.add(one.path)
                message = Text("{name} 第 {n} 次写同样的描述，首见 {id}", "{name} wrote this for the {n}th time, first in {id}")
                yield one, Fault(message.of(name=name, n=number, id=standing[0].id), ("description",))


def _written(setting: Setting) -> list[tuple[str, list[Brief]]]:
    """Give who wrote one text often, with the records in the order of days; who began first comes first."""
    found: list[tuple[str, list[Brief]]] = []
    for key, group in setting.briefs.groups("HZ606", OFTEN):
        standing = sorted((one for one in group if one.id not in setting.ended), key=_when)
        if standing:
            found.append((key.partition("\x1f")[0], standing))
    return sorted(found, key=lambda one: (_when(one[1][0]), one[0]))


def _when(one: Brief) -> tuple[str, str, str]:
    return one.said, one.id, one.path


def _finders(setting: Setting, hazard: Hazard) -> set[str]:
    names = hazard.found_by or next((act.by for act in hazard.history if act.do == "register"), ())
    return {setting.person(name) for name in names if name.strip()}
