"""A question that two connections answer together has the answer that one gives."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from hazardctl.ledger import Ledger
from hazardctl.measures import Book, kept
from hazardctl.measures.engine import Engine
from hazardctl.measures.meanwhile import Meanwhile
from hazardctl.ops.reporting.summary import LINE, TOTAL
from hazardctl.store.index import base, shelf
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import load
from tests.measures.made import question
from tests.store.index.test_by_git import edited, made

WANTED: Final[dict[tuple[str, ...], Sequence[str]]] = {(): TOTAL, ("sector",): LINE, ("month",): ["hazards.found"]}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(shelf, "LARGE", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return made(tmp_path)


def shelf_of(ledger: Ledger) -> Kept:
    assert isinstance(ledger.shelf, Kept)
    return ledger.shelf


def test_figures_are_the_same(root: Path) -> None:
    asked = question("2024-01-01", "2024-06-30")
    book = Book(load(root, keeper=kept))
    coming = book.begun(asked, WANTED)
    late = book.overdue(asked)
    plain = Book(load(root))
    assert coming() == plain.tables(asked, WANTED)
    assert late == plain.overdue(asked)
    assert book.tables(asked, WANTED) == coming()


def test_what_was_answered_beside_is_kept(root: Path) -> None:
    ledger = load(root, keeper=kept)
    Book(ledger).tables(question("2024-01-01", "2024-06-30"), WANTED)
    assert shelf_of(ledger).renewed()
    assert shelf_of(ledger).database.execute("SELECT COUNT(*) FROM answer").fetchone()[0] > 4


@pytest.mark.parametrize("cores", [1, None])
def test_one_core_asks_alone(root: Path, cores: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert shelf_of(load(root, keeper=kept)).beside() is None


def test_a_small_index_is_asked_alone(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "LARGE", 1_000)
    assert shelf_of(load(root, keeper=kept)).beside() is None


def test_an_index_that_describes_other_files_by_now_is_asked_over_the_first_connection(root: Path) -> None:
    ledger = load(root, keeper=kept)
    edited(root)
    load(root, keeper=kept)
    assert shelf_of(ledger).beside() is None
    assert Book(ledger).total(question("2024-01-01", "2024-06-30"), ["hazards.found"]) == {"hazards.found": 3}


def test_an_index_that_was_thrown_away_is_not_made_again(root: Path) -> None:
    ledger = load(root, keeper=kept)
    base.drop(root)
    assert shelf_of(ledger).beside() is None
    assert not base.place(root).exists()


def test_what_goes_wrong_beside_is_raised_where_it_is_waited_for(root: Path) -> None:
    def wrong(engine: Engine) -> object:
        return engine.rows("SELECT nonsense FROM hazard", {})

    coming = Engine(load(root, keeper=kept)).meanwhile(wrong)
    assert coming is not None
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        coming()


def test_who_lets_go_stops_what_is_asked_beside(root: Path) -> None:
    ledger = load(root, keeper=kept)
    endless = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT COUNT(*) FROM n"
    other = shelf_of(ledger).beside()
    assert other is not None
    doing = Meanwhile(lambda: other.database.execute(endless).fetchone())
    while doing._thread.is_alive():
        shelf_of(ledger).let_go()  # it may not have begun when it is first told
    with pytest.raises(sqlite3.OperationalError, match="interrupted"):
        doing.done()
    with pytest.raises(sqlite3.ProgrammingError):
        shelf_of(ledger).database.execute("SELECT 1")
