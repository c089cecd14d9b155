"""What a report asks of the data base: every view is evaluated once, whatever tables are made of its rows.

Nothing is timed: the statements are counted, by what they read.
"""

from __future__ import annotations

import sqlite3
from collections import Counter

import pytest

from hazardctl.base import SOURCES, Bound, Lite, reads
from hazardctl.cli.app import called
from hazardctl.measures import DIMENSIONS, REGISTRY, Book
from hazardctl.measures.definition import Count
from hazardctl.measures.statement import Frame, source
from hazardctl.measures.views import VIEWS, Choice, text
from tests import worked
from tests.conftest import REPOSITORY
from tests.measures.asked import half_year, ledger_of
from tests.measures.asked import hazard as one

WORDS = ("-C", str(REPOSITORY), "--no-index", "report", "-p", "2024H1", "--as-of", "2024-07-01")
LISTED = "headline"
"""A list of the overdue is a statement of its own over the hazards of a day."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each text that reads hazards and spans for itself is evaluated, with the values bound in it; lists are left out."""
    found = Counter[str]()
    source, rows = Lite.source, Lite.rows

    def laid(self: Lite, part: str, bound: Bound) -> str:
        known = set(self._sources.values())
        name = source(self, part, bound)
        if name not in known and "span" in reads(part):
            found[_view(part, bound)] += 1
        return name

    def ran(self: Lite, sql: str, bound: Bound) -> list[object]:
        if "span" in reads(sql) and LISTED not in sql:
            found[_view(sql, bound)] += 1
        return rows(self, sql, bound)

    monkeypatch.setattr(Lite, "source", laid)
    monkeypatch.setattr(Lite, "rows", ran)
    return found


def _view(sql: str, bound: Bound) -> str:
    """Give the view that a statement evaluates, whatever it makes of it, with the values bound."""
    body = sql[sql.index("FROM hazard h JOIN") :] if "FROM hazard h JOIN" in sql else sql
    return f"{body.partition(') b WHERE')[0]} {sorted(bound.items())}"


@pytest.mark.parametrize("more", [(), ("-g", "sector,month"), ("--basis", "official", "-g", "unit"), ("--format", "json")])
def test_a_report_evaluates_each_view_once(asked: Counter[str], more: tuple[str, ...]) -> None:
    called([*WORDS, *more])
    views = [name for name in asked if "FROM hazard h JOIN" in name]
    assert len(views) == 3, "the cohort, the same for any basis; what fell due; what stands open"
    assert {asked[name] for name in views} == ({1, 2} if "unit" in more else {1}), "lines by unit read a column more of the cohort"


def test_what_was_counted_in_all_is_not_counted_again(asked: Counter[str]) -> None:
    book, question = Book(ledger_of(one("2024-03-01"))), half_year()
    first = book.total(question, ["hazards.found", "due.total"])
    before = Counter(asked)
    assert before
    assert book.figures(question, ["hazards.found", "due.total"])[()] == first
    assert asked == before


def test_tables_asked_together_are_those_asked_one_by_one() -> None:
    question, wanted = (
        half_year(),
        {
            (): ["hazards.found", "ttr", "stock.closing"],
            ("month",): ["due.total", "hazards.rate"],
            ("campaign",): ["hazards.rate"],
            ("unit", "sector"): ["ttr", "age.pending"],
        },
    )
    together = Book(worked.ledger()).tables(question, wanted)
    for by, ids in wanted.items():
        alone = Book(worked.ledger()).figures(question, ids, by)
        assert together[by] == {key: alone[key] for key in alone if len(key) == len(by)}


@pytest.mark.parametrize("view", [name for name, one in VIEWS.items() if one.bare])
def test_a_bare_view_has_what_its_measures_name(view: str) -> None:
    measures = [one for one in REGISTRY.values() if isinstance(one, Count) and one.view == view]
    assert text(view, Choice(), bare=True) in source(view, Frame(), measures)
    assert text(view, Choice()) in source(view, Frame(), measures, [DIMENSIONS["sector"]])
    assert text(view, Choice()) in source(view, Frame(scope=("sector = $f0",)), measures)


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
