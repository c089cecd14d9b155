"""What a report asks of the data base: every view is evaluated once, whatever tables are made of its rows.

Nothing is timed: the statements are counted, by what they read.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

import pytest

from hazardctl.base import SOURCES, Bound, Lite, reads
from hazardctl.cli.app import called
from hazardctl.measures import Book
from hazardctl.measures.statement import named
from hazardctl.measures.views import VIEWS
from tests.conftest import REPOSITORY
from tests.measures.asked import half_year, ledger_of
from tests.measures.asked import hazard as one

WORDS = ("-C", str(REPOSITORY), "--no-index", "report", "-p", "2024H1", "--as-of", "2024-07-01")
LISTS = 2
"""The overdue are named and counted: statements of their own over the hazards of a day."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, Counter[str]]:
    """Note the sub-queries laid down, and the statements that read hazards and spans for themselves."""
    found = {"laid": Counter[str](), "unlaid": Counter[str]()}
    source, rows = Lite.source, Lite.rows

    def laid(self: Lite, part: str, bound: Bound) -> str:
        known = set(self._sources.values())
        name = source(self, part, bound)
        found["laid"][f"{part} {sorted(bound.items())}"] += name not in known
        return name

    def ran(self: Lite, sql: str, bound: Bound) -> list[object]:
        found["unlaid"][sql] += "span" in reads(sql)
        return rows(self, sql, bound)

    monkeypatch.setattr(Lite, "source", laid)
    monkeypatch.setattr(Lite, "rows", ran)
    return found


@pytest.mark.parametrize("more", [(), ("-g", "sector,month"), ("--basis", "official", "-g", "unit"), ("--format", "json")])
def test_a_report_evaluates_each_view_once(asked: Mapping[str, Counter[str]], more: tuple[str, ...]) -> None:
    called([*WORDS, *more])
    assert asked["laid"]
    assert set(asked["laid"].values()) == {1}
    assert sum(asked["unlaid"].values()) <= LISTS


def test_what_was_counted_in_all_is_not_counted_again(asked: Mapping[str, Counter[str]]) -> None:
    book, question = Book(ledger_of(one("2024-03-01"))), half_year()
    first = book.total(question, ["hazards.found", "due.total"])
    before = sum(asked["unlaid"].values()), len(asked["unlaid"])
    assert book.figures(question, ["hazards.found", "due.total"])[()] == first
    assert (sum(asked["unlaid"].values()), len(asked["unlaid"])) == before


@pytest.mark.parametrize("view", [name for name, one in VIEWS.items() if one.bare])
def test_a_bare_view_has_what_its_measures_name(view: str) -> None:
    head = VIEWS[view].bare.partition(" FROM ")[0].removeprefix("SELECT ")
    assert named(view) <= {part.split()[-1] for part in head.split(", ")}


def test_the_rows_of_few_views_are_held_at_a_time() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    base = Lite(connection, temporary=True)
    base.lay("day", "day INTEGER PRIMARY KEY", [(1,), (2,)])
    texts = [f"SELECT day + {number} AS day FROM day WHERE day > $s" for number in range(SOURCES + 1)]
    names = [base.source(text, {"s": 1}) for text in texts]
    assert base.source(texts[-1], {"s": 1}) == names[-1]
    assert base.source(texts[-1], {"s": 0}) not in names
    assert base.rows(f"SELECT day FROM {names[-1]}", {}) == [(2 + SOURCES,)]
    held = {str(name) for (name,) in connection.execute("SELECT name FROM sqlite_temp_master WHERE type = 'table'")}
    assert len(held) == 1 + SOURCES
    assert names[0] not in held
    connection.close()
