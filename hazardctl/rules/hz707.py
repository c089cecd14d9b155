"""HZ707: a record was moved or renamed."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import Between, Change
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ707",
    scope="range",
    kind="",
    since="0.2",
    title=Text("记录改名或移位", "a record was moved or renamed"),
    why=Text("编号和位置永远不变，别处的引用才不会落空", "ids and paths are for ever, so that what names them does not dangle"),
    repair=Text("改回原来的编号和位置", "give it its old id and place back"),
)
def moved_record(change: Change, span: Between) -> Iterator[Fault]:
    """A record keeps its id and its path.

    Bad:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-20 李四
        # gone: hazards/2024/03/YH-20240312-7K2QF.yaml
        ---
        # then: 2024-03-20 李四
        id: YH-20240312-M3V8K  # HZ707
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ```

    Good:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-20 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: note, by: 李四, note: 日期记错，编号不改}
        ```
    """
    old = span.moves.get(change.path)
    if old is not None:
        message = Text("原为 {old}（{who}）", "it was {old} ({who})")
        yield Fault(message.of(old=old, who=change.touches[-1].who if change.touches else ""), ("id",))
    elif change.pair and change.pair[0].id != change.pair[1].id:
        yield Fault(Text("编号原为 {old}", "its id was {old}").of(old=change.pair[0].id), ("id",))
