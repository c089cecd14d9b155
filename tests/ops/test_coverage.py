"""Coverage: units inspected of units registered, those never seen, campaigns, depth; each figure counted by hand."""

from __future__ import annotations

from typing import Any, Final

import pytest

from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.ops.question import Words
from tests.golden import LANGUAGES, held
from tests.measures.made import Maker
from tests.ops.reported import body, explained, made, page

H1: Final = Words("2024H1")
CONFIG: Final = {
    "organisation": {"name": "青山镇", "region": "town"},
    "regions": [
        {"key": "town", "name": "青山镇", "level": "township"},
        {"key": "east", "name": "东村", "level": "village", "parent": "town"},
        {"key": "west", "name": "西村", "level": "village", "parent": "town"},
    ],
}


def town() -> Ledger:
    """Give five registered units, one of them shut, three of them inspected, one of these without hazards."""
    make = Maker(CONFIG)
    for key, sector, region, types in (
        ("gas", "chem", "east", ["gas_station"]), ("shop", "fire", "east", ["crowded_place", "nine_small"]),
        ("mill", "industry", "west", []),
        ("barn", "", "", []),
    ):  # fmt: skip
        make.add("unit", id=key, name=f"XX{key}", sector=sector, region=region, types=types)
    make.add("unit", id="old", name="旧厂", sector="fire", region="west", closed_on="2023-12-31")
    run = make.add("campaign", start="2024-03-01", end="2024-05-31", name="春季行动")
    make.add("inspection", "2024-03-02", units=["gas", "shop"], people=2, campaign=[run])
    make.add("inspection", "2024-06-02", units=["mill"], people=2)
    make.add("inspection", "2023-06-02", units=["barn"], people=2)
    shop: dict[str, Any] = {"unit": "shop", "sector": "fire"}
    make.hazard("2024-03-02", **shop, description="通道堵塞", campaign=[run])
    make.hazard("2024-03-02", **shop, description="通道 堵塞", grade="major")
    make.hazard("2024-03-02", **shop, description="线路老化", source="self_check")
    make.hazard("2024-06-02", unit="mill", sector="industry", description="护栏缺失", basis=[{"doc": "GB 4053"}], source="worker")
    return make.ledger()


def values(line: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(one["value"]["value"] if isinstance(one["value"], dict) else one["value"] for one in line["figures"].values())


def test_every_figure_by_hand() -> None:
    said = body("coverage", town(), H1)
    assert values(said["total"]) == (4, 3, "75.00", 3, 1, "33.33")
    groups = {group["by"]: {line["key"]: values(line) for line in group["lines"]} for group in said["groups"]}
    assert groups["region"] == {
        "east": (2, 2, "100.00", 2, 1, "50.00"), "west": (1, 1, "100.00", 1, 0, "0.00"), "": (1, 0, "0.00", None, None, None),
    }  # fmt: skip
    assert groups["sector"]["fire"] == (1, 1, "100.00", 1, 0, "0.00")
    assert set(groups["unit_type"]) == {"gas_station", "crowded_place", "nine_small", ""}
    assert values(said["campaigns"][0]) == (1, 2, "50.00", 1, "100.00")
    assert [one["value"]["value"] for one in said["depth"].values()] == ["25.00", "75.00", "50.00", "50.00"]
    assert said["texts"] == [{"text": "通道堵塞", "times": 2, "measure": "depth.alike"}]
    assert said["never_inspected"] == [{"key": "barn", "name": "XXbarn", "sector": "", "region": ""}]
    assert explained(said, town(), H1) > 40


def test_a_filter_asks_the_units_it_names() -> None:
    said = body("coverage", town(), Words("2024H1", filters=("sector:fire",)))
    assert values(said["total"])[:3] == (1, 1, "100.00")
    assert said["never_inspected"] == []
    assert "在册单位都检查过" in page("coverage", town(), Words("2024H1", filters=("sector:fire",)))


def test_without_an_outing_nothing_is_said_of_units_never_seen() -> None:
    make = Maker()
    make.add("unit", id="gas", name="加油站", sector="chem")
    said = body("coverage", make.ledger(), H1)
    assert said["never_inspected"] is None
    assert said["total"]["figures"]["coverage"]["state"] == "missing"
    assert "说不出哪些单位没有检查过" in page("coverage", make.ledger(), H1)
    assert made("coverage", make.ledger(), H1).flawed


def test_many_units_never_seen_are_cut_on_a_page_and_whole_for_programs() -> None:
    make = Maker()
    for n in range(30):
        make.add("unit", id=f"unit-{n:02}", name=f"XX厂{n}", sector="industry")
    make.add("inspection", "2024-03-02", units=["unit-00"], people=2)
    assert len(body("coverage", make.ledger(), H1)["never_inspected"]) == 29
    text = page("coverage", make.ledger(), H1)
    assert "区间内没有检查过的在册单位 29 家" in text
    assert "另有 9 家" in text


def test_a_tally_tells_the_coverage_of_a_sector() -> None:
    make = Maker()
    make.tally(
        "2024-06-30",
        "2024H1",
        {"sector": "fire"},
        {"measure": "coverage.inspected", "value": 90},
        {"measure": "registry.units", "value": 120},
    )
    make.tally("2024-06-30", "2024H1", {}, {"measure": "campaigns.count", "value": 3})
    said = body("coverage", make.ledger(), H1)
    assert values(said["groups"][1]["lines"][0])[:3] == (120, 90, "75.00")
    assert said["campaigns"] == []


def test_it_takes_no_options_of_others() -> None:
    with pytest.raises(UsageError):
        made("coverage", town(), H1, table="a")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_the_page_is_as_it_was_seen(width: int, language: Any) -> None:  # noqa: ANN401
    held(f"report-coverage-{width}-{language}", page("coverage", town(), H1, width=width, language=language))
