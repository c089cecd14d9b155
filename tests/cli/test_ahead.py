"""Git is asked before anything else of a question, once, and never left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hazardctl.cli.ahead import ASKING, CLOSELY
from hazardctl.cli.app import called
from hazardctl.cli.program import ALIASES
from hazardctl.store import status


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-01")
    return tmp_path


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[status.Standing]:
    found: list[status.Standing] = []
    original = status.Standing

    def standing(root: Path) -> status.Standing:
        found.append(original(root))
        return found[-1]

    monkeypatch.setattr(status, "Standing", standing)
    return found


def test_one_look_serves_a_question(root: Path, looks: list[status.Standing], capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["report", "-p", "2024H1", "--format", "json"]) == 0
    assert len(looks) == 1
    assert looks[0].root == root
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("words", [["report", "--help"], ["report", "--known-at", "HEAD"], ["config"], ["--help"], []], ids=" ".join)
def test_no_look_is_begun_that_nobody_will_take_up(root: Path, looks: list[status.Standing], words: list[str]) -> None:
    called(words)
    assert [one for one in looks if "found" not in vars(one)] == []


def test_a_look_that_nobody_took_up_is_ended(root: Path, looks: list[status.Standing]) -> None:
    assert called(["report", "-p", "nonsense"]) == 2
    assert called(["overdue", "--within", "nonsense"]) == 2
    assert all("found" in vars(one) or one._asked._process.returncode is not None for one in looks)  # type: ignore[union-attr]
    assert status._ahead == {}


def test_git_looks_before_the_program_is_imported(root: Path) -> None:
    code = (
        "import subprocess, sys; real = subprocess.Popen.__init__\n"
        "def begun(self, *words, **more):\n"
        "    print(sorted({'typer', 'hazardctl.cli.program', 'hazardctl.ledger'} & set(sys.modules)), file=sys.stderr)\n"
        "    real(self, *words, **more)\n"
        "subprocess.Popen.__init__ = begun\n"
        "from hazardctl.cli.app import called; sys.exit(called(sys.argv[1:]))"
    )
    for verb in ("report", "汇总"):
        done = subprocess.run([sys.executable, "-c", code, verb, "-p", "2024H1"], cwd=root, capture_output=True, text=True, check=True)
        assert done.stderr.splitlines()[0] == "[]"


def test_other_names_of_the_commands_that_ask_are_known_here() -> None:
    assert {name for name, verb in ALIASES.items() if verb in ASKING} <= ASKING
    assert {name for name, verb in ALIASES.items() if verb in CLOSELY} <= CLOSELY


def test_without_a_ledger_nothing_is_begun(tmp_path: Path, looks: list[status.Standing], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert called(["report"]) == 4
    assert looks == []
