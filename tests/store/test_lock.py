"""One writer at a time, nothing stuck after a crash, nothing lost between sixteen (RELIABILITY 5.2, X1 and X5)."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hazardctl.errors import LockedError, SystemFailedError
from hazardctl.store.layout import mint, path_of, record_files, taken
from hazardctl.store.lock import NAME, lock
from hazardctl.store.reader import parse
from hazardctl.store.writer import append_event, create

DAY = dt.date(2024, 3, 12)
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "hazardctl.yaml").write_bytes(b"schema: config/1\n")
    return tmp_path


def test_the_lock_names_its_holder_and_is_free_afterwards(root: Path) -> None:
    with lock(root):
        assert (root / NAME).read_text(encoding="ascii") == f"{os.getpid()}\n"
        with pytest.raises(LockedError, match=str(os.getpid())), lock(root, patience=0.03):
            pass
    with lock(root, patience=0):
        pass


def test_the_lock_dies_with_its_process(root: Path) -> None:
    pid = os.fork()
    if pid == 0:
        with lock(root):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)
    with lock(root, patience=0):
        pass


def test_f1_f2_what_is_no_regular_file_is_no_lock(root: Path) -> None:
    makes: list[Callable[[], None]] = [
        lambda: (root / NAME).symlink_to("/dev/null"),
        lambda: os.mkfifo(root / NAME),
        (root / NAME).mkdir,
    ]
    for make in makes:
        make()
        with pytest.raises(SystemFailedError), lock(root):
            pass
        (root / NAME).rmdir() if (root / NAME).is_dir() and not (root / NAME).is_symlink() else (root / NAME).unlink()


def test_x3_a_folder_that_cannot_be_written_and_a_disk_without_locks_are_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemFailedError), lock(root / "none"):
        pass

    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(SystemFailedError, match="No locks available"), lock(root):
        pass


def test_x3_a_full_disk_takes_no_pid_and_the_lock_holds_all_the_same(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with lock(root), pytest.raises(LockedError, match=r"pid \?"), lock(root, patience=0):
        pass


def add(root: Path, folder: str = "hazards") -> str:
    """Add one record as a command does."""
    with lock(root):
        drawn = mint("YH", DAY, taken(root, folder, DAY))
        create(root / path_of(folder, drawn), f"id: {drawn}\nhistory:\n  - {{date: 2024-03-12, do: register, by: 李四}}\n".encode())
    return drawn


def adder(root: str, times: int, report: str) -> None:
    done = [add(Path(root)) for _ in range(times)]
    Path(report).write_text("\n".join(done), encoding="ascii")


def appender(root: str, times: int, who: int) -> None:
    path = next(Path(root).rglob("YH-*.yaml"))
    for n in range(times):
        with lock(Path(root)):
            append_event(path, f"{{date: 2024-03-13, do: note, by: w{who}, note: n{n}}}", expected=path.read_bytes())


def run(work: list[tuple[Callable[..., None], tuple[object, ...]]]) -> None:
    processes = [FORK.Process(target=target, args=arguments) for target, arguments in work]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0


def test_x5_eight_processes_lose_no_record_and_mint_no_id_twice(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    reports = tmp_path_factory.mktemp("reports")
    run([(adder, (str(root), 25, str(reports / str(n)))) for n in range(8)])
    acknowledged = [line for report in reports.iterdir() for line in report.read_text(encoding="ascii").split("\n")]
    assert len(set(acknowledged)) == len(acknowledged) == 200
    found = list(record_files(root))
    assert all(one.finding is None for one in found)
    assert {one.path.rpartition("/")[2] for one in found} == {f"{drawn}.yaml" for drawn in acknowledged}
    assert not list(root.rglob("*.tmp"))


def test_x5_eight_processes_on_one_record_lose_no_act(root: Path) -> None:
    add(root)
    run([(appender, (str(root), 10, n)) for n in range(8)])
    parsed = parse(next(root.rglob("YH-*.yaml")).read_bytes())
    assert parsed.findings == ()
    assert parsed.tree is not None
    history = parsed.tree["history"]
    assert isinstance(history, list)
    assert len({str(event) for event in history}) == 81


def victim(root: str, acknowledged: str) -> None:
    """Add and append without end, and say so after each write, as a command says ok."""
    with open(acknowledged, "ab", buffering=0) as said:  # noqa: PTH123 (unbuffered: what is said is said)
        while True:
            drawn = add(Path(root))
            said.write(f"{drawn} 1\n".encode())
            path = Path(root) / path_of("hazards", drawn)
            with lock(Path(root)):
                append_event(path, "{date: 2024-03-13, do: note, by: 王五}", expected=path.read_bytes())
            said.write(f"{drawn} 2\n".encode())


def test_x1_sigkill_at_any_moment_leaves_old_or_new_and_loses_nothing_acknowledged(root: Path, tmp_path: Path) -> None:
    acknowledged = tmp_path / "said.txt"
    for turn in range(60):
        process = FORK.Process(target=victim, args=(str(root), str(acknowledged)))
        process.start()
        time.sleep(0.01 + turn * 37 % 60 / 2000)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with lock(root, patience=0.5):
            pass
    events: dict[str, int] = {}
    for found in record_files(root):
        assert found.finding is None
        parsed = parse((root / found.path).read_bytes())
        assert parsed.findings == ()
        assert parsed.tree is not None
        history = parsed.tree["history"]
        assert isinstance(history, list)
        events[found.path.rpartition("/")[2].removesuffix(".yaml")] = len(history)
    said = acknowledged.read_text(encoding="ascii").split("\n")[:-1]
    assert len(said) > 3
    for line in said:
        drawn, count = line.split(" ")
        assert events[drawn] >= int(count)
    add(root)
    assert not [path for path in (root / "hazards").rglob("*.tmp") if path.parent.name == "03"]
