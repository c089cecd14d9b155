"""From what a file says to a frozen record, with everything that is wrong on the way (HZ005 HZ006 HZ007 HZ009 HZ013 HZ014).

A record is refused only when a field that decides figures cannot be read: its id, schema, own date, grade, or any event.
Everything else that is wrong is a finding, and the record goes on counting: leaving it out would improve the figures
(docs/adr/0005).
"""

from __future__ import annotations

import copy
import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hazardctl.diagnostics import Finding, Trail
from hazardctl.language import Text
from hazardctl.model.events import EVENTS
from hazardctl.model.evolution import brought
from hazardctl.model.fields import LONGEST, facts
from hazardctl.model.kinds import Kind
from hazardctl.model.needed import lacking
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.record import Record

DERIVED: Final = frozenset(
    {"status", "state", "overdue", "open", "closed", "total", "rate", "rectified", "verified", "days", "overdue_days", "due", "deadline"}
)
OWN_WORDS: Final = "x-"
NOT_ONE: Final = Text("应为一个值，这里是列表或映射", "one value expected, not a list or a mapping")
NO_EVENT: Final = Text("空的一行，没有事件", "an empty line, without an event")
TOO_LONG: Final = Text("文字超过 {n} 字", "text longer than {n} characters", {"n": LONGEST})


@dataclass(frozen=True, slots=True)
class Typed:
    """A record, or None when it had to be refused; the `x-` fields kept beside it; all findings."""

    record: Record | None
    extras: Mapping[str, Raw]
    findings: tuple[Finding, ...]


def typed(kind: Kind, tree: Tree, zone: dt.tzinfo | None = None) -> Typed:
    """Make a record of what a file says.

    Args:
        kind: the kind its folder belongs to.
        tree: the mapping as written, every scalar a text.
        zone: the ledger's time zone, for the few values with a time of day.
    """
    findings: list[Finding] = []
    said = brought(kind.name, tree)
    if isinstance(said, Finding):
        return Typed(None, _extras(tree), (said,))
    tree, extras = said, _extras(said)
    body = {key: stripped(value) for key, value in tree.items() if value is not None and key not in extras}
    findings += _unknown(kind, body)
    broken = list(_history(body))
    findings += (finding for finding, _ in broken)
    findings += (Finding("HZ012", NO_EVENT, ("history", at)) for at, line in enumerate(tree.get("history") or ()) if line is None)
    if any(fatal for _, fatal in broken):
        return Typed(None, extras, tuple(findings))
    record, wrong = _validated(kind, body, zone)
    return Typed(record, extras, (*findings, *wrong, *(missing(record) if record else ())))


def stripped(value: Raw) -> Raw:
    """Leave out what says nothing: keys whose value is absent."""
    if isinstance(value, dict):
        return {key: part if isinstance(part, str) else stripped(part) for key, part in value.items() if part is not None}
    if isinstance(value, list):
        return [part if isinstance(part, str) else stripped(part) for part in value if part is not None]
    return value


def _extras(tree: Tree) -> Mapping[str, Raw]:
    return {key: value for key, value in tree.items() if key.startswith(OWN_WORDS)}


def _unknown(kind: Kind, body: dict[str, Raw]) -> Iterator[Finding]:
    known = _known(kind.model)
    for key in [key for key in body if key not in known]:
        del body[key]
        if key in DERIVED:
            message = Text("“{it}”是推算出来的，不应写入记录", "“{it}” is derived and never stored", {"it": key})
            yield Finding("HZ014", message, (key,), repair=Text("删去这一行", "remove the line"))
        else:
            yield _unknown_field((key,))


def _unknown_field(trail: Trail) -> Finding:
    return Finding(
        "HZ005",
        Text("没有“{it}”这个字段", "unknown field “{it}”", {"it": str(trail[-1])}),
        trail,
        repair=Text("改正拼写，或以 x- 开头保留它", "correct the spelling, or begin it with x- to keep it"),
    )


def _history(body: dict[str, Raw]) -> Iterator[tuple[Finding, bool]]:
    """Look at the verbs and field names of the history; yields findings and whether each refuses the record."""
    lines = body.get("history", [])
    if not isinstance(lines, list):
        yield Finding("HZ012", Text("history 应为列表，一行一个事件", "history must be a list, one event a line"), ("history",)), True
        return
    for position, line in enumerate(lines):
        trail: Trail = ("history", position)
        if not isinstance(line, dict):
            yield Finding("HZ012", Text("事件应写成 {{date: …, do: …}}", "an event is written {{date: …, do: …}}", {"": ""}), trail), True
        elif line.get("do") not in EVENTS:
            yield _unknown_verb(line, trail), True
        else:
            known = facts(EVENTS[str(line["do"])])
            for key in [key for key in line if key != "do" and key not in known]:
                if not key.startswith(OWN_WORDS):
                    message = Text("事件 {do} 没有“{it}”这个字段", "a {do} line has no field “{it}”", {"do": line["do"], "it": key})
                    yield Finding("HZ013", message, (*trail, key)), False
                del line[key]


def _unknown_verb(line: Mapping[str, Raw], trail: Trail) -> Finding:
    verb = line.get("do")
    if verb is None:
        return Finding("HZ013", Text("事件缺少 do", "the event has no do"), trail)
    return Finding("HZ013", Text("没有“{it}”这种事件", "unknown event “{it}”", {"it": str(verb)}), (*trail, "do"))


def _validated(kind: Kind, body: Tree, zone: dt.tzinfo | None) -> tuple[Record | None, list[Finding]]:
    """Validate; drop what cannot be read and is not essential, then validate what is left: each round has fewer parts."""
    try:
        return kind.model.model_validate(body, context={"zone": zone}), []
    except ValidationError as failure:
        errors = failure.errors(include_url=False)
    findings = [found_wrong(error, kind.model.own_date) for error in errors]
    if any(str(finding.trail[0]) in kind.model.essential for finding in findings):
        return None, findings
    rest = copy.deepcopy(body)
    for finding in sorted(findings, key=lambda finding: [str(part).zfill(6) for part in finding.trail], reverse=True):
        _drop(rest, finding.trail)
    record, more = _validated(kind, rest, zone)
    return record, findings + more


def _drop(tree: Tree, trail: Trail) -> None:
    place: Any = tree
    for part in trail[:-1]:
        place = place[part]
    del place[trail[-1]]


def found_wrong(error: ErrorDetails, own_date: str = "") -> Finding:
    """Give the finding of one thing that could not be validated; `own_date` is what a record without any field lacks first."""
    trail: Trail = error["loc"]
    if len(trail) > 3 and trail[0] == "history":
        trail = (*trail[:2], *trail[3:])
    trail = trail or (own_date or "id",)
    match error["type"]:
        case "missing":
            return _absent(trail)
        case "extra_forbidden":
            return _unknown_field(trail)
        case "literal_error":
            words = Text("“{it}”不在可用词内", "“{it}” is not one of the words allowed", {"it": str(error["input"])})
            return Finding("HZ008", words, trail)
        case "string_type":
            return Finding("HZ007", NOT_ONE, trail)
        case "string_too_long":
            return Finding("HZ007", TOO_LONG, trail)
        case _:
            text = error.get("ctx", {}).get("text")
            return Finding("HZ007", text if isinstance(text, Text) else Text("写法不符", "not of the type expected"), trail)


def _absent(trail: Trail) -> Finding:
    return Finding("HZ006", Text("缺少必填项“{it}”", "required field “{it}” is missing", {"it": str(trail[-1])}), trail)


def missing(record: Record) -> Iterator[Finding]:
    """Name the facts that are needed and not there; what events need is the business of the life-cycle rules."""
    for name, label in lacking(record):
        first = name.partition(" ")[0]
        yield Finding(
            facts(type(record))[first].code,
            Text("缺少必填项“{it}”（{label}）", "required field “{it}” is missing ({label})", {"it": name, "label": label}),
            (first,),
        )


@functools.cache
def _known(model: type[Record]) -> frozenset[str]:
    return frozenset(model.order())
