"""A row becomes facts and a history, and nothing of it is lost or made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.exchange.desk import Desk
from hazardctl.exchange.headers import head, recognised
from hazardctl.exchange.mapping import Plan, mapping
from hazardctl.exchange.rows import Draft, body, drafts, fingerprint
from hazardctl.exchange.table import Row
from hazardctl.exchange.work import cleaned
from hazardctl.history import replay
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.campaign import Campaign
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.typed import typed
from hazardctl.model.unit import Unit

UNITS = [
    Unit(id="xx-paper", schema="unit/1", name="XX纸业有限公司", aliases=("XX纸业",)),
    Unit(id="twin-a", schema="unit/1", name="同名公司"),
    Unit(id="twin-b", schema="unit/1", name="同名公司"),
]
CAMPAIGN = Campaign(id="ZX-20250301-9RWK4", schema="campaign/1", name="春季行动", alias="春季", start=dt.date(2025, 3, 1))
CONFIG, _ = configured({
    "regions": [{"key": "east", "name": "东村"}],
    "vocabularies": {"local_grades": {"3级": "general", "1级": "major"}, "sectors": {"homestay": "民宿"}},
})  # fmt: skip
assert CONFIG is not None
LEDGER = Ledger(
    CONFIG, (*(Entry(BY_NAME["unit"], one, f"units/{one.id}.yaml") for one in UNITS), Entry(BY_NAME["campaign"], CAMPAIGN, "campaigns/x"))
)
BASE = {
    "检查时间": "2025-07-17",
    "受检单位": "XX纸业",
    "隐患描述": "灭火器过期",
    "等级": "一般",
    "行业": "工贸",
    "来源": "自查",
    "检查单位": "XX纸业",
}


FULL = {
    "序号": "7", "检查人": "张三、李四", "属地": "东村", "部位": "一车间", "隐患类别": "物", "判定依据": "GB 50140", "专项行动": "春季",
    "事故类型": "火灾，触电", "整改要求": "更换", "整改资金(万元)": "1.25", "实际投入": "1,200元", "停工": "否",
    "整改责任单位/施工": "XX纸业",
    "落实治理目标": "月底前", "检查编号": "JC-7", "整改责任人": "王五", "整改期限": "2025.8.1", "整改措施": "买新的",
    "整改完成日期": "2025-07-20", "复查时间": "2025-07-22", "复查人": "赵六；钱七", "复查结论": "合格",
    "销号时间": "2025-07-23", "备注": "无", "心情": "好", "超期天数": "3",
}  # fmt: skip


def propose(cells: dict[str, str], plan: Plan | None = None, **desk: Any) -> list[Draft]:  # noqa: ANN401 (what a desk takes)
    row = {**BASE, **cells}
    rows = [Row(1, tuple(row)), Row(2, tuple(row.values()))]
    names = head(rows, 1)
    plan = plan or Plan(columns=recognised(names.names))
    return [draft for _, found in drafts(Desk(plan, LEDGER, **desk), names, rows[1:]) for draft in found]


def with_answers(cells: dict[str, str], answers: dict[str, str]) -> Draft:
    plan = mapping({"answers": dict(answers)})
    return propose(cells, _with_columns(plan, {**recognised(list({**BASE, **cells})), **plan.columns}))[0]


def _with_columns(plan: Plan, columns: dict[str, str]) -> Plan:
    return replace(plan, columns=columns)


def lines(draft: Draft) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", draft.tree["history"])


def told(draft: Draft) -> list[tuple[str, str]]:
    return [(line["date"], line["do"]) for line in lines(draft)]


def record(draft: Draft) -> Hazard:
    made = typed(BY_NAME["hazard"], {"id": "YH-20250717-7K2QF", "schema": "hazard/1", **draft.tree})
    assert not made.findings
    return cast("Hazard", made.record)


def asked(draft: Draft) -> list[str]:
    return [question.reason.say("zh") for question in draft.questions]


def test_a_full_row_is_a_hazard_without_a_question() -> None:
    (draft,) = propose(FULL)
    assert asked(draft) == []
    hazard = record(draft)
    assert (hazard.unit, hazard.region, hazard.sector, hazard.category, hazard.source) == (
        "xx-paper",
        "east",
        "industry",
        "object",
        "self_check",
    )
    assert (str(hazard.funds_planned), str(hazard.funds_spent), hazard.accident_types) == ("12500", "1200", ("fire", "electric"))
    assert (hazard.campaign, hazard.found_by, hazard.parties[0].role) == (("ZX-20250301-9RWK4",), ("张三", "李四"), "contractor")
    assert hazard.plan is not None
    assert hazard.plan.target is not None
    assert told(draft) == [
        ("2025-07-17", "register"), ("2025-07-17", "assign"), ("2025-07-20", "rectify"), ("2025-07-22", "verify"), ("2025-07-23", "close"),
    ]  # fmt: skip
    register, assign, claim, check, closing = lines(draft)
    assert (register["by"], assign["by"], claim["by"], check["by"], closing["by"]) == (
        ["张三", "李四"],
        "import",
        "import",
        ["赵六", "钱七"],
        "import",
    )
    assert (assign["to"], assign["due"], assign["person"], claim["note"]) == ("xx-paper", "2025-08-01", "王五", "买新的")
    assert list(assign)[:5] == ["date", "do", "by", "to", "person"]
    assert draft.tree["x-import"] == {"检查编号": "JC-7", "心情": "好"}
    assert not replay(hazard).misfits


def test_a_date_word_or_name_that_cannot_be_read_is_asked_about_and_nothing_else() -> None:
    (draft,) = propose({"受检单位": "YY化工", "行业": "不知道", "属地": "西村", "专项行动": "秋季", "整改期限": "月底"})
    assert sorted(asked(draft)) == sorted(["单位不在册", "不在词表 sectors 内", "属地不在配置的地域表内", "专项行动不在册", "不是日期"])


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"受检单位": "同名公司"}, "几个单位同名：twin-a、twin-b"),
        ({"等级": "5级"}, "本地分级没有对应 general 或 major"),
        ({"整改资金": "12"}, "不知是元还是万元"),
        ({"整改资金": "若干"}, "不是金额"),
        ({"延期至": "2025-09-01"}, "不知哪天批准延期"),
        ({"整改状态": "差不多"}, "不识得的状态"),
        ({"复查结论": "还行", "复查时间": "2025-07-22"}, "不在词表 results 内"),
        ({"整改状态": "未整改", "销号时间": "2025-07-22"}, "进度前后矛盾"),
        ({"处理方式": "当场整改", "整改完成日期": "2025-07-22"}, "当场整改，日期却不是发现当天"),
        ({"是否整改": "否", "整改状态": "已整改"}, "进度前后矛盾"),
        ({"是否闭环": "否", "整改状态": "已销号"}, "进度前后矛盾"),
        ({"是否闭环": "否", "销号时间": "2025-07-20"}, "进度前后矛盾"),
        ({"处理方式": "改天"}, "不识得的状态"),
        ({"隐患描述": ""}, "缺隐患描述"),
        ({"检查时间": "2025-02-30"}, "日历上没有这一天"),
        ({"等级": ""}, "缺隐患等级"),
    ],
)
def test_what_is_not_certain_is_asked(cells: dict[str, str], reason: str) -> None:
    assert reason in asked(propose(cells)[0])


def test_what_no_column_and_no_constant_gives_is_asked_once() -> None:
    plan = mapping({"columns": {"检查时间": "found_on", "隐患描述": "description"}, "set": {"grade": "general", "source": "?"}})
    assert sorted(asked(propose({}, plan)[0])) == ["缺受检单位", "缺检查单位", "缺行业领域", "缺隐患来源"]
    assert (
        asked(propose({}, _with_columns(mapping({"answers": {"missing": "leave"}, "set": {"grade": "general"}}), dict(plan.columns)))[0])
        == []
    )


@pytest.mark.parametrize(
    ("grade", "stored", "local"),
    [("一般隐患", "general", ""), ("重大事故隐患", "major", "重大事故隐患"), ("3级", "general", "3级"), ("1级", "major", "1级")],
)
def test_a_grade_is_mapped_and_its_own_words_stay(grade: str, stored: str, local: str) -> None:
    (draft,) = propose({"等级": grade})
    assert (draft.text("grade"), draft.text("local_grade")) == (stored, local)


def test_a_column_of_local_grades_gives_the_grade() -> None:
    plan = mapping({"columns": {**{name: it for name, it in recognised(list(BASE)).items() if name != "等级"}, "等级": "local_grade"}})
    (draft,) = propose({"等级": "1级"}, plan)
    assert (draft.text("grade"), draft.text("local_grade")) == ("major", "1级")


@pytest.mark.parametrize(
    ("cells", "acts"),
    [
        ({}, ["register"]),
        ({"整改状态": ""}, ["register", "assign"]),
        ({"整改状态": "待整改"}, ["register", "assign"]),
        ({"整改状态": "已登记"}, ["register"]),
        ({"整改期限": "2025-08-01"}, ["register", "assign"]),
        ({"处理方式": "当场整改"}, ["register", "rectify"]),
        ({"整改状态": "现场处置"}, ["register", "rectify"]),
        ({"处理方式": "限期整改", "整改期限": "2025-08-01"}, ["register", "assign"]),
        ({"处理方式": "当场整改", "复查时间": "2025-07-17", "销号时间": "2025-07-17"}, ["register", "rectify", "verify", "close"]),
        ({"整改完成日期": "2025-07-20"}, ["register", "assign", "rectify"]),
        ({"复查时间": "2025-07-20"}, ["register", "assign", "rectify", "verify"]),
        ({"销号时间": "2025-07-20"}, ["register", "assign", "rectify", "verify", "close"]),
        ({"复查时间": "2025-07-20", "复查结论": "不合格"}, ["register", "assign", "rectify", "verify"]),
        ({"整改状态": "已销号"}, ["register", "assign"]),
        ({"整改状态": "己销号", "整改完成日期": "2025-07-20"}, ["register", "assign", "rectify"]),
        ({"是否整改": "是"}, ["register", "assign"]),
        ({"是否整改": "否"}, ["register", "assign"]),
        ({"是否闭环": "√", "销号时间": "2025-07-20"}, ["register", "assign", "rectify", "verify", "close"]),
        ({"整改情况": "已更换三具", "整改完成日期": "2025-07-20"}, ["register", "assign", "rectify"]),
        ({"延期至": "2025-09-01", "延期日期": "2025-07-30", "整改期限": "2025-08-01"}, ["register", "assign", "extend"]),
        ({"督办级别": "县级"}, ["register"]),
        ({"是否闭环": "否"}, ["register", "assign"]),
        ({"是否闭环": "否", "整改完成日期": "2025-07-20"}, ["register", "assign", "rectify"]),
    ],
)  # fmt: skip
def test_days_and_words_tell_which_acts_there_were(cells: dict[str, str], acts: list[str]) -> None:
    (draft,) = propose(cells)
    assert asked(draft) == []
    assert [act for _, act in told(draft)] == acts
    assert not replay(record(draft)).misfits


def test_a_failed_check_sends_the_hazard_back() -> None:
    (draft,) = propose({"复查时间": "2025-07-20", "复查结论": "不合格", "整改完成日期": "2025-07-19"})
    assert replay(record(draft)).last.returned


@pytest.mark.parametrize("cells", [{"整改状态": "已整改"}, {"整改状态": "整改中"}, {"整改状态": "已销号", "整改完成日期": "2025-07-20"}])
def test_a_status_without_its_day_is_told(cells: dict[str, str]) -> None:
    (draft,) = propose(cells)
    assert [mark.raw for mark in draft.remarks] == [cells["整改状态"]]
    assert cast("dict[str, str]", draft.tree["x-import"])["整改状态"] == cells["整改状态"]


def test_with_assume_due_the_deadline_stands_for_every_missing_day() -> None:
    draft = with_answers({"整改状态": "已销号", "整改期限": "2025-08-01"}, {"assume_due": "true"})
    assert told(draft)[2:] == [("2025-08-01", "rectify"), ("2025-08-01", "verify"), ("2025-08-01", "close")]
    assert all("--assume-due" in line["note"] for line in lines(draft)[2:])
    later = with_answers({"整改状态": "已销号", "整改期限": "2025-08-01", "整改完成日期": "2025-08-05"}, {"assume_due": "true"})
    assert told(later)[-1] == ("2025-08-05", "close")
    none = with_answers({"整改状态": "已整改"}, {"assume_due": "true"})
    assert [act for _, act in told(none)] == ["register", "assign"]


def test_a_sentence_on_what_was_done_becomes_the_note_or_is_kept() -> None:
    (dated,) = propose({"整改情况": "已更换三具", "整改措施": "更换", "整改完成日期": "2025-07-20"})
    assert lines(dated)[2]["note"] == "更换；已更换三具"
    (undated,) = propose({"整改情况": "已更换三具", "复查人": "赵六"})
    assert undated.tree["x-import"] == {"整改情况": "已更换三具", "复查人": "赵六"}


def test_two_columns_on_the_result_are_one_word_and_one_sentence() -> None:
    (draft,) = propose({"治理结果": "已完成", "具体治理情况": "换了新的", "完成时间": "2025-07-20"})
    assert asked(draft) == []
    assert (told(draft)[-1], lines(draft)[-1]["note"]) == (("2025-07-20", "rectify"), "换了新的")


def test_an_act_before_the_finding_is_imported_as_it_is() -> None:
    (draft,) = propose({"销号时间": "2025-07-01"})
    assert told(draft)[0] == ("2025-07-17", "register")
    assert told(draft)[1] == ("2025-07-01", "assign")
    assert replay(record(draft)).last.state == "closed"


def test_a_file_may_say_who_registers() -> None:
    (draft,) = propose({"检查人": "张三", "整改期限": "2025-08-01"}, by="李四")
    assert [line["by"] for line in lines(draft)] == ["李四", "李四"]


def test_numbered_problems_are_asked_about_split_or_kept_as_one() -> None:
    cells = {"隐患描述": "存在问题：1.电线裸露；2、插座松动"}
    assert asked(propose(cells)[0])[0] == "一格 2 条，拆成 2 条记录？"
    plan = _with_columns(mapping({"answers": {"numbered": "split"}}), recognised(list(BASE)))
    split = propose(cells, plan)
    assert [draft.text("description") for draft in split] == ["存在问题：电线裸露", "存在问题：插座松动"]
    assert [draft.fingerprint[-2:] for draft in split] == ["-1", "-2"]
    assert with_answers(cells, {"numbered": "one"}).text("description") == cells["隐患描述"]


def test_events_of_a_mapping_are_made_where_their_conditions_hold_and_told_where_only_the_day_is_missing() -> None:
    columns = recognised(list(BASE))
    plan = _with_columns(
        mapping({"events": [
            {"do": "assign", "date": ["下发"], "due": ["新限", "旧限"]},
            {"do": "rectify", "date": ["完成"], "by": "业主", "note": "{说法}"},
            {"do": "verify", "date": ["结案"], "result": "fail", "reason": ["说法"], "when": {"说法": ["不行", "不好"]}},
            {"do": "close", "date": ["结案"], "reason": "unit_closed", "note": "x", "when": {"说法": "关停"}},
        ]}),
        columns,
    )  # fmt: skip
    base = {"下发": "2025-07-18", "新限": "", "旧限": "2025-08-01", "完成": "2025-07-30", "结案": "2025-08-02", "说法": "不行"}
    (draft,) = propose(base, plan)
    assert [act for _, act in told(draft)] == ["register", "assign", "rectify", "verify"]
    assert (lines(draft)[1]["due"], lines(draft)[1]["to"], lines(draft)[3]["reason"]) == ("2025-08-01", "xx-paper", "不行")
    (shut,) = propose({**base, "完成": "", "说法": "关停"}, plan)
    assert [act for _, act in told(shut)] == ["register", "assign", "close"]
    (undated,) = propose({**base, "结案": "", "说法": "关停"}, plan)
    assert [mark.reason.say("en") for mark in undated.remarks] == ["close: no day for it: imported as not done yet"]
    (wrong,) = propose({**base, "结案": "后天"}, plan)
    assert asked(wrong) == ["不是日期"]


def test_rows_that_hold_no_data_are_named() -> None:
    rows = [
        Row(1, ("序号", "检查时间", "隐患描述")), Row(2, ("1", "2025-07-17", "漏电")), Row(3, ("序号", "检查时间", "隐患描述")),
        Row(4, ("小计", "", "1")), Row(5, ("", "", "")), Row(6, ("2", "", "漏水")), Row(7, ("注：以上均为一般隐患", "", "")),
    ]  # fmt: skip
    data, others = body(head(rows), rows)
    assert [row.line for row in data] == [2, 6]
    assert [(row.line, why.say("en")) for row, why in sorted(others)] == [
        (3, "the column names again"),
        (4, "a row of sums"),
        (7, "a footnote"),
    ]


def test_empty_cells_of_a_column_that_is_filled_down_repeat_the_value_above() -> None:
    names = [*BASE]
    rows = [
        Row(1, tuple(names)),
        Row(2, tuple(BASE.values())),
        Row(3, tuple("" if name == "受检单位" else text for name, text in BASE.items())),
    ]
    plan = _with_columns(mapping({"fill_down": ["受检单位"]}), recognised(names))
    found = [draft for _, some in drafts(Desk(plan, LEDGER), head(rows), rows[1:]) for draft in some]
    assert [draft.text("unit") for draft in found] == ["xx-paper", "xx-paper"]
    assert found[0].fingerprint != found[1].fingerprint


@pytest.mark.parametrize(
    ("text", "taken"), [(" a ", "a"), ("—", ""), ("/", ""), ("'=1+1", "=1+1"), ("'quoted'", "'quoted'"), ("a\r\nb", "a\nb"), ("\xa0x", "x")]
)
def test_a_cell_is_taken_without_its_dress(text: str, taken: str) -> None:
    assert cleaned(text) == taken


@given(st.dictionaries(st.sampled_from(["检查时间", "备注", "部位", "a"]), st.text(max_size=5), min_size=1))
def test_the_fingerprint_is_of_the_content_alone(cells: dict[str, str]) -> None:
    shuffled = dict(reversed(cells.items()))
    assert fingerprint({**shuffled, "空": "", "超期天数": "9"}) == fingerprint(cells)
    assert fingerprint({**cells, "新": "x"}) != fingerprint(cells)


@pytest.mark.parametrize(
    ("target", "cell", "held"),
    [
        ("quantity", "3处", "3"),
        ("risk_point", "FX-20230601-2TB6N", "FX-20230601-2TB6N"),
        ("inspection", "JC-20250717-2TB6N", "JC-20250717-2TB6N"),
        ("tags", "涉氨、夜间", ["涉氨", "夜间"]),
        ("stop", "局部停产", "partial"),
        ("funds_planned.wan", "2", "20000"),
        ("funds_spent.yuan", "2.50", "2.5"),
    ],
)
def test_each_field_reads_its_cell_as_the_model_says(target: str, cell: str, held: object) -> None:
    (draft,) = propose({"某列": cell}, Plan(columns={**recognised(list(BASE)), "某列": target}))
    assert asked(draft) == []
    assert draft.tree[target.partition(".")[0]] == held
    record(draft)


@pytest.mark.parametrize(
    ("target", "cell", "reason"), [("quantity", "几处", "不是处数"), ("quantity", "0", "不是处数"), ("tags", "?", "含义未定")]
)
def test_a_cell_that_does_not_fit_its_field_is_asked_about(target: str, cell: str, reason: str) -> None:
    plan = Plan(columns={**recognised(list(BASE)), "某列": target}, values={"某列": {"?": "?"}})
    assert asked(propose({"某列": cell}, plan)[0]) == [reason]


def test_a_number_of_another_system_in_a_field_of_records_is_kept() -> None:
    (draft,) = propose({"风险点": "3号罐", "检查编号": "第7次"})
    assert draft.tree["x-import"] == {"风险点": "3号罐", "检查编号": "第7次"}


def test_a_ledger_without_regions_keeps_the_words() -> None:
    names = {**BASE, "属地": "西村"}
    rows = [Row(1, tuple(names)), Row(2, tuple(names.values()))]
    plan = Plan(columns=recognised(list(names)))
    ((_, (draft,)),) = drafts(Desk(plan, replace(LEDGER, config=Config())), head(rows), rows[1:])
    assert draft.tree["x-import"] == {"属地": "西村"}


def test_acts_with_their_own_day_are_made_and_one_that_cannot_be_read_is_asked_about() -> None:
    columns = {
        **recognised(list(BASE)),
        "挂牌": "history.supervise.level",
        "挂牌日": "history.supervise.date",
        "现场": "history.rectify.on_spot",
    }
    (draft,) = propose({"挂牌": "县级", "挂牌日": "2025-07-18", "现场": "否"}, Plan(columns={**columns, "现场": "x-import"}))
    assert told(draft) == [("2025-07-17", "register"), ("2025-07-18", "supervise")]
    (wrong,) = propose({"挂牌": "县级", "挂牌日": "七月", "现场": ""}, Plan(columns={**columns, "现场": "x-import"}))
    assert asked(wrong) == ["不是日期"]


def test_an_act_of_a_mapping_may_be_on_the_spot() -> None:
    plan = _with_columns(mapping({"events": [{"do": "rectify", "date": ["检查时间"], "on_spot": "是"}]}), recognised(list(BASE)))
    (draft,) = propose({}, plan)
    assert (told(draft), lines(draft)[1]["on_spot"]) == ([("2025-07-17", "register"), ("2025-07-17", "rectify")], "true")
    assert not replay(record(draft)).misfits


def test_a_failed_check_without_its_day_is_told() -> None:
    (draft,) = propose({"复查结论": "不合格", "整改完成日期": "2025-07-20"})
    assert [act for _, act in told(draft)] == ["register", "assign", "rectify"]
    assert [mark.key for mark in draft.remarks] == ["no-day"]


def test_a_row_is_refused_when_only_its_cell_can_be_put_right() -> None:
    assert [question.final for question in propose({"检查时间": "2025-02-30"})[0].questions] == [True]
    assert [question.final for question in propose({"检查时间": "3月5日"})[0].questions] == [False]


WORDS = st.sampled_from(
    ["", "2025-07-20", "2025.7.18", "7月9日", "立即", "已整改", "√", "否", "不合格", "当场整改", "XX纸业", "张三", "/", "46089"]
)
COLUMNS = [
    "检查时间",
    "整改期限",
    "整改完成日期",
    "复查时间",
    "复查结论",
    "销号时间",
    "整改状态",
    "处理方式",
    "是否闭环",
    "整改情况",
    "延期至",
    "受检单位",
    "心情",
]


@given(st.fixed_dictionaries(dict.fromkeys(COLUMNS, WORDS)))
def test_whatever_a_row_says_it_is_asked_about_or_makes_a_record_that_folds_and_no_cell_is_lost(cells: dict[str, str]) -> None:
    (draft,) = propose(cells)
    if draft.questions:
        assert all(question.reason.say("zh") for question in draft.questions)
        return
    replay(record(draft))
    held = str(draft.tree)
    read = {"检查时间", "整改期限", "整改完成日期", "复查时间", "销号时间", "复查结论", "延期至", "受检单位"}  # held as a day or a key
    assert all(text in held for name, text in cells.items() if text not in {"", "/"} and name not in read)


@pytest.mark.parametrize(
    "cells",
    [
        ("审核人：张三", "", "填表人：李四"), ("", "审核：", ""), ("填报单位（盖章）：", "某镇", ""),
        ("负责人(签字):王五", "填报日期：2025年3月31日", "联系电话：1"),
        ("Checked by: 张三", "Date: 2025-03-31", ""),
    ],
)  # fmt: skip
def test_where_people_sign_below_the_table_is_no_row_of_it(cells: tuple[str, ...]) -> None:
    rows = [Row(1, ("序号", "检查时间", "隐患描述")), Row(2, ("1", "2025-07-17", "漏电")), Row(3, cells)]
    data, others = body(head(rows), rows)
    signed = all(":" in cell.replace("：", ":") for cell in cells if cell)
    assert [row.line for row in data] == ([2] if signed else [2, 3])
    assert [(row.line, why.say("zh")) for row, why in others] == ([(3, "表下的说明")] if signed else [])
    above = [rows[0], Row(2, cells), Row(3, rows[1].cells)]
    assert [row.line for row in body(head(above), above)[0]] == [2, 3]
