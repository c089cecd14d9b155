"""`hazardctl index`, and that nothing printed depends on the index."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from hazardctl.cli.app import called
from hazardctl.ops import keeping
from hazardctl.store import own
from hazardctl.store.index import base, past

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
QUESTIONS: Final[Sequence[Sequence[str]]] = (
    ("report", "-p", "2023H1"),
    ("report", "-p", "2023H2", "-g", "region,grade", "--format", "json"),
    ("report", "-p", "2023", "--basis", "official", "sector:消防"),
    ("list", "is:逾期", "--columns", "all"),
    ("list", "--format", "csv", "unit:青山加油站"),
    ("overdue", "--within", "30d", "--format", "json"),
    ("explain", "rate", "-p", "2023H2", "-v"),
    ("explain", "inspections.units", "-p", "2023", "-v"),
    ("validate",),
    ("validate", "--format", "json", "--fail-on", "overdue:major"),
    (),
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(keeping, "LEAST", 1)
    monkeypatch.setenv("HAZARDCTL_TODAY", "2023-10-20")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    shutil.copytree(SAMPLE, tmp_path / "ledger")
    return tmp_path / "ledger"


def said(capfdbinary: pytest.CaptureFixture[bytes], root: Path, *words: str) -> tuple[int, bytes]:
    code = called(["-C", str(root), *words])
    return code, capfdbinary.readouterr().out


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_with_without_and_over_a_damaged_index_the_bytes_are_the_same(
    capfdbinary: pytest.CaptureFixture[bytes], root: Path, question: Sequence[str]
) -> None:
    without = said(capfdbinary, root, "--no-index", *question)
    assert without[0] in {0, 1}
    assert said(capfdbinary, root, *question) == without
    assert said(capfdbinary, root, *question) == without
    path = next(one for one in (root.parent / "cache").rglob("*.sqlite"))
    for one in path.parent.iterdir():
        one.write_bytes(b"\x00damaged" * 900)
    assert said(capfdbinary, root, *question) == without
    assert said(capfdbinary, root, *question) == without


def test_looking_making_and_dropping(capfdbinary: pytest.CaptureFixture[bytes], root: Path) -> None:
    assert "没有索引" in said(capfdbinary, root, "index")[1].decode()
    made = said(capfdbinary, root, "index", "rebuild")[1].decode()
    assert "个文件" in made
    assert int(re.findall(r"([\d,]+) KiB", made)[0].replace(",", "")) > 200  # what waits in the log of the data base is part of it
    assert "files" in said(capfdbinary, root, "index", "status", "--lang", "en")[1].decode()
    (root / "hazardctl.yaml").write_text((root / "hazardctl.yaml").read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert "重建" in said(capfdbinary, root, "index", "status")[1].decode()
    assert "已删除" in said(capfdbinary, root, "index", "drop")[1].decode()
    assert "本来就没有" in said(capfdbinary, root, "index", "drop")[1].decode()
    assert said(capfdbinary, root, "index", "nonsense")[0] == 2


def test_an_index_that_cannot_be_made_is_said(
    capfdbinary: pytest.CaptureFixture[bytes], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "place", lambda _: Path("/proc/nowhere/index.sqlite"))
    code, _ = said(capfdbinary, root, "index", "rebuild")
    assert code == 4


def test_a_small_ledger_is_read_without_one(capfdbinary: pytest.CaptureFixture[bytes], root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "LEAST", 10_000)
    said(capfdbinary, root, "report", "-p", "2023")
    assert not base.place(root).exists()
    assert "用不着" in said(capfdbinary, root, "index", "status")[1].decode()
    assert "none is needed" in said(capfdbinary, root, "--lang", "en", "index", "status")[1].decode()


def test_an_index_that_was_made_elsewhere_is_not_believed(
    capfdbinary: pytest.CaptureFixture[bytes], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true = said(capfdbinary, root, *QUESTIONS[0])
    with closing(sqlite3.connect(base.place(root))) as brought, brought:
        brought.execute("DELETE FROM hazard")
        brought.execute("DELETE FROM answer")
        brought.execute('CREATE VIEW "a ""view" AS SELECT 1')
    assert said(capfdbinary, root, *QUESTIONS[0]) != true  # ours is believed: nobody else writes there
    shutil.copy(base.place(root), root.parent / "brought")
    monkeypatch.setenv("XDG_CACHE_HOME", str(root.parent / "another"))
    base.place(root).parent.mkdir(parents=True)
    shutil.copy(root.parent / "brought", base.place(root))
    assert "重建" in said(capfdbinary, root, "index", "status")[1].decode()
    assert said(capfdbinary, root, *QUESTIONS[0]) == true


def test_without_a_place_for_the_key_the_files_are_read(
    capfdbinary: pytest.CaptureFixture[bytes], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = said(capfdbinary, root, "--no-index", *QUESTIONS[0])
    (root.parent / "cache").write_text("", encoding="utf-8")
    assert said(capfdbinary, root, *QUESTIONS[0]) == without
    assert "没有索引" in said(capfdbinary, root, "index", "status")[1].decode()


def test_a_torn_key_is_made_again(root: Path) -> None:
    first = own.key()
    assert own.key() == first
    (own.cache() / "key").write_bytes(b"torn")
    assert len(own.key()) == len(first)
    assert own.key() != first
    assert [one.name for one in own.cache().iterdir()] == ["key"]


def test_the_state_of_an_index_tells_how_many_records_are_judged(capfdbinary: pytest.CaptureFixture[bytes], root: Path) -> None:
    said(capfdbinary, root, "index", "rebuild")
    assert "检查结果" not in said(capfdbinary, root, "index")[1].decode()
    said(capfdbinary, root, "validate")
    files = len([path for path in root.rglob("*.yaml") if path.parent != root])
    assert f"已存 {files} 条记录的检查结果" in said(capfdbinary, root, "index")[1].decode()


@pytest.fixture
def repository(root: Path) -> Path:
    """A repository with three commits of the ledger: as it is, one record gone and one torn, and the work tree beyond them."""
    top = root.parent
    for words in (("init", "-q"), ("add", "ledger"), ("commit", "-q", "-m", "one")):
        git(top, *words)
    gone, torn = sorted(root.glob("hazards/2023/*/*.yaml"))[:2]
    gone.unlink()
    torn.write_text("id: [", encoding="utf-8")
    (root / "hazards" / "stray.txt").write_text("x", encoding="utf-8")
    git(top, "add", "-A", "ledger")
    git(top, "commit", "-q", "-m", "two")
    shutil.copy(SAMPLE / torn.relative_to(root), torn)
    return root


def git(top: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(top), "-c", "user.name=x", "-c", "user.email=x@example.org", *words], check=True)


PAST: Final[Sequence[Sequence[str]]] = (("report", "-p", "2023", "--format", "json"), ("list", "--format", "csv"), ("overdue",))


@pytest.mark.parametrize("question", PAST, ids=" ".join)
@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1"])
def test_a_commit_is_asked_over_an_index_of_its_own(
    capfdbinary: pytest.CaptureFixture[bytes], repository: Path, question: Sequence[str], revision: str
) -> None:
    without = said(capfdbinary, repository, "--no-index", *question, "--known-at", revision)
    assert without[0] == (1 if revision == "HEAD" else 0)
    assert said(capfdbinary, repository, *question, "--known-at", revision) == without
    assert said(capfdbinary, repository, *question, "--known-at", revision) == without
    state = said(capfdbinary, repository, "index", "--lang", "en")[1].decode()
    assert re.search(r"commits 1 have an index, [\d,]+ KiB", state)
    (made,) = base.place(repository).parent.glob("past-*.sqlite")
    made.write_bytes(b"\x00damaged" * 900)
    assert said(capfdbinary, repository, *question, "--known-at", revision) == without
    assert said(capfdbinary, repository, *question, "--known-at", revision) == without
    assert "已删除" in said(capfdbinary, repository, "index", "drop")[1].decode()
    assert not made.exists()
    assert "提交" not in said(capfdbinary, repository, "index")[1].decode()


def test_the_commits_used_last_are_kept(capfdbinary: pytest.CaptureFixture[bytes], repository: Path) -> None:
    for number in range(past.MOST + 2):
        (repository / "hazardctl.yaml").write_bytes((repository / "hazardctl.yaml").read_bytes() + b"# more\n")
        git(repository.parent, "commit", "-q", "-a", "-m", str(number))
        said(capfdbinary, repository, *PAST[0], "--known-at", "HEAD")
    said(capfdbinary, repository, *PAST[0], "--known-at", "HEAD~1")
    assert len(list(base.place(repository).parent.glob("past-*.sqlite"))) == past.MOST
