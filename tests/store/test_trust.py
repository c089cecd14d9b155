"""A repository runs its own monitor where this user said so, and the answer is the same with it (docs/adr/0025)."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from hazardctl.errors import SystemFailedError
from hazardctl.store import git, status, trust
from hazardctl.store.worktree import Repository
from tests.monitors import EVERYTHING, monitor, runs

RECORDS: Final = ("units/a.yaml", "units/b.yaml", "hazards/2024/01/c.yaml")


def sh(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a repository with one commit, and a user who trusts nothing yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    top = tmp_path / "top"
    for path in RECORDS:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text(f"id: {path}\n", encoding="utf-8")
    sh(top, "init", "-q")
    sh(top, "config", "core.untrackedCache", "true")
    sh(top, "add", "-A")
    sh(top, "commit", "-q", "-m", "x")
    return top


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "monitor"


def here(top: Path) -> Repository:
    found = git.repository(top)
    assert found
    return found


def trusted(top: Path, place: Path, how: str = "") -> None:
    """Trust a monitor, and let git note since when it looks."""
    value = monitor(top, place, how)
    trust.tried(top, here(top), value)
    trust.give(here(top), value)
    sh(top, "status")
    assert trust.monitor(here(top)) == value


def ran(top: Path, place: Path) -> bool:
    """Look at the work tree, and say whether the monitor ran."""
    before = runs(place)
    assert status.agreed(top)
    return runs(place) > before


# ---------------------------------------------------------------------------------------------------- the answer is the same


def edit(top: Path) -> None:
    (top / RECORDS[0]).write_text("id: units/x.yaml\n", encoding="utf-8")


def add(top: Path) -> None:
    (top / "units" / "new.yaml").write_text("id: new\n", encoding="utf-8")


def add_folder(top: Path) -> None:
    (top / "hazards" / "2024" / "02").mkdir()
    (top / "hazards" / "2024" / "02" / "new.yaml").write_text("id: new\n", encoding="utf-8")


def delete(top: Path) -> None:
    (top / RECORDS[2]).unlink()


def rename(top: Path) -> None:
    (top / RECORDS[0]).rename(top / "units" / "z.yaml")


def swap(top: Path) -> None:
    (top / RECORDS[0]).rename(top / "units" / "was")
    (top / RECORDS[1]).rename(top / RECORDS[0])
    (top / "units" / "was").rename(top / RECORDS[1])


def touch(top: Path) -> None:
    (top / RECORDS[0]).touch()


def ends(top: Path) -> None:
    """Write the same text with other line ends, which git takes for the same."""
    sh(top, "config", "core.autocrlf", "true")
    (top / RECORDS[0]).write_bytes((top / RECORDS[0]).read_bytes().replace(b"\n", b"\r\n"))


def commit(top: Path) -> None:
    edit(top)
    sh(top, "commit", "-q", "-a", "-m", "y")


def switch(top: Path) -> None:
    commit(top)
    sh(top, "checkout", "-q", "HEAD~1")
    add(top)


CHANGES: Final = (edit, add, add_folder, delete, rename, swap, touch, ends, commit, switch)


@pytest.mark.parametrize("how", ["", EVERYTHING], ids=["honest", "everything"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_git_finds_the_same_with_the_monitor(top: Path, place: Path, change: Callable[[Path], None], how: str) -> None:
    trusted(top, place, how)
    assert ran(top, place)
    change(top)
    assert ran(top, place)
    found = status.Standing(top).found
    sh(top, "status")
    assert ran(top, place)
    assert status.Standing(top).found == found
    sh(top, "checkout", "-q", "--", ".")
    assert ran(top, place)


@pytest.mark.parametrize("how", ["exit 1", "exit 127", "true", "kill -9 $$", "printf '\\0\\0'"])
@pytest.mark.parametrize("change", [edit, add, delete], ids=lambda one: one.__name__)
def test_where_the_monitor_breaks_git_looks_at_every_file(top: Path, place: Path, change: Callable[[Path], None], how: str) -> None:
    trusted(top, place)
    (place / "how").write_text(how, encoding="utf-8")
    change(top)
    assert ran(top, place)
    assert status.dirty(top)


def test_a_monitor_that_lies_later_is_found_out(top: Path, place: Path) -> None:
    trusted(top, place)
    (place / "how").write_text("printf nonsense", encoding="utf-8")
    edit(top)
    assert not status.agreed(top)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("printf nonsense", "as git wants"),
        ("printf '\\0'", "as git wants"),
        ("true", "as git wants"),
        ("exit 1", "failed"),
        ("printf 'moment\\0'", "did not tell"),
        ("printf 'moment\\0units/a.yaml\\0'", "did not tell"),
        ("kill -9 $$", "failed"),
    ],
)
def test_a_monitor_is_tried_before_it_is_trusted(top: Path, place: Path, how: str, why: str) -> None:
    value = monitor(top, place, how)
    with pytest.raises(SystemFailedError, match=why) as failure:
        trust.tried(top, here(top), value)
    assert "only slower" in str(failure.value)
    assert not list(top.glob(".trust*"))


def test_a_monitor_may_tell_of_a_folder(top: Path, place: Path) -> None:
    trust.tried(top / "units", here(top), monitor(top, place, "printf 'moment\\0units/\\0'"))


def test_where_nothing_can_be_written_no_monitor_can_be_tried(top: Path, place: Path) -> None:
    value = monitor(top, place)
    with pytest.raises(SystemFailedError, match="not written"):
        trust.tried(top / "gone", here(top), value)


def test_gits_own_watcher_needs_no_trial(top: Path) -> None:
    sh(top, "config", "core.fsmonitor", "true")
    trust.tried(top, here(top), trust.setting(here(top)))
    trust.give(here(top), "true")
    assert trust.state(here(top)) == ("true", "true", True, False)
    assert status.agreed(top)


# -------------------------------------------------------------------------------------------------- nothing runs without it


def test_nothing_runs_until_the_user_says_so_and_nothing_after_it_was_taken_back(top: Path, place: Path) -> None:
    value = monitor(top, place)
    sh(top, "status")
    assert trust.state(here(top)) == (value, "", False, True)
    assert not ran(top, place)
    trust.give(here(top), value)
    assert trust.state(here(top)) == (value, value, True, True)
    assert ran(top, place)
    assert trust.revoke(here(top))
    assert trust.state(here(top)) == (value, "", False, True)
    assert not ran(top, place)
    assert not trust.revoke(here(top))


def test_where_git_does_not_know_since_when_the_monitor_would_name_every_file_and_is_not_asked(top: Path, place: Path) -> None:
    trusted(top, place)
    sh(top, "-c", "core.fsmonitor=false", "status")
    touch(top)
    sh(top, "-c", "core.fsmonitor=false", "add", "-A")
    assert trust.state(here(top)).trusted
    assert not ran(top, place)
    (top / ".git" / "index").unlink()
    assert not trust.remembers(here(top))


def another_value(top: Path) -> None:
    shutil.copy(top / ".git" / "hooks" / "watch", top / ".git" / "hooks" / "other")
    sh(top, "config", "core.fsmonitor", ".git/hooks/other")


def another_program(top: Path) -> None:
    path = top / ".git" / "hooks" / "watch"
    path.write_text(path.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")


def no_program(top: Path) -> None:
    (top / ".git" / "hooks" / "watch").unlink()


def no_value(top: Path) -> None:
    sh(top, "config", "--unset", "core.fsmonitor")


def off(top: Path) -> None:
    sh(top, "config", "core.fsmonitor", "false")


def included(top: Path) -> None:
    (top / ".git" / "more").write_text("[core]\n\tfsmonitor = .git/hooks/other\n", encoding="utf-8")
    sh(top, "config", "include.path", "more")


def of_the_work_tree(top: Path) -> None:
    sh(top, "config", "extensions.worktreeConfig", "true")
    sh(top, "config", "--worktree", "core.fsmonitor", "echo")


def another_section(top: Path) -> None:
    path = top / ".git" / "config"
    path.write_text(path.read_text(encoding="utf-8").replace("[core]", "[care]").replace("repositoryformatversion", "x"), encoding="utf-8")


def another_repository(top: Path) -> None:
    (top / ".git").rename(top.parent / "was")
    shutil.copytree(top.parent / "was", top / ".git")


def no_stamp(top: Path) -> None:
    (top / ".git" / "hazardctl" / "trusted").unlink()


def another_stamp(top: Path) -> None:
    (top / ".git" / "hazardctl" / "trusted").write_bytes(b"\xff\x00")


def no_mark(top: Path) -> None:
    trust.place(here(top)).write_text("{", encoding="utf-8")


def odd_mark(top: Path) -> None:
    path = trust.place(here(top))
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"programs": 5}), encoding="utf-8")


def no_settings(top: Path) -> None:
    (top / ".git" / "config").write_text("[core\n", encoding="utf-8")


FALLS: Final = (
    *(another_value, another_program, no_program, no_value, off, included, of_the_work_tree, another_section, another_repository),
    *(no_stamp, another_stamp, no_mark, odd_mark, no_settings),
)


@pytest.mark.parametrize("change", FALLS, ids=lambda one: one.__name__)
def test_what_was_not_trusted_does_not_run(top: Path, place: Path, change: Callable[[Path], None]) -> None:
    trusted(top, place)
    change(top)
    assert trust.monitor(here(top)) == ""
    before = runs(place)
    status.described(top)
    assert runs(place) == before


def other_setting(top: Path) -> None:
    sh(top, "config", "branch.x.remote", "y")


def comment(top: Path) -> None:
    path = top / ".git" / "config"
    path.write_text(path.read_text(encoding="utf-8") + "# fsmonitor, as it was\n", encoding="utf-8")


def long_line(top: Path) -> None:
    path = top / ".git" / "config"
    path.write_text(path.read_text(encoding="utf-8") + "[x]\n\ty = a\\\n\tb\n", encoding="utf-8")


def harmless_include(top: Path) -> None:
    sh(top, "config", "include.path", "gone")


@pytest.mark.parametrize("change", [other_setting, comment, long_line, harmless_include], ids=lambda one: one.__name__)
def test_what_was_trusted_runs_whatever_else_is_set(top: Path, place: Path, change: Callable[[Path], None]) -> None:
    trusted(top, place)
    change(top)
    assert ran(top, place)


def test_trusted_with_settings_that_only_git_can_tell(top: Path, place: Path) -> None:
    harmless_include(top)
    trusted(top, place)
    assert ran(top, place)
    another_value(top)
    assert not ran(top, place)


def test_no_copy_no_clone_and_no_other_work_tree_is_trusted(top: Path, place: Path, tmp_path: Path) -> None:
    trusted(top, place)
    sh(top, "worktree", "add", "-q", str(tmp_path / "tree"))
    shutil.copytree(top, tmp_path / "copy", symlinks=True)
    sh(tmp_path, "clone", "-q", str(top), "clone")
    for other in ("copy", "clone", "tree"):
        assert not ran(tmp_path / other, place)
    top.rename(tmp_path / "moved")
    assert not ran(tmp_path / "moved", place)


def test_another_work_tree_is_trusted_by_itself(top: Path, place: Path, tmp_path: Path) -> None:
    monitor(top, place)
    sh(top, "worktree", "add", "-q", str(tmp_path / "tree"))
    tree = tmp_path / "tree"
    value = str(top / ".git" / "hooks" / "watch")
    sh(top, "config", "core.fsmonitor", value)
    trust.tried(tree, here(tree), value)
    trust.give(here(tree), value)
    sh(tree, "status")
    assert ran(tree, place)
    edit(tree)
    assert ran(tree, place)
    assert not ran(top, place)


def test_a_value_of_the_users_own_settings_is_not_the_repositorys(top: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "global").write_text("[core]\n\tfsmonitor = .git/hooks/watch\n", encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "global"))
    assert trust.setting(here(top)) == ""


def test_every_file_that_a_value_names_by_its_path_is_part_of_it(top: Path, place: Path, tmp_path: Path) -> None:
    monitor(top, place)
    (tmp_path / "my watch.sh").write_text(". .git/hooks/watch\n", encoding="utf-8")
    value = f'sh "{tmp_path}/my watch.sh"'
    sh(top, "config", "core.fsmonitor", value)
    trust.tried(top, here(top), value)
    trust.give(here(top), value)
    sh(top, "status")
    assert ran(top, place)
    (tmp_path / "my watch.sh").write_text("echo\n", encoding="utf-8")
    assert not trust.state(here(top)).trusted


def test_a_value_that_is_no_command_is_taken_by_its_blanks(top: Path) -> None:
    sh(top, "config", "core.fsmonitor", "units/a.yaml 'x")
    trust.give(here(top), trust.setting(here(top)))
    assert trust.state(here(top)).trusted
    edit(top)
    assert not trust.state(here(top)).trusted


def test_nothing_else_runs_in_a_trusted_repository(top: Path, place: Path, tmp_path: Path) -> None:
    trusted(top, place)
    trap = tmp_path / "trap"
    (top / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    for name in ("filter.x.clean", "filter.x.process", "diff.external", "diff.x.textconv", "core.pager", "gpg.program"):
        sh(top, "config", name, f"touch {trap}")
    for name in ("post-index-change", "reference-transaction"):
        (top / ".git" / "hooks" / name).write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
        (top / ".git" / "hooks" / name).chmod(0o755)
    edit(top)
    assert ran(top, place)
    assert status.dirty(top)
    assert not trap.exists()


def test_a_mark_that_cannot_be_kept_or_taken_away_is_said(top: Path, place: Path, tmp_path: Path) -> None:
    value = monitor(top, place)
    (tmp_path / "cache").write_text("", encoding="utf-8")
    with pytest.raises(SystemFailedError, match="not written"):
        trust.give(here(top), value)
    assert trust.state(here(top)) == (value, "", False, False)
    with pytest.raises(SystemFailedError, match="not written"):
        trust.revoke(here(top))
