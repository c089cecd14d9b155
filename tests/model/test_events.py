"""Events: sixteen frozen facts, and the corrections laid over them."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from decimal import Decimal
from zoneinfo import ZoneInfoNotFoundError

import pytest
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from hazardctl.model import events as ev
from hazardctl.model import fields
from hazardctl.model.days import zone_of
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.typed import typed
from hazardctl.vocabulary import VERBS
from tests.model.samples import hazard, history


def made(**more: object) -> ev.Event:
    return ev.event({"date": "2024-03-12", "by": "李四", **more})


def test_every_verb_of_the_field_has_its_class() -> None:
    assert set(ev.EVENTS) == set(VERBS)


@pytest.mark.parametrize("verb", sorted(ev.EVENTS))
def test_an_event_written_and_read_is_the_same(verb: str) -> None:
    event = made(do=verb, note="备注")
    assert ev.event(ev.written(event)) == event
    assert type(event) is ev.EVENTS[verb]


def test_an_unknown_verb_is_refused() -> None:
    with pytest.raises(ValidationError):
        made(do="accept")


def test_fields_stand_in_the_order_of_the_field() -> None:
    event = made(do="assign", to="xx-paper", due="2024-03-27", number="1号", person="王五")
    assert list(ev.in_order(ev.written(event))) == ["date", "do", "by", "to", "person", "due", "number"]
    assert list(ev.in_order({"note": "x", "date": "d", "do": "note"})) == ["date", "do", "note"]


def corrected(*corrections: dict[str, object]) -> tuple[tuple[ev.Event, ...], tuple[int, ...]]:
    lines = [*history(), *({"date": "2024-04-01", "do": "correct", "by": "李四", "reason": "录入错误", **one} for one in corrections)]
    record = typed(BY_NAME["hazard"], hazard(history=lines)).record  # type: ignore[arg-type]
    assert record is not None
    return ev.amended(record.history)


def test_a_history_without_corrections_stands_as_it_is() -> None:
    assert corrected({"field": "site", "was": "a", "now": "b"})[1] == ()


def test_a_correction_changes_a_field_of_an_event_and_the_later_one_wins() -> None:
    events, bad = corrected(
        {"event": "3", "field": "date", "was": "2024-03-20", "now": "2024-03-19"},
        {"event": "3", "field": "date", "was": "2024-03-19", "now": "2024-03-18"},
        {"event": "3", "field": "by", "was": ["赵六", "孙八"], "now": ["赵六"]},
    )
    assert events[2].date == dt.date(2024, 3, 18)
    assert events[2].by == ("赵六",)
    assert bad == ()


@pytest.mark.parametrize(
    "one",
    [
        {"event": "99", "field": "date", "now": "2024-03-19"},
        {"event": "0", "field": "date", "now": "2024-03-19"},
        {"event": "3", "field": "do", "now": "close"},
        {"event": "3", "field": "date", "now": "昨天"},
        {"event": "3", "field": "nothing", "now": "x"},
    ],
)
def test_a_correction_that_makes_no_event_is_named_and_changes_nothing(one: dict[str, object]) -> None:
    events, bad = corrected(one)
    assert bad == (5,)
    assert events[2].date == dt.date(2024, 3, 20)


def test_a_correction_can_take_a_value_away() -> None:
    events, bad = corrected({"event": "2", "field": "due", "was": "2024-03-27"})
    assert bad == ()
    assert isinstance(events[1], ev.Assigned)
    assert events[1].due is None


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (fields.as_count, "12", 12),
        (fields.as_places, "3", 3),
        (fields.as_count, 12, 12),
        (fields.as_amount, "118600.00", Decimal("118600.00")),
        (fields.as_amount, Decimal(1), Decimal(1)),
        (fields.as_measured, "730.485", Decimal("730.485")),
        (fields.as_measured, Decimal(1), Decimal(1)),
        (fields.as_flag, "true", True),
        (fields.as_flag, False, False),
        (fields.as_texts, "李四", ("李四",)),
        (fields.as_texts, "", ()),
        (fields.as_texts, ["李四", "王五"], ("李四", "王五")),
    ],
)
def test_a_value_is_read_as_it_was_written(read: object, text: object, value: object) -> None:
    assert read(text) == value  # type: ignore[operator]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (fields.as_count, "-1"),
        (fields.as_count, "9" * 5000),
        (fields.as_count, "１２"),
        (fields.as_places, "0"),
        (fields.as_amount, "1e5"),
        (fields.as_amount, "1.234"),
        (fields.as_measured, "x"),
        (fields.as_flag, "yes"),
        (fields.as_flag, "True"),
        (fields.as_text, {"a": "b"}),
    ],
)
def test_a_value_that_is_not_what_the_field_holds_is_refused(read: object, text: object) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.type == "HZ007"


def test_the_zone_of_the_ledger_is_known_without_zone_data(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(name: str) -> dt.tzinfo:
        raise ZoneInfoNotFoundError(name)

    assert zone_of("Asia/Shanghai").utcoffset(dt.datetime(2024, 1, 1, tzinfo=dt.UTC)) == dt.timedelta(hours=8)
    monkeypatch.setattr(zoneinfo, "ZoneInfo", nothing)
    assert zone_of("Asia/Shanghai").utcoffset(None) == dt.timedelta(hours=8)
    with pytest.raises(ZoneInfoNotFoundError):
        zone_of("Mars/Olympus")


def test_a_field_says_what_it_means_in_both_languages() -> None:
    due = fields.facts(ev.Assigned)["due"]
    assert (due.zh, due.need, due.label.en) == ("整改期限", "always", "deadline")
    assert "with" in fields.facts(ev.Assigned)
    assert "do" not in fields.facts(ev.Assigned)
    assert fields.facts(BaseModel) == {}
