"""Pseudonyms in any output: no name of a person or a unit of the ledger is left, and one name is one pseudonym everywhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.language import LANGUAGES, Text, plain
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.sheet import Column, Mark, Picture, Pictures, Sheet, Table
from hazardctl.store.load import load

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
FALSE: Final = re.compile(r"〔[0-9A-F]{6}〕")
WITHOUT: Final = frozenset({"ledgers", "restate"})
"""Reports of several ledgers, and of git, which the copy is not in."""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("incognito") / "ledger"
    shutil.copytree(SAMPLE, place)
    return place


def names(root: Path) -> set[str]:
    """Give the names of all people who did something, and of all units but the one whose ledger it is."""
    ledger = load(root)
    people = {name for entry in ledger.hazards for event in entry.record.history for name in event.by}
    people |= {name for entry in ledger.hazards for name in entry.record.found_by}
    return (people | {unit.name for unit in ledger.units.values()}) - {ledger.config.organisation.name}


def printed(root: Path, capfd: pytest.CaptureFixture[str], *words: str) -> str:
    assert called(["-C", str(root), *words]) == 0, words
    return capfd.readouterr().out


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("report", [name for name in REPORTS if name not in WITHOUT])
def test_no_name_is_left_in_a_report(
    root: Path, report: str, language: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    known = names(root)
    for form in ("text", "json", "csv"):
        said = printed(root, capfd, "--lang", language, "report", report, "-p", "2023", "--incognito", "--format", form)
        left = sorted(name for name in known if name in said)
        assert left == [], (report, form)


def test_one_name_is_one_pseudonym_in_lists_records_and_exports(
    root: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    known = names(root)
    calls = (
        ["overdue", "id:YH-20230828-7XYQ0"],
        ["list", "id:YH-20230828-7XYQ0", "--columns", "all", "--format", "csv"],
        ["show", "7XYQ0"],
        ["export", "id:YH-20230828-7XYQ0"],
    )
    said = [printed(root, capfd, *words, "--incognito") for words in calls]
    assert not [name for name in known for text in said if name in text]
    shared = set.intersection(*(set(FALSE.findall(text)) for text in said))
    assert len(shared) >= 2  # the unit and the person who answers for it
    assert "嘉禾面粉厂" in printed(root, capfd, "overdue")


def test_every_part_of_a_sheet_is_looked_at_and_what_is_no_word_stays(root: Path) -> None:
    hiding = Hiding(load(root), [], ["张三", "张三丰", "李"])
    title = Text("{it}", "{it}").of(it=["张三"])
    table = Table("t", (Column("a", plain("张三")),), (("张三丰", Mark("找张三", "alarm"), 3, None),), title)
    picture = Picture(b"x", 1, 1, plain("张三"))
    sheet = Sheet("x", Text("张三", "张三"), blocks=(table, Pictures("p", (picture,))), data={"by": ["张三"], "n": 2, "in": {"who": "李"}})
    found = hiding.page(sheet)
    said = repr(found)
    assert "张三" not in said.replace("张三丰", "")
    assert "张三丰" not in said
    assert hiding.text("张三丰") != hiding.text("张三") + "丰"
    assert found.data["n"] == 2
    assert found.data["in"] == {"who": "李"}  # one character is in too many words
    assert isinstance(found.blocks[1], Pictures)
    assert found.blocks[1].items[0].data == b"x"


def test_where_there_are_no_names_nothing_is_hidden(tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text("schema: config/1\n", encoding="utf-8")
    assert Hiding(load(tmp_path), []).text("张三") == "张三"
