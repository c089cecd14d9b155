"""The contract of the five seeds (DOMAIN §12.1): the work summary states every row that has a value, and lists every one that has none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import narrative
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Table
from hazardctl.store.load import load
from tests.golden import LANGUAGES
from tests.seeds.ledgers import SAMPLE, itemised, items, sampled, tallied, tallies
from tests.seeds.table import MEASURED, PERIODS, QUESTIONS, Row, printed

CONTEXT: Final = Context(Path("/nowhere/ledger"), dt.date(2026, 1, 1))
NIL: Final = "S3-06d"
"""Nil: its clause is absent, and the parts before it make up the whole."""

DECLARED: Final = "S0-17"
"""That nothing happened needs a declaration: the nil of a tally leaves a place for a person to write in."""

BLANK: Final = ("S4-02", "S4-05")
"""Blank in their source: a tally says so. Records have nothing that could be blank there, and so nothing is said of them."""

ASKED: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {"S2-01": ("2023-09", ()), "S3-11": ("2016", ("sector:chem,fireworks",))}
"""Rows of a month of its own, and of two sectors joined, which records alone do not join: the summary is asked for that month or scope."""

ELSEWHERE: Final[Mapping[str, str]] = {
    "S2-01a": "accidents.count[sector=road]",
    "S2-01b": "accidents.deaths[sector=road]",
    "S2-01c": "accidents.injuries[sector=road]",
    "S2-03": "trainings.count",
}
"""Rows whose figure stands under another id: asked of the month, or planned for the year after."""


@cache
def ledger(source: str, seed: str) -> Ledger:
    if source == "sample":
        return load(SAMPLE)
    return (items if source == "items" else tallies)(seed).ledger()


@cache
def made(source: str, seed: str, period: str, filters: tuple[str, ...] = ()) -> Report:
    as_of = QUESTIONS[seed].end.isoformat() if period == PERIODS[seed] else ""
    with patch.object(calling, "opened", lambda *_, **__: ledger(source, seed)):
        return narrative.make(Call(CONTEXT, Words(period, filters, as_of)))


@cache
def data(source: str, seed: str, period: str, filters: tuple[str, ...] = ()) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(rendered(made(source, seed, period, filters).sheet, "json", Page()))
    return body


def figures(said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["measure"]: one for section in said["sections"] for sentence in section["sentences"] for one in sentence["figures"]}


def asked(source: str, row: Row) -> tuple[dict[str, Any], str]:
    """Give the summary that states a row, and the id it stands under."""
    period, filters = ASKED.get(row.id[:5], (PERIODS[row.seed], ()))
    if filters and source == "tallies":
        filters = ()
    name = ELSEWHERE.get(row.id, row.measure.partition("[")[0] if filters else row.measure)
    return data(source, row.seed, period, filters), name.replace("qiangan-2023", "enforcement-2023") if source == "sample" else name


def rows() -> Iterator[tuple[str, Row]]:
    """Give each row with every ledger whose summary states it."""
    for row in MEASURED.values():
        if row.id == NIL:
            continue
        if itemised(row) and not row.id.startswith(BLANK):
            yield "items", row
        if tallied(row) and row.id != DECLARED:
            yield "tallies", row
        if sampled(row):
            yield "sample", row


@pytest.mark.parametrize(("source", "row"), [pytest.param(*one, id=f"{one[0]}-{one[1].id}") for one in rows()])
def test_a_row_is_stated(source: str, row: Row) -> None:
    said, name = asked(source, row)
    one = figures(said).get(name)
    assert one is not None, name
    missing = one["state"] == "missing"
    marks = {"over": "余", "nearly": "近", "about": "约", "": ""}
    value = printed(one if missing else one["value"], row.value) + ("" if missing else marks[one.get("mark", "")])
    assert value.replace(".00余", "余").replace(".00近", "近").removesuffix(".00") == row.value
    assert (one["measure"] in {it["measure"] for it in said["missing"]}) == missing


def test_every_row_is_stated_somewhere() -> None:
    assert {row.id for _, row in rows()} == set(MEASURED) - {NIL}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("source", "seed"), [*((source, seed) for source in ("items", "tallies") for seed in PERIODS), ("sample", "S0")])
def test_every_figure_of_a_summary_stands_in_its_sentence(seed: str, source: str, language: Language) -> None:
    table = made(source, seed, PERIODS[seed]).sheet.table("figures")
    assert isinstance(table, Table)
    assert table.rows
    keys = [column.key for column in table.columns]
    for row in table.rows:
        sentence, value = (row[keys.index(key)].say(language) for key in ("sentence", "value"))  # type: ignore[union-attr]
        if not str(row[keys.index("slot")]).endswith("?"):
            assert value.lower() in sentence.lower()


def page(source: str, seed: str) -> str:
    return rendered(made(source, seed, PERIODS[seed]).sheet, "text", Page("zh", 400))


def test_the_great_inspection_comes_out_of_tallies_alone() -> None:
    text = page("tallies", "S3")
    for part in (
        "检查组54个", "暗查暗访组3个", "带队7次", "带队25次", "带队208次", "2150人次", "单位1164家", "隐患1317处", "整改到位1299处",
        "在期限内整改18处", "整改率98.63%", "停产停业整顿1家", "提请关闭2家",
    ):  # fmt: skip
        assert part in text, part
    assert "全部整改" not in text


def test_a_township_states_its_half_year_and_what_its_source_left_blank() -> None:
    report, text = made("items", "S0", "2023H1"), page("items", "S0")
    for part in ("∅家次", "排查出隐患∅处", "原文所列 100%", "∅余人次", "预警信息200余条", "无生产安全事故（已作零报告声明）"):
        assert part in text, part
    assert report.flawed
    assert not report.incomplete


def test_what_derives_from_a_gap_is_not_a_gap_of_its_own() -> None:
    text = page("tallies", "S4")
    assert "排查出隐患∅处，其中整改到位∅处。" in text
    assert "重大事故隐患∅" not in text


def test_the_nil_of_a_tally_does_not_say_that_there_were_no_accidents() -> None:
    text = page("tallies", "S0")
    assert "无生产安全事故" not in text
    assert "【请填写：本期事故情况" in text


def test_an_approximate_whole_has_no_rate_and_nothing_is_said_of_its_parts() -> None:
    said = data("tallies", "S3", "2016")
    industry = next(one["text"] for section in said["sections"] for one in section["sentences"] if "工贸" in one["text"])
    assert "隐患200余处" in industry
    assert "整改率" not in industry
    assert "整改到位∅处" in industry
