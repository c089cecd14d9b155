"""From what `hazardctl.yaml` says to the configuration: pydantic reads what the sections declare (docs/adr/0017)."""

from __future__ import annotations

import datetime as dt
import re
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import BeforeValidator, ValidationError, create_model

from hazardctl.diagnostics import Finding, Trail
from hazardctl.language import Text
from hazardctl.model import config, fields, rollup, section, settings
from hazardctl.model.config import Config
from hazardctl.model.evolution import brought
from hazardctl.model.fields import Part
from hazardctl.model.house import HouseRule
from hazardctl.model.migrations import CONFIG
from hazardctl.model.raw import Tree
from hazardctl.model.section import Declared, Section
from hazardctl.model.settings import STAGES, Vocabularies, Word
from hazardctl.model.typed import stripped

S = TypeVar("S", bound=Section)
OWN: Final = "own"
"""The setting that takes every other key of its section."""
HOUSE_CODE: Final = re.compile(r"(?!HZ)[A-Z]{1,4}\d{2,3}", re.ASCII)


def configured(tree: Tree) -> tuple[Config | None, tuple[Finding, ...]]:
    """Make the configuration of what `hazardctl.yaml` says; None and the findings (HZ015) when it is invalid.

    Nothing in it is guessed or skipped: every figure depends on it.
    """
    said = brought(CONFIG, tree)
    if isinstance(said, Finding):
        return None, (replace(said, code="HZ015"),)
    body = stripped({("schema_" if key == "schema" else key): value for key, value in said.items() if not key.startswith("x-")})
    try:
        config = valued(Config, model(Config).model_validate(body))
    except ValidationError as failure:
        return None, tuple(_finding(error) for error in failure.errors(include_url=False))
    findings = tuple(_contradictions(config))
    return (None if findings else config), findings


def _finding(error: Any) -> Finding:  # noqa: ANN401 (pydantic's own shape)
    trail: Trail = tuple("schema" if part == "schema_" else part for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            message = Text("没有“{it}”这项设置", "unknown setting “{it}”", {"it": ".".join(map(str, trail))})
        case "literal_error":
            message = Text("“{it}”不在可用词内", "“{it}” is not one of the words allowed", {"it": str(error["input"])})
        case _:
            text = error.get("ctx", {}).get("text")
            message = text if isinstance(text, Text) else Text("写法不符", "not of the type expected")
    return Finding("HZ015", message, trail)


def _contradictions(config: Config) -> Iterator[Finding]:
    """Find what each part alone does not show: unknown zone, circles and doubles in the region tree, bad days."""
    try:
        config.zone  # noqa: B018 (asked for its error)
    except (KeyError, ValueError, OSError):
        yield Finding("HZ015", Text("没有时区“{it}”", "unknown time zone “{it}”", {"it": config.timezone}), ("timezone",))
    keys = [region.key for region in config.regions]
    for position, region in enumerate(config.regions):
        if keys.index(region.key) != position:
            yield Finding(
                "HZ015", Text("地域键“{it}”重复", "region key “{it}” stands twice", {"it": region.key}), ("regions", position, "key")
            )
        if region.parent and region.parent not in keys:
            yield Finding(
                "HZ015",
                Text("上级“{it}”不在地域表内", "parent “{it}” is not in the tree", {"it": region.parent}),
                ("regions", position, "parent"),
            )
        if region.parent and region.key in config.above(region.parent):
            yield Finding(
                "HZ015", Text("地域“{it}”成环", "region “{it}” runs in a circle", {"it": region.key}), ("regions", position, "parent")
            )
    for day, word in config.calendar.overrides.items():
        if not _is_day(day) or word not in {"holiday", "workday"}:
            message = Text("写成 2024-03-08: holiday 或 workday", "written 2024-03-08: holiday or workday")
            yield Finding("HZ015", message, ("calendar", "overrides", day))
    yield from _of_the_house(config.house_rules)
    yield from _local_words(config.vocabularies)


def _local_words(words: Vocabularies) -> Iterator[Finding]:
    """Find local words that mean nothing."""
    for name, state in words.local_status.items():
        if state not in STAGES:
            message = Text("本地状态用语对应 {known}", "a local word for a status maps to {known}", {"known": STAGES})
            yield Finding("HZ015", message, ("vocabularies", "local_status", name))
    for name, grade in words.local_grades.items():
        if grade not in {"general", "major"}:
            yield Finding(
                "HZ015",
                Text("本地分级对应 general 或 major", "a local grade maps to general or major"),
                ("vocabularies", "local_grades", name),
            )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _of_the_house(rules: Sequence[HouseRule]) -> Iterator[Finding]:
    """Find codes that are none, stand twice or look like ours, and rules that say nothing or forbid nothing."""
    codes = [one.code for one in rules]
    for position, one in enumerate(rules):
        at = ("house_rules", position)
        if not HOUSE_CODE.fullmatch(one.code):
            yield Finding("HZ015", Text("代码写作 H01，不以 HZ 开头", "a code is written H01, and does not begin with HZ"), (*at, "code"))
        if codes.index(one.code) != position:
            yield Finding("HZ015", Text("代码“{it}”重复", "code “{it}” stands twice", {"it": one.code}), (*at, "code"))
        if bool(one.forbid) == bool(one.measure):
            yield Finding("HZ015", Text("写 forbid 或 measure 之一", "write one of forbid and measure"), at)
        if not one.message.zh:
            yield Finding("HZ015", Text("没有写提示 message: {zh, en}", "message: {zh, en} is missing"), at)


# ---------------------------------------------------------------------------------------------- the sections as pydantic has them


def _words(value: object) -> object:
    """Take the short form `{key: 名称}` of a word as well as the long one."""
    if isinstance(value, Mapping):
        words = cast("Mapping[str, object]", value)
        return {key: {"zh": word} if isinstance(word, str) else word for key, word in words.items()}
    return value


_MODELS: Final[dict[type[Section], type[Part]]] = {}


def model(kind: type[Section]) -> type[Part]:
    """Give the pydantic model of a section: the settings it declares, each with its labels; unknown keys are refused."""
    if kind not in _MODELS:
        _MODELS[kind] = _made(kind)
    return _MODELS[kind]


def _made(kind: type[Section]) -> type[Part]:
    parts = [one.of for one in kind.declared.values() if one.of is not None]
    names = {
        **vars(fields),
        **vars(section),
        **vars(settings),
        **vars(config),
        **vars(rollup),
        **{part.__name__: model(part) for part in parts},
    }
    hints = typing.get_type_hints(kind, names, include_extras=True)
    made: dict[str, Any] = {name: (hints[name], _field(one)) for name, one in kind.declared.items() if name != OWN}
    return create_model(kind.__name__, __base__=_Open if OWN in kind.declared else Part, **made)


def _field(one: Declared) -> Any:  # noqa: ANN401 (pydantic's own signature)
    return fields.fact(one.zh, one.en, ... if one.default is ... else "", **one.more)  # of what is read, only what is said is taken


_Word = model(Word)


class _Open(Part, frozen=True, extra="allow"):
    """A section in which every other key is a vocabulary, with the words that are added to it."""

    __pydantic_extra__: dict[str, Annotated[dict[str, _Word], BeforeValidator(_words, json_schema_input_type=dict[str, str | _Word])]]  # type: ignore[valid-type]  # pyright: ignore[reportIncompatibleVariableOverride, reportInvalidTypeForm] (how pydantic types extras)


def valued(kind: type[S], read: Part) -> S:
    """Give the section that was read: what the file says, and no default."""
    said = {name: _value(getattr(read, name), kind.declared[name].of) for name in kind.declared if name in read.model_fields_set}
    if OWN in kind.declared and read.__pydantic_extra__:
        said[OWN] = _value(read.__pydantic_extra__, kind.declared[OWN].of)
    return kind(**said)


def _value(read: object, of: type[Section] | None) -> object:
    match read:
        case Part() if of is not None:
            return valued(of, read)
        case tuple():
            return tuple(_value(part, of) for part in cast("tuple[object, ...]", read))
        case dict() if of is not None:
            return {key: _value(part, of) for key, part in cast("dict[str, object]", read).items()}
        case _:
            return read
