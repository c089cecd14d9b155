"""HZ108: one official number twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief, bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

ISSUERS: Final = ("found_by_org", "issuer", "org")


def _number(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, str]]:
    record = entry.record
    if record.number:
        year = record.day.year if record.day else 0
        yield bucket(entry.kind.name, setting.ledger.unit_key(_issuer(record)), year, folded(record.number)), record.number


@rule(
    "HZ108",
    scope="ledger",
    brief=_number,
    kind="",
    since="0.1",
    title=Text("文号重复", "an official number stands twice"),
    why=Text("同一发文单位、同一类、同一年的文号只有一个", "within one issuer, kind and year an official number belongs to one record"),
    repair=Text("核对原件后用 hazardctl correct 更正其中一个", "look at the papers and put one of them right with hazardctl correct"),
)
def duplicate_number(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """The official number of a record is its own among records of its kind, issuer and year; withdrawn records do not count.

    Numbers in a history are of papers, and one paper may order several hazards to be removed: they may repeat.

    Bad:
        ```yaml
        id: YH-20240305-7K2QF
        schema: hazard/1
        number: 青安隐〔2024〕8号
        description: 消防通道被货物占用
        found_on: 2024-03-05
        found_by_org: qingshan-safety-office
        grade: general
        history:
          - {date: 2024-03-05, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        number: 青安隐〔2024〕8号  # HZ108
        description: 配电箱未上锁
        found_on: 2024-03-12
        found_by_org: qingshan-safety-office
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240305-7K2QF
        schema: hazard/1
        number: 青安隐〔2024〕8号
        description: 消防通道被货物占用
        found_on: 2024-03-05
        found_by_org: qingshan-safety-office
        grade: general
        history:
          - {date: 2024-03-05, do: register, by: 李四}
        ---
        id: YH-20240312-M3V8K
        schema: hazard/1
        number: 青安隐〔2024〕9号
        description: 配电箱未上锁
        found_on: 2024-03-12
        found_by_org: qingshan-safety-office
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for _, group in setting.briefs.groups("HZ108", 2):
        standing = [one for one in group if one.id not in setting.ended]
        for one in standing[1:]:
            if one.id != standing[0].id:
                message = Text("文号 {it} 已用于 {other}", "the number {it} is that of {other} already")
                yield one, Fault(message.of(it=one.said, other=standing[0].id), ("number",))


def _issuer(record: Record) -> str:
    """Give the body that issued the record, as its kind calls it."""
    return next((str(getattr(record, name)) for name in ISSUERS if name in type(record).model_fields), "")
