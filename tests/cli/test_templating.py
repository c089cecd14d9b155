"""The work summary and its sentences from the command line: streams, copies, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.reports.narrative.outline import SECTIONS
from tests import worked


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the worked example on the last day of its June."""
    worked.write(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    monkeypatch.setenv("HAZARDCTL_LANG", "zh")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> tuple[str, str]:
    assert called(words) == code, capsys.readouterr().err
    out, err = capsys.readouterr()
    return out, err


def test_the_shipped_sentences_are_an_office_s_own_when_put_into_its_file(capsys: pytest.CaptureFixture[str], ledger: Path) -> None:
    before, _ = said(capsys, "report", "总结", "-p", "H1")
    copied, err = said(capsys, "template", "overall", "sector")
    assert err == ""
    (ledger / "templates").mkdir()
    (ledger / "templates" / "narrative.zh.txt").write_text(copied, encoding="utf-8")
    after, _ = said(capsys, "report", "总结", "-p", "H1")
    assert after.replace("句子采用 templates/narrative.zh.txt\n", "") == before
    listed, _ = said(capsys, "template", "--format", "json")
    rows = json.loads(listed)["sections"]
    assert [row["section"] for row in rows] == [*SECTIONS]
    assert [row["section"] for row in rows if row["from_zh"] == "templates/narrative.zh.txt"] == ["overall", "sector"]


@pytest.mark.parametrize("command", [("report", "narrative", "-p", "H1"), ("template",)])
def test_faults_end_in_lines_and_an_exit_code(capsys: pytest.CaptureFixture[str], ledger: Path, command: tuple[str, ...]) -> None:
    (ledger / "templates").mkdir()
    (ledger / "templates" / "narrative.en.txt").write_text("== risk ==\n{a.b}\n{\n", encoding="utf-8")
    out, err = said(capsys, *command, code=4)
    assert out == ""
    assert "templates/narrative.en.txt:2:1: " in err
    assert "templates/narrative.en.txt:3:1: " in err


def test_strict_refuses_a_gap(capsys: pytest.CaptureFixture[str], ledger: Path) -> None:
    said(capsys, "report", "narrative", "-p", "H1", "--strict")
    tally = (
        "id: TJ-20240630-2JW9D\nschema: tally/1\ndate: 2024-06-30\nperiod: 2024H1\nscope: {}\npreset: unknown\n"
        "figures: [{measure: warnings.issued, missing: true}]\nsource: {title: 半年总结}\nby: 李四\n"
    )
    place = ledger / "tallies" / "2024" / "06" / "TJ-20240630-2JW9D.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(tally, encoding="utf-8")
    out, _ = said(capsys, "report", "narrative", "-p", "H1", "--strict", code=1)
    assert "发出预警信息∅条" in out
    said(capsys, "report", "narrative", "-p", "H1")


def test_options_of_other_reports_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = said(capsys, "report", "narrative", "-g", "sector", code=2)
    assert "--group-by" in err


def test_a_section_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    _, err = said(capsys, "template", "sectors", code=2)
    assert "sector" in err
