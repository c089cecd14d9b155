"""The index says what the files say, whatever happened to them, and its absence, its age or its damage changes no figure."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.measures import kept
from hazardctl.model.kinds import BY_NAME
from hazardctl.store import index
from hazardctl.store.files import MAX_BYTES, Files
from hazardctl.store.index import base, condition
from hazardctl.store.index import reading as files
from hazardctl.store.index.filing import Filing
from hazardctl.store.index.shelf import Kept
from hazardctl.store.load import load

SAMPLE: Final = Path(__file__).resolve().parents[3] / "ledger"
CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\nregions:\n  - {key: qingshan, name: 青山镇, level: township}\n"
Rows = Counter[tuple[str, str, tuple[object, ...]]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    return tmp_path / "ledger"


def plain(ledger: Ledger) -> Rows:
    """Give every row of a ledger that was read without an index, its key replaced by its path."""
    made = ((entry.path, table, rows) for entry in ledger.entries for table, rows in kept.rows(ledger, 0, entry))
    return Counter((table, path, tuple(row[1:])) for path, table, rows in made for row in rows)


def held(ledger: Ledger) -> Rows:
    """Give every row that the index of a ledger holds."""
    assert isinstance(ledger.shelf, Kept)
    ask = ledger.shelf.database.execute
    paths = dict(ask("SELECT key, path FROM file").fetchall())
    return Counter((table, paths[row[0]], tuple(row[1:])) for table in kept.tables() for row in ask(f"SELECT * FROM {table}"))


def agree(root: Path) -> Ledger:
    """Hold what an indexed ledger says against one read file by file; give the indexed one."""
    with_index, without = load(root, keeper=kept), load(root)
    assert with_index.shelf is not None
    assert held(with_index) == plain(without)
    assert [entry.path for entry in with_index.entries] == [entry.path for entry in without.entries]
    assert with_index.unread == without.unread
    assert tuple(with_index.strays) == tuple(without.strays)
    assert with_index.commit == without.commit
    assert list(with_index.by_id) == list(without.by_id)
    assert dict(with_index.units) == dict(without.units)
    assert dict(with_index.campaigns) == dict(without.campaigns)
    assert len(with_index.units) == len(without.units)
    assert with_index.found == without.found
    assert list(with_index.hazard_ids) == list(without.hazard_ids)
    names = {folded(name) for unit in without.units.values() for name in (unit.name, *unit.aliases)}
    assert all(with_index.unit_keys(name) == without.unit_keys(name) for name in sorted(names))
    return with_index


def test_an_index_holds_what_the_files_say(root: Path) -> None:
    ledger = agree(root)
    assert ledger.shelf is not None
    assert base.place(root).is_relative_to(root.parent / ".git")
    one = next(iter(ledger.hazards))
    assert ledger.by_path(one.path) == one == ledger.by_id[one.record.id]
    assert ledger.by_path("hazards/none.yaml") is None
    assert len(ledger.entries) == len(list(ledger.entries)) == len(ledger.by_id)
    assert ledger.entries[0] == ledger.entries[:1][0]
    assert len(ledger.hazards) == len(ledger.hazard_ids) == len(ledger.hazards[:])
    assert "nobody" not in ledger.units
    with pytest.raises(KeyError):
        ledger.units["nobody"]
    with pytest.raises(KeyError):
        ledger.by_id["nobody"]
    assert ledger.unit_name("nobody") == "nobody"
    assert ledger.unit_name("qingshan-gas") == ledger.units["qingshan-gas"].name


def test_no_file_is_read_that_did_not_change(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    aged(root)
    load(root, keeper=kept)
    read: list[str] = []
    original = Files.read

    def reading(files: Files, path: str) -> bytes:
        read.extend([path] if "/" in path else [])  # the configuration is read by every call
        return original(files, path)

    monkeypatch.setattr(Files, "read", reading)
    ledger = load(root, keeper=kept)
    assert read == []
    assert ledger.hazards[3].record.id == ledger.hazard_ids[3]
    assert len(read) == 1


def aged(root: Path) -> None:
    """Let the files be older than the tick of a coarse clock."""
    database = base.place(root)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("UPDATE folder SET probe = probe + 10000000000")
        connection.commit()


def test_a_change_within_one_tick_that_keeps_size_and_times_is_seen(root: Path) -> None:
    path = next((root / "hazards").rglob("*.yaml"))
    load(root, keeper=kept)
    status = path.stat()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("general", "GENERAL", 1) if "general" in text else text[::-1], encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    agree(root)


# ------------------------------------------------------------------------------------------------------- whatever happens

Act = Callable[[Path, int], None]


def _some(root: Path, folder: str, number: int) -> Path:
    found = sorted((root / folder).rglob("*.yaml"))
    return found[number % len(found)] if found else root / folder / "new-one.yaml"


def edit(root: Path, number: int) -> None:
    path = _some(root, "hazards", number)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("site: ", f"site: {number}", 1), encoding="utf-8")


def remove(root: Path, number: int) -> None:
    _some(root, "hazards", number).unlink(missing_ok=True)


def tear(root: Path, number: int) -> None:
    path = _some(root, "hazards", number)
    path.write_bytes(path.read_bytes()[:40])


def rename_unit(root: Path, number: int) -> None:
    path = _some(root, "units", number)
    text = path.read_text(encoding="utf-8").replace("name: ", f"name: {number}", 1)
    path.write_text(text.replace("sector: ", "sector: fire # ", 1), encoding="utf-8")


def remove_unit(root: Path, number: int) -> None:
    _some(root, "units", number).unlink(missing_ok=True)


def add_unit(root: Path, number: int) -> None:
    """Register a unit under the name that another one has, or that records write."""
    name = ("青山镇", "城南", "东街")[number % 3]
    body = f"id: made-{number}\nschema: unit/1\nname: {name}\naliases: [新名{number}]\nkind: village\nregion: qingshan-east\n"
    (root / "units" / f"made-{number}.yaml").write_text(body, encoding="utf-8")


def name_it(root: Path, number: int) -> None:
    """Write the name of a unit in a hazard, in place of its key."""
    path = _some(root, "hazards", number)
    text = path.read_text(encoding="utf-8")
    lines = [f"unit: 新名{number % 7}" if line.startswith("unit: ") else line for line in text.split("\n")]
    path.write_text("\n".join(lines), encoding="utf-8")


def copy(root: Path, number: int) -> None:
    """Leave a copy in another folder: a second file of one id."""
    path = _some(root, "hazards", number)
    target = root / "hazards" / "2022" / "01" / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)


def litter(root: Path, number: int) -> None:
    (root / "hazards" / "2023" / f"note-{number}.txt").write_text("x", encoding="utf-8")
    (root / "hazards" / f"old-{number % 3}").mkdir(exist_ok=True)


def configure(root: Path, number: int) -> None:
    path = root / "hazardctl.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("name: 青山镇,", f"name: 青山镇{number},"), encoding="utf-8")


ACTS: Final[list[Act]] = [edit, remove, tear, rename_unit, remove_unit, add_unit, name_it, copy, litter, configure]


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 60)), min_size=1, max_size=6))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_says_what_the_files_say_after_any_changes(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[Act, int]]) -> None:
    root = tmp_path_factory.mktemp("made") / "ledger"
    shutil.copytree(SAMPLE, root)
    index.drop(root)
    load(root, keeper=kept)
    for act, number in acts:
        act(root, number)
        agree(root)


def test_the_rows_of_one_record_are_taken_out_without_a_look_at_those_of_others(root: Path) -> None:
    load(root, keeper=kept)
    asked: list[str] = []
    with closing(sqlite3.connect(base.place(root), isolation_level=None)) as connection:
        connection.execute("BEGIN")
        filing = Filing(connection, kept)
        for kind in BY_NAME:
            connection.execute("UPDATE file SET kind = ? WHERE key = 1", (kind,))
            connection.set_trace_callback(asked.append)
            filing.take_out([1])
            connection.set_trace_callback(None)
            connection.execute("INSERT INTO file (key, kind) VALUES (1, '')")
        deletions = {sql for sql in asked if sql.startswith("DELETE")}
        scanning = [sql for sql in deletions for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}") if "SCAN" in str(step)]
    assert len(deletions) > len(BY_NAME)
    assert scanning == []


def test_all_cores_give_the_same_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = held(load(root, keeper=kept))
    index.drop(root)
    monkeypatch.setattr(files, "MANY", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    assert held(load(root, keeper=kept)) == alone


# ---------------------------------------------------------------------------------------------------------------- doubts


def test_a_damaged_index_is_made_anew(root: Path) -> None:
    load(root, keeper=kept)
    path = base.place(root)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    without = load(root)
    first = load(root, keeper=kept)
    assert list(first.entries) == list(without.entries)
    agree(root)


def test_what_is_no_data_base_is_thrown_away(root: Path) -> None:
    path = base.place(root)
    path.parent.mkdir(parents=True)
    path.write_text("not a data base, not at all", encoding="utf-8")
    assert load(root, keeper=kept).shelf is None
    agree(root)


def test_another_version_makes_it_anew(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    monkeypatch.setattr(base, "__version__", "99.0")
    assert condition.state(root, (root / "hazardctl.yaml").read_bytes()).current is not True
    agree(root)
    assert condition.state(root, (root / "hazardctl.yaml").read_bytes()).current


def test_without_a_place_to_lie_the_ledger_is_read_without_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "place", lambda _: Path("/proc/nowhere/index.sqlite"))
    assert load(root, keeper=kept).shelf is None


def test_while_another_command_holds_it_the_ledger_is_read_without_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    monkeypatch.setattr(base, "PATIENCE", 0.01)
    edit(root, 3)
    with closing(sqlite3.connect(base.place(root), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert load(root, keeper=kept).shelf is None
        other.execute("ROLLBACK")
    agree(root)


def test_a_ledger_that_is_read_stands_still_while_another_command_brings_the_index_up_to_date(root: Path) -> None:
    before = load(root, keeper=kept)
    rows = held(before)
    edit(root, 5)
    remove(root, 9)
    agree(root)
    assert held(before) == rows


def test_dropping_and_looking(root: Path) -> None:
    raw = (root / "hazardctl.yaml").read_bytes()
    assert condition.state(root, raw) == condition.State(base.place(root), None, 0, current=False)
    assert not index.drop(root)
    load(root, keeper=kept)
    state = condition.state(root, raw)
    assert state.current
    assert state.files == sum(1 for _ in root.rglob("*.yaml")) - 1
    assert index.drop(root)
    base.place(root).write_bytes(b"x" * 5000)
    assert not condition.state(root, raw).current


def test_outside_git_it_lies_in_the_cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(SAMPLE, tmp_path / "plain")
    agree(tmp_path / "plain")
    assert base.place(tmp_path / "plain").is_relative_to(tmp_path / "cache")


def test_a_closed_folder_is_named_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = os.scandir

    def refusing(path: str | Path = ".") -> object:
        if str(path).endswith("2023/04"):
            raise PermissionError(13, "Permission denied")
        return original(path)

    monkeypatch.setattr(os, "scandir", refusing)
    agree(root)
    agree(root)


def _too_large(path: Path, _: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"#" * (MAX_BYTES + 1))


def _closed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody open a file, whoever runs the tests."""
    path.chmod(0)
    original = os.open

    def opened(name: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if os.fspath(name) == str(path):
            raise PermissionError(13, "Permission denied")
        return original(name, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", opened)


def _linked(path: Path, _: pytest.MonkeyPatch) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


@pytest.mark.parametrize("late", [False, True], ids=["from the first", "after it was indexed"])
@pytest.mark.parametrize("refuse", [_too_large, _closed, _linked])
@pytest.mark.parametrize("folder", ["hazards", "units"])
def test_a_file_that_is_refused_is_named_each_time(
    root: Path, monkeypatch: pytest.MonkeyPatch, refuse: Callable[[Path, pytest.MonkeyPatch], None], folder: str, *, late: bool
) -> None:
    path = _some(root, folder, 3)
    if late:
        agree(root)
        aged(root)
    refuse(path, monkeypatch)
    cold = agree(root)
    aged(root)
    warm = agree(root)
    assert warm.unread == cold.unread
    named = {one.path for one in warm.unread} | {name for name, _ in warm.strays}
    assert path.relative_to(root).as_posix() in named


def test_a_record_that_becomes_unreadable_while_it_is_asked_for(root: Path) -> None:
    from hazardctl.errors import ChangedError

    ledger = load(root, keeper=kept)
    tear(root, 0)
    path = _some(root, "hazards", 0).relative_to(root).as_posix()
    with pytest.raises(ChangedError):
        ledger.by_path(path)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own-cache"))


def test_entries_are_entries(root: Path) -> None:
    assert all(isinstance(entry, Entry) for entry in load(root, keeper=kept).entries)


def test_an_answer_is_given_again_until_a_record_changes(root: Path) -> None:
    first = load(root, keeper=kept).shelf
    assert first is not None
    assert first.remembered(b"q") is None
    first.remember(b"q", [(1, "二", None)])
    again = load(root, keeper=kept).shelf
    assert again is not None
    assert again.remembered(b"q") == [[1, "二", None]]
    again.remember(b"long", [(number,) for number in range(5_000)])
    assert again.remembered(b"long") is None
    edit(root, 4)
    later = load(root, keeper=kept).shelf
    assert later is not None
    assert later.remembered(b"q") is None
    again.remember(b"old", [(1,)])
    last = load(root, keeper=kept).shelf
    assert last is not None
    assert last.remembered(b"old") is None
