"""The four layouts that workbooks come in (EXPERIENCE §8.9), made by hand in the formats they come in; people and places are made up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_update import update
from hazardctl.ops.question import Words
from hazardctl.store.load import load
from tests import boards
from tests.exchange.binary import xlsb
from tests.exchange.test_workbook import Cells, ods, texts, xls, xlsx

TODAY = dt.date(2026, 6, 30)
CONFIG = """\
schema: config/1
organisation: {name: 柳林镇人民政府, level: township}
vocabularies:
  local_grades: {"1": major, "2": general, "3": general, 一般隐患I级: general, 一般隐患II级: general}
"""
UNITS = {
    "shunfa": "顺发加油站",
    "fuxing": "福星超市",
    "office": "柳林镇安监办",
    "builder": "甲建设公司",
    "maker": "乙施工公司",
    "depot": "车辆段",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Context:
    root = tmp_path / "ledger"
    (root / "units").mkdir(parents=True)
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    for key, name in UNITS.items():
        text = f"id: {key}\nschema: unit/1\nname: {name}\nkind: enterprise\nsector: industry\n"
        (root / "units" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return Context(root, TODAY, language="zh")


def taken(ledger: Context, data: bytes, name: str, **more: object) -> Result:
    file = ledger.root.parent / name
    file.write_bytes(data)
    return run(ledger, Asked(file, by="李四", **more))  # type: ignore[arg-type]


def ends(result: Result) -> list[tuple[int, str]]:
    return [(one.row.line, one.fate) for one in result.outcomes]


# ------------------------------------------------------------------------------------------------ 1: the ledger of a township

TOWNSHIP: Cells = [
    ["柳林镇事故隐患排查治理台账（2025年）"],
    ["填报单位：柳林镇安监办"],
    ["序号", "检查时间", "被检查单位", "存在的问题及隐患", "部位", "隐患等级", "整改责任人", "整改时限", "完成情况", "完成时间", "备注"],
    [1, "2025.3.5", "顺发加油站", "静电接地报警器失效", "卸油区", "一般", "王五", dt.date(2025, 3, 20), "已整改", "2025年3月18日", None],
    [None, "2025年3月5日", None, "灭火器过期", "营业厅", "一般", "王五", "3月13日", None, None, None],
    [2, "2025/3/6", "福星超市", "疏散通道堆放杂物", "一楼", "一般", "赵六", "立即", "√", None, None],
    [3, 45723, "福星超市", "安全出口指示灯损坏", "二楼", "一般", "赵六", dt.date(2025, 3, 30), None, None, None],
    [4, "2025-03-07", "顺发加油站", "1.电线裸露；2.插座松动", "宿舍", "一般", "王五", "限15日内", None, None, None],
    ["合计", None, None, "6条"],
]
ANSWERS = """\
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
set: {source: supervision, sector: industry, found_by_org: 柳林镇安监办}
values: {整改时限: {限15日内: 15d}}
dates: [excel-1900]
fill_down: [被检查单位]
answers: {assume_year: 2025, immediate: same-day, numbered: split}
"""


def flat(rows: Cells) -> Cells:
    return [[str(cell) if isinstance(cell, dt.date) else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xlsx({"台账": TOWNSHIP}, ["A1:K1", "C4:C5"]), "t.xlsx"),
        (xlsx({"台账": TOWNSHIP}), "t.xlsx"),
        (xls(TOWNSHIP), "t.xls"),
        (xlsb(TOWNSHIP), "t.xlsb"),
        (xlsb(TOWNSHIP, merges=[(0, 0, 0, 10), (3, 2, 4, 2)]), "t.xlsb"),
        (ods(TOWNSHIP), "t.ods"),
        (texts(flat(TOWNSHIP)), "t.csv"),
        ("\ufeff".encode() + texts(flat(TOWNSHIP)).decode("gb18030").encode(), "t.csv"),
    ],
    ids=["xlsx, merged", "xlsx", "xls", "xlsb", "xlsb, merged", "ods", "csv in GBK", "csv with a mark"],
)
def test_the_ledger_of_a_township_gives_the_same_records_in_every_format(ledger: Context, data: bytes, name: str) -> None:
    mapping = ledger.root.parent / "m.yaml"
    mapping.write_text(ANSWERS, encoding="utf-8")
    assert taken(ledger, data, name, map=mapping, dry_run=True).records == 6
    assert not list(load(ledger.root).hazards)
    result = taken(ledger, data, name, map=mapping)
    assert ends(result) == [*((line, "imported") for line in range(4, 9)), (9, "skipped")]
    hazards = sorted(load(ledger.root).hazards, key=lambda entry: (entry.record.found_on, entry.record.description))
    told = [(str(one.record.found_on), one.record.unit, one.record.description, _due(one.record.history)) for one in hazards]
    assert told == [
        ("2025-03-05", "shunfa", "灭火器过期", "2025-03-13"),
        ("2025-03-05", "shunfa", "静电接地报警器失效", "2025-03-20"),
        ("2025-03-06", "fuxing", "疏散通道堆放杂物", "2025-03-06"),
        ("2025-03-07", "fuxing", "安全出口指示灯损坏", "2025-03-30"),
        ("2025-03-07", "shunfa", "插座松动", "2025-03-22"),
        ("2025-03-07", "shunfa", "电线裸露", "2025-03-22"),
    ]
    assert taken(ledger, data, name, map=mapping).records == 0


def _due(history: Sequence[object]) -> str:
    return next(str(due) for act in history if (due := getattr(act, "due", None)))


# ------------------------------------------------------------------------------- 2: names over several rows, a legend, footnotes

DEEP: Cells = [
    ["工地隐患排查治理表"],
    ["序号", "排查", None, "隐患描述", "等级", "整改", None, None, None, None, "销号时间"],
    [None, "日期", "单位", None, None, "整改责任单位", None, None, None, "整改期限", None],
    [None, None, None, None, None, "建设", "设计", "施工", "监理", None, None],
    [1, "2026-03-05", "车辆段", "脚手架连墙件缺失", 1, "甲建设公司", None, "乙施工公司", None, "2026-03-20", None],
    [2, "2026-03-06", "车辆段", "临边无防护", 3, "甲建设公司", None, "乙施工公司", None, "2026-03-16", "2026-03-15"],
    ["1=重大 2=突出 3=一般"],
    ["注：本表每月25日前报送，逾期视为零报告。"],
]
DEEP_MERGES = ("A1:K1", "A2:A4", "B2:C2", "B3:B4", "C3:C4", "D2:D4", "E2:E4", "F2:J2", "F3:I3", "J3:J4", "K2:K4", "A7:K7", "A8:K8")


def test_names_over_three_rows_give_parties_and_footnotes_are_no_rows(ledger: Context) -> None:
    mapping = ledger.root.parent / "m.yaml"
    mapping.write_text(
        """\
schema: import/1
columns:
  序号: external_ids.row
  排查/日期: found_on
  排查/单位: unit
  隐患描述: description
  等级: grade
  整改/整改责任单位/建设: parties.owner
  整改/整改责任单位/设计: parties.designer
  整改/整改责任单位/施工: parties.contractor
  整改/整改责任单位/监理: parties.supervisor
  整改/整改期限: history.assign.due
  销号时间: history.close.date
set: {source: supervision, sector: construction, found_by_org: office, site: 工地}
""",
        encoding="utf-8",
    )
    data = xlsx({"表": DEEP}, DEEP_MERGES)
    result = taken(ledger, data, "t.xlsx", map=mapping)
    assert (result.pages.read[0].head.first, result.pages.read[0].head.line) == (2, 4)
    assert ends(result) == [(5, "imported"), (6, "imported"), (7, "skipped"), (8, "skipped")]
    assert [one.row.cells[0] for one in result.outcomes if one.fate == "skipped"] == [DEEP[6][0], DEEP[7][0]]
    hazards = [entry.record for entry in load(ledger.root).hazards]
    assert [(one.grade, one.local_grade, [(p.unit, p.role) for p in one.parties]) for one in hazards] == [
        ("major", "1", [("builder", "owner"), ("maker", "contractor")]),
        ("general", "3", [("builder", "owner"), ("maker", "contractor")]),
    ]


def test_the_parts_of_a_spanning_name_are_known_without_help(ledger: Context) -> None:
    result = taken(ledger, xlsx({"表": DEEP}, DEEP_MERGES), "t.xlsx", dry_run=True)
    assert {name: target for name, target in result.plan.columns.items() if target.startswith("parties")} == {
        "整改/整改责任单位/建设": "parties.owner",
        "整改/整改责任单位/设计": "parties.designer",
        "整改/整改责任单位/施工": "parties.contractor",
        "整改/整改责任单位/监理": "parties.supervisor",
    }


# ------------------------------------------------------------------------------------------------- 3: a flat form of an operator

FLAT: Cells = [
    ["隐患排查治理记录"],
    ["序号", "排查中心", "排查部门", "排查人员", "排查日期", "排查地点", "隐患描述", "治理责任部门", "治理责任人", "隐患等级",
     "临时管控措施",
     "治理措施", "治理时限", "治理结果", "具体治理情况", "复查人"],
    ["填写说明", None, "写全称", "具体到姓名", "不要具体时间点", "具体到场段", None, None, None, "一般隐患I级/一般隐患II级"],
    [1, "运营中心", "柳林镇安监办", "张三", "2026-4-15", "检修库", "起重机限位失效", "车辆段", "王五", "一般隐患I级", "停用",
     "更换限位器", "2026-4-25",
     "已治理", "已更换并试验", "赵六"],
]  # fmt: skip


def test_a_flat_form_is_read_without_its_instructions(ledger: Context) -> None:
    said = ("source=self_check", "sector=industry", "unit=depot")
    result = taken(ledger, xlsx({"Sheet1": FLAT}, ["A1:P1"]), "t.xlsx", set=said)
    assert ends(result) == [(3, "skipped"), (4, "imported")]
    assert [(one.column, one.raw, one.key) for one in result.outcomes[1].remarks] == [("治理结果", "已治理", "no-day")]


# -------------------------------------------------------------------------------------------- 4: our own workbook, edited, sent back


def test_every_row_of_our_own_workbook_is_known_in_whatever_state(tmp_path: Path) -> None:
    here, file = boards.sample(), tmp_path / "台账.xlsx"
    file.write_bytes(export(here, Words(), Wanted("x.xlsx")).data)
    result = run(here, Asked(file, by="李四", dry_run=True))
    assert {one.fate for one in result.outcomes} == {"duplicate"}
    assert (result.exit_code, len(result.outcomes)) == (0, len(load(here.root).hazards))


def test_our_own_workbook_comes_back_with_its_edits_and_into_another_ledger(ledger: Context, tmp_path: Path) -> None:
    said = ("source=supervision", "sector=industry", "found_by_org=office")
    rows: Cells = [TOWNSHIP[2], TOWNSHIP[3]]
    taken(ledger, xlsx({"台账": rows}), "t.xlsx", set=said)
    file = tmp_path / "台账.xlsx"
    file.write_bytes(export(ledger, Words(), Wanted("x.xlsx")).data)
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    names = {str(cell.value): cell.column for cell in book["隐患台账"][3]}
    book["隐患台账"].cell(4, names["隐患部位"]).value = "卸油口"  # type: ignore[arg-type]
    book.save(file)
    (edit,) = update(ledger, file).edits
    assert (edit.key, edit.base, edit.edited, edit.kind) == ("site", "卸油区", "卸油口", "proposed")
    again = run(ledger, Asked(file, by="李四"))  # edits are taken by `--update`: a row of this ledger makes nothing new
    assert ([one.fate for one in again.outcomes], again.exit_code) == (["duplicate"], 0)
    other = Context(tmp_path / "other", TODAY, language="zh")
    (other.root / "units").mkdir(parents=True)
    for path in (ledger.root / "hazardctl.yaml", *sorted((ledger.root / "units").iterdir())):
        (other.root / path.relative_to(ledger.root)).write_bytes(path.read_bytes())
    result = run(other, Asked(file, by="李四"))
    assert [one.fate for one in result.outcomes] == ["imported"]
    (mine,) = (entry.record for entry in load(other.root).hazards)
    assert (mine.site, mine.description, mine.grade) == ("卸油口", "静电接地报警器失效", "general")
