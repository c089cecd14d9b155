"""Findings as SARIF 2.1.0, for code scanning (OASIS, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import quote

from hazardctl import __version__
from hazardctl.diagnostics import About, Diagnostic, Review, Severity, field, fingerprints
from hazardctl.language import Language
from hazardctl.render.json import written
from hazardctl.render.page import Page

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.SILENT: "none"}
FINGERPRINT: Final = "hazardctl/v1"


def rendered(review: Review, page: Page) -> str:
    """Give one log with one run: the rules behind the findings, and the findings."""
    order = {code: position for position, code in enumerate(review.about)}
    named = zip(review.diagnostics, fingerprints(review.diagnostics), strict=True)
    run = {
        "tool": {
            "driver": {
                "name": "hazardctl",
                "version": __version__,
                "rules": [_rule(code, about, page.language) for code, about in review.about.items()],
            }
        },
        "language": "zh-CN" if page.language == "zh" else "en",
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(one, name, order, page.language) for one, name in named],
        "properties": {"asOf": review.as_of, "ledger": review.commit, "known": review.known, "unread": list(review.unread)},
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, about: About, language: Language) -> dict[str, object]:
    repair = f"\n{about.repair.say(language)}" if about.repair else ""
    return {
        "id": code,
        "name": about.name,
        "shortDescription": {"text": about.title.say(language)},
        "fullDescription": {"text": about.why.say(language)},
        "help": {"text": f"{about.why.say(language)}{repair}\nhazardctl explain {code}"},
        "defaultConfiguration": {"level": LEVELS[about.severity]},
    }


def _result(one: Diagnostic, fingerprint: str, order: Mapping[str, int], language: Language) -> dict[str, object]:
    place = one.place
    region = {"startLine": place.line, "startColumn": place.column}
    if place.end_line:
        region |= {"endLine": place.end_line, "endColumn": place.end_column}
    physical = {"artifactLocation": {"uri": quote(one.path, errors="surrogatepass"), "uriBaseId": "%SRCROOT%"}, "region": region}
    named = [{"name": one.record, "fullyQualifiedName": "/".join(filter(None, (one.record, field(one)))), "kind": "object"}]
    return {
        "ruleId": one.code,
        **({"ruleIndex": order[one.code]} if one.code in order else {}),
        "level": LEVELS[one.severity],
        "message": {"text": one.message.say(language)},
        "locations": [{"physicalLocation": physical, **({"logicalLocations": named} if one.record else {})}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
