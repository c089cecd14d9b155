"""The sample ledger is under test like code: its figures, its states, its records."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from hazardctl import filters
from hazardctl.cli.app import called
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.inspection import Inspection
from hazardctl.model.kinds import BY_NAME
from hazardctl.ops.init import SAMPLE_DAY
from hazardctl.rules.engine import check
from hazardctl.store.load import load
from hazardctl.vocabulary import STATES
from tests.seeds.ledgers import answers, sampled
from tests.seeds.table import MEASURED, Row, shown

ROOT: Final = Path(__file__).resolve().parents[1]
FIRST: Final = dt.date(2023, 1, 1)
HALF: Final = dt.date(2023, 6, 30)
KEYS: Final = ("spring-festival", "two-sessions", "qingming", "labour-day")
PLACEHOLDERS: Final = frozenset(
    ["张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十", "郑十一", "冯十二", "陈十三", "褚十四", "卫十五", "示例县应急管理局"]
)


@pytest.fixture(scope="module")
def sample() -> Ledger:
    """Give the sample ledger as read."""
    return load(Path(__file__).resolve().parents[1] / "ledger")


def counted(ledger: Ledger, *words: str, as_of: dt.date = HALF) -> Mapping[str, object]:
    question = Question(FIRST, HALF, as_of, clauses=filters.parse(words))
    return Book(ledger).total(question, ["hazards.found", "hazards.rectified", "hazards.overdue", "hazards.awaiting"])


@pytest.mark.parametrize(("words", "number"), [((), 79), (("campaign:year-end",), 31), (("campaign:enforcement-2023",), 22)])
def test_the_first_half_year_has_its_figures(sample: Ledger, words: tuple[str, ...], number: int) -> None:
    found = counted(sample, *words)
    assert (found["hazards.found"], found["hazards.rectified"], found["hazards.overdue"], found["hazards.awaiting"]) == (
        number,
        number,
        0,
        0,
    )


def test_the_key_periods_hold_twenty_six(sample: Ledger) -> None:
    days = [one.record.found_on for one in sample.hazards if not one.record.campaign and one.record.found_on <= HALF]
    ranges = [range_ for key in sample.config.key_periods if key.id in KEYS for range_ in key.ranges]
    bounds = [tuple(dt.date.fromisoformat(part) for part in text.split("..")) for text in ranges]
    assert len(days) == 26
    assert all(any(first <= day <= last for first, last in bounds) for day in days)
    campaigns = [one.record.found_on for one in sample.hazards if one.record.campaign]
    assert not any(first <= day <= last for day in campaigns for first, last in bounds), "the three actions are disjoint"


def test_every_state_can_be_seen_on_its_day(sample: Ledger) -> None:
    spans = [replay.on(SAMPLE_DAY) for replay in sample.replays.values()]
    assert {span.state for span in spans if span} == set(STATES)


@pytest.mark.parametrize(
    "flag",
    [
        "overdue",
        "due_soon",
        "returned",
        "reopened",
        "extended",
        "listed",
        "stopped",
        "suspect",
        "undated",
        "major",
        "to_verify",
        "to_close",
    ],
)
def test_every_flag_can_be_seen_on_its_day(sample: Ledger, flag: str) -> None:
    assert Book(sample).listing(SAMPLE_DAY, filters.parse([f"is:{flag.replace('_', '-') if flag.startswith('to') else flag}"]))


def test_the_stories_of_the_first_half_are_varied(sample: Ledger) -> None:
    first = [sample.replays[one.path] for one in sample.hazards if one.record.found_on <= HALF]
    assert sum(replay.on(HALF).grade == "major" for replay in first if replay.on(HALF)) == 2  # type: ignore[union-attr]
    assert sum(replay.last.extensions > 0 for replay in first) >= 5
    assert sum(replay.last.first_verdict == "fail" for replay in first) >= 5
    assert sum(any(span.on_spot for span in replay.spans) for replay in first) >= 10


def test_nothing_in_it_is_wrong(sample: Ledger) -> None:
    assert (sample.unread, sample.strays) == ((), ())
    assert all(not replay.misfits for replay in sample.replays.values())
    assert [told for told in check(sample, SAMPLE_DAY) if told[3] == "error"] == []


def test_records_are_different_and_people_invented(sample: Ledger) -> None:
    texts = Counter(one.record.description for one in sample.hazards)
    assert len(texts) == len(sample.hazards)
    people = {name for one in sample.hazards for act in one.record.history for name in act.by}
    assert people <= PLACEHOLDERS
    assert not re.search(r"1[3-9]\d{9}", "".join(texts))


# ------------------------------------------------------------------------------------- the other kinds of record of the half-year


@pytest.mark.parametrize("row", [row for row in MEASURED.values() if sampled(row)], ids=lambda row: row.id)
def test_the_half_year_is_that_of_the_published_summary(row: Row) -> None:
    assert shown(dict(answers(row))["sample"], row.value) == row.value


def test_every_kind_of_record_is_there(sample: Ledger) -> None:
    assert {entry.kind.name for entry in sample.entries} == set(BY_NAME)


def test_every_hazard_of_the_three_actions_was_found_in_an_outing(sample: Ledger) -> None:
    outings = {entry.record.id: entry.record for entry in sample.of("inspection")}
    first = [one.record for one in sample.hazards if one.record.found_on <= HALF]
    for hazard in first:
        outing = outings[hazard.inspection]
        assert isinstance(outing, Inspection)
        assert outing.date <= hazard.found_on <= outing.last
        assert hazard.unit in outing.units
        assert outing.campaign == hazard.campaign
        assert not outing.inspectors or set(hazard.found_by) <= set(outing.inspectors)


def test_a_unit_without_findings_has_none(sample: Ledger) -> None:
    found = {(one.record.inspection, one.record.unit) for one in sample.hazards}
    for entry in sample.of("inspection"):
        assert isinstance(entry.record, Inspection)
        assert not [unit for unit in entry.record.no_findings if (entry.record.id, unit) in found]


def test_nothing_is_warned_of_but_the_major_hazard_that_is_late(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong on purpose is waived, with a reason; what is late is a state of the world and is told."""
    monkeypatch.setenv("HAZARDCTL_TODAY", SAMPLE_DAY.isoformat())
    assert called(["-C", str(ROOT), "validate", "--format", "json"]) == 0
    findings = json.loads(capfdbinary.readouterr().out)["findings"]
    assert [(one["code"], one["record"]) for one in findings if one["severity"] != "info"] == [("HZ315", "YH-20230828-7XYQ0")]
