"""From what `rollup.yaml` says to the roll-up: pydantic reads what its sections declare (docs/adr/0017)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hazardctl.diagnostics import Finding
from hazardctl.language import Text
from hazardctl.model.configured import model, valued
from hazardctl.model.raw import Tree
from hazardctl.model.rollup import SCHEMA, Rollup
from hazardctl.model.typed import found_wrong, stripped

_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_OTHER_SCHEMA: Final = Text("本程序只识得 {known}，此文件写的是“{it}”", "this program knows {known}, the file says “{it}”")
_BAD_KEY: Final = Text("键“{it}”应为小写字母、数字和连字符", "the key “{it}” must be lower-case letters, digits and hyphens")
_TWICE: Final = Text("键“{it}”重复", "the key “{it}” stands twice")
_SAME: Final = Text("“{it}”列了两次，会被计两遍", "“{it}” is listed twice and would be counted twice")
_NONE: Final = Text("没有列出任何台账", "no ledger is listed")


def rolled(tree: Tree) -> tuple[Rollup | None, tuple[Finding, ...]]:
    """Make a roll-up of what its file says; None and everything that is wrong with it (HZ801)."""
    body = {
        ("schema_" if key == "schema" else key): stripped(value)
        for key, value in tree.items()
        if value is not None and not key.startswith("x-")
    }
    if (stated := body.get("schema_")) not in {None, SCHEMA}:
        return None, (Finding("HZ801", _OTHER_SCHEMA.of(known=SCHEMA, it=str(stated)), ("schema",)),)
    try:
        made = valued(Rollup, model(Rollup).model_validate(body))
    except ValidationError as failure:
        return None, tuple(_wrong(error) for error in failure.errors(include_url=False))
    findings = tuple(_contradictions(made))
    return (None if findings else made), findings


def _wrong(error: ErrorDetails) -> Finding:
    """Give the finding of one thing that could not be read, under its name in the file."""
    loc = tuple("schema" if part == "schema_" else part for part in error["loc"])
    finding = found_wrong(cast("ErrorDetails", {**error, "loc": loc}), "schema")
    return Finding("HZ801", finding.message, finding.trail, repair=finding.repair)


def _contradictions(made: Rollup) -> Iterator[Finding]:
    keys = [one.key for one in made.ledgers]
    sources = [one.source for one in made.ledgers]
    if not keys:
        yield Finding("HZ801", _NONE, ("ledgers",))
    for position, one in enumerate(made.ledgers):
        if not _KEY.fullmatch(one.key):
            yield Finding("HZ801", _BAD_KEY.of(it=one.key), ("ledgers", position, "key"))
        if keys.index(one.key) != position:
            yield Finding("HZ801", _TWICE.of(it=one.key), ("ledgers", position, "key"))
        if sources.index(one.source) != position:
            yield Finding("HZ801", _SAME.of(it=one.source), ("ledgers", position, "source"))
