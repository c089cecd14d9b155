"""JSON Schemas of the record kinds, from the models (for editors, CI and other programs).

Every description stands in Chinese and English; what a record always needs is `required`, although the program reads a
record without it (docs/adr/0005). A word may be one of the vocabulary or one a ledger added, never free text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from hazardctl.model.fact import Fact
from hazardctl.model.kinds import Kind
from hazardctl.model.seal import SCHEMA as SEAL
from hazardctl.model.seal import Seal
from hazardctl.vocabulary import BUILT_IN

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
ID_PATTERN: Final = r"^[A-Z]{2,6}-\d{8}-[0-9A-HJKMNP-TV-Z]{5}$"
SLUG_PATTERN: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
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
ASIDE: Final = ("zh", "en", "need", "words", "ref", "when", "unless", "after", "code")
"""What a field's description carries for the program alone."""

Schema = dict[str, Any]


def json_schema(kind: Kind) -> Schema:
    """Give the schema of a kind, strict: unknown keys are refused unless they begin with `x-`."""
    made: Schema = kind.model.model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    made["properties"]["schema"] = {**made["properties"]["schema"], "const": kind.schema}
    made["properties"]["id"] = {**made["properties"]["id"], "pattern": f"{ID_PATTERN}|{SLUG_PATTERN}" if kind.slug else ID_PATTERN}
    if kind.name == "hazard":
        made["required"] = [*made["required"], "history"]
    head = {"$schema": DIALECT, "$id": f"{kind.name}.schema.json", "title": kind.schema}
    order = [name for name in kind.model.order() if name in made["properties"]]
    body = {**made, "properties": {name: made["properties"][name] for name in order}}
    return {**head, **{key: value for key, value in body.items() if key not in head}}


def seal_schema() -> Schema:
    """Give the schema of a sealed period, an auxiliary file beside the kinds."""
    made: Schema = Seal.model_json_schema(by_alias=True, mode="validation")
    for part in list(_objects(made)):
        _finished(part)
    made["properties"]["schema"] = {**made["properties"]["schema"], "const": SEAL}
    return {"$schema": DIALECT, "$id": "seal.schema.json", "title": SEAL, **{key: value for key, value in made.items() if key != "title"}}


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
    named: Schema = {"enum": list(vocabulary), "description": "；".join(f"{key} {term.zh}" for key, term in vocabulary.items())}
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
