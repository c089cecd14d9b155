"""HZ710: the policy was relaxed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.between import Between, Change
from hazardctl.diagnostics import RANK, Severity, Trail
from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.rules.registry import Fault, registry, rule

MORE_IS_LAX: Final = (
    ("policy", "assign_days"), ("policy", "review_days"), ("policy", "close_days"), ("policy", "late_entry_days"), ("policy", "plan_days"),
    ("extension", "max_per_cycle"), ("close", "general_fast"), ("close", "other_reasons_count_as_rectified"),
)  # fmt: skip
LESS_IS_LAX: Final = (
    ("policy", "look_back_days"), ("policy", "repeat_days"), ("policy", "due_soon_days"), ("extension", "ask_before_general"),
    ("extension", "ask_before_listed"), ("verifiers", "general"), ("verifiers", "major"), ("require_signatures",),
)  # fmt: skip
STRICT: Final = {"rectified": 0, "official": 1, "default": 2, "verified": 2, "closed": 3}
"""How much a basis asks before a hazard counts as rectified."""
RELAXED: Final = Text("{name} 由 {was} 放宽为 {now}（{who}）", "{name} was {was} and is relaxed to {now} ({who})")
NEVER: Final = Text("不限", "no limit")


@rule(
    "HZ710",
    scope="range",
    kind="configuration",
    severity=Severity.WARNING,
    since="0.2",
    title=Text("放宽了规矩", "the policy was relaxed"),
    why=Text("改记录的同时放宽规矩，等于自己批自己", "who changes records and relaxes the rules at once approves of themselves"),
    repair=Text("规矩的改动单独成一个分支，另请人审", "put the change of policy on a branch of its own, for others to review"),
)
def policy_relaxed(change: Change, span: Between) -> Iterator[Fault]:
    """A range that changes records does not relax the rules they are judged by.

    Relaxed means: a longer deadline, a lower severity, more extensions, fewer verifiers, a shorter look-back, a basis that asks less.
    A range that changes nothing but the configuration is free to do so.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        # before: 2024-03-01
        schema: config/1
        deadlines:
          rules:
            - {grade: major, days: 30}
            - {grade: general, days: 15}
        ---
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
        # file: hazardctl.yaml
        # then: 2024-03-20 李四
        schema: config/1
        deadlines:
          rules:
            - {grade: major, days: 30}
            - {grade: general, days: 60}  # HZ710
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
          - {date: 2024-03-20, do: note, by: 李四, note: 正在处理}
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        # before: 2024-03-01
        schema: config/1
        deadlines:
          rules:
            - {grade: major, days: 30}
            - {grade: general, days: 15}
        ---
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
        # file: hazardctl.yaml
        # then: 2024-03-20 李四
        schema: config/1
        deadlines:
          rules:
            - {grade: major, days: 30}
            - {grade: general, days: 60}
        ```
    """
    before, after = change.before.content, change.after.content
    if not (isinstance(before, Config) and isinstance(after, Config)) or all(one is change for one in span.changes):
        return
    who = change.touches[-1].who if change.touches else Text("", "")
    for trail, was, now in (*_numbers(before, after), *_deadlines(before, after), *_severities(before, after)):
        yield Fault(RELAXED.of(name=".".join(str(part) for part in trail), was=was, now=now, who=who), trail)


Relaxed = tuple[Trail, object, object]


def _numbers(before: Config, after: Config) -> Iterator[Relaxed]:
    for sign, names in ((1, MORE_IS_LAX), (-1, LESS_IS_LAX)):
        for trail in names:
            was, now = _at(before, trail), _at(after, trail)
            if sign * (now - was) > 0:
                yield trail, _plain(was), _plain(now)
    if STRICT[after.measures.preset] < STRICT[before.measures.preset]:
        yield ("measures", "preset"), before.measures.preset, after.measures.preset


def _at(config: Config, trail: tuple[str, ...]) -> int:
    value: object = config
    for name in trail:
        value = getattr(value, name)
    return int(value) if isinstance(value, int) else 0


def _plain(value: object) -> str:
    return str(value).lower()


def _deadlines(before: Config, after: Config) -> Iterator[Relaxed]:
    """Compare the deadline of every case that either table tells apart."""
    cases = dict.fromkeys((one.grade, one.sector, one.source) for one in (*before.deadlines.rules, *after.deadlines.rules))
    for case in cases:
        was, now = before.deadlines.rule(*case), after.deadlines.rule(*case)
        if was is None:
            continue
        if now is None:
            yield ("deadlines", "rules"), was.days, NEVER
        elif now.days > was.days or (now.days == was.days and (was.count, now.count) == ("calendar", "working")):
            yield ("deadlines", "rules", after.deadlines.rules.index(now), "days"), f"{was.days} {was.count}", f"{now.days} {now.count}"
    if (before.deadlines.roll, after.deadlines.roll) == ("none", "next_working_day"):
        yield ("deadlines", "roll"), before.deadlines.roll, after.deadlines.roll


def _severities(before: Config, after: Config) -> Iterator[Relaxed]:
    for code, one in registry().items():
        was, now = (Severity(word) if (word := config.rules.get(code, "")) in set(Severity) else one.severity for config in (before, after))
        if RANK[now] > RANK[was]:
            yield ("rules", code), was.value, now.value
