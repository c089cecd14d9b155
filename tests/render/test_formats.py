"""Formats for programs and forges, and the table of formats."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.render import json as as_json
from hazardctl.render.csv import safe
from hazardctl.render.formats import FORMATS, by_suffix, known, rendered
from hazardctl.render.markdown import escaped
from hazardctl.render.page import Page
from hazardctl.sheet import Column, Figures, Line, Mark, Rate, Sheet
from tests.payloads import EVERY, FORMULAS
from tests.render.pages import page, poisoned


def test_markdown_has_pipe_tables_without_bars_and_columns_for_programs() -> None:
    text = rendered(page(), "md", Page("zh"))
    assert "# 青山镇 2026年上半年事故隐患排查治理情况\n" in text
    assert re.search(r"\| 行业领域 +\| +发现 \| +已整改 \| +待复查 \| +限期 \| +逾期 \| +整改率 \|\n\|:-+\|-+:\|", text)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|")]
    assert ["危险化学品", "12", "10", "0", "1", "1", "83.33%"] in rows
    assert "█▍" not in text
    assert "- **月度发现** 1月 14▆&emsp;2月 9▁" in text
    assert "- **用时** 整改中位" in text
    assert "**逾期未整改 2 项**\n\n| 编号 " in text
    assert "另有 1 项" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("|管|", "\\|管\\|"),
        ("<b>&", "&lt;b&gt;&amp;"),
        ("![图](x)", "\\!\\[图\\](x)"),
        ("a_b*c`d~e$f#g\\h", "a\\_b\\*c\\`d\\~e\\$f\\#g\\\\h"),
        ("http://evil.example www.evil.example", "http\\://evil.example www\\.evil.example"),
        ("a\nb", "a\\\\nb"),
        ("2026-06-20", "2026-06-20"),
    ],
)
def test_markup_of_people_is_no_markup(text: str, shown: str) -> None:
    assert escaped(text) == shown


@pytest.mark.parametrize("text", ["- 一项", "+ 一项", "1. 一项", "12) 一项", "=== 线"])
def test_a_sentence_never_begins_a_list(text: str) -> None:
    body = rendered(Sheet("x", plain("题"), blocks=(Line(plain(text)),)), "md", Page())
    assert "\\" in body.split("\n\n")[1]


def test_csv_is_for_spreadsheets() -> None:
    text = rendered(page(), "csv", Page("en"))
    assert text.startswith("\ufeffSector,Found,Rectified,To verify,Due,Overdue,Rate,On time,Period\r\n")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[1] == ["Hazardous chemicals", "12", "10", "0", "1", "1", "83.33%", "50.00%", "2026H1"]
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_people_is_a_formula(formula: str) -> None:
    assert safe(formula).startswith("'")


def test_csv_keeps_numbers_numbers_and_line_breaks_line_breaks() -> None:
    assert safe("一\n二\x1b") == "一\n二\\x1b"
    figures = Figures("f", (Column("a", plain("甲")), Column("b", plain("乙"))), (-3, "-3"))
    body = rendered(Sheet("x", plain("题"), blocks=(figures,), main="f"), "csv", Page())
    assert body == "\ufeff甲,乙\r\n-3,'-3\r\n"


def test_csv_without_a_main_table_has_one_empty_line() -> None:
    assert rendered(Sheet("x", plain("题")), "csv", Page()) == "\ufeff\r\n"


def test_json_has_exact_texts_and_rates_in_parts() -> None:
    body = json.loads(rendered(page(), "json", Page("en")))
    assert body == {
        "schema": "hazardctl/report/1",
        "found": 42,
        "rate": {"numerator": 38, "denominator": 42, "value": "90.48"},
        "as_of": "2026-06-30",
        "name": "one",
        "unread": [],
    }


def test_json_says_null_for_nothing_over_nothing_and_knows_marks_and_decimals() -> None:
    said = {"a": Rate(0, 0), "b": Mark(3, "warn"), "c": dt.date(2026, 1, 2), "d": (True, None, Text("一", "one")), "e": Decimal("0.50")}
    assert json.loads(as_json.written(as_json.plain(said, "zh"))) == {
        "a": {"numerator": 0, "denominator": 0, "value": None},
        "b": 3,
        "c": "2026-01-02",
        "d": [True, None, "一"],
        "e": "0.50",
    }
    flat = {"day": dt.date(2026, 1, 2), "money": Decimal("1.10"), "none": None}
    for value in (flat, [flat, flat], {"all": [flat], "day": flat["day"]}):
        assert json.loads(as_json.written(as_json.plain(value, "zh"))) == json.loads(json.dumps(value, default=str))
    with pytest.raises(TypeError):
        as_json.plain(object(), "zh")


@pytest.mark.parametrize("payload", EVERY)
def test_json_gives_back_every_text_and_shows_no_character_that_acts(payload: str) -> None:
    text = rendered(poisoned(payload), "json", Page("en"))
    assert json.loads(text)["text"] == payload
    assert not set(text) & {"\x1b", "\x9b", "\x7f", "\u202e", "\u2028", "\u200b", "\ud800"}
    assert text.encode()


@pytest.mark.parametrize("name", ["text", "md", "csv"])
@pytest.mark.parametrize("payload", EVERY)
def test_no_payload_acts_in_any_format(payload: str, name: str) -> None:
    for width in (40, 100):
        text = rendered(poisoned(payload), name, Page("zh", width))
        assert not set(text) & {"\x1b", "\x9b", "\x00", "\x07", "\x7f", "\u202e", "\u2066", "\u2028", "\u200b", "\ud800", "\U000e0041"}
        assert text.encode()
        if name != "csv":
            assert "\r" not in text
            assert "假的一行\n" not in text


@pytest.mark.parametrize("payload", EVERY)
def test_colour_does_not_wake_a_payload(payload: str) -> None:
    text = rendered(poisoned(payload), "text", Page("zh", 100, colour=True))
    inert = rendered(poisoned(payload), "text", Page("zh", 100))
    for code in ("\x1b[1m", "\x1b[1;31m", "\x1b[0m"):
        text = text.replace(code, "")
    assert text == inert


@pytest.mark.parametrize(
    ("file", "name"),
    [("a.md", "md"), ("半年.CSV", "csv"), ("x.json", "json"), ("x.markdown", "md"), ("x.wechat.txt", "wechat"), ("总结.DOCX", "docx")],
)
def test_the_suffix_of_a_file_picks_the_format(file: str, name: str) -> None:
    assert by_suffix(file) == name


@pytest.mark.parametrize("file", ["x", "x.exe", ".md.", "json"])
def test_another_suffix_is_refused_with_those_there_are(file: str) -> None:
    with pytest.raises(UsageError) as caught:
        by_suffix(file)
    assert ".md" in caught.value.lines("en")[1]


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError) as caught:
        known("odt")
    assert "text" in caught.value.lines("zh")[1]


def test_programs_and_people_are_told_apart() -> None:
    assert {name for name, one in FORMATS.items() if one.people} == {"text", "md", "wechat"}


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=3).map(tuple) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(PLAIN)
@example([{"a": "},\n    {", "": "}"}, {"b": "{"}])
@example({"rows": [{"a": "},\n      {"}, {"a": "},\\n      {"}], "none": [{}, {"a": 1}]})
def test_json_is_laid_out_as_the_library_lays_it_out(value: object) -> None:
    assert json.loads(as_json.written(value)) == json.loads(json.dumps(value))
    assert as_json._laid_out(value, "") == json.dumps(value, ensure_ascii=False, indent=2)
