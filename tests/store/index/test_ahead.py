"""An index that is asked before git has looked says nothing that git does not vouch for."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.ledger import Ledger
from hazardctl.measures import kept
from hazardctl.store import status
from hazardctl.store.index import base
from hazardctl.store.index.ahead import OutdatedError
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import foretold, load
from tests.store.index.test_by_git import HAZARDS, added, aged, committed, deleted, edited, git, hazard, made, path_of, renamed, write

Ask = Callable[[Ledger], Any]


def sites(ledger: Ledger) -> list[str]:
    """Give where the hazards are, by the rows of the index."""
    assert ledger.shelf is not None
    return [str(site) for (site,) in ledger.shelf.base.rows("SELECT site FROM hazard ORDER BY id", {})]


def staged(root: Path) -> None:
    edited(root)
    git(root, "add", "-A")


def taken_back(root: Path) -> None:
    git(root, "rm", "-q", "--cached", str(path_of(root, HAZARDS[0])))


DEEDS: Final = (edited, staged, added, deleted, renamed, committed, taken_back)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = made(tmp_path)
    load(root, keeper=kept)
    aged(root)
    load(root, keeper=kept)
    return root


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git look when it is waited for, and not before."""
    original = status.Standing

    class Late(original):  # type: ignore[misc, valid-type]
        @property
        def spoken(self) -> bool:
            return False

        def __init__(self, root: Path) -> None:
            self.root, self.closely, self._closely, self._asked = root, False, None, None
            self.began = time.monotonic_ns()

        def __getattribute__(self, name: str) -> object:
            if name in {"found", "below", "described"} and "begun" not in vars(self):
                self.begun = True
                original.__init__(self, self.root)
            return super().__getattribute__(name)

    monkeypatch.setattr(status, "Standing", Late)


def told(root: Path, ask: Ask = sites) -> Any:  # noqa: ANN401 (whatever is asked)
    status.look_ahead(root)
    try:
        return foretold(root, kept, ask)
    finally:
        status.leave()


def answers(root: Path) -> int:
    with closing(sqlite3.connect(base.place(root))) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM answer").fetchone()[0])


def test_what_git_vouches_for_is_said(root: Path) -> None:
    assert told(root) == ["库房"] * 3
    assert told(root, lambda ledger: ledger.commit) == load(root, keeper=kept).commit


def test_nothing_is_said_where_no_look_was_begun(root: Path) -> None:
    assert foretold(root, kept, sites) is None
    status.look_ahead(root, closely=True)
    assert foretold(root, kept, sites) is None
    status.leave()


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_nothing_is_said_of_what_was_changed_before(root: Path, deed: Callable[[Path], None]) -> None:
    deed(root)
    assert told(root) is None


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_nothing_is_said_of_what_is_changed_meanwhile(root: Path, deed: Callable[[Path], None]) -> None:
    def asked(ledger: Ledger) -> list[str]:
        deed(root)
        return sites(ledger)

    assert told(root, asked) is None


def test_names_that_come_after_git_has_looked_are_seen_by_their_folders(root: Path) -> None:
    def asked(ledger: Ledger) -> list[str]:
        assert status._ahead[root].found.sure
        added(root)
        return sites(ledger)

    assert told(root, asked) is None


def test_it_is_all_asked_of_one_moment(root: Path) -> None:
    """Another command brings the index up to date between two statements: the second is asked of what the first was."""

    def asked(ledger: Ledger) -> tuple[list[str], list[str]]:
        before = sites(ledger)
        edited(root)
        load(root, keeper=kept)
        git(root, "checkout", "--", ".")
        return before, sites(ledger)

    found = told(root, asked)
    assert found is None or found == (["库房"] * 3, ["库房"] * 3)


@pytest.mark.usefixtures("late")
def test_an_answer_is_kept_when_git_has_vouched_for_it(root: Path) -> None:
    def asked(ledger: Ledger) -> int:
        assert ledger.shelf is not None
        ledger.shelf.remember(b"a", [[1]])
        return answers(root)

    assert told(root, asked) == 0
    assert answers(root) == 1


@pytest.mark.usefixtures("late")
def test_no_answer_is_kept_that_git_does_not_vouch_for(root: Path) -> None:
    def asked(ledger: Ledger) -> None:
        assert ledger.shelf is not None
        ledger.shelf.remember(b"a", [[1]])
        edited(root)

    assert told(root, asked) is None
    assert answers(root) == 0


def test_git_is_heard_between_two_statements(root: Path) -> None:
    asks: list[str] = []

    def asked(ledger: Ledger) -> list[str]:
        asks.append("before")
        status._ahead[root].found  # noqa: B018 (git has spoken now)
        with pytest.raises(OutdatedError):
            sites(ledger)
        raise OutdatedError

    edited(root)
    assert told(root, asked) is None
    assert asks == ["before"]


def test_once_git_has_vouched_what_follows_is_asked_as_usual(root: Path) -> None:
    def asked(ledger: Ledger) -> int:
        assert ledger.shelf is not None
        status._ahead[root].found  # noqa: B018
        sites(ledger)
        ledger.shelf.remember(b"a", [[1]])
        return answers(root)

    assert told(root, asked) == 1


def test_a_question_that_fails_is_as_if_it_had_not_been_put(root: Path) -> None:
    assert told(root, lambda _: 1 / 0) is None
    with pytest.raises(KeyboardInterrupt):
        told(root, _stopped)


def _stopped(_: Ledger) -> None:
    raise KeyboardInterrupt


def test_an_index_of_another_form_is_not_asked(root: Path) -> None:
    write(root / "hazardctl.yaml", "schema: config/1\norganisation: {name: 绿水镇}\n")
    assert told(root) is None


def test_where_there_is_no_index_none_is_made(root: Path) -> None:
    base.drop(root)
    assert told(root) is None
    assert not base.place(root).exists()


def test_what_git_did_not_vouch_for_last_time_is_not_asked(root: Path) -> None:
    with closing(sqlite3.connect(base.place(root), isolation_level=None)) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'git'")
    assert told(root) is None


@pytest.mark.parametrize("damage", [b"nonsense", b"SQLite format 3\0" + bytes(300)])
def test_a_damaged_index_is_as_none(root: Path, damage: bytes) -> None:
    path = base.place(root)
    base.thrown_away(path)
    path.write_bytes(damage)
    assert told(root) is None
    load(root, keeper=kept)
    assert sites(load(root, keeper=kept)) == ["库房"] * 3


def test_another_command_that_writes_is_not_waited_for(root: Path) -> None:
    with closing(sqlite3.connect(base.place(root), isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert told(root, lambda ledger: (ledger.shelf.remember(b"a", [[1]]), sites(ledger))[1]) == ["库房"] * 3  # type: ignore[union-attr]
        connection.execute("ROLLBACK")
    assert answers(root) == 0


def test_what_is_no_record_is_looked_for_as_usual(root: Path) -> None:
    write(path_of(root, HAZARDS[0]).with_suffix(".txt"), "?")
    load(root, keeper=kept)
    aged(root)
    load(root, keeper=kept)
    assert told(root) is None


def test_a_ledger_that_differs_from_its_commit_is_asked_ahead_too(root: Path) -> None:
    edited(root)
    (root / "notes.txt").write_text("x", encoding="utf-8")
    load(root, keeper=kept)
    aged(root)
    load(root, keeper=kept)
    assert told(root, lambda ledger: (sites(ledger), ledger.commit[-1:])) == (["屋顶一", "库房", "库房"], "+")
    (root / "notes.txt").unlink()
    write(path_of(root, HAZARDS[0]), hazard(HAZARDS[0]))
    assert told(root) is None


def test_the_index_is_let_go_of_where_git_objects(root: Path) -> None:
    shelves: list[Kept] = []

    def asked(ledger: Ledger) -> None:
        assert isinstance(ledger.shelf, Kept)
        shelves.append(ledger.shelf)

    edited(root)
    assert told(root, asked) is None
    for shelf in shelves:
        with pytest.raises(sqlite3.ProgrammingError):
            shelf.database.execute("SELECT 1")
