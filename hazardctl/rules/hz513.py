"""HZ513: a title that names another period."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Final, cast

from hazardctl.diagnostics import Severity, Trail
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.days import days_of
from hazardctl.model.document import Document
from hazardctl.model.record import Record
from hazardctl.model.tally import Tally
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

Days = tuple[dt.date, dt.date] | None
_PERIOD: Final = re.compile(
    r"(?<![\d〔\[])(?P<year>(?:19|20)\d\d)(?!\d)\s*年?度?\s*"
    r"(?P<part>[上下]半年|H[12]|Q[1-4]|第?[一二三四]季度|(?:1[0-2]|0?[1-9])(?:-(?:1[0-2]|0?[1-9]))?月(?!\s*\d))?"
    r"|(?P<before>H[12]|Q[1-4])[ /-]?(?P<of>(?:19|20)\d\d)(?!\d)",
    re.ASCII | re.IGNORECASE,
)


@rule(
    "HZ513",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("标题与统计期不符", "title and period differ"),
    why=Text("照抄去年的标题，数字就会算到错的年份", "a title copied from last year puts the figures into the wrong one"),
    repair=Text("对照原文，改正 period 或标题", "look at the source and correct the period or the title"),
)
def period_mismatch(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """The title of a source names the period its figures are of, or one that holds it.

    A year or a month in a title must meet the period; a half-year or a quarter must hold it. What has no year says nothing.

    Bad:
        ```yaml
        id: TJ-20230630-2JW9D
        schema: tally/1
        date: 2023-06-30
        period: 2023H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 79}
        source: {title: 2024年上半年工作总结}  # HZ513
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20230630-2JW9D
        schema: tally/1
        date: 2023-06-30
        period: 2023H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 79}
        source: {title: 2023年上半年工作总结}
        by: 李四
        ```
    """
    for entry, trail, title, days in (*_tallies(setting), *_documents(setting)):
        named = mentioned(title)
        if named and days and not any(_fits(one, days) for one in named):
            message = Text("标题写的是{title}，统计期是 {days}", "the title says {title}, the period is {days}")
            yield entry, Fault(message.of(title=[word for word, *_ in named], days=f"{days[0]}..{days[1]}"), trail)


def _tallies(setting: Setting) -> Iterator[tuple[Entry[Record], Trail, str, Days]]:
    for entry in setting.ledger.of("tally"):
        tally = cast("Tally", entry.record)
        if tally.id in setting.ended or tally.source is None:
            continue
        if tally.source.title:
            yield entry, ("source", "title"), tally.source.title, tally.days
        elif (paper := setting.ledger.by_id.get(tally.source.doc)) is not None and isinstance(paper.record, Document):
            yield entry, ("source", "doc"), paper.record.title, tally.days


def _documents(setting: Setting) -> Iterator[tuple[Entry[Record], Trail, str, Days]]:
    for entry in setting.ledger.of("document"):
        paper = cast("Document", entry.record)
        if paper.id not in setting.ended:
            year = (dt.date(paper.year, 1, 1), dt.date(paper.year, 12, 31)) if paper.year and 1990 <= paper.year <= 2100 else None
            yield entry, ("title",), paper.title, days_of(paper.period) if paper.period else year


def mentioned(title: str) -> list[tuple[str, dt.date, dt.date, bool]]:
    """Give the periods a title names: the words, first and last day, and whether it is a half-year or a quarter.

    Examples:
        >>> [(word, str(last)) for word, _, last, _ in mentioned("青山镇2024年第一季度安全生产情况")]
        [('2024年第一季度', '2024-03-31')]
    """
    found: list[tuple[str, dt.date, dt.date, bool]] = []
    for match in _PERIOD.finditer(unicodedata.normalize("NFKC", title)):
        year, part = match["year"] or match["of"], (match["part"] or match["before"] or "").upper().replace("第", "")
        days = days_of(f"{year}{part}" if part[:1] in {"H", "Q", ""} else f"{year}年{part}")
        if days is not None:
            found.append((match[0].strip(), *days, bool(part) and not part.endswith("月")))
    return found


def _fits(one: tuple[str, dt.date, dt.date, bool], days: tuple[dt.date, dt.date]) -> bool:
    _, first, last, holds = one
    return first <= days[0] and days[1] <= last if holds else first <= days[1] and days[0] <= last
