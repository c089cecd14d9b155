"""HZ106: a reference to another kind."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model import ids
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import KIND_NAMES


@rule(
    "HZ106",
    kind="",
    since="0.1",
    title=Text("引用了另一类记录", "a reference to another kind"),
    why=Text("接错类别的引用什么也数不到", "a link to the wrong kind counts nothing"),
)
def wrong_kind_reference(case: Case) -> Iterator[Fault]:
    """The prefix of a reference is the one of the kind the field asks for.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        inspection: ZX-20240301-9RWK4  # HZ106
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
        inspection: JC-20240312-3M9TX
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    prefixes = case.setting.prefixes
    for link in case.links:
        if not link.text[:1].isupper():
            continue
        kind = prefixes.get(ids.prefix(link.text), link.kind)
        if kind != link.kind:
            message = Text("{it} 是{kind}，这里应为{wanted}", "{it} is of kind {kind}; this field takes {wanted}")
            filled = message.of(it=link.text, kind=KIND_NAMES[kind].label, wanted=KIND_NAMES[link.kind].label)
            repair = Text("改为 {it}- 开头的标识", "give an id that begins with {it}-")
            wanted = next(prefix for prefix, name in prefixes.items() if name == link.kind)
            yield Fault(filled, link.trail, repair.of(it=wanted))
