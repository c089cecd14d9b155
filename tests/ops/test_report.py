"""The summary of a period, on the worked example of DOMAIN §4.5."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
from wcwidth import wcswidth

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options, Report
from hazardctl.ops.reporting.summary import make
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Rate, Sheet, Table
from tests import worked
from tests.golden import GOLDEN_WIDTHS, LANGUAGES, held

PARTS: Final = ("found", "rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other", "withdrawn", "transferred")


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(worked.write(tmp_path), dt.date(2024, 8, 31))


def made(context: Context, *, group: str = "sector", sort: str = "", **words: str | bool | tuple[str, ...]) -> Report:
    asked = replace(Words("2024H1"), **words)  # type: ignore[arg-type]
    return make(Call(context, asked, Options(tuple(group.split("+")), sort)))


def data(sheet: Sheet) -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(rendered(sheet, "json", Page()))
    return body


JULY: Final = {"as_of": "2024-07-31"}
COHORT: Final = [
    ({}, (14, 5, 2, 2, 3, 1, 1, 0, 1), "35.71"),
    ({"basis": "official"}, (14, 6, 1, 2, 3, 1, 1, 0, 1), "42.86"),
    ({"basis": "rectified"}, (14, 7, 0, 2, 3, 1, 1, 0, 1), "50.00"),
    ({"basis": "closed"}, (14, 4, 3, 2, 3, 1, 1, 0, 1), "28.57"),
    (JULY, (13, 5, 2, 2, 2, 1, 1, 1, 1), "38.46"),
    ({**JULY, "cutoff": "asof"}, (13, 6, 1, 0, 4, 1, 1, 1, 1), "46.15"),
    ({**JULY, "cutoff": "asof", "basis": "official"}, (13, 7, 0, 0, 4, 1, 1, 1, 1), "53.85"),
]


@pytest.mark.parametrize(("words", "row", "rate"), COHORT)
def test_the_cohort_line_of_the_worked_example(context: Context, words: Mapping[str, str], row: tuple[int, ...], rate: str) -> None:
    body = data(made(context, **words).sheet)
    assert tuple(body[part] for part in PARTS) == row
    assert body["rate"] == {"numerator": row[1], "denominator": row[0], "value": rate}


@pytest.mark.parametrize(
    ("basis", "row", "rate"), [("", (1, 15, 1, 7, 1, 0, 1, 8), "43.75"), ("official", (1, 15, 2, 9, 1, 0, 1, 7), "52.94")]
)
def test_the_stock_of_the_worked_example(context: Context, basis: str, row: tuple[int, ...], rate: str) -> None:
    stock = data(made(context, basis=basis).sheet)["stock"]
    names = ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")
    assert tuple(stock[name] for name in names) == row
    assert stock["rate"]["value"] == rate


@pytest.mark.parametrize(
    ("words", "row", "rate"),
    [
        ({}, (11, 4, 5, 2, 1), "36.36"),
        ({"original_due": True}, (11, 3, 6, 2, 1), "27.27"),
        ({"as_of": "2024-07-31"}, (11, 5, 5, 1, 0), "45.45"),
        ({"basis": "official"}, (11, 5, 5, 1, 1), "45.45"),
    ],
)
def test_the_due_set_of_the_worked_example(context: Context, words: Mapping[str, Any], row: tuple[int, ...], rate: str) -> None:
    body = data(made(context, **words).sheet)
    assert tuple(body["due"][name] for name in ("total", "met", "late", "unconfirmed", "undecided")) == row
    assert body["on_time"]["value"] == rate


def test_the_paragraph_under_the_worked_example(context: Context) -> None:
    body = data(made(context).sheet)
    assert body["ttr"] == {"n": 5, "mean": "46.4", "median": "24", "p90": 118, "max": 118, "censored": 9}
    assert body["official"]["general.rate"]["value"] == "41.67"
    assert body["official"]["major.rate"]["value"] == "50.00"
    assert body["official"]["plan.planned"] == 1
    assert [one["days"] for one in body["overdue_list"]] == [75, 40, 15]
    assert worked.letters(one["id"] for one in body["overdue_list"]) == "E L N"


def test_e15_without_those_rectified_on_the_spot(context: Context) -> None:
    body = data(made(context, no_on_spot=True).sheet)
    assert (body["ttr"]["n"], body["ttr"]["mean"], body["ttr"]["median"]) == (4, "58.0", "52")


def test_e1_the_foot_says_what_was_withdrawn_later(context: Context) -> None:
    text = rendered(made(context).sheet, "text", Page("zh", 100))
    assert "截至日后又作废 1 条，此处仍计" in text
    assert "withdrawn after" not in rendered(made(context, as_of="2024-07-31").sheet, "text", Page("en", 100))


def test_e20_a_period_without_hazards_has_no_rate(context: Context) -> None:
    sheet = made(context, period="2024H2", as_of="2024-07-31").sheet
    body = data(sheet)
    assert body["rate"] == {"numerator": 0, "denominator": 0, "value": None}
    stock = body["stock"]
    assert (stock["opening"], stock["resolved"], stock["withdrawn"], stock["closing"]) == (8, 1, 1, 6)
    assert "整改率 0/0" in rendered(sheet, "text", Page("zh", 100))
    assert " / " in rendered(sheet, "text", Page("zh", 100))


def test_a_period_that_has_not_begun_says_so(context: Context) -> None:
    body = made(context, period="2025H1").sheet
    assert "2025年上半年" in rendered(body, "text", Page("zh", 100))
    assert "尚未开始" in rendered(body, "text", Page("zh", 100))
    assert data(body)["period"]["begun"] is False
    assert data(body)["found"] == 0


# ------------------------------------------------------------------------------------------------- one set of figures everywhere


@pytest.mark.parametrize("basis", ["", "official", "rectified", "closed"])
@pytest.mark.parametrize("group", ["sector", "grade", "month", "state", "campaign", "responsible", "unit", "region", "source"])
def test_the_same_figures_stand_in_every_format_and_lines_add_up(context: Context, group: str, basis: str) -> None:
    sheet = made(context, group=group, basis=basis).sheet
    body = data(sheet)
    assert sum(one["found"] for one in body["groups"]) == body["found"]
    assert body["found"] == sum(body[part] for part in PARTS[1:7])
    rows = list(csv.reader(io.StringIO(rendered(sheet, "csv", Page()).lstrip("\ufeff"))))
    head, total = rows[0], rows[-1]
    if basis != "official":
        assert int(total[head.index("发现")]) == body["found"]
        assert total[head.index("整改率")].rstrip("%") == body["rate"]["value"]
        assert len(rows) == len(body["groups"]) + 2
    for name in ("text", "md"):
        text = rendered(sheet, name, Page("zh", 100))
        assert f"{body['rate']['value']}%" in text
        assert re.search(rf"期初 {body['stock']['opening']} .* = 期末 {body['stock']['closing']}", text)


def test_a_cross_table_has_margins_that_were_asked_apart(context: Context) -> None:
    sheet = made(context, group="sector+grade").sheet
    cross = sheet.table("cross")
    assert isinstance(cross, Table)
    assert cross.rows[-1][1:] == ("3/12", "2/2", "5/14")
    assert {row[-1] for row in cross.rows} >= {"5/14", "2/3"}
    lines = sheet.table("lines")
    assert isinstance(lines, Table)
    assert sum(row[4] for row in lines.rows[:-1] if isinstance(row[4], int)) == 14
    assert sheet.main == "lines"


def test_months_without_a_hazard_have_their_line(context: Context) -> None:
    body = data(made(context, period="2024", group="month").sheet)
    assert [one["month"]["key"] for one in body["groups"]] == [f"2024-{month:02}" for month in range(1, 13)]
    assert [one["found"] for one in body["months"]] == [one["found"] for one in body["groups"]][:8]


def test_many_months_are_told_by_year(context: Context) -> None:
    sheet = made(context, period="2021-01..2024-06").sheet
    assert "年度发现  2021 0▁  2022 0▁  2023 1▁  2024 14█" in rendered(sheet, "text", Page("zh", 100))


def test_a_period_across_two_years_names_the_year_of_a_month(context: Context) -> None:
    assert "2023-12 1" in rendered(made(context, period="2023-12..2024-02").sheet, "text", Page("zh", 100))


def test_lines_are_sorted_as_asked(context: Context) -> None:
    def order(sort: str) -> list[str]:
        return [one["sector"]["key"] for one in data(made(context, sort=sort).sheet)["groups"]]

    assert order("") == ["chem", "industry", "gas", "fire"]
    assert order("-name") == ["fire", "gas", "industry", "chem"]
    assert order("rate")[0] == "chem"
    assert order("-rate")[-1] == "chem"
    assert order("found")[0] in {"gas", "fire"}
    with pytest.raises(UsageError):
        order("beauty")


def test_units_are_sorted_by_what_was_found(context: Context) -> None:
    groups = data(made(context, group="responsible").sheet)["groups"]
    assert [one["found"] for one in groups] == sorted((one["found"] for one in groups), reverse=True)
    assert groups[0]["responsible"] == {"key": "xx-paper", "name": "XX纸业"}


def test_a_hazard_that_has_none_stands_in_a_line_of_its_own(context: Context) -> None:
    assert "（未填）" in rendered(made(context, group="campaign").sheet, "text", Page("zh", 100))
    assert "各行相加可能多于合计" in rendered(made(context, group="campaign").sheet, "text", Page("zh", 100))


def test_no_groups_and_too_many(context: Context) -> None:
    assert made(context, group="none").sheet.table("groups") is None
    with pytest.raises(UsageError):
        made(context, group="sector+grade+unit")


def test_a_filter_narrows_every_figure_and_is_stated(context: Context) -> None:
    sheet = made(context, filters=("grade:major",)).sheet
    assert data(sheet)["found"] == 2
    assert "范围 grade:major" in rendered(sheet, "text", Page("zh", 100))
    assert data(sheet)["scope"]["filters"] == ["grade:major"]


def test_the_half_year_of_the_day_is_asked_without_a_period(context: Context) -> None:
    assert data(made(context, period="").sheet)["period"]["name"] == "2024H2"
    assert data(made(context, period="", as_of="2024-03-31").sheet)["period"]["name"] == "2024H1"


def test_the_year_so_far(context: Context) -> None:
    assert data(made(context, period="2024Q2", so_far=True).sheet)["period"]["from"] == "2024-01-01"


def test_every_figure_of_the_json_names_its_measure(context: Context) -> None:
    body = data(made(context).sheet)
    for path in body["measures"]:
        value: Any = body
        for key in path.split("."):
            value = value[key]
        assert value is not None


# -------------------------------------------------------------------------------------------------- what could not be read


def test_an_unread_file_is_named_and_the_figures_are_incomplete(context: Context) -> None:
    place = context.root / worked.path("A")
    place.write_text("id: [\n", encoding="utf-8")
    answer = made(context)
    assert answer.incomplete
    assert answer.flawed
    text = rendered(answer.sheet, "text", Page("zh", 100))
    assert "未能读取 1 个文件，以上数字不含它们：" in text
    assert worked.path("A") in text
    assert data(answer.sheet)["unread"][0]["path"] == worked.path("A")
    assert data(answer.sheet)["found"] == 13


def test_a_whole_ledger_is_not_incomplete(context: Context) -> None:
    assert not made(context).incomplete
    assert not made(context).flawed


def test_working_days_count_less_and_a_guessed_year_is_said(context: Context) -> None:
    answer = make(Call(context, Words("2024H1"), Options(working=True)))
    assert [one["days"] for one in data(answer.sheet)["overdue_list"]] == [51, 27, 10]
    later = Context(context.root, dt.date(2027, 3, 1))
    guessed = make(Call(later, Words("2027H1", as_of="2027-03-01"), Options(working=True)))
    assert guessed.flawed
    assert "2027 年工作日安排尚未公布" in rendered(guessed.sheet, "text", Page("zh", 100))


def test_two_runs_give_the_same_bytes(context: Context) -> None:
    for name in ("text", "md", "csv", "json"):
        assert rendered(made(context).sheet, name, Page()) == rendered(made(context).sheet, name, Page())


# ------------------------------------------------------------------------------------------------------------ transcripts


PAGES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "report": ("sector", {}),
    "report-official": ("sector", {"basis": "official"}),
    "report-cross": ("sector+month", {"as_of": "2024-07-31", "cutoff": "asof"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", GOLDEN_WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_it_was_seen(context: Context, name: str, width: int, language: Language) -> None:
    group, words = PAGES[name]
    text = rendered(made(context, group=group, **words).sheet, "text", Page(language, width))
    assert all(wcswidth(line) <= width for line in text.split("\n"))
    text.encode("gbk")
    held(f"{name}-{width}-{language}", text)


def test_rates_of_the_page_are_those_of_their_parts(context: Context) -> None:
    groups = made(context).sheet.table("groups")
    assert isinstance(groups, Table)
    for row in groups.rows:
        rates = [cell for cell in row if isinstance(cell, Rate)]
        assert rates[0].denominator == row[2]


def test_a_key_period_names_its_pieces(context: Context) -> None:
    config = context.root / "hazardctl.yaml"
    spring = "key_periods:\n  - {id: spring, zh: 春, en: spring, ranges: [2024-03-01..2024-03-05, 2024-06-10..2024-06-12]}\n"
    config.write_text(config.read_text(encoding="utf-8") + spring, encoding="utf-8")
    sheet = made(context, period="key:2024-spring").sheet
    assert data(sheet)["found"] == 4
    assert data(sheet)["period"]["ranges"][1] == {"from": "2024-06-10", "to": "2024-06-12"}
    page = rendered(sheet, "text", Page("zh", 140))
    assert "区间 2024-03-01..2024-03-05、2024-06-10..2024-06-12" in page
    assert "存量按 2024-03-01..2024-06-12 连续计" in page


def test_a_line_that_found_nothing_is_left_out_unless_it_is_time(context: Context) -> None:
    sheet = made(context, period="2024-01").sheet
    groups = sheet.table("groups")
    assert isinstance(groups, Table)
    assert len(groups.rows) == 2
    assert made(context, period="2025-01").sheet.table("groups") is None
    months = made(context, period="2024Q3", as_of="2024-07-31", group="quarter").sheet.table("groups")
    assert isinstance(months, Table)
    assert [row[1] for row in months.rows] == ["2024Q3", ""]


def test_e18_closings_for_another_reason_may_count_and_the_foot_says_so(context: Context) -> None:
    config = context.root / "hazardctl.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "close: {other_reasons_count_as_rectified: true}\n", encoding="utf-8")
    sheet = made(context).sheet
    assert (data(sheet)["rectified"], data(sheet)["closed_other"]) == (6, 0)
    assert "按配置，因其他原因销号的计入已整改" in rendered(sheet, "text", Page("zh", 100))


def test_a_period_of_centuries_has_no_line_by_year(context: Context) -> None:
    page = rendered(made(context, period="1000-01-01..2999-12-31").sheet, "text", Page("zh", 100))
    assert "年度发现" not in page
    assert "月度发现" not in page
