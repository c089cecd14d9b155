"""The page the tables are written to: what a tool measured stands between two marks of its own, all else is written by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path


def put(page: Path, name: str, lines: Sequence[str]) -> None:
    """Put lines where the page has the marks `<!-- name -->` and `<!-- /name -->`.

    Raises:
        ValueError: the page has no such marks.
    """
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    body = "\n".join(lines).strip("\n")
    made, found = re.subn(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: f"{begin}\n\n{body}\n\n{end}", text, flags=re.DOTALL)
    if not found:
        raise ValueError(begin)
    page.write_text(made, encoding="utf-8")
