"""A table of any kind of record becomes records, or questions: columns by the labels of the model (DOMAIN §9)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.ledger import Entry
from hazardctl.model.fact import facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.ops.act import act
from hazardctl.ops.context import Context
from hazardctl.ops.drafting import Asked as Act
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_sheet import data, sheet
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.emit import Value, flow
from hazardctl.store.load import load
from tests.every import OTHERS, every, identity, minimal
from tests.model.records import MOST, most

Row = Mapping[str, str]


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return every(tmp_path)


def table(context: Context, rows: Sequence[Row]) -> Path:
    path = context.root.parent / "t.csv"
    text = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    csv.writer(text).writerows([names, *([row.get(name, "") for name in names] for row in rows)])
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def imported(context: Context, kind: str, *rows: Row, dry: bool = False, new_units: bool = False, map_: Path | None = None) -> Result:
    return run(context, Asked(table(context, rows), map_, dry_run=dry, new_units=new_units, by="李四", kind=kind))


def written(value: Raw) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(str(one) for one in value)
    return value if isinstance(value, str) else flow(value) if value is not None else ""


def row(kind: str, tree: Mapping[str, Raw], language: Language = "zh", **more: str) -> Row:
    """Give a record as a row under the labels of its fields."""
    known = facts(BY_NAME[kind].model)
    labels = {name: known[name].zh if language == "zh" else known[name].en for name in tree}
    aside = {"id", "schema", "history", "waivers", "external_ids", "approx"}
    return {**{labels[name]: written(value) for name, value in tree.items() if name not in aside}, **more}


def records(context: Context, kind: str) -> dict[str, Entry[Record]]:
    return {entry.record.id: entry for entry in load(context.root).of(kind)}


def fates(result: Result) -> list[str]:
    return [outcome.fate for outcome in result.outcomes]


def why(result: Result) -> str:
    return "\n".join(question.reason.say("en") for outcome in result.outcomes for question in outcome.questions)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", OTHERS)
def test_a_row_under_the_labels_of_the_model_becomes_the_record(context: Context, kind: str, language: Language) -> None:
    before = set(records(context, kind))
    wanted = {**minimal(kind), "remark": "由表导入", "grid": "G-07"}
    if kind == "unit":
        wanted |= {"name": "YY木业有限公司", "aliases": ["YY木业"]}
    result = imported(context, kind, row(kind, wanted, language))
    assert fates(result) == ["imported"], why(result)
    (made,) = set(records(context, kind)) - before
    read = typed(BY_NAME[kind], {**wanted, "id": made}).record
    assert read is not None
    found = records(context, kind)[made].record
    assert found.model_copy(update={"external_ids": {}}) == read
    assert list(found.external_ids) == ["import"]
    again = imported(context, kind, row(kind, wanted, language))
    assert fates(again) == ["duplicate"]
    assert set(records(context, kind)) == before | {made}


@pytest.mark.parametrize("kind", sorted(MOST))
def test_every_field_can_come_from_a_table(context: Context, kind: str) -> None:
    tree = {name: value for name, value in most(kind).items() if name != "region"}
    result = imported(context, kind, row(kind, tree), dry=True, new_units=True)
    known = {question.key for outcome in result.outcomes for question in outcome.questions}
    assert known <= {"hazard", "document", "campaign", "inspection", "resource", "target", "new-unit"}, why(result)
    assert not [name for name, target in result.plan.columns.items() if target == "x-import"]


def test_the_counts_add_up_and_nothing_is_written_by_a_dry_run(context: Context) -> None:
    rows = [
        {"检查日期": "2025.4.1", "检查方式": "专项", "检查人数": "3人", "受检单位": "XX食品厂"},
        {"检查日期": "4月2日", "检查方式": "专项", "检查人数": "3", "受检单位": "XX食品厂"},
        {"检查日期": "2025-04-03", "检查方式": "游园", "检查人数": "3", "受检单位": "XX食品厂"},
        {"检查日期": "2025-04-04", "检查方式": "专项", "检查人数": "3", "受检单位": "无此单位"},
        {"检查日期": "2025-04-05", "检查方式": "专项", "检查人数": "很多", "受检单位": "XX食品厂"},
        {"检查日期": "", "检查方式": "专项", "检查人数": "3", "受检单位": "XX食品厂"},
        {"检查日期": "2025-04-06", "检查方式": "专项", "检查人数": "", "受检单位": "XX食品厂"},
        {"检查日期": "2025-04-01", "检查方式": "专项", "检查人数": "3", "受检单位": "XX食品厂"},
        {"检查日期": "合计", "检查方式": "", "检查人数": "18", "受检单位": ""},
    ]
    before = sorted(context.root.rglob("*.yaml"))
    dry = imported(context, "inspection", *rows, dry=True)
    assert sorted(context.root.rglob("*.yaml")) == before
    expected = ["imported", "asked", "asked", "asked", "refused", "refused", "asked", "duplicate", "skipped"]
    assert fates(dry) == expected, why(dry)
    made = imported(context, "inspection", *rows)
    assert fates(made) == expected
    assert sum(made.count(fate) for fate in ("imported", "duplicate", "asked", "refused", "skipped")) == len(rows)
    assert made.exit_code == 1
    (new,) = [entry.record for key, entry in records(context, "inspection").items() if key != identity("inspection")]
    assert new.id.startswith("JC-20250401-")
    assert fates(imported(context, "inspection", *rows))[0] == "duplicate"
    for language in ("zh", "en"):
        assert rendered(sheet(made), "text", Page(language, 100, colour=False))
    assert data(made)["kind"] == "inspection"


def test_a_number_belongs_to_one_record(context: Context) -> None:
    one = {
        "决定日期": "2025-04-01",
        "种类": "罚款",
        "执法单位": "xx-food",
        "相对人": "xx-paper",
        "金额（万元）": "2",
        "编号": "罚〔2025〕7号",
    }
    assert fates(imported(context, "enforcement", one)) == ["imported"]
    (made,) = [entry.record for key, entry in records(context, "enforcement").items() if key != identity("enforcement")]
    assert str(getattr(made, "amount")) == "20000"  # noqa: B009 (a field of one kind)
    assert fates(imported(context, "enforcement", {**one, "备注": ""})) == ["duplicate"]
    assert fates(imported(context, "enforcement", {**one, "序号": "9"})) == ["duplicate"]
    assert fates(imported(context, "enforcement", {**one, "金额（万元）": "3"})) == ["asked"]
    two = {**one, "编号": "罚〔2025〕8号", "原编号": "A-1"}
    assert fates(imported(context, "enforcement", two, {**two, "编号": "罚〔2025〕9号"})) == ["imported", "asked"]


def test_a_unit_is_known_by_its_name_and_takes_the_key_it_states(context: Context) -> None:
    rows = [
        {"键": "yy-wood", "单位名称": "YY木业", "单位性质": "企业", "行业": "工贸", "统一社会信用代码": ""},
        {"键": "", "单位名称": "Blue Sky Ltd", "单位性质": "企业", "行业": "工贸"},
        {"键": "", "单位名称": "甲食品店", "单位性质": "个体户", "行业": "消防"},
        {"键": "xx-paper", "单位名称": "乙店", "单位性质": "个体户", "行业": "消防"},
        {"键": "Yy Wood", "单位名称": "丙店", "单位性质": "个体户", "行业": "消防"},
        {"键": "", "单位名称": "XX食品厂", "单位性质": "企业", "行业": "工贸"},
        {"键": "", "单位名称": "XX纸业", "单位性质": "企业", "行业": "消防"},
    ]
    result = imported(context, "unit", *rows)
    assert fates(result) == ["imported", "imported", "imported", "refused", "refused", "duplicate", "asked"], why(result)
    keys = set(records(context, "unit"))
    assert {"yy-wood", "blue-sky-ltd"} <= keys
    assert len([key for key in keys if key.startswith("DW-20260101-")]) == 1
    assert fates(imported(context, "unit", *rows))[:3] == ["duplicate"] * 3


def test_other_records_are_named_by_number_or_name(context: Context) -> None:
    first = {
        "检查日期": "2025-04-01",
        "检查方式": "专项",
        "检查人数": "约30人",
        "受检单位": "xx-food",
        "编号": "检〔2025〕1号",
        "专项行动": "涉尘企业专项整治",
    }
    assert fates(imported(context, "inspection", first)) == ["imported"]
    (made,) = [entry.record for key, entry in records(context, "inspection").items() if key != identity("inspection")]
    assert (made.approx, made.model_dump()["campaign"]) == ({"people": "about"}, ("ZX-20250301-9RWK4",))
    fine = {"决定日期": "2025-04-02", "种类": "警告", "执法单位": "xx-food", "相对人": "xx-paper", "检查": "检〔2025〕1号"}
    result = imported(context, "enforcement", fine, {**fine, "检查": "检〔2025〕2号"})
    assert fates(result) == ["imported", "asked"]
    assert "not a inspection of this ledger" in why(result)
    assert made.id in {getattr(entry.record, "inspection") for entry in records(context, "enforcement").values()}  # noqa: B009 (as above)


def test_units_that_are_named_are_made_on_the_way(context: Context) -> None:
    place = context.root.parent / "m.yaml"
    columns = "columns: {日期: date, 类别: kind, 名称: subject, 主办: org, 场次: count, 天气: x-import}\n"
    place.write_text("schema: import/1\nkind: activity\n" + columns + 'new_units: {"*": {kind: government}}\n', encoding="utf-8")
    row = {"日期": "2025-06-01", "类别": "培训", "名称": "安全月", "主办": "县安委办", "场次": "2场", "天气": "晴"}
    result = imported(context, "", row, new_units=True, map_=place)
    assert fates(result) == ["imported"], why(result)
    assert [entry.record.id for entry in result.units] != []
    found = [entry for key, entry in records(context, "activity").items() if key != identity("activity")]
    assert found[0].extras == {"x-import": {"天气": "晴"}}
    with pytest.raises(UsageError):
        imported(context, "tip", row, map_=place)


BAD = (
    "kind: party\n",
    "kind: tip\ncolumns: {内容: history.assign.to}\n",
    "kind: tip\nevents: [{do: assign, date: [日期]}]\n",
    "kind: tip\nset: {colour: red}\n",
)


@pytest.mark.parametrize("mapping", BAD)
def test_a_mapping_that_cannot_be_is_refused(context: Context, mapping: str) -> None:
    place = context.root.parent / "m.yaml"
    place.write_text(f"schema: import/1\n{mapping}", encoding="utf-8")
    with pytest.raises(UsageError):
        imported(context, "", {"内容": "x", "日期": "2025-01-01"}, map_=place)


def test_the_mapping_that_is_offered_can_be_used(context: Context) -> None:
    row = {"受理日期": "2025-06-01", "渠道": "12345", "内容": "占道", "天气": "晴", "No": "1"}
    result = imported(context, "举报", row, dry=True)
    assert result.mapping is not None
    assert "kind: tip" in result.mapping.read_text(encoding="utf-8")
    assert fates(imported(context, "", row, map_=result.mapping)) == ["imported"]


def test_a_withdrawn_record_makes_room_for_another(context: Context) -> None:
    row = {"受理日期": "2025-06-01", "渠道": "12345", "内容": "占道"}
    (made,) = imported(context, "tip", row).outcomes[0].ids
    act(context, [made], Act("withdraw", {"reason": "entry_error"}, by=("张三", "李四")))
    assert fates(imported(context, "tip", row)) == ["duplicate"]
    assert fates(imported(context, "tip", {**row, "序号": "2"})) == ["imported"]


def test_flags_ticks_and_parts_are_read(context: Context) -> None:
    base = {"检查日期": "2025-04-01", "检查方式": "专项", "检查人数": "3", "受检单位": "xx-food"}
    rows = [{**base, "暗查暗访": mark, "带队领导/级别": "主要领导", "备注": mark} for mark in ("√", "否", "也许")]
    result = imported(context, "inspection", *rows)
    assert fates(result) == ["imported", "imported", "asked"]
    found = {entry.record.remark: entry.record.model_dump() for entry in records(context, "inspection").values()}
    assert (found["√"]["covert"], found["否"]["covert"], found["√"]["led_by"]["rank"]) == (True, False, "principal")
    checks: Value = [{"what": "裂缝", "cycle": "daily"}]
    point = {"辨识日期": "2025-04-01", "名称": "北坡", "类型": "geo_hazard", "风险等级": "黄", "排查项": flow(checks)}
    assert fates(imported(context, "risk_point", point, {**point, "排查项": "随便看看"})) == ["imported", "refused"]


def test_no_kind_of_that_name_is_a_usage_error(context: Context) -> None:
    with pytest.raises(UsageError, match="party"):
        imported(context, "party", {"日期": "2025-01-01"})
    assert imported(context, "hazard", {"检查日期": "2025-01-01", "隐患描述": "x"}, dry=True).plan.kind == "hazard"
