"""What python-docx has no call for, said once: typefaces for Chinese, widths that hold, rows that stay whole, fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from hazardctl.render import fonts

if TYPE_CHECKING:
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph


def sized(grid: Grid, shares: Sequence[int], room: int) -> None:
    """Share the room of a page out among the columns."""
    from docx.shared import Emu

    grid.autofit = False
    widths = [Emu(room * share // sum(shares)) for share in shares]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row in grid.rows:
        for box, width in zip(row.cells, widths, strict=True):
            box.width = width


def whole(row: Any, *, head: bool) -> None:  # noqa: ANN401 (python-docx has no name for a row of XML)
    """Keep a row on one page; the heads stand on every page."""
    settings = row._tr.get_or_add_trPr()  # noqa: SLF001 (there is no other way to say it)
    settings.append(_element("w:cantSplit"))
    if head:
        settings.append(_element("w:tblHeader"))


def faced(styled: Any, face: str) -> None:  # noqa: ANN401 (a run or a style)
    """Name a typeface for Chinese and the one for Latin letters."""
    from docx.oxml.ns import qn

    styled.font.name = fonts.LATIN
    named = styled.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        named.attrib.pop(qn(f"w:{theme}"), None)
    named.set(qn("w:eastAsia"), face)


def centred(paragraph: Paragraph) -> None:
    """Put a paragraph in the middle."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def right(paragraph: Paragraph) -> None:
    """Put a paragraph at the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def field(paragraph: Any, name: str) -> None:  # noqa: ANN401 (python-docx has no call for fields)
    """Add a field that the office program fills, such as the number of the page."""
    from docx.oxml.ns import qn

    made = _element("w:fldSimple")
    made.set(qn("w:instr"), name)
    paragraph._p.append(made)  # noqa: SLF001 (as above)


def _element(name: str) -> Any:  # noqa: ANN401 (an element of XML)
    from docx import oxml

    make: Any = getattr(oxml, "OxmlElement")  # noqa: B009 (its types are known in part only)
    return make(name)
