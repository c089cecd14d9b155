"""HZ218: a regrading that does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Regraded
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step
from hazardctl.vocabulary import GRADES


@rule(
    "HZ218",
    verbs=("regrade",),
    since="0.1",
    title=Text("调级手续不对", "a regrading that does not hold"),
    why=Text(
        "把重大降为一般，监管要求就全没了，不能一个人说了算",
        "lowering a major hazard lifts every duty that comes with it; one person may not do that alone",
    ),
    repair=Text("核对后更正；降级要两个人", "check and correct; lowering a grade takes two people"),
)
def bad_regrade(case: Case, step: Step) -> Iterator[Fault]:
    """`was` is the grade in force, `now` another one, and a major hazard is lowered by two people.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-20, do: regrade, by: 孙八, was: major, now: general, reason: 专家复核}  # HZ218
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-20, do: regrade, by: [孙八, 王五], was: major, now: general, reason: 专家复核}
        ```
    """
    act, grade = step.act, step.before.grade
    if not isinstance(act, Regraded) or act.now not in GRADES or act.was not in GRADES:
        return
    if act.was != grade:
        message = Text("was 写的是{was}，当时是{grade}", "was says {was}; the grade in force was {grade}")
        yield Fault(message.of(was=GRADES[act.was].label, grade=GRADES[grade].label), ("history", step.position, "was"))
    elif act.now == grade:
        message = Text("级别没有变化，仍是{grade}", "the grade does not change: {grade}").of(grade=GRADES[grade].label)
        yield Fault(message, ("history", step.position, "now"))
    elif grade == "major" and len(case.setting.people_of(act.by)) < 2:
        yield Fault(Text("重大降为一般，只有一个人", "a major hazard lowered by one person"), ("history", step.position, "by"))
