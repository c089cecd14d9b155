"""HZ506: more of them than there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.figures import groups
from hazardctl.rules.registry import Fault, rule

SHARES: Final = (
    "hazards.rate",
    "hazards.general.rate",
    "hazards.major.rate",
    "stock.rate",
    "due.on_time",
    "overdue.rate_stock",
    "overdue.rate_due",
    "closure.rate",
    "first_pass",
    "on_spot.rate",
    "coverage",
    "zero_hazard.rate",
    "trainings.team_coverage",
)
"""Rates whose numerator is part of their denominator."""

ABOVE: Final = Text("{n}%，超过百分之百", "{n} %: above a hundred")
MORE: Final = Text("{of} 多于 {over}", "{of} of {over}")


@rule(
    "HZ506",
    scope="ledger",
    since="0.1",
    title=Text("整改数多于排查数", "more rectified than found"),
    why=Text("比率不会超过百分之百", "no share is above a hundred per cent"),
    repair=Text("对照原文改正；上期结转的另行统计", "correct it from the source; what was carried over is counted apart"),
)
def rectified_over_found(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """No more hazards are rectified than were found, and no other share is above 100 % (DOMAIN §4.7 E30).

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 30}
          - {measure: hazards.rectified, value: 31}  # HZ506
        source: {title: 半年小结}
        by: 李四
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 31}
          - {measure: hazards.rectified, value: 30}
        source: {title: 半年小结}
        by: 李四
        ```
    """
    for said in groups(setting.figures.stated).values():
        for rate in SHARES:
            stated = said.get(rate)
            if stated is not None and stated.least > 100:
                yield stated.entry, Fault(ABOVE.of(n=stated.number), stated.trail)
            made_of = setting.figures.sides(rate)
            of, over = (said.get(name) for name in made_of or (rate, rate))
            if of is not None and over is not None and of is not over and over.most is not None and of.least > over.most:
                yield of.entry, Fault(MORE.of(of=of.number, over=over.number), of.trail)
