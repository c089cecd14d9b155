"""Sheets as a PDF: the Word document of them, set as a page that nobody changes (docs/adr/0019)."""

from __future__ import annotations

from collections.abc import Sequence

from hazardctl.render import docx
from hazardctl.render.page import Page
from hazardctl.render.typeset import needed, typeset
from hazardctl.sheet import Sheet


def document(sheets: Sequence[Sheet], page: Page) -> bytes:
    """Write the sheets one after another, each on a page of its own.

    Raises:
        MissingExtraError: the extra `pdf` is not installed, or no typeface of the machine has Chinese.
        UsageError: a table is longer than a document is read.
    """
    needed()
    return typeset(docx.document(sheets, page), page.language)
