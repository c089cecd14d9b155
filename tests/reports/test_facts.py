"""A record of any kind is laid out whole: every fact in words, nothing that is only assumed."""

from __future__ import annotations

import datetime as dt

import pytest

from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.configured import configured
from hazardctl.model.fields import facts
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.reports.facts import ASIDE, page, said
from hazardctl.reports.frame import Frame
from hazardctl.sheet import Line, Sheet, Table
from tests.model.records import LEAST, least, most

DAY = dt.date(2026, 12, 31)
UNIT: Tree = {"id": "xx-paper", "schema": "unit/1", "name": "XX纸业有限公司", "kind": "enterprise"}


def entry(kind: str, tree: Tree) -> Entry[Record]:
    made = typed(BY_NAME[kind], tree)
    assert made.record is not None
    return Entry(BY_NAME[kind], made.record, f"{made.record.id}.yaml")


def ledger(*entries: Entry[Record]) -> Ledger:
    config, _ = configured({"schema": "config/1", "regions": [{"key": "qingshan", "name": "青山镇"}]})
    return Ledger(config or Config(), (entry("unit", UNIT), *entries))


def laid(kind: str, tree: Tree, day: dt.date = DAY) -> Sheet:
    one = entry(kind, tree)
    return page(one, ledger(one), Frame("", "", day))


def lines(sheet: Sheet) -> list[tuple[str, str]]:
    return [((block.label or Text("", "")).say("zh"), block.text.say("zh")) for block in sheet.blocks if isinstance(block, Line)]


@pytest.mark.parametrize("kind", sorted(LEAST))
def test_every_fact_of_a_record_stands_on_its_page(kind: str) -> None:
    sheet = laid(kind, most(kind))
    labels = {label for label, _ in lines(sheet)}
    wanted = {facts(BY_NAME[kind].model)[name].zh for name in most(kind) if name not in ASIDE}
    assert wanted <= labels
    assert lines(sheet)[-1] == ("文件", f"{most(kind)['id']}.yaml")
    assert sheet.data["kind"] == kind
    for block in sheet.blocks:
        if isinstance(block, Line):
            assert block.text.say("en")


def test_values_are_said_in_words_and_names() -> None:
    shown = dict(lines(laid("inspection", most("inspection"))))
    assert (shown["检查方式"], shown["属地"], shown["暗查暗访"]) == ("专项", "青山镇", "是")
    assert shown["受检单位"] == "XX纸业有限公司、xx-wood"
    assert shown["签字情况"] == "XX纸业有限公司 已签字，xx-wood 拒签"
    assert shown["带队领导"] == "级别 本级其他领导，职务 副镇长"
    assert shown["检查人数"] == "约2"
    assert "暗查暗访" not in dict(lines(laid("inspection", {**least("inspection"), "covert": "false"})))


def test_figures_keep_their_marks_and_filters_their_labels() -> None:
    shown = lines(laid("tally", most("tally")))
    assert ("统计范围", "行业领域 消防，hosted true") in shown
    assert [text for label, text in shown if label == "数据"] == [
        "指标 hazards.found，数值 240余，计量单位 处",
        "指标 hazards.rate，数值 97.25，计量单位 %，原文所列比率 是",
        "指标 enforcement.fine.amount，计量单位 万元，原文空缺 是",
    ]
    assert dict(lines(laid("accident", least("accident"))))["死亡"] == "0"


def test_a_duty_shows_what_meets_it() -> None:
    met: Raw = {"record": "activity", "kind": "meeting", "body": "safety_committee", "room": "x"}
    shown = dict(lines(laid("target", {**least("target"), "met_by": met})))
    assert shown["履行方式"] == "记录种类 活动，活动类别 会议，会议主体 安委会，room x"
    odd = dict(lines(laid("target", {**least("target"), "met_by": {"record": "party", "kind": "x"}})))
    assert odd["履行方式"] == "记录种类 party，kind x"


def test_the_history_stops_at_the_day_and_a_withdrawal_shows_in_the_title() -> None:
    history: Raw = [
        {"date": "2025-05-22", "do": "withdraw", "by": ["李四", "孙八"], "reason": "entry_error", "note": "重录"},
        {"date": "2025-05-20", "do": "register", "by": "李四"},
    ]
    tree = {**least("activity"), "history": history}
    before, after = laid("activity", tree, dt.date(2025, 5, 21)), laid("activity", tree)
    assert before.title.say("zh") == "HD-20250520-0B8SE   活动   有限空间作业培训"
    assert after.title.say("zh") == "HD-20250520-0B8SE   活动   有限空间作业培训   已作废（2025-05-22）"
    assert after.data["withdrawn"] == dt.date(2025, 5, 22)
    table = after.table("history")
    assert isinstance(table, Table)
    assert [row[1] for row in table.rows] == [dt.date(2025, 5, 20), dt.date(2025, 5, 22)]
    assert before.data["withdrawn"] is None
    assert laid("tip", least("tip")).table("history") is None


def test_a_part_alone_can_be_said() -> None:
    record = typed(BY_NAME["accident"], most("accident")).record
    assert record is not None
    assert len(list(said(record, Ledger()))) > 10
