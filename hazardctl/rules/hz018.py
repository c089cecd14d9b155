"""HZ018: a plain value that the next reader takes for another."""

from __future__ import annotations

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ018",
    scope="reader",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("别的程序会读成另一个值", "another program reads another value"),
    why=Text(
        "没有引号的 no、12:30 和 # 号，不同程序读法不同",
        "programs differ over no, 12:30 and # without quotes, and one of them loses the text",
    ),
    repair=Text("加双引号", "put it in double quotes"),
)
def ambiguous_scalar() -> None:
    """A text that some YAML reader would take for a truth value, a time or a comment stands in double quotes.

    Bad:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        remark: 12:30  # HZ018
        ```

    Good:
        ```yaml
        id: xx-paper
        schema: unit/1
        name: XX纸业有限公司
        kind: enterprise
        remark: "12:30"
        ```
    """
