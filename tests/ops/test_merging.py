"""A merge is judged before it is made, and neither work tree nor index nor repository is touched (RELIABILITY G12)."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest

from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.validate import Compared, Outcome, validate
from hazardctl.store import git as gits
from tests.acting import ledger
from tests.test_merges import CLOSE, EXTEND, OTHER, PASSED, PATH, RECORD, RECTIFY, Edit, act, commit, fact, git, write

TODAY = dt.date(2024, 6, 30)
NOTE = "{date: 2024-03-05, do: note, by: 李四, note: 已电话催办}"
SPOT = "{date: 2024-03-01, do: rectify, by: 王五, on_spot: true, note: 已清理}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    write(RECORD)(root)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "起点")
    return root


def parted(root: Path, mine: Edit, theirs: Edit) -> None:
    """Let two branches edit, and stand on the first."""
    top = root.parent
    git(top, "checkout", "--quiet", "-b", "theirs")
    theirs(root)
    commit(top, "对方")
    git(top, "checkout", "--quiet", "-")
    mine(root)
    commit(top, "我方")


def judged(root: Path, ref: str = "theirs") -> Outcome:
    return validate(Context(root, TODAY), compared=Compared(merged_with=ref))


def broken(found: Outcome) -> list[tuple[str, str]]:
    return [(one.severity, one.message.say("en")) for one in found.review.diagnostics if one.code == "HZ714"]


def footprint(top: Path) -> str:
    files = sorted(path for path in top.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


def test_a_merge_that_is_clean_for_git_only_is_found_before_it_is_made(root: Path) -> None:
    parted(root, fact("grade: general", "grade: major"), act(SPOT))
    before = footprint(root.parent)
    found = judged(root)
    assert any("HZ214" in message and severity == "error" for severity, message in broken(found))
    assert found.failed
    assert footprint(root.parent) == before


def test_one_number_given_twice_is_found(root: Path) -> None:
    other = OTHER.replace("schema: hazard/1\n", "schema: hazard/1\nnumber: 青安隐〔2024〕8号\n")
    parted(root, write(other), write(other.replace("8R5TC", "9XQ4D").replace("二号库", "三号库")))
    found = [one for one in judged(root).review.diagnostics if one.code == "HZ714"]
    (told,) = [one for one in found if "HZ108" in one.message.say("en")]
    assert told.excerpt[-1][1] == "number: 青安隐〔2024〕8号"


def test_a_clean_merge_is_clean(root: Path) -> None:
    parted(root, act(NOTE), write(OTHER))
    assert broken(judged(root)) == []


def test_a_conflict_that_goes_together_is_a_warning_and_is_judged_as_it_would_be(root: Path) -> None:
    parted(root, act(RECTIFY.replace("王五", "李四")), act("{date: 2024-03-10, do: note, by: 李四, note: x}", NOTE))
    found = broken(judged(root))
    ((severity, message),) = found
    assert severity == "warning"
    assert "go together" in message
    assert "ours added 2024-03-10" in message


def test_what_the_two_sides_do_together_is_found_in_the_merge(root: Path) -> None:
    parted(root, act(RECTIFY.replace("王五", "李四")), act(NOTE, PASSED.replace("pass", "pass, note: 代看")))
    assert any("HZ205" in message for _, message in broken(judged(root)))


def test_an_extension_against_a_closing_is_for_a_person(root: Path) -> None:
    parted(root, act(RECTIFY, PASSED, CLOSE), act(EXTEND))
    found = judged(root)
    ((severity, message),) = broken(found)
    assert (severity, found.failed) == ("error", True)
    assert "theirs added 2024-03-09 extend" in message
    (one,) = [one for one in found.review.diagnostics if one.code == "HZ714"]
    assert (one.path, one.place.line) == (f"ledger/{PATH}", 14)
    assert any("one side says" in note.say("en") for note in one.notes)


def test_a_file_one_side_took_away_and_settings_in_conflict_are_explained(root: Path) -> None:
    parted(root, lambda place: (place / PATH).unlink(), act(NOTE))
    assert broken(judged(root)) == [("error", "a conflict: one side took the file away")]


def test_settings_in_conflict_end_the_trial_in_words(root: Path) -> None:
    def days(n: int) -> Edit:
        def edit(place: Path) -> None:
            path = place / "hazardctl.yaml"
            path.write_text(f"{path.read_text(encoding='utf-8')}policy: {{review_days: {n}}}\n", encoding="utf-8")

        return edit

    parted(root, days(3), days(4))
    ((severity, message),) = broken(judged(root))
    assert severity == "error"
    assert "settings" in message


def test_no_driver_filter_or_attribute_of_the_repository_runs(root: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    top = root.parent
    git(top, "config", "merge.x.driver", f"touch {trap}")
    (top / ".gitattributes").write_text("*.yaml merge=x\n", encoding="utf-8")
    commit(top, "属性")
    parted(root, act(RECTIFY, PASSED, CLOSE), act(EXTEND))
    assert broken(judged(root))
    assert not trap.exists()


def test_union_is_not_believed(root: Path) -> None:
    (root.parent / ".gitattributes").write_text("*.yaml merge=union\n", encoding="utf-8")
    commit(root.parent, "属性")
    parted(root, act(RECTIFY, PASSED, CLOSE), act(EXTEND))
    assert broken(judged(root))[0][0] == "error"


def test_what_is_not_committed_is_left_out_and_said_to_be(root: Path) -> None:
    parted(root, act(NOTE), write(OTHER))
    act(EXTEND)(root)
    assert [note.say("en") for note in judged(root).notes] == ["there are changes not committed, and the trial leaves them out"]


def test_a_git_that_is_too_old_is_said_to_be(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = gits.ask
    monkeypatch.setattr(
        gits, "ask", lambda path, *words, **how: b"git version 2.30.2\n" if words == ("version",) else ask(path, *words, **how)
    )
    with pytest.raises(SystemFailedError, match=r"2\.38 or later, and this is 2\.30"):
        judged(root, "HEAD")


def test_a_revision_that_is_none_is_a_usage_error(root: Path) -> None:
    with pytest.raises(UsageError, match="no commit"):
        judged(root, "nowhere")


def test_the_merge_of_a_second_work_tree_borrows_the_first_ones_objects(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    parted(root, fact("grade: general", "grade: major"), act(SPOT))
    place = tmp_path_factory.mktemp("tree") / "w"
    git(root.parent, "worktree", "add", "--quiet", "-b", "second", str(place))
    assert broken(judged(place / "ledger")) == broken(judged(root))
