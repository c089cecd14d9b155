"""The tables that authorities file: the worked example by hand, the national table of 2007, tallies, what does not add up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.model.raw import Tree
from hazardctl.ops.question import Words
from tests import strategies, worked
from tests.golden import LANGUAGES, held
from tests.measures.made import Maker
from tests.ops.reported import body, data, explained, made, page

H1: Final = Words("2024H1")
CONFIG: Final = {
    "organisation": {"name": "示例县", "level": "county", "region": "county"},
    "regions": [
        {"key": "county", "name": "示例县", "level": "county"},
        {"key": "qingshan", "name": "青山镇", "level": "township", "parent": "county"},
        {"key": "east", "name": "东村", "level": "village", "parent": "qingshan"},
        {"key": "liulin", "name": "柳林镇", "level": "township", "parent": "county"},
    ],
}


def table(said: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in said["tables"] if one["key"] == key)
    return found


def values(line: dict[str, Any]) -> dict[str, Any]:
    """Give the figures of a line: numbers, percentages as text, None for what is missing."""
    return {key: one["value"]["value"] if isinstance(one["value"], dict) else one["value"] for key, one in line["figures"].items()}


def county() -> Ledger:
    """Give a county with outings, decisions and papers of two towns, and a major hazard of its own."""
    make = Maker(CONFIG)
    for key, sector, region in (("chem-1", "chem", "qingshan"), ("shop", "fire", "east"), ("mine", "coal", "liulin")):
        make.add("unit", id=key, name=key, sector=sector, region=region)
    for day, team, units, people in (("2024-03-01", "一", ["chem-1", "shop"], 4), ("2024-05-02", "二", ["shop"], 3)):
        make.add("inspection", day, team=team, units=units, people=people)
    make.hazard("2024-03-01", unit="shop", sector="fire", funds_spent=5000)
    make.hazard("2024-05-02", unit="shop", sector="fire", done=False)
    make.hazard("2024-03-01", unit="chem-1", sector="chem", grade="major", funds_planned=38000)
    make.hazard("2024-04-01", unit="elsewhere", region="county", sector="road", done=False, grade="major")
    make.add("enforcement", "2024-05-02", kind="fine", unit="shop", amount="20000.50")
    make.add("enforcement", "2024-02-02", kind="order_correct", unit="shop")
    make.add("document", "2024-05-02", kind="order", title="指令书", region="east", hazards=["YH-20240502-00006"])
    return make.ledger()


def test_the_worked_example_by_hand() -> None:
    said = body("official", worked.ledger(), H1)
    lines = {line["key"]: values(line) for line in table(said, "a")["lines"]}
    total = values(table(said, "a")["total"])
    assert (total["general_found"], total["general_rectified"], total["general_rate"]) == (12, 5, "41.7")
    assert (total["major_found"], total["major_rectified"], total["major_rate"], total["planned"]) == (2, 1, "50.0", 1)
    assert (total["plan_target"], total["funds"], total["units"]) == (1, "24000", None)
    # fire D H L P, chem A E I M, industry B F J N, gas C G K O; J is of 2023, M was moved, H and I are major
    names = ("general_found", "general_rectified", "major_found", "major_rectified")
    assert {key: tuple(one[name] for name in names) for key, one in lines.items()} == {
        "chem": (2, 1, 1, 1), "industry": (3, 1, 0, 0), "gas": (4, 2, 0, 0), "fire": (3, 1, 1, 0),
    }  # fmt: skip
    assert lines["gas"]["major_rate"] is None
    assert table(said, "a")["not_adding_up"] == []
    assert explained(said, worked.ledger(), Words("2024H1", basis="official")) > 80


def test_inspections_and_penalties_of_the_period_and_of_the_year_so_far() -> None:
    said = body("official", county(), Words("2024-05", so_far=True), table="b")
    now, so_far = (values(line) for line in table(said, "b")["lines"])
    assert (now["teams"], now["person_times"], now["units"], now["fines"], now["corrections"]) == (1, 3, 1, "20000.5", 0)
    assert (so_far["teams"], so_far["person_times"], so_far["units"], so_far["fines"], so_far["corrections"]) == (2, 7, 2, "20000.5", 1)
    assert table(said, "b")["lines"][0]["figures"]["teams"]["measure"] == "inspections.teams[period=2024-05]"
    assert explained(said, county(), Words("2024-01..2024-05", basis="official")) == 24
    assert "罚款" in page("official", county(), H1, table="组织督查检查和处罚情况")


def test_the_work_of_each_town_holds_its_villages_and_the_county_stands_apart() -> None:
    said = body("official", county(), H1, table="c")
    lines = {line["key"]: values(line) for line in table(said, "c")["lines"]}
    assert list(lines) == ["county", "qingshan"]
    qingshan, own, total = lines["qingshan"], lines["county"], values(table(said, "c")["total"])
    assert (qingshan["outings"], qingshan["units"], qingshan["found"], qingshan["rectified"], qingshan["rate"]) == (2, 2, 3, 1, "33.33")
    assert (qingshan["funds"], qingshan["orders"], qingshan["coercive"]) == ("5000", 1, None)
    assert (own["found"], own["major_found"], own["outings"]) == (1, 1, None)
    assert (total["found"], total["outings"], total["orders"]) == (4, 2, 1)
    assert [line["filters"] for line in table(said, "c")["lines"]] == [["region:county", "not:region:qingshan"], ["region:qingshan"]]
    assert "示例县（本级）" in page("official", county(), H1, table="c")
    assert explained(said, county(), Words("2024H1", basis="official")) > 20


def test_a_sector_is_told_by_a_tally_with_its_marks_and_blanks() -> None:
    make = Maker()
    make.hazard("2024-03-01", sector="gas")
    make.tally(
        "2024-06-30", "2024H1", {"sector": "消防"},
        {"measure": "hazards.general.found", "value": 200, "approx": "over"}, {"measure": "hazards.general.rectified", "value": 150},
        {"measure": "inspections.units", "missing": True}, {"measure": "hazards.major.found", "value": 5},
        {"measure": "hazards.major.rectified", "value": 3},
    )  # fmt: skip
    make.tally("2024-06-30", "2024H1", {"sector": "gas"}, {"measure": "hazards.general.found", "value": 7})
    said = body("official", make.ledger(), H1, table="a")
    lines = {line["key"]: line["figures"] for line in table(said, "a")["lines"]}
    fire, gas = lines["fire"], lines["gas"]
    assert (fire["general_found"]["value"], fire["general_found"]["mark"], fire["general_found"]["source"]) == (200, "over", "汇总数")
    assert (fire["general_rate"]["state"], fire["units"]["state"], fire["planned"]["value"]) == ("approximate", "missing", 2)
    assert fire["major_rate"]["value"]["value"] == "60.0"
    assert (gas["general_found"]["state"], gas["general_found"]["items"], gas["general_found"]["told"]) == ("twice", 1, 7)
    assert gas["general_rate"]["state"] == "missing"
    report = made("official", make.ledger(), H1, table="a")
    assert report.flawed
    text = page("official", make.ledger(), H1, table="a")
    assert "200余" in text
    assert "明细1、汇总数7（不相加）" in text
    assert "数据 明细与汇总数（不相加）" in text


def test_lines_that_do_not_add_up_are_told() -> None:
    make = Maker()
    make.tally("2024-06-30", "2024H1", {"sector": "fire"}, {"measure": "hazards.general.found", "value": 3})
    make.tally("2024-06-30", "2024H1", {}, {"measure": "hazards.general.found", "value": 5})
    said = body("official", make.ledger(), H1, table="a")
    assert table(said, "a")["not_adding_up"] == [{"column": "general_found", "lines": "3", "total": "5"}]
    assert "各行相加与合计不同：一般隐患(项) 3（合计 5）" in page("official", make.ledger(), H1, table="a")


def test_a_sector_of_the_ledger_is_part_of_the_one_above_it() -> None:
    make = Maker({"vocabularies": {"sectors": {"ammonia": {"zh": "涉氨制冷", "parent": "chem"}}}})
    make.hazard("2024-03-01", sector="ammonia")
    make.hazard("2024-03-01", sector="chem")
    make.hazard("2024-03-01", sector="")
    make.add("inspection", "2024-03-01", units=["nobody"], sector="unheard-of", people=1)
    said = body("official", make.ledger(), H1, table="a")
    found = {
        line["key"]: (line["figures"]["general_found"]["value"], line["figures"]["units"]["value"]) for line in table(said, "a")["lines"]
    }
    assert found == {"chem": (2, None), "unheard-of": (None, 1), "": (1, None)}
    assert "（未填）" in page("official", make.ledger(), H1, table="a")


@pytest.mark.parametrize(("words", "options"), [(Words("2024H1", basis="closed"), {}), (H1, {"table": "d"}), (H1, {"groups": ("unit",)})])
def test_what_it_does_not_know_is_refused(words: Words, options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        made("official", worked.ledger(), words, **options)


@settings(max_examples=25)
@given(trees=strategies.ledgers(), question=strategies.questions(), shuffle=st.randoms(use_true_random=False))
def test_lines_add_up_and_the_order_of_files_changes_nothing(trees: list[Tree], question: Any, shuffle: Any) -> None:  # noqa: ANN401
    words = Words(f"{question.start}..{question.end}", as_of=question.as_of.isoformat())
    said = data("official", strategies.loaded(trees), words)
    for key in ("a", "c"):
        assert table(said, key)["not_adding_up"] == []
        assert table(said, key)["filed_plans"] == []
        for name, figure in table(said, key)["total"]["figures"].items():
            parts = [line["figures"][name]["value"] for line in table(said, key)["lines"]]
            if isinstance(figure["value"], int):
                assert sum(part or 0 for part in parts) == figure["value"]
    assert data("official", strategies.loaded(shuffle.sample(trees, len(trees))), words) == said


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100, 140])
def test_the_page_is_as_it_was_seen(width: int, language: Any) -> None:  # noqa: ANN401
    held(f"report-tables-{width}-{language}", page("official", county(), Words("2024H1", so_far=True), width=width, language=language))


# -------------------------------------------------------------------------------------------------- the national table of 2007


@pytest.mark.shared
def test_the_national_table_of_october_2007_reconciles_in_every_column(shared: Path) -> None:
    source = YAML(typ="safe", pure=True).load(shared / "data" / "official_fixtures.yaml")[0]
    total, *parts = [row for row in source["rows"] if not row.get("separate")]
    make = Maker({"vocabularies": {"sectors": {f"part{n}": row["sector"] for n, row in enumerate(parts)}}})
    for n, row in enumerate((total, *parts)):
        figures = {
            "inspections.units": row["units"], "hazards.general.found": row["found"], "hazards.general.rectified": row["rectified"],
            "hazards.major.found": row["major_found"], "hazards.major.rectified": row["major_rectified"], "plan.planned": row["planned"],
        }  # fmt: skip
        said = [{"measure": name, "value": value} for name, value in figures.items()]
        money = {"measure": "plan.funds_planned", "value": row["funds_wan"], "unit": "万元"}
        scope = {"sector": row["sector"]} if n else {}
        make.tally("2007-10-31", "2007-01..2007-10", scope, *said, money, preset="official")
    asked = Words("2007-01..2007-10")
    out = table(body("official", make.ledger(), asked, table="a"), "a")
    assert out["not_adding_up"] == []
    assert [line["name"] for line in out["lines"]] == [row["sector"] for row in parts]
    for line, row in zip((out["total"], *out["lines"]), (total, *parts), strict=True):
        assert values(line)["general_rate"] == row["rate"]
        assert values(line)["major_rate"] == row["major_rate"]
        assert values(line)["funds"] == row["funds_wan"] * 10_000
    rates = [values(line)[name] for name in ("general_rate", "major_rate") for line in (out["total"], *out["lines"])]
    assert rates == ["91.4", "93.1", "87.5", "80.6", "82.8", "75.7"]
    differences = [(one["filed"], one["difference"]) for one in out["filed_plans"]]
    assert differences == [("9116", "9106"), ("7906", "5813"), ("17022", "14919")]
    assert not made("official", make.ledger(), asked).incomplete
