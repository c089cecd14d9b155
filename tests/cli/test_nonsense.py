"""Nonsense in every option of every writing command: an exit code of the table, one fault a line, never a trace (EXPERIENCE 4.2)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.cli.app import called
from hazardctl.cli.program import LOOP, MENDING, REGISTERING, app
from tests.acting import ASSIGN, REGISTER, hazard, ledger

CODES = {0, 1, 2, 3, 4, 5}
WRITING = [*REGISTERING, *LOOP, *MENDING]
ODD = [
    "", " ", "\x00", "\x1b[2J", "\u202e", "\ud800", "{0}", "%s", "[/]", "-", "=x", "-1", "9" * 40, "a" * 9000, "../../x", "是",
    "2024-02-30", "26/1/1", "99999d", "[{", "a: b", "'\"", "\n", "😀",
]  # fmt: skip
LOOSE = [*WRITING, "AAAAA", "--due", "--to", "xx-paper", "-m", "--by", "-n", "--pass", "--reason", "15d"]


def options(name: str) -> list[Any]:
    """Give the options of a command that take a value."""
    group: Any = typer.main.get_command(app)
    command = group.get_command(None, name)
    return [param for param in command.params if param.param_type_name == "option" and not param.is_flag]


def checked(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Run a call and hold what it says against the promises."""
    code = called(words)
    said = capsys.readouterr()
    assert code in CODES, (words, said.err)
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err + said.out
    assert (code == 0) or said.err.strip()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = ledger(tmp_path)
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    monkeypatch.setenv("HAZARDCTL_ACTOR", "孙八")
    return root


@pytest.mark.parametrize("name", WRITING)
def test_nonsense_in_every_option_is_an_expected_failure(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ids = [] if name in {"add", "undo"} else ["AAAAA"]
    for place, option in enumerate(options(name)):
        for text in ODD[place % 4 :: 4]:  # each option meets a quarter of them, each of them a quarter of the options
            checked([name, *ids, f"{max(option.opts, key=len)}={text}", "-n", "--lang", "zh" if place % 2 else "en"], capsys)


@pytest.mark.parametrize("name", WRITING)
def test_nonsense_as_an_id_is_an_expected_failure(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in [*ODD[::3], "AAAAA AAAAA", "AAAA", "A"]:
        if text != "-":
            checked([name, text, "-n"], capsys)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=30)
@given(words=st.lists(st.one_of(st.sampled_from(LOOSE), st.text(max_size=8)), max_size=7))
def test_words_in_any_order_are_an_expected_failure(words: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if "-" in words or any("from" in word for word in words):
        return
    checked([*words, "-n"], capsys)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["note", "AAAAA", "-m", "x"], 0),
        (["note", "ZZZZZ", "-m", "x"], 2),
        (["note", "AAAAA"], 2),
        (["close", "AAAAA"], 3),
        (["correct", "AAAAA", "--set", "site=二号", "--reason", "r"], 0),
        (["correct", "AAAAA", "--event", "x"], 2),
        (["correct", "AAAAA", "--set", "date=2024-02-01", "--event", "2", "--reason", "r"], 3),
        (["undo", "-n"], 2),
        (["note", "AAAAA", "-m", "x", "--commit"], 2),
        (["note", "BADXX", "-m", "x"], 4),
        (["add", "-u", "xx-paper", "-m", "x"], 0),
        (["add"], 2),
        (["add", "--from", "none.csv"], 2),
        (["add", "--from", "."], 2),
        (["add", "--from", "none.csv", "-u", "xx-paper"], 2),
        (["-C", "/nowhere", "note", "AAAAA", "-m", "x"], 4),
    ],
)
def test_each_end_has_its_code(words: list[str], code: int, here: Path) -> None:
    (here / "hazards/2024/03/YH-20240301-BADXX.yaml").write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert called(words) == code


def test_an_invalid_configuration_is_four(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "hazardctl.yaml").write_text("schema: config/1\nno_such: x\n", encoding="utf-8")
    assert called(["note", "AAAAA", "-m", "x"]) == 4
    assert "no_such" in capsys.readouterr().err


def test_ids_come_from_standard_input(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import io

    hazard(here, "BBBBB", REGISTER)
    monkeypatch.setattr("sys.stdin", io.StringIO("AAAAA\n\n YH-20240301-BBBBB\n"))
    assert called(["note", "-", "-m", "催办"]) == 0
    assert [line[:5] for line in capsys.readouterr().out.splitlines()] == ["AAAAA", "BBBBB"]


@pytest.mark.parametrize("columns", ["40", "60", "140"])
def test_an_id_is_never_cut(columns: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert called(["note", "AAAAA", "-m", "x"]) == 0
    assert capsys.readouterr().out.startswith("AAAAA  已交办")


def test_data_in_an_answer_cannot_drive_the_terminal(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = here / "units" / "xx-paper.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("XX纸业有限公司", '"a\\x1b[31mb"'), encoding="utf-8")
    called(["assign", "AAAAA", "--to", "xx-paper"])
    assert "\x1b" not in capsys.readouterr().out
    assert os.environ["TERM"] == "dumb"
