"""A sheet as Markdown, for a merge request or the summary of a pipeline; what people typed is never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from hazardctl.language import Text
from hazardctl.render.page import Page, said, silent
from hazardctl.render.terminal import clean, spelled
from hazardctl.sheet import Block, Cell, Column, Figures, Heading, Line, Pictures, Sheet, Table

_MARKUP: Final = re.compile(r"[\\`*_{}\[\]#|~$!]|(?<=\w)(?=://)|(?<=www)(?=\.)")
_HTML: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_START: Final = re.compile(r"^(\d*)([-+=.)])(?=\s|=|$)")
_GAP: Final = re.compile(r" {2,}")


def rendered(sheet: Sheet, page: Page) -> str:
    """Write the heading, the blocks and the foot, tables as pipe tables, without bars."""
    parts = [f"# {_said(sheet.title, page)}", *(_said(text, page) for text in sheet.head)]
    for block in (one for one in sheet.blocks if not silent(one, page)):
        _append(parts, "\n\n".join(_block(block, page)))
    return spelled("\n\n".join([*parts, *(_said(text, page) for text in sheet.foot)]) + "\n", page.instead)


def escaped(text: str) -> str:
    """Give a text that Markdown shows as it is, on one line."""
    shown = _MARKUP.sub(lambda found: f"\\{found[0]}", clean(text))
    return "".join(_HTML.get(character, character) for character in shown)


def _append(parts: list[str], text: str) -> None:
    """Add a part; items of one list stand without an empty line between them."""
    if text.startswith("- ") and parts[-1].startswith("- "):
        parts[-1] += f"\n{text}"
    elif text:
        parts.append(text)


def _said(text: Text, page: Page) -> str:
    """Say a sentence; it begins no list, and what stands apart in text stands apart here."""
    return _GAP.sub("&emsp;", _START.sub(r"\1\\\2", escaped(text.say(page.language))))


def _block(block: Block, page: Page) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * (block.level + 1)} {_said(block.text, page)}"
        case Line():
            yield f"- **{_said(block.label, page)}** {_said(block.text, page)}" if block.label else _said(block.text, page)
        case Figures():
            yield _table(block.columns, [block.values], page)
        case Pictures():
            pass
        case Table():
            if block.title:
                yield f"**{_said(block.title, page)}**"
            if block.lead:
                yield _said(block.lead, page)
            shown = block.shown()
            if shown.rows and shown.columns:
                yield _table(shown.columns, shown.rows, page)
            if block.note:
                yield _said(block.note, page)


def _table(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], page: Page) -> str:
    from tabulate import tabulate

    heads = [_said(column.label, page) for column in columns]
    body = [[escaped(said(cell, page.language)) for cell in row] for row in rows]
    return tabulate(body, heads, tablefmt="pipe", disable_numparse=True, colalign=[column.align for column in columns])
