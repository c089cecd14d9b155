"""Two sides of one record are put together by what they mean; nothing is dropped, and what cannot be decided is left to people."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hazardctl.cli.app import called
from hazardctl.errors import UsageError
from hazardctl.ops.resolve import Resolved, driven, resolve
from hazardctl.store.load import load
from tests.acting import context, ledger
from tests.test_merges import CLOSE, EXTEND, FAILED, PASSED, PATH, RECORD, RECTIFY, Edit, act, commit, errors, fact, git, merged, write

DAY = dt.date(2024, 6, 30)
NOTE = "{date: 2024-03-05, do: note, by: 李四, note: 已电话催办}"
PROGRESS = "{date: 2024-03-08, do: progress, by: 王五, note: 已清一半}"
SUPERVISE = "{date: 2024-03-04, do: supervise, by: 县应急局, level: county, number: 督〔2024〕1号}"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = ledger(tmp_path)
    write(RECORD)(root)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path, "起点")
    return root


def text(root: Path) -> str:
    return (root / PATH).read_text(encoding="utf-8")


def one(root: Path, **how: object) -> Resolved:
    (found,) = resolve(context(root), (), **how)  # type: ignore[arg-type]
    return found


def says(found: Resolved) -> str:
    return " / ".join(part.say("en") for part in (found.did, *found.reasons))


def test_events_of_both_sides_stand_in_the_order_of_their_days(root: Path) -> None:
    assert not merged(root, act(RECTIFY), act(NOTE, PROGRESS))
    found = one(root)
    assert (found.state, found.reasons) == ("merged", ())
    assert "ours added 2024-03-10 rectified" in says(found) or "ours added 2024-03-10" in says(found)
    record = load(root).hazards[0].record
    assert [event.do for event in record.history] == ["register", "assign", "note", "progress", "rectify"]
    assert text(root).endswith(f"  - {NOTE}\n  - {PROGRESS}\n  - {RECTIFY}\n")


def test_facts_are_merged_three_ways_and_events_beside_them(root: Path) -> None:
    def mine(place: Path) -> None:
        fact("site: 一号库", "site: 二号库")(place)
        act(RECTIFY)(place)

    def theirs(place: Path) -> None:
        fact("sector: fire\n", "sector: fire\nremark: 钥匙在门卫\ntags: [夜查]\n")(place)
        act(NOTE)(place)

    assert not merged(root, mine, theirs)
    assert one(root).state == "merged"
    record = load(root).hazards[0].record
    assert (record.site, record.remark, record.tags) == ("二号库", "钥匙在门卫", ("夜查",))
    assert [event.do for event in record.history] == ["register", "assign", "note", "rectify"]


def test_lists_both_sides_added_to_hold_what_both_added(root: Path) -> None:
    assert not merged(
        root,
        fact("grade: general\n", "grade: general\nnotices: [{date: 2024-03-02, way: 公示栏}]\n"),
        fact("grade: general\n", "grade: general\nnotices: [{date: 2024-03-03, way: 班前会}]\n"),
    )
    assert one(root).state == "merged"
    assert [notice.way for notice in load(root).hazards[0].record.notices] == ["公示栏", "班前会"]


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ((RECTIFY, PASSED, CLOSE), (EXTEND,), "one side says"),
        ((EXTEND,), (EXTEND.replace("03-26", "04-02"),), "different deadlines: 2024-03-26 and 2024-04-02"),
        ((RECTIFY, PASSED), (RECTIFY, FAILED), "both sides wrote"),
        (
            ("{date: 2024-03-03, do: assign, by: 李四, to: xx-food, due: 2024-03-16}",),
            ("{date: 2024-03-03, do: assign, by: 李四, to: xx-paper, due: 2024-03-16}",),
            "different units",
        ),
    ],
)
def test_what_contradicts_itself_is_explained_and_left_marked(root: Path, mine: tuple[str, ...], theirs: tuple[str, ...], why: str) -> None:
    assert not merged(root, act(*mine), act(*theirs))
    found = one(root)
    assert found.state == "marked"
    assert why in says(found)
    assert all(line in text(root) for line in (*mine, *theirs))
    assert "HZ001" in errors(root)
    assert git(root, "ls-files", "--unmerged").stdout


def test_with_a_preference_the_other_side_stays_as_a_comment(root: Path) -> None:
    assert not merged(root, act(EXTEND), act(EXTEND.replace("03-26", "04-02")))
    assert one(root, prefer="theirs").state == "merged"
    assert f"  # hazardctl resolve: - {EXTEND}\n" in text(root)
    assert next(iter(load(root).replays.values())).last.due == dt.date(2024, 4, 2)


def test_a_fact_both_sides_changed_is_for_a_person(root: Path) -> None:
    assert not merged(root, fact("site: 一号库", "site: 二号库"), fact("site: 一号库", "site: 三号库"))
    found = one(root)
    assert found.state == "marked"
    assert "site: ours “二号库”, theirs “三号库”" in says(found)
    assert "<<<<<<< ours\nsite: 二号库\n=======\nsite: 三号库\n>>>>>>> theirs\n" in text(root)
    git(root, "checkout", "--quiet", "--merge", "--", PATH)
    assert one(root, prefer="ours").state == "merged"
    assert "site: 二号库\n# hazardctl resolve: site: 三号库\n" in text(root)


def test_an_old_line_that_one_side_took_away_is_not_dropped(root: Path) -> None:
    def without(place: Path) -> None:
        fact("  - {date: 2024-03-01, do: assign, by: 李四, to: xx-paper, due: 2024-03-16}\n", "")(place)

    assert not merged(root, without, act(RECTIFY))
    found = one(root)
    assert found.state == "marked"
    assert "do: assign" in text(root)


def test_one_id_minted_twice_is_for_a_person(root: Path) -> None:
    other = RECORD.replace("7K2QF", "8R5TC")
    assert not merged(root, write(other), write(other.replace("一号库", "五号库")))
    (found,) = resolve(context(root), ["8r5tc"])
    assert (found.id, found.state) == ("YH-20240301-8R5TC", "marked")


def test_it_is_told_to_git_only_when_asked(root: Path) -> None:
    assert not merged(root, act(RECTIFY), act(NOTE))
    before = text(root)
    assert one(root, dry_run=True).state == "merged"
    assert text(root) == before
    assert one(root).added is False
    assert git(root, "ls-files", "--unmerged").stdout
    git(root, "checkout", "--quiet", "--merge", "--", PATH)
    assert one(root, add=True).added is True
    assert not git(root, "ls-files", "--unmerged").stdout


def test_what_a_person_has_mended_is_left_alone(root: Path) -> None:
    assert not merged(root, act(RECTIFY), act(NOTE))
    write(RECORD)(root)
    found = one(root)
    assert found.state == "left"
    assert text(root) == RECORD


def test_an_error_the_two_make_together_is_named_and_git_is_not_told(root: Path) -> None:
    by = RECTIFY.replace("王五", "李四")
    assert not merged(root, act(by), act("{date: 2024-03-10, do: note, by: 王五, note: x}", PASSED.replace("03-11", "03-11")))
    found = one(root, add=True)
    assert found.state == "merged"
    assert "HZ205" in says(found)
    assert not found.added


def test_without_a_conflict_there_is_nothing_to_do(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(UsageError, match="no record is in conflict"):
        resolve(context(root), ())
    assert not merged(root, act(RECTIFY), act(NOTE))
    with pytest.raises(UsageError, match="not in conflict"):
        resolve(context(root), ["ZZZZZ"])
    with pytest.raises(UsageError, match="--prefer"):
        resolve(context(root), (), prefer="mine")
    with pytest.raises(UsageError, match="no git repository"):
        resolve(context(ledger(tmp_path_factory.mktemp("bare"))), ())


def test_the_settings_are_merged_by_hand(root: Path) -> None:
    def setting(days: int) -> Edit:
        def edit(place: Path) -> None:
            path = place / "hazardctl.yaml"
            path.write_text(f"{path.read_text(encoding='utf-8')}policy: {{review_days: {days}}}\n", encoding="utf-8")

        return edit

    assert not merged(root, setting(3), setting(4))
    found = one(root)
    assert (found.path, found.state) == ("hazardctl.yaml", "left")


@pytest.mark.parametrize(("theirs", "code"), [(NOTE, 0), (CLOSE.replace("rectified", "removed, note: 拆除"), 1)])
def test_git_may_use_it_as_a_merge_driver(root: Path, theirs: str, code: int, tmp_path: Path) -> None:
    versions = {"base": RECORD, "ours": RECORD + f"  - {EXTEND}\n", "theirs": RECORD + f"  - {theirs}\n"}
    paths = [tmp_path / name for name in versions]
    for path, content in zip(paths, versions.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    assert called(["resolve", "--driver", *map(str, paths)]) == code
    said = paths[1].read_text(encoding="utf-8")
    assert EXTEND in said
    assert theirs in said


def test_what_is_no_record_is_merged_line_by_line(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    paths = [tmp_path / name for name in ("base", "ours", "theirs")]
    for path, content in zip(paths, ("a\nb\nc\n", "a1\nb\nc\n", "a\nb\nc1\n"), strict=True):
        path.write_text(content, encoding="utf-8")
    assert driven(*paths)
    assert paths[1].read_text(encoding="utf-8") == "a1\nb\nc1\n"
    paths[1].write_text("a2\nb\nc\n", encoding="utf-8")
    paths[2].write_text("a3\nb\nc\n", encoding="utf-8")
    assert not driven(*paths)
    assert "<<<<<<< ours" in paths[1].read_text(encoding="utf-8")


def test_parts_of_one_fact_are_merged_each_for_itself(root: Path) -> None:
    plan = "plan: {target: {text: 消除}, funds: {text: 自筹}}\n"
    fact("grade: general\n", f"grade: general\n{plan}")(root)
    commit(root, "方案")
    assert not merged(root, fact("消除}", "彻底消除}"), fact("{text: 自筹}", "{text: 拨款}"))
    assert one(root).state == "merged"
    held = load(root).hazards[0].record.plan
    assert held is not None
    assert (held.target and held.target.text, held.funds and held.funds.text) == ("彻底消除", "拨款")


def test_a_history_in_brackets_is_merged_line_by_line(root: Path) -> None:
    lines = [line.strip(" -") for line in RECORD.split("history:\n")[1].strip().split("\n")]
    flat = RECORD.split("history:\n")[0] + f"history: [{', '.join(lines)}]\n"
    write(flat)(root)
    commit(root, "括号")

    def adding(line: str) -> Edit:
        return write(flat.replace("]\n", f", {line}]\n"))

    assert not merged(root, adding(RECTIFY), adding(NOTE))
    assert one(root).state == "merged"
    assert [event.do for event in load(root).hazards[0].record.history] == ["register", "assign", "note", "rectify"]


def test_an_old_line_both_sides_rewrote_is_for_a_person(root: Path) -> None:
    assert not merged(root, fact("due: 2024-03-16", "due: 2024-03-15"), fact("due: 2024-03-16", "due: 2024-03-17"))
    found = one(root)
    assert found.state == "marked"
    assert "line 2" in says(found)
    assert all(day in text(root) for day in ("2024-03-15", "2024-03-17"))


def test_what_cannot_be_read_is_left_for_a_person(root: Path) -> None:
    def ruin(place: Path) -> None:
        (place / PATH).write_text("id: [\n", encoding="utf-8")

    assert not merged(root, act(RECTIFY), ruin)
    assert one(root).state == "left"


def test_a_record_one_side_took_away_is_left_for_a_person(root: Path) -> None:
    assert not merged(root, act(RECTIFY), lambda place: (place / PATH).unlink())
    assert "bring it back" in says(one(root))
