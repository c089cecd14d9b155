"""A row pasted over another id is no edit of that hazard: it is set apart and said, and what people really edit is not."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.cli.app import called
from hazardctl.errors import FINDINGS, FINE
from hazardctl.ledger import Ledger
from hazardctl.model.config import Config
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import KEYS
from hazardctl.ops.import_apart import Rows
from hazardctl.ops.import_apply import applied
from hazardctl.ops.import_edits import compared
from hazardctl.ops.import_update import sheet, update
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.load import load
from tests.acting import ledger
from tests.ops.test_import_update import Sent

pytest.importorskip("python_calamine")

BLANK = dict.fromkeys(KEYS, "")
OLD = {"id": "YH-20240301-7K2QF", "unit": "XX纸业有限公司", "found_on": "2024-03-01", "site": "3号车间", "description": "3号车间灭火器过期"}
NEXT = {**OLD, "id": "YH-20240301-M3V8K", "site": "仓库", "description": "疏散通道堆放纸卷"}
EXPORTED = {one["id"]: {**BLANK, **one} for one in (OLD, NEXT, {**OLD, "id": "YH-20240301-Q4M9D", "site": "", "description": "配电箱无盖"})}


def said(tmp_path: Path, edited: Mapping[str, str], identity: str = OLD["id"], now: Mapping[str, str] | None = None) -> str | None:
    """Give the template of why a row is set apart; None where it is taken for an edit."""
    known = load(tmp_path / "ledger" if (tmp_path / "ledger").exists() else ledger(tmp_path))
    base = EXPORTED[identity]
    cells = {**base, **edited}
    edits = list(compared(4, cells, base, now or base))
    doubt = Rows(EXPORTED, Ledger(Config(), known.entries)).doubt(cells, edits)
    return doubt.outcome.zh[:2] if doubt else None


@pytest.mark.parametrize(
    "edited",
    [
        {"description": "3号车间灭火器已过期"},
        {"description": "4号车间灭火器过期", "site": "4号车间"},
        {"description": "配电箱未接地"},
        {"description": "灭火器过期", "unit": "XX食品厂"},
        {"description": "3号车间灭火器过期，压力不足，且被杂物遮挡", "found_on": "2024-03-02"},
        {"unit": "XX食品厂"},
        {"unit": "XX食品厂", "site": "面包房"},
        {"unit": "XX纸业", "found_on": "2024-03-02"},
        {"found_on": "2024-03-02"},
        {"found_on": "某日", "unit": "XX食品厂"},
        {"description": "", "unit": "XX食品厂"},
        {"site": "", "unit": "XX食品厂"},
        {"grade": "重大", "rectified_on": "2024-03-09", "measure": "换新", "description": "疏散通道堆放纸卷"},
        {},
    ],
)
def test_what_people_put_right_is_an_edit(tmp_path: Path, edited: Mapping[str, str]) -> None:
    assert said(tmp_path, edited) is None


@pytest.mark.parametrize(
    "edited",
    [
        {"description": "面包房烟道积油", "unit": "XX食品厂"},
        {"description": "面包房烟道积油", "unit": "无此单位", "found_on": "2024-05-06", "site": "面包房"},
        {"description": "面包房烟道积油", "found_on": "2024-05-06"},
        {"description": "面包房烟道积油", "site": "面包房"},
        {"unit": "XX食品厂", "found_on": "2024-05-06"},
    ],
)
def test_what_names_another_hazard_is_set_apart(tmp_path: Path, edited: Mapping[str, str]) -> None:
    assert said(tmp_path, edited) == "像是"


def test_a_row_that_becomes_another_word_for_word_was_pasted(tmp_path: Path) -> None:
    assert said(tmp_path, {key: NEXT[key] for key in ("site", "description")}) == "成了"
    blank = "YH-20240301-Q4M9D"
    assert said(tmp_path, {"description": NEXT["description"]}, blank) is None
    assert said(tmp_path, {"site": OLD["site"], "description": OLD["description"]}, blank) == "成了"


def test_what_was_blank_names_nothing_and_what_is_so_already_is_no_edit(tmp_path: Path) -> None:
    blank = "YH-20240301-Q4M9D"
    assert said(tmp_path, {"site": "配电房", "description": "配电箱无门"}, blank) is None
    edited = {"description": "面包房烟道积油", "unit": "XX食品厂"}
    assert said(tmp_path, edited, now={**EXPORTED[OLD["id"]], **edited}) is None


@pytest.fixture
def here(tmp_path: Path, repository: Path) -> Context:
    """Give the sample ledger on the last day anything happened in it."""
    root = tmp_path / "ledger"
    shutil.copytree(repository / "ledger", root)
    return Context(root, dt.date(2023, 10, 20), language="zh")


def pasted(sent: Sent) -> tuple[str, str]:
    """Paste one row over another but for its id, and give both ids: that written over, that pasted."""
    for key in KEYS[1:]:
        sent.cell(4, key).value = sent.cell(6, key).value
    return str(sent.cell(4, "id").value), str(sent.cell(6, "id").value)


def test_a_pasted_row_is_not_written_unless_somebody_insists(here: Context) -> None:
    sent = Sent(here)
    over, of = pasted(sent)
    sent.edit(5, remark="催过")
    made = sent.back(here)
    assert [(edit.line, edit.id, edit.kind) for edit in made.edits] == [(4, over, "apart"), (5, made.proposals[0].id, "proposed")]
    assert made.exit_code == FINDINGS
    text = rendered(sheet(made), "text", Page("en", 200))
    assert f"has become the row of {of}" in text
    assert "1 rows read as other hazards" in text
    before = next(here.root.rglob(f"{over}.yaml")).read_bytes()
    told = applied(here, [sent.place], "孙八", "照单位回函")
    assert [one.id for one in told.written] == [made.proposals[0].id]
    assert next(here.root.rglob(f"{over}.yaml")).read_bytes() == before
    assert over in {one.id for one in update(here, sent.place, insist=True).proposals}


def test_rows_that_were_not_taken_are_kept_with_the_reason(
    here: Context, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sent = Sent(here, "state:assigned")
    over, _ = pasted(sent)
    sent.page.cell(3, len(KEYS) + 3).value = "经手"
    sent.page.cell(4, len(KEYS) + 3).value = "内勤"
    copied = sent.edit(5, days=9, remark="催过")
    refused = sent.edit(7, rectified_on="2023-01-01", measure="换新", verified_by="钱七")
    sent.edit(9, remark="已核对")  # taken whole: not among them
    last = sent.page.max_row + 1
    for key in KEYS[1:]:
        sent.page.cell(last, KEYS.index(key) + 1).value = sent.cell(8, key).value
    sent.book.save(sent.place)
    place = here.root.parent / "left.xlsx"
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    words = ["-C", str(here.root), "import", str(sent.place), "--update", "--rejects", str(place), "--lang", "en"]
    assert called([*words, "-n", "--reason", "x", "--by", "孙八"]) == FINDINGS
    page: Any = openpyxl.load_workbook(place).active
    rows = {row[-2]: row for row in page.iter_rows(min_row=2, values_only=True)}
    assert list(rows) == ["4", "5", "7", str(last)]
    assert (rows["4"][0], rows["5"][0], rows["7"][0], rows[str(last)][0]) == (over, copied, refused, "")
    assert "内勤" in rows["4"]
    assert "clear the id" in rows["4"][-1]
    assert rows["5"][-1] == "days overdue: calculated by the program: an edit means nothing"
    assert "fill in “verified on” too" in rows["7"][-1]
    assert "cannot rectify" in rows["7"][-1]
    assert rows[str(last)][-1] == "a new row without an id: take it in with import"
    assert page.cell(3, KEYS.index("days") + 1).fill.fgColor.rgb == "FFFFE699"
    plain = here.root.parent / "left.csv"
    assert called([*words[:5], "--rejects", str(plain)]) == FINDINGS
    with plain.open(encoding="utf-8-sig", newline="") as file:
        assert [row[-2] for row in csv.reader(file)][1:] == ["4", "5", "7", str(last)]
    assert called([*words[:5], "-y", "--format", "json"]) == FINDINGS
    assert '"apart"' not in capsys.readouterr().out
    assert called([*words[:5], "--rejects", str(here.root / "hazards" / "x.csv")]) == 2


def test_the_row_of_a_new_hazard_comes_in_once_its_id_is_cleared(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = Sent(here, "state:assigned")
    sent.edit(4, found_on="2023-09-01", description="灭火器箱被锁闭", site="罩棚", rectified_on=None, state=None)
    sent.book.save(sent.place)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    place = here.root.parent / "left.xlsx"
    words = ["-C", str(here.root), "import"]
    assert called([*words, str(sent.place), "--update", "--rejects", str(place)]) == FINDINGS
    count = len(load(here.root).hazards)
    assert called([*words, str(place)]) == FINE
    assert len(load(here.root).hazards) == count  # its id is still there: it is known
    book = openpyxl.load_workbook(place)
    page: Any = book.active
    page.cell(2, 1).value = None
    book.save(place)
    assert called([*words, str(place), "--by", "孙八"]) == FINE
    assert len(load(here.root).hazards) == count + 1


def test_the_rows_that_were_not_taken_come_back_when_they_are_put_right(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = Sent(here, "state:assigned")
    over, _ = pasted(sent)
    refused = sent.edit(5, rectified_on="2023-01-01", measure="换新")
    sent.book.save(sent.place)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    place = here.root.parent / "left.xlsx"
    words = ["-C", str(here.root), "import", "--update", "--reason", "照单位回函", "--by", "孙八"]
    assert called([*words, str(sent.place), "--apply", "--rejects", str(place)]) == FINDINGS
    book = openpyxl.load_workbook(place)
    page: Any = book["隐患台账"]
    assert book["导出时"].sheet_state == "veryHidden"
    assert [page.cell(line, 1).value for line in (2, 3)] == [over, refused]
    page.cell(3, KEYS.index("rectified_on") + 1).value = "2023-10-10"
    page.delete_rows(2)
    book.save(place)
    assert [(one.id, one.verb) for one in update(here, place).proposals] == [(refused, "rectify")]
    assert called([*words, str(place), "--apply"]) == FINDINGS  # the row that was taken out is named
    (entry,) = (entry for entry in load(here.root).hazards if entry.record.id == refused)
    assert entry.record.history[-1].date == dt.date(2023, 10, 10)
