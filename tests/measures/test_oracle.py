"""The SQL against a slow second opinion (`tests/oracle.py`) over ledgers nobody thought of."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.measures import REGISTRY, Book, Question, Spread
from hazardctl.measures.figure import empty
from hazardctl.measures.identities import check, joints, order
from hazardctl.measures.question import Preset
from hazardctl.model.raw import Raw, Tree
from hazardctl.ops.standing import pressing
from hazardctl.sheet import Rate
from tests import oracle, strategies

Counting = Literal["records", "places"]
PRESETS: tuple[Preset, ...] = ("closed", "verified", "rectified")
ROLL = ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")
Case = tuple[list[Tree], Question]
OFTEN = settings(max_examples=5 * settings().max_examples)


def cases_of(trees: Sequence[Tree]) -> list[oracle.Case]:
    return [oracle.Case(tree) for tree in trees]


def plain(question: Question) -> oracle.Asked:
    return oracle.Asked(question.start, question.end, question.as_of, question.preset, question.cutoff, question.due)


def number(book: Book, question: Question, measure: str) -> int:
    figure = book.total(question, [measure])[measure]
    assert isinstance(figure, int)
    return figure


def who(book: Book, question: Question, measure: str) -> list[str]:
    return [one.id for one in book.members(question, measure)["members"]]


@OFTEN
@given(case=strategies.cases())
def test_the_cohort_agrees_hazard_by_hazard(case: Case) -> None:
    trees, question = case
    book, cases = Book(strategies.loaded(trees)), cases_of(trees)
    line = oracle.cohort(cases, plain(question))
    for part in ("rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other", "withdrawn", "transferred"):
        assert who(book, question, f"hazards.{part}") == sorted(case.id for case in line.get(part, [])), part
    assert number(book, question, "hazards.found") == len(oracle.found(cases, plain(question)))


@OFTEN
@given(case=strategies.cases())
def test_the_stock_agrees_move_by_move(case: Case) -> None:
    trees, question = case
    book, cases = Book(strategies.loaded(trees)), cases_of(trees)
    lines = oracle.stock(cases, plain(question))
    for part in ROLL:
        members = book.members(question, f"stock.{part}")["members"]
        assert [(one.id, one.day) for one in members] == sorted(lines[part]), part


@OFTEN
@given(case=strategies.cases())
def test_the_due_set_agrees_hazard_by_hazard(case: Case) -> None:
    trees, question = case
    book, cases = Book(strategies.loaded(trees)), cases_of(trees)
    for part, expected in oracle.due_set(cases, plain(question)).items():
        assert who(book, question, f"due.{part}") == sorted(expected), part


@OFTEN
@given(case=strategies.cases())
def test_the_stock_of_the_day_agrees(case: Case) -> None:
    trees, question = case
    book, cases, day = Book(strategies.loaded(trees)), cases_of(trees), question.as_of
    opened = [case for case in cases if oracle.is_open(case, day, question.preset)]
    pending = {case.id: case for case in opened if not case.at(day).claim}
    late = {one: (day - due).days for one, case in pending.items() if (due := case.at(day).due) and due < day}
    checked = [case for case in cases if case.exists(day) and case.at(day).state == "rectified"]
    slow = [case.id for case in checked if (claim := case.at(day).claim) and (day - claim).days > 10]
    assert who(book, question, "stock.open") == sorted(case.id for case in opened)
    assert {one.id: one.value for one in book.members(question, "overdue.days")["members"]} == late
    assert who(book, question, "stock.overdue") == sorted(late)
    assert who(book, question, "verify.overdue") == sorted(slow)
    ages = Counter(next(name for name, limit in AGES if (day - case.found).days <= limit) for case in pending.values())
    assert book.aged(question) == {name: ages[name] for name, _ in AGES}


AGES = (("age.to_7", 7), ("age.to_15", 15), ("age.to_30", 30), ("age.to_90", 90), ("age.over_90", 10**6))


@OFTEN
@given(case=strategies.cases())
def test_times_and_lags_agree(case: Case) -> None:
    trees, question = case
    book, cases = Book(strategies.loaded(trees)), cases_of(trees)
    figures = book.total(question, ["ttr", "verify.lag", "ttr.censored"])
    for name, values in (("ttr", oracle.times(cases, plain(question))), ("verify.lag", oracle.lags(cases, plain(question)))):
        expected = Spread(len(values), sum(values), oracle.median(values), oracle.p90(values), max(values, default=None))
        assert figures[name] == expected
    found, line = oracle.found(cases, plain(question)), oracle.cohort(cases, plain(question))
    assert figures["ttr.censored"] == len(found) - len(line.get("rectified", []))


@OFTEN
@given(case=strategies.cases())
def test_first_passes_and_extensions_agree(case: Case) -> None:
    trees, question = case
    book, cases, asked = Book(strategies.loaded(trees)), cases_of(trees), plain(question)
    checked = oracle.counted(cases, asked, lambda _, now: bool(now.verdicts))
    passed = oracle.counted(cases, asked, lambda _, now: now.verdicts[:1] == ["pass"])
    extended = oracle.counted(cases, asked, lambda _, now: bool(now.grants))
    days = sorted(days for case in oracle.found(cases, asked) for _, days in case.at(asked.k).grants)
    figures = book.total(question, ["first_pass", "extension.rate", "extension.days", "extension.granted", "extension.added"])
    assert figures["first_pass"] == Rate(len(passed), len(checked))
    assert figures["extension.rate"] == Rate(len(extended), len(oracle.found(cases, asked)))
    assert (figures["extension.granted"], figures["extension.added"]) == (len(days), sum(days))
    assert figures["extension.days"] == Spread(len(days), sum(days), oracle.median(days), oracle.p90(days), max(days, default=None))
    assert who(book, question, "first_pass.passed") == sorted(passed)


@OFTEN
@given(case=strategies.cases(), back=st.integers(0, 60))
def test_reopenings_agree_line_by_line(case: Case, back: int) -> None:
    trees, question = case
    settings = strategies.config(policy={"look_back_days": str(back)})
    book, asked = Book(strategies.loaded(trees, settings)), plain(question)
    asked.look_back = back
    lines, closings = oracle.reopenings(cases_of(trees), asked)
    assert who(book, question, "reopen.lines") == sorted(lines)
    assert who(book, question, "reopen.closings") == sorted(closings)


@OFTEN
@given(case=strategies.cases(most=8), days=st.integers(0, 90))
def test_repeats_agree_hazard_by_hazard(case: Case, days: int) -> None:
    trees, question = case
    settings = strategies.config(policy={"repeat_days": str(days)})
    asked = plain(question)
    asked.repeat = days
    assert who(Book(strategies.loaded(trees, settings)), question, "repeat.found") == sorted(oracle.repeats(cases_of(trees), asked))


@OFTEN
@given(case=strategies.cases())
def test_plans_money_and_places_agree(case: Case) -> None:
    trees, question = case
    book, cases, asked = Book(strategies.loaded(trees)), cases_of(trees), plain(question)
    planned, found = oracle.planned(cases, asked), oracle.found(cases, asked)
    assert who(book, question, "plan.planned") == sorted(case.id for case in planned)
    for item in ("target", "funds", "staff", "schedule", "emergency"):
        assert number(book, question, f"plan.{item}") == sum(oracle.item_done(case, item, asked.k) for case in planned)
    majors = [case for case in found if case.at(asked.k).grade == "major"]
    assert number(book, question, "plan.funds_planned") == sum(oracle.fen(case.tree.get("funds_planned")) for case in majors)
    assert number(book, question, "hazards.funds_spent") == sum(oracle.fen(case.tree.get("funds_spent")) for case in found)
    assert number(book, question, "hazards.places") == sum(int(case.tree["quantity"]) for case in found)
    by_places = replace(question, counting="places")
    assert number(book, by_places, "hazards.found") == number(book, question, "hazards.places")
    assert number(book, by_places, "hazards.places") == number(book, question, "hazards.places")


@OFTEN
@given(case=strategies.cases())
def test_closing_on_the_spot_and_later_withdrawals_agree(case: Case) -> None:
    trees, question = case
    book, cases, asked = Book(strategies.loaded(trees)), cases_of(trees), plain(question)
    struck = oracle.counted(cases, asked, lambda _, now: bool(now.closed or now.removed))
    spot = oracle.counted(cases, asked, lambda _, now: now.on_spot)
    later = oracle.counted(cases, asked, lambda case, _: case.withdrawn_by(dt.date(2100, 1, 1)))
    assert who(book, question, "closure.closed") == sorted(struck)
    assert who(book, question, "on_spot.found") == sorted(spot)
    assert who(book, question, "hazards.withdrawn_later") == sorted(later)
    texts = Counter(case.tree["description"] for case in oracle.found(cases, asked))
    assert number(book, question, "depth.alike") == sum(count for count in texts.values() if count > 1)
    kept = [case for case in oracle.found(cases, asked) if not case.at(asked.k).on_spot]
    assert number(book, replace(question, exclude_on_spot=True), "hazards.found") == len(kept)


@OFTEN
@given(case=strategies.cases())
def test_grades_split_the_cohort_by_the_grade_in_force(case: Case) -> None:
    trees, question = case
    book, cases, asked = Book(strategies.loaded(trees)), cases_of(trees), plain(question)
    for grade in ("general", "major"):
        for part in ("rectified", "overdue", "withdrawn"):
            expected = [case.id for case in oracle.cohort(cases, asked).get(part, []) if case.at(asked.k).grade == grade]
            assert who(book, question, f"hazards.{grade}.{part}") == sorted(expected)


@given(case=strategies.cases(), removed=st.booleans(), counting=st.sampled_from(["records", "places"]))
def test_the_identities_hold_for_every_period(case: Case, removed: bool, counting: Counting) -> None:
    trees, question = case
    settings = strategies.config(close={"other_reasons_count_as_rectified": str(removed).lower()})
    book, question = Book(strategies.loaded(trees, settings)), replace(question, counting=counting)
    figures = book.total(question, REGISTRY)
    assert check(figures) == []
    presets = (book.total(replace(question, preset=preset), ["hazards.rectified"]) for preset in PRESETS)
    assert order(*presets) == []
    middle = question.start + (question.end - question.start) // 2
    halves = [replace(question, end=middle), replace(question, start=middle + oracle.DAY)] if middle < question.end else [question]
    rolls = [book.total(half, [f"stock.{part}" for part in ROLL]) for half in halves]
    assert joints(rolls) == []
    whole = book.total(question, [f"stock.{part}" for part in ROLL])
    for part in ROLL[1:-1]:
        assert sum(cast("int", roll[f"stock.{part}"]) for roll in rolls) == whole[f"stock.{part}"]


@given(case=strategies.cases(), name=st.sampled_from(("month", "quarter", "year")))
def test_every_measure_can_be_asked_month_by_month(case: Case, name: str) -> None:
    trees, question = case
    book = Book(strategies.loaded(trees))
    assert book.figures(question, REGISTRY, [name])[()] == book.total(question, REGISTRY)


SINGLE = ("sector", "grade", "state", "unit", "region", "responsible", "month", "quarter", "year", "source", "site", "person")
MANY = ("campaign", "tag", "party", "found_by", "unit_type", "risk_point")


@given(case=strategies.cases(), name=st.sampled_from(SINGLE))
def test_lines_of_one_value_add_up_to_the_total(case: Case, name: str) -> None:
    trees, question = case
    counts = [one for one, measure in REGISTRY.items() if type(measure).__name__ == "Count" and one != "depth.alike"]
    figures = Book(strategies.loaded(trees)).figures(question, counts, [name])
    total = figures.pop(())
    for count in counts:
        assert sum(cast("int", line[count]) for line in figures.values()) == total[count], count


@given(case=strategies.cases(), name=st.sampled_from(SINGLE + MANY), other=st.sampled_from(SINGLE))
def test_every_line_explains_itself(case: Case, name: str, other: str) -> None:
    trees, question = case
    book = Book(strategies.loaded(trees))
    measures = ["hazards.found", "stock.resolved", "due.late", "stock.open", "reopen.lines", "ttr", "extension.days"]
    by = (name, other) if name != other else (name,)
    for key, line in book.figures(question, measures, by).items():
        if key:
            assert not all(empty(figure) for figure in line.values())
            for measure in measures:
                members = book.members(question, measure, dict(zip(by, key, strict=True)))["members"]
                figure = line[measure]
                told = len(members) if isinstance(figure, Spread) else sum(one.value for one in members)
                assert told == (figure.n if isinstance(figure, Spread) else figure)


@given(case=strategies.cases(), name=st.sampled_from(MANY))
def test_a_line_is_never_more_than_the_total(case: Case, name: str) -> None:
    trees, question = case
    names = ["hazards.found", "hazards.rectified", "stock.open"]
    figures = Book(strategies.loaded(trees)).figures(question, names, [name])
    for line in figures.values():
        assert all(cast("int", line[one]) <= cast("int", figures[()][one]) for one in names)


@given(case=strategies.cases())
def test_no_answer_as_of_a_day_knows_what_came_after(case: Case) -> None:
    trees, question = case
    kept = [cut(tree, question.as_of) for tree in trees if oracle.Case(tree).exists(question.as_of)]
    whole, known = Book(strategies.loaded(trees)), Book(strategies.loaded(kept))
    measures = [one for one in REGISTRY if one != "hazards.withdrawn_later"]
    assert known.figures(question, measures, ["sector"]) == whole.figures(question, measures, ["sector"])


def cut(tree: Tree, day: dt.date) -> Tree:
    """Leave out the lines after a day, as corrected; corrections reach back and are laid over first.

    The register line stays: with the day it was written down it says from when on a split child exists.
    """
    lines = [
        line
        for line in oracle.Case(tree).lines
        if line["do"] == "register" or (line["date"] <= day.isoformat() and line["do"] != "correct")
    ]
    return {**tree, "history": cast("list[Raw]", lines)}


@OFTEN
@given(case=strategies.cases())
def test_the_list_agrees_hazard_by_hazard(case: Case) -> None:
    trees, question = case
    day, cases = question.as_of, {case.id: case for case in cases_of(trees)}
    rows = {str(row["id"]): row for row in Book(strategies.loaded(trees)).listing(day, preset=question.preset)}
    assert sorted(rows) == sorted(one for one, case in cases.items() if case.exists(day))
    for one, row in rows.items():
        now = cases[one].at(day)
        late = (day - now.due).days if now.due and now.due < day and now.state in oracle.OPEN and not now.claim else None
        expected = (now.state, now.grade, now.due, now.claim, now.passed, now.closed, now.removed, now.cycle, now.owner, late)
        names = ("state", "grade", "due", "claimed", "passed", "closed", "removed", "cycle", "owner", "overdue_days")
        assert tuple(row[name] for name in names) == expected
        assert row["open"] == oracle.is_open(cases[one], day, question.preset)
        assert row["overdue"] == (late is not None)


@given(case=strategies.cases(), names=st.lists(st.sampled_from(sorted(REGISTRY)), min_size=1, max_size=12))
def test_every_measure_and_its_records_agree(case: Case, names: list[str]) -> None:
    trees, question = case
    book = Book(strategies.loaded(trees))
    for name, figure in book.total(question, names).items():
        for part, members in book.members(question, name).items():
            expected = figure if isinstance(figure, int) else figure.total if isinstance(figure, Spread) else getattr(figure, part)
            assert sum(one.value for one in members) == expected, name


@given(case=strategies.cases(), most=st.integers(1, 3))
def test_the_first_of_the_overdue_are_those_that_press_most(case: Case, most: int) -> None:
    trees, question = case
    book = Book(strategies.loaded(trees))
    whole, none = book.overdue(question)
    first, more = book.overdue(question, most)
    assert none == 0
    assert [one["id"] for one in first] == [one["id"] for one in sorted(whole, key=pressing)[:most]]
    assert len(first) + more == len(whole)
