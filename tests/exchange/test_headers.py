"""The row of column names is found, and each name stands for one field."""

from __future__ import annotations

import pytest

from hazardctl.errors import UsageError
from hazardctl.exchange.aliases import KEPT, NAMES
from hazardctl.exchange.headers import Claim, claims, head, normalised, recognised, spanned, target_of
from hazardctl.exchange.table import Row
from hazardctl.exchange.targets import checked
from hazardctl.language import plain


def rows(*lines: list[str]) -> list[Row]:
    return [Row(number, tuple(cells)) for number, cells in enumerate(lines, 1)]


def test_every_name_stands_for_one_field_that_exists() -> None:
    seen: dict[str, str] = {}
    for target, names in NAMES.items():
        assert target in KEPT or checked(target, plain("")) == target
        for name in names:
            assert seen.setdefault(normalised(name), target) == target, name


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("隐患\n等级", "grade"),
        ("★检查时间", "found_on"),
        ("3、整改期限", "history.assign.due"),
        (" 整改责任单位／施工 ", "parties.contractor"),
        ("治理资金（万元）", "funds_planned"),
        ("INSPECTIONDATE", "found_on"),
        ("violation date", ""),
        ("是否己整改", "rectified"),
        ("备注#2", "remark"),
        ("负责人", "?"),
        ("排查岗位", "x-import"),
        ("超期天数", "derived"),
        ("心情", ""),
    ],
)
def test_a_name_is_known_however_it_is_dressed(name: str, target: str) -> None:
    assert target_of(name) == target


def test_titles_above_the_names_are_passed_over() -> None:
    found = head(
        rows(["某镇台账", "", ""], [], ["填报单位：安监办", "", ""], ["序号", "检查时间", "隐患描述"], ["1", "2026-03-05", "漏电"])
    )
    assert (found.line, found.titles, found.start, found.names) == (4, 2, 4, ("序号", "检查时间", "隐患描述"))


def test_where_no_name_is_known_the_first_full_row_holds_the_names() -> None:
    assert head(rows(["title", ""], ["aa", "bb"], ["1", "2"])).line == 2


def test_a_stated_line_holds_the_names() -> None:
    assert head(rows(["序号", "检查时间"], ["a", "b"]), 2).names == ("a", "b")
    with pytest.raises(UsageError, match="no row of column names"):
        head(rows(["a"]), 7)
    with pytest.raises(UsageError, match="no row of column names"):
        head([])


def test_a_name_over_several_columns_is_joined_with_its_parts() -> None:
    top, below = ["序号", "整改责任单位", "", "检查时间"], ["", "建设", "施工", ""]
    assert spanned(top, below) == ("序号", "整改责任单位/建设", "整改责任单位/施工", "检查时间")
    found = head(rows(top, below, ["1", "甲", "乙", "2026-03-05"]))
    assert (found.line, found.start) == (2, 2)
    assert recognised(found.names)["整改责任单位/施工"] == "parties.contractor"


def test_a_row_of_data_is_no_second_row_of_names() -> None:
    assert spanned(["序号", "隐患描述", "备注"], ["1", "漏电", ""]) is None
    assert spanned(["序号", "隐患描述", ""], ["1", "漏电", "多余"]) is None


def test_names_are_unique_and_a_column_without_one_is_named_by_its_place() -> None:
    found = head(rows(["检查时间", "备注", "备注", "", "", "No"], ["2026-03-05", "a", "b", "c", "", "d"]))
    assert found.names == ("检查时间", "备注", "备注#2", "column-4", "", "No#")


def test_what_nobody_can_see_is_no_part_of_a_name() -> None:
    assert head(rows(["\u200b检查\n时间", "found\ton\u202e"], ["2026-03-05", "x"])).names == ("检查时间", "found on")


@pytest.mark.parametrize(
    ("names", "target"),
    [
        (["隐患描述", "负责人", "备注"], "?"),
        (["单位名称", "负责人", "联系电话"], "x-import"),
        (["整改期限", "负责人", "备注"], "history.assign.person"),
        (["整改责任人", "隐患描述", "负责人", "整改期限"], "x-import"),
    ],
)
def test_an_ambiguous_name_is_decided_by_its_neighbours_or_asked(names: list[str], target: str) -> None:
    assert recognised(names)["负责人"] == target


def test_two_columns_that_claim_one_field_are_found_but_texts_may_be_joined() -> None:
    found = recognised(["检查时间", "发现日期", "整改措施", "治理措施", "备注", "说明", "心情", "天气"])
    assert claims(found) == (Claim("found_on", ("检查时间", "发现日期")),)
