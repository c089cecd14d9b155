"""HZ402: evidence that is not there."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.papers import papers
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ402",
    kind="",
    severity=Severity.WARNING,
    fields=("evidence", "path"),
    since="0.1",
    title=Text("佐证文件不在", "evidence that is not there"),
    why=Text("记录说有照片，打开却没有，这一条就等于没有佐证", "a record that points at a picture nobody can open has no evidence"),
    repair=Text("把文件放回这个路径，或改写网址 url", "put the file back at this path, or give its url"),
)
def evidence_missing(case: Case) -> Iterator[Fault]:
    """A file that a record names lies in the ledger, as a regular file reached through no link, or has a URL beside it.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        evidence:
          - {kind: after, path: evidence/7k2qf.txt, sha256: 387bfef69041ef8b30a6fd7451303a96d7e924acc384c006c6c77684184a295e}  # HZ402
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
          - {kind: after, path: evidence/7k2qf.txt, sha256: 387bfef69041ef8b30a6fd7451303a96d7e924acc384c006c6c77684184a295e}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        # file: evidence/7k2qf.txt
        清空后的通道
        ```
    """
    files = case.setting.beyond.files
    if files is None:
        return
    for paper in papers(case):
        if not paper.url and not files.holds(paper.path):
            message = Text("文件“{it}”不在台账里，或打不开", "“{it}” is not in the ledger, or cannot be opened").of(it=paper.path)
            yield Fault(message, paper.trail)
