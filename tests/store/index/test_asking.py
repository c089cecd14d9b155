"""A question asks the data base for what it needs, and for nothing that grows with the ledger beside."""

from __future__ import annotations

from pathlib import Path

from hazardctl.measures import Book, kept
from hazardctl.measures.question import Question
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import load
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
