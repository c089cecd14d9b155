"""What git does when two officers work apart: adds meet clean, acts on one hazard meet loudly, mistakes are found."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from hazardctl.errors import UnreadableError
from hazardctl.rules.engine import check
from hazardctl.store.insert import with_event
from hazardctl.store.load import load
from tests.acting import ledger

DAY = dt.date(2024, 6, 30)
RECORD = """id: YH-20240301-7K2QF
schema: hazard/1
description: 消防通道被货物占用
found_on: 2024-03-01
source: supervision
found_by_org: xx-food
unit: xx-paper
site: 一号库
sector: fire
grade: general
history:
  - {date: 2024-03-01, do: register, by: 李四}
  - {date: 2024-03-01, do: assign, by: 李四, to: xx-paper, due: 2024-03-16}
"""
PATH = "hazards/2024/03/YH-20240301-7K2QF.yaml"
OTHER = RECORD.replace("7K2QF", "8R5TC").replace("一号库", "二号库").replace("消防通道被货物占用", "灭火器压力不足")
RECTIFY = "{date: 2024-03-10, do: rectify, by: 王五, note: 已清理}"
PASSED = "{date: 2024-03-11, do: verify, by: 李四, result: pass}"
FAILED = "{date: 2024-03-11, do: verify, by: 李四, result: fail, reason: 未清理}"
CLOSE = "{date: 2024-03-12, do: close, by: 钱七, reason: rectified}"
EXTEND = "{date: 2024-03-09, do: extend, by: 钱七, decision: granted, due: 2024-03-26, reason: 雨天}"
Edit = Callable[[Path], None]


def git(folder: Path, *words: str, good: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *words], cwd=folder, check=good, capture_output=True, text=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    write(RECORD)(root)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "起点")
    return root


def write(text: str) -> Edit:
    """Give the edit that writes a whole record."""
    name = text.split("\n", 1)[0].removeprefix("id: ")

    def edit(root: Path) -> None:
        path = root / f"hazards/2024/03/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return edit


def act(*lines: str) -> Edit:
    """Give the edit that appends events the way the program does."""

    def edit(root: Path) -> None:
        data = (root / PATH).read_bytes()
        for line in lines:
            data = with_event(data, line)
        (root / PATH).write_bytes(data)

    return edit


def fact(old: str, new: str) -> Edit:
    """Give the edit of one fact by hand."""

    def edit(root: Path) -> None:
        text = (root / PATH).read_text(encoding="utf-8")
        assert old in text
        (root / PATH).write_text(text.replace(old, new), encoding="utf-8")

    return edit


def commit(folder: Path, words: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "--quiet", "-m", words)


def merged(root: Path, mine: Edit, theirs: Edit) -> bool:
    """Let two branches edit, merge them, say whether git called it clean."""
    top = root.parent if (root.parent / ".git").exists() else root
    git(top, "checkout", "--quiet", "-b", "theirs")
    theirs(root)
    commit(top, "对方")
    git(top, "checkout", "--quiet", "-")
    mine(root)
    commit(top, "我方")
    return git(top, "merge", "--quiet", "-m", "合并", "theirs", good=False).returncode == 0


def errors(root: Path) -> set[str]:
    found = load(root)
    unread = {finding.code for one in found.unread for finding in one.findings}
    return unread | {finding.code for _, _, finding, severity in check(found, DAY) if severity == "error"}


def test_two_branches_that_add_merge_clean(root: Path) -> None:
    before = errors(root)
    assert merged(root, write(OTHER), write(OTHER.replace("8R5TC", "9XQ4D").replace("二号库", "三号库")))
    assert errors(root) == before
    assert len(load(root).hazards) == 3


@pytest.mark.parametrize(("mine", "theirs"), [(act(RECTIFY), act(EXTEND)), (act(RECTIFY, PASSED), act(RECTIFY, FAILED))])
def test_two_branches_that_append_to_one_hazard_conflict_and_nobody_reads_past_the_markers(root: Path, mine: Edit, theirs: Edit) -> None:
    assert not merged(root, mine, theirs)
    assert "HZ001" in errors(root)
    assert [one.path for one in load(root).unread] == [PATH]


def test_the_same_line_on_both_branches_is_one_line(root: Path) -> None:
    assert merged(root, act(RECTIFY), act(RECTIFY))
    assert [done.do for done in load(root).hazards[0].record.history] == ["register", "assign", "rectify"]


@pytest.mark.parametrize(
    ("mine", "theirs", "code"),
    [
        (fact("grade: general", "grade: major"), act("{date: 2024-03-01, do: rectify, by: 王五, on_spot: true, note: 已清理}"), "HZ214"),
        (fact("due: 2024-03-16", "due: 2024-02-16"), write(OTHER), "HZ302"),
        (fact("found_on: 2024-03-01", "found_on: 2024-03-05"), write(OTHER), "HZ304"),
    ],
)
def test_a_merge_that_is_clean_for_git_only_is_found(root: Path, mine: Edit, theirs: Edit, code: str) -> None:
    assert merged(root, mine, theirs)
    assert code in errors(root)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((RECTIFY, PASSED, FAILED), "HZ201"),
        ((RECTIFY, PASSED, CLOSE, CLOSE), "HZ201"),
        ((RECTIFY, CLOSE), "HZ204"),
        ((RECTIFY, PASSED, CLOSE, EXTEND.replace("03-09", "03-13")), "HZ201"),
        ((RECTIFY.replace("03-10", "03-18"), "{date: 2024-03-12, do: verify, by: 李四, result: pass}"), "HZ301"),
        (("{date: 2024-03-05, do: withdraw, by: [李四, 钱七], reason: entry_error}", RECTIFY), "HZ203"),
        ((RECTIFY.replace("王五", "李四"), PASSED), "HZ205"),
    ],
)
def test_a_conflict_resolved_by_keeping_both_sides_blindly_is_found(root: Path, lines: tuple[str, ...], code: str) -> None:
    act(*lines)(root)
    assert code in errors(root)


def test_lines_of_both_sides_in_the_wrong_order_are_folded_by_date(root: Path) -> None:
    act(PASSED, RECTIFY)(root)
    assert errors(root) == set()
    assert next(iter(load(root).replays.values())).last.state == "verified"


def test_one_id_minted_twice_is_a_conflict_of_git_itself(root: Path) -> None:
    assert not merged(root, write(OTHER), write(OTHER.replace("二号库", "三号库")))
    assert "HZ001" in errors(root)


def test_a_configuration_in_conflict_stops_every_figure(root: Path) -> None:
    path = root / "hazardctl.yaml"
    path.write_text(f"<<<<<<< a\n{path.read_text(encoding='utf-8')}=======\n>>>>>>> b\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        load(root)
