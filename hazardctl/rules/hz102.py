"""HZ102: one id in two files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule


def _id(entry: Entry[Record], _: Setting) -> Iterable[tuple[str, None]]:
    yield entry.record.id, None


@rule(
    "HZ102",
    scope="ledger",
    brief=_id,
    kind="",
    since="0.1",
    title=Text("两个文件用了同一个标识", "one id in two files"),
    why=Text("引用不知指向哪一份，两份还会各算一次", "nobody knows which of the two a reference means, and both are counted"),
    repair=Text(
        "留下放对位置的一份；若是两条隐患，另一条用 hazardctl add 重新登记",
        "keep the one in its place; if they are two hazards, register the other with hazardctl add",
    ),
)
def duplicate_id(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """Each id stands in one file of the ledger.

    Bad:
        ```yaml
        # file: hazards/2024/03/YH-20240312-7K2QF.yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        # file: hazards/2024/04/YH-20240312-7K2QF.yaml
        id: YH-20240312-7K2QF  # HZ102
        schema: hazard/1
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
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        description: 配电箱未上锁
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for record, (first, *others) in setting.briefs.groups("HZ102", 2):
        for other in others:
            if other.path != first.path:
                message = Text("标识 {id} 已用于 {path}", "the id {id} stands in {path} already").of(id=record, path=first.path)
                yield other, Fault(message, ("id",))
