"""Explain, for every figure that is more than a count of hazards: what tells it, and which records stand behind it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.measures import CATALOGUE, named
from hazardctl.ops import explain
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests import worked

TALLY: Final = "scope: {{{scope}}}\nfigures: [{figures}]\nsource: {{title: 年度总结}}\nby: 李四\n"
DRILL: Final = "kind: drill\nsubject: 防汛演练\norg: qingshan-safety-office\n"
FILES: Final = {
    "activities/HD-20240314-AAAAA": "date: 2024-03-14\nattendees: 46\n" + DRILL,
    "activities/HD-20240414-BBBBB": "date: 2024-04-14\nattendees: 200\nhosted: true\napprox: {attendees: over}\n" + DRILL,
    "tallies/TJ-20240630-AAAAA": "date: 2024-06-30\nperiod: 2024H1\n"
    + TALLY.format(
        scope="sector: metro",
        figures="{measure: hazards.found, value: 584}, {measure: hazards.rectified, value: 538}, {measure: trainings.count, value: 7}",
    ),
    "tallies/TJ-20240630-BBBBB": "date: 2024-06-30\nperiod: 2024H1\n"
    + TALLY.format(scope="sector: rail", figures="{measure: hazards.rate, value: 100, stated: true, unit: '%'}"),
    "tallies/TJ-20240630-CCCCC": "date: 2024-06-30\nperiod: 2024H1\n"
    + TALLY.format(scope="", figures="{measure: drills.teams, value: 9}, {measure: hazards.major.found, value: 3}, "
        "{measure: publicity.events, value: 200, approx: over}, {measure: funds.amount, value: 1.5, unit: 万元}"),
    "declarations/SM-20240701-AAAAA": "date: 2024-07-01\nby: 孙八\nperiod: 2024H1\nscope: {}\nmeasure: accidents.count\nvalue: 0\n",
    "targets/MB-20240101-AAAAA": "kind: figure\nname: 培训计划\nperiod: 2024H1\nscope: {}\nmeasure: trainings.count\nmin: 2\nmax: 3\n",
}  # fmt: skip


@pytest.fixture
def context(tmp_path: Path) -> Context:
    root = worked.write(tmp_path)
    for name, body in FILES.items():
        folder, _, key = name.partition("/")
        place = root / folder / key[3:7] / f"{key}.yaml"
        place.parent.mkdir(parents=True, exist_ok=True)
        kind = {"activities": "activity", "tallies": "tally", "declarations": "declaration", "targets": "target"}[folder]
        place.write_text(f"id: {key}\nschema: {kind}/1\n{body}", encoding="utf-8")
    return Context(root, dt.date(2024, 8, 31))


def sheet(context: Context, what: str) -> Sheet:
    return explain.explained(context, what, Words(period="2024H1")).sheet


def page(context: Context, what: str, language: Language = "zh") -> str:
    return rendered(sheet(context, what), "text", Page(language, 120))


def data(context: Context, what: str) -> Mapping[str, Any]:
    body: Mapping[str, Any] = json.loads(rendered(sheet(context, what), "json", Page("zh")))
    return body


SAID: Final = [
    ("drills.count", "2次（明细）", "2 drills (records)"),
    ("drills.attendees", "246余人（明细）", "over 246 people (records)"),
    ("publicity.events", "200余场（汇总数）", "over 200 events (tally)"),
    ("funds.amount", "15000元（汇总数）", "15000 yuan (tally)"),
    ("accidents.deaths", "0人（零报告）", "0 people (declared)"),
    ("tips.received", "∅（没有完整的记录、汇总数或零报告）", "∅ (no complete records, no tally, no declaration)"),
    ("hazards.found[sector=metro]", "584处（汇总数）", "584 hazards (tally)"),
    ("hazards.rate[sector=metro]", "538/584 = 92.12%", "538/584 = 92.12%"),
    ("hazards.rate[sector=rail]", "∅（原文所列 100%，组成不全）", "∅ (the source prints 100%, its parts are missing)"),
    ("hazards.major.found", "明细 2、汇总数 3，两者从不相加", "records say 2, tallies 3; they are never added"),
    ("trainings.planned", "2-3期", "2-3 trainings"),
    ("ttr[sector=chem]", "2", "2"),
]


@pytest.mark.parametrize(("what", "zh", "en"), SAID)
def test_an_answer_says_what_tells_it(context: Context, what: str, zh: str, en: str) -> None:
    assert zh in page(context, what)
    assert en in page(context, what, "en")


def test_the_records_behind_it_are_named(context: Context) -> None:
    assert [one["id"] for one in data(context, "drills.count")["records"]["members"]] == ["HD-20240314-AAAAA", "HD-20240414-BBBBB"]
    assert [one["id"] for one in data(context, "drills.attendees[hosted=true]")["records"]["members"]] == ["HD-20240414-BBBBB"]
    rate = data(context, "hazards.rate[sector=metro]")["records"]
    assert {one["id"] for side in rate.values() for one in side} == {"TJ-20240630-AAAAA"}
    assert [one["id"] for one in data(context, "accidents.count")["records"]["members"]] == ["SM-20240701-AAAAA"]
    assert [one["id"] for one in data(context, "trainings.planned")["records"]["members"]] == ["MB-20240101-AAAAA"]


def test_programs_read_what_tells_it(context: Context) -> None:
    known = {"state": "known", "items": 246, "told": None, "mark": "over", "unit": "人", "stated": None, "twice": False}
    assert data(context, "drills.attendees")["figure"] == known
    assert data(context, "trainings.planned")["figure"] == {"least": "2", "most": "3", "unit": "期"}
    assert data(context, "hazards.found")["figure"] == 14


def test_a_rate_of_what_is_told_twice_is_refused(context: Context) -> None:
    with pytest.raises(UsageError, match="never added"):
        sheet(context, "hazards.major.rate")


@pytest.mark.parametrize("name", sorted(CATALOGUE)[::7])
def test_every_figure_can_be_explained(tmp_path: Path, name: str) -> None:
    context = Context(worked.write(tmp_path), dt.date(2024, 8, 31))
    assert sheet(context, name).name == "explain"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("rate", "hazards.rate"),
        ("演练次数", "drills.count"),
        ("hosted", "drills.hosted"),
        ("覆盖率[sector=fire]", "coverage[sector=fire]"),
        ("drills.count【hosted=true】", "drills.count[hosted=true]"),
        ("phases", "campaign.phases"),
    ],
)
def test_a_figure_is_found_by_its_name_or_an_end(text: str, name: str) -> None:
    assert named(text) == name


@pytest.mark.parametrize(("text", "hint"), [("persons", "enforcement.fine.persons"), ("no-such", "no measure"), ("", "no measure")])
def test_a_name_of_none_or_several_is_refused(text: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        named(text)
    assert hint in str(caught.value)
