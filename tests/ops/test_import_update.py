"""An exported workbook as an officer sends it back: every edit has one end, what is proposed can be recorded, twice proposes nothing."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Language
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.export_rows import KEYS
from hazardctl.ops.export_tables import LEDGER
from hazardctl.ops.import_apply import applied, page
from hazardctl.ops.import_update import Update, sheet, update
from hazardctl.ops.question import Words
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.load import load

pytest.importorskip("python_calamine")


@pytest.fixture
def here(tmp_path: Path, repository: Path) -> Context:
    """Give the sample ledger on the last day anything happened in it."""
    root = tmp_path / "ledger"
    shutil.copytree(repository / "ledger", root)
    return Context(root, dt.date(2023, 10, 20), language="zh")


class Sent:
    """A workbook that went out and is edited."""

    def __init__(self, context: Context, *filters: str) -> None:
        self.place = context.root.parent / "台账.xlsx"
        self.place.write_bytes(export(context, Words(filters=filters), Wanted("x.xlsx")).data)
        self.book = openpyxl.load_workbook(self.place)
        self.page: Any = next(self.book[name] for name in ("隐患台账", LEDGER.en) if name in self.book.sheetnames)

    def cell(self, line: int, key: str) -> Any:  # noqa: ANN401 (openpyxl tells no types)
        """Give a cell by the key of its column."""
        return self.page.cell(line, KEYS.index(key) + 1)

    def edit(self, line: int, **cells: object) -> str:
        """Change cells of a row and give the id of its hazard."""
        for key, value in cells.items():
            self.cell(line, key).value = value
        return str(self.cell(line, "id").value)

    def back(self, context: Context) -> Update:
        """Give what comes of it."""
        self.book.save(self.place)
        return update(context, self.place)


def ends(made: Update) -> Mapping[str, tuple[str, str]]:
    """Give key of a column → what comes of its cell."""
    return {edit.key: (edit.kind, edit.outcome.say("zh")) for edit in made.edits}


def test_a_status_that_follows_from_its_day_is_no_mistake(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    identity = sent.edit(4, state="已整改", rectified_on="2023年10月18日", measure="换新")
    made = sent.back(here)
    assert made.commands == (f"hazardctl rectify {identity} --date 2023-10-18 -m '换新'",)
    assert made.exit_code == FINE
    assert applied(here, [sent.place], "孙八", "").exit_code == FINE
    again = sent.back(here)
    assert {kind for kind, _ in ends(again).values()} == {"same"}
    assert (again.commands, again.exit_code) == ((), FINE)


@pytest.mark.parametrize(("word", "column"), [("已整改", "整改完成日期"), ("已销号", "销号日期"), ("复查合格", "复查日期")])
def test_a_status_without_its_day_says_which_day_to_fill_in(here: Context, word: str, column: str) -> None:
    sent = Sent(here, "state:assigned")
    sent.edit(4, state=word)
    assert ends(sent.back(here)) == {"state": ("fixed", f"状态由日期推算：请改“{column}”")}
    sent.edit(4, state="看情况")
    assert ends(sent.back(here)) == {"state": ("fixed", "由程序推算，改了不算")}


def test_of_two_rows_with_one_id_neither_is_taken_to_be_the_right_one(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    last = sent.page.max_row + 1
    for column in range(1, len(KEYS) + 1):
        sent.page.cell(last, column).value = sent.page.cell(4, column).value
    sent.edit(4, description="抄一行来写新隐患")
    made = sent.back(here)
    assert [(edit.line, edit.kind, edit.outcome.say("zh")) for edit in made.edits] == [
        (line, "fixed", f"第 4、{last} 行是同一编号，哪一行算数不明：新隐患清空编号格，再用 import 导入；多余的行删去")
        for line in (4, last)
    ]
    assert made.commands == ()


def test_an_id_is_the_same_however_it_is_typed(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    sent.cell(4, "id").value = f" {str(sent.cell(4, 'id').value).lower()} "
    assert sent.back(here).edits == ()


def test_a_deadline_and_a_person_that_were_changed_correct_the_line_that_has_them(here: Context) -> None:
    sent = Sent(here, "state:assigned", "is:overdue")
    identity = sent.edit(4, due=dt.date(2023, 11, 30), person="赵六")
    made = sent.back(here)
    (one,) = made.proposals
    assert (one.id, one.verb, one.sets) == (identity, "correct", ("person=赵六", "due=2023-11-30"))
    assert applied(here, [sent.place], "孙八", "抄错").exit_code == FINE
    assert {kind for kind, _ in ends(sent.back(here)).values()} == {"same"}


def test_after_a_reopening_the_deadline_is_that_of_the_reopening(here: Context) -> None:
    sent = Sent(here)
    lines = {str(sent.cell(line, "id").value): line for line in range(4, sent.page.max_row + 1)}
    sent.edit(lines["YH-20230531-SVY56"], due="2023-12-01")
    made = sent.back(here)
    (one,) = made.proposals
    hazard = next(entry.record for entry in load(here.root).hazards if entry.record.id == one.id)
    assert hazard.history[one.event - 1].do == "reopen"


def test_a_cell_that_must_not_be_empty_is_named(here: Context) -> None:
    sent = Sent(here, "state:rectified")
    sent.edit(4, description=None, rectified_on=None, due=None, remark=None, site=None)
    made = sent.back(here)
    assert {key for key, (kind, _) in ends(made).items() if kind == "fixed"} == {"description", "rectified_on", "due"}
    assert all("site=" in command for command in made.commands)


def test_a_measure_without_the_day_it_was_taken_claims_nothing(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    sent.edit(4, measure="打算换新", verified_by="钱七", extension="缺货")
    made = sent.back(here)
    assert ends(made) == {
        "measure": ("fixed", "还要填“整改完成日期”"),
        "verified_by": ("fixed", "还要填“复查日期”"),
        "extension": ("fixed", "还要填“延期至”"),
    }
    assert made.commands == ()


def test_an_extension_takes_its_day_and_its_reason_from_the_row(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    identity = sent.edit(4, extended="2024-01-10", extended_on="2023-10-19", extension="缺货")
    made = sent.back(here)
    assert made.commands == (f"hazardctl extend {identity} --due 2024-01-10 --date 2023-10-19 --reason '缺货'",)
    assert applied(here, [sent.place], "孙八", "").exit_code == FINE
    again = sent.back(here)
    assert {kind for kind, _ in ends(again).values()} == {"same"}
    later = Sent(here, f"id:{identity}")
    later.edit(4, extension="订货未到")
    (one,) = later.back(here).proposals
    assert (one.verb, one.sets) == ("correct", ("reason=订货未到",))


def test_money_is_recorded_in_yuan_and_a_list_is_left_to_its_command(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    identity = sent.edit(4, funds=1.5, basis="甲；乙", region="某村")
    made = sent.back(here)
    assert made.commands == (f"hazardctl correct {identity} --set 'funds_spent=1.5万元' --reason '…'",)
    assert {key for key, (kind, _) in ends(made).items() if kind == "fixed"} == {"basis", "region"}
    applied(here, [sent.place], "孙八", "补记")
    assert next(entry.record for entry in load(here.root).hazards if entry.record.id == identity).funds_spent == 15000
    assert sent.back(here).commands == ()


def test_a_hazard_that_becomes_major_takes_a_clause_and_says_so(here: Context) -> None:
    sent = Sent(here, "state:assigned", "grade:general")
    identity = sent.edit(4, grade="重大")
    made = sent.back(here)
    assert made.commands == (f"hazardctl regrade {identity} --grade '重大' --clause '…' --reason '…'",)
    told = applied(here, [sent.place], "孙八", "升级")
    assert told.exit_code == FINDINGS
    assert f"没有写入：hazardctl regrade {identity} --grade '重大'：缺少 --clause" in rendered(page(told), "text", Page("zh", 120))


@pytest.mark.parametrize(("out", "back"), [("en", "zh"), ("zh", "en")])
def test_the_language_it_was_exported_in_is_the_one_it_is_read_in(here: Context, out: Language, back: Language) -> None:
    sent = Sent(Context(here.root, here.today, language=out), "state:assigned")
    sent.edit(4, source="tip", sector="fire", site="二楼")
    made = sent.back(Context(here.root, here.today, language=back))
    assert {key: kind for key, (kind, _) in ends(made).items()} == dict.fromkeys(("source", "sector", "site"), "proposed")
    assert rendered(sheet(made), "text", Page(back, 80))


def test_what_cannot_be_read_any_more_is_told_where_its_row_was_edited(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    first, second = (str(sent.cell(line, "id").value) for line in (4, 5))
    for identity in (first, second):
        next(here.root.rglob(f"{identity}.yaml")).write_text("id: [", encoding="utf-8")
    sent.edit(4, site="二楼")
    made = sent.back(here)
    assert [(edit.id, edit.kind, edit.outcome.say("zh")) for edit in made.edits] == [
        (first, "fixed", "台账里没有了，或读不出：运行 validate")
    ]


def test_what_the_ledger_has_emptied_since_is_a_conflict_that_says_so(here: Context) -> None:
    sent = Sent(here, "state:assigned", "is:overdue")
    identity = sent.edit(4, person="赵六")
    path = next(here.root.rglob(f"{identity}.yaml"))
    was = str(openpyxl.load_workbook(sent.place)["隐患台账"].cell(4, KEYS.index("person") + 1).value)
    path.write_text(path.read_text(encoding="utf-8").replace(f"person: {was}, ", ""), encoding="utf-8")
    assert ends(sent.back(here)) == {"person": ("conflict", "台账后来清空了")}


def test_a_formula_without_a_value_is_no_edit_and_a_text_that_looks_like_one_is(here: Context) -> None:
    sent = Sent(here, "state:assigned")
    sent.edit(4, remark="=1+1", site="二楼")
    assert ends(sent.back(here)) == {"remark": ("fixed", "公式没有存下结果"), "site": ("proposed", "见命令")}
    sent.cell(4, "remark").data_type = "s"
    assert ends(sent.back(here))["remark"] == ("proposed", "见命令")
    sent.cell(4, "remark").value = "#VALUE!"
    sent.cell(4, "remark").data_type = "e"
    assert ends(sent.back(here))["remark"] == ("fixed", "公式出错，没有值")


@pytest.mark.parametrize(
    ("cell", "said"),
    [(45219, "是数字格式，按 Excel 算是 2023-10-20"), ("10月18日", "缺年份"), ("下周", "不是日期"), ("2023年2月30日", "日历上没有这一天")],
)
def test_a_day_that_cannot_be_read_says_why(here: Context, cell: object, said: str) -> None:
    sent = Sent(here, "state:assigned")
    sent.edit(4, rectified_on=cell)
    assert ends(sent.back(here)) == {"rectified_on": ("fixed", said)}


@pytest.mark.parametrize(
    ("sheet_name", "cell", "said"),
    [
        ("隐患台账", None, ["没有工作表“隐患台账”", "改了名就改回导出时的名字"]),
        ("导出时", None, ["隐藏的工作表“导出时”没有了，比不出改了什么", "重新导出一份，把改动填进去；新隐患用 import 导入"]),
        ("", "编码", ["工作表“隐患台账”里没有“隐患编号”一列", "改了名就改回导出时的名字"]),
    ],
)
def test_what_is_missing_in_a_workbook_of_ours_is_named(here: Context, sheet_name: str, cell: str | None, said: list[str]) -> None:
    sent = Sent(here, "state:assigned")
    if sheet_name:
        sent.book[sheet_name].title = "别的"
    else:
        sent.page.cell(3, 1).value = cell
    with pytest.raises(UsageError) as failure:
        sent.back(here)
    assert failure.value.lines("zh") == said
