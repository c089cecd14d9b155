"""A sheet as text for a terminal or a file, in columns that line up whatever the script (EXPERIENCE 3, 4.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from hazardctl.language import Text
from hazardctl.render.columns import table_lines
from hazardctl.render.page import Page, said, silent
from hazardctl.render.paint import painter, tone
from hazardctl.render.width import padded, width, wrapped
from hazardctl.sheet import Block, Figures, Heading, Line, Pictures, Sheet, Table

INDENT: Final = 2
GAP: Final = 2
FIGURE: Final = 12


def rendered(sheet: Sheet, page: Page) -> str:
    """Lay out a sheet: heading, blocks with an empty line between them, foot; no line is wider than the page."""
    paint = painter(colour=page.colour)
    heading = [paint(line, "title") for line in _wrapped(sheet.title, page)] + [
        line for text in sheet.head for line in _wrapped(text, page)
    ]
    parts = [lines for lines in _parts([one for one in sheet.blocks if not silent(one, page)], page) if lines]
    if sheet.compact and parts:
        heading += parts.pop(0)
    foot = [line for text in sheet.foot for line in _wrapped(text, page)]
    return "\n\n".join("\n".join(part) for part in (heading, *parts, foot) if part) + "\n"


def spoken(text: Text, page: Page) -> str:
    """Say a sentence on one line, sanitised."""
    return page.shown(text.say(page.language))


def _wrapped(text: Text, page: Page) -> list[str]:
    return wrapped(spoken(text, page), page.width)


def _parts(blocks: Sequence[Block], page: Page) -> Iterator[list[str]]:
    """Give the lines of each block; sentences that follow one another are one part, so are labelled lines."""
    for labelled, run in groupby(blocks, key=lambda block: block.label is not None if isinstance(block, Line) else None):
        if labelled is None:
            yield from (_block(block, page) for block in run if not isinstance(block, Line))
        else:
            yield list(_sentences([block for block in run if isinstance(block, Line)], page))


def _block(block: Table | Figures | Heading | Pictures, page: Page) -> list[str]:
    match block:
        case Heading():
            paint = painter(colour=page.colour)
            return [paint(line, "title") for line in _wrapped(block.text, page)]
        case Table():
            title = [line for text in (block.title, block.lead) if text for line in _wrapped(text, page)]
            note = _wrapped(block.note, page) if block.note else []
            return [*title, *(table_lines(block, page) if block.rows else []), *note]
        case Figures():
            return _figures(block, page)
        case Pictures():
            return []


def _sentences(lines: Sequence[Line], page: Page) -> Iterator[str]:
    labels = [spoken(line.label, page) if line.label else "" for line in lines]
    column = max(map(width, labels)) + GAP if any(labels) else 0
    beside = page.width - max(line.indent for line in lines) - column >= FIGURE
    for label, line in zip(labels, lines, strict=True):
        start, text = " " * line.indent, spoken(line.text, page)
        if beside:
            start += padded(label, column)
        elif label:
            text = f"{label}{' ' * GAP}{text}"
        for part in wrapped(text, max(page.width - width(start), GAP)):
            yield (start + part).rstrip()
            start = " " * width(start)


def _figures(block: Figures, page: Page) -> list[str]:
    """Give the headline: labels above figures, in as many rows as the page needs."""
    paint = painter(colour=page.colour)
    pairs = [
        (page.shown(column.label.say(page.language)), page.shown(said(cell, page.language)), tone(cell)) for column, cell in block.pairs()
    ]
    lines: list[str] = []
    for row in _rows(pairs, page.width - INDENT):
        heads = "".join(padded(head, cells) for (head, _, _), cells in row)
        values = "".join(paint(value, style) + " " * (cells - width(value)) for (_, value, style), cells in row)
        lines += [" " * INDENT + heads.rstrip(), " " * INDENT + values.rstrip()]
    return lines


Pair = tuple[str, str, str]


def _rows(pairs: Sequence[Pair], room: int) -> list[list[tuple[Pair, int]]]:
    needed = [max(width(head), width(value)) for head, value, _ in pairs]
    air = GAP if sum(max(cells + GAP, FIGURE) for cells in needed[:-1]) + needed[-1] > room else FIGURE
    widths = [max(cells + GAP, air) for cells in needed]
    rows: list[list[tuple[Pair, int]]] = [[]]
    for pair, cells, least in zip(pairs, widths, needed, strict=True):
        if rows[-1] and sum(taken for _, taken in rows[-1]) + least > room:
            rows.append([])
        rows[-1].append((pair, cells))
    return rows
