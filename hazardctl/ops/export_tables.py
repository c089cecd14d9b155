"""The tables of the workbook that count what stands beside them: the form to file with live formulas, the trend with its chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from hazardctl.language import Text
from hazardctl.measures import Book
from hazardctl.ops.export_rows import FIELDS, KEYS, Line
from hazardctl.ops.export_subject import Subject
from hazardctl.ops.question import about_period
from hazardctl.render.workbook import Writer
from hazardctl.reports.book_forms import RATES
from hazardctl.sheet import Rate, Sheet, Table, bare

LEDGER: Final = Text("隐患台账", "Ledger")
COUNTED: Final = Text("计入排查", "counted as found")
DONE: Final = Text("计入整改", "counted as rectified")
YES: Final = Text("是", "yes")
NO: Final = Text("否", "no")
DRAWN: Final = frozenset({"found", "rectified", "stock"})
HEADER: Final = 2
"""Row of the column names on the ledger's sheet, from 0."""


class Counted:
    """What the table to file counts, row by row: as found, and as rectified, under its own basis."""

    def __init__(self, subject: Subject) -> None:
        """Ask the ledger which hazards those are."""
        self._members = _members(subject)
        self._numbers: Counter[tuple[str, str, str]] = Counter()

    def sides(self, one: Line) -> Iterator[bool]:
        """Say of a row that is being written whether it counts as found and as rectified, and count it."""
        for side, ids in self._members.items():
            if one.id in ids:
                self._numbers.update((side, one.grade, key) for key in {"", one.sector})
            yield one.id in ids

    def number(self, side: str, grade: str, sector: str) -> int:
        """Give how many rows of a grade count on a side: in a sector, or in all where it is empty."""
        return self._numbers[side, grade, sector]


def _members(subject: Subject) -> Mapping[str, frozenset[str]]:
    asked = about_period(subject.context, subject.ledger, replace(subject.words, basis="official"))
    made = Book(subject.ledger)
    found: dict[str, frozenset[str]] = {}
    for key in ("found", "rectified"):
        named = [one for name in ("general", "major") for one in made.members(asked.question, f"hazards.{name}.{key}").get("members", ())]
        found[key] = frozenset(member.id for member in named)
    return found


def formulas(
    writer: Writer,
    sheet: Any,  # noqa: ANN401
    made: Sheet,
    top: int,
    *,
    subject: Subject,
    counted: Counted,
) -> None:
    """Put formulas over the ledger's rows where they give what the report gave."""
    table = made.table("a")
    if not isinstance(table, Table):
        return
    say, shown = subject.language, table.shown().columns
    at = {column.key: place for place, column in enumerate(shown)}
    keys = [str(bare(row[1])) for row in table.rows]
    sheet_name = LEDGER.say(say)
    last = HEADER + 1 + max(len(subject.lines), 1)

    def area(column: int) -> str:
        letter = writer.column(column)
        return f"'{sheet_name}'!${letter}${HEADER + 2}:${letter}${last}"

    grade, sector = area(KEYS.index("grade")), area(KEYS.index("sector"))
    for number, key in enumerate(keys):
        row = top + number
        for name in ("general", "major"):
            word = subject.ledger.label("grades", name).say(say)
            for offset, (side, ending) in enumerate((("found", "found"), ("rectified", "rectified"))):
                place = at[f"{name}_{ending}"]
                told = bare(table.rows[number][table.columns.index(shown[place])])
                count = counted.number(side, name, key)
                if told != count:
                    continue
                of_sector = f",{sector},$A{row + 1}" if key else ""
                formula = f'=COUNTIFS({grade},"{word}",{area(len(FIELDS) + offset)},"{YES.say(say)}"{of_sector})'
                sheet.write_formula(row, place, formula, writer.look("number"), count)
            _rate(
                writer, sheet, (row, at[f"{name}_found"], at[f"{name}_rectified"], at[f"{name}_rate"]), _cell(table, number, f"{name}_rate")
            )


def _cell(table: Table, number: int, key: str) -> object:
    return bare(table.rows[number][next(n for n, column in enumerate(table.columns) if column.key == key)])


def _rate(writer: Writer, sheet: Any, place: tuple[int, int, int, int], told: object) -> None:  # noqa: ANN401
    """Write a rate as the quotient of its neighbours; `/` where nothing was found."""
    row, found, done, rate = place
    over, of = f"{writer.column(found)}{row + 1}", f"{writer.column(done)}{row + 1}"
    if isinstance(told, Rate):
        value = told.value
        exact = "/" if value is None else float(Decimal(told.numerator) / Decimal(told.denominator))
        sheet.write_formula(row, rate, f'=IF({over}=0,"/",{of}/{over})', writer.look("rate" if told.places == 1 else "exact"), exact)


def bulletin(writer: Writer, sheet: Any, made: Sheet, top: int) -> None:  # noqa: ANN401
    """Write the rates of the bulletin as quotients of their neighbours, those of its last line too: pooled, never an average."""
    table = made.table("bulletin")
    if not isinstance(table, Table):
        return
    at = {column.key: place for place, column in enumerate(column for column in table.columns if not column.data)}
    for number in range(len(table.rows)):
        for rate, over, of in RATES:
            told = [_cell(table, number, key) for key in (of, over)]
            if all(isinstance(one, int) or str(one).isdigit() for one in told):
                _rate(writer, sheet, (top + number, at[of], at[over], at[rate]), _cell(table, number, rate))


def stacked(writer: Writer, sheet: Any, made: Sheet, tables: Mapping[str, int], said: tuple[str, Sequence[str]]) -> None:  # noqa: ANN401
    """Draw columns of the first table of a report, stacked, a bar a line; the line of the total is left out.

    Args:
        writer: of the workbook.
        sheet: that holds the table and takes the chart.
        made: the report.
        tables: key of a table → row of its first line.
        said: name of the sheet, and keys of the columns that are drawn.
    """
    name, keys = said
    table = next((block for block in made.blocks if isinstance(block, Table) and block.key in tables), None)
    if table is None or len(table.rows) <= table.total:
        return
    shown = [column.key for column in table.columns if not column.data]
    top, rows = tables[table.key], len(table.rows) - table.total
    drawing = writer.chart("bar", "stacked")
    for place in (shown.index(key) for key in keys):
        drawing.add_series(
            {
                "name": [name, top - 1, place],
                "categories": [name, top, 0, top + rows - 1, 0],
                "values": [name, top, place, top + rows - 1, place],
            }
        )
    drawing.set_y_axis({"reverse": True})
    drawing.set_legend({"position": "bottom"})
    drawing.set_size({"width": 720, "height": 160 + 26 * rows})
    sheet.insert_chart(top + len(table.rows) + 4, 0, drawing)


def chart(writer: Writer, sheet: Any, made: Sheet, tables: Mapping[str, int], name: str) -> None:  # noqa: ANN401
    """Draw the first table of a trend as lines: found and rectified, step by step."""
    table = next((block for block in made.blocks if isinstance(block, Table) and block.key in tables), None)
    if table is None or not table.rows:
        return
    shown = table.shown().columns
    wanted = [place for place, column in enumerate(shown) if column.key in DRAWN]
    top, rows = tables[table.key], len(table.rows) - table.total
    drawing = writer.chart("line")
    for place in wanted:
        drawing.add_series(
            {
                "name": [name, top - 1, place],
                "categories": [name, top, 0, top + rows - 1, 0],
                "values": [name, top, place, top + rows - 1, place],
            }
        )
    if wanted and rows > 0:
        drawing.set_legend({"position": "bottom"})
        drawing.set_size({"width": 720, "height": 320})
        sheet.insert_chart(top + len(table.rows) + 2, 0, drawing)
