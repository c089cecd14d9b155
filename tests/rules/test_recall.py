"""Recall and precision: what is planted is found, where it was planted; in clean ledgers nothing is found."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from hazardctl.rules.registry import Rule, registry
from tests.rules.pages import blocks, found, marked
from tests.rules.planting import SLIPS, beside, clean, slipped, told_otherwise
from tests.strategies import HELD, Dice

RULES = [rule for rule in registry().values() if "Bad" in blocks(rule)]
FEW = settings(max_examples=5)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@FEW
@given(dice=HELD)
def test_a_fault_told_otherwise_is_found_where_it_is_and_nowhere_else(rule: Rule, dice: Dice) -> None:
    for side in ("Bad", "Good"):
        records, today = told_otherwise(rule.code, blocks(rule)[side], dice)
        whole = beside(records, today, dice)
        with tempfile.TemporaryDirectory() as folder:
            lines = {(one.path, one.place.line) for one in found(Path(folder), whole, rule.code, today=today)}
        assert lines == marked(records, rule.code), side


@given(dice=HELD)
def test_a_clean_ledger_has_no_finding(dice: Dice) -> None:
    with tempfile.TemporaryDirectory() as folder:
        assert found(Path(folder), clean(dice)) == []


@pytest.mark.parametrize("code", SLIPS)
@FEW
@given(dice=HELD)
def test_a_slip_in_a_clean_ledger_is_found_at_its_line_and_nothing_else_is(code: str, dice: Dice) -> None:
    records, at = slipped(code, dice)
    with tempfile.TemporaryDirectory() as folder:
        told = found(Path(folder), records)
    assert {(one.path, one.place.line) for one in told if one.code == code} == at, [one.code for one in told]
    assert {one.code for one in told} - SLIPS[code].also == {code}
