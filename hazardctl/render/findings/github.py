"""Findings as annotations of GitHub Actions: a workflow command a finding, which no text of a ledger can begin or end.

The shape: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Diagnostic, Review, Severity
from hazardctl.language import Language
from hazardctl.render.findings.summary import summary
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean

COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.SILENT: "debug"}
DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
PROPERTY: Final = DATA | str.maketrans({":": "%3A", ",": "%2C"})


def rendered(review: Review, page: Page) -> str:
    """Give a command a finding, and the summary for the log."""
    lines = [_command(one, page.language) for one in review.diagnostics]
    return "\n".join([*lines, summary(review, kinds=False).say(page.language)]) + "\n"


def _command(one: Diagnostic, language: Language) -> str:
    properties = ",".join(f"{name}={clean(str(value)).translate(PROPERTY)}" for name, value in _properties(one))
    said = [one.message, *([one.repair] if one.repair else [])]
    message = "\n".join(clean(text.say(language)) for text in said).translate(DATA)
    return f"::{COMMANDS[one.severity]} {properties}::{message}"


def _properties(one: Diagnostic) -> Iterator[tuple[str, object]]:
    """Give what stands before the message; columns only within one line, others GitHub refuses."""
    place = one.place
    yield "title", f"hazardctl ({one.code})"
    yield "file", one.path
    yield "line", place.line
    if place.end_line in {0, place.line}:
        yield "col", place.column
        yield from [("endLine", place.line), ("endColumn", place.end_column)] if place.end_column > place.column else []
    else:
        yield "endLine", place.end_line
