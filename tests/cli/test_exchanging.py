"""`import` at the command line: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.errors import FINDINGS, FINE

HEAD = "检查时间,受检单位,隐患描述,隐患等级,整改期限\n"
GOOD = "2026-03-05,XX纸业,消防通道被占用,一般,2026-03-20\n"
ASKED = "3月6日,XX纸业,灭火器过期,一般,2026-03-20\n"
MAP = """\
schema: import/1
columns: {检查时间: found_on, 受检单位: unit, 隐患描述: description, 隐患等级: grade, 整改期限: history.assign.due}
set: {source: patrol, sector: fire, found_by_org: XX纸业}
new_units: {"*": {kind: enterprise, sector: industry}}
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(MAP, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2026-03-31")
    return tmp_path


def table(place: Path, *rows: str) -> str:
    (place / "t.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return "t.csv"


def written(place: Path) -> list[Path]:
    return sorted(place.glob("hazards/*/*/*.yaml"))


def test_a_table_without_open_points_is_written_and_ends_well(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["import", table(place, GOOD), "--map", "m.yaml", "--new-units"]) == FINE
    assert len(written(place)) == 1
    assert "已写入 1 条隐患" in capsys.readouterr().out


def test_a_row_that_waits_ends_in_findings_and_the_others_are_written(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["import", table(place, GOOD, ASKED), "--map", "m.yaml", "--new-units", "--lang", "en"]) == FINDINGS
    out = capsys.readouterr().out
    assert "the year is missing" in out
    assert "1 hazards written" in out
    assert called(["import", "t.csv", "--map", "m.yaml", "--new-units", "--assume-year", "2026"]) == FINE
    assert len(written(place)) == 2


def test_a_dry_run_writes_no_record_and_reports_to_files(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["import", table(place, GOOD, ASKED), "--map", "m.yaml", "-n", "--report", "r.csv", "--rejects", "rest.csv", "--format", "json"]
    assert called(words) == FINDINGS
    assert json.loads(capsys.readouterr().out)["counts"] == {
        "imported": 0, "merged": 0, "duplicate": 0, "asked": 2, "refused": 0, "skipped": 0, "rows": 2, "records": 0,
    }  # fmt: skip
    assert not written(place)
    assert (place / "r.csv").read_text(encoding="utf-8-sig").count("\n") == 6
    assert (place / "rest.csv").read_text(encoding="utf-8-sig").splitlines()[0] == f"{HEAD.strip()},原表行,未导入原因"


@pytest.mark.parametrize(
    "words",
    [
        ["absent.csv"],
        ["."],
        ["t.csv", "--map", "absent.yaml"],
        ["t.csv", "--map", "t.csv"],
        ["t.csv", "--immediate", "maybe"],
        ["t.csv", "--format", "tei"],
        ["t.csv", "--encoding", "x"],
        ["t.csv", "--delimiter", "x"],
        ["t.csv", "--assume-year", "25"],
        ["t.csv", "-n", "--map", "m.yaml", "--report", "hazards/r.csv"],
        ["t.csv", "--commit", "--map", "m.yaml", "--new-units"],
        [],
    ],
)
def test_words_that_are_off_end_in_two(place: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    table(place, GOOD)
    assert called(["import", *words]) == 2
    assert capsys.readouterr().err
    assert not written(place)


def test_where_there_is_no_ledger_it_ends_in_four(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called(["import", table(tmp_path, GOOD)]) == 4


def test_a_table_of_another_kind_is_named_by_its_kind(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    (place / "u.csv").write_text("单位名称,单位性质,行业\nYY木业,企业,工贸\n甲店,何种,工贸\n", encoding="utf-8")
    assert called(["import", "u.csv", "--kind", "单位", "--format", "json"]) == FINDINGS
    body = json.loads(capsys.readouterr().out)
    schema = json.loads((Path(__file__).parents[2] / "schemas" / "import.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(body)
    assert (body["kind"], body["counts"]["imported"], body["counts"]["asked"]) == ("unit", 1, 1)
    assert len(list(place.glob("units/*/*/DW-*.yaml"))) == 1
    assert called(["import", "u.csv", "--kind", "unit", "--lang", "en"]) == FINDINGS
    assert "no new unit records" in capsys.readouterr().out
    assert called(["import", "u.csv", "--kind", "party"]) == 2


def test_the_ledger_goes_out_by_the_suffix_of_the_file_and_comes_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["import", table(place, GOOD), "--map", "m.yaml", "--new-units", "--lang", "en"]) == FINE
    assert called(["export", "-o", "out.xlsx", "--lang", "en"]) == FINE
    assert "1 hazards written to out.xlsx" in capsys.readouterr().err
    assert called(["import", "out.xlsx", "--update", "--lang", "en"]) == FINE
    assert "0 cells edited" in capsys.readouterr().out
    assert called(["export", "--format", "csv", "--lang", "zh"]) == FINE
    assert "隐患编号" in capsys.readouterr().out
    assert called(["export", "-o", "out.doc"]) == 2


@pytest.mark.parametrize(
    "words", [["--map", "m.yaml"], ["--header", "3"], ["--kind", "unit", "--set", "a=b"], ["--report", "r.csv"], ["--new-units"]]
)
def test_what_says_how_a_table_is_read_is_refused_where_an_export_comes_back(
    place: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(["export", "-o", "out.xlsx"]) == FINE
    assert called(["import", "out.xlsx", "--update", *words]) == 2
    said = capsys.readouterr().err
    assert all(word in said for word in words if word.startswith("--"))
    assert called(["import", "out.xlsx", "--update", *words, "--lang", "en"]) == 2
    assert "--update" in capsys.readouterr().err
    assert not (place / "r.csv").exists()


@pytest.mark.parametrize("words", [["--apply"], ["--reason", "核实"], ["-y"]])
def test_what_records_edits_is_refused_where_none_come_back(place: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["import", table(place, GOOD), "--map", "m.yaml", "--new-units", *words]) == 2
    assert "--update" in capsys.readouterr().err
    assert not list(place.glob("hazards/**/*.yaml"))


def test_what_lies_beside_an_open_workbook_does_not_come_back(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["export", "-o", "out.xlsx"]) == FINE
    (place / "~$out.xlsx").write_bytes((place / "out.xlsx").read_bytes())
    assert called(["import", "~$out.xlsx", "--update"]) == 2
    assert "不是表" in capsys.readouterr().err
    (place / "folder.xlsx").mkdir()
    assert called(["import", "folder.xlsx", "--update"]) == 2
    assert "不是普通文件" in capsys.readouterr().err
