"""Findings for reviewdog, which comments on forges that have no widget of their own.

The shape: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf; its columns count the bytes of UTF-8.
"""

from __future__ import annotations

from typing import Final

from hazardctl.diagnostics import Diagnostic, Review, Severity
from hazardctl.language import Language
from hazardctl.render.json import written
from hazardctl.render.page import Page

SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO", Severity.SILENT: "INFO"}


def rendered(review: Review, page: Page) -> str:
    """Give one result with a diagnostic a finding."""
    return written({"source": {"name": "hazardctl"}, "diagnostics": [_diagnostic(one, page.language) for one in review.diagnostics]})


def _diagnostic(one: Diagnostic, language: Language) -> dict[str, object]:
    said = [one.message, *([one.repair] if one.repair else [])]
    return {
        "message": "\n".join(text.say(language) for text in said),
        "location": {"path": one.path, "range": _range(one)},
        "severity": SEVERITIES[one.severity],
        "code": {"value": one.code},
    }


def _range(one: Diagnostic) -> dict[str, object]:
    """Give where it starts and, where that lies on the same line, where it ends: of other lines the bytes are not known."""
    place = one.place
    line = one.excerpt[-1][1] if one.excerpt else ""
    start = {"line": place.line, "column": _bytes(line, place.column)}
    if place.end_line != place.line:
        return {"start": start}
    return {"start": start, "end": {"line": place.line, "column": _bytes(line, place.end_column)}}


def _bytes(line: str, column: int) -> int:
    before = line[: column - 1]
    return len(before.encode("utf-8", "surrogatepass")) + column - len(before)
