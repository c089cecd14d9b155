"""What looks wrong in a row is asked about: near-misses, swapped and shifted cells, formulas without a value (DOMAIN §9.2)."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.ops.context import Context
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import report_rows
from hazardctl.ops.import_sheet import data, sheet
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.load import load
from tests.exchange.test_workbook import Cells, xlsx
from tests.ops.test_import import registered

CONFIG = """\
schema: config/1
organisation: {name: 青山镇人民政府, level: township}
regions: [{key: liulin, name: 柳林镇}, {key: qingshan, name: 青山镇}]
people: [{name: 王五, aliases: [老王]}, {name: 李晓强}]
vocabularies:
  local_status: {弄好了: rectified, 一直没弄: assigned}
"""
HEAD = ["检查日期", "受检单位", "隐患部位", "隐患描述", "隐患等级", "行业领域", "隐患来源", "检查单位", "整改期限", "整改责任人",
        "整改状态",
        "复查人", "所属乡镇", "检查人"]  # fmt: skip
ROW = ["2026-03-05", "XX纸业有限公司", "一车间", "配电箱门敞开", "一般", "工贸", "执法检查", "qingshan-office", "2026-03-15", "赵六",
       "待整改",
       "", "柳林镇", "老王"]  # fmt: skip


@pytest.fixture
def ledger(tmp_path: Path) -> Context:
    return registered(tmp_path / "ledger", CONFIG)


def read(ledger: Context, changed: dict[str, object], **more: Any) -> Result:  # noqa: ANN401
    return given(ledger, xlsx({"台账": [HEAD, [changed.get(name, cell) for name, cell in zip(HEAD, ROW, strict=True)]]}), **more)


def given(ledger: Context, book: bytes, **more: Any) -> Result:  # noqa: ANN401
    file = ledger.root.parent / "台账.xlsx"
    file.write_bytes(book)
    return run(ledger, Asked(file, by="李四", dry_run=True, **more))


def asked(result: Result) -> list[tuple[str, str, str]]:
    return [(one.column, one.raw, one.reason.say("en")) for outcome in result.outcomes for one in outcome.questions]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("受检单位", "XX纸业有限责任公司", "not in the register of units"),
        ("受检单位", "王五", "the name of a person where a unit belongs"),
        ("所属乡镇", "柳林", "not in the region tree"),
        ("所属乡镇", "柳村镇", "not in the region tree"),
        ("所属乡镇", "无此地", "not in the region tree"),
        ("整改期限", "王五", "the name of a person where a day belongs"),
        ("整改责任人", "2026-03-15", "a day where a person belongs"),
        ("整改责任人", "已整改", "a status where a person belongs"),
        ("整改责任人", "XX纸业", "the name of a unit where a person belongs"),
        ("检查人", "李小强", "one letter from 李晓强"),
        ("隐患描述", "2026-03-05", "a day where a text belongs"),
        ("隐患部位", "已整改", "a status where a text belongs"),
        ("隐患描述", "=1/0", "a formula whose result is not stored"),
        ("整改期限", "#REF!", "the formula failed"),
    ],
)
def test_a_cell_that_looks_wrong_is_asked_about(ledger: Context, column: str, cell: str, reason: str) -> None:
    ((at, raw, why),) = asked(read(ledger, {column: cell}))
    assert (at, raw) == (column, cell)
    assert reason in why


@pytest.mark.parametrize(
    ("column", "cell", "near"),
    [
        ("受检单位", "XX纸业有限责任公司", "XX纸业有限公司(xx-paper)？映射文件 values: 受检单位: 写明；加 --new-units，或先登记"),
        ("所属乡镇", "柳林", "是 liulin？"),
        ("所属乡镇", "柳村镇", "是 柳林镇？"),
        ("所属乡镇", "无此地", "写明含义（liulin、qingshan）"),
        ("检查人", "李小强", "是 李晓强？"),
    ],
)
def test_what_it_may_mean_is_shown(ledger: Context, column: str, cell: str, near: str) -> None:
    (question,) = read(ledger, {column: cell}).outcomes[0].questions
    assert question.remedy is not None
    assert near in question.remedy.say("zh")


def test_new_units_are_made_but_not_beside_one_that_is_nearly_the_same(ledger: Context) -> None:
    mapping = ledger.root.parent / "m.yaml"
    mapped = 'schema: import/1\nnew_units: {"*": {kind: enterprise, sector: industry}%s}\ncolumns:\n%s'
    columns = "".join(f"  {name}: {target}\n" for name, target in read(ledger, {}).plan.columns.items())
    mapping.write_text(mapped % ("", columns), encoding="utf-8")
    (question,) = read(ledger, {"受检单位": "XX纸业有限责任公司"}, new_units=True, map=mapping).outcomes[0].questions
    assert question.key == "near"
    assert question.remedy is not None
    assert "another unit: say it as it stands" in question.remedy.say("en")
    assert read(ledger, {"受检单位": "福星超市"}, new_units=True, map=mapping).count("imported") == 1
    mapping.write_text(mapped % (", XX纸业有限责任公司: {name: XX纸业有限责任公司}", columns), encoding="utf-8")
    assert read(ledger, {"受检单位": "XX纸业有限责任公司"}, new_units=True, map=mapping).count("imported") == 1


@pytest.mark.parametrize(
    ("column", "said"),
    [("受检单位", {"XX纸业有限责任公司": "xx-paper"}), ("检查人", {"李小强": "李小强"}), ("隐患部位", {"已整改": "已整改"})],
)
def test_the_mapping_file_settles_it(ledger: Context, column: str, said: dict[str, str]) -> None:
    mapping = ledger.root.parent / "m.yaml"
    columns = "".join(f"  {name}: {target}\n" for name, target in read(ledger, {}).plan.columns.items())
    (cell,) = said
    mapping.write_text(f"schema: import/1\nvalues: {{{column}: {{{cell}: {said[cell]}}}}}\ncolumns:\n{columns}", encoding="utf-8")
    assert asked(read(ledger, {column: cell}, map=mapping)) == []


def test_people_go_by_the_one_name_of_the_register(ledger: Context) -> None:
    file = ledger.root.parent / "台账.xlsx"
    file.write_bytes(xlsx({"台账": [HEAD, [*ROW[:-1], "老王、李 晓强、孙八"]]}))
    run(ledger, Asked(file, by="李四"))
    (hazard,) = load(ledger.root).hazards
    assert hazard.record.found_by == ("王五", "李晓强", "孙八")


@pytest.mark.parametrize(("word", "states"), [("弄好了", 1), ("一直没弄", 0), ("弄 好了。", 1)])
def test_a_ledger_has_its_own_words_for_a_status(ledger: Context, word: str, states: int) -> None:
    result = read(ledger, {"整改状态": word})
    assert asked(result) == []
    assert len(result.outcomes[0].remarks) == states  # done, and no day for it


def test_hidden_rows_are_read_and_named(ledger: Context) -> None:
    made = openpyxl.load_workbook(io.BytesIO(xlsx({"台账": [HEAD, ROW, [*ROW[:2], "二车间", *ROW[3:]], ["合计", 2]]})))
    page = made.worksheets[0]
    for line in (3, 4):
        page.row_dimensions[line].hidden = True
    page.column_dimensions["E"].hidden = True
    kept = io.BytesIO()
    made.save(kept)
    result = given(ledger, kept.getvalue())
    assert [(one.row.line, one.row.hidden, one.fate) for one in result.outcomes] == [
        (2, False, "imported"), (3, True, "imported"), (4, True, "skipped"),
    ]  # fmt: skip
    assert "隐藏行 2 行（3、4），照常读，隐藏列：“隐患等级”" in rendered(sheet(result), "text", Page("zh", 200))
    assert "2 hidden rows (3, 4), read like the others, hidden columns: “隐患等级”" in rendered(sheet(result), "text", Page("en", 200))
    rows: Any = data(result)["rows"]
    assert [row["hidden"] for row in rows] == [False, True, True]
    assert [row[1] for row in report_rows(result, "en") if "a hidden row" in row] == ["3", "4"]


def test_a_failed_formula_of_a_row_below_waits_with_its_record(ledger: Context) -> None:
    rows: Cells = [
        ["风险点名称", "风险点描述", "风险等级", "隐患排查内容", "隐患排查周期"],
        ["氨机房", "泄漏", "较大", "报警", "每日"],
        [None, None, None, "#N/A", "每年"],
    ]
    said = ("date=2026-01-01", "type=production", "unit=xx-paper")
    result = given(ledger, xlsx({"风险": rows}), kind="risk_point", set=said)
    assert [(one.row.line, one.fate, [q.raw for q in one.questions]) for one in result.outcomes] == [
        (2, "refused", []),
        (3, "refused", ["#N/A"]),
    ]


def test_an_error_in_a_column_that_fills_nothing_is_kept_as_it_is(ledger: Context) -> None:
    assert asked(given(ledger, xlsx({"台账": [[*HEAD, "随便"], [*ROW, "#N/A"]]}))) == []
