"""HZ217: it came back, and nobody says so."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief, bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.likeness import LIKELY, SOON, folded, likeness
from hazardctl.rules.registry import Fault, rule

MOST: Final = 20
"""Earlier closings of one place that a hazard is compared with."""


def _place(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, list[Any]]]:
    hazard = entry.record
    key = hazard.repeat_key if isinstance(hazard, Hazard) else None
    if key is not None:
        hazard, closed = cast("Hazard", hazard), setting.replay(cast("Entry[Hazard]", entry)).last.closed
        linked = bool(hazard.recurrence_of or hazard.split_from)
        said = [hazard.found_on.toordinal(), hazard.description, linked, closed.toordinal() if closed else None]
        yield bucket(setting.ledger.unit_key(key[0]), key[1], folded(key[2])), said


@rule(
    "HZ217",
    scope="ledger",
    brief=_place,
    severity=Severity.INFO,
    since="0.1",
    title=Text("疑似重复发生，没有关联", "it came back, and nobody says so"),
    why=Text(
        "同一处反复出现，说明整改没有治本；不关联就看不出来",
        "what comes back at one place was not cured, and without the link nobody sees it",
    ),
    repair=Text("写 recurrence_of 指向上一条", "set recurrence_of to the earlier record"),
)
def unlinked_recurrence(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
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
    window = setting.config.policy.repeat_days
    for _, group in setting.briefs.groups("HZ217", 2):
        standing = [_Hazard(one, *one.said) for one in group if one.id not in setting.ended]
        yield from _within(sorted(standing, key=lambda one: (one.found_on, one.brief.id)), window)


class _Hazard(NamedTuple):
    """What is compared: days as whole numbers, the words, whether it names an earlier record."""

    brief: Brief
    found_on: int
    description: str
    linked: bool
    closed: int | None


def _within(hazards: Sequence[_Hazard], window: int) -> Iterator[tuple[Brief, Fault]]:
    closings: deque[tuple[int, _Hazard]] = deque(maxlen=MOST)
    for one in hazards:
        earlier = [(day, it.brief.id) for day, it in closings if day <= one.found_on <= day + window and not _one_hazard(it, one)]
        if earlier and not one.linked:
            day, other = max(earlier)
            message = Text("{other} 同单位同部位同类，{day} 已销号", "{other}, same unit, place and category, was closed on {day}")
            yield one.brief, Fault(message.of(other=other, day=dt.date.fromordinal(day)), ("site",))
        if one.closed is not None:
            closings.append((one.closed, one))


def _one_hazard(earlier: _Hazard, later: _Hazard) -> bool:
    """Say whether the two look like one hazard registered twice: HZ120 says so then."""
    return later.found_on - earlier.found_on <= SOON.days and likeness(earlier.description, later.description) >= LIKELY
