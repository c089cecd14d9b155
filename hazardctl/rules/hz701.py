"""HZ701: a record was deleted."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ701",
    scope="range",
    kind="",
    since="0.2",
    title=Text("记录被删除", "a record was deleted"),
    why=Text("删去一条隐患，所有的数都会变好看", "taking a hazard away makes every figure look better"),
    repair=Text("恢复文件，再用 hazardctl withdraw 写明理由", "bring the file back, and give the reason with hazardctl withdraw"),
)
def deleted_record(change: Change, span: Between) -> Iterator[Fault]:
    """A record that was there at the beginning of the range is there at its end.

    What leaves the figures gets a `withdraw` line. A record that the range itself brought and took away again is told as information;
    one that `hazardctl undo` took back is not.

    Bad:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF  # HZ701
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
          - {date: 2024-03-20, do: withdraw, by: [李四, 钱七], reason: not_a_hazard}
        ```
    """
    if not change.after.gone or change.path in span.moves.values():
        return
    if not change.before.gone:
        yield Fault(Text("记录被删除（{who}）", "the record was deleted ({who})").of(who=change.ended()))
        return
    last = next((touch for touch in reversed(change.touches) if touch.after.gone), None)
    if last and not (last.commit and last.commit.oid in span.undone) and any(not touch.after.gone for touch in change.touches):
        message = Text("记录在这段历史里写下，又被删除（{who}）", "the record was written within the range and deleted again ({who})")
        yield Fault(message.of(who=last.who), severity=Severity.INFO)
