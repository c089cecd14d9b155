"""One text for every engine (MEASURES §6): SQLite, DuckDB and Spark give the same figures, members and pages of the same ledgers."""

from __future__ import annotations

import datetime as dt
import functools
import shutil
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hazardctl.base import Lite, columns, keys
from hazardctl.errors import BugError
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, REGISTRY, Book, Question, kept
from hazardctl.measures.dimensions import DIMENSIONS
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context, DataSet
from hazardctl.ops.dataset import ENGINES
from hazardctl.ops.export_dataset import Where, export, told
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store.dataset.opening import opened
from hazardctl.store.load import load
from tests import strategies
from tests.datasets import lite, put

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
YEAR: Final = Question(dt.date(2023, 1, 1), dt.date(2023, 9, 30), dt.date(2023, 9, 30))
TODAY: Final = dt.date(2023, 10, 20)
BY_TIME: Final = frozenset({"month", "quarter", "year"})
LINES: Final = tuple(name for name in DIMENSIONS if name not in BY_TIME)
Case = tuple[list[Tree], Question]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Put the sample ledger into a data set."""
    place = tmp_path_factory.mktemp("data")
    done = export(Context(SAMPLE, TODAY), Words(), Where(str(place), "qingshan"))
    assert not done[0].incomplete
    return place


@functools.cache
def plain() -> Ledger:
    return load(SAMPLE)


def duck(data: Path) -> Ledger:
    return opened(data, [], kept, ENGINES["duckdb"])


def page(context: Context, name: str, options: Options) -> str:
    made = report(REPORTS[name], Call(context, Words("2023", as_of="2023-09-30"), options))
    return rendered(made.sheet, "json", Page())


def test_what_a_row_holds_is_what_its_relation_declares() -> None:
    declared = {name: columns(text) for name, text in kept.tables().items()}
    for number, entry in enumerate(plain().entries):
        for name, rows in kept.rows(plain(), number, entry):
            for value, column in (pair for row in rows for pair in zip(row, declared[name], strict=True)):
                assert value is None or isinstance(value, int) == column.whole, (name, column)


@given(trees=strategies.ledgers())
def test_what_a_row_of_any_history_holds_is_what_its_relation_declares(trees: list[Tree]) -> None:
    ledger = strategies.loaded(trees)
    declared = {name: columns(text) for name, text in kept.tables().items()}
    for entry in ledger.entries:
        for name, rows in kept.rows(ledger, 0, entry):
            cells = (pair for row in rows for pair in zip(row, declared[name], strict=True))
            assert all(value is None or isinstance(value, int) == column.whole for value, column in cells)


def test_every_measure_runs_on_duckdb_and_says_the_same(data: Path) -> None:
    one, other = Book(plain()), Book(duck(data))
    for name in CATALOGUE:
        assert other.known(YEAR, [name]) == one.known(YEAR, [name]), name
        assert other.members(YEAR, name) == one.members(YEAR, name), name


@pytest.mark.parametrize("by", LINES)
def test_every_grouping_runs_on_duckdb_and_says_the_same(data: Path, by: str) -> None:
    assert Book(duck(data)).figures(YEAR, REGISTRY, [by]) == Book(plain()).figures(YEAR, REGISTRY, [by])


def test_lines_by_time_run_on_duckdb_and_say_the_same(data: Path) -> None:
    wanted = ("hazards.found", "due.total", "stock.closing")
    for by in sorted(BY_TIME):
        assert Book(duck(data)).figures(YEAR, wanted, [by]) == Book(plain()).figures(YEAR, wanted, [by])


@pytest.mark.parametrize("name", [name for name, one in REPORTS.items() if not one.by_files])
def test_a_report_of_a_data_set_is_the_report_of_its_ledger_to_the_byte(data: Path, name: str) -> None:
    for groups in ((), ("region",)) if "groups" in REPORTS[name].takes else ((),):
        here = page(Context(SAMPLE, TODAY), name, Options(groups))
        assert page(Context(data, TODAY, data=DataSet(data)), name, Options(groups)) == here


@given(case=strategies.cases(), by=st.sampled_from(LINES))
def test_any_history_and_any_question_give_the_same_on_duckdb(case: Case, by: str) -> None:
    trees, question = case
    with tempfile.TemporaryDirectory() as place:
        put(Path(place), "made", trees)
        one, other = Book(strategies.loaded(trees)), Book(duck(Path(place)))
        assert _said(other, question) == _said(one, question)
        assert _said(other, question, by) == _said(one, question, by)
        for name in ("hazards.overdue", "stock.closing", "due.met", "repeat.found"):
            assert other.members(question, name) == one.members(question, name)


def _said(book: Book, question: Question, *by: str) -> object:
    """Give everything that is counted; what does not add up is a bug of the made question on every engine alike."""
    try:
        return book.figures(question, REGISTRY, by)
    except BugError as failure:
        return str(failure)


def test_a_relation_of_a_session_grows_and_goes(data: Path) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for base in (Lite(connection, temporary=True), duck(data).shelf.base):  # type: ignore[union-attr]
            shape = "day INTEGER PRIMARY KEY, month TEXT"
            assert keys(shape) == ("day",)
            base.lay("made", shape, [(1, "a"), (2, "b")])
            base.lay("made", shape, [(2, "c"), (3, "d")])
            base.lay("made", shape, [])
            assert [tuple(row) for row in base.rows("SELECT day, month FROM made ORDER BY day", {})] == [(1, "a"), (2, "b"), (3, "d")]
            base.drop("made")
            base.lay("made", shape, [(9, "z")])
            assert [tuple(row) for row in base.rows("SELECT day, month FROM made WHERE day > $least", {"least": 1})] == [(9, "z")]


def test_rows_laid_inside_a_transaction_belong_to_it() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        base = Lite(connection)
        connection.execute("BEGIN")
        base.lay("made", "day INTEGER PRIMARY KEY", [(1,)])
        connection.execute("ROLLBACK")
        base.lay("made", "day INTEGER PRIMARY KEY", [(2,)])
        assert base.rows("SELECT day FROM made", {}) == [(2,)]


# ----------------------------------------------------------------------------------------------------------------------- Spark


@pytest.fixture(scope="module")
def spark() -> Iterator[None]:
    """Let Spark start, which talks to its own Java over this machine's loop; say so where it cannot."""
    pytest.importorskip("pyspark", reason='Spark is not tested here: pip install "hazardctl[spark]"')
    if shutil.which("java") is None:
        pytest.skip("Spark is not tested here: there is no Java")
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(socket.socket, "connect")  # the test world's ban; what is below it is the connect of the language
        yield
        from hazardctl.store.dataset.spark import session

        session().stop()


WAITING: Final = [pytest.mark.spark, pytest.mark.timeout(900), pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("spark")]


class TestSpark:
    """One session for all of it: Spark takes longer to start than to answer."""

    pytestmark = WAITING

    @settings(
        max_examples=1,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )  # a smaller example would take hours
    @given(cases=st.lists(strategies.cases(), min_size=24, max_size=24))
    def test_random_ledgers_taken_together_are_the_same_on_all_three(self, cases: list[Case]) -> None:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            for number, (trees, _) in enumerate(cases):
                put(place, f"town-{number:02}", trees)
            books = [Book(opened(place, [], kept, engine)) for engine in (lite, ENGINES["duckdb"], ENGINES["spark"])]
            alone = Book(opened(place, ["town-03"], kept, ENGINES["spark"]))
            for _, question in cases[:2]:
                first, *others = [_said(book, question, "sector") for book in books]
                assert all(one == first for one in others)
            trees, question = cases[3]
            assert _said(alone, question) == _said(Book(strategies.loaded(trees)), question)

    def test_every_view_of_the_sample_runs_on_spark_and_a_whole_report_is_the_same_to_the_byte(self, data: Path) -> None:
        one, other = Book(plain()), Book(opened(data, [], kept, ENGINES["spark"]))
        assert other.known(YEAR, CATALOGUE) == one.known(YEAR, CATALOGUE)
        assert other.listing(YEAR.as_of) == one.listing(YEAR.as_of)
        here = page(Context(SAMPLE, TODAY), "league", Options())
        assert page(Context(data, TODAY, data=DataSet(data, engine="spark")), "league", Options()) == here

    def test_ledgers_are_written_side_by_side_and_an_unreadable_one_is_told_of(self, tmp_path: Path) -> None:
        shutil.copytree(SAMPLE, tmp_path / "a")
        shutil.copytree(SAMPLE, tmp_path / "b")
        (tmp_path / "b" / "units" / "spoilt.yaml").write_text("id: [", encoding="utf-8")
        words = Words(ledgers=("a", "b", "c"))
        side = export(Context(tmp_path, TODAY), words, Where(str(tmp_path / "side"), engine="spark"))
        row = export(Context(tmp_path, TODAY), words, Where(str(tmp_path / "row")))
        assert [line.say("en") for line in told(side, "D")] == [line.say("en") for line in told(row, "D")]
        assert [one.incomplete for one in side] == [False, True, True]
        names = [sorted(path.relative_to(place) for path in place.rglob("*.*")) for place in (tmp_path / "side", tmp_path / "row")]
        assert names[0] == names[1]
        assert all((tmp_path / "side" / one).read_bytes() == (tmp_path / "row" / one).read_bytes() for one in names[0] if one.suffix)
