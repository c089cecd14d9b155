"""HZ706: a fact was changed in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.record import Record
from hazardctl.rules.past import Moved, corrections, covered, facts_changed, value
from hazardctl.rules.registry import Fault, rule

CHANGED: Final = Text(
    "{name} 由“{was}”改为“{now}”，没有更正的一行（{who}）", "{name} was “{was}” and is “{now}” without a `correct` line ({who})"
)
PICTURE: Final = Text(
    "佐证 {name} 换过或改过校验值{after}（{who}）", "the evidence {name} was exchanged, or its checksum was{after} ({who})"
)
AFTER_PASS: Final = Text("，复查已合格", ", after the pass")
REGISTERS: Final = frozenset({"unit"})
"""Kinds that are address books rather than accounts."""


@rule(
    "HZ706",
    scope="range",
    kind="",
    severity=Severity.WARNING,
    since="0.2",
    title=Text("事实被悄悄改动", "a fact was changed in silence"),
    why=Text("没有更正的一行，谁也不知道原来写的是什么", "without a `correct` line nobody knows what it said before"),
    repair=Text("改回原值，再用 hazardctl correct 更正", "put the old value back, and change it with hazardctl correct"),
)
def silent_fact_change(change: Change, _: Between) -> Iterator[Fault]:
    """A fact that changes is accompanied by a `correct` line of the same range.

    What was absent may be filled in, and lists (evidence, reports, notices) may grow. Evidence that is listed keeps its checksum.
    Units are an address book and are not watched.

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
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 二号库  # HZ706
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
        site: 二号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: correct, by: 李四, field: site, was: 一号库, now: 二号库, reason: 笔误}
        ```
    """
    if change.kind in REGISTERS or change.pair is None:
        return
    before, after = change.pair
    lines = corrections(change)
    for moved in facts_changed(before, after):
        if covered(moved, lines):
            continue
        if moved.trail[0] == "evidence":
            yield from _pictures(moved, change, after)
        else:
            told = CHANGED.of(name=moved.name, was=value(moved.was), now=value(moved.now), who=_who(change, moved.trail[0]))
            yield Fault(told, moved.trail)


def _pictures(moved: Moved, change: Change, after: Record) -> Iterator[Fault]:
    """Name the pictures that are not what they were."""
    passed = any(event.do == "verify" and getattr(event, "result", "") == "pass" for event in after.history)
    new = {_name(one): (place, one) for place, one in enumerate(cast("list[dict[str, object]]", moved.now or []))}
    for was in cast("list[dict[str, object]]", moved.was):
        place, now = new.get(_name(was), (None, None))
        if now != was:
            told = PICTURE.of(name=_name(was), after=AFTER_PASS if passed else Text("", " changed"), who=_who(change, "evidence"))
            yield Fault(told, ("evidence",) if place is None else ("evidence", place, "sha256"))


def _name(one: dict[str, object]) -> str:
    return str(one.get("path") or one.get("url") or "")


def _who(change: Change, name: str) -> Text:
    """Say which commit changed a fact last."""
    attribute = {"with": "with_", "schema": "schema_"}.get(name, name)
    for touch in reversed(change.touches):
        old, new = touch.befores[0].record, touch.after.record
        if old and new and getattr(old, attribute, None) != getattr(new, attribute, None):
            return touch.who
    return change.touches[-1].who if change.touches else Text("", "")
