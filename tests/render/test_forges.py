"""The formats that forges read: each has the shape its reader documents, and no text of a ledger gets out of its place.

The shapes in `shapes/` are written by us from the documents named in each module, and allow nothing but what we write.
"""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest

from hazardctl.cli.checking import FORMATS as OFFERED
from hazardctl.diagnostics import START, About, Diagnostic, Place, Review, Severity
from hazardctl.language import LANGUAGES, Language, Text
from hazardctl.render.findings import FORMATS, rendered
from hazardctl.render.page import Page
from tests.payloads import EVERY
from tests.render.test_findings import FOUND, OWNER

jsonschema: Any = pytest.importorskip("jsonschema")

NOTE: Final = dataclasses.replace(FOUND, severity=Severity.INFO, code="HZ603", trail=("description",), place=Place(3, 14), excerpt=())
FILE: Final = dataclasses.replace(FOUND, path="ledger/hazardctl.yaml", record="", trail=(), place=START, excerpt=(), repair=None)
BLOCK: Final = dataclasses.replace(FOUND, place=Place(17, 3, 19, 1))
ALL: Final = (FOUND, OWNER, NOTE, BLOCK, FILE)
ABOUT: Final = {"HZ301": About("event-order", Text("日期颠倒", "out of order"), Text("因为", "because"), Text("改", "mend it"))}
SHAPES: Final = Path(__file__).with_name("shapes")


def page(*found: Diagnostic, name: str, language: Language = "zh") -> str:
    """Render findings of a ledger of two records."""
    paths = ("ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml", "ledger/units/shunfa.yaml")
    review = Review(found, {"hazard": 1, "unit": 1}, as_of="2026-06-30", commit="a1b2c3d", paths=paths, about=ABOUT)
    return rendered(review, name, Page(language, 100))


def test_the_command_offers_the_formats_there_are() -> None:
    assert OFFERED.split("|") == list(FORMATS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["gitlab", "rdjson", "sarif"])
def test_a_report_has_the_shape_its_reader_documents(name: str, language: Language) -> None:
    schema = json.loads((SHAPES / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for found in ((), ALL):
        jsonschema.validate(json.loads(page(*found, name=name, language=language)), schema)


def test_github_takes_one_command_a_finding() -> None:
    lines = page(*ALL, name="github").splitlines()
    assert len(lines) == len(ALL) + 1
    assert lines[0] == (
        "::error title=hazardctl (HZ301),file=ledger/hazards/2026/03/YH-20260308-3XQ9D.yaml,line=17,col=12,endLine=17,endColumn=22"
        "::复查 2026-03-12 早于整改 2026-03-18%0A核对复查记录"
    )
    assert lines[1].startswith("::warning ")
    assert lines[2].startswith("::notice ")
    assert ",line=17,endLine=19::" in lines[3], "columns are of one line only"


def test_gitlab_has_severities_places_and_fingerprints_of_its_own() -> None:
    issues = json.loads(page(*ALL, name="gitlab"))
    assert [one["severity"] for one in issues] == ["major", "minor", "info", "major", "major"]
    assert issues[0]["location"]["positions"] == {"begin": {"line": 17, "column": 12}, "end": {"line": 17, "column": 22}}
    assert len({one["fingerprint"] for one in issues}) == len(issues)


def test_sarif_names_rules_records_and_fields() -> None:
    (run,) = json.loads(page(*ALL, name="sarif", language="en"))["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("HZ301", "event-order")
    assert rule["help"]["text"] == "because\nmend it\nhazardctl explain HZ301"
    first, _, note, block, whole = run["results"]
    assert first["ruleIndex"] == 0
    assert "ruleIndex" not in note
    assert first["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "YH-20260308-3XQ9D/history.3.date"
    assert block["locations"][0]["physicalLocation"]["region"]["endLine"] == 19
    assert "logicalLocations" not in whole["locations"][0]


def test_sarif_paths_are_uris() -> None:
    odd = dataclasses.replace(FOUND, path="台账/a b#c.yaml")
    (result,) = json.loads(page(odd, name="sarif"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "%E5%8F%B0%E8%B4%A6/a%20b%23c.yaml"


def test_reviewdog_counts_bytes() -> None:
    first, second, note, block, _ = json.loads(page(*ALL, name="rdjson"))["diagnostics"]
    assert first["location"]["range"] == {"start": {"line": 17, "column": 12}, "end": {"line": 17, "column": 22}}
    line = FOUND.excerpt[-1][1]
    assert second["location"]["range"]["end"]["column"] == len(line[:47].encode()) + 1 != 48
    assert "end" not in block["location"]["range"]
    assert note["location"]["range"]["start"] == {"line": 3, "column": 14}


SHAPE: Final = {
    "testsuites": ({"testsuite"}, {"name", "tests", "failures", "errors"}),
    "testsuite": ({"testcase"}, {"name", "tests", "failures", "errors"}),
    "testcase": ({"failure", "system-out"}, {"name", "classname"}),
    "failure": (set[str](), {"type", "message"}),
    "system-out": (set[str](), set[str]()),
}


def test_junit_has_a_case_a_file_failed_by_its_errors() -> None:
    root = ET.fromstring(page(*ALL, name="junit"))  # noqa: S314 (made a line above)
    for element in root.iter():
        children, attributes = SHAPE[element.tag]
        assert {child.tag for child in element} <= children
        assert set(element.attrib) == attributes
    cases = {case.attrib["name"]: [child.tag for child in case] for case in root.iter("testcase")}
    assert cases == {
        "YH-20260308-3XQ9D": ["failure", "failure", "system-out"],
        "hazardctl": ["failure"],
        "shunfa": [],
    }
    assert (root.attrib["tests"], root.attrib["failures"]) == ("3", "2")


@pytest.mark.parametrize("payload", EVERY)
def test_no_text_of_a_ledger_gets_out_of_its_place(payload: str) -> None:
    said = Text("{it}", "{it}").of(it=payload)
    hostile = dataclasses.replace(FOUND, path=f"hazards/{payload}::error::.yaml", message=said, repair=said, record=payload)
    github = page(hostile, name="github")
    assert len(github.splitlines()) == 2
    assert re.fullmatch(r"::error title=hazardctl \(HZ301\),file=[^:]*,line=17,col=12,endLine=17,endColumn=22::.*", github.splitlines()[0])
    for name in ("gitlab", "rdjson", "sarif"):
        json.loads(page(hostile, name=name))
    (case, *_) = [one for one in ET.fromstring(page(hostile, name="junit")).iter("testcase") if len(one)]  # noqa: S314
    assert [child.tag for child in case] == ["failure"]
    for name in FORMATS:
        page(hostile, name=name).encode("utf-8")
