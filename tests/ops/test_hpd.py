"""`validate` on a table of the real world: the housing violations of New York as they were published (DOMAIN §9.2)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hazardctl.ops.import_ import run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.validate import validate
from hazardctl.store.load import load
from tests.acting import context, ledger

MAP = Path(__file__).parents[1] / "exchange" / "nyc.map.yaml"
CONFIG = """schema: config/1
calendar: {name: plain}
deadlines: {rules: []}
vocabularies: {local_grades: {A: general, B: general, C: general}}
"""
TRUE = {
    "HZ302": 1,  # a notice of 2013-10-11 whose deadline is 2013-10-09
    "HZ401": 76,  # the table has no pictures: every claim stands without proof
    "HZ315": 27,
    "HZ417": 27,  # open to this day, and the table knows no penalty
    "HZ605": 18,  # neither apartment nor storey
    "HZ606": 22,  # texts of the code book, word for word
    "HZ120": 1,  # one wall, named with and without its side
}


@pytest.mark.shared
def test_the_known_defects_are_found_and_nothing_is_invented(tmp_path: Path, shared: Path) -> None:
    root = ledger(tmp_path, CONFIG)
    run(context(root), Asked(shared / "data" / "nyc_hpd" / "hpd_violations.csv", MAP, new_units=True))
    found = validate(context(root)).review.diagnostics
    assert Counter(one.code for one in found) == TRUE
    (late,) = (one for one in found if one.code == "HZ302")
    assert late.severity == "error"
    assert "due: 2013-10-09" in late.excerpt[-1][1]
    failed = [act for entry in load(root).hazards for act in entry.record.history if getattr(act, "result", "") == "fail"]
    assert Counter(getattr(act, "reason", "") for act in failed) == {"INVALID CERTIFICATION": 2, "NOT COMPLIED WITH": 1}
