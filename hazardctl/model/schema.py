"""JSON Schemas of the record kinds and of the configuration, from the models (for editors, CI and other programs).

Every description stands in Chinese and English; what a record always needs is `required`, although the program reads a
record without it (docs/adr/0005). A word may be one of the vocabulary or one a ledger added, never free text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from hazardctl.language import Text
from hazardctl.model.config import Config
from hazardctl.model.configured import model
from hazardctl.model.evolution import schema_of
from hazardctl.model.fact import Fact
from hazardctl.model.ids import SLUG
from hazardctl.model.kinds import KINDS, Kind
from hazardctl.model.migrations import CONFIG
from hazardctl.model.rollup import SCHEMA as ROLLUP
from hazardctl.model.rollup import Rollup
from hazardctl.model.seal import SCHEMA as SEAL
from hazardctl.model.seal import Seal
from hazardctl.vocabulary import BUILT_IN, KIND_NAMES

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID_PATTERN: Final = r"^[A-Z]{2,6}-\d{8}-[0-9A-HJKMNP-TV-Z]{5}$"
SLUG_PATTERN: Final = f"^{SLUG}$"
ADDED_WORD: Final = r"^[a-z][a-z0-9_]*$"
CLOSED: Final = frozenset(
    {
        "grades",
        "decisions",
        "results",
        "close_reasons",
        "withdraw_reasons",
        "supervise_levels",
        "stops",
        "evidence_kinds",
        "kinds",
        "approximations",
        "signatures",
        "tip_results",
        "cycles",
        "tally_presets",
        "target_kinds",
        "frequencies",
    }
)
SETTINGS: Final = Text("台账配置", "configuration of a ledger")
ROLLED: Final = Text("几个台账的汇总", "a roll-up of ledgers")
SEALED: Final = Text("封存的统计期", "a sealed period")
ASIDE: Final = ("zh", "en", "need", "words", "ref", "when", "unless", "after", "code")
"""What a field's description carries for the program alone."""

Schema = dict[str, Any]


def json_schemas() -> Iterator[tuple[str, Schema]]:
    """Give every schema by the name of its file."""
    yield from ((f"{kind.name}.schema.json", json_schema(kind)) for kind in KINDS)
    yield f"{CONFIG}.schema.json", config_schema()
    yield "seal.schema.json", seal_schema()
    yield "rollup.schema.json", rollup_schema()


def json_schema(kind: Kind) -> Schema:
    """Give the schema of a kind, strict: unknown keys are refused unless they begin with `x-`."""
    made: Schema = kind.model.model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    made["properties"]["id"] = {**made["properties"]["id"], "pattern": f"{ID_PATTERN}|{SLUG_PATTERN}" if kind.slug else ID_PATTERN}
    if kind.name == "hazard":
        made["required"] = [*made["required"], "history"]
    order = [name for name in kind.model.order() if name in made["properties"]]
    return _headed({**made, "properties": {name: made["properties"][name] for name in order}}, kind.schema, KIND_NAMES[kind.name].label)


def config_schema() -> Schema:
    """Give the schema of `hazardctl.yaml`, as strict as those of the kinds."""
    made: Schema = model(Config).model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    _unbent(made)
    made["required"] = ["schema"]
    return _headed(made, schema_of(CONFIG), SETTINGS)


def _unbent(made: Schema) -> None:
    """Give `schema_` the name it has in a file."""
    made["properties"] = {("schema" if name == "schema_" else name): field for name, field in made["properties"].items()}
    made["required"] = ["schema" if name == "schema_" else name for name in made["required"]]


def _headed(made: Schema, schema: str, name: Text) -> Schema:
    """Put the head above a schema, which says the kind and the version it is of."""
    made["properties"]["schema"] = {**made["properties"]["schema"], "const": schema}
    head = {"$schema": DIALECT, "$id": f"hazardctl/{schema}", "title": f"{name.zh} / {name.en} ({schema})"}
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def seal_schema() -> Schema:
    """Give the schema of a sealed period, an auxiliary file beside the kinds."""
    made: Schema = Seal.model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    return _headed(made, SEAL, SEALED)


def rollup_schema() -> Schema:
    """Give the schema of `rollup.yaml`."""
    made: Schema = model(Rollup).model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    _unbent(made)
    return _headed(made, ROLLUP, ROLLED)


def _objects(schema: object) -> Iterator[Schema]:
    """Find every description of an object in a schema."""
    if isinstance(schema, dict):
        part = cast("Schema", schema)
        if "properties" in part:
            yield part
        for value in part.values():
            yield from _objects(value)
    elif isinstance(schema, list):
        for value in cast("list[object]", schema):
            yield from _objects(value)


def _finished(part: Schema) -> None:
    """Make one object strict: required fields, words, no defaults that would only be noise, `x-` keys allowed."""
    properties: Mapping[str, Schema] = part["properties"]
    meant = {name: Fact(**{key: field.pop(key) for key in ASIDE if key in field}) for name, field in properties.items() if "zh" in field}
    for name, field in properties.items():
        field.pop("default", None)
        field.pop("title", None)
        if name in meant:
            field["description"] = f"{meant[name].zh} / {meant[name].en}"
            _worded(field, meant[name].words)
        else:  # `do`, the one field whose meaning is the act itself
            verb = BUILT_IN["verbs"][field["const"]]
            field["description"] = f"{verb.zh} / {verb.en}"
    part.pop("title", None)
    part.pop("description", None)
    part["required"] = [name for name in properties if name == "do" or (name in meant and meant[name].required)]
    conditions = [_condition(name, fact) for name, fact in meant.items() if fact.need == "always" and not fact.required]
    if conditions:
        part["allOf"] = conditions
    part["patternProperties"] = {"^x-": {}}
    part.setdefault("additionalProperties", False)


def _condition(name: str, fact: Fact) -> Schema:
    """Say when a field is needed, and what may stand in its place."""
    needed: Schema = {"anyOf": [{"required": [one]} for one in (name, *fact.instead)]}
    field, words = fact.condition
    return {"if": {"properties": {field: {"enum": list(words)}}, "required": [field]}, "then": needed} if field else needed


def _worded(field: Schema, words: str) -> None:
    """Put the words of a vocabulary into a field: one word, a list of them, or a mapping to them."""
    if words not in BUILT_IN:
        return
    vocabulary = BUILT_IN[words]
    meant = [f"{term.zh} / {term.en}" for term in vocabulary.values()]
    said = "；".join(f"{key} {meaning}" for key, meaning in zip(vocabulary, meant, strict=True))
    named: Schema = {"enum": list(vocabulary), "enumDescriptions": meant, "description": said}
    word = named if words in CLOSED else {"anyOf": [named, {"type": "string", "pattern": ADDED_WORD}]}
    if field.get("type") == "object":
        field["additionalProperties"] = word
        return
    many = "anyOf" in field
    for key in ("type", "maxLength", "anyOf", "enum"):
        field.pop(key, None)
    if many:
        field["anyOf"] = [word, {"type": "array", "items": word}]
    else:
        field.update({key: value for key, value in word.items() if key not in field})
