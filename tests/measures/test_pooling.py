"""Several ledgers as one: the figures are those of one ledger with everything in it, however the records are dealt out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.measures import REGISTRY, Book, Known, Question, Range, TwiceError
from hazardctl.measures.definition import Count, Rate, Spread, terms
from hazardctl.measures.pooling import added
from hazardctl.model.raw import Tree
from hazardctl.pool import Pool, own_name
from tests import pools, strategies
from tests.measures import made
from tests.measures.made import Maker

Case = tuple[list[Tree], Question]
PLACES = st.lists(st.integers(0, 3), min_size=20, max_size=20)
H1 = Question(dt.date(2024, 1, 1), dt.date(2024, 6, 30), dt.date(2024, 6, 30))


def _alone(name: str) -> bool:
    """Say whether a measure looks at one hazard at a time; what compares hazards does so within one ledger."""
    match REGISTRY[name]:
        case Rate(of=of, over=over):
            return all(_alone(part) for side in (of, over) for _, part in terms(side))
        case Count(view=view) | Spread(view=view):
            return view not in {"recurrence", "wordings"}


ALONE = [name for name in REGISTRY if _alone(name)]
COUNTS = [name for name, one in REGISTRY.items() if isinstance(one, Count) and name in ALONE]


@given(case=strategies.cases(), places=PLACES)
def test_pooling_a_divided_ledger_gives_the_figures_of_the_whole(case: Case, places: list[int]) -> None:
    trees, question = case
    whole, pool = Book(strategies.loaded(trees)), Book(pools.together(pools.dealt(trees, places)))
    assert pool.total(question, ALONE) == whole.total(question, ALONE)


@pytest.mark.parametrize("by", ["sector", "region", "grade", "source", "state"])
@given(case=strategies.cases(), places=PLACES)
def test_every_line_of_a_divided_ledger_is_the_line_of_the_whole(by: str, case: Case, places: list[int]) -> None:
    trees, question = case
    whole, pool = Book(strategies.loaded(trees)), Book(pools.together(pools.dealt(trees, places)))
    assert pool.figures(question, ALONE, [by]) == whole.figures(question, ALONE, [by])


@given(case=strategies.cases(), places=PLACES)
def test_the_ledgers_add_up_to_the_pool(case: Case, places: list[int]) -> None:
    trees, question = case
    pool = pools.together(pools.dealt(trees, places))
    found = Book(pool).figures(question, COUNTS, ["ledger"])
    total = found.pop(())
    assert all(sum(line[name] for line in found.values()) == total[name] for name in COUNTS)  # type: ignore[misc]
    for share in pool.shares:
        assert found.get((share.key,), dict.fromkeys(COUNTS, 0)) == Book(share).total(question, COUNTS)


@given(case=strategies.cases(), places=PLACES, order=st.permutations(range(4)))
def test_the_order_of_ledgers_changes_nothing(case: Case, places: list[int], order: list[int]) -> None:
    trees, question = case
    ledgers = list(pools.dealt(trees, places).items())
    one = pools.together(dict(ledgers))
    other = pools.together(dict(ledgers[place] for place in order if place < len(ledgers)))
    assert one.entries == other.entries
    assert one.config == other.config
    assert Book(one).listing(question.as_of) == Book(other).listing(question.as_of)


@given(case=strategies.cases(), places=PLACES)
def test_records_behind_a_figure_are_named_with_their_ledger(case: Case, places: list[int]) -> None:
    trees, question = case
    pool = pools.together(pools.dealt(trees, places))
    whole, pooled = Book(strategies.loaded(trees)), Book(pool)
    for name in ("hazards.rate", "due.late", "stock.resolved", "ttr"):
        plain, named = whole.members(question, name), pooled.members(question, name)
        assert {side: sorted((own_name(one.id), one.day, one.value) for one in found) for side, found in named.items()} == {
            side: sorted((one.id, one.day, one.value) for one in found) for side, found in plain.items()
        }
        assert all(one.id in pool.by_id for found in named.values() for one in found)


@given(case=strategies.cases(), places=PLACES)
def test_a_run_of_months_is_that_of_the_whole(case: Case, places: list[int]) -> None:
    trees, question = case
    days = [question.start + dt.timedelta(days=30 * n) for n in range(3)]
    months = [replace(question, start=day, end=day + dt.timedelta(days=29), as_of=days[-1] + dt.timedelta(days=29)) for day in days]
    ids = ["hazards.found", "hazards.rate", "stock.closing", "due.met"]
    whole, pool = Book(strategies.loaded(trees)), Book(pools.together(pools.dealt(trees, places)))
    for one, other in zip(whole.series(months, ids), pool.series(months, ids), strict=True):
        for name in ids:
            here, there = one[name], other[name]
            if isinstance(there, Known) and there.silent:
                assert isinstance(here, Known)
                assert (there.items, there.exact) == (here.items, False)
            elif isinstance(here, Known) or not isinstance(there, Known):
                assert there == here


# ---------------------------------------------------------------------------------------------- what only one ledger can tell


def _pool(**towns: Maker) -> Pool:
    return pools.together({key: town.ledger() for key, town in towns.items()})


def _known(pool: Pool, measure: str, asked: Question = H1) -> Known:
    answer = Book(pool).known(asked, [measure])[measure]
    assert isinstance(answer, Known)
    return answer


def _visited(*units: str, config: dict[str, Any] | None = None) -> Maker:
    """Make a town whose office inspected some units once."""
    town = Maker(config)
    for unit in ("xx-paper", "yy-gas"):
        town.add("unit", id=unit, name={"xx-paper": "示例纸业", "yy-gas": "顺发加油站"}[unit])
    for unit in units:
        town.add("inspection", "2024-03-05", units=[unit])
    return town


def test_units_of_one_key_in_two_ledgers_are_two_units() -> None:
    pool = _pool(liulin=_visited("xx-paper", "yy-gas"), shiqiao=_visited("xx-paper"))
    assert _known(pool, "inspections.units").value == 3
    coverage = Book(pool).known(H1, ["coverage"])["coverage"]
    assert str(coverage) == "75.00%"


def test_a_ledger_that_tells_nothing_leaves_a_figure_at_least_that_of_the_others_and_no_rate() -> None:
    pool = _pool(liulin=_visited("xx-paper"), shiqiao=_visited())
    found = _known(pool, "inspections.count")
    assert (found.value, found.silent, found.exact) == (1, ("shiqiao",), False)
    coverage = Book(pool).known(H1, ["coverage"])["coverage"]
    assert isinstance(coverage, Known)
    assert coverage.missing


def test_what_no_ledger_tells_is_missing() -> None:
    assert _known(_pool(liulin=_visited(), shiqiao=_visited()), "inspections.count").missing


def test_a_declared_zero_is_heard() -> None:
    quiet = Maker()
    quiet.add("declaration", "2024-07-01", period="2024H1", measure="accidents.count")
    crash = Maker()
    crash.add("accident", "2024-02-03")
    found = _known(_pool(liulin=crash, shiqiao=quiet), "accidents.count", made.question("2024-01-01", "2024-06-30", "2024-07-10"))
    assert (found.value, found.silent, found.state) == (1, (), "known")
    zero = _known(_pool(liulin=quiet, shiqiao=quiet), "accidents.count", made.question("2024-01-01", "2024-06-30", "2024-07-10"))
    assert (zero.value, zero.state) == (0, "zero")


def test_records_of_one_ledger_and_a_tally_of_another_are_added_with_a_mark() -> None:
    by_tally = Maker()
    by_tally.tally("2024-06-30", "2024H1", {}, {"measure": "inspections.count", "value": 150})
    found = _known(_pool(liulin=_visited("xx-paper"), shiqiao=by_tally), "inspections.count")
    assert (found.value, found.tallied, found.twice) == (151, 150, False)
    tallies = _known(_pool(liulin=by_tally, shiqiao=by_tally), "inspections.count")
    assert (tallies.items, tallies.told, tallies.tallied) == (None, 300, None)


def test_records_and_a_tally_of_one_ledger_are_still_never_added() -> None:
    both = _visited("xx-paper")
    both.tally("2024-06-30", "2024H1", {}, {"measure": "inspections.count", "value": 150})
    found = _known(_pool(liulin=both, shiqiao=_visited("xx-paper")), "inspections.count")
    with pytest.raises(TwiceError):
        _ = found.value


def test_a_tally_of_a_part_speaks_for_its_own_ledger_alone() -> None:
    one = _visited("xx-paper")
    one.tally("2024-06-30", "2024H1", {"unit": "yy-gas"}, {"measure": "trainings.count", "value": 3})
    pool = _pool(liulin=one, shiqiao=_visited())
    asked = replace(H1, clauses=(Clause("unit", ("liulin:yy-gas",)),))
    assert _known(pool, "trainings.count", asked).told == 3
    assert _known(pool, "trainings.count", replace(H1, clauses=(Clause("unit", ("shiqiao:yy-gas",)),))).missing


def test_marks_of_a_sum() -> None:
    known = {"a": Known(items=3, mark="over", unit="次"), "b": Known(items=4, unit="次")}
    assert (added(known).value, added(known).mark) == (7, "over")
    assert added({**known, "c": Known(items=1, mark="nearly")}).mark == "about"
    assert added({"a": Known(items=Decimal("1.50"), unit="元"), "b": Known(items=Decimal("2.25"), unit="元")}).value == Decimal("3.75")


def test_duties_are_met_by_the_records_of_their_own_ledger() -> None:
    duty = {
        "kind": "obligation",
        "name": "每月例会",
        "period": "2024Q1",
        "every": "month",
        "met_by": {"record": "activity", "kind": "meeting"},
    }
    kept, idle = Maker(), Maker()
    for town in (kept, idle):
        town.add("target", "2024-01-01", **duty)
    for day in ("2024-01-10", "2024-02-10", "2024-03-10"):
        kept.add("activity", day, kind="meeting")
    pool = _pool(liulin=kept, shiqiao=idle)
    book = Book(pool)
    assert str(book.known(H1, ["obligations.met"])["obligations.met"]) == "50.00%"
    assert [one.target.partition(":")[0] for one in book.instalments(H1) if not one.met] == ["shiqiao"] * 3
    assert _known(pool, "obligations.due").value == 6


def test_a_campaign_is_asked_by_its_name_in_every_ledger() -> None:
    towns = {}
    for key in ("liulin", "shiqiao"):
        town = Maker()
        drive = town.add("campaign", "2024-01-05", name="百日攻坚")
        town.hazard("2024-03-01", campaign=[drive])
        town.hazard("2024-03-02")
        town.add("inspection", "2024-03-01", units=["xx-paper"], campaign=[drive])
        towns[key] = town
    pool = _pool(**towns)
    asked = replace(H1, clauses=(Clause("campaign", ("百日攻坚",)),))
    assert Book(pool).total(asked, ["hazards.found"])["hazards.found"] == 2
    assert _known(pool, "inspections.count", asked).value == 2


def test_a_ledger_is_asked_by_its_key_or_name_and_by_no_other() -> None:
    pool = _pool(liulin=_visited("xx-paper"), shiqiao=_visited("xx-paper", "yy-gas"))
    for name in ("shiqiao", "shiqiao镇"):
        found = _known(pool, "inspections.count", replace(H1, clauses=(Clause("ledger", (name,)),)))
        assert found.items == 2
    with pytest.raises(UsageError):
        _known(pool, "inspections.count", replace(H1, clauses=(Clause("ledger", ("tangkou",)),)))
    with pytest.raises(UsageError):
        Book(pool).total(replace(H1, clauses=(Clause("ledger", ("tangkou",)),)), ["hazards.found"])


def test_the_regions_of_the_tree_are_counted_once() -> None:
    tree = {"regions": [{"key": "shili", "name": "示例县", "level": "county"}]}
    pool = _pool(liulin=_visited(config=tree), shiqiao=_visited(config=tree))
    assert _known(pool, "registry.regions").value == 1


def test_a_tally_of_a_ledger_answers_when_that_ledger_is_asked() -> None:
    by_tally = Maker()
    by_tally.tally("2024-06-30", "2024H1", {}, {"measure": "inspections.count", "value": 150}, {"measure": "hazards.found", "value": 12})
    pool = _pool(liulin=_visited("xx-paper"), shiqiao=by_tally)
    asked = replace(H1, clauses=(Clause("ledger", ("shiqiao",)),))
    assert [_known(pool, name, asked).told for name in ("inspections.count", "hazards.found")] == [150, 12]
    others = replace(H1, clauses=(Clause("ledger", ("shiqiao",), negated=True),))
    assert _known(pool, "inspections.count", others).items == 1
    assert Book(pool).told(asked) == ("hazards.found", "inspections.count")
    assert Book(pool).told(others) == ()


def test_a_ledger_that_has_begun_has_no_hazard_where_it_tells_none_and_one_that_has_not_is_silent() -> None:
    begun, idle, busy = Maker(), Maker(), Maker()
    begun.hazard("2023-12-01")
    busy.hazard("2024-03-01")
    found = _known(_pool(a=begun, b=idle, c=busy), "hazards.found")
    assert (found.value, found.silent) == (1, ("b",))
    pool = Book(_pool(a=begun, b=idle, c=busy))
    assert [pool.kept(replace(H1, clauses=(Clause("ledger", (key,)),))) for key in "abc"] == [True, False, True]


def test_plans_with_two_ends_are_added_by_their_ends() -> None:
    ranged, exact, none = Maker(), Maker(), Maker()
    ranged.add("target", "2024-01-01", period="2024H1", kind="figure", measure="trainings.count", min=2, max=3)
    exact.add("target", "2024-01-01", period="2024H1", kind="figure", measure="trainings.count", value=4)
    book = Book(_pool(a=ranged, b=exact, c=none))
    assert book.known(H1, ["trainings.planned"])["trainings.planned"] == Range(Decimal(6), Decimal(7), "期")
    assert _known(_pool(b=exact, c=exact), "trainings.planned").value == 8
    assert [one.target.id.partition(":")[0] for one in book.aims(H1)] == ["a", "b"]
    assert [one.id.partition(":")[0] for one in book.members(H1, "trainings.planned")["members"]] == ["a", "b"]
    open_end = Maker()
    open_end.add("target", "2024-01-01", period="2024H1", kind="figure", measure="trainings.count", min=2)
    assert Book(_pool(a=ranged, b=open_end)).known(H1, ["trainings.planned"])["trainings.planned"] == Range(Decimal(4), None, "期")


def test_what_stands_behind_duties_is_named_from_every_ledger() -> None:
    met_by = {"record": "activity", "kind": "meeting"}
    towns = {}
    for key in ("liulin", "shiqiao"):
        town = Maker()
        town.add("target", "2024-01-01", kind="obligation", name="每月例会", period="2024Q1", every="month", met_by=met_by)
        town.add("activity", "2024-01-10", kind="meeting")
        towns[key] = town
    found = Book(_pool(**towns)).members(H1, "obligations.met")
    assert [one.id.partition(":")[0] for one in found["numerator"]] == ["liulin", "shiqiao"]
    assert len(found["denominator"]) == 6
