"""What every kind of record has in common: remarks, corrections, withdrawals, undone like any other write (DOMAIN §2.1)."""

from __future__ import annotations

import datetime as dt
import subprocess
from pathlib import Path

import pytest

from hazardctl.errors import ForbiddenError, UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.ops import settings
from hazardctl.ops.act import act
from hazardctl.ops.context import Context
from hazardctl.ops.correct import correct
from hazardctl.ops.drafting import Asked
from hazardctl.ops.fmt import fmt
from hazardctl.ops.new import new
from hazardctl.ops.undo import take_back
from hazardctl.ops.wishes import Wish
from hazardctl.store.load import load
from tests.every import NAMES, OTHERS, TODAY, every, identity, minimal, place

PAIR = ("张三", "李四")


@pytest.fixture
def context(tmp_path: Path) -> Context:
    made = every(tmp_path, hazards=True)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return made


def record(context: Context, kind: str) -> Record:
    return load(context.root).by_id[identity(kind)].record


def path(context: Context, kind: str) -> Path:
    return context.root / load(context.root).by_id[identity(kind)].path


def withdraw(reason: str = "entry_error", by: tuple[str, ...] = PAIR, **more: str) -> Asked:
    return Asked("withdraw", {"reason": reason, **more}, by=by)


@pytest.mark.parametrize("kind", NAMES)
def test_a_remark_is_one_line_more_and_nothing_else(context: Context, kind: str) -> None:
    file = path(context, kind)
    before = file.read_text(encoding="utf-8")
    done = act(context, [identity(kind)], Asked("note", note="已电话核实", by=("李四",))).done[0]
    head = "" if "history:" in before else "history:\n"
    assert file.read_text(encoding="utf-8") == f"{before}{head}  - {{date: 2026-01-01, do: note, by: 李四, note: 已电话核实}}\n"
    assert (done.kind, done.id) == (kind, identity(kind))
    assert record(context, kind).history[-1].note == "已电话核实"
    take_back(context)
    assert file.read_text(encoding="utf-8") == before


@pytest.mark.parametrize("kind", NAMES)
def test_what_was_corrected_reads_as_it_was_said_and_can_be_put_back(context: Context, kind: str) -> None:
    file = path(context, kind)
    before, was = file.read_bytes(), record(context, kind)
    done = correct(context, identity(kind), Wish(("remark=另见附件", "tags=甲,乙"), "补记", by=("李四",)))
    now = record(context, kind)
    assert (now.remark, now.tags) == ("另见附件", ("甲", "乙"))
    assert done.changed == (("remark", "-", "另见附件"), ("tags", "-", "甲、乙"))
    assert [line.do for line in now.history[len(was.history) :]] == ["correct", "correct"]
    assert list(load(context.root).by_id[identity(kind)].findings) == []
    correct(context, identity(kind), Wish(("remark=", "tags="), "误记", by=("李四",)))
    after = record(context, kind)
    assert after.model_copy(update={"history": was.history}) == was
    with pytest.raises(UsageError):
        correct(context, identity(kind), Wish(("colour=red",), "补记", by=("李四",)))
    assert file.read_bytes() != before


@pytest.mark.parametrize("kind", OTHERS)
def test_a_withdrawal_ends_a_record_from_its_day_on(context: Context, kind: str) -> None:
    done = act(context, [identity(kind)], withdraw()).done[0]
    assert done.spans is None
    now = record(context, kind)
    assert now.withdrawn_by(TODAY)
    assert not now.withdrawn_by(TODAY - dt.timedelta(days=1))
    with pytest.raises(ForbiddenError, match="2026-01-01"):
        act(context, [identity(kind)], withdraw())
    act(context, [identity(kind)], Asked("note", note="原件存档"))
    correct(context, identity(kind), Wish(("remark=x",), "补记"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (withdraw(by=("李四",)), "two names"),
        (withdraw(by=("李四", "老李")), "two names"),
        (Asked("withdraw", {"reason": "entry_error"}, by=PAIR, date="2025-03-10"), "2025-03-11"),
        (withdraw("duplicate", of="JC-20250311-4T7QA"), "itself"),
        (withdraw("merged", of="JC-20250312-4T7QB"), "withdrawn itself"),
    ],
)
def test_a_withdrawal_that_may_not_be_is_refused(context: Context, asked: Asked, said: str) -> None:
    place(context.root, "inspection", id="JC-20250312-4T7QB", date="2025-03-12")
    act(context, ["4T7QB"], withdraw())
    file = path(context, "inspection")
    before = file.read_bytes()
    with pytest.raises(ForbiddenError) as refused:
        act(context, ["4T7QA"], asked)
    assert said in "\n".join(refused.value.lines("en"))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "asked",
    [
        Asked("withdraw", {}, by=PAIR),
        withdraw("not_a_hazard"),
        withdraw("误报"),
        withdraw("beauty"),
        withdraw("duplicate"),
        withdraw("duplicate", of="7K2QF"),
        withdraw("split"),
        withdraw("entry_error", of="4T7QA"),
        Asked("note"),
        Asked("note", note="a\x07"),
        Asked("note", note="x", photos=(Path("a.jpg"),)),
        Asked("note", note="x", date="2027-01-01"),
    ],
)
def test_a_word_that_does_not_fit_is_a_usage_error(context: Context, asked: Asked) -> None:
    with pytest.raises(UsageError):
        act(context, ["4T7QA"], asked)


def test_a_plan_may_be_withdrawn_before_it_begins(context: Context) -> None:
    place(context.root, "campaign", id="ZX-20260301-9RWK5", start="2026-03-01")
    act(context, ["9RWK5"], withdraw())


def test_records_of_several_kinds_are_one_act(context: Context) -> None:
    ids = [identity(kind) for kind in NAMES]
    assert [one.kind for one in act(context, ids, Asked("note", note="同批核对")).done] == list(NAMES)
    take_back(context)
    assert not any(one.do == "note" for kind in NAMES for one in record(context, kind).history)


def test_one_refusal_keeps_all_as_they_were(context: Context) -> None:
    act(context, ["4T7QA"], withdraw())
    with pytest.raises(ForbiddenError):
        act(context, ["6N2VD", "4T7QA"], withdraw())
    assert not record(context, "enforcement").history


def test_nobody_is_no_person(context: Context) -> None:
    with pytest.raises(UsageError):
        act(Context(root=context.root, today=TODAY), ["4T7QA"], Asked("note", note="x"))


@pytest.mark.parametrize(
    ("kind", "pair", "field", "now"),
    [
        ("inspection", "units=XX食品厂,xx-paper", "units", ("xx-food", "xx-paper")),
        ("inspection", "kind=专项", "kind", "special"),
        ("inspection", "people=1,024", "people", 1024),
        ("inspection", "end=2025年3月12日", "end", dt.date(2025, 3, 12)),
        ("inspection", "covert=是", "covert", True),
        ("enforcement", "unit=XX食品厂", "unit", "xx-food"),
        ("enforcement", "amount=2万元", "amount", 20000),
        ("campaign", "sectors=消防,工贸", "sectors", ("fire", "industry")),
        ("unit", "aliases=甲厂、乙厂", "aliases", ("甲厂", "乙厂")),
        ("target", "period=2025H1", "period", "2025H1"),
    ],
)
def test_a_value_is_said_as_people_say_it(context: Context, kind: str, pair: str, field: str, now: object) -> None:
    correct(context, identity(kind), Wish((pair,), "笔误"))
    assert getattr(record(context, kind), field) == now


def test_a_part_is_said_in_words_and_may_be_reached_by_its_name(context: Context) -> None:
    correct(context, identity("inspection"), Wish(("led_by={级别: 主要领导, 职务: 镇长}",), "补记"))
    correct(context, identity("inspection"), Wish(("led_by.post=副镇长",), "笔误"))
    correct(context, identity("inspection"), Wish(("signed={xx-paper: 已签字}",), "补记"))
    correct(context, identity("inspection"), Wish(("signed.xx-food=拒签", "external_ids.province=77-1"), "补记"))
    correct(context, identity("resource"), Wish(("beneficiaries=12",), "补记"))
    assert getattr(record(context, "resource"), "beneficiaries") == 12  # noqa: B009 (a field of one kind)
    shown = record(context, "inspection").model_dump(by_alias=True, exclude_defaults=True)
    assert shown["external_ids"] == {"province": "77-1"}
    assert shown["led_by"]["post"] == "副镇长"
    assert shown["signed"] == {"xx-paper": "signed", "xx-food": "refused"}
    correct(context, identity("risk_point"), Wish(("checks=[{what: 裂缝, cycle: 每月}]",), "补记"))
    checks = record(context, "risk_point").model_dump(by_alias=True, exclude_defaults=True)["checks"]
    assert [one["cycle"] for one in checks] == ["monthly"]


@pytest.mark.parametrize("pair", ["end=2025-03-01", "kind=party", "people=many", "units=无此单位", "id=JC-20250311-4T7QB", "led_by.x=1"])
def test_a_correction_that_validate_rejects_is_refused(context: Context, pair: str) -> None:
    file = path(context, "inspection")
    before = file.read_bytes()
    with pytest.raises((UsageError, ForbiddenError)):
        correct(context, identity("inspection"), Wish((pair,), "笔误"))
    assert file.read_bytes() == before


def test_a_line_of_a_history_is_put_right_by_its_number(context: Context) -> None:
    act(context, ["4T7QA"], Asked("note", note="到场", date="2025-03-20", by=("李四",)))
    correct(context, "4T7QA", Wish(("date=2025-03-21",), "笔误", event=1))
    assert record(context, "inspection").history[1].do == "correct"
    with pytest.raises(UsageError, match="3"):
        correct(context, "4T7QA", Wish(("date=2025-03-21",), "笔误", event=3))


def test_every_kind_of_the_registry_is_here() -> None:
    assert set(NAMES) == set(BY_NAME)
    assert all(minimal(kind)["schema"] == BY_NAME[kind].schema for kind in NAMES)


def commits(context: Context) -> list[str]:
    done = subprocess.run(["git", "log", "--format=%s"], cwd=context.root, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.splitlines()


@pytest.fixture
def committing(context: Context, monkeypatch: pytest.MonkeyPatch) -> Context:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "李四")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "lisi@example.org")
    with (context.root / "hazardctl.yaml").open("a", encoding="utf-8") as file:
        file.write("commit: true\n")
    for words in (["add", "-A"], ["commit", "-q", "-m", "begin"]):
        subprocess.run(["git", *words], cwd=context.root.parent, check=True)
    return context


def test_what_the_configuration_says_of_commits_holds_for_every_write(committing: Context) -> None:
    context = committing
    made = new(context, BY_NAME["tip"], {"channel": ["12345"], "content": ["占道"]})
    assert made.commit
    act(context, [made.id], Asked("note", note="转办"))
    correct(context, made.id, Wish(("content=占道经营",), "笔误"))
    assert settings.change(context, "policy.assign_days", "4")[2]
    file = path(context, "inspection")
    lines = file.read_text(encoding="utf-8").splitlines()
    disorder = "\n".join([lines[1], lines[0], *lines[2:], ""])
    file.write_text(disorder, encoding="utf-8")
    assert fmt(context).changed
    assert len(commits(context)) == 5, "what was put back as it was committed needs no commit"
    file.write_text(disorder, encoding="utf-8")
    subprocess.run(["git", "commit", "-q", "-a", "-m", "disorder"], cwd=context.root, check=True)
    assert fmt(context).commit
    assert len(commits(context)) == 7
    assert not fmt(context).commit
    assert not settings.change(context, "policy.assign_days", "4")[2]
    assert not new(context, BY_NAME["tip"], {"channel": ["12345"], "content": ["堆物"]}, commit=False).commit
    assert len(commits(context)) == 7


def test_a_committed_write_is_taken_back_by_a_commit(committing: Context) -> None:
    context = committing
    made = new(context, BY_NAME["tip"], {"channel": ["12345"], "content": ["占道"]})
    assert take_back(context).commit
    assert not (context.root / made.path).exists()
    settings.change(context, "policy.assign_days", "4")
    assert take_back(context).commit
    assert len(commits(context)) == 5
