"""What the system offers, on both sides: the half for Windows is run here on stand-ins, and the whole program over it."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from hazardctl.store import system
from hazardctl.store.index.watch import Stamp, stamped
from tests.imitated import BINARY, Kernel, windows_half

TODAY: Final = "2023-10-20"
TOP: Final = Path(__file__).parents[2]


def called(folder: Path, *words: str, windows: bool = True) -> tuple[int, bytes]:
    """Call the program in a folder, as on Windows or as it is; give its exit code and all it said."""
    program = ["-m", "tests.imitated"] if windows else ["-m", "hazardctl"]
    environ = {**os.environ, "PYTHONPATH": str(TOP), "HAZARDCTL_TODAY": TODAY, "HAZARDCTL_ACTOR": "李四", "PYTHONUTF8": "1"}
    environ |= {"XDG_CACHE_HOME": str(folder.parent / ("cache" if windows else "other-cache")), "COLUMNS": "100"}
    done = subprocess.run([sys.executable, *program, *words], cwd=folder, env=environ, capture_output=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger, made by the program as on Windows."""
    folder = tmp_path_factory.mktemp("windows")
    code, said = called(folder, "init", "demo", "--demo", "--no-git")
    assert code == 0, said.decode()
    return folder / "demo"


# --------------------------------------------------------------------------------------------------------- the program


@pytest.mark.parametrize(
    "question",
    [
        ("report", "-p", "2023H2"),
        ("report", "official", "-p", "2023H1", "--format", "json"),
        ("list", "is:returned"),
        ("validate", "--format", "json"),
        ("overdue", "--lang", "en"),
        ("explain", "rate", "-p", "2023H2"),
        ("export", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_windows_gets_the_same_bytes(demo: Path, question: tuple[str, ...]) -> None:
    assert called(demo, *question) == called(demo, *question, windows=False)


def test_a_hazard_lives_its_life_on_windows(demo: Path) -> None:
    code, said = called(demo, "add", "-u", "青山加油站", "-m", "卸油区静电接地报警器失效", "--due", "15d")
    assert code == 0, said.decode()
    name = called(demo, "list", "found:2023-10-20", "unit:青山加油站", "--ids")[1].decode().split()[0]
    for act in (
        ("rectify", name, "-m", "更换", "--by", "赵六"),
        ("verify", name, "--pass", "--by", "王五"),
        ("close", name, "--by", "孙八"),
    ):
        code, said = called(demo, *act)
        assert code == 0, said.decode()
    record = demo / "ledger" / "hazards" / "2023" / "10" / f"{name}.yaml"
    assert b"\r" not in record.read_bytes()
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))  # an editor saved it as editors do there
    assert called(demo, "show", name)[0] == 0
    assert called(demo, "validate", "--format", "json") == called(demo, "validate", "--format", "json", windows=False)
    assert called(demo, "fmt")[0] == 0
    assert b"\r" not in record.read_bytes()


def test_a_large_ledger_has_an_index_there(demo: Path) -> None:
    assert "个文件".encode() in called(demo, "index", "rebuild")[1]
    assert called(demo, "index", "drop")[0] == 0


# ------------------------------------------------------------------------------------------------------ call by call


def test_a_lock_on_windows_keeps_others_out_until_its_file_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with windows_half() as windows:
        first, second = (os.open(path, os.O_RDWR | os.O_CREAT) for _ in range(2))
        os.write(first, b"4711\n")
        assert windows.locked(first)
        assert not windows.locked(second)
        os.lseek(second, 0, os.SEEK_SET)
        assert os.read(second, 20) == b"4711\n"  # who holds it can be read meanwhile
        os.close(first)
        assert windows.locked(second)
        os.close(second)


@pytest.mark.parametrize("refusals", [0, 4, 5])
def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refusals: int) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    new.write_bytes(b"new")
    old.write_bytes(b"old")
    replace, tries = os.replace, iter(range(refusals))

    def held(source: Path, target: Path) -> None:
        if next(tries, None) is not None:
            raise PermissionError(errno.EACCES, "Permission denied")
        replace(source, target)

    with windows_half() as windows:
        monkeypatch.setattr(os, "replace", held)
        monkeypatch.setattr(windows, "_PAUSE", 0.0)
        if refusals < 5:
            windows.replaced(new, old)
            assert old.read_bytes() == b"new"
        else:
            with pytest.raises(PermissionError):
                windows.replaced(new, old)
            assert (new.read_bytes(), old.read_bytes()) == (b"new", b"old")


def test_a_file_is_the_same_to_both_looks_at_it_where_folders_tell_no_inodes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert (found := stamped(tmp_path / "file")) is not None
    assert found.inode
    with windows_half() as windows:
        monkeypatch.setattr(system, "NUMBERED", windows.NUMBERED)
    assert stamped(tmp_path / "file") == Stamp(found.size, found.mtime, found.ctime, 0)


def test_windows_is_asked_which_processes_live() -> None:
    kernel = Kernel(frozenset({4, 5}), denied=frozenset({8}))
    with windows_half(kernel) as windows:
        assert {pid: windows.alive(pid) for pid in (4, 5, 6, 8, 0, -1, 1 << 32)} == {
            4: True, 5: False, 6: False, 8: True, 0: False, -1: False, 1 << 32: True,
        }  # fmt: skip
    assert kernel.open == []


def test_what_windows_does_not_have_is_left(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"")
    with windows_half() as windows, path.open("rb") as file:
        windows.permit(file.fileno(), 0o600)
        windows.sync_folder(tmp_path)
        assert windows.user() == 0
        windows.lengthen(file.fileno(), 1 << 20)
        with pytest.raises(OSError, match="git"):
            windows.spawned(["git"], {}, 1)
        process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
        windows.killed(process.pid)
        assert process.wait(60) != 0
        assert process.stdin
        process.stdin.close()


def test_bytes_are_bytes_and_a_link_is_none_where_it_can_only_be_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "file").write_bytes(b"a\r\n")
    flags: list[int] = []
    opens = os.open

    def opened(path: Path, how: int, mode: int = 0o777) -> int:
        flags.append(how)
        return opens(path, how & ~BINARY, mode)

    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(system, "_FOLLOWS_NONE", 0)
    monkeypatch.setattr(system, "_PLAIN", BINARY)
    os.close(system.opened(tmp_path / "file", os.O_RDONLY))
    assert flags == [os.O_RDONLY | BINARY]
    with pytest.raises(OSError) as caught:
        system.opened(tmp_path / "link", os.O_RDONLY)
    assert caught.value.errno == errno.ELOOP
