"""The edge cases of DOMAIN §4.7 as far as they speak of hazards; each test carries its number."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from hazardctl.filters import bracket
from hazardctl.measures import Book, Question, Spread
from hazardctl.model.raw import Raw, Tree
from hazardctl.sheet import Rate
from tests import strategies, worked
from tests.measures.asked import H2, behind, book, book_of, half_year, hazard, ids

JUNE, JULY = "2024-06-30", "2024-07-31"


def number(opened: Book, question: Question, measure: str) -> int:
    figure = opened.total(question, [measure])[measure]
    assert isinstance(figure, int)
    return figure


def rate(opened: Book, question: Question, measure: str) -> Rate:
    figure = opened.total(question, [measure])[measure]
    assert isinstance(figure, Rate)
    return figure


def test_e01_a_withdrawn_hazard_leaves_every_measure_of_the_period_and_only_from_its_withdrawal_on() -> None:
    for part in ("found", "overdue"):
        assert "L" not in behind(f"hazards.{part}", half_year(JULY)).split()
        assert "L" in behind(f"hazards.{part}", half_year(JUNE)).split()
    assert "L" not in behind("due.total", half_year(JULY)).split()
    assert behind("hazards.withdrawn_later", half_year(JUNE)) == "L"
    assert behind("hazards.withdrawn_later", half_year(JULY)) == ""


def test_e02_a_duplicate_counts_once_through_the_record_that_stays() -> None:
    assert "E" in behind("hazards.found", half_year(JULY)).split()
    assert behind("hazards.withdrawn", half_year(JULY)) == "L"


SPLIT_DAY = "2024-04-10"


def split() -> Book:
    """Split hazard P, found in March, into C and D on 2024-04-10."""
    lines: list[Raw] = [
        {"date": "2024-03-01", "do": "register", "by": "李四", "recorded": SPLIT_DAY},
        {"date": "2024-03-01", "do": "assign", "by": "李四", "to": "xx-paper", "due": "2024-03-20", "recorded": SPLIT_DAY},
    ]
    parent = hazard("2024-03-01", "03-01 assign 03-20", letter="P").model_copy()
    children: list[Tree] = [
        {**worked.tree("A"), "id": f"YH-20240301-CASE{letter}", "found_on": "2024-03-01", "split_from": parent.id, "history": lines}
        for letter in "CD"
    ]
    tree: Tree = {
        **worked.tree("A"),
        "id": parent.id,
        "found_on": "2024-03-01",
        "history": [
            {"date": "2024-03-01", "do": "register", "by": "李四"},
            {"date": "2024-03-01", "do": "assign", "by": "李四", "to": "xx-paper", "due": "2024-03-20"},
            {"date": SPLIT_DAY, "do": "withdraw", "by": ["李四", "王五"], "reason": "split", "into": [one["id"] for one in children]},
        ],
    }
    return Book(strategies.loaded([tree, *children]))


@pytest.mark.parametrize(("as_of", "expected"), [("2024-04-09", ["P"]), (SPLIT_DAY, ["C", "D"]), ("2024-06-30", ["C", "D"])])
def test_e03_parent_and_children_never_count_together(as_of: str, expected: list[str]) -> None:
    for measure in ("hazards.found", "hazards.overdue", "due.late", "stock.open", "stock.overdue"):
        assert ids(split(), measure, half_year(as_of)) == expected, measure


def test_e03_children_enter_the_stock_on_the_day_of_the_split() -> None:
    members = split().members(half_year(JUNE), "stock.found")["members"]
    assert [(one.id[-1], one.day.isoformat()) for one in members] == [("C", SPLIT_DAY), ("D", SPLIT_DAY), ("P", "2024-03-01")]
    assert ids(split(), "stock.withdrawn", half_year(JUNE)) == ["P"]


def test_e03_a_cutoff_before_the_split_sees_the_children_as_their_lines_were_then() -> None:
    question = Question(dt.date(2024, 3, 1), dt.date(2024, 3, 31), dt.date(2024, 6, 30))
    assert ids(split(), "hazards.overdue", question) == ["C", "D"]


def test_e03_after_a_merge_only_the_survivor_counts() -> None:
    absorbed: Raw = {"date": "2024-03-09", "do": "withdraw", "by": ["李四", "王五"], "reason": "merged", "of": "YH-20240301-CASES"}
    trees: list[Tree] = [{**worked.tree("A"), "id": f"YH-20240301-CASE{letter}", "found_on": "2024-03-01"} for letter in "AS"]
    histories: list[list[Raw]] = [[{"date": "2024-03-01", "do": "register"}, *more] for more in ([absorbed], [])]
    merged = Book(strategies.loaded([{**tree, "history": history} for tree, history in zip(trees, histories, strict=True)]))
    assert ids(merged, "hazards.found", half_year()) == ["S"]


def test_e04_found_before_the_period_and_done_inside_is_a_matter_of_the_stock() -> None:
    assert "J" not in behind("hazards.found", half_year()).split()
    assert "J" in behind("stock.resolved", half_year()).split()


def test_e05_done_after_the_period_counts_with_a_later_day_and_the_cutoff_asof() -> None:
    assert "C" in behind("hazards.awaiting", half_year(JUNE)).split()
    assert "C" in behind("hazards.awaiting", half_year(JULY)).split()
    assert "C" in behind("hazards.rectified", half_year(JULY, cutoff="asof")).split()


def test_e06_before_it_was_found_a_hazard_is_invisible_to_every_measure() -> None:
    early = book_of(hazard("2024-03-01", "03-01 assign 03-20"))
    question = half_year("2024-02-29")
    for measure in ("hazards.recorded", "stock.opening", "stock.found", "stock.closing", "stock.open", "due.total", "due.undecided"):
        assert number(early, question, measure) == 0, measure
    assert early.listing(question.as_of) == ()


def test_e07_a_hazard_written_down_late_counts_from_the_day_it_was_found() -> None:
    late = hazard("2024-06-20")
    register = late.history[0].model_copy(update={"date": dt.date(2024, 7, 5), "recorded": dt.date(2024, 7, 5)})
    opened = book_of(late.model_copy(update={"history": (register,)}))
    assert number(opened, half_year(JUNE), "hazards.found") == 1
    assert number(opened, half_year(JUNE), "stock.found") == 1


def test_e08_reopened_and_open_is_not_rectified() -> None:
    assert "N" not in behind("hazards.rectified", half_year(JUNE)).split()
    assert "N" in behind("hazards.rectified", half_year("2024-05-31")).split()
    june = Question(dt.date(2024, 6, 1), dt.date(2024, 6, 30), dt.date(2024, 6, 30))
    may = Question(dt.date(2024, 5, 1), dt.date(2024, 5, 31), dt.date(2024, 6, 30))
    assert behind("stock.reopened", june) == "N"
    assert behind("stock.reopened", may) == ""


def test_e09_a_failed_check_cancels_the_claim() -> None:
    assert "N" in behind("hazards.awaiting", half_year("2024-04-05")).split()
    assert "N" in behind("hazards.within_due", half_year("2024-04-06")).split()


def test_e09_without_a_new_date_it_is_overdue_from_the_old_one() -> None:
    opened = book_of(hazard("2024-03-20", "03-20 assign 04-05", "04-03 rectify", "04-06 fail"))
    assert ids(opened, "hazards.overdue", half_year("2024-04-06")) == ["A"]
    assert opened.members(half_year("2024-04-06"), "overdue.days")["members"][0].value == 1


def test_e10_a_late_grant_does_not_undo_days_that_were_overdue() -> None:
    opened = book_of(hazard("2024-03-01", "03-01 assign 03-20", "03-25 extend 04-10", "04-08 rectify", "04-09 pass"))
    assert ids(opened, "hazards.overdue", half_year("2024-03-24")) == ["A"]
    assert ids(opened, "hazards.within_due", half_year("2024-03-25")) == ["A"]
    assert ids(opened, "due.met", half_year(JUNE)) == ["A"]
    assert ids(opened, "due.late", half_year(JUNE, due="original")) == ["A"]


def test_e10_the_original_deadline_forgives_no_extension_granted_in_time() -> None:
    assert "I" in behind("due.met", half_year()).split()
    assert "I" in behind("due.late", half_year(due="original")).split()


@pytest.mark.parametrize("decision", ["requested", "refused"])
def test_e11_a_request_and_a_refusal_move_nothing(decision: str) -> None:
    asked = hazard("2024-03-01", "03-01 assign 03-20", "03-10 extend 04-10")
    line = asked.history[-1].model_copy(update={"decision": decision})
    opened = book_of(asked.model_copy(update={"history": (*asked.history[:-1], line)}))
    assert ids(opened, "hazards.overdue", half_year("2024-03-21")) == ["A"]
    assert number(opened, half_year(), "extension.granted") == 0


def test_e12_the_due_day_itself_is_not_overdue() -> None:
    assert "O" in behind("hazards.within_due", half_year()).split()
    assert "O" not in behind("overdue.days", half_year()).split()
    listed = {str(row["id"]): row for row in book().listing(worked.END_OF_JUNE)}[worked.ID["O"]]
    assert (listed["overdue"], listed["overdue_days"]) == (False, None)


def test_e13_a_hazard_without_a_deadline_has_a_place_of_its_own() -> None:
    assert behind("hazards.no_due", half_year()) == "F"
    undated = book_of(hazard("2024-03-01", "03-01 assign"))
    assert ids(undated, "hazards.no_due", half_year()) == ["A"]


def test_e15_on_the_spot_takes_no_time_and_falls_under_no_deadline() -> None:
    spot = {one.id: one.value for one in book().members(half_year(), "ttr")["members"]}
    assert spot[worked.ID["K"]] == 0
    assert "K" not in behind("due.total", half_year(due="original")).split()
    figure = book().total(half_year(exclude_on_spot=True), ["ttr"])["ttr"]
    assert isinstance(figure, Spread)
    assert (figure.n, figure.mean, figure.median) == (4, Decimal(58), Decimal(52))


def test_e16_two_parties_are_two_lines_and_one_hazard() -> None:
    parties: list[Raw] = [{"unit": "xx-paper", "role": "owner"}, {"unit": "yy-gas", "role": "contractor"}]
    figures = book_of(hazard("2024-03-01", parties=parties)).figures(half_year(), ["hazards.found"], ["party"])
    assert figures == {(): {"hazards.found": 1}, ("xx-paper",): {"hazards.found": 1}, ("yy-gas",): {"hazards.found": 1}}


def test_e17_the_grade_in_force_decides_basis_and_line() -> None:
    raised = hazard("2024-03-01", "03-01 assign 03-20", "03-05 rectify")
    regrade = worked.event("03-10 rectify") | {"do": "regrade", "was": "general", "now": "major", "reason": "现场核实"}
    tree: Tree = {
        **worked.tree("A"),
        "id": raised.id,
        "found_on": "2024-03-01",
        "history": [worked.event("03-01 assign 03-20"), worked.event("03-05 rectify"), regrade],
    }
    opened = Book(strategies.loaded([tree]))
    assert ids(opened, "hazards.general.rectified", half_year("2024-03-09", preset="official")) == ["A"]
    assert ids(opened, "hazards.major.awaiting", half_year("2024-03-10", preset="official")) == ["A"]
    returned = opened.members(half_year(JUNE, preset="official"), "stock.reopened")["members"]
    assert [one.day for one in returned] == [dt.date(2024, 3, 10)]
    listed = opened.listing(worked.END_OF_JUNE)[0]
    assert (listed["registered_grade"], listed["grade"]) == ("general", "major")


def test_e18_closed_because_the_unit_closed_is_not_rectified_unless_the_ledger_says_so() -> None:
    assert behind("hazards.closed_other", half_year()) == "G"
    counting = Book(worked.ledger(strategies.config(close={"other_reasons_count_as_rectified": "true"})))
    assert behind("hazards.rectified", half_year(), opened=counting) == "A B G H I K"
    assert number(counting, half_year(), "hazards.closed_other") == 0
    assert behind("stock.resolved", half_year(), opened=counting) == "A B G H I J K N"
    assert behind("ttr", half_year(), opened=counting) == "A B H I K"  # no claim, no time
    assert behind("due.late", half_year(), opened=counting) == "B E G L N"


def test_e19_a_transfer_counts_from_its_day() -> None:
    assert "M" in behind("hazards.found", half_year("2024-04-19")).split()
    assert "M" not in behind("hazards.found", half_year("2024-04-20")).split()
    assert behind("hazards.transferred", half_year("2024-04-20")) == "M"
    assert behind("stock.transferred", half_year()) == "M"


def test_e20_a_period_without_a_hazard_has_no_rate_and_still_a_stock() -> None:
    question = half_year(JULY, H2)
    assert rate(book(), question, "hazards.rate") == Rate(0, 0)
    assert rate(book(), question, "hazards.rate").value is None
    figures = book().total(question, [f"stock.{part}" for part in ("opening", "found", "resolved", "withdrawn", "closing")])
    assert list(figures.values()) == [8, 0, 1, 1, 6]
    assert behind("stock.resolved", question) == "C"
    assert behind("stock.withdrawn", question) == "L"


def test_e20_a_period_that_has_not_begun_has_the_stock_of_the_day() -> None:
    question = half_year("2024-05-31", H2)
    figures = book().total(question, ["hazards.found", "stock.opening", "stock.found", "stock.closing", "stock.open", "due.total"])
    now = figures["stock.open"]
    assert (figures["hazards.found"], figures["stock.found"], figures["due.total"]) == (0, 0, 0)
    assert figures["stock.opening"] == figures["stock.closing"] == now
    assert not question.begun


def test_e23_times_of_day_change_nothing() -> None:
    timed = hazard("2024-06-30").model_copy()
    tree: Tree = {
        **worked.tree("A"),
        "id": timed.id,
        "found_on": "2024-06-30T23:59+08:00",
        "history": [{"date": "2024-06-30T23:59", "do": "register"}],
    }
    assert number(Book(strategies.loaded([tree])), half_year(), "hazards.found") == 1


def test_e25_a_cohort_of_withdrawn_records_has_no_rate() -> None:
    opened = book_of(hazard("2024-03-01", "03-02 duplicate"))
    assert number(opened, half_year(), "hazards.found") == 0
    assert number(opened, half_year(), "hazards.withdrawn") == 1
    assert str(rate(opened, half_year(), "hazards.rate")) == "/"
    assert opened.figures(half_year(), ["hazards.found", "hazards.rate"], ["sector"]).keys() == {()}


def test_e26_a_leap_day_is_a_day() -> None:
    opened = book_of(hazard("2024-02-29"))
    assert opened.figures(half_year(), ["hazards.found"], ["month"])["2024-02",] == {"hazards.found": 1}


def test_e27_money_is_summed_exactly() -> None:
    opened = book_of(
        hazard("2024-03-01", letter="A", funds_spent="2000"),
        hazard("2024-03-02", letter="B", funds_spent="18000.50"),
        hazard("2024-03-03", letter="C"),
    )
    assert number(opened, half_year(), "hazards.funds_spent") == 2_000_050
    assert [one.value for one in opened.members(half_year(), "hazards.funds_spent")["members"]] == [200_000, 1_800_050]


def test_e28_a_hazard_of_two_campaigns_is_in_both_lines_and_once_in_the_total() -> None:
    one, two = "ZX-20240101-AAAAA", "ZX-20240301-BBBBB"
    opened = book_of(
        hazard("2024-03-01", letter="A", campaign=[one, two]),
        hazard("2024-03-02", letter="B", campaign=[one]),
        hazard("2024-03-03", letter="C"),
    )
    figures = opened.figures(half_year(), ["hazards.found"], ["campaign"])
    assert {key: line["hazards.found"] for key, line in figures.items()} == {(): 3, ("",): 1, (one,): 2, (two,): 1}


def test_e29_a_part_is_never_more_than_the_whole() -> None:
    names = ["hazards.found", "hazards.rectified", "stock.open"]
    whole = book().total(half_year(), names)
    part = book().total(half_year(clauses=bracket("sector=fire")), names)
    assert all(part[name] <= whole[name] for name in names)  # type: ignore[operator]


def test_e30_the_printed_rate_is_its_numerator_over_its_denominator() -> None:
    found = rate(book(), half_year(), "hazards.rate")
    assert found.numerator <= found.denominator
    assert found.value == (Decimal(100) * found.numerator / found.denominator).quantize(Decimal("0.01"))
