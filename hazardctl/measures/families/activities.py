"""Meetings, trainings, drills, publicity, warnings, duty, programmes."""

from __future__ import annotations

from typing import Final, Literal

from hazardctl.language import Text
from hazardctl.measures.definition import Computed, Rate, Sum

TIMES: Final = Text("次", "times")
PEOPLE: Final = Text("人", "people")
VISITS: Final = Text("人次", "people")
HEADS: Final = {
    "meetings": "meeting",
    "consultations": "consultation",
    "trainings": "training",
    "drills": "drill",
    "publicity": "publicity",
    "warnings": "warning",
    "programmes": "programme",
}
"""Head of ids → kind of activity."""


def _sum(name: str, zh: str, en: str, field: str, noun: Text, *, unit: Literal["one", "fen"] = "one", more: str = "") -> Sum:
    """Give the sum of a field over the activities of the kind its id begins with."""
    where = f"kind = '{HEADS[name.partition('.')[0]]}'"
    meaning = Text(f"区间内此类活动的{zh}之和", f"{en}, added up over the activities of this kind")
    return Sum(name, zh, en, meaning, noun, "activities", where + more, field, unit=unit, known=where, mark=f"{field}_mark")


MEASURES: Final[tuple[Sum | Rate | Computed, ...]] = (
    _sum("meetings.count", "会议次数", "meetings", "count", TIMES),
    _sum("meetings.attendees", "参会人次", "people at meetings", "attendees", VISITS),
    _sum("consultations.count", "会商次数", "consultations", "count", TIMES),
    _sum("trainings.count", "培训次数", "trainings", "count", Text("次", "trainings")),
    _sum("trainings.attendees", "培训人数", "people trained", "attendees", PEOPLE),
    _sum("trainings.cost", "培训经费", "cost of trainings", "cost", Text("元", "yuan"), unit="fen"),
    Computed(
        "trainings.planned",
        "计划培训",
        "trainings planned",
        Text("同一范围、同一时期的培训目标", "the target for trainings of the same scope and period"),
        Text("期", "trainings"),
    ),
    Computed(
        "trainings.delivery",
        "培训开展率",
        "trainings held of those planned",
        Text(
            "已开展培训占计划培训的比例；计划为区间的按下限",
            "trainings held as a share of those planned; of a planned range, its lower end",
        ),
        Text("%", "%"),
    ),
    Sum(
        "trainings.teams_trained",
        "培训队伍",
        "teams trained",
        Text("截止日在位的队伍中区间内受过培训的", "of the teams in being on the cut-off day, those trained in the period"),
        Text("支", "teams"),
        "teams",
        "trained = 1",
        "COALESCE(count, 1)",
        known="trainings = 1",
    ),
    Rate(
        "trainings.team_coverage",
        "队伍覆盖面",
        "share of teams trained",
        Text("受过培训的队伍占在位队伍的比例", "teams trained as a share of the teams in being"),
        "trainings.teams_trained",
        "teams.count",
    ),
    _sum("drills.count", "演练次数", "drills", "count", Text("次", "drills")),
    _sum("drills.attendees", "参演人数", "people in drills", "attendees", PEOPLE),
    _sum("drills.teams", "参演队伍", "teams in drills", "teams", Text("支", "teams")),
    _sum("drills.hosted", "承办演练", "drills staged for a higher level", "count", Text("次", "drills"), more=" AND hosted = 1"),
    _sum("publicity.events", "宣传场次", "publicity events", "count", Text("场", "events")),
    _sum("publicity.attendees", "宣传参与人次", "people reached", "attendees", VISITS),
    _sum("publicity.contests", "竞赛期数", "contests", "contests", Text("期", "contests")),
    _sum("publicity.materials", "宣传资料", "leaflets and booklets", "materials", Text("份", "copies")),
    Sum(
        "publicity.units",
        "入企宣传",
        "enterprises visited",
        Text("宣传到过的不同单位", "different units visited for publicity"),
        Text("家", "units"),
        "hosts",
        "kind = 'publicity'",
        "DISTINCT who",
        known="kind = 'publicity'",
        mark="units_mark",
    ),
    _sum("warnings.issued", "预警信息", "warnings issued", "count", Text("条", "warnings")),
    Sum(
        "duty.days",
        "值班天数",
        "days of duty",
        Text("区间内有人值班的不同日子", "different days with someone on duty in the period"),
        Text("天", "days"),
        "duty",
        "1 = 1",
        "DISTINCT on_day || ''",
    ),
    _sum("programmes.completed", "完成创建", "programmes completed", "count", Text("个", "programmes")),
)
