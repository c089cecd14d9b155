"""HZ314: closings massed on the last days."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

FEWEST: Final = 20
SHARE: Final = 40
LAST: Final = dt.timedelta(days=2)
LATE: Final = "late"


def _closings(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, None]]:
    if isinstance(entry.record, Hazard):
        for act in setting.replay(cast("Entry[Hazard]", entry)).acts:
            if act.event.do == "close" and act.fits:
                end = quarter_end(act.event.date)
                yield bucket(end, LATE if act.event.date >= end - LAST else ""), None


@rule(
    "HZ314",
    scope="ledger",
    brief=_closings,
    severity=Severity.INFO,
    since="0.1",
    title=Text("突击销号", "closings massed on the last days"),
    why=Text("季末几天集中销号，复查多半走了过场", "where a quarter's closings crowd into its last days, nobody can have looked at each"),
    repair=Text("抽查这几天的复查记录", "look at the re-inspections of those days"),
)
def closing_rush(setting: Setting) -> Iterator[tuple[None, Fault]]:
    """Of a quarter's closings (20 or more) at most 40 % are dated on its last three days.

    The finding is about the ledger as a whole and stands at its configuration; each example stands for twenty records like it.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1  # HZ314
        ---
        # times: 20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-29, do: verify, by: 李四, result: pass}
          - {date: 2024-03-30, do: close, by: 孙八, reason: rectified}
        ```

    Good:
        ```yaml
        # times: 20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-13, do: verify, by: 李四, result: pass}
          - {date: 2024-03-14, do: close, by: 孙八, reason: rectified}
        ```
    """
    closings, late = Counter[dt.date](), Counter[dt.date]()
    for key, n in setting.briefs.counted("HZ314").items():
        day, _, when = key.partition("\x1f")
        end = dt.date.fromisoformat(day)
        closings[end] += n
        late[end] += n if when == LATE else 0
    for end, n in sorted(closings.items()):
        if end < setting.today and n >= FEWEST and late[end] * 100 > SHARE * n:
            message = Text(
                "{year} 年 {q} 季度销号 {n} 条，末三天 {late} 条", "{late} of the {n} closings of {year}Q{q} lie on its last three days"
            )
            yield None, Fault(message.of(year=end.year, q=end.month // 3, n=n, late=late[end]))


@functools.cache
def quarter_end(day: dt.date) -> dt.date:
    """Give the last day of a day's quarter."""
    month = (day.month - 1) // 3 * 3 + 3
    return dt.date(day.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
