"""Claims held against each other and against a ledger: contradictions named, and what the program prints agrees with itself."""

from __future__ import annotations

import datetime as dt
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.ops.claims import Checked, alone, checked
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import narrative
from hazardctl.ops.reporting.call import Call
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests.exchange.test_claims import BUREAU, COUNTY, DISTRICT, GREAT, TOWNSHIP
from tests.ops.periodical import fits

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
PLAIN: Final = "2024年上半年小结\n\n"


def data(made: Checked) -> dict[str, Any]:
    jsonschema = pytest.importorskip("jsonschema")
    said: dict[str, Any] = json.loads(rendered(made.sheet, "json", Page()))
    schema = json.loads((SCHEMAS / "claims.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(said)
    fits(made.sheet)
    return said


def codes(text: str, tmp_path: Path) -> list[tuple[str, int, str]]:
    return [(one["code"], one["line"], one["words"]) for one in data(alone(written(text, tmp_path)))["faults"]]


def written(text: str, tmp_path: Path, name: str = "a.txt") -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_known_contradictions_of_the_seeds_are_named(tmp_path: Path) -> None:
    assert codes(TOWNSHIP, tmp_path) == [("HZ513", 1, ""), ("HZ504", 9, "执法人员8人次")]
    assert codes(DISTRICT, tmp_path) == []
    assert codes(COUNTY, tmp_path) == []
    assert codes(GREAT, tmp_path) == [("HZ503", 7, "整改538处")]
    assert codes(BUREAU, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("查出隐患30处，已整改31处。", "HZ506"),
        ("查出隐患30处，已整改20处，限期整改11处。", "HZ501"),
        ("查出隐患1317处，已整改1299处，整改率98.60%。", "HZ507"),
        ("检查单位27家，共20家次。", "HZ505"),
        ("派出检查组11个，检查人员8人次。", "HZ504"),
        ("查出隐患30处。\n\n消防领域：查出隐患40处。", "HZ503"),
        ("排查出重大隐患3处，已整改4处。", "HZ506"),
    ],
)
def test_arithmetic_that_cannot_be_is_named(text: str, code: str, tmp_path: Path) -> None:
    assert [one for one, *_ in codes(PLAIN + text, tmp_path)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "查出隐患1317处，已整改1299处，限期整改18处，整改率98.63%。",
        "查出隐患1317处，已整改1299处，整改率98.6%。",
        "查出隐患30000处，已整改29999处，整改率99.99%。",
        "查出隐患200余处，已整改210处。",
        "查出隐患X处，已整改12处，整改率100%。",
        "查出隐患30处。\n\n去年消防领域查出隐患40处。",
        "查出隐患30处。\n\n另一处查出隐患40处，整改40处。",
        "检查单位27家、30家次，派出检查组8个，检查人员8人次。",
    ],
)
def test_arithmetic_that_can_be_is_left_alone(text: str, tmp_path: Path) -> None:
    assert codes(PLAIN + text, tmp_path) == []


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(SAMPLE, dt.date(2023, 10, 20), index=False)


@pytest.mark.parametrize(("period", "as_of"), [("2023H1", "2023-06-30"), ("2023", "2023-10-20")])
@pytest.mark.parametrize("format_", ["text", "md"])
def test_the_work_summary_we_print_is_found_claim_by_claim_and_agrees(
    period: str, as_of: str, format_: str, context: Context, tmp_path: Path
) -> None:
    sheet = narrative.make(Call(context, Words(period, as_of=as_of))).sheet
    printed: dict[str, Any] = json.loads(rendered(sheet, "json", Page()))
    text = rendered(sheet, format_, Page("zh", 100))
    said = data(checked(context, written(text, tmp_path, "a.md" if format_ == "md" else "a.txt"), Words()))
    assert (said["period"]["from"], said["as_of"]) == ("2023-01-01", as_of)
    assert [one for one in said["claims"] if one["verdict"] == "contradicts"] == []
    found = {one["measure"] for one in said["claims"]}
    figures = [one for part in printed["sections"] for line in part["sentences"] for one in line["figures"]]
    unread = {one["measure"] for one in figures if one["measure"] not in found}
    assert {one for one in unread if not one.startswith(("accidents.class.", "overdue.days["))} == set()
    assert len([one for one in said["claims"] if one["verdict"] == "agrees"]) >= 0.95 * len(figures)


def test_a_claim_that_the_ledger_contradicts_comes_with_the_figure_of_the_ledger(context: Context, tmp_path: Path) -> None:
    text = "2023年上半年小结\n\n排查隐患80处，已整改79处。消防领域查出隐患16处。撰写通讯12篇。\n"
    made = checked(context, written(text, tmp_path), Words())
    said = data(made)
    assert made.contradicted
    (against,) = [one for one in said["claims"] if one["verdict"] == "contradicts"]
    assert (against["line"], against["column"], against["words"], against["ledger"]) == (3, 1, "排查隐患80处", "79")
    assert against["explain"] == "hazardctl explain hazards.found -p 2023H1 --as-of 2023-06-30"
    assert said["other_numbers"] == 2  # the year, and the articles


def test_a_day_is_no_period_and_the_name_of_a_campaign_no_sector(context: Context, tmp_path: Path) -> None:
    text = "2023年上半年小结\n\n截至2023-06-30，排查隐患80处，已全部整改。\n\n工贸企业执法检查行动中，组成检查组11个。"
    said = data(checked(context, written(text, tmp_path), Words()))
    assert (said["period"]["name"], said["faults"]) == ("2023H1", [])
    assert [(one["measure"], one["verdict"]) for one in said["claims"]] == [
        ("hazards.found", "contradicts"),
        ("hazards.rectified", "agrees"),
        ("inspections.teams[campaign=enforcement-2023]", "agrees"),
    ]


@pytest.mark.parametrize(
    ("title", "body", "days"),
    [
        ("2024年上半年小结", "2023年上半年，查出隐患3处。", "2023-01-01"),
        ("2023年上半年小结", "2023年，查出隐患3处。", "2023-01-01"),
        ("小结", "2023年下半年，查出隐患3处。", "2023-07-01"),
        ("截至2023年10月16日的小结", "查出隐患3处。", "2023-01-01"),
    ],
)
def test_the_period_is_the_one_the_text_is_about(title: str, body: str, days: str, context: Context, tmp_path: Path) -> None:
    said = data(checked(context, written(f"{title}\n\n{body}", tmp_path), Words()))
    assert said["period"]["from"] == days
    assert [one["code"] for one in said["faults"]] == (["HZ513"] if title.startswith("2024") else [])


def test_figures_of_quarters_are_asked_for_their_quarter(context: Context, tmp_path: Path) -> None:
    text = "2023年上半年小结\n\n第一季度排查隐患1处，第二季度排查隐患1处，上半年共排查隐患79处。\n"
    said = [(one["measure"], one["verdict"]) for one in data(checked(context, written(text, tmp_path), Words()))["claims"]]
    assert said == [
        ("hazards.found[period=Q1]", "contradicts"),
        ("hazards.found[period=Q2]", "contradicts"),
        ("hazards.found", "agrees"),
    ]


def test_what_may_be_meant_agrees(context: Context, tmp_path: Path) -> None:
    for words, verdict in (
        ("70余", "agrees"),
        ("近80", "agrees"),
        ("约80", "agrees"),
        ("80余", "contradicts"),
        ("X", "blank"),
        ("七十九", "agrees"),
    ):
        said = data(checked(context, written(f"2023年上半年小结\n\n排查隐患{words}处。\n", tmp_path), Words()))
        assert [one["verdict"] for one in said["claims"]] == [verdict], words


def test_a_figure_that_nobody_keeps_and_a_name_that_nobody_knows_contradict_nothing(context: Context, tmp_path: Path) -> None:
    text = "2023年上半年小结\n\n“春雷”专项行动中，查出隐患300处。\n\n煤矿领域：行政拘留9人。"
    said = data(checked(context, written(text, tmp_path), Words()))
    assert [one["verdict"] for one in said["claims"]] == ["not_compared", "not_kept"]


def test_a_text_without_a_period_asks_for_one(context: Context, tmp_path: Path) -> None:
    file = written("小结\n\n排查隐患80处。\n", tmp_path)
    with pytest.raises(UsageError, match="-p"):
        checked(context, file, Words())
    assert data(checked(context, file, Words("2023H1")))["period"]["name"] == "2023H1"


def test_files_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xff\xff")
    (tmp_path / "b.docx").write_bytes(b"nothing")
    for name in ("a.txt", "none.txt", "c.pdf"):
        with pytest.raises(UsageError):
            alone(str(tmp_path / name))
    with pytest.raises((UsageError, MissingExtraError)):
        alone(str(tmp_path / "b.docx"))


def test_gb18030_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("小结\n\n排查隐患80处。".encode("gb18030"))
    assert [one["words"] for one in data(alone(str(tmp_path / "a.txt")))["claims"]] == ["排查隐患80处"]


def test_a_docx_is_read_a_paragraph_a_line(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    for line in ("小结", "排查隐患80处。"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "a.docx"))
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    assert [(one["line"], one["words"]) for one in data(alone(str(tmp_path / "a.docx")))["claims"]] == [(3, "排查隐患80处")]


def test_without_the_extra_a_docx_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match="word"):
        alone(written("", tmp_path, "a.docx"))


ENGLISH: Final = """\
Work safety summary of Qingshan, first half of 2023

As of 2023-06-30 the town inspected 53 units and found 80 hazards. 79 of them were rectified, a rectification rate of 98.75 %.

| Sector | Hazards found | Rectified | Rectification rate |
|---|---|---|---|
| Fire safety | 16 | 16 | 100% |
| Hazardous chemicals | 12 | 13 | 100% |
"""


def test_a_summary_in_english_with_its_table_is_held_against_the_ledger(tmp_path: Path) -> None:
    context = Context(SAMPLE, dt.date(2023, 10, 20), language="en")
    said = data(checked(context, written(ENGLISH, tmp_path, "a.md"), Words()))
    assert said["period"]["name"] == "2023H1"
    verdicts = {(one["line"], one["words"]): one["verdict"] for one in said["claims"]}
    assert verdicts == {
        (3, "inspected 53 units"): "agrees",
        (3, "80 hazards"): "contradicts",
        (3, "79 of them were rectified"): "agrees",
        (3, "rectification rate of 98.75 %"): "contradicts",
        (7, "Hazards found 16"): "agrees",
        (7, "Rectified 16"): "agrees",
        (7, "Rectification rate 100%"): "agrees",
        (8, "Hazards found 12"): "contradicts",
        (8, "Rectified 13"): "contradicts",
        (8, "Rectification rate 100%"): "agrees",
    }
    assert [(one["code"], one["line"]) for one in said["faults"]] == [("HZ506", 8), ("HZ507", 8)]


def test_the_tables_of_a_word_file_are_read_in_their_place(tmp_path: Path) -> None:
    docx: Any = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("2023年上半年小结")
    table = document.add_table(rows=2, cols=3)
    texts = ("行业领域", "排查隐患", "整改率(%)", "消防", "16", "98")
    for cell, text in zip([*table.rows[0].cells, *table.rows[1].cells], texts, strict=True):
        cell.text = text
    document.add_paragraph("检查单位53家。")
    path = tmp_path / "a.docx"
    document.save(str(path))
    said = data(alone(str(path)))
    assert [one["measure"] for one in said["claims"]] == ["hazards.found[sector=fire]", "hazards.rate[sector=fire]", "inspections.units"]
