"""HZ224: a correction that does not agree with what it corrects."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Corrected, Event, amended, written
from hazardctl.model.fields import facts
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.values import agree, held


@rule(
    "HZ224",
    kind="",
    acts=("correct",),
    since="0.1",
    title=Text("更正对不上", "a correction that does not agree"),
    why=Text(
        "更正要看得出原来是什么、改成了什么，否则等于偷改",
        "a correction shows what was and what is; one that does not agree hides a change",
    ),
    repair=Text("用 hazardctl correct 更正，原值由程序填写", "use hazardctl correct: it fills in the old value itself"),
)
def bad_correction(case: Case) -> Iterator[Fault]:
    """A `correct` line names a field or an event that exists, `was` is what stood there, and `now` is what stands there since.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: correct, by: 李四, event: 9, field: by, was: 李四, now: 王五, reason: 笔误}  # HZ224
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
          - {date: 2024-03-13, do: correct, by: 李四, event: 1, field: by, was: 李四, now: 王五, reason: 笔误}
        ```
    """
    lines = [(position, act) for position, act in enumerate(case.record.history) if isinstance(act, Corrected)]
    if lines:
        yield from _of_events(case, lines)
        yield from _of_facts(case, [(position, act) for position, act in lines if act.event is None])


def _of_events(case: Case, lines: list[tuple[int, Corrected]]) -> Iterator[Fault]:
    unmatched = amended(case.record.history)[1]
    events: list[Event] = list(case.record.history)
    for position, act in lines:
        if act.event is None:
            continue
        if position in unmatched:
            message = Text("没有第 {n} 行，或它没有这样的 {field}", "there is no event {n}, or it takes no such {field}")
            yield Fault(message.of(n=act.event, field=act.field), ("history", position, "event"))
            continue
        event = events[act.event - 1]
        stood = written(event).get(act.field) if act.event <= position else None
        if not agree(act.was, stood):
            yield _disagrees(position, "was", act.was, stood)
        events[act.event - 1] = amended((event, act.model_copy(update={"event": 1})))[0][0]


def _of_facts(case: Case, lines: list[tuple[int, Corrected]]) -> Iterator[Fault]:
    """Follow each field through its corrections: each takes up where the one before ended, the last ends at the file.

    What a later line put right inside a field is not looked at again.
    """
    last: dict[str, tuple[int, Corrected]] = {}
    known = facts(type(case.record))
    for position, act in lines:
        if act.field and act.field.partition(".")[0].partition("[")[0] not in known:
            yield Fault(Text("没有“{it}”这个字段", "there is no field “{it}”").of(it=act.field), ("history", position, "field"))
            continue
        before = last.get(act.field)
        if before and not agree(act.was, before[1].now):
            yield _disagrees(position, "was", act.was, before[1].now)
        last[act.field] = (position, act)
    for field, (position, act) in last.items():
        inside = any(at > position and name.startswith((f"{field}.", f"{field}[")) for name, (at, _) in last.items())
        if field in known and not inside and not agree(act.now, stands := held(case.record, field)):
            yield _disagrees(position, "now", act.now, stands)


def _disagrees(position: int, name: str, said: object, stood: object) -> Fault:
    message = Text("{name} 写的是“{said}”，实际是“{stood}”", "{name} says “{said}”, the record says “{stood}”")
    return Fault(message.of(name=name, said=str(said or ""), stood=str(stood or "")), ("history", position, name))
