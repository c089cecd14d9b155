"""A table made by others becomes records, or questions."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.hazard import Hazard
from hazardctl.ops.context import Context
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import reject_rows, report_rows
from hazardctl.ops.import_sheet import data, sheet
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.rules.engine import check
from hazardctl.store.load import load

TODAY = dt.date(2026, 3, 31)
MAPS = Path(__file__).parents[1] / "exchange"
CONFIG = """\
schema: config/1
organisation: {name: 青山镇人民政府, level: township}
vocabularies:
  local_grades: {3级: general}
"""
UNITS = {
    "xx-paper": "id: xx-paper\nschema: unit/1\nname: XX纸业有限公司\naliases: [XX纸业]\nkind: enterprise\nsector: industry\n",
    "qingshan-office": "id: qingshan-office\nschema: unit/1\nname: 青山镇安监办\nkind: government\n",
}
TOWNSHIP = [
    ["青山镇安全隐患排查台账", "", "", "", "", "", "", "", "", "", ""],
    ["填报单位：青山镇安监办", "", "", "", "", "", "", "", "", "", ""],
    ["序号", "检查时间", "被检查单位", "存在的问题及隐患", "部位", "隐患\n等级", "整改责任人", "整改时限", "完成情况", "完成时间", "备注"],
    ["1", "2026.3.5", "XX纸业", "消防通道被货物占用，无法通行", "一车间", "一般", "王五", "2026-03-20", "已整改", "2026年3月18日", ""],
    ["2", "2026年3月5日", "XX纸业有限公司", "灭火器过期", "二车间", "3级", "王五", "3月13日", "", "", ""],
    ["3", "2026/3/6", "XX纸业", "配电箱未上锁", "三车间", "一般", "王五", "立即", "√", "", ""],
    ["4", "46089", "XX纸业", "安全出口指示灯损坏", "仓库", "一般", "赵六", "2026-03-30", "", "", ""],
    ["5", "2026-03-07", "XX纸业", "1.电线裸露；2.插座松动", "宿舍", "一般", "赵六", "限15日内", "", "", ""],
    ["6", "2026-03-08", "YY化工", "可燃气体报警器失效", "罐区", "一般", "孙八", "2026-03-28", "", "", "首次检查"],
    ["7", "2026-03-09", "XX纸业", "叉车证过期", "装卸区", "很高", "孙八", "2026-03-28", "整改中", "", ""],
    ["合计", "", "", "7条", "", "", "", "", "", "", ""],
    ["注：一般隐患限15日内整改，重大隐患另行上报", "", "", "", "", "", "", "", "", "", ""],
]
MAP = """\
schema: import/1
columns:
  序号: external_ids.row
  检查时间: found_on
  被检查单位: unit
  存在的问题及隐患: description
  部位: site
  隐患等级: grade
  整改责任人: history.assign.person
  整改时限: history.assign.due
  完成情况: result
  完成时间: history.rectify.date
  备注: remark
set: {source: supervision, sector: industry, found_by_org: 青山镇安监办}
"""


def registered(root: Path, config: str = CONFIG) -> Context:
    """Make a ledger with its units and no hazard."""
    (root / "units").mkdir(parents=True)
    (root / "hazards").mkdir()
    (root / "hazardctl.yaml").write_text(config, encoding="utf-8")
    for key, text in UNITS.items():
        (root / "units" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return Context(root, TODAY)


@pytest.fixture
def ledger(tmp_path: Path) -> Context:
    return registered(tmp_path / "ledger")


def written(rows: list[list[str]], delimiter: str = ",") -> str:
    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(one in text for one in (delimiter, "\n", '"')) else text

    return "\r\n".join(delimiter.join(map(cell, row)) for row in rows) + "\r\n"


def kept(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def asked(ledger: Context, rows: list[list[str]] = TOWNSHIP, mapping: str = MAP, **more: Any) -> Asked:  # noqa: ANN401 (any option of the command)
    folder = ledger.root.parent
    file = kept(folder, "台账.csv", written(rows))
    return Asked(file, kept(folder, "m.yaml", mapping) if mapping else None, **more)


def hazards(ledger: Context) -> list[Hazard]:
    return [entry.record for entry in load(ledger.root).hazards]


def fates(result: Result) -> dict[int, str]:
    return {outcome.row.line: outcome.fate for outcome in result.outcomes}


def reasons(result: Result, line: int) -> list[str]:
    return [question.reason.say("zh") for outcome in result.outcomes if outcome.row.line == line for question in outcome.questions]


def questions(result: Result) -> list[Any]:
    return [row["questions"] for row in cast("list[dict[str, Any]]", data(result)["rows"])]


def line_of(ledger: Ledger, as_of: str, start: str = "2012-01-01") -> dict[str, int]:
    day = dt.date.fromisoformat(as_of)
    names = ("found", "rectified", "awaiting", "within_due", "overdue", "no_due")
    found = Book(ledger).figures(Question(dt.date.fromisoformat(start), day, day), [f"hazards.{name}" for name in names])[()]
    return {name: cast("int", found[f"hazards.{name}"]) for name in names}


def test_every_row_of_a_messy_table_is_imported_asked_about_or_skipped_with_its_reason(ledger: Context) -> None:
    result = run(ledger, asked(ledger))
    # the header is on two lines of the file (a line break inside a name), so data begin on line 5
    assert fates(result) == {
        5: "imported",
        6: "asked",
        7: "asked",
        8: "asked",
        9: "asked",
        10: "asked",
        11: "asked",
        12: "skipped",
        13: "skipped",
    }
    assert reasons(result, 6) == ["缺年份"]
    assert reasons(result, 7) == ["期限 = 发现日？"]
    assert reasons(result, 8) == ["是数字格式，按 Excel 算是 2026-03-08"]
    assert reasons(result, 9)[0] == "一格 2 条，拆成 2 条记录？"
    assert "不是日期" in reasons(result, 9)
    assert reasons(result, 10) == ["单位不在册"]
    assert reasons(result, 11) == ["本地分级没有对应 general 或 major"]
    assert sum(result.count(fate) for fate in ("imported", "duplicate", "asked", "refused", "skipped")) == len(TOWNSHIP) - 3
    assert result.exit_code == 1


def test_a_row_that_is_imported_keeps_every_cell(ledger: Context) -> None:
    run(ledger, asked(ledger))
    (only,) = hazards(ledger)
    assert (only.unit, only.found_by_org, only.grade, only.site) == ("xx-paper", "qingshan-office", "general", "一车间")
    assert [(act.do, act.date.isoformat()) for act in only.history] == [
        ("register", "2026-03-05"),
        ("assign", "2026-03-05"),
        ("rectify", "2026-03-18"),
    ]
    assert only.external_ids["row"] == "1"
    assert len(only.external_ids["import"]) == 16


def test_answers_given_beforehand_settle_the_questions(ledger: Context) -> None:
    values = (
        MAP + "values:\n  整改时限: {限15日内: 15d}\n  隐患等级: {很高: major}\ndates: [excel-1900]\nnew_units: {'*': {kind: enterprise}}\n"
    )
    answers: dict[str, Any] = {"assume_year": 2026, "immediate": "same-day", "split_numbered": True, "new_units": True}
    result = run(ledger, asked(ledger, mapping=values.replace("'", '"'), **answers))
    assert result.count("asked") == result.count("refused") == 0
    assert (result.count("imported"), result.records) == (7, 8)
    by_site = {hazard.site: hazard for hazard in hazards(ledger) if hazard.description != "插座松动"}
    assert by_site["二车间"].history[1].model_dump()["due"] == dt.date(2026, 3, 13)
    assert by_site["三车间"].history[1].model_dump()["due"] == dt.date(2026, 3, 6)
    assert by_site["仓库"].found_on == dt.date(2026, 3, 8)
    assert by_site["宿舍"].description == "电线裸露"
    assert by_site["宿舍"].history[1].model_dump()["due"] == dt.date(2026, 3, 22)
    assert (by_site["装卸区"].grade, by_site["装卸区"].local_grade) == ("major", "很高")
    assert load(ledger.root).unit_keys("YY化工")


def test_a_status_without_its_day_stays_open_and_is_told(ledger: Context) -> None:
    rows = [*TOWNSHIP[:3], ["3", "2026/3/6", "XX纸业", "配电箱未上锁", "三车间", "一般", "王五", "2026-03-20", "√", "", ""]]
    result = run(ledger, asked(ledger, rows))
    (outcome,) = result.outcomes
    assert outcome.fate == "imported"
    assert [mark.reason.say("zh") for mark in outcome.remarks] == ["没有日期，仍按未办结导入"]
    assert [act.do for act in hazards(ledger)[0].history] == ["register", "assign"]
    assert load(ledger.root).hazards[0].extras["x-import"] == {"完成情况": "√"}


def test_where_nobody_is_named_a_waiver_is_asked_for(ledger: Context) -> None:
    mapping = MAP.replace("set: {", "set: {history.verify.date: [完成时间], history.close.date: [完成时间], ")
    result = run(ledger, asked(ledger, TOWNSHIP[:4], mapping))
    (marks,) = result.findings.values()
    assert {mark.key for mark in marks} >= {"HZ205", "HZ206"}
    assert all("waivers: [{code: HZ20" in mark.remedy.say("en") for mark in marks if mark.key in {"HZ205", "HZ206"} and mark.remedy)
    assert [act.by for act in hazards(ledger)[0].history[2:]] == [("import",)] * 3


def test_with_assume_due_the_deadline_stands_for_the_day_and_a_note_says_so(ledger: Context) -> None:
    rows = [*TOWNSHIP[:3], ["3", "2026/3/6", "XX纸业", "配电箱未上锁", "三车间", "一般", "王五", "2026-03-20", "√", "", ""]]
    run(ledger, asked(ledger, rows, assume_due=True))
    claim = hazards(ledger)[0].history[2]
    assert (claim.do, claim.date.isoformat(), claim.by) == ("rectify", "2026-03-20", ("import",))
    assert "--assume-due" in claim.note


def test_the_same_table_twice_adds_nothing_whatever_it_is_called(ledger: Context) -> None:
    first = run(ledger, asked(ledger))
    other = kept(ledger.root.parent, "改名.csv", written(TOWNSHIP, ";"), "gb18030")
    again = run(ledger, replace(asked(ledger), file=other))
    assert (first.count("imported"), again.count("imported"), again.count("duplicate")) == (1, 0, 1)
    assert len(hazards(ledger)) == 1


def test_a_dry_run_leaves_the_ledger_as_it_was_and_offers_a_mapping(ledger: Context) -> None:
    before = sorted(ledger.root.rglob("*"))
    result = run(ledger, asked(ledger, mapping="", dry_run=True))
    assert sorted(ledger.root.rglob("*")) == before
    assert result.mapping is not None
    text = result.mapping.read_text(encoding="utf-8")
    assert "检查时间: found_on" in text
    assert 'sector: "?"' in text
    assert "46089" not in text.split("values:", maxsplit=1)[0].split("columns:")[0]


def test_the_mapping_offered_can_be_read_back_and_asks_the_same(ledger: Context) -> None:
    first = run(ledger, asked(ledger, mapping="", dry_run=True))
    again = run(ledger, replace(asked(ledger, dry_run=True), map=first.mapping))
    assert fates(again) == fates(first)
    assert first.plan.columns == again.plan.columns


def test_a_mapping_file_that_stands_there_is_not_touched(ledger: Context) -> None:
    place = kept(ledger.root.parent, "台账.map.yaml", "schema: import/1\n")
    result = run(ledger, asked(ledger, mapping="", dry_run=True))
    assert (result.mapping, result.mapping_is) == (place, "kept")
    assert place.read_text() == "schema: import/1\n"


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (",", "utf-8-sig"), (",", "gb18030"), ("\t", "utf-8"), (";", "utf-8")])
def test_encoding_and_delimiter_make_no_difference(ledger: Context, delimiter: str, encoding: str) -> None:
    plain = run(ledger, asked(ledger, dry_run=True))
    file = kept(ledger.root.parent, "other.csv", written(TOWNSHIP, delimiter), encoding)
    other = run(ledger, replace(asked(ledger, dry_run=True), file=file))
    assert [outcome.fate for outcome in other.outcomes] == [outcome.fate for outcome in plain.outcomes]
    assert questions(other) == questions(plain)


def test_two_columns_that_claim_one_field_are_both_named(ledger: Context) -> None:
    rows = [["检查时间", "发现日期", "隐患描述"], ["2026-03-05", "2026-03-05", "灭火器过期"]]
    with pytest.raises(UsageError) as failure:
        run(ledger, asked(ledger, rows, mapping="", dry_run=True))
    assert "检查时间" in str(failure.value)
    assert "发现日期" in str(failure.value)
    assert (ledger.root.parent / "台账.map.yaml").exists()


def test_an_ambiguous_column_is_asked_before_anything_is_written(ledger: Context) -> None:
    rows = [["检查时间", "隐患描述", "负责人"], ["2026-03-05", "灭火器过期", "王五"]]
    with pytest.raises(UsageError, match="负责人"):
        run(ledger, asked(ledger, rows, mapping=""))
    assert not hazards(ledger)


def test_a_number_that_belongs_to_another_hazard_is_asked_about(ledger: Context) -> None:
    rows = [["隐患编号", "检查时间", "单位名称", "隐患描述", "等级"], ["A-1", "2026-03-05", "XX纸业", "灭火器过期", "一般"]]
    columns = "隐患编号: external_ids.source, 检查时间: found_on, 单位名称: unit, 隐患描述: description, 等级: grade"
    mapping = f"schema: import/1\ncolumns: {{{columns}}}\n"
    mapping += "set: {source: supervision, sector: industry, found_by_org: 青山镇安监办}\n"
    run(ledger, asked(ledger, rows, mapping))
    rows[1][3] = "灭火器被遮挡"
    result = run(ledger, asked(ledger, rows, mapping))
    assert fates(result) == {2: "asked"}
    assert "A-1" in reasons(result, 2)[0]


def test_the_same_hazard_on_two_rows_is_imported_once_and_asked_about_where_they_disagree(ledger: Context) -> None:
    row = TOWNSHIP[3]
    other_number, other_due = ["9", *row[1:]], ["10", *row[1:7], "2026-03-25", *row[8:]]
    result = run(ledger, asked(ledger, [*TOWNSHIP[:3], row, other_number, other_due]))
    assert list(fates(result).values()) == ["imported", "duplicate", "asked"]
    assert result.outcomes[1].of is not None
    assert result.outcomes[1].of.say("en") == "line 5"


def test_a_cell_no_record_may_hold_refuses_its_row(ledger: Context) -> None:
    row = [*TOWNSHIP[3][:3], "消防通道\u202e被占用", *TOWNSHIP[3][4:]]
    result = run(ledger, asked(ledger, [*TOWNSHIP[:3], row]))
    assert fates(result) == {5: "refused"}
    assert "U+202E" in reasons(result, 5)[0]
    assert not hazards(ledger)


def test_rows_that_were_not_imported_can_be_put_right_and_imported_again(ledger: Context) -> None:
    result = run(ledger, asked(ledger))
    text = csv_of(reject_rows(result, "zh")).decode("utf-8-sig")
    file = kept(ledger.root.parent, "rejects.csv", text.replace("3月13日", "2026-03-13"))
    again = run(ledger, replace(asked(ledger), file=file))
    assert again.count("imported") == 1
    assert len(hazards(ledger)) == 2


def test_the_row_report_names_line_column_value_and_reason(ledger: Context) -> None:
    lines = csv_of(report_rows(run(ledger, asked(ledger)), "zh")).decode("utf-8-sig").splitlines()
    assert lines[0] == "行,结果,记录,列,原值,原因,怎样解决"
    assert "6,需确认,,整改时限,3月13日,缺年份,加 --assume-year 年份" in lines


UNIT_ROWS = [
    ["检查时间", "单位名称", "隐患描述", "隐患等级", "企业类型", "信用代码"],
    ["2026-03-05", "A & B Ltd.", "灭火器过期", "一般", "规上工业、没听过", "91330200XXXXXXXX1X"],
    ["2026-03-06", "A - B Ltd", "通道堵塞", "一般", "", ""],
    ["2026-03-06", "ＹＹ化工", "漏电", "一般", "", ""],
    ["2026-03-07", "YY 化工", "漏水", "一般", "", ""],
]
UNIT_MAP = """\
schema: import/1
columns: {检查时间: found_on, 单位名称: unit, 隐患描述: description, 隐患等级: grade, 企业类型: unit.types, 信用代码: unit.credit_code}
set: {source: patrol, sector: fire, found_by_org: 青山镇安监办}
"""


def test_units_that_are_not_in_the_register_are_made_once_with_what_their_rows_say(ledger: Context) -> None:
    mapping = UNIT_MAP + 'new_units: {"*": {kind: enterprise}, YY 化工: {sector: chem}}\n'
    result = run(ledger, asked(ledger, UNIT_ROWS, mapping, new_units=True))
    units = load(ledger.root).units
    made = [units[entry.record.id] for entry in result.units]
    assert [unit.name for unit in made] == ["A & B Ltd.", "A - B Ltd", "ＹＹ化工"]
    assert made[0].id == "a-b-ltd"
    assert made[1].id.startswith("DW-20260331-")
    assert (made[0].types, made[0].credit_code, made[0].kind) == (("above_scale_industry",), "91330200XXXXXXXX1X", "enterprise")
    assert {hazard.unit for hazard in hazards(ledger)} == {unit.id for unit in made}


def test_a_new_unit_without_its_kind_is_asked_about(ledger: Context) -> None:
    result = run(ledger, asked(ledger, UNIT_ROWS, UNIT_MAP, new_units=True))
    assert set(fates(result).values()) == {"asked"}
    assert reasons(result, 2) == ["新单位的性质未说明"]
    assert not result.units


@pytest.mark.parametrize("facts", ["{kind: enterprise, id: Nope}", "{kind: enterprise, id: xx-paper}", "{kind: enterprise, knd: x}"])
def test_what_is_wrong_with_the_facts_of_new_units_is_said(ledger: Context, facts: str) -> None:
    with pytest.raises(UsageError, match="new_units"):
        run(ledger, asked(ledger, UNIT_ROWS[:2], f'{UNIT_MAP}new_units: {{"*": {facts}}}\n', new_units=True))


def test_a_withdrawn_hazard_stands_in_nobodys_way_but_its_own_row_adds_nothing(ledger: Context) -> None:
    run(ledger, asked(ledger))
    (path,) = ledger.root.glob("hazards/*/*/*.yaml")
    path.write_text(path.read_text("utf-8") + "  - {date: 2026-03-30, do: withdraw, by: [张三, 李四], reason: entry_error}\n", "utf-8")
    assert run(ledger, asked(ledger)).count("duplicate") == 1
    again = [*TOWNSHIP[:3], ["11", *TOWNSHIP[3][1:]]]
    assert run(ledger, asked(ledger, again)).count("imported") == 1


def test_the_same_hazard_in_the_ledger_is_known_whatever_else_the_row_says(ledger: Context) -> None:
    run(ledger, asked(ledger))
    other = [*TOWNSHIP[:3], ["12", *TOWNSHIP[3][1:10], "另一张表"]]
    result = run(ledger, asked(ledger, other))
    assert fates(result) == {5: "duplicate"}
    assert result.outcomes[0].of is not None
    assert result.outcomes[0].of.say("zh") == hazards(ledger)[0].id


def test_a_text_longer_than_a_field_refuses_its_row(ledger: Context) -> None:
    row = [*TOWNSHIP[3][:3], "长" * 8001, *TOWNSHIP[3][4:]]
    result = run(ledger, asked(ledger, [*TOWNSHIP[:3], row]))
    assert fates(result) == {5: "refused"}
    assert "8000" in reasons(result, 5)[0]


def test_two_hazards_on_one_site_with_numbers_of_their_own_are_two(ledger: Context) -> None:
    mapping = MAP.replace("external_ids.row", "external_ids.source")
    rows = [*TOWNSHIP[:3], TOWNSHIP[3], ["77", *TOWNSHIP[3][1:]]]
    assert run(ledger, asked(ledger, rows, mapping)).count("imported") == 2


def test_a_hidden_character_in_a_cell_that_is_filled_down_is_found_where_it_goes(ledger: Context) -> None:
    rows = [
        *TOWNSHIP[:3],
        TOWNSHIP[3],
        [*TOWNSHIP[3][:4], "一车\u200b间", *TOWNSHIP[3][5:]],
        [*TOWNSHIP[3][:3], "漏电", "", *TOWNSHIP[3][5:]],
    ]
    result = run(ledger, asked(ledger, rows, MAP + "fill_down: [部位]\n"))
    assert list(fates(result).values()) == ["imported", "refused", "refused"]


def test_a_mapping_that_cannot_be_read_is_named_with_its_line(ledger: Context) -> None:
    with pytest.raises(UsageError, match=r"m\.yaml:2:"):
        run(ledger, asked(ledger, mapping="schema: import/1\nschema: import/1\n"))
    with pytest.raises(UsageError, match="claim found_on"):
        run(ledger, asked(ledger, mapping="columns: {检查时间: found_on, 完成时间: found_on}\n"))
    with pytest.raises(UsageError, match=r"U\+202E"):
        run(ledger, asked(ledger, by="李\u202e四"))


def test_a_folder_nobody_may_write_to_is_no_reason_to_stop(ledger: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UsageError(plain("no"))

    monkeypatch.setattr("hazardctl.store.writer.output", refuse)
    assert run(ledger, asked(ledger, mapping="", dry_run=True)).mapping is None


def test_how_far_it_is_is_told_on_the_way(ledger: Context) -> None:
    told: list[tuple[int, int]] = []
    run(ledger, asked(ledger), lambda done, of: told.append((done, of)))
    assert told == [(0, 7), (0, 1), (0, 1), (1, 1)]  # rows read, records judged, files written, all of them


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 100])
def test_the_page_fits_and_says_what_waits(ledger: Context, language: Language, width: int) -> None:
    page = sheet(run(ledger, asked(ledger, dry_run=True)))
    text = rendered(page, "text", Page(language, width))
    assert "整改时限" in text
    assert "46089" in text
    assert json.loads(rendered(page, "json", Page(language, width)))["counts"]["rows"] == len(TOWNSHIP) - 3


def test_what_programs_read_has_the_published_shape(ledger: Context, repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "import.schema.json").read_text(encoding="utf-8"))
    jsonschema = pytest.importorskip("jsonschema")
    for how in (asked(ledger, mapping="", dry_run=True), asked(ledger), asked(ledger)):
        jsonschema.validate(json.loads(rendered(sheet(run(ledger, how)), "json", Page("en", 80))), schema)


@pytest.mark.shared
def test_new_york_is_read_to_the_last_figure(ledger: Context, shared: Path) -> None:
    file = shared / "data" / "nyc_hpd" / "hpd_violations.csv"
    result = run(ledger, Asked(file, MAPS / "nyc.map.yaml", new_units=True))
    assert (result.count("imported"), len(result.outcomes), result.exit_code) == (100, 100, 0)
    read = load(ledger.root)
    expected = {
        "2013-12-31": (100, 6, 26, 18, 50, 0),
        "2014-03-31": (100, 33, 9, 0, 58, 0),
        "2014-12-31": (100, 49, 4, 0, 47, 0),
        "2020-12-31": (100, 73, 0, 0, 27, 0),
    }
    assert {day: tuple(line_of(read, day).values()) for day in expected} == expected
    errors = [(verdict.finding.code, verdict.record) for verdict in check(read, TODAY) if verdict.severity == "error"]
    assert [code for code, _ in errors] == ["HZ302"]  # one deadline before its notice: it is in the data
    assert run(ledger, Asked(file, MAPS / "nyc.map.yaml", new_units=True)).count("duplicate") == 100


@pytest.mark.shared
def test_california_has_no_deadlines_and_says_so(ledger: Context, shared: Path) -> None:
    file = shared / "data" / "ca_code_violations" / "violations.csv"
    result = run(ledger, Asked(file, MAPS / "ca.map.yaml", new_units=True))
    assert result.count("imported") == 545
    read = load(ledger.root)
    assert line_of(read, "2013-12-31") == {"found": 545, "rectified": 429, "awaiting": 0, "within_due": 0, "overdue": 0, "no_due": 116}
    assert line_of(read, "2012-12-31")["found"] == 545


CONSTANTS = {
    "source": "patrol", "sector": "fire", "found_by_org": "xx-paper", "unit": "xx-paper", "grade": "general", "description": "漏电",
    "found_on": "2026-03-05",
}  # fmt: skip
NAMES_OF_COLUMNS = st.sampled_from(
    [*TOWNSHIP[2], "整改状态", "复查结论", "复查时间", "销号时间", "隐患编号", "延期至", "负责人", "心情", "", "No", "检查单位"]
)
VALUES = st.sampled_from(
    [*TOWNSHIP[3], *TOWNSHIP[5], "3月13日", "1.甲；2.乙", "重大", "\u200b", "A-1", "合计", "说" * 9000, "2026-02-30", "\t", "=1+1"]
)
TABLES = st.lists(NAMES_OF_COLUMNS, min_size=1, max_size=8).flatmap(
    lambda names: st.lists(st.lists(VALUES, max_size=len(names) + 1), max_size=6).map(lambda rows: [names, *rows])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=TABLES, answers=st.booleans())
def test_whatever_the_table_every_row_has_one_end_and_what_is_written_reads_back(
    ledger: Context, rows: list[list[str]], answers: bool
) -> None:
    (ledger.root.parent / "台账.map.yaml").unlink(missing_ok=True)
    how = asked(ledger, rows, mapping="", assume_year=2026, immediate="same-day", split_numbered=answers, assume_due=answers, dry_run=True)
    with contextlib.suppress(UsageError):  # a clash of columns is said and ends the run
        first = run(ledger, how)
        plan = (first.mapping or how.file).read_text(encoding="utf-8")
        for name, text in CONSTANTS.items():
            plan = plan.replace(f'  {name}: "?"', f"  {name}: {text}")
        head, values, rest = plan.partition("values:")
        settled = kept(ledger.root.parent, "settled.yaml", head.replace('"?"', "x-import") + values + rest)
        _sound(ledger, run(ledger, replace(how, map=settled, dry_run=False)))


def _sound(ledger: Context, result: Result) -> None:
    assert [outcome.row.line for outcome in result.outcomes] == sorted({outcome.row.line for outcome in result.outcomes})
    ids = [record for outcome in result.outcomes for record in outcome.ids]
    read = load(ledger.root)
    assert not read.unread
    assert set(ids) <= {entry.record.id for entry in read.hazards}
    assert all((outcome.fate == "imported") == bool(outcome.ids) for outcome in result.outcomes)
    assert all(outcome.questions for outcome in result.outcomes if outcome.fate in {"asked", "refused"})
