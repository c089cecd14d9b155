"""The questions asked of ledgers nobody thought of: every sum closes, every line fits, every format says the same."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from hazardctl.ledger import Ledger
from hazardctl.measures import DIMENSIONS, REGISTRY, Question
from hazardctl.model.raw import Tree
from hazardctl.ops import explain, listing, overdue
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import summary
from hazardctl.ops.reporting.call import Call, Options
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.reports.answers import COHORT, STOCK_IN, STOCK_OUT
from hazardctl.sheet import Sheet
from tests import strategies

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
CONTEXT: Final = Context(Path("/nowhere/ledger"), dt.date(2024, 9, 1))
PRESETS: Final = ("default", "official", "rectified", "verified", "closed")


def body(sheet: Sheet) -> dict[str, Any]:
    """Give the JSON of a sheet after holding it against its schema, and its text after measuring every line."""
    jsonschema = pytest.importorskip("jsonschema")
    said: dict[str, Any] = json.loads(rendered(sheet, "json", Page()))
    schema = json.loads((SCHEMAS / f"{sheet.name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(said)
    for width in (60, 100):
        text = rendered(sheet, "text", Page("zh", width))
        assert all(wcswidth(line) <= width for line in text.split("\n")), text
    rendered(sheet, "md", Page("en"))
    rendered(sheet, "csv", Page("en"))
    return said


def words(question: Question, preset: str, cutoff: str) -> Words:
    return Words(f"{question.start}..{question.end}", as_of=question.as_of.isoformat(), basis=preset, cutoff=cutoff)


LEDGERS: Final = strategies.ledgers()
QUESTIONS: Final = strategies.questions()
BASES: Final = st.sampled_from(PRESETS)
CUTOFFS: Final = st.sampled_from(["period", "asof"])
GROUPS: Final = st.lists(st.sampled_from(sorted(DIMENSIONS)), min_size=1, max_size=2, unique=True)


def loaded(trees: Sequence[Tree]) -> Ledger:
    return strategies.loaded(trees)


@given(trees=LEDGERS, question=QUESTIONS, preset=BASES, cutoff=CUTOFFS, groups=GROUPS)
def test_e3_e28_every_report_adds_up(trees: list[Tree], question: Question, preset: str, cutoff: str, groups: list[str]) -> None:
    with patch.object(calling, "opened", lambda *_, **__: loaded(trees)):
        said = body(summary.make(Call(CONTEXT, words(question, preset, cutoff), Options(tuple(groups)))).sheet)
    assert said["found"] == sum(said[part] for part in COHORT)
    stock = said["stock"]
    assert sum(stock[part] for part in STOCK_IN) - sum(stock[part] for part in STOCK_OUT) == stock["closing"]
    if not any(DIMENSIONS[name].many for name in groups):
        assert sum(line["found"] for line in said["groups"]) == said["found"]
        assert sum(line["overdue"] for line in said["groups"]) == said["overdue"]
    assert said["rate"]["denominator"] == said["found"]


@given(trees=LEDGERS, question=QUESTIONS)
def test_the_overdue_list_is_what_the_list_and_the_report_call_overdue(trees: list[Tree], question: Question) -> None:
    asked = Words(as_of=question.as_of.isoformat())
    ledger = loaded(trees)
    with patch.object(overdue, "opened", lambda *_, **__: ledger):
        chased = body(overdue.listed(CONTEXT, asked, overdue.Wanted("7d")).sheet)
    with patch.object(listing, "opened", lambda *_, **__: ledger):
        late = body(listing.listed(CONTEXT, Words(filters=("is:overdue",), as_of=asked.as_of), listing.Wanted("all")).sheet)
        every = body(listing.listed(CONTEXT, asked, listing.Wanted()).sheet)
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        said = body(summary.make(Call(CONTEXT, words(question, "default", "period"))).sheet)
    ids = sorted(one["id"] for one in chased["overdue"])
    assert ids == sorted(one["id"] for one in late["hazards"]) == sorted(one["id"] for one in said["overdue_list"])
    assert all(one["days"] >= 1 for one in chased["overdue"])
    assert set(ids) <= {one["id"] for one in every["hazards"]}
    assert not set(ids) & {one["id"] for one in (*chased["due_soon"], *chased["no_due"])}


@given(trees=LEDGERS, question=QUESTIONS, preset=BASES, name=st.sampled_from(sorted(REGISTRY)))
def test_every_figure_is_explained_by_its_records(trees: list[Tree], question: Question, preset: str, name: str) -> None:
    with patch.object(explain, "opened", lambda *_, **__: loaded(trees)):
        said = body(explain.explained(CONTEXT, name, words(question, preset, "period"), verbose=True).sheet)
    sums = {side: sum(one["value"] for one in parts) for side, parts in said["records"].items()}
    figure = said["figure"]
    if isinstance(figure, int):
        assert sums == {"members": figure}
    elif "numerator" in figure:
        assert sums == {"numerator": figure["numerator"], "denominator": figure["denominator"]}
    else:
        assert len(said["records"]["members"]) == figure["n"]
