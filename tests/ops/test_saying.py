"""What people say of a new record: days, money, words, names and parts are read; what cannot be read is named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops import new
from hazardctl.ops.context import Context
from hazardctl.ops.saying import flow, listed, money, number, pairs
from hazardctl.rules.engine import check
from hazardctl.store.load import load
from hazardctl.store.reader import parse

CONFIG = """schema: config/1
organisation: {name: 青山镇人民政府, level: township}
key_periods: [{id: flood-season, zh: 汛期, every: 06-01..09-15}]
"""
UNITS = {"qingshan-gov": "青山镇人民政府", "xx-paper": "XX纸业有限公司", "xx-wood": "XX木业"}


@pytest.fixture
def context(tmp_path: Path) -> Context:
    (tmp_path / "hazardctl.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "units").mkdir()
    for key, name in UNITS.items():
        text = f"id: {key}\nschema: unit/1\nname: {name}\nkind: enterprise\nsector: industry\n"
        (tmp_path / "units" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return Context(root=tmp_path, today=dt.date(2025, 3, 18), actor="李四")


def drawn(context: Context, kind: str, /, **said: str | Sequence[str]) -> Tree:
    """Make a record from options and give what its file says."""
    words = {name.replace("_", "-"): [one] if isinstance(one, str) else list(one) for name, one in said.items()}
    record = new.new(context, BY_NAME[kind], words)
    tree = parse(record.text.encode(), places=False).tree
    assert tree is not None
    assert (context.root / record.path).read_text(encoding="utf-8") == record.text
    return tree


def test_an_outing_is_made_from_two_options(context: Context) -> None:
    made = drawn(context, "inspection", units="XX纸业有限公司，XX木业", people="4")
    assert str(made["id"]).startswith("JC-20250318-")
    assert {name: made[name] for name in made if name != "id"} == {
        "schema": "inspection/1",
        "date": "2025-03-18",
        "kind": "routine",
        "org": "qingshan-gov",
        "people": "4",
        "units": ["xx-paper", "xx-wood"],
    }
    assert [one.record.id for one in load(context.root).of("inspection")] == [made["id"]]


OUTING = {"units": "xx-paper", "people": "2"}
FINE = {"kind": "罚款", "unit": "xx-paper", "amount": "2万元", "org": "xx-wood"}
TALLY = {"period": "2024", "figures": "measure=hazards.found,value=7", "source": "title=小结"}


@pytest.mark.parametrize(
    ("kind", "said", "field", "meant"),
    [
        ("inspection", OUTING | {"date": "昨天"}, "date", "2025-03-17"),
        ("inspection", OUTING | {"end": "2025年3月20日"}, "end", "2025-03-20"),
        ("inspection", OUTING | {"kind": "专项检查"}, "kind", "special"),
        ("inspection", OUTING | {"kind": "special"}, "kind", "special"),
        ("inspection", OUTING | {"covert": "是"}, "covert", "true"),
        ("inspection", OUTING | {"covert": "no"}, "covert", "false"),
        ("inspection", OUTING | {"inspectors": ["李四、王五", "赵六"]}, "inspectors", ["李四", "王五", "赵六"]),
        ("inspection", OUTING | {"led_by": "rank=主要领导，post=镇长"}, "led_by", {"rank": "principal", "post": "镇长"}),
        ("inspection", OUTING | {"led_by": "{rank: leader, post: }"}, "led_by", {"rank": "leader", "post": None}),
        (
            "inspection",
            OUTING | {"signed": "{XX纸业有限公司: 已签字, XX木业: refused}"},
            "signed",
            {"xx-paper": "signed", "xx-wood": "refused"},
        ),
        ("inspection", OUTING | {"people": "１２"}, "people", "12"),
        ("enforcement", FINE, "amount", "20000"),
        ("enforcement", FINE | {"amount": "1,500.50元"}, "amount", "1500.50"),
        ("enforcement", FINE, "unit", "xx-paper"),
        (
            "enforcement",
            FINE | {"basis": "{doc: 安全生产法, article: 第九十九条}"},
            "basis",
            [{"doc": "安全生产法", "article": "第九十九条"}],
        ),
        ("enforcement", FINE | {"notified_at": "今天 8:30"}, "notified_at", "2025-03-18T08:30"),
        ("enforcement", FINE | {"notified_at": "2025-03-17T16:20"}, "notified_at", "2025-03-17T16:20"),
        ("accident", {"sector": "道路交通", "deaths": "0", "time": "7:40"}, "time", "07:40"),
        ("resource", {"kind": "物资", "name": "汛前", "origin": "采购", "sets": "2,300"}, "sets", "2300"),
        ("resource", {"kind": "装备", "name": "车", "beneficiaries": "1,200"}, "beneficiaries", "1200"),
        ("resource", {"kind": "装备", "name": "车", "beneficiaries": "XX木业；xx-paper"}, "beneficiaries", ["xx-wood", "xx-paper"]),
        (
            "resource",
            {"kind": "物资", "name": "汛前", "origin": "采购", "items": ["name=铁锹，qty=60", "[{品名: 水泵, qty: 3, unit: 台}]"]},
            "items",
            [{"name": "铁锹", "qty": "60"}, {"name": "水泵", "qty": "3", "unit": "台"}],
        ),
        ("tally", TALLY, "scope", {}),
        ("tally", TALLY, "by", "李四"),
        ("tally", TALLY | {"by": "王五"}, "by", "王五"),
        ("tally", TALLY | {"period": "上半年"}, "period", "2025H1"),
        ("tally", TALLY | {"period": "2024Q4"}, "period", "2024Q4"),
        ("tally", TALLY | {"period": "key:flood-season"}, "period", "key:2025-flood-season"),
        (
            "tally",
            TALLY | {"scope": "sector=消防+危化, unit=XX木业, month=3"},
            "scope",
            {"sector": "fire+chem", "unit": "xx-wood", "month": "3"},
        ),
        ("tally", TALLY | {"preset": "口径不详"}, "preset", "unknown"),
        (
            "tally",
            TALLY | {"figures": '[{"measure": "hazards.found", "value": "1,317", "approx": "余"}, {measure: fines, missing: 是}]'},
            "figures",
            [{"measure": "hazards.found", "value": "1317", "approx": "over"}, {"measure": "fines", "missing": "true"}],
        ),
        (
            "document",
            {"kind": "报送", "title": "季报", "issuer": "xx-wood", "period": "2025Q1", "figures": "{hazards.found: 12}"},
            "figures",
            {"hazards.found": "12"},
        ),
        ("declaration", {"measure": "accidents.count", "period": "2024"}, "value", "0"),
        (
            "target",
            {"kind": "义务", "name": "例会", "period": "今年", "every": "季", "met_by": "record=活动,kind=会议,body=安委会,note=x"},
            "met_by",
            {"record": "activity", "kind": "meeting", "body": "safety_committee", "note": "x"},
        ),
        (
            "risk_point",
            {"name": "后山", "type": "林区", "method": "LEC", "inputs": "L=3，E=6，C=15"},
            "inputs",
            {"L": "3", "E": "6", "C": "15"},
        ),
    ],
)
def test_what_is_said_is_written_as_a_file_says_it(context: Context, kind: str, said: dict[str, str], field: str, meant: Raw) -> None:
    assert drawn(context, kind, **said)[field] == meant
    assert [
        one for one in check(load(context.root), dt.date(2026, 1, 1), {"HZ005", "HZ006", "HZ007", "HZ008", "HZ109"}) if one.record
    ] == []


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("inspection", OUTING | {"date": "2025-02-30"}, "2025-02-30"),
        ("inspection", OUTING | {"kind": "随便"}, "随便"),
        ("inspection", OUTING | {"kind": "specail"}, "special"),
        ("inspection", OUTING | {"led_by": "镇长"}, "rank: …"),
        ("inspection", OUTING | {"led_by": "{rank: [leader"}, "rank: …"),
        ("inspection", OUTING | {"led_by": "{rank: 皇帝}"}, "皇帝"),
        ("inspection", OUTING | {"led_by": "{rank: [leader]}"}, "一个值"),
        ("inspection", OUTING | {"led_by": "{rank: leader, age: 50}"}, "age"),
        ("inspection", OUTING | {"signed": "{xx-paper: 也许}"}, "也许"),
        ("inspection", OUTING | {"covert": "也许"}, "true"),
        ("inspection", OUTING | {"unitz": "x"}, "--units"),
        ("enforcement", FINE | {"amount": "两万"}, "两万"),
        ("enforcement", FINE | {"notified_at": "昨天"}, "T08:30"),
        ("tally", TALLY | {"period": "campaign:nothing"}, "“nothing”"),
        ("tally", TALLY | {"period": "不久"}, "不久"),
        ("tally", TALLY | {"figures": "1317"}, "measure: …"),
        ("tally", TALLY | {"scope": "全镇"}, "{…: …}"),
        ("risk_point", {"name": "后山", "type": "林区", "method": "LEC", "inputs": "[3, 6]"}, "{…: …}"),
        ("target", {"kind": "义务", "name": "会", "period": "2025", "every": "季", "met_by": "{record: 开会, kind: 会议}"}, "开会"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_is_written(context: Context, kind: str, said: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError) as refused:
        drawn(context, kind, **said)
    assert words in "".join(refused.value.lines("zh"))
    assert refused.value.lines("zh") != refused.value.lines("en")
    assert not list(load(context.root).of(kind))


def test_an_id_has_the_day_of_the_record(context: Context) -> None:
    target = drawn(context, "target", kind="指标", name="培训", period="2024Q2", measure="trainings.count", max="3")
    assert str(target["id"]).startswith("MB-20240401-")
    assert str(drawn(context, "tip", channel="12345", content="反映占道", date="2025-03-01")["id"]).startswith("JB-20250301-")
    early = drawn(context, "target", kind="指标", name="培训", period="FY2024", measure="trainings.count", value="3")
    assert str(early["id"]).startswith("MB-20240101-")


def test_an_empty_list_says_nothing(context: Context) -> None:
    assert "tags" not in drawn(context, "inspection", **OUTING, tags=" ， ")


def test_without_an_actor_or_an_organisation_nobody_is_named(context: Context) -> None:
    (context.root / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    with pytest.raises(UsageError) as refused:
        drawn(Context(root=context.root, today=context.today), "inspection", **OUTING)
    assert "org" in "".join(refused.value.lines("en"))


@pytest.mark.parametrize("kind", [name for name in BY_NAME if name != "hazard"])
def test_each_kind_describes_its_options_and_has_a_first_field(kind: str) -> None:
    lines = [text.say("zh") for _, text in new.described(BY_NAME[kind])]
    assert len(lines) == len(new.options(BY_NAME[kind]))
    assert any("必填" in line for line in lines)
    assert new.first_field(BY_NAME[kind]) in BY_NAME[kind].model.model_fields


def test_flags_are_known_by_their_type() -> None:
    assert new.flags(BY_NAME["inspection"]) == {"covert"}
    assert new.flags(BY_NAME["activity"]) == {"hosted", "outsourced"}


@given(st.integers(0, 10**9))
def test_money_is_yuan_however_it_is_said(yuan: int) -> None:
    assert money(f"{yuan:,}") == money(f"{yuan}元") == money(f" {yuan} yuan") == str(yuan)
    assert money(f"{yuan}万元") == money(f"{yuan}万") == str(yuan * 10_000)
    assert number(f"{yuan:,}") == str(yuan)


def test_numbers_lists_pairs_and_values_of_files() -> None:
    assert [number(text) for text in ("1,317", "1,31", "十", "３.５")] == ["1317", "1,31", "十", "3.5"]
    assert [money(text) for text in ("0.5万元", "1.25", "-3", "三元")] == ["5000", "1.25", "-3", "三元"]
    assert list(listed(["a，b;c ; d", "", "e、"])) == ["a", "b", "c", "d", "e"]
    assert pairs("a=1, b = 二") == {"a": "1", "b": "二"}
    assert flow("{a: [1, 二]}") == {"a": ["1", "二"]}
    assert [flow(text) for text in ("{a: 1", "{a: 1}\ny: 2", "&a x", "{a: 1, a: 2}")] == [None, None, None, None]
