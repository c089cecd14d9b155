"""git is asked without letting a repository run code, lie, or hang us (RELIABILITY 3.6 and 5.6)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.store import git, objects, status, undo
from hazardctl.store.reader import parse

RECORD = "units/a.yaml"


def sh(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Make a repository with one commit."""
    git.init(tmp_path)
    (tmp_path / "units").mkdir()
    (tmp_path / RECORD).write_bytes(b"id: a\n")
    git.commit(tmp_path, [tmp_path / RECORD], "units: 登记 a", {objects.ACT: "add"})
    return tmp_path


@pytest.fixture
def trap(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a program that leaves a mark when it runs."""
    folder = tmp_path_factory.mktemp("trap")
    program = folder / "run"
    program.write_text(f"#!/bin/sh\ntouch {folder}/sprung\ncat\n", encoding="utf-8")
    program.chmod(0o755)
    return program


def sprung(trap: Path) -> bool:
    return (trap.parent / "sprung").exists()


def ask_everything(root: Path) -> None:
    status.described(root)
    git.head(root)
    status.dirty(root)
    commit = git.rev_parse(root, "HEAD")
    objects.blobs(root, objects.tree(root, commit).values())
    objects.last_act(root)
    objects.files_of(root, commit)
    git.identity(root)


# ------------------------------------------------------------------------------------------------------------- answers


def test_the_top_is_found_by_walking_up(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert git.top(root / "units") == root
    assert git.top(tmp_path_factory.mktemp("none")) is None
    other = tmp_path_factory.mktemp("tree") / "w"
    sh(root, "worktree", "add", "-q", str(other))
    assert git.top(other / "units") == other
    assert git.head(other) == git.head(root)


def test_a_git_folder_that_is_a_link_or_broken_is_none(tmp_path: Path, root: Path) -> None:
    (root / "units" / ".git").write_bytes(b"nonsense")
    assert git.top(root / "units") == root
    (root / "x").mkdir()
    (root / "x" / ".git").symlink_to(root / ".git")
    assert git.top(root / "x") is None


def test_the_commit_is_described_with_a_plus_when_files_differ(root: Path) -> None:
    commit = git.head(root)
    assert commit is not None
    assert status.described(root) == commit == sh(root, "rev-parse", "HEAD")[:9]
    (root / "new.yaml").write_bytes(b"x")
    assert status.described(root) == f"{commit}+"
    assert status.described(root / "units") == commit
    assert status.dirty(root)
    (root / RECORD).write_bytes(b"id: b\n")
    assert sorted(status.changed(root)) == ["new.yaml", RECORD]


def test_changed_paths_of_every_sort_are_given_whole(root: Path) -> None:
    (root / "中 文.yaml").write_bytes(b"x\n")
    git.commit(root, [root / "中 文.yaml"], "x", {})
    (root / "中 文.yaml").write_bytes(b"y\n")
    (root / "neu und\nalt").write_bytes(b"z")
    assert sorted(status.changed(root)) == ["neu und\nalt", "中 文.yaml"]


def test_before_the_first_commit_there_is_nothing_to_say(tmp_path: Path) -> None:
    git.init(tmp_path)
    assert (status.described(tmp_path), git.head(tmp_path)) == ("", None)
    with pytest.raises(UsageError):
        git.rev_parse(tmp_path, "HEAD")
    with pytest.raises(UsageError):
        objects.last_act(tmp_path)


def test_outside_a_repository_reports_go_on_and_what_needs_git_says_so(tmp_path: Path) -> None:
    assert (status.described(tmp_path), git.head(tmp_path)) == ("", None)
    with pytest.raises(SystemFailedError, match="no git repository"):
        git.rev_parse(tmp_path, "HEAD")


def test_the_user_is_known_by_name_and_mail(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert git.identity(root) == ("张三", "zhangsan@example.org")
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name)
    sh(root, "config", "user.email", "other@example.org")
    assert git.identity(root)[1] == "other@example.org"
    assert git.identity(Path("/"))[1] == "zhangsan@example.org"


def test_files_of_a_past_commit_are_read_from_objects(root: Path) -> None:
    tree = objects.tree(root, git.rev_parse(root, "HEAD"))
    (root / RECORD).write_bytes(b"something else")
    assert objects.blobs(root, tree.values()) == {tree[RECORD]: b"id: a\n"}
    assert objects.blobs(root, []) == {}
    assert parse(objects.blobs(root, tree.values())[tree[RECORD]]).tree == {"id": "a"}


# -------------------------------------------------------------------------------------------------------- commit, undo


def test_a_commit_holds_the_named_files_and_nothing_else(root: Path) -> None:
    (root / "units" / "b.yaml").write_bytes(b"id: b\n")
    (root / "units" / "c.yaml").write_bytes(b"id: c\n")
    (root / RECORD).write_bytes(b"id: a2\n")
    sh(root, "add", "units/c.yaml")
    commit = git.commit(
        root, [root / "units" / "b.yaml", root / RECORD], "units: 改 a\n\n正文", {objects.ACT: "note", "Hazardctl-By": "李四"}
    )
    assert sh(root, "show", "--format=%s", "--name-only", commit).split() == ["units:", "改", "a", "units/a.yaml", "units/b.yaml"]
    assert sh(root, "log", "-1", "--format=%(trailers)").split("\n")[:2] == ["Hazardctl-Act: note", "Hazardctl-By: 李四"]
    assert sh(root, "status", "--porcelain").split("\n")[0] == "A  units/c.yaml"


def test_a_refused_commit_leaves_files_and_index_as_they_were(root: Path) -> None:
    hook = root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho '不许' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    (root / "units" / "b.yaml").write_bytes(b"id: b\n")
    with pytest.raises(SystemFailedError, match="不许"):
        git.commit(root, [root / "units" / "b.yaml"], "x", {})
    assert sh(root, "status", "--porcelain") == "?? units/b.yaml\n"


def test_the_last_act_is_found_and_who_built_on_it(root: Path) -> None:
    (root / "readme").write_bytes(b"x")
    sh(root, "add", "readme")
    sh(root, "commit", "-q", "-m", "by hand")
    act = objects.last_act(root)
    assert act is not None
    assert (act.verb, act.subject, act.touched_since) == ("add", "units: 登记 a", ())
    assert act.files[RECORD][0] == ""
    assert objects.blobs(root, [act.files[RECORD][1]]) == {act.files[RECORD][1]: b"id: a\n"}
    (root / RECORD).write_bytes(b"id: b\n")
    assert objects.last_act(root).touched_since == (RECORD,)  # type: ignore[union-attr]
    git.commit(root, [root / RECORD], "by hand", {})
    assert objects.last_act(root).touched_since == (RECORD,)  # type: ignore[union-attr]


def test_what_was_taken_back_is_not_found_again(root: Path) -> None:
    first = objects.last_act(root)
    assert first is not None
    (root / RECORD).unlink()
    git.commit(root, [root / RECORD], "undo", {objects.UNDOES: first.commit})
    assert objects.last_act(root) is None


def test_the_last_write_is_remembered_until_somebody_changes_it(root: Path) -> None:
    (root / RECORD).write_bytes(b"id: b\n")
    undo.remember(root, [(RECORD, b"id: a\n", b"id: b\n")])
    assert undo.remembered(root) == (undo.Change(RECORD, b"id: a\n", undo.digest(b"id: b\n")),)
    (root / RECORD).write_bytes(b"id: c\n")
    assert undo.remembered(root) == ()
    undo.forget(root)
    undo.remember(root, [(RECORD, None, b"id: c\n")])
    assert [change.before for change in undo.remembered(root)] == [None]
    undo.forget(root)
    assert undo.remembered(root) == ()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"root": "x", "changes": []}',
        '{"root": "@", "changes": [{}]}',
        "\0",
        '{"root": "@", "changes": [{"path": "a", "before": "?", "after": ""}]}',
    ],
)
def test_a_memory_that_is_none_is_nothing(root: Path, content: str) -> None:
    place = root / ".git" / "hazardctl" / "last-write.json"
    place.parent.mkdir()
    place.write_text(content.replace("@", str(root)), encoding="utf-8")
    assert undo.remembered(root) == ()


def test_a_planted_memory_never_leads_outside(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.write_bytes(b"x")
    (root / "link.yaml").symlink_to(outside)
    for path in (str(outside), f"../{outside.parent.name}/x.yaml", "link.yaml"):
        undo.remember(root, [(path, b"planted", b"x")])
        assert undo.remembered(root) == ()


def test_without_a_repository_nothing_is_remembered(tmp_path: Path) -> None:
    undo.remember(tmp_path, [("a", None, b"x")])
    undo.forget(tmp_path)
    assert undo.remembered(tmp_path) == ()


# -------------------------------------------------------------------------------------------------------------- G rows


def test_the_traps_of_these_tests_do_spring_under_a_plain_git(root: Path, trap: Path) -> None:
    (root / ".gitattributes").write_text("* filter=x\n", encoding="utf-8")
    sh(root, "config", "filter.x.clean", str(trap))
    (root / RECORD).write_bytes(b"id: b\n")
    sh(root, "status")
    assert sprung(trap)
    (trap.parent / "sprung").unlink()
    sh(root, "config", "core.fsmonitor", str(trap))
    sh(root, "status")
    assert sprung(trap)


def test_g1_no_file_system_monitor_runs(root: Path, trap: Path) -> None:
    sh(root, "config", "core.fsmonitor", str(trap))
    ask_everything(root)
    assert not sprung(trap)


def test_g2_no_filter_runs_whatever_its_name(root: Path, trap: Path) -> None:
    (root / ".gitattributes").write_text("* filter=x.y\n", encoding="utf-8")
    for part in ("clean", "smudge", "process"):
        sh(root, "config", f"filter.x.y.{part}", str(trap))
    sh(root, "config", "filter.x.y.required", "true")
    (root / RECORD).write_bytes(b"id: b\n")
    ask_everything(root)
    assert status.described(root).endswith("+")
    assert not sprung(trap)


def test_g2_a_filter_whose_name_cannot_be_switched_off_counts_as_a_difference(root: Path, trap: Path) -> None:
    (root / ".gitattributes").write_text("* filter=a=b\n", encoding="utf-8")
    sh(root, "config", "filter.a=b.clean", str(trap))
    ask_everything(root)
    assert status.described(root).endswith("+")
    assert not sprung(trap)


def test_g3_g4_no_diff_driver_and_no_signature_program_runs(root: Path, trap: Path) -> None:
    (root / ".gitattributes").write_text("* diff=x\n", encoding="utf-8")
    for name in ("diff.external", "diff.x.textconv", "diff.x.command", "gpg.program", "gpg.ssh.program", "core.pager", "core.sshCommand"):
        sh(root, "config", name, str(trap))
    sh(root, "config", "log.showSignature", "true")
    ask_everything(root)
    assert not sprung(trap)


def test_g5_no_hook_runs_on_a_question(root: Path, trap: Path) -> None:
    hooks = root / "hooks"
    hooks.mkdir()
    for name in ("post-index-change", "reference-transaction", "pre-commit", "fsmonitor-watchman"):
        (hooks / name).symlink_to(trap)
    sh(root, "config", "core.hooksPath", str(hooks))
    (root / RECORD).touch()
    ask_everything(root)
    assert not sprung(trap)


def test_g6_a_bare_repository_inside_the_tree_is_not_asked(root: Path, trap: Path) -> None:
    inner = root / "units" / "inner"
    subprocess.run(["git", "init", "-q", "--bare", str(inner)], check=True)
    sh(inner, "config", "core.fsmonitor", str(trap))
    sh(inner, "config", "core.bare", "false")
    sh(inner, "config", "core.worktree", str(inner))
    assert git.top(inner) == root
    ask_everything(inner)
    assert not sprung(trap)


@pytest.mark.parametrize(
    "revision", ["--output=x", "-O", "--upload-pack=touch x", "", " HEAD", "HEAD:units", "HEAD\n", "a..b", "x" * 300, "--", "^HEAD", "nope"]
)
def test_g7_an_option_in_disguise_is_no_commit(root: Path, revision: str) -> None:
    with pytest.raises(UsageError):
        git.rev_parse(root, revision)
    assert not (root / "x").exists()


@pytest.mark.parametrize("revision", ["HEAD", "main", "HEAD~0", "v1.0", "分支", "@", "HEAD@{0}"])
def test_g7_what_people_call_a_commit_is_found(root: Path, revision: str) -> None:
    sh(root, "branch", "-M", "main")
    sh(root, "tag", "-a", "v1.0", "-m", "x")
    sh(root, "branch", "分支")
    assert git.rev_parse(root, revision) == sh(root, "rev-parse", "HEAD").strip()


def test_g8_the_environment_of_a_hook_does_not_lead_elsewhere(root: Path, trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = git.head(root)
    monkeypatch.setenv("GIT_DIR", "/nonexistent")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent/index")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(trap))
    ask_everything(root)
    assert git.head(root) == commit
    (root / RECORD).write_bytes(b"id: b\n")
    assert git.commit(root, [root / RECORD], "x", {}) != commit
    assert not sprung(trap)


def test_g9_replaced_objects_do_not_change_the_answer(root: Path) -> None:
    first = git.rev_parse(root, "HEAD")
    (root / RECORD).write_bytes(b"id: b\n")
    git.commit(root, [root / RECORD], "x", {})
    second = git.rev_parse(root, "HEAD")
    sh(root, "replace", second, first)
    tree = objects.tree(root, second)
    assert objects.blobs(root, tree.values())[tree[RECORD]] == b"id: b\n"


def test_g11_without_git_reports_go_on_and_commits_say_what_is_missing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert (status.described(root), git.head(root), git.identity(root)) == ("", None, ("张三", "zhangsan@example.org"))
    for call in (lambda: git.commit(root, [root / RECORD], "x", {}), lambda: git.rev_parse(root, "HEAD"), lambda: git.init(root)):
        with pytest.raises(SystemFailedError, match="none on this machine"):
            call()


def test_g11_a_git_that_hangs_is_ended(root: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("bin")
    (folder / "git").write_text("#!/bin/sh\nsleep 60 & wait\n", encoding="utf-8")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    with pytest.raises(SystemFailedError, match="did not end"):
        git.ask(root, "rev-parse", "HEAD", patience=0.2)


def test_g11_a_git_that_cannot_be_started_or_is_interrupted_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "Popen", lambda *_, **__: (_ for _ in ()).throw(OSError(12, "Cannot allocate memory")))
        with pytest.raises(SystemFailedError, match="Cannot allocate memory"):
            git.ask(root, "rev-parse", "HEAD")
    with monkeypatch.context() as patch:
        patch.setattr(subprocess.Popen, "communicate", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            git.ask(root, "rev-parse", "HEAD")


def test_g11_corrupt_objects_and_a_left_over_index_lock_are_said_in_words(root: Path) -> None:
    (root / ".git" / "index.lock").write_bytes(b"")
    (root / RECORD).write_bytes(b"id: b\n")
    with pytest.raises(SystemFailedError, match=r"index\.lock"):
        git.commit(root, [root / RECORD], "x", {})
    assert status.described(root).endswith("+")
    (root / ".git" / "index.lock").unlink()
    tree = objects.tree(root, git.rev_parse(root, "HEAD"))
    blob = root / ".git" / "objects" / tree[RECORD][:2] / tree[RECORD][2:]
    blob.chmod(0o644)
    blob.write_bytes(b"broken")
    with pytest.raises(SystemFailedError, match="damaged"):
        objects.blobs(root, tree.values())


def test_a_broken_configuration_is_a_failure_in_words(root: Path) -> None:
    (root / ".git" / "config").write_text("[broken\n", encoding="utf-8")
    assert status.described(root) == ""
    with pytest.raises(SystemFailedError, match="config"):
        status.dirty(root)


def test_a_question_that_nobody_waits_for_is_ended(root: Path) -> None:
    running = git.Asked(["sleep", "60"], root, {"PATH": os.environ["PATH"]})
    assert not running.spoken
    running.leave()
    assert running._process.returncode < 0
    done = git.asked(root, "rev-parse", "--git-dir")
    done._process.wait()
    assert done.spoken
    done.leave()
    done.leave()
    assert done._process.returncode == 0
