"""Whatever was done to files and to git between two questions, an index that asks git says what the files say."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from hazardctl.ledger import Ledger
from hazardctl.measures import kept
from hazardctl.store import git as git_
from hazardctl.store import status
from hazardctl.store.index import base, bring, bygit, watch
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import Seen, seen
from hazardctl.store.layout import Below
from hazardctl.store.load import foretold, load

CONFIG: Final = "schema: config/1\norganisation: {name: 青山镇}\nregions:\n  - {key: qingshan, name: 青山镇, level: township}\n"
HAZARDS: Final = ("YH-20240105-AAAAA", "YH-20240106-BBBBB", "YH-20240207-CCCCC")
UNITS: Final = ("jia", "yi")
Rows = Counter[tuple[str, str, tuple[object, ...]]]


def hazard(name: str, site: str = "库房", unit: str = "jia") -> str:
    day = f"{name[3:7]}-{name[7:9]}-{name[9:11]}"
    return (
        f"id: {name}\nschema: hazard/1\ndescription: 灭火器过期\nfound_on: {day}\nsource: patrol\nunit: {unit}\nsite: {site}\n"
        f"sector: chem\ngrade: general\nhistory:\n  - {{date: {day}, do: register, by: 张三}}\n"
    )


def path_of(root: Path, name: str) -> Path:
    return root / "hazards" / name[3:7] / name[7:9] / f"{name}.yaml"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


def git(root: Path, *arguments: str) -> None:
    """Run git as a user does; what it refuses is refused."""
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=False, capture_output=True)


def made(top: Path, *, ignore: str = "", attributes: str = "") -> Path:
    """Make a committed ledger in a folder of a repository."""
    root = top / "book" / "ledger"
    write(root / "hazardctl.yaml", CONFIG)
    for name in HAZARDS:
        write(path_of(root, name), hazard(name))
    for name in UNITS:
        write(
            root / "units" / f"{name}.yaml",
            f"id: {name}\nschema: unit/1\nname: {name}厂\nregion: qingshan\nkind: enterprise\nsector: chem\n",
        )
    for name, text in ((".gitignore", ignore), (".gitattributes", attributes)):
        if text:
            write(top / name, text)
    git(top, "init", "-q", "-b", "main")
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "begin")
    return root


def plain(ledger: Ledger) -> Rows:
    found = ((entry.path, table, rows) for entry in ledger.entries for table, rows in kept.rows(ledger, 0, entry))
    return Counter((table, path, tuple(row[1:])) for path, table, rows in found for row in rows)


def held(ledger: Ledger) -> Rows:
    assert isinstance(ledger.shelf, Kept)
    ask = ledger.shelf.database.execute
    paths = dict(ask("SELECT key, path FROM file").fetchall())
    return Counter((table, paths[row[0]], tuple(row[1:])) for table in kept.tables() for row in ask(f"SELECT * FROM {table}"))


def agree_closely(root: Path) -> None:
    """Hold what the indexed ledger says of its files, line endings too, against the files."""
    assert codes(load(root, keeper=kept, exact=True)) == codes(load(root, exact=True))
    agree(root)


def asked_ahead(root: Path) -> tuple[Rows, list[str], str] | None:
    """Give what the index says before it is brought up to date, where git vouches for that."""
    status.look_ahead(root)
    try:
        return foretold(root, kept, lambda ledger: (held(ledger), [one.path for one in ledger.unread], ledger.commit))
    finally:
        status.leave()


def agree(root: Path) -> None:
    """Hold what the indexed ledger says against the files, and what it says ahead of git."""
    ahead = asked_ahead(root)
    with_index, without = load(root, keeper=kept), load(root)
    assert held(with_index) == plain(without)
    assert ahead is None or ahead == (plain(without), [one.path for one in without.unread], without.commit)
    assert [one.path for one in with_index.unread] == [one.path for one in without.unread]
    assert list(with_index.strays) == list(without.strays)
    assert with_index.commit == without.commit


def codes(ledger: Ledger) -> dict[str, list[str]]:
    return {entry.path: [finding.code for finding in entry.findings] for entry in ledger.hazards}


def noted(root: Path) -> dict[str, object] | None:
    with closing(sqlite3.connect(base.place(root))) as connection:
        row = connection.execute("SELECT value FROM meta WHERE name = 'git'").fetchone()
    return bygit.State(*json.loads(row[0]))._asdict() if row else None


def aged(root: Path) -> None:
    """Let time pass: what was young when it was read no longer is, and git's clock of whole seconds has gone on."""
    time.sleep(1.01 - time.time() % 1)  # noqa: TID251 (the clock of git counts whole seconds)
    load(root, keeper=kept)
    with closing(sqlite3.connect(base.place(root))) as connection:
        connection.execute("UPDATE folder SET probe = probe + 10000000000")
        row = connection.execute("SELECT value FROM meta WHERE name = 'git'").fetchone()
        if row:
            state = bygit.State(*json.loads(row[0]))
            tracked = {path for (path,) in connection.execute("SELECT path FROM file")} - _beside(root)
            told = state._replace(aside=[path for path in state.aside if path not in tracked])
            connection.execute("UPDATE meta SET value = ? WHERE name = 'git'", (json.dumps(told),))
        connection.commit()


def _beside(root: Path) -> set[str]:
    said = subprocess.run(["git", "ls-files", "-v", "-z"], cwd=root, check=False, capture_output=True).stdout.decode().split("\0")
    tracked = {line[2:] for line in said if line.startswith("H ")}
    return {path.relative_to(root).as_posix() for path in root.rglob("*.yaml")} - tracked


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return made(tmp_path, ignore="*-EEEEE.yaml\n")


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Give the ledgers of which every file was looked at."""
    found: list[Path] = []

    def looking(root: Path) -> Seen:
        found.append(root)
        return seen(root)

    monkeypatch.setattr(bring, "seen", looking)
    return found


# ------------------------------------------------------------------------------------------------------------ one by one


def edited(root: Path) -> None:
    write(path_of(root, HAZARDS[0]), hazard(HAZARDS[0], "屋顶一"))


def edited_in_place_with_its_times(root: Path) -> None:
    path = path_of(root, HAZARDS[0])
    it = path.stat()
    with path.open("r+b") as file:
        text = file.read().replace("库房".encode(), "车间".encode())
        file.seek(0)
        file.write(text)
    os.utime(path, ns=(it.st_atime_ns, it.st_mtime_ns))


def added(root: Path) -> None:
    write(path_of(root, "YH-20240109-DDDDD"), hazard("YH-20240109-DDDDD"))


def added_in_a_new_folder(root: Path) -> None:
    write(path_of(root, "YH-20240809-DDDDD"), hazard("YH-20240809-DDDDD"))


def added_and_ignored(root: Path) -> None:
    write(path_of(root, "YH-20240209-EEEEE"), hazard("YH-20240209-EEEEE"))


def ignored_ones_edited(root: Path) -> None:
    added_and_ignored(root)
    aged(root)
    write(path_of(root, "YH-20240209-EEEEE"), hazard("YH-20240209-EEEEE", "屋顶"))


def deleted(root: Path) -> None:
    path_of(root, HAZARDS[1]).unlink()


def renamed(root: Path) -> None:
    path_of(root, HAZARDS[1]).rename(path_of(root, "YH-20240106-FFFFF"))


def committed(root: Path) -> None:
    edited(root)
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x")


def committed_between_two_questions(root: Path) -> None:
    edited(root)
    agree(root)
    git(root, "add", "-A")
    agree(root)
    git(root, "commit", "-q", "-m", "x")


def reverted_by_hand(root: Path) -> None:
    before = path_of(root, HAZARDS[0]).read_text(encoding="utf-8")
    edited(root)
    aged(root)
    write(path_of(root, HAZARDS[0]), before)


def reverted_by_git(root: Path) -> None:
    edited(root)
    aged(root)
    git(root, "checkout", "--", ".")


def put_aside(root: Path) -> None:
    edited(root)
    aged(root)
    git(root, "stash")


def taken_up_again(root: Path) -> None:
    put_aside(root)
    aged(root)
    git(root, "stash", "pop")


def on_another_branch(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "other")
    committed(root)
    aged(root)
    git(root, "checkout", "-q", "main")


def reset(root: Path) -> None:
    committed(root)
    aged(root)
    git(root, "reset", "-q", "--hard", "HEAD~1")


def reset_softly(root: Path) -> None:
    committed(root)
    aged(root)
    git(root, "reset", "-q", "HEAD~1")


def no_longer_tracked(root: Path) -> None:
    git(root, "rm", "-q", "--cached", str(path_of(root, HAZARDS[0])))
    aged(root)
    edited(root)


def assumed_unchanged(root: Path) -> None:
    git(root, "update-index", "--assume-unchanged", str(path_of(root, HAZARDS[0])))
    aged(root)
    edited(root)


def assumed_unchanged_and_back(root: Path) -> None:
    assumed_unchanged(root)
    aged(root)
    git(root, "update-index", "--no-assume-unchanged", str(path_of(root, HAZARDS[0])))
    git(root, "checkout", "--", ".")


def left_out_of_the_work_tree(root: Path) -> None:
    git(root, "update-index", "--skip-worktree", str(path_of(root, HAZARDS[0])))
    aged(root)
    edited(root)


def in_conflict(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "other")
    committed(root)
    git(root, "checkout", "-q", "main")
    write(path_of(root, HAZARDS[0]), hazard(HAZARDS[0], "屋顶二"))
    git(root, "commit", "-q", "-am", "y")
    aged(root)
    git(root, "merge", "-q", "other")


def a_unit_renamed(root: Path) -> None:
    path = root / "units" / "jia.yaml"
    write(path, path.read_text(encoding="utf-8").replace("jia厂", "甲厂"))


def a_copy_beside(root: Path) -> None:
    shutil.copy(path_of(root, HAZARDS[0]), path_of(root, HAZARDS[0]).with_suffix(".yaml.orig"))


def a_kind_of_its_own(root: Path) -> None:
    write(root / "tips" / "x.yaml", "no tip\n")


def a_link_instead_of_a_folder(root: Path) -> None:
    shutil.move(root / "units", root.parent / "elsewhere")
    (root / "units").symlink_to(root.parent / "elsewhere")


def unreadable(root: Path) -> None:
    write(path_of(root, HAZARDS[2]), "id: [\n")


def settings_changed(root: Path) -> None:
    write(root / "hazardctl.yaml", CONFIG + "id_prefixes: {hazard: AB}\n")


def another_repository_in_a_folder(root: Path) -> None:
    folder = path_of(root, HAZARDS[2]).parent
    git(folder, "init", "-q")
    aged(root)
    write(path_of(root, HAZARDS[2]), hazard(HAZARDS[2], "屋顶"))


def history_gone(root: Path) -> None:
    edited(root)
    shutil.rmtree(root.parents[1] / ".git" / "objects")
    (root.parents[1] / ".git" / "objects").mkdir()


def an_amended_commit_whose_tree_is_gone(root: Path) -> None:
    edited(root)
    git(root, "commit", "-q", "-a", "--amend", "-m", "again")
    git(root, "reflog", "expire", "--expire=now", "--all")
    git(root, "gc", "-q", "--prune=now")


DEEDS: Final = (
    edited, edited_in_place_with_its_times, added, added_in_a_new_folder, added_and_ignored, ignored_ones_edited, deleted,
    renamed, committed, committed_between_two_questions, reverted_by_hand, reverted_by_git, put_aside, taken_up_again,
    on_another_branch, reset, reset_softly, no_longer_tracked, assumed_unchanged, assumed_unchanged_and_back,
    left_out_of_the_work_tree, in_conflict, a_unit_renamed, a_copy_beside, a_kind_of_its_own, a_link_instead_of_a_folder,
    unreadable, settings_changed, another_repository_in_a_folder, history_gone, an_amended_commit_whose_tree_is_gone,
)  # fmt: skip


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_was_done_since_the_last_question_is_in_the_next_answer(root: Path, deed: Callable[[Path], None]) -> None:
    agree_closely(root)
    aged(root)
    agree_closely(root)
    aged(root)
    deed(root)
    agree_closely(root)
    agree_closely(root)


def test_git_vouches_for_all_that_nobody_touched(root: Path, walks: list[Path]) -> None:
    load(root, keeper=kept)
    aged(root)
    assert noted(root) is not None
    walks.clear()
    load(root, keeper=kept)
    edited(root)
    load(root, keeper=kept)
    committed(root)
    agree(root)
    assert walks == []


def test_only_the_folder_of_a_changed_file_is_looked_at(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    aged(root)
    looked: list[str] = []
    original = watch.looked

    def looking(root: Path, below: Below) -> object:
        looked.append(below.path)
        return original(root, below)

    monkeypatch.setattr("hazardctl.store.index.since.looked", looking)
    load(root, keeper=kept)
    assert looked == []
    edited(root)
    agree(root)
    assert set(looked) == {"hazards/2024/01"}


def test_who_must_see_line_endings_asks_git_for_the_times_of_files(tmp_path: Path, walks: list[Path]) -> None:
    root = made(tmp_path, attributes="*.yaml text eol=lf\n")
    load(root, keeper=kept)
    aged(root)
    before = codes(load(root, keeper=kept, exact=True))
    aged(root)
    walks.clear()
    path = path_of(root, HAZARDS[0])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    agree(root)
    after = codes(load(root, keeper=kept, exact=True))
    assert walks == []
    assert [one for one in after if after[one] != before[one]] == [path.relative_to(root).as_posix()]


def test_line_endings_are_looked_for_in_every_file_when_the_index_of_git_is_another(tmp_path: Path, walks: list[Path]) -> None:
    root = made(tmp_path, attributes="*.yaml text eol=lf\n")
    load(root, keeper=kept, exact=True)
    aged(root)
    before = codes(load(root, keeper=kept, exact=True))
    path = path_of(root, HAZARDS[0])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(root, "update-index", "-q", "--really-refresh")  # the times of git's index are those of the file again, its blob is the same
    walks.clear()
    after = codes(load(root, keeper=kept, exact=True))
    assert walks != []
    assert [one for one in after if after[one] != before[one]] == [path.relative_to(root).as_posix()]


@pytest.mark.parametrize(
    ("attributes", "asked"),
    [
        ("*.yaml filter=x\n", False),
        ("* ident\n", False),
        ("*.yaml working-tree-encoding=GBK\n", False),
        ("[attr]big filter=lfs\n", False),
        ("*.jpg filter=lfs diff=lfs merge=lfs -text\n# a filter\n*.yaml text eol=lf\n", True),
    ],
)
def test_git_is_not_believed_where_files_are_converted(tmp_path: Path, walks: list[Path], attributes: str, *, asked: bool) -> None:
    root = made(tmp_path, attributes=attributes)
    load(root, keeper=kept)
    aged(root)
    walks.clear()
    agree(root)
    assert (walks == []) is asked


def test_attributes_that_arrive_later_end_it(root: Path, walks: list[Path]) -> None:
    load(root, keeper=kept)
    aged(root)
    walks.clear()
    write(root / ".gitattributes", "*.yaml filter=x\n")
    agree(root)
    assert walks != []


def test_attributes_of_the_user_count(root: Path, walks: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    aged(root)
    write(tmp_path / "house" / "own", "*.yaml filter=x\n")
    write(tmp_path / "house" / ".gitconfig", f"[core]\n\tattributesFile = {tmp_path}/house/own\n")
    monkeypatch.setenv("HOME", str(tmp_path / "house"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "house" / ".config"))
    walks.clear()
    agree(root)
    assert walks != []


def test_the_environment_of_another_repository_is_nothing_to_us(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    aged(root)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "nothing"))
    edited(root)
    agree(root)


def test_a_ledger_that_was_never_committed_is_looked_at_file_by_file(tmp_path: Path) -> None:
    root = made(tmp_path)
    shutil.rmtree(tmp_path / ".git")
    git(tmp_path, "init", "-q")
    agree(root)
    edited(root)
    agree(root)
    assert noted(root) is None


def test_an_index_of_git_without_a_hash_is_not_known_again(root: Path) -> None:
    git(root, "-c", "index.skipHash=true", "update-index", "--force-write-index")
    index = root.parents[1] / ".git" / "index"
    index.write_bytes(index.read_bytes()[:-20] + bytes(20))
    agree(root)
    assert noted(root) is None


def test_too_many_files_beside_git_are_looked_at_with_all_others(root: Path, walks: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bygit, "MOST", 0)
    added_and_ignored(root)
    agree(root)
    assert noted(root) is None
    walks.clear()
    agree(root)
    assert walks != []


def test_while_its_index_is_the_same_git_is_not_asked_again_which_files_it_tracks(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load(root, keeper=kept)
    aged(root)
    asked: list[str] = []
    original = git_.ask

    def asking(path: Path, *arguments: str) -> bytes:
        asked.append(arguments[0])
        return original(path, *arguments)

    monkeypatch.setattr(bygit, "ask", asking)
    for deed in (edited, added, added_and_ignored):
        deed(root)
        agree(root)
        aged(root)
    ignored_ones_edited(root)
    agree(root)
    assert "ls-files" not in asked
    monkeypatch.setattr(bygit, "FEW", 0)
    edited(root)
    agree(root)
    assert "ls-files" in asked


def test_a_change_within_the_second_of_a_commit_that_git_itself_cannot_see_is_seen(root: Path) -> None:
    path = path_of(root, HAZARDS[0])
    load(root, keeper=kept)
    aged(root)  # and a second begins
    write(path, hazard(HAZARDS[0], "屋顶"))
    os.utime(path, ns=(10**18, 10**18))
    git(root, "commit", "-q", "-am", "x")
    load(root, keeper=kept)
    with path.open("r+b") as file:
        text = file.read().replace("屋顶".encode(), "车间".encode())
        file.seek(0)
        file.write(text)
    os.utime(path, ns=(10**18, 10**18))
    agree(root)


# -------------------------------------------------------------------------------------------------------- in any order


@settings(
    max_examples=12,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
class Life(RuleBasedStateMachine):
    """A ledger between questions."""

    @initialize()
    def begin(self) -> None:
        self.top = Path(tempfile.mkdtemp())
        self.root = made(self.top, ignore="*-EEEEE.yaml\n", attributes="*.yaml text eol=lf\n")
        self.slept = 0
        agree(self.root)
        aged(self.root)

    @rule(name=st.sampled_from([*HAZARDS, "YH-20240109-DDDDD", "YH-20240209-EEEEE"]), site=st.sampled_from(["库房", "屋顶", "后院西侧"]))
    def write(self, name: str, site: str) -> None:
        write(path_of(self.root, name), hazard(name, site))

    @rule(name=st.sampled_from(HAZARDS), crlf=st.booleans())
    def other_line_endings(self, name: str, *, crlf: bool) -> None:
        path = path_of(self.root, name)
        if path.exists():
            text = path.read_bytes().replace(b"\r\n", b"\n")
            path.write_bytes(text.replace(b"\n", b"\r\n") if crlf else text)

    @rule(name=st.sampled_from(HAZARDS))
    def delete(self, name: str) -> None:
        path_of(self.root, name).unlink(missing_ok=True)

    @rule(number=st.integers(0, 2))
    def unit(self, number: int) -> None:
        write(
            self.root / "units" / "yi.yaml",
            f"id: yi\nschema: unit/1\nname: 乙厂{number}\nregion: qingshan\nkind: enterprise\nsector: chem\n",
        )

    @rule(
        arguments=st.sampled_from([
            ("add", "-A"), ("commit", "-q", "-m", "x"), ("commit", "-q", "-am", "y"), ("stash",), ("stash", "pop"), ("checkout", "--", "."),
            ("reset", "-q", "--hard"), ("reset", "-q"), ("reset", "-q", "--hard", "HEAD~1"), ("checkout", "-q", "-B", "other"),
            ("checkout", "-q", "main"), ("merge", "-q", "other"), ("status",), ("clean", "-fdxq"), ("rm", "-rq", "--cached", "hazards"),
        ])
    )  # fmt: skip
    def git(self, arguments: tuple[str, ...]) -> None:
        git(self.root, *arguments)

    @rule(
        name=st.sampled_from(HAZARDS),
        flag=st.sampled_from(["assume-unchanged", "no-assume-unchanged", "skip-worktree", "no-skip-worktree"]),
    )
    def flag(self, name: str, flag: str) -> None:
        git(self.root, "update-index", f"--{flag}", str(path_of(self.root, name)))

    @rule()
    def restored_times(self) -> None:
        with suppress(FileNotFoundError):
            edited_in_place_with_its_times(self.root)

    @precondition(lambda self: self.slept < 2)
    @rule()
    def time_passes(self) -> None:
        self.slept += 1
        aged(self.root)

    @rule()
    def ask(self) -> None:
        agree(self.root)

    @rule()
    def ask_closely(self) -> None:
        agree_closely(self.root)

    def teardown(self) -> None:
        if hasattr(self, "root"):
            agree_closely(self.root)
            shutil.rmtree(self.top, ignore_errors=True)


TestLife = Life.TestCase


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
