"""What a span says of the one before it is what that one says itself."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given

from hazardctl.measures import Book
from hazardctl.measures.views import STEPS, Choice, life
from hazardctl.model.raw import Tree
from tests import strategies, worked

CHOICES: Final = [Choice(preset, removed_counts=counts) for preset in STEPS for counts in (False, True)]
DIFFERS: Final = """SELECT n.hazard, n.start FROM {life} n LEFT JOIN {life} w
  ON w.hazard = n.hazard AND w.stop = n.start AND w.counted = 1 WHERE n.was_open <> COALESCE(w.is_open, 1)"""


def differing(trees: list[Tree], choice: Choice) -> list[object]:
    return Book(strategies.loaded(trees)).engine.rows(DIFFERS.format(life=life(choice)), {})


@given(trees=strategies.ledgers())
def test_whether_it_was_open_is_known_under_every_basis(trees: list[Tree]) -> None:
    assert [differing(trees, choice) for choice in CHOICES] == [[]] * len(CHOICES)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda one: f"{one.preset} {one.removed_counts}")
def test_it_is_known_of_the_worked_example(choice: Choice) -> None:
    engine = Book(worked.ledger()).engine
    assert engine.rows(DIFFERS.format(life=life(choice)), {}) == []
    assert engine.rows(f"SELECT SUM(was_open <> is_open) FROM {life(choice)}", {})[0][0] > 0
