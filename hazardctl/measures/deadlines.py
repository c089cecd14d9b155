"""Deadlines that fell in the period, and whether they were kept (DOMAIN §4.2 `due.*`, `overdue.rate_due`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate

MEASURES: Final[tuple[Measure, ...]] = (
    Count(
        "due.total",
        "到期应整改",
        "fell due",
        Text(
            "整改期限落在区间内的隐患；当日到期未定的不计",
            "hazards whose deadline lies in the period, less those the day has still to decide",
        ),
        "due",
        "verdict <> 'undecided'",
    ),
    Count(
        "due.met",
        "按期整改",
        "met on time",
        Text(
            "其中期限当日或以前申报完成、截至日已完成口径所定步骤的",
            "of these, claimed on the due day or before and done by the basis on the as-of day",
        ),
        "due",
        "verdict = 'met'",
    ),
    Count(
        "due.late",
        "逾期",
        "late",
        Text("其中未申报完成或在期限之后才申报的", "of these, not claimed or claimed after the due day"),
        "due",
        "verdict = 'late'",
    ),
    Count(
        "due.unconfirmed",
        "待确认",
        "unconfirmed",
        Text("其中按期申报、截至日尚未完成口径所定步骤的", "of these, claimed in time and not yet done by the basis on the as-of day"),
        "due",
        "verdict = 'unconfirmed'",
    ),
    Count(
        "due.undecided",
        "当日到期未定",
        "due today, undecided",
        Text("期限就是截至日、未申报完成的：当天还没有过完", "due on the as-of day itself and not claimed: the day is not over"),
        "due",
        "verdict = 'undecided'",
    ),
    Rate(
        "due.on_time",
        "按期整改率",
        "on-time rate",
        Text("按期整改占到期应整改的比例", "share of the hazards that fell due which were met on time"),
        "due.met",
        "due.total",
    ),
    Rate(
        "overdue.rate_due",
        "到期逾期率",
        "late share of the due",
        Text("逾期占到期应整改的比例", "share of the hazards that fell due which were late"),
        "due.late",
        "due.total",
    ),
)
