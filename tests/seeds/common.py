"""What the small ledgers of the seeds share: their regions and key periods, and the actions hazards belong to."""

from __future__ import annotations

from typing import Final

from tests.measures.made import Maker

CONFIG: Final = {
    "regions": [
        {"key": "district", "name": "青山区", "level": "district"},
        *({"key": f"town-{n}", "name": f"第{n}镇", "level": "township", "parent": "district"} for n in range(1, 10)),
    ],
    "key_periods": [
        {"id": "spring-festival", "zh": "春节", "ranges": ["2023-01-20..2023-01-28"]},
        {"id": "qingming", "zh": "清明", "ranges": ["2023-04-03..2023-04-06"]},
    ],
}


def campaigns(make: Maker) -> dict[str, str]:
    """Add the three actions of the summaries and give their ids."""
    return {
        "year-end": make.add("campaign", start="2023-01-01", end="2023-03-31", alias="year-end", name="岁末年初整治"),
        "qiangan": make.add("campaign", start="2023-05-01", end="2023-06-15", alias="qiangan-2023", name="强安行动"),
        "centralised": make.add(
            "campaign",
            start="2022-03-01",
            end="2022-11-30",
            alias="centralised-2022",
            name="集中整治",
            phases=[{"name": name, "start": f"2022-0{n}-01"} for n, name in enumerate(("部署", "检查", "整治", "总结"), 3)],
        ),
    }


def named(head: str, first: int, last: int) -> list[str]:
    """Give keys of units that are told apart by a number."""
    return [f"{head}-{n}" for n in range(first, last)]
