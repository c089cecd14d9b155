"""HZ016: a path that leaves the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.papers import escapes
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ016",
    kind="",
    fields=("evidence",),
    since="0.1",
    title=Text("路径离开了台账目录", "a path that leaves the ledger"),
    why=Text(
        "链接和 .. 会把台账外的文件带进来，换一台机器就不在了",
        "links and `..` reach for files that are not part of the ledger and are gone on the next machine",
    ),
    repair=Text("把文件放进台账目录，或写网址 url", "put the file into the ledger, or give its url"),
)
def path_escape(case: Case) -> Iterator[Fault]:
    """Evidence lies below the ledger root and is named relative to it; record files are files, not links.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        evidence:
          - {kind: before, path: ../../photos/1.jpg}  # HZ016
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
        evidence:
          - {kind: before, path: evidence/2024/03/7k2qf-1.jpg}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if case.entry.kind.name != "hazard":
        return
    for position, one in enumerate(case.hazard.evidence):
        if one.path and escapes(one.path):
            message = Text("佐证路径“{it}”不在台账目录内", "the path “{it}” is not inside the ledger").of(it=one.path)
            yield Fault(message, ("evidence", position, "path"))
