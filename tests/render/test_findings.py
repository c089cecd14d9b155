"""The formats of findings: what a person reads, what an editor reads, what a program reads."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from hazardctl.diagnostics import START, Diagnostic, Place, Review, Severity
from hazardctl.errors import UsageError
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.render.findings import FORMATS, rendered
from hazardctl.render.page import Page
from hazardctl.render.width import width
from tests.payloads import HTML, MARKUP, TERMINAL, WIDE

jsonschema: Any = pytest.importorskip("jsonschema")

LINE = "  - {date: 2026-03-12, do: verify, by: [李强, 陈静], result: pass}"
FOUND = Diagnostic(
    "ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml",
    Place(17, 12, 17, 22),
    "HZ301",
    Severity.ERROR,
    Text("复查 2026-03-12 早于整改 2026-03-18", "verified 2026-03-12, rectified 2026-03-18"),
    "YH-20260308-3XQ9D",
    ("history", 3, "date"),
    Text("闭环顺序 登记 <= 交办", "registered <= assigned"),
    Text("核对复查记录", "look at the paper"),
    ((16, "  - {date: 2026-03-18, do: rectify, by: 刘洋, note: 已接地并测试}"), (17, LINE)),
    Text("复查日期早于整改完成日期", "verified before it was rectified"),
)
OWNER = dataclasses.replace(FOUND, place=Place(17, 40, 17, 48), title=None, severity=Severity.WARNING)


def review(*found: Diagnostic, **files: int) -> Review:
    return Review(found, files or {"hazard": 187, "inspection": 96, "unit": 58}, as_of="2026-06-30", commit="a1b2c3d")


def page(found: Review, name: str = "full", language: Language = "zh", columns: int = 100) -> str:
    return rendered(found, name, Page(language, columns))


def test_a_finding_in_full_chinese() -> None:
    assert page(review(FOUND)) == (
        "error[HZ301]: 复查日期早于整改完成日期\n"
        "  --> ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml:17:12\n"
        "   |\n"
        "16 |   - {date: 2026-03-18, do: rectify, by: 刘洋, note: 已接地并测试}\n"
        "17 |   - {date: 2026-03-12, do: verify, by: [李强, 陈静], result: pass}\n"
        "   |            ^^^^^^^^^^ 复查 2026-03-12 早于整改 2026-03-18\n"
        "   = 依据: 闭环顺序 登记 <= 交办\n"
        "   = 修改: 核对复查记录\n"
        "   = 详情: hazardctl explain HZ301\n"
        "\n"
        "检查 341 个文件（隐患 187、检查 96、单位 58）：1 个错误，0 个警告\n"
    )


def test_a_finding_in_full_english() -> None:
    text = page(review(FOUND, OWNER), language="en")
    assert text.startswith("error[HZ301]: verified before it was rectified\n")
    assert "   = because: registered <= assigned\n   = repair: look at the paper\n   = more: hazardctl explain HZ301\n" in text
    assert text.endswith("\n341 files checked (187 hazards, 96 inspections, 58 units): 1 error, 1 warning\n")


def test_carets_stand_under_wide_characters() -> None:
    lines = page(review(OWNER)).split("\n")
    caret = next(line for line in lines if "^" in line)
    assert width(LINE[:39]) == caret.index("^") - len("   | ")
    assert caret.count("^") == width(LINE[39:47]) == 12


def test_concise_is_a_line_a_finding_and_the_summary() -> None:
    assert page(review(FOUND, OWNER), "concise").split("\n") == [
        "ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml:17:12: HZ301 复查 2026-03-12 早于整改 2026-03-18",
        "ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml:17:40: HZ301 复查 2026-03-12 早于整改 2026-03-18",
        "检查 341 个文件：1 个错误，1 个警告",
        "",
    ]


def test_a_sound_ledger_is_silent_but_for_the_last_line() -> None:
    assert page(review(hazard=1), language="en") == "1 file checked (1 hazard): no errors, no warnings\n"
    assert page(review(unit=0)) == "检查 0 个文件：没有错误和警告\n"


def test_notes_and_unread_files_are_counted_apart() -> None:
    note = dataclasses.replace(FOUND, severity=Severity.INFO)
    found = dataclasses.replace(review(note, note), unread=("ledger/x.yaml",), known=7)
    assert page(found).split("\n")[-2].endswith("：没有错误和警告；提示 2 条；基线已有 7 条，未列出；1 个文件读不出来，未计入任何数字")
    assert (
        page(found, language="en")
        .split("\n")[-2]
        .endswith(": no errors, no warnings; 2 notes; 7 more of the baseline, not shown; 1 file could not be read and count in no figure")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_json_follows_its_schema(language: Language, repository: Path) -> None:
    schema = json.loads((repository / "schemas" / "findings.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    bare = dataclasses.replace(FOUND, because=None, repair=None, excerpt=(), place=START, record="", trail=("plan", "@key"))
    told = json.loads(page(review(FOUND, bare), "json", language))
    jsonschema.validate(told, schema)
    first, second = told["findings"]
    assert (first["field"], first["end_column"], first["message"]) == ("history.3.date", 22, FOUND.message.say(language))
    assert (second["field"], second["because"]) == ("plan", None)
    assert told["counts"] == {"error": 2, "warning": 0, "info": 0}
    assert told["files"] == 341


def prints(*found: Diagnostic, language: Language = "zh") -> list[str]:
    return [one["fingerprint"] for one in json.loads(page(review(*found), "json", language))["findings"]]


def test_a_fingerprint_survives_moved_lines_and_names_one_finding() -> None:
    late = dataclasses.replace(FOUND, message=Text("逾期 {n} 天", "{n} days late").of(n=3))
    moved = dataclasses.replace(late, place=Place(99, 1), message=Text("逾期 {n} 天", "{n} days late").of(n=4), path="elsewhere.yaml")
    assert prints(late) == prints(moved)
    others = [dataclasses.replace(late, trail=("history", 4, "date")), dataclasses.replace(late, code="HZ302"), FOUND]
    assert len({*prints(late, *others), *prints(dataclasses.replace(late, record="YH-20260308-AAAAA"))}) == 5


def test_two_findings_alike_have_two_fingerprints_the_same_in_every_language() -> None:
    first, second = prints(FOUND, FOUND)
    assert first != second
    assert prints(FOUND, FOUND, language="en") == [first, second]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("payload", [*TERMINAL, *MARKUP, *HTML, *WIDE])
def test_no_text_of_a_record_can_act(name: str, payload: str) -> None:
    hostile = dataclasses.replace(
        FOUND,
        path=f"hazards/{payload}.yaml",
        message=Text("{it}", "{it}").of(it=payload),
        title=Text("{it}", "{it}").of(it=payload),
        notes=(Text("{it}", "{it}").of(it=payload),),
        excerpt=((17, f"  - {payload}{payload}"),),
        place=Place(17, 5, 17, 5 + len(payload)),
    )
    text = page(review(hostile), name)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2028\u2029\ud800-\udfff\ufeff]", text)
    text.encode("utf-8")
    if name == "concise":
        assert text.count("\n") == 2
    if name == "json":
        assert json.loads(text)["findings"][0]["message"] == payload


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 140])
def test_an_excerpt_fits_the_page_and_shows_the_part_meant(columns: int) -> None:
    line = f"description: {'很长的描述' * 40}末尾"
    meant = dataclasses.replace(FOUND, excerpt=((3, line),), place=Place(3, len(line) - 1, 3, len(line) + 1), title=None)
    shown = [text for text in page(review(meant), columns=columns).split("\n") if text.startswith((" 3 |", "   | "))]
    assert all(width(text) <= columns for text in shown)
    assert "末尾" in shown[0]
    at = width(shown[0][: shown[0].index("末尾")])
    assert shown[1].index("^") == at


def test_a_part_wider_than_the_page_is_cut() -> None:
    line = f"description: {'很长的描述' * 40}"
    meant = dataclasses.replace(FOUND, excerpt=((3, line),), place=Place(3, 14, 3, len(line) + 1), title=None)
    shown = [text for text in page(review(meant), columns=60).split("\n") if text.startswith((" 3 |", "   | "))]
    assert all(width(text) <= 60 for text in shown)
    assert shown[0].endswith("...")


def test_without_an_excerpt_message_and_reason_stand_alone() -> None:
    bare = dataclasses.replace(FOUND, excerpt=(), because=None, repair=None, title=None)
    assert page(review(bare)).split("\n")[:3] == [
        "error[HZ301]: 复查 2026-03-12 早于整改 2026-03-18",
        "  --> ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml:17:12",
        "   = 详情: hazardctl explain HZ301",
    ]


def test_a_place_without_end_gets_one_caret_and_a_later_end_the_rest_of_the_line() -> None:
    one = dataclasses.replace(FOUND, place=Place(17, 12), title=None)
    assert next(text for text in page(review(one)).split("\n") if "^" in text).count("^") == 1
    block = dataclasses.replace(FOUND, place=Place(17, 3, 19, 1), title=None)
    assert next(text for text in page(review(block)).split("\n") if "^" in text).count("^") == width(LINE[2:])


def test_colour_goes_with_words_and_only_where_asked() -> None:
    coloured = rendered(review(FOUND), "full", Page("zh", 100, colour=True))
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == page(review(FOUND))


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as refusal:
        page(review(), "sarif2")
    assert "concise" in str(refusal.value)
