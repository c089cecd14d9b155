"""The stock: what is open, whenever found, and how it rolled forward (DOMAIN §4.2 `stock.*`, `overdue.*`, `age.*`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate, Spread
from hazardctl.measures.views import OVERDUE

OPEN: Final = "is_open = 1"
PENDING: Final = "is_open = 1 AND claimed IS NULL"

MEASURES: Final[tuple[Measure, ...]] = (
    Count(
        "stock.open",
        "存量",
        "open stock",
        Text(
            "截至日未完成口径所定步骤、未销号作废移送的全部隐患",
            "hazards on the as-of day not done by the basis, not closed, withdrawn or transferred",
        ),
        "standing",
        OPEN,
    ),
    Count(
        "stock.opening",
        "期初",
        "opening",
        Text("区间前一日终了时的存量", "the open stock at the end of the day before the period"),
        "stock",
        "line = 'opening'",
    ),
    Count(
        "stock.found",
        "新增",
        "new",
        Text(
            "区间内新进入台账的隐患，随后作废、移送的也在内",
            "hazards that entered the ledger in the period, those withdrawn or transferred later included",
        ),
        "stock",
        "line = 'found'",
    ),
    Count(
        "stock.reopened",
        "返回",
        "returned",
        Text(
            "区间内由已办结重新成为未办结的次数：反弹、退回、调级",
            "times in the period a resolved hazard became open again: reopening, failed check, regrading",
        ),
        "stock",
        "line = 'reopened'",
    ),
    Count(
        "stock.resolved",
        "整改",
        "resolved",
        Text("区间内由未办结成为已整改的次数", "times in the period an open hazard became rectified"),
        "stock",
        "line = 'resolved'",
    ),
    Count(
        "stock.resolved_other",
        "其他销号",
        "closed for another reason",
        Text("区间内因其他原因销号而离开存量的次数", "times in the period an open hazard was struck off for another reason"),
        "stock",
        "line = 'resolved_other'",
    ),
    Count(
        "stock.withdrawn",
        "作废",
        "withdrawn",
        Text("区间内由未办结作废的次数", "times in the period an open hazard was withdrawn"),
        "stock",
        "line = 'withdrawn'",
    ),
    Count(
        "stock.transferred",
        "移送",
        "transferred",
        Text("区间内由未办结移送的次数", "times in the period an open hazard was transferred"),
        "stock",
        "line = 'transferred'",
    ),
    Count(
        "stock.closing",
        "期末",
        "closing",
        Text("截止日终了时的存量", "the open stock at the end of the cut-off day"),
        "stock",
        "line = 'closing'",
    ),
    Rate(
        "stock.rate",
        "存量整改率",
        "stock rate",
        Text(
            "整改占（期初加新增加返回减作废减移送）的比例",
            "resolved as a share of opening, new and returned less withdrawn and transferred",
        ),
        "stock.resolved",
        "stock.opening + stock.found + stock.reopened - stock.withdrawn - stock.transferred",
    ),
    Count(
        "stock.overdue",
        "存量逾期",
        "overdue stock",
        Text("截至日的存量中未报完成、期限早于截至日的", "of the open stock on the as-of day, not claimed and due before that day"),
        "standing",
        OVERDUE,
    ),
    Rate(
        "overdue.rate_stock",
        "存量逾期率",
        "overdue share of the stock",
        Text("存量逾期占存量的比例", "share of the open stock that is overdue"),
        "stock.overdue",
        "stock.open",
    ),
    Spread(
        "overdue.days",
        "逾期天数",
        "days overdue",
        Text(
            "存量逾期的每条从期限次日起到截至日的自然日数",
            "calendar days from the day after the deadline to the as-of day, for each overdue hazard of the stock",
        ),
        "standing",
        OVERDUE,
        "$t - due",
    ),
    Count(
        "verify.overdue",
        "复查超时",
        "verification overdue",
        Text(
            "截至日待复查、申报后已超过复查时限的，不论口径",
            "hazards claimed, not yet checked, for more days than the review limit, whatever the basis",
        ),
        "standing",
        "claimed IS NOT NULL AND passed IS NULL AND $t - claimed > $review_days",
    ),
    Count(
        "age.pending",
        "未整改",
        "not rectified",
        Text("截至日的存量中未报完成的", "of the open stock on the as-of day, those not claimed as done"),
        "standing",
        PENDING,
    ),
    *(
        Count(
            f"age.{name}",
            zh,
            en,
            Text(
                "截至日的存量中未报完成、自发现日起" + zh + "的",
                "of the open stock on the as-of day, not claimed, " + en + " since it was found",
            ),
            "standing",
            f"{PENDING} AND $t - found {days}",
        )
        for name, zh, en, days in (
            ("to_7", "0-7天", "0-7 days", "BETWEEN 0 AND 7"),
            ("to_15", "8-15天", "8-15 days", "BETWEEN 8 AND 15"),
            ("to_30", "16-30天", "16-30 days", "BETWEEN 16 AND 30"),
            ("to_90", "31-90天", "31-90 days", "BETWEEN 31 AND 90"),
            ("over_90", "90天以上", "over 90 days", "> 90"),
        )
    ),
    Spread(
        "age.open",
        "账龄",
        "age of the open",
        Text("截至日的存量中未报完成的，自发现日起的天数", "days since found of the open stock not claimed as done on the as-of day"),
        "standing",
        PENDING,
        "$t - found",
    ),
)
