"""`validate` and `fmt` at the door: exit codes, streams, files beside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from tests.acting import ASSIGN, REGISTER, hazard, ledger

BROKEN = "{date: 2024-03-03, do: close, by: 钱七, reason: rectified}"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-03-25")
    made = ledger(tmp_path)
    monkeypatch.chdir(made)
    return made


def test_validate_ends_in_0_on_a_sound_ledger_and_in_1_on_errors(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    assert called(["validate"]) == 0
    hazard(root, "BBBBB", REGISTER, ASSIGN, BROKEN)
    assert called(["validate", "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert "error[HZ201]" in out
    assert out.rstrip().rsplit("\n", 1)[-1].startswith("4 files checked (2 hazards, 2 units): 1 error, ")
    assert not err


def test_usage_and_an_unreadable_ledger_have_their_codes(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert called(["validate", "--format", "sarif9"]) == 2
    assert called(["validate", "--fail-on", "never"]) == 2
    assert called(["validate", "--write", "json"]) == 2
    assert called(["validate", "--write", "nothing=x"]) == 2
    assert called(["validate", "nowhere"]) == 2
    assert called(["-C", str(tmp_path_factory.mktemp("empty")), "validate"]) == 4
    (root / "hazardctl.yaml").write_text("schema: config/1\ncolour: red\n", encoding="utf-8")
    assert called(["validate"]) == 4
    assert called(["fmt"]) == 4


def test_copies_are_written_beside_the_output(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, BROKEN)
    told, lines = tmp_path / "all.json", tmp_path / "all.txt"
    assert called(["validate", "--write", f"json={told}", "--write", f"concise={lines}"]) == 1
    assert json.loads(told.read_text(encoding="utf-8"))["counts"]["error"] >= 1
    assert "HZ201" in lines.read_text(encoding="utf-8")
    assert "error[HZ201]" in capsys.readouterr().out
    assert called(["validate", "--write", f"json={root / 'hazards' / 'x.json'}"]) == 2


def test_overdue_that_fails_the_check_is_said(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-08-01")
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    assert called(["validate", "--fail-on", "overdue"]) == 1
    assert "逾期未整改 1 项" in capsys.readouterr().err
    assert called(["validate", "--fail-on", "overdue:major"]) == 0


def test_output_is_the_same_twice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, BROKEN)
    for name in ("full", "concise", "json"):
        called(["validate", "--format", name])
        once = capsys.readouterr().out
        called(["validate", "--format", name])
        assert capsys.readouterr().out == once


def test_fmt_check_ends_in_1_while_there_is_work(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    assert called(["fmt", "--check"]) == 0
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert called(["fmt", "--check"]) == 1
    assert called(["fmt", "-n"]) == 0
    assert "+++ hazards/2024/03" in capsys.readouterr().out
    assert called(["fmt", str(path)]) == 0
    assert called(["fmt", "--check"]) == 0
    path.write_text("id: [\n", encoding="utf-8")
    assert called(["fmt"]) == 1


def test_the_sample_ledger_has_no_errors(repository: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = tmp_path / "sample"
    shutil.copytree(repository / "ledger", sample)
    assert called(["-C", str(sample), "validate", "--format", "concise"]) == 0
    assert called(["-C", str(sample), "fmt", "--check"]) == 0
    assert "0" in capsys.readouterr().out
