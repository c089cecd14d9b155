"""The worked example is the same ledger as a value and as files, and its files are clean."""

from __future__ import annotations

from pathlib import Path

from hazardctl.measures import REGISTRY, Book
from hazardctl.model.hazard import Hazard
from hazardctl.store.load import load
from tests import worked
from tests.measures.asked import half_year


def test_the_files_say_what_the_values_say(tmp_path: Path) -> None:
    read = load(worked.write(tmp_path))
    assert not read.unread
    assert [entry.findings for entry in read.entries] == [()] * len(read.entries)
    assert {entry.path: entry.record for entry in read.hazards} == {entry.path: entry.record for entry in worked.ledger().hazards}


def test_the_files_give_the_figures_of_the_values(tmp_path: Path) -> None:
    assert Book(load(worked.write(tmp_path))).total(half_year(), REGISTRY) == Book(worked.ledger()).total(half_year(), REGISTRY)


def test_ids_turn_back_into_letters() -> None:
    assert worked.letters(worked.ID[letter] for letter in "NOAL") == "A L N O"
    assert all(isinstance(worked.hazard(letter), Hazard) and worked.hazard(letter).id == worked.ID[letter] for letter in worked.ROWS)
