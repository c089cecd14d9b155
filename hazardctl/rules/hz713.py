"""HZ713: an official number was edited."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.past import corrections
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ713",
    scope="range",
    kind="",
    since="0.2",
    title=Text("改了文号", "an official number was edited"),
    why=Text("文号印在发出去的纸上，改不了", "the number stands on paper that went out; it cannot be changed"),
    repair=Text("改回原号；发错的文书作废重发", "put the number back; a paper that is wrong is withdrawn and issued anew"),
)
def number_changed(change: Change, _: Between) -> Iterator[Fault]:
    """The official number of a record stays what it was.

    Typing errors are put right by a `correct` line, and are then told as a warning.

    Bad:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        number: 青安隐〔2024〕8号
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
        number: 青安隐〔2024〕9号  # HZ713
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
        number: 青安隐〔2024〕8号
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
        number: 青安隐〔2024〕8号
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: withdraw, by: [李四, 钱七], reason: entry_error}
        ```
    """
    if change.pair and (was := change.pair[0].number) and was != change.pair[1].number:
        corrected = any(line.event is None and line.field == "number" for line in corrections(change))
        message = Text("文号由 {was} 改为 {now}（{who}）", "the number was {was} and is {now} ({who})")
        who = next((touch.who for touch in reversed(change.touches) if touch.after.record and touch.after.record.number != was), "")
        told = message.of(was=was, now=change.pair[1].number or "/", who=who)
        yield Fault(told, ("number",), severity=Severity.WARNING if corrected else None)
