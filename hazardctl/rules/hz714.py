"""HZ714: the merge breaks what each side kept."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ714",
    scope="merge",
    kind="",
    since="0.2",
    title=Text("合并之后对不上", "the merge breaks what each side kept"),
    why=Text("两边各自都对，合在一起却不对：git 看不出来", "each side is right, the two together are not: git does not see it"),
)
def merge_breaks() -> None:
    """The merge of two clean branches is clean.

    `validate --merged-with REF` makes the merge where nobody sees it and checks what comes out. What is found there and on neither
    side is told under this code, with the code of the rule that found it. So is every record in conflict: what each side did, and
    whether `hazardctl resolve` can put it together.

    Bad:
        ```yaml
        # before: 2024-03-01
        # file: units/qingshan.yaml
        id: qingshan
        schema: unit/1
        name: 青山镇安监站
        kind: agency
        ---
        # then: 2024-03-12 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        number: 青安隐〔2024〕8号
        found_by_org: qingshan
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # theirs: 2024-03-13 张三
        id: YH-20240312-M3V8K
        schema: hazard/1
        number: 青安隐〔2024〕8号  # HZ714
        found_by_org: qingshan
        description: 配电箱未上锁
        found_on: 2024-03-12
        site: 配电室
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ```

    Good:
        ```yaml
        # before: 2024-03-01
        # file: units/qingshan.yaml
        id: qingshan
        schema: unit/1
        name: 青山镇安监站
        kind: agency
        ---
        # then: 2024-03-12 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        number: 青安隐〔2024〕8号
        found_by_org: qingshan
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # theirs: 2024-03-13 张三
        id: YH-20240312-M3V8K
        schema: hazard/1
        number: 青安隐〔2024〕9号
        found_by_org: qingshan
        description: 配电箱未上锁
        found_on: 2024-03-12
        site: 配电室
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ```
    """
