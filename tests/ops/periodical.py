"""What every report of a period is held to: its schema, every width, the pages last looked at, and an explanation of each figure."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from wcwidth import wcswidth

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.ops import explain
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests import worked
from tests.golden import GOLDEN_WIDTHS, held

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
CONTEXT: Final = Context(Path("/nowhere/ledger"), dt.date(2024, 9, 1))
WIDTHS: Final = (40, 60, 80, 100, 140)


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """Give the worked example on disk."""
    return Context(worked.write(tmp_path), dt.date(2024, 8, 31))


def body(report: Report, widths: Sequence[int] = WIDTHS) -> dict[str, Any]:
    """Give the JSON of a report after holding it against its schema and every page against its width."""
    jsonschema = pytest.importorskip("jsonschema")
    said: dict[str, Any] = json.loads(rendered(report.sheet, "json", Page()))
    schema = json.loads((SCHEMAS / f"{report.sheet.name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(said)
    fits(report.sheet, widths)
    return said


def fits(sheet: Sheet, widths: Sequence[int] = WIDTHS) -> None:
    """Hold every page of a sheet against its width and an old console; the sign of a missing figure is read there otherwise."""
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        for width in widths:
            text = rendered(sheet, "text", Page(language, width))
            assert all(wcswidth(line) <= width for line in text.split("\n")), text
            text.replace("∅", "").encode("gbk")
        rendered(sheet, "md", Page(language))
        rendered(sheet, "csv", Page(language))


def held_pages(name: str, sheet: Sheet, language: Language) -> None:
    """Compare the pages of a sheet with those kept, on every width."""
    for width in GOLDEN_WIDTHS:
        held(f"{name}-{width}-{language}", rendered(sheet, "text", Page(language, width)))


def explained(ledger: Ledger, figures: Iterable[Mapping[str, Any]], **words: str) -> None:
    """Hold each figure of a JSON against what `explain` says of its measure for its days and as-of day."""
    for one in figures:
        if one["state"] == "missing":
            continue
        days = one["period"]
        asked = Words(f"{days['from']}..{days['to']}", as_of=one["as_of"], **words)  # type: ignore[arg-type]
        with patch.object(explain, "opened", lambda *_, **__: ledger):
            said = json.loads(rendered(explain.explained(CONTEXT, one["measure"], asked).sheet, "json", Page()))
        figure = said["figure"]
        if isinstance(figure, dict) and "items" in figure:
            figure = figure["told"] if figure["items"] is None else figure["items"]
        wanted = int(Decimal(one["value"]) * 100) if one["unit"] == "元" and isinstance(figure, int) else one["value"]  # whole fen
        assert figure == wanted, one
