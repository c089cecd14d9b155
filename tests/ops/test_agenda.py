"""The agenda of a meeting: each queue on records made for it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import agenda
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting.call import Call, Options, Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests import strategies, worked
from tests.measures.made import Maker
from tests.ops.periodical import CONTEXT, body, context, held_pages

__all__ = ["context"]


def report(ledger: Ledger, *filters: str, period: str = "2024H1", table: str = "", **words: str) -> Report:
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        return agenda.make(Call(CONTEXT, Words(period, filters, **words), Options(table=table)))  # type: ignore[arg-type]


def queues(ledger: Ledger, *filters: str, **more: str) -> dict[str, Any]:
    return {one["key"]: one for one in body(report(ledger, *filters, **more), (60,))["queues"]}


def ids(found: dict[str, Any], key: str) -> list[str]:
    return [one["id"] for one in found[key]["items"]] if key in found else []


def test_the_worked_example_has_its_agenda(context: Context) -> None:
    said = body(agenda.make(Call(context, Words("2024H1"))))
    found = {one["key"]: one for one in said["queues"]}
    assert {key: worked.letters(ids(found, key)) for key in found} == {
        "overdue": "E L N",
        "due_soon": "D O",  # O is due on the very day
        "to_verify": "C",
        "to_close": "H",
        "look_backs": "I",
        "problems": "C D E F H L N O P",
    }
    assert found["overdue"]["measure"] == "stock.overdue"
    assert [one["days"] for one in found["overdue"]["items"]] == [75, 40, 15]
    assert found["to_verify"]["items"][0]["days"] == 22
    assert "10" in found["to_verify"]["rule"]
    assert [(one["name"], one["stock_open"], one["stock_overdue"]) for one in said["units"]] == [("XX纸业", 7, 3), ("", 1, 0)]


def test_one_queue_alone_is_printed_to_its_end(context: Context) -> None:
    make = Maker()
    for number in range(20):
        make.hazard("2024-01-05", done=False, unit=f"u{number}")
    text = rendered(report(make.ledger()).sheet, "text", Page("zh", 100))
    assert "另有 5 项：hazardctl report agenda --table problems -p 2024H1" in text
    alone = report(make.ledger(), table="问题隐患清单和制度措施清单")
    assert rendered(alone.sheet, "text", Page("zh", 100)).count("YH-2024") == 20
    assert body(alone)["units"] == []
    assert rendered(alone.sheet, "csv", Page()).count("\r\n") == 21
    with pytest.raises(UsageError, match="overduo"):
        report(make.ledger(), table="overduo")
    with pytest.raises(UsageError):
        agenda.make(Call(context, Words("2024H1"), Options(table="-")))


def extension(decision: str, day: str) -> dict[str, Any]:
    return {"date": day, "do": "extend", "by": "赵六", "decision": decision, "due": "2024-08-01", "reason": "缺件"}


@pytest.mark.parametrize(
    ("lines", "waits"),
    [
        ([("requested", "2024-05-01")], True),
        ([("requested", "2024-05-01"), ("refused", "2024-05-03")], False),
        ([("requested", "2024-05-01"), ("granted", "2024-05-03"), ("requested", "2024-06-03")], True),
        ([("granted", "2024-05-03")], False),
        ([("requested", "2024-07-01")], False),
    ],
)
def test_an_extension_asked_for_waits_for_its_answer(lines: list[tuple[str, str]], waits: bool) -> None:
    make = Maker()
    history = [
        {"date": "2024-04-01", "do": "register", "by": "李四"},
        {"date": "2024-04-01", "do": "assign", "by": "李四", "to": "a", "due": "2024-07-15"},
        *(extension(decision, day) for decision, day in lines),
    ]
    one = make.add("hazard", "2024-04-01", history=history)
    assert ids(queues(make.ledger()), "requests") == ([one] if waits else [])
    rectified = [*history, {"date": "2024-06-20", "do": "rectify", "by": "赵六", "note": "已整改"}]
    other = Maker()
    other.add("hazard", "2024-04-01", history=rectified)
    assert ids(queues(other.ledger()), "requests") == []


def test_listed_majors_owe_a_word_before_their_quarter_is_over() -> None:
    make = Maker()
    lines = [
        {"date": "2024-04-01", "do": "register", "by": "李四"},
        {"date": "2024-04-02", "do": "supervise", "by": "孙八", "level": "county", "number": "督1号"},
    ]
    one = make.add("hazard", "2024-04-01", grade="major", history=lines)
    (item,) = queues(make.ledger())["progress"]["items"]
    assert (item["id"], item["day"], item["days"], item["more"]) == (one, "2024-07-03", -3, "县级 督1号")
    assert "还有 3 天" in rendered(report(make.ledger()).sheet, "text", Page("zh", 100))
    assert "progress" not in queues(make.ledger(), as_of="2024-06-25")
    assert queues(make.ledger(), as_of="2024-07-10")["progress"]["items"][0]["days"] == 7


def test_duties_missed_and_coming() -> None:
    make = Maker()
    every = {"kind": "obligation", "name": "季度会议", "period": "2024", "every": "quarter", "due_days": 3, "responsible": "xx"}
    one = make.add("target", **every, met_by={"record": "activity", "kind": "meeting"})
    make.add("activity", "2024-05-05", kind="meeting")
    found = queues(make.ledger())
    assert [(it["id"], it["more"], it["day"], it["days"]) for it in found["duties_missed"]["items"]] == [
        (one, "2024年一季度", "2024-04-03", 88)
    ]
    assert ids(found, "duties_due") == []  # the second quarter is met
    soon = queues(make.ledger(), as_of="2024-09-28", period="2024")
    assert [(it["more"], it["days"]) for it in soon["duties_due"]["items"]] == [("2024年三季度", -5)]
    make.add("activity", "2024-10-01", kind="meeting")
    assert "duties_due" in queues(make.ledger(), as_of="2024-09-28", period="2024")  # that meeting is still to come
    assert "duties_due" not in queues(make.ledger(), as_of="2024-10-01", period="2024")


def test_plans_and_rosters() -> None:
    make = Maker()
    drilled = make.add("document", "2023-01-10", kind="plan", level="general", title="总体预案")
    never = make.add("document", "2023-02-10", kind="plan", level="special", title="防汛预案", valid_until="2024-09-28")
    make.add("document", "2020-01-10", kind="plan", level="special", title="旧预案", valid_until="2023-01-09")
    make.add("document", "2020-01-10", kind="plan", level="special", title="消防预案", valid_until="2023-01-09")
    new = make.add("document", "2023-01-05", kind="plan", level="special", title="消防预案", valid_until="2028-01-09")
    make.add("activity", "2024-03-01", kind="drill", plan=drilled)
    roster = make.add("document", "2024-01-10", kind="roster", title="安委会组成", number="青安〔2024〕1号")
    make.add("document", "2023-01-10", kind="roster", title="安委会组成")
    make.add("document", "2022-01-10", kind="roster", title="指挥部组成", valid_until="2023-12-31")
    found = queues(make.ledger())
    assert ids(found, "undrilled") == [new, never]
    assert [(it["what"], it["days"]) for it in found["expiring"]["items"]] == [("旧预案", 538), ("防汛预案", -90)]
    assert [(it["id"], it["more"]) for it in found["rosters"]["items"]] == [(roster, "青安〔2024〕1号")]


def test_accidents_and_tips() -> None:
    make = Maker()
    closure = {"cause_found": "2024-03-01", "responsible_handled": "2024-03-01", "measures_done": "2024-08-01"}
    one = make.add("accident", "2024-02-01", deaths=3, closure=closure)
    make.add("accident", "2024-02-01", production=False)
    make.add("accident", "2024-02-02", closure={**closure, "measures_done": "2024-03-02", "staff_educated": "2024-03-03"})
    tip = make.add("tip", "2024-05-01", content="通道堆物", assigned_to="xx")
    make.add("tip", "2024-05-02", verified_on="2024-05-09", result="unfounded")
    late = make.add("tip", "2024-05-03", verified_on="2024-07-09", result="unfounded")
    make.add("tip", "2024-05-04", result="confirmed")
    found = queues(make.ledger())
    (item,) = found["accidents"]["items"]
    assert (item["id"], item["what"], item["more"]) == (one, "较大，死亡 3 人", "整改措施落实、有关人员受教育")
    assert ids(found, "tips") == [tip, late]
    assert found["tips"]["items"][0]["days"] == 60


def test_a_unit_whose_stop_was_lifted_waits_for_its_acceptance() -> None:
    stop = {"kind": "stop_production", "effective_on": "2024-02-01", "lifted_on": "2024-03-01"}
    make = Maker()
    waits = make.add("enforcement", "2024-02-01", unit="a", **stop)
    make.add("enforcement", "2024-02-01", unit="b", kind="fine", amount=5)
    make.add("enforcement", "2024-02-01", unit="b", kind="sealed", effective_on="2024-02-01")
    make.add("enforcement", "2024-02-01", units=["c", "d"], **stop)
    make.add("inspection", "2024-02-28", kind="restart", units=["c"], people=1)
    make.add("inspection", "2024-01-28", kind="restart", units=["a"], people=1)  # before the order
    make.add("inspection", "2024-02-28", kind="special", units=["a"], people=1)
    make.add("document", "2024-03-02", kind="acceptance", party="d")
    found = queues(make.ledger())
    assert [(it["id"], it["unit"], it["day"], it["days"]) for it in found["restart"]["items"]] == [(waits, "a", "2024-03-01", 121)]
    assert "restart" not in queues(make.ledger(), as_of="2024-02-20")


def test_a_campaign_lacks_what_it_has_not() -> None:
    make = Maker()
    whole = make.add("campaign", start="2024-01-01", name="甲", doc="WJ-20240101-AAAAA")
    bare = make.add("campaign", start="2024-01-02", name="乙")
    make.add("campaign", start="2022-01-02", end="2022-03-01", name="早已结束")
    make.add("inspection", "2024-02-01", units=["a"], people=1, campaign=[whole])
    make.hazard("2024-02-01", campaign=[whole])
    make.hazard("2024-02-01", campaign=[bare], done=False)
    found = queues(make.ledger())
    assert [(it["id"], it["more"]) for it in found["campaigns"]["items"]] == [(bare, "方案、检查记录、整改措施")]


def test_filters_narrow_every_queue_or_leave_it_out_aloud() -> None:
    make = Maker({"regions": [{"key": "town", "name": "青山镇", "level": "township"}]})
    make.add("tip", "2024-05-01", region="town")
    make.add("tip", "2024-05-01")
    make.hazard("2024-05-01", region="town", done=False)
    make.hazard("2024-05-01", done=False)
    found = queues(make.ledger(), "region:town")
    assert (found["tips"]["count"], found["problems"]["count"]) == (1, 1)
    data = body(report(make.ledger(), "sector:消防"))
    assert "rosters" in data["left_out"]
    assert "未列" in rendered(report(make.ledger(), "sector:消防").sheet, "text", Page("zh", 100))
    assert body(report(make.ledger(), "is:overdue"))["queues"] == []


def test_nothing_waits() -> None:
    assert "没有要议的事" in rendered(report(Maker().ledger()).sheet, "text", Page("zh", 100))


@given(trees=strategies.ledgers(), asked=strategies.questions())
def test_queues_with_a_measure_are_counted_by_it(trees: list[Tree], asked: Question) -> None:
    ledger = strategies.loaded(trees)
    found = queues(ledger, period=f"{asked.start}..{asked.end}", as_of=asked.as_of.isoformat(), basis=asked.preset)
    figures = Book(ledger).total(asked, ["stock.overdue", "verify.overdue"])
    for key, measure in (("overdue", "stock.overdue"), ("to_verify", "verify.overdue")):
        assert len(ids(found, key)) == figures[measure]


def test_two_runs_give_the_same_bytes(context: Context) -> None:
    for name in ("text", "md", "csv", "json"):
        pages = [rendered(agenda.make(Call(context, Words("2024H1"))).sheet, name, Page()) for _ in range(2)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_as_it_was_seen(context: Context, language: Language) -> None:
    held_pages("agenda", agenda.make(Call(context, Words("2024H1"))).sheet, language)
