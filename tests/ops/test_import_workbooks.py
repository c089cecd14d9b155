"""Workbooks come in: several sheets, records over several rows, rows that go back with their reason (DOMAIN §9.2, EXPERIENCE §8.9)."""

from __future__ import annotations

import io
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from hazardctl.errors import MissingExtraError
from hazardctl.language import plain
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import keep
from hazardctl.ops.import_sheet import data, sheet
from hazardctl.ops.question import Words
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.load import load
from tests.exchange.test_workbook import Cells, xlsx
from tests.ops.test_import import registered

HEAD = ["序号", "检查日期", "受检单位", "隐患部位", "隐患描述", "隐患等级", "行业领域", "隐患来源", "检查单位", "整改期限"]
ROW = ["1", "2026-03-05", "xx-paper", "一车间", "配电箱门敞开", "一般", "工贸", "执法检查", "qingshan-office", "2026-03-15"]


@pytest.fixture
def ledger(tmp_path: Path) -> Context:
    return registered(tmp_path / "ledger")


def asked(ledger: Context, data: bytes, name: str = "台账.xlsx", **more: Any) -> Asked:  # noqa: ANN401
    file = ledger.root.parent / name
    file.write_bytes(data)
    return Asked(file, by="李四", **more)


def fates(result: Result) -> list[tuple[str, int, str]]:
    return [(outcome.row.sheet, outcome.row.line, outcome.fate) for outcome in result.outcomes]


def but(row: list[str], **cells: str) -> list[str]:
    return [cells.get(f"c{n}", cell) for n, cell in enumerate(row)]


def two_sheets(second: Cells) -> bytes:
    return xlsx({"一月": [HEAD, ROW], "总表": [HEAD, *second]})


def test_a_hazard_on_two_sheets_is_imported_once(ledger: Context) -> None:
    result = run(ledger, asked(ledger, two_sheets([but(ROW, c0="7"), ["合计", "1"]])))
    assert fates(result) == [("一月", 2, "imported"), ("总表", 2, "duplicate"), ("总表", 3, "skipped")]
    assert result.outcomes[1].of is not None
    assert result.outcomes[1].of.say("en") == "“一月” line 2"
    again = run(ledger, asked(ledger, two_sheets([but(ROW, c0="7")])))
    assert [outcome.fate for outcome in again.outcomes] == ["duplicate", "duplicate"]


def test_sheets_that_disagree_are_asked_about_and_the_preferred_one_holds(ledger: Context) -> None:
    book = two_sheets([but(ROW, c5="重大")])
    result = run(ledger, asked(ledger, book, dry_run=True))
    assert fates(result) == [("一月", 2, "imported"), ("总表", 2, "asked")]
    (question,) = result.outcomes[1].questions
    assert (question.column, question.key) == ("grade", "alike")
    result = run(ledger, asked(ledger, book, prefer="总表"))
    assert fates(result) == [("总表", 2, "imported"), ("一月", 2, "duplicate")]
    (remark,) = result.outcomes[1].remarks
    assert remark.column == "grade"
    assert [entry.record.grade for entry in load(ledger.root).hazards if entry.record.id in result.outcomes[0].ids] == ["major"]


def test_the_rows_that_wait_go_back_as_a_workbook_with_their_reason(ledger: Context) -> None:
    book = xlsx({"台账": [["某镇台账"], HEAD, ROW, but(ROW, c1="3月5日"), but(ROW, c0="=1+1", c2="无名厂")]})
    result = run(ledger, asked(ledger, book))
    assert [fate for _, _, fate in fates(result)] == ["imported", "asked", "refused"]
    place = ledger.root.parent / "待改.xlsx"
    keep(ledger.root, [result], ledger.root.parent / "报告.xlsx", place, "zh")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(place.read_bytes())).get_sheet_by_index(0).to_python()
    assert rows[0][:2] == ["某镇台账", ""]
    assert rows[1] == [*HEAD, "原表行", "未导入原因"]
    assert [row[-1] for row in rows[2:]] == ["检查日期：缺年份", "序号：公式没有存下结果；受检单位：单位不在册"]
    first = place.read_bytes()
    keep(ledger.root, [result], None, place, "zh")
    assert place.read_bytes() == first
    again = run(ledger, Asked(place, by="李四", assume_year=2026))
    assert [outcome.fate for outcome in again.outcomes] == ["duplicate", "asked"]


def test_what_was_read_is_shown_in_both_languages(ledger: Context) -> None:
    book = xlsx({"一月": [["某镇台账"], HEAD, ROW], "通讯录": [["姓名", "电话"], ["张三", "1"]]}, ["A1:J1"])
    result = run(ledger, asked(ledger, book, dry_run=True))
    zh = rendered(sheet(result), "text", Page("zh", 140))
    assert "工作表“一月”（xlsx），表头第 2 行，其上标题 1 行，数据 1 行，合并单元格 1 处（已向下填充）" in zh
    assert "没有读的工作表：“通讯录”（要读用 --sheet）" in zh
    en = rendered(sheet(result), "text", Page("en", 140))
    assert "sheet “一月” (xlsx), column names on line 2, 1 title rows above, 1 rows of data, 1 merged cells (filled down)" in en
    mapping = (ledger.root.parent / "台账.map.yaml").read_text(encoding="utf-8")
    assert "file: {sheet: 一月, header: 2}" in mapping
    mapped = run(ledger, asked(ledger, book, map=ledger.root.parent / "台账.map.yaml", dry_run=True))
    assert fates(mapped) == fates(result)


POINTS: Cells = [
    ["风险点名称", "风险点描述", "风险等级", "管控措施", "隐患排查内容", "隐患排查周期", "隐患排查岗位"],
    ["填写说明", "A 引发 B", "重大、较大", "", "", "每月", ""],
    ["氨机房", "管道腐蚀引发泄漏", "较大", "定期检测。", "报警装置", "每日", "制冷工"],
    [None, None, None, "风机联锁。", "管道壁厚", "每年", "设备员"],
    ["锅炉房", "超压引发爆炸", "重大", "", "安全阀", "每周", "司炉工"],
    [None, None, None, "", "压力表", "有空时", "司炉工"],
]


def test_a_record_takes_the_rows_below_it_that_add_parts(ledger: Context) -> None:
    book = xlsx({"风险": POINTS}, ["A3:A4", "B3:B4", "C3:C4"])
    said = ("date=2026-01-01", "type=production", "unit=xx-paper")
    before = len(list(load(ledger.root).of("risk_point")))
    result = run(ledger, asked(ledger, book, kind="risk_point", set=said))
    assert [fate for _, _, fate in fates(result)] == ["skipped", "imported", "merged", "asked", "asked"]
    assert [[question.column for question in outcome.questions] for outcome in result.outcomes] == [[], [], [], [], ["隐患排查周期"]]
    assert (result.records, len(list(load(ledger.root).of("risk_point")))) == (1, before + 1)
    (made,) = [entry.record for entry in load(ledger.root).of("risk_point") if entry.record.id in result.outcomes[1].ids]
    assert made.model_dump()["controls"] == ("定期检测。", "风机联锁。")
    assert [(one["what"], one["cycle"]) for one in made.model_dump()["checks"]] == [("报警装置", "daily"), ("管道壁厚", "yearly")]
    again = run(ledger, asked(ledger, book, kind="risk_point", set=said))
    assert Counter(fate for _, _, fate in fates(again)) == {"duplicate": 2, "asked": 2, "skipped": 1}
    assert data(again)["sheets"] == ["风险"]
    assert result.outcomes[2].of == plain(made.id)


def test_a_unit_where_a_person_belongs_is_asked_about(ledger: Context) -> None:
    book = xlsx({"a": [[*HEAD, "整改责任人"], [*ROW, "王五"], [*but(ROW, c3="二车间", c2="王五"), "XX纸业"]]})
    result = run(ledger, asked(ledger, book))
    assert [fate for _, _, fate in fates(result)] == ["imported", "asked"]
    assert [(one.column, one.raw) for one in result.outcomes[1].questions] == [("受检单位", "王五"), ("整改责任人", "XX纸业")]


@pytest.mark.parametrize("name", ["python_calamine", "xlsxwriter", "openpyxl", "icalendar"])
def test_a_missing_extra_is_a_line_that_says_how_to_install_it(ledger: Context, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form = ledger.root.parent / "form.xlsx"
    form.write_bytes(xlsx({"a": [HEAD]}))
    monkeypatch.setitem(sys.modules, name, None)
    wanted = {"xlsxwriter": Wanted("x.xlsx"), "icalendar": Wanted("x.ics"), "openpyxl": Wanted("x.xlsx", template=form)}
    call = (
        (lambda: export(ledger, Words(), wanted[name]))
        if name in wanted
        else (lambda: run(ledger, asked(ledger, xlsx({"a": [HEAD, ROW]}))))
    )
    with pytest.raises(MissingExtraError, match=r"pip install"):
        call()


@pytest.mark.shared
def test_the_official_template_maps_its_names_without_help(ledger: Context, shared: Path) -> None:
    file = shared / "data/cn_metro_risk/隐患排查治理记录2026.xlsx"
    result = run(ledger, asked(ledger, file.read_bytes(), dry_run=True))
    assert len(result.plan.columns) == 22
    assert "?" not in result.plan.columns.values()
    kept = [name for name, target in result.plan.columns.items() if target == "x-import"]
    assert kept == ["排查岗位", "排查人工号"]
    assert [outcome.fate for outcome in result.outcomes] == ["asked"]  # the line that shows how to fill it in


MAP = """\
schema: import/1
kind: risk_point
columns:
  序号: external_ids.row
  风险点描述: description
  "风险点位/具体位置/设备/步骤": site
  "风险等级评价/风险等级": grade
  风险管控措施: controls
  column-17: checks.what
  隐患排查方法: checks.method
  隐患排查周期: checks.cycle
  隐患排查岗位: checks.post
set:
  date: 2026-06-03
  type: production
  name: ["划分单元/四级", "划分单元/三级", "风险点描述"]
  unit: xx-paper
values:
  隐患排查周期: {每次飞行前: event, "每月/随事件开\\n展": monthly, "每两周每月/随事件开展": fortnightly}
fill_down: [column-17]
answers: {missing: leave}
"""


@pytest.mark.shared
def test_the_risk_database_is_imported_with_every_check(ledger: Context, shared: Path) -> None:
    mapping = ledger.root.parent / "m.yaml"
    mapping.write_text(MAP, encoding="utf-8")
    file = shared / "data/cn_metro_risk/风险数据库-物资后勤中心.xls"
    before = {entry.record.id for entry in load(ledger.root).of("risk_point")}
    result = run(ledger, asked(ledger, file.read_bytes(), "风险.xls", map=mapping))
    assert Counter(outcome.fate for outcome in result.outcomes) == {"imported": 103, "merged": 1679, "skipped": 1}
    made = [entry.record.model_dump() for entry in load(ledger.root).of("risk_point") if entry.record.id not in before]
    assert len(made) == 103
    assert sum(len(one["checks"]) for one in made) == 1782
    assert Counter(one["grade"] for one in made) == {"yellow": 59, "blue": 43, "orange": 1}
    cycles = Counter(check["cycle"] for one in made for check in one["checks"])
    assert (cycles["monthly"], cycles["weekly"], cycles["quarterly"], cycles["shift"]) == (705, 351, 85, 572)
    again = run(ledger, asked(ledger, file.read_bytes(), "风险.xls", map=mapping))
    assert Counter(outcome.fate for outcome in again.outcomes) == {"duplicate": 1782, "skipped": 1}


def test_a_long_import_tells_how_far_it_is_down_to_the_last_file(ledger: Context) -> None:
    book = xlsx({"a": [HEAD, *(but(ROW, c3=f"{n}车间", c4=f"第{n}处漏电") for n in range(130))]})
    heard: list[tuple[int, int]] = []
    result = run(ledger, asked(ledger, book), lambda done, total: heard.append((done, total)))
    assert result.records == 130
    assert heard == [*([(done, 130) for done in (0, 64, 128)] * 3), (130, 130)]  # rows read, records judged, files written, all of them
