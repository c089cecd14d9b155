"""HZ601: a description that says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

FILLERS: Final = frozenset(
    (
        "无", "没有", "暂无", "无隐患", "未发现", "未发现隐患", "没有隐患", "没有问题", "无问题", "正常", "一切正常",
        "合格", "良好", "完好", "已整改", "已完成整改", "已完成", "整改完成", "整改", "已处理", "已解决", "已消除", "隐患",
        "安全隐患", "问题", "同上", "见附件", "待定", "测试", "其他", "none", "nil", "na", "n/a", "null", "ok", "yes", "no",
        "test", "tbd", "todo", "done", "fixed", "rectified", "same", "xxx",
    )
)  # fmt: skip
_NOTHING: Final = re.compile(r"[\W\d_]*")


@rule(
    "HZ601",
    fields=("description",),
    since="0.1",
    title=Text("描述等于没写", "a description that says nothing"),
    why=Text("看不出隐患是什么，就没法整改，也没法复查", "nobody can repair or re-inspect what the record does not name"),
    repair=Text("写明是什么、在哪里、有多严重；整改情况写进流转记录", "say what is wrong; what was done belongs into the history"),
)
def placeholder_text(case: Case) -> Iterator[Fault]:
    """A description says what is wrong; it is no filler, no number alone and not the result of the work.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 已整改  # HZ601
        found_on: 2024-03-12
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
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    text = case.hazard.description
    if text and is_filler(text):
        yield Fault(Text("“{it}”不是隐患描述", "“{it}” does not describe a hazard").of(it=text), ("description",))


def is_filler(text: str) -> bool:
    """Say whether a text stands there instead of a description."""
    bare = folded(text).replace(" ", "")
    return bare in FILLERS or _NOTHING.fullmatch(bare) is not None or bare == bare[0] * len(bare)
