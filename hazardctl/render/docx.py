"""Sheets as a Word document: title, headings, paragraphs, tables whose heads repeat, the foot (EXPERIENCE §8.6).

Built with python-docx, which comes with the extra `word`. The typefaces are named, never embedded; what people typed is text,
never markup; the same sheets give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from hazardctl.errors import UsageError, lacks
from hazardctl.language import Text
from hazardctl.render import fonts, word
from hazardctl.render.archive import undated
from hazardctl.render.page import Page, said, silent
from hazardctl.render.terminal import clean
from hazardctl.render.width import narrowest, width
from hazardctl.sheet import Block, Cell, Column, Figures, Heading, Line, Mark, Pictures, Sheet, Table, spans

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

A4: Final = (210, 297)
MARGIN: Final = (37, 28, 35, 26)
"""Millimetres: top, left, bottom, right."""
SIDE: Final = 20
"""Margin of a page laid on its side, for wide tables."""
MOST_UPRIGHT: Final = 8
"""Columns of a table that an upright page has room for."""
MOST_FIGURES: Final = 8
"""Figures of a headline that stand side by side."""
NARROWEST: Final = 4
NAME: Final = 8
"""Cells of the name of a column that stand on one line."""
WIDEST: Final = 40
"""Cells a column is taken to hold at least and at most when the room is shared out."""
POINTS: Final = {"title": 22, "heading": 16, "body": 14, "table": 10.5, "small": 9}
LONGEST_TITLE: Final = 255
"""Characters a property of a file may have."""
RED: Final = "C00000"
MOST_ROWS: Final = 3_000
TOO_LONG: Final = Text("{n} 行太长，一份文档最多 {most} 行", "{n} rows are too many: a document takes {most}")
INSTEAD: Final = Text("写成 .xlsx 或 .csv，或加筛选", "write .xlsx or .csv, or filter")
ABREAST: Final = 2
"""Pictures in a row."""
TALLEST: Final = 90
"""Millimetres."""
NUMBERED: Final = Text("图{n}  {caption}", "Figure {n}  {caption}")


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write the sheets one after another, each on a page of its own.

    Raises:
        MissingExtraError: the extra `word` is not installed.
        UsageError: a table is longer than a document is read.
    """
    try:
        import docx
        from docx.enum.text import WD_BREAK
    except ImportError:
        raise lacks("word", Text("Word 文档", "a Word document")) from None
    paper = docx.Document()
    _prepared(paper, sheets, page)
    for place, sheet in enumerate(sheets):
        if place:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _Writer(paper, page).sheet(sheet)
    out = io.BytesIO()
    paper.save(out)
    return undated(out.getvalue())


def appended(data: bytes, pictures: Pictures, page: Page) -> bytes:
    """Write pictures behind what stands in a Word file.

    Raises:
        MissingExtraError: the extra `word` is not installed.
    """
    try:
        import docx
    except ImportError:
        raise lacks("word", Text("Word 文档", "a Word document")) from None
    paper = docx.Document(io.BytesIO(data))
    _Writer(paper, page).pictures(pictures)
    out = io.BytesIO()
    paper.save(out)
    return undated(out.getvalue())


def _prepared(paper: Document, sheets: Sequence[Sheet], page: Page) -> None:
    """Set the paper, the margins, the usual typeface, the page numbers and what the file says of itself."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    wide = any(_columns(block) > MOST_UPRIGHT for sheet in sheets for block in sheet.blocks)
    section = paper.sections[0]
    sizes, margins = (A4[::-1], (SIDE,) * 4) if wide else (A4, MARGIN)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(sizes[0]), Mm(sizes[1])
    section.top_margin, section.left_margin, section.bottom_margin, section.right_margin = (Mm(size) for size in margins)
    word.faced(paper.styles["Normal"], fonts.BODY)
    for level, face in enumerate(fonts.HEADINGS, 1):
        word.faced(paper.styles[f"Heading {level}"], face)
    footer = section.footer.paragraphs[0]
    word.centred(footer)
    word.field(footer, "PAGE")
    told = paper.core_properties
    told.author, told.comments, told.keywords = "hazardctl", "", ""
    told.title = clean(sheets[0].title.say(page.language))[:LONGEST_TITLE] if sheets else ""
    day = sheets[0].data.get("as_of") if sheets else None
    stated = day if isinstance(day, dt.date) else dt.date(1980, 1, 1)
    told.created = told.modified = dt.datetime(stated.year, stated.month, stated.day, tzinfo=dt.UTC)


class _Writer:
    """Writes sheets into one document."""

    def __init__(self, paper: Document, page: Page) -> None:
        """Take the document and the language."""
        self._paper, self._page = paper, page

    def sheet(self, sheet: Sheet) -> None:
        """Write the title, the head, the blocks and the foot."""
        title = self._text(sheet.title, fonts.TITLE, "title", bold=True)
        word.centred(title)
        title.paragraph_format.keep_with_next = True
        for text in sheet.head:
            word.centred(self._text(text, fonts.BODY, "table"))
        for block in (one for one in sheet.blocks if not silent(one, self._page)):
            self._block(block)
        for text in sheet.foot:
            self._text(text, fonts.TABLE, "small")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Line():
                self._line(block)
            case Figures():
                pairs = block.pairs()
                for first in range(0, len(pairs), MOST_FIGURES):
                    part = pairs[first : first + MOST_FIGURES]
                    self._grid([column for column, _ in part], [[cell for _, cell in part]])
            case Table():
                self._table(block.shown())
            case Pictures():
                self.pictures(block)

    def _heading(self, heading: Heading) -> None:
        paragraph = self._paper.add_heading(level=heading.level)
        self._run(paragraph, self._words(heading.text), fonts.HEADINGS[heading.level - 1], "heading")

    def _line(self, line: Line) -> None:
        from docx.oxml.ns import qn

        paragraph = self._paper.add_paragraph()
        if line.label and self._words(line.label):
            self._run(paragraph, self._words(line.label), fonts.HEADINGS[0], "body")
            self._run(paragraph, "：" if self._page.language == "zh" else ": ", fonts.BODY, "body")
        elif self._page.language == "zh":
            element: Any = paragraph.paragraph_format.element
            element.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")
        paragraph.paragraph_format.widow_control = True
        self._run(paragraph, self._words(line.text), fonts.BODY, "body")

    def _table(self, table: Table) -> None:
        for text in (table.title, table.lead):
            if text:
                self._text(text, fonts.HEADINGS[0], "table").paragraph_format.keep_with_next = True
        if table.rows and table.columns:
            self._grid(table.columns, table.rows, bare=table.plain, total=table.total)
        if table.note:
            self._text(table.note, fonts.TABLE, "small")

    def _grid(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], *, bare: bool = False, total: bool = False) -> None:
        if len(rows) > MOST_ROWS:
            raise UsageError(TOO_LONG.of(n=len(rows), most=MOST_ROWS), INSTEAD)
        over = not bare and any(column.over for column in columns)
        heads = 0 if bare else 2 if over else 1
        grid = self._paper.add_table(heads + len(rows), len(columns), "Table Grid")
        names = [self._words(column.label) if heads else "" for column in columns]
        shares = list(_shares(names, [[said(cell, self._page.language) for cell in row] for row in rows]))
        word.sized(grid, shares, self._room)
        for place, row in enumerate(grid.rows):
            word.whole(row, head=place < heads)
        if heads:
            self._heads(grid, columns, over=over)
        for place, (line, row) in enumerate(zip(rows, list(grid.rows)[heads:], strict=True), 1):
            for column, cell, box in zip(columns, line, row.cells, strict=True):
                if column.align == "right":
                    word.right(box.paragraphs[0])
                run = self._run(box.paragraphs[0], said(cell, self._page.language), fonts.TABLE, "table", bold=total and place == len(rows))
                _toned(run, cell)
        self._paper.add_paragraph().paragraph_format.space_after = 0

    def _heads(self, grid: Grid, columns: Sequence[Column], *, over: bool) -> None:
        """Write the names of columns, below what stands over several of them."""
        top, below = grid.rows[0].cells, grid.rows[1].cells if over else ()
        place = 0
        for text, wide in spans(columns):
            box = top[place]
            if over:
                box = box.merge(top[place + wide - 1] if text else below[place])
                for number in range(place, place + wide) if text else ():
                    self._head(below[number], columns[number].label)
            self._head(box, text if over and text else columns[place].label)
            place += wide

    def _head(self, box: Any, text: Text) -> None:  # noqa: ANN401 (python-docx types its parts in part only)
        word.centred(box.paragraphs[0])
        self._run(box.paragraphs[0], self._words(text), fonts.TABLE, "table", bold=True)

    def pictures(self, pictures: Pictures) -> None:
        """Write pictures two a row, each with its number and caption below it."""
        from docx.shared import Emu, Mm

        items = pictures.items
        grid = self._paper.add_table(-(-len(items) // ABREAST), ABREAST)
        word.sized(grid, [1] * ABREAST, self._room)
        for number, one in enumerate(items):
            box = grid.cell(number // ABREAST, number % ABREAST)
            scale = min((self._room / ABREAST - Mm(6)) / one.width, Mm(TALLEST) / one.height)
            word.centred(box.paragraphs[0])
            box.paragraphs[0].add_run().add_picture(io.BytesIO(one.data), Emu(int(one.width * scale)), Emu(int(one.height * scale)))
            below = box.add_paragraph()
            word.centred(below)
            self._run(below, self._words(NUMBERED.of(n=number + 1, caption=one.caption)), fonts.TABLE, "small")
        for row in grid.rows:
            word.whole(row, head=False)
        self._paper.add_paragraph().paragraph_format.space_after = 0

    @property
    def _room(self) -> int:
        section = self._paper.sections[0]
        return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)

    def _words(self, text: Text) -> str:
        return text.say(self._page.language)

    def _text(self, text: Text, face: str, size: str, *, bold: bool = False) -> Paragraph:
        paragraph = self._paper.add_paragraph()
        self._run(paragraph, self._words(text), face, size, bold=bold)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, face: str, size: str, *, bold: bool = False) -> Run:
        """Add text as it was typed: a line break stays one, what cannot be seen is shown by its number."""
        from docx.shared import Pt, RGBColor

        run = paragraph.add_run()
        for place, line in enumerate(text.split("\n")):
            if place:
                run.add_break()
            run.add_text(clean(line))
        word.faced(run, face)
        run.font.size, run.bold = Pt(POINTS[size]), bold
        run.font.color.rgb = RGBColor(0, 0, 0)
        return run


def _columns(block: Block) -> int:
    return len(block.shown().columns) if isinstance(block, Table) else 0


def _shares(names: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[int]:
    """Weigh each column by its widest cell, so that a number takes less room than a sentence; a name may take several lines."""
    for name, *texts in zip(names, *rows, strict=True):
        named = max(narrowest(name), min(width(name), NAME))
        yield min(max([named, *(width(clean(text)) for text in texts)]), WIDEST) + NARROWEST


def _toned(run: Run, cell: Cell) -> None:
    from docx.shared import RGBColor

    if isinstance(cell, Mark) and cell.tone == "alarm":
        run.font.color.rgb = RGBColor.from_string(RED)
        run.bold = True
