"""`remind`: whom to chase by when, for a chat and for a calendar; it says what `overdue` says and sends nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import pytest
from hypothesis import given
from icalendar import Calendar

from hazardctl.cli.app import called
from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.model.raw import Tree
from hazardctl.ops import overdue, remind
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.render.formats import document, rendered
from hazardctl.render.page import Page
from hazardctl.sheet import Sheet
from tests import strategies
from tests.golden import LANGUAGES
from tests.measures.made import Maker
from tests.render.pages import page

TODAY: Final = dt.date(2024, 6, 10)
CONTEXT: Final = Context(Path("/nowhere"), TODAY)


def made(ledger: Any, within: str = "", *filters: str) -> Sheet:  # noqa: ANN401 (a ledger)
    with patch.object(remind, "opened", lambda *_, **__: ledger):
        return remind.reminded(CONTEXT, Words(filters=filters), within).sheet


def hazards() -> Maker:
    make = Maker({"organisation": {"name": "青山镇"}})
    make.add("unit", id="mill", name="面粉厂")
    for n, (due, person, grade) in enumerate(
        [
            ("2024-06-01", "王五", "general"),
            ("2024-06-10", "王五", "general"),
            ("2024-06-15", "赵六", "major"),
            ("2024-07-30", "赵六", "general"),
        ]
    ):
        lines = [
            {"date": "2024-05-02", "do": "register", "by": "李四"},
            {"date": "2024-05-02", "do": "assign", "by": "李四", "to": "mill", "person": person, "due": due},
        ]
        make.add("hazard", "2024-05-02", history=lines, description=f"第{n}处，护栏<缺失>; 见图", grade=grade)
    return make


def test_it_names_each_person_with_what_presses() -> None:
    said = rendered(made(hazards().ledger()), "wechat", Page())
    first, *lines = said.splitlines()
    assert first == "整改提醒（截至 2024-06-10）：逾期 1 项，7 天内到期 2 项"
    assert lines[0] == "王五（面粉厂）"
    assert "期限 2024-06-01，已逾期 9 天" in lines[1]
    assert "今天（2024-06-10）到期" in lines[2]
    assert lines[3] == "赵六（面粉厂）"
    assert "【重大】" in lines[4]
    assert "2024-06-15 到期，还有 5 天" in lines[4]
    assert "2024-07-30" not in said


def test_within_reaches_further() -> None:
    assert "2024-07-30" in rendered(made(hazards().ledger(), "60d"), "wechat", Page())
    with pytest.raises(UsageError):
        made(hazards().ledger(), "bald")


def test_its_json_keeps_its_schema() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((Path(__file__).resolve().parents[2] / "schemas" / "remind.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(rendered(made(hazards().ledger()), "json", Page())))


def test_nothing_to_chase_asks_for_nothing() -> None:
    said = rendered(made(hazards().ledger(), "7d", "grade:major", "is:overdue"), "wechat", Page())
    assert said.splitlines() == ["整改提醒（截至 2024-06-10）：逾期 0 项，7 天内到期 0 项"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_calendar_has_a_day_for_each(language: Any) -> None:  # noqa: ANN401 (a language)
    data = document([made(hazards().ledger())], "ics", Page(language))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    events: list[Any] = list(Calendar.from_ical(data).walk("VEVENT"))
    days = [event["DTSTART"].dt for event in events]
    assert days == [dt.date(2024, 6, 10), dt.date(2024, 6, 10), dt.date(2024, 6, 15)]
    assert len({str(event["UID"]) for event in events}) == 3
    assert "第2处，护栏<缺失>; 见图" in str(events[2]["DESCRIPTION"])
    assert data == document([made(hazards().ledger())], "ics", Page(language))


def test_other_pages_have_no_days() -> None:
    with pytest.raises(UsageError, match="remind"):
        document([page()], "ics", Page())


def test_a_missing_extra_is_one_line() -> None:
    with patch.dict(sys.modules, {"icalendar": None}), pytest.raises(MissingExtraError):
        document([made(hazards().ledger())], "ics", Page())


@given(strategies.ledgers())
def test_it_chases_what_the_overdue_list_has(trees: list[Tree]) -> None:
    ledger = strategies.loaded(trees)
    sheet = made(ledger, "7d")
    with patch.object(overdue, "opened", lambda *_, **__: ledger):
        chased = overdue.listed(CONTEXT, Words(), overdue.Wanted("7d")).sheet
    assert sheet.data["overdue"] == chased.data["overdue"]
    ids = re.findall(r"YH-\d{8}-\w{5}", rendered(sheet, "wechat", Page()))
    wanted = [one["id"] for key in ("overdue", "due_soon") for one in chased.data[key]]  # type: ignore[attr-defined]
    assert sorted(ids) == sorted(wanted)
    assert sheet.days is not None
    assert sorted(day.key for day in sheet.days) == sorted(wanted)


def test_the_command_writes_a_calendar(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    root = hazards().write(tmp_path / "ledger")
    assert called(["-C", str(root), "remind", "--as-of", "2024-06-10", "-o", str(tmp_path / "到期.ics")]) == 0
    assert (tmp_path / "到期.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")
    assert called(["-C", str(root), "remind", "--as-of", "2024-06-10", "--json", "people"]) == 0
    assert '"days_left": -9' in capfd.readouterr().out
