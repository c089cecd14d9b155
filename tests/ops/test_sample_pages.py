"""The sample ledger through every question, on every width, in both languages."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from wcwidth import wcswidth

from hazardctl.language import Language
from hazardctl.ops import explain, listing, overdue, show
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options
from hazardctl.ops.reporting.call import report as made
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.ops.reporting.summary import make
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests.golden import LANGUAGES

ROOT: Final = Path(__file__).resolve().parents[2] / "ledger"
CONTEXT: Final = Context(ROOT, dt.date(2023, 12, 31))


def figures(period: str, *filters: str) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(rendered(make(Call(CONTEXT, Words(period, filters))).sheet, "json", Page()))
    return said


@pytest.mark.parametrize(
    ("period", "found"), [("2023H1", 79), ("campaign:ZX-20230103-8KQ2M", 31), ("campaign:ZX-20230410-5TRW7", 22), ("key:all", 26)]
)
def test_the_first_half_year_is_that_of_its_published_summary(period: str, found: int) -> None:
    said = figures(period)
    assert (said["found"], said["rectified"], said["rate"]["value"]) == (found, found, "100.00")


def sheets() -> Iterator[tuple[str, Sheet]]:
    ids = listing.listed(CONTEXT, Words(), listing.Wanted()).ids
    for group in (("sector",), ("sector", "grade"), ("responsible",), ("month", "campaign")):
        yield f"report by {group}", make(Call(CONTEXT, Words("2023"), Options(group))).sheet
    yield "official", make(Call(CONTEXT, Words("2023", basis="official"))).sheet
    for one in (one for one in REPORTS.values() if "between" not in one.takes):  # the sample has no two states
        yield one.key, made(one, Call(CONTEXT, Words("2023"))).sheet
    yield "list", listing.listed(CONTEXT, Words(), listing.Wanted("all")).sheet
    yield "overdue", overdue.listed(CONTEXT, Words(), overdue.Wanted("30d")).sheet
    for name in ("rate", "ttr", "stock.closing", "plan.funds"):
        yield name, explain.explained(CONTEXT, name, Words("2023"), verbose=True).sheet
    yield from zip(ids, show.shown(CONTEXT, ids, Words()).sheets, strict=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_sample_fits_every_width_and_an_old_console(language: Language) -> None:
    for name, sheet in sheets():
        for width in (40, 60, 80, 100, 140):
            text = rendered(sheet, "text", Page(language, width))
            assert all(wcswidth(line) <= width for line in text.split("\n")), (name, width)
            text.replace("∅", "").encode("gbk")  # consoles without the sign read it otherwise
