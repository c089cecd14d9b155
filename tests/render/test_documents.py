"""Sheets as documents: a Word file and a web page hold every word and figure, and nothing that people typed wakes up."""

from __future__ import annotations

import html
import io
import sys
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import docx
import pypdfium2
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.language import Text, plain
from hazardctl.render import docx as module
from hazardctl.render import fonts
from hazardctl.render.formats import document, rendered
from hazardctl.render.html.page import _environment
from hazardctl.render.page import Page, said
from hazardctl.render.terminal import clean
from hazardctl.sheet import Column, Figures, Heading, Line, Pictures, Sheet, Table
from tests.golden import LANGUAGES
from tests.office import converted
from tests.payloads import EVERY
from tests.render.pages import page, poisoned

WHOLE: Final = ("docx", "html")
RARE: Final = "䶮𠮷㐂 <未通电> & \"引号\" '单' ∅ ≥5"


def words(data: bytes) -> list[str]:
    """Read every text of a Word file, in the order of the page."""
    paper = docx.Document(io.BytesIO(data))
    found: list[str] = []
    parts: list[Any] = list(paper.iter_inner_content())
    for part in parts:
        if hasattr(part, "rows"):
            found += [cell.text for row in part.rows for cell in row.cells]
        else:
            found.append(part.text)
    return found


class Reader(HTMLParser):
    """Reads the texts, tags and attributes of a page as a browser would."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def seen(data: bytes) -> Reader:
    reader = Reader()
    reader.feed(data.decode())
    return reader


def texts(name: str, data: bytes) -> list[str]:
    return words(data) if name == "docx" else seen(data).texts


def cells(sheet: Sheet, language: Any) -> Iterator[str]:  # noqa: ANN401 (a language)
    """Give what a page for people has to say: every word and figure but bars and columns for programs."""
    for block in sheet.blocks:
        match block:
            case Heading() | Line():
                yield block.text.say(language)
            case Figures():
                yield from (said(cell, language) for cell in block.values)
            case Table():
                yield from (said(cell, language) for row in block.shown().rows for cell in row)
            case Pictures():
                yield from (one.caption.say(language) for one in block.items)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WHOLE)
def test_a_document_has_every_word_and_figure(name: str, language: Any) -> None:  # noqa: ANN401 (a language)
    sheet = page()
    found = texts(name, document([sheet], name, Page(language)))
    joined = "\n".join(found)
    for text in (sheet.title, *sheet.head, *sheet.foot):
        assert text.say(language) in joined
    for cell in cells(sheet, language):
        assert cell in joined
    assert "YH-20260516-7K2QF" in found


@pytest.mark.parametrize("name", WHOLE)
def test_several_sheets_are_one_document(name: str) -> None:
    found = texts(name, document([page(), poisoned("第二张")], name, Page()))
    assert any("青山镇" in text for text in found)
    assert "第二张" in found


@pytest.mark.parametrize("payload", EVERY)
@pytest.mark.parametrize("name", WHOLE)
def test_a_payload_is_text(name: str, payload: str) -> None:
    data = document([poisoned(payload)], name, Page())
    found = texts(name, data)
    assert not payload or "\n".join(map(clean, payload.split("\n"))) in found
    if name == "html":
        reader = seen(data)
        assert not reader.tags & {"script", "img", "a", "iframe", "svg", "object", "link"}
        marks = {
            "lang",
            "charset",
            "http-equiv",
            "content",
            "name",
            "class",
            "scope",
            "role",
            "tabindex",
            "aria-label",
            "id",
            "data-measure",
        }
        assert reader.attributes <= marks


@given(st.text(min_size=1, max_size=30))
def test_whatever_is_typed_comes_back_from_a_word_file(text: str) -> None:
    sheet = Sheet("x", plain("x"), blocks=(Table("t", (Column("a", plain("a")),), ((text,),)),))
    assert words(document([sheet], "docx", Page()))[-2] == "\n".join(map(clean, text.split("\n")))


@pytest.mark.parametrize("name", WHOLE)
def test_rare_characters_and_line_breaks_survive(name: str) -> None:
    sheet = Sheet("x", plain("x"), blocks=(Line(plain(RARE)), Line(plain("上\n下"))))
    found = texts(name, document([sheet], name, Page()))
    assert RARE in found
    assert "上\n下" in found


@pytest.mark.parametrize("name", WHOLE)
def test_made_twice_it_is_the_same_bytes(name: str) -> None:
    assert document([page()], name, Page()) == document([page()], name, Page())


def test_no_part_of_a_word_file_knows_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(document([page()], "docx", Page()))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        told = archive.read("docProps/core.xml").decode()
    assert "2026-06-30T00:00:00Z" in told
    assert "python-docx" not in told


def test_chinese_typefaces_are_named() -> None:
    with zipfile.ZipFile(io.BytesIO(document([page()], "docx", Page()))) as archive:
        body = archive.read("word/document.xml").decode()
    assert f'w:eastAsia="{fonts.BODY}"' in body
    assert "w:tblHeader" in body
    assert "w:cantSplit" in body


def test_a_column_is_as_wide_as_what_stands_in_it() -> None:
    columns = (Column("n", Text("序号", "no")), Column("text", Text("隐患", "hazard")))
    sheet = Sheet("x", plain("x"), blocks=(Table("t", columns, ((1, "储罐区可燃气体报警器失效，未接入值班室"),)),))
    grid = docx.Document(io.BytesIO(document([sheet], "docx", Page()))).tables[0]
    number, text = (column.width for column in grid.columns)
    assert number is not None
    assert text is not None
    assert number * 3 < text


def test_a_wide_table_lies_on_its_side() -> None:
    columns = tuple(Column(f"c{n}", plain(f"c{n}")) for n in range(12))
    wide = Sheet("x", plain("x"), blocks=(Table("t", columns, (tuple(range(12)),)),))
    for sheet, turned in ((wide, True), (poisoned("x"), False)):
        section = docx.Document(io.BytesIO(document([sheet], "docx", Page()))).sections[0]
        assert (section.page_width > section.page_height) is turned  # type: ignore[operator]


def test_a_page_asks_the_network_for_nothing() -> None:
    text = html.unescape(document([page()], "html", Page()).decode())
    assert "default-src 'none'; style-src 'sha256-" in text
    for word in ("<script", "http://", "https://", "url(", "@import", "style="):
        assert word not in text


@pytest.mark.parametrize(("name", "module"), [("docx", "docx"), ("html", "jinja2")])
def test_a_missing_extra_is_one_line(name: str, module: str) -> None:
    _environment.cache_clear()
    with patch.dict(sys.modules, {module: None}), pytest.raises(MissingExtraError) as caught:
        document([page()], name, Page())
    lines = caught.value.lines("zh")
    assert len(lines) == 1
    assert "pip install" in lines[0]
    assert caught.value.exit_code == 5


@pytest.mark.parametrize("name", WHOLE)
def test_a_document_is_no_text(name: str) -> None:
    with pytest.raises(UsageError):
        rendered(page(), name, Page())


def test_a_message_is_its_lines_and_nothing_else() -> None:
    sheet = Sheet("x", plain("x"), brief=(plain("【x】"), plain("一\n二")))
    assert rendered(sheet, "wechat", Page()) == "【x】\n一\\n二\n"
    with pytest.raises(UsageError):
        rendered(page(), "wechat", Page())


def test_a_form_has_two_rows_of_heads() -> None:
    over = plain("重大隐患")
    columns = (Column("n", plain("行业")), *(Column(key, plain(key), "right", over=over) for key in ("found", "rate")))
    sheet = Sheet("x", plain("x"), blocks=(Table("t", columns, (("消防", 1, 2),)),))
    grid = docx.Document(io.BytesIO(document([sheet], "docx", Page()))).tables[0]
    assert [[cell.text for cell in row.cells] for row in grid.rows] == [
        ["行业", "重大隐患", "重大隐患"],
        ["行业", "found", "rate"],
        ["消防", "1", "2"],
    ]


@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_a_table_that_nobody_reads_is_refused(name: str) -> None:
    with patch.object(module, "MOST_ROWS", 1), pytest.raises(UsageError, match="xlsx"):
        document([page()], name, Page())


def test_an_office_program_shows_every_word_of_a_word_file(tmp_path: Path) -> None:
    """LibreOffice prints what we wrote: every id, signs of markup, line breaks, characters that few typefaces have."""
    path = tmp_path / "x.docx"
    typed = RARE + "\n# $ @ \\ {{ x }} 㼆"
    path.write_bytes(document([page(), poisoned(typed)], "docx", Page()))
    pages = pypdfium2.PdfDocument(converted(path, "pdf", tmp_path / "office"))
    found = "".join("".join(one.get_textpage().get_text_range().split()) for one in pages)
    assert len(pages) > 1
    for id_ in ("YH-20260516-7K2QF", "YH-20260605-Q4M9D"):
        assert id_ in found
    lost = [word for word in typed.split() if word not in found]
    rare = "Noto Serif CJK SC" in {one.family for one in typst.Fonts().fonts()}
    assert lost == [] if rare else all(not fonts.usual(one) for word in lost for one in word if ord(one) > 0x7F)
