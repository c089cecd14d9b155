"""`validate` and `fmt` at the door: exit codes, streams, files beside."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.cli.checking import FORMATS
from hazardctl.cli.door import Door
from hazardctl.store.reader import parse
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


def test_what_is_found_today_becomes_the_baseline_and_may_be_shown_all_the_same(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, BROKEN)
    assert called(["validate", "--write-baseline", "-n"]) == 0
    assert "+++ baseline.txt" in capsys.readouterr().out
    assert not (root / "baseline.txt").exists()
    assert called(["validate", "--write-baseline", "--lang", "en"]) == 0
    assert "findings are the baseline now, in baseline.txt" in capsys.readouterr().out
    assert called(["validate"]) == 0
    assert "HZ201" not in capsys.readouterr().out
    assert called(["validate", "--no-baseline"]) == 1
    (root / "baseline.txt").write_text("HZ201\n", encoding="utf-8")
    assert called(["validate"]) == 4


def untidy(root: Path) -> Path:
    """Give a record that is wrong in its layout and in a fact."""
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, BROKEN)
    text = path.read_text(encoding="utf-8").replace("description: 消防通道被货物占用\n", "description: ３号消防通道被货物占用\n")
    path.write_bytes(b"\xef\xbb\xbf---\r\n" + text.replace("\n", "\r\n").encode())
    return path


def test_fix_mends_the_layout_and_never_a_fact(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = untidy(root)
    other = hazard(root, "BBBBB", REGISTER)
    other.write_text(other.read_text(encoding="utf-8").replace("grade: general", 'grade: "general"'), encoding="utf-8")
    before, neighbour = path.read_bytes(), other.read_bytes()
    assert called(["validate", "--format", "concise"]) == 1
    assert {"HZ011", "HZ017", "HZ201", "HZ609"} <= set(re.findall(r"HZ\d{3}", capsys.readouterr().out))
    assert called(["validate", "--fix", "-y", "--format", "concise"]) == 1
    assert set(re.findall(r"HZ\d{3}", capsys.readouterr().out)) >= {"HZ201", "HZ609"}
    after = path.read_bytes()
    assert after.startswith(b"id: ")
    assert b"\r" not in after
    assert parse(after).tree == parse(before).tree
    assert other.read_bytes() == neighbour, "only files a rule about layout names are touched"


def test_fix_shows_what_it_would_do_and_asks_before_it_does(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = untidy(root)
    before = path.read_bytes()
    assert called(["validate", "--fix"]) == 2
    assert "-y" in capsys.readouterr().err
    assert called(["validate", "--fix", "-n"]) == 0
    assert "+++ hazards/2024/03" in capsys.readouterr().out
    monkeypatch.setattr(Door, "interactive", True)
    for answer in ("n\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert called(["validate", "--fix"]) == 0
        assert path.read_bytes() == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert called(["validate", "--fix"]) == 1
    assert path.read_bytes() != before
    assert called(["validate", "--fix", "-y", str(root / "units")]) == 0
    assert called(["validate", "--fix", "-n"]) == 0


def test_every_format_goes_to_a_file_beside_the_page(root: Path, tmp_path: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, BROKEN)
    files = {name: tmp_path / f"out.{name}" for name in FORMATS.split("|")}
    assert called(["validate", *(part for name, file in files.items() for part in ("--write", f"{name}={file}"))]) == 1
    assert all("HZ201" in file.read_text(encoding="utf-8") for file in files.values())
