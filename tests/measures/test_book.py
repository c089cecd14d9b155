"""The book: what a question may hold, what an answer always holds, and that nothing is loaded or laid out before it is needed."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import BugError, UsageError
from hazardctl.ledger import Ledger
from hazardctl.measures import REGISTRY, Book, Question, Spread, answer, identities
from hazardctl.measures.figure import empty
from hazardctl.model.raw import Tree
from hazardctl.sheet import Rate
from tests import oracle, strategies, worked
from tests.measures.asked import H1, behind, book, book_of, half_year, hazard, ids

Case = tuple[list[Tree], Question]
ROLL = [f"stock.{part}" for part in ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")]


def test_sqlite_is_not_loaded_before_a_book_is_opened() -> None:
    program = "import sys, hazardctl.measures; print('sqlite3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_an_empty_ledger_answers_everything_with_nothing() -> None:
    figures = Book(Ledger()).figures(half_year(), REGISTRY, ["month"])
    assert figures.keys() == {()}
    assert all(map(empty, figures[()].values()))
    assert Book(Ledger()).listing(worked.END_OF_JUNE) == ()


def test_a_question_without_measures_has_an_empty_answer() -> None:
    assert book().figures(half_year(), []) == {(): {}}
    assert book().figures(half_year(), [], ["sector"]) == {(): {}}


def test_a_question_knows_its_days() -> None:
    june = Question(*H1, dt.date(2024, 6, 10))
    assert (june.c, june.kappa, june.begun) == (dt.date(2024, 6, 10), dt.date(2024, 6, 10), True)
    later = Question(*H1, dt.date(2024, 7, 31), cutoff="asof")
    assert (later.c, later.kappa) == (dt.date(2024, 6, 30), dt.date(2024, 7, 31))
    assert not Question(*H1, dt.date(2023, 12, 31)).begun


def test_figures_come_by_line_with_a_total_that_was_asked_apart() -> None:
    figures = book().figures(half_year(), ["hazards.found", "hazards.rate", "ttr"], ["sector"])
    assert list(figures) == [(), ("chem",), ("fire",), ("gas",), ("industry",)]
    assert figures["fire",]["hazards.rate"] == Rate(1, 4)
    assert figures["fire",]["ttr"] == Spread(1, 80, Decimal(80), 80, 80)
    assert figures["gas",] == {"hazards.found": 4, "hazards.rate": Rate(1, 4), "ttr": Spread(1, 0, Decimal(0), 0, 0)}


def test_two_groupings_make_a_cross_table() -> None:
    figures = book().figures(half_year(), ["hazards.found"], ["grade", "month"])
    assert figures["major", "2024-03"] == {"hazards.found": 1}
    assert sum(line["hazards.found"] for key, line in figures.items() if key) == 14  # type: ignore[misc]


def test_months_of_the_stock_hold_their_flows() -> None:
    figures = book().figures(half_year(), ["stock.found", "stock.resolved"], ["month"])
    assert figures["2024-04",] == {"stock.found": 2, "stock.resolved": 1}


def test_the_calendar_grows_with_the_questions() -> None:
    opened = book_of(hazard("2024-03-01"))
    late = Question(dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2024, 12, 31))
    early = Question(dt.date(2023, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 1, 1))
    assert opened.figures(half_year(), ["hazards.found"], ["quarter"]).keys() == {(), ("2024Q1",)}
    assert opened.figures(late, ["hazards.found"], ["year"]).keys() == {(), ("2024",)}
    assert opened.figures(early, ["hazards.found"], ["year"]).keys() == {()}
    assert opened.figures(late, ["stock.closing"], ["month"]).keys() == {(), ("2024-12",)}


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(UsageError):
        book().figures(half_year(), ["hazards.found"], ["colour"])


def test_places_weigh_hazards_and_never_lines() -> None:
    opened = book_of(
        hazard(
            "2024-03-01",
            "03-01 assign 03-20",
            "03-05 extend 03-25",
            "03-06 rectify",
            "03-07 pass",
            "03-08 close",
            "03-20 reopen 03-30",
            quantity="7",
        )
    )
    places = half_year(counting="places")
    figures = opened.total(
        places, ["hazards.found", "hazards.places", "stock.closing", "due.late", "reopen.lines", "extension.granted", "ttr.censored"]
    )
    assert list(figures.values()) == [7, 7, 7, 7, 1, 1, 1]
    assert [one.value for one in opened.members(places, "hazards.found")["members"]] == [7]
    assert [one.value for one in opened.members(places, "reopen.lines")["members"]] == [1]


def test_pieces_of_a_key_period_hold_by_the_day_found_and_by_the_deadline() -> None:
    ranges = ((dt.date(2024, 2, 1), dt.date(2024, 2, 29)), (dt.date(2024, 6, 1), dt.date(2024, 6, 30)))
    question = Question(dt.date(2024, 2, 1), dt.date(2024, 6, 30), dt.date(2024, 6, 30), ranges=ranges)
    assert behind("hazards.found", question) == "B D F I O P"
    assert behind("due.total", question) == "B C I N P"
    assert behind("stock.closing", question) == "C D E F L N O P"


def test_the_places_of_a_percentage_come_from_the_ledger() -> None:
    opened = Book(worked.ledger(strategies.config(measures={"places": "1"})))
    assert str(opened.total(half_year(), ["hazards.rate"])["hazards.rate"]) == "35.7%"


def test_limits_come_from_the_ledger() -> None:
    opened = Book(worked.ledger(strategies.config(policy={"review_days": "1", "look_back_days": "0", "due_soon_days": "2"})))
    assert behind("verify.overdue", half_year(), opened=opened) == "C P"
    assert behind("reopen.rate", half_year(), "denominator", opened) == "A B I J K N"
    assert [row["due_soon"] for row in opened.listing(worked.END_OF_JUNE) if row["id"] == worked.ID["D"]] == [False]


def test_a_repeat_is_named_or_follows_a_closing_of_one_alike() -> None:
    closed = ["01-20 rectify", "01-21 pass", "01-22 close"]
    first = hazard("2024-01-10", "01-10 assign 01-25", *closed, letter="A")
    second = hazard("2024-03-01", letter="B")
    named = hazard("2024-03-02", letter="C", site="别处", recurrence_of="YH-20230101-00000")
    other = hazard("2024-03-03", letter="D", site="三层")
    same_day = hazard("2024-01-10", "01-10 on_spot", "01-10 pass", "01-10 close", letter="E")
    nameless = hazard("2024-03-04", letter="F", site="")
    opened = book_of(first, second, named, other, same_day, nameless)
    assert ids(opened, "repeat.found", half_year()) == ["B", "C"]
    strict = book_of(first, second, config=strategies.config(policy={"repeat_days": "38"}))
    assert ids(strict, "repeat.found", half_year()) == []
    assert ids(book_of(first, second, config=strategies.config(policy={"repeat_days": "39"})), "repeat.found", half_year()) == ["B"]


def test_a_closing_on_the_very_day_of_finding_is_one_to_follow() -> None:
    first = hazard("2024-01-10", "01-10 assign 01-25", "01-20 rectify", "01-21 pass", "03-01 close", letter="A")
    again = book_of(first, hazard("2024-03-01", letter="B"), config=strategies.config(policy={"repeat_days": "0"}))
    assert ids(again, "repeat.found", half_year()) == ["B"]


def test_it_is_the_latest_closing_before_that_is_followed() -> None:
    long_ago = hazard("2023-01-10", "2023-01-10 assign 2023-01-25", "2023-01-11 rectify", "2023-01-12 pass", "2023-01-13 close", letter="A")
    lately = hazard("2024-01-10", "01-10 assign 01-25", "01-11 rectify", "01-12 pass", "01-13 close", letter="B")
    days = strategies.config(policy={"repeat_days": "60"})
    assert ids(book_of(long_ago, lately, hazard("2024-03-01", letter="C"), config=days), "repeat.found", half_year()) == ["C"]


def test_nothing_repeats_a_hazard_that_was_withdrawn_by_the_day_of_the_question() -> None:
    first = hazard("2024-01-10", "01-10 assign 01-25", "01-20 rectify", "01-21 pass", "01-22 close", "07-10 duplicate", letter="A")
    opened = book_of(first, hazard("2024-03-01", letter="B"))
    assert ids(opened, "repeat.found", half_year("2024-07-09")) == ["B"]
    assert ids(opened, "repeat.found", half_year("2024-07-10")) == []


@pytest.mark.parametrize("n", [1, 2, 3, 9, 10, 11, 19, 20, 21])
def test_the_middle_and_the_ninetieth_are_values_by_rank(n: int) -> None:
    cells = [f"{dt.date(2024, 3, 1) + dt.timedelta(days=days):%m-%d} rectify" for days in range(1, n + 1)]
    made = [hazard("2024-03-01", "03-01 assign 04-30", cell, letter="ABCDEFGHJKMNPQRSTVWXYZ"[number]) for number, cell in enumerate(cells)]
    figure = book_of(*made).total(half_year(preset="rectified"), ["ttr"])["ttr"]
    values = list(range(1, n + 1))
    assert figure == Spread(n, sum(values), oracle.median(values), oracle.p90(values), n)


def test_ageing_has_five_steps_from_the_day_found() -> None:
    days = {"A": 0, "B": 7, "C": 8, "D": 15, "E": 16, "F": 30, "G": 31, "H": 90, "J": 91}
    made = [hazard((worked.END_OF_JUNE - dt.timedelta(days=age)).isoformat(), letter=letter) for letter, age in days.items()]
    assert book_of(*made).aged(half_year()) == {"age.to_7": 2, "age.to_15": 2, "age.to_30": 2, "age.to_90": 2, "age.over_90": 1}


def test_members_of_a_line_are_those_it_counts() -> None:
    members = book().members(half_year(), "hazards.rate", {"sector": "fire"})
    assert worked.letters(one.id for one in members["numerator"]) == "H"
    assert worked.letters(one.id for one in members["denominator"]) == "D H L P"


def test_a_part_that_is_taken_away_is_below_zero() -> None:
    taken = [one for one in book().members(half_year(), "stock.rate")["denominator"] if one.value < 0]
    assert [(worked.LETTER[one.id], one.measure) for one in taken] == [("M", "stock.transferred")]


def test_the_list_holds_every_hazard_of_the_day_with_its_facts() -> None:
    rows = {worked.LETTER[str(row["id"])]: row for row in book().listing(worked.END_OF_JUNE)}
    assert "".join(sorted(rows)) == "ABCDEFGHIJKLMNOP"
    row = rows["N"]
    assert (row["state"], row["due"], row["overdue_days"], row["flags"]) == ("assigned", dt.date(2024, 6, 15), 15, ("overdue", "reopened"))
    assert (row["owner"], row["person"], row["title"]) == (worked.RESPONSIBLE, worked.OWNER, worked.hazard("N").headline)
    assert rows["M"]["state"] == "transferred"
    assert rows["L"]["withdrawn"] == dt.date(2024, 7, 5)
    assert len(book().listing(dt.date(2024, 1, 9))) == 1


def test_two_files_of_one_id_are_two_hazards() -> None:
    twins = strategies.loaded([worked.tree("E"), worked.tree("E")])
    assert ids(Book(twins), "hazards.found", half_year()) == ["E", "E"]
    assert len({row["path"] for row in Book(twins).listing(worked.END_OF_JUNE)}) == 2


def test_broken_identities_are_named_and_stop_the_answer() -> None:
    line = {
        "hazards.found": 3,
        "hazards.rectified": 1,
        "hazards.awaiting": 1,
        "hazards.within_due": 0,
        "hazards.overdue": 0,
        "hazards.no_due": 0,
    }
    assert identities.check({**line, "hazards.closed_other": 0}) == ["I1"]
    assert identities.check(line) == []
    assert identities.check({"steps.closed": 2, "steps.verified": 1, "hazards.rate": Rate(1, 2)}) == ["Order: closed, verified"]
    assert identities.check({"extension.granted": 2, "extension.days": Spread(1, 5, Decimal(5), 5, 5)}) == ["extensions"]
    with pytest.raises(BugError) as caught:
        answer.answered(["hazards.rate"], {**line, "hazards.closed_other": 0}, 2)
    assert "I1" in caught.value.what.say("zh")
    assert caught.value.exit_code == 70


def test_a_month_has_no_roll_forward_to_check() -> None:
    rolled = dict.fromkeys(ROLL, 0) | {"stock.closing": 1}
    assert identities.check(rolled) == ["I2"]
    assert identities.check(rolled, by_time=True) == []


def test_joints_and_order_are_named() -> None:
    one, two = {"stock.opening": 0, "stock.closing": 3}, {"stock.opening": 2, "stock.closing": 4}
    assert identities.joints([one, two]) == ["Joint 1"]
    assert identities.joints([one, {"stock.opening": 3, "stock.closing": 4}]) == []
    assert identities.order({"hazards.rectified": 2}, {"hazards.rectified": 1}, {"hazards.rectified": 3}) == ["Order"]
    assert identities.order({"hazards.rectified": 1}, {"hazards.rectified": 1}, {"hazards.rectified": 3}) == []


def test_every_view_that_needs_a_guard_is_guarded() -> None:
    assert {view: bool(guards) for view, guards in identities.GUARDS.items()} == {"cohort": True, "stock": True, "due": True}
    assert {one.id for one in answer.counts(["hazards.overdue"])["cohort"]} >= {"hazards.found", "hazards.recorded", "steps.closed"}


@given(
    case=strategies.cases(most=4),
    ways=st.lists(st.sampled_from(["records", "places"]), min_size=1, max_size=2),
)
def test_a_book_answers_the_same_twice(case: Case, ways: list[str]) -> None:
    trees, question = case
    opened, measures = Book(strategies.loaded(trees)), list(REGISTRY)
    for counting in ways:
        asked = replace(question, counting=counting)  # type: ignore[arg-type]
        assert opened.figures(asked, measures, ["sector"]) == Book(strategies.loaded(trees)).figures(asked, measures[::-1], ["sector"])


def test_a_thousand_hazards_are_asked_in_a_breath() -> None:
    trees: list[Tree] = []
    for number in range(1000):
        letter = "ABCDEFGHIJKLMNOP"[number % 16]
        trees.append({**worked.tree(letter), "id": f"{worked.ID[letter][:12]}{number:05}", "site": f"{number}号"})
    opened = Book(strategies.loaded(trees))
    figures = opened.total(half_year(), REGISTRY)
    assert figures["hazards.found"] == sum(
        worked.ROWS["ABCDEFGHIJKLMNOP"[number % 16]][0] >= "2024" and number % 16 != 12 for number in range(1000)
    )
