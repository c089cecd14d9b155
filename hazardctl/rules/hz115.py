"""HZ115: two records for one id of another system, and they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

APART: Final = ("unit", "grade", "description", "found_on")


@rule(
    "HZ115",
    scope="ledger",
    kind="",
    since="0.1",
    title=Text("同一外部编号，内容不同", "one id of another system, two contents"),
    why=Text(
        "两边各说各话，一处未结、一处已销，报出去的数对不上",
        "open here and closed there: the two figures that are reported cannot both be right",
    ),
    repair=Text(
        "核实后保留一条，另一条用 hazardctl withdraw --reason duplicate 作废",
        "find out which is true, keep it, withdraw the other as a duplicate",
    ),
)
def external_id_conflict(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """An id of another system belongs to one living record here, or the records say the same.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        external_ids: {province: "AB-33"}
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        external_ids: {province: "AB-33"}  # HZ115
        description: 配电箱未上锁
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        external_ids: {province: "AB-33"}
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        external_ids: {province: "AB-34"}
        description: 配电箱未上锁
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    first: dict[tuple[str, str, str], Entry[Record]] = {}
    for entry in setting.ledger.entries:
        if not entry.record.external_ids or entry.record.id in setting.ended:
            continue
        for system, text in entry.record.external_ids.items():
            other = first.setdefault((entry.kind.name, system, text), entry)
            if other is not entry and (apart := _apart(entry, other, setting)):
                message = Text("外部编号 {it} 也在 {other}，不同处：{apart}", "{it} is also the id of {other}; they differ in {apart}")
                yield entry, Fault(message.of(it=text, other=other.record.id, apart=apart), ("external_ids", system))


def _apart(entry: Entry[Record], other: Entry[Record], setting: Setting) -> list[str]:
    mine, theirs = _content(entry, setting), _content(other, setting)
    return [name for name in mine if mine[name] != theirs.get(name)]


def _content(entry: Entry[Record], setting: Setting) -> Mapping[str, object]:
    if not isinstance(entry.record, Hazard):
        return {"name": getattr(entry.record, "name", "")}
    span = setting.ledger.replays[entry.path].on(setting.today)
    return {**{name: getattr(entry.record, name) for name in APART}, "state": span.state if span else ""}
