"""A list that shows little asks for little, and shows the same as the whole list does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

import pytest

from hazardctl.ops.context import Context
from hazardctl.ops.listing import FEW, SORTS, Wanted, listed
from hazardctl.ops.question import Words
from hazardctl.reports.listing import COLUMNS
from hazardctl.sheet import Table

TODAY = dt.date(2026, 6, 30)


@pytest.mark.parametrize("sort", [*SORTS, "-due"])
@pytest.mark.parametrize("limit", [0, 7, FEW, FEW + 1])
def test_the_first_of_a_list_are_the_first_of_the_whole_list(repository: Path, sort: str, limit: int) -> None:
    context, words = Context(repository / "ledger", TODAY), Words()
    whole = listed(context, words, Wanted(sort=sort))
    first = listed(context, words, Wanted(sort=sort, limit=limit))
    assert first.ids == whole.ids[:limit]
    assert listed(context, words, Wanted(sort=sort, limit=limit, ids=True)).ids == first.ids
    assert first.sheet.data["hazards"] == cast("list[object]", whole.sheet.data["hazards"])[:limit]


@pytest.mark.parametrize("columns", ["", "all", "id,hazard,days", *COLUMNS])
def test_a_page_shows_the_same_whether_or_not_programs_get_every_field(repository: Path, columns: str) -> None:
    context, words = Context(repository / "ledger", TODAY), Words()
    page, all_of_it = (listed(context, words, Wanted(columns, page=page)).sheet for page in (True, False))
    (one,), (other,) = ([block for block in sheet.blocks if isinstance(block, Table)] for sheet in (page, all_of_it))
    assert one == other
