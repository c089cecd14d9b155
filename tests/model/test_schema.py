"""The published schemas are what the models say, accept the sample ledger and see planted errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hazardctl.model.fields import facts
from hazardctl.model.kinds import KINDS, Kind
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.schema import json_schema
from tests.model.samples import hazard

jsonschema: Any = pytest.importorskip("jsonschema")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_published_schema_is_what_the_model_says(kind: Kind, repository: Path) -> None:
    published = json.loads((repository / "schemas" / f"{kind.name}.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(published)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_is_described_in_both_languages(kind: Kind) -> None:
    for name, field in json_schema(kind)["properties"].items():
        assert " / " in field["description"] or "；" in field["description"], name
        assert facts(kind.model)[name].zh


def wrong(tree: Tree) -> list[str]:
    hazards: Any = json_schema(KINDS[0])
    return sorted(error.message for error in jsonschema.Draft202012Validator(hazards).iter_errors(tree))


def test_a_sound_record_fits() -> None:
    assert wrong(hazard()) == []
    assert wrong({**hazard(), "x-import": {"列": "值"}}) == []


@pytest.mark.parametrize(
    "more",
    [
        {"requirment": "清理"},
        {"sector": "消防"},
        {"grade": "critical"},
        {"found_on": "2024.3.12"},
        {"id": "YH-20240312-7K2OL"},
        {"schema": "hazard/2"},
        {"history": [{"date": "2024-03-12", "do": "accept", "by": "李四"}]},
        {"history": [{"date": "2024-03-12", "do": "assign", "by": "李四"}]},
        {"accident_types": ["火灾"]},
    ],
)
def test_a_planted_error_is_seen(more: dict[str, Raw]) -> None:
    assert wrong(hazard(**more))


def test_what_is_always_needed_is_required() -> None:
    tree = hazard()
    for name in ("id", "schema", "description", "found_on", "source", "found_by_org", "unit", "sector", "grade", "history"):
        assert wrong({key: value for key, value in tree.items() if key != name})


def test_a_word_a_ledger_added_is_not_refused() -> None:
    assert wrong(hazard(sector="homestay")) == []
