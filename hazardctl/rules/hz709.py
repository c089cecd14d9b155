"""HZ709: a sealed period was touched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from hazardctl.between import Between, Change
from hazardctl.language import Text
from hazardctl.model.events import Corrected, Event
from hazardctl.model.record import Record
from hazardctl.rules.past import new_lines
from hazardctl.rules.registry import Fault, rule

STILL: Final = frozenset({"note", "progress", "start", "supervise", "release"})
"""Verbs that move no published figure."""
TOUCHED: Final = Text(
    "{period} 已于 {day} 封存，这一行会改变它的数（{who}）", "{period} was sealed on {day}, and this line moves its figures ({who})"
)


@rule(
    "HZ709",
    scope="range",
    kind="",
    since="0.2",
    title=Text("动了封存的统计期", "a sealed period was touched"),
    why=Text("公布过的数变了，要有更正公布", "figures that were published and change are published anew"),
    repair=Text(
        "在封存文件里补一条 restatements，写明原数、现数和理由",
        "add a restatement to the seal: the figure, what it was, what it is, and why",
    ),
)
def sealed_touched(change: Change, span: Between) -> Iterator[Fault]:
    """After a period was sealed, no commit brings a line dated within it, unless the seal is given a restatement in the same range.

    A correction counts by the day of what it corrects. Lines that move no figure (notes, progress) are free.

    Bad:
        ```yaml
        # file: seals/2024H1.yaml
        # before: 2024-07-05
        schema: seal/1
        period: 2024H1
        as_of: 2024-06-30
        preset: default
        scope: {}
        sealed_on: 2024-07-05
        by: 李四
        figures: {hazards.found: 1}
        restatements: []
        ---
        # before: 2024-07-05
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-08-02 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-06-20, do: rectify, by: 王五, note: 货物移走, recorded: 2024-08-02}  # HZ709
        ```

    Good:
        ```yaml
        # file: seals/2024H1.yaml
        # before: 2024-07-05
        schema: seal/1
        period: 2024H1
        as_of: 2024-06-30
        preset: default
        scope: {}
        sealed_on: 2024-07-05
        by: 李四
        figures: {hazards.found: 1}
        restatements: []
        ---
        # before: 2024-07-05
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # file: seals/2024H1.yaml
        # then: 2024-08-02 李四
        schema: seal/1
        period: 2024H1
        as_of: 2024-06-30
        preset: default
        scope: {}
        sealed_on: 2024-07-05
        by: 李四
        figures: {hazards.found: 1}
        restatements:
          - {date: 2024-08-02, by: 李四, measure: hazards.rectified, was: 0, now: 1, reason: 漏录}
        ---
        # then: 2024-08-02 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-06-20, do: rectify, by: 王五, note: 货物移走, recorded: 2024-08-02}
        ```
    """
    for place, event, touch in new_lines(change, span) if span.seals else ():
        written = touch.commit.day if touch.commit else span.today
        day = _day(event, change.after.record)
        for seal in span.seals:
            if day <= seal.as_of and written > seal.sealed_on and seal.period not in span.restated:
                yield Fault(TOUCHED.of(period=seal.period, day=seal.sealed_on, who=touch.who), ("history", place))
                break


def _day(event: Event, record: Record | None) -> dt.date:
    """Give the day from which a line moves figures."""
    if event.do in STILL or record is None:
        return dt.date.max
    if isinstance(event, Corrected):
        lines = record.history
        if event.event is None:
            return record.day or event.date
        return lines[event.event - 1].date if 1 <= event.event <= len(lines) else event.date
    return event.date
