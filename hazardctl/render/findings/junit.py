"""Findings as a JUnit report: a test case a file, failed by its errors; warnings and notes stand in its output.

The shape is the strictest of those in use, the one Jenkins checks (junit-10.xsd of its xUnit plugin); GitLab reads it too.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePosixPath
from xml.etree import ElementTree as ET

from hazardctl.diagnostics import Diagnostic, Review, Severity
from hazardctl.language import Language
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean


def rendered(review: Review, page: Page) -> str:
    """Give one suite with every file looked at, and every other file that something was found in."""
    found = {path: list(ones) for path, ones in groupby(review.diagnostics, key=lambda one: one.path)}
    cases = sorted({*review.paths, *found})
    failed = sum(any(one.severity is Severity.ERROR for one in ones) for ones in found.values())
    totals = {"tests": str(len(cases)), "failures": str(failed), "errors": "0"}
    suites = ET.Element("testsuites", {"name": "hazardctl", **totals})
    suite = ET.SubElement(suites, "testsuite", {"name": "hazardctl validate", **totals})
    for path in cases:
        _case(suite, path, found.get(path, []), page.language)
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def _case(suite: ET.Element, path: str, found: list[Diagnostic], language: Language) -> None:
    case = ET.SubElement(suite, "testcase", {"name": clean(PurePosixPath(path).stem), "classname": clean(path)})
    for one in found:
        if one.severity is Severity.ERROR:
            message = f"{one.code} {clean(one.message.say(language))}"
            ET.SubElement(case, "failure", {"type": one.code, "message": message}).text = _line(one, language)
    if lines := [_line(one, language) for one in found if one.severity is not Severity.ERROR]:
        ET.SubElement(case, "system-out").text = "\n".join(lines)


def _line(one: Diagnostic, language: Language) -> str:
    said = f"{one.path}:{one.place.line}:{one.place.column}: {one.severity} {one.code} {one.message.say(language)}"
    return "\n".join(clean(line) for line in (said, *([one.repair.say(language)] if one.repair else [])))
