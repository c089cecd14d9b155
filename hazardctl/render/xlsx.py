"""Sheets as a workbook: figures as numbers, days as days, rates and totals as formulas that carry their value (EXPERIENCE §8, 8.1).

A formula stands only where it gives what the report gave: a rate whose parts are its neighbours, a total that is the sum of its
lines. A form (a table with tall heads) has a worksheet of its own, as authorities file it: two rows of heads, its columns numbered.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from hazardctl.errors import UsageError
from hazardctl.language import Language, Text
from hazardctl.render.neighbours import adds_up, figure, follows, parts_of
from hazardctl.render.page import Page, said, silent
from hazardctl.render.terminal import clean
from hazardctl.render.width import narrowest, width
from hazardctl.render.workbook import WIDEST, Writer, rated
from hazardctl.sheet import Block, Cell, Figures, Heading, Line, Mark, Pictures, Rate, Sheet, Table, bare, spans

MOST_ROWS: Final = 1_000_000
TOO_LONG: Final = Text("一张工作表放不下 {n} 行，改用 .csv", "{n} rows are more than a worksheet holds: write a .csv")
PAGE: Final = Text("第 {page} 页　共 {pages} 页", "page {page} of {pages}")
DAY: Final = Text("截至 {day}", "as of {day}")
NARROWEST: Final = 8
SAMPLED: Final = 2_000
"""Rows whose texts decide how wide a column is."""
HEAD: Final = 10
"""Characters of a heading that stand on one line."""
POINTS: Final = 17
"""Height of a line of text."""
HIGHEST: Final = 409
"""Points that a row may be high at most."""
FIGURES_ABREAST: Final = 8
LONGEST_NAME: Final = 31
_BAD_IN_NAME: Final = re.compile(r"[\[\]:*?/\\']")


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write the sheets, each on a worksheet of its own, and so each form of a sheet.

    Raises:
        MissingExtraError: the extra `excel` is not installed.
        UsageError: a table has more rows than a worksheet holds.
    """
    writer = Writer()
    names: list[str] = []
    for sheet in sheets:
        day = sheet.data.get("as_of")
        stamp = DAY.of(day=day).say(page.language) if isinstance(day, dt.date) else ""
        for title, blocks in _parts(sheet):
            names.append(_name(title.say(page.language), names))
            paper = writer.sheet(names[-1])
            tables = laid(writer, paper, replace(sheet, blocks=tuple(blocks)), page.language, live=True)
            if len(tables) == 1:
                (body,) = tables.values()
                paper.freeze_panes(body, 1)
                paper.repeat_rows(body - _heads(blocks), body - 1)
            writer.printed(paper, "", PAGE.say(page.language), stamp)
    return writer.closed()


def _parts(sheet: Sheet) -> Iterator[tuple[Text, Sequence[Block]]]:
    """Give what stands on one worksheet: all of a sheet, or each of its forms with the sentences behind it."""
    tall = [place for place, block in enumerate(sheet.blocks) if isinstance(block, Table) and block.tall]
    if tall[:1] != [0]:
        yield sheet.title, sheet.blocks
        return
    for first, last in zip(tall, [*tall[1:], len(sheet.blocks)], strict=True):
        form = sheet.blocks[first]
        yield (isinstance(form, Table) and form.title) or sheet.title, sheet.blocks[first:last]


def _heads(blocks: Sequence[Block]) -> int:
    """Count the rows that the heads of a table take."""
    return max(3 if any(column.over for column in block.columns) else 1 for block in blocks if isinstance(block, Table) and block.rows)


def _name(title: str, taken: Sequence[str]) -> str:
    """Name a worksheet: short enough, without the signs that have a meaning in a formula, no name twice."""
    plain = _cut(_BAD_IN_NAME.sub(" ", clean(title)).strip(), LONGEST_NAME) or "-"
    name, number = plain, 1
    while name.casefold() in {one.casefold() for one in taken}:
        number += 1
        name = f"{_cut(plain, LONGEST_NAME - 5)} {number}"
    return name


def _cut(text: str, units: int) -> str:
    """Cut a text to so many units of UTF-16, as spreadsheets count."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore").strip()


def laid(writer: Writer, paper: Any, sheet: Sheet, language: Language, *, live: bool = False) -> dict[str, int]:  # noqa: ANN401
    """Lay a sheet out on a worksheet.

    Args:
        writer: of the workbook.
        paper: the worksheet.
        sheet: what stands on it.
        language: of its words.
        live: rates and totals are formulas where they follow from their neighbours.

    Returns:
        The row, from 0, where the body of each table begins.

    Raises:
        UsageError: a table has more rows than a worksheet holds.
    """
    return _Laying(writer, paper, sheet, language, live=live).all()


class _Laying:
    """Lays out one worksheet from above to below."""

    def __init__(self, writer: Writer, paper: Any, sheet: Sheet, language: Language, *, live: bool) -> None:  # noqa: ANN401
        self._writer, self._paper, self._sheet, self._live = writer, paper, sheet, live
        self._language: Language = language
        self._row = 0
        self._blocks = [block for block in sheet.blocks if not silent(block, Page(language))]
        self._widths = list(self._measured())

    def all(self) -> dict[str, int]:
        for column, wide in enumerate(self._widths):
            self._paper.set_column(column, column, wide)
        self._prose(self._say(self._sheet.title), "title", tall=1.5)
        for text in self._sheet.head:
            self._prose(self._say(text), "under")
        bodies: dict[str, int] = {}
        for block in self._blocks:
            match block:
                case Table():
                    bodies.update(self._table(block.shown()))
                case Figures():
                    self._figures(block)
                case Heading():
                    self._prose(self._say(block.text), "heading")
                case Line():
                    said_ = self._say(block.label) if block.label else ""
                    label = f"{said_}{'：' if self._language == 'zh' else ': '}" if said_ else ""
                    self._prose(label + self._say(block.text), "prose")
                case Pictures():
                    pass
        for text in self._sheet.foot:
            self._prose(self._say(text), "prose")
        return bodies

    def _table(self, table: Table) -> dict[str, int]:
        if len(table.rows) > MOST_ROWS:
            raise UsageError(TOO_LONG.of(n=len(table.rows)))
        for text in (table.title, table.lead):
            if text:
                self._prose(self._say(text), "heading" if text is table.title else "prose")
        if table.rows and table.columns:
            if not table.plain:
                self._heads(table)
            body = {table.key: self._row}
            for number, cells in enumerate(table.rows):
                self._line(table, number, cells)
        else:
            body = {}
        if table.note:
            self._prose(self._say(table.note), "prose")
        self._row += 1
        return body

    def _heads(self, table: Table) -> None:
        """Write the names of columns, below what stands over several; a form numbers them."""
        head = self._writer.look("head")
        below = any(column.over for column in table.columns)
        place = 0
        for over, wide in spans(table.columns) if below else ():
            if over is None:
                self._paper.merge_range(self._row, place, self._row + 1, place, self._say(table.columns[place].label), head)
            elif wide > 1:
                self._paper.merge_range(self._row, place, self._row, place + wide - 1, self._say(over), head)
            else:
                self._paper.write_string(self._row, place, self._say(over), head)
            place += wide
        self._row += below
        lines = 1
        for number, column in enumerate(table.columns):
            text = self._say(column.label)
            if column.over or not below:
                self._paper.write_string(self._row, number, text, head)
            lines = max(lines, self._lines(text, self._widths[number]))
        self._paper.set_row(self._row, POINTS * lines + 6)
        self._row += 1
        if below and self._live:
            for number in range(1, len(table.columns)):
                self._paper.write_number(self._row, number, number, self._writer.look("text", "middle"))
            self._writer.cell(self._paper, self._row, 0, "")
            self._row += 1

    def _line(self, table: Table, number: int, cells: Sequence[Cell]) -> None:
        over = ("total",) if table.total and number == len(table.rows) - 1 else ()
        lines = max((self._lines(said(cell, self._language), self._widths[place]) for place, cell in enumerate(cells)), default=1)
        if lines > 1:
            self._paper.set_row(self._row, min(POINTS * lines + 2, HIGHEST))
        for place, (column, cell) in enumerate(zip(table.columns, cells, strict=True)):
            tone = ("alarm",) if isinstance(cell, Mark) and cell.tone == "alarm" else ()
            value = figure(self._plain(cell)) if column.align == "right" else self._plain(cell)
            if not (self._live and self._formula(table, number, place, value, (*over, *tone))):
                right = ("right",) if column.align == "right" and isinstance(value, str) else ()
                self._writer.cell(self._paper, self._row, place, value, *right, *over, *tone)
        self._row += 1

    def _formula(self, table: Table, number: int, place: int, value: object, looks: Sequence[str]) -> bool:
        """Write a cell as a formula where it follows from its neighbours; say whether it does."""
        letter, row = self._writer.column, self._row
        told: object = value
        if isinstance(value, Rate) and (parts := parts_of(table, number, place)) and follows(value):
            found, done = (f"{letter(part)}{row + 1}" for part in parts)
            formula, look = f'=IF({found}=0,"/",{done}/{found})', rated(value)
            told = float(Decimal(value.numerator) / Decimal(value.denominator)) if value.denominator else "/"
        elif "total" in looks and adds_up(table, place, value):
            formula, look = f"=SUM({letter(place)}{row - len(table.rows) + 2}:{letter(place)}{row})", "number"
        else:
            return False
        self._paper.write_formula(row, place, formula, self._writer.look(look, *looks), told)
        return True

    def _figures(self, figures: Figures) -> None:
        pairs = figures.pairs()
        for first in range(0, len(pairs), FIGURES_ABREAST):
            for place, (column, value) in enumerate(pairs[first : first + FIGURES_ABREAST]):
                tone = ("alarm",) if isinstance(value, Mark) and value.tone == "alarm" else ()
                self._paper.write_string(self._row, place, self._say(column.label), self._writer.look("head"))
                self._writer.cell(self._paper, self._row + 1, place, figure(self._plain(value)), "right", *tone)
            self._row += 2
        self._row += 1

    def _prose(self, text: str, look: str, *, tall: float = 1) -> None:
        """Write a text over the whole width, its row as high as its lines need."""
        wide = len(self._widths)
        room = int(sum(self._widths) / tall)
        lines = self._lines(text, room)
        if wide > 1:
            self._paper.merge_range(self._row, 0, self._row, wide - 1, "", self._writer.look(look))
        self._paper.write_string(self._row, 0, text, self._writer.look(look))
        self._paper.set_row(self._row, min(POINTS * tall * lines + 2, HIGHEST))
        self._row += 1

    @staticmethod
    def _lines(text: str, wide: int) -> int:
        """Count the lines a text takes in a cell so wide."""
        return sum(max(1, -(-width(line) // max(wide - 1, 1))) for line in text.split("\n"))

    def _measured(self) -> Iterator[int]:
        """Give the width of each column: what its texts and its heading need, between the narrowest and the widest there is."""
        wide: dict[int, int] = {0: NARROWEST}
        for block in self._blocks:
            match block:
                case Table():
                    shown = block.shown()
                    for place, column in enumerate(shown.columns):
                        label = self._say(column.label)
                        texts = (width(line) for row in shown.rows[:SAMPLED] for line in said(row[place], self._language).split("\n"))
                        wide[place] = max(wide.get(place, 0), min(width(label), HEAD), narrowest(label), *texts, 0)
                case Figures():
                    for place, (column, value) in enumerate(block.pairs()):
                        at = place % FIGURES_ABREAST
                        wide[at] = max(wide.get(at, 0), width(self._say(column.label)), width(said(value, self._language)))
                case Heading() | Line() | Pictures():
                    pass
        for place in range(max(max(wide) + 1, 1)):
            yield min(max(wide.get(place, 0) + 2, NARROWEST), WIDEST)

    def _plain(self, cell: Cell) -> object:
        value = bare(cell)
        return self._say(value) if isinstance(value, Text) else _shown(value) if isinstance(value, str) else value

    def _say(self, text: Text) -> str:
        return _shown(text.say(self._language))


def _shown(text: str) -> str:
    """Show what cannot be seen by its number; a line break stays one."""
    return "\n".join(map(clean, text.split("\n")))
