"""What goes out: a workbook whose figures hold, plain formats, a superior's form; and what comes back when it was edited."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import shlex
import shutil
import sqlite3
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar

from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.correct import correct
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.export_rows import FIELDS, KEYS
from hazardctl.ops.export_schema import exchange_schemas, exported, updated
from hazardctl.ops.import_apply import applied, page
from hazardctl.ops.import_update import sheet, update
from hazardctl.ops.question import Words
from hazardctl.ops.undo import take_back
from hazardctl.ops.wishes import Wish
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.render.workbook import Writer
from hazardctl.sheet import Rate
from hazardctl.store.load import load
from tests.exchange.test_workbook import xlsx

jsonschema: Any = pytest.importorskip("jsonschema")

DAY = dt.date(2023, 9, 30)
YEAR = Words("2023", as_of="2023-09-30")


@pytest.fixture
def here(tmp_path: Path, repository: Path) -> Context:
    root = tmp_path / "ledger"
    shutil.copytree(repository / "ledger", root)
    return Context(root, DAY, language="zh")


def book(data: bytes, *, values: bool = True) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def test_the_workbook_holds_the_ledger_and_its_tables_the_same_bytes_twice(here: Context) -> None:
    made = export(here, YEAR, Wanted("x.xlsx"))
    assert export(here, YEAR, Wanted("x.xlsx")).data == made.data
    found = book(made.data)
    assert found.sheetnames == ["说明", "隐患台账", "逾期清单", "统计表", "乡镇通报", "排名", "趋势", "账龄", "字典", "导出时"]
    ledger = found["隐患台账"]
    rows = list(ledger.iter_rows(min_row=3, values_only=True))
    assert rows[0][: len(FIELDS)] == tuple(field.label.zh for field in FIELDS)
    assert len(rows) - 1 == made.count
    assert ledger.freeze_panes == "B4"
    assert isinstance(rows[1][1], dt.datetime)
    assert found["导出时"].sheet_state == "veryHidden"
    assert found["字典"].protection.sheet
    assert ledger.page_setup.orientation == "landscape"
    assert {one.type for one in ledger.data_validations.dataValidation} == {"list"}
    about = {str(row[0]): row[1] for row in found["说明"].iter_rows(min_row=3, max_row=11, max_col=2, values_only=True)}
    assert (about["截至"], about["条数"]) == ("2023-09-30", str(made.count))


def test_every_formula_has_the_value_it_counts_to(here: Context) -> None:
    data = export(here, YEAR, Wanted("x.xlsx")).data
    formulas, values = book(data, values=False), book(data)
    rows = list(values["隐患台账"].iter_rows(min_row=4, values_only=True))
    at = {name: place for place, name in enumerate([*(field.label.zh for field in FIELDS), "计入排查", "计入整改"])}
    counted = 0
    for row in formulas["统计表"].iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            assert cell.row is not None
            assert cell.column is not None
            told = values["统计表"][cell.coordinate].value
            text = str(cell.value)
            if text.startswith("=IF("):
                over, of = (values["统计表"].cell(cell.row, place).value for place in (cell.column - 2, cell.column - 1))
                assert told == ("/" if over == 0 else pytest.approx(of / over))  # type: ignore[operator]
                continue
            sector = values["统计表"].cell(cell.row, 1).value
            grade = text.split('"')[1]
            column = "计入排查" if "$AA$" in text else "计入整改"
            mine = [one for one in rows if one[at["隐患等级"]] == grade and one[at[column]] == "是"]
            assert told == sum(not re.search(r"\$A\d+\)$", text) or one[at["行业领域"]] == sector for one in mine)
            counted += 1
    assert counted > 8
    for name in values.sheetnames:
        for row in formulas[name].iter_rows():
            assert all(cell.data_type != "f" or name in {"统计表", "乡镇通报"} for cell in row)


def test_the_bulletin_has_its_columns_and_pooled_rates(here: Context) -> None:
    data = export(here, YEAR, Wanted("x.xlsx")).data
    values, formulas = book(data)["乡镇通报"], book(data, values=False)["乡镇通报"]
    rows = list(values.iter_rows(min_row=4, values_only=True))
    assert [str(name).partition("(")[0] for name in (low or high for high, low in zip(*rows[:2], strict=True))] == [
        "乡镇", "总企业数", "检查企业", "出动次数", "查出隐患", "完成隐患", "整改率", "重大隐患", "完成重大隐患", "重大整改率", "整改资金",
        "现场检查记录", "责令限期整改指令书", "强制措施决定书", "整改复查意见书",
    ]  # fmt: skip
    lines = {str(row[0]): row for row in rows[2:]}
    assert lines["西村"][9] == "/"
    total = lines["合计"]
    assert total[6] == pytest.approx(int(str(total[5])) / int(str(total[4])))
    assert [cell.value for cell in formulas["G"] if cell.data_type == "f"][-1] == '=IF(E10=0,"/",F10/E10)'
    assert [cell.value for cell in formulas["G"][5:6]] == ["∅"]  # nothing was recorded: not a quotient


def test_the_age_of_what_is_open_adds_up(here: Context) -> None:
    data = export(here, YEAR, Wanted("x.xlsx")).data
    rows = [row for row in book(data)["账龄"].iter_rows(min_row=5, max_col=7, values_only=True) if isinstance(row[1], int)]
    assert all(sum(int(str(cell)) for cell in row[1:6]) == row[6] for row in rows)
    assert rows[-1][0] == "合计"
    assert [sum(int(str(row[place])) for row in rows[:-1]) for place in range(1, 7)] == list(rows[-1][1:])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 3
    assert sum('<c:grouping val="stacked"/>' in chart for chart in charts) == 2


def test_a_ledger_without_hazards_has_its_workbook_too(tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\norganisation: {name: 某镇}\n", encoding="utf-8")
    found = book(export(Context(tmp_path, DAY, language="zh"), YEAR, Wanted("x.xlsx")).data)
    assert found["账龄"]["A1"].value == "某镇 未整改隐患账龄"
    shown: list[Any] = [sheet for sheet in found if sheet.sheet_state == "visible" and sheet.title != "字典"]
    assert {sheet.oddFooter.center.text for sheet in shown} == {"第 &P 页　共 &N 页"}


def test_a_text_that_looks_like_a_formula_stays_a_text() -> None:
    writer = Writer()
    page = writer.sheet("a")
    for row, value in enumerate(("=1+1", "@x", "+8613", "http://a.b", "0012", "x" * 40_000, None, 3, dt.date(2023, 1, 2), Rate(1, 3))):
        writer.cell(page, row, 0, value)
    cells = [row[0] for row in book(writer.closed(), values=False)["a"].iter_rows()]
    assert [cell.value for cell in cells[:5]] == ["=1+1", "@x", "+8613", "http://a.b", "0012"]
    assert {cell.data_type for cell in cells[:5]} <= {"s", "f"}
    assert len(str(cells[5].value)) == 32_767
    assert [Writer.column(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_the_plain_formats_hold_every_hazard(here: Context) -> None:
    count = export(here, YEAR, Wanted()).count
    table = list(csv.reader(io.StringIO(export(here, YEAR, Wanted()).data.decode("utf-8-sig"))))
    assert table[0] == [field.label.zh for field in FIELDS]
    assert len(table) == count + 1
    data = json.loads(export(here, YEAR, Wanted("x.json")).data)
    assert (data["count"], data["as_of"]) == (count, "2023-09-30")
    assert [one["id"] for one in data["hazards"]] == [row[0] for row in table[1:]]
    base = sqlite3.connect(":memory:")
    base.deserialize(export(here, YEAR, Wanted("x.db")).data)
    assert base.execute("SELECT count(*), sum(overdue) FROM hazard").fetchone()[0] == count
    base.close()
    calendar = Calendar.from_ical(export(here, YEAR, Wanted("x.ics")).data)
    days = [event.decoded("DTSTART") for event in calendar.walk("VEVENT")]
    assert days
    assert all(isinstance(day, dt.date) for day in days)
    assert export(here, YEAR, Wanted("x.ics")).data == export(here, YEAR, Wanted("x.ics")).data


@pytest.mark.parametrize("name", [name for name, _ in exchange_schemas()])
def test_the_published_schemas_are_those_of_the_columns(name: str, repository: Path) -> None:
    assert json.loads((repository / "schemas" / name).read_text(encoding="utf-8")) == dict(exchange_schemas())[name]


def test_what_goes_out_and_comes_back_fits_its_schema(here: Context, file: Path) -> None:
    validator = jsonschema.Draft202012Validator
    for words in (Words(), Words(filters=("grade:major",)), Words(filters=("found:2001",))):
        validator(exported()).validate(json.loads(export(here, words, Wanted("x.json")).data))
    edited(here, file, site="二楼", state="已销号", due="下周")
    told = json.loads(rendered(sheet(update(here, file)), "json", Page("en", 80)))
    validator(updated()).validate(told)
    assert told["schema"] == "hazardctl/update/1"


def test_filters_choose_what_goes_out(here: Context) -> None:
    closed = json.loads(export(here, Words(filters=("state:closed",)), Wanted("x.json")).data)
    assert {one["state_key"] for one in closed["hazards"]} == {"closed"}


def test_pseudonyms_are_stable_and_leave_no_name(here: Context) -> None:
    plain = json.loads(export(here, YEAR, Wanted("x.json")).data)["hazards"]
    false = json.loads(export(here, YEAR, Wanted("x.json", incognito=True)).data)["hazards"]
    pairs = {(one["unit"], other["unit"]) for one, other in zip(plain, false, strict=True)}
    assert len(pairs) == len({unit for unit, _ in pairs}) == len({name for _, name in pairs})
    sheets = book(export(here, YEAR, Wanted("x.xlsx", incognito=True)).data)
    cells = [str(cell.value) for page in sheets for row in page.iter_rows() for cell in row]
    text = json.dumps([false, cells], ensure_ascii=False)
    for one in plain:
        for name in (one["unit"], one["person"], *(one["verified_by"] or "").split("、")):
            assert not name or name not in text


@pytest.mark.parametrize(
    "wanted", [Wanted("x.doc"), Wanted(format="xlsx"), Wanted(format="nonsense"), Wanted("x.xlsx", template=Path("absent.xlsx"))]
)
def test_what_cannot_be_is_said(here: Context, wanted: Wanted) -> None:
    with pytest.raises(UsageError):
        export(here, YEAR, wanted)


FORM = [
    ["某市报表"],
    ["序号", "检查日期", "企业名称", "隐患内容", "整改责任人", "完成情况", "领导批示"],
    ["1", "", "例", "例", "具体到姓名", "", "例"],
]


def test_a_superiors_form_is_filled_in_and_the_rest_of_it_stays(here: Context, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(xlsx({"表": FORM, "附": [["附表"]]}, ["A1:G1"]))
    made = export(here, YEAR, Wanted("x.xlsx", template=form))
    assert export(here, YEAR, Wanted("x.xlsx", template=form)).data == made.data
    with zipfile.ZipFile(io.BytesIO(made.data)) as parts:
        assert parts.read("docProps/core.xml").count(b">2000-01-01T00:00:00Z</dcterms:") == 2
    found = book(made.data)
    rows = list(found["表"].iter_rows(values_only=True))
    assert rows[0][0] == "某市报表"
    assert len(rows) == 2 + made.count
    assert rows[2][0] == 1
    assert isinstance(rows[2][1], dt.datetime)
    assert all(row[6] is None for row in rows[2:])
    assert found["附"]["A1"].value == "附表"


@pytest.mark.parametrize("rows", [[["甲", "乙"], ["1", "2"]], [*FORM, ["合计"]]])
def test_a_form_without_known_names_or_without_room_is_refused(here: Context, tmp_path: Path, rows: list[list[str]]) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(xlsx({"表": rows}))
    with pytest.raises(UsageError):
        export(here, YEAR, Wanted("x.xlsx", template=form))


def edited(here: Context, file: Path, **cells: object) -> str:
    """Change cells of the first row and give the id of its hazard."""
    found = openpyxl.load_workbook(file)
    page = found["隐患台账"]
    for key, value in cells.items():
        page.cell(4, KEYS.index(key) + 1).value = value  # type: ignore[assignment]
    identity = str(page.cell(4, 1).value)
    found.save(file)
    return identity


@pytest.fixture
def file(here: Context) -> Path:
    place = here.root.parent / "台账.xlsx"
    place.write_bytes(export(here, Words(filters=("state:assigned",)), Wanted("x.xlsx")).data)
    return place


def test_an_export_that_was_not_edited_proposes_nothing(here: Context, file: Path) -> None:
    made = update(here, file)
    assert (made.edits, made.commands, made.exit_code) == ((), (), FINE)
    assert made.rows > 0


def test_edits_come_back_as_commands_and_nothing_is_written(here: Context, file: Path) -> None:
    before = {path: path.read_bytes() for path in here.root.rglob("*.yaml")}
    identity = edited(here, file, site="二楼", rectified_on="2023.9.20", measure="换新 '阀'")
    made = update(here, file)
    assert made.exit_code == FINE
    assert made.commands == (
        f"hazardctl correct {identity} --set 'site=二楼' --reason '…'",
        f"""hazardctl rectify {identity} --date 2023-09-20 -m '换新 '"'"'阀'"'"''""",
    )
    assert {path: path.read_bytes() for path in here.root.rglob("*.yaml")} == before
    text = rendered(sheet(made), "text", Page("zh", 120))
    assert "可提议 3" in text
    assert json.loads(rendered(sheet(made), "json", Page("en", 80)))["commands"] == list(made.commands)


def test_a_day_that_was_edited_is_a_correction_of_the_act_that_has_it(here: Context, tmp_path: Path) -> None:
    file = tmp_path / "closed.xlsx"
    file.write_bytes(export(here, Words(filters=("state:closed",)), Wanted("x.xlsx")).data)
    identity = edited(here, file, verified_by="钱七")
    (command,) = update(here, file).commands
    number = int(shlex.split(command)[4])
    assert shlex.split(command) == ["hazardctl", "correct", identity, "--event", str(number), "--set", "by=钱七", "--reason", "…"]
    made = correct(here, identity, Wish(event=number, sets=("by=钱七",), reason="看错", by=("孙八",), dry_run=True))
    assert [field for field, _, _ in made.changed] == ["by"]
    assert "钱七" in made.diff


@pytest.fixture
def late(here: Context) -> Context:
    """Give the ledger on the last day anything happened in it."""
    return Context(here.root, dt.date(2023, 10, 20), language="zh")


@pytest.fixture
def sent(late: Context) -> Path:
    place = late.root.parent / "台账.xlsx"
    place.write_bytes(export(late, Words(filters=("state:assigned", "grade:general")), Wanted("x.xlsx")).data)
    return place


def test_proposals_are_recorded_on_request_each_judged_by_the_life_cycle(late: Context, sent: Path) -> None:
    found = openpyxl.load_workbook(sent)
    sheet_: Any = found["隐患台账"]
    first, second = (str(sheet_.cell(line, 1).value) for line in (4, 5))
    cells = {"site": "二楼", "rectified_on": "2023-10-18", "measure": "换新", "verified_on": "2023-10-19", "verified_by": "钱七"}
    for line, key, value in (*((4, *pair) for pair in cells.items()), (5, "closed_on", "2023-10-19"), (5, "remark", "催过")):
        sheet_.cell(line, KEYS.index(key) + 1).value = value
    found.save(sent)
    assert update(late, sent).proposals
    with pytest.raises(UsageError, match="reason"):
        applied(late, [sent], "孙八", " ")
    told = applied(late, [sent], "孙八", "照单位回函")
    assert [(one.id, one.verb) for one in told.written] == [
        (first, "correct"), (first, "rectify"), (first, "verify"), (second, "correct"),
    ]  # fmt: skip
    assert [(one.id, one.verb) for one in (refused.proposal for refused in told.refused)] == [(second, "close")]
    assert told.exit_code == FINDINGS
    text = rendered(page(told), "text", Page("zh", 120))
    assert "已写入 4 处，2 条记录" in text
    assert f"没有写入：hazardctl close {second} --date 2023-10-19" in text
    by_id = {entry.record.id: entry.record for entry in load(late.root).hazards}
    assert (by_id[first].site, by_id[second].remark) == ("二楼", "催过")
    assert [(act.do, act.by) for act in by_id[first].history[-2:]] == [("rectify", ("孙八",)), ("verify", ("钱七",))]
    assert [edit.kind for edit in update(late, sent).edits if edit.id == first] == ["same"] * 5


def test_what_was_recorded_is_one_commit_of_its_sender(late: Context, sent: Path) -> None:
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=late.root, check=True)
    edited(late, sent, site="二楼", rectified_on="2023-10-18")
    told = applied(late, [sent], "孙八", "照单位回函", commit=True)
    assert (len(told.written), told.exit_code) == (2, FINE)
    log = subprocess.run(["git", "log", "--format=%h %s"], cwd=late.root, check=True, capture_output=True, text=True).stdout.splitlines()
    assert len(log) == 2
    assert log[0].endswith("读回 台账.xlsx：2 处改动")
    assert told.commit.startswith(log[0].split()[0])
    take_back(late)
    assert [edit.kind for edit in update(late, sent).edits] == ["proposed", "proposed"]


def test_what_the_ledger_has_learnt_since_is_a_conflict(here: Context, file: Path) -> None:
    identity = edited(here, file, site="二楼", remark="同一")
    path = next(here.root.rglob(f"{identity}.yaml"))
    text = path.read_text(encoding="utf-8")
    (site,) = [line for line in text.splitlines() if line.startswith("site:")]
    path.write_text(text.replace(site, "site: 三楼\nremark: 同一"), encoding="utf-8")
    made = update(here, file)
    assert {edit.key: edit.kind for edit in made.edits} == {"site": "conflict", "remark": "same"}
    assert made.exit_code == FINDINGS
    assert made.edits[0].now == "三楼"


def test_what_cannot_be_edited_is_named(here: Context, file: Path) -> None:
    edited(here, file, state="已销号", due="下周")
    found = openpyxl.load_workbook(file)
    page: Any = found["隐患台账"]
    last = page.max_row
    page.cell(last, 1).value = ""
    page.cell(last - 1, 1).value = "YH-20230101-00000"
    found.save(file)
    made = update(here, file)
    assert sorted((edit.key, edit.kind) for edit in made.edits) == [
        ("due", "fixed"), ("id", "fixed"), ("id", "fixed"), ("id", "fixed"), ("id", "fixed"), ("state", "fixed"),
    ]  # fmt: skip
    assert made.commands == ()


@pytest.mark.parametrize("data", [b"a,b\n", xlsx({"隐患台账": [["a"]]}), xlsx({"隐患台账": [["隐患编号"]], "导出时": [["x"]]})])
def test_a_file_of_others_is_no_export(here: Context, tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "x.xlsx"
    place.write_bytes(data)
    with pytest.raises(UsageError):
        update(here, place)
    with pytest.raises(UsageError):
        update(here, tmp_path / "absent.xlsx")
