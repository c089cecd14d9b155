"""Findings as JSON, `hazardctl/findings/1` (schemas/findings.schema.json)."""

from __future__ import annotations

import hashlib
from typing import Final

from hazardctl.diagnostics import Diagnostic, Review, Severity
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
        "findings": [finding(one, page.language) for one in review.diagnostics],
        "counts": {severity.value: review.count(severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)},
        "files": sum(review.files.values()),
        "kinds": dict(review.files),
        "unread": list(review.unread),
    }
    return written(whole)


def finding(one: Diagnostic, language: Language) -> dict[str, object]:
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
        "fingerprint": fingerprint(one),
    }


def field(one: Diagnostic) -> str:
    """Give the trail as one word; a mark that means a key and not its value is left out."""
    return ".".join(str(part) for part in one.trail if not str(part).startswith("@"))


def fingerprint(one: Diagnostic) -> str:
    """Give a stable name of a finding: code, record (or file) and field, hashed."""
    parts = (one.code, one.record or one.path, field(one))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
