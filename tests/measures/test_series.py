"""A series is what its stretches are when they are asked one by one."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.filters import parse
from hazardctl.measures import Book, Known, Question
from hazardctl.model.raw import Tree
from hazardctl.period import between
from hazardctl.period import parts as parted
from hazardctl.sheet import Rate
from tests import strategies, worked
from tests.measures.made import Maker, question

COHORT = ("hazards.found", "hazards.rectified", "hazards.rate", "hazards.withdrawn", "plan.target", "steps.closed", "on_spot.rate")
DUE = ("due.total", "due.met", "due.undecided", "due.on_time")
FLOWS = ("found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred")
STOCK = ("stock.opening", "stock.closing", "stock.rate", *(f"stock.{flow}" for flow in FLOWS))
STANDING = ("stock.overdue", "stock.open", "age.to_7", "verify.overdue")
SCOPES = ((), ("grade:major",), ("is:overdue",), ("not:is:to-verify", "sector:fire"), ("state:rectified",), ("is:withdrawn",))


def stretches(asked: Question, steps: list[int]) -> list[Question]:
    """Cut a period at days so many days apart."""
    first = [asked.start + dt.timedelta(days=days) for days in itertools.accumulate([0, *steps])]
    ends = [*(day - dt.timedelta(days=1) for day in first[1:]), max(asked.end, first[-1])]
    return [replace(asked, start=start, end=end) for start, end in zip(first, ends, strict=True) if start <= asked.as_of]


@given(
    case=strategies.cases(),
    steps=st.lists(st.integers(1, 40), max_size=6),
    scope=st.sampled_from(SCOPES),
    places=st.booleans(),
)
def test_a_series_is_its_stretches_asked_one_by_one(
    case: tuple[list[Tree], Question], steps: list[int], scope: tuple[str, ...], places: bool
) -> None:
    trees, asked = case
    asked = replace(asked, clauses=parse(scope), counting="places" if places else "records")
    ledger = strategies.loaded(trees)
    book = Book(ledger)
    questions = stretches(asked, steps)
    for one, found in zip(questions, book.series(questions, (*COHORT, *DUE, *STOCK, *STANDING)), strict=True):
        alone = book.total(one, (*COHORT, *DUE, *STOCK)) | book.total(replace(one, as_of=one.c), STANDING)
        begun = ledger.first_found is not None and ledger.first_found <= one.c
        for name, answer in found.items():
            if not begun:
                assert getattr(answer, "missing", False)
            else:
                assert (answer if isinstance(answer, Rate) else answer.value if isinstance(answer, Known) else answer) == alone[name]


@given(trees=strategies.ledgers(), asked=strategies.questions(), steps=st.lists(st.integers(1, 60), min_size=1, max_size=5))
def test_joints_hold_and_flows_add_up_to_the_whole(trees: list[Tree], asked: Question, steps: list[int]) -> None:
    book = Book(strategies.loaded(trees))
    questions = stretches(asked, steps)
    found = [{name: getattr(answer, "value", 0) or 0 for name, answer in one.items()} for one in book.series(questions, STOCK)]
    for one, other in itertools.pairwise(found):
        assert one["stock.closing"] == other["stock.opening"]
    if questions:
        whole = book.total(replace(questions[0], end=questions[-1].end), STOCK)
        for flow in FLOWS:
            assert sum(one[f"stock.{flow}"] for one in found) == whole[f"stock.{flow}"]


def test_the_months_of_the_worked_example() -> None:
    asked = question("2024-01-01", "2024-06-30")
    questions = [replace(asked, start=one.start, end=one.end) for one in parted(between(asked.start, asked.end), "month")]
    found = Book(worked.ledger()).series(questions, ("hazards.found", "stock.opening", "stock.closing", "stock.overdue"))
    numbers = [[getattr(one[name], "value", None) for one in found] for name in found[0]]
    assert numbers == [[1, 2, 4, 1, 2, 4], [1, 0, 1, 4, 3, 4], [0, 1, 4, 3, 4, 8], [0, 0, 1, 1, 2, 3]]


def test_before_the_ledger_began_hazards_are_missing_and_then_nil() -> None:
    asked = question("2023-10-01", "2025-03-31", "2025-03-31")
    questions = [replace(asked, start=one.start, end=one.end) for one in parted(between(asked.start, asked.end), "quarter")]
    found = Book(worked.ledger()).series(questions, ("hazards.found",))
    assert [getattr(one["hazards.found"], "value", None) for one in found] == [1, 7, 6, 0, 0, 0]
    assert Book(worked.ledger()).series([], ("hazards.found",)) == []


def test_records_of_other_kinds_tallies_and_declarations_stand_in_their_stretch() -> None:
    make = Maker()
    make.add("inspection", "2024-01-10", units=["a", "b"], people=2)
    make.add("inspection", "2024-01-20", units=["a"], people=1)
    make.add("inspection", "2024-03-02", units=["c"], people=1)
    make.add("tally", "2024-02-29", period="2024-02", preset="unknown", figures=[{"measure": "inspections.units", "value": 9}])
    make.add("declaration", "2024-03-31", period="2024-03", measure="accidents.count")
    asked = question("2024-01-01", "2024-03-31")
    questions = [replace(asked, start=one.start, end=one.end) for one in parted(between(asked.start, asked.end), "month")]
    names = ("inspections.count", "inspections.units", "accidents.count", "hazards.found")
    for one, found in zip(questions, make.book().series(questions, names), strict=True):
        assert found == make.book().known(one, names)
    assert [found["inspections.units"].value for found in make.book().series(questions, names)] == [2, 9, 1]  # type: ignore[union-attr]


@pytest.mark.parametrize("cutoff", ["period", "asof"])
def test_a_stretch_of_several_pieces_counts_the_days_inside(cutoff: str) -> None:
    pieces = ((dt.date(2024, 1, 5), dt.date(2024, 1, 12)), (dt.date(2024, 3, 1), dt.date(2024, 3, 15)))
    asked = replace(question("2024-01-05", "2024-03-15", "2024-06-30"), ranges=pieces, cutoff=cutoff)  # type: ignore[arg-type]
    book = Book(worked.ledger())
    (found,) = book.series([asked], (*COHORT, *DUE, *STOCK))
    alone = book.total(asked, (*COHORT, *DUE, *STOCK))
    assert {name: getattr(answer, "value", None) for name, answer in found.items() if not isinstance(alone[name], Rate)} == {
        name: figure for name, figure in alone.items() if not isinstance(figure, Rate)
    }
