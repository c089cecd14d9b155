"""HZ115: two records for one id of another system, and they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief, bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

APART: Final = ("unit", "grade", "description", "found_on")


def _content(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, dict[str, str]]]:
    ids = entry.record.external_ids
    said = _said(entry, setting) if ids else {}
    return ((bucket(entry.kind.name, system, text), said) for system, text in ids.items())


def _said(entry: Entry[Record], setting: Setting) -> dict[str, str]:
    if not isinstance(entry.record, Hazard):
        return {"name": getattr(entry.record, "name", "")}
    span = setting.replay(cast("Entry[Hazard]", entry)).on(setting.today)
    return {**{name: str(getattr(entry.record, name)) for name in APART}, "state": span.state if span else ""}


@rule(
    "HZ115",
    scope="ledger",
    brief=_content,
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
def external_id_conflict(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
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
    for key, group in setting.briefs.groups("HZ115", 2):
        standing = [one for one in group if one.id not in setting.ended]
        for one in standing[1:]:
            if apart := _apart(one.said, standing[0].said):
                _, system, text = key.split("\x1f", 2)
                message = Text("外部编号 {it} 也在 {other}，不同处：{apart}", "{it} is also the id of {other}; they differ in {apart}")
                yield one, Fault(message.of(it=text, other=standing[0].id, apart=apart), ("external_ids", system))


def _apart(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    return [name for name in mine if mine[name] != theirs.get(name)]
