"""The contract of the five seeds (DOMAIN §12.1): the work summary states every row that has a value, and lists every one that has none."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest

from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import narrative
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Table
from tests.golden import LANGUAGES
from tests.measures.test_seed_rows import ONLY_TOLD, PERIODS, QUESTIONS, ROWS, SPELLED, of_items, of_tallies, told_rows

CONTEXT: Final = Context(Path("/nowhere/ledger"), dt.date(2026, 1, 1))
LEDGERS: Final = {"items": of_items, "tallies": of_tallies}

NOT_SAID: Final = {
    "S2-04": "a cited law, no figure",
    "S3-06d": "nil: its clause is absent, the parts before it make up the whole",
}
"""Rows that a work summary does not state, and why."""

DECLARED: Final = "S0-17"
"""That nothing happened needs a declaration: the nil of a tally leaves a place for a person to write in."""

BLANK: Final = ("S4-02", "S4-05")
"""Blank in their source: a tally says so. Records have nothing that could be blank there, and so nothing is said of them."""

ASKED: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "S2-01": ("2023-09", ()),
    "S3-11": ("2016", ("sector:chem,fireworks",)),
}
"""Rows of a month of its own, and of two sectors joined, which records alone do not join: the summary is asked for that month or scope."""

PRINTED: Final = {
    "S2-01a": "accidents.count[sector=road]",
    "S2-01b": "accidents.deaths[sector=road]",
    "S2-01c": "accidents.injuries[sector=road]",
    "S2-03": "trainings.count",
}
"""Rows whose figure stands under another id: asked of the month, or planned for the year after."""


@cache
def made(source: str, seed: str, period: str, filters: tuple[str, ...] = ()) -> Report:
    as_of = QUESTIONS[seed].end.isoformat() if period == PERIODS[seed] else ""
    ledger: Ledger = LEDGERS[source](seed)
    with patch.object(narrative, "opened", lambda *_, **__: ledger):
        return narrative.make(Call(CONTEXT, Words(period, filters, as_of)))


@cache
def data(source: str, seed: str, period: str, filters: tuple[str, ...] = ()) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(rendered(made(source, seed, period, filters).sheet, "json", Page()))
    return body


def figures(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["measure"]: one for section in said["sections"] for sentence in section["sentences"] for one in sentence["figures"]}


def written(one: dict[str, Any]) -> str:
    """Write a figure of the JSON as the table of rows does."""
    value = one["value"]
    if one["state"] == "missing":
        return f"stated {one['stated']}%" if one["stated"] is not None else "∅" + SPELLED.get(one["mark"], "")
    if isinstance(value, dict):
        return f"{value['least']}-{value['most']}" if "least" in value else f"{value['value']}%"
    return str(value).removesuffix(".00") + SPELLED.get(one.get("mark", ""), "")


def asked(source: str, row: str) -> tuple[dict[str, Any], str, str]:
    """Give the summary that states a row, the id it stands under, and what it must say."""
    measure, value = ROWS[row]
    period, filters = ASKED.get(row[:5], (PERIODS[row[:2]], ()))
    if filters and source == "tallies":
        period, filters = PERIODS[row[:2]], ()
    name = measure.partition("[")[0] if filters else PRINTED.get(row, measure)
    return data(source, row[:2], period, filters), name, value


def rows(source: str) -> list[str]:
    told = set(told_rows()) - {DECLARED} if source == "tallies" else {row for row in ROWS if not row.startswith((*ONLY_TOLD, *BLANK))}
    return [row for row in ROWS if row in told and row not in NOT_SAID]


@pytest.mark.parametrize(("source", "row"), [(source, row) for source in LEDGERS for row in rows(source)])
def test_a_row_is_stated(source: str, row: str) -> None:
    said, name, value = asked(source, row)
    one = figures(said).get(name)
    assert one is not None, name
    if "/" in value:
        assert (f"{one['value']['numerator']}/{one['value']['denominator']}") == value
    else:
        assert written(one) == value
    assert (one["measure"] in {it["measure"] for it in said["missing"]}) == (one["state"] == "missing")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", LEDGERS)
@pytest.mark.parametrize("seed", PERIODS)
def test_every_figure_of_a_summary_stands_in_its_sentence(seed: str, source: str, language: Any) -> None:  # noqa: ANN401
    table = made(source, seed, PERIODS[seed]).sheet.table("figures")
    assert isinstance(table, Table)
    assert table.rows
    keys = [column.key for column in table.columns]
    for row in table.rows:
        sentence, value = (row[keys.index(key)].say(language) for key in ("sentence", "value"))  # type: ignore[union-attr]
        if not str(row[keys.index("slot")]).endswith("?"):
            assert value.lower() in sentence.lower()


def test_the_great_inspection_comes_out_of_tallies_alone() -> None:
    text = rendered(made("tallies", "S3", "2016").sheet, "text", Page("zh", 200))
    for part in (
        "检查组54个", "暗查暗访组3个", "带队7次", "带队25次", "带队208次", "2150人次", "单位1164家", "隐患1317处", "整改到位1299处",
        "在期限内整改18处", "整改率98.63%", "停产停业整顿1家", "提请关闭2家",
    ):  # fmt: skip
        assert part in text, part
    assert "全部整改" not in text


def test_a_township_states_its_half_year_and_what_its_source_left_blank() -> None:
    report = made("items", "S0", "2023H1")
    text = rendered(report.sheet, "text", Page("zh", 200))
    assert "∅家次" in text
    assert "排查出隐患∅处" in text
    assert "原文所列 100%" in text
    assert "∅余人次" in text
    assert "预警信息200余条" in text
    assert "无生产安全事故（已作零报告声明）" in text
    assert report.flawed
    assert not report.incomplete


def test_the_nil_of_a_tally_does_not_say_that_there_were_no_accidents() -> None:
    text = rendered(made("tallies", "S0", "2023H1").sheet, "text", Page("zh", 200))
    assert "无生产安全事故" not in text
    assert "【请填写：本期事故情况" in text


def test_an_approximate_whole_has_no_rate_and_nothing_is_said_of_its_parts() -> None:
    said = data("tallies", "S3", "2016")
    industry = next(one for section in said["sections"] for one in section["sentences"] if "工贸" in one["text"])
    assert "隐患200余处" in industry["text"]
    assert "整改率" not in industry["text"]
    assert "整改到位∅处" in industry["text"]
