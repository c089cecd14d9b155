"""HZ217: it came back, and nobody says so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import LIKELY, SOON, folded, likeness
from hazardctl.rules.registry import Fault, rule

MOST: Final = 20
"""Earlier closings of one place that a hazard is compared with."""


@rule(
    "HZ217",
    scope="ledger",
    severity=Severity.INFO,
    since="0.1",
    title=Text("疑似重复发生，没有关联", "it came back, and nobody says so"),
    why=Text(
        "同一处反复出现，说明整改没有治本；不关联就看不出来",
        "what comes back at one place was not cured, and without the link nobody sees it",
    ),
    repair=Text("写 recurrence_of 指向上一条", "set recurrence_of to the earlier record"),
)
def unlinked_recurrence(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A hazard of the same unit, place and category as one closed within `policy.repeat_days` before it names that one.

    Bad:
        ```yaml
        id: YH-20240305-8R5TC
        schema: hazard/1
        description: 疏散出口被锁闭
        found_on: 2024-03-05
        unit: fuxing
        site: 一楼
        grade: general
        category: object
        history:
          - {date: 2024-03-05, do: register, by: 李四}
          - {date: 2024-03-05, do: rectify, by: 赵六, on_spot: true, note: 开锁}
          - {date: 2024-03-05, do: verify, by: 李四, result: pass}
          - {date: 2024-03-06, do: close, by: 孙八, reason: rectified}
        ---
        id: YH-20240605-Q4M9D
        schema: hazard/1
        description: 安全出口又上锁
        found_on: 2024-06-05
        unit: fuxing
        site: 一楼  # HZ217
        grade: general
        category: object
        history:
          - {date: 2024-06-05, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240305-8R5TC
        schema: hazard/1
        description: 疏散出口被锁闭
        found_on: 2024-03-05
        unit: fuxing
        site: 一楼
        grade: general
        category: object
        history:
          - {date: 2024-03-05, do: register, by: 李四}
          - {date: 2024-03-05, do: rectify, by: 赵六, on_spot: true, note: 开锁}
          - {date: 2024-03-05, do: verify, by: 李四, result: pass}
          - {date: 2024-03-06, do: close, by: 孙八, reason: rectified}
        ---
        id: YH-20240605-Q4M9D
        schema: hazard/1
        description: 安全出口又上锁
        found_on: 2024-06-05
        unit: fuxing
        site: 一楼
        grade: general
        category: object
        recurrence_of: YH-20240305-8R5TC
        history:
          - {date: 2024-06-05, do: register, by: 李四}
        ```
    """
    buckets: dict[tuple[str, ...], list[Entry[Hazard]]] = defaultdict(list)
    for entry in setting.ledger.hazards:
        key = entry.record.repeat_key
        if key and entry.record.id not in setting.ended:
            buckets[setting.ledger.unit_key(key[0]), key[1], folded(key[2])].append(entry)
    for bucket in buckets.values():
        if len(bucket) > 1:
            yield from _within(sorted(bucket, key=lambda entry: (entry.record.found_on, entry.record.id)), setting)


def _within(bucket: Sequence[Entry[Hazard]], setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    window = dt.timedelta(days=setting.config.policy.repeat_days)
    closings: deque[tuple[dt.date, Hazard]] = deque(maxlen=MOST)
    for entry in bucket:
        hazard = entry.record
        earlier = [(day, one.id) for day, one in closings if day <= hazard.found_on <= day + window and not _one_hazard(one, hazard)]
        if earlier and not (hazard.recurrence_of or hazard.split_from):
            day, other = max(earlier)
            message = Text("{other} 同单位同部位同类，{day} 已销号", "{other}, same unit, place and category, was closed on {day}")
            yield entry, Fault(message.of(other=other, day=day), ("site",))
        closed = setting.replay(entry).last.closed
        if closed:
            closings.append((closed, hazard))


def _one_hazard(earlier: Hazard, later: Hazard) -> bool:
    """Say whether the two look like one hazard registered twice: HZ120 says so then."""
    return later.found_on - earlier.found_on <= SOON and likeness(earlier.description, later.description) >= LIKELY
