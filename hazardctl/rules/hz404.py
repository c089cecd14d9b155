"""HZ404: one picture for two hazards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule


def _pictures(entry: Entry[Record], _: Setting) -> Iterable[tuple[str, tuple[int, str]]]:
    if isinstance(entry.record, Hazard):
        for position, one in enumerate(entry.record.evidence):
            if one.sha256:
                yield one.sha256.lower(), (position, one.kind)


@rule(
    "HZ404",
    scope="ledger",
    brief=_pictures,
    severity=Severity.WARNING,
    since="0.1",
    title=Text("佐证重复使用", "one picture used twice"),
    why=Text("同一张照片证明不了两处隐患，也证明不了整改前后", "one picture cannot prove two hazards, nor before and after"),
    repair=Text("换上各自的照片", "use a picture of its own for each"),
)
def evidence_reused(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """Each file of evidence, known by its SHA-256, serves one hazard and one of its sides.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        evidence:
          - {kind: before, path: evidence/1.jpg, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
          - {kind: after, path: evidence/2.jpg, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}  # HZ404
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
          - {kind: before, path: evidence/1.jpg, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
          - {kind: after, path: evidence/2.jpg, sha256: 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for _, group in setting.briefs.groups("HZ404", 2):
        standing = [one for one in group if one.id not in setting.ended]
        for one in standing[1:]:
            if (one.id, one.said[1]) != (standing[0].id, standing[0].said[1]):
                message = Text("与 {id} 的佐证是同一个文件", "the same file as evidence of {id}").of(id=standing[0].id)
                yield one, Fault(message, ("evidence", one.said[0], "sha256"))
