"""The contract itself: its tables are whole, and the page made of them says what is not covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.seeds import table
from tests.seeds.table import MEASURED, ROWS, Mechanism, mechanisms
from tools import contract


def test_every_mechanism_has_a_row() -> None:
    assert list(mechanisms()) == [f"M-{n:02}" for n in range(1, 61)]
    assert set(ROWS) - set(MEASURED) == {"S2-04"}


def test_a_value_that_does_not_come_out_is_marked() -> None:
    row = ROWS["S0-01"]
    assert contract.tried(row) == {"items": "✓", "tallies": "✓", "sample": "✓"}
    wrong = contract.tried(replace(row, value="12"))
    assert (wrong["items"], wrong["sample"]) == ("✗ 11", "✗ 11")


def test_a_test_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up: Mapping[str, Mechanism] = {"M-99": Mechanism("M-99", "甲", "one", ("000",), ("test_loop.py::test_nothing",))}
    monkeypatch.setattr(contract, "mechanisms", lambda: made_up)
    monkeypatch.setattr(contract, "MEASURED", {})
    monkeypatch.setattr(contract, "collected", lambda: frozenset({contract.BY_HAND}))
    assert list(contract.uncovered()) == ["M-99: no test test_loop.py::test_nothing"]


@pytest.mark.shared
def test_the_mechanisms_are_those_of_the_contract(shared: Path) -> None:
    lines = (shared / "DOMAIN.md").read_text(encoding="utf-8").splitlines()
    theirs = {cells[1].strip(): cells[3].split() for line in lines if line.startswith("| M-") and (cells := line.split("|"))}
    assert theirs == {one.id: list(one.seeds) for one in table.mechanisms().values()}
