"""Writing csv that spreadsheets open as it was meant: UTF-8 with a mark, and no cell that is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def csv_of(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """Write rows as csv: UTF-8 with a mark, CRLF, nothing that a spreadsheet takes for a formula."""
    kept = io.BytesIO()
    out = io.TextIOWrapper(kept, encoding="utf-8-sig", newline="")  # a table as long as the ledger is held as bytes only
    out.write("")  # the mark stands in a file without rows too
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows([_safe(cell) for cell in row] for row in rows)
    out.flush()
    return kept.getvalue()


def _safe(text: str) -> str:
    """Keep spreadsheets from taking a cell for a formula; the reader of `import` takes the mark off again."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")) else text
