"""Pseudonyms in any output: no name of a person or a unit of the ledger is left, and one name is one pseudonym everywhere."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
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
FALSE: Final = re.compile(r"〔[0-9A-F]{8}〕")
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


def everything(file: Path) -> str:
    """Give all that a file says, packed parts with and without their markup, folded lines unfolded."""
    data = file.read_bytes()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(name.encode() + parts.read(name) for name in parts.namelist())
        data += re.sub(rb"<[^>]*>", b"", data)
    text = data.decode("utf-8", "replace")
    return text + text.replace("\r\n ", "")


def keys(root: Path) -> re.Pattern[str]:
    """Find the key of a unit where it stands as a word."""
    ledger = load(root)
    found = [key for key, unit in ledger.units.items() if unit.name != ledger.config.organisation.name]
    return re.compile(r"(?<![\w-])(?:" + "|".join(found) + r")(?![\w-])")


PRINTED: Final = (
    ("export", "xlsx"), ("export", "csv"), ("export", "json"), ("export", "ics"), ("export", "sqlite"), ("export", "html"),
    ("remind --within 30d", "txt"), ("remind --within 30d", "csv"), ("remind --within 30d", "json"), ("remind --within 30d", "ics"),
    ("remind --within 30d", "xlsx"), ("remind --within 30d", "docx"), ("remind --within 30d", "wechat.txt"),
    ("dashboard -p 2023", "html"), ("report -p 2023", "docx"), ("report -p 2023", "xlsx"), ("report -p 2023", "html"),
    ("report -p 2023", "wechat.txt"), ("show 7XYQ0", "docx"), ("list inspection", "csv"), ("list document", "json"),
    ("notice 7XYQ0", "docx"), ("notice RWRMN --kind reinspect --by 李四,钱七", "docx"),
)  # fmt: skip
NAMELESS: Final = frozenset({"wechat.txt"})
"""A message may be about figures alone."""


@pytest.mark.parametrize("call", PRINTED)
def test_no_byte_of_any_file_names_anybody(
    root: Path, tmp_path: Path, call: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    words, form = call
    for language in LANGUAGES:
        file = tmp_path / f"{language}.{form}"
        printed(root, capfd, "--lang", language, *words.split(), "--incognito", "-o", str(file))
        said = everything(file)
        assert sorted(name for name in names(root) if name in said) == []
        assert keys(root).findall(said) == []
        assert FALSE.search(said) or form in NAMELESS


def test_a_specimen_is_not_recorded_and_telephones_name_people(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert called(["-C", str(root), "notice", "7XYQ0", "--incognito", "--record", "--number", "1"]) == 2
    assert "--record" in capfd.readouterr().err
    assert called(["-C", str(root), "remind", "--incognito", "--with-contacts", "numbers.csv"]) == 2
    assert "--with-contacts" in capfd.readouterr().err


def test_other_spellings_are_one_pseudonym_and_a_key_is_no_part_of_a_word(tmp_path: Path) -> None:
    (tmp_path / "hazardctl.yaml").write_text(
        "schema: config/1\norganisation: {name: 某镇}\npeople: [{name: 张三, aliases: [老张], cert: A-100200}]\n", encoding="utf-8"
    )
    (tmp_path / "units").mkdir()
    text = "id: yangguang\nschema: unit/1\nname: 顺发加油站\naliases: [顺发站]\naddress: 某镇向阳路一号\n"
    (tmp_path / "units" / "yangguang.yaml").write_text(text, encoding="utf-8")
    hiding = Hiding(load(tmp_path))
    unit, person = hiding.text("顺发加油站"), hiding.text("张三")
    assert hiding.text("老张 A-100200") == f"{person} {person}"
    assert hiding.text("顺发站，yangguang，某镇向阳路一号") == f"{unit}，{unit}，{unit}"
    assert hiding.text("yangguangs, yangguang-oil, xyangguang") == "yangguangs, yangguang-oil, xyangguang"
    assert hiding.text("某镇，张某，yangguang") == f"某镇，张某，{unit}"


def test_every_part_of_a_sheet_is_looked_at_and_what_is_no_word_stays(root: Path) -> None:
    hiding = Hiding(load(root), ["张三", "张三丰", "李"])
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
    assert Hiding(load(tmp_path)).text("张三") == "张三"
