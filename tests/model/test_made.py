"""Values made without pydantic are the values pydantic makes, and what is odd is left to it."""

from __future__ import annotations

from typing import cast

import pytest

from hazardctl.model.accident import Accident
from hazardctl.model.events import EVENTS, event
from hazardctl.model.fields import Part
from hazardctl.model.hazard import Evidence, Plan, Provision
from hazardctl.model.kinds import KINDS
from hazardctl.model.made import ODD, form, made
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record
from hazardctl.model.risk_point import RiskPoint
from hazardctl.model.target import Target


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Provision, {"doc": "消防法"}),
        (Evidence, {"kind": "after", "date": "2024-03-12"}),
        (Plan, {"target": {"text": "消除", "done_on": "2024-03-12"}}),
        (Plan, {}),
        (RiskPoint, {"id": "a", "schema": "b", "date": "2024-03-12", "checks": [], "inputs": {"L": "0.5"}}),
    ],
)
def test_a_value_is_the_one_pydantic_makes(model: type[Part], said: Raw) -> None:
    mine, theirs = made(model, said), model.model_validate(said)
    assert mine == theirs
    assert mine.__dict__ == theirs.__dict__
    assert mine.model_fields_set == theirs.model_fields_set
    assert mine.model_dump() == theirs.model_dump()


@pytest.mark.parametrize(
    ("model", "said"),
    [
        (Provision, "消防法"),
        (Provision, {"dok": "消防法"}),
        (Provision, {"doc": ["消防法"]}),
        (Evidence, {"date": ["2024-03-12"]}),
        (Evidence, {"date": "2024-03-12T08:30"}),
        (Evidence, {"date": "2024-02-30"}),
        (Plan, {"target": "消除"}),
        (Record, {"id": "a"}),
        (RiskPoint, {"id": "a", "schema": "b", "date": "2024-03-12", "checks": {"a": "b"}}),
        (EVENTS["note"], {"date": "2024-03-12"}),
        (EVENTS["note"], {"date": "2024-03-12", "do": ["note"]}),
        (EVENTS["note"], {"date": "2024-03-12", "do": "start"}),
        (Target, {"id": "a", "schema": "b", "period": "2024", "met_by": {"record": "activity", "kind": "training"}}),
        (Accident, {"id": "a", "schema": "b", "date": "2024-03-12", "reported_at": "2024-03-12T08:30"}),
    ],
)
def test_what_is_odd_is_left_to_pydantic(model: type[Part], said: Raw) -> None:
    with pytest.raises(ODD):
        made(model, said)


@pytest.mark.parametrize("verb", EVENTS)
def test_every_verb_makes_its_event(verb: str) -> None:
    said: Raw = {"date": "2024-03-12", "do": verb, "by": "张三", "evidence": ["a", "b"]}
    assert made(EVENTS[verb], said) == event(cast("dict[str, object]", said))
    assert form(EVENTS[verb]).required == {"date", "do"}


@pytest.mark.parametrize("said", ["general", ["major"], "minor"])
def test_a_closed_choice_is_one_of_its_words(said: Raw) -> None:
    from hazardctl.model.hazard import Hazard

    _, read = form(Hazard).reads["grade"]
    if said == "general":
        assert read(said) == "general"
    else:
        with pytest.raises(ODD):
            read(said)


@pytest.mark.parametrize("model", [*(kind.model for kind in KINDS), *EVENTS.values(), Provision, Evidence, Plan])
def test_no_class_checks_more_than_its_fields_do(model: type[Part]) -> None:
    decorators = model.__pydantic_decorators__
    assert not any((decorators.validators, decorators.field_validators, decorators.root_validators, decorators.model_validators))
