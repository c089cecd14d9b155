"""Sums over records: every figure against a plain count in Python, and every kind of scope against what it must leave."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.filters import Clause, parse
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, Book, Known
from hazardctl.measures.catalogue import OTHERS
from hazardctl.measures.definition import Sum
from hazardctl.measures.records import relation
from hazardctl.measures.sources import SOURCES, text
from hazardctl.measures.statement import names
from hazardctl.model.activity import Activity
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.inspection import Inspection
from hazardctl.model.kinds import KINDS
from hazardctl.model.record import Record
from hazardctl.model.resource import Resource
from hazardctl.sheet import Rate
from tests.measures.made import Maker, ids, question, value

H1: Final = question("2024-01-01", "2024-06-30")
REGIONS: Final = {
    "regions": [
        {"key": "county", "name": "县", "level": "county"},
        {"key": "east", "name": "东镇", "level": "township", "parent": "county"},
        {"key": "west", "name": "西镇", "level": "township", "parent": "county"},
    ],
    "key_periods": [{"id": "spring", "zh": "春节", "ranges": ["2024-02-09..2024-02-17"]}, {"id": "flood", "every": "06-01..09-15"}],
}


def numbers(book: Book, *measures: str, **asked: Any) -> list[object]:  # noqa: ANN401 (any field of a question)
    """Ask figures of the half-year."""
    found = book.known(question("2024-01-01", "2024-06-30", **asked), measures)
    return [one.value if isinstance(one, Known) else str(one) for one in found.values()]


# --------------------------------------------------------------------------------------------------------------- the scopes


def inspected() -> Maker:
    """Give three outings, and a register of four units."""
    make = Maker(REGIONS)
    make.add("unit", id="gas-1", name="东街加油站", types=["gas_station"], sector="commerce", region="east")
    make.add("unit", id="chem-1", name="XX化工", sector="chem", region="west")
    make.add("unit", id="fw-1", name="XX花炮", sector="fireworks", region="west", closed_on="2024-03-31")
    make.add("unit", id="later", name="新厂", sector="chem", region="west", valid_from="2024-07-01")
    run = make.add("campaign", start="2024-02-01", end="2024-04-30", alias="spring-check", name="春季检查")
    make.add("inspection", "2024-02-10", team="第1组", units=["gas-1", "XX化工"], campaign=[run], inspectors=["李四", "王五"], covert=True)
    make.add("inspection", "2024-02-20", team="第1组", units=["gas-1", "unregistered"], campaign=[run], people=5, orgs=["消防站"])
    make.add(
        "inspection", "2024-06-05", team="第1组", units=["chem-1"], sector="fire", region="east", selection="random", random={"seed": "1"}
    )
    make.add("inspection", "2024-07-05", team="第9组", units=["chem-1"], people=9)
    return make


SCOPED: Final = [
    ("inspections.count", [3]),
    ("inspections.unit_visits", [5]),
    ("inspections.units", [3]),
    ("inspections.units[unit_type=gas_station]", [1]),
    ("inspections.unit_visits[unit_type=加油站]", [2]),
    ("inspections.count[unit_type=gas_station]", [2]),
    ("inspections.units[unit=东街加油站]", [1]),
    ("inspections.units[unit=unregistered]", [1]),
    ("inspections.units[unit=化工]", [1]),
    ("inspections.units[sector=chem]", [1]),
    ("inspections.units[sector=fire]", [1]),
    ("inspections.unit_visits[region=east]", [3]),
    ("inspections.unit_visits[region=county]", [4]),
    ("inspections.units[region=west]", [1]),
    ("inspections.units[campaign=spring-check]", [3]),
    ("inspections.count[campaign=春季检查]", [2]),
    ("inspections.units[key=spring]", [2]),
    ("inspections.units[key=春节]", [2]),
    ("inspections.units[key=2024-flood]", [1]),
    ("inspections.count[key=all]", [2]),
    ("inspections.count[period=M2]", [2]),
    ("inspections.count[period=2024-06]", [1]),
    ("inspections.count[covert=true]", [1]),
    ("inspections.count[covert=否]", [2]),
    ("inspections.count[team=第1组]", [3]),
    ("inspections.count[people=5]", [1]),
    ("inspections.count[inspectors=李四]", [1]),
    ("inspections.count[org=消防站]", [1]),
    ("inspections.count[selection=random]", [1]),
    ("inspections.person_times", [7]),
    ("inspections.teams", [2]),
    ("inspections.covert_teams", [1]),
    ("inspections.joint", [1]),
    ("inspections.covert", [1]),
    ("inspections.random", [1]),
    ("coverage", ["100.00%"]),
    ("coverage[campaign=spring-check]", ["100.00%"]),
    ("coverage[period=Q1]", ["66.67%"]),
    ("coverage[sector=chem+fireworks,period=Q1]", ["50.00%"]),
    ("registry.units", [2]),
    ("registry.units[period=Q1]", [3]),
    ("registry.units[sector=fireworks,period=Q1]", [1]),
    ("registry.regions[level=township]", [2]),
    ("registry.regions[region=county]", [3]),
    ("campaigns.count", [1]),
    ("campaign.days[campaign=spring-check]", [90]),
]


@pytest.mark.parametrize(("measure", "expected"), SCOPED)
def test_a_scope_leaves_what_it_names(measure: str, expected: list[object]) -> None:
    assert numbers(inspected().book(), measure) == expected


@pytest.mark.parametrize(
    ("words", "count"), [("not:unit:chem-1", 1), ("region:county", 3), ("unit_type:gas_station", 2), ("campaign:spring-check", 2)]
)
def test_a_filter_of_the_question_narrows_too(words: str, count: int) -> None:
    assert numbers(inspected().book(), "inspections.count", clauses=parse([words])) == [count]


@pytest.mark.parametrize(
    "scope",
    ["covert=perhaps", "people=many", "led_by_rank=nobody", "amount=5", "is=overdue", "unit_type=castle", "key=no-such", "nothing=1"],
)
def test_a_scope_that_means_nothing_is_refused(scope: str) -> None:
    with pytest.raises(UsageError):
        inspected().book().known(H1, [f"inspections.count[{scope}]"])


def test_an_amount_is_asked_by_its_number_and_a_day_by_its_period() -> None:
    make = Maker()
    make.add("enforcement", "2024-03-01", kind="fine", unit="a", amount=5, effective_on="2024-03-02")
    with pytest.raises(UsageError):
        make.book().known(H1, ["enforcement.fine.times[amount=much]"])
    assert numbers(make.book(), "enforcement.fine.times[amount=5]", "enforcement.fine.times[amount=5.5]") == [1, None]
    assert numbers(make.book(), "enforcement.fine.times[effective_on=2024-03]", "enforcement.fine.times[effective_on=2024-04]") == [1, None]


def test_a_word_outside_the_vocabulary_is_still_a_line() -> None:
    make = Maker()
    make.add("activity", "2024-03-01", kind="publicity", theme="own_theme", tags=["x"])
    assert numbers(make.book(), "publicity.events[theme=own_theme]", "publicity.events[tags=x]") == [1, 1]


# --------------------------------------------------------------------------------------------------------- what is on a day


def test_a_stop_is_in_force_from_its_first_day_to_the_eve_of_its_lifting() -> None:
    make = Maker()
    make.add("enforcement", "2024-03-01", kind="three_stops", unit="a", effective_on="2024-03-05", lifted_on="2024-04-29")
    make.add("enforcement", "2024-03-02", kind="three_stops", units=["a", "b"], effective_on="2024-04-01")
    force = {day: make.book().known(question("2024-01-01", day), ["enforcement.three_stops.in_force"]) for day in DAYS}
    assert [value(one["enforcement.three_stops.in_force"]) for one in force.values()] == [0, 1, 1, 2, 2, 2]


DAYS: Final = ("2024-03-04", "2024-03-05", "2024-03-31", "2024-04-01", "2024-04-28", "2024-04-29")


def test_of_a_team_the_latest_record_holds() -> None:
    make = Maker()
    old = make.add("resource", "2023-05-01", kind="team", name="应急队", team_kind="emergency", count=1, members=10)
    make.add("resource", "2024-02-01", kind="team", name="应急队", team_kind="emergency", count=2, members=30)
    make.add("resource", "2024-01-01", kind="team", name="防汛队", team_kind="flood", count=1, members=5, valid_to="2024-03-31")
    make.add("activity", "2024-03-01", kind="training", teams_covered=[old])
    assert numbers(make.book(), "teams.count", "teams.members", "trainings.team_coverage") == [2, 30, "100.00%"]
    assert numbers(make.book(), "teams.members[period=M1]", "trainings.team_coverage[period=M3]") == [15, "66.67%"]


def test_risk_points_count_while_they_are_there_and_their_checks_fall_due() -> None:
    make = Maker()
    checks = [{"what": "壁厚", "cycle": "monthly"}, {"what": "报警", "cycle": "daily"}, {"what": "临时", "cycle": "event"}]
    make.add(
        "risk_point",
        "2024-01-01",
        name="制冷机房",
        unit="xx-food",
        checks=checks,
        method="LEC",
        inputs={"L": 3, "E": 6, "C": 15},
        grade=None,
    )
    make.add("risk_point", "2024-01-01", name="旧罐", type="production", removed_on="2024-05-01", checks=checks)
    make.add("inspection", "2024-06-10", units=["xx-food"], people=1)
    make.add("inspection", "2024-06-28", units=["xx-food"], people=1, parts=["配电室"])
    book = make.book()
    assert numbers(book, "risk_points.count", "risk_points.count[grade=orange]", "risk_points.checks_due") == [1, 1, 1]
    assert numbers(book, "risk_points.count[period=M4]", "risk_points.checks_due[period=M4]") == [2, 4]
    make.add("inspection", "2024-06-30", units=["xx-food"], people=1, parts=["制冷机房"])
    assert numbers(make.book(), "risk_points.checks_due") == [0]


def test_units_without_a_hazard_found_are_counted_among_those_inspected() -> None:
    make = Maker(REGIONS)
    make.add("inspection", "2024-03-01", units=["xx-paper", "xx-food"], people=2)
    make.hazard("2024-03-01", unit="xx-paper", sector="fire")
    book = make.book()
    assert numbers(book, "zero_hazard.rate", "zero_hazard.units") == ["50.00%", 1]
    rate = book.members(H1, "zero_hazard.rate")
    assert [len(rate[side]) for side in ("numerator", "denominator")] == [1, 1]


def test_supplies_are_counted_by_name_and_piece() -> None:
    make = Maker()
    pump = {"name": "抽水机", "qty": "1.5"}
    make.add("resource", "2024-03-01", kind="supply", origin="purchased", amount="13800.50", items=[pump, {"name": "铁锹", "qty": 60}])
    make.add("resource", "2024-03-02", kind="supply", origin="allocated", items=[{"name": "抽水机", "qty": 2}])
    make.add("resource", "2024-03-03", kind="supply", origin="donated", kinds=4, sets=20, amount=9)
    make.add("resource", "2024-03-04", kind="warehouse")
    book = make.book()
    assert numbers(book, "supplies.kinds", "supplies.sets", "supplies.received", "supplies.amount") == [
        6,
        Decimal("83.5"),
        2,
        Decimal("13800.50"),
    ]
    assert numbers(book, "supplies.kinds[item=抽水机]", "supplies.sets[item=抽水机]", "resources.count[kind=仓库]") == [
        1,
        Decimal("3.5"),
        1,
    ]


def test_gainers_are_units_or_a_number() -> None:
    make = Maker()
    make.add("resource", "2024-03-01", kind="fund", purpose="publicity", amount=1, beneficiaries=["a", "b"])
    make.add("resource", "2024-03-02", kind="fund", purpose="publicity", amount=1, beneficiaries=["b"])
    make.add("resource", "2024-03-03", kind="fund", purpose="forest_fire", amount=1, beneficiaries=28)
    assert numbers(make.book(), "funds.beneficiaries", "funds.beneficiaries[purpose=publicity]") == [30, 2]


def test_days_of_duty_are_counted_once_and_inside_the_period() -> None:
    make = Maker()
    make.add("activity", "2023-12-30", end="2024-01-03", kind="duty")
    make.add("activity", "2024-01-02", end="2024-01-05", kind="duty")
    assert numbers(make.book(), "duty.days") == [5]


def test_the_class_of_an_accident_is_its_own() -> None:
    make = Maker()
    for deaths in (2, 1, 1):
        make.add("accident", "2024-03-01", deaths=deaths)
    make.add("accident", "2024-03-02", deaths=3, production=False)
    assert numbers(make.book(), "accidents.deaths", "accidents.class.larger", "accidents.class.general") == [4, 0, 3]
    make.add("accident", "2024-03-03", deaths=0, loss=10_000_000)
    assert numbers(make.book(), "accidents.class.larger", "accidents.loss") == [1, 10_000_000]


def test_tips_are_received_confirmed_and_rewarded() -> None:
    make = Maker()
    make.add("tip", "2024-03-01", result="partly", verified_on="2024-03-04", reward=1000)
    make.add("tip", "2024-03-02", result="unfounded", reward="0.50")
    make.add("tip", "2024-03-03", result="confirmed", verified_on="2024-07-02")
    assert numbers(make.book(), "tips.received", "tips.verified", "tips.rewards") == [3, 1, Decimal("1000.50")]


# ------------------------------------------------------------------------------------------------------- targets and duties


def test_a_duty_is_met_by_the_earliest_record_and_falls_due_after_its_part() -> None:
    make = Maker()
    met_by = {"record": "activity", "kind": "meeting", "body": "safety_committee"}
    make.add("target", kind="obligation", name="安委会", period="2024", every="quarter", due_days=15, met_by=met_by)
    first = make.add("activity", "2024-04-10", kind="meeting", body="safety_committee")
    make.add("activity", "2024-05-10", kind="meeting", body="special")
    book = make.book()
    half = book.known(question("2024-01-01", "2024-06-30", "2024-07-15"), ["obligations.met", "obligations.due", "obligations.kept"])
    assert half["obligations.met"] == Rate(1, 2)
    assert [value(half[name]) for name in ("obligations.due", "obligations.kept")] == [2, 1]
    assert book.known(H1, ["obligations.met"])["obligations.met"] == Rate(1, 1)
    assert book.known(question("2024-01-01", "2024-02-29"), ["obligations.met"])["obligations.met"] == Rate(0, 0)
    sides = book.members(question("2024-01-01", "2024-06-30", "2024-07-15"), "obligations.met")
    assert [one.id for one in sides["numerator"]] == [first]
    assert len(sides["denominator"]) == 2
    assert [len(book.members(H1, f"obligations.{name}")["members"]) for name in ("due", "kept")] == [1, 1]


def test_a_filing_meets_the_quarter_it_reports() -> None:
    make = Maker(REGIONS)
    met_by = {"record": "document", "kind": "submission"}
    for town in ("east", "west"):
        make.add(
            "target", kind="obligation", name="季报", period="2024", every="quarter", due_days=15, scope={"region": town}, met_by=met_by
        )
    make.add("document", "2024-04-12", kind="submission", period="2024Q1", region="east", figures={})
    make.add("document", "2024-04-16", kind="submission", period="2024Q1", region="west", figures={})
    book = make.book()
    asked = question("2024-01-01", "2024-03-31", "2024-04-30")
    found = book.known(asked, ["filings.due", "filings.missing", "filings.rate", "filings.rate[region=east]", "filings.rate[region=west]"])
    assert [value(found[name]) for name in ("filings.due", "filings.missing")] == [2, 1]
    assert [str(found[f"filings.rate{scope}"]) for scope in ("", "[region=east]", "[region=west]")] == ["50.00%", "100.00%", "0.00%"]
    assert len(book.members(asked, "filings.missing")["members"]) == 1


def test_a_target_is_attained_by_what_came_of_it() -> None:
    make = Maker(REGIONS)
    make.add(
        "target", kind="figure", name="检查计划", period="2024H1", measure="inspections.unit_visits", value=10, scope={"region": "east"}
    )
    make.add("target", kind="figure", name="零事故", period="2024H1", measure="accidents.count", max=0)
    make.add("target", kind="figure", name="资金", period="2024", measure="funds.amount", value="1000.5")
    make.add("inspection", "2024-03-01", units=["a", "b", "c"], people=1, region="east")
    make.add("accident", "2024-03-01", deaths=0)
    book = make.book()
    found = book.known(
        H1, ["targets.attainment[name=检查计划]", "targets.attainment[name=零事故]", "targets.attainment[name=资金]", "targets.attainment"]
    )
    assert [str(one) for one in list(found.values())[:2]] == ["30.00%", "None"]
    assert isinstance(found["targets.attainment[name=资金]"], Known)
    assert found["targets.attainment"] is None
    assert len(ids(book, H1, "targets.attainment")) == 2
    make.add("resource", "2024-03-01", kind="fund", purpose="publicity", amount="250.13")
    year = question("2024-01-01", "2024-12-31")
    assert str(make.book().known(year, ["targets.attainment[name=资金]"])["targets.attainment[name=资金]"]) == "25.00%"


def test_what_cannot_be_judged_is_not_judged() -> None:
    make = Maker()
    make.add("target", kind="figure", period="2024H1", measure="hazards.rate", value=95)
    make.add("target", kind="figure", period="2024H1", measure="no.such", value=95)
    make.add("target", kind="obligation", name="无期", period="campaign:none", every="quarter", met_by={"record": "activity"})
    make.add("target", kind="obligation", name="复查", period="2024H1", every="half", met_by={"record": "hazard", "grade": "major"})
    make.hazard("2024-03-01")
    found = make.book().known(H1, ["targets.attainment", "obligations.met[name=无期]", "obligations.met[name=复查]", "filings.rate"])
    assert [str(one) for one in list(found.values())[:2]] == ["None", "/"]
    assert found["obligations.met[name=复查]"] == Rate(0, 1)
    assert isinstance(found["filings.rate"], Known)
    assert found["filings.rate"].missing


def test_a_share_of_what_was_planned_may_be_printed_or_told() -> None:
    make = Maker()
    make.tally("2024-06-30", "2024H1", {}, {"measure": "trainings.delivery", "value": 100, "stated": True, "unit": "%"})
    make.tally("2024-06-30", "2024H1", {}, {"measure": "obligations.kept", "value": 4})
    found = make.book().known(H1, ["trainings.delivery", "obligations.kept"])
    assert found["trainings.delivery"] == Known(state="missing", unit="%", stated=Decimal(100), blank=True)
    assert value(found["obligations.kept"]) == 4


def test_a_record_is_asked_by_its_id_its_days_and_the_parts_it_holds() -> None:
    make = Maker(REGIONS)
    first = make.add("inspection", "2024-03-01", units=["a"], people=1, led_by={"rank": "principal", "post": "镇长"})
    make.add("inspection", "2024-03-02", units=["b"], people=1)
    call = make.add("enforcement", "2024-03-01", kind="stop_supply", unit="a", effective_on="2024-03-02", notified_at="2024-03-01T08:30")
    measures = (f"inspections.count[id={first}]", "inspections.count[led_by_rank=主要领导]", "inspections.count[led_by_post=镇长]")
    assert numbers(make.book(), *measures) == [1, 1, 1]
    assert numbers(make.book(), "enforcement.times[notified_at=2024-03-01]", f"enforcement.times[id={call}]") == [1, 1]
    assert numbers(make.book(), "inspections.count", clauses=parse(["not:id:" + first])) == [1]
    period = (Clause("period", ("2024-03-01",), negated=True, kind="range"),)
    assert numbers(make.book(), "inspections.count", clauses=period) == [1]


def test_several_targets_of_one_measure_are_pooled() -> None:
    make = Maker(REGIONS)
    for town, plan in (("east", 4), ("west", 6)):
        make.add("target", kind="figure", period="2024H1", measure="drills.count", value=plan, scope={"region": town})
    make.add("activity", "2024-03-01", kind="drill", count=5, region="east")
    assert numbers(make.book(), "targets.attainment") == [None]
    make.add("activity", "2024-03-01", kind="drill", count=2, region="west")
    assert numbers(make.book(), "targets.attainment") == ["70.00%"]


def test_trainings_held_are_a_share_of_those_planned() -> None:
    make = Maker()
    plan = make.add("target", kind="figure", period="2024H1", measure="trainings.count", min=4, max=6)
    make.add("activity", "2024-03-01", kind="training", count=3)
    assert numbers(make.book(), "trainings.delivery") == ["75.00%"]
    assert ids(make.book(), H1, "trainings.planned") == [plan]
    make.add("activity", "2024-03-02", kind="training", count=3, approx={"count": "over"})
    assert make.book().known(H1, ["trainings.delivery"])["trainings.delivery"] is None


# -------------------------------------------------------------------------------------------------- behind, lazily, portably


def test_the_records_behind_a_sum_add_up_to_it() -> None:
    book = inspected().book()
    for measure in ("inspections.count", "inspections.unit_visits", "inspections.units", "inspections.teams", "inspections.person_times"):
        members = book.members(H1, measure)["members"]
        assert sum(one.value for one in members) == numbers(book, measure)[0]
    scoped = book.members(H1, "inspections.units[campaign=spring-check]")["members"]
    assert [(one.value, one.day) for one in scoped] == [(2, dt.date(2024, 2, 10)), (1, dt.date(2024, 2, 20))]
    assert [one.id for one in book.members(H1, "registry.units")["members"]] == ["chem-1", "gas-1"]


def test_every_figure_can_be_asked_and_explained_of_any_ledger() -> None:
    for book in (Maker(REGIONS).book(), inspected().book()):
        assert book.known(H1, CATALOGUE).keys() == set(CATALOGUE)
        assert all(book.members(H1, name) is not None for name in OTHERS)


def test_a_relation_is_made_only_when_it_is_asked() -> None:
    asked: list[str] = []

    class Watched(Ledger):
        def of(self, kind: str) -> Any:  # noqa: ANN401 (entries of any kind)
            asked.append(kind)
            return super().of(kind)

    Book(Watched()).known(H1, ["drills.count"])
    assert set(asked) <= {"activity", "tally", "declaration"}


FOREIGN: Final = re.compile(r"/|\bROUND\b|\bAVG\b|\bLIKE\b|strftime|julianday|\bDATE\b|:\w|\?|\bIFNULL\b|\bIIF\b", re.IGNORECASE)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_the_text_of_a_view_is_portable(name: str) -> None:
    body = text(name, 2)
    assert not FOREIGN.search(body)
    assert "{" not in body
    assert names(body) <= {"s", "c", "t", "far", "from0", "to0", "from1", "to1"}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS if kind.name != "hazard"])
def test_every_kind_has_a_relation_of_its_own_making(kind: str) -> None:
    ledger = inspected().ledger()
    for name in (kind, f"{kind}_of"):
        made = relation(name)
        assert made is not None
        columns = made.columns.partition(", PRIMARY KEY (")[0].split(", ")
        entries = enumerate(ledger.of(kind))
        assert all(len(row) == len(columns) for key, entry in entries for row in made.rows(ledger, key, entry))
        assert len(set(columns)) == len(columns)
    assert relation("no_such") is None
    assert relation("campaign_phases") is not None


# ----------------------------------------------------------------------------------------------------------------- the oracle

UNITS: Final = st.lists(st.sampled_from(["a", "b", "c", "d"]), min_size=1, max_size=4, unique=True)
DAY: Final = st.dates(dt.date(2023, 12, 25), dt.date(2024, 7, 6)).map(str)
OUTING: Final = st.fixed_dictionaries(
    {"units": UNITS, "people": st.integers(0, 9), "covert": st.booleans(), "team": st.sampled_from(["", "x", "y"])}
)
DECISION: Final = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["fine", "detention"]),
        "units": UNITS,
        "amount": st.integers(0, 10**7).map(lambda fen: f"{Decimal(fen) / 100:.2f}"),
    }
)
EVENT: Final = st.fixed_dictionaries({"kind": st.sampled_from(["drill", "training"]), "count": st.integers(0, 5), "hosted": st.booleans()})
STORE: Final = st.fixed_dictionaries(
    {
        "kind": st.just("supply"),
        "items": st.lists(st.fixed_dictionaries({"name": st.sampled_from("pqr"), "qty": st.integers(0, 9)}), max_size=3),
    }
)
LEDGER: Final = st.lists(
    st.one_of(
        st.tuples(st.just("inspection"), DAY, OUTING),
        st.tuples(st.just("enforcement"), DAY, DECISION),
        st.tuples(st.just("activity"), DAY, EVENT),
        st.tuples(st.just("resource"), DAY, STORE),
    ),
    max_size=12,
)

Count = Callable[[list[Any]], object]
ORACLE: Final[dict[str, tuple[type[Record], Count]]] = {
    "inspections.count": (Inspection, len),
    "inspections.unit_visits": (Inspection, lambda all_: sum(len(set(one.units)) for one in all_)),
    "inspections.units": (Inspection, lambda all_: len({unit for one in all_ for unit in one.units})),
    "inspections.teams": (Inspection, lambda all_: len({one.team for one in all_ if one.team})),
    "inspections.covert_teams": (Inspection, lambda all_: len({one.team for one in all_ if one.team and one.covert})),
    "inspections.person_times": (Inspection, lambda all_: sum(one.person_times for one in all_)),
    "enforcement.times": (Enforcement, len),
    "enforcement.fine.units": (Enforcement, lambda all_: len({unit for one in all_ if one.kind == "fine" for unit in one.against})),
    "enforcement.amount": (Enforcement, lambda all_: sum((one.amount for one in all_), Decimal(0))),
    "drills.count": (Activity, lambda all_: sum(one.count for one in all_ if one.kind == "drill")),
    "drills.hosted": (Activity, lambda all_: sum(one.count for one in all_ if one.kind == "drill" and one.hosted)),
    "supplies.kinds": (Resource, lambda all_: len({item.name for one in all_ for item in one.items})),
    "supplies.sets": (Resource, lambda all_: sum(item.qty for one in all_ for item in one.items)),
}


@given(cases=LEDGER)
def test_sums_agree_with_a_plain_count(cases: list[tuple[str, str, dict[str, Any]]]) -> None:
    make = Maker()
    for kind, day, fields in cases:
        make.add(kind, day, **fields)
    ledger, found = make.ledger(), make.book().known(H1, ORACLE)
    for measure, (model, count) in ORACLE.items():
        records = [entry.record for entry in ledger.entries if isinstance(entry.record, model)]
        seen = [one for one in records if one.day is not None and H1.start <= one.day <= H1.end]
        answer = found[measure]
        assert isinstance(answer, Known)
        if not answer.missing:
            assert answer.value == count(seen)
            assert sum(one.value for one in make.book().members(H1, measure)["members"]) == _whole(measure, count(seen))
        else:
            assert not count(seen)


def _whole(measure: str, number: Any) -> int:  # noqa: ANN401 (int or Decimal)
    one = OTHERS[measure]
    assert isinstance(one, Sum)
    return int(number * {"one": 1, "fen": 100, "micro": 1_000_000}[one.unit])
