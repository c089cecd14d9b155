"""Each rule finds the fault on its own page, on the marked lines and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl.rules.registry import Rule, registry
from tests.rules.pages import blocks, found, marked

RULES = list(registry().values())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("side", ["Bad", "Good"])
def test_the_rule_alone_reports_the_marked_lines_of_its_page(rule: Rule, side: str, tmp_path: Path) -> None:
    records = blocks(rule)[side]
    lines = {(one.path, one.place.line) for one in found(tmp_path, records, rule.code)}
    assert lines == marked(records, rule.code)
    assert bool(lines) == (side == "Bad")
