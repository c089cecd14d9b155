"""`hazardctl trust`, and that no answer depends on it."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.ops import keeping
from hazardctl.store import answers
from hazardctl.store.index import bring, bygit, since
from tests.acting import ASSIGN, REGISTER, hazard, ledger
from tests.monitors import monitor, runs

QUESTION: Final = ("report", "-p", "2024H1", "--format", "json")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a committed ledger whose answers are kept."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    monkeypatch.setattr(keeping, "LEAST", 1)
    monkeypatch.delenv("GIT_CONFIG_NOSYSTEM")
    for module in (answers, bygit, bring, since):
        monkeypatch.setattr(module, "TICK", 0)
    root = ledger(tmp_path / "top")
    for name in ("AAAAA", "BBBBB"):
        hazard(root, name, REGISTER, ASSIGN)
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")
    return root


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True).stdout


def top_of(root: Path) -> Path:
    return Path(git(root, "rev-parse", "--show-toplevel").strip())


def said(capfd: pytest.CaptureFixture[str], root: Path, *words: str) -> tuple[int, str, str]:
    code = called(["-C", str(root), *words])
    out, err = capfd.readouterr()
    return code, out, err


def test_trusting_looking_and_taking_back(capfd: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
    value = monitor(top_of(root), tmp_path / "monitor")
    code, page, _ = said(capfd, root, "trust", "status")
    assert code == 0
    assert value in page
    assert "没有信任，不运行" in page
    code, page, _ = said(capfd, root, "trust", "--lang", "en")
    assert code == 0
    assert "trusted: when git is asked" in page
    assert "run git status once" in page
    git(root, "status")
    assert "run git status once" not in said(capfd, root, "trust", "status", "--lang", "en")[1]
    told = json.loads(said(capfd, root, "trust", "status", "--format", "json")[1])
    assert told == {"schema": "hazardctl/trust/1", "fsmonitor": value, "trusted": True, "was": value, "remembered": True}
    program = top_of(root) / value
    program.write_text(program.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "换过" in said(capfd, root, "trust", "status")[1]
    git(root, "config", "core.fsmonitor", "true")
    assert f"信任过的是 {value}" in said(capfd, root, "trust", "status")[1]
    code, page, _ = said(capfd, root, "trust", "revoke", "--lang", "en")
    assert code == 0
    assert "not trusted, it does not run" in page


def test_what_cannot_be_trusted_is_said(capfd: pytest.CaptureFixture[str], root: Path, tmp_path: Path) -> None:
    assert said(capfd, root, "trust", "nonsense")[0] == 2
    code, _, told = said(capfd, root, "trust")
    assert code == 2
    assert "core.fsmonitor" in told
    assert "watchman" in told
    assert "没有什么要信任" in said(capfd, root, "trust", "status")[1]
    monitor(top_of(root), tmp_path / "monitor", "printf nonsense")
    code, _, told = said(capfd, root, "trust", "--lang", "en")
    assert code == 4
    assert "version 2" in told
    assert json.loads(said(capfd, root, "trust", "status", "--format", "json")[1])["trusted"] is False


def test_a_value_that_would_hide_itself_is_shown_as_it_is(capfd: pytest.CaptureFixture[str], root: Path) -> None:
    git(root, "config", "core.fsmonitor", "rm -rf x\x1b[2K\r\u202ewatch")
    page = said(capfd, root, "trust", "status")[1]
    assert "\x1b" not in page
    assert "\r" not in page
    assert "\u202e" not in page
    assert "rm -rf x" in page


def test_outside_a_repository_there_is_nothing_to_trust(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    root = ledger(tmp_path / "alone")
    for what in ("give", "status", "revoke"):
        code, _, told = said(capfd, root, "trust", what, "--lang", "en")
        assert code == 4
        assert "no git repository" in told


def test_no_answer_depends_on_it_and_one_that_was_kept_asks_the_monitor_as_long_as_it_may(
    capfd: pytest.CaptureFixture[str], root: Path, tmp_path: Path
) -> None:
    place = tmp_path / "monitor"
    monitor(top_of(root), place)
    without = said(capfd, root, "--no-index", *QUESTION)

    def asked() -> bool:
        """Ask some times, so that the answer is kept, and say whether the monitor ran."""
        before = runs(place)
        for _ in range(4):
            time.sleep(0.03)
            assert said(capfd, root, *QUESTION) == without
        return runs(place) > before

    assert not asked()
    called(["-C", str(root), "trust"])
    git(root, "status")
    capfd.readouterr()
    assert asked()
    hazard(root, "AAAAA", REGISTER, ASSIGN, "{date: 2024-06-01, do: note, by: 李四, note: x}")
    changed = said(capfd, root, "--no-index", *QUESTION)
    assert said(capfd, root, *QUESTION) == changed
    git(root, "checkout", "-q", "--", ".")
    git(root, "status")
    assert asked()
    called(["-C", str(root), "trust", "revoke"])
    capfd.readouterr()
    assert not asked()
