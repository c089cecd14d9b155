"""The queues of an agenda in the order of the meeting, each with its rule in words."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.reports.agenda import Queue

LATE: Final = Text("逾期天数", "Days late")
SINCE: Final = Text("已过天数", "Days since")
PERSON: Final = Text("责任人", "Owner")
LEVEL: Final = Text("层级", "Level")
DUE: Final = Text("期限", "Due")

OVERDUE: Final = Queue(
    "overdue",
    Text("逾期未整改", "Overdue"),
    Text("未报整改完成、期限早于截至日的，不论何时发现", "not claimed as done and due before the as-of day, whenever found"),
    DUE,
    LATE,
    PERSON,
    "stock.overdue",
)
DUE_SOON: Final = Queue(
    "due_soon",
    Text("临期", "Due soon"),
    Text("未报整改完成、期限在截至日起 {n} 天以内的", "not claimed as done and due within {n} days of the as-of day"),
    DUE,
    Text("剩余天数", "Days left"),
    PERSON,
)
REQUESTS: Final = Queue(
    "requests",
    Text("延期申请待批", "Extensions to decide"),
    Text("申请之后没有批复的", "asked for, and neither granted nor refused since"),
    Text("申请日期", "Asked on"),
    SINCE,
    Text("申请", "Request"),
)
TO_VERIFY: Final = Queue(
    "to_verify",
    Text("复查超时", "Checks overdue"),
    Text("报整改完成后超过 {n} 天没有复查的", "claimed as done more than {n} days ago, and not checked"),
    Text("报完成", "Claimed"),
    SINCE,
    PERSON,
    "verify.overdue",
)
TO_CLOSE: Final = Queue(
    "to_close",
    Text("销号超时", "Closings overdue"),
    Text("复查合格后超过 {n} 天没有销号的", "passed the check more than {n} days ago, and not closed"),
    Text("合格日期", "Passed"),
    SINCE,
    PERSON,
)
PROGRESS: Final = Queue(
    "progress",
    Text("挂牌督办应报进展", "Progress due of listed majors"),
    Text(
        "挂牌重大隐患距上次有动静快满或已满一个季度（92 天）的",
        "listed, and a quarter (92 days) since the last line is over or soon will be",
    ),
    Text("不晚于", "By"),
    Text("欠报天数", "Days owed"),
    Text("督办", "Listed by"),
)
LOOK_BACKS: Final = Queue(
    "look_backs",
    Text("重大隐患待回头看", "Look-backs due"),
    Text(
        "以整改合格销号的重大隐患，其后没有“回头看”检查去过该单位的；应在销号后 {n} 天内去",
        "majors closed as rectified whose unit no revisit has seen since; due within {n} days of closing",
    ),
    Text("不晚于", "By"),
    Text("过期天数", "Days past"),
    Text("销号日期", "Closed on"),
)
MISSED: Final = Queue(
    "duties_missed",
    Text("未履行的义务", "Duties missed"),
    Text("统计期内到期而没有记录履行的各期", "parts of the period that fell due without a record that meets the duty"),
    DUE,
    LATE,
    Text("哪一期", "Which part"),
)
COMING: Final = Queue(
    "duties_due",
    Text("将到期的义务", "Duties falling due"),
    Text("截至日起 {n} 天内到期、还没有记录履行的", "falling due within {n} days of the as-of day, not met so far"),
    DUE,
    Text("已过天数", "Days past"),
    Text("哪一期", "Which part"),
)
UNDRILLED: Final = Queue(
    "undrilled",
    Text("从未演练的预案", "Plans never drilled"),
    Text("有效的预案，没有一次演练写明演练的是它", "plans in force that no drill names as the plan it tested"),
    Text("印发日期", "Issued"),
    SINCE,
    LEVEL,
)
EXPIRING: Final = Queue(
    "expiring",
    Text("将到期或已到期的预案", "Plans running out"),
    Text(
        "{n} 天内到期或已到期，没有同一单位同题的新预案的",
        "run out or doing so within {n} days, without a later one of that body and title",
    ),
    Text("有效期至", "Valid until"),
    Text("过期天数", "Days past"),
    LEVEL,
)
ACCIDENTS: Final = Queue(
    "accidents",
    Text("四不放过未了结的事故", "Accidents not settled"),
    Text("生产安全事故，四不放过中有一项还没有日期的", "production accidents of which one of the four things to be done has no day"),
    Text("事故日期", "Happened"),
    SINCE,
    Text("未了结", "Open"),
)
TIPS: Final = Queue(
    "tips",
    Text("未核查的举报", "Tips to check"),
    Text("受理而没有核查日期和结果的", "received, without a day and a result of checking"),
    Text("受理日期", "Received"),
    SINCE,
    Text("渠道", "Channel"),
)
RESTART: Final = Queue(
    "restart",
    Text("未经复产验收的单位", "Units without acceptance of their restart"),
    Text(
        "停产停业、查封等决定已解除，而决定生效以来没有对该单位的复产验收检查、也没有验收文书的",
        "a stop order or seal was lifted, and since it took effect no restart outing and no acceptance document names the unit",
    ),
    Text("解除日期", "Lifted"),
    SINCE,
    Text("文号", "Number"),
)
CAMPAIGNS: Final = Queue(
    "campaigns",
    Text("四有不全的专项行动", "Campaigns without the four"),
    Text(
        "统计期内进行的专项行动，方案、检查记录、隐患台账、整改措施缺一项以上的",
        "campaigns of the period that lack one of: scheme, outings, hazards, measures written in a rectification",
    ),
    Text("结束日期", "Ends"),
    SINCE,
    Text("缺", "Lacks"),
)
ROSTERS: Final = Queue(
    "rosters",
    Text("有效的机构组成", "Rosters in force"),
    Text("同一单位同题取最近的一件，没有过期的", "of one body and title the latest, not run out"),
    Text("印发日期", "Issued"),
    SINCE,
    Text("文号", "Number"),
)
PROBLEMS: Final = Queue(
    "problems",
    Text("问题隐患清单和制度措施清单", "Problems and their measures"),
    Text(
        "未销号的隐患，各附一条措施：治理方案的措施，没有则为整改要求，再没有则为临时管控措施",
        "hazards not closed, each with its measure: of the plan, else what was required, else the control until then",
    ),
    DUE,
    LATE,
    Text("措施", "Measure"),
)
QUEUES: Final = (
    OVERDUE, DUE_SOON, REQUESTS, TO_VERIFY, TO_CLOSE, PROGRESS, LOOK_BACKS, MISSED, COMING, UNDRILLED, EXPIRING, ACCIDENTS,
    TIPS, RESTART, CAMPAIGNS, ROSTERS, PROBLEMS,
)  # fmt: skip
