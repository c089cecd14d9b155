"""Outings, visits, units, teams, people, who led; coverage and units without hazards."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Rate, Sum
from hazardctl.measures.relations import SEPARATOR
from hazardctl.vocabulary import BUILT_IN

TIMES: Final = Text("次", "times")
UNITS: Final = Text("家", "units")
TEAMS: Final = Text("个", "teams")
CREW: Final = f"DISTINCT NULLIF(drive || '{SEPARATOR}' || team, drive || '{SEPARATOR}')"
"""A team is a label within a campaign; an outing without a label is none."""

LED: Final = {
    "principal": Text("带队领导为本级党政主要领导的检查次数", "outings led by a principal leader of the level"),
    "leader": Text("带队领导为本级其他领导的检查次数", "outings led by another leader of the level"),
    "branch": Text("带队领导为下一级或部门主要领导的检查次数", "outings led by the head of a lower level or a department"),
}

MEASURES: Final[tuple[Sum | Rate, ...]] = (
    Sum("inspections.count", "检查次数", "outings", Text("检查记录的次数", "outings, one a record"), TIMES, "inspections", "1 = 1"),
    Sum(
        "inspections.unit_visits",
        "检查家次",
        "visits",
        Text("每次检查的单位数之和，同一单位检查几次计几次", "units of each outing added up: a unit counts as often as it was visited"),
        Text("家次", "visits"),
        "visits",
        "1 = 1",
        mark="units_mark",
    ),
    Sum(
        "inspections.units",
        "检查单位",
        "units inspected",
        Text("检查过的不同单位", "different units inspected"),
        UNITS,
        "visits",
        "1 = 1",
        "DISTINCT who",
        mark="units_mark",
    ),
    Sum(
        "inspections.teams",
        "检查组",
        "teams",
        Text("同一专项行动内不同的检查组名称", "different team labels, each within its campaign"),
        TEAMS,
        "crews",
        "1 = 1",
        CREW,
    ),
    Sum(
        "inspections.covert_teams",
        "暗查暗访组",
        "covert teams",
        Text("其中暗查暗访的检查组", "of these, the teams of unannounced outings"),
        TEAMS,
        "crews",
        "covert = 1",
        CREW,
    ),
    Sum(
        "inspections.person_times",
        "出动人次",
        "person-times",
        Text("每次检查的人数之和", "people of each outing added up"),
        Text("人次", "person-times"),
        "inspections",
        "1 = 1",
        "person_times",
        mark="people_mark",
    ),
    *(
        Sum(
            f"inspections.led_by.{rank}",
            f"{BUILT_IN['ranks'][rank].zh}带队",
            f"led by {BUILT_IN['ranks'][rank].en}",
            meaning,
            TIMES,
            "inspections",
            f"led_by_rank = '{rank}'",
        )
        for rank, meaning in LED.items()
    ),
    Sum(
        "inspections.joint",
        "联合检查",
        "joint outings",
        Text("有其他单位参加的检查次数", "outings with at least one other authority"),
        TIMES,
        "inspections",
        "joint = 1",
    ),
    Sum(
        "inspections.covert",
        "暗查暗访",
        "unannounced outings",
        Text("暗查暗访的检查次数", "outings that were not announced"),
        TIMES,
        "inspections",
        "covert = 1",
    ),
    Sum(
        "inspections.random",
        "双随机检查",
        "random outings",
        Text("对象随机抽取的检查次数", "outings whose targets were drawn at random"),
        TIMES,
        "inspections",
        "selection = 'random'",
    ),
    Sum(
        "coverage.inspected",
        "在册单位中检查过的",
        "registered units inspected",
        Text("截止日在册的单位中区间内检查过的", "of the units in the register on the cut-off day, those inspected in the period"),
        UNITS,
        "register",
        "inspected = 1",
        known="outings = 1",
    ),
    Rate(
        "coverage",
        "覆盖率",
        "coverage",
        Text("在册单位中检查过的占在册单位的比例", "share of the units in the register that were inspected"),
        "coverage.inspected",
        "registry.units",
    ),
    Sum(
        "zero_hazard.inspected",
        "检查单位",
        "units inspected",
        Text("区间内检查过的不同单位", "different units inspected in the period"),
        UNITS,
        "clean_visits",
        "1 = 1",
        "DISTINCT who",
    ),
    Sum(
        "zero_hazard.units",
        "零隐患单位",
        "units without hazards",
        Text("其中区间内没有排查出隐患的", "of these, those without a hazard found in the period"),
        UNITS,
        "clean_visits",
        "clean = 1",
        "DISTINCT who",
    ),
    Rate(
        "zero_hazard.rate",
        "零隐患率",
        "share without hazards",
        Text("检查过的单位中没有排查出隐患的比例", "share of the units inspected without a hazard found"),
        "zero_hazard.units",
        "zero_hazard.inspected",
    ),
)
