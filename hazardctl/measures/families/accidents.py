"""Production accidents: how many, of which class, with what harm. The class is that of each accident, never of a sum."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Sum
from hazardctl.vocabulary import BUILT_IN

PRODUCTION: Final = "production = 1"
PEOPLE: Final = Text("人", "people")
TIMES: Final = Text("起", "accidents")


def _sum(name: str, zh: str, en: str, meaning: Text) -> Sum:
    return Sum(
        f"accidents.{name}", zh, en, meaning, PEOPLE, "accidents", PRODUCTION, name, known=PRODUCTION, mark=f"{name}_mark"
    )  # fmt: skip


MEASURES: Final[tuple[Sum, ...]] = (
    Sum(
        "accidents.count",
        "事故起数",
        "accidents",
        Text("生产安全事故的起数", "production accidents"),
        TIMES,
        "accidents",
        PRODUCTION,
        known=PRODUCTION,
    ),
    _sum("deaths", "死亡人数", "deaths", Text("这些事故死亡人数之和", "deaths in these accidents")),
    _sum("serious_injuries", "重伤人数", "serious injuries", Text("这些事故重伤人数之和", "people seriously injured in these accidents")),
    _sum(
        "injuries",
        "受伤人数",
        "other injuries",
        Text("这些事故轻伤或伤情未注明的人数之和", "people injured lightly or of unstated severity in these accidents"),
    ),
    Sum(
        "accidents.loss",
        "直接经济损失",
        "direct loss",
        Text("这些事故直接经济损失之和", "direct loss in these accidents"),
        Text("元", "yuan"),
        "accidents",
        PRODUCTION,
        "loss",
        unit="fen",
        known=PRODUCTION,
        mark="loss_mark",
    ),
    *(
        Sum(
            f"accidents.class.{key}",
            f"{term.zh}事故",
            f"accidents: {term.en}",
            Text("逐起按死亡、重伤、损失三项中最高的一项定级", "classed one by one by the highest of deaths, serious injuries and loss"),
            TIMES,
            "accidents",
            f"{PRODUCTION} AND severity = '{key}'",
            known=PRODUCTION,
        )
        for key, term in BUILT_IN["accident_classes"].items()
    ),
)
