"""What is known, what is nil, what is missing: records, tallies and declarations joined, never added (DOMAIN §4.6, §4.7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from hazardctl.errors import UsageError
from hazardctl.filters import parse
from hazardctl.measures import CATALOGUE, Book, Known, Question, Range, Spread, scoped
from hazardctl.measures.catalogue import OTHERS
from hazardctl.measures.definition import Sum
from hazardctl.sheet import Rate
from tests.measures.made import Maker, ids, question, value

H1 = question("2024-01-01", "2024-06-30")
YEAR = question("2024-01-01", "2024-12-31")


def one(book: Book, measure: str, asked: Question = H1) -> Known:
    """Ask one figure that is no rate."""
    answer = book.known(asked, [measure])[measure]
    assert isinstance(answer, Known)
    return answer


def told(*figures: dict[str, Any], scope: dict[str, str] | None = None, **more: Any) -> Book:  # noqa: ANN401 (any field)
    """Give a ledger of one tally of the half-year."""
    make = Maker(CONFIG)
    make.tally("2024-06-30", "2024H1", scope or {}, *figures, **more)
    return make.book()


CONFIG = {
    "regions": [{"key": "county", "level": "county"}, {"key": "qingshan", "name": "青山镇", "level": "township", "parent": "county"}],
    "key_periods": [{"id": "spring", "zh": "春节", "ranges": ["2024-02-09..2024-02-17"]}],
}


def test_an_empty_ledger_knows_nothing() -> None:
    found = Maker().book().known(H1, [name for name, it in CATALOGUE.items() if isinstance(it, Sum) or name.startswith("hazards.")])
    assert all(isinstance(it, Known) and it.missing and it.value is None for it in found.values())


def test_a_rate_of_what_is_missing_is_missing_and_keeps_the_printed_one_apart() -> None:
    book = told({"measure": "hazards.rate", "value": 100, "unit": "%", "stated": True})
    assert one(book, "hazards.rate") == Known(state="missing", unit="%", stated=Decimal(100), blank=True)
    assert one(book, "hazards.found").missing
    assert ids(book, H1, "hazards.found") == []


def test_what_is_left_blank_is_told_apart_from_what_nobody_speaks_of() -> None:
    book = told({"measure": "publicity.materials", "missing": True}, {"measure": "hazards.found", "missing": True})
    blank = [one(book, name).blank for name in ("publicity.materials", "hazards.found", "hazards.rate", "publicity.units")]
    assert blank == [True, True, True, False]
    assert [one(book, name).inherited for name in ("hazards.found", "hazards.rectified", "hazards.rate")] == [False, True, True]
    make = Maker()
    make.add("enforcement", "2024-03-01", kind="fine", unit="xx-paper")
    make.add("activity", "2024-03-02", kind="publicity", approx={"attendees": "over"})
    names = ("enforcement.fine.amount", "publicity.attendees", "publicity.materials")
    assert [one(make.book(), name).blank for name in names] == [True, True, False]


def test_records_make_their_family_known_and_a_part_of_them_nil() -> None:
    make = Maker()
    make.add("enforcement", "2024-03-01", kind="fine", unit="xx-paper", amount=2000)
    make.add("enforcement", "2024-03-02", kind="fine", unit="xx-paper", amount="18000.50")
    book = make.book()
    assert value(one(book, "enforcement.fine.amount")) == Decimal("20000.50")
    assert value(one(book, "enforcement.fine.units")) == 1
    assert value(one(book, "enforcement.closed.units")) == 0
    assert one(book, "accidents.count").missing


def test_an_amount_nobody_wrote_down_is_missing_and_not_nothing() -> None:
    make = Maker()
    make.add("enforcement", "2024-03-01", kind="fine", unit="xx-paper")
    assert one(make.book(), "enforcement.fine.amount").missing
    make.add("enforcement", "2024-03-01", kind="fine", unit="xx-food", amount=5)
    assert (one(make.book(), "enforcement.fine.amount").value, one(make.book(), "enforcement.fine.amount").unsaid) == (Decimal(5), 1)


def test_a_declaration_makes_nil_known_with_all_its_parts() -> None:
    make = Maker(CONFIG)
    signed = make.add("declaration", "2024-07-01", period="2024H1", measure="accidents.count")
    book = make.book()
    for measure in ("accidents.count", "accidents.deaths", "accidents.count[sector=road]", "accidents.class.major[period=M3]"):
        assert (one(book, measure).state, value(one(book, measure))) == ("zero", 0)
    assert ids(book, H1, "accidents.count") == [signed]
    assert one(book, "accidents.count", YEAR).missing


def test_a_declaration_of_one_sector_says_nothing_of_the_others() -> None:
    make = Maker()
    make.add("declaration", "2024-07-01", period="2024H1", scope={"sector": "烟花爆竹"}, measure="hazards.major.found")
    book = make.book()
    assert one(book, "hazards.major.rectified[sector=fireworks]").state == "zero"
    assert one(book, "hazards.major.found").missing
    assert one(book, "hazards.found[sector=fireworks]").missing


def test_records_outweigh_a_declaration() -> None:
    make = Maker()
    make.add("declaration", "2024-07-01", period="2024H1", measure="accidents.count")
    make.add("accident", "2024-02-01", deaths=1)
    assert one(make.book(), "accidents.count") == Known(1, unit="起")


def test_a_tally_is_joined_only_in_its_own_scope_and_period() -> None:
    book = told({"measure": "hazards.found", "value": 584}, scope={"sector": "消防"})
    assert value(one(book, "hazards.found[sector=fire]")) == 584
    for measure in ("hazards.found", "hazards.found[sector=gas]", "hazards.found[sector=fire,period=Q1]", "hazards.found[grade=major]"):
        assert one(book, measure).missing
    assert one(book, "hazards.found[sector=fire]", YEAR).missing


def test_a_scope_is_one_scope_however_it_is_spelled() -> None:
    make = Maker(CONFIG)
    run = make.add("campaign", start="2024-03-01", end="2024-05-31", alias="ammonia", name="涉氨整治")
    make.tally("2024-06-30", "2024H1", {"sector": "烟花爆竹+chem", "region": "青山镇"}, {"measure": "hazards.found", "value": 3})
    make.tally("2024-06-30", "campaign:ammonia", {}, {"measure": "hazards.found", "value": 5})
    make.tally("2024-06-30", "2024", {}, {"measure": "documents.count[kind=预案,period=2024H1]", "value": 7})
    book = make.book()
    assert value(one(book, "hazards.found[region=qingshan,sector=chem+fireworks]")) == 3
    campaign = question("2024-03-01", "2024-05-31", "2024-06-30", clauses=parse([f"campaign:{run}"]))
    assert value(one(book, "hazards.found", campaign)) == 5
    assert value(one(book, "hazards.found[period=campaign:ammonia]")) == 5
    assert value(one(book, "documents.count[kind=plan]")) == 7


def test_items_and_a_tally_of_one_scope_are_never_added() -> None:
    make = Maker()
    make.hazard("2024-03-01", sector="fire")
    tally = make.tally("2024-06-30", "2024H1", {"sector": "fire"}, {"measure": "hazards.found", "value": 10})
    book = make.book()
    found = one(book, "hazards.found[sector=fire]")
    assert (found.items, found.told, found.twice) == (1, 10, True)
    with pytest.raises(UsageError):
        _ = found.value
    with pytest.raises(UsageError):
        book.known(H1, ["hazards.rate[sector=fire]"])
    assert tally in ids(book, H1, "hazards.found[sector=fire]")
    assert not one(book, "hazards.found").twice


def test_rivals_of_one_day_are_refused_and_a_later_day_wins() -> None:
    make = Maker()
    make.tally("2024-03-31", "2024H1", {}, {"measure": "hazards.found", "value": 30})
    make.tally("2024-06-30", "2024H1", {}, {"measure": "hazards.found", "value": 31})
    assert value(one(make.book(), "hazards.found")) == 31
    assert value(one(make.book(), "hazards.found", question("2024-01-01", "2024-06-30", "2024-04-01"))) == 30
    make.tally("2024-06-30", "2024H1", {}, {"measure": "hazards.found", "value": 33})
    assert one(make.book(), "hazards.found").rival


def test_what_was_drawn_up_later_stands_for_a_finished_period_unless_it_moves_with_the_day() -> None:
    make = Maker()
    make.tally("2024-07-05", "2024H1", {}, {"measure": "drills.count", "value": 58}, {"measure": "hazards.found", "value": 9})
    assert value(one(make.book(), "drills.count")) == 58
    assert one(make.book(), "hazards.found").missing
    assert value(one(make.book(), "hazards.found", question("2024-01-01", "2024-06-30", "2024-07-05"))) == 9


def test_a_withdrawn_tally_tells_nothing() -> None:
    gone = [{"date": "2024-07-02", "do": "withdraw", "by": ["李四", "孙八"], "reason": "error"}]
    book = told({"measure": "drills.count", "value": 58}, history=gone)
    assert value(one(book, "drills.count")) == 58
    assert one(book, "drills.count", question("2024-01-01", "2024-06-30", "2024-07-02")).missing


def test_an_approximate_part_leaves_no_rate() -> None:
    book = told({"measure": "hazards.found", "value": 200, "approx": "over"}, {"measure": "hazards.rectified", "value": 150})
    assert value(one(book, "hazards.found")) == (200, "over")
    assert book.known(H1, ["hazards.rate"])["hazards.rate"] is None


def test_marks_of_records_stay_on_their_sum() -> None:
    make = Maker()
    make.add("activity", "2024-03-01", kind="drill", attendees=46)
    make.add("activity", "2024-03-02", kind="drill", attendees=200, approx={"attendees": "over"})
    assert value(one(make.book(), "drills.attendees")) == (246, "over")
    make.add("activity", "2024-03-03", kind="drill", attendees=10, approx={"attendees": "nearly"})
    assert value(one(make.book(), "drills.attendees")) == (256, "about")
    assert value(one(make.book(), "drills.count")) == 3


def test_a_total_blank_in_the_source_is_missing_though_parts_of_it_are_known() -> None:
    make = Maker()
    make.hazard("2024-03-01", sector="fire")
    make.tally("2024-06-30", "2024H1", {}, {"measure": "hazards.found", "missing": True})
    book = make.book()
    assert (one(book, "hazards.found").missing, one(book, "hazards.found").items) == (True, 1)
    assert one(book, "hazards.rectified").missing
    assert one(book, "hazards.rate").missing
    assert value(one(book, "hazards.found[sector=fire]")) == 1


def test_what_is_left_of_the_found_follows_from_a_tally() -> None:
    whole = told(*({"measure": f"hazards.{name}", "value": n} for name, n in (("found", 18), ("rectified", 10), ("within_due", 8))))
    assert [value(one(whole, f"hazards.{name}")) for name in ("overdue", "awaiting", "no_due", "closed_other")] == [0, 0, 0, 0]
    part = told({"measure": "hazards.found", "value": 18}, {"measure": "hazards.rectified", "value": 10})
    assert one(part, "hazards.overdue").missing
    buckets = ("rectified", "awaiting", "within_due", "no_due", "closed_other")
    last = told({"measure": "hazards.found", "value": 9}, *({"measure": f"hazards.{name}", "value": 1} for name in buckets))
    assert value(one(last, "hazards.overdue")) == 4
    nothing = told({"measure": "hazards.major.found", "value": 0})
    assert one(nothing, "hazards.major.overdue").state == "zero"
    assert one(nothing, "hazards.overdue").missing


def test_a_tally_on_another_basis_is_not_joined() -> None:
    book = told({"measure": "hazards.found", "value": 10}, {"measure": "hazards.rectified", "value": 9}, preset="official")
    assert value(one(book, "hazards.found")) == 10
    assert one(book, "hazards.rectified").missing
    official = question("2024-01-01", "2024-06-30", preset="official")
    assert book.known(official, ["hazards.rate"])["hazards.rate"] == Rate(9, 10)
    verified = told({"measure": "hazards.rectified", "value": 9}, preset="verified")
    assert value(one(verified, "hazards.rectified")) == 9


def test_no_tally_tells_places_or_leaves_out_the_on_the_spot() -> None:
    book = told({"measure": "hazards.found", "value": 10})
    assert one(book, "hazards.found", question("2024-01-01", "2024-06-30", counting="places")).missing
    assert one(book, "hazards.found", question("2024-01-01", "2024-06-30", exclude_on_spot=True)).missing


@pytest.mark.parametrize(
    ("unit", "number", "yuan"), [("万元", "1.38", Decimal(13800)), ("元", "5", 5), ("", "5", 5), ("亿元", "0.00001", 1000)]
)
def test_money_of_a_tally_is_yuan(unit: str, number: str, yuan: object) -> None:
    assert value(one(told({"measure": "funds.amount", "value": number, "unit": unit}), "funds.amount")) == yuan


def test_a_clause_no_tally_can_have_asks_records_only() -> None:
    book = told({"measure": "hazards.found", "value": 10})
    for words in (["is:overdue"], ["not:sector:fire"], ["防护"], ["found:2024-03"]):
        assert one(book, "hazards.found", question("2024-01-01", "2024-06-30", clauses=parse(words))).missing


def test_a_tally_of_what_names_nothing_tells_nothing() -> None:
    book = told({"measure": "no.such", "value": 10}, {"measure": "hazards.found[sector=nowhere]", "value": 4})
    assert one(book, "hazards.found").missing


def test_a_spread_and_a_plan_keep_their_form() -> None:
    make = Maker()
    make.hazard("2024-03-01")
    make.add("target", kind="figure", period="2024H1", measure="trainings.count", min=2, max=3)
    found = make.book().known(H1, ["ttr", "trainings.planned", "trainings.delivery"])
    assert isinstance(found["ttr"], Spread)
    assert found["trainings.planned"] == Range(Decimal(2), Decimal(3), "期")
    assert isinstance(found["trainings.delivery"], Known)
    assert found["trainings.delivery"].missing


def test_hazards_are_known_while_there_are_any_to_move() -> None:
    make = Maker()
    make.hazard("2023-12-01", done=False)
    assert value(one(make.book(), "hazards.found")) == 0
    assert value(one(make.book(), "stock.opening")) == 1
    later = question("2023-01-01", "2023-06-30")
    assert one(make.book(), "hazards.found", later).missing


@pytest.mark.parametrize("text", ["hazards.fond", "", "hazards.found[sector]", "drills.count[grade=major]", "drills.count[sector=nowhere]"])
def test_an_id_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        Maker().book().known(H1, [text])


def test_a_question_says_what_can_be_asked() -> None:
    book = Maker().book()
    narrow = question("2024-01-01", "2024-06-30", clauses=parse(["grade:major"]))
    assert book.askable(H1, "drills.count[hosted=true]")
    assert not book.askable(narrow, "drills.count")
    assert book.askable(narrow, "hazards.found")
    assert not book.askable(H1, "obligations.met[hosted=true]")
    assert book.askable(H1, "coverage[campaign=x]")


def test_ids_are_read_with_their_scope() -> None:
    assert scoped(" drills.count【hosted=true】 ")[0] == "drills.count"
    assert [(clause.key, clause.values) for clause in scoped("hazards.found[sector=chem+fireworks,grade=major]")[1]] == [
        ("sector", ("chem", "fireworks")),
        ("grade", ("major",)),
    ]


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_every_figure_speaks_both_languages(name: str) -> None:
    it = OTHERS[name]
    assert it.id == name
    assert it.zh
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in it.en + it.definition.say("en"))
    assert any("\u4e00" <= letter <= "\u9fff" for letter in it.definition.say("zh"))


def test_where_nobody_recorded_an_outing_or_a_training_nothing_is_said_of_coverage() -> None:
    make = Maker()
    make.add("unit", id="chem-1", name="XX化工", sector="chem")
    make.add("resource", "2024-01-05", kind="team", count=1, members=9)
    assert one(make.book(), "coverage").missing
    assert one(make.book(), "trainings.team_coverage").missing
    make.add("inspection", "2024-03-01", units=["elsewhere"], people=1)
    make.add("activity", "2024-03-01", kind="training")
    found = make.book().known(H1, ["coverage", "trainings.team_coverage"])
    assert list(found.values()) == [Rate(0, 1), Rate(0, 1)]
