"""Large ledgers of a pool are asked over kept rows: every answer is the one of the ledgers read file by file."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from hazardctl.base import Base, Lite
from hazardctl.model.config import Config
from hazardctl.ops import keeping, pooling_large
from hazardctl.ops.context import Context
from hazardctl.ops.listing import Wanted, listed
from hazardctl.ops.pooling import opened
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.pool import Pool
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.store import load as reading
from hazardctl.store.index import drop, past
from tests.measures.made import Maker

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
TODAY: Final = dt.date(2023, 10, 20)
LEDGERS: Final = ("east", "west", "small")


@pytest.fixture
def towns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make two copies of the sample ledger, which count as large here, and a small one that is read file by file."""
    for key in ("east", "west"):
        shutil.copytree(SAMPLE, tmp_path / key)
        config = tmp_path / key / "hazardctl.yaml"
        config.write_text(config.read_text(encoding="utf-8").replace("region: qingshan}", f"region: qingshan-{key}}}"), encoding="utf-8")
    small = Maker()
    small.hazard("2023-05-04", unit="路边摊", done=False)
    small.write(tmp_path / "small")
    monkeypatch.setattr(keeping, "LEAST", 50)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def pool(root: Path, *, index: bool, ledgers: tuple[str, ...] = LEDGERS) -> Pool:
    """Open the three ledgers."""
    return opened(Context(root, TODAY, index=index), ledgers)


def pages(root: Path, *, index: bool, ledgers: tuple[str, ...] = LEDGERS) -> dict[str, str]:
    """Give every report and a list, as JSON."""
    here, words = Context(root, TODAY, index=index), Words("2023", ledgers=ledgers)
    names = [name for name, one in REPORTS.items() if "between" not in one.takes]
    made = {name: report(REPORTS[name], Call(here, words, Options())).sheet for name in names}
    made["list"] = listed(here, Words(filters=("not:grade:major",), ledgers=ledgers), Wanted("all", None, "", None)).sheet
    return {name: rendered(sheet, "json", Page()) for name, sheet in made.items()}


def test_every_page_is_the_same_over_kept_rows(towns: Path) -> None:
    kept = pool(towns, index=True)
    assert [share.shelf is not None for share in kept.shares] == [True, True, False]
    plain = pages(towns, index=False)
    assert pages(towns, index=True) == plain
    assert pages(towns, index=True) == plain, "what was remembered is the same"
    assert not list(towns.glob("*/**/*.sqlite*")) or all(path.is_relative_to(towns / "cache") for path in towns.glob("*/**/*.sqlite*"))


def test_a_pool_of_kept_rows_is_the_same_sequence_of_records(towns: Path) -> None:
    plain, kept = pool(towns, index=False), pool(towns, index=True)
    assert list(kept.entries) == list(plain.entries)
    assert len(kept.entries) == len(plain.entries)
    assert (kept.entries[0], kept.entries[-1], kept.entries[3:5]) == (plain.entries[0], plain.entries[-1], [*plain.entries[3:5]])
    with pytest.raises(IndexError):
        _ = kept.entries[len(plain.entries)]
    assert list(kept.hazards) == list(plain.hazards)
    assert kept.hazards[-1] == plain.hazards[-1]
    assert list(kept.hazards[:2]) == list(plain.hazards[:2])
    assert kept.hazard_ids == plain.hazard_ids
    assert (list(kept.paths), dict(kept.counts)) == (list(plain.paths), dict(plain.counts))
    assert (kept.found, kept.unread, kept.commit) == (plain.found, plain.unread, plain.commit)
    assert dict(kept.by_id) == dict(plain.by_id)
    assert len(kept.by_id) == len(plain.by_id)
    assert "east:gone" not in kept.by_id
    assert "gone" not in kept.by_id
    with pytest.raises(KeyError):
        _ = kept.by_id["gone"]
    for path in (plain.entries[0].path, plain.hazards[-1].path, "small:gone", "gone"):
        assert kept.by_path(path) == plain.by_path(path)
    assert dict(kept.units) == dict(plain.units)
    for text in ("东路加油站", "east:gone", "路边摊", "没有"):
        assert sorted(kept.unit_keys(text)) == sorted(plain.unit_keys(text))
        assert kept.unit_name(text) == plain.unit_name(text)
    assert set(kept.unit_spellings) == set(plain.unit_spellings)
    assert len(kept.unit_spellings) == len(plain.unit_spellings)
    assert kept.shelf is not None
    assert kept.shelf.name_of("gone:x") == kept.shelf.name_of("small:x") == ""


def test_rows_follow_the_files_and_the_settings_of_the_others(towns: Path) -> None:
    before = pages(towns, index=True)
    path = next((towns / "east" / "hazards").rglob("*.yaml"))
    path.unlink()
    unit = next((towns / "west" / "units").rglob("*.yaml"))
    unit.write_text(unit.read_text(encoding="utf-8").replace("name: ", "name: 新"), encoding="utf-8")
    config = towns / "small" / "hazardctl.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "measures: {preset: official}\n", encoding="utf-8")
    after = pages(towns, index=True)
    assert after != before
    assert after == pages(towns, index=False)


def test_a_ledger_whose_hazard_stands_in_another_is_read_whole(towns: Path) -> None:
    path = next((towns / "east" / "hazards").rglob("*.yaml"))
    own = path.stem
    twin = towns / "west" / path.relative_to(towns / "east")
    twin.write_text(
        twin.read_text(encoding="utf-8").replace("\nhistory:", f'\nsame_as: ["qingshan-east:{own}"]\nhistory:'), encoding="utf-8"
    )
    kept = pool(towns, index=True)
    assert [share.shelf for share in kept.shares] == [None, None, None]
    assert len(kept.doubles) == 1
    assert pages(towns, index=True) == pages(towns, index=False)


def test_where_no_rows_can_be_kept_the_ledgers_are_read(towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (towns / "no").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(towns / "no"))
    assert all(share.shelf is None for share in pool(towns, index=True).shares)


def test_damaged_rows_are_thrown_away(towns: Path) -> None:
    plain = list(pool(towns, index=True).entries)
    for path in (towns / "cache" / "hazardctl").glob("pool-*.sqlite*"):
        path.write_bytes(b"no data base" * 100)
    assert list(pool(towns, index=True).entries) == plain
    assert [share.shelf is not None for share in pool(towns, index=True).shares].count(True) == 2


@pytest.mark.parametrize("qualified", [True, False])
def test_a_small_ledger_may_name_a_hazard_of_a_large_one(qualified: bool, towns: Path) -> None:
    own = next((towns / "east" / "hazards").rglob("*.yaml")).stem
    (towns / "west" / "hazards" / own[3:7] / own[7:9] / f"{own}.yaml").unlink()
    small = Maker()
    small.hazard("2023-05-04", same_as=[f"qingshan-east:{own}" if qualified else own, "qingshan-east:YH-20230101-ZZZZZ", "tangkou:x"])
    shutil.rmtree(towns / "small")
    small.write(towns / "small")
    kept = pool(towns, index=True)
    assert [share.shelf is not None for share in kept.shares] == [False, True, False]
    assert len(kept.doubles) == 1


def test_dropping_the_index_of_a_ledger_drops_its_rows_in_pools(towns: Path) -> None:
    pool(towns, index=True)
    kept = towns / "cache" / "hazardctl"
    assert len(list(kept.glob("pool-*.sqlite"))) == 2
    drop(towns / "east")
    assert len(list(kept.glob("pool-*.sqlite"))) == 1


def test_rows_are_taken_over_from_the_files_of_their_ledgers(towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = pages(towns, index=False)
    took: list[bool] = []
    original = Lite.take

    def taking(self: Lite, name: str, declared: str, other: Base, shift: int) -> bool:
        took.append(original(self, name, declared, other, shift))
        return took[-1]

    monkeypatch.setattr(Lite, "take", taking)
    assert pages(towns, index=True) == plain
    assert took.count(True) == 2 * took.count(False) > 0, "the small ledger has no file"


def test_rows_that_another_command_changes_meanwhile_are_as_they_were(towns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = pages(towns, index=False)
    original = Lite.take

    def taking(self: Lite, name: str, declared: str, other: Base, shift: int) -> bool:
        if isinstance(other, Lite) and other.state:
            with closing(sqlite3.connect(other.file)) as another, another:
                another.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
                another.execute(f"DELETE FROM {name}")
        return original(self, name, declared, other, shift)

    with monkeypatch.context() as patch:
        patch.setattr(Lite, "take", taking)
        assert pool(towns, index=True).counts == pool(towns, index=False).counts
        here, words = Context(towns, TODAY, index=True), Words("2023", ledgers=LEDGERS)
        assert rendered(report(REPORTS["summary"], Call(here, words, Options())).sheet, "json", Page()) == plain["summary"]


@pytest.mark.parametrize("left", [None, b"no data base" * 1_000, b""], ids=["gone", "damaged", "empty"])
def test_rows_of_an_index_that_is_thrown_away_meanwhile_are_read_all_the_same(
    left: bytes | None, towns: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = pages(towns, index=False)["summary"]
    original, files = Lite.take, set[Path]()

    def taking(self: Lite, name: str, declared: str, other: Base, shift: int) -> bool:
        if isinstance(other, Lite) and other.state and Path(other.file) not in files:
            files.add(Path(other.file))
            Path(other.file).rename(f"{other.file}.old")  # who has it open reads it still
            if left is not None:
                Path(other.file).write_bytes(left)
                return original(self, name, declared, other, shift)
            assert not original(self, name, declared, other, shift)
            assert not Path(other.file).exists(), "nothing is made in its place"
        return False

    monkeypatch.setattr(Lite, "take", taking)
    here, words = Context(towns, TODAY, index=True), Words("2023", ledgers=LEDGERS)
    assert rendered(report(REPORTS["summary"], Call(here, words, Options())).sheet, "json", Page()) == plain
    assert files


COMMITS: Final = ("east@HEAD", "west.git@HEAD", "small")


def git(folder: Path, *words: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def commits(towns: Path) -> Path:
    """Have one of the large ledgers in a repository of its own, and the other in a bare one."""
    for key in ("east", "west"):
        git(towns / key, "init", "-q", "-b", "main")
        git(towns / key, "add", "-A")
        git(towns / key, "commit", "-qm", "begin")
    git(towns, "clone", "-q", "--bare", "west", "west.git")
    shutil.rmtree(towns / "west")
    return towns


def test_every_page_is_the_same_over_kept_rows_of_commits(commits: Path) -> None:
    kept = pool(commits, index=True, ledgers=COMMITS)
    assert [share.shelf is not None for share in kept.shares] == [True, True, False]
    plain = pages(commits, index=False, ledgers=COMMITS)
    assert pages(commits, index=True, ledgers=COMMITS) == plain
    assert list(kept.entries) == list(pool(commits, index=False, ledgers=COMMITS).entries)
    stray = [path for path in commits.rglob("*.sqlite*") if not path.is_relative_to(commits / "cache")]
    assert stray == []


def test_of_a_new_commit_only_the_files_that_differ_are_read(commits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages(commits, index=True, ledgers=COMMITS)
    read: list[str] = []
    original = reading.said

    def saying(config: Config, path: str, data: bytes) -> object:
        read.append(path)
        return original(config, path, data)

    monkeypatch.setattr(pooling_large, "said", saying)
    pool(commits, index=True, ledgers=COMMITS)
    assert read == []
    path = next((commits / "east" / "hazards").rglob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("description: ", "description: 新"), encoding="utf-8")
    pool(commits, index=True, ledgers=COMMITS)
    assert read == [], "the commit is the same"
    git(commits / "east", "commit", "-qam", "a change")
    changed = pages(commits, index=True, ledgers=COMMITS)
    assert {one for one in read if not one.startswith("units/")} == {path.relative_to(commits / "east").as_posix()}
    assert changed == pages(commits, index=False, ledgers=COMMITS)


def test_a_new_name_of_a_unit_makes_the_rows_of_a_commit_anew(commits: Path) -> None:
    pool(commits, index=True, ledgers=COMMITS)
    unit = next((commits / "east" / "units").rglob("*.yaml"))
    unit.write_text(unit.read_text(encoding="utf-8").replace("name: ", "name: 新"), encoding="utf-8")
    git(commits / "east", "commit", "-qam", "another name")
    assert pages(commits, index=True, ledgers=COMMITS) == pages(commits, index=False, ledgers=COMMITS)


def test_a_few_commits_of_a_pool_are_kept(commits: Path) -> None:
    cache = commits / "cache" / "hazardctl"
    for number in range(4):
        (commits / "east" / "units" / "x.txt").write_text(str(number), encoding="utf-8")
        git(commits / "east", "add", "-A")
        git(commits / "east", "commit", "-qm", str(number))
        pool(commits, index=True, ledgers=COMMITS)
    assert len(list(cache.glob("pool-*.sqlite"))) == past.MOST_IN_POOL + 1
    drop(commits / "east")
    assert len(list(cache.glob("pool-*.sqlite"))) == 1
