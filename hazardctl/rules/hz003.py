"""HZ003: YAML that hides meaning."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ003",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("用了不允许的 YAML 写法", "a form of YAML that is not allowed"),
    why=Text(
        "锚点、引用、标签、合并键和多个文档会把内容藏起来",
        "anchors, aliases, tags, merge keys and several documents hide what a record says",
    ),
    repair=Text("把内容原样写出来", "write the content out"),
)
def forbidden_yaml() -> None:
    """A record says everything where it stands: no anchors, aliases, tags, merge keys, directives or second documents.

    Bad:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: &name XX纸业有限公司  # HZ003
        kind: enterprise
        ```

    Good:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        ```
    """
