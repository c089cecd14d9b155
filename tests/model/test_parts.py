"""The links that stand in the parts of a record, whatever holds them: a text, a list, a map, or a number in the place of a list."""

from __future__ import annotations

from hazardctl.model.inspection import Inspection
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.parts import links, named, naming, parts
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.shape import held_by
from hazardctl.model.target import Target
from hazardctl.model.typed import typed
from tests.model.records import least
from tests.model.samples import hazard


def linked(kind: str, **more: Raw) -> list[tuple[str, str]]:
    tree: Tree = {**least(kind), **more}
    record = typed(BY_NAME[kind], tree).record
    assert record is not None
    found = [(link.field, link.text) for holder in parts(record) for link in links(holder)]
    assert found == [(field.name, text) for holder in parts(record) for field, text in named(holder.value)]
    return found


def test_the_keys_of_a_map_are_links() -> None:
    assert ("signed", "xx-paper") in linked("inspection", signed={"xx-paper": "signed"})


def test_a_list_holds_links_and_a_number_in_its_place_holds_none() -> None:
    listed: list[Raw] = ["xx-paper", "xx-food"]
    assert [text for field, text in linked("resource", beneficiaries=listed) if field == "beneficiaries"] == listed
    assert not [text for field, text in linked("resource", beneficiaries="28") if field == "beneficiaries"]


def test_a_dotted_field_is_held_by_the_class_of_its_part() -> None:
    holder, name = held_by(Inspection, "led_by.rank")
    assert (holder is not None, name) == (True, "rank")
    assert held_by(Inspection, "led_by.nothing") == (None, "nothing")
    assert held_by(Target, "nothing.rank") == (None, "rank")


def test_parts_in_which_nobody_can_be_named_are_not_entered() -> None:
    seen: list[Raw] = [{"kind": "after", "url": "https://example.org/a.jpg"}]
    said: Tree = {**hazard(), "evidence": seen, "parties": [{"unit": "xx-food", "role": "lessor"}], "plan": {"staff": {"doc": "甲"}}}
    record = typed(BY_NAME["hazard"], said).record
    assert record is not None
    entered = [type(one.value).__name__ for one in naming(record)]
    assert entered == ["Hazard", "Party", "Plan", "PlanItem"]
    assert [one for one in naming(record) if named(one.value)] == [one for one in parts(record) if named(one.value)]
