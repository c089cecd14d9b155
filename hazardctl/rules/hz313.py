"""HZ313: done on the very day, again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

FEWEST: Final = 20
"""Claims below which a share says nothing."""
SHARE: Final = 60
EXACT: Final = "exact"


def _claim(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, None]]:
    if isinstance(entry.record, Hazard) and not entry.record.withdrawn_by(setting.today):
        span = setting.replay(cast("Entry[Hazard]", entry)).last
        if span.claimed and span.due and not span.on_spot:
            yield EXACT if span.claimed == span.due else "", None


@rule(
    "HZ313",
    scope="ledger",
    brief=_claim,
    severity=Severity.INFO,
    since="0.1",
    title=Text("整改日期集中在期限当日", "done on the very day, again and again"),
    why=Text(
        "多数都恰好在期限当天完成，像是事后补填的", "where most claims fall on the deadline itself, the days look filled in afterwards"
    ),
    repair=Text("抽查几条的佐证日期", "look at the evidence of a few"),
)
def done_on_due_day(setting: Setting) -> Iterator[tuple[None, Fault]]:
    """Of the claims with a deadline (20 or more, on-the-spot ones left out) at most 60 % are dated on the deadline itself.

    The finding is about the ledger as a whole and stands at its configuration; each example stands for twenty records like it.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1  # HZ313
        ---
        # times: 20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-27, do: rectify, by: 赵六, note: 货物移走}
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
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-22, do: rectify, by: 赵六, note: 货物移走}
        ```
    """
    claims = setting.briefs.counted("HZ313")
    n, exact = sum(claims.values()), claims.get(EXACT, 0)
    if n >= FEWEST and exact * 100 > SHARE * n:
        message = Text("{n} 条整改中有 {exact} 条恰在期限当日", "{exact} of {n} claims are dated on the deadline itself")
        yield None, Fault(message.of(n=n, exact=exact))
