"""What stands in a Word file, in the order of the page: what `typeset` needs in order to set it as a PDF.

Paragraphs, runs, tables with merged cells, pictures and page breaks are read; headers, text boxes and drawings are not. Sizes are
points. What a run does not say of itself is what its style says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hazardctl.render import fonts

if TYPE_CHECKING:
    from docx.document import Document

Part: TypeAlias = dict[str, Any]
"""What `templates/paper.typ` reads of a block, a run or a cell."""

POINT: Final = 12_700
USUAL: Final = 10.5
BLACK: Final = "000000"
LONG: Final = 900
"""Characters of a cell from which its row may be split over two pages."""
SIDES: Final = {"center": "center", "right": "right", "end": "right"}
HEADING: Final = "Heading "
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
"""How the pictures begin that can be set; a drawing of an office program is none of them."""


def manuscript(paper: Document) -> Part:
    """Give the page, the title, the day the file states and the blocks of a Word file."""
    section = paper.sections[0]
    page = {
        "width": section.page_width,
        "height": section.page_height,
        "top": section.top_margin,
        "right": section.right_margin,
        "bottom": section.bottom_margin,
        "left": section.left_margin,
    }
    told = paper.core_properties
    day = told.created
    root: Any = paper.element
    footer: Any = section.footer
    blocks = list(_Reader(paper).blocks(root.body))
    return {
        "title": told.title or _title(blocks),
        "day": [day.year, day.month, day.day] if day else [1980, 1, 1],
        "page": {name: (length or 0) / POINT for name, length in page.items()},
        "numbered": "PAGE" in footer._element.xml,  # noqa: SLF001 (python-docx has no name for fields)
        "blocks": blocks,
    }


def texts(manuscript: Part) -> Iterator[Part]:
    """Give every run of a manuscript."""
    for block in manuscript["blocks"]:
        cells = (cell for row in block.get("rows", ()) for cell in row["cells"])
        parts = [block] if block["kind"] == "text" else [part for cell in cells for part in cell["parts"]]
        yield from (run for part in parts for run in part["runs"] if "text" in run)


def _title(blocks: Sequence[Part]) -> str:
    """Take the largest of the first lines for the title of a paper that states none."""
    runs = [run for block in blocks[:4] if block["kind"] == "text" for run in block["runs"] if "text" in run and run["bold"]]
    return max(runs, key=lambda run: float(run["size"]))["text"] if runs else ""


class _Reader:
    """Reads the blocks of one file; a style is looked up once."""

    def __init__(self, paper: Document) -> None:
        self._paper = paper
        self._styles: dict[str | None, Any] = {}

    def blocks(self, body: Any) -> Iterator[Part]:  # noqa: ANN401 (an element of XML)
        from docx.table import Table
        from docx.text.paragraph import Paragraph

        for element in body.iterchildren():
            name = str(element.tag).rpartition("}")[2]
            if name == "p":
                broken = element.xpath('.//w:br[@w:type="page"]')
                yield {"kind": "page"} if broken else self.paragraph(Paragraph(element, self._paper))
            elif name == "tbl":
                yield self.table(Table(element, self._paper))

    def paragraph(self, paragraph: Any) -> Part:  # noqa: ANN401 (python-docx types its parts in part only)
        style, shape = self.style(paragraph), paragraph.paragraph_format
        name = str(style.name or "")
        level = int(name.removeprefix(HEADING)) if name.startswith(HEADING) and name.removeprefix(HEADING).isdigit() else 0
        runs = [piece for run in paragraph.runs for piece in _run(run, style)]
        size = next((run["size"] for run in runs if "size" in run), USUAL)
        return {
            "kind": "text",
            "side": _side(paragraph),
            "level": level,
            "first": _first(paragraph, size),
            "sticky": bool(shape.keep_with_next) or level > 0,
            "runs": runs,
        }

    def style(self, paragraph: Any) -> Any:  # noqa: ANN401 (as above)
        key: str | None = paragraph._p.style  # noqa: SLF001 (its id; the style itself takes a search)
        if key not in self._styles:
            self._styles[key] = paragraph.style
        return self._styles[key]

    def table(self, table: Any) -> Part:  # noqa: ANN401 (as above)
        grid = table._tbl  # noqa: SLF001 (its own rows copy merged cells)
        widths = [int(width) for width in grid.xpath("./w:tblGrid/w:gridCol/@w:w")]
        style = str(table.style.name) if table.style is not None else ""
        ruled = bool(grid.xpath("./w:tblPr/w:tblBorders")) or "grid" in style.casefold()
        return {"kind": "table", "widths": widths, "rows": _merged([self.row(row) for row in grid.tr_lst]), "ruled": ruled}

    def row(self, row: Any) -> Part:  # noqa: ANN401 (as above)
        from docx.text.paragraph import Paragraph

        cells: list[Part] = []
        for cell in row.tc_lst:
            parts = [self.paragraph(Paragraph(element, self._paper)) for element in cell.p_lst]
            long = sum(len(run.get("text", "")) for part in parts for run in part["runs"]) > LONG
            cells.append({"parts": parts, "across": cell.grid_span, "down": 1, "long": long, "below": cell.vMerge == "continue"})
        return {"cells": cells, "head": bool(row.xpath("./w:trPr/w:tblHeader"))}


def _side(paragraph: Any) -> str:  # noqa: ANN401 (as above)
    said = paragraph._p.xpath("./w:pPr/w:jc/@w:val")  # noqa: SLF001 (the plain word, without the names of python-docx)
    return SIDES.get(said[0] if said else "", "left")


def _first(paragraph: Any, size: float) -> float:  # noqa: ANN401 (as above)
    """Give how far the first line stands in: so many characters where the file says characters."""
    characters = paragraph._p.xpath("./w:pPr/w:ind/@w:firstLineChars")  # noqa: SLF001 (python-docx has no name for it)
    if characters:
        return int(characters[0]) / 100 * size
    return max(0, int(paragraph.paragraph_format.first_line_indent or 0)) / POINT


def _run(run: Any, style: Any) -> Iterator[Part]:  # noqa: ANN401 (as above)
    yield from _pictures(run)
    text = str(run.text)
    if not text:
        return
    colour = run.font.color.rgb if run.font.color is not None else None
    size = run.font.size or _inherited(style, "size")
    bold = run.bold if run.bold is not None else _inherited(style, "bold")
    yield {
        "text": text.replace("\t", "    "),
        "size": size / POINT if size else USUAL,
        "bold": bool(bold),
        "colour": f"#{colour or BLACK}",
        "face": _face(run._r) or _face(style.element) or fonts.BODY,  # noqa: SLF001 (python-docx knows Latin typefaces only)
    }


def _inherited(style: Any, name: str) -> Any:  # noqa: ANN401 (as above)
    while style is not None:
        found = getattr(style.font, name)
        if found is not None:
            return found
        style = style.base_style
    return None


def _face(element: Any) -> str:  # noqa: ANN401 (as above)
    named = element.xpath("./w:rPr/w:rFonts/@w:eastAsia")
    return str(named[0]) if named else ""


def _pictures(run: Any) -> Iterator[Part]:  # noqa: ANN401 (as above)
    for drawn in run._r.xpath(".//wp:inline"):  # noqa: SLF001 (python-docx gives pictures by the document, not by the run)
        for key in drawn.xpath(".//a:blip/@r:embed"):
            data: bytes = run.part.related_parts[key].blob
            if data.startswith(PICTURES):
                yield {"picture": list(data), "width": drawn.extent.cx / POINT, "height": drawn.extent.cy / POINT}


def _merged(rows: Sequence[Part]) -> list[Part]:
    """Let a cell that goes on below stand once and reach as far as it goes."""
    above: dict[int, Part] = {}
    merged: list[Part] = []
    for row in rows:
        place, kept = 0, list[Part]()
        for cell in row["cells"]:
            if cell.pop("below") and place in above:
                above[place]["down"] += 1
            else:
                above[place] = cell
                kept.append(cell)
            place += cell["across"]
        merged.append({**row, "cells": kept})
    return merged


def opened(data: bytes) -> Document:
    """Open a Word file."""
    import docx

    return docx.Document(io.BytesIO(data))
