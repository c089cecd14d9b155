"""HZ403: not the file that was seen."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.papers import papers
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ403",
    kind="",
    fields=("evidence", "path"),
    since="0.1",
    title=Text("佐证文件已不是原来那个", "not the file that was seen"),
    why=Text("复查人看过的是另一个文件，合格的依据就不在了", "whoever passed it looked at another file, so what the pass rests on is gone"),
    repair=Text(
        "从 git 取回原来的文件；确实换过的，用 hazardctl correct 更正 sha256 并重新复查",
        "take the old file back from git; where it was changed on purpose, correct its sha256 and verify again",
    ),
)
def evidence_hash(case: Case) -> Iterator[Fault]:
    """The bytes of a file have the SHA-256 that the record states.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        evidence:
          - {kind: after, path: evidence/7k2qf.txt, sha256: b00b7a55a99ddde4037695ec00ff6ac9e9e53290943197822244d5c4b5ede27e}  # HZ403
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        # file: evidence/7k2qf.txt
        清空后的通道
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
        if paper.sha256 and (now := files.sha256(paper.path)) is not None and now != paper.sha256.lower():
            message = Text("“{it}”的校验值与记录不符", "“{it}” does not have the SHA-256 that is stated").of(it=paper.path)
            stated = Text("记录: {stated}      现在: {now}", "stated: {stated}      now: {now}").of(stated=paper.sha256[:12], now=now[:12])
            yield Fault(message, (*paper.trail[:-1], "sha256"), notes=(stated,))
