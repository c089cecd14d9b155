"""Which commit wrote which line of a history."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hazardctl.store import blame

PATH = "hazards/2024/01/YH-20240101-AAAAA.yaml"
RECORD = "id: YH-20240101-AAAAA\nschema: hazard/1\nhistory:\n  - {date: 2024-01-01, do: register, by: 李四}\n"
ASSIGN = "  - {date: 2024-01-02, do: assign, by: 李四, to: XX纸业, due: 2024-01-20}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a ledger in a sub-folder of a repository, a commit a line."""
    root = tmp_path / "repository" / "ledger"
    (root / PATH).parent.mkdir(parents=True)
    (root / PATH).write_text(RECORD, encoding="utf-8")
    git(root.parent, "init", "-q")
    saved(root, "登记")
    return root


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def saved(root: Path, message: str) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")[:7]


def test_each_line_has_the_commit_that_wrote_it(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")[:7]
    (root / PATH).write_text(RECORD + ASSIGN, encoding="utf-8")
    assert blame.events(root, PATH) == {0: first}
    second = saved(root, "交办")
    assert blame.events(root, PATH) == {0: first, 1: second}


def test_a_line_that_was_changed_since_has_none(root: Path) -> None:
    (root / PATH).write_text(RECORD.replace("李四", "王五"), encoding="utf-8")
    assert blame.events(root, PATH) == {}


def test_a_repository_cannot_run_a_program_by_it(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    for name in ("filter.x.clean", "diff.x.textconv", "core.fsmonitor", "core.pager"):
        git(root, "config", name, f"touch {trap}; cat")
    (root.parent / ".gitattributes").write_text("*.yaml filter=x diff=x\n", encoding="utf-8")
    assert len(blame.events(root, PATH)) == 1
    assert not trap.exists()


def test_without_git_or_with_a_record_git_does_not_know_there_is_none(root: Path, tmp_path: Path) -> None:
    new = PATH.replace("AAAAA", "BBBBB")
    (root / new).write_text(RECORD, encoding="utf-8")
    assert blame.events(root, new) == {}
    assert blame.events(root, PATH.replace("AAAAA", "CCCCC")) == {}
    plain = tmp_path / "plain"
    (plain / PATH).parent.mkdir(parents=True)
    (plain / PATH).write_text(RECORD, encoding="utf-8")
    assert blame.events(plain, PATH) == {}
    git(plain, "init", "-q")
    assert blame.events(plain, PATH) == {}
