"""`export --format parquet` and `report --data`, as people call them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.ops.reporting.names import REPORTS

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
PERIOD: Final = ("-p", "2023H1", "--as-of", "2023-06-30")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with a ledger in it, and stand in it."""
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = called(["--lang", "en", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_ledger_goes_out_and_is_asked_there(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "export", "--format", "parquet", "-o", "data")
    assert (code, out) == (0, "written to data: ledgers 1, records 445, of them hazards 109\n")
    assert (here / "data/_ledgers").is_dir()
    for words in (("report", *PERIOD), ("report", "league", *PERIOD, "--format", "json"), ("explain", "rate", *PERIOD, "-v")):
        plain, asked = said(capsys, *words), said(capsys, *words, "--data", "data")
        assert plain[:2] == asked[:2]
        assert plain[0] == 0


def test_a_data_set_is_asked_where_there_is_no_ledger(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "export", "--format", "parquet", "-o", "../data")
    (here / "elsewhere").mkdir()
    monkeypatch.chdir(here / "elsewhere")
    code, out, _ = said(capsys, "report", *PERIOD, "--data", str(here.parent / "data"), "--engine", "DuckDB", "--format", "json")
    assert (code, json.loads(out)["found"] > 0) == (0, True)


def test_several_ledgers_go_into_one_data_set(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SAMPLE, here / "other@home")
    (here / "other@home" / "units" / "spoilt.yaml").write_text("id: [", encoding="utf-8")
    towns = "schema: rollup/1\nledgers:\n- {key: a, source: ledger}\n- {key: b, source: other@home}\n- {key: c, source: nowhere}\n"
    (here / "rollup.yaml").write_text(towns, encoding="utf-8")
    code, out, err = said(capsys, "export", "--format", "parquet", "-o", "data", "--ledger", "rollup.yaml")
    assert (code, out) == (1, "written to data: ledgers 2, records 890, of them hazards 218\n")
    assert "b: units/spoilt.yaml cannot be read" in err
    assert "c: not written: there is neither a folder nor a git repository at nowhere" in err
    code, out, _ = said(capsys, "report", *PERIOD, "--data", "data", "--ledger-key", "a", "--format", "json")
    one = json.loads(out)["found"]
    assert code == 0
    code, out, _ = said(capsys, "report", *PERIOD, "--data", "data", "--format", "json")
    assert (code, json.loads(out)["found"]) == (1, 2 * one)
    assert "b:units/spoilt.yaml" in out


def test_a_revision_goes_out_as_git_knows_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
        subprocess.run(["git", *words], check=True)
    shutil.rmtree(here / "ledger" / "hazards")
    assert said(capsys, "export", "--format", "parquet", "-o", "data", "--known-at", "HEAD")[1].endswith("of them hazards 109\n")
    assert said(capsys, "export", "--format", "parquet", "-o", "data", "--ledger", "ledger@HEAD")[1].endswith("of them hazards 109\n")
    assert said(capsys, "export", "--format", "parquet", "-o", "data")[1].endswith("of them hazards 0\n")


@pytest.mark.parametrize(
    ("words", "code", "what"),
    [
        (("export", "--format", "parquet"), 2, "written as a folder"),
        (("export", "--format", "parquet", "-o", "list.txt"), 2, "is no folder"),
        (("export", "--format", "parquet", "-o", "ledger/hazards/data"), 2, "record folder"),
        (("export", "--format", "parquet", "-o", "ledger"), 2, "record folder"),
        (("export", "--format", "parquet", "-o", "d", "is:open"), 2, "the whole ledger"),
        (("export", "--format", "parquet", "-o", "d", "--as-of", "2023-01-01"), 2, "the whole ledger"),
        (("export", "--format", "parquet", "-o", "d", "--ledger", "ledger", "--period", "2023"), 2, "the whole ledger"),
        (("export", "--format", "parquet", "-o", "d", "--incognito"), 2, "no --incognito"),
        (("export", "--format", "parquet", "-o", "d", "--ledger-key", "a/b"), 2, "cannot name a ledger"),
        (("export", "--format", "parquet", "-o", "d", "--ledger-key", "a", "--ledger", "ledger"), 2, "names one ledger"),
        (("export", "--format", "parquet", "-o", "d", "--ledger", "ledger", "--ledger", "./ledger"), 2, "listed twice"),
        (("export", "--format", "parquet", "-o", "d", "--engine", "dask"), 2, "no export engine"),
        (("export", "-o", "d.xlsx", "--ledger", "ledger"), 2, "go with --format parquet"),
        (("export", "--format", "parket"), 2, "parquet"),
        (("report", "--data", "none"), 4, "is no data set"),
        (("report", "--data", "data", "--engine", "sqlite"), 2, "there are: duckdb, spark"),
        (("report", "--engine", "duckdb"), 2, "--data DIR"),
        (("report", "--ledger-key", "a"), 2, "--data DIR"),
        (("report", "--data", "data", "--ledger", "ledger"), 2, "not both"),
        (("report", "--data", "data", "--ledger-key", "zz"), 2, "no ledger"),
        (("report", "--data", "data", "--known-at", "HEAD"), 2, "one moment"),
        *(
            (("report", name, "--data", "data"), 2, "a data set gives: summary, official, league")
            for name, one in REPORTS.items()
            if one.by_files
        ),
        (("explain", "rate", "--data", "data", "--known-at", "HEAD"), 2, "one moment"),
        (("explain", "rate", "--data", "data", "--blame"), 2, "reads the files"),
    ],
)
def test_nonsense_is_refused_in_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, what: str
) -> None:
    (here / "list.txt").write_text("", encoding="utf-8")
    if "data" in words:
        called(["export", "--format", "parquet", "-o", "data"])
        capsys.readouterr()
    got, out, err = said(capsys, *words)
    assert (got, out) == (code, "")
    assert what in err
    assert "Traceback" not in err


def test_a_ledger_is_named_by_its_region_else_by_its_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "towns" / "North 1").mkdir(parents=True)
    (here / "towns" / "North 1" / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    for folder in ("towns/North 1", "ledger"):
        assert said(capsys, "-C", folder, "export", "--format", "parquet", "-o", "data")[0] == 0
    assert sorted(json.loads(one.read_bytes())["key"] for one in (here / "data/_ledgers").glob("*.json")) == ["north-1", "qingshan"]
