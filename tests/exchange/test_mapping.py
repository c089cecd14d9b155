"""A mapping file says what it means, or what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.errors import UsageError
from hazardctl.exchange.aliases import KEPT, TOLD
from hazardctl.exchange.dates import FORMS
from hazardctl.exchange.mapping import ANSWERS, SECTIONS, Source, Template, fitting, mapping
from hazardctl.exchange.template import quoted, template
from hazardctl.exchange.words import STAGES
from hazardctl.model.raw import Raw, Tree
from hazardctl.store.reader import parse

CELLS = {"甲": "", "乙": "二", "丙": "三 ", "状态": "Close"}


def read(text: str) -> Tree:
    tree = parse(text.encode()).tree
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("source", "taken"),
    [
        (Source(columns=("甲", "乙", "丙")), ("乙", "二")),
        (Source(columns=("甲",)), ("", "")),
        (Source(text="fire"), ("", "fire")),
        (Source(text=""), ("", "")),
        (Source(text="{乙}"), ("乙", "二")),
        (Source(text="{甲} {乙}, {丙}"), ("", "二, 三")),
    ],
)
def test_a_value_is_a_text_a_filled_text_or_the_first_cell_that_holds_something(source: Source, taken: tuple[str, str]) -> None:
    assert source.taken(CELLS) == taken


@pytest.mark.parametrize(
    ("when", "fits"),
    [
        ({}, True),
        ({"状态": ("Close",)}, True),
        ({"状态": ("Open", "Close"), "甲": ("",)}, True),
        ({"状态": ("Open",)}, False),
        ({"乙": ("*",)}, True),
        ({"甲": ("*",)}, False),
        ({"状态": ("Close",), "乙": ("",)}, False),
    ],
)
def test_all_conditions_must_hold(when: dict[str, tuple[str, ...]], fits: bool) -> None:
    assert Template("close", {}, when).fits(CELLS) is fits


def test_a_whole_mapping_is_read() -> None:
    plan = mapping(
        read("""\
schema: import/1
file: {encoding: gb18030, delimiter: tab, header: 3}
columns: {甲: found_on, 乙: history, 丙: external_ids.county}
set: {source: patrol, history.assign.due: [丁, 戊]}
values: {乙: {好: closed, 坏: ~}}
dates: [MM/DD/YYYY]
answers: {assume_year: 2025, numbered: one}
fill_down: 甲
new_units: {"*": {kind: enterprise}}
events:
  - {do: verify, date: [丁], result: fail, when: {乙: [坏, ""], 丙: "*"}}
""")
    )
    assert (plan.encoding, plan.delimiter, plan.header, plan.fill_down) == ("gb18030", "tab", 3, ("甲",))
    assert plan.columns == {"甲": "found_on", "乙": "status", "丙": "external_ids.county"}
    assert plan.fixed["history.assign.due"] == Source(columns=("丁", "戊"))
    assert plan.meant("乙", "好") == "closed"
    assert plan.meant("乙", "坏") == ""
    assert (plan.manner().year, plan.manner().forms) == (2025, ("MM/DD/YYYY",))
    assert plan.events[0].when == {"乙": ("坏", ""), "丙": ("*",)}
    assert plan.named() == {"甲", "乙", "丙", "丁", "戊"}


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ({"colums": {}}, "colums"),
        ({"schema": "import/9"}, "import/1 expected"),
        ({"columns": []}, "a mapping expected"),
        ({"columns": {"甲": ["a"]}}, "one value expected"),
        ({"columns": {"甲": "found_no"}}, "did you mean found_on"),
        ({"columns": {"甲": "external_ids.import"}}, "no field"),
        ({"set": {"history.verfy.date": "x"}}, "no field"),
        ({"file": {"header": "zwei"}}, "a whole number expected"),
        ({"file": {"line": "2"}}, "known: encoding"),
        ({"events": {}}, "a list expected"),
        ({"events": [{"do": "accept", "date": ["甲"]}]}, "no act “accept”"),
        ({"events": [{"do": "register", "date": ["甲"]}]}, "no act “register”"),
        ({"events": [{"do": "close"}]}, "date is missing"),
        ({"events": [{"do": "close", "date": ["甲"], "due": ["乙"]}]}, "known: date"),
        ({"dates": ["YY/MM/DD"]}, "unknown form"),
        ({"answers": {"assume_year": "25"}}, "four digits"),
        ({"answers": {"numbered": "maybe"}}, "known: split"),
        ({"answers": {"luck": "yes"}}, "known: assume_year"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_named_with_its_place(tree: dict[str, Raw], said: str) -> None:
    with pytest.raises(UsageError) as failure:
        mapping(tree)
    assert said in str(failure.value)


def test_a_column_the_table_does_not_have_is_named_with_the_nearest() -> None:
    plan = mapping({"columns": {"检查时问": "found_on"}})
    with pytest.raises(UsageError) as failure:
        fitting(plan, ["检查时间", "备注", ""])
    assert "检查时问" in str(failure.value)
    assert "检查时间" in str(failure.value)


@pytest.mark.parametrize(
    "text", ["检查时间", "No#", "yes", "a: b", '"q"', "隐患\t等级", "\u202ex", "-1", "3.10", "{x}", "#", "整改责任单位/施工", "*"]
)
def test_names_in_a_mapping_that_is_written_read_back(text: str) -> None:
    assert list(read(f"{quoted(text)}: x\n")) == [text]


def test_a_mapping_that_is_written_reads_back_as_it_was_meant() -> None:
    targets = {"检查时间": "found_on", "No#": "x-import", "状态: 新": "?", "超期天数": "derived"}
    text = template(
        "台账\n.csv",
        {"encoding": "gb18030", "delimiter": "tab", "header": 3},
        targets,
        {"检查时间": "2025.7.17\nx"},
        {"状态: 新": ["半好", "很\u202e好"]},
    )
    plan = mapping(read(text))
    assert plan.columns == targets
    assert (plan.encoding, plan.delimiter, plan.header) == ("gb18030", "tab", 3)
    assert plan.values == {"状态: 新": {"半好": "?", "很\u202e好": "?"}}
    assert set(plan.fixed) == {"description", "source", "found_by_org", "unit", "sector", "grade"}


def test_a_template_without_open_points_asks_for_nothing() -> None:
    targets = {f"c{n}": name for n, name in enumerate(("found_on", "description", "source", "found_by_org", "unit", "sector", "grade"))}
    plan = mapping(read(template("x.csv", {"sheet": "台账", "header": 1}, targets, {}, {"c0": []})))
    assert (plan.fixed, plan.values) == ({}, {})


def test_the_mapping_of_the_guide_is_one(repository: Path) -> None:
    page = (repository / "docs" / "guide" / "import.md").read_text(encoding="utf-8")
    plan = mapping(read(page.split("```yaml\n")[1].split("```")[0]))
    assert plan.columns["完成情况"] == "result"
    assert plan.events[0].when == {"复查结论": ("不合格", "整改不到位")}


def test_the_guide_names_every_way_a_column_may_end(repository: Path) -> None:
    page = (repository / "docs" / "guide" / "import.md").read_text(encoding="utf-8")
    for word in (*TOLD, *KEPT, *FORMS, *ANSWERS, *STAGES, *SECTIONS):
        assert word in page, word
