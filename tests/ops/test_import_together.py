"""Several edited exports that come back together: equal edits are one, differing ones are told with both places and none of them wins."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.cli.app import called
from hazardctl.errors import FINDINGS, FINE, UsageError
from hazardctl.language import Language
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.export_rows import KEYS
from hazardctl.ops.import_apply import applied
from hazardctl.ops.import_left import keep
from hazardctl.ops.import_update import Update, sheet, update
from hazardctl.ops.question import Words
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests.ops.test_import_update import here  # noqa: F401 (a fixture)

pytest.importorskip("python_calamine")
FIRST = 4


def out(context: Context, name: str, language: Language = "zh") -> Path:
    """Send the hazards that are assigned to somebody."""
    place = context.root.parent / name
    there = Context(context.root, context.today, language=language)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(export(there, Words(filters=("state:assigned",)), Wanted("x.xlsx")).data)
    return place


def edited(place: Path, line: int, **cells: object) -> str:
    """Edit cells of a row; give the id of its hazard."""
    book = openpyxl.load_workbook(place)
    page: Any = book.worksheets[1]
    for key, value in cells.items():
        page.cell(line, KEYS.index(key) + 1).value = value
    book.save(place)
    return str(page.cell(line, 1).value)


def told(made: Update, language: Language = "zh") -> Sequence[tuple[str, str, str, str]]:
    """Give the file, the column, the end and the words of each edit."""
    return [(made.files[edit.of], edit.key, edit.kind, edit.outcome.say(language)) for edit in made.edits]


def test_what_only_one_of_them_says_is_proposed(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx")
    one, other = edited(east, FIRST, remark="催过"), edited(west, FIRST + 1, site="二楼东侧")
    made = update(here, east, west)
    assert [(each.id, each.sets) for each in made.proposals] == [(one, ("remark=催过",)), (other, ("site=二楼东侧",))]
    assert made.exit_code == FINE
    assert made.rows == 2 * update(here, east).rows


def test_steps_of_a_hazard_come_together_from_several(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx")
    edited(west, FIRST, verified_on="2023-10-19", verified_by="李四、王五")
    edited(east, FIRST, rectified_on="2023-10-18", measure="已更换")
    assert [one.verb for one in update(here, west, east).proposals] == ["rectify", "verify"]


@pytest.mark.parametrize("second", ["zh", "en"])
def test_what_two_of_them_say_alike_is_taken_once(here: Context, second: Language) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx", second)
    edited(east, FIRST, grade="重大", remark="催过")
    edited(west, FIRST, grade={"zh": "重大", "en": "major"}[second], remark="催过 ")
    made = update(here, east, west)
    assert [end for _, _, end, _ in told(made)] == ["proposed", "proposed", "same", "same"]
    assert told(made)[2][3] == "与 东镇.xlsx 隐患台账!J4 相同"
    assert made.commands == update(here, east).commands
    assert made.exit_code == FINE


def test_where_they_differ_both_places_are_named_and_neither_wins(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx", "en")
    edited(east, FIRST, rectified_on="2023-10-18", measure="已更换", remark="催过")
    edited(west, FIRST, rectified_on="2023-10-19")
    for files, said in (((east, west), "东镇.xlsx 隐患台账!S4"), ((west, east), "西镇.xlsx Ledger!S4")):
        made = update(here, *files)
        assert made.proposals == ()
        assert {end for _, _, end, _ in told(made)} == {"conflict"}
        assert any(said in words for _, _, _, words in told(made))
        assert made.exit_code == FINDINGS
    made = update(here, west, east)
    assert [words for _, _, _, words in told(made, "en")] == [
        "东镇.xlsx 隐患台账!S4 says “2023-10-18”: neither is taken",
        "the files disagree about “rectified on” of this hazard: settle that first",
        "西镇.xlsx Ledger!S4 says “2023-10-19”: neither is taken",
        "the files disagree about “rectified on” of this hazard: settle that first",
    ]


def test_a_cell_that_one_empties_and_the_other_fills_is_a_conflict_too(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx")
    edited(east, FIRST, site="")
    edited(west, FIRST, site="二楼东侧")
    assert [words for *_, words in told(update(here, east, west))] == [
        "与 西镇.xlsx 隐患台账!H4 的“二楼东侧”不一致，两处都不收",
        "东镇.xlsx 隐患台账!H4 清空了这一格，两处都不收",
    ]


def test_files_of_one_name_are_told_apart_and_what_is_wrong_is_said_of_each(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇/上报.xlsx"), out(here, "西镇/上报.xlsx")
    edited(east, FIRST, remark="甲")
    edited(west, FIRST, remark="乙")
    made = update(here, east, west)
    assert made.files == (str(east), str(west))
    assert told(made)[0][3] == f"与 {west} 隐患台账!Z4 的“乙”不一致，两处都不收"
    assert rendered(sheet(made), "csv", Page("zh")).splitlines()[1].startswith(f"{east},")
    (here.root.parent / "a.xlsx").write_bytes(b"PK\x03\x04")
    (here.root.parent / "b.xlsx").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(UsageError) as failure:
        update(here, east, here.root.parent / "a.xlsx", here.root.parent / "b.xlsx")
    assert [line.partition("：")[0] for line in failure.value.lines("zh") if "xlsx：" in line] == ["a.xlsx", "b.xlsx"]


def test_what_is_left_goes_back_to_each_sender(here: Context) -> None:  # noqa: F811
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx", "en")
    identity = edited(east, FIRST, due="下周")
    edited(west, FIRST + 1, days=3)
    done = applied(here, [east, west], "张三", "照单位回函", dry_run=True)
    folder = here.root.parent / "back"
    folder.mkdir()
    keep(here.root, done.made, done.refused, folder / "待改.xlsx", "zh")
    assert sorted(one.name for one in folder.iterdir()) == ["待改 东镇.xlsx", "待改 西镇.xlsx"]
    again = update(here, folder / "待改 东镇.xlsx", folder / "待改 西镇.xlsx")
    assert [(edit.key, edit.of, edit.kind) for edit in again.edits] == [("due", 0, "fixed"), ("days", 1, "fixed")]
    assert again.edits[0].id == identity
    twins = update(here, out(here, "甲/上报.xlsx"), out(here, "乙/上报.xlsx"))
    keep(here.root, twins, (), folder / "余.csv", "zh")
    assert sorted(one.name for one in folder.glob("余*")) == ["余 上报 1.csv", "余 上报 2.csv"]


def test_at_the_command_line_they_are_recorded_together(
    here: Context,  # noqa: F811
    repository: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    east, west = out(here, "东镇.xlsx"), out(here, "西镇.xlsx")
    edited(east, FIRST, remark="催过")
    edited(west, FIRST + 1, remark="停产")
    jsonschema: Any = pytest.importorskip("jsonschema")
    schema: Mapping[str, Any] = json.loads((repository / "schemas" / "update.schema.json").read_text(encoding="utf-8"))
    words = ["-C", str(here.root), "import", str(east), str(west), "--update", "--format", "json"]
    assert called(words) == FINE
    said = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator(schema).validate(said)
    assert said["files"] == ["东镇.xlsx", "西镇.xlsx"]
    assert [edit["file"] for edit in said["edits"]] == said["files"]
    assert called([*words, "--apply", "--by", "张三", "--reason", "照单位回函"]) == FINE
    jsonschema.Draft202012Validator(schema).validate(json.loads(capsys.readouterr().out))
    assert called(words) == FINE
    assert {edit["outcome"] for edit in json.loads(capsys.readouterr().out)["edits"]} == {"same"}


def test_of_two_rows_with_one_id_the_one_that_was_not_edited_is_named_too(here: Context) -> None:  # noqa: F811
    east = out(here, "东镇.xlsx")
    shutil.copy(east, here.root.parent / "西镇.xlsx")
    book = openpyxl.load_workbook(east)
    page: Any = book.worksheets[1]
    identity = page.cell(FIRST, 1).value
    page.cell(FIRST + 2, 1).value = identity
    book.save(east)
    edited(here.root.parent / "西镇.xlsx", FIRST, remark="催过")
    made = update(here, east, here.root.parent / "西镇.xlsx")
    twice = [edit for edit in made.edits if edit.of == 0 and edit.id == identity]
    assert [edit.line for edit in twice] == [FIRST, FIRST + 2]
    assert {"6" in edit.outcome.say("zh") and "4" in edit.outcome.say("zh") for edit in twice} == {True}
    assert set(made.edited) >= {(0, FIRST), (0, FIRST + 2)}
    assert [one.sets for one in made.proposals] == [("remark=催过",)]
