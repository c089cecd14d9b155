"""A record whose names of other records are replaced, each by what a function gives for it: parts, events and corrections too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, TypeVar, cast

from hazardctl.model.events import EVENTS, Corrected, Event, Verified, amended
from hazardctl.model.fields import Part
from hazardctl.model.fingerprint import fingerprint
from hazardctl.model.hazard import Hazard
from hazardctl.model.parts import fields
from hazardctl.model.record import Record
from hazardctl.model.target import Met

Naming: TypeAlias = Callable[[str, str], str]
"""Gives the name that takes the place of another, from the kind it names and the text."""

P = TypeVar("P", bound=Part)
R = TypeVar("R", bound=Record)
SCOPES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("unit", "units", "to", "responsible", "owner", "org", "party", "issuer", "found_by_org"), "unit"),
    **dict.fromkeys(("regulator_industry", "regulator_local", "regulator_general"), "unit"),
    **{kind: kind for kind in ("campaign", "inspection", "risk_point", "hazard")},
}
"""Key of a scope → the kind of record its values name."""


def renamed(record: R, own_id: str, naming: Naming) -> R:
    """Give a record under another id, every name in it replaced; a verification goes on fitting the facts it was given for."""
    made = _part(record, naming).model_copy(update={"id": own_id})
    changes: dict[str, object] = {}
    if any(isinstance(act, Corrected) and act.event is not None for act in record.history):
        acts = amended(record.history)[0]
        changes["history"] = tuple(
            _correction(now, acts, naming) if isinstance(now, Corrected) else now for now in made.history
        )  # fmt: skip
    for name in ("scope", "measure", "figures", "met_by"):
        if (held := getattr(made, name, None)) and (new := _scoped(name, held, naming)) != held:
            changes[name] = new
    made = made.model_copy(update=changes) if changes else made
    return cast("R", _vouched(record, made)) if isinstance(record, Hazard) and isinstance(made, Hazard) else made


def _part(part: P, naming: Naming) -> P:
    changes: dict[str, object] = {}
    for field in fields(type(part)):
        if not (field.fact.ref or field.nested):
            continue
        held: object = getattr(part, field.attribute)
        if held and (new := _value(held, field.fact.ref, naming)) != held:
            changes[field.attribute] = new
    return part.model_copy(update=changes) if changes else part


def _value(held: object, kind: str, naming: Naming) -> object:
    match held:
        case Part():
            return _part(held, naming)
        case str():
            return naming(kind, held) if kind else held
        case tuple():
            return tuple(_value(one, kind, naming) for one in cast("tuple[object, ...]", held))
        case Mapping():
            return {naming(kind, name): one for name, one in cast("Mapping[str, object]", held).items()}
        case _:
            return held


def _correction(act: Corrected, acts: tuple[Event, ...], naming: Naming) -> Corrected:
    """Rename what a correction of an event puts in its place, where that is a name."""
    number = act.event or 0
    if not 1 <= number <= len(acts):
        return act
    kind = next((one.fact.ref for one in fields(EVENTS[acts[number - 1].do]) if one.name == act.field), "")
    if not kind:
        return act
    return act.model_copy(update={name: _said(getattr(act, name), kind, naming) for name in ("was", "now")})


def _said(value: Any, kind: str, naming: Naming) -> Any:  # noqa: ANN401 (what was written, whatever it is)
    if isinstance(value, list):
        return [_said(one, kind, naming) for one in cast("list[object]", value)]
    return naming(kind, value) if isinstance(value, str) and value else value


def _scoped(name: str, held: Any, naming: Naming) -> Any:  # noqa: ANN401 (a scope, a measure or figures)
    """Rename the values of scopes, also of those that stand in the brackets of measures."""
    match held:
        case str():
            return _bracketed(held, naming)
        case Met():
            return held.model_copy(update={key: _values(key, text, naming) for key, text in held.filters.items()})
        case tuple():
            figures = cast("tuple[Part, ...]", held)
            return tuple(one.model_copy(update={"measure": _bracketed(getattr(one, "measure", ""), naming)}) for one in figures)
        case _ if name == "figures":
            return {_bracketed(measure, naming): value for measure, value in held.items()}
        case _:
            return {key: _values(key, text, naming) for key, text in held.items()}


def _values(key: str, text: str, naming: Naming) -> str:
    kind = SCOPES.get(key)
    return "+".join(naming(kind, one.strip()) for one in text.split("+") if one.strip()) if kind else text


def _bracketed(measure: str, naming: Naming) -> str:
    head, bracket, rest = measure.partition("[")
    if not bracket:
        return measure
    parts = (part.partition("=") for part in rest.rstrip("] ").split(","))
    said = ",".join(f"{key.strip()}{equals}{_values(key.strip(), text, naming)}" for key, equals, text in parts)
    return f"{head}[{said}]"


def _vouched(before: Hazard, after: Hazard) -> Hazard:
    """Keep a verification's fingerprint true: it vouched for facts that are the same under other names (DOMAIN §3.9)."""
    if not any(isinstance(act, Verified) and act.fingerprint for act in before.history):
        return after
    then, now = fingerprint(before), fingerprint(after)
    fits = (isinstance(act, Verified) and act.fingerprint == then for act in before.history)
    acts = tuple(act.model_copy(update={"fingerprint": now}) if one else act for act, one in zip(after.history, fits, strict=True))
    return after.model_copy(update={"history": acts})
