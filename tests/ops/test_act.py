"""What an act does, what it refuses, and what it writes (DOMAIN §3.2–3.8, RELIABILITY §5.1)."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
from pathlib import Path

import pytest

from hazardctl.errors import ChangedError, ForbiddenError, UnreadableError, UsageError
from hazardctl.language import Text
from hazardctl.ops.act import act
from hazardctl.ops.drafting import Asked
from hazardctl.ops.people import of_this_machine
from hazardctl.ops.undo import take_back
from hazardctl.store import writer
from tests.acting import ASSIGN, CONFIG, PASSED, RECTIFY, REGISTER, STATES, SUPERVISE, context, hazard, ledger

TWO = ("孙八", "周九")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return ledger(tmp_path)


def last_line(path: Path) -> str:
    return path.read_text(encoding="utf-8").splitlines()[-1].strip()


def refused(root: Path, suffix: str, asked: Asked, **more: object) -> str:
    with pytest.raises(ForbiddenError) as failure:
        act(context(root, **more), [suffix], asked)  # type: ignore[arg-type]
    return "\n".join(failure.value.lines("en"))


# ------------------------------------------------------------------------------------------------------------ the line


def test_an_act_is_one_line_more_and_nothing_else(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    before = path.read_bytes()
    asked = Asked("assign", {"to": "XX纸业", "person": "王五", "due": "15d"}, number="安改〔2024〕1号", note="请按期整改")
    done = act(context(root), ["aaaaa"], asked)
    expected = (
        "- {date: 2024-06-30, do: assign, by: 孙八, to: xx-paper, person: 王五, due: 2024-07-15, note: 请按期整改, number: 安改〔2024〕1号}"
    )
    assert path.read_bytes() == before + f"  {expected}\n".encode()
    assert (done.done[0].before.state, done.done[0].after.state) == ("registered", "assigned")


def test_an_act_dated_back_says_when_it_was_written_down(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    act(context(root), ["AAAAA"], Asked("start", date="2024/3/3"))
    assert last_line(path) == "- {date: 2024-03-03, do: start, by: 孙八, recorded: 2024-06-30}"


def test_a_dry_run_shows_the_diff_and_writes_nothing(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    before = path.read_bytes()
    done = act(context(root), ["AAAAA"], Asked("start", dry_run=True))
    assert path.read_bytes() == before
    assert not (root / ".lock").exists()
    assert "+  - {date: 2024-06-30, do: start, by: 孙八}" in done.done[0].diff


def test_several_records_are_checked_before_the_first_is_written(root: Path) -> None:
    good, bad = hazard(root, "AAAAA", REGISTER, ASSIGN), hazard(root, "BBBBB", REGISTER)
    before = good.read_bytes(), bad.read_bytes()
    assert "BBBBB" in refused(root, "BBBBB", Asked("start"))
    with pytest.raises(ForbiddenError):
        act(context(root), ["AAAAA", "BBBBB"], Asked("start"))
    assert (good.read_bytes(), bad.read_bytes()) == before


def test_one_record_named_twice_is_written_once(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    act(context(root), ["AAAAA", "YH-20240301-AAAAA"], Asked("note", note="催办"))
    assert path.read_text(encoding="utf-8").count("催办") == 1


def test_the_one_name_of_a_person_decides_not_the_spelling(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY.replace("王五", "李四"))
    assert "老李" not in refused(root, "AAAAA", Asked("verify", {"result": "pass"}, by=("老李",)))
    assert "李四" in refused(root, "AAAAA", Asked("verify", {"result": "pass"}, by=("老李",)))


# ----------------------------------------------------------------------------------------------------------------- ids


def test_an_ending_is_folded_as_people_type_it(root: Path) -> None:
    hazard(root, "A01QF", REGISTER, ASSIGN)
    assert act(context(root), ["aOIqf"], Asked("note", note="x")).done[0].id == "YH-20240301-A01QF"


def test_an_ending_of_two_records_lists_them(root: Path) -> None:
    hazard(root, "AAAQF", REGISTER)
    hazard(root, "BBBQF", REGISTER)
    with pytest.raises(UsageError) as failure:
        act(context(root), ["QF"], Asked("note", note="x"))
    assert "YH-20240301-AAAQF, YH-20240301-BBBQF" in str(failure.value)


@pytest.mark.parametrize("typed", ["ZZZZZ", "", " ", "YH-20240301-ZZZZZ", "../../etc/passwd", "YH-2024", "\x1b[2J", "%s", "{0}"])
def test_what_names_no_hazard_is_a_usage_error(typed: str, root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    with pytest.raises(UsageError):
        act(context(root), [typed], Asked("note", note="x"))


@pytest.mark.parametrize("typed", ["xx-paper", "XX纸业"])
def test_a_step_of_the_loop_is_for_hazards_only(typed: str, root: Path) -> None:
    with pytest.raises(UsageError) as failure:
        act(context(root), [typed], Asked("start"))
    assert failure.value.lines("en") != failure.value.lines("zh")


def test_no_id_is_a_usage_error(root: Path) -> None:
    with pytest.raises(UsageError):
        act(context(root), [], Asked("note", note="x"))


def test_a_mistyped_ending_is_met_with_the_right_one(root: Path) -> None:
    hazard(root, "M3V8K", REGISTER)
    with pytest.raises(UsageError, match="M3V8K"):
        act(context(root), ["M3V8X"], Asked("note", note="x"))


def test_no_verb_writes_to_a_record_that_cannot_be_read(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    path.write_text(path.read_text(encoding="utf-8") + "<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        act(context(root), ["AAAAA"], Asked("note", note="x"))


# ------------------------------------------------------------------------------------------------------ words of a call


def test_everything_missing_is_named_at_once(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    with pytest.raises(UsageError) as failure:
        act(context(root, actor=""), ["AAAAA"], Asked("extend", {"decision": "requested"}))
    assert str(failure.value).splitlines() == [
        "missing: --due, --reason", "missing: --interim", "who does this is not known", "add --by NAME, or set HAZARDCTL_ACTOR",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        Asked("assign"),
        Asked("assign", {"to": "没有的单位"}),
        Asked("assign", {"to": "xx-paper", "due": "26-1-1"}),
        Asked("assign", {"to": "xx-paper", "due": "2024-02-30"}),
        Asked("assign", {"to": "xx-paper", "due": "99999d"}),
        Asked("assign", {"to": "xx-paper", "due": "3月5日"}),
        Asked("assign", {"to": "xx-paper"}, date="2024-07-01"),
        Asked("assign", {"to": "xx-paper"}, date="明天"),
        Asked("progress"),
        Asked("rectify"),
        Asked("rectify", note=" "),
        Asked("verify", {"result": "fail"}),
        Asked("verify", {"result": "pass", "due": "15d"}),
        Asked("close", {"reason": "随便"}),
        Asked("close", {"reason": "removed"}),
        Asked("reopen"),
        Asked("transfer", {"to": "县住建局", "reason": "职责"}),
        Asked("regrade", {"grade": "较大", "reason": "r"}),
        Asked("regrade", {"grade": "major", "reason": "r"}),
        Asked("withdraw", {"reason": "duplicate"}, by=TWO),
        Asked("withdraw", {"reason": "not_a_hazard", "of": "AAAAA"}, by=TWO),
        Asked("withdraw", {"reason": "split"}, by=TWO),
        Asked("withdraw", {"reason": "entry_error", "into": ("AAAAA",)}, by=TWO),
        Asked("withdraw", {"reason": "duplicate", "of": "ZZZZZ"}, by=TWO),
        Asked("supervise", {"level": "村级"}, number="1号"),
        Asked("supervise", {"level": "county"}),
        Asked("release"),
        Asked("note"),
        Asked("note", note="a\x00b"),
        Asked("note", note="字" * 8001),
        Asked("note", note="x", by=("李\u202e四",)),
    ],
)
def test_words_that_are_off_end_in_two_before_anything_is_written(asked: Asked, root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    before = path.read_bytes()
    with pytest.raises(UsageError) as failure:
        act(context(root), ["AAAAA"], asked)
    assert failure.value.exit_code == 2
    assert path.read_bytes() == before


def test_words_are_taken_in_either_language(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    act(context(root), ["AAAAA"], Asked("close", {"reason": "单位关停"}, note="已注销"))
    assert "reason: unit_closed" in last_line(path)


# ----------------------------------------------------------------------------------------------------------- deadlines


@pytest.mark.parametrize(
    ("rule", "roll", "expected"),
    [
        ("{grade: general, days: 15, count: calendar}", "none", "2024-07-15"),
        ("{grade: general, days: 10, count: working}", "none", "2024-07-12"),
        ("{grade: general, days: 13, count: calendar}", "none", "2024-07-13"),
        ("{grade: general, days: 13, count: calendar}", "next_working_day", "2024-07-15"),
    ],
)
def test_the_configured_deadline_counts_from_the_day_of_the_act(rule: str, roll: str, expected: str, tmp_path: Path) -> None:
    root = ledger(tmp_path, CONFIG + f"deadlines:\n  roll: {roll}\n  rules:\n    - {rule}\n")
    path = hazard(root, "AAAAA", REGISTER)
    act(context(root), ["AAAAA"], Asked("assign", {"to": "xx-paper"}))
    assert f"due: {expected}" in last_line(path)


def test_without_a_rule_that_fits_a_deadline_must_be_said(tmp_path: Path) -> None:
    root = ledger(tmp_path, CONFIG + "deadlines:\n  rules:\n    - {grade: major, days: 30}\n")
    hazard(root, "AAAAA", REGISTER)
    with pytest.raises(UsageError, match="--due"):
        act(context(root), ["AAAAA"], Asked("assign", {"to": "xx-paper"}))


def test_working_days_of_an_unpublished_year_are_counted_with_a_word(tmp_path: Path) -> None:
    root = ledger(tmp_path, CONFIG.replace("plain", "cn"))
    hazard(root, "AAAAA", REGISTER)
    done = act(context(root, today=dt.date(2027, 6, 1)), ["AAAAA"], Asked("assign", {"to": "xx-paper", "due": "5wd"}))
    assert "2027" in done.done[0].warnings[0].say("en")


def test_a_hand_over_keeps_the_deadline_or_shortens_it(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    act(context(root), ["AAAAA"], Asked("assign", {"to": "xx-food"}))
    assert "to: xx-food, due: 2024-07-20" in last_line(path)
    act(context(root), ["AAAAA"], Asked("assign", {"due": "2024-07-10"}))
    assert "to: xx-food, due: 2024-07-10" in last_line(path)
    said = refused(root, "AAAAA", Asked("assign", {"due": "2024-07-11"}))
    assert "hazardctl extend AAAAA --due 2024-07-11" in said


def test_a_deadline_before_the_act_is_refused(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    assert "lies before" in refused(root, "AAAAA", Asked("assign", {"to": "xx-paper", "due": "2024-06-29"}))


# ---------------------------------------------------------------------------------------------------------- extensions


def test_only_a_granted_extension_moves_the_deadline(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    fields = {"due": "2024-08-01", "reason": "雨天", "interim": "专人值守"}
    asked = act(context(root), ["AAAAA"], Asked("extend", {**fields, "decision": "requested"}))
    assert asked.done[0].after.due == dt.date(2024, 7, 20)
    granted = act(context(root), ["AAAAA"], Asked("extend", {"due": "+10d", "reason": "同意", "decision": "granted"}))
    assert (granted.done[0].after.due, granted.done[0].after.extensions) == (dt.date(2024, 7, 30), 1)
    assert "decision: granted, due: 2024-07-30" in last_line(path)


def test_an_extension_extends(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    assert "not later" in refused(root, "AAAAA", Asked("extend", {"decision": "granted", "due": "2024-07-20", "reason": "r"}))


def test_a_hazard_without_a_deadline_has_none_to_extend(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, "{date: 2024-03-02, do: assign, by: 张三, to: xx-paper}")
    assert "no deadline" in refused(root, "AAAAA", Asked("extend", {"decision": "granted", "due": "2024-08-20", "reason": "r"}))


def test_asking_late_and_once_too_often_are_worth_a_word(root: Path) -> None:
    chain = [f"{{date: 2024-03-0{n}, do: extend, by: 钱七, decision: granted, due: 2024-0{n + 4}-20, reason: r}}" for n in (3, 4)]
    hazard(root, "AAAAA", REGISTER, ASSIGN.replace("2024-07-20", "2024-05-01"), *chain)
    asked = Asked("extend", {"decision": "granted", "due": "2024-09-20", "reason": "r"}, date="2024-05-02")
    said = [warning.say("en") for warning in act(context(root), ["AAAAA"], asked).done[0].warnings]
    assert any("the policy allows 2" in one for one in said)


def test_a_listed_hazard_must_be_asked_for_15_working_days_before(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN.replace("07-20", "07-19"), SUPERVISE, grade="major")
    fields = {"decision": "granted", "due": "2024-08-20", "reason": "r"}
    early = act(context(root), ["AAAAA"], Asked("extend", fields, date="2024-06-28", dry_run=True))
    late = act(context(root), ["AAAAA"], Asked("extend", fields, dry_run=True))
    assert (early.done[0].warnings, "2024-06-28" in late.done[0].warnings[0].say("zh")) == ((), True)


# ------------------------------------------------------------------------------------------------- rectify, verify, close


def test_on_the_spot_means_the_day_it_was_found_and_no_major_hazard(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    assert "on the spot" in refused(root, "AAAAA", Asked("rectify", {"on_spot": True}, note="清理"))
    act(context(root), ["AAAAA"], Asked("rectify", {"on_spot": True}, note="清理", date="2024-03-01"))
    hazard(root, "BBBBB", REGISTER, grade="major")
    assert "major" in refused(root, "BBBBB", Asked("rectify", {"on_spot": True}, note="清理", date="2024-03-01"))


@pytest.mark.parametrize(
    ("grade", "by", "fine"),
    [("general", ("孙八",), True), ("major", ("孙八",), False), ("major", TWO, True), ("major", ("李四", "老李"), False)],
)
def test_a_major_hazard_needs_two_verifiers(grade: str, by: tuple[str, ...], fine: bool, root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY, grade=grade)
    asked = Asked("verify", {"result": "pass"}, by=by)
    if fine:
        assert act(context(root), ["AAAAA"], asked).done[0].after.state == "verified"
    else:
        assert "2 verifiers" in refused(root, "AAAAA", asked)


def test_an_opinion_on_paper_takes_two_verifiers(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY)
    assert "2 verifiers" in refused(root, "AAAAA", Asked("verify", {"result": "pass"}, number="复〔2024〕1号"))
    act(context(root), ["AAAAA"], Asked("verify", {"result": "pass"}, number="复〔2024〕1号", by=TWO))


def test_a_failed_verification_returns_it_with_a_new_deadline(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY)
    done = act(context(root), ["AAAAA"], Asked("verify", {"result": "fail", "reason": "仍有堆放", "due": "10d"})).done[0]
    assert (done.after.state, done.after.returned, done.after.due) == ("assigned", True, dt.date(2024, 7, 10))


def test_the_rectifier_neither_verifies_nor_closes(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY)
    assert "王五" in refused(root, "AAAAA", Asked("verify", {"result": "pass"}, by=("王五", "李四")))
    hazard(root, "BBBBB", REGISTER, ASSIGN, RECTIFY, PASSED)
    assert "王五" in refused(root, "BBBBB", Asked("close", by=("王五",)))


def test_the_verifier_may_close_with_a_word_and_silently_on_the_fast_path(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY, PASSED)
    assert act(context(root), ["AAAAA"], Asked("close", by=("李四",), dry_run=True)).done[0].warnings
    (root / "hazardctl.yaml").write_text(CONFIG + "close: {general_fast: true}\n", encoding="utf-8")
    assert not act(context(root), ["AAAAA"], Asked("close", by=("李四",), dry_run=True)).done[0].warnings


def test_a_major_hazard_is_closed_with_a_complete_plan_and_two_verifiers(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY, PASSED, grade="major")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("emergency: {text: 修订, done_on: 2024-03-02}", "emergency: {text: 修订}"), encoding="utf-8")
    assert "safety measures" in refused(root, "AAAAA", Asked("close")).lower()
    path.write_text(text.replace("[李四, 赵六]", "李四"), encoding="utf-8")
    assert "2 verifiers" in refused(root, "AAAAA", Asked("close"))
    path.write_text(text, encoding="utf-8")
    assert act(context(root), ["AAAAA"], Asked("close")).done[0].after.state == "closed"


# ------------------------------------------------------------------------------------- reopen, regrade, withdraw, listing


def test_reopening_after_the_look_back_window_points_to_a_new_record(root: Path) -> None:
    hazard(root, "AAAAA", *STATES["closed"])
    said = refused(root, "AAAAA", Asked("reopen", {"reason": "再次堆放"}), today=dt.date(2024, 12, 10))
    assert "hazardctl add -u xx-paper --recurrence-of AAAAA" in said
    done = act(context(root, today=dt.date(2024, 12, 9)), ["AAAAA"], Asked("reopen", {"reason": "再次堆放"})).done[0]
    assert (done.after.cycle, done.after.owner, done.after.due) == (2, "xx-paper", dt.date(2024, 12, 24))


def test_lowering_a_grade_takes_two_people(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN, grade="major")
    asked = {"grade": "一般", "reason": "专家复核"}
    assert "two names" in refused(root, "AAAAA", Asked("regrade", asked))
    assert "two names" in refused(root, "AAAAA", Asked("regrade", asked, by=("李四", "老李")))
    assert "already" in refused(root, "AAAAA", Asked("regrade", {"grade": "major", "reason": "r"}))
    act(context(root), ["AAAAA"], Asked("regrade", asked, by=TWO))
    assert last_line(path) == "- {date: 2024-06-30, do: regrade, by: [孙八, 周九], was: major, now: general, reason: 专家复核}"


def test_a_withdrawal_names_two_people_and_a_record_that_counts(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    hazard(root, "BBBBB", *STATES["withdrawn"])
    path = hazard(root, "CCCCC", REGISTER)
    assert "two names" in refused(root, "CCCCC", Asked("withdraw", {"reason": "entry_error"}))
    assert "itself" in refused(root, "CCCCC", Asked("withdraw", {"reason": "duplicate", "of": "CCCCC"}, by=TWO))
    assert "withdrawn itself" in refused(root, "CCCCC", Asked("withdraw", {"reason": "duplicate", "of": "BBBBB"}, by=TWO))
    act(context(root), ["CCCCC"], Asked("withdraw", {"reason": "重复登记", "of": "AAAAA"}, by=TWO))
    assert "reason: duplicate, of: YH-20240301-AAAAA" in last_line(path)


def test_a_split_names_its_children(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER)
    path = hazard(root, "BBBBB", REGISTER)
    act(context(root), ["BBBBB"], Asked("withdraw", {"reason": "split", "into": ("AAAAA",)}, by=TWO))
    assert "into: [YH-20240301-AAAAA]" in last_line(path)


def test_only_a_major_hazard_is_listed_and_the_deadline_stays(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    assert "major" in refused(root, "AAAAA", Asked("supervise", {"level": "county"}, number="督1号"))
    hazard(root, "BBBBB", REGISTER, ASSIGN, grade="major")
    done = act(context(root), ["BBBBB"], Asked("supervise", {"level": "市级", "due": "2024-08-30"}, number="督1号")).done[0]
    assert (done.after.listed, done.after.due, len(done.warnings)) == (True, dt.date(2024, 7, 20), 1)
    assert "not listed" in refused(root, "AAAAA", Asked("release", number="摘1号"))


# -------------------------------------------------------------------------------------------------------- back in time


def test_no_act_lies_before_the_finding_or_after_today(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    assert "before the day it was found" in refused(root, "AAAAA", Asked("start", date="2024-02-28"))
    with pytest.raises(UsageError, match="after today"):
        act(context(root), ["AAAAA"], Asked("start", date="2024-07-01"))


def test_an_act_dated_back_must_not_unseat_a_later_line(root: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN, RECTIFY)
    said = refused(root, "AAAAA", Asked("withdraw", {"reason": "entry_error"}, date="2024-03-05", by=TWO))
    assert "line 3" in said
    said = refused(root, "AAAAA", Asked("transfer", {"to": "县住建局", "reason": "职责"}, date="2024-03-05", number="1号"))
    assert "line 3" in said


def test_an_act_dated_back_must_not_make_a_later_line_break_a_rule(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN.replace("03-02", "03-05"))
    before = path.read_bytes()
    said = refused(root, "AAAAA", Asked("assign", {"to": "xx-paper", "due": "2024-07-01"}, date="2024-03-02"))
    assert "2024-07-20" in said
    assert path.read_bytes() == before


def test_an_act_dated_back_is_judged_by_its_own_day(root: Path) -> None:
    path = hazard(root, "AAAAA", *STATES["closed"])
    act(context(root), ["AAAAA"], Asked("progress", note="补记进展", date="2024-05-01"))
    assert last_line(path).startswith("- {date: 2024-05-01, do: progress")


# ------------------------------------------------------------------------------------------------------------ evidence


def test_a_photograph_is_copied_hashed_and_named_in_the_record(root: Path, tmp_path: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    photo = tmp_path / "整改后.JPG"
    photo.write_bytes(b"\xff\xd8made up")
    act(context(root), ["AAAAA"], Asked("rectify", note="已清理", photos=(photo, photo)))
    for number in (1, 2):
        assert (root / f"evidence/2024/06/aaaaa-{number}.jpg").read_bytes() == b"\xff\xd8made up"
    text = path.read_text(encoding="utf-8")
    digest = hashlib.sha256(b"\xff\xd8made up").hexdigest()
    assert f"{{kind: after, path: evidence/2024/06/aaaaa-1.jpg, sha256: {digest}, date: 2024-06-30, by: 孙八}}" in text
    assert "evidence: [evidence/2024/06/aaaaa-1.jpg, evidence/2024/06/aaaaa-2.jpg]}" in last_line(path)


@pytest.mark.parametrize("name", ["没有.jpg", ".", "\0"])
def test_a_photograph_that_is_not_there_is_a_usage_error(name: str, root: Path, tmp_path: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    with pytest.raises(UsageError):
        act(context(root), ["AAAAA"], Asked("note", note="x", photos=(tmp_path / name,)))
    assert not (root / "evidence").exists()


def test_money_spent_is_written_as_a_fact_with_its_line(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER, ASSIGN)
    act(context(root), ["AAAAA"], Asked("rectify", note="已更换", yuan="1200.50"))
    text = path.read_text(encoding="utf-8")
    assert "funds_spent: 1200.50\n" in text
    assert 'do: correct, by: 孙八, field: funds_spent, now: "1200.50", reason: 已更换}' in text


def test_two_records_of_one_ending_do_not_share_a_photograph(root: Path, tmp_path: Path) -> None:
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    hazard(root, "AAAAA", REGISTER.replace("03-01", "03-02"), ASSIGN, found="2024-03-02")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"made up")
    act(context(root), ["20240301-AAAAA", "20240302-AAAAA"], Asked("rectify", note="已清理", photos=(photo,)))
    assert sorted(path.name for path in (root / "evidence/2024/06").iterdir()) == ["aaaaa-1.jpg", "aaaaa-2.jpg"]


def test_every_record_that_refuses_is_named(root: Path) -> None:
    for suffix in ("AAAAA", "BBBBB"):
        hazard(root, suffix, REGISTER)
    with pytest.raises(ForbiddenError) as failure:
        act(context(root), ["AAAAA", "BBBBB"], Asked("close"))
    assert [line[:20] for line in failure.value.lines("en")[::2]] == ["cannot close: AAAAA ", "cannot close: BBBBB "]


@pytest.mark.parametrize("failure", [KeyboardInterrupt, ChangedError])
def test_an_end_between_two_records_says_which_stand_and_can_be_taken_back(
    failure: type[BaseException], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [hazard(root, suffix, REGISTER) for suffix in ("AAAAA", "BBBBB")]
    subprocess.run(["git", "init", "-q", str(root.parent)], check=True)
    before = [path.read_bytes() for path in paths]
    real = writer.replace

    def halting(path: Path, data: bytes, *, expected: bytes) -> None:
        if path == paths[1]:
            raise failure(Text("甲", "a")) if failure is ChangedError else failure
        real(path, data, expected=expected)

    monkeypatch.setattr(writer, "replace", halting)
    with pytest.raises(failure) as end:
        act(context(root), ["AAAAA", "BBBBB"], Asked("note", note="催办"))
    texts = end.value.hints if isinstance(end.value, ChangedError) else end.value.args
    assert texts[0].say("en") == "written: hazards/2024/03/YH-20240301-AAAAA.yaml; not written: hazards/2024/03/YH-20240301-BBBBB.yaml"
    monkeypatch.setattr(writer, "replace", real)
    take_back(context(root))
    assert [path.read_bytes() for path in paths] == before


def test_a_name_of_two_units_asks_for_the_key(root: Path) -> None:
    path = hazard(root, "AAAAA", REGISTER)
    twin = "id: xx-twin\nschema: unit/1\nname: XX纸业\nkind: enterprise\n"
    (root / "units" / "xx-twin.yaml").write_text(twin, encoding="utf-8")
    with pytest.raises(UsageError, match="xx-paper, xx-twin"):
        act(context(root), ["AAAAA"], Asked("assign", {"to": "XX纸业"}))
    act(context(root), ["AAAAA"], Asked("assign", {"to": "xx-twin", "with": ("XX食品厂",), "supervisor": "xx-paper"}))
    assert "to: xx-twin, due: 2024-07-15, with: [xx-food], supervisor: xx-paper}" in last_line(path)


def test_the_actor_of_git_is_found_by_the_e_mail_of_the_configuration(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "lisi@example.org")
    assert of_this_machine(root) == "李四"
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "nobody@example.org")
    assert of_this_machine(root) == "张三"
