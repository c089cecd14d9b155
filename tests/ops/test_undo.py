"""The last write is taken back, by its bytes or by a new commit; what others built on stays (EXPERIENCE §2.3)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.errors import ChangedError, ForbiddenError, SystemFailedError, UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.act import act
from hazardctl.ops.add import add
from hazardctl.ops.drafting import Asked
from hazardctl.ops.fmt import fmt
from hazardctl.ops.new import new
from hazardctl.ops.registering import Wanted
from hazardctl.ops.settings import change
from hazardctl.ops.undo import SHOWN, take_back
from tests.acting import ASSIGN, REGISTER, context, hazard, ledger


def git(root: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True, encoding="utf-8").stdout


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    git(root, "init", "-q", str(tmp_path))
    (tmp_path / ".gitignore").write_text(".lock\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "begin")
    return root


@pytest.fixture
def path(root: Path) -> Path:
    return root / "hazards/2024/03/YH-20240301-AAAAA.yaml"


def test_a_write_that_is_not_committed_is_taken_back_byte_for_byte(root: Path, path: Path) -> None:
    before = path.read_bytes()
    act(context(root), ["AAAAA"], Asked("start"))
    seen = take_back(context(root), dry_run=True)
    assert path.read_bytes() != before
    assert "-  - {date: 2024-06-30, do: start, by: 孙八}" in seen.diff
    assert take_back(context(root)).paths == ("hazards/2024/03/YH-20240301-AAAAA.yaml",)
    assert path.read_bytes() == before
    with pytest.raises(UsageError):
        take_back(context(root))


def test_a_registered_hazard_disappears_again_unless_somebody_names_it(root: Path) -> None:
    done = add(context(root), [Wanted({"unit": "xx-paper", "description": "灭火器过期"})]).added[0]
    other = hazard(root, "BBBBB", REGISTER, extra=f"recurrence_of: {done.id}\n")
    with pytest.raises(ForbiddenError):
        take_back(context(root))
    other.unlink()
    take_back(context(root))
    assert not (root / done.path).exists()


def test_a_file_that_was_changed_since_is_left_alone(root: Path, path: Path) -> None:
    act(context(root), ["AAAAA"], Asked("start"))
    path.write_text(path.read_text(encoding="utf-8") + "# 另注\n", encoding="utf-8")
    with pytest.raises(ChangedError):
        take_back(context(root))
    assert path.read_text(encoding="utf-8").endswith("# 另注\n")


def test_one_commit_holds_the_act_alone_and_says_what_it_did(root: Path, path: Path) -> None:
    (root.parent / "other.txt").write_text("x", encoding="utf-8")
    done = act(context(root), ["AAAAA"], Asked("start", commit=True))
    assert done.commit
    assert git(root, "log", "-1", "--format=%B").strip() == ("开始整改 AAAAA\n\nHazardctl-Act: start\nHazardctl-Records: YH-20240301-AAAAA")
    assert git(root.parent, "status", "--porcelain") == "?? other.txt\n"
    before = git(root, "show", f"HEAD~1:ledger/{path.relative_to(root)}")
    undone = take_back(context(root))
    assert path.read_text(encoding="utf-8") == before
    assert undone.commit
    assert "Hazardctl-Undoes" in git(root, "log", "-1", "--format=%B")
    with pytest.raises(UsageError):
        take_back(context(root))


def test_a_commit_that_takes_much_back_has_a_first_line_that_fits(root: Path) -> None:
    wanted = [Wanted({"unit": "xx-paper", "description": f"第{n}处灭火器过期"}) for n in range(7)]
    done = add(context(root), wanted, commit=True).added
    take_back(context(root))
    subject, _, rest = git(root, "log", "-1", "--format=%B").partition("\n")
    assert subject == f"撤回 {'、'.join(one.id[-5:] for one in done[:5])} 等 7 条"
    assert all(one.id in rest for one in done)


def test_of_much_that_is_taken_back_the_first_is_shown_and_the_rest_counted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [Wanted({"unit": "xx-paper", "description": f"第{n}处灭火器过期"}) for n in range(SHOWN + 3)]
    done = add(context(root), wanted).added
    assert called(["-C", str(root), "undo", "-n"]) == 0
    seen = capsys.readouterr().out
    assert seen.count("--- hazards/") == SHOWN
    assert "另有 3 个文件" in seen
    assert called(["-C", str(root), "undo", "-y"]) == 0
    assert "另有 3 个文件" in capsys.readouterr().out
    assert not any((root / one.path).exists() for one in done)


def test_a_key_that_is_a_part_of_another_one_does_not_hold_it(root: Path) -> None:
    new(context(root), BY_NAME["unit"], {"name": ["某某厂"], "kind": ["企业"]}, key="xx")
    take_back(context(root))
    assert not (root / "units/xx.yaml").exists()


def test_a_committed_registration_is_reverted_with_its_photograph(root: Path, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"\xff\xd8\x00made up")
    done = add(context(root), [Wanted({"unit": "xx-paper", "description": "灭火器过期"})], photos=[photo], commit=True)
    take_back(context(root))
    assert not (root / done.added[0].path).exists()
    assert not list((root / "evidence").rglob("*.jpg"))
    assert git(root.parent, "status", "--porcelain", "ledger") == ""


def test_what_others_built_on_is_not_reverted(root: Path) -> None:
    act(context(root), ["AAAAA"], Asked("start", commit=True))
    act(context(root), ["AAAAA"], Asked("note", note="催办"))
    git(root, "commit", "-qam", "by hand")
    with pytest.raises((ChangedError, ForbiddenError)):
        take_back(context(root))


def test_a_write_committed_by_hand_is_for_git_to_revert(root: Path) -> None:
    act(context(root), ["AAAAA"], Asked("start"))
    git(root, "commit", "-qam", "by hand")
    with pytest.raises(ForbiddenError, match="committed"):
        take_back(context(root))


def test_a_configured_ledger_commits_every_act_unless_told_not_to(root: Path) -> None:
    config = root / "hazardctl.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "commit: true\n", encoding="utf-8")
    assert act(context(root), ["AAAAA"], Asked("note", note="x")).commit
    assert not act(context(root), ["AAAAA"], Asked("note", note="y", commit=False)).commit


def test_without_git_there_is_nothing_to_take_back_and_nothing_to_commit_to(tmp_path: Path) -> None:
    root = ledger(tmp_path)
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    before = path.read_bytes()
    with pytest.raises(UsageError):
        take_back(context(root))
    with pytest.raises(UsageError):
        act(context(root), ["AAAAA"], Asked("start", commit=True))
    assert path.read_bytes() == before


def test_a_commit_that_brought_a_whole_file_along_is_taken_back_by_its_act_alone(root: Path) -> None:
    path = hazard(root, "BBBBB", REGISTER)
    act(context(root), ["BBBBB"], Asked("note", note="未提交"))
    before = path.read_bytes()
    act(context(root), ["BBBBB"], Asked("note", note="随提交", commit=True))
    take_back(context(root))
    assert path.read_bytes() == before
    assert git(root.parent, "status", "--porcelain", "ledger") == ""


def test_in_another_clone_only_what_the_act_alone_did_is_reverted(root: Path, tmp_path: Path) -> None:
    act(context(root), ["AAAAA"], Asked("start", commit=True))
    hazard(root, "BBBBB", REGISTER)
    act(context(root), ["BBBBB"], Asked("note", note="整份文件随提交", commit=True))
    git(tmp_path, "clone", "-q", str(root.parent), "clone")
    clone = tmp_path / "clone" / "ledger"
    with pytest.raises(ForbiddenError):
        take_back(context(clone))
    git(clone, "reset", "-q", "--hard", "HEAD~1")
    take_back(context(clone))
    assert "do: start" not in (clone / "hazards/2024/03/YH-20240301-AAAAA.yaml").read_text(encoding="utf-8")


def test_two_commits_are_taken_back_one_after_the_other(root: Path, path: Path) -> None:
    before = path.read_bytes()
    act(context(root), ["AAAAA"], Asked("start", commit=True))
    act(context(root), ["AAAAA"], Asked("note", note="催办", commit=True))
    take_back(context(root))
    assert b"do: start" in path.read_bytes()
    take_back(context(root))
    assert path.read_bytes() == before


def test_every_command_that_writes_is_the_last_write(root: Path, path: Path) -> None:
    before = path.read_text(encoding="utf-8")
    act(context(root), ["AAAAA"], Asked("start"))
    new(context(root), BY_NAME["unit"], {"name": ["XX超市"], "kind": ["企业"]}, key="xx-shop")
    take_back(context(root))
    assert not (root / "units/xx-shop.yaml").exists()
    assert path.read_text(encoding="utf-8") == before + "  - {date: 2024-06-30, do: start, by: 孙八}\n"
    change(context(root), "policy.due_soon_days", "9")
    take_back(context(root))
    assert "due_soon_days" not in (root / "hazardctl.yaml").read_text(encoding="utf-8")
    path.write_text(
        path.read_text(encoding="utf-8").replace("site: 一号车间\n", "").replace("unit: ", "site: 一号车间\nunit: "), encoding="utf-8"
    )
    untidy = path.read_bytes()
    assert fmt(context(root)).changed
    take_back(context(root))
    assert path.read_bytes() == untidy


def test_a_commit_that_a_hook_refuses_leaves_the_write_and_says_so(root: Path, path: Path) -> None:
    before = path.read_bytes()
    hook = root.parent / ".git" / "hooks" / "pre-commit"
    hook.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    with pytest.raises(SystemFailedError) as failure:
        act(context(root), ["AAAAA"], Asked("start", commit=True))
    assert failure.value.exit_code == 4
    assert "written, but not committed: hazards/2024/03/YH-20240301-AAAAA.yaml" in str(failure.value)
    assert b"do: start" in path.read_bytes()
    take_back(context(root))
    assert path.read_bytes() == before
