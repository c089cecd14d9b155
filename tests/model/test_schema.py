"""The published schemas are what the models say, accept the sample ledger and see planted errors."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.model.kinds import KINDS, Kind
from hazardctl.model.migrations import STEPS, Step
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.schema import config_schema, json_schema, json_schemas
from tests.model.samples import hazard

jsonschema: Any = pytest.importorskip("jsonschema")
yaml_reader: Any = pytest.importorskip("check_jsonschema.parsers.yaml")


OPEN: Final = ({"local_grades", "local_status"}, {"record"})
"""Fields beside which any word may stand: the vocabularies of a ledger, the filters of what meets a target."""
SCHEMAS: Mapping[str, Any] = dict(json_schemas())


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_published_schema_is_what_the_model_says(name: str, repository: Path) -> None:
    published = json.loads((repository / "schemas" / name).read_text(encoding="utf-8"))
    assert published == SCHEMAS[name]
    jsonschema.Draft202012Validator.check_schema(published)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_and_every_word_is_described_in_both_languages(name: str) -> None:
    for where, field in described(SCHEMAS[name]):
        assert " / " in field["description"], where
        for part in (field, *field.get("anyOf", ())):
            if "enumDescriptions" in part:
                assert len(part["enum"]) == len(part["enumDescriptions"])
                assert all(" / " in word for word in part["enumDescriptions"]), where


def described(schema: object, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every field of every object in a schema."""
    if isinstance(schema, dict):
        for name, field in schema.get("properties", {}).items():
            yield f"{where}.{name}", field
        for key, part in schema.items():
            if key != "if":
                yield from described(part, f"{where}.{key}")
    elif isinstance(schema, list):
        for part in schema:
            yield from described(part, where)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_object_is_closed_but_for_own_fields(name: str) -> None:
    objects = [part for part in (SCHEMAS[name], *SCHEMAS[name].get("$defs", {}).values()) if "properties" in part]
    assert objects
    for part in objects:
        assert "^x-" in part["patternProperties"]
        assert part["additionalProperties"] is False or part["properties"].keys() in OPEN


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_says_its_version(name: str) -> None:
    it = SCHEMAS[name]
    kind = name.removesuffix(".schema.json")
    assert it["$id"] == f"hazardctl/{kind}/1"
    assert it["properties"]["schema"]["const"] == f"{kind}/1"
    assert "schema" in it["required"]


def test_a_new_version_of_a_kind_is_one_of_its_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "unit", (Step(dict),))
    made = dict(json_schemas())["unit.schema.json"]
    assert (made["$id"], made["properties"]["schema"]["const"]) == ("hazardctl/unit/2", "unit/2")


def read(path: Path) -> object:
    """Read a file as check-jsonschema does."""
    loaded: object = yaml_reader.construct_yaml_implementation(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_sample_ledger_fits(kind: Kind, repository: Path) -> None:
    validator = jsonschema.Draft202012Validator(SCHEMAS[f"{kind.name}.schema.json"])
    files = sorted((repository / "ledger" / kind.folder).rglob("*.yaml"))
    assert files
    assert {path.name: error.message for path in files for error in validator.iter_errors(read(path))} == {}


def test_check_jsonschema_says_the_same(repository: Path, tmp_path: Path) -> None:
    def checked(name: str, *paths: Path) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(repository / "schemas" / name), *map(str, paths)]
        return subprocess.run(words, capture_output=True, text=True, check=False)

    hazards = sorted((repository / "ledger" / "hazards").rglob("*.yaml"))
    bad = tmp_path / hazards[0].name
    bad.write_text(hazards[0].read_text(encoding="utf-8").replace("grade: ", "grade: critical #"), encoding="utf-8")
    done = checked("hazard.schema.json", *hazards)
    assert done.returncode == 0, done.stdout
    done = checked("hazard.schema.json", bad)
    assert done.returncode == 1
    assert "$.grade: 'critical' is not one of ['general', 'major']" in done.stdout
    assert checked("config.schema.json", repository / "ledger" / "hazardctl.yaml").returncode == 0


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


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({}, True),
        ({"vocabularies": {"sectors": {"homestay": {"zh": "民宿", "parent": "culture_tourism"}, "camp": "营地"}}}, True),
        ({"vocabularies": {"local_grades": {"1级": "major"}}}, True),
        ({"editor": {"modeline": True}, "x-own": [1]}, True),
        ({"editor": {"modline": True}}, False),
        ({"deadlines": {"rules": [{"days": 15, "count": "weekly"}]}}, False),
        ({"deadlines": {"rules": [{"grade": "major"}]}}, False),
        ({"regions": [{"key": "east"}]}, False),
        ({"schema": "config/2"}, False),
        ({"colour": "red"}, False),
    ],
)
def test_the_schema_of_the_configuration_is_as_strict(more: dict[str, Any], *, fits: bool) -> None:
    tree = {"schema": "config/1", **more}
    assert jsonschema.Draft202012Validator(config_schema()).is_valid(tree) is fits
