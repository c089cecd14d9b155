"""HZ004: a field name that other readers take for a truth value."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ004",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("字段名会被别的程序读成真假或空", "a field name that other programs read as a truth value"),
    why=Text(
        "on、off、yes、no、y、n 在许多 YAML 程序里不是文字",
        "many YAML readers take on, off, yes, no, y and n for booleans, and the field is lost to them",
    ),
)
def forbidden_key() -> None:
    """No field is called `on`, `off`, `yes`, `no`, `y`, `n`, `true`, `false` or `null`.

    Bad:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        external_ids:
          no: A-17  # HZ004
        ```

    Good:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        external_ids:
          province: A-17
        ```
    """
