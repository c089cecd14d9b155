"""Telephone numbers come from a file outside the ledger, and leave only where they were asked for."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.ops.contacts import phone, phones
from hazardctl.store.load import load

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
BOOK: Final = "姓名,单位,电话\n冯十二,嘉禾面粉厂,13800000001\n周九,,13900000002\n冯十二,别处,13800000009\n,,1\n吴十\n"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    (tmp_path / "book.csv").write_text(BOOK, encoding="utf-8")
    return tmp_path / "ledger"


def printed(root: Path, capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert called(["-C", str(root), *words]) == 0
    return capfd.readouterr().out


def test_numbers_stand_beside_people_where_they_were_asked_for(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    book = str(root.parent / "book.csv")
    for words in (["overdue"], ["remind"], ["remind", "--format", "wechat"], ["remind", "--format", "csv"], ["overdue", "--format", "csv"]):
        said = printed(root, capfd, *words, "--with-contacts", book)
        assert "13800000001" in said, words
        assert "13900000002" in said, words
        assert "13800000009" not in said, words
        assert "1380000" not in printed(root, capfd, *words), words
    assert "Phone" in printed(root, capfd, "--lang", "en", "overdue", "--with-contacts", book)


@pytest.mark.parametrize("words", [["remind", "--format", "json"], ["overdue", "--format", "json"], ["remind", "--format", "ics"]])
def test_programs_and_calendars_get_none(root: Path, words: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert "1380000" not in printed(root, capfd, *words, "--with-contacts", str(root.parent / "book.csv"))


def test_a_number_is_of_a_person_at_a_unit_else_of_the_person(root: Path) -> None:
    known = phones(root.parent / "book.csv", root, load(root))
    assert phone(known, "冯十二", "嘉禾面粉厂") == "13800000001"
    assert phone(known, "周九", "哪里都行") == "13900000002"
    assert phone(known, "冯十二", "第三家") == ""
    assert phone(known, "李四", "") == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "没有姓名和电话"), ("姓名,单位\n张三,a\n", "没有姓名和电话"), ("电话\n1\n", "没有姓名和电话"), (None, "没有文件")],
)
def test_a_file_without_names_and_numbers_is_refused(root: Path, text: str | None, why: str, capfd: pytest.CaptureFixture[str]) -> None:
    place = root.parent / "odd.csv"
    if text is not None:
        place.write_text(text, encoding="utf-8")
    assert called(["-C", str(root), "remind", "--with-contacts", str(place)]) == 2
    assert why in capfd.readouterr().err


def test_a_file_in_the_ledger_is_refused(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    shutil.copyfile(root.parent / "book.csv", root / "book.csv")
    assert called(["-C", str(root), "overdue", "--with-contacts", str(root / "book.csv")]) == 2
    assert "HZ608" in capfd.readouterr().err


def test_a_file_that_cannot_be_opened_is_told(root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def denied(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", denied)
    assert called(["-C", str(root), "overdue", "--with-contacts", str(root.parent / "book.csv")]) == 4
    assert "book.csv" in capfd.readouterr().err
