"""HZ006: something required is missing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.model import needed
from hazardctl.model.events import Event
from hazardctl.model.fields import facts
from hazardctl.model.hazard import Evidence, Hazard
from hazardctl.rules.case import Case
from hazardctl.rules.needed import complete, lacking
from hazardctl.rules.parts import Holder
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import VERBS

OF_MAJORS: Final = ("cause", "consequence", "funds_planned")
"""What a major hazard needs and no rule of its own asks for (HZ405 to HZ410 ask for the rest)."""


@rule(
    "HZ006",
    kind="",
    since="0.1",
    title=Text("缺少必填项", "something required is missing"),
    why=Text(
        "缺了它，这条记录说不清楚，有的报表也数不到它", "without it the record does not say what happened, and some reports cannot count it"
    ),
    repair=Text("补上这一项", "supply it"),
)
def missing_field(case: Case) -> Iterator[Fault]:
    """A record, the parts inside it and the lines of its history hold what is always needed.

    A record that lacks something goes on counting: leaving it out would make the figures look better. Lines without deadline,
    responsible unit or the proper names of a withdrawal have codes of their own (HZ208, HZ209, HZ215).

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        source: supervision
        found_by_org: qingshan-safety-office
        unit: xx-paper
        sector: fire
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-20, do: rectify, by: 赵六}  # HZ006
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        source: supervision
        found_by_org: qingshan-safety-office
        unit: xx-paper
        sector: fire
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-20, do: rectify, by: 赵六, note: 货物移走，通道划线}
        ```
    """
    for part in case.parts[1:]:
        yield from _of_part(part)
    for line, (_, act) in zip(case.lines, case.acts, strict=True):
        if not complete(act):
            yield from _of_event(act, line)
    if case.now and case.now.grade == "major" and case.now.open:
        for name in OF_MAJORS:
            if not getattr(case.hazard, name):
                message = Text("重大隐患缺少“{it}”（{label}）", "a major hazard lacks “{it}” ({label})")
                yield Fault(message.of(it=name, label=facts(Hazard)[name].label), (name,))


def _of_part(holder: Holder) -> Iterator[Fault]:
    for name, label in needed.lacking(holder.value):
        yield _fault(holder, name, label)
    if isinstance(holder.value, Evidence):
        if not (holder.value.path or holder.value.url):
            yield _fault(holder, "path", facts(Evidence)["path"].label)
        elif holder.value.path and not holder.value.sha256:
            yield _fault(holder, "sha256", facts(Evidence)["sha256"].label)


def _fault(holder: Holder, name: str, label: Text) -> Fault:
    message = Text(
        "{part}缺少“{it}”（{label}）", "{part} lacks “{it}” ({label})", {"part": str(holder.trail[0]), "it": name, "label": label}
    )
    return Fault(message, (*holder.trail, name.partition(" ")[0]))


def _of_event(act: Event, holder: Holder) -> Iterator[Fault]:
    known = facts(type(act))
    for names in lacking(act):
        words = Text(" 或 ".join(names), " or ".join(names))
        labels = Text("、".join(known[name].zh for name in names), ", ".join(known[name].en for name in names))
        message = Text("{verb}一行缺少 {it}（{label}）", "the {verb} line lacks {it} ({label})")
        yield Fault(message.of(verb=VERBS[act.do].label, it=words, label=labels), (*holder.trail, names[0]))
