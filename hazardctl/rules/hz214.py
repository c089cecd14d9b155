"""HZ214: on the spot, and not on the spot."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Rectified
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ214",
    verbs=("rectify",),
    fields=("on_spot",),
    since="0.1",
    title=Text("“当场整改”用错了", "on the spot, and not on the spot"),
    why=Text(
        "当场整改指发现当日就改好；重大隐患不能当场了结",
        "on the spot means on the day it was found; a major hazard is never settled on the spot",
    ),
    repair=Text("去掉 on_spot，先交办再整改", "leave on_spot out; assign it, then rectify"),
)
def on_spot_misuse(case: Case, step: Step) -> Iterator[Fault]:
    """`on_spot: true` stands on the day found (or of the reopening), and never on a major hazard.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-15, do: rectify, by: 赵六, on_spot: true, note: 货物移走}  # HZ214
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
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
        ```
    """
    del case
    act, trail = step.act, ("history", step.position, "on_spot")
    if not (isinstance(act, Rectified) and act.on_spot):
        return
    if step.before.grade == "major":
        yield Fault(Text("重大隐患不能当场整改销账", "a major hazard is never rectified on the spot"), trail)
    elif act.date != step.before.cycle_start:
        message = Text("{found} 发现，{day} 才整改，不是当场", "found {found}, rectified {day}: not on the spot")
        yield Fault(message.of(found=step.before.cycle_start, day=act.date), trail)
