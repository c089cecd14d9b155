"""Reports of made-up ledgers: held against their schema, laid out on every width, their figures explained one by one."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from wcwidth import wcswidth

from hazardctl.ledger import Ledger
from hazardctl.ops import explain
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting.call import Call, Options, Report, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests.golden import LANGUAGES

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
CONTEXT: Final = Context(Path("/nowhere/ledger"), dt.date(2024, 8, 31))
WIDTHS: Final = (40, 60, 80, 100, 140)


def made(name: str, ledger: Ledger, words: Words, **options: Any) -> Report:  # noqa: ANN401 (any option)
    """Make a report of a ledger in memory."""
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        return report(REPORTS[name], Call(CONTEXT, words, Options(**options)))


def data(name: str, ledger: Ledger, words: Words, **options: Any) -> dict[str, Any]:  # noqa: ANN401 (any option)
    """Give the JSON of a report."""
    said: dict[str, Any] = json.loads(rendered(made(name, ledger, words, **options).sheet, "json", Page()))
    return said


def body(name: str, ledger: Ledger, words: Words, **options: Any) -> dict[str, Any]:  # noqa: ANN401 (any option)
    """Give the JSON of a report after holding it against its schema and every page against its width."""
    jsonschema = pytest.importorskip("jsonschema")
    sheet = made(name, ledger, words, **options).sheet
    said: dict[str, Any] = json.loads(rendered(sheet, "json", Page()))
    schema = json.loads((SCHEMAS / f"{sheet.name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(said)
    for language in LANGUAGES:
        for width in WIDTHS:
            text = rendered(sheet, "text", Page(language, width))
            assert all(wcswidth(line) <= width for line in text.split("\n")), text
            text.replace("∅", "").encode("gbk")
        assert rendered(sheet, "md", Page(language))
        assert rendered(sheet, "csv", Page(language)).count("\n") >= 1
    return said


def page(name: str, ledger: Ledger, words: Words, *, width: int = 140, language: Any = "zh", **options: Any) -> str:  # noqa: ANN401
    """Give the text of a report."""
    return rendered(made(name, ledger, words, **options).sheet, "text", Page(language, width))


def measures(value: object) -> Iterator[str]:
    """Give every id of a measure that a JSON holds."""
    match value:
        case dict():
            for key, part in value.items():
                if key == "measure" and isinstance(part, str) and part:
                    yield part
                elif key == "measures" and isinstance(part, dict):
                    yield from part.values()
                else:
                    yield from measures(part)
        case list():
            for part in value:
                yield from measures(part)
        case _:
            return


def explained(said: dict[str, Any], ledger: Ledger, words: Words) -> int:
    """Explain every figure of a JSON by the id it carries; give how many there were."""
    ids = sorted(set(measures(said)))
    with patch.object(explain, "opened", lambda *_, **__: ledger):
        for one in ids:
            assert json.loads(rendered(explain.explained(CONTEXT, one, words, verbose=True).sheet, "json", Page()))["measure"] == one
    return len(ids)
