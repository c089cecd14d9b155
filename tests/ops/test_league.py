"""Side by side: the worked example by hand, ranks and ties, tallies among the lines, and who was silent."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.measures import Question
from hazardctl.model.raw import Tree
from hazardctl.ops.question import Words
from tests import strategies, worked
from tests.golden import LANGUAGES, held
from tests.measures.made import Maker
from tests.ops.reported import body, data, explained, made, page

H1: Final = Words("2024H1")
CONFIG: Final = {
    "organisation": {"name": "示例县", "region": "county"},
    "regions": [
        {"key": "county", "name": "示例县", "level": "county"},
        {"key": "east", "name": "东镇", "level": "township", "parent": "county"},
        {"key": "east-1", "name": "东一村", "level": "village", "parent": "east"},
        {"key": "west", "name": "西镇", "level": "township", "parent": "county"},
        {"key": "north", "name": "北镇", "level": "township", "parent": "county"},
        {"key": "south", "name": "南镇", "level": "township", "parent": "county"},
        {"key": "far", "name": "远镇", "level": "township", "parent": "county"},
    ],
}


def county() -> Ledger:
    """Give a county: two towns on one rate, one told by a tally, one that declared nil, one silent since February."""
    make = Maker(CONFIG)
    make.add("unit", id="shop", name="商店", region="east")
    make.add("unit", id="mill", name="面粉厂", region="west")
    make.add("unit", id="gone", name="旧厂", region="west", closed_on="2023-12-31")
    for region, done, open_ in (("east", 3, 1), ("east-1", 3, 1), ("north", 6, 2), ("", 1, 0)):
        for _ in range(done):
            make.hazard("2024-05-02", region=region)
        for _ in range(open_):
            make.hazard("2024-05-02", region=region, done=False)
    make.hazard("2023-11-20", region="far")
    make.tally(
        "2024-06-30", "2024H1", {"region": "西镇"}, {"measure": "hazards.found", "value": 10}, {"measure": "hazards.rectified", "value": 10}
    )
    make.add("declaration", "2024-07-01", period="2024H1", scope={"region": "south"}, measure="hazards.found")
    make.add("inspection", "2024-03-01", units=["shop"], people=1)
    return make.ledger()


def lines(said: dict[str, Any]) -> list[tuple[str, int | None, int | None, str | None]]:
    return [
        (one["key"], one["rank"], one["figures"]["found"]["value"], (one["figures"]["rate"]["value"] or {}).get("value"))
        for one in said["lines"]
    ]


def test_the_worked_example_by_hand() -> None:
    said = body("league", worked.ledger(), H1, groups=("sector",), min_found=3)
    figures = {one["key"]: one["figures"] for one in said["lines"]}
    # chem: A E I found, A I verified; due A E I, A I met. fire: D H L P, H verified; due H L P, H met.
    assert (figures["chem"]["rate"]["value"]["value"], figures["chem"]["on_time"]["value"]["value"]) == ("66.67", "66.67")
    assert (figures["fire"]["rate"]["value"]["value"], figures["fire"]["on_time"]["value"]["value"]) == ("25.00", "33.33")
    assert [(one["key"], one["rank"]) for one in said["lines"]] == [("chem", 1), ("industry", 2), ("gas", 3), ("fire", 3)]
    total = said["total"]["figures"]
    assert (total["found"]["value"], total["rectified"]["value"], total["rate"]["value"]["value"]) == (14, 5, "35.71")
    assert (total["on_time"]["value"]["value"], total["overdue"]["value"], total["major"]["value"]) == ("36.36", 3, 2)
    assert explained(said, worked.ledger(), H1) > 20


def test_towns_are_ranked_with_their_villages_and_ties_share_a_rank() -> None:
    said = body("league", county(), H1)
    assert lines(said) == [
        ("west", 1, 10, "100.00"), ("east", 2, 8, "75.00"), ("north", 2, 8, "75.00"), ("south", None, 0, None), ("", None, 1, "100.00"),
    ]  # fmt: skip
    assert said["total"]["figures"]["rate"]["value"] == {"numerator": 13, "denominator": 17, "value": "76.47"}
    text = page("league", county(), H1)
    assert "各行相加与合计不同：发现 27（合计 17）、已整改 23（合计 13）" in text
    assert "发现少于 5 项的不排名" in text
    assert "数据 明细与汇总数（不相加）" in text
    assert explained(said, county(), H1) > 20


def test_who_reported_nothing_is_named_and_since_when() -> None:
    said = body("league", county(), H1)
    assert said["silent"]["regions"] == [{"key": "far", "name": "远镇", "last": "2023-11-20"}]
    assert said["silent"]["units"] == [{"key": "mill", "name": "面粉厂", "last": None}]
    text = page("league", county(), H1)
    assert "区间内没有任何记录、汇总数或零报告：属地 1 个\n  远镇（最近 2023-11-20）" in text
    assert "单位 1 个\n  面粉厂（从无记录）" in text
    assert body("league", county(), Words("2024H1", filters=("region:east",)))["silent"] == {"regions": [], "units": []}


def test_many_silent_units_are_cut_on_a_page_and_whole_for_programs() -> None:
    make = Maker()
    for n in range(25):
        make.add("unit", id=f"unit-{n:02}", name=f"XX厂{n}")
    assert len(body("league", make.ledger(), H1)["silent"]["units"]) == 25
    assert "另有 5 个" in page("league", make.ledger(), H1)


def test_the_last_record_of_a_line() -> None:
    last = {one["key"]: one["last"] for one in body("league", county(), H1)["lines"]}
    assert (last["east"], last["west"], last["south"]) == ("2024-05-02", None, None)
    units = body("league", worked.ledger(), H1, groups=("unit",))
    assert units["lines"][0]["last"] == "2024-06-27"


def test_what_is_approximate_or_told_twice_is_not_ranked() -> None:
    make = Maker(CONFIG)
    make.hazard("2024-05-02", region="east")
    make.tally("2024-06-30", "2024H1", {"region": "east"}, {"measure": "hazards.found", "value": 9})
    make.tally("2024-06-30", "2024H1", {"region": "west"}, {"measure": "hazards.found", "value": 200, "approx": "over"})
    make.tally("2024-06-30", "2024H1", {"region": "north"}, {"measure": "hazards.found", "value": 20})
    said = body("league", make.ledger(), H1, min_found=0)
    assert [one["rank"] for one in said["lines"]] == [None, None, None]
    assert made("league", make.ledger(), H1).flawed


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("found", ["west", "east", "north"]),
        ("-found", ["east", "north", "west"]),
        ("name", ["east", "west", "north"]),
        ("-name", ["north", "west", "east"]),
        ("-rate", ["east", "north", "west"]),
    ],
)
def test_lines_are_sorted_as_asked(sort: str, order: list[str]) -> None:
    assert [one["key"] for one in body("league", county(), H1, sort=sort)["lines"] if one["rank"]] == order


def test_the_fewest_overdue_come_first() -> None:
    said = body("league", worked.ledger(), H1, groups=("sector",), sort="overdue", min_found=1)
    assert [(one["key"], one["rank"], one["figures"]["overdue"]["value"]) for one in said["lines"]] == [
        ("gas", 1, 0), ("chem", 2, 1), ("industry", 2, 1), ("fire", 2, 1),
    ]  # fmt: skip


def test_a_hazard_of_two_campaigns_stands_in_both_lines_and_once_in_the_total() -> None:
    make = Maker()
    runs = [make.add("campaign", start="2024-01-01", end="2024-06-30", name=f"行动{n}") for n in (1, 2)]
    make.hazard("2024-05-02", campaign=runs)
    said = body("league", make.ledger(), H1, groups=("campaign",))
    assert [one["figures"]["found"]["value"] for one in said["lines"]] == [1, 1]
    assert said["total"]["figures"]["found"]["value"] == 1
    assert "各行相加可能多于合计" in page("league", make.ledger(), H1, groups=("campaign",))


@pytest.mark.parametrize(
    "options",
    [
        {"groups": ("sector", "unit")},
        {"groups": ("month",)},
        {"groups": ("colour",)},
        {"sort": "beauty"},
        {"min_found": -1},
        {"table": "a"},
    ],
)
def test_what_it_does_not_know_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        made("league", worked.ledger(), H1, **options)


@settings(max_examples=40)
@given(
    trees=strategies.ledgers(),
    question=strategies.questions(),
    group=st.sampled_from(["region", "unit", "sector", "responsible", "source"]),
    shuffle=st.randoms(use_true_random=False),
)
def test_the_totals_are_those_of_the_summary_and_lines_add_up(trees: list[Tree], question: Question, group: str, shuffle: Any) -> None:  # noqa: ANN401
    words = Words(f"{question.start}..{question.end}", as_of=question.as_of.isoformat(), basis=question.preset, cutoff=question.cutoff)
    said, summary = (data(name, strategies.loaded(trees), words, groups=(group,)) for name in ("league", "summary"))
    total = said["total"]["figures"]
    if total["found"]["state"] == "known":
        assert [total[name]["value"] for name in ("found", "rectified", "overdue")] == [
            summary[name] for name in ("found", "rectified", "overdue")
        ]
        assert (total["rate"]["value"], total["on_time"]["value"]) == (summary["rate"], summary["on_time"])
        for name in ("found", "rectified", "overdue", "major"):
            assert sum(line["figures"][name]["value"] for line in said["lines"]) == total[name]["value"]
        for name in ("rate", "on_time"):
            assert sum(line["figures"][name]["value"]["numerator"] for line in said["lines"]) == total[name]["value"]["numerator"]
    ranks = [line["rank"] for line in said["lines"] if line["rank"]]
    assert ranks == sorted(ranks)
    assert data("league", strategies.loaded(shuffle.sample(trees, len(trees))), words, groups=(group,)) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_the_page_is_as_it_was_seen(width: int, language: Any) -> None:  # noqa: ANN401
    held(f"report-league-{width}-{language}", page("league", county(), H1, width=width, language=language))
