"""HZ011: another encoding or line end."""

from __future__ import annotations

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ011",
    scope="reader",
    kind="",
    severity=Severity.WARNING,
    layout=True,
    since="0.1",
    title=Text("编码或换行不是 UTF-8、LF", "not UTF-8 with LF"),
    why=Text("别的编码和换行会让整份文件都显示为改动", "another encoding or line end makes the whole file look changed in every diff"),
    repair=Text("另存为无 BOM、LF 换行的 UTF-8，或运行 hazardctl fmt", "save as UTF-8 without BOM and with LF, or run hazardctl fmt"),
)
def encoding() -> None:
    """Records are UTF-8 with LF at the end of lines and no byte order mark.

    A file in GB18030 cannot be read at all (HZ001 says so too): it is never converted by guessing.

    Bad:
        ```yaml
        # as: bom
        id: xx-paper  # HZ011
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
