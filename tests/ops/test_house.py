"""Rules of the house: what a ledger forbids itself, in the filter language."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.diagnostics import Diagnostic, Severity
from hazardctl.errors import UnreadableError
from hazardctl.ops.validate import validate
from tests.acting import ASSIGN, CONFIG, REGISTER, WITHDRAW, context, hazard, ledger

RULE = "house_rules:\n  - {{code: H01, {what}, message: {{zh: 工业隐患须有网格员, en: an industrial hazard needs a warden}}{more}}}\n"


def told(tmp_path: Path, what: str, more: str = "", waiver: str = "") -> list[Diagnostic]:
    """Give what the rule of a ledger with one general and one withdrawn hazard finds, with what it makes of the configuration."""
    root = ledger(tmp_path, CONFIG + RULE.format(what=what, more=more))
    hazard(root, "AAAAA", REGISTER, ASSIGN, extra=waiver)
    hazard(root, "BBBBB", REGISTER, WITHDRAW)
    return [one for one in validate(context(root)).review.diagnostics if one.code in {"H01", "HZ015", "HZ715"}]


def test_a_record_that_matches_is_a_finding_with_the_words_and_the_severity_of_the_rule(tmp_path: Path) -> None:
    (one,) = told(tmp_path, 'forbid: "sector:industry grade:general not:is:overdue"', ", severity: warning")
    assert (one.code, one.severity, one.record) == ("H01", Severity.WARNING, "YH-20240301-AAAAA")
    assert one.message.say("zh") == "工业隐患须有网格员"
    assert one.message.say("en") == "an industrial hazard needs a warden"
    assert one.because is not None
    assert one.because.say("en").endswith("there must be no sector:industry grade:general not:is:overdue")


def test_what_does_not_match_is_none_and_a_silent_rule_says_nothing(tmp_path: Path) -> None:
    assert not told(tmp_path / "1", 'forbid: "sector:gas"')
    assert not told(tmp_path / "2", 'forbid: "sector:industry"', ", severity: silent")


def test_a_figure_of_any_kind_may_be_forbidden(tmp_path: Path) -> None:
    root = ledger(tmp_path, CONFIG + RULE.format(what='measure: "enforcement.fine.times[unit=xx-food]"', more=""))
    folder = root / "enforcement" / "2024" / "03"
    folder.mkdir(parents=True)
    for suffix, unit in (("AAAAA", "xx-food"), ("BBBBB", "xx-paper")):
        record = f"ZF-20240303-{suffix}"
        text = f"id: {record}\nschema: enforcement/1\ndate: 2024-03-03\nkind: fine\norg: 县应急局\nunit: {unit}\namount: 20000\n"
        (folder / f"{record}.yaml").write_text(text, encoding="utf-8")
    assert [one.record for one in validate(context(root)).review.diagnostics if one.code == "H01"] == ["ZF-20240303-AAAAA"]


@pytest.mark.parametrize(
    "what", ["forbid: colour:red", "forbid: is:green", "forbid: unit:无此单位", "measure: no.such", "measure: hazards.rate"]
)
def test_a_rule_that_cannot_be_asked_is_a_finding_on_the_configuration(tmp_path: Path, what: str) -> None:
    (one,) = told(tmp_path, what)
    assert (one.code, one.severity) == ("HZ015", Severity.ERROR)
    assert one.trail == ("house_rules", 0, what.partition(":")[0])
    assert one.message.say("en").startswith("H01: ")


def test_a_waiver_excuses_it_and_one_that_is_not_needed_is_told(tmp_path: Path) -> None:
    waiver = "waivers: [{code: H01, reason: 已另行安排, by: 孙八, until: 2024-12-31}]\n"
    assert not told(tmp_path / "1", "forbid: sector:industry", waiver=waiver)
    assert [one.code for one in told(tmp_path / "2", "forbid: sector:gas", waiver=waiver)] == ["HZ715"]


@pytest.mark.parametrize(
    "rules",
    [
        "[{code: HZ01, forbid: is:open, message: {zh: 甲}}]",
        "[{code: h1, forbid: is:open, message: {zh: 甲}}]",
        "[{code: H01, message: {zh: 甲}}]",
        "[{code: H01, forbid: is:open, measure: hazards.found, message: {zh: 甲}}]",
        "[{code: H01, forbid: is:open}]",
        "[{code: H01, forbid: is:open, message: {zh: 甲}}, {code: H01, forbid: is:late, message: {zh: 乙}}]",
        "[{code: H01, forbid: is:open, message: {zh: 甲}, severity: fatal}]",
    ],
)
def test_a_rule_that_is_none_makes_the_configuration_invalid(tmp_path: Path, rules: str) -> None:
    root = ledger(tmp_path, f"{CONFIG}house_rules: {rules}\n")
    with pytest.raises(UnreadableError):
        validate(context(root))
