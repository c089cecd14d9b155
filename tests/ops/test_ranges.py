"""`validate --since`: what a branch brings and no more, and who touched the past; git is asked little, whatever the range."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.cli.app import called
from hazardctl.errors import SystemFailedError, UsageError
from hazardctl.ops.context import Context
from hazardctl.ops.ranging import between
from hazardctl.ops.validate import Compared, Outcome, validate
from hazardctl.rules.engine import check_range
from hazardctl.store.insert import with_event
from tests.acting import ledger
from tests.test_merges import EXTEND, OTHER, PASSED, PATH, RECORD, RECTIFY

TODAY: Final = dt.date(2024, 3, 20)
CONFIG: Final = """schema: config/1
calendar: {name: plain}
people:
  - {name: 李四, aliases: [老李], emails: [li4@example.org]}
  - {name: 王五, emails: [wang5@example.org]}
"""
Edit = Callable[[Path], None]


class Desk:
    """A ledger in a repository where people commit on days."""

    def __init__(self, top: Path, below: str = "ledger") -> None:
        self.top, self.root = top, ledger(top / Path(below).parent, CONFIG)
        self.git("init", "--quiet", "-b", "main")
        self.write(RECORD)
        self.commit("2024-03-01")
        self.git("tag", "start")

    def git(self, *words: str, day: str = "2024-03-01", who: str = "李四 <li4@example.org>") -> str:
        name, mail = who.rstrip(">").split(" <")
        stamp = f"{day}T12:00:00+08:00"
        parts = (("NAME", name), ("EMAIL", mail), ("DATE", stamp))
        env = {**os.environ, **{f"GIT_{role}_{part}": text for role in ("AUTHOR", "COMMITTER") for part, text in parts}}
        return subprocess.run(["git", *words], cwd=self.top, check=True, env=env, capture_output=True, text=True).stdout

    def write(self, text: str) -> Path:
        name = text.split("\n", 1)[0].removeprefix("id: ").split()[0]
        path = self.root / f"hazards/2024/03/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def act(self, *lines: str) -> None:
        data = (self.root / PATH).read_bytes()
        for line in lines:
            data = with_event(data, line)
        (self.root / PATH).write_bytes(data)

    def edit(self, old: str, new: str) -> None:
        text = (self.root / PATH).read_text(encoding="utf-8")
        assert old in text
        (self.root / PATH).write_text(text.replace(old, new), encoding="utf-8")

    def commit(self, day: str = "2024-03-12", who: str = "李四 <li4@example.org>") -> None:
        self.git("add", "-A")
        self.git("commit", "--quiet", "--allow-empty", "-m", "一步", day=day, who=who)

    def codes(self, since: str = "start") -> list[str]:
        return [verdict.finding.code for verdict in check_range(between(Context(self.root, TODAY), since))]

    def outcome(self, **how: str) -> Outcome:
        return validate(Context(self.root, TODAY), compared=Compared(**how))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def messages(found: Outcome, code: str) -> list[str]:
    return [one.message.say("zh") for one in found.review.diagnostics if one.code == code]


def test_an_honest_range_brings_nothing(desk: Desk) -> None:
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.act(PASSED)
    desk.commit("2024-03-11")
    assert desk.codes() == []


def test_reformatting_is_no_change_of_the_past(desk: Desk) -> None:
    desk.edit("{date: 2024-03-01, do: register, by: 李四}", '{do: register, "date": 2024-03-01, by: ["李四"]}')
    desk.commit()
    assert desk.codes() == []


def test_only_what_the_branch_brings_is_shown(desk: Desk) -> None:
    everything = {one.code for one in desk.outcome().review.diagnostics}
    assert everything
    assert desk.outcome(since="start").review.diagnostics == ()
    desk.edit("unit: xx-paper\n", "tags: [甲]\nunit: no-such\n")
    assert {one.code for one in desk.outcome(since="start").review.diagnostics} >= {"HZ105", "HZ706"}


def test_a_finding_is_the_same_wherever_its_line_moves(desk: Desk) -> None:
    desk.edit("schema: hazard/1\n", "schema: hazard/1\n# 一行\n# 又一行\n")
    desk.commit()
    assert desk.outcome(since="start").review.diagnostics == ()


def test_a_branch_cannot_silence_what_judges_it(desk: Desk) -> None:
    (desk.root / "hazardctl.yaml").write_text(f"{CONFIG}rules: {{HZ302: silent}}\n", encoding="utf-8")
    desk.act("{date: 2024-03-05, do: assign, by: 李四, to: xx-paper, due: 2024-03-01}")
    desk.commit("2024-03-05")
    found = desk.outcome(since="start")
    assert {one.code for one in found.review.diagnostics} >= {"HZ302", "HZ710"}
    assert found.failed


def test_an_unreadable_record_of_before_is_not_the_branch_s(desk: Desk) -> None:
    path = desk.write(OTHER)
    path.write_text("id: [\n", encoding="utf-8")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    assert not desk.outcome(since="start").failed
    (desk.root / PATH).write_text("id: [\n", encoding="utf-8")
    found = desk.outcome(since="start")
    assert found.failed
    assert found.review.unread == (f"ledger/{PATH}",)


def test_the_commit_that_touched_the_past_is_named(desk: Desk) -> None:
    desk.edit("due: 2024-03-16", "due: 2024-04-30")
    desk.commit("2024-03-12", "王五 <wang5@example.org>")
    short = desk.git("rev-parse", "HEAD").strip()[:7]
    desk.write(OTHER)
    desk.commit("2024-03-13")
    (told,) = messages(desk.outcome(since="start"), "HZ702")
    assert f"提交 {short}，王五，2024-03-12" in told
    assert "due" in told


def test_what_is_not_committed_is_judged_too(desk: Desk) -> None:
    desk.edit("due: 2024-03-16", "due: 2024-04-30")
    (told,) = messages(desk.outcome(since="HEAD"), "HZ702")
    assert "尚未提交" in told


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("by: 李四, to", "by: 王五, to", "HZ702"),
        ("date: 2024-03-01, do: assign", "date: 2024-03-02, do: assign", "HZ702"),
        ("  - {date: 2024-03-01, do: register, by: 李四}\n", "", "HZ703"),
        ("  - {date: 2024-03-01, do: assign, by: 李四, to: xx-paper, due: 2024-03-16}\n", "", "HZ703"),
        ("site: 一号库", "site: 二号库", "HZ706"),
        ("grade: general", "grade: major", "HZ706"),
        ("site: 一号库\n", "", "HZ706"),
    ],
)
def test_every_alteration_is_noticed(desk: Desk, old: str, new: str, code: str) -> None:
    desk.edit(old, new)
    desk.commit("2024-03-02")
    assert code in desk.codes()


def test_old_lines_that_change_places_are_noticed(desk: Desk) -> None:
    first, second = (RECORD.split("\n")[place] for place in (-3, -2))
    desk.edit(f"{first}\n{second}", f"{second}\n{first}")
    desk.commit()
    assert desk.codes() == ["HZ702"]


def test_a_line_put_above_known_ones_is_noticed(desk: Desk) -> None:
    desk.edit("history:\n", "history:\n  - {date: 2024-03-12, do: note, by: 李四, note: x}\n")
    desk.commit()
    assert desk.codes() == ["HZ704"]


def test_concurrent_lines_are_no_insertion_into_the_past(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "other")
    desk.act("{date: 2024-03-12, do: note, by: 王五, note: 甲}")
    desk.commit("2024-03-12", "王五 <wang5@example.org>")
    desk.git("checkout", "--quiet", "main")
    desk.act("{date: 2024-03-05, do: note, by: 李四, note: 乙}")
    desk.commit("2024-03-05")
    subprocess.run(["git", "merge", "-q", "other"], cwd=desk.top, check=False, capture_output=True)
    assert called(["-C", str(desk.root), "resolve", "--add"]) == 0
    desk.git("commit", "--quiet", "--no-edit", day="2024-03-13")
    assert desk.codes() == []


def test_what_a_merge_loses_is_noticed(desk: Desk) -> None:
    desk.git("checkout", "--quiet", "-b", "other")
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.git("checkout", "--quiet", "main")
    desk.act(EXTEND.replace("by: 钱七", "by: 李四"))
    desk.commit("2024-03-09")
    desk.git("merge", "--quiet", "-s", "ours", "-m", "合并", "other")
    assert desk.codes() == ["HZ703"]


def test_a_deleted_record_is_noticed_and_one_that_was_moved_is_said_to_be_moved(desk: Desk) -> None:
    (desk.root / PATH).unlink()
    desk.commit("2024-03-12", "王五 <wang5@example.org>")
    found = desk.outcome(since="start")
    (told,) = messages(found, "HZ701")
    assert "王五" in told
    assert next(one.path for one in found.review.diagnostics if one.code == "HZ701") == f"ledger/{PATH}"
    desk.write(RECORD.replace("YH-20240301-7K2QF", "YH-20240301-AAAAA"))
    desk.commit()
    assert desk.codes() == ["HZ707"]


def test_what_undo_took_back_is_no_offence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAZARDCTL_ACTOR", "李四")
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-03-12")
    here = ["-C", str(desk.root)]
    assert called([*here, "note", "7K2QF", "-m", "写错了", "--commit"]) == 0
    assert called([*here, "undo", "-y"]) == 0
    assert "HZ703" not in desk.codes()
    assert called([*here, "add", "-u", "xx-paper", "-m", "登错了的一条隐患", "--commit"]) == 0
    assert called([*here, "undo", "-y"]) == 0
    assert "HZ701" not in desk.codes()


def test_what_was_written_and_dropped_within_the_range_is_told_as_information(desk: Desk) -> None:
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.edit(f"  - {RECTIFY}\n", "")
    desk.commit("2024-03-11")
    found = desk.outcome(since="start")
    assert [(one.code, one.severity) for one in found.review.diagnostics] == [("HZ703", "info")]
    desk.write(OTHER)
    desk.commit("2024-03-11")
    desk.root.joinpath("hazards/2024/03/YH-20240301-8R5TC.yaml").unlink()
    desk.commit("2024-03-11")
    assert not desk.outcome(since="start").failed
    assert "HZ701" in desk.codes()


def test_a_corrected_edit_is_excused(desk: Desk) -> None:
    desk.edit("due: 2024-03-16", "due: 2024-03-15")
    desk.act("{date: 2024-03-12, do: correct, by: 李四, event: 2, field: due, was: 2024-03-16, now: 2024-03-15, reason: 笔误}")
    desk.commit()
    assert "HZ702" not in desk.codes()


@pytest.mark.parametrize(
    ("line", "who", "expected"),
    [
        ("{date: 2024-03-12, do: note, by: 李四, note: x}", "李四 <li4@example.org>", None),
        ("{date: 2024-03-12, do: note, by: 老李, note: x}", "l <li4@example.org>", None),
        ("{date: 2024-03-12, do: note, by: [钱七, 李四], note: x}", "李四 <li4@example.org>", None),
        ("{date: 2024-03-12, do: note, by: 钱七, note: x}", "王五 <wang5@example.org>", None),
        ("{date: 2024-03-12, do: note, by: 李四, note: x}", "王五 <wang5@example.org>", "warning"),
        ("{date: 2024-03-12, do: note, by: 李四, note: x}", "李四 <li4@example.com>", "warning"),
    ],
)
def test_the_author_stands_for_the_line(desk: Desk, line: str, who: str, expected: str | None) -> None:
    desk.act(line)
    desk.commit("2024-03-12", who)
    found = [one.severity for one in desk.outcome(since="start").review.diagnostics if one.code == "HZ705"]
    assert found == ([expected] if expected else [])


def test_a_verification_committed_by_the_rectifier_is_an_error(desk: Desk) -> None:
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.act(PASSED)
    desk.commit("2024-03-11", "王五 <wang5@example.org>")
    (found,) = [one for one in desk.outcome(since="start").review.diagnostics if one.code == "HZ705"]
    assert found.severity == "error"
    assert "王五" in found.message.zh or "王五" in found.message.say("zh")


def test_where_signatures_are_wanted_an_unsigned_commit_is_an_error(desk: Desk) -> None:
    (desk.root / "hazardctl.yaml").write_text(f"{CONFIG}require_signatures: true\n", encoding="utf-8")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.act("{date: 2024-03-12, do: note, by: 李四, note: x}", "{date: 2024-03-12, do: note, by: 李四, note: y}")
    desk.commit("2024-03-12")
    found = [one for one in desk.outcome(since="start").review.diagnostics if one.code == "HZ705"]
    assert [one.severity for one in found] == ["error"]
    data = desk.git("cat-file", "commit", "HEAD").replace("\n\n", "\ngpgsig -----BEGIN SSH SIGNATURE-----\n x\n\n", 1)
    oid = (
        subprocess.run(
            ["git", "hash-object", "-t", "commit", "-w", "--stdin"], cwd=desk.top, input=data.encode(), check=True, capture_output=True
        )
        .stdout.decode()
        .strip()
    )
    desk.git("reset", "--quiet", "--soft", oid)
    assert "HZ705" not in desk.codes()


def test_evidence_keeps_its_checksum(desk: Desk) -> None:
    desk.edit("grade: general\n", f"grade: general\nevidence:\n  - {{kind: after, path: evidence/1.jpg, sha256: {'a' * 64}}}\n")
    desk.commit("2024-03-10")
    assert desk.codes() == []
    desk.git("tag", "-f", "start")
    desk.edit("a" * 64, "b" * 64)
    desk.commit("2024-03-11")
    (told,) = messages(desk.outcome(since="start"), "HZ706")
    assert "evidence/1.jpg" in told


def test_a_fact_filled_in_and_a_list_that_grew_are_no_silent_change(desk: Desk) -> None:
    desk.edit("grade: general\n", "grade: general\nrequirement: 清空通道\nnotices: [{date: 2024-03-02, way: 公示栏}]\n")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.edit("way: 公示栏}]", "way: 公示栏}, {date: 2024-03-03, way: 班前会}]")
    desk.commit("2024-03-03")
    assert desk.codes("HEAD~2") == []


def test_a_policy_may_be_relaxed_apart_and_be_made_stricter_at_any_time(desk: Desk) -> None:
    path = desk.root / "hazardctl.yaml"
    path.write_text(f"{CONFIG}policy: {{review_days: 30}}\nverifiers: {{major: 1}}\nmeasures: {{preset: rectified}}\n", encoding="utf-8")
    desk.commit()
    assert desk.codes() == []
    desk.act("{date: 2024-03-12, do: note, by: 李四, note: x}")
    desk.commit()
    assert desk.codes() == ["HZ710"] * 3
    path.write_text(f"{CONFIG}policy: {{review_days: 3}}\ndeadlines: {{rules: [{{days: 5}}]}}\n", encoding="utf-8")
    desk.commit()
    assert desk.codes() == []


def test_a_deadline_rule_taken_away_is_relaxed(desk: Desk) -> None:
    path = desk.root / "hazardctl.yaml"
    path.write_text(
        f"{CONFIG}deadlines: {{roll: next_working_day, rules: [{{grade: general, days: 15, count: working}}]}}\n", encoding="utf-8"
    )
    desk.act("{date: 2024-03-12, do: note, by: 李四, note: x}")
    desk.commit()
    assert desk.codes() == ["HZ710"] * 3


def test_a_ledger_below_a_folder_with_a_chinese_name(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "安全 生产/ledger")
    desk.edit("due: 2024-03-16", "due: 2024-04-30")
    desk.commit()
    found = desk.outcome(since="start")
    assert [(one.code, one.path) for one in found.review.diagnostics if one.code == "HZ702"] == [("HZ702", f"安全 生产/ledger/{PATH}")]


def test_a_range_of_another_work_tree_is_looked_at_there(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("tree") / "w"
    desk.git("worktree", "add", "--quiet", "-b", "second", str(other))
    path = other / "ledger" / PATH
    path.write_text(path.read_text(encoding="utf-8").replace("due: 2024-03-16", "due: 2024-04-30"), encoding="utf-8")
    assert [one.finding.code for one in check_range(between(Context(other / "ledger", TODAY), "start"))] == ["HZ702"]
    assert desk.codes() == []


def test_a_ledger_that_begins_within_the_range_is_all_new(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.git("checkout", "--quiet", "--orphan", "empty")
    desk.git("rm", "-rq", "--cached", ".")
    desk.git("commit", "--quiet", "--allow-empty", "-m", "空")
    desk.git("tag", "-f", "start")
    desk.commit("2024-03-02")
    found = desk.outcome(since="start")
    assert {one.code for one in found.review.diagnostics} == {one.code for one in desk.outcome().review.diagnostics}


def test_revisions_that_are_none_are_usage_errors(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    for ref in ("nowhere", "--output=x", "", " "):
        if ref.strip():
            with pytest.raises(UsageError, match="no commit"):
                desk.outcome(since=ref)
    with pytest.raises(UsageError, match="not both"):
        desk.outcome(since="start", merged_with="start")
    desk.git("checkout", "--quiet", "--orphan", "island")
    desk.commit()
    with pytest.raises(UsageError, match="no common ancestor"):
        desk.outcome(since="main")
    bare = ledger(tmp_path_factory.mktemp("bare"))
    with pytest.raises(UsageError, match="no git repository"):
        validate(Context(bare, TODAY), compared=Compared("HEAD"))


def test_a_shallow_clone_proves_nothing(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk.git("checkout", "--quiet", "-b", "branch")
    desk.act(RECTIFY)
    desk.commit("2024-03-10")
    desk.git("checkout", "--quiet", "main")
    desk.write(OTHER)
    desk.commit("2024-03-11")
    clone = tmp_path_factory.mktemp("clone") / "c"
    desk.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{desk.top}", str(clone))
    with pytest.raises(SystemFailedError, match="shallow") as caught:
        validate(Context(clone / "ledger", TODAY), compared=Compared("origin/branch"))
    assert "fetch-depth" in str(caught.value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15, deadline=None)
@given(data=st.data())
def test_any_line_altered_or_dropped_is_noticed_and_honest_growth_is_not(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = Desk(tmp_path_factory.mktemp("any"))
    verbs = data.draw(st.lists(st.sampled_from(["note", "progress", "start"]), min_size=1, max_size=6))
    lines = [f"{{date: 2024-03-{place + 2:02}, do: {verb}, by: 李四, note: 第{place}行}}" for place, verb in enumerate(verbs)]
    desk.act(*lines)
    desk.commit("2024-03-08")
    assert [code for code in desk.codes() if code != "HZ711"] == []
    desk.git("tag", "-f", "start")
    hurt = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["note", "date", "do", "by", "drop"]))
    old = f"  - {lines[hurt]}\n"
    swaps = {
        "note": ("note: 第", "note: 改第"), "date": ("date: 2024-03-", "date: 2023-03-"), "do": (f"do: {verbs[hurt]}", "do: supervise"),
        "by": ("by: 李四", "by: 王五"), "drop": (old, ""),
    }  # fmt: skip
    desk.edit(old, "" if how == "drop" else old.replace(*swaps[how]))
    desk.commit("2024-03-09")
    assert {"HZ702", "HZ703"} & set(desk.codes())


def test_a_finding_is_the_same_when_a_line_comes_before_its_own(desk: Desk) -> None:
    desk.act(RECTIFY)
    desk.commit("2024-03-10", "王五 <wang5@example.org>")
    desk.git("tag", "-f", "start")
    before = validate(Context(desk.root, dt.date(2024, 6, 30)))
    assert "HZ220" in {one.code for one in before.review.diagnostics}
    desk.edit("history:\n", "history:\n  - {date: 2024-03-01, do: note, by: 李四, note: x}\n")
    after = validate(Context(desk.root, dt.date(2024, 6, 30)), compared=Compared("start"))
    assert "HZ220" not in {one.code for one in after.review.diagnostics}


def test_a_revision_nearly_right_is_suggested(desk: Desk) -> None:
    desk.git("branch", "review-march")
    with pytest.raises(UsageError) as caught:
        desk.outcome(since="reveiw-march")
    assert "did you mean review-march" in str(caught.value)


def test_a_number_edited_with_a_correction_is_a_warning_and_an_id_edited_is_a_move(desk: Desk) -> None:
    desk.edit("schema: hazard/1\n", "schema: hazard/1\nnumber: 8号\n")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.edit("number: 8号", "number: 9号")
    desk.act("{date: 2024-03-12, do: correct, by: 李四, field: number, was: 8号, now: 9号, reason: 笔误}")
    desk.commit()
    found = [one for one in desk.outcome(since="start").review.diagnostics if one.code == "HZ713"]
    assert [one.severity for one in found] == ["warning"]
    desk.edit("id: YH-20240301-7K2QF", "id: YH-20240301-AAAAA")
    desk.commit()
    assert "HZ707" in desk.codes()


def test_an_id_deleted_and_used_again_within_the_range_is_noticed(desk: Desk) -> None:
    text = (desk.root / PATH).read_text(encoding="utf-8")
    (desk.root / PATH).unlink()
    desk.commit("2024-03-11")
    desk.write(text)
    desk.commit("2024-03-12")
    assert "HZ708" not in desk.codes()
    desk.write(text.replace("by: 李四", "by: 钱七").replace("消防通道被货物占用", "别的事"))
    desk.commit("2024-03-13")
    assert "HZ708" in desk.codes()


def test_a_seal_is_touched_by_what_moves_its_figures_alone(desk: Desk) -> None:
    seal = "schema: seal/1\nperiod: 2024-03\nas_of: 2024-03-31\npreset: default\nscope: {}\n"
    seal += "sealed_on: 2024-04-05\nby: 李四\nfigures: {hazards.found: 1}\n"
    (desk.root / "seals").mkdir()
    (desk.root / "seals/2024-03.yaml").write_text(seal, encoding="utf-8")
    (desk.root / "seals/odd.yaml").write_text("as_of: soon\n", encoding="utf-8")
    (desk.root / "seals/broken.yaml").write_text("a: [\n", encoding="utf-8")
    desk.commit("2024-04-05")
    desk.git("tag", "-f", "start")

    def codes(*lines: str) -> list[str]:
        desk.git("reset", "--quiet", "--hard", "start")
        desk.act(*lines)
        desk.commit("2024-04-10")
        return [code for code in desk.codes() if code == "HZ709"]

    assert codes("{date: 2024-03-20, do: note, by: 李四, note: x, recorded: 2024-04-10}") == []
    assert codes("{date: 2024-04-09, do: rectify, by: 王五, note: x}") == []
    assert codes("{date: 2024-03-20, do: rectify, by: 王五, note: x, recorded: 2024-04-10}") == ["HZ709"]
    by_fact = "{date: 2024-04-09, do: correct, by: 李四, field: site, was: 一号库, now: 二号库, reason: x}"
    assert codes(by_fact) == ["HZ709"]
    by_event = "{date: 2024-04-09, do: correct, by: 李四, event: 2, field: due, was: 2024-03-16, now: 2024-03-15, reason: x}"
    assert codes(by_event) == ["HZ709"]
    assert codes(by_event.replace("event: 2", "event: 99")) == []


def test_settings_that_cannot_be_read_at_the_beginning_judge_nobody(desk: Desk) -> None:
    (desk.root / "hazardctl.yaml").write_text("schema: config/1\nno_such: x\n", encoding="utf-8")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    (desk.root / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    desk.commit("2024-03-03")
    assert desk.outcome(since="start").review.diagnostics


def test_parts_of_a_fact_and_edited_lists_are_silent_changes(desk: Desk) -> None:
    plan = "plan: {target: {text: 消除}, funds: {text: 自筹}}\nnotices: [{date: 2024-03-02, way: 公示栏}]\n"
    desk.edit("grade: general\n", f"grade: general\n{plan}")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.edit("funds: {text: 自筹}", "funds: {text: 拨款}")
    desk.edit("way: 公示栏", "way: 班前会")
    desk.commit("2024-03-03")
    told = " / ".join(messages(desk.outcome(since="start"), "HZ706"))
    assert "plan.funds.text" in told
    assert "班前会" in told


def test_a_record_that_became_unreadable_and_went_is_deleted(desk: Desk) -> None:
    desk.write(OTHER).write_text("id: [\n", encoding="utf-8")
    desk.commit("2024-03-02")
    desk.git("tag", "-f", "start")
    desk.root.joinpath("hazards/2024/03/YH-20240301-8R5TC.yaml").unlink()
    assert desk.codes() == ["HZ701"]


def test_a_picture_exchanged_within_the_range_is_brought_by_it_and_one_exchanged_before_is_not(desk: Desk) -> None:
    picture = desk.root / "evidence/1.jpg"
    picture.parent.mkdir()
    picture.write_bytes(b"seen")
    digest = hashlib.sha256(b"seen").hexdigest()
    desk.edit("grade: general\n", f"grade: general\nevidence:\n  - {{kind: after, path: evidence/1.jpg, sha256: {digest}}}\n")
    desk.commit("2024-03-10")
    desk.git("tag", "-f", "start")
    assert "HZ403" not in {one.code for one in desk.outcome(since="start").review.diagnostics}
    picture.write_bytes(b"another")
    desk.commit("2024-03-11")
    assert "HZ403" in {one.code for one in desk.outcome(since="start").review.diagnostics}
    assert "HZ403" not in {one.code for one in desk.outcome(since="HEAD").review.diagnostics}
    picture.unlink()
    desk.commit("2024-03-12")
    assert {"HZ402"} <= {one.code for one in desk.outcome(since="HEAD~1").review.diagnostics}
