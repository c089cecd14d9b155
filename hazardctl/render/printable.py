"""Sheets as one page for a browser: no script, nothing fetched, ready to print (EXPERIENCE §8).

The page is a template that escapes whatever is put into it (jinja2, the extra `html`); its only style stands in it, named by
its hash in the page's own policy.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import Any

from hazardctl.errors import lacks
from hazardctl.language import Text
from hazardctl.render.page import Page, said, silent
from hazardctl.render.terminal import clean
from hazardctl.sheet import Block, Cell, Column, Figures, Heading, Line, Mark, Sheet, Table


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write the sheets one after another on one page.

    Raises:
        MissingExtraError: the extra `html` is not installed.
    """
    try:
        import jinja2
    except ImportError:
        raise lacks("html", Text("网页", "a web page")) from None
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    folder = files("hazardctl") / "templates"
    style = (folder / "page.css").read_text(encoding="utf-8")
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    language = {"zh": "zh-CN", "en": "en"}[page.language]
    made = [_sheet(sheet, page) for sheet in sheets]
    return template.render(language=language, style=style, hash=hashed, sheets=made).encode()


def _sheet(sheet: Sheet, page: Page) -> dict[str, Any]:
    blocks = [one for block in sheet.blocks if not silent(block, page) for one in _block(block, page)]
    head, foot = ([_words(text, page) for text in texts] for texts in (sheet.head, sheet.foot))
    return {"title": _words(sheet.title, page), "head": head, "blocks": blocks, "foot": foot}


def _block(block: Block, page: Page) -> Iterator[dict[str, Any]]:
    match block:
        case Heading():
            yield {"kind": "heading", "level": block.level + 1, "text": _words(block.text, page)}
        case Line():
            yield {"kind": "line", "label": _words(block.label, page), "text": _words(block.text, page)}
        case Figures():
            pairs = [{"label": _words(column.label, page), **_cell(column, cell, page)} for column, cell in block.pairs()]
            yield {"kind": "figures", "pairs": pairs}
        case Table():
            shown = block.shown()
            said_ = {"title": _words(shown.title, page), "lead": _words(shown.lead, page), "note": _words(shown.note, page)}
            if any(said_.values()) or (shown.rows and shown.columns):
                yield {"kind": "table", **said_, **_table(shown, page)}


def _table(table: Table, page: Page) -> dict[str, Any]:
    heads = [] if table.plain else [{"text": _words(column.label, page), "right": column.align == "right"} for column in table.columns]
    rows = [[_cell(column, cell, page) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows]
    return {"heads": heads, "rows": rows if table.columns else [], "total": table.total}


def _cell(column: Column, cell: Cell, page: Page) -> dict[str, Any]:
    tone = cell.tone if isinstance(cell, Mark) else ""
    text = "\n".join(map(clean, said(cell, page.language).split("\n")))
    return {"text": text, "right": column.align == "right", "fixed": column.fixed, "tone": tone}


def _words(text: Text | None, page: Page) -> str:
    return "\n".join(map(clean, text.say(page.language).split("\n"))) if text else ""
