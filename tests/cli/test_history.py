"""`diff`, `log`, `resolve`, `validate --since` and `--merged-with` from the outside: words in, streams and exit codes out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from hazardctl.cli.app import called
from hazardctl.cli.program import app
from tests.acting import ledger
from tests.ops.test_ranges import Desk
from tests.test_merges import EXTEND, PATH, RECTIFY

ODD = [
    "",
    " ",
    "\x00",
    "\x1b[2J",
    "\u202e",
    "\ud800",
    "{0}",
    "-",
    "-1",
    "9" * 40,
    "--output=x",
    "是",
    "@{-1}",
    "HEAD^{/x}",
    "a..b...c",
    ":/x",
]
CODES = {0, 1, 2, 3, 4, 5}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk(tmp_path)
    desk.act(EXTEND)
    desk.commit("2024-03-09")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    return desk


def options(name: str) -> list[Any]:
    group: Any = typer.main.get_command(app)
    return [param for param in group.get_command(None, name).params if param.param_type_name == "option" and not param.is_flag]


@pytest.mark.parametrize("name", ["diff", "log", "resolve", "validate", "explain", "show"])
def test_nonsense_is_an_expected_failure(name: str, desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    base = {"explain": ["rate", "--blame"], "show": ["7K2QF", "--log"]}.get(name, [])
    for place, option in enumerate(options(name)):
        flag = max(option.opts, key=len)
        if flag in {"--output", "--write"}:
            continue
        for text in ODD[place % 4 :: 4]:
            code = called([name, *base, f"{flag}={text}", "--lang", "zh" if place % 2 else "en"])
            said = capsys.readouterr()
            assert code in CODES, (name, flag, text)
            assert "Traceback" not in said.err
            assert "\x1b" not in said.err + said.out
    for text in set(ODD) - {"\x00", "\ud800"}:  # no argument of a process holds them
        assert called([name, *(base if name != "show" else []), text]) in CODES
        assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["validate", "--since", "start"], 0),
        (["validate", "--since", "nowhere"], 2),
        (["validate", "--since", "start", "--merged-with", "start"], 2),
        (["validate", "--merged-with", "start"], 0),
        (["diff", "start"], 0),
        (["diff", "nowhere"], 2),
        (["log"], 0),
        (["log", "ZZZZZ"], 2),
        (["resolve"], 2),
        (["show", "7K2QF", "--log"], 0),
        (["explain", "rate", "-p", "2024H1", "--blame"], 0),
        (["explain", "rate", "-p", "2024H1", "--blame", "--known-at", "HEAD"], 2),
    ],
)
def test_each_end_has_its_code(words: list[str], code: int, desk: Desk) -> None:
    assert called(words) == code


@pytest.mark.parametrize("words", [["validate", "--since", "HEAD"], ["diff"], ["log"], ["resolve"], ["explain", "rate", "--blame"]])
def test_outside_a_repository_it_is_a_usage_error(words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["-C", str(ledger(tmp_path)), *words, "--lang", "en"]) == 2
    assert "lies in no git repository" in capsys.readouterr().err


def test_a_finding_about_the_past_travels_to_every_format(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.edit("due: 2024-03-16", "due: 2024-04-30")
    desk.commit("2024-03-10")
    assert called(["validate", "--since", "start", "--format", "json", "--lang", "en"]) == 1
    said = json.loads(capfd.readouterr().out)
    (one,) = [one for one in said["findings"] if one["code"] == "HZ702"]
    assert (one["path"], one["line"], one["field"]) == (f"ledger/{PATH}", 13, "history.1.due")


def test_resolve_says_what_it_did_and_how_to_go_on(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.git("checkout", "--quiet", "-b", "other", "start")
    desk.act(RECTIFY)
    desk.commit("2024-03-10")
    subprocess.run(["git", "merge", "-q", "main"], cwd=desk.top, check=False, capture_output=True)
    assert called(["resolve", "-n", "--lang", "en"]) == 0
    assert called(["resolve", "--lang", "en"]) == 0
    said = capfd.readouterr()
    assert "7K2QF  merged  ours added 2024-03-10 rectify; theirs added 2024-03-09 extend" in said.out
    assert f"git add ledger/{PATH}" in said.err
