"""A second version of two kinds, injected: old records are read as they stand, written in today's schema, and never guessed at.

Today every kind is at version 1, so the tests make up what version 1 was: a unit had a `title` and not a `name`; a hazard had a
`place`, its `assign` lines named the unit in `unit`, and the number of places was words.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.cli.app import called
from hazardctl.diagnostics import Finding
from hazardctl.errors import ForbiddenError, UnreadableError, UsageError
from hazardctl.ledger import Entry, Unread
from hazardctl.model.evolution import brought, schema_of
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.migrations import STEPS, Step
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.typed import typed
from hazardctl.ops import settings
from hazardctl.ops.migrate import in_todays, migrate
from hazardctl.ops.undo import take_back
from hazardctl.store import git, status
from hazardctl.store.emit import record_text
from hazardctl.store.load import load, load_config, load_one
from hazardctl.store.reader import parse
from tests.acting import ASSIGN, REGISTER, context, hazard, ledger
from tests.strategies import hazards

UNIT = "id: xx-gas\nschema: unit/1\ntitle: XX燃气站   # 招牌上的名字\nkind: enterprise\nsector: gas\n"
NOW = "id: xx-gas\nschema: unit/2\nname: XX燃气站   # 招牌上的名字\nkind: enterprise\nsector: gas\n"


def unit_2(tree: Tree) -> Tree:
    """`title` is called `name`."""
    return {("name" if key == "title" else key): value for key, value in tree.items()}


def hazard_2(tree: Tree) -> Tree:
    """`place` is called `site`, in facts and in `correct` lines; an `assign` line says `to`; two places are 2."""
    history = tree.get("history")
    lines = [_line(line) for line in history] if isinstance(history, list) else history
    made = {("site" if key == "place" else key): value for key, value in tree.items()}
    made |= {"quantity": {"两处": "2"}.get(str(made["quantity"]), made["quantity"])} if "quantity" in made else {}
    return {**made, "history": lines}


def _line(line: Raw) -> Raw:
    if not isinstance(line, dict):
        return line
    if line.get("do") == "assign":
        return {("to" if key == "unit" else key): value for key, value in line.items()}
    return {**line, "field": "site"} if line.get("do") == "correct" and line.get("field") == "place" else line


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(unit_2),))
    monkeypatch.setitem(STEPS, "hazard", (Step(hazard_2),))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a ledger of the second versions with one record of the first version of each kind."""
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    made = ledger(tmp_path)
    for path in (made / "units").glob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("unit/1", "unit/2"), encoding="utf-8")
    (made / "units" / "xx-gas.yaml").write_text(UNIT, encoding="utf-8")
    path = hazard(made, "AAAAA", REGISTER, ASSIGN.replace("to:", "unit:"), extra="quantity: 两处\n")
    text = path.read_text(encoding="utf-8").replace("site:", "place:")
    path.write_text(text, encoding="utf-8")
    git.init(tmp_path)
    monkeypatch.chdir(tmp_path)
    return made


def test_adding_a_step_is_all_that_makes_a_new_version(second: None) -> None:
    assert (schema_of("unit"), BY_NAME["unit"].schema, schema_of("tip")) == ("unit/2", "unit/2", "tip/1")


def test_an_old_record_is_read_as_it_stands(second: None, root: Path) -> None:
    found = load(root)
    assert found.unread == ()
    assert found.units["xx-gas"].name == "XX燃气站"
    (old,) = found.hazards
    assert (old.record.site, old.record.quantity, old.record.schema_) == ("一号车间", 2, "hazard/1")
    assert found.replays[old.path].spans[-1].owner == "xx-paper"
    assert not old.findings


def test_reports_count_an_old_record_and_end_well(second: None, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert called(["report", "-p", "2024H1", "--format", "json"]) == 0
    assert '"found": 1,' in capsys.readouterr().out


@pytest.mark.parametrize("words", [["note", "AAAAA", "-m", "x"], ["correct", "AAAAA", "--set", "site=x", "--reason", "笔误"]])
def test_no_verb_writes_into_an_old_record(second: None, root: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = next(root.glob("hazards/**/*.yaml")).read_bytes()
    assert called([*words, "--by", "李四"]) == 3
    assert "hazardctl migrate" in capsys.readouterr().err
    assert next(root.glob("hazards/**/*.yaml")).read_bytes() == before


def test_a_dry_run_shows_the_lines_that_change_and_writes_nothing(second: None, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    assert called(["migrate", "-n"]) == 0
    out = capsys.readouterr().out
    changed = [line for line in out.splitlines() if line[:1] in "+-" and line[:3] not in {"+++", "---"}]
    assert changed == [
        *("-schema: hazard/1", "+schema: hazard/2", "-place: 一号车间", "+site: 一号车间", "-quantity: 两处", "+quantity: 2"),
        "-  - {date: 2024-03-02, do: assign, by: 张三, unit: xx-paper, person: 王五, due: 2024-07-20}",
        "+  - {date: 2024-03-02, do: assign, by: 张三, to: xx-paper, person: 王五, due: 2024-07-20}",
        *("-schema: unit/1", "-title: XX燃气站   # 招牌上的名字", "+schema: unit/2", "+name: XX燃气站   # 招牌上的名字"),
    ]
    assert out.endswith("5 个文件中有 2 个需要迁移\n")
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_migrated_records_are_of_today_and_say_the_same(second: None, root: Path) -> None:
    old = load(root)
    done = migrate(context(root))
    new = load(root)
    assert [(path.partition("/")[0], was, now) for path, was, now in done.moved] == [
        ("hazards", "hazard/1", "hazard/2"), ("units", "unit/1", "unit/2"),
    ]  # fmt: skip
    assert (root / "units" / "xx-gas.yaml").read_text(encoding="utf-8") == NOW
    assert [one.record.model_copy(update={"schema_": ""}) for one in new.entries] == [
        one.record.model_copy(update={"schema_": ""}) for one in old.entries
    ]
    assert migrate(context(root)).moved == ()


def test_a_migration_is_one_commit_and_is_taken_back(second: None, root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*.yaml")}
    assert migrate(context(root)).commit == ""
    take_back(context(root))
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before
    git.commit(root, sorted(root.rglob("*.yaml")), "begin", {})
    assert migrate(context(root), commit=True).commit
    assert status.changed(root) == ("ledger/.lock",)
    assert take_back(context(root)).commit
    assert {path: path.read_bytes() for path in root.rglob("*.yaml")} == before


def test_paths_name_what_is_migrated(second: None, root: Path) -> None:
    assert [path for path, _, _ in migrate(context(root), [Path("units")]).moved] == ["units/xx-gas.yaml"]
    with pytest.raises(UsageError):
        migrate(context(root), [Path("nowhere")])


def test_what_cannot_be_brought_forward_is_named_and_left(second: None, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "units" / "newer.yaml").write_text("id: newer\nschema: unit/9\n", encoding="utf-8")
    (root / "units" / "broken.yaml").write_text("id: [\n", encoding="utf-8")
    assert called(["migrate"]) == 1
    out = capsys.readouterr().out
    assert "units/newer.yaml 没有动：由更新版本的程序写成（unit/9），本程序只识得 unit/2" in out
    assert "units/broken.yaml 没有动" in out
    assert "7 个文件中迁移了 2 个" in out


# ------------------------------------------------------------------------------------------------- what is never guessed at


@pytest.mark.parametrize(
    ("stated", "said"),
    [("unit/2", "由更新版本的程序写成（unit/2），本程序只识得 unit/1"), ("tip/1", "tip/1"), ("unit/01", "unit/01"), ("?", "“?”")],
)
def test_an_older_program_meets_a_newer_record(tmp_path: Path, stated: str, said: str, monkeypatch: pytest.MonkeyPatch,
                                               capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    root = ledger(tmp_path)
    hazard(root, "AAAAA", REGISTER, ASSIGN)
    (root / "units" / "xx-gas.yaml").write_text(f'id: xx-gas\nschema: "{stated}"\nname: 甲\n', encoding="utf-8")
    one = load_one(root, load_config(root), "units/xx-gas.yaml")
    assert isinstance(one, Unread)
    assert [finding.code for finding in one.findings] == ["HZ009"]
    assert said in one.findings[0].message.say("zh")
    monkeypatch.chdir(root)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2024-06-30")
    assert called(["report", "-p", "2024H1"]) == 1
    assert "units/xx-gas.yaml" in capsys.readouterr().out
    assert called(["validate", "--format", "concise"]) == 1
    assert "HZ009" in capsys.readouterr().out


def test_a_step_that_decides_something_waits_for_somebody_to_look(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(unit_2, lossless=False),))
    one = load_one(root, load_config(root), "units/xx-gas.yaml")
    assert isinstance(one, Unread)
    assert one.findings[0].repair is not None
    assert "hazardctl migrate" in one.findings[0].repair.en
    migrate(context(root), [Path("units")])
    assert isinstance(load_one(root, load_config(root), "units/xx-gas.yaml"), Entry)


def test_a_step_that_stumbles_loses_no_record(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(tree: Tree) -> Tree:
        return {**tree, "name": tree["titel"]}

    monkeypatch.setitem(STEPS, "unit", (Step(stumbling),))
    one = load_one(root, load_config(root), "units/xx-gas.yaml")
    assert isinstance(one, Unread)
    assert one.findings[0].code == "HZ009"
    with pytest.raises(UnreadableError):
        in_todays("unit", UNIT.encode())


def test_steps_are_taken_in_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(unit_2), Step(lambda tree: {**tree, "remark": f"{tree['name']}，二版"})))
    old: Tree = {"id": "a", "schema": "unit/1", "title": "甲"}
    assert brought("unit", old) == {"id": "a", "schema": "unit/1", "name": "甲", "remark": "甲，二版"}
    assert brought("unit", {"id": "a", "schema": "unit/2", "name": "乙"}) == {
        "id": "a",
        "schema": "unit/2",
        "name": "乙",
        "remark": "乙，二版",
    }
    assert old == {"id": "a", "schema": "unit/1", "title": "甲"}


def test_the_configuration_has_versions_of_its_own(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "config", (Step(lambda tree: {("organisation" if key == "body" else key): tree[key] for key in tree}),))
    path = root / "hazardctl.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("organisation:", "body:"), encoding="utf-8")
    assert load_config(root).organisation.name == "青山镇安监站"
    with pytest.raises(ForbiddenError):
        settings.change(context(root), "commit", "true")
    assert migrate(context(root)).moved == (("hazardctl.yaml", "config/1", "config/2"),)
    assert path.read_text(encoding="utf-8").startswith("schema: config/2\norganisation: {name: 青山镇安监站, level: township}\n")
    path.write_text("schema: config/3\n", encoding="utf-8")
    with pytest.raises(UnreadableError):
        load_config(root)


# ------------------------------------------------------------------------------------------------------------- what is kept


def test_only_what_says_something_else_is_written_anew(second: None) -> None:
    before = (
        "# 头\nid: YH-20240312-7K2QF\nschema: hazard/1   # 版本\nplace:   卸油区   # 地点\n"
        "# 等级\ngrade:  general\nx-own: [a,b]\nhistory:\n"
        "  # 登记\n  - {date: 2024-03-12,do: register,by: 李四}\n"
        "  - {date: 2024-03-12, do: assign, by: 李四, unit: xx-paper, due: 2024-03-27}   # 交办\n"
    )
    after = in_todays("hazard", before.encode()).decode()
    lines = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]
    assert lines == [
        "- schema: hazard/1   # 版本", "+ schema: hazard/2   # 版本", "- place:   卸油区   # 地点", "+ site:   卸油区   # 地点",
        "-   - {date: 2024-03-12, do: assign, by: 李四, unit: xx-paper, due: 2024-03-27}   # 交办",
        "+   - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}   # 交办",
    ]  # fmt: skip


def test_a_field_that_goes_leaves_its_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(lambda tree: {key: value for key, value in tree.items() if key != "title"}),))
    before = "id: a\nschema: unit/1\n# 招牌\ntitle: 甲\nname: 乙\n"
    assert in_todays("unit", before.encode()).decode() == "id: a\nschema: unit/2\n# 招牌\nname: 乙\n"


def test_a_field_of_many_that_say_the_same_is_not_taken_for_a_renamed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(lambda tree: {"id": tree["id"], "schema": "unit/1", "name": "甲", "remark": "甲"}),))
    after = parse(in_todays("unit", b"id: a\nschema: unit/1\ntitle: \xe7\x94\xb2\n")).tree
    assert after == {"id": "a", "schema": "unit/2", "name": "甲", "remark": "甲"}


@given(st.data())
def test_what_is_read_before_a_migration_is_what_is_read_after_it(data: st.DataObject) -> None:
    tree = data.draw(hazards())
    old = _as_it_was(tree)
    kind = BY_NAME["hazard"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(STEPS, "hazard", (Step(hazard_2),))
        text = record_text(old, kind.model.order())
        read = parse(text.encode(), places=False).tree
        assert read is not None
        before = typed(kind, read)
        now = parse(in_todays("hazard", text.encode()), places=False).tree
        assert now is not None
        assert not isinstance(brought("hazard", now), Finding)
        after = typed(kind, now)
        assert before.findings == after.findings
        assert (before.record is None) == (after.record is None)
        if before.record is not None and after.record is not None:
            assert before.record.model_copy(update={"schema_": "hazard/2"}) == after.record


def _as_it_was(tree: Tree) -> Tree:
    """Say a record of today as version 1 would have said it."""
    history = tree.get("history")
    lines: list[Raw] = []
    for line in history if isinstance(history, list) else []:
        assigned = isinstance(line, dict) and line.get("do") == "assign"
        lines.append(
            {("unit" if key == "to" else key): value for key, value in line.items()} if isinstance(line, dict) and assigned else line
        )
    return {**{("place" if key == "site" else key): value for key, value in tree.items()}, "schema": "hazard/1", "history": lines}
