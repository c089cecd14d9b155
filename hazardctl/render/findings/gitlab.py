"""Findings as a Code Quality report of GitLab.

The shape: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from typing import Final

from hazardctl.diagnostics import Diagnostic, Review, Severity, fingerprints
from hazardctl.language import Language
from hazardctl.render.json import written
from hazardctl.render.page import Page

SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info", Severity.SILENT: "info"}


def rendered(review: Review, page: Page) -> str:
    """Give an array with an issue a finding."""
    named = zip(review.diagnostics, fingerprints(review.diagnostics), strict=True)
    return written([_issue(one, name, page.language) for one, name in named])


def _issue(one: Diagnostic, fingerprint: str, language: Language) -> dict[str, object]:
    place = one.place
    end = {"line": place.end_line or place.line, "column": place.end_column or place.column}
    return {
        "check_name": one.code,
        "description": one.message.say(language),
        "severity": SEVERITIES[one.severity],
        "fingerprint": fingerprint,
        "location": {"path": one.path, "positions": {"begin": {"line": place.line, "column": place.column}, "end": end}},
    }
