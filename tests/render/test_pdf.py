"""Sheets and papers as PDF: every word and figure of the Word document, nothing that wakes up, the same bytes twice."""

from __future__ import annotations

import io
import sys
from typing import Any, Final
from unittest.mock import patch

import docx
import pypdfium2
import pytest
import typst
from docx.shared import Mm

from hazardctl.errors import MissingExtraError, UnreadableError
from hazardctl.language import Text, plain
from hazardctl.render import fonts, typeset
from hazardctl.render.formats import document
from hazardctl.render.manuscript import manuscript, opened
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean
from hazardctl.sheet import Column, Line, Sheet, Table
from tests.golden import LANGUAGES
from tests.payloads import FORMULAS, HTML, MARKDOWN, MARKUP, NUMBERS, TERMINAL
from tests.render.pages import page, poisoned
from tests.render.test_documents import cells

TYPST: Final = (
    "#let x = 1", "$x$", "@ref", "*b* _i_", "\\ \\u{41}", "// gone", "/* gone */", '#image("/etc/passwd")', "a -- b --- c ...", "'a' \"b\"",
)  # fmt: skip
RARE: Final = "𠮷㼆䶮㐂 ∅ ≥5 “引号” ① Ⅱ"
PIXEL: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)

pytestmark = pytest.mark.skipif(
    not fonts.present(fonts.ANY, typst.Fonts().families()), reason="no typeface here has Chinese: nobody has looked at a PDF"
)


def read(data: bytes) -> list[str]:
    """Give the text of each page, without the white space that only the page has put there."""
    paper = pypdfium2.PdfDocument(data)
    return [squeezed(one.get_textpage().get_text_range()) for one in paper]


def squeezed(text: str) -> str:
    return "".join(text.replace("\ufffe", "").split())


def made(sheet: Sheet, language: Any = "zh") -> str:  # noqa: ANN401 (a language)
    return "".join(read(document([sheet], "pdf", Page(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_has_every_word_and_figure(language: Any) -> None:  # noqa: ANN401 (a language)
    sheet = page()
    found = made(sheet, language)
    for text in (sheet.title, *sheet.head, *sheet.foot):
        assert squeezed(text.say(language)) in found
    for cell in cells(sheet, language):
        assert squeezed(cell) in found


@pytest.mark.parametrize("payload", [*TERMINAL, *MARKUP, *FORMULAS, *HTML, *MARKDOWN, *NUMBERS, *TYPST])
def test_a_payload_is_text(payload: str) -> None:
    assert squeezed("".join(map(clean, payload.split("\n")))) in made(poisoned(payload))


def test_rare_characters_and_line_breaks_survive() -> None:
    if "Noto Serif CJK SC" not in typst.Fonts().families():
        pytest.skip("the typefaces here lack rare characters: nobody has seen them in a PDF")
    sheet = Sheet("x", plain("x"), blocks=(Line(plain(RARE)), Line(plain("上\n下"))))
    assert squeezed(RARE) in made(sheet)
    assert "上\n下" in pypdfium2.PdfDocument(document([sheet], "pdf", Page()))[0].get_textpage().get_text_range().replace("\r", "")


def test_a_character_that_no_typeface_has_stands_as_its_number() -> None:
    found = made(Sheet("x", plain("甲"), blocks=(Line(plain("某\U00014400某\U0003fff0")),)))
    assert "某\\U00014400某\\U0003fff0" in found


def test_made_twice_it_is_the_same_bytes_and_says_the_day_of_the_sheet() -> None:
    first = document([page()], "pdf", Page())
    assert first == document([page()], "pdf", Page())
    told = pypdfium2.PdfDocument(first).get_metadata_dict()
    assert told["CreationDate"].startswith("D:20260630")
    assert told["Title"] == page().title.zh
    assert b"2026-11" not in first


def test_a_head_stands_on_every_page_and_an_id_is_never_broken() -> None:
    columns = (Column("id", Text("编号", "id"), fixed=True), *(Column(f"c{n}", plain(f"列{n}")) for n in range(7)))
    rows = tuple((f"YH-20260516-{n:05}", *("很长的一句话" * 3 for _ in range(7))) for n in range(40))
    found = pypdfium2.PdfDocument(document([Sheet("x", plain("x"), blocks=(Table("t", columns, rows),))], "pdf", Page()))
    texts = [one.get_textpage().get_text_range() for one in found]
    assert len(texts) > 1
    assert all("编号" in text for text in texts)
    assert all(f"YH-20260516-{n:05}" in "".join(texts) for n in range(40))


def test_a_wide_table_lies_on_its_side() -> None:
    columns = tuple(Column(f"c{n}", plain(f"c{n}")) for n in range(12))
    wide = Sheet("x", plain("x"), blocks=(Table("t", columns, (tuple(range(12)),)),))
    for sheet, turned in ((wide, True), (poisoned("x"), False)):
        width, height = pypdfium2.PdfDocument(document([sheet], "pdf", Page()))[0].get_size()
        assert (width > height) is turned


def test_a_sheet_begins_on_a_page_of_its_own() -> None:
    found = read(document([page(), poisoned("第二张")], "pdf", Page()))
    assert "青山镇" in found[0]
    assert "第二张" in found[-1]
    assert "第二张" not in found[0]


def test_merged_cells_pictures_and_inherited_looks_of_an_office_are_kept() -> None:
    paper = docx.Document()
    paper.add_paragraph("本局模板").style = "Heading 1"
    paper.add_paragraph("正文用样式里的字号")
    grid = paper.add_table(3, 3, "Table Grid")
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "横并"
    grid.cell(1, 2).merge(grid.cell(2, 2)).text = "竖并"
    grid.cell(2, 0).paragraphs[0].add_run("制\t表")
    paper.add_picture(io.BytesIO(PIXEL), Mm(30), Mm(20))
    out = io.BytesIO()
    paper.save(out)
    told = manuscript(opened(out.getvalue()))
    table = next(block for block in told["blocks"] if block["kind"] == "table")
    assert [[(cell["across"], cell["down"]) for cell in row["cells"]] for row in table["rows"]] == [
        [(2, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 2)],
        [(1, 1), (1, 1)],
    ]
    assert table["ruled"]
    assert told["blocks"][0]["level"] == 1
    assert told["blocks"][0]["runs"][0]["bold"]
    data = typeset.typeset(out.getvalue(), "zh")
    found = "".join(read(data))
    assert found.count("竖并") == 1
    assert found.count("横并") == 1
    objects: list[Any] = list(pypdfium2.PdfDocument(data)[0].get_objects())
    assert any(one.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE for one in objects)


def test_a_missing_extra_is_one_line() -> None:
    with patch.dict(sys.modules, {"typst": None}), pytest.raises(MissingExtraError) as caught:
        document([page()], "pdf", Page())
    assert len(caught.value.lines("zh")) == 1
    assert "hazardctl[pdf]" in caught.value.lines("zh")[0]


def test_a_machine_without_chinese_is_told_which_typeface_to_install() -> None:
    bare = typst.Fonts(include_system_fonts=False)
    with patch.object(typst, "Fonts", lambda: bare), pytest.raises(MissingExtraError) as caught:
        document([page()], "pdf", Page())
    assert caught.value.exit_code == 5
    assert len(caught.value.lines("zh")) == 1
    assert "fonts-noto-cjk" in caught.value.lines("en")[0]


def test_a_picture_that_is_broken_is_told_and_a_drawing_is_left_out() -> None:
    paper = docx.Document()
    paper.add_picture(io.BytesIO(PIXEL), Mm(30), Mm(20))
    part = next(one for one in paper.part.related_parts.values() if one.partname.endswith(".png"))
    for blob, told in ((PIXEL[:40], True), (b"\x01\x00\x00\x00EMF", False)):
        part._blob = blob
        out = io.BytesIO()
        paper.save(out)
        if told:
            with pytest.raises(UnreadableError, match="PDF"):
                typeset.typeset(out.getvalue(), "zh")
        else:
            assert typeset.typeset(out.getvalue(), "zh").startswith(b"%PDF")


def test_characters_without_a_typeface_are_not_looked_for_for_ever() -> None:
    with patch.object(typeset, "MOST", 1), pytest.raises(MissingExtraError):
        document([Sheet("x", plain("\U00014400"))], "pdf", Page())
