"""Several files in one call: each with columns of its own, one plan, one summary with a line a file, one step back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.cli.app import called
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.exchange.delimited import csv_of
from hazardctl.model.kinds import Kind
from hazardctl.ops import import_known
from hazardctl.ops.context import Context
from hazardctl.ops.import_ import run, run_all
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import keep
from hazardctl.ops.import_several import sheet
from hazardctl.ops.import_sheet import sheet as single
from hazardctl.ops.undo import take_back
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Table
from hazardctl.store.load import load
from tests.exchange.test_workbook import xlsx
from tests.ops.test_import import registered
from tests.ops.test_import_workbooks import HEAD, ROW

EAST = [HEAD, ROW, [*ROW[:4], "灭火器过期", *ROW[5:]]]
WEST_HEAD = ["问题描述", "部位", "受检单位", "检查时间", "隐患等级", "行业领域", "隐患来源", "检查单位", "整改时限"]


def west(description: str, day: str = "2026-03-06", unit: str = "xx-paper") -> list[str]:
    """Give a row of a town whose table has other columns in another order."""
    return [description, "二车间", unit, day, "一般", "工贸", "执法检查", "qingshan-office", "2026-03-20"]


@pytest.fixture
def here(tmp_path: Path) -> Context:
    """Give a ledger with its units and no hazard."""
    return registered(tmp_path / "ledger")


def sent(here: Context, **rows: list[list[str]]) -> list[Path]:
    """Write a file a town: a workbook for `east`, csv for the others."""
    found: list[Path] = []
    for name, table in rows.items():
        found.append(here.root.parent / (f"{name}.xlsx" if name == "east" else f"{name}.csv"))
        found[-1].write_bytes(xlsx({"台账": table}) if name == "east" else csv_of(table))
    return found


def asked(files: list[Path], **more: Any) -> list[Asked]:  # noqa: ANN401
    """Ask for files as the command does."""
    return [Asked(file, by="李四", **more) for file in files]


def test_columns_are_matched_file_by_file_and_everything_is_one_write(here: Context) -> None:
    files = sent(here, east=EAST, west=[WEST_HEAD, west("疏散指示灯损坏"), west("电线裸露")])
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=here.root, check=True)
    first, second = run_all(here, asked(files, commit=True))
    assert (first.count("imported"), second.count("imported")) == (2, 2)
    assert first.commit == second.commit
    log = subprocess.run(["git", "log", "--format=%s"], cwd=here.root, check=True, capture_output=True, text=True).stdout.splitlines()
    assert log == ["从 east.xlsx、west.csv 导入 4 条隐患", "x"]
    assert len(load(here.root).hazards) == 4
    take_back(here)
    assert len(load(here.root).hazards) == 0


def test_a_row_that_a_file_before_has_is_known_by_its_file_and_line(here: Context) -> None:
    files = sent(here, east=EAST, west=[WEST_HEAD, ["灭火器过期", "一车间", "xx-paper", "2026-03-05", *west("")[4:]], west("电线裸露")])
    _, second = run_all(here, asked(files))
    told = [(outcome.fate, outcome.of.say("en") if outcome.of else "") for outcome in second.outcomes]
    assert told == [("duplicate", "east.xlsx: “台账” line 3"), ("imported", "")]
    again = run_all(here, asked([*files, files[1]]))
    assert [one.records for one in again] == [0, 0, 0]
    assert "there were no new hazards to write" in rendered(sheet(again), "text", Page("en", 100))


def test_a_dry_run_says_the_same_and_writes_nothing(here: Context) -> None:
    files = sent(here, east=EAST, west=[WEST_HEAD, west("电线裸露"), west("叉车证过期", day="某日")])
    dry = run_all(here, asked(files, dry_run=True))
    assert len(load(here.root).hazards) == 0
    real = run_all(here, asked(files))
    assert [[outcome.fate for outcome in one.outcomes] for one in dry] == [[outcome.fate for outcome in one.outcomes] for one in real]
    assert [one.exit_code for one in real] == [FINE, FINDINGS]


def test_units_made_for_one_file_are_units_of_the_next(here: Context) -> None:
    mapping = here.root.parent / "m.yaml"
    columns = (
        "{问题描述: description, 部位: site, 受检单位: unit, 检查时间: found_on, 隐患等级: grade, 行业领域: sector, 隐患来源: source, "
    )
    columns += "检查单位: found_by_org, 整改时限: history.assign.due}"
    mapping.write_text(f'schema: import/1\ncolumns: {columns}\nnew_units: {{"*": {{kind: enterprise}}}}\n', encoding="utf-8")
    files = sent(here, north=[WEST_HEAD, west("电线裸露", unit="YY木业")], south=[WEST_HEAD, west("通道堵塞", unit="YY木业")])
    first, second = run_all(here, asked(files, map=mapping, new_units=True))
    assert (len(first.units), len(second.units)) == (1, 0)
    assert len({entry.record.unit for entry in load(here.root).hazards}) == 1


def test_each_file_may_have_a_mapping_of_its_own(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-03-31")
    files = sent(here, north=[["甲", *WEST_HEAD[1:]], west("电线裸露")], south=[["乙", *WEST_HEAD[1:]], west("通道堵塞")])
    rest = "部位: site, 受检单位: unit, 检查时间: found_on, 隐患等级: grade, 行业领域: sector, 隐患来源: source, 检查单位: found_by_org"
    maps = [here.root.parent / f"{name}.yaml" for name in ("甲", "乙")]
    for place in maps:
        place.write_text(f"schema: import/1\ncolumns: {{{place.stem}: description, {rest}}}\n", encoding="utf-8")
    words = ["-C", str(here.root), "import", *map(str, files), *map(str, files), "--by", "李四"]
    assert called([*words, "--map", str(maps[0]), "--map", str(maps[1])]) == 2  # four files, two mappings
    del words[3:5]
    assert called([*words, "--map", str(maps[1]), "--map", str(maps[0])]) == 2  # each for the other's file
    assert called([*words, "--map", str(maps[0]), "--map", str(maps[1])]) == FINE
    assert {entry.record.description for entry in load(here.root).hazards} == {"电线裸露", "通道堵塞"}


def test_what_is_wrong_with_files_is_said_of_all_of_them_and_nothing_is_written(here: Context) -> None:
    good, odd = sent(here, east=EAST, west=[[*WEST_HEAD, "发现日期"], [*west("电线裸露"), "2026-03-06"]])
    missing = here.root.parent / "absent.csv"
    with pytest.raises(UsageError) as told:
        run_all(here, asked([good, missing, here.root]))
    lines = told.value.lines("en")
    assert lines[0].startswith("absent.csv: ")
    assert any(line.startswith("ledger: ") for line in lines[1:])
    with pytest.raises(UsageError, match=r"west\.csv"):
        run_all(here, asked([good, odd]))
    assert len(load(here.root).hazards) == 0
    with pytest.raises(UsageError) as alone:
        run(here, asked([missing])[0])
    assert not str(alone.value).startswith("absent.csv: ")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_summary_has_a_line_a_file_and_places_by_file_and_line(here: Context, language: Any) -> None:  # noqa: ANN401
    files = sent(here, east=EAST, west=[WEST_HEAD, west("电线裸露"), west("叉车证过期", day="某日")])
    made = sheet(run_all(here, asked(files, dry_run=True)))
    texts = [rendered(made, "text", Page(language, width)) for width in (40, 100)]
    assert all("west.csv:3" in text and "east.xlsx" in text for text in texts)
    files_ = made.table("files")
    assert isinstance(files_, Table)
    assert [row[0] for row in files_.rows[:2]] == ["east.xlsx", "west.csv"]
    assert [row[1:] for row in files_.rows] == [(2, 2, 0, 0, 0, 0, 0, 2), (2, 1, 0, 0, 1, 0, 0, 1), (4, 3, 0, 0, 1, 0, 0, 3)]


def test_report_and_rejects_name_the_file(here: Context) -> None:
    files = sent(here, east=[HEAD, ROW, [ROW[0], "某日", *ROW[2:]]], west=[WEST_HEAD, west("叉车证过期", day="某日")])
    results = run_all(here, asked(files))
    report, rejects = here.root.parent / "r.csv", here.root.parent / "rest.xlsx"
    keep(here.root, results, report, rejects, "en")
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("file,sheet,line,")
    assert {line.split(",")[0] for line in lines[1:]} == {"east.xlsx", "west.csv"}
    book = openpyxl.load_workbook(rejects)
    assert book.sheetnames == ["east 台账", "west"]
    repaired: Any = book["west"]
    repaired.cell(2, 1 + WEST_HEAD.index("检查时间")).value = "2026-03-06"
    book.save(rejects)
    assert run(here, asked([rejects])[0]).count("imported") == 1


def test_at_the_command_line(here: Context, repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema: Any = pytest.importorskip("jsonschema")
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-03-31")
    files = [str(file) for file in sent(here, east=EAST, west=[WEST_HEAD, west("电线裸露"), west("叉车证过期", day="某日")])]
    words = ["-C", str(here.root), "import", *files, "--by", "李四"]
    assert called([*words, "-n", "--format", "json"]) == FINDINGS
    body = json.loads(capsys.readouterr().out)
    for name, part in (("imports", body), *(("import", one) for one in body["files"])):
        schema = json.loads((repository / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator(schema).validate(part)
    assert body["counts"]["records"] == 3
    assert called([*words, "--rejects", "rest.csv"]) == 2
    assert called([*words, "--update"]) == 2
    assert not load(here.root).hazards
    assert called([*words, "--lang", "en"]) == FINDINGS
    assert "3 hazards written" in capsys.readouterr().out
    assert called(["-C", str(here.root), "import", files[0]]) == FINE


def test_files_of_one_name_are_told_apart_by_their_folders(here: Context) -> None:
    files: list[Path] = []
    for town in ("liulin", "shiqiao"):
        files.append(here.root.parent / town / "台账.csv")
        files[-1].parent.mkdir()
        files[-1].write_bytes(csv_of([WEST_HEAD, west(f"{town}疏散指示灯损坏"), west("电线裸露", day="没有写")]))
    made = run_all(here, asked(files, dry_run=True))
    text = rendered(sheet(made), "text", Page())
    assert all(file.parent.name in text for file in files)
    assert [one.asked.name for one in made] == [str(file) for file in files]
    assert [row[0] for block in sheet(made).blocks if isinstance(block, Table) and block.key == "files" for row in block.rows][:2] == [
        str(file) for file in files
    ]


@pytest.mark.parametrize("kind", ["hazard", "unit"])
def test_what_the_ledger_knows_is_gathered_once_for_all_files(here: Context, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    first = import_known.known

    def counted(*given: *tuple[Any, Kind, Any]) -> import_known.Known:
        made.append(given[1].name)
        return first(*given)

    monkeypatch.setattr("hazardctl.ops.import_.known", counted)
    if kind == "hazard":
        files = sent(here, **{f"t{n}": [WEST_HEAD, west(f"电线裸露{'甲乙丙'[n]}"), west("灯不亮")] for n in range(3)})
    else:
        names = ["单位编号", "单位名称", "单位性质"]
        files = sent(here, **{f"t{n}": [names, [f"mill-{n}", f"面粉{'一二三'[n]}厂", "企业"], ["oil", "榨油厂", "企业"]] for n in range(3)})
    results = run_all(here, asked(files, kind=kind, dry_run=True))
    assert made == [kind]
    assert [result.count("imported") for result in results] == [2, 1, 1]
    assert [[one.of.say("en") for one in result.outcomes if one.of] for result in results] == [[], ["t0.csv: line 3"], ["t0.csv: line 3"]]


@pytest.mark.parametrize("several", [False, True])
def test_a_hidden_sheet_is_left_out_and_told(here: Context, several: bool) -> None:
    files = sent(here, east=EAST, west=[WEST_HEAD, west("电线裸露")])
    files[0].write_bytes(xlsx({"台账": EAST, "旧台账": EAST, "通讯录": [["姓名", "电话"], ["张三", "1"]]}, hidden=["旧台账"]))
    results = run_all(here, asked(files[: 1 + several], dry_run=True))
    zh, en = (rendered(sheet(results) if several else single(results[0]), "text", Page(say, 140)) for say in ("zh", "en"))
    name = "east.xlsx：" if several else ""
    assert f"{name}没有读的工作表：“通讯录”（要读用 --sheet）" in zh
    assert f"{name}没有读的隐藏工作表：“旧台账”（要读用 --sheet）" in zh
    assert "hidden sheets, not read: “旧台账” (--sheet reads one)" in en


@pytest.mark.parametrize("name", ["~$台账.xlsx", ".~台账.xlsx"])
def test_what_lies_beside_an_open_workbook_is_no_table(here: Context, name: str) -> None:
    files = sent(here, east=EAST)
    beside = files[0].with_name(name)
    beside.write_bytes(b"\x05admin")
    with pytest.raises(UsageError) as failure:
        run_all(here, asked([*files, beside], dry_run=True))
    assert failure.value.lines("zh") == [
        f"{name}：“{name}”不是表，是表格软件开着工作簿时放在旁边的文件",
        "写明要导入的文件，或关掉表格软件",
    ]


def test_tables_with_the_same_columns_share_one_mapping_file(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(here.root.parent)
    months = [f"{month}月" for month in range(1, 6)]
    head = [name for name in HEAD if name != "行业领域"]
    for number, month in enumerate(months):
        row = [text if name != "隐患描述" else f"{month}漏油" for name, text in zip(HEAD, ROW, strict=True) if name != "行业领域"]
        Path(f"{month}.xlsx").write_bytes(xlsx({month: [*([[f"{month}台账"]] * (number % 2)), head, row]}))
    Path("西镇.csv").write_bytes(csv_of([WEST_HEAD, west("电线裸露")]))
    files = [*(Path(f"{month}.xlsx") for month in months), Path("西镇.csv")]
    results = run_all(here, asked(files, dry_run=True))
    assert sorted(Path().glob("*.map.yaml")) == [Path("1月.map.yaml"), Path("西镇.map.yaml")]
    place = Path("1月.map.yaml")
    assert [result.mapping for result in results] == [place] * 5 + [Path("西镇.map.yaml")]
    foot = [line.say("zh") for line in sheet(results).foot]
    assert foot[1:] == [
        "映射文件已生成：1月.map.yaml，改好后加 --map 再运行（5 个文件的列相同，共用这一个）",
        "映射文件已生成：西镇.map.yaml，改好后加 --map 再运行",
    ]
    text = place.read_text(encoding="utf-8")
    assert text.startswith("# 1月.xlsx 2月.xlsx 3月.xlsx …：")
    assert "\nfile: {}\n" in text
    place.write_text(text.replace('sector: "?"', "sector: 工贸"), encoding="utf-8")
    again = run_all(here, asked(files[:5], map=place))
    assert [result.count("imported") for result in again] == [1] * 5
    assert [line.say("en") for line in sheet(run_all(here, asked(files[:2], dry_run=True))).foot][1:] == [
        "the mapping file 1月.map.yaml was there and is untouched; --map uses it (2 files have the same columns: one for all of them)"
    ]
