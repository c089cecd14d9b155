"""The seal (封存) of a period: what was published, and what was restated since (DOMAIN §2.1 "Sealed periods").

A seal is an auxiliary file, not a record: it has no id and no history. Its figures never change; lines are added to its
restatements.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema

from hazardctl.diagnostics import Finding
from hazardctl.language import Text
from hazardctl.model.fields import Day, Filters, Names, Part, PeriodWord, TextMap, Words, as_open_map, as_text, fact, wrong
from hazardctl.model.raw import Tree
from hazardctl.model.typed import found_wrong, stripped

SCHEMA: Final = "seal/1"
ABSENT: Final = "∅"
_PUBLISHED: Final = re.compile(r"∅|/|(?:(?:over|nearly|about) )?-?\d{1,15}(?:\.\d{1,6})?", re.ASCII)
_OTHER_SCHEMA: Final = Text("本程序只识得 {known}，此文件写的是“{it}”", "this program knows {known}, the file says “{it}”")


def as_published(value: object) -> str:
    """Take a figure as it was published: a number, `over 200` for 200余, `/` for no rate, `∅` for nothing known."""
    text = as_text(value)
    if not _PUBLISHED.fullmatch(text):
        zh, en = "应为公布的数，如 79、98.63、over 200、/", "a published figure such as 79, 98.63, over 200 or / expected"
        raise wrong(f"{zh}，这里是“{{it}}”", f"{en}, not “{{it}}”", it=text[:40])
    return text


def as_figures(value: object) -> Mapping[str, str]:
    """Take a mapping of measures, with their scope in brackets, to published figures."""
    return {key: as_published(part) for key, part in as_open_map(value).items()}


_FIGURE: Final = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": f"^(?:{_PUBLISHED.pattern})$"}]}
Published = Annotated[str, PlainValidator(as_published), WithJsonSchema(_FIGURE)]
PublishedMap = Annotated[
    Mapping[str, str], PlainValidator(as_figures), WithJsonSchema({"type": "object", "additionalProperties": _FIGURE})
]  # fmt: skip


class Restatement(Part, frozen=True):
    """A figure that was restated after it was published, with the reason."""

    date: Day = fact("更正日期", "date", ..., need="always")
    by: Names = fact("更正人", "by", (), need="always")
    measure: Words = fact("指标", "measure", ..., need="always")
    was: Published = fact("原数", "was", ..., need="always")
    now: Published = fact("现数", "now", ..., need="always")
    reason: Words = fact("理由", "reason", ..., need="always")


class Seal(Part, frozen=True):
    """The figures of a period as they were published."""

    schema_: Words = Field(
        alias="schema",
        description="模式版本 / schema version",
        json_schema_extra={"zh": "模式版本", "en": "schema version", "need": "always"},
    )
    period: PeriodWord = fact("统计期", "period", ..., need="always")
    as_of: Day = fact("截至日期", "as of", ..., need="always")
    preset: Words = fact("口径", "basis", ..., need="always", words="presets")
    cutoff: Words = fact("截止方式", "cut-off", "period")
    counting: Words = fact("计数", "counting", "records")
    scope: Filters = fact("统计范围", "scope", {}, need="always")
    sealed_on: Day = fact("封存日期", "sealed on", ..., need="always")
    by: Names = fact("封存人", "by", (), need="always")
    commit: Words = fact("台账提交", "commit of the ledger")
    definitions: TextMap = fact("指标定义摘要", "digests of the definitions", {})
    figures: PublishedMap = fact("公布的数", "published figures", ..., need="always")
    restatements: tuple[Restatement, ...] = fact("更正", "restatements", ())

    def standing(self, measure: str) -> str:
        """Give what is said of a measure now: its last restatement, else the sealed figure."""
        said = [one.now for one in self.restatements if one.measure == measure]
        return said[-1] if said else self.figures[measure]


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal, and the path of its file relative to the ledger root."""

    path: str
    seal: Seal


def sealed(tree: Tree, zone: dt.tzinfo | None = None) -> tuple[Seal | None, tuple[Finding, ...]]:
    """Make a seal of what its file says; None and the findings where anything in it cannot be read.

    Args:
        tree: the mapping as written, every scalar a text.
        zone: the ledger's time zone.
    """
    body = {key: stripped(value) for key, value in tree.items() if value is not None and not key.startswith("x-")}
    if (stated := body.get("schema")) not in {None, SCHEMA}:
        return None, (Finding("HZ009", _OTHER_SCHEMA.of(known=SCHEMA, it=str(stated)), ("schema",)),)
    try:
        return Seal.model_validate(body, context={"zone": zone}), ()
    except ValidationError as failure:
        return None, tuple(found_wrong(error) for error in failure.errors(include_url=False))
