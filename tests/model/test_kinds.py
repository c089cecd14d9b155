"""Every kind of record: what it needs, what it refuses, what it says of itself, and that writing keeps what reading found."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.model import fields
from hazardctl.model.accident import Accident
from hazardctl.model.declaration import Declaration
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.events import EVENTS
from hazardctl.model.fields import Part, facts
from hazardctl.model.hazard import Hazard
from hazardctl.model.inspection import Inspection
from hazardctl.model.kinds import BY_NAME, KINDS, Kind
from hazardctl.model.needed import lacking
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record
from hazardctl.model.resource import Resource
from hazardctl.model.risk_point import RiskPoint
from hazardctl.model.schema import json_schema
from hazardctl.model.shape import shapes
from hazardctl.model.tally import Tally
from hazardctl.model.target import Met, Target
from hazardctl.model.typed import Typed, typed
from hazardctl.store.emit import record_text
from hazardctl.vocabulary import BUILT_IN, PREFIXES
from tests.model.records import LEAST, MOST, least, most, tree

jsonschema: Any = pytest.importorskip("jsonschema")
NAMES = sorted(LEAST)
DAY = dt.date(2025, 3, 18)


@functools.cache
def strict(name: str) -> Any:  # noqa: ANN401 (jsonschema has no types)
    """Give the validator of a kind's published schema."""
    return jsonschema.Draft202012Validator(json_schema(BY_NAME[name]))


def read(kind: str, /, **more: Raw) -> Typed:
    """Read the least record of a kind with fields changed or added; None takes one away."""
    return typed(BY_NAME[kind], {**least(kind), **more})


def made(kind: str, /, **more: Raw) -> Any:  # noqa: ANN401 (a record of that kind)
    found = read(kind, **more)
    assert found.record is not None, found.findings
    return found.record


def codes(found: Typed) -> list[tuple[str, str]]:
    return [(finding.code, str(finding.trail[0])) for finding in found.findings]


def test_every_kind_of_the_field_can_be_kept() -> None:
    assert {(kind.prefix, kind.name, kind.folder) for kind in KINDS} == {(prefix, *rest) for prefix, rest in PREFIXES.items()}
    assert {"hazard", "unit", "campaign", *LEAST} == set(BY_NAME) == {"hazard", "unit", "campaign", *MOST}


@pytest.mark.parametrize("name", NAMES)
def test_the_least_and_the_most_of_a_kind_are_sound_for_us_and_for_editors(name: str) -> None:
    for said in (least(name), most(name)):
        found = typed(BY_NAME[name], said)
        assert found.findings == ()
        assert found.record is not None
        assert found.record.day is not None
        assert f"{found.record.day:%Y%m%d}" in found.record.id
        assert [error.message for error in strict(name).iter_errors(as_others_read(name, said))] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_fullest_record_has_every_field_of_its_kind(name: str) -> None:
    common = {"number", "external_ids", "region", "grid", "approx", "tags", "remark", "waivers", "history"}
    assert set(facts(BY_NAME[name].model)) - common <= set(most(name))
    assert list(most(name)) == [field for field in BY_NAME[name].model.order() if field in most(name)]


def needed_always() -> Iterator[tuple[str, str]]:
    for name in NAMES:
        yield from ((name, field) for field, fact in facts(BY_NAME[name].model).items() if fact.required)


@pytest.mark.parametrize(("name", "field"), list(needed_always()))
def test_what_is_always_needed_is_missed(name: str, field: str) -> None:
    found = read(name, **{field: None})
    absent = "HZ006" if found.record is None else facts(BY_NAME[name].model)[field].code
    assert (absent, field) in codes(found)
    assert (found.record is None) == (field in BY_NAME[name].model.essential)
    said = as_others_read(name, {key: value for key, value in least(name).items() if key != field})
    assert any(field in error.message for error in strict(name).iter_errors(said))


@pytest.mark.parametrize(
    ("name", "more", "field"),
    [
        ("inspection", {"people": None}, "inspectors"),
        ("inspection", {"selection": "random"}, "random"),
        ("enforcement", {"unit": None}, "unit"),
        ("enforcement", {"amount": None}, "amount"),
        ("enforcement", {"kind": "detention"}, "persons"),
        ("enforcement", {"kind": "temp_sealed"}, "effective_on"),
        ("resource", {"kind": "fund", "amount": "1"}, "purpose"),
        ("resource", {"kind": "fund", "purpose": "publicity"}, "amount"),
        ("resource", {"count": None}, "count"),
        ("resource", {"members": None}, "members"),
        ("resource", {"kind": "supply", "origin": "donated"}, "items"),
        ("resource", {"kind": "supply", "kinds": "3"}, "origin"),
        ("document", {"year": None}, "year"),
        ("document", {"kind": "plan"}, "level"),
        ("document", {"kind": "submission", "period": "2025Q1"}, "figures"),
        ("document", {"kind": "submission", "figures": {"hazards.found": "1"}}, "period"),
        ("document", {"kind": "order"}, "hazards"),
        ("risk_point", {"grade": None}, "grade"),
        ("risk_point", {"type": "production"}, "unit"),
        ("tip", {"result": "confirmed"}, "hazards"),
        ("target", {"every": None}, "every"),
        ("target", {"met_by": None}, "met_by"),
        ("target", {"kind": "figure", "value": "1"}, "measure"),
        ("target", {"kind": "figure", "measure": "trainings.count"}, "value"),
    ],
)
def test_what_is_needed_in_a_case_is_missed_in_that_case(name: str, more: dict[str, Raw], field: str) -> None:
    found = read(name, **more)
    assert codes(found) == [("HZ006", field)]
    assert found.record is not None
    said = {key: value for key, value in as_others_read(name, {**least(name), **more}).items() if value is not None}
    assert list(strict(name).iter_errors(said))


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("inspection", {"people": None, "inspectors": ["李四"]}),
        ("enforcement", {"unit": None, "units": ["xx-paper", "xx-wood"]}),
        ("enforcement", {"kind": "warning", "amount": None}),
        ("resource", {"kind": "supply", "origin": "donated", "sets": "4"}),
        ("risk_point", {"grade": None, "method": "LEC"}),
        ("target", {"kind": "figure", "measure": "fires", "max": "0"}),
        ("tally", {"figures": [{"measure": "hazards.found", "missing": "true"}], "source": {"doc": "WJ-20250108-7QPD2"}}),
    ],
)
def test_what_stands_in_its_place_will_do(name: str, more: dict[str, Raw]) -> None:
    assert read(name, **more).findings == ()


def test_a_maximum_of_nothing_is_said() -> None:
    assert [name for name, _ in lacking(made("target", kind="figure", measure="fires", max="0"))] == []


def test_what_a_part_lacks_is_known_with_what_would_do_instead() -> None:
    assert [name for name, _ in lacking(made("tally", figures=[{"measure": "x"}]).figures[0])] == ["value / missing"]
    assert [label.en for _, label in lacking(made("tally", source={"place": "第一页"}).source)] == ["title / document"]


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("inspection", "end", "2025年3月"),
        ("inspection", "covert", "是"),
        ("inspection", "people", "三人"),
        ("inspection", "units", {"xx-paper": "1"}),
        ("inspection", "led_by", "镇长"),
        ("inspection", "signed", ["xx-paper"]),
        ("enforcement", "amount", "2万元"),
        ("enforcement", "amount", "10.555"),
        ("enforcement", "notified_at", "2025-03-17"),
        ("enforcement", "notified_at", "2025-03-17T25:00"),
        ("enforcement", "notified_at", "2025-02-30T08:00"),
        ("enforcement", "notified_at", "1989-01-01T08:00"),
        ("activity", "count", "-1"),
        ("activity", "hosted", "no"),
        ("accident", "time", "7:40"),
        ("accident", "time", "24:00"),
        ("accident", "deaths", "无"),
        ("resource", "items", "水泵"),
        ("resource", "beneficiaries", {"n": "3"}),
        ("document", "figures", {"hazards.found": "十二"}),
        ("document", "figures", "12"),
        ("document", "period", "上月"),
        ("risk_point", "inputs", {"L": "-3"}),
        ("tip", "reward", "五百"),
        ("tally", "period", "H1"),
        ("tally", "period", "2025-01-01.."),
        ("tally", "period", "..2025-06-30"),
        ("tally", "period", "1888"),
        ("tally", "period", "key:spring-festival"),
        ("tally", "scope", "全区"),
        ("declaration", "value", "1"),
        ("target", "min", "二"),
        ("inspection", "units", ["长" * 8001]),
    ],
)
def test_what_a_field_cannot_hold_is_told(name: str, field: str, value: Raw) -> None:
    found = read(name, **{field: value})
    assert ("HZ007", field) in codes(found)
    assert found.record is not None


@pytest.mark.parametrize(
    ("name", "field", "inner"),
    [("inspection", "random", "lot"), ("resource", "items", "price"), ("tally", "figures", "sum"), ("accident", "closure", "done")],
)
def test_a_part_has_its_own_fields_only(name: str, field: str, inner: str) -> None:
    part: Raw = {inner: "1"}
    several: Raw = [part]
    found = read(name, **{field: several if isinstance(most(name)[field], list) else part})
    assert any(finding.code == "HZ005" and finding.trail[-1] == inner for finding in found.findings)


@pytest.mark.parametrize("text", ["2025", "2025H1", "2025Q3", "2025-03", "2025年3月", "2024Q4..2025Q1", "2025-W12", "2025-03-12"])
def test_a_period_that_states_its_year_means_the_same_days_for_ever(text: str) -> None:
    record = made("tally", period=text)
    assert record.days is not None
    assert record.days[0] <= record.days[1]


@pytest.mark.parametrize("text", ["campaign:ZX-20250301-9RWK4", "key:2025-spring-festival", "FY2025"])
def test_a_period_whose_days_the_ledger_knows_is_kept_without_days(text: str) -> None:
    assert made("declaration", period=text).days is None
    assert made("target", period=text).day is None


def test_a_record_says_what_is_counted_of_it() -> None:
    outing = made("inspection", orgs=["qingshan-fire"], end="2025-03-12")
    assert isinstance(outing, Inspection)
    assert (outing.joint, outing.last, outing.person_times) == (True, dt.date(2025, 3, 12), 3)
    assert (made("inspection").joint, made("inspection").last) == (False, dt.date(2025, 3, 11))
    assert made("inspection", inspectors=["李四", "王五"]).person_times == 2
    assert made("inspection", people=None).person_times == 0
    assert isinstance(made("declaration"), Declaration)
    assert made("declaration").value == 0
    several: list[Raw] = ["7", ["a", "b"], "a", None]
    assert [made("resource", beneficiaries=said).gainers for said in several] == [7, 2, 1, 0]
    assert isinstance(made("resource"), Resource)


def test_a_stop_is_in_force_from_its_first_day_until_it_is_lifted() -> None:
    stop = typed(BY_NAME["enforcement"], most("enforcement")).record
    assert isinstance(stop, Enforcement)
    assert stop.against == ("xx-wood", "xx-paper")
    asked = [dt.date(2025, 3, 17), dt.date(2025, 3, 18), dt.date(2025, 4, 1), dt.date(2025, 4, 2)]
    assert [stop.in_force(day) for day in asked] == [False, True, True, False]
    standing = made("enforcement", kind="sealed", effective_on="2025-03-18", unit=None, units=["xx-paper"])
    assert (standing.in_force(dt.date(2099, 1, 1)), standing.against) == (True, ("xx-paper",))
    assert not made("enforcement").in_force(DAY)


@pytest.mark.parametrize(
    ("more", "severity"),
    [
        ({}, "general"),
        ({"deaths": "2", "serious_injuries": "9", "loss": "9999999.99"}, "general"),
        ({"deaths": "3"}, "larger"),
        ({"serious_injuries": "10"}, "larger"),
        ({"loss": "10000000"}, "larger"),
        ({"deaths": "10"}, "major"),
        ({"serious_injuries": "50", "deaths": "1"}, "major"),
        ({"loss": "100000000"}, "extraordinary"),
        ({"deaths": "30"}, "extraordinary"),
        ({"injuries": "500"}, "general"),
        ({"deaths": None}, "general"),
    ],
)
def test_the_class_of_an_accident_is_the_highest_of_three_criteria(more: dict[str, Raw], severity: str) -> None:
    accident = made("accident", **more)
    assert isinstance(accident, Accident)
    assert accident.severity == severity


@pytest.mark.parametrize(
    ("inputs", "colour"),
    [
        ({"L": "6", "E": "6", "C": "15"}, "red"),
        ({"L": "3", "E": "6", "C": "15"}, "orange"),
        ({"L": "70"}, "yellow"),
        ({"L": "0.5"}, "blue"),
    ],
)
def test_the_grade_of_a_risk_point_is_the_product_of_its_inputs_against_the_bands(inputs: dict[str, Raw], colour: str) -> None:
    bands = {"LEC": ["320", "160", "70"]}
    point = made("risk_point", grade=None, method="LEC", inputs=dict[str, Raw](inputs))
    assert isinstance(point, RiskPoint)
    assert point.colour(bands) == colour
    assert point.colour({}) == ""
    assert made("risk_point", method="LEC").colour(bands) == "yellow"
    assert made("risk_point", grade=None, method="LEC").colour(bands) == ""


def test_a_risk_point_is_one_until_the_day_it_is_removed() -> None:
    point = made("risk_point", removed_on="2025-12-01")
    asked = [dt.date(2025, 2, 14), dt.date(2025, 2, 15), dt.date(2025, 11, 30), dt.date(2025, 12, 1)]
    assert [point.in_being(day) for day in asked] == [False, True, True, False]
    assert made("risk_point").in_being(dt.date(2099, 1, 1))


def test_a_duty_names_the_kind_that_meets_it_and_what_its_fields_say() -> None:
    duty = made("target", met_by={"record": "activity", "kind": "meeting", "body": "safety_committee"})
    assert isinstance(duty, Target)
    assert isinstance(duty.met_by, Met)
    assert (duty.met_by.record, duty.met_by.filters) == ("activity", {"kind": "meeting", "body": "safety_committee"})
    assert duty.day == dt.date(2025, 1, 1)


def test_typed_values_are_taken_as_they_are() -> None:
    again = {**most("enforcement"), "notified_at": dt.datetime(2025, 3, 17, 16, 20), "amount": Decimal(1)}  # noqa: DTZ001
    assert Enforcement.model_validate(again).notified_at == dt.datetime(2025, 3, 17, 16, 20)  # noqa: DTZ001
    assert fields.as_number(Decimal("1.5")) == Decimal("1.5")
    assert fields.as_gainers(3) == 3


def test_day_and_time_are_local_to_the_ledger() -> None:
    east = dt.timezone(dt.timedelta(hours=8))
    told = {"notified_at": "2025-03-17T23:30:00Z"}
    found = typed(BY_NAME["enforcement"], {**least("enforcement"), **told}, east).record
    assert isinstance(found, Enforcement)
    assert found.notified_at == dt.datetime(2025, 3, 18, 7, 30)  # noqa: DTZ001 (local to the ledger)
    assert made("enforcement", notified_at="2025-03-17 08:00+09:00").notified_at == dt.datetime(2025, 3, 17, 8)  # noqa: DTZ001


@pytest.mark.parametrize("name", NAMES)
def test_only_a_hazard_is_refused_for_its_grade(name: str) -> None:
    assert BY_NAME[name].model.essential == {"id", "schema", BY_NAME[name].model.own_date}
    assert "grade" in Hazard.essential


@pytest.mark.parametrize("name", NAMES)
def test_the_words_and_kinds_that_fields_name_exist(name: str) -> None:
    for model in within(BY_NAME[name].model):
        for field, fact in facts(model).items():
            assert fact.words in {"", "regions", *BUILT_IN}, field
            assert fact.ref in {"", *BY_NAME}, field
            assert {*fact.instead, fact.condition[0]} - {""} <= set(model.model_fields), field
            words = BUILT_IN[facts(model)[fact.condition[0]].words] if fact.condition[0] else {}
            assert set(fact.condition[1]) <= set(words), field


def within(model: type[Part]) -> Iterator[type[Part]]:
    """Give a class and those of the parts in it."""
    yield model
    for shape in shapes(model).values():
        if shape.part:
            yield from within(shape.part)


def test_the_shape_of_a_field_is_its_reader_its_parts_and_whether_there_are_many() -> None:
    found = shapes(Tally)
    assert (found["figures"].reader, found["figures"].many, found["figures"].part is not None) == (None, True, True)
    assert (found["period"].reader, found["period"].part) == (fields.as_period, None)
    assert shapes(Accident)["loss"].reader is fields.as_amount
    assert shapes(Inspection)["units"].many
    assert "history" not in found
    assert shapes(EVENTS["assign"])["due"].reader is fields.as_day


# ------------------------------------------------------------------------------------------------- what is written is read back

WORDS = st.text("青安a1 :,#〔〕{}\"'-é", min_size=1, max_size=12).map(str.strip).filter(bool)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)).map(str)
NUMBERS = st.decimals(0, 999_999_999, places=2).map(lambda value: f"{value:f}")
COUNTS = st.integers(0, 999_999).map(str)
PERIODS = st.sampled_from(["2025", "2025H1", "2024Q3..2025Q1", "2025-03", "2025-03-12", "campaign:ZX-20250301-9RWK4"])
MOMENTS = st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2099, 1, 1)).map(lambda at: at.isoformat(timespec="minutes"))  # noqa: DTZ001
VALUES: dict[object, st.SearchStrategy[Any]] = {
    fields.as_text: WORDS,
    fields.as_day: DAYS,
    fields.as_moment: MOMENTS,
    fields.as_clock: st.times().map(lambda at: at.isoformat(timespec="minutes")),
    fields.as_period: PERIODS,
    fields.as_count: COUNTS,
    fields.as_places: st.integers(1, 999).map(str),
    fields.as_nil: st.just("0"),
    fields.as_amount: NUMBERS,
    fields.as_measured: NUMBERS,
    fields.as_number: NUMBERS,
    fields.as_numbers: st.dictionaries(st.sampled_from(["L", "hazards.found", "coverage"]), NUMBERS, max_size=3),
    fields.as_flag: st.sampled_from(["true", "false"]),
    fields.as_texts: st.lists(WORDS, max_size=3),
    fields.as_gainers: COUNTS | st.lists(WORDS, max_size=2),
    fields.as_open_map: st.dictionaries(WORDS, WORDS, max_size=3),
    None: st.sampled_from(["general", "major"]),
}


def parts(model: type[Part]) -> st.SearchStrategy[Tree]:
    """Draw what may be said of a part: any choice of its fields, always those without which it is none."""
    drawn: dict[str, st.SearchStrategy[Raw]] = {}
    for name, shape in shapes(model).items():
        one: st.SearchStrategy[Raw] = parts(shape.part) if shape.part else VALUES[shape.reader]
        drawn[name] = st.lists(one, max_size=2) if shape.part and shape.many else one
    essential = {"id", "schema", "found_on", "grade", "start", "date"} & set(drawn) if issubclass(model, Record) else set[str]()
    needed = {**{name: drawn[name] for name in essential}, **({"period": drawn["period"]} if model is Target else {})}
    return st.fixed_dictionaries(needed, optional={name: one for name, one in drawn.items() if name not in needed})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(data=st.data())
def test_what_is_written_of_a_record_is_read_back(kind: Kind, data: st.DataObject) -> None:
    said: Tree = {**data.draw(parts(kind.model)), "schema": kind.schema}
    said["history"] = [{"date": "2025-03-18", "do": "register", "by": "李四"}]
    first = typed(kind, dict(said))
    assert first.record is not None
    assert {finding.code for finding in first.findings} <= {"HZ006", "HZ512"}
    assert tree(record_text(said, kind.model.order())) == said
    written = record_text(first.record.model_dump(by_alias=True, exclude_defaults=True), kind.model.order())
    assert typed(kind, tree(written)).record == first.record


def as_others_read(name: str, said: Tree) -> dict[str, Any]:
    """Give a record as a YAML reader with types gives it: days as texts, numbers as numbers."""
    return {key: _other(value, f"{name}.{key}") for key, value in said.items()}


def _other(value: Raw, place: str) -> Any:  # noqa: ANN401 (any value of JSON)
    if isinstance(value, dict):
        return {key: _other(part, f"{place}.{key}") for key, part in value.items()}
    if isinstance(value, list):
        return [_other(part, place) for part in value]
    if isinstance(value, str) and not place.endswith((".seed", ".channel", ".province")):
        plain = {"true": True, "false": False}.get(value)
        number = Decimal(value) if plain is None and value.replace(".", "", 1).isdigit() else None
        return (
            (plain if number is None else int(number) if number == int(number) else float(number))
            if plain is not None or number is not None
            else value
        )
    return value
