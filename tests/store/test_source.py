"""A ledger as git had it: the same figures as a check-out of that commit, without one."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.store.files import RefusedError
from hazardctl.store.layout import listed, record_files
from hazardctl.store.load import load
from hazardctl.store.source import Revision, WorkTree, known_at

ZONE = dt.timezone(dt.timedelta(hours=8))
TODAY = dt.date(2024, 3, 20)
CONFIG = "schema: config/1\n"
HAZARD = """id: YH-20240312-7K2QF
schema: hazard/1
description: 消防通道被货物占用
found_on: 2024-03-12
source: supervision
found_by_org: a
unit: b
sector: fire
grade: general
history:
  - {date: 2024-03-12, do: register, by: 李四}
"""
ACT = "  - {date: 2024-03-13, do: assign, by: 李四, to: b, due: 2024-03-27}\n"
PATH = "hazards/2024/03/YH-20240312-7K2QF.yaml"


def git(folder: Path, *words: str, day: str = "2024-03-12") -> str:
    stamp = f"{day}T12:00:00+08:00"
    command = ["env", f"GIT_AUTHOR_DATE={stamp}", f"GIT_COMMITTER_DATE={stamp}", "git", *words]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a ledger with two commits: a hazard registered, then assigned the next day; a third edit is not committed."""
    root = tmp_path / "repo" / "ledger"
    (root / "hazards/2024/03").mkdir(parents=True)
    git(root.parent, "init", "--quiet")
    (root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    (root / PATH).write_text(HAZARD, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "登记")
    git(root, "tag", "first")
    (root / PATH).write_text(HAZARD + ACT, encoding="utf-8")
    git(root, "commit", "--quiet", "-am", "交办", day="2024-03-13")
    (root / PATH).write_text("不是记录", encoding="utf-8")
    return root


def verbs(root: Path, text: str) -> list[str]:
    ledger = load(root, source=known_at(root, text, ZONE, TODAY))
    assert ledger.unread == ()
    return [act.do for act in ledger.hazards[0].record.history]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first", ["register"]),
        ("HEAD", ["register", "assign"]),
        ("HEAD~1", ["register"]),
        ("2024-03-12", ["register"]),
        ("2024-03-13", ["register", "assign"]),
        ("2024年3月19日", ["register", "assign"]),
        ("昨天", ["register", "assign"]),
    ],
)
def test_a_ledger_is_read_as_it_was_known(root: Path, text: str, expected: list[str]) -> None:
    assert verbs(root, text) == expected


def test_the_work_tree_is_neither_read_nor_touched(root: Path) -> None:
    before = (root / PATH).read_bytes()
    assert verbs(root, "HEAD") == ["register", "assign"]
    assert (root / PATH).read_bytes() == before
    assert len(load(root).unread) == 1


def test_a_commit_reads_like_its_check_out(root: Path, tmp_path: Path) -> None:
    (root / "units").mkdir()
    (root / "units" / "link.yaml").symlink_to("../hazardctl.yaml")
    (root / "units" / "Bad Name.yaml").write_text("x\n", encoding="utf-8")
    (root / "hazards/2024/readme.txt").write_text("x\n", encoding="utf-8")
    (root / "hazards/draft").mkdir()
    (root / "hazards/draft/a.yaml").write_text("x\n", encoding="utf-8")
    (root / "hazards/.hidden.yaml").write_text("x\n", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "杂物", day="2024-03-14")
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "--quiet", str(root.parent), str(copy))
    then, now = load(root, source=known_at(root, "HEAD", ZONE, TODAY)), load(copy / "ledger")
    assert (then.entries, then.unread, then.strays) == (now.entries, now.unread, now.strays)
    assert then.commit == now.commit


def test_a_file_that_was_not_there_is_refused(root: Path) -> None:
    revision = known_at(root, "HEAD", ZONE, TODAY)
    with pytest.raises(RefusedError):
        revision.read("hazards/2024/03/YH-20240312-00000.yaml")
    with pytest.raises(RefusedError):
        WorkTree(root).read("hazards/2024/03/YH-20240312-00000.yaml")
    (root / "note.txt").write_text("x", encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "x", day="2024-03-14")
    assert known_at(root, "HEAD", ZONE, TODAY).read("note.txt") == b"x"


@pytest.mark.parametrize("text", ["nothing", "--output=x", "2024-03-11", "1990-01-01", ""])
def test_what_names_no_commit_is_a_usage_error(root: Path, text: str) -> None:
    with pytest.raises(UsageError):
        known_at(root, text, ZONE, TODAY)


def test_a_commit_before_the_ledger_is_a_usage_error(root: Path) -> None:
    git(root.parent, "checkout", "--quiet", "--orphan", "other")
    git(root.parent, "rm", "-rfq", "--cached", ".")
    git(root.parent, "commit", "--quiet", "--allow-empty", "-m", "空")
    with pytest.raises(UsageError):
        known_at(root, "HEAD", ZONE, TODAY)


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(SystemFailedError):
        known_at(tmp_path, "HEAD", ZONE, TODAY)


def test_a_ledger_at_the_top_of_its_repository_is_read_too(root: Path, tmp_path: Path) -> None:
    top = tmp_path / "top"
    shutil.copytree(root, top)
    (top / PATH).write_text(HAZARD, encoding="utf-8")
    git(top, "init", "--quiet")
    git(top, "add", ".")
    git(top, "commit", "--quiet", "-m", "登记")
    assert verbs(top, "HEAD") == ["register"]
    assert isinstance(known_at(top, "HEAD", ZONE, TODAY), Revision)


PARTS = st.sampled_from(["hazards", "units", "2024", "03", "13", ".x", "YH-20240312-7K2QF.yaml", "a-b.yaml", "A.yaml", "x.txt", "20240"])


@given(st.lists(st.lists(PARTS, min_size=1, max_size=5).map("/".join), max_size=8))
def test_paths_of_a_commit_are_sorted_out_as_those_of_a_disk(tmp_path_factory: pytest.TempPathFactory, paths: list[str]) -> None:
    root = tmp_path_factory.mktemp("tree")
    kept: dict[str, bool] = {}
    for path in paths:
        place = root / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if not place.exists():
                place.write_text("x", encoding="utf-8")
        except OSError:
            continue
        if place.is_file():
            kept[path] = True
    on_disk = [found for found in record_files(root) if found.path in kept or any(path.startswith(f"{found.path}/") for path in kept)]
    assert [found.path for found in listed(kept)] == [found.path for found in on_disk if (root / found.path).exists()]
