"""What the words of a filter find, by key, by name, by condition and by day; and what they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.filters import Clause, bracket, parse
from hazardctl.language import LANGUAGES
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.scope import CONDITIONS
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.typed import typed
from hazardctl.vocabulary import life
from tests import strategies, worked
from tests.measures.asked import behind, book, book_of, half_year, hazard, ids, ledger_of

Case = tuple[list[Tree], Question]
YEAR = Question(dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2024, 6, 30))


def record(kind: str, /, **fields: Raw) -> Entry[Record]:
    made = typed(BY_NAME[kind], {"schema": f"{kind}/1", **fields})
    assert made.record is not None, made.findings
    return Entry(BY_NAME[kind], made.record, f"{kind}s/{fields['id']}.yaml")


def town(*more: Entry[Record]) -> Ledger:
    """Give four hazards of two units, three regions and two campaigns."""
    settings = strategies.config(
        key_periods=[
            {"id": "flood", "zh": "汛期", "every": "06-01..09-15"},
            {"id": "spring", "zh": "春节", "en": "Spring Festival", "ranges": ["2024-02-03..2024-02-18"]},
        ],
        people=[{"name": "赵六", "aliases": ["老赵"]}],
        vocabularies={"sectors": {"homestay": {"zh": "民宿", "parent": "culture_tourism"}}},
    )
    made = ledger_of(
        hazard(
            "2024-02-10",
            "02-10 assign 02-20",
            letter="A",
            region="village",
            sector="homestay",
            unit="shunfa",
            tags=["复查"],
            number="青安〔2024〕1号",
        ),
        hazard(
            "2024-03-01", "03-01 assign 07-05", letter="B", region="town", sector="chem", unit="顺发加油站", campaign=["ZX-20240301-4NR8C"]
        ),
        hazard(
            "2024-06-05",
            "06-05 assign 06-20",
            "06-18 rectify",
            "06-19 pass",
            letter="C",
            region="",
            unit="yy-gas",
            sector="gas",
            description="管线 Ａ 老化",
            risk_point="FX-20240101-QQQQQ",
        ),
        hazard(
            "2024-06-20",
            letter="D",
            region="county",
            unit="山野民宿",
            sector="fire",
            site="客房",
            parties=[{"unit": "shunfa", "role": "owner"}],
            found_by=["老赵", "王五"],
        ),
        config=settings,
    )
    units = (
        record(
            "unit",
            id="shunfa",
            name="顺发加油站",
            aliases=["顺发石油"],
            types=["gas_station"],
            kind="enterprise",
            regulators={"industry": "YY燃气公司"},
        ),
        record("unit", id="yy-gas", name="YY燃气公司", region="village", kind="enterprise"),
        record("unit", id="yy-water", name="YY供水公司", kind="enterprise"),
    )
    campaigns = (
        record("campaign", id="ZX-20240301-4NR8C", name="春季执法行动", alias="spring-drive", start="2024-03-01"),
        record("campaign", id="ZX-20240401-QQQQQ", name="夏季行动", start="2024-04-01"),
    )
    return replace(made, entries=(*made.entries, *units, *campaigns, *more))


@pytest.fixture(scope="module")
def opened() -> Book:
    return Book(town())


def found(opened: Book, *words: str, question: Question = YEAR) -> str:
    return "".join(ids(opened, "hazards.found", replace(question, clauses=parse(words))))


WORDS = [
    (["unit:shunfa"], "AB"),
    (["unit:顺发加油站"], "AB"),
    (["unit:顺发石油"], "AB"),
    (["unit:顺发"], "AB"),
    (["unit:山野民宿"], "D"),
    (["unit:山野"], "D"),
    (["unit:顺发,yy-gas"], "ABC"),
    (["not:unit:顺发"], "CD"),
    (["region:county"], "ABCD"),
    (["region:青山镇"], "ABC"),
    (["region:东村"], "AC"),
    (["sector:culture_tourism"], "A"),
    (["sector:民宿"], "A"),
    (["sector:危险化学品,gas"], "BC"),
    (["campaign:ZX-20240301-4NR8C"], "B"),
    (["campaign:spring-drive"], "B"),
    (["campaign:春季执法行动"], "B"),
    (["campaign:4NR8C"], "B"),
    (["grade:一般"], "ABCD"),
    (["state:待销号"], "C"),
    (["to:xx-paper"], "ABC"),
    (["responsible:xx-paper", "sector:chem"], "B"),
    (["person:老赵"], "ABC"),
    (["found_by:赵六"], "D"),
    (["unit_type:加油站"], "AB"),
    (["tag:复查"], "A"),
    (["regulator_industry:yy-gas"], "AB"),
    (["risk_point:FX-20240101-QQQQQ"], "C"),
    (["site:客房"], "D"),
    (["number:青安〔2024〕1号"], "A"),
    (["key:flood"], "CD"),
    (["key:春节"], "A"),
    (["key:2024-spring"], "A"),
    (["key:spring,flood"], "ACD"),
    (["id:CASEA"], "A"),
    (["id:YH-20240301-CASEB,cased"], "BD"),
    (["found:2024-06"], "CD"),
    (["found:..2024-03-01"], "AB"),
    (["found:2024-03-01.."], "BCD"),
    (["due:2024-06"], "C"),
    (["not:due:2024-06"], "ABD"),
    (["due<2024-06-20"], "A"),
    (["rectified:2024-06-18"], "C"),
    (["is:overdue"], "A"),
    (["is:临期"], "B"),
    (["is:done"], "C"),
    (["is:undated"], "D"),
    (["is:open,to_close"], "ABCD"),
    (["not:is:open"], "C"),
    (["管线a"], "C"),
    (["管线", "region:county"], "C"),
    (["not:管线"], "ABD"),
    (["unit:顺发", "is:overdue"], "A"),
]


@pytest.mark.parametrize(("words", "expected"), WORDS, ids=lambda value: " ".join(value) if isinstance(value, list) else "")
def test_words_find_what_they_say(opened: Book, words: Sequence[str], expected: str) -> None:
    assert found(opened, *words) == expected


def test_brackets_ask_for_any_field_of_a_hazard(opened: Book) -> None:
    asked = [
        ("party=shunfa", "D"),
        ("local_grade=1级", ""),
        ("basis=GB 50016-2014", "ABCD"),
        ("category=object+person", "ABCD"),
        ("sector=chem+gas", "BC"),
    ]
    for text, expected in asked:
        assert "".join(ids(opened, "hazards.found", replace(YEAR, clauses=bracket(text)))) == expected, text


REFUSED = [
    ("unit:顺发加由站", "台账里没有", "顺发加油站"),
    ("unit:YY", "多个单位", "YY供水公司"),
    ("region:青山", "台账里没有", "青山镇"),
    ("sector:消房", "台账里没有", ""),
    ("campaign:winter-drive", "台账里没有", "spring-drive"),
    ("campaign:冬", "台账里没有", ""),
    ("id:ZZZZZ", "台账里没有", ""),
    ("key:winter", "", ""),
    ("found:someday", "", ""),
    ("state:finished", "台账里没有", ""),
]


@pytest.mark.parametrize(("word", "said", "hint"), REFUSED)
def test_a_word_that_names_nothing_is_refused_and_never_an_empty_table(opened: Book, word: str, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        found(opened, word)
    lines = "\n".join(caught.value.lines("zh"))
    assert said in lines
    assert hint in lines
    assert caught.value.exit_code == 2


def test_a_field_hazards_do_not_have_is_refused_with_those_they_have(opened: Book) -> None:
    for text in ("level=township", "month=2024-01"):
        with pytest.raises(UsageError) as caught:
            ids(opened, "hazards.found", replace(YEAR, clauses=bracket(text)))
        assert all("sector" in "\n".join(caught.value.lines(language)) for language in LANGUAGES)


def test_a_word_outside_the_vocabulary_finds_the_records_that_use_it() -> None:
    opened = Book(ledger_of(hazard("2024-03-01", sector="moonshine")))
    assert found(opened, "sector:moonshine") == "A"


def test_a_campaign_without_a_record_finds_the_hazards_that_name_it() -> None:
    opened = Book(ledger_of(hazard("2024-03-01", campaign=["ZX-20240101-GONE0"]), hazard("2024-03-02", letter="B")))
    assert found(opened, "campaign:ZX-20240101-GONE0") == "A"


def test_two_units_of_one_name_are_both_found() -> None:
    twin = record("unit", id="shunfa-2", name="顺发加油站", kind="enterprise")
    assert found(Book(town(twin)), "unit:顺发加油站") == "AB"


def test_key_periods_of_an_empty_ledger_find_nothing() -> None:
    empty = Book(Ledger(strategies.config(key_periods=[{"id": "flood", "every": "06-01..09-15"}])))
    assert found(empty, "key:flood") == ""


def test_conditions_that_change_mean_the_day_that_decides_the_line(opened: Book) -> None:
    clauses = parse(["is:overdue"])
    early = Question(dt.date(2024, 1, 1), dt.date(2024, 12, 31), dt.date(2024, 2, 20), clauses=clauses)
    assert ids(opened, "hazards.found", early) == []
    assert ids(opened, "stock.open", replace(early, as_of=dt.date(2024, 2, 21))) == ["A"]
    cohort = half_year("2024-07-31", clauses=clauses)
    assert behind("hazards.found", cohort) == "E N"
    assert behind("hazards.found", replace(cohort, cutoff="asof")) == "D E N O"
    assert behind("stock.open", cohort) == "D E N O"


def test_every_condition_has_a_meaning_and_every_meaning_a_word() -> None:
    assert set(CONDITIONS) == set(life.CONDITIONS)


CONDITION_IDS = {
    "open": "C D E F L N O P",
    "overdue": "E L N",
    "due_soon": "D O",
    "to_verify": "C P",
    "to_close": "H",
    "done": "A B H I J K",
    "major": "H I",
    "listed": "",
    "stopped": "",
    "suspect": "",
    "returned": "",
    "reopened": "N",
    "extended": "I",
    "undated": "F",
    "withdrawn": "",
    "transferred": "M",
    "closed": "A B G I J K",
}


@pytest.mark.parametrize("condition", sorted(CONDITIONS))
def test_conditions_on_the_worked_example(condition: str) -> None:
    rows = book().listing(worked.END_OF_JUNE, (Clause("is", (condition,), kind="is"),))
    assert worked.letters(str(row["id"]) for row in rows) == CONDITION_IDS[condition]


def test_listed_stopped_suspect_and_returned() -> None:
    supervised: Tree = {**worked.tree("D"), "id": "YH-20240620-CASES", "stop": "partial"}
    supervised["history"] = [worked.event("06-20 assign 07-05"), {"date": "2024-06-21", "do": "supervise", "level": "county"}]
    checked: Tree = {**worked.tree("C"), "id": "YH-20240520-CASEF"}
    checked["history"] = [
        {"date": "2024-05-20", "do": "assign", "to": "xx-paper", "due": "2024-06-10"},
        {"date": "2024-05-21", "do": "rectify"},
        {"date": "2024-05-22", "do": "verify", "result": "pass", "fingerprint": "000000000000"},
    ]
    failed: Tree = {**worked.tree("C"), "id": "YH-20240520-CASER"}
    failed["history"] = [worked.event("05-20 assign 06-10"), worked.event("05-21 rectify"), worked.event("05-22 fail")]
    opened = Book(strategies.loaded([supervised, checked, failed]))
    rows = {str(row["id"])[-1]: row for row in opened.listing(worked.END_OF_JUNE)}
    assert rows["S"]["flags"] == ("due_soon", "listed", "stopped")
    assert rows["F"]["flags"] == ("suspect",)
    assert rows["R"]["flags"] == ("overdue", "returned")


@given(
    case=strategies.cases(most=4),
    word=st.sampled_from(["is:open", "sector:fire", "grade:major", "due:2024-03", "老化"]),
)
def test_a_clause_and_its_negation_part_every_cohort(case: Case, word: str) -> None:
    trees, question = case
    opened = Book(strategies.loaded(trees))
    both = [opened.members(replace(question, clauses=parse([text])), "hazards.recorded")["members"] for text in (word, f"not:{word}")]
    whole = opened.members(question, "hazards.recorded")["members"]
    assert sorted(one.id for part in both for one in part) == [one.id for one in whole]


def test_overdue_is_of_the_day_a_stock_is_counted_on_not_of_the_last_day_of_the_period() -> None:
    late = book_of(hazard("2024-06-01", "06-01 assign 07-10", letter="A"))
    overdue = parse(["is:overdue"])
    assert ids(late, "stock.open", half_year("2024-07-31", clauses=overdue)) == ["A"]
    assert ids(late, "stock.open", half_year("2024-07-10", clauses=overdue)) == []
    assert ids(late, "hazards.found", half_year("2024-07-31", clauses=overdue)) == []
