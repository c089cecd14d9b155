"""`claims check` at the door: exit codes, no ledger, words that are none."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.cli.app import called


@pytest.fixture
def summary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "总结.txt").write_text("2023年上半年小结\n\n查出隐患30处，已整改31处。\n", encoding="utf-8")
    return "总结.txt"


def test_outside_a_ledger_a_text_is_held_against_itself(summary: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["claims", "check", summary]) == 1
    said = capsys.readouterr().out
    assert "总结.txt:3:10: HZ506" in said
    assert "没有与台账比对" in said


def test_in_english_it_says_the_same(summary: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["claims", "check", summary, "--no-ledger", "-v", "--lang", "en"]) == 1
    said = capsys.readouterr().out
    assert "31 rectified, more than the 30 found" in said
    assert "1 other numbers" in said


def test_a_text_without_contradictions_is_fine(summary: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(summary).write_text("一切照旧。\n", encoding="utf-8")
    assert called(["claims", "check", summary, "--no-ledger"]) == 0
    assert "没有找到可核对的数字" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["claims", "chek", "总结.txt"], ["claims", "check", "没有.txt"], ["claims", "check", "总结.pdf"], ["claims", "check"]]
)
def test_what_cannot_be_is_refused(words: list[str], summary: str) -> None:
    assert called(words) == 2
