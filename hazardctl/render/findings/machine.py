"""Findings as JSON, `hazardctl/findings/1` (schemas/findings.schema.json)."""

from __future__ import annotations

from typing import Final

from hazardctl.diagnostics import Diagnostic, Review, Severity, field, fingerprints
from hazardctl.language import Language
from hazardctl.render.json import written
from hazardctl.render.page import Page

SCHEMA: Final = "hazardctl/findings/1"


def rendered(review: Review, page: Page) -> str:
    """Give one object: the findings in the order of reports, how many of each severity, the files, the unread ones."""
    whole = {
        "schema": SCHEMA,
        "ledger": review.commit,
        "as_of": review.as_of,
        "language": page.language,
        "findings": [
            finding(one, name, page.language) for one, name in zip(review.diagnostics, fingerprints(review.diagnostics), strict=True)
        ],
        "counts": {severity.value: review.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)},
        "known": review.known,
        "files": sum(review.files.values()),
        "kinds": dict(review.files),
        "unread": list(review.unread),
    }
    return written(whole)


def finding(one: Diagnostic, fingerprint: str, language: Language) -> dict[str, object]:
    """Give one finding; `field` is the trail, `fingerprint` survives moved lines."""
    return {
        "code": one.code,
        "severity": one.severity.value,
        "path": one.path,
        "line": one.place.line,
        "column": one.place.column,
        "end_line": one.place.end_line or one.place.line,
        "end_column": one.place.end_column or one.place.column,
        "record": one.record,
        "field": field(one),
        "message": one.message.say(language),
        "because": one.because.say(language) if one.because else None,
        "repair": one.repair.say(language) if one.repair else None,
        "notes": [note.say(language) for note in one.notes],
        "fingerprint": fingerprint,
    }
