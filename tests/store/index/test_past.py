"""The index of a commit tells what a check-out would, however it came about, and is made by reading what differs."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.measures import kept
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.ops import keeping
from hazardctl.ops.context import Context
from hazardctl.ops.diff import told
from hazardctl.ops.question import Words
from hazardctl.store import source
from hazardctl.store.index import base, past
from hazardctl.store.index.shelf import FEW
from hazardctl.store.load import load, said
from hazardctl.store.objects import blobs
from hazardctl.store.source import Revision, at
from hazardctl.store.worktree import Repository
from tests.store.index.test_index import ACTS, SAMPLE, Act, add_unit, configure, edit, held, plain, rename_unit

TODAY: Final = dt.date(2023, 10, 20)
Steps = Sequence[tuple[Act, int]]


def git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root.parent), "-c", "user.name=x", "-c", "user.email=x@example.org", *words]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode().strip()


def committed(root: Path) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "x")
    return git(root, "rev-parse", "HEAD")


def made(top: Path) -> Path:
    shutil.copytree(SAMPLE, top / "ledger")
    subprocess.run(["git", "init", "-q", str(top)], check=True)
    return top / "ledger"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path)


def asked(root: Path, oid: str) -> Ledger:
    """Ask a commit over its index, and hold all it says against its files; give the ledger."""
    over, without = load(root, source=at(root, oid), keeper=kept), load(root, source=at(root, oid))
    assert over.shelf is not None
    assert held(over) == plain(without)
    assert list(over.paths) == list(without.paths)
    assert over.unread == without.unread
    assert tuple(over.strays) == tuple(without.strays)
    assert over.config == without.config
    return over


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the files of commits that are read."""
    read: list[str] = []
    original = Revision.read

    def reading(self: Revision, path: str) -> bytes:
        read.append(path)
        return original(self, path)

    monkeypatch.setattr(Revision, "read", reading)
    return read


@given(
    commits=st.lists(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 60)), max_size=3), min_size=1, max_size=4),
    order=st.lists(st.integers(0, 4), min_size=2, max_size=5),
    here=st.booleans(),
)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_commits_and_differences_are_those_of_the_files(
    tmp_path_factory: pytest.TempPathFactory, commits: list[Steps], order: list[int], here: bool
) -> None:
    root = made(tmp_path_factory.mktemp("past"))
    oids = [committed(root)]
    if here:
        load(root, keeper=kept)  # an index of the work tree is there to begin with
    for steps in commits:
        for act, number in steps:
            act(root, number)
        oids.append(committed(root))
    for number in order:
        asked(root, oids[number % len(oids)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keeping, "LEAST", 1)
        for one, other in zip(order, [*order[1:], -1], strict=True):
            right = "" if other < 0 else oids[other % len(oids)]
            ends = f"{oids[one % len(oids)]}..{right}" if right else oids[one % len(oids)]
            over, without = (told(Context(root, TODAY, index=index), ends, Words("2023")) for index in (True, False))
            assert over == without


def test_of_a_near_commit_only_the_files_that_differ_are_read(root: Path, reads: list[str]) -> None:
    first = committed(root)
    edit(root, 3)
    second = committed(root)
    load(root, source=at(root, first), keeper=kept)
    assert len(reads) > 50
    reads.clear()
    load(root, source=at(root, second), keeper=kept)
    assert len([path for path in reads if path.startswith("hazards/")]) == 1
    assert len(reads) <= 3, "the settings, the hazard, the unit it names"
    reads.clear()
    load(root, source=at(root, second), keeper=kept)
    assert reads == []


def test_many_records_of_a_commit_are_fetched_together(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = committed(root)
    ledger = load(root, source=at(root, oid), keeper=kept)
    asked_of_git: list[object] = []

    def asking(root: Path, oids: Iterable[str], within: Repository | None = None) -> dict[str, bytes]:
        asked_of_git.append(oids)
        return blobs(root, oids, within)

    monkeypatch.setattr(source, "blobs", asking)
    assert [one.path for one in ledger.entries] == list(ledger.paths)
    assert len(asked_of_git) == 1
    assert [one.record.id for one in ledger.hazards] == list(ledger.hazard_ids)
    assert len(asked_of_git) == 1


def test_many_records_of_a_commit_that_are_asked_for_one_by_one_do_not_start_git_each(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = committed(root)
    ledger, without = load(root, source=at(root, oid), keeper=kept), load(root)
    asked_of_git: list[object] = []

    def asking(root: Path, oids: Iterable[str], within: Repository | None = None) -> dict[str, bytes]:
        asked_of_git.append(oids)
        return blobs(root, oids, within)

    monkeypatch.setattr(source, "blobs", asking)
    paths = sorted(ledger.paths, key=lambda path: path[::-1])
    assert [ledger.by_path(path) for path in paths] == [without.by_path(path) for path in paths]
    assert FEW < len(asked_of_git) < len(paths) / 3


def test_records_that_name_a_unit_that_differs_are_made_anew(root: Path) -> None:
    first = committed(root)
    load(root, source=at(root, first), keeper=kept)
    rename_unit(root, 5)
    add_unit(root, 3)
    asked(root, committed(root))


def test_the_index_of_the_work_tree_serves_what_it_has_the_bytes_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    oid = committed(root)
    edit(root, 3)
    load(root, keeper=kept)
    says: list[str] = []

    def saying(config: Config, path: str, data: bytes) -> Entry[Record] | Unread:
        says.append(path)
        return said(config, path, data)

    monkeypatch.setattr("hazardctl.store.load.said", saying)
    load(root, source=at(root, oid), keeper=kept)
    assert len([path for path in says if path.startswith("hazards/")]) == 1
    assert len(says) <= 2, "the hazard, the unit it names"
    monkeypatch.undo()
    asked(root, oid)


def test_findings_of_the_work_tree_are_not_taken_along(root: Path) -> None:
    oid = committed(root)
    load(root, keeper=kept)
    with closing(sqlite3.connect(base.place(root))) as one, one:
        one.execute("CREATE TABLE judged (path TEXT, found TEXT)")
        one.execute("CREATE TRIGGER gone AFTER DELETE ON file BEGIN DELETE FROM judged; END")
        one.executemany("INSERT INTO judged VALUES (?, ?)", [(str(number), "x" * 500) for number in range(5000)])
        ((size,),) = one.execute(
            "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
        )  # some may not be in the file yet
    shelf = asked(root, oid).shelf
    assert shelf is not None
    path = base.place_of_past(root, at(root, oid).tree)
    assert path.stat().st_size < size / 2
    with closing(sqlite3.connect(path)) as one:
        assert one.execute("SELECT name FROM sqlite_master WHERE name IN ('judged', 'gone')").fetchall() == []


def test_other_settings_take_nothing_over(root: Path, reads: list[str]) -> None:
    first = committed(root)
    load(root, source=at(root, first), keeper=kept)
    configure(root, 1)
    second = committed(root)
    reads.clear()
    load(root, source=at(root, second), keeper=kept)
    assert len(set(reads)) > 50
    asked(root, second)


def test_what_lies_near_and_is_damaged_or_of_a_commit_that_is_gone_is_passed_by(root: Path) -> None:
    first = committed(root)
    load(root, source=at(root, first), keeper=kept)
    path = base.place_of_past(root, at(root, first).tree)
    lost = "0" * 39 + "1"
    with closing(sqlite3.connect(path)) as one, one:
        one.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(path, path.with_name(path.name.replace(at(root, first).tree, lost)))
    with closing(sqlite3.connect(path.with_name(path.name.replace(at(root, first).tree, lost)))) as one, one:
        one.execute("UPDATE meta SET value = ? WHERE name = 'form'", (base.form(lost.encode()),))
    path.write_bytes(b"\x00damaged" * 900)
    edit(root, 3)
    asked(root, committed(root))


def test_where_most_differs_it_is_made_from_nothing(root: Path) -> None:
    first = committed(root)
    load(root, source=at(root, first), keeper=kept)
    for path in sorted((root / "hazards").rglob("*.yaml")):
        path.unlink()
    for path in sorted((root / "inspections").rglob("*.yaml")):
        path.unlink()
    asked(root, committed(root))


def test_what_a_killed_command_left_is_thrown_away_later(root: Path) -> None:
    oid = committed(root)
    load(root, source=at(root, oid), keeper=kept)
    path = base.place_of_past(root, at(root, oid).tree)
    old, young = (path.with_name(f"{path.stem}.{name}.part") for name in ("dead", "busy"))
    for one in (old, young):
        one.touch()
    os.utime(old, (0, 0))
    load(root, source=at(root, oid), keeper=kept)
    assert (old.exists(), young.exists()) == (False, True)
    assert past.of(path) == [path]
