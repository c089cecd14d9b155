"""HZ019: characters nobody sees."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ019",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("文字里有看不见的字符", "characters nobody sees"),
    why=Text(
        "零宽、方向和控制字符看不见，却使两个相同的词不相等",
        "zero-width, direction and control characters are invisible, and make two equal words differ",
    ),
    repair=Text("删掉它，或重新输入这几个字", "delete it, or type the words again"),
)
def invisible_character() -> None:
    r"""Texts hold no zero-width characters, direction marks or control characters, not as escapes either.

    Bad:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: "XX纸业\u200b有限公司"  # HZ019
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
