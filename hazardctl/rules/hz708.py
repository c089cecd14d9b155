"""HZ708: the id of a deleted record was used again."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import GONE, Between, Change, Version, said
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ708",
    scope="range",
    kind="",
    since="0.2",
    title=Text("删过的编号又被用上", "the id of a deleted record was used again"),
    why=Text("旧的引用会指到另一件事上", "old references would point to something else"),
    repair=Text("用 hazardctl add 另取编号，并恢复删掉的记录", "let hazardctl add draw a fresh id, and bring the deleted record back"),
)
def reused_id(change: Change, span: Between) -> Iterator[Fault]:
    """A new record does not stand under the id of one that was deleted, now or ever before.

    Bringing a deleted record back as it was is no reuse.

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
        # before: 2024-03-13
        # gone: hazards/2024/03/YH-20240312-7K2QF.yaml
        ---
        # then: 2024-03-20 李四
        id: YH-20240312-7K2QF  # HZ708
        schema: hazard/1
        description: 配电箱未上锁
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 钱七}
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
        # before: 2024-03-13
        # gone: hazards/2024/03/YH-20240312-7K2QF.yaml
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
        ```
    """
    if change.after.gone:
        return
    deleted = span.deleted.get(change.path)
    if deleted and not _same(deleted[1], change.after):
        yield Fault(Text("这个编号的记录曾被删除（{who}）", "a record of this id was deleted ({who})").of(who=said(deleted[0])), ("id",))
        return
    last = GONE
    for touch in change.touches:
        last = last if touch.befores[0].gone else touch.befores[0]
        if touch.befores[0].gone and not last.gone and not _same(last, change.after):
            yield Fault(Text("这个编号的记录曾被删除，这里是另一条", "a record of this id was deleted, and this is another one"), ("id",))
            return


def _same(before: Version, after: Version) -> bool:
    """Say whether a record came back: the lines it had are there."""
    return before.record is None or before.known <= after.known
