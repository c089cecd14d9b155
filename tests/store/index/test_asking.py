"""A question asks the data base for what it needs, and for nothing that grows with the ledger beside."""

from __future__ import annotations

import datetime as dt
import weakref
from pathlib import Path

import pytest

from hazardctl import filters
from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, kept
from hazardctl.measures.dimensions import DIMENSIONS, Dimension
from hazardctl.measures.names import Names
from hazardctl.measures.question import Question
from hazardctl.measures.walk import Walk
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import load, said
from tests.store.index.test_index import root  # noqa: F401 (a fixture)


def test_no_question_lists_every_file(root: Path) -> None:  # noqa: F811
    ledger = load(root, keeper=kept)
    assert isinstance(ledger.shelf, Kept)
    asked: list[str] = []
    ledger.shelf.database.set_trace_callback(asked.append)
    first = ledger.found
    assert first is not None
    question = Question(first[0], first[1], first[1])
    Book(ledger).total(question, ["hazards.found", "stock.overdue"])
    names = {ledger.unit_name(key) for key in ledger.units}
    assert len(names) > 20
    assert [sql for sql in asked if "SELECT path FROM file WHERE readable = 1" in sql] == []
    assert len([sql for sql in asked if sql.startswith("SELECT name FROM file")]) <= 20


@pytest.mark.parametrize("word", ["unit", "responsible", "found_by_org", "region", "sector", "grade", "source", "campaign", "category"])
@pytest.mark.parametrize("value", ["无此", "青山", "ZX-20240101-AAAAA", "其他"])
def test_a_slip_of_the_pen_is_refused_without_a_look_into_the_hazards(
    root: Path,  # noqa: F811
    word: str,
    value: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    load(root, keeper=kept)
    read: list[str] = []

    def saying(config: Config, path: str, data: bytes) -> object:
        read.append(path)
        return said(config, path, data)

    one = DIMENSIONS[word]
    without = meant(load(root), one, value)
    monkeypatch.setattr("hazardctl.store.load.said", saying)
    assert meant(load(root, keeper=kept), one, value) == without
    assert [path for path in read if path.startswith("hazards/")] == []


def meant(ledger: Ledger, one: Dimension, value: str) -> tuple[str, ...]:
    """Give what a value means, or the lines with which it is refused."""
    try:
        return Names(ledger, dt.date(2026, 6, 30)).of(one, value)
    except UsageError as refusal:
        return tuple(refusal.lines("zh"))


def test_who_passes_by_many_records_leaves_none_of_them_in_memory(root: Path) -> None:  # noqa: F811
    load(root, keeper=kept)
    ledger, whole = load(root, keeper=kept), load(root)
    paths = [one.path for one in whole.hazards]
    seen: list[weakref.ref[Record]] = []
    for path, entry in zip(paths, ledger.passing(paths), strict=True):
        assert entry is not None
        assert entry == whole.by_path(path)
        seen.append(weakref.ref(entry.record))
        assert sum(one() is not None for one in seen) <= 2
    held = ledger.by_path(paths[0])
    assert next(ledger.passing(paths)) is held
    assert [one and one.path for one in whole.passing(paths)] == paths


def test_a_walk_gives_the_hazards_of_a_list(root: Path) -> None:  # noqa: F811
    ledger = load(root, keeper=kept)
    book = Book(ledger)
    last = ledger.found[1] if ledger.found else dt.date.max
    for words in ("", "is:overdue", "grade:major", "found:1999"):
        clauses = filters.parse(words.split())
        walk = Walk(ledger, book.engine, Question(last, last, last, clauses=clauses))
        rows = list(walk)
        assert len(rows) == len(walk)
        assert rows == [{name: row[name] for name in each} for row, each in zip(book.listing(last, clauses), rows, strict=True)]
