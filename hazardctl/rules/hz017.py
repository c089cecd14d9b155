"""HZ017: a style that makes noisy diffs."""

from __future__ import annotations

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ017",
    scope="reader",
    kind="",
    severity=Severity.INFO,
    layout=True,
    since="0.1",
    title=Text("写法可以更整齐", "the style could be steadier"),
    why=Text("写法不一，改动一处会显示为改动多处", "where the style wanders, one change looks like many in a diff"),
    repair=Text("运行 hazardctl fmt", "run hazardctl fmt"),
)
def style() -> None:
    """A record begins with its first field: no document marks. `hazardctl fmt` writes the canonical style.

    Bad:
        ```yaml
        --- # HZ017
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
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
